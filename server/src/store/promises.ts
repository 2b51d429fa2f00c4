/** Rows of promises. The rules live in recovery/promises.ts. */
import type { PromiseOutcome } from '@fullname/shared/recovery';
import { and, count, desc, eq, getTableColumns, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { PromiseRow } from './recovery.ts';
import { conversations, customers, promises, tasks } from './schema.ts';

/** Stores a promise, or reads the one that was stored under its id before. */
export async function storePromise(
  tx: Db,
  row: typeof promises.$inferInsert & { readonly id: string },
): Promise<{ readonly row: PromiseRow; readonly isNew: boolean }> {
  const [stored] = await tx.insert(promises).values(row).onConflictDoNothing().returning();
  if (stored) return { row: stored, isNew: true };
  const first = await readPromise(tx, row.id);
  if (!first) throw new Error('a promise that conflicts must be there');
  return { row: first, isNew: false };
}

export async function readPromise(db: Db, id: string): Promise<PromiseRow | undefined> {
  const [row] = await db.select().from(promises).where(eq(promises.id, id));
  return row;
}

/** A promise, locked until the transaction ends. Its conversation is locked before it, by everybody. */
export async function lockPromise(tx: Db, id: string): Promise<PromiseRow | undefined> {
  const [row] = await tx.select().from(promises).where(eq(promises.id, id)).for('update');
  return row;
}

/** Writes what has changed of a promise that is locked. */
export async function changePromise(
  tx: Db,
  id: string,
  values: Partial<Pick<PromiseRow, 'due' | 'firstDue' | 'keptAt' | 'warnedAt' | 'toldAt'>>,
): Promise<PromiseRow> {
  const [row] = await tx.update(promises).set(values).where(eq(promises.id, id)).returning();
  if (!row) throw new Error('a promise that is locked must be there');
  return row;
}

/** With the things to do for it. */
export async function removePromise(tx: Db, id: string): Promise<void> {
  await tx.delete(promises).where(eq(promises.id, id));
}

/** Whether anybody is spoken with there: not when it was put aside, or its visitor's browser is blocked. */
export async function isSpokenIn(db: Db, conversation: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from conversations c join visitors v on v.id = c.visitor_id
    where c.id = ${conversation} and c.status <> 'spam' and v.blocked_at is null`);
  return rows.length > 0;
}

/** What a visitor was promised in their conversations and is still to come, at this moment in milliseconds. */
export function readAhead(
  db: Db,
  { visitor, now }: { readonly visitor: string; readonly now: number },
): Promise<PromiseRow[]> {
  return db
    .select(getTableColumns(promises))
    .from(promises)
    .innerJoin(conversations, eq(conversations.id, promises.conversation))
    .where(
      and(
        eq(conversations.visitor, visitor),
        isNull(promises.keptAt),
        gt(promises.due, new Date(now).toISOString()),
      ),
    );
}

/** Notes that the owner of the open task with this key is told of it now, and which it is; null where there is none. */
export async function noteWarning(tx: Db, key: string, at: string): Promise<string | null> {
  const [row] = await tx
    .update(tasks)
    .set({ remindedAt: at })
    .where(and(eq(tasks.key, key), eq(tasks.state, 'open')))
    .returning({ id: tasks.id });
  return row?.id ?? null;
}

const keeper = sql`coalesce(${promises.keeper}, ${promises.by})`;

export type KeptRow = Pick<
  PromiseRow,
  'id' | 'text' | 'due' | 'firstDue' | 'keptAt' | 'toldAt' | 'createdAt'
> & {
  readonly conversation: string | null;
  readonly customer: string | null;
  readonly customerName: string | null;
};

type Own = { readonly person: string; readonly kept: boolean; readonly limit: number };

/** What this person has kept, the latest first; or keeps still, by due time. */
export function readPromisesOf(db: Db, { person, kept, limit }: Own): Promise<KeptRow[]> {
  return db
    .select({
      id: promises.id,
      text: promises.text,
      due: promises.due,
      firstDue: promises.firstDue,
      keptAt: promises.keptAt,
      toldAt: promises.toldAt,
      createdAt: promises.createdAt,
      conversation: promises.conversation,
      customer: promises.customer,
      customerName: customers.name,
    })
    .from(promises)
    .leftJoin(customers, eq(customers.id, promises.customer))
    .where(and(eq(keeper, person), kept ? isNotNull(promises.keptAt) : isNull(promises.keptAt)))
    .orderBy(desc(promises.keptAt), promises.due, desc(promises.id))
    .limit(limit);
}

/** `now` in milliseconds; `early`: the part of its time that must be left. */
type Counting = { readonly person: string; readonly now: number; readonly early: number };

/** How many of this person's promises are open, or were kept how: `outcomeOf` in SQL, since they become many in the years. */
export function countPromisesOf(db: Db, { person, now, early }: Counting) {
  const { due, keptAt, createdAt } = promises;
  const first = sql`coalesce(${promises.firstDue}, ${due})`;
  return db
    .select({
      outcome: sql<PromiseOutcome>`case
        when ${keptAt} is null then case when ${due} > ${new Date(now).toISOString()}::timestamptz then 'open' else 'slipped' end
        when ${keptAt} <= ${first} then
          case when ${first} - ${keptAt} >= ${early} * (${first} - ${createdAt}) then 'early' else 'kept' end
        when ${keptAt} <= ${due} and ${promises.toldAt} < ${first} then 'moved'
        else 'late' end`,
      count: count(),
    })
    .from(promises)
    .where(eq(keeper, person))
    .groupBy(sql`1`);
}
