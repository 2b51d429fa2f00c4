import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { PATTERNS_MAX } from './limits.ts';
import { type LineProblem, lineProblems } from './rule-form.ts';

type PatternsFieldProps = {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Something must stand here and does not. */
  readonly missing?: boolean;
  readonly optional?: boolean;
  readonly help?: boolean;
};

/** Patterns, one a line. What cannot be read is shown below, with a mark at the place, as one types. */
export function PatternsField({ label, hint, value, onChange, missing, optional, help }: PatternsFieldProps) {
  const t = words().book.form;
  const problems = lineProblems(value);
  const lines = value.split('\n').filter((line) => line.trim() !== '').length;
  const tooMany = lines > PATTERNS_MAX ? t.tooManyLines(PATTERNS_MAX) : null;
  const problem = missing ? t.needPattern : problems.length > 0 ? t.patternsFail : tooMany;
  return (
    <div class="patterns">
      <TextField
        label={label}
        hint={hint}
        problem={problem}
        value={value}
        onChange={onChange}
        rows={Math.min(8, Math.max(help ? 3 : 2, value.split('\n').length))}
        optional={optional ?? false}
      />
      {problems.length > 0 && (
        <ul class="line-problems">
          {problems.map((one) => (
            <LineOf key={one.line} problem={one} />
          ))}
        </ul>
      )}
      {help && <Help />}
    </div>
  );
}

function LineOf({ problem: { line, pattern, at, code } }: { readonly problem: LineProblem }) {
  const t = words().book.form;
  // Beyond the end there is nothing to mark: a sign stands for the place.
  const sign = pattern.slice(at, at + 1);
  return (
    <li>
      <span class="field-hint">{t.line(line)}</span>{' '}
      <code dir="auto">
        {pattern.slice(0, at)}
        <mark>{sign || '␣'}</mark>
        {pattern.slice(at + 1)}
      </code>{' '}
      {t.problems[code]}
    </li>
  );
}

function Help() {
  const t = words().book.form;
  return (
    <details class="fold">
      <summary>{t.help}</summary>
      <dl class="signs">
        {t.helpRows.map(({ sign, means }) => (
          <div key={sign}>
            <dt>
              <code>{sign}</code>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
