/**
 * What changed since a moment, without a column or an index for it: every row carries the transaction that wrote it last,
 * and a snapshot says which transactions had not ended. So nothing is missed that was committed late, and no clock is asked.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';

/** A moment of the store: the oldest transaction that had not ended. */
export type Mark = string & { readonly __mark: never };

export type Changed = {
  readonly id: string;
  readonly visitor: string;
  /** Another one after each change. */
  readonly stamp: string;
};

export async function readMark(db: Db): Promise<Mark> {
  const { rows } = await db.execute<{ mark: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as mark`,
  );
  return (rows[0]?.mark ?? '0') as Mark;
}

/** Written after the mark, or about then. Ages, as the numbers of transactions go round. */
const after = (mark: Mark): SQL => sql`age(c.xmin) between 0 and age(${mark}::xid8::xid)`;
const changed = sql`c.id, c.visitor_id as visitor, c.xmin::text as stamp`;

/** Among those that wait or are in hands, that were closed within a minute, and these. By the two small indexes of the lists. */
export async function changedConversations(db: Db, mark: Mark, these: readonly string[]): Promise<Changed[]> {
  const { rows } = await db.execute<Changed>(sql`
    select ${changed} from conversations c where c.status in ('waiting', 'open') and ${after(mark)}
    union
    select ${changed} from conversations c
      where c.status = 'closed' and c.closed_at > now() - interval '1 minute' and ${after(mark)}
    union
    select ${changed} from conversations c where c.id = any(${sql.param(these)}::uuid[]) and ${after(mark)}`);
  return rows;
}

/** The rest of these visitors' own: what is over. */
export async function changedOfVisitors(db: Db, mark: Mark, visitors: readonly string[]): Promise<Changed[]> {
  const { rows } = await db.execute<Changed>(sql`
    select ${changed} from conversations c
    where c.visitor_id = any(${sql.param(visitors)}::uuid[]) and c.status not in ('waiting', 'open') and ${after(mark)}`);
  return rows;
}

/** Those that are in the lists of what is not over. */
export async function liveConversations(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from conversations where status in ('waiting', 'open')`,
  );
  return rows.map((row) => row.id);
}
