import { CONDITIONS, type RuleBody } from '@fullname/shared/reader/rule';
import { useId, useMemo, useRef } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { Icon } from '../common/Icon.tsx';
import { CheckList } from './fields.tsx';
import { EXAMPLE_MAX, EXAMPLES_MAX } from './limits.ts';
import { fires, type Row } from './rule-form.ts';

type ExampleRowsProps = {
  readonly label: string;
  readonly must: 'fire' | 'stay silent';
  readonly body: RuleBody;
  readonly rows: readonly Row[];
  readonly problem: string | null;
  /** Rows that come out wrong are marked as wrong: somebody has tried to save. */
  readonly marked: boolean;
  readonly onChange: (rows: readonly Row[]) => void;
};

/** Sentences that prove a rule; each is tried as one types, and says in words how it came out. */
export function ExampleRows({ label, must, body, rows, problem, marked, onChange }: ExampleRowsProps) {
  const t = words().book.form;
  const fired = useMemo(() => fires(body, rows), [body, rows]);
  const list = useRef<HTMLFieldSetElement>(null);
  const put = (index: number, change: Partial<Row>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const focusOn = (index: number) =>
    requestAnimationFrame(() => {
      const fields = list.current?.querySelectorAll<HTMLElement>('.example-text');
      (fields?.[Math.min(index, fields.length - 1)] ?? list.current?.querySelector('button'))?.focus();
    });
  return (
    <fieldset class="example-rows" ref={list}>
      <legend>{label}</legend>
      {rows.map((row, index) => (
        <ExampleRow
          // Rows have no identity but their place, and are only ever added at the end.
          key={index}
          name={`${label} ${t.exampleNumber(index + 1)}`}
          number={index + 1}
          row={row}
          needs={body.when}
          fired={fired[index] ?? null}
          must={must}
          bad={(marked || (problem !== null && index === 0)) && isWrong(fired[index] ?? null, must, problem)}
          onChange={(change) => put(index, change)}
          onRemove={() => {
            onChange(rows.filter((_, at) => at !== index));
            focusOn(index);
          }}
        />
      ))}
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <button
        type="button"
        class="link-button"
        disabled={rows.length >= EXAMPLES_MAX}
        onClick={() => {
          onChange([...rows, { text: '' }]);
          focusOn(rows.length);
        }}
      >
        {t.addExample}
        <span class="visually-hidden"> {label}</span>
      </button>
    </fieldset>
  );
}

function isWrong(fired: boolean | null, must: ExampleRowsProps['must'], problem: string | null): boolean {
  return fired === null ? problem !== null : fired !== (must === 'fire');
}

type ExampleRowProps = {
  readonly name: string;
  readonly number: number;
  readonly row: Row;
  /** The conditions of the rule: they hold where the example names none. */
  readonly needs: RuleBody['when'];
  readonly fired: boolean | null;
  readonly must: ExampleRowsProps['must'];
  readonly bad: boolean;
  readonly onChange: (change: Partial<Row>) => void;
  readonly onRemove: () => void;
};

function ExampleRow({ name, number, row, needs, fired, must, bad, onChange, onRemove }: ExampleRowProps) {
  const t = words().book;
  const id = useId();
  const given = row.given ?? needs;
  const right = fired === null ? null : fired === (must === 'fire');
  const [yes, no] = must === 'fire' ? [t.form.found, t.form.notFound] : [t.form.silent, t.form.notSilent];
  return (
    <div class="example-row">
      <div class="field">
        <textarea
          class="example-text"
          rows={1}
          aria-label={name}
          aria-describedby={id}
          aria-invalid={bad ? 'true' : 'false'}
          maxLength={EXAMPLE_MAX}
          dir="auto"
          value={row.text}
          onInput={(event) => onChange({ text: event.currentTarget.value })}
        />
      </div>
      <button type="button" class="icon-button" aria-label={t.form.removeExample(number)} onClick={onRemove}>
        <Icon name="close" />
      </button>
      <div class="example-foot">
        <span id={id} class="example-result" data-right={String(right)}>
          {right === null ? t.form.untried : right ? yes : no}
        </span>
        <details class="given">
          <summary>
            {words().common.label(t.form.given)}
            {given.length === 0
              ? t.form.givenNone
              : given.map((condition) => t.rules.conditions[condition]).join(' · ')}
          </summary>
          <CheckList
            label={t.form.given}
            options={CONDITIONS.map((value) => ({ value, label: t.rules.conditions[value] }))}
            chosen={given}
            onChange={(chosen) => onChange({ given: chosen })}
            quiet
          />
        </details>
      </div>
    </div>
  );
}
