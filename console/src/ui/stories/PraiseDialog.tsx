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

type PraiseDialogProps = {
  readonly conversation: string | null;
  readonly to?: string;
  readonly onClose: () => void;
};

/** From a conversation: to whoever has it, unless that is oneself. */
export function PraiseHere({ thread, onClose }: { readonly thread: Thread; readonly onClose: () => void }) {
  const { id } = useDesk().person;
  const { holder, contact } = thread.detail.value;
  const to = [holder, contact].find((one) => one && one.id !== id)?.id;
  return <PraiseDialog conversation={thread.id} {...(to ? { to } : {})} onClose={onClose} />;
}

/** Good work, said to a colleague by name. */
export function PraiseDialog({ conversation, to = '', onClose }: PraiseDialogProps) {
  const desk = useDesk();
  const t = words().company.praise;
  const people = colleaguesOf(desk, {});
  const kept = useKept(`praise.${desk.person.id}.${conversation ?? ''}`, { to, text: '' });
  const chosen = people.find((one) => one.id === kept.form.to);
  const text = clean(kept.form.text);

  return (
    <WriteDialog
      title={t.open}
      submitText={chosen ? t.submit(chosen.fullName) : t.choose}
      ready={chosen !== undefined && text !== ''}
      of={JSON.stringify([chosen?.id, text])}
      send={(id) => api.praise({ id, to: chosen?.id ?? '', text, ...(conversation ? { conversation } : {}) })}
      onDone={() => {
        kept.forget();
        if (chosen) say(t.done(chosen.fullName));
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
          label={t.to}
          name="praise-to"
          people={people}
          chosen={kept.form.to}
          onChoose={(next) => kept.set({ to: next })}
        />
      )}
      <TextField
        label={t.text}
        placeholder={t.textPlaceholder}
        value={kept.form.text}
        onChange={(next) => kept.set({ text: next })}
        rows={4}
        maxLength={MESSAGE_MAX_LENGTH}
        required
      />
    </WriteDialog>
  );
}
