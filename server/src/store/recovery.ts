/** Rows of what went wrong and of what was promised. Every insert is made under the author's own id: a retry reads the first row. */
import type { PersonRef } from '@fullname/shared/model';
import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { iso } from './log.ts';
import { failures, people, promises } from './schema.ts';

export type FailureRow = typeof failures.$inferSelect;
/** A failure as the pane reads it: without what it hangs on. */
export type FailureFacts = Omit<FailureRow, 'customer' | 'fixedAt' | 'closedAt'>;
export type PromiseRow = typeof promises.$inferSelect;
export type PromiseFacts = Omit<PromiseRow, 'customer' | 'warnedAt'>;

type Draft<Row> = Row & { readonly id: string };

/** Stores the row, or gives back the one that was stored under its id before. */
export async function storeFailure(
  db: Db,
  row: Draft<typeof failures.$inferInsert>,
): Promise<FailureRow | undefined> {
  const [stored] = await db.insert(failures).values(row).onConflictDoNothing().returning();
  if (stored) return stored;
  const [first] = await db.select().from(failures).where(eq(failures.id, row.id));
  return first;
}

export async function storePromise(
  db: Db,
  row: Draft<typeof promises.$inferInsert>,
): Promise<PromiseRow | undefined> {
  const [stored] = await db.insert(promises).values(row).onConflictDoNothing().returning();
  if (stored) return stored;
  const [first] = await db.select().from(promises).where(eq(promises.id, row.id));
  return first;
}

/** Marks a promise of this customer or conversation as kept; the first time it was kept stays. */
export async function markKept(
  db: Db,
  promise: { readonly id: string; readonly customer: string | null; readonly conversation: string },
): Promise<PromiseRow | undefined> {
  const ofCustomer = promise.customer === null ? undefined : eq(promises.customer, promise.customer);
  const [kept] = await db
    .update(promises)
    .set({ keptAt: sql`coalesce(${promises.keptAt}, now())` })
    .where(and(eq(promises.id, promise.id), or(eq(promises.conversation, promise.conversation), ofCustomer)))
    .returning();
  return kept;
}

const openOrOwed = sql`(stage <> 'closed' or owed is not null)`;

/**
 * What the next agent should know of: whatever is open or owed, however old; what is closed until the date of its flag, or
 * for a year where nobody set one. `now` in milliseconds.
 */
export const isFlagged = (now: number) => sql`(${openOrOwed}
  or coalesce(flag_until, at + interval '1 year') > ${new Date(now).toISOString()}::timestamptz)`;

/** The same for a row of a list: is anything open or owed, and until when is what is closed flagged? Each from an index. */
export const flagsOf = (whose: SQL) => sql`select
  exists (select 1 from failures where ${whose} and ${openOrOwed}) as open,
  greatest((select max(flag_until) from failures where ${whose} and flag_until is not null),
    (select at + interval '1 year' from failures where ${whose} and flag_until is null
      order by at desc nulls last limit 1)) as until`;

/** The latest failures of a customer, newest first. */
export function readFailures(db: Db, customer: string, limit: number): Promise<FailureRow[]> {
  return db
    .select()
    .from(failures)
    .where(eq(failures.customer, customer))
    .orderBy(desc(failures.at), failures.id)
    .limit(limit);
}

/** Names a person by id, as the directory does. */
export type Names = (id: string) => PersonRef;

/** The names behind the given ids, read in one query. People are never deleted while a row refers to them. */
export async function readNames(db: Db, ids: readonly string[]): Promise<Names> {
  const rows = await db
    .select({ id: people.id, fullName: people.fullName })
    .from(people)
    .where(inArray(people.id, [...new Set(ids)]));
  const names = new Map(rows.map((row) => [row.id, row]));
  return (id) => {
    const person = names.get(id);
    if (!person) throw new Error(`a row refers to person ${id}, who is not there`);
    return person;
  };
}

/** A time of a row, or null, as an ISO string. */
export function isoOrNull(time: string | null): string | null {
  return time === null ? null : iso(time);
}
