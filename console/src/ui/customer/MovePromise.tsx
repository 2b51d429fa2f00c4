import type { ErrorCode } from '@fullname/shared/errors';
import { useState } from 'preact/hooks';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { MomentField, momentFrom } from '../common/MomentField.tsx';

type MovePromiseProps = {
  readonly due: string;
  /** `id` is the same for every try with the same time: a lost answer must not tell the customer twice. */
  readonly move: (due: string, id: string) => Promise<ErrorCode | null>;
  readonly onDone: () => void;
};

/** A later time; the customer is told of it. */
export function MovePromise({ due, move, onDone }: MovePromiseProps) {
  const t = words();
  const [local, setLocal] = useState('');
  const [tried, setTried] = useState({ id: newId(), due: '' });
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = momentFrom(local);
  const isLater = chosen !== null && chosen > due && Date.parse(chosen) > Date.now();

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!chosen || !isLater || busy) return;
    const attempt = tried.due === chosen ? tried : { id: newId(), due: chosen };
    setTried(attempt);
    setBusy(true);
    const refused = await move(chosen, attempt.id);
    setBusy(false);
    if (refused) return setProblem(refused);
    say(t.work.promise.moveDone);
    onDone();
  }

  return (
    <form
      class="record-form stack"
      aria-label={t.work.promise.move}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    >
      <MomentField
        label={t.work.promise.moveTo}
        hint={t.work.promise.moveHint}
        value={local}
        onChange={setLocal}
      />
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <footer class="form-foot">
        <button type="button" class="button" onClick={onDone}>
          {t.common.cancel}
        </button>
        <button type="submit" class="button button-primary" disabled={!isLater || busy}>
          {t.work.promise.moveDo}
        </button>
      </footer>
    </form>
  );
}
