/** Rows of what customers like. Rules live in people/preferences.ts. */
import type { Reach } from '@fullname/shared/model';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { preferences } from './schema.ts';
import { forgetTerms } from './search.ts';

export type PreferenceRow = typeof preferences.$inferSelect;
/** A preference as the pane reads it. */
export type PreferenceFacts = Pick<
  PreferenceRow,
  'id' | 'text' | 'source' | 'quote' | 'by' | 'at' | 'reach' | 'idea' | 'ideaDoneAt'
>;

/** Whose preferences: a customer's, and those noted in a visitor's own conversations. */
export type Whose = { readonly customer: string | null; readonly visitor: string | null };

/** Stores the row, or gives back the one that was stored under its id before. */
export async function storePreference(
  db: Db,
  row: typeof preferences.$inferInsert & { readonly id: string },
): Promise<PreferenceRow | undefined> {
  const [stored] = await db.insert(preferences).values(row).onConflictDoNothing().returning();
  if (stored) return stored;
  const [first] = await db.select().from(preferences).where(eq(preferences.id, row.id));
  return first;
}

/** One of theirs, locked until the end of the transaction; removed ones as well. */
export async function lockPreference(tx: Db, id: string, whose: Whose): Promise<PreferenceRow | undefined> {
  const [row] = await tx
    .select()
    .from(preferences)
    .where(and(eq(preferences.id, id), theirs(whose)))
    .for('update');
  return row;
}

export async function updatePreference(
  tx: Db,
  id: string,
  change: Partial<Omit<PreferenceRow, 'id' | 'customer' | 'conversation' | 'by' | 'at'>>,
): Promise<PreferenceRow | undefined> {
  const [row] = await tx.update(preferences).set(change).where(eq(preferences.id, id)).returning();
  return row;
}

/** Other words for what the log says that was noted; the search forgets the first ones. Rows of old have no entry. */
export async function forgetLine(
  tx: Db,
  { id, conversation, by }: Pick<PreferenceRow, 'id' | 'conversation' | 'by'>,
  words: string,
): Promise<void> {
  if (conversation === null) return;
  await tx.execute(sql`
    with said as (
      update entries set body = ${words}
      where conversation_id = ${conversation} and sender_id = ${by} and client_id = ${id} and kind = 'preference-noted'
      returning conversation_id
    )
    ${forgetTerms}`);
}

/** Theirs without the removed ones, the newest first. */
export function readPreferences(db: Db, whose: Whose, limit: number): Promise<PreferenceRow[]> {
  return db
    .select()
    .from(preferences)
    .where(and(theirs(whose), sql`${preferences.removedAt} is null`))
    .orderBy(sql`${preferences.at} desc`, preferences.id)
    .limit(limit);
}

/** How they would like to be reached, as it was noted last: a customer's, or what was noted beside one conversation. */
export async function readReach(
  db: Db,
  { customer, conversation }: Pick<PreferenceRow, 'customer' | 'conversation'>,
): Promise<{ reach: Reach; text: string } | null> {
  const { rows } = await db.execute<{ reach: Reach; text: string }>(sql`
    select reach, text from preferences
    where reach is not null and removed_at is null
      and (customer_id = ${customer}::uuid or conversation_id = ${conversation}::uuid)
    order by at desc, id limit 1`);
  return rows[0] ?? null;
}

/** The customer whose browser this is by a site's signature; an agent's word is none. */
export async function readProvenCustomer(db: Db, visitor: string): Promise<string | null> {
  const { rows } = await db.execute<{ customer: string | null }>(sql`
    select customer_id as customer from visitors where id = ${visitor} and linked_by is null`);
  return rows[0]?.customer ?? null;
}

function theirs({ customer, visitor }: Whose): SQL {
  return sql`(${preferences.customer} = ${customer}::uuid or ${preferences.conversation} = any(array(
    select o.id from conversations o where o.visitor_id = ${visitor}::uuid)))`;
}
