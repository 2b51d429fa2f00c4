/**
 * Who sits at the other relays. Each relay writes one row of its people every few seconds, and at once when somebody came
 * or left; it reads the others' rows by the same statement, so that asking who is here stays a look into memory. A relay that
 * ended without a word counts for nothing after 15 s: by then its people have come back elsewhere, or they are gone.
 *
 * Visitors may be tens of thousands and are asked for seldom: they are written in batches, only while there is another relay,
 * and nobody keeps those of others in memory.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster.ts';
import type { Logger } from '../log.ts';
import type { Db } from '../store/db.ts';
import {
  addVisitors,
  callRoll,
  clearVisitors,
  type Roll,
  removeGone,
  removeRelay,
  removeVisitors,
  visitorsElsewhere,
} from '../store/presence.ts';
import type { Local } from './presence.ts';

const BEAT_MS = 5_000;
/** Several who come or go at the same moment are one write. */
const AGENTS_SOON_MS = 50;
const VISITORS_SOON_MS = 250;
const TOLD_SOON_MS = 20;
const MISSED_SOON_MS = 500;
const ASK_SOON_MS = 5;
const AT_ONCE = 1_000;
/** A store that does not answer must not hold up the end of a relay: its row counts for nothing soon. */
const GOODBYE_MS = 2_000;
/** As long as a relay counts after its last beat, see store/presence.ts. */
const PATIENCE_MS = 15_000;

export type Elsewhere = {
  sits(person: string): boolean;
  people(): string[];
  visitorHere(visitor: string, tx?: Db): Promise<boolean>;
  /** Somebody came to this relay, or left it. */
  agentsChanged(): void;
  visitorChanged(visitor: string): void;
  /** Resolves when this relay is known to the others and knows them, or the store did not answer. */
  start(local: Local): Promise<void>;
  /** Everybody is asked to go to another relay: until this one has ended they are here, and do not flicker on the way. */
  leaving(): void;
  stop(): Promise<void>;
};

/** A relay with a store of its own: there is no other one, and nothing to write. */
export const NOWHERE_ELSE: Elsewhere = {
  sits: () => false,
  people: () => [],
  visitorHere: () => Promise.resolve(false),
  agentsChanged: () => undefined,
  visitorChanged: () => undefined,
  start: () => Promise.resolve(),
  leaving: () => undefined,
  stop: () => Promise.resolve(),
};

type Parts = {
  readonly db: Db;
  readonly cluster: Cluster;
  readonly log: Logger;
  /** Somebody came to another relay, or left it. */
  readonly changed: () => void;
  /** There are other relays: what each keeps in memory of the store may have changed by them. */
  readonly heard: () => void;
  /** Another relay has ended, and its visitors' sockets with it. */
  readonly relayGone: () => void;
};

export function createElsewhere({ db, cluster, log, changed, heard, relayGone }: Parts): Elsewhere {
  const relay = randomUUID();
  let local: Local | undefined;
  let others: Roll['others'] = new Map();
  /** Who sits there, of all of them. */
  let people: ReadonlySet<string> = new Set();
  let frozen: readonly string[] | undefined;
  let isTold = false;
  let lastBeat: number | undefined;
  let patientUntil = 0;
  /** Whether the table has the visitors of this relay, but for those who changed since. */
  let isWritten = false;
  let changes = new Set<string>();

  const rounds = createRounds(
    async () => {
      if (local === undefined) return;
      await beat(local);
      await writeVisitors(local);
    },
    (error) => {
      // What was written of visitors is not known any more: the next round writes them all.
      isWritten = false;
      log.warn({ err: error }, 'the other relays could not be asked who is here; it is tried again');
    },
  );
  const asked = createQuestions((visitors) => visitorsElsewhere(db, relay, visitors));
  const forget = [
    cluster.onTold('presence', () => rounds.soon(TOLD_SOON_MS)),
    cluster.onMissed(() => rounds.soon(MISSED_SOON_MS)),
  ];

  async function beat(here: Local): Promise<void> {
    const tells = !isTold;
    isTold = true;
    let roll: Roll;
    try {
      roll = await callRoll(db, relay, frozen ?? here.people());
    } catch (error) {
      if (tells) isTold = false;
      throw error;
    }
    if (tells || roll.isNew) cluster.tell('presence');
    if (roll.isNew) isWritten = false;
    hear(roll);
    if (roll.hasGone && performance.now() > patientUntil) await removeGone(db);
  }

  /**
   * After a silence of our own (this relay was stopped, or PostgreSQL was away) the others' rows are as old as that: who was
   * known before counts until they have had the time to write again.
   */
  function hear(roll: Roll): void {
    const now = performance.now();
    if (lastBeat !== undefined && now - lastBeat > 2 * BEAT_MS) patientUntil = now + PATIENCE_MS;
    lastBeat = now;
    const before = { others, people };
    others = now < patientUntil ? new Map([...others, ...roll.others]) : roll.others;
    people = new Set([...others.values()].flat());
    if (others.size === 0) isWritten = false;
    if (people.size !== before.people.size || [...people].some((one) => !before.people.has(one))) changed();
    if (others.size > 0) heard();
    if ([...before.others.keys()].some((one) => !others.has(one))) relayGone();
  }

  async function writeVisitors(here: Local): Promise<void> {
    const changed = [...changes];
    changes = new Set();
    if (others.size === 0) return;
    if (isWritten) {
      const [came, left] = [changed.filter(here.hasVisitor), changed.filter((one) => !here.hasVisitor(one))];
      await inParts(came, (part) => addVisitors(db, relay, part));
      await inParts(left, (part) => removeVisitors(db, relay, part));
      return;
    }
    await clearVisitors(db, relay);
    await inParts([...here.visitors()], (part) => addVisitors(db, relay, part));
    isWritten = true;
  }

  return {
    sits: (person) => people.has(person),
    people: () => [...people],
    async visitorHere(visitor, tx) {
      if (others.size === 0) return false;
      return tx ? (await visitorsElsewhere(tx, relay, [visitor])).has(visitor) : asked(visitor);
    },
    agentsChanged() {
      isTold = false;
      rounds.soon(AGENTS_SOON_MS);
    },
    visitorChanged(visitor) {
      if (others.size === 0) return;
      changes.add(visitor);
      rounds.soon(VISITORS_SOON_MS);
    },
    start(here) {
      local = here;
      return rounds.now();
    },
    leaving() {
      frozen = local?.people() ?? [];
    },
    async stop() {
      for (const stop of forget) stop();
      const said = rounds
        .stop()
        .then(() => removeRelay(db, relay))
        .then(
          () => cluster.tell('presence'),
          (error: unknown) =>
            log.warn({ err: error }, 'the other relays could not be told that this one ends'),
        );
      await Promise.race([said, wait(GOODBYE_MS, undefined, { ref: false })]);
    },
  };
}

type Rounds = { soon(after: number): void; now(): Promise<void>; stop(): Promise<void> };

/** The work every `BEAT_MS` or sooner where that is asked for, never twice at once. `now` never rejects. */
function createRounds(work: () => Promise<void>, failed: (error: unknown) => void): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let isStopped = false;

  function soon(after: number): void {
    const at = performance.now() + after;
    if (isStopped || at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => void now(), after).unref();
  }

  function now(): Promise<void> {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    if (running) {
      // What was asked for may be later than what the running round has read.
      soon(AGENTS_SOON_MS);
      return running;
    }
    running = work()
      .catch(failed)
      .finally(() => {
        running = undefined;
        soon(BEAT_MS);
      });
    return running;
  }

  return {
    soon,
    now,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Those who ask at nearly the same moment are answered by one query: a relay that drains asks for all its visitors. */
function createQuestions(
  ask: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): (id: string) => Promise<boolean> {
  type Waiting = { resolve(isIn: boolean): void; reject(error: unknown): void };
  let waiting = new Map<string, Waiting[]>();

  async function answer(): Promise<void> {
    const now = waiting;
    waiting = new Map();
    await inParts([...now.keys()], async (part) => {
      try {
        const found = await ask(part);
        for (const id of part) for (const one of now.get(id) ?? []) one.resolve(found.has(id));
      } catch (error) {
        for (const id of part) for (const one of now.get(id) ?? []) one.reject(error);
      }
    });
  }

  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setTimeout(() => void answer(), ASK_SOON_MS);
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
    });
}

async function inParts(ids: readonly string[], work: (part: string[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE) await work(ids.slice(from, from + AT_ONCE));
}
