/** Rows of help between colleagues. Rules live in recovery/requests.ts. */
import type { Rating } from '@fullname/shared/recovery';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { canSignIn } from './people.ts';
import { failures, internalRequests, people, tasks } from './schema.ts';

/** A request with the name of its customer. */
export type RequestRow = typeof internalRequests.$inferSelect & { readonly customerName: string | null };

export const requestColumns = sql`r.id, r.at, r.conversation_id as conversation, r.customer_id as customer,
  cu.name as "customerName", r.failure_id as failure, r.what, r.asker_id as asker, r.provider_id as provider, r.state,
  r.wished_by as "wishedBy", r.due, r.promised_at as "promisedAt", r.answer, r.instead, r.reason,
  r.ended_at as "endedAt", r.rating`;
const requestTables = sql`internal_requests r left join customers cu on cu.id = r.customer_id`;

/** False when another request has this id. */
export async function insertRequest(tx: Db, row: typeof internalRequests.$inferInsert): Promise<boolean> {
  const { rowCount } = await tx.insert(internalRequests).values(row).onConflictDoNothing();
  return rowCount === 1;
}

export async function readRequest(db: Db, id: string): Promise<RequestRow | undefined> {
  return (await requestsWhere(db, sql`r.id = ${id}`))[0];
}

/** The same, locked until the transaction ends: acts on one request come one after the other. */
export async function lockRequest(tx: Db, id: string): Promise<RequestRow | undefined> {
  return (await requestsWhere(tx, sql`r.id = ${id} for update of r`))[0];
}

export type RequestChange = Partial<
  Pick<RequestRow, 'state' | 'due' | 'promisedAt' | 'answer' | 'instead' | 'reason' | 'endedAt' | 'rating'>
>;

export async function changeRequest(tx: Db, id: string, change: RequestChange): Promise<void> {
  await tx.update(internalRequests).set(change).where(eq(internalRequests.id, id));
}

/** What one person was asked, or has asked: the open ones by their time, then those that ended after `since`, the latest first. */
export function readRequestsOf(
  db: Db,
  person: string,
  {
    side,
    since,
    limit,
  }: { readonly side: 'provider' | 'asker'; readonly since: string; readonly limit: number },
): Promise<RequestRow[]> {
  const isOpen = sql`r.state in ('asked', 'promised')`;
  return requestsWhere(
    db,
    sql`${sql.raw(`r.${side}_id`)} = ${person} and (${isOpen} or r.ended_at > ${since})
      order by ${isOpen} desc, r.ended_at desc nulls first, coalesce(r.due, r.wished_by, r.at), r.at, r.id
      limit ${limit}`,
  );
}

async function requestsWhere(db: Db, which: SQL): Promise<RequestRow[]> {
  const { rows } = await db.execute<RequestRow>(
    sql`select ${requestColumns} from ${requestTables} where ${which}`,
  );
  return rows;
}

export type ServedRow = Readonly<Record<Rating, number>> & {
  readonly promised: number;
  readonly inTime: number;
};

/** How one person served colleagues. A promise counts once it was kept or its time has passed. */
export async function countServed(db: Db, provider: string, now: string): Promise<ServedRow> {
  const answered = sql`state in ('answered', 'declined')`;
  const { rows } = await db.execute<ServedRow>(sql`
    select count(*) filter (where rating = 'kind-and-good')::int as "kind-and-good",
      count(*) filter (where rating = 'good')::int as good,
      count(*) filter (where rating = 'slow')::int as slow,
      count(*) filter (where rating = 'not-helped')::int as "not-helped",
      count(*) filter (where due is not null and (${answered} or (state = 'promised' and due < ${now})))::int as promised,
      count(*) filter (where due is not null and ${answered} and ended_at <= due)::int as "inTime"
    from internal_requests where provider_id = ${provider}`);
  const [row] = rows;
  if (!row) throw new Error('an aggregate gives one row');
  return row;
}

/** Marks the open task of a request as reminded of, and answers its id; null where it was, or has ended. */
export async function remindTaskOf(tx: Db, request: string, at: string): Promise<string | null> {
  const [marked] = await tx
    .update(tasks)
    .set({ remindedAt: at })
    .where(and(eq(tasks.request, request), eq(tasks.state, 'open'), isNull(tasks.remindedAt)))
    .returning({ id: tasks.id });
  return marked?.id ?? null;
}

/** Those who were invited but have not joined would never hear of it. */
export async function isActivePerson(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, id), canSignIn()));
  return rows.length > 0;
}

/** Whether a failure belongs to this conversation or to its customer. */
export async function isFailureOf(
  db: Db,
  failure: string,
  of: { readonly conversation: string; readonly customer: string | null },
): Promise<boolean> {
  const rows = await db
    .select({ id: failures.id })
    .from(failures)
    .where(
      and(
        eq(failures.id, failure),
        sql`(${failures.conversation} = ${of.conversation} or ${failures.customer} = ${of.customer}::uuid)`,
      ),
    );
  return rows.length > 0;
}
