/** The visitor's copy of one conversation's log: dense, in the relay's order, each number once. */
import type { PublicEntry } from '@fullname/shared/model';

export type Log = {
  readonly conversation: string;
  /** The last number that the relay knows to be here, unread. */
  told: number;
  entries(): readonly PublicEntry[];
  /** The last number without a hole before it; null while nothing was loaded. */
  last(): number | null;
  /** True where entries older than the first one exist. */
  hasOlder(): boolean;
  /** Takes entries in any order; those beyond a hole are held back. Says whether a hole has to be fetched. */
  add(entries: readonly PublicEntry[]): { readonly gap: boolean };
  /** The first page, or a page of older ones: a dense run that ends where the log begins. */
  load(page: readonly PublicEntry[], publicSeq: number): void;
};

/** `fresh`: a conversation that this browser has just begun, so nothing has to be loaded. */
export function createLog(conversation: string, fresh: boolean): Log {
  let entries: readonly PublicEntry[] = [];
  let last: number | null = fresh ? 0 : null;
  const held = new Map<number, PublicEntry>();

  const settle = (): void => {
    if (last === null) return;
    const more: PublicEntry[] = [];
    for (let next = held.get(last + 1); next; next = held.get(last + 1)) {
      held.delete(next.publicSeq);
      more.push(next);
      last = next.publicSeq;
    }
    for (const number of held.keys()) if (number <= last) held.delete(number);
    if (more.length) entries = [...entries, ...more];
  };

  return {
    conversation,
    told: 0,
    entries: () => entries,
    last: () => last,
    hasOlder: () => (entries[0]?.publicSeq ?? 1) > 1,
    add(incoming) {
      for (const entry of incoming) {
        if (entry.conversation === conversation && entry.publicSeq > (last ?? 0))
          held.set(entry.publicSeq, entry);
      }
      settle();
      return { gap: last !== null && held.size > 0 };
    },
    load(page, publicSeq) {
      const first = entries[0]?.publicSeq;
      const older = first === undefined ? page : page.filter((entry) => entry.publicSeq < first);
      entries = [...older, ...entries];
      last ??= page[page.length - 1]?.publicSeq ?? publicSeq;
      settle();
    },
  };
}
