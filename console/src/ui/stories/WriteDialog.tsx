import type { ErrorCode, Result } from '@fullname/shared/errors';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { newId } from '../../ids.ts';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';

type WriteDialogProps = {
  readonly title: string;
  readonly submitText: string;
  readonly ready: boolean;
  /** The words as they are now: a retry of the same is sent under the same id. */
  readonly of: string;
  readonly send: (id: string) => Promise<Result<unknown>>;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** The frame of what is written to colleagues: one form, one act. */
export function WriteDialog({
  title,
  submitText,
  ready,
  of,
  send,
  onDone,
  onClose,
  children,
}: WriteDialogProps) {
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const tried = useRef({ id: '', of: '' });

  async function submit() {
    if (!ready || busy) return;
    if (tried.current.of !== of) tried.current = { id: newId(), of };
    setBusy(true);
    const answer = await send(tried.current.id);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.code);
    onDone();
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
        }}
      >
        {children}
        <DialogFoot problem={problem} submit={submitText} disabled={!ready || busy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
