import type { ErrorCode } from '@fullname/shared/errors';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { presenceOf } from '../../presence-words.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { ChoosePerson } from '../common/ChoosePerson.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';

import { TextField } from '../common/Field.tsx';

/** To a named person who is here, with a note that only colleagues see. */
export function HandOver({ thread, onClose }: { readonly thread: Thread; readonly onClose: () => void }) {
  const { inbox, person } = useDesk();
  const t = words();
  const people = inbox.colleagues.value
    .filter((one) => one.id !== person.id && one.role !== 'back-office')
    .sort((a, b) => Number(b.here) - Number(a.here) || a.open - b.open);
  const [to, setTo] = useState<string | null>(people.find((one) => one.here)?.id ?? null);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = people.find((one) => one.id === to);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!chosen) return;
    setBusy(true);
    const refused = await thread.handOver(chosen.id, note.trim());
    setBusy(false);
    if (refused) return setProblem(refused);
    say(t.handOver.done(chosen.fullName));
    onClose();
  }

  return (
    <Dialog title={t.handOver.title} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="dialog-lead">{t.handOver.lead}</p>
        {people.length === 0 ? (
          <p>{t.handOver.nobody}</p>
        ) : (
          <ChoosePerson
            label={t.handOver.to}
            name="to"
            people={people.map((one) => ({
              ...one,
              beside: [one.title, presenceOf(one), t.handOver.open(one.open)].filter(Boolean).join(' · '),
              away: !one.here,
            }))}
            chosen={to}
            onChoose={setTo}
          />
        )}
        {people.length > 0 && !people.some((one) => one.here) && <p role="status">{t.handOver.nobody}</p>}
        <TextField
          label={t.handOver.note}
          placeholder={t.handOver.notePlaceholder}
          value={note}
          onChange={setNote}
          rows={3}
        />
        <DialogFoot
          problem={problem}
          submit={chosen ? t.handOver.submit(chosen.fullName) : t.handOver.choose}
          disabled={!chosen || busy}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
