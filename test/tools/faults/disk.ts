/** The disk is full, slow, or says that it could not write: no acknowledgement without storage, and all goes on by itself. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { History } from '../../checker/history.ts';
import { eventually } from '../../support/eventually.ts';
import { atLeast, atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import type { Cluster } from '../../support/system-postgres.ts';
import type { Scenario } from './scenario.ts';
import { ackTimes, type Span, shownAsFailed, timeFigures } from './timing.ts';
import { openWorld, type World } from './world.ts';

export const diskFull: Scenario = {
  name: 'disk-full',
  what: "the disk under the relay's own PostgreSQL is filled up under load; the last time so far that PostgreSQL ends",
  needs: ['root'],
  cycles: 3,
  run: fillDisk,
};

export const slowSync: Scenario = {
  name: 'slow-sync',
  what: 'every fdatasync of PostgreSQL takes 300 ms longer',
  needs: ['strace', 'system-postgres'],
  cycles: 1,
  run: slowDown,
};

export const syncError: Scenario = {
  name: 'sync-error',
  what: 'fdatasync fails (EIO) under load, so that PostgreSQL ends everything and begins from its log',
  needs: ['strace', 'system-postgres'],
  cycles: 5,
  run: failSync,
};

const PEOPLE = { visitors: 20, agents: 3, paceMs: 1_000 } as const;
const DISK_MB = 260;
const FULL_MS = 6_000;
const BACK_WITHIN_MS = 10_000;

async function fillDisk(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const folder = mountSmallDisk(stage);
  const store = { host: join(folder, 'pg'), user: 'fullname', database: 'postgres' };
  const world = await openWorld(stage, {
    ...PEOPLE,
    store: { url: `postgres://fullname@localhost/postgres?host=${encodeURIComponent(store.host)}` },
    env: { DATABASE_URL: '', DATA_DIR: folder },
  });
  const watchman = keepRunning(world);
  stage.atEnd(watchman.stop);
  world.talk();
  const ready: number[] = [];
  const back: number[] = [];
  const full: Span[] = [];
  let ackedWhileFull = 0;
  let readyWhileFull = 0;
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await world.moved();
    const isLast = cycle === cycles;
    const ballast = fill(folder);
    // The last rows for which there was room are acknowledged with right; the relay looks once a second.
    await wait(2_500);
    if (isLast) await exhaustLog(store);
    const before = world.acked();
    const from = performance.now();
    await wait(FULL_MS);
    readyWhileFull += (await isReady(world)) ? 1 : 0;
    ackedWhileFull += world.acked() - before;
    if (!isLast) full.push({ from, to: performance.now() });
    rmSync(ballast);
    const room = performance.now();
    await eventually('the relay is ready', () => isReady(world), 60_000);
    ready.push(performance.now() - room);
    await world.moved(5, 60_000);
    back.push(performance.now() - room);
    stage.progress(
      `cycle ${cycle} of ${cycles}: ready ${Math.round(ready.at(-1) ?? 0)} ms, acknowledged again ${Math.round(back.at(-1) ?? 0)} ms after there was room`,
    );
  }
  await watchman.stop();
  const figures = await world.end();
  const history = await world.history();
  return [
    ...figures,
    shownAsFailed(history),
    atMost('acknowledged while the disk was full', [ackedWhileFull, ''], { must: 0 }),
    atMost('times ready while the disk was full', [readyWhileFull, ''], { must: 0 }),
    atLeast('conversations read while the disk was full', [countOpenings(history, full), ''], {
      must: cycles > 1 ? 1 : 0,
    }),
    atMost('starts by whoever runs the relay', [watchman.starts(), '']),
    atMost('ready after there is room, longest', [Math.max(...ready), 'ms']),
    atMost('writes are back after there is room, median', [median(back), 'ms']),
    atMost('writes are back after there is room, longest', [Math.max(...back), 'ms'], {
      must: BACK_WITHIN_MS,
    }),
  ];
}

function mountSmallDisk(stage: Stage): string {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0711`, 'fullname', folder]);
  stage.atEnd(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmdirSync(folder);
  });
  chmodSync(folder, 0o711);
  return folder;
}

/** As systemd or Docker do: a relay that has ended is started again, a second later. */
function keepRunning(world: World): { starts(): number; stop(): Promise<void> } {
  const [place] = world.relays;
  let stopped = false;
  let starts = 0;
  const work = (async () => {
    while (!stopped) {
      await wait(1_000);
      if (stopped || isAlive(place.relay().pid)) continue;
      await place.kill();
      starts += 1;
      // While there is no room it ends again, and is started again.
      await place.start().catch(() => undefined);
    }
  })();
  return {
    starts: () => starts,
    stop: async () => {
      stopped = true;
      await work;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function fill(folder: string): string {
  const file = join(folder, 'ballast');
  const handle = openSync(file, 'a');
  const block = Buffer.alloc(65_536, 1);
  try {
    for (;;) writeSync(handle, block);
  } catch {
    return file;
  } finally {
    closeSync(handle);
  }
}

/** Something else goes on writing until PostgreSQL cannot begin its next log segment, and ends. */
async function exhaustLog(store: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(store);
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (;;) await client.query("select pg_logical_emit_message(false, 'fill', repeat('x', 100000))");
  } catch {
    await client.end().catch(() => undefined);
  }
}

async function isReady(world: World): Promise<boolean> {
  const response = await fetch(`${world.relays[0].origin}/readyz`).catch(() => null);
  return response?.ok === true;
}

/** How often an agent opened a conversation in these spans, and it came. */
function countOpenings(history: History, spans: readonly Span[]): number {
  const known = new Set<string>();
  let count = 0;
  for (const event of history) {
    if (event.type !== 'list' || !event.who.startsWith('agent') || event.lines.length === 0) continue;
    if (!known.has(event.view) && spans.some(({ from, to }) => event.at >= from && event.at < to)) count += 1;
    known.add(event.view);
  }
  return count;
}

const DELAY_MS = 300;
/**
 * In units of the delay. A commit waits for the sync that is under way, which may have begun before its log was written, and
 * for its own: two. A conversation has one order, so that a row waits for the commit of the row before it, which may have just
 * begun: two more. And one for all that is no sync, the machine's work for the tracer included.
 */
const SLOW_ACK_SYNCS = 5;

async function slowDown(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  // A message waits for the tick of the one before it; seldom enough, its own time is measured.
  const world = await openWorld(stage, { ...PEOPLE, paceMs: 5_000, store: 'postgres', reloads: false });
  const cluster = clusterOf(world);
  world.talk();
  await world.moved(30);
  const slow: Span[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const injected = await inject(stage, cluster, `fdatasync:delay_enter=${DELAY_MS * 1_000}`);
    const from = performance.now();
    await wait(stage.number('seconds', 20) * 1_000);
    slow.push({ from, to: performance.now() });
    await injected.end();
  }
  const figures = await world.end();
  const history = await world.history();
  return [
    ...figures,
    shownAsFailed(history),
    // Agents here write faster than the disk is, and their words wait for the tick of the ones before.
    ...timeFigures('ack with a slow disk', ackTimes(of('visitor', history), slow), SLOW_ACK_SYNCS * DELAY_MS),
    ...timeFigures("ack of an agent's with a slow disk", ackTimes(of('agent', history), slow)),
  ];
}

/** With what these wrote alone. */
function of(role: 'visitor' | 'agent', history: History): History {
  return history.filter((event) => event.type !== 'invoke' || event.who.startsWith(role));
}

async function failSync(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const world = await openWorld(stage, { ...PEOPLE, store: 'postgres' });
  const cluster = clusterOf(world);
  world.talk();
  const back: number[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await world.moved();
    const before = new Set(cluster.children());
    const injected = await inject(stage, cluster, 'fdatasync:error=EIO');
    await eventually(
      'PostgreSQL has ended all its processes',
      () => cluster.children().every((pid) => !before.has(pid)),
      30_000,
    );
    await injected.end();
    const from = performance.now();
    // It begins again by itself, but gives up when beginning fails too.
    if (!isAlive(cluster.pid()) || cluster.children().length === 0)
      await cluster.kill().then(cluster.restart);
    await world.moved(5);
    back.push(performance.now() - from);
    stage.progress(
      `cycle ${cycle} of ${cycles}: acknowledged again after ${Math.round(back.at(-1) ?? 0)} ms`,
    );
  }
  const figures = await world.end();
  return [
    ...figures,
    shownAsFailed(await world.history()),
    atMost('failed syncs', [cycles, '']),
    atMost('writes are back, longest', [Math.max(...back), 'ms'], { must: BACK_WITHIN_MS }),
  ];
}

function clusterOf({ postgres }: World): Cluster {
  if (!postgres) throw new Error('the world has a PostgreSQL of the system');
  return postgres;
}

type Injected = { end(): Promise<void> };

/** Into the calls of the postmaster, of all its processes, and of those that it will start. */
async function inject(stage: Stage, cluster: Cluster, what: string): Promise<Injected> {
  const targets = [cluster.pid(), ...cluster.children()].flatMap((pid) => ['-p', String(pid)]);
  const words = ['-f', '-o', '/dev/null', '-e', 'trace=fdatasync', '-e', `inject=${what}`, ...targets];
  const tracer: ChildProcess = spawn('strace', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  tracer.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(tracer, 'exit');
  let isOver = false;
  const end = async () => {
    if (isOver) return;
    isOver = true;
    if (tracer.exitCode === null && tracer.signalCode === null) {
      tracer.kill('SIGINT');
      await ended;
    }
  };
  stage.atEnd(end);
  await eventually('strace is attached', () => /attached/.test(said) || tracer.exitCode !== null);
  if (tracer.exitCode !== null) throw new Error(`strace ended: ${said}`);
  return { end };
}
