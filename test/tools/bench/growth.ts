/**
 * What reading costs when a company has much behind it: lists, history, search, the customer's pane and the append, by the
 * product's own functions, with 10⁴, 10⁵, 10⁶ and by command 10⁷ messages, in turns; and the plans of the statements they
 * really sent. `--rows N` for the largest company, `--rounds N` readings a figure, `--only WORD` for those readings whose name
 * holds it.
 */
import pg from 'pg';
import { atMost, type Measured, median, percentile, type Stage } from '../../support/figures.ts';
import { loadServer } from '../../support/root.ts';
import { aLog, type Bench, startStore } from './bench.ts';
import { countsOf, fill, idOf, LIVE, person } from './company.ts';
import { type Found, plansOf } from './plans.ts';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000] as const;
/** The company beside which the largest is held. */
const BESIDE = 100_000;
/** From there to the largest a reading may become this much slower: two levels more in each index. */
const FLAT = 1.5;
/** How many customers and conversations are looked at, in turns: about those whom a desk sees in a day. */
const SEEN = 200;
/** How many of them have their plans looked at. */
const PLANS = 5;
const ROUNDS = 2 * SEEN;
/** Memory for companies of all sizes at once; little log for what is made anew; and nobody who tidies up while it is measured. */
const SETTINGS = [
  ...['shared_buffers=1GB', 'wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=16GB'],
  ...['checkpoint_timeout=1h', 'autovacuum=off'],
];
/** What takes long is read less often: not for longer than this, once it has been read so many times. */
const ENOUGH = { milliseconds: 20_000, rounds: 10 } as const;

export const growth: Bench = {
  what: 'lists, history, search, the pane and the append from 10⁴ messages to 10⁶ (10⁷ with --rows), and their plans',
  flags: ['rows', 'rounds', 'only'],
  async measure(stage) {
    const largest = stage.number('rows', 1_000_000);
    const rounds = stage.number('rounds', ROUNDS);
    const only = stage.flag('only') ?? '';
    const store = await startStore(stage, SETTINGS);
    const companies: Company[] = [];
    for (const rows of SIZES)
      if (rows <= largest) companies.push(await aCompany(stage, { url: store.url, rows }));
    const readings = (await theReadings()).filter(({ name }) => name.includes(only));
    const plans: Measured[] = [];
    const times: Measured[] = [];
    for (const reading of readings)
      try {
        plans.push(...(await planFigures(stage, companies, reading)));
        times.push(...(await timed(stage, { companies, reading, rounds })));
      } catch (error) {
        // One that takes longer than the pool allows must not take the figures of all the others with it.
        stage.progress(`${reading.name}: ${String(error)}`);
        times.push(atMost(`${reading.name}: readings that failed`, [1, ''], { must: 0 }));
      }
    return [...times, ...plans];
  },
};

// ── What is read ────────────────────────────────────────────────────────────

type Stores = typeof import('../../../server/dist/store/database.js');
type Database = Awaited<ReturnType<Stores['openDatabase']>>;
type Seen = { readonly conversation: string; readonly visitor: string; readonly customer: string | null };
type Kind = 'ordinary' | 'heavy' | 'unlinked' | 'live';
type Company = {
  readonly rows: number;
  readonly name: string;
  readonly database: Database;
  readonly seen: Readonly<Record<Kind, readonly Seen[]>>;
};
type Reading = {
  readonly name: string;
  readonly of: Kind;
  /** The largest ÷ the middle company, at most. Null: it is only shown. */
  readonly must: number | null;
  read(database: Database, seen: Seen, turn: number): Promise<unknown>;
};

async function theReadings(): Promise<Reading[]> {
  return [...(await listsAndHistory()), ...(await searches()), ...(await panes()), await theAppend()];
}

async function listsAndHistory(): Promise<Reading[]> {
  const conversations =
    await loadServer<typeof import('../../../server/dist/store/conversations.js')>('store/conversations.js');
  const lists = await loadServer<typeof import('../../../server/dist/store/lists.js')>('store/lists.js');
  const waits = await loadServer<typeof import('../../../server/dist/store/waits.js')>('store/waits.js');
  const { readLog, readPublicLog } =
    await loadServer<typeof import('../../../server/dist/store/log.js')>('store/log.js');
  const { readBefore } =
    await loadServer<typeof import('../../../server/dist/store/writing.js')>('store/writing.js');
  // One of those who hold something.
  const me = person(1);
  const list = (view: 'waiting' | 'mine' | 'all' | 'closed'): Reading => ({
    ...{ name: `list, ${view}`, of: 'live', must: FLAT },
    read: ({ db }) => lists.listConversations(db, { me, view, after: null, limit: 40 }),
  });
  return [
    ...(['waiting', 'mine', 'all', 'closed'] as const).map(list),
    {
      ...{ name: 'list, closed, a page from a year ago', of: 'live', must: FLAT },
      read: ({ db }) => {
        const key = new Date(Date.now() - 365 * 86_400_000).toISOString();
        const after = { key, id: '00000000-0000-0000-0000-000000000000' };
        return lists.listConversations(db, { me, view: 'closed', after, limit: 40 });
      },
    },
    {
      ...{ name: 'list, counts', of: 'live', must: FLAT },
      read: ({ db }) => conversations.countConversations(db),
    },
    {
      ...{ name: 'history, last page for an agent', of: 'ordinary', must: FLAT },
      read: ({ db }, { conversation }) => readLog(db, conversation, { limit: 50 }),
    },
    {
      ...{ name: 'history, an earlier page', of: 'ordinary', must: FLAT },
      read: ({ db }, { conversation }) => readLog(db, conversation, { before: 15, limit: 50 }),
    },
    {
      ...{ name: 'history, what a visitor lacks', of: 'ordinary', must: FLAT },
      read: ({ db }, { conversation }) => readPublicLog(db, conversation, { after: 15, limit: 50 }),
    },
    {
      ...{ name: 'opening, the conversation itself', of: 'ordinary', must: FLAT },
      read: ({ db }, { conversation }) => conversations.readConversation(db, conversation, me),
    },
    {
      ...{ name: 'opening, phrases used before', of: 'ordinary', must: null },
      read: ({ db }, seen) => readBefore(db, seen),
    },
    {
      ...{ name: "welcome, a visitor's conversations", of: 'ordinary', must: FLAT },
      read: ({ db }, { visitor }) => conversations.conversationsOfVisitor(db, { visitor, limit: 20 }),
    },
    {
      ...{ name: 'expectation, the latest waits', of: 'ordinary', must: null },
      read: ({ db }) => waits.readWaits(db),
    },
  ];
}

async function searches(): Promise<Reading[]> {
  const { searchConversations } =
    await loadServer<typeof import('../../../server/dist/store/search.js')>('store/search.js');
  const { tsqueryOf } =
    await loadServer<typeof import('../../../server/dist/desk/search-terms.js')>('desk/search-terms.js');
  const { searchCustomers } =
    await loadServer<typeof import('../../../server/dist/people/customers.js')>('people/customers.js');
  const search = (name: string, text: (turn: number) => string): Reading => ({
    ...{ name: `search, ${name}`, of: 'ordinary', must: null },
    read: ({ db }, _seen, turn) =>
      searchConversations(db, { me: person(0), text: text(turn), words: tsqueryOf(text(turn)), limit: 40 }),
  });
  return [
    search('a word of one conversation', (turn) => `order${turn % 300}x`),
    search('a word of every tenth conversation', () => 'vase'),
    search("a customer's name", () => 'Lindqvist'),
    search('an address', (turn) => `c${turn % 200}@example.com`),
    {
      ...{ name: 'search, customers to link', of: 'ordinary', must: null },
      read: ({ db }) => searchCustomers(db, 'Lindqvist'),
    },
  ];
}

async function panes(): Promise<Reading[]> {
  const { readRecord } =
    await loadServer<typeof import('../../../server/dist/store/records.js')>('store/records.js');
  const { readWorth } =
    await loadServer<typeof import('../../../server/dist/store/value.js')>('store/value.js');
  const now = Date.now();
  return [
    ...(['ordinary', 'heavy', 'unlinked'] as const).map(
      (of): Reading => ({
        ...{ name: `pane, ${of}`, of, must: FLAT },
        read: ({ db }, { conversation, visitor }) =>
          readRecord(db, { id: conversation, visitor, locale: 'en', now }),
      }),
    ),
    ...(['ordinary', 'heavy'] as const).map(
      (of): Reading => ({
        ...{ name: `pane, value, ${of}`, of, must: FLAT },
        read: async ({ db }, { customer }) => customer && readWorth(db, { customer, now }),
      }),
    ),
  ];
}

/** One row a statement, with its commit; the batch shares all but the row. */
async function theAppend(): Promise<Reading> {
  const { appendPrepared } =
    await loadServer<typeof import('../../../server/dist/store/log.js')>('store/log.js');
  return {
    ...{ name: 'append, one message', of: 'live', must: null },
    read: async ({ pool }, { conversation, visitor }) => {
      const row = {
        conversation,
        senderKind: 'visitor' as const,
        sender: visitor,
        clientId: crypto.randomUUID(),
      };
      const words = { kind: 'message', body: 'Is it on its way?', data: null, isPublic: true, seen: null };
      const [appended] = await appendPrepared(pool, [{ ...row, ...words }]);
      if (appended?.outcome !== 'stored') throw new Error(`the append was refused: ${appended?.outcome}`);
    },
  };
}

// ── The companies ───────────────────────────────────────────────────────────

async function aCompany(stage: Stage, { url, rows }: { url: string; rows: number }): Promise<Company> {
  const name = `fullname_growth_${rows}`;
  const at = Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const started = performance.now();
  const admin = await connected(url);
  await admin.query(`create database ${name}`);
  await admin.end();
  const { openDatabase } = await loadServer<Stores>('store/database.js');
  const { readConfig } = await loadServer<typeof import('../../../server/dist/config.js')>('config.js');
  const database = await openDatabase(readConfig({ DATABASE_URL: at, LOG_LEVEL: 'error' }), await aLog());
  stage.atEnd(() => database.close());
  await fill(() => connected(at), { failures: rows / 10 });
  const size = await database.pool.query<{ size: string }>(
    `select pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  const took = Math.round((performance.now() - started) / 1000);
  stage.progress(`${rows.toLocaleString('en-GB')} messages: ${size.rows[0]?.size}, made in ${took} s`);
  return { rows, name: rows.toLocaleString('en-GB'), database, seen: await seenIn(database, rows / 10) };
}

/** The same numbers in all: the customers of the smallest are in the others as well. */
async function seenIn({ pool }: Database, failures: number): Promise<Company['seen']> {
  const { customers } = countsOf({ failures });
  const step = Math.max(1, Math.floor(customers / SEEN));
  const of = async (which: string) => {
    const { rows } = await pool.query<Seen>(
      `select v.id as visitor, v.customer_id as customer,
         (select c.id from conversations c where c.visitor_id = v.id order by c.id limit 1) as conversation
       from visitors v where v.id = any(array(${which}))`,
    );
    const seen = rows.filter(({ conversation }) => conversation !== null);
    if (seen.length === 0) throw new Error('nobody to look at');
    return seen;
  };
  const numbers = `generate_series(0, ${SEEN - 1}) g`;
  return {
    ordinary: await of(`select ${idOf('visitor', `(g * ${step})`)} from ${numbers}`),
    heavy: await of(`select ${idOf('heavy', 0)}`),
    unlinked: await of(`select ${idOf('visitor', `(${customers} + g)`)} from ${numbers}`),
    live: await of(`select visitor_id from conversations where status = 'open' limit ${LIVE / 2}`),
  };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

// ── Plans and times ─────────────────────────────────────────────────────────

async function planFigures(
  stage: Stage,
  companies: readonly Company[],
  { name, of, read }: Reading,
): Promise<Measured[]> {
  const [middle, large] = [companies.find(({ rows }) => rows === BESIDE), companies.at(-1)];
  if (!middle || !large) return [];
  const look = async ({ database, seen }: Company): Promise<Found> =>
    plansOf(database.pool, async () => {
      for (const [turn, one] of seen[of].slice(0, PLANS).entries()) await read(database, one, turn);
    });
  const [before, after] = [await look(middle), await look(large)];
  for (const scan of after.scans)
    stage.progress(`${name}: sequential scan of ${scan.table} by ${scan.statement}`);
  const figures = [
    atMost(`${name}: sequential scans of growing tables`, [after.scans.length, ''], { must: 0 }),
    atMost(`${name}: pages touched, ${middle.name}`, [before.pages, '']),
  ];
  return middle === large
    ? figures
    : [...figures, atMost(`${name}: pages touched, ${large.name}`, [after.pages, ''])];
}

type Timing = {
  readonly companies: readonly Company[];
  readonly reading: Reading;
  readonly rounds: number;
};

/** All sizes in turns, whoever is first changing with each round. */
async function timed(stage: Stage, { companies, reading, rounds }: Timing): Promise<Measured[]> {
  const { name, of, read, must } = reading;
  const times = new Map<Company, number[]>(companies.map((company) => [company, []]));
  for (const company of companies) await warmUp(company, reading);
  const until = performance.now() + ENOUGH.milliseconds;
  for (let round = 0; round < rounds; round += 1) {
    if (round >= ENOUGH.rounds && performance.now() > until) break;
    for (const company of round % 2 === 0 ? companies : companies.toReversed()) {
      const people = company.seen[of];
      const seen = people[round % people.length];
      if (!seen) continue;
      const before = performance.now();
      await read(company.database, seen, round);
      times.get(company)?.push(performance.now() - before);
    }
  }
  const medians = [...times].map(([company, values]) => [company, median(values)] as const);
  stage.progress(
    `${name}: ${medians.map(([company, value]) => `${company.name} ${value.toFixed(2)} ms`).join(', ')}`,
  );
  const figures = medians.map(([company, value]) => atMost(`${name}: p50, ${company.name}`, [value, 'ms']));
  const [large, values = []] = [...times].at(-1) ?? [];
  const middle = medians.find(([company]) => company.rows === BESIDE);
  if (!large || !middle || large.rows === BESIDE) return figures;
  return [
    atMost(
      `${name}: ${large.name} ÷ ${middle[0].name}, p50`,
      [median(values) / middle[1], ''],
      must === null ? {} : { must },
    ),
    ...figures,
    atMost(`${name}: p99, ${large.name}`, [percentile(values, 0.99), 'ms']),
  ];
}

/** Everybody is looked at once before it counts: what a desk has before it every day is in memory, whatever the company's size. */
async function warmUp({ database, seen }: Company, { of, read }: Reading): Promise<void> {
  const until = performance.now() + ENOUGH.milliseconds / 4;
  for (const [turn, one] of seen[of].entries()) {
    if (performance.now() > until) break;
    await read(database, one, turn);
  }
}
