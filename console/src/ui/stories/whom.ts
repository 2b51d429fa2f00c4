import type { PersonRef } from '@fullname/shared/model';
import type { Thread } from '../../thread.ts';

/** Whom a note about this conversation is meant for most likely: who has it, who wrote last, or its contact; never oneself. */
export function noteFor(thread: Pick<Thread, 'detail' | 'log'>, me: string): PersonRef | null {
  const { holder, contact } = thread.detail.value;
  const writers = thread.log.value.entries.flatMap((entry) =>
    'author' in entry && entry.author.kind === 'agent' && entry.kind !== 'note' ? [entry.author.person] : [],
  );
  return [holder, ...writers.reverse(), contact].find((one) => one && one.id !== me) ?? null;
}
