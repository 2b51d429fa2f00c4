/** The plans of what was really sent: the pool is listened to while something is read, and each statement is explained. */
import type pg from 'pg';
import { median } from '../../support/figures.ts';

/** Tables that grow with a company's past. */
const GROWING = new Set(
  `customers visitors conversations entries search_terms desks failures purchases preferences promises tasks goodwill
  internal_requests customer_merges mails identities phrase_uses`.split(/\s+/),
);
/** A statement that could only read a table as a whole does so for fewer rows than this, whatever its indexes. */
const SMALL_TABLE = 5_000;

export type Found = {
  /** Each growing table that is read as a whole, once, with the words by which its statement begins. */
  readonly scans: readonly { readonly table: string; readonly statement: string }[];
  /** Pages that a statement touches, the median of all that were sent. */
  readonly pages: number;
};

type Sent = { readonly text: string; readonly values: readonly unknown[]; readonly name: string | undefined };
type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly Plan[];
};

export async function plansOf(pool: pg.Pool, work: () => Promise<unknown>): Promise<Found> {
  const sent = await listen(pool, work);
  if (sent.length === 0) throw new Error('The reading sent no statement.');
  const large = await largeTables(pool);
  const client = await pool.connect();
  try {
    const found = new Map<string, { table: string; statement: string }>();
    const pages: number[] = [];
    for (const one of sent) {
      const plan = await explain(client, one);
      pages.push((plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0));
      const plans = [plan, ...(one.name === undefined ? [] : [await explainGeneric(client, one)])];
      for (const table of plans.flatMap(scannedIn)) {
        const statement = one.text.trim().replace(/\s+/g, ' ').slice(0, 100);
        if (large.has(table)) found.set(`${table} ${statement}`, { table, statement });
      }
    }
    return { scans: [...found.values()], pages: median(pages) };
  } finally {
    client.release();
  }
}

/** What the work sends to the pool. */
async function listen(pool: pg.Pool, work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const query = pool.query;
  const listening = (...given: unknown[]): unknown => {
    const [first, values] = given as [
      string | { text: string; values?: unknown[]; name?: string },
      unknown[]?,
    ];
    const asked = typeof first === 'string' ? { text: first } : first;
    sent.push({ text: asked.text, values: values ?? asked.values ?? [], name: asked.name });
    return Reflect.apply(query, pool, given);
  };
  pool.query = listening as typeof pool.query;
  try {
    await work();
  } finally {
    pool.query = query;
  }
  return sent;
}

async function largeTables(pool: pg.Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and reltuples > ${SMALL_TABLE}`,
  );
  return new Set(rows.map(({ name }) => name).filter((name) => GROWING.has(name)));
}

/** What it writes is taken back. */
async function explain(client: pg.PoolClient, { text, values }: Sent): Promise<Plan> {
  await client.query('begin');
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (analyze, buffers, timing off, format json) ${text}`,
      [...values],
    );
    return planIn(rows);
  } finally {
    await client.query('rollback');
  }
}

/** A statement with a name is planned once for all values, when it has been sent some times. */
async function explainGeneric(client: pg.PoolClient, { text, values }: Sent): Promise<Plan> {
  const literals = values.map((value) => literalOf(client, value)).join(', ');
  await client.query(`prepare bench_statement as ${text}`);
  await client.query('begin');
  try {
    await client.query('set local plan_cache_mode = force_generic_plan');
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (format json) execute bench_statement(${literals})`,
    );
    return planIn(rows);
  } finally {
    await client.query('rollback');
    await client.query('deallocate bench_statement');
  }
}

/** A list as PostgreSQL reads one from text, as the driver would have sent it. */
function literalOf(client: pg.PoolClient, value: unknown): string {
  if (value === null) return 'null';
  const text = Array.isArray(value)
    ? `{${value.map((one) => (one === null ? 'null' : JSON.stringify(String(one)))).join(',')}}`
    : String(value);
  return client.escapeLiteral(text);
}

function planIn(rows: readonly { readonly 'QUERY PLAN': readonly [{ readonly Plan: Plan }] }[]): Plan {
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (!plan) throw new Error('PostgreSQL gave no plan.');
  return plan;
}

function scannedIn(plan: Plan): string[] {
  const own = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scannedIn)];
}
