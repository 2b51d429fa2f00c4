import type { ChangeContent } from '@fullname/shared/book';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { TextField } from '../common/Field.tsx';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { type PhraseEditing, type RuleEditing, stopEditing } from './editing.ts';
import { deedOf, FormFoot, RestoredLine } from './FormFoot.tsx';
import type { KeptForm } from './kept.ts';
import { type Deed, useSaving } from './saving.ts';

type EntryFormProps<Form> = {
  readonly editing: PhraseEditing | RuleEditing;
  readonly kept: KeptForm<Form>;
  /** The entry as it is to be; null where it cannot be saved yet, whose problems are drawn then. */
  readonly body: () => ChangeContent['body'];
  readonly children: ComponentChildren;
};

/** The frame of what is written for the book: anybody proposes, owners decide, and what is not sent is kept. */
export function EntryForm<Form extends { readonly example: string }>({
  editing,
  kept,
  body,
  children,
}: EntryFormProps<Form>) {
  const { person } = useDesk();
  const t = words();
  const { kind, target, change } = editing;
  const isOwner = person.role === 'owner';
  const saving = useSaving(change?.id ?? null);
  const root = useRef<HTMLFormElement>(null);

  const close = () => {
    if (kept.changed) say(t.book.form.kept);
    stopEditing();
  };
  async function save(deed: Deed) {
    const entry = body();
    if (!entry) return focusFirstProblem(root.current);
    const content = { kind, target: change?.target ?? target?.id ?? null, body: entry };
    if (!(await saving.save(content as ChangeContent, kept.form.example, deed))) return;
    kept.forget();
    stopEditing();
  }

  const titles = kind === 'phrase' ? t.book.phrases : t.book.rules;
  const title = target || change ? titles.editTitle : isOwner ? titles.add : titles.propose;
  return (
    <Dialog title={title} onClose={close} wide>
      <form
        ref={root}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(deedOf(isOwner, change !== null));
        }}
      >
        <RestoredLine kept={kept} />
        <ChangedMeanwhile editing={editing} />
        {children}
        <TextField
          label={t.book.form.example}
          hint={t.book.form.exampleHint}
          value={kept.form.example}
          onChange={(example) => kept.set({ example } as Partial<Form>)}
          rows={2}
          maxLength={PHRASE_MAX_LENGTH}
          optional
        />
        <FormFoot
          saving={saving}
          revises={change !== null}
          onCancel={close}
          onSave={(deed) => void save(deed)}
        />
      </form>
    </Dialog>
  );
}

/** Puts the focus where the form cannot be sent yet, once the problem is drawn. */
function focusFirstProblem(root: HTMLElement | null): void {
  requestAnimationFrame(() => root?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** Under which a form is kept: for this person, this entry, and this example. */
export function keyOf(
  person: string,
  { kind, target, change, example }: PhraseEditing | RuleEditing,
): string {
  return `${person}.${kind}.${change?.id ?? target?.id ?? 'new'}${example ? `.${example}` : ''}`;
}
