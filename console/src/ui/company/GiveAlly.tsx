import type { ErrorCode } from '@fullname/shared/errors';
import { useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { STRINGS, words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { ChoosePerson } from '../common/ChoosePerson.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';
import { colleaguesOf } from './colleagues.ts';

type GiveAllyProps = { readonly thread: Thread; readonly onClose: () => void };

/** Another person for this customer, by an owner's word; what the customer will be told stands there first. */
export function GiveAlly({ thread, onClose }: GiveAllyProps) {
  const desk = useDesk();
  const t = words();
  const give = t.company.give;
  const [customer] = useState(thread.pane.value.customer);
  const [to, setTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const tried = useRef({ id: '', ally: '' });
  if (!customer) return null;
  const before = customer.ally ?? thread.detail.value.contact;
  const people = colleaguesOf(desk, { answering: true, withMe: true }).filter(
    (one) => one.id !== customer.ally?.id,
  );
  const chosen = people.find((one) => one.id === to);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!customer || !chosen || busy) return;
    // One try for one person: a lost answer must not tell the customer twice.
    if (tried.current.ally !== chosen.id) tried.current = { id: newId(), ally: chosen.id };
    setBusy(true);
    const answer = await api.giveCustomer(customer.id, tried.current);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.code);
    await thread.readPane();
    say(give.done(customer.name, chosen.fullName));
    onClose();
  }

  return (
    <Dialog title={give.title(customer.name)} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="dialog-lead">{give.lead}</p>
        <p class="field-hint">{before ? give.now(before.fullName) : give.nobodyNow}</p>
        {people.length === 0 ? (
          <p>{give.nobody}</p>
        ) : (
          <ChoosePerson label={give.whom} name="give-to" people={people} chosen={to} onChoose={setTo} />
        )}
        {chosen && <Told thread={thread} next={chosen.fullName} before={before?.fullName ?? null} />}
        <DialogFoot
          problem={problem}
          submit={chosen ? give.submit(chosen.fullName) : give.choose}
          disabled={!chosen || busy}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

type ToldProps = { readonly thread: Thread; readonly next: string; readonly before: string | null };

/** In the customer's language, as their chat will say it. */
function Told({ thread, next, before }: ToldProps) {
  const t = words().company.give;
  const theirs = thread.detail.value.locale;
  if (before === null || before === next) return <p class="field-hint">{t.notTold}</p>;
  return (
    <figure class="told">
      <figcaption>{t.told}</figcaption>
      <blockquote lang={theirs}>{STRINGS[theirs].company.give.toldWords(next, before)}</blockquote>
    </figure>
  );
}
