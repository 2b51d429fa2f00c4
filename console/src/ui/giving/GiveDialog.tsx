import type { ErrorCode } from '@fullname/shared/errors';
import type { Money, Purse } from '@fullname/shared/recovery';
import { repairText } from '@fullname/shared/text';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { moneyOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { givingAmount, givingFor } from '../../view.ts';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';
import { TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { moneyFrom } from '../recovery/failure-draft.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { ColleagueChoice } from './ColleagueChoice.tsx';
import { canBeGiven, leftOf, rounded } from './money.ts';
import { readOwnAsked } from './own-asked.ts';

type GiveDialogProps = { readonly thread: Thread; readonly onClose: () => void };

/** Goodwill: within one's own month at once; above it a colleague is asked by name. */
export function GiveDialog({ thread, onClose }: GiveDialogProps) {
  const t = words().giving.gift;
  const purse = useLoaded<Purse>(() => api.purse());
  return (
    <Dialog title={t.open} onClose={onClose}>
      {purse.value ? (
        <GiveForm thread={thread} purse={purse.value} onStale={purse.reload} onClose={onClose} />
      ) : (
        <Troubled loaded={purse} />
      )}
    </Dialog>
  );
}

type GiveFormProps = GiveDialogProps & { readonly purse: Purse; readonly onStale: () => void };

function GiveForm({ thread, purse, onStale, onClose }: GiveFormProps) {
  const t = words();
  const g = t.giving.gift;
  const { work, person } = useDesk();
  const { currency } = purse.budget;
  const [text, setText] = useState(() => suggestedIn(currency));
  const [what, setWhat] = useState('');
  const [to, setTo] = useState<{ readonly id: string; readonly fullName: string } | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const idFor = useIdFor();
  const amount = moneyFrom(text, currency);
  const isAmount = amount !== null && canBeGiven(amount);
  const isAbove = isAmount && amount.amount > leftOf(purse);
  const said = repairText(what).trim();
  const isReady = isAmount && said !== '' && (!isAbove || to !== null);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!amount || !isReady || busy) return;
    setBusy(true);
    const failure = givingFor.value;
    const answer = await thread.giveGoodwill({
      id: idFor(JSON.stringify([amount, said])),
      amount,
      what: said,
      ...(failure ? { failure } : {}),
      ...(isAbove && to ? { colleague: to.id } : {}),
    });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.code);
      // Another window may have used it meanwhile: what is left is read again.
      if (answer.code === 'OVER_BUDGET') onStale();
      return;
    }
    const { state, colleague } = answer.value;
    const money = moneyOf(amount.amount, amount.currency);
    say(state === 'asked' && colleague ? g.asked(colleague.fullName) : g.given(money));
    if (state === 'asked') void readOwnAsked(person.id);
    work.changed();
    onClose();
  }

  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <p class="dialog-lead">{g.lead}</p>
      <TextField
        label={g.amount(currency)}
        value={text}
        onChange={setText}
        maxLength={12}
        inputMode="decimal"
        focus
        problem={text.trim() !== '' && !isAmount ? g.badAmount : null}
      />
      <Left purse={purse} amount={isAmount ? amount : null} />
      <TextField
        label={g.what}
        placeholder={g.whatPlaceholder}
        value={what}
        onChange={setWhat}
        maxLength={500}
        required
      />
      {isAbove && <ColleagueChoice chosen={to?.id ?? null} onChoose={setTo} />}
      {isAbove && to && <p class="field-hint">{g.askedHint(to.fullName)}</p>}
      <DialogFoot
        problem={problem}
        submit={submitWords({ amount: isAmount ? amount : null, isAbove, to: to?.fullName ?? null })}
        disabled={!isReady || busy}
        onCancel={onClose}
      />
    </form>
  );
}

/** Another currency's amount says nothing of what this purse would give. */
function suggestedIn(currency: string): string {
  const amount = givingAmount.value;
  return amount?.currency === currency ? String(amount.amount) : '';
}

/** What is left of one's own, before and after. */
function Left({ purse, amount }: { readonly purse: Purse; readonly amount: Money | null }) {
  const t = words().giving.gift;
  const { currency } = purse.budget;
  const left = leftOf(purse);
  const isAbove = amount !== null && amount.amount > left;
  return (
    <p class="purse-left" role="status" data-above={isAbove}>
      {isAbove ? t.above(moneyOf(left, currency)) : t.left(moneyOf(left, currency))}
      {amount && !isAbove && ` ${t.after(moneyOf(rounded(left - amount.amount, currency), currency))}`}
    </p>
  );
}

type SubmitWords = {
  readonly amount: Money | null;
  readonly isAbove: boolean;
  readonly to: string | null;
};

function submitWords({ amount, isAbove, to }: SubmitWords): string {
  const t = words().giving.gift;
  if (isAbove) return to ? t.ask(to) : t.choose;
  return amount ? t.give(moneyOf(amount.amount, amount.currency)) : t.open;
}

/** The same id for every try with the same words, so that a lost answer gives nothing twice. */
export function useIdFor(): (content: string) => string {
  const [tried] = useState({ id: newId(), content: '' });
  return (content) => {
    if (tried.content !== '' && tried.content !== content) tried.id = newId();
    tried.content = content;
    return tried.id;
  };
}
