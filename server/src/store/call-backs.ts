/** Rows of call-backs. The rules live in desk/call-backs.ts, the times in site/call-back-times.ts. */
import type { CallBackWay } from '@fullname/shared/model';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { callBacks } from './schema.ts';

export type CallBackRow = typeof callBacks.$inferSelect;

type Window = { readonly site: string; readonly from: string; readonly to: string };

/** Whatever is promised of a site's time in between, by all relays. */
export function readTaken(
  db: Db,
  { site, from, to }: Window,
): Promise<Pick<CallBackRow, 'id' | 'startsAt' | 'endsAt'>[]> {
  return db
    .select({ id: callBacks.id, startsAt: callBacks.startsAt, endsAt: callBacks.endsAt })
    .from(callBacks)
    .where(
      and(
        eq(callBacks.site, site),
        eq(callBacks.state, 'open'),
        lt(callBacks.startsAt, to),
        gt(callBacks.endsAt, from),
      ),
    );
}

/** Until the transaction ends nobody else promises of this site's time. Its conversation is locked before it. */
export async function holdTimes(tx: Db, site: string): Promise<void> {
  await tx.execute(sql`select from sites where id = ${site} for no key update`);
}

/** False where its id is taken, or the conversation has one that is open. */
export async function storeCallBack(
  tx: Db,
  row: Omit<typeof callBacks.$inferInsert, 'way'> & { readonly way: CallBackWay },
): Promise<boolean> {
  const stored = await tx.insert(callBacks).values(row).onConflictDoNothing().returning({ id: callBacks.id });
  return stored.length > 0;
}

/** The one that is open in this conversation, which is locked. */
export async function openCallBack(tx: Db, conversation: string): Promise<CallBackRow | undefined> {
  const [row] = await tx
    .select()
    .from(callBacks)
    .where(and(eq(callBacks.conversation, conversation), eq(callBacks.state, 'open')));
  return row;
}

export async function readCallBack(db: Db, id: string): Promise<CallBackRow | undefined> {
  const [row] = await db.select().from(callBacks).where(eq(callBacks.id, id));
  return row;
}

export async function changeCallBack(
  tx: Db,
  id: string,
  values: Partial<Pick<CallBackRow, 'startsAt' | 'endsAt' | 'promise' | 'state'>>,
): Promise<void> {
  await tx.update(callBacks).set(values).where(eq(callBacks.id, id));
}

/** What a promise was kept for is kept with it. */
export async function keepCallBackOf(tx: Db, promise: string): Promise<void> {
  await tx
    .update(callBacks)
    .set({ state: 'kept' })
    .where(and(eq(callBacks.promise, promise), eq(callBacks.state, 'open')));
}

/** Its person has named a later time: the hour before it. */
export async function moveCallBackOf(tx: Db, promise: string, due: string): Promise<void> {
  await tx
    .update(callBacks)
    .set({ startsAt: sql`${due}::timestamptz - (${callBacks.endsAt} - ${callBacks.startsAt})`, endsAt: due })
    .where(and(eq(callBacks.promise, promise), eq(callBacks.state, 'open')));
}

/** Whether the visitor was written to in their time, or in the quarter of an hour before it. */
export async function wasCalledBack(tx: Db, promise: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from call_backs b join entries e on e.conversation_id = b.conversation_id
    where b.promise_id = ${promise} and b.state = 'open' and b.way = 'chat' and e.sender_kind = 'agent'
      and e.kind in ('hello', 'message', 'file', 'farewell') and e.at >= b.starts_at - interval '15 minutes'
    limit 1`);
  return rows.length > 0;
}

/** Somebody waits here: what was closed, or had not begun, is opened. Whoever speaks with them goes on. */
export async function waitForCallBack(tx: Db, conversation: string): Promise<void> {
  await tx.execute(sql`
    update conversations set version = version + 1,
      waiting_since = case when status = 'open' then waiting_since else coalesce(waiting_since, now()) end,
      holder_id = case when status = 'closed' then null else holder_id end,
      offered_to = case when status = 'closed' then null else offered_to end,
      hello_by = case when status = 'closed' then null else hello_by end,
      status = case when status = 'closed' then 'waiting' else status end
    where id = ${conversation}`);
}
