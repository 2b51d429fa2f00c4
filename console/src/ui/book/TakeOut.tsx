import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { TextField } from '../common/Field.tsx';
import { titleOf } from './changes.ts';
import { stopEditing, type TakingOut } from './editing.ts';
import { deedOf, FormFoot, RestoredLine } from './FormFoot.tsx';
import { useKept } from './kept.ts';
import { type Deed, useSaving } from './saving.ts';

/** An entry leaves the book the way others enter it: as a change, with a reason. */
export function TakeOut({ out }: { readonly out: TakingOut }) {
  const { person } = useDesk();
  const t = words().book;
  const kept = useKept(`${person.id}.take-out.${out.target.id}`, { example: '' });
  const saving = useSaving(null);
  const isOwner = person.role === 'owner';

  const close = () => {
    if (kept.changed) say(t.form.kept);
    stopEditing();
  };
  async function save(deed: Deed) {
    const content = { kind: out.kind, target: out.target.id, body: null };
    if (!(await saving.save(content, kept.form.example, deed))) return;
    kept.forget();
    stopEditing();
  }

  return (
    <Dialog title={t.form.takeOutTitle} onClose={close}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save(deedOf(isOwner, false));
        }}
      >
        <blockquote class="quoted" lang={out.target.locale} dir="auto">
          {titleOf(out.target)}
        </blockquote>
        <p class="dialog-lead">{out.kind === 'phrase' ? t.form.takeOutPhrase : t.form.takeOutRule}</p>
        <RestoredLine kept={kept} />
        <TextField
          label={t.form.example}
          hint={t.form.exampleHint}
          value={kept.form.example}
          onChange={(example) => kept.set({ example })}
          rows={2}
          maxLength={PHRASE_MAX_LENGTH}
          optional
        />
        <FormFoot saving={saving} revises={false} onCancel={close} onSave={(deed) => void save(deed)} />
      </form>
    </Dialog>
  );
}
