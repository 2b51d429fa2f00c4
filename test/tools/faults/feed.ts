import { setTimeout as wait } from 'node:timers/promises';

/** An entry as a list shows it, under the number of its reader's own counter. */
export type Line = { readonly number: number; readonly id: string | null; readonly text: string };

/**
 * One conversation's list, kept by the rule of both ends: only the next number is added, a later one waits until the
 * gap before it was fetched, and what is known already is dropped.
 */
export type Feed = {
  readonly lines: readonly Line[];
  last(): number;
  take(line: Line): void;
  /** The relay says that it has come to this number. */
  heard(head: number): void;
};

export function createFeed(fetchAfter: (after: number) => Promise<readonly Line[] | null>): Feed {
  const lines: Line[] = [];
  const ahead = new Map<number, Line>();
  let wanted = 0;
  let fetching = false;
  const last = () => lines.length;

  const take = (line: Line) => {
    if (line.number <= last()) return;
    ahead.set(line.number, line);
    for (let next = ahead.get(last() + 1); next; next = ahead.get(last() + 1)) {
      ahead.delete(next.number);
      lines.push(next);
    }
    heard(line.number);
  };

  const heard = (head: number) => {
    wanted = Math.max(wanted, head);
    if (wanted > last() && !fetching) void fillGap();
  };

  const fillGap = async () => {
    fetching = true;
    while (wanted > last()) {
      const found = await fetchAfter(last());
      for (const line of found ?? []) take(line);
      // Not reached, or not there yet: a moment later it may be.
      if (!found || found.length === 0) await wait(100);
    }
    fetching = false;
  };

  return { lines, last, take, heard };
}
