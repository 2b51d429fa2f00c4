/** PostgreSQL is killed, its backends are, and its connections are cut at the very moment of a COMMIT. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import {
  type ChaosConnection,
  type Direction,
  openChaosProxy,
  type Verdict,
} from '../../support/chaos-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, median, percentile, type Stage } from '../../support/figures.ts';
import { startSystemPostgres } from '../../support/system-postgres.ts';
import { startDealing } from './dealing.ts';
import type { Scenario } from './scenario.ts';
import { shownAsFailed } from './timing.ts';
import { openWorld, type World } from './world.ts';

/** Enough to have words on their way at every moment; the machine shall be busy with the fault. */
const PEOPLE = { visitors: 24, agents: 3, paceMs: 600 } as const;
const BACK_WITHIN_MS = 10_000;

export const postgresKill: Scenario = {
  name: 'postgres-kill',
  what: "the system's PostgreSQL is killed with -9 under load, and started again",
  needs: ['system-postgres'],
  cycles: 50,
  async run(stage, cycles) {
    const world = await openWorld(stage, { ...PEOPLE, store: 'postgres' });
    const cluster = notNull(world.postgres);
    return harm(stage, { world, cycles }, async () => {
      await cluster.kill();
      // How long it is away must not keep step with anything.
      await wait(Math.random() * 1_000);
      await cluster.restart();
    });
  },
};

export const postgresKillEmbedded: Scenario = {
  name: 'postgres-kill-embedded',
  what: "the relay's own PostgreSQL is killed with -9 under load, now and then with a busy backend left behind",
  cycles: 10,
  async run(stage, cycles) {
    const world = await openWorld(stage, PEOPLE);
    const [place] = world.relays;
    let cycle = 0;
    return harm(stage, { world, cycles }, async () => {
      cycle += 1;
      if (cycle % 2 === 0) await keepBusy(join(place.dataDir, 'pg'));
      process.kill(postmasterOf(place.dataDir), 'SIGKILL');
      // It cannot go on without its store, so it ends by itself; whoever runs it starts it again.
      await eventually('the relay has ended', () => !isAlive(place.relay().pid), 20_000);
      await place.kill();
      await place.start();
    });
  },
};

export const backendKill: Scenario = {
  name: 'backend-kill',
  what: 'single backends of PostgreSQL are killed with -9 (which restarts all of them) or terminated',
  needs: ['system-postgres'],
  cycles: 30,
  async run(stage, cycles) {
    const world = await openWorld(stage, { ...PEOPLE, store: 'postgres' });
    let cycle = 0;
    return harm(stage, { world, cycles }, async () => {
      cycle += 1;
      await harmBackends(String(world.store), cycle % 2 === 0 ? 'kill' : 'terminate');
    });
  },
};

export const commitCut: Scenario = {
  name: 'commit-cut',
  what: 'the connection to PostgreSQL is cut at COMMIT: before it, behind it, or before its answer',
  needs: ['system-postgres'],
  cycles: 100,
  run: cutCommits,
};

type Harmed = { readonly world: World; readonly cycles: number };

/** Again and again under load; then everything is stored and shown as it must be. */
async function harm(
  stage: Stage,
  { world, cycles }: Harmed,
  once: () => Promise<void>,
): Promise<readonly Measured[]> {
  const back: number[] = [];
  world.talk();
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await world.moved(10);
    await wait(Math.random() * 300);
    world.allSpeak(`at fault ${cycle}`);
    await wait(Math.random() * 30);
    await once();
    const from = performance.now();
    await world.moved(5);
    back.push(performance.now() - from);
    stage.progress(
      `cycle ${cycle} of ${cycles}: acknowledged again after ${Math.round(back.at(-1) ?? 0)} ms, ${world.acked()} so far`,
    );
  }
  const figures = await world.end();
  return [
    ...figures,
    shownAsFailed(await world.history()),
    atMost('faults', [cycles, '']),
    atMost('writes are back, median', [median(back), 'ms']),
    atMost('writes are back, longest', [Math.max(...back), 'ms'], { must: BACK_WITHIN_MS }),
  ];
}

/** A statement that goes on for a while, whoever asked and whether they still listen. */
async function keepBusy(folder: string): Promise<void> {
  const client = new pg.Client({ host: folder, user: 'fullname', database: 'postgres' });
  // It is lost with its server, which is what it is for.
  client.on('error', () => undefined);
  await client.connect();
  client.query('select count(*) from generate_series(1, 50000000)').catch(() => undefined);
  await wait(100);
}

function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    // A zombie is no relay any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** PostgreSQL takes the killing of one process as a sign that the memory they share may be spoilt, and begins anew. */
export async function harmBackends(store: string, how: 'kill' | 'terminate'): Promise<void> {
  const client = new pg.Client(store);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name = 'fullname' order by random() limit 3",
    );
    if (how === 'terminate') {
      for (const { pid } of rows) await client.query('select pg_terminate_backend($1)', [pid]);
    } else if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The statement never arrives; it arrives, and nobody waits for it any more; or its answer is lost on the way back. */
const MOMENTS = ['never arrives', 'just arrives', 'answer lost'] as const;
/** The group commit's statement, a transaction of its own; and the end of every other transaction. */
const STATEMENTS = { append: 'append\0', commit: 'commit\0' } as const;

type Cut = { readonly moment: (typeof MOMENTS)[number]; readonly statement: keyof typeof STATEMENTS };

/** What the proxy does when it sees the statement go by. */
export function createCutter(): { arm(cut: Cut): void; fired(): number; onData: OnData } {
  let armed: Cut | null = null;
  let fired = 0;
  const waiting = new Set<number>();
  const cut = (verdict: Verdict) => {
    fired += 1;
    return verdict;
  };
  return {
    arm: (next) => {
      armed = next;
    },
    fired: () => fired,
    onData(direction, chunk, connection) {
      if (direction === 'down') return waiting.delete(connection.number) ? cut('cut-before') : 'pass';
      if (!armed || !chunk.includes(STATEMENTS[armed.statement])) return 'pass';
      const { moment } = armed;
      armed = null;
      if (moment === 'never arrives') return cut('cut-before');
      if (moment === 'just arrives') return cut('cut-after');
      waiting.add(connection.number);
      return 'pass';
    },
  };
}

type OnData = (direction: Direction, chunk: Buffer, connection: ChaosConnection) => Verdict;

async function cutCommits(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const cluster = await startSystemPostgres({ tcp: true });
  stage.atEnd(cluster.stop);
  const cutter = createCutter();
  const proxy = await openChaosProxy({ to: () => ({ port: cluster.port ?? 0 }), onData: cutter.onData });
  stage.atEnd(proxy.close);
  const through = `postgres://fullname@127.0.0.1:${proxy.port}/postgres`;
  const world = await openWorld(stage, {
    ...PEOPLE,
    store: { url: cluster.url },
    // Conversations are begun here faster than one address may.
    env: { DATABASE_URL: through, RATE_LIMITS: 'off' },
  });
  const dealing = await startDealing(stage, world);
  world.talk();
  const back: number[] = [];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const moment = MOMENTS[cycle % MOMENTS.length] ?? 'answer lost';
    const statement = cycle % 2 === 0 ? 'append' : 'commit';
    const before = cutter.fired();
    cutter.arm({ moment, statement });
    await eventually(`the connection is cut at ${statement}`, () => cutter.fired() > before, 30_000);
    const from = performance.now();
    await world.moved(5);
    back.push(performance.now() - from);
    if (cycle % 20 === 19) stage.progress(`${cycle + 1} of ${cycles} cuts, ${world.acked()} acknowledged`);
  }
  await dealing.stop();
  const dealt = await dealing.figures();
  const figures = await world.end();
  return [
    ...figures,
    shownAsFailed(await world.history()),
    ...dealt,
    atMost('cuts', [cutter.fired(), '']),
    atMost('messages go on after a cut, p99', [percentile(back, 0.99), 'ms'], { must: BACK_WITHIN_MS }),
  ];
}

function notNull<Value>(value: Value | null): Value {
  if (value === null) throw new Error('the world has one');
  return value;
}
