/**
 * Five hundred readers stop reading, while much is said in the conversation that each of them has open. They may cost neither
 * memory nor the others' time, and are cut off. `--readers N`.
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
  cycles: 4,
  flags: ['readers'],
  run: faultReaders,
};

/** Within the limit for one socket; so many of them together say what is said. */
const WRITERS = 3;
const EACH_PER_SECOND = 10;
/** The longest message there may be: three bytes each in UTF-8. */
const WORDS = '話'.repeat(4_000);
/** How long the others are measured at a time; with readers it goes on until the last is cut. */
const PHASE_S = 12;
const CUT_WITHIN_S = 30;
/** Less would say that the notes were refused, and nothing of readers. */
const OFFERED_MB = 2;
const READERS_FROM = '127.0.5.';

type Hall = {
  readonly relay: SpawnedRelay;
  readonly site: string;
  readonly cookies: readonly string[];
  readonly conversation: string;
  readonly writers: readonly RawSocket[];
};

async function faultReaders(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const count = Number(stage.flag('readers') ?? 500);
  const hall = await setUp(stage);
  const good = await openGood(stage, { ...hall.relay, site: hall.site });
  const without: Talk[] = [];
  const rounds: Round[] = [];
  const quiet = async () => {
    const [talk] = await Promise.all([good.talk(PHASE_S), speak(hall, during(PHASE_S))]);
    without.push(talk);
  };
  // Whatever grows with the first messages, and not with readers, has grown by then.
  await quiet();
  without.length = 0;
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    // By turns first and second: the machine's other work, and what grows with the store, burden both alike.
    if (cycle % 2 === 1) await quiet();
    const round = await oneRound(hall, good, count);
    rounds.push(round);
    if (cycle % 2 === 0) await quiet();
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

async function setUp(stage: Stage): Promise<Hall> {
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
    Array.from({ length: WRITERS }, (_, index) => anAgent(place, { index, from: '127.0.4.1' })),
  );
  const visitor = await aVisitorSocket({ port: relay.port, origin: relay.origin, site });
  const message = { id: randomUUID(), text: 'I have many questions' };
  const start = { token: randomBytes(32).toString('hex'), conversation: randomUUID(), message, locale: 'en' };
  await visitor.ask('conversation:start', start);
  // The only one that waits: the visitors who do nothing wrong are not here yet.
  const list = await writers[0]?.ask('conversation:list', { view: 'waiting' });
  const conversation = (list as { value: { rows: { id: string }[] } }).value.rows[0]?.id ?? '';
  return { ...place, site, conversation, writers };
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
 * Notes in the conversation while `goesOn`, at a pace that waits for no answer: a slow moment of the relay's must not lighten
 * what it is offered. Gives the bytes that were offered to each reader.
 */
async function speak({ writers, conversation }: Hall, goesOn: () => boolean): Promise<number> {
  let bytes = 0;
  const say = async (writer: RawSocket) => {
    const answer = await writer.ask('note:send', { conversation, id: randomUUID(), text: WORDS });
    if ((answer as { ok: boolean }).ok) bytes += 3 * WORDS.length;
  };
  const one = async (writer: RawSocket) => {
    const said: Promise<void>[] = [];
    for (let next = performance.now(); goesOn(); next += 1000 / EACH_PER_SECOND) {
      await wait(Math.max(0, next - performance.now()));
      said.push(say(writer));
    }
    await Promise.all(said);
  };
  await Promise.all(writers.map(one));
  return bytes;
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
  const readers = await inTurn(count, (index) => aReader(hall, index));
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
    speak(hall, () => first() || (within() && cutAfter.length < count)),
  ]);
  looks.stop();
  watch.stop();
  for (const reader of readers) reader.terminate();
  return { cutAfter, grown: watch.most() - before, offered, talk };
}

async function aReader(hall: Hall, index: number): Promise<RawSocket> {
  const reader = await anAgent(hall, { index, from: `${READERS_FROM}${1 + (index % 250)}` });
  await reader.ask('conversation:open', { conversation: hall.conversation });
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
