import type { PersonRef } from '@fullname/shared/model';
import type { Db } from '../store/db.ts';
import { listPeople, type PersonRow } from '../store/people.ts';

/** A person as the rest of the relay knows them: everything but the password's hash. */
export type Person = Omit<PersonRow, 'passwordHash'> & {
  /** False until the invitation was accepted. */
  readonly joined: boolean;
};

/** Everybody who answers, in memory, because every entry and every row names somebody. Up to 5 s behind other relays. */
export type Directory = {
  /** Never throws. People are not deleted but deactivated, and those of a removed demo stay known here. */
  ref(id: string): PersonRef;
  get(id: string): Person | undefined;
  /** Everybody, inactive people included, in the order in which they came. */
  all(): readonly Person[];
  /** Reads the table now: call it after a change, before announcing it. */
  refresh(): Promise<void>;
  /** Called after a refresh that found something changed, by this relay or another. Returns the way to stop it. */
  onChange(listener: () => void): () => void;
  close(): void;
};

const POLL_MS = 5_000;

export async function createDirectory(db: Db): Promise<Directory> {
  const known = new Map<string, Person>();
  const listeners = new Set<() => void>();
  let current: readonly Person[] = [];
  let print = '';

  const read = async () => {
    current = (await listPeople(db)).map(withoutPassword);
    for (const person of current) known.set(person.id, person);
    const before = print;
    print = JSON.stringify(current);
    if (before !== print) for (const listener of listeners) listener();
  };
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  // One after the other: of two at once the older answer could come last. Whoever asks while one runs shares the next.
  const refresh = () => {
    next ??= last
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        last = read();
        return last;
      });
    return next;
  };
  // A failing store is reported by the readiness probe; the names known so far stay good.
  const poll = setInterval(() => void refresh().catch(() => undefined), POLL_MS).unref();
  await refresh();

  return {
    ref: (id) => ({ id, fullName: known.get(id)?.fullName ?? '…' }),
    get: (id) => known.get(id),
    all: () => current,
    refresh,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => clearInterval(poll),
  };
}

/** Takes the hash out of a row, so that it cannot travel with it. */
export function withoutPassword({ passwordHash, ...row }: PersonRow): Person {
  return { ...row, joined: passwordHash !== null || row.demo };
}
