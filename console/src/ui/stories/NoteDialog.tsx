import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { RestoredLine } from '../book/FormFoot.tsx';
import { useKept } from '../book/kept.ts';
import { ChoosePerson } from '../common/ChoosePerson.tsx';
import { TextField } from '../common/Field.tsx';
import { colleaguesOf } from '../company/colleagues.ts';
import { clean } from './clean.ts';
import { WriteDialog } from './WriteDialog.tsx';
import { noteFor } from './whom.ts';

type NoteDialogProps = { readonly thread: Thread; readonly onClose: () => void };

/** An owner's word to one agent about this conversation: in no log, and seen when the conversation is closed. */
export function NoteDialog({ thread, onClose }: NoteDialogProps) {
  const desk = useDesk();
  const t = words().company.notes;
  const people = colleaguesOf(desk, { answering: true });
  const kept = useKept(`note.${desk.person.id}.${thread.id}`, {
    to: noteFor(thread, desk.person.id)?.id ?? '',
    text: '',
  });
  const chosen = people.find((one) => one.id === kept.form.to);
  const text = clean(kept.form.text);
  const isClosed = thread.detail.value.status === 'closed';

  return (
    <WriteDialog
      title={chosen ? t.openTo(chosen.fullName) : t.open}
      submitText={chosen ? t.submit(chosen.fullName) : t.choose}
      ready={chosen !== undefined && text !== ''}
      of={JSON.stringify([chosen?.id, text])}
      send={(id) => api.leaveNote({ id, conversation: thread.id, to: chosen?.id ?? '', text })}
      onDone={() => {
        kept.forget();
        if (chosen) say((isClosed ? t.doneNow : t.done)(chosen.fullName));
        desk.work.changed();
        onClose();
      }}
      onClose={onClose}
    >
      <RestoredLine kept={kept} />
      {people.length === 0 ? (
        <p>{t.nobody}</p>
      ) : (
        <ChoosePerson
          label={t.formTo}
          name="note-to"
          people={people}
          chosen={kept.form.to}
          onChoose={(to) => kept.set({ to })}
        />
      )}
      <TextField
        label={t.text}
        hint={isClosed ? t.hintClosed : t.hint}
        value={kept.form.text}
        onChange={(next) => kept.set({ text: next })}
        rows={5}
        maxLength={MESSAGE_MAX_LENGTH}
        required
      />
    </WriteDialog>
  );
}
