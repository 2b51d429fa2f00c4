/**
 * Time and chance of a simulated world. One step is taken at a time, in the order of a virtual clock; every step belongs to an
 * owner (a tab, a relay), and so does whatever the step leaves for later: when an owner dies, nothing of it is done any more.
 */
import { createRandom, type Random } from './random.ts';

/** Something that acts by itself and can end in the middle of what it does. `null` is the world. */
export type Owner = {
  readonly name: string;
  alive: boolean;
  /** Milliseconds of the virtual clock; until then nothing of it moves. */
  frozenUntil: number;
};

export type Step = { cancelled: boolean };

export type Scheduler = Random & {
  /** Milliseconds since the beginning. */
  now(): number;
  /** In whose step we are. */
  current(): Owner | null;
  after(delay: number, owner: Owner | null, act: () => void): Step;
  /** Does something as this owner, within the present step. */
  as<Value>(owner: Owner, act: () => Value): Value;
  /** Takes every step up to this time. */
  run(until: number): Promise<void>;
  /** How many steps were taken. */
  steps(): number;
};

type Entry = Step & {
  readonly at: number;
  readonly serial: number;
  readonly owner: Owner | null;
  readonly act: () => void;
};

/** So many steps without an end are a loop. */
const STEPS_MAX = 200_000;

export function createScheduler(seed: number): Scheduler {
  const heap = createHeap();
  let time = 0;
  let serial = 0;
  let steps = 0;
  let owner: Owner | null = null;

  function after(delay: number, whose: Owner | null, act: () => void): Step {
    const entry = { at: time + Math.max(0, delay), serial: serial++, owner: whose, act, cancelled: false };
    heap.push(entry);
    return entry;
  }

  function take(entry: Entry): boolean {
    if (entry.cancelled || entry.owner?.alive === false) return false;
    if (entry.owner && entry.owner.frozenUntil > entry.at) {
      // Behind a pause, everything is in the order in which it would have been.
      heap.push(Object.assign(entry, { at: entry.owner.frozenUntil }));
      return false;
    }
    steps += 1;
    if (steps > STEPS_MAX) throw new Error(`More than ${STEPS_MAX} steps: something goes round for ever.`);
    time = entry.at;
    owner = entry.owner;
    entry.act();
    return true;
  }

  return {
    ...createRandom(seed),
    now: () => time,
    current: () => owner,
    steps: () => steps,
    after,
    as(whose, act) {
      const before = owner;
      owner = whose;
      try {
        return act();
      } finally {
        owner = before;
      }
    },
    run: (until) =>
      new Promise((resolve, reject) => {
        // Promises come to rest only outside of them: in a callback of the platform's own.
        setImmediate(() => {
          try {
            for (let next = heap.top(); next && next.at <= until; next = heap.top()) {
              heap.pop();
              if (take(next)) settlePromises();
            }
            time = until;
            owner = null;
            resolve();
          } catch (error) {
            reject(error as Error);
          }
        });
      }),
  };
}

/**
 * Until every promise that the step has moved has come to rest. Node does this between any two of its callbacks; a turn of its
 * event loop for each step would cost several times what the steps do.
 */
const settlePromises = (process as unknown as { _tickCallback(): void })._tickCallback;

export function createOwner(name: string): Owner {
  return { name, alive: true, frozenUntil: 0 };
}

function createHeap() {
  const entries: Entry[] = [];
  const isBefore = (one: Entry, other: Entry) =>
    one.at < other.at || (one.at === other.at && one.serial < other.serial);

  return {
    top: (): Entry | undefined => entries[0],
    push(entry: Entry): void {
      let at = entries.push(entry) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = entries[parent];
        if (!above || !isBefore(entry, above)) break;
        entries[at] = above;
        at = parent;
      }
      entries[at] = entry;
    },
    pop(): void {
      const last = entries.pop();
      if (!last || entries.length === 0) return;
      let at = 0;
      for (;;) {
        const left = 2 * at + 1;
        const [one, other] = [entries[left], entries[left + 1]];
        if (!one) break;
        const isRight = other !== undefined && isBefore(other, one);
        const below = isRight ? other : one;
        if (!isBefore(below, last)) break;
        entries[at] = below;
        at = isRight ? left + 1 : left;
      }
      entries[at] = last;
    },
  };
}
