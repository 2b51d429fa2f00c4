/**
 * Five hundred readers stop reading, while much is said in the conversations that they have open, a hundred of them in each. They
 * may cost neither memory nor the others' time, and are cut off. `--readers N`.
 *
 * By turns: without them, where the same is said and nobody has it open; with the same five hundred, reading, of whom none may be
 * cut; and with them stalled.
 *
 * Before anything waits in the relay the system's buffers fill. As they are by themselves they take three to five megabytes for
 * each, and five hundred of them all the memory that Linux has for TCP: then every socket of the machine gets slow. So the
 * scenario has a network of its own, with buffers as docs/scaling.md asks for them; where that cannot be, it goes as it is.
 */
import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROTOCOL } from '@fullname/shared/limits';
import { eventually } from '../../support/eventually.ts';
import { atLeast, atMost, type Measured, median, percentile, type Stage } from '../../support/figures.ts';
import { openRawSocket, type RawSocket } from '../../support/raw-socket.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../../support/spawn-relay.ts';
import {
  aVisitorSocket,
  countOpen,
  type Good,
  inTurn,
  isAlive,
  megabytesOf,
  openGood,
  type Talk,
} from './good.ts';
import type { Scenario } from './scenario.ts';

export const stalledReaders: Scenario = {
  name: 'stalled-readers',
  what: '500 readers stop reading while megabytes are said to each of them',
  cycles: 2,
  flags: ['readers'],
  ownNetwork: true,
  run: faultReaders,
};

const ROOMS = 5;
/** In each room, by a writer of its own: within the limit for one socket. */
const EACH_PER_SECOND = 20;
/** The longest message there may be: three bytes each in UTF-8. */
const WORDS = '話'.repeat(4_000);
/** How long the others are measured at a time: until the last is cut, and a little more; with readers it goes on where that takes longer. */
const PHASE_S = 18;
const WARM_S = 5;
const CUT_WITHIN_S = 30;
/** Less would say that the notes were refused, and nothing of readers. */
const OFFERED_MB = 2;
const READERS_FROM = '127.0.5.';

type Hall = {
  readonly relay: SpawnedRelay;
  readonly site: string;
  readonly cookies: readonly string[];
  readonly writers: readonly RawSocket[];
  /** One that nobody has open, for each writer. */
  readonly quiet: readonly string[];
  /** Waiting conversations that nobody has written in yet: what is opened is small. */
  readonly fresh: string[];
};

async function faultReaders(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const count = stage.number('readers', 500);
  const hall = await setUp(stage, ROOMS * (2 * cycles + 1));
  const readers = startReaders(stage);
  const good = await openGood(stage, { ...hall.relay, site: hall.site });
  const without: Talk[] = [];
  const reading: Round[] = [];
  const rounds: Round[] = [];
  const quiet = async (seconds = PHASE_S) => {
    const [talk] = await Promise.all([good.talk(seconds), speak(hall, hall.quiet, during(seconds))]);
    return talk;
  };
  // Whatever grows with the first messages, and not with readers, has grown by then.
  await quiet(WARM_S);
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const parts = [
      async () => without.push(await quiet()),
      async () => reading.push(await oneRound(hall, { good, readers, count, how: 'read' })),
      async () => rounds.push(await oneRound(hall, { good, readers, count, how: 'stop' })),
    ];
    // By turns first and last: the machine's other work, and what grows with the store, burden all alike.
    for (const part of cycle % 2 === 1 ? parts : parts.reverse()) await part();
    const round = rounds.at(-1);
    stage.progress(
      `cycle ${cycle} of ${cycles}: ${round?.cutAfter.length} cut, the last after ${round?.cutAfter.at(-1)?.toFixed(1)} s; ` +
        `memory + ${round?.grown.toFixed(0)} MB; ${((round?.offered ?? 0) / 1e6).toFixed(0)} MB offered to each; p99 of the others ` +
        `${p99(round?.talk).toFixed(0)} ms, where they read ${p99(reading.at(-1)?.talk).toFixed(0)} ms, ` +
        `without them ${p99(without.at(-1)).toFixed(0)} ms`,
    );
  }
  return toFigures(count, { without, reading, rounds, stopped: !isAlive(hall.relay.pid) });
}

function during(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() < end;
}

async function setUp(stage: Stage, conversations: number): Promise<Hall> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const relay = await spawnRelay({
    dataDir,
    port: await freePort(),
    env: { DEMO: 'off', LOG_LEVEL: 'error' },
  });
  stage.atEnd(() => relay.stop());
  const { site, cookies } = await furnish(relay, 4);
  const place = { relay, cookies };
  const writers = await Promise.all(
    Array.from({ length: ROOMS }, (_, index) => anAgent(place, { index, from: '127.0.4.1' })),
  );
  await inTurn(conversations, (index) => begin({ ...place, site }, `127.0.4.${10 + index}`));
  // The only ones that wait: the visitors who do nothing wrong are not here yet.
  const [first] = writers;
  const fresh = first ? await listWaiting(first) : [];
  if (fresh.length < conversations) throw new Error(`${fresh.length} of ${conversations} conversations wait`);
  return { ...place, site, writers, quiet: fresh.splice(0, ROOMS), fresh };
}

async function begin({ relay, site }: Pick<Hall, 'relay' | 'site'>, from: string): Promise<void> {
  const visitor = await aVisitorSocket({ port: relay.port, origin: relay.origin, site, from });
  const message = { id: randomUUID(), text: 'I have many questions' };
  const start = { token: randomBytes(32).toString('hex'), conversation: randomUUID(), message, locale: 'en' };
  await visitor.ask('conversation:start', start);
  visitor.close();
}

type Waiting = { readonly value: { readonly rows: readonly { id: string }[]; readonly next: string | null } };

async function listWaiting(agent: RawSocket): Promise<string[]> {
  const found: string[] = [];
  let next: string | null = null;
  do {
    const page = { view: 'waiting', ...(next !== null && { cursor: next }) };
    const { value }: Waiting = (await agent.ask('conversation:list', page)) as Waiting;
    found.push(...value.rows.map(({ id }) => id));
    next = value.next;
  } while (next !== null);
  return found;
}

function anAgent(
  { relay, cookies }: Pick<Hall, 'relay' | 'cookies'>,
  { index, from }: { readonly index: number; readonly from: string },
): Promise<RawSocket> {
  const cookie = cookies[index % cookies.length] ?? '';
  return openRawSocket({
    ...{ url: `ws://localhost:${relay.port}`, namespace: '/agent', auth: { protocol: PROTOCOL }, from },
    headers: { origin: relay.origin, cookie },
  });
}

/**
 * Notes in these conversations while `goesOn`, at a pace that waits for no answer: a slow moment of the relay's must not lighten
 * what it is offered. Gives the bytes that were offered to each reader, where it was least.
 */
async function speak(
  { writers }: Hall,
  conversations: readonly string[],
  goesOn: () => boolean,
): Promise<number> {
  const one = async (writer: RawSocket, index: number) => {
    const conversation = conversations[index] ?? '';
    let bytes = 0;
    const say = async () => {
      const answer = await writer.ask('note:send', { conversation, id: randomUUID(), text: WORDS });
      if ((answer as { ok: boolean }).ok) bytes += 3 * WORDS.length;
    };
    const pause = 1000 / EACH_PER_SECOND;
    await wait((pause * index) / writers.length);
    const said: Promise<void>[] = [];
    for (let next = performance.now(); goesOn(); next += pause) {
      await wait(Math.max(0, next - performance.now()));
      said.push(say());
    }
    await Promise.all(said);
    return bytes;
  };
  return Math.min(...(await Promise.all(writers.map(one))));
}

type Round = {
  /** Seconds from the moment they stopped reading. */
  readonly cutAfter: readonly number[];
  /** Megabytes, at the highest. */
  readonly grown: number;
  readonly offered: number;
  readonly talk: Talk;
};

/** What the readers' process does; it answers when it is done. */
export type ReadersOrder =
  | {
      readonly do: 'open';
      readonly port: number;
      readonly origin: string;
      readonly cookies: readonly string[];
      readonly rooms: readonly string[];
      readonly count: number;
      /** What their addresses begin with. */
      readonly from: string;
    }
  | { readonly do: 'stop' | 'read' | 'leave' };

/** Who reads nothing any more, or takes everything: both do so without a word. */
type Readers = (order: ReadersOrder) => Promise<void>;

function startReaders(stage: Stage): Readers {
  const child = fork(fileURLToPath(import.meta.resolve('./readers-process.js')));
  stage.atEnd(() => child.kill());
  return (order) =>
    new Promise((resolve, reject) => {
      const onExit = () => reject(new Error('the readers have ended'));
      child.once('exit', onExit);
      child.once('message', ({ error }: { error?: string }) => {
        child.off('exit', onExit);
        if (error === undefined) resolve();
        else reject(new Error(error));
      });
      child.send(order);
    });
}

async function oneRound(
  hall: Hall,
  {
    good,
    readers,
    count,
    how,
  }: {
    readonly good: Good;
    readonly readers: Readers;
    readonly count: number;
    readonly how: 'stop' | 'read';
  },
): Promise<Round> {
  const { relay, cookies } = hall;
  const rooms = hall.fresh.splice(0, ROOMS);
  const { port, origin } = relay;
  await readers({ do: 'open', port, origin, cookies, rooms, count, from: READERS_FROM });
  const before = megabytesOf(relay.pid);
  const watch = watchMemory(relay.pid);
  await readers({ do: how });
  const cutAfter: number[] = [];
  const looks = watchOpen(relay.port, (left, seconds) => {
    while (cutAfter.length < count - left) cutAfter.push(seconds);
  });
  const first = during(PHASE_S);
  const within = during(CUT_WITHIN_S);
  const [talk, offered] = await Promise.all([
    good.talk(PHASE_S),
    speak(hall, rooms, () => first() || (how === 'stop' && within() && cutAfter.length < count)),
  ]);
  looks.stop();
  watch.stop();
  await readers({ do: 'leave' });
  await eventually('they are gone', () => countOpen(relay.port, READERS_FROM) === 0, 30_000);
  return { cutAfter, grown: watch.most() - before, offered, talk };
}

function watchMemory(pid: number): { most(): number; stop(): void } {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, megabytesOf(pid));
  }, 100);
  return { most: () => most, stop: () => clearInterval(timer) };
}

/** Tells again and again how many connections of the readers the relay holds open. They cannot know it: they do not read. */
function watchOpen(port: number, tell: (open: number, seconds: number) => void): { stop(): void } {
  const begun = performance.now();
  const look = () => tell(countOpen(port, READERS_FROM), (performance.now() - begun) / 1000);
  const timer = setInterval(look, 500);
  return { stop: () => clearInterval(timer) };
}

function toFigures(
  count: number,
  {
    without,
    reading,
    rounds,
    stopped,
  }: {
    readonly without: readonly Talk[];
    readonly reading: readonly Round[];
    readonly rounds: readonly Round[];
    readonly stopped: boolean;
  },
): readonly Measured[] {
  const p99Of = (some: readonly Round[]) => median(some.map(({ talk }) => p99(talk)));
  const [stalled, well, alone] = [p99Of(rounds), p99Of(reading), median(without.map(p99))];
  const each = <Value>(value: (round: Round) => Value) => rounds.map(value);
  const talks = [...without, ...[...reading, ...rounds].map(({ talk }) => talk)];
  const failed = talks.reduce((sum, talk) => sum + talk.failed, 0);
  return [
    atMost('memory of the relay grew, at the highest', [Math.max(...each(({ grown }) => grown)), 'MB'], {
      must: 64,
    }),
    atLeast(
      `stalled readers cut, of each ${count}`,
      [Math.min(...each(({ cutAfter }) => cutAfter.length)), ''],
      {
        must: count,
      },
    ),
    atMost('the last was cut after', [Math.max(...each(({ cutAfter }) => cutAfter.at(-1) ?? 0)), 's'], {
      must: CUT_WITHIN_S,
    }),
    atLeast('offered to each', [Math.min(...each(({ offered }) => offered)) / 1e6, 'MB'], {
      must: OFFERED_MB,
    }),
    atMost('p99 of the others, with by without', [stalled / alone, ''], { must: 1.2 }),
    atMost('p99 of the others, by where they read', [stalled / well, '']),
    atMost('p99 of the others, with them', [stalled, 'ms']),
    atMost('p99 of the others, where they read', [well, 'ms']),
    atMost('p99 of the others, without them', [alone, 'ms']),
    atMost('cut of those who read', [Math.max(...reading.map(({ cutAfter }) => cutAfter.length)), ''], {
      must: 0,
    }),
    atMost('buffer of a socket at most, in the system', [bufferMax() / 1e6, 'MB']),
    atMost('messages of the others that failed', [failed, ''], { must: 0 }),
    atMost('relays that ended by themselves', [stopped ? 1 : 0, ''], { must: 0 }),
  ];
}

/** What the system keeps for a socket that is not read, in bytes. */
function bufferMax(): number {
  return Number(readFileSync('/proc/sys/net/ipv4/tcp_wmem', 'utf8').trim().split(/\s+/).at(-1));
}

function p99(talk: Talk | undefined): number {
  return percentile(talk?.latencies ?? [], 0.99);
}
