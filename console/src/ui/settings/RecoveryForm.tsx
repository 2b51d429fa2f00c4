import type { Member } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import type { RecoverySettings } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { countOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { SelectField } from '../book/fields.tsx';
import { Switch, TextField } from '../common/Field.tsx';
import {
  currencyIn,
  type RecoveryForm as Form,
  formOf,
  HEARSAY_LIMITS,
  type HearsayForm,
  LIMITS,
  type NumberName,
  numberIn,
  settingsFrom,
} from './recovery-form.ts';

type RecoveryFormProps = { readonly settings: RecoverySettings; readonly people: readonly Member[] };

/** Everything of the recovery that an owner decides; each with one sentence that says what it does. */
export function RecoveryForm({ settings, people }: RecoveryFormProps) {
  const t = words();
  const s = t.company.recovery;
  const [saved, setSaved] = useState(settings);
  const [form, setForm] = useState<Form>(formOf(settings));
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const wanted = settingsFrom(form);
  const isSame = JSON.stringify(form) === JSON.stringify(formOf(saved));
  const set = (change: Partial<Form>) => setForm((before) => ({ ...before, ...change }));

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!wanted || busy) return;
    setBusy(true);
    const answer = await api.changeRecoverySettings(wanted);
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (!answer.ok) return;
    setSaved(answer.value);
    setForm(formOf(answer.value));
    say(t.common.saved);
  }

  const number = (name: NumberName) => (
    <TextField
      label={s[name]}
      hint={s[`${name}Hint`]}
      value={form[name]}
      problem={problemOf(form[name], LIMITS[name])}
      onChange={(value) => set({ [name]: value })}
      maxLength={9}
    />
  );
  return (
    <form class="recovery-settings" onSubmit={(event) => void submit(event)}>
      <article class="card">
        <h2>{s.giving}</h2>
        <div class="settings-grid">
          {number('budget')}
          <TextField
            label={s.currency}
            hint={s.currencyHint}
            value={form.currency}
            problem={currencyIn(form.currency) ? null : s.badCurrency}
            onChange={(currency) => set({ currency })}
            maxLength={3}
          />
          {number('giveInPercent')}
          <SelectField<string, string | null>
            label={s.effort}
            hint={s.effortHint}
            value={form.effort}
            none={s.effortAny}
            options={people
              .filter((one) => one.active && one.role !== 'back-office')
              .map(({ id, fullName }) => ({ value: id, label: fullName }))}
            onChange={(effort) => set({ effort })}
          />
        </div>
      </article>
      <article class="card">
        <h2>{s.following}</h2>
        <div class="settings-grid">
          {number('immediateHours')}
          {number('wrapUpHours')}
          {number('flagDays')}
        </div>
      </article>
      <article class="card">
        <h2>{s.worth}</h2>
        <div class="settings-grid">
          {number('horizonYears')}
          {number('discount')}
        </div>
        <HearsayFields
          label={s.reach}
          hint={s.reachHint}
          form={form.reach}
          onChange={(reach) => set({ reach })}
        />
        <HearsayFields
          label={s.warned}
          hint={s.warnedHint}
          form={form.warned}
          onChange={(warned) => set({ warned })}
        />
      </article>
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <footer class="save-bar">
        <button type="submit" class="button button-primary" disabled={!wanted || isSame || busy}>
          {s.save}
        </button>
      </footer>
    </form>
  );
}

type HearsayFieldsProps = {
  readonly label: string;
  readonly hint: string;
  readonly form: HearsayForm;
  readonly onChange: (form: HearsayForm) => void;
};

/** Off until it is filled: nothing is worked out from figures that nobody gave. */
function HearsayFields({ label, hint, form, onChange }: HearsayFieldsProps) {
  const s = words().company.recovery;
  const field = (name: 'people' | 'share' | 'worth', text: string) => (
    <TextField
      label={text}
      value={form[name]}
      problem={form[name].trim() === '' ? null : problemOf(form[name], HEARSAY_LIMITS[name])}
      onChange={(value) => onChange({ ...form, [name]: value })}
      maxLength={9}
      required
    />
  );
  return (
    <fieldset class="hearsay">
      <legend class="visually-hidden">{label}</legend>
      <Switch label={label} hint={hint} on={form.on} onChange={(on) => onChange({ ...form, on })} />
      {form.on && (
        <div class="settings-grid">
          {field('people', s.people)}
          {field('share', s.share)}
          {field('worth', s.eachWorth)}
        </div>
      )}
    </fieldset>
  );
}

function problemOf(text: string, limits: Parameters<typeof numberIn>[1]): string | null {
  if (numberIn(text, limits) !== null) return null;
  return words().company.recovery.bad(countOf(limits.from), countOf(limits.to));
}
