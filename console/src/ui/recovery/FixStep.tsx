import type { ErrorCode } from '@fullname/shared/errors';
import type { Failure } from '@fullname/shared/model';
import { RECOVERY_LEVELS, type RecoveryLevel } from '@fullname/shared/recovery';
import { useEffect, useRef, useState } from 'preact/hooks';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { TextField } from '../common/Field.tsx';
import { currencyOf } from '../customer/FailureForm.tsx';
import { GivingActs } from '../giving/Giving.tsx';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { type Changing, useChange } from './change.ts';
import { type FailureWords, moneyFrom, wordsOf, yesNo } from './failure-draft.ts';
import { Chips, MoneyField, Tick } from './fields.tsx';
import { Restored } from './MendFields.tsx';
import { lacksExtra } from './record-words.ts';
import type { StepProps } from './Stages.tsx';

/** How it was put right, and what was added: two facts, since putting it back is only the first step. */
export function FixStep({ thread, failure }: StepProps) {
  const t = words();
  const f = t.recovery.steps.fix;
  const changing = useChange(thread, failure);
  const [act] = useState(newId);
  // What did not hold is not put right a second time by the same words.
  const didNotHold = failure.reopened > 0 ? failure.putRight : null;
  const [putRight, setPutRight] = useState(didNotHold ? '' : (failure.putRight ?? ''));
  const [restored, setRestored] = useState(yesNo(failure.restored));
  const [level, setLevel] = useState<RecoveryLevel | ''>(failure.level ?? '');
  const [cost, setCost] = useState(failure.cost ? String(failure.cost.amount) : '');
  const [currency, setCurrency] = useState(failure.cost?.currency ?? currencyOf(thread));
  const extra = useExtra(failure, givenFor(thread, failure.id));
  /** A missing extra is asked about once; whoever has no answer yet may go on. */
  const [asked, setAsked] = useState(false);

  async function save() {
    if (putRight.trim() === '' || changing.busy) return;
    if (extra.isMissing && !asked) {
      setAsked(true);
      extra.focus();
      return;
    }
    const fields = {
      putRight: putRight.trim(),
      restored: restored === '' ? null : restored === 'yes',
      level: level || null,
      cost: moneyFrom(cost, currency),
      ...extra.fields,
    };
    await changing.save(fields, () => thread.stepFailure(failure.id, 'fixed', act));
  }

  return (
    <form
      class="stage-body stack"
      aria-label={t.recovery.steps.fixed}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <TextField
        label={f.putRight}
        placeholder={f.placeholder}
        hint={didNotHold ? f.before(didNotHold) : undefined}
        value={putRight}
        onChange={setPutRight}
        rows={2}
        maxLength={4000}
        required
      />
      <Restored value={restored} onChange={setRestored} />
      <ExtraFields extra={extra} />
      <Offers thread={thread} failure={failure} />
      {asked && extra.isMissing && (
        <p class="ask-extra" role="alert">
          {f.ask}
        </p>
      )}
      <Chips
        label={f.level}
        value={level}
        options={RECOVERY_LEVELS}
        nameOf={(one) => f.levels[one]}
        onChange={setLevel}
      />
      <MoneyField
        label={f.cost}
        amount={cost}
        currency={currency}
        onAmount={setCost}
        onCurrency={setCurrency}
      />
      <Trouble changing={changing} />
      <p class="stage-acts">
        <button
          type="submit"
          class="button button-small button-primary"
          disabled={putRight.trim() === '' || changing.busy}
        >
          {asked && extra.isMissing ? f.later : f.done}
        </button>
      </p>
    </form>
  );
}

/** It was put right, and nobody has said yet what was added or why nothing was, or whether it is as before: asked, not demanded. */
export function LackingExtra({ thread, failure }: StepProps) {
  const t = words();
  const f = t.recovery.steps.fix;
  const changing = useChange(thread, failure);
  const extra = useExtra(failure, givenFor(thread, failure.id));
  const [restored, setRestored] = useState<FailureWords['restored']>('');
  const lacking = lacksExtra(failure);
  const fields = {
    ...(failure.restored === null && restored !== '' ? { restored: restored === 'yes' } : {}),
    ...(lacking && !extra.isMissing ? extra.fields : {}),
  };
  const isEmpty = Object.keys(fields).length === 0;
  return (
    <form
      class="lacking-extra stack"
      aria-label={lacking ? f.extra : f.restored}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) void changing.save(fields);
      }}
    >
      {lacking && <p class="ask-extra">{f.stillToSay}</p>}
      {failure.restored === null && <Restored value={restored} onChange={setRestored} />}
      {lacking && <ExtraFields extra={extra} />}
      {lacking && <Offers thread={thread} failure={failure} />}
      <Trouble changing={changing} />
      <p class="stage-acts">
        <button type="submit" class="button button-small" disabled={isEmpty || changing.busy}>
          {t.forms.save}
        </button>
      </p>
    </form>
  );
}

type Extra = ReturnType<typeof useExtra>;

/** What was given for it: most often that is the extra. */
function givenFor(thread: Thread, failure: string): string | null {
  return thread.pane.value.goodwill.find((use) => use.failure === failure)?.what ?? null;
}

function useExtra(failure: Pick<Failure, 'extra' | 'noExtra'>, given: string | null) {
  const [none, setNone] = useState(failure.noExtra !== null);
  const [extra, setExtra] = useState(failure.extra ?? '');
  const [why, setWhy] = useState(failure.noExtra ?? '');
  const [focused, setFocused] = useState(0);
  // What they choose in the chat or were given meanwhile is the extra, unless somebody has begun to write another one.
  const added = failure.extra ?? given;
  useEffect(() => {
    if (added !== null) setExtra((before) => before || added);
  }, [added]);
  return {
    none,
    setNone,
    extra,
    setExtra,
    why,
    setWhy,
    focused,
    focus: () => setFocused(focused + 1),
    isMissing: none ? why.trim() === '' : extra.trim() === '',
    fields: { extra: none ? null : wordsOf(extra), noExtra: none ? wordsOf(why) : null },
  };
}

/** Something can be given, or chosen by them; a choice becomes the extra by itself. */
function Offers({ thread, failure }: StepProps) {
  const blocked = failure.wants === null ? words().giving.gift.wantsFirst : null;
  return <GivingActs thread={thread} failure={failure.id} blocked={blocked} />;
}

function ExtraFields({ extra }: { readonly extra: Extra }) {
  const f = words().recovery.steps.fix;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (extra.focused > 0) box.current?.querySelector('input')?.focus();
  }, [extra.focused]);
  return (
    <div ref={box} class="extra-fields">
      {extra.none ? (
        <TextField
          label={f.noExtra}
          placeholder={f.noExtraPlaceholder}
          value={extra.why}
          onChange={extra.setWhy}
          maxLength={500}
        />
      ) : (
        <TextField
          label={f.extra}
          hint={f.extraHint}
          placeholder={f.extraPlaceholder}
          value={extra.extra}
          onChange={extra.setExtra}
          maxLength={500}
        />
      )}
      <Tick label={f.none} on={extra.none} onChange={extra.setNone} />
    </div>
  );
}

/** Somebody wrote meanwhile, or the relay says no: what was typed stays. */
export function Trouble({ changing }: { readonly changing: Changing }) {
  const problem: ErrorCode | null = changing.problem;
  return (
    <>
      <ChangedMeanwhile theirs={changing.theirs} />
      {problem && (
        <p class="form-problem" role="alert">
          {words().errors[problem]}
        </p>
      )}
    </>
  );
}
