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
import { countOpen, inTurn, isAlive, megabytesOf, openGood, type Talk } from './good.ts';
import type { Scenario } from './scenario.ts';

export const stalledReaders: Scenario = {
  name: 'stalled-readers',
  what: '500 readers stop reading while megabytes are said to each of them',
  cycles: 2,
  flags: ['readers'],
  run: faultReaders,
};

/** Within the limit for one socket; so many of them together say what is said. */
const WRITERS = 2;
const EACH_PER_SECOND = 10;
/** The longest message there may be: three bytes each in UTF-8. */
const WORDS = '話'.repeat(4_000);
const CUT_WITHIN_S = 30;
const READERS_FROM = '127.0.5.';

type Hall = {
  readonly relay: SpawnedRelay;
  readonly cookies: readonly string[];
  readonly conversation: string;
  readonly writers: readonly RawSocket[];
};

async function faultReaders(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const count = Number(stage.flag('readers') ?? 500);
  const { hall, site } = await setUp(stage);
  const good = await openGood(stage, { ...hall.relay, site });
  // Whatever grows with the first messages, and not with readers, has grown by then.
  await Promise.all([good.talk(CUT_WITHIN_S), speak(hall, CUT_WITHIN_S * 1000)]);
  const without: Talk[] = [];
  const rounds: Round[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const [talk] = await Promise.all([good.talk(CUT_WITHIN_S), speak(hall, CUT_WITHIN_S * 1000)]);
    without.push(talk);
    rounds.push(await oneRound(hall, good, count));
    const { cutAfter, grown, offered, talk: beside } = rounds.at(-1) as Round;
    stage.progress(
      `cycle ${cycle} of ${cycles}: ${cutAfter.length} cut, the last after ${Math.max(...cutAfter).toFixed(1)} s; ` +
        `memory + ${grown.toFixed(0)} MB; ${(offered / 1e6).toFixed(0)} MB offered to each; p99 of the others ` +
        `${percentile(beside.latencies, 0.99).toFixed(0)} ms, without them ${percentile(talk.latencies, 0.99).toFixed(0)} ms`,
    );
  }
  return toFigures(count, { without, rounds, stopped: !isAlive(hall.relay.pid) });
}

async function setUp(stage: Stage): Promise<{ hall: Hall; site: string }> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const relay = await spawnRelay({
    dataDir,
    port: await freePort(),
    env: { DEMO: 'off', LOG_LEVEL: 'error' },
  });
  stage.atEnd(() => relay.stop());
  const { site, cookies } = await furnish(relay, 4);
  const visitor = await openRawSocket({
    ...{ url: `ws://localhost:${relay.port}`, namespace: '/visitor', headers: { origin: relay.origin } },
    auth: { protocol: PROTOCOL, site, locale: 'en' },
  });
  const message = { id: randomUUID(), text: 'I have many questions' };
  const start = { token: randomBytes(32).toString('hex'), conversation: randomUUID(), message, locale: 'en' };
  await visitor.ask('conversation:start', start);
  const place = { relay, cookies };
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, (_, index) => anAgent(place, { index, from: '127.0.4.1' })),
  );
  const list = await writers[0]?.ask('conversation:list', { view: 'waiting' });
  const conversation = (list as { value: { rows: { id: string }[] } }).value.rows[0]?.id ?? '';
  return { hall: { ...place, conversation, writers }, site };
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

/** Notes in the busy conversation, at an even pace, for so long. Gives the bytes that each reader was offered. */
async function speak({ writers, conversation }: Hall, ms: number): Promise<number> {
  let bytes = 0;
  const end = performance.now() + ms;
  const one = async (writer: RawSocket) => {
    for (let next = performance.now(); next < end; next += 1000 / EACH_PER_SECOND) {
      await wait(Math.max(0, next - performance.now()));
      const answer = await writer.ask('note:send', { conversation, id: randomUUID(), text: WORDS });
      if ((answer as { ok: boolean }).ok) bytes += 3 * WORDS.length;
    }
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
  const [talk, offered] = await Promise.all([good.talk(CUT_WITHIN_S), speak(hall, CUT_WITHIN_S * 1000)]);
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
  const p99 = (talk: Talk) => percentile(talk.latencies, 0.99);
  const ratios = rounds.map(({ talk }, index) => p99(talk) / p99(without[index] as Talk));
  const each = <Value>(value: (round: Round) => Value) => rounds.map(value);
  const failed = [...without, ...each(({ talk }) => talk)].reduce((sum, talk) => sum + talk.failed, 0);
  return [
    atMost('memory of the relay grew, at the highest', [Math.max(...each(({ grown }) => grown)), 'MB'], {
      must: 64,
    }),
    atLeast('stalled readers cut, of each 500', [Math.min(...each(({ cutAfter }) => cutAfter.length)), ''], {
      must: count,
    }),
    atMost('the last was cut after', [Math.max(...each(({ cutAfter }) => cutAfter.at(-1) ?? 0)), 's'], {
      must: CUT_WITHIN_S,
    }),
    atLeast('offered to each', [Math.min(...each(({ offered }) => offered)) / 1e6, 'MB'], {}),
    atMost('p99 of the others, with by without, median', [median(ratios), ''], { must: 1.2 }),
    atMost('p99 of the others, with them', [median(each(({ talk }) => p99(talk))), 'ms']),
    atMost('p99 of the others, without them', [median(without.map(p99)), 'ms']),
    atMost('messages of the others that failed', [failed, ''], { must: 0 }),
    atMost('relays that ended by themselves', [stopped ? 1 : 0, ''], { must: 0 }),
  ];
}
