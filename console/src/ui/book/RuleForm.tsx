import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import type { Locale } from '@fullname/shared/locale';
import { RULE_LEVELS, RULE_TOPICS, type RuleTopic } from '@fullname/shared/reader/rule';
import { useMemo, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { Choice, TextField } from '../common/Field.tsx';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { ExampleRows } from './ExampleRows.tsx';
import { type RuleEditing, stopEditing } from './editing.ts';
import { deedOf, FormFoot, RestoredLine } from './FormFoot.tsx';
import { LocaleField, SelectField } from './fields.tsx';
import { useKept } from './kept.ts';
import { REASON_MAX, SAY_INSTEAD_MAX, TITLE_MAX, unknownSlot } from './limits.ts';
import { PatternsField } from './PatternsField.tsx';
import { focusFirstProblem } from './PhraseForm.tsx';
import { RuleLimits } from './RuleLimits.tsx';
import { asRule, bodyOf, formOf, problemsOf, type RuleFormState, type RuleProblem } from './rule-form.ts';
import { type Deed, useSaving } from './saving.ts';
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
  const t = words();
  const { target, change } = editing;
  const isOwner = person.role === 'owner';
  const kept = useKept(keyOf(person.id, editing), startOf(editing, locale));
  const saving = useSaving(change?.id ?? null);
  const [asked, setAsked] = useState(false);
  const root = useRef<HTMLFormElement>(null);
  const { form } = kept;
  const problems = asked ? problemsOf(form) : NONE;
  const part: Part = {
    form,
    set: kept.set,
    isNew: target === null && !change?.target,
    problem: (name) => problems.has(name),
  };

  const close = () => {
    if (kept.changed) say(t.book.form.kept);
    stopEditing();
  };
  async function save(deed: Deed) {
    setAsked(true);
    if (problemsOf(form).size > 0) return focusFirstProblem(root.current);
    const content = {
      kind: 'rule' as const,
      target: change?.target ?? target?.id ?? null,
      body: bodyOf(form),
    };
    if (!(await saving.save(content, form.example, deed))) return;
    kept.forget();
    stopEditing();
  }

  const title = target || change ? t.book.rules.editTitle : isOwner ? t.book.rules.add : t.book.rules.propose;
  return (
    <Dialog title={title} onClose={close} wide>
      <form
        ref={root}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(deedOf(isOwner, change !== null));
        }}
      >
        <RestoredLine kept={kept} />
        <ChangedMeanwhile content={{ kind: 'rule', began: target }} />
        <Words {...part} />
        <Kind {...part} />
        <RuleLimits {...part} />
        <Examples {...part} />
        <TryThis form={form} />
        <TextField
          label={t.book.form.example}
          hint={t.book.form.exampleHint}
          value={form.example}
          onChange={(example) => kept.set({ example })}
          rows={2}
          maxLength={PHRASE_MAX_LENGTH}
          optional
        />
        <FormFoot
          saving={saving}
          revises={change !== null}
          onCancel={close}
          onSave={(deed) => void save(deed)}
        />
      </form>
    </Dialog>
  );
}

function startOf({ target, change, start, example }: RuleEditing, locale: Locale): RuleFormState {
  const proposed = change?.kind === 'rule' ? change.body : null;
  return formOf({ locale, ...(proposed ?? { ...target, ...start }) }, change?.example ?? example ?? '');
}

function keyOf(person: string, { target, change, example }: RuleEditing): string {
  return `${person}.rule.${change?.id ?? target?.id ?? 'new'}${example ? `.${example}` : ''}`;
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
