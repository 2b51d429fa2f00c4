/** The tables of the job queue, which are pg-boss's own, and its statements run where we want them: in a transaction, at our time. */
import { type SQL, sql } from 'drizzle-orm';
import type pg from 'pg';
import PgBoss from 'pg-boss';
import type { Logger } from '../log.ts';
import type { Db } from './db.ts';

const SCHEMA = 'jobs';
const DAY_S = 24 * 60 * 60;

/** Jobs that are done are kept for a while, dead ones long enough to be looked at. */
const kept = { archiveCompletedAfterSeconds: 7 * DAY_S, archiveFailedAfterSeconds: 365 * DAY_S } as const;

/** Every queue there is; a job that nobody made a queue for would be lost. */
export const QUEUES = [
  'mail-send',
  'push-send',
  'task-remind',
  'promise-warn',
  'promise-tell',
  'request-warn',
  'allies-told',
  'value-fit',
  'file-forget',
  'conversation-forget',
  'call-back-miss',
] as const;

/** Each try has a lease. A handler must give up before it ends, for then another relay may take the job. */
const LEASE_SECONDS = 300;

const queueSettings = {
  policy: 'standard',
  expireInSeconds: LEASE_SECONDS,
  /** Ten more tries, about 30 s after the first and then twice as long each: half a day in all. */
  ...{ retryLimit: 10, retryDelay: 30, retryBackoff: true },
} as const;

/** Makes or updates the queue's tables. To be called where only one relay at a time can be: making two queues at once deadlocks. */
export async function installQueue(client: pg.Client): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values) },
    ...{ schema: SCHEMA, supervise: false, schedule: false },
  });
  await boss.start();
  for (const name of QUEUES) await boss.createQueue(name, { name, ...queueSettings });
}

/** pg-boss over a pool. What it calls "now" is `now()`, in milliseconds: one clock for due times, leases and backoff. */
export function openQueue({ pool, now, log }: { pool: pg.Pool; now: () => number; log: Logger }): PgBoss {
  return new PgBoss({
    db: {
      executeSql: (text, values) =>
        pool.query(atTime(text, now()), values).catch((error: unknown) => {
          // pg-boss keeps some of these to itself.
          log.warn({ err: error }, 'the job queue did not get an answer from the store');
          throw error;
        }),
    },
    ...{ schema: SCHEMA, supervise: false, schedule: false, ...kept },
  });
}

/** The caller's transaction, as pg-boss takes it. */
export function inTransaction(tx: Db): PgBoss.Db {
  return { executeSql: async (text, values) => ({ rows: (await tx.execute(bound(text, values))).rows }) };
}

export type DeadJob = {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly trouble: string | null;
};

/** Jobs that failed too often, the latest first. */
export async function readDeadJobs(db: Pick<Db, 'execute'>): Promise<DeadJob[]> {
  const { rows } = await db.execute<DeadJob>(sql`
    select id, name, data, coalesce(output->>'message', output->'value'->>'message') as trouble
    from jobs.job where state = 'failed' order by completed_on desc limit 100`);
  return rows;
}

export type JobCounts = { readonly queue: string; readonly due: number; readonly later: number };

/** How many jobs wait, by queue: due at `now` (milliseconds), or later. Read by the index of waiting jobs. */
export async function readJobCounts(pool: pg.Pool, now: number): Promise<JobCounts[]> {
  const { rows } = await pool.query<JobCounts>(
    `select name as queue, count(*) filter (where start_after <= to_timestamp($1))::int as due,
       count(*) filter (where start_after > to_timestamp($1))::int as later
     from jobs.job where state < 'active' group by name`,
    [now / 1000],
  );
  return rows;
}

/** The database's clock is not ours to move, and relays on several machines have one of it: ours is written into the statement. */
function atTime(text: string, now: number): string {
  return text.replace(/\bnow\(\)/g, `to_timestamp(${now / 1000})`);
}

/** Numbered values, as the driver takes them, for the query layer that holds the transaction. */
function bound(text: string, values: readonly unknown[]): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(
    parts.map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql.param(values[Number(part) - 1] ?? null),
    ),
  );
}
