import type { ErrorCode } from '@fullname/shared/errors';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { recordForm } from '../../view.ts';

type RecordFormFrameProps = {
  readonly label: string;
  readonly done: string;
  readonly ready: boolean;
  readonly save: () => Promise<ErrorCode | null>;
  /** When it is recorded and the form has gone. */
  readonly after?: () => void;
  readonly children: ComponentChildren;
};

/** The frame of the small forms in the pane: Ctrl/⌘ + Enter saves, Esc leaves. */
export function RecordFormFrame({ label, done, ready, save, after, children }: RecordFormFrameProps) {
  const t = words();
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  /** The focus goes back to the button that opens the form. */
  const leave = () => {
    form.current?.closest('section')?.querySelector<HTMLElement>('header [aria-expanded]')?.focus();
    recordForm.value = null;
  };

  async function submit() {
    if (!ready || busy) return;
    setBusy(true);
    const refused = await save();
    setBusy(false);
    if (refused) return setProblem(refused);
    say(done);
    leave();
    after?.();
  }

  return (
    <form
      ref={form}
      class="record-form stack"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          leave();
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
      }}
    >
      {children}
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <footer class="form-foot">
        <button type="button" class="button" onClick={leave}>
          {t.common.cancel}
        </button>
        <button type="submit" class="button button-primary" disabled={!ready || busy}>
          {t.forms.save}
        </button>
      </footer>
    </form>
  );
}
