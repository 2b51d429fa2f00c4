/** Rows of what went wrong and of what was promised. Every insert is made under the author's own id: a retry reads the first row. */
import type { PersonRef } from '@fullname/shared/model';
import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { iso } from './log.ts';
import { failures, people, preferences, promises } from './schema.ts';

export type FailureRow = typeof failures.$inferSelect;
/** A failure as the pane reads it: without what it hangs on. */
export type FailureFacts = Omit<FailureRow, 'customer' | 'fixedAt' | 'closedAt'>;
export type PromiseRow = typeof promises.$inferSelect;
export type PreferenceRow = typeof preferences.$inferSelect;
export type PromiseFacts = Omit<PromiseRow, 'customer' | 'warnedAt'>;
export type PreferenceFacts = Pick<
  PreferenceRow,
  'id' | 'text' | 'source' | 'quote' | 'by' | 'at' | 'idea' | 'ideaDoneAt'
>;

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

export async function storePreference(
  db: Db,
  row: Draft<typeof preferences.$inferInsert>,
): Promise<PreferenceRow | undefined> {
  const [stored] = await db.insert(preferences).values(row).onConflictDoNothing().returning();
  return stored ?? readPreference(db, row.id);
}

export async function readPreference(db: Db, id: string): Promise<PreferenceRow | undefined> {
  const [row] = await db.select().from(preferences).where(eq(preferences.id, id));
  return row;
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
