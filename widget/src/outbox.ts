/**
 * What the visitor has sent and the relay has not acknowledged yet. Kept before it is sent, sent in order, one at a time, under
 * the same id until the relay answers; so it survives reload, crash and lost networks, and is stored once.
 */
import { type ErrorCode, PASSING, type Result } from '@fullname/shared/errors';
import type { FileType } from '@fullname/shared/files';
import { isId, makeId } from '@fullname/shared/ids';
import { maskCards } from '@fullname/shared/reader/cards';
import { backoff } from './backoff.ts';
import { random } from './random.ts';
import type { Change, Records } from './storage/kept.ts';

export type OutboxItem = {
  readonly id: string;
  readonly kind: 'message' | 'email' | 'extra' | 'file';
  readonly text: string;
  /** For an extra: of which offer, and which of its options; null for something else, which is in `text`. */
  readonly chosen?: { readonly offer: string; readonly option: number | null };
  /** For a file, whose name is in `text`. `uploaded`: what the relay calls it, null until it has all of it. */
  readonly file?: { readonly type: FileType; readonly bytes: number; readonly uploaded: string | null };
  /** Milliseconds since 1970, raised where needed so that a later item has a later number. */
  readonly order: number;
  /** Null while it is being sent; a refusal that retrying cannot mend otherwise. */
  readonly failed: ErrorCode | null;
};

/** What was chosen from an offer. `option` counts from 0; null for something else, in the visitor's own words. */
export type Choice = { readonly offer: string; readonly option: number | null; readonly text: string };

export type Outbox = {
  items(): readonly OutboxItem[];
  /** Reads what an earlier page, or another tab, has left. */
  load(): Promise<void>;
  /** Keeps the item and whatever belongs to the same transaction, then sends. `items` has it at once. */
  add(kind: 'message' | 'email', text: string, along?: readonly Change[]): Promise<void>;
  /** One choice an offer: a second press, while the first is on its way, is none. */
  choose(choice: Choice): Promise<void>;
  /** Keeps a file's bytes beside its item. It waits until `uploaded`, and holds up nothing that is said meanwhile. */
  addFile(file: { readonly name: string; readonly type: FileType }, body: Blob): Promise<void>;
  /** The bytes of a file that is not sent; null where this browser has them no more. */
  body(id: string): Promise<Blob | null>;
  /** The relay has the bytes, or (null) has forgotten them. */
  uploaded(id: string, file: string | null): Promise<void>;
  /** A refusal of the upload. */
  refused(id: string, code: ErrorCode): Promise<void>;
  retry(id: string): Promise<void>;
  discard(id: string): Promise<void>;
  /** The relay has it: from its acknowledgement, or seen in the log. */
  settle(id: string, along?: readonly Change[]): Promise<void>;
  /** Forgets them all; the store is cleared by whoever asks for it. */
  clear(): void;
  /** Sends what waits. `soon`: at once, without the rest of a backoff. */
  drain(soon?: boolean): void;
};

export type OutboxOptions = {
  readonly kept: Records;
  /** One name a site: tabs that can see each other's locks send one at a time. */
  readonly lock: string;
  /** Sends one item. A lost line is `UNAVAILABLE`. */
  readonly deliver: (item: OutboxItem) => Promise<Result<unknown>>;
  /** True while there is a line; without one, draining waits for the next `drain`. */
  readonly connected: () => boolean;
  /** Kept no more, by another tab: the relay has them, so far as anybody can tell. Before `items` is without them. */
  readonly left: (items: readonly OutboxItem[]) => void;
  /** After every change of `items`. */
  readonly changed: () => void;
};

const PREFIX = 'outbox/';
const BODIES = 'file/';

export function createOutbox({ kept, lock, deliver, connected, left, changed }: OutboxOptions): Outbox {
  let items: readonly OutboxItem[] = [];
  /** Not in storage, or not yet: reading the storage again must not drop them. */
  const unkept = new Set<string>();
  /** On their way into storage: not sent before they are there. */
  const keeping = new Set<string>();
  /** Gone for good: a reading of the storage that began before must not bring them back. */
  const removed = new Set<string>();
  /** What cannot be kept is sent from memory, and what can is not read again. */
  const bodies = new Map<string, Blob>();
  let draining = false;
  let again = false;
  let attempts = 0;
  let wake: (() => void) | null = null;
  /** Counts who has left: a reading of the storage that began before must bring back nothing of theirs. */
  let cleared = 0;

  const find = (id: string): OutboxItem | undefined => items.find((one) => one.id === id);
  const set = (next: readonly OutboxItem[]): void => {
    items = next;
    changed();
  };
  const replace = async (item: OutboxItem): Promise<void> => {
    // An answer may come when whoever said it has left.
    if (!find(item.id)) return;
    set(items.map((one) => (one.id === item.id ? item : one)));
    await keep([putOf(item)]);
  };
  /**
   * A full, broken or stuck store must not stop the sending: what cannot be kept, or not soon, is sent from memory. `ids` are no
   * longer `unkept` once they are in the store, however late.
   */
  const keep = (changes: readonly Change[], ids: readonly string[] = []): Promise<unknown> =>
    new Promise((done) => {
      setTimeout(done, STORE_PATIENCE_MS);
      kept.write(changes).then(() => {
        for (const id of ids) unkept.delete(id);
        done(null);
      }, done);
    });
  const remove = async (id: string, along: readonly Change[]): Promise<void> => {
    const item = find(id);
    if (!item) return;
    unkept.delete(id);
    removed.add(id);
    bodies.delete(id);
    set(items.filter((one) => one !== item));
    await keep([{ delete: keyOf(item) }, ...(item.file ? [{ delete: BODIES + id }] : []), ...along]);
  };

  const enter = async (
    what: Pick<OutboxItem, 'kind' | 'text' | 'chosen' | 'file'>,
    along: readonly Change[],
    body?: Blob,
  ): Promise<void> => {
    const order = Math.max(Date.now(), (items[items.length - 1]?.order ?? 0) + 1);
    const item = masked({ ...what, id: makeId(random), order, failed: null });
    const bytes = body ? [putOf(item), { put: BODIES + item.id, value: body }] : [];
    if (body) bodies.set(item.id, body);
    unkept.add(item.id);
    keeping.add(item.id);
    set([...items, item]);
    // With it go those before it that found no room: a tab that opens when this one is gone must not send this one first.
    const words = items.filter(({ id, file }) => unkept.has(id) && !file);
    await keep([...words.map(putOf), ...bytes, ...along], [...words.map(({ id }) => id), item.id]);
    keeping.delete(item.id);
    outbox.drain();
  };

  const drainAll = async (): Promise<void> => {
    for (;;) {
      again = false;
      const item = items.find((one) => !one.failed && one.file?.uploaded !== null);
      if (!item || keeping.has(item.id) || !connected()) return;
      const result = await withLock(lock, LOCK_PATIENCE_MS, async () => {
        // The wait for another tab may be long: what is gone by then, with whoever said it, is not sent.
        return find(item.id) ? deliver(item) : GONE;
      });
      if (result.ok) {
        attempts = 0;
        await outbox.settle(item.id);
      } else if (PASSING.includes(result.code)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, backoff(attempts++));
        });
      } else {
        await replace({ ...item, failed: result.code });
      }
    }
  };

  const outbox: Outbox = {
    items: () => items,
    async load() {
      const before = cleared;
      const found = await kept.list(PREFIX).catch(() => null);
      // What cannot be read now is left as it is.
      if (!found || before !== cleared) return;
      const stored = found
        .filter(isItem)
        .filter(({ id }) => !removed.has(id) && !unkept.has(id))
        .map(masked);
      const ids = new Set([...unkept, ...stored.map(({ id }) => id)]);
      left(items.filter((item) => !item.failed && !ids.has(item.id)));
      set(inOrder([...stored, ...items.filter((item) => unkept.has(item.id))]));
      // The tab that wrote them may be gone before it has sent them.
      if (stored.length) setTimeout(outbox.drain, LOCK_PATIENCE_MS);
    },
    add: (kind, text, along = []) => enter({ kind, text }, along),
    async choose({ offer, option, text }) {
      if (items.some((item) => item.chosen?.offer === offer)) return;
      await enter({ kind: 'extra', text, chosen: { offer, option } }, []);
    },
    addFile: ({ name, type }, body) =>
      enter({ kind: 'file', text: name, file: { type, bytes: body.size, uploaded: null } }, [], body),
    async body(id) {
      const body = bodies.get(id) ?? (await kept.get(BODIES + id).catch(() => null));
      return body instanceof Blob ? body : null;
    },
    async uploaded(id, file) {
      const item = find(id);
      if (!item?.file) return;
      await replace({ ...item, file: { ...item.file, uploaded: file } });
      outbox.drain();
    },
    async refused(id, failed) {
      const item = find(id);
      if (item) await replace({ ...item, failed });
    },
    async retry(id) {
      const item = find(id);
      if (!item) return;
      if (item.failed === 'CONFLICT' && !item.file) {
        await remove(id, []);
        await enter(item, []);
      } else {
        await replace({ ...item, failed: null });
        outbox.drain(true);
      }
    },
    discard: (id) => remove(id, []),
    settle: (id, along = []) => remove(id, along),
    clear() {
      cleared++;
      unkept.clear();
      keeping.clear();
      bodies.clear();
      set([]);
    },
    drain(soon = false) {
      if (soon) {
        attempts = 0;
        wake?.();
      }
      again = draining;
      if (draining) return;
      draining = true;
      void drainAll().finally(() => {
        draining = false;
        if (again) outbox.drain();
      });
    },
  };
  return outbox;
}

/**
 * One tab sends at a time where Web Locks exist (not on plain http, not in a frame without storage). A tab that was frozen
 * while it held the lock must not hold up the others: after a while they send all the same, and the relay stores once.
 */
export async function withLock<Value>(
  name: string,
  patience: number,
  run: () => Promise<Value>,
): Promise<Value> {
  const signal = AbortSignal.timeout?.(patience);
  try {
    if (!navigator.locks || !signal) return await run();
  } catch {
    return run();
  }
  let started: Promise<Value> | null = null;
  try {
    return await navigator.locks.request(name, { signal }, () => {
      started = run();
      return started;
    });
  } catch {
    return started ?? run();
  }
}

const LOCK_PATIENCE_MS = 12_000;
const STORE_PATIENCE_MS = 3_000;
const GONE: Result<unknown> = { ok: true, value: null };

const putOf = (item: OutboxItem) => ({ put: keyOf(item), value: item });

function keyOf(item: OutboxItem): string {
  return `${PREFIX}${String(item.order).padStart(16, '0')}/${item.id}`;
}

function inOrder(items: OutboxItem[]): OutboxItem[] {
  return items.sort((one, other) => one.order - other.order);
}

/** Neither the store, nor the relay, nor a retry under the same id ever has a whole card number. */
function masked(item: OutboxItem): OutboxItem {
  return { ...item, text: maskCards(item.text) };
}

function isItem(value: unknown): value is OutboxItem {
  const item = value as OutboxItem | null;
  return (
    isId(item?.id) &&
    (item.kind === 'message' ||
      item.kind === 'email' ||
      (item.kind === 'extra' && isId(item.chosen?.offer)) ||
      (item.kind === 'file' &&
        typeof item.file?.type === 'string' &&
        typeof item.file?.bytes === 'number')) &&
    typeof item.text === 'string' &&
    typeof item.order === 'number'
  );
}
