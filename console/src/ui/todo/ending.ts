import type { ErrorCode } from '@fullname/shared/errors';
import type { Task, TaskEnd } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { say } from '../../toast.ts';

export type Ending = {
  readonly busy: boolean;
  readonly problem: ErrorCode | null;
  /** Ends the task; where the relay refuses, the reason stands in place and nothing that was written is lost. */
  readonly end: (body: TaskEnd, done: string) => void;
};

/** How an open task is ended from its row. */
export function useEnding(task: Task, onDone: () => void): Ending {
  const { work } = useDesk();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  async function finish(body: TaskEnd, done: string): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await api.endTask(task.id, body);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.code);
    say(done);
    onDone();
    work.changed();
  }

  return { busy, problem, end: (body, done) => void finish(body, done) };
}
