import { CONDITIONS } from '@fullname/shared/reader/rule';
import { SITUATIONS } from '@fullname/shared/situation';
import { useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { CheckList, SelectField } from './fields.tsx';
import { PatternsField } from './PatternsField.tsx';
import type { RuleFormState, RuleProblem } from './rule-form.ts';

type RuleLimitsProps = {
  readonly form: RuleFormState;
  readonly set: (change: Partial<RuleFormState>) => void;
  readonly problem: (name: RuleProblem) => boolean;
};

/** Where and when: most rules need none of it, so it is folded away until somebody looks. */
export function RuleLimits({ form, set, problem }: RuleLimitsProps) {
  const t = words();
  const conditions = CONDITIONS.map((value) => ({ value, label: t.book.rules.conditions[value] }));
  const count =
    Number(form.where !== 'anywhere') +
    Number(form.situations.length > 0) +
    form.when.length +
    form.unless.length +
    Number(form.except.trim() !== '');
  const [first] = useState(count > 0);
  return (
    <details class="fold" open={first || problem('except')}>
      <summary>
        {t.book.form.more}
        {count > 0 && <span class="beside"> {t.book.form.moreCount(count)}</span>}
      </summary>
      <div class="stack">
        <SelectField<RuleFormState['where'], RuleFormState['where']>
          label={t.book.form.where}
          value={form.where}
          options={(['anywhere', 'start', 'end'] as const).map((value) => ({
            value,
            label: t.book.rules.wheres[value],
          }))}
          onChange={(where) => set({ where })}
        />
        <CheckList
          label={t.book.form.when}
          hint={t.book.form.whenHint}
          options={conditions}
          chosen={form.when}
          onChange={(when) => set({ when })}
        />
        <CheckList
          label={t.book.form.unless}
          hint={t.book.form.unlessHint}
          options={conditions}
          chosen={form.unless}
          onChange={(unless) => set({ unless })}
        />
        <CheckList
          label={t.book.form.moments}
          hint={t.book.form.momentsHint}
          options={SITUATIONS.map((value) => ({ value, label: t.situations[value] }))}
          chosen={form.situations}
          onChange={(situations) => set({ situations })}
        />
        <PatternsField
          label={t.book.form.except}
          hint={t.book.form.exceptHint}
          value={form.except}
          onChange={(except) => set({ except })}
          optional
        />
      </div>
    </details>
  );
}
