/**
 * What follows a sent message: the promises in it are recorded, and the book learns what became of its advice. Kept on this
 * machine until the message is in the relay's log, and then until the relay has these too; each has its own id, so that a second
 * try changes nothing.
 */
import type { WritingReport } from '@fullname/shared/book';
import { type ErrorCode, PASSING, type Result } from '@fullname/shared/errors';
import type { PromiseDraft } from '@fullname/shared/events';
import { RETRY_MAX_MS } from '@fullname/shared/limits';
import type { Connection } from '../connection.ts';

/** The message's id, and what waits for it. */
export type Following = {
  readonly message: string;
  readonly report: WritingReport | null;
  readonly promises: readonly PromiseDraft[];
};

export type AfterSend = {
  /** Before the message goes. */
  add(following: Following): void;
  /** The message is in the relay's log. */
  sent(message: string): void;
  /** Tries again what is due: the connection is back. */
  drain(): void;
  stop(): void;
};

type Kept = Following & { readonly at: number; readonly due: boolean };
type Parts = {
  readonly connection: Pick<Connection, 'ask' | 'status'>;
  readonly person: string;
  /** A promise could not be recorded: its person must know. */
  readonly onRefused: (code: ErrorCode) => void;
};

const KEEP_MS = 7 * 86_400_000;
const AT_MOST = 200;

export function openAfterSend({ connection, person, onRefused }: Parts): AfterSend {
  const key = `fullname.console.after-send.${person}`;
  let draining = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where storage is refused or full, it is kept as long as the tab. */
  let memory: readonly Kept[] | null = null;

  const all = () => memory ?? readKept(key);
  const change = (next: (kept: readonly Kept[]) => readonly Kept[]) => {
    const kept = next(all()).slice(-AT_MOST);
    memory = writeKept(key, kept) ? null : kept;
  };

  async function drain(): Promise<void> {
    again = true;
    if (draining) return;
    draining = true;
    clearTimeout(timer);
    try {
      while (again) {
        again = false;
        for (const one of all()) if (one.due) await follow(one);
      }
    } finally {
      draining = false;
    }
    if (all().some(({ due }) => due)) timer = setTimeout(() => void drain(), RETRY_MAX_MS);
  }

  /** Everything that the relay has taken or refused for good is over; a passing trouble leaves the rest for the next time. */
  async function follow(one: Kept): Promise<void> {
    for (const promise of one.promises) {
      const answer = await ask(() => connection.ask('promise:make', promise));
      if (answer === 'later') return;
      if (answer) onRefused(answer);
      change((kept) => kept.map((each) => (each.message === one.message ? without(each, promise) : each)));
    }
    const { report } = one;
    if (report && (await ask(() => connection.ask('writing:report', report))) === 'later') return;
    change((kept) => kept.filter(({ message }) => message !== one.message));
  }

  async function ask(act: () => Promise<Result<unknown>>): Promise<ErrorCode | 'later' | null> {
    if (connection.status.value !== 'online') return 'later';
    const answer = await act();
    if (answer.ok) return null;
    return PASSING.includes(answer.code) ? 'later' : answer.code;
  }

  change((kept) => kept.filter(({ at }) => Date.now() - at < KEEP_MS));
  return {
    add(following) {
      const one = { ...following, at: Date.now(), due: false };
      change((kept) => [...kept.filter(({ message }) => message !== one.message), one]);
    },
    sent(message) {
      if (!all().some((one) => one.message === message)) return;
      change((kept) => kept.map((one) => (one.message === message ? { ...one, due: true } : one)));
      void drain();
    },
    drain: () => void drain(),
    stop: () => clearTimeout(timer),
  };
}

function without(kept: Kept, promise: PromiseDraft): Kept {
  return { ...kept, promises: kept.promises.filter(({ id }) => id !== promise.id) };
}

function readKept(key: string): readonly Kept[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** False where this browser does not keep it. */
function writeKept(key: string, kept: readonly Kept[]): boolean {
  try {
    if (kept.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { message, promises, at, due } = value as Partial<Kept>;
  return (
    typeof message === 'string' &&
    Array.isArray(promises) &&
    typeof at === 'number' &&
    typeof due === 'boolean'
  );
}
