/** What belongs to this visit: the words and acts since the last time that this conversation was ended. */
import type { Entry, Failure } from '@fullname/shared/model';
import type { Thread } from '../../thread.ts';

export type Visit = {
  readonly entries: readonly Entry[];
  /** When the visit before ended; null where none is known to have. */
  readonly since: string | null;
  /** The same for as long as the visit lasts. */
  readonly name: string;
};

/** Of a conversation that is closed, the visit is the one that its farewell has just ended. */
export function visitOf({ id, log, detail }: Pick<Thread, 'id' | 'log' | 'detail'>): Visit {
  const { entries } = log.value;
  const farewells = entries.flatMap(({ kind }, index) => (kind === 'farewell' ? [index] : []));
  const last = farewells.at(detail.value.status === 'closed' ? -2 : -1);
  const farewell = last === undefined ? undefined : entries[last];
  if (last === undefined || !farewell) return { entries, since: null, name: id };
  return { entries: entries.slice(last + 1), since: farewell.at, name: `${id} ${farewell.seq}` };
}

/** Recorded in this visit: whoever it happened to has been told just now. */
export function isOfThisVisit(
  thread: Pick<Thread, 'id' | 'log' | 'detail'>,
  failure: Pick<Failure, 'conversation' | 'recordedAt'>,
): boolean {
  if (failure.conversation !== thread.id) return false;
  const { since } = visitOf(thread);
  return since === null || Date.parse(failure.recordedAt) > Date.parse(since);
}
