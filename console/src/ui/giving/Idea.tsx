import type { ErrorCode } from '@fullname/shared/errors';
import type { Preference } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';

/** What a preference could become at the next visit; done, it stays to be seen as done. */
export function IdeaLine({ preference }: { readonly preference: Preference }) {
  const t = words();
  const p = t.giving.preference;
  if (!preference.idea) return null;
  return (
    <p class="idea" data-done={preference.ideaDone}>
      {t.common.label(p.idea)}
      <span dir="auto">{preference.idea}</span>
      {preference.ideaDone && <small> · {p.ideaWasDone}</small>}
    </p>
  );
}

type IdeaActsProps = { readonly thread: Thread; readonly preference: Preference };

/** Among the acts of its preference: carried out, or not wanted any more. */
export function IdeaActs({ thread, preference }: IdeaActsProps) {
  const t = words().giving.preference;
  const { id, idea, ideaDone } = preference;
  if (!idea || ideaDone) return null;
  const change = async (to: { idea: string | null; done?: boolean }, button: HTMLElement) => {
    const others = button.closest('li')?.querySelector<HTMLElement>('.record-acts > button:last-child');
    const refused = await thread.changeIdea({ preference: id, ...to });
    if (refused) return sayProblem(refused);
    others?.focus();
    say(to.done ? t.ideaDone : t.forgotten, () => {
      void thread.changeIdea({ preference: id, idea, done: false }).then(sayProblem);
    });
  };
  return (
    <>
      <button
        type="button"
        class="link-button"
        onClick={(event) => void change({ idea, done: true }, event.currentTarget)}
      >
        {t.done}
      </button>
      <button
        type="button"
        class="link-button"
        onClick={(event) => void change({ idea: null }, event.currentTarget)}
      >
        {t.forget}
      </button>
    </>
  );
}

type IdeaFormProps = {
  readonly thread: Thread;
  readonly preference: Preference;
  readonly onClose: () => void;
};

export function IdeaForm({ thread, preference, onClose }: IdeaFormProps) {
  const t = words();
  const p = t.giving.preference;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const idea = text.trim();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!idea) return;
    const refused = await thread.changeIdea({ preference: preference.id, idea, done: false });
    if (refused) return setProblem(refused);
    say(p.ideaSaved);
    onClose();
  }

  return (
    <form
      class="record-form stack"
      aria-label={p.idea}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <TextField
        label={p.ideaField}
        placeholder={p.ideaPlaceholder}
        value={text}
        onChange={setText}
        maxLength={500}
        required
        focus
      />
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <footer class="form-foot">
        <button type="button" class="button" onClick={onClose}>
          {t.common.cancel}
        </button>
        <button type="submit" class="button button-primary" disabled={!idea}>
          {t.forms.save}
        </button>
      </footer>
    </form>
  );
}
