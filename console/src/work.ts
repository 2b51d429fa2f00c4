/** What waits for this person, kept in step with the relay: the numbers, a word when something changed, and what is due. */
import type { ErrorCode, Result } from '@fullname/shared/errors';
import type { Promised } from '@fullname/shared/model';
import type { Task, Work } from '@fullname/shared/recovery';
import { type ReadonlySignal, signal } from '@preact/signals';
import { api } from './api.ts';
import type { Connection } from './connection.ts';
import { newId } from './ids.ts';
import { remindOf } from './notify.ts';

export type WorkModel = {
  readonly counts: ReadonlySignal<Work>;
  /** Rises whenever tasks, promises or requests have changed, or may have while the line was cut. */
  readonly told: ReadonlySignal<number>;
  /** Something was changed from here: whatever shows it reads it again. */
  changed(): void;
  keepPromise(conversation: string, promise: string): Promise<ErrorCode | null>;
  /** To a later time, of which the relay tells the customer. `id` stays the same through every retry. */
  movePromise(move: PromiseMove): Promise<ErrorCode | null>;
  /** The last page of a conversation, without opening it. */
  peek: (conversation: string) => ReturnType<typeof peekAt>;
  stop(): void;
};
type PromiseMove = {
  readonly conversation: string;
  readonly id?: string;
  readonly promise: string;
  readonly due: string;
};

const NOTHING: Work = { open: 0, due: 0, requests: 0, notes: 0, praise: 0 };

/** Listens from the welcome on. A task that came due while nobody listened is found in the list, not seen. */
export function openWork(connection: Pick<Connection, 'on' | 'ask'>): WorkModel {
  const counts = signal<Work>(NOTHING);
  const told = signal(0);
  const shown = new Set<string>();
  /** Due, and not to be shown here now: another tab does, or nobody looks and nothing may ring. */
  let left = false;

  const changed = () => {
    told.value += 1;
  };

  function remind(task: Task): void {
    const key = `${task.id} ${task.due}`;
    if (task.seen || task.state !== 'open' || shown.has(key)) return;
    if (!remindOf(task)) {
      left = true;
      return;
    }
    shown.add(key);
    void api.seeTask(task.id);
  }

  async function remindLeft(): Promise<void> {
    left = false;
    const answer = await api.tasks({ whose: 'mine', state: 'open' });
    if (!answer.ok) return;
    for (const task of answer.value.tasks) if (task.remindedAt !== null) remind(task);
  }

  const focused = () => {
    if (left) void remindLeft();
  };
  window.addEventListener('focus', focused);

  const stops = [
    connection.on('welcome', (welcome) => {
      counts.value = welcome.work;
      changed();
      if (welcome.work.due > 0) void remindLeft();
    }),
    connection.on('work:changed', (work) => {
      counts.value = work;
      changed();
    }),
    connection.on('task:due', remind),
    () => window.removeEventListener('focus', focused),
  ];

  async function thenChanged(asked: Promise<Result<Promised>>): Promise<ErrorCode | null> {
    const answer = await asked;
    changed();
    return answer.ok ? null : answer.code;
  }

  return {
    counts,
    told,
    changed,
    keepPromise: (conversation, promise) =>
      thenChanged(connection.ask('promise:keep', { conversation, promise })),
    movePromise: (move) => thenChanged(connection.ask('promise:move', { id: newId(), ...move })),
    peek: (conversation) => peekAt(connection, conversation),
    stop() {
      for (const stop of stops) stop();
    },
  };
}

function peekAt(connection: Pick<Connection, 'ask'>, conversation: string) {
  return connection.ask('entries:fetch', { conversation });
}
