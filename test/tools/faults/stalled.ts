/**
 * Five hundred readers stop reading, while much is said in the conversations that they have open, a hundred of them in each. They
 * may cost neither memory nor the others' time, and are cut off. `--readers N`.
 *
 * On one machine the system takes three to five megabytes for each of them before anything waits in the relay: ten times its
 * longest packet, twice. So that much must be said to each, spread over rooms: five hundred sends at one moment would be
 * measured as well, and cost the same were they all read.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PROTOCOL } from '@fullname/shared/limits';
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
import { aVisitorSocket, countOpen, inTurn, isAlive, megabytesOf, openGood, type Talk } from './good.ts';
import type { Scenario } from './scenario.ts';

export const stalledReaders: Scenario = {
  name: 'stalled-readers',
  what: '500 readers stop reading while megabytes are said to each of them',
  cycles: 2,
  flags: ['readers'],
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
  const count = Number(stage.flag('readers') ?? 500);
  const hall = await setUp(stage, ROOMS * (cycles + 1));
  const good = await openGood(stage, { ...hall.relay, site: hall.site });
  const without: Talk[] = [];
  const rounds: Round[] = [];
  const quiet = async (seconds = PHASE_S) => {
    const [talk] = await Promise.all([good.talk(seconds), speak(hall, hall.quiet, during(seconds))]);
    return talk;
  };
  // Whatever grows with the first messages, and not with readers, has grown by then.
  await quiet(WARM_S);
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    // By turns first and second: the machine's other work, and what grows with the store, burden both alike.
    if (cycle % 2 === 1) without.push(await quiet());
    const round = await oneRound(hall, good, count);
    rounds.push(round);
    if (cycle % 2 === 0) without.push(await quiet());
    stage.progress(
      `cycle ${cycle} of ${cycles}: ${round.cutAfter.length} cut, the last after ${Math.max(...round.cutAfter).toFixed(1)} s; ` +
        `memory + ${round.grown.toFixed(0)} MB; ${(round.offered / 1e6).toFixed(0)} MB offered to each; p99 of the others ` +
        `${p99(round.talk).toFixed(0)} ms, without them ${p99(without.at(-1)).toFixed(0)} ms`,
    );
  }
  return toFigures(count, { without, rounds, stopped: !isAlive(hall.relay.pid) });
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

async function oneRound(
  hall: Hall,
  good: { talk(seconds: number): Promise<Talk> },
  count: number,
): Promise<Round> {
  const { relay } = hall;
  const rooms = hall.fresh.splice(0, ROOMS);
  const readers = await inTurn(count, (index) => aReader(hall, rooms, index));
  const before = megabytesOf(relay.pid);
  const watch = watchMemory(relay.pid);
  for (const reader of readers) reader.stopReading();
  const cutAfter: number[] = [];
  const looks = watchOpen(relay.port, (left, seconds) => {
    while (cutAfter.length < count - left) cutAfter.push(seconds);
  });
  const first = during(PHASE_S);
  const within = during(CUT_WITHIN_S);
  const [talk, offered] = await Promise.all([
    good.talk(PHASE_S),
    speak(hall, rooms, () => first() || (within() && cutAfter.length < count)),
  ]);
  looks.stop();
  watch.stop();
  for (const reader of readers) reader.terminate();
  return { cutAfter, grown: watch.most() - before, offered, talk };
}

async function aReader(hall: Hall, rooms: readonly string[], index: number): Promise<RawSocket> {
  const reader = await anAgent(hall, { index, from: `${READERS_FROM}${1 + (index % 250)}` });
  await reader.ask('conversation:open', { conversation: rooms[index % rooms.length] });
  return reader;
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
  { without, rounds, stopped }: { without: readonly Talk[]; rounds: readonly Round[]; stopped: boolean },
): readonly Measured[] {
  const [beside, alone] = [median(rounds.map(({ talk }) => p99(talk))), median(without.map(p99))];
  const each = <Value>(value: (round: Round) => Value) => rounds.map(value);
  const failed = [...without, ...each(({ talk }) => talk)].reduce((sum, talk) => sum + talk.failed, 0);
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
    atMost('p99 of the others, with by without', [beside / alone, ''], { must: 1.2 }),
    atMost('p99 of the others, with them', [beside, 'ms']),
    atMost('p99 of the others, without them', [alone, 'ms']),
    atMost('messages of the others that failed', [failed, ''], { must: 0 }),
    atMost('relays that ended by themselves', [stopped ? 1 : 0, ''], { must: 0 }),
  ];
}

function p99(talk: Talk | undefined): number {
  return percentile(talk?.latencies ?? [], 0.99);
}
