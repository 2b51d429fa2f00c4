/**
 * Everybody comes back at once: visitors with a conversation each, their relay killed with -9, one message for each written
 * meanwhile as another relay would, and the relay started again. Each comes back by the widget's own pauses, and asks for what
 * it lacks.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformWithOxc } from 'vite';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, median, percentile, type Stage } from '../../support/figures.ts';
import { root } from '../../support/root.ts';
import { furnish } from '../../support/spawn-relay.ts';
import {
  type Bench,
  type BenchRelay,
  rssOf,
  type Store,
  startGenerator,
  startRelay,
  startStore,
} from './bench.ts';
import { fillCrowd, writeToAll } from './crowd.ts';
import type { Return, Target } from './orders.ts';

const PEOPLE = 8;
/** Two pools: one of ten for messages and reading, one of two for jobs; and one that holds the folder of an embedded store. */
const CONNECTIONS_MAX = 13;
const LOOK_EVERY_MS = 100;

export const storm: Bench = {
  what: 'ten thousand visitors come back after kill -9: until 95 % and all have caught up',
  flags: ['visitors'],
  async measure(stage) {
    const count = Number(stage.flag('visitors') ?? 10_000);
    const backoff = await compileBackoff(stage);
    const { relay, store, generate } = await startWorld(stage, { count, backoff });
    const calm = { rss: rssOf(relay.pid) };
    await relay.kill();
    const publicSeq = await writeToAll(store.pool);
    const scansBefore = await scansOfEntries(store);
    const watch = watchConnections(store);
    stage.atEnd(watch.stop);
    stage.progress('the relay was killed, and starts again');
    const killedAt = Date.now();
    const env = { DATABASE_URL: store.url };
    const again = await startRelay(stage, { env, again: { dataDir: relay.dataDir, port: relay.port } });
    const readyAt = Date.now();
    const peak = watchRss(again.pid);
    stage.atEnd(peak.stop);
    const back = await generate({ do: 'await-return', publicSeq });
    const scans = (await scansAtRest(store)) - scansBefore;
    // Each visitor has asked once: fewer reads would mean that they went by another index, and nothing was counted.
    if (scans < count) throw new Error(`${scans} reads of the log were counted for ${count} visitors.`);
    stage.progress(`${back.tries - count} tries after the kill; refused: ${JSON.stringify(back.refusals)}`);
    return figuresOf({
      ...{ count, back, scans, killedAt, readyAt, calm: calm.rss },
      floor: await pausesAlone({ backoff, count, away: readyAt - killedAt }),
      connections: await watch.stop(),
      peak: peak.stop(),
    });
  },
};

type World = {
  readonly relay: BenchRelay;
  readonly store: Store;
  readonly generate: ReturnType<typeof startGenerator>;
};

async function startWorld(
  stage: Stage,
  { count, backoff }: { count: number; backoff: string },
): Promise<World> {
  const store = await startStore(stage);
  const relay = await startRelay(stage, { env: { DATABASE_URL: store.url } });
  const { site, cookies } = await furnish(relay, PEOPLE);
  await fillCrowd(store.pool, { site, count, people: PEOPLE });
  const generate = startGenerator(stage);
  const target: Target = { kind: 'relay', visitorsAt: relay.url, agentsAt: relay.url, site, cookies };
  await generate({ do: 'gather', target, count, backoff });
  stage.progress(`${count} visitors are connected`);
  return { relay, store, generate };
}

/** The widget's own function as a module that Node can load; beside the tools, where what it imports is found. */
async function compileBackoff(stage: Stage): Promise<string> {
  const source = join(root, 'widget/src/backoff.ts');
  const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source);
  const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), 'backoff-'));
  stage.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'backoff.mjs');
  writeFileSync(file, code);
  return pathToFileURL(file).href;
}

/** Seconds from the relay's return to each visitor's next try: what no relay, however quick, could do better. */
async function pausesAlone(of: { backoff: string; count: number; away: number }): Promise<number[]> {
  const { backoff } = (await import(of.backoff)) as { backoff: (attempt: number) => number };
  return Array.from({ length: of.count }, () => {
    let at = 0;
    for (let failures = 1; at < of.away; failures += 1) at += backoff(failures);
    return (at - of.away) / 1000;
  });
}

// ── Watching ────────────────────────────────────────────────────────────────

/** How often the log was read by the visitors' own numbers: by the index that nothing but their pages of history uses. */
async function scansOfEntries(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ scans: string }>(
    `select idx_scan as scans from pg_stat_user_indexes where indexrelname = 'entries_public'`,
  );
  return Number(rows[0]?.scans);
}

/** PostgreSQL's sessions tell their counts late, one second after the last, or ten. */
async function scansAtRest(store: Store): Promise<number> {
  let last = Number.NaN;
  let since = performance.now();
  return eventually(
    'the counts of index scans are at rest',
    async () => {
      const now = await scansOfEntries(store);
      if (now !== last) since = performance.now();
      last = now;
      return performance.now() - since > 11_000 && now;
    },
    60_000,
  );
}

function watchConnections(store: Store): { stop(): Promise<number> } {
  let most = 0;
  let running = Promise.resolve();
  const look = async () => {
    const { rows } = await store.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where application_name like 'fullname%'`,
    );
    most = Math.max(most, rows[0]?.n ?? 0);
  };
  const timer = setInterval(() => {
    running = running.then(look);
  }, LOOK_EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      return most;
    },
  };
}

function watchRss(pid: number): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, rssOf(pid));
  }, LOOK_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

// ── Figures ─────────────────────────────────────────────────────────────────

type Storm = {
  readonly count: number;
  readonly back: Return;
  readonly scans: number;
  /** Seconds, by the pauses alone. */
  readonly floor: readonly number[];
  readonly killedAt: number;
  readonly readyAt: number;
  readonly calm: number;
  readonly peak: number;
  readonly connections: number;
};

function figuresOf(storm: Storm): Measured[] {
  const { back, count, readyAt, killedAt } = storm;
  const seconds = back.at.map((at) => (at - readyAt) / 1000);
  const refused = Object.values(back.refusals).reduce((sum, n) => sum + n, 0);
  const of = `of ${count.toLocaleString('en-GB')} visitors`;
  return [
    atMost(`95 % ${of} have caught up, after the relay is ready`, [percentile(seconds, 0.95), 's'], {
      must: 30,
    }),
    atMost(`all ${of} have caught up, after the relay is ready`, [percentile(seconds, 1), 's'], { must: 60 }),
    atMost('95 % have tried again, by their pauses alone', [percentile(storm.floor, 0.95), 's']),
    atMost('all have tried again, by their pauses alone', [percentile(storm.floor, 1), 's']),
    atMost('half of them', [median(seconds), 's']),
    atMost('the relay was away', [(readyAt - killedAt) / 1000, 's']),
    atMost('reads of the log, for each conversation', [storm.scans / count, ''], { must: 1 }),
    atMost('connections to the store, at most', [storm.connections, ''], { must: CONNECTIONS_MAX }),
    atMost('visitors whom the relay itself refused', [refused, ''], { must: 0 }),
    atMost("relay's RSS, peak ÷ before the kill", [storm.peak / storm.calm, ''], { must: 2 }),
    atMost("relay's RSS, peak", [storm.peak / 1e6, 'MB']),
  ];
}
