/** A page of a list: it is chosen first, by an index, and only its rows are joined to what a row shows. */
import { sql } from 'drizzle-orm';
import { type ConversationRecord, readRecords, recordOf } from './conversations.ts';
import type { Db } from './db.ts';

export type ListQuery = {
  readonly me: string;
  readonly view: 'waiting' | 'mine' | 'all' | 'closed';
  readonly after: { readonly key: string; readonly id: string } | null;
  readonly limit: number;
};

const views = {
  waiting: { which: sql`status = 'waiting'`, time: 'waiting_since', order: 'asc' },
  mine: { which: sql`status = 'open'`, time: 'last_at', order: 'desc' },
  all: { which: sql`status in ('waiting', 'open')`, time: 'last_at', order: 'desc' },
  // What is prepared for a file was never closed.
  closed: { which: sql`status = 'closed' and closed_at is not null`, time: 'closed_at', order: 'desc' },
} as const;

/**
 * By keyset. What is closed is read in its index's own order. Those that are live are few, found by their index and sorted when
 * asked for: an index in their order would change with every message.
 */
export function listConversations(
  db: Db,
  { me, view, after, limit }: ListQuery,
): Promise<ConversationRecord[]> {
  const { which, time: column, order } = views[view];
  const time = sql.raw(column);
  const beyond = sql.raw(order === 'asc' ? '>' : '<');
  const from = after
    ? sql`and (${time}, id) ${beyond} (${after.key}::timestamptz, ${after.id}::uuid)`
    : sql``;
  const mine = view === 'mine' ? sql`and holder_id = ${me}` : sql``;
  const sorted = (of: string) => sql.raw(`${of}${column} ${order}, ${of}id ${order}`);
  const page = sql`(select * from conversations where ${which} ${mine} ${from} order by ${sorted('')} limit ${limit}) c`;
  return readRecords(db, sql`${recordOf(me, sql`c.${time}::text`, page)} order by ${sorted('c.')}`);
}
