/** IndexedDB behind `Kept`: in the frame for itself, and in the host page for the broker. */
import type { Change, Kept, KeptStep } from './kept.ts';

const STORE = 'kept';

/** Opens (or makes) the database `name`. Rejects where this page may not store. */
export async function openIndexed(name: string, step: KeptStep): Promise<Kept> {
  let database = await openDatabase(name);
  const tabs = openChannel(name);

  /** A database that the browser closed behind our back (site data cleared, disk trouble) is opened once more. */
  const begin = async (mode: IDBTransactionMode): Promise<IDBTransaction> => {
    try {
      return database.transaction(STORE, mode, { durability: 'strict' });
    } catch {
      database = await openDatabase(name);
      return database.transaction(STORE, mode, { durability: 'strict' });
    }
  };

  return {
    step,
    async get(key) {
      const transaction = await begin('readonly');
      return result(transaction.objectStore(STORE).get(key));
    },
    async list(prefix) {
      const transaction = await begin('readonly');
      return result(transaction.objectStore(STORE).getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
    },
    async write(changes) {
      const transaction = await begin('readwrite');
      for (const change of changes) apply(transaction.objectStore(STORE), change);
      await done(transaction);
      tabs?.postMessage('changed');
    },
    async getOrCreate(key, value) {
      const transaction = await begin('readwrite');
      const store = transaction.objectStore(STORE);
      const there = await result(store.get(key));
      if (there === undefined) store.put(value, key);
      await done(transaction);
      if (there === undefined) tabs?.postMessage('changed');
      return there ?? value;
    },
    onChange(listener) {
      tabs?.addEventListener('message', listener);
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onblocked = reject;
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      resolve(database);
    };
  });
}

/** Tabs of one browser tell each other that something changed. Missing in some frames; the relay covers for it. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

function apply(store: IDBObjectStore, change: Change): void {
  if ('put' in change) store.put(change.value, change.put);
  else if ('delete' in change) store.delete(change.delete);
  else store.clear();
}

function result<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
