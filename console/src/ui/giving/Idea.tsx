import type { ErrorCode } from '@fullname/shared/errors';
import type { Preference } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';

type IdeaLineProps = {
  readonly thread: Thread;
  readonly preference: Preference;
  readonly idea: string;
  readonly canRecord: boolean;
};

/** What a preference could become at the next visit; done, it stays to be seen as done. */
export function IdeaLine({ thread, preference, idea, canRecord }: IdeaLineProps) {
  const t = words();
  const p = t.giving.preference;
  const change = async (to: { idea: string | null; done?: boolean }, done: string) => {
    const refused = await thread.changeIdea({ preference: preference.id, ...to });
    if (refused) return sayProblem(refused);
    say(done, () => {
      void thread.changeIdea({ preference: preference.id, idea, done: false }).then(sayProblem);
    });
  };
  return (
    <p class="idea" data-done={preference.ideaDone}>
      {t.common.label(p.idea)}
      <span dir="auto">{idea}</span>
      {preference.ideaDone && <small> · {p.ideaWasDone}</small>}
      {canRecord && !preference.ideaDone && (
        <span class="record-acts">
          <button
            type="button"
            class="link-button"
            onClick={() => void change({ idea, done: true }, p.ideaDone)}
          >
            {p.done}
          </button>
          <button type="button" class="link-button" onClick={() => void change({ idea: null }, p.forgotten)}>
            {p.forget}
          </button>
        </span>
      )}
    </p>
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
