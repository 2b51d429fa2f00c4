import type { Colleague } from '@fullname/shared/events';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { timeOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { Face } from '../common/Face.tsx';
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
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = people.find((one) => one.id === to);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!chosen) return;
    setBusy(true);
    const refused = await thread.handOver(chosen.id, note.trim());
    setBusy(false);
    if (refused) return setProblem(t.errors[refused]);
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
          <fieldset class="people-choice">
            <legend>{t.handOver.to}</legend>
            {people.map((one) => (
              <PersonOption key={one.id} person={one} chosen={one.id === to} onChoose={() => setTo(one.id)} />
            ))}
          </fieldset>
        )}
        <TextField
          label={t.handOver.note}
          placeholder={t.handOver.notePlaceholder}
          value={note}
          onChange={setNote}
          rows={3}
        />
        {problem && (
          <p class="form-problem" role="alert">
            {problem}
          </p>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {t.common.cancel}
          </button>
          <button type="submit" class="button button-primary" disabled={!chosen || busy}>
            {chosen ? t.handOver.submit(chosen.fullName) : t.handOver.choose}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

type PersonOptionProps = {
  readonly person: Colleague;
  readonly chosen: boolean;
  readonly onChoose: () => void;
};

function PersonOption({ person, chosen, onChoose }: PersonOptionProps) {
  const t = words();
  const presence = person.here
    ? t.presence.here
    : person.backAt
      ? t.presence.backAt(timeOf(person.backAt))
      : t.presence.away;
  return (
    <label class="person-option" data-here={person.here}>
      <input type="radio" name="to" checked={chosen} disabled={!person.here} onChange={onChoose} />
      <Face name={person.fullName} />
      <span class="person-option-name">
        <b>{person.fullName}</b>
        <small>{[person.title, presence, t.handOver.open(person.open)].filter(Boolean).join(' · ')}</small>
      </span>
    </label>
  );
}
