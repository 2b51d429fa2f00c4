/** What the product finds in place of the platform's own clock, chance and locks: those of the simulated world that is running. */
import type { Owner, Scheduler, Step } from './scheduler.ts';

/** Noon in virtual time is no special hour; any fixed one will do. */
const EPOCH_MS = Date.UTC(2026, 2, 3, 10);

type Timer = { step: Step; unref(): Timer; ref(): Timer };
type Signal = { readonly until: number };
type Waiting = { readonly owner: Owner; readonly go: () => void; done: boolean };
type Lock = { holder: Owner | null; queue: Waiting[] };

/** Where tabs see each other's locks: one for each browser that has them; null for one without. */
export type Locks = Map<string, Lock>;
export type World = {
  readonly scheduler: Scheduler;
  readonly locksOf: (owner: Owner) => Locks | null;
};

let world: World | null = null;

/** From now on the product lives in this world. */
export function enter(next: World): void {
  world = next;
}

function here(): World {
  if (!world) throw new Error('Nothing is being simulated.');
  return world;
}

const wall = () => EPOCH_MS + Math.floor(here().scheduler.now());

class SimulatedDate extends Date {
  constructor(...args: readonly unknown[]) {
    // A date by its parts is as good as any other.
    super(...((args.length === 0 ? [wall()] : args) as [number]));
  }
  static override now(): number {
    return wall();
  }
}

function startTimer(act: () => void, delay = 0, again = false): Timer {
  const { scheduler } = here();
  const owner = scheduler.current();
  const timer: Timer = { step: { cancelled: false }, unref: () => timer, ref: () => timer };
  const start = () => {
    timer.step = scheduler.after(Math.max(1, delay), owner, () => {
      if (again) start();
      act();
    });
  };
  start();
  return timer;
}

function stopTimer(timer: Timer | undefined): void {
  if (timer) timer.step.cancelled = true;
}

/** As Web Locks: one at a time, in the order of asking; a signal ends the waiting, not the work. */
async function request<Value>(
  name: string,
  { signal }: { readonly signal: Signal },
  run: () => Promise<Value>,
): Promise<Value> {
  const { scheduler, locksOf } = here();
  const owner = scheduler.current();
  const locks = owner && locksOf(owner);
  if (!owner || !locks) return run();
  const lock = locks.get(name) ?? { holder: null, queue: [] };
  locks.set(name, lock);
  await new Promise<void>((resolve, reject) => {
    const waiting: Waiting = { owner, done: false, go: resolve };
    lock.queue.push(waiting);
    scheduler.after(signal.until - scheduler.now(), owner, () => {
      if (waiting.done) return;
      lock.queue = lock.queue.filter((one) => one !== waiting);
      reject(new Error('TimeoutError'));
    });
    give(lock, scheduler);
  });
  try {
    return await run();
  } finally {
    lock.holder = null;
    give(lock, scheduler);
  }
}

function give(lock: Lock, scheduler: Scheduler): void {
  if (lock.holder) return;
  const next = lock.queue.shift();
  if (!next) return;
  lock.holder = next.owner;
  next.done = true;
  scheduler.after(0, next.owner, next.go);
}

/** A tab that is gone holds nothing and waits for nothing. */
export function releaseLocks(locks: Locks, owner: Owner, scheduler: Scheduler): void {
  for (const lock of locks.values()) {
    lock.queue = lock.queue.filter((one) => one.owner !== owner);
    if (lock.holder !== owner) continue;
    lock.holder = null;
    give(lock, scheduler);
  }
}

const simulatedMath = Object.defineProperties({}, Object.getOwnPropertyDescriptors(Math)) as Math;
simulatedMath.random = () => here().scheduler.random();

/** By the names that the product knows them by. */
export const GLOBALS = {
  setTimeout: (act: () => void, delay?: number) => startTimer(act, delay),
  setInterval: (act: () => void, delay?: number) => startTimer(act, delay, true),
  setImmediate: (act: () => void) => startTimer(act),
  clearTimeout: stopTimer,
  clearInterval: stopTimer,
  Date: SimulatedDate,
  Math: simulatedMath,
  performance: { now: () => here().scheduler.now() },
  crypto: {
    getRandomValues(bytes: Uint8Array): Uint8Array {
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = here().scheduler.below(256);
      return bytes;
    },
  },
  AbortSignal: { timeout: (delay: number): Signal => ({ until: here().scheduler.now() + delay }) },
  navigator: { onLine: true, languages: ['en'], locks: { request } },
  // Of a site whose owner has set nothing.
  document: { getElementById: () => null },
} as const;
