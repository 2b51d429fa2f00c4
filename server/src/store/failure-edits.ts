/** Rows of the history of a failure: who changed what, and the words that customers are quoted with. */
import type { FailureEdit, Quote } from '@fullname/shared/recovery';
import { desc, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { failureEdits } from './schema.ts';

export type EditRow = typeof failureEdits.$inferSelect;

/** False when the id is another edit's. */
export async function insertEdit(tx: Db, edit: EditRow): Promise<boolean> {
  const rows = await tx
    .insert(failureEdits)
    .values(edit)
    .onConflictDoNothing()
    .returning({ id: failureEdits.id });
  return rows.length === 1;
}

export async function readEdit(db: Db, id: string): Promise<EditRow | undefined> {
  const [row] = await db.select().from(failureEdits).where(eq(failureEdits.id, id));
  return row;
}

/** The newest first. */
export function readEdits(db: Db, failure: string, limit: number): Promise<EditRow[]> {
  return db
    .select()
    .from(failureEdits)
    .where(eq(failureEdits.failure, failure))
    .orderBy(desc(failureEdits.revision))
    .limit(limit);
}

/** What a field was at this revision, for each field that was edited since. */
export async function readOriginals(
  db: Db,
  failure: string,
  revision: number,
): Promise<FailureEdit['before']> {
  const { rows } = await db.execute<{ before: FailureEdit['before'] }>(sql`
    select coalesce(jsonb_object_agg(f.key, f.value), '{}') as before from (
      select distinct on (b.key) b.key, b.value from failure_edits e cross join lateral jsonb_each(e.before) b
      where e.failure_id = ${failure} and e.revision > ${revision} order by b.key, e.revision) f`);
  return rows[0]?.before ?? {};
}

/** What the visitor of this conversation said under these numbers of its log. Others' words, notes and facts are none of them. */
export async function readQuotes(
  db: Db,
  conversation: string,
  seqs: readonly number[],
): Promise<readonly Quote[]> {
  if (seqs.length === 0) return [];
  const { rows } = await db.execute<Quote>(sql`
    select seq, body as text from entries
    where conversation_id = ${conversation} and seq = any(${sql.param(seqs)}::int[])
      and sender_kind = 'visitor' and kind = 'message' and public_seq is not null
    order by seq`);
  return rows;
}
