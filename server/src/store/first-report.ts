/** The first report's row, the one lock behind it, and the company's own past words in batches. */
import type { FirstReport } from '@fullname/shared/book';
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { StoredEntry } from './log.ts';

/** The number of PostgreSQL's advisory lock, which has no name; "past" in ASCII. */
const PAST_LOCK = 0x7061_7374;

const NONE: FirstReport = {
  at: null,
  read: { conversations: 0, sentences: 0 },
  source: 'past',
  running: null,
  phrases: [],
};

/** Is nobody else making one, on any relay? Then nobody else will until the transaction ends, however it ends. */
export async function lockReport(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(${PAST_LOCK}) as held`,
  );
  return rows[0]?.held ?? false;
}

/** The last report. One runs as long as somebody holds the lock: a relay that was killed leaves none that runs for ever. */
export async function readReport(db: Db): Promise<FirstReport> {
  const { rows } = await db.execute<{ report: FirstReport | null; held: boolean }>(sql`
    select (select f.report from first_reports f where f.id = 1) as report,
      exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.granted
        and l.classid = 0 and l.objid = ${PAST_LOCK} and l.objsubid = 1
        and l.database = (select d.oid from pg_database d where d.datname = current_database())) as held`);
  const report = rows[0]?.report ?? NONE;
  // Just begun: nothing of it is written yet.
  return { ...report, running: rows[0]?.held ? (report.running ?? { done: 0, of: 0 }) : null };
}

export async function saveProgress(db: Db, running: { done: number; of: number }): Promise<void> {
  const progress = JSON.stringify(running);
  await db.execute(sql`
    insert into first_reports (id, report) values (1, ${JSON.stringify({ ...NONE, running })}::jsonb)
    on conflict (id) do update set report = jsonb_set(first_reports.report, '{running}', ${progress}::jsonb)`);
}

export async function saveReport(tx: Db, report: FirstReport): Promise<void> {
  const value = JSON.stringify(report);
  await tx.execute(sql`
    insert into first_reports (id, report) values (1, ${value}::jsonb)
    on conflict (id) do update set report = excluded.report, at = now()`);
}

export async function countConversations(db: Db): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from conversations where status <> 'spam'`,
  );
  return rows[0]?.n ?? 0;
}

export type PastConversation = {
  readonly id: string;
  readonly locale: string;
  readonly customer: string | null;
  readonly claimed: string | null;
  /** For the next batch. */
  readonly key: string;
};

/** Conversations, the latest first, after the last one of the batch before. */
export async function readPast(
  db: Db,
  { after, limit }: { readonly after: PastConversation | undefined; readonly limit: number },
): Promise<PastConversation[]> {
  const from = after ? sql`and (c.created_at, c.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``;
  const { rows } = await db.execute<PastConversation>(sql`
    select c.id, c.locale, cu.name as customer, v.claimed_name as claimed, c.created_at::text as key
    from conversations c join visitors v on v.id = c.visitor_id left join customers cu on cu.id = v.customer_id
    where c.status <> 'spam' ${from} order by c.created_at desc nulls last, c.id desc limit ${limit}`);
  return rows;
}

/** An entry that both sides could read, or the note that something failed. The name is for rules that look for it, and for nothing else. */
export type PastEntry = StoredEntry & {
  readonly given: string;
  readonly family: string;
  readonly fullName: string;
};

/** What was said in these conversations, after the last entry of the page before. */
export async function readPastEntries(
  db: Db,
  page: {
    readonly conversations: readonly string[];
    readonly after: PastEntry | undefined;
    readonly limit: number;
  },
): Promise<PastEntry[]> {
  const { after } = page;
  const from = after
    ? sql`and (e.conversation_id, e.seq) > (${after.conversation}::uuid, ${after.seq}::int)`
    : sql``;
  const { rows } = await db.execute<PastEntry>(sql`
    select e.conversation_id as conversation, e.seq, e.public_seq as "publicSeq", e.kind, e.sender_kind as "senderKind",
      e.sender_id as sender, e.client_id as "clientId", e.body, e.data, e.at::text as at,
      coalesce(p.given, '') as given, coalesce(p.family, '') as family, coalesce(p.full_name, '') as "fullName"
    from entries e left join people p on p.id = e.sender_id
    where e.conversation_id = any(${sql.param(page.conversations)}::uuid[])
      and e.kind in ('message', 'hello', 'farewell', 'email-given', 'failure-logged') ${from}
    order by e.conversation_id, e.seq limit ${page.limit}`);
  return rows;
}
