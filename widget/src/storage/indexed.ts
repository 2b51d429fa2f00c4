/** IndexedDB behind `Kept`: in the frame for itself, and in the host page for the broker. */
import type { Change, Kept, KeptStep } from './kept.ts';

const STORE = 'kept';

/**
 * The database `name`, made with the first record and not before: a page that was only looked at keeps nothing, not even an empty
 * database. It has answered once when it is there. Rejects where this page may not store.
 */
export async function openIndexed(name: string, step: KeptStep): Promise<Kept> {
  const factory = indexedDB;
  let database = (await isThere(factory, name)) ? openDatabase(factory, name) : null;
  await database;
  const tabs = openChannel(name);

  /** Null where there is nothing to read. A database that the browser closed behind our back is opened once more. */
  const begin = async (mode: IDBTransactionMode, make = false): Promise<IDBTransaction | null> => {
    if (!database && !make && !(await isThere(factory, name))) return null;
    database ??= openDatabase(factory, name);
    try {
      return (await database).transaction(STORE, mode, { durability: 'strict' });
    } catch {
      database = openDatabase(factory, name);
      return (await database).transaction(STORE, mode, { durability: 'strict' });
    }
  };
  const read = async <Value>(
    ask: (store: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value | undefined> => {
    const transaction = await begin('readonly');
    return transaction ? result(ask(transaction.objectStore(STORE))) : undefined;
  };

  const kept: Kept = {
    step,
    get: (key) => read((store) => store.get(key)),
    list: async (prefix) =>
      (await read((store) => store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)))) ?? [],
    async write(changes) {
      const puts = changes.some((change) => 'put' in change);
      const transaction = await begin('readwrite', puts);
      if (!transaction) return;
      for (const change of changes) apply(transaction.objectStore(STORE), change);
      await result(transaction);
      tabs?.postMessage('changed');
    },
    async getOrCreate(key, value) {
      const transaction = await begin('readwrite', true);
      if (!transaction) return value;
      const store = transaction.objectStore(STORE);
      const there = await result(store.get(key));
      if (there === undefined) store.put(value, key);
      await result(transaction);
      if (there === undefined) tabs?.postMessage('changed');
      return there ?? value;
    },
    onChange(listener) {
      tabs?.addEventListener('message', listener);
    },
  };
  // A store may open and answer nothing.
  await kept.get('');
  return kept;
}

/** Browsers that cannot list their databases open (and so make) it at once. A refusal of storage rejects here already. */
async function isThere(factory: IDBFactory, name: string): Promise<boolean> {
  if (!factory.databases) return true;
  return (await factory.databases()).some((one) => one.name === name);
}

async function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await result(request);
  database.onversionchange = () => database.close();
  return database;
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

/** What a request gives; of a transaction, that it is done. */
function result<Value>(what: IDBRequest<Value> | IDBTransaction): Promise<Value> {
  return new Promise((resolve, reject) => {
    const good = (): void => resolve((what as IDBRequest<Value>).result);
    const bad = (): void => reject(what.error ?? what);
    Object.assign(what, { onsuccess: good, oncomplete: good, onerror: bad, onabort: bad, onblocked: bad });
  });
}
