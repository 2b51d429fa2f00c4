import type { Locale } from '@fullname/shared/locale';
import { RULE_LEVELS, RULE_TOPICS, type RuleTopic } from '@fullname/shared/reader/rule';
import { useMemo, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { Choice, TextField } from '../common/Field.tsx';
import { EntryForm, keyOf } from './EntryForm.tsx';
import { ExampleRows } from './ExampleRows.tsx';
import type { RuleEditing } from './editing.ts';
import { LocaleField, SelectField } from './fields.tsx';
import { useKept } from './kept.ts';
import { REASON_MAX, SAY_INSTEAD_MAX, TITLE_MAX, unknownSlot } from './limits.ts';
import { PatternsField } from './PatternsField.tsx';
import { RuleLimits } from './RuleLimits.tsx';
import { asRule, bodyOf, formOf, problemsOf, type RuleFormState, type RuleProblem } from './rule-form.ts';
import { TryIt } from './TryIt.tsx';

const NONE: ReadonlySet<RuleProblem> = new Set();

type RuleFormProps = { readonly editing: RuleEditing; readonly locale: Locale };
type Part = {
  readonly form: RuleFormState;
  readonly set: (change: Partial<RuleFormState>) => void;
  /** Not in the book yet: an entry stays in its language. */
  readonly isNew: boolean;
  /** Shown once somebody has tried to save. */
  readonly problem: (name: RuleProblem) => boolean;
};

/** A rule, for people who never saw a regular expression: what it finds, what to say instead, why, and sentences to prove it. */
export function RuleForm({ editing, locale }: RuleFormProps) {
  const { person } = useDesk();
  const { target, change } = editing;
  const kept = useKept(keyOf(person.id, editing), startOf(editing, locale));
  const [asked, setAsked] = useState(false);
  const { form } = kept;
  const problems = asked ? problemsOf(form) : NONE;
  const part: Part = {
    form,
    set: kept.set,
    isNew: target === null && !change?.target,
    problem: (name) => problems.has(name),
  };

  const body = () => {
    setAsked(true);
    return problemsOf(form).size > 0 ? null : bodyOf(form);
  };

  return (
    <EntryForm editing={editing} kept={kept} body={body}>
      <Words {...part} />
      <Kind {...part} />
      <RuleLimits {...part} />
      <Examples {...part} />
      <TryThis form={form} />
    </EntryForm>
  );
}

function startOf({ target, change, start, example }: RuleEditing, locale: Locale): RuleFormState {
  const proposed = change?.kind === 'rule' ? change.body : null;
  return formOf({ locale, ...(proposed ?? { ...target, ...start }) }, change?.example ?? example ?? '');
}

function Words({ form, set, problem }: Part) {
  const t = words().book.form;
  return (
    <>
      <TextField
        label={t.title}
        hint={t.titleHint}
        problem={problem('title') ? t.required : null}
        value={form.title}
        onChange={(title) => set({ title })}
        maxLength={TITLE_MAX}
        required
        focus
      />
      <PatternsField
        label={t.finds}
        hint={t.findsHint}
        value={form.finds}
        missing={problem('finds') && form.finds.trim() === ''}
        onChange={(finds) => set({ finds })}
        help
      />
      <TextField
        label={t.sayInstead}
        hint={t.sayInsteadHint}
        problem={sayInsteadProblem(form.sayInstead)}
        value={form.sayInstead}
        onChange={(sayInstead) => set({ sayInstead })}
        rows={2}
        optional
      />
      <Choice
        label={t.replaces}
        name="replaces"
        value={form.replaces}
        options={(['words', 'sentence'] as const).map((value) => ({
          value,
          label: t.replacesOptions[value],
        }))}
        onChange={(replaces) => set({ replaces })}
      />
      <TextField
        label={t.reason}
        hint={t.reasonHint}
        problem={problem('reason') ? t.required : null}
        value={form.reason}
        onChange={(reason) => set({ reason })}
        rows={2}
        maxLength={REASON_MAX}
        required
      />
    </>
  );
}

function sayInsteadProblem(text: string): string | null {
  const t = words().book.form;
  const slot = unknownSlot(text);
  if (slot !== null) return t.unknownSlot(slot);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > SAY_INSTEAD_MAX ? t.tooManyLines(SAY_INSTEAD_MAX) : null;
}

function Kind({ form, set, isNew }: Part) {
  const t = words();
  return (
    <>
      <div class="field-pair">
        {isNew && <LocaleField value={form.locale} onChange={(locale) => set({ locale })} />}
        <SelectField<RuleTopic, RuleTopic>
          label={t.book.rules.topic}
          value={form.topic}
          options={RULE_TOPICS.map((value) => ({ value, label: t.book.rules.topics[value] }))}
          onChange={(topic) => set({ topic })}
        />
      </div>
      <Choice
        label={t.book.rules.level}
        name="level"
        value={form.level}
        options={RULE_LEVELS.map((value) => ({
          value,
          label: t.book.rules.levels[value],
          hint: t.book.rules.levelHints[value],
        }))}
        onChange={(level) => set({ level })}
      />
    </>
  );
}

function Examples({ form, set, problem }: Part) {
  const t = words().book.form;
  const body = useMemo(() => bodyOf(form), [form]);
  return (
    <fieldset class="examples">
      <legend>{t.examples}</legend>
      <p class="field-hint">{t.examplesLead}</p>
      <ExampleRows
        label={t.mustFire}
        must="fire"
        body={body}
        rows={form.mustFire}
        problem={problem('need-example') ? t.needExample : null}
        marked={problem('examples')}
        onChange={(mustFire) => set({ mustFire })}
      />
      <ExampleRows
        label={t.mustNotFire}
        must="stay silent"
        body={body}
        rows={form.mustNotFire}
        problem={problem('need-counter') ? t.needCounter : null}
        marked={problem('examples')}
        onChange={(mustNotFire) => set({ mustNotFire })}
      />
      {problem('examples') && (
        <p class="field-problem" role="alert">
          {t.examplesFail}
        </p>
      )}
    </fieldset>
  );
}

function TryThis({ form }: { readonly form: RuleFormState }) {
  const rules = useMemo(() => [asRule(bodyOf(form))], [form]);
  return <TryIt rules={rules} locale={form.locale} holds={form.when} />;
}
