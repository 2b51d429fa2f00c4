/**
 * Whether the relays hear each other. Each writes a beat into the stream and reads it back: a round trip through all that
 * a message passes. A beat that does not come back, another relay that fell silent, or a hole in somebody's numbers
 * means that something may be missed, and those who show things are told to ask the store until all is well again.
 */
import type { Logger } from '../log.ts';
import type { Cluster, ClusterState, Missed } from './cluster.ts';

type Sign = 'beat' | 'bye';

type Parts = {
  readonly me: string;
  readonly log: Logger;
  readonly beat: (sign: Sign) => void;
  /** Nothing of that relay is expected any more. */
  readonly forget: (by: string) => void;
};

export type Pulse = Pick<Cluster, 'onMissed' | 'onHealed' | 'others'> & {
  start(): void;
  /** Says goodbye, so that nobody waits for us. */
  stop(): void;
  heard(by: string, sign: string | undefined): void;
  missed(by: string): void;
  /** A connection broke. */
  cut(): void;
  state(): ClusterState;
};

const BEAT_MS = 250;
/** Without an own beat for so long, Redis does not carry. */
const LATE_MS = 1_000;
/** Without a beat of another relay for so long, that one or its way to Redis is gone. */
const SILENT_MS = 1_500;
/** A relay that fell silent without goodbye may live on, cut off from Redis alone; after so long it is given up. */
const GIVEN_UP_MS = 300_000;
const MISSED_EVERY_MS = 500;

export function createPulse({ me, log, beat, forget }: Parts): Pulse {
  const others = new Map<string, number>();
  const onMissed = new Set<(missed: Missed) => void>();
  const onHealed = new Set<() => void>();
  /** When our own last beat came back; cut: never, until the next. */
  let ownAt = Number.NEGATIVE_INFINITY;
  let lastWell = performance.now();
  let wasOk = false;
  let isWhole = true;
  let lastCall = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const isOk = (now: number) => now - ownAt <= LATE_MS;

  function look(): void {
    const now = performance.now();
    for (const [by, at] of others) if (now - at > GIVEN_UP_MS) leave(by);
    const whole = isOk(now) && [...others.values()].every((at) => now - at <= SILENT_MS);
    logChange(isOk(now));
    if (!whole) miss(now);
    else if (!isWhole) heal();
    else lastWell = Math.min(ownAt, ...others.values());
  }

  function miss(now: number): void {
    isWhole = false;
    if (now - lastCall < MISSED_EVERY_MS) return;
    lastCall = now;
    callMissed();
  }

  /** Once more after all is well: only a question that was asked from now on misses nothing. */
  function heal(): void {
    isWhole = true;
    lastCall = Number.NEGATIVE_INFINITY;
    callMissed();
    for (const listener of onHealed) listener();
  }

  function callMissed(): void {
    for (const listener of onMissed) listener({ since: lastWell });
  }

  function logChange(ok: boolean): void {
    if (ok === wasOk) return;
    wasOk = ok;
    if (ok) log.info('Redis carries between the relays');
    else log.warn('Redis carries nothing between the relays; they hear each other by asking the store');
  }

  function leave(by: string): void {
    others.delete(by);
    forget(by);
  }

  return {
    start() {
      timer = setInterval(() => {
        beat('beat');
        look();
      }, BEAT_MS).unref();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
      beat('bye');
    },
    heard(by, sign) {
      const now = performance.now();
      if (by === me) ownAt = now;
      else if (sign === 'bye') {
        leave(by);
        // News of rows are gathered before they are told: what it had gathered last, nobody tells.
        isWhole = false;
      } else {
        // It may have spoken before we listened, or for as long as it was given up.
        if (!others.has(by)) isWhole = false;
        others.set(by, now);
      }
    },
    missed(by) {
      // A hole among our own: the others missed it, and notice by themselves.
      if (by !== me) miss(performance.now());
    },
    cut() {
      ownAt = Number.NEGATIVE_INFINITY;
      if (!stopped) look();
    },
    state: () => (isOk(performance.now()) ? 'ok' : 'degraded'),
    others: () => others.size,
    onMissed: (listener) => subscribe(onMissed, listener),
    onHealed: (listener) => subscribe(onHealed, listener),
  };
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
