import { FAILURE_STAGES, type FailureStage } from '@fullname/shared/model';
import { RECOVERY_LEVELS } from '@fullname/shared/recovery';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import type { FailureWords } from './failure-draft.ts';
import { Chips, MoneyField } from './fields.tsx';

type MendFieldsProps = {
  readonly stage: FailureStage;
  readonly form: FailureWords;
  readonly onChange: (change: Partial<FailureWords>) => void;
};

/** What the steps have brought so far, to be corrected and completed: before its step a field is written there, and not here. */
export function MendFields({ stage, form, onChange }: MendFieldsProps) {
  const f = words().recovery.steps.fix;
  const { answer } = words().recovery.steps.over;
  return (
    <>
      {hasReached(stage, 'gone-over') && (
        <TextField
          label={answer}
          value={form.wants}
          onChange={(wants) => onChange({ wants })}
          rows={2}
          maxLength={4000}
          required
        />
      )}
      {hasReached(stage, 'fixed') && (
        <>
          <TextField
            label={f.putRight}
            value={form.putRight}
            onChange={(putRight) => onChange({ putRight })}
            rows={2}
            maxLength={4000}
            required
          />
          <Restored value={form.restored} onChange={(restored) => onChange({ restored })} />
          <TextField
            label={f.extra}
            placeholder={f.extraPlaceholder}
            value={form.extra}
            onChange={(extra) => onChange({ extra })}
            maxLength={500}
            optional
          />
          {form.extra.trim() === '' && (
            <TextField
              label={f.noExtra}
              placeholder={f.noExtraPlaceholder}
              value={form.noExtra}
              onChange={(noExtra) => onChange({ noExtra })}
              maxLength={500}
              optional
            />
          )}
          <Chips
            label={f.level}
            value={form.level}
            options={RECOVERY_LEVELS}
            nameOf={(one) => f.levels[one]}
            onChange={(level) => onChange({ level })}
          />
          <MoneyField
            label={f.cost}
            amount={form.cost}
            currency={form.costCurrency}
            onAmount={(cost) => onChange({ cost })}
            onCurrency={(costCurrency) => onChange({ costCurrency })}
          />
        </>
      )}
    </>
  );
}

type RestoredProps = {
  readonly value: FailureWords['restored'];
  readonly onChange: (value: FailureWords['restored']) => void;
};

/** Is it as it was before? */
export function Restored({ value, onChange }: RestoredProps) {
  const f = words().recovery.steps.fix;
  return (
    <Chips
      label={f.restored}
      value={value}
      options={['yes', 'no'] as const}
      nameOf={(one) => f[one]}
      onChange={onChange}
    />
  );
}

/** What a step needs to have been taken is not emptied afterwards. */
export function isWhole(form: FailureWords, stage: FailureStage): boolean {
  const needed = [
    form.what,
    ...(hasReached(stage, 'gone-over') ? [form.wants] : []),
    ...(hasReached(stage, 'fixed') ? [form.putRight] : []),
  ];
  return needed.every((text) => text.trim() !== '');
}

function hasReached(stage: FailureStage, wanted: FailureStage): boolean {
  return FAILURE_STAGES.indexOf(stage) >= FAILURE_STAGES.indexOf(wanted);
}
