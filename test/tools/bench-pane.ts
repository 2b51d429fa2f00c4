/**
 * What a customer's pane costs when a company has much behind it: the pane's statement and the value's with 10,000 failures
 * and 100,000 messages, beside the same with a million and ten millions, interleaved in one run. `--failures N` for the large
 * one, `--rounds N` readings a figure.
 */
import pg from 'pg';
import { atMost, type Measured, median, percentile, runTool, type Stage } from '../support/figures.ts';
import { loadServer } from '../support/root.ts';
import { makeDataFolder, removeDataFolder } from '../support/spawn-relay.ts';
import { countsOf, fill, idOf } from './bench-pane/fill.ts';

const SMALL = 10_000;
/** How many customers of each kind are looked at, in turns: about those whom a desk sees in a day. */
const SEEN = 200;
/** How many of them have their plans looked at. */
const PLANS = 20;
/** From small to large a reading may become this much slower: two levels more in each index. */
const FLAT = 1.5;
const GROWING = new Set(
  `customers visitors conversations entries failures purchases preferences promises tasks goodwill internal_requests
  customer_merges mails identities`.split(/\s+/),
);

type Records = typeof import('../../server/dist/store/records.js');
type Worths = typeof import('../../server/dist/store/value.js');
type Stores = typeof import('../../server/dist/store/database.js');
type Database = Awaited<ReturnType<Stores['openDatabase']>>;
type Db = Parameters<Records['readRecord']>[0];
type Kind = 'ordinary' | 'heavy' | 'unlinked';
type Seen = { readonly conversation: string; readonly visitor: string; readonly customer: string | null };
type Company = {
  readonly name: string;
  readonly database: Database;
  readonly seen: Readonly<Record<Kind, readonly Seen[]>>;
};
/** One reading of the store for a pane. */
type Reading = {
  readonly name: string;
  readonly kinds: readonly Kind[];
  read(db: Db, seen: Seen): Promise<unknown>;
};

await runTool(['failures', 'rounds'], async (stage) => {
  const large = Number(stage.flag('failures') ?? 1_000_000);
  const rounds = Number(stage.flag('rounds') ?? 2 * SEEN);
  const url = await openServer(stage);
  const companies = [await aCompany(stage, url, SMALL), await aCompany(stage, url, large)];
  const readings = await theReadings();
  const plans = await plansOf(stage, companies, readings);
  const times = await timed(stage, { companies, readings, rounds });
  return [...plans, ...times];
});

async function theReadings(): Promise<Reading[]> {
  const { readRecord } = await loadServer<Records>('store/records.js');
  const { readWorth } = await loadServer<Worths>('store/value.js');
  const now = Date.now();
  return [
    {
      name: 'pane',
      kinds: ['ordinary', 'heavy', 'unlinked'],
      read: (db, { conversation, visitor }) =>
        readRecord(db, { id: conversation, visitor, locale: 'en', now }),
    },
    {
      name: 'value',
      kinds: ['ordinary', 'heavy'],
      read: async (db, { customer }) => customer && readWorth(db, { customer, now }),
    },
  ];
}

// ── The two companies ───────────────────────────────────────────────────────

/** DATABASE_URL of a database on FULLNAME_TEST_DATABASE, or on a PostgreSQL of the relay's own kind in a scratch folder. */
async function openServer(stage: Stage): Promise<(database: string) => string> {
  const lent = process.env.FULLNAME_TEST_DATABASE;
  if (lent) return (database) => Object.assign(new URL(lent), { pathname: `/${database}` }).href;
  const { startEmbeddedPostgres } =
    await loadServer<typeof import('../../server/dist/postgres/embedded.js')>('postgres/embedded.js');
  const folder = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(folder));
  const postgres = await startEmbeddedPostgres(folder, await aLog());
  stage.atEnd(() => postgres.stop());
  const { host, user } = postgres.connection;
  return (database) => `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(String(host))}`;
}

async function aCompany(stage: Stage, url: (database: string) => string, failures: number): Promise<Company> {
  const name = `fullname_pane_${process.pid}_${failures}`;
  const started = performance.now();
  await asked(url('postgres'), (admin) => admin.query(`create database ${name}`));
  stage.atEnd(() =>
    asked(url('postgres'), (admin) => admin.query(`drop database if exists ${name} with (force)`)),
  );
  const { openDatabase } = await loadServer<Stores>('store/database.js');
  const { readConfig } = await loadServer<typeof import('../../server/dist/config.js')>('config.js');
  const database = await openDatabase(
    readConfig({ DATABASE_URL: url(name), LOG_LEVEL: 'error' }),
    await aLog(),
  );
  stage.atEnd(() => database.close());
  await fill(() => connected(url(name)), { failures });
  const { rows } = await database.pool.query<{ size: string }>(
    `select pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  const took = Math.round((performance.now() - started) / 1000);
  stage.progress(
    `${failures.toLocaleString('en')} failures and ${countsOf({ failures }).entries.toLocaleString('en')} messages: ${rows[0]?.size}, made in ${took} s`,
  );
  return { name: failures.toLocaleString('en'), database, seen: await seenIn(database, failures) };
}

/** The same numbers in both: the customers of the one are in the other as well. */
async function seenIn(database: Database, failures: number): Promise<Company['seen']> {
  const { customers } = countsOf({ failures });
  const step = Math.floor(customers / SEEN);
  const of = async (which: string) => {
    const { rows } = await database.pool.query<Seen>(
      `select v.id as visitor, v.customer_id as customer,
         (select c.id from conversations c where c.visitor_id = v.id order by c.id limit 1) as conversation
       from visitors v where v.id = any(array(${which}))`,
    );
    const seen = rows.filter(({ conversation }) => conversation !== null);
    if (seen.length === 0) throw new Error('nobody to look at');
    return seen;
  };
  return {
    ordinary: await of(`select ${idOf('visitor', `(g * ${step})`)} from generate_series(0, ${SEEN - 1}) g`),
    heavy: await of(`select ${idOf('heavy', 0)}`),
    unlinked: await of(
      `select ${idOf('visitor', `(${customers} + g)`)} from generate_series(0, ${SEEN - 1}) g`,
    ),
  };
}

// ── Plans ───────────────────────────────────────────────────────────────────

type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly Plan[];
};

/** What the large company's plans are made of, and how many pages they touch in both. */
async function plansOf(
  stage: Stage,
  companies: readonly Company[],
  readings: readonly Reading[],
): Promise<Measured[]> {
  const figures: Measured[] = [];
  for (const { name, kinds, read } of readings)
    for (const kind of kinds)
      for (const company of companies) {
        const plans: Plan[] = [];
        for (const seen of company.seen[kind].slice(0, PLANS))
          plans.push(await explained(company, (db) => read(db, seen)));
        const pages = median(
          plans.map((plan) => (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)),
        );
        figures.push(atMost(`${name}, ${kind}: pages of ${company.name}`, [pages, '']));
        if (company !== companies.at(-1)) continue;
        const nodes = plans.flatMap(nodesOf);
        const scans = nodes.filter(
          (node) => node['Node Type'] === 'Seq Scan' && GROWING.has(node['Relation Name'] ?? ''),
        );
        const reads = new Set(nodes.flatMap((node) => describe(node) ?? []));
        stage.progress(`${name}, ${kind}: ${[...reads].sort().join(', ')}`);
        figures.push(
          atMost(`${name}, ${kind}: sequential scans of growing tables`, [scans.length, ''], { must: 0 }),
        );
      }
  return figures;
}

/** The plan of the one statement that a reading makes. */
async function explained({ database }: Company, read: (db: Db) => Promise<unknown>): Promise<Plan> {
  const { db, pool } = database;
  let plan: Plan | undefined;
  const explaining = {
    execute: async (statement: Parameters<Db['execute']>[0]) => {
      const { sql, params } = db.execute(statement).getQuery();
      const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (analyze, buffers, timing off, format json) ${sql}`,
        params,
      );
      plan = rows[0]?.['QUERY PLAN'][0].Plan;
      return { rows: [{}] };
    },
  };
  await read(explaining as unknown as Db);
  if (!plan) throw new Error('the reading made no statement');
  return plan;
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** What reads a table or an index, by its name; the rest of a plan only puts together. */
function describe(node: Plan): string | null {
  const of = node['Index Name'] ?? node['Relation Name'];
  return of === undefined || node['Node Type'] === 'Bitmap Heap Scan' ? null : `${node['Node Type']} ${of}`;
}

// ── Times ───────────────────────────────────────────────────────────────────

type Timing = {
  readonly companies: readonly Company[];
  readonly readings: readonly Reading[];
  readonly rounds: number;
};

/** Small and large in turns, whoever is first changing with each round; everybody is looked at once before it counts. */
async function timed(stage: Stage, { companies, readings, rounds }: Timing): Promise<Measured[]> {
  const figures: Measured[] = [];
  for (const { name, kinds, read } of readings)
    for (const kind of kinds) {
      const times = new Map<Company, number[]>(companies.map((company) => [company, []]));
      for (let round = -SEEN; round < rounds; round += 1)
        for (const company of round % 2 === 0 ? companies : companies.toReversed()) {
          const people = company.seen[kind];
          const seen = people[(round + SEEN) % people.length];
          if (!seen) continue;
          const before = performance.now();
          await read(company.database.db, seen);
          if (round >= 0) times.get(company)?.push(performance.now() - before);
        }
      const [small = [], large = []] = [...times.values()];
      for (const [size, values] of [['small', small] as const, ['large', large] as const])
        figures.push(
          atMost(`${name}, ${kind}: ${size}, median`, [median(values), 'ms']),
          atMost(`${name}, ${kind}: ${size}, 99 %`, [percentile(values, 0.99), 'ms']),
        );
      const ratio = median(large) / median(small);
      figures.push(atMost(`${name}, ${kind}: large ÷ small, medians`, [ratio, ''], { must: FLAT }));
      stage.progress(`${name}, ${kind}: ${median(small).toFixed(2)} ms, ${median(large).toFixed(2)} ms`);
    }
  return figures;
}

// ── Tools ───────────────────────────────────────────────────────────────────

async function aLog() {
  const { createLogger } = await loadServer<typeof import('../../server/dist/log.js')>('log.js');
  return createLogger({ production: false, logLevel: 'error' });
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

async function asked(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = await connected(url);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
