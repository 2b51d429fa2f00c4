/**
 * The simulated store: the model behind latency, one writer at a time, commits that are cut, and questions that die with the
 * relay that asked them. What was not committed is gone with it; what was committed stays, whether or not anybody heard of it.
 */
import { copyOf, emptyState, type State, StoreError } from './model.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import { type Means, READS, WRITES } from './statements.ts';

/** What a relay holds in place of a pool and of `Db`. */
export type Handle = {
  ask(name: string, args: readonly unknown[]): Promise<unknown>;
  transaction<Value>(work: (tx: Handle) => Promise<Value>): Promise<Value>;
};

/** Probabilities, for every statement. */
export type StoreFaults = {
  /** The connection breaks before the statement arrives, or after it was committed and before anybody hears of it. */
  readonly cuts: number;
  /** Takes up to a second. */
  readonly slow: number;
  /** A commit of a transaction that loses against another one. */
  readonly deadlocks: number;
};

export type Store = {
  state(): State;
  setFaults(faults: StoreFaults): void;
  handle(owner: Owner): Handle;
  /** Its connections are gone: open transactions are rolled back. */
  release(owner: Owner): void;
};

export const NO_STORE_FAULTS: StoreFaults = { cuts: 0, slow: 0, deadlocks: 0 };
const CONNECTION_LOST = '08006';
const DEADLOCK = '40P01';

type Go = { readonly owner: Owner; readonly go: () => void };

/** What is wrong with this store, for the simulation to find. */
export type StoreBug = 'answers before COMMIT' | 'no retry is looked for';

export function createStore(scheduler: Scheduler, bug?: StoreBug): Store {
  let committed = emptyState();
  let faults = NO_STORE_FAULTS;
  let writer: Owner | null = null;
  let queue: Go[] = [];

  const latency = () =>
    scheduler.chance(faults.slow) ? scheduler.between(50, 1_000) : scheduler.between(0.2, 2);

  function lock(owner: Owner, go: () => void): void {
    queue.push({ owner, go });
    next();
  }
  function unlock(): void {
    writer = null;
    next();
  }
  function next(): void {
    if (writer) return;
    const one = queue.shift();
    if (!one) return;
    writer = one.owner;
    scheduler.after(0, one.owner, one.go);
  }

  function meansFor(snapshot: State): Means {
    const at = new Date(Date.UTC(2026, 2, 3, 10) + Math.floor(scheduler.now())).toISOString();
    return { snapshot: bug === 'no retry is looked for' ? emptyState() : snapshot, at, id: scheduler.id };
  }

  /** One statement; outside of a transaction it is one of its own. */
  function ask(owner: Owner, tx: { state: State } | null, [name, args]: [string, readonly unknown[]]) {
    return new Promise<unknown>((resolve, reject) => {
      const answer = (act: () => void) => scheduler.after(latency(), owner, act);
      const lost = () => answer(() => reject(new StoreError(CONNECTION_LOST)));
      const arrive = () => {
        if (scheduler.chance(faults.cuts / 2)) return void lost();
        const read = READS[name];
        const write = WRITES[name];
        if (read) {
          const value = read(tx?.state ?? committed, args);
          answer(() => resolve(value));
        } else if (!write) throw new Error(`The simulated store has no ${name}.`);
        else if (tx) {
          try {
            const value = write(tx.state, args, meansFor(tx.state));
            answer(() => resolve(value));
          } catch (error) {
            answer(() => reject(error));
          }
        } else {
          const snapshot = committed;
          lock(owner, () => alone(write, snapshot));
        }
      };
      const alone = (write: NonNullable<(typeof WRITES)[string]>, snapshot: State) => {
        const draft = copyOf(committed);
        try {
          const value = write(draft, args, meansFor(snapshot));
          if (bug === 'answers before COMMIT') answer(() => resolve(value));
          commit(owner, draft, (isHeard) => (isHeard ? answer(() => resolve(value)) : lost()));
        } catch (error) {
          unlock();
          answer(() => reject(error));
        }
      };
      scheduler.after(latency(), owner, arrive);
    });
  }

  /** The disk takes its time; the connection may break before it or after it. */
  function commit(owner: Owner, draft: State, done: (isHeard: boolean) => void): void {
    const isCut = scheduler.chance(faults.cuts);
    const isStored = !isCut || scheduler.chance(0.5);
    scheduler.after(latency(), owner, () => {
      if (isStored) committed = draft;
      unlock();
      done(!isCut);
    });
  }

  async function transaction<Value>(owner: Owner, work: (tx: Handle) => Promise<Value>): Promise<Value> {
    await new Promise<void>((resolve) => {
      scheduler.after(latency(), owner, () => lock(owner, resolve));
    });
    const tx = { state: copyOf(committed) };
    const handle: Handle = {
      ask: (name, args) => ask(owner, tx, [name, args]),
      transaction: (nested) => nested(handle),
    };
    let value: Value;
    try {
      value = await work(handle);
      if (scheduler.chance(faults.deadlocks)) throw new StoreError(DEADLOCK);
    } catch (error) {
      unlock();
      throw error;
    }
    await new Promise<void>((resolve, reject) => {
      commit(owner, tx.state, (isHeard) =>
        scheduler.after(latency(), owner, () =>
          isHeard ? resolve() : reject(new StoreError(CONNECTION_LOST)),
        ),
      );
    });
    return value;
  }

  return {
    state: () => committed,
    setFaults(next) {
      faults = next;
    },
    handle: (owner) => ({
      ask: (name, args) => ask(owner, null, [name, args]),
      transaction: (work) => transaction(owner, work),
    }),
    release(owner) {
      queue = queue.filter((one) => one.owner !== owner);
      if (writer === owner) unlock();
    },
  };
}
