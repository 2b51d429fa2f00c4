/**
 * Unsent replies and notes on this machine, in IndexedDB with strict durability: they survive a reload and a crash.
 * Where IndexedDB is refused they live in memory, and `durable` says so.
 */
import type { ErrorCode } from '@fullname/shared/errors';

export type OutboxItem = {
  /** The message's id from here to the relay's log. */
  readonly id: string;
  /** Who wrote it: another person who signs in on this machine never sends it. */
  readonly person: string;
  readonly conversation: string;
  readonly kind: 'reply' | 'note';
  readonly text: string;
  /** The last seq on the writer's screen; null: send whatever was answered in between. */
  readonly seen: number | null;
  /** Milliseconds; also the order of sending. */
  readonly at: number;
  /** Why it was refused for good; null while it may still be sent. */
  readonly refused: ErrorCode | null;
};

export type OutboxStore = {
  readonly durable: boolean;
  put(item: OutboxItem): Promise<void>;
  remove(id: string): Promise<void>;
  has(id: string): Promise<boolean>;
  all(person: string): Promise<OutboxItem[]>;
};

const DATABASE = 'fullname.console';
const STORE = 'outbox';
const DISK_PATIENCE_MS = 3_000;

/** In memory as well where the disk does not answer: what lies there from before is sent by the next page. */
export async function openOutboxStore(): Promise<OutboxStore> {
  const opening = openDatabase();
  try {
    return durableStore(await inTime(opening));
  } catch {
    opening.then(
      (late) => late.close(),
      () => undefined,
    );
    return memoryStore();
  }
}

function durableStore(database: IDBDatabase): OutboxStore {
  const write = (act: (store: IDBObjectStore) => void) =>
    inTime(
      new Promise<void>((resolve, reject) => {
        const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
        transaction.oncomplete = () => resolve();
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
        act(transaction.objectStore(STORE));
      }),
    );
  return {
    durable: true,
    put: (item) => write((store) => store.put(item)),
    remove: (id) => write((store) => store.delete(id)),
    has: async (id) => (await inTime(read(database, (store) => store.count(id)))) > 0,
    all: async (person) =>
      inOrder(await inTime(read<OutboxItem[]>(database, (store) => store.getAll())), person),
  };
}

export function memoryStore(): OutboxStore {
  const items = new Map<string, OutboxItem>();
  return {
    durable: false,
    put: async (item) => {
      items.set(item.id, item);
    },
    remove: async (id) => {
      items.delete(id);
    },
    has: async (id) => items.has(id),
    all: async (person) => inOrder([...items.values()], person),
  };
}

function read<Value>(
  database: IDBDatabase,
  ask: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const request = ask(database.transaction(STORE).objectStore(STORE));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** No message waits for ever on a disk that does not answer: after a while that is as good as a refusal. */
function inTime<Value>(answer: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no answer')), DISK_PATIENCE_MS);
    void answer.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

function inOrder(items: readonly OutboxItem[], person: string): OutboxItem[] {
  return items.filter((item) => item.person === person).sort((a, b) => a.at - b.at);
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}
