/**
 * Conversations without a word yet, made for a file to be their first entry. They lie closed and were never closed, so that no list
 * shows them; the entry wakes them up as any words of a visitor's do.
 */
import { sql } from 'drizzle-orm';
import type { NewConversation } from './conversation-changes.ts';
import type { Db } from './db.ts';

/** The conversation with this client id of this visitor, made if it is not there. Answers its id. */
export async function ensurePrepared(db: Db, made: NewConversation): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into conversations (site_id, visitor_id, client_id, locale, page_url, page_title, status)
    values (${made.site}, ${made.visitor}, ${made.clientId}, ${made.locale}, ${made.page?.url ?? null},
      ${made.page?.title ?? null}, 'closed')
    on conflict (visitor_id, client_id) do update set client_id = excluded.client_id returning id`);
  const [row] = rows;
  if (!row) throw new Error('an upsert answers its row');
  return row.id;
}

/** Removes one in which nothing was ever said, with what was uploaded into it. */
export async function removePrepared(db: Db, id: string): Promise<void> {
  await db.execute(sql`delete from conversations where id = ${id} and status = 'closed' and last_seq = 0`);
}
