/** One conversation's log as far as it is loaded: entries without a hole, and what came too early. Pure. */
import type { Entry } from '@fullname/shared/model';

export type EntryLog = {
  /** Dense by `seq`, oldest first. */
  readonly entries: readonly Entry[];
  /** The last number drawn; 0 when nothing is. */
  readonly last: number;
  /** Entries beyond a gap; they are drawn when the gap is fetched. */
  readonly early: readonly Entry[];
  /** Whether older entries are on the relay. */
  readonly more: boolean;
};

export function startLog(entries: readonly Entry[], more: boolean): EntryLog {
  return { entries, last: entries[entries.length - 1]?.seq ?? 0, early: [], more };
}

/** The log with one more entry: drawn when it is the next, held back when it is early, dropped when it is known. */
export function receive(log: EntryLog, entry: Entry): EntryLog {
  return receiveAll(log, [entry]);
}

/** As `receive`, for the entries of a gap fetch: each number is drawn once, in order. */
export function receiveAll(log: EntryLog, fetched: readonly Entry[]): EntryLog {
  const bySeq = new Map<number, Entry>();
  for (const entry of [...log.early, ...fetched]) if (entry.seq > log.last) bySeq.set(entry.seq, entry);
  if (bySeq.size === 0) return log.early.length === 0 ? log : { ...log, early: [] };
  const drawn: Entry[] = [];
  let last = log.last;
  for (let next = bySeq.get(last + 1); next; next = bySeq.get(last + 1)) {
    drawn.push(next);
    last += 1;
  }
  const early = [...bySeq.values()].filter((entry) => entry.seq > last).sort((a, b) => a.seq - b.seq);
  return { ...log, entries: [...log.entries, ...drawn], last, early };
}

/** The last page as the relay has it now. Where it does not touch what is drawn, it replaces it: never a hole. */
export function reopen(log: EntryLog, entries: readonly Entry[], more: boolean): EntryLog {
  const first = entries[0]?.seq ?? 0;
  if (entries.length > 0 && first > log.last + 1) return receiveAll(startLog(entries, more), log.early);
  return receiveAll(log, entries);
}

/** Older entries in front; they must end where the log begins. */
export function prepend(log: EntryLog, older: readonly Entry[], more: boolean): EntryLog {
  const first = log.entries[0]?.seq ?? Number.POSITIVE_INFINITY;
  const fresh = older.filter((entry) => entry.seq < first);
  return { ...log, entries: [...fresh, ...log.entries], more };
}

/** The same log with these in place of what was drawn under their numbers: lines from which something was removed. */
export function renew(log: EntryLog, entries: readonly Entry[]): EntryLog {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const now = (entry: Entry) => bySeq.get(entry.seq) ?? entry;
  return { ...log, entries: log.entries.map(now), early: log.early.map(now) };
}

export function hasGap(log: EntryLog): boolean {
  return log.early.length > 0;
}
