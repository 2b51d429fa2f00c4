/**
 * The relays' clocks are wrong and jump while they run. What is told in time is told by the store's clock, the order in a
 * conversation by no clock at all; a relay's own says only what is written into its log.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Result } from '@fullname/shared/errors';
import pg from 'pg';
import { eventually } from '../../support/eventually.ts';
import { atLeast, atMost, type Measured, type Stage } from '../../support/figures.ts';
import { beginAside } from './dealing.ts';
import type { Scenario } from './scenario.ts';
import { ackTimes, shownAsFailed, timeFigures } from './timing.ts';
import { openWorld, type World } from './world.ts';

export const clock: Scenario = {
  name: 'clock',
  what: "two relays' clocks are ten minutes apart, and one jumps an hour ahead and back while it runs",
  needs: ['faketime', 'redis', 'system-postgres'],
  cycles: 2,
  run: jump,
};

const HOUR_S = 3_600;
const JUMPS = [HOUR_S, -HOUR_S, 0] as const;
/** Longer than a turn of the jobs, of the sweep over rights, and of two beats of presence. */
const STAYS_MS = 8_000;
/** The promise falls due then: within an hour, so that a relay that is an hour ahead would think it slipped. */
const DUE_IN_MS = 30 * 60_000;

async function jump(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const library = findLibrary();
  const folder = mkdtempSync(join(tmpdir(), 'fullname-clock-'));
  stage.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const clocks = [0, 1].map((index) => join(folder, `relay-${index}`));
  const set = (index: number, seconds: number) =>
    writeFileSync(clocks[index] ?? '', `${seconds < 0 ? '' : '+'}${seconds}\n`);
  const people = { visitors: 24, agents: 4, paceMs: 1_000, reloads: false };
  const world = await openWorld(stage, { ...people, relays: 2, store: 'postgres', redis: true });
  set(0, 0);
  set(1, 600);
  for (const [index, place] of world.relays.entries()) {
    await place.stop();
    await place.start({
      ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clocks[index] ?? '', FAKETIME_NO_CACHE: '1' },
      ...{ FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' },
    });
  }
  await world.connected();
  const promised = await promise(stage, world);
  world.talk();
  await world.moved();
  const from = performance.now();
  const skews: number[] = [];
  let signedOut = 0;
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    for (const seconds of JUMPS) {
      set(0, seconds);
      await eventually('the relay believes it', async () => Math.abs((await skewOf(world)) - seconds) < 30);
      skews.push(seconds);
      await wait(STAYS_MS);
      await world.moved(5);
      signedOut += await countSignedOut(world);
      stage.progress(`the first relay is ${seconds} s off: ${world.acked()} acknowledged so far`);
    }
  }
  const to = performance.now();
  const told = await readPromise(String(world.store), promised.id);
  await promised.remove();
  const figures = await world.end();
  const history = await world.history();
  return [
    ...figures,
    shownAsFailed(history),
    atLeast('jumps that the relay saw', [skews.length, ''], { must: cycles * JUMPS.length }),
    atMost('sessions refused while a clock was wrong', [signedOut, ''], { must: 0 }),
    atMost('promises warned of or told half an hour early', [told, ''], { must: 0 }),
    ...timeFigures('ack while clocks are wrong', ackTimes(history, [{ from, to }]), 1_000),
  ];
}

/** By the Date of its answers: whether the clock is really another than ours. In seconds. */
async function skewOf(world: World): Promise<number> {
  const response = await fetch(`${world.relays[0].origin}/livez`);
  return (Date.parse(response.headers.get('date') ?? '') - Date.now()) / 1_000;
}

async function countSignedOut(world: World): Promise<number> {
  const asked = world.relays.flatMap(({ origin }) =>
    world.agents.map(
      async ({ cookie }) => (await fetch(`${origin}/api/session`, { headers: { cookie } })).ok,
    ),
  );
  return (await Promise.all(asked)).filter((isIn) => !isIn).length;
}

type Promised = { readonly id: string; remove(): Promise<void> };

/** One of the agents promises something by a time; from then on only the time may tell of it. */
async function promise(stage: Stage, world: World): Promise<Promised> {
  const { agent, conversation, remove } = await beginAside(stage, world);
  const id = randomUUID();
  const due = new Date(Date.now() + DUE_IN_MS).toISOString();
  const draft = { id, conversation, text: 'I call you back', due };
  const made: Result<unknown> = await agent.timeout(10_000).emitWithAck('promise:make', draft);
  if (!made.ok) throw new Error(`The promise was refused: ${made.code}`);
  return { id, remove };
}

/** 1 where anybody was told of it before its time, or its moment was taken as past. */
async function readPromise(store: string, id: string): Promise<number> {
  const client = new pg.Client(store);
  await client.connect();
  try {
    const { rows } = await client.query<{ early: number }>(
      `select count(*)::int as early from promises
       where id = $1 and (warned_at is not null or told_at is not null)`,
      [id],
    );
    return rows[0]?.early ?? 0;
  } finally {
    await client.end();
  }
}

/** Beside the program `faketime`; Debian keeps it in a folder for each architecture. */
function findLibrary(): string {
  const places = [
    '/usr/lib',
    ...readdirSync('/usr/lib').map((name) => join('/usr/lib', name)),
    '/usr/local/lib',
  ];
  const found = places.map((place) => join(place, 'faketime', 'libfaketimeMT.so.1')).find(existsSync);
  if (found === undefined) throw new Error('libfaketimeMT.so.1 is not beside faketime.');
  return found;
}
