import type { ErrorCode } from '@fullname/shared/errors';
import type { Colleague } from '@fullname/shared/events';
import { repairText } from '@fullname/shared/text';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { presenceOf } from '../../presence-words.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { ChoosePerson } from '../common/ChoosePerson.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';
import { TextField } from '../common/Field.tsx';
import { MomentField, momentFrom } from '../common/MomentField.tsx';

/** A colleague is asked by name, whatever they do; the customer sees nothing of it. */
export function AskForHelp({ thread, onClose }: { readonly thread: Thread; readonly onClose: () => void }) {
  const { inbox, person, work } = useDesk();
  const t = words();
  const people = inbox.colleagues.value
    .filter((one) => one.id !== person.id)
    .sort((a, b) => Number(b.here) - Number(a.here) || a.fullName.localeCompare(b.fullName));
  const [id] = useState(newId);
  const [to, setTo] = useState<string | null>(null);
  const [what, setWhat] = useState('');
  const [local, setLocal] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = people.find((one) => one.id === to);
  const asked = repairText(what).trim();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!chosen || !asked || busy) return;
    setBusy(true);
    const wishedBy = momentFrom(local);
    const refused = await thread.askForHelp({
      id,
      provider: chosen.id,
      what: asked,
      ...(wishedBy ? { wishedBy } : {}),
    });
    setBusy(false);
    if (refused) return setProblem(refused);
    say(t.work.help.asked(chosen.fullName));
    work.changed();
    onClose();
  }

  return (
    <Dialog title={t.work.help.ask} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="dialog-lead">{t.work.help.askLead}</p>
        {people.length === 0 ? (
          <p>{t.work.help.nobody}</p>
        ) : (
          <ChoosePerson
            label={t.work.help.whom}
            name="help-from"
            people={people.map((one) => ({ ...one, beside: besideOf(one) }))}
            chosen={to}
            onChoose={setTo}
          />
        )}
        <TextField
          label={t.work.help.what}
          placeholder={t.work.help.whatPlaceholder}
          value={what}
          onChange={setWhat}
          rows={3}
          maxLength={1000}
          required
        />
        <MomentField label={t.work.help.wishedBy} value={local} onChange={setLocal} optional />
        <DialogFoot
          problem={problem}
          submit={chosen ? t.work.help.submit(chosen.fullName) : t.work.help.choose}
          disabled={!chosen || !asked || busy}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

/** Somebody who is away may be asked as well: their clock begins when they promise. */
function besideOf(one: Colleague): string {
  const role = one.role === 'back-office' ? words().settings.roles['back-office'] : null;
  return [one.title ?? role, presenceOf(one)].filter(Boolean).join(' · ');
}
