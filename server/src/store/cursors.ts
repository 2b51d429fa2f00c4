/** How far each end has read, and has on its screen. Cursors only go forward, and never beyond the log. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { notWaiting } from './flush.ts';

/** Answers the cursor as it is now; it is safe after the next flush. */
export async function advanceVisitorRead(db: Db, id: string, publicSeq: number): Promise<number> {
  const { rows } = await db.execute<{ read: number }>(sql`${notWaiting}
    update conversations set visitor_read = greatest(visitor_read, least(${publicSeq}::int, last_public_seq))
    from not_waiting where id = ${id} returning visitor_read as read`);
  return rows[0]?.read ?? 0;
}

/** A person's own cursor in a conversation; safe after the next flush. */
export async function advanceOwnRead(db: Db, me: string, at: { id: string; seq: number }): Promise<void> {
  await db.execute(sql`${notWaiting}
    insert into desks (person_id, conversation_id, read)
    select ${me}::uuid, c.id, least(${at.seq}::int, c.last_seq) from conversations c, not_waiting where c.id = ${at.id}
    on conflict (person_id, conversation_id) do update set read = greatest(desks.read, excluded.read)`);
}

/** What the visitor sees as read: the last public entry at or before it. Answers the cursor as it is now; safe after the next flush. */
export async function advanceAgentRead(db: Db, at: { id: string; seq: number }): Promise<number> {
  const { rows } = await db.execute<{ read: number }>(sql`${notWaiting}
    update conversations set agent_read = greatest(agent_read, ${lastPublic(at)})
    from not_waiting where id = ${at.id} returning agent_read as read`);
  return rows[0]?.read ?? 0;
}

/** What has reached the visitor's browser. Answers the cursor as it is now; safe after the next flush. */
export async function advanceVisitorDelivered(db: Db, id: string, publicSeq: number): Promise<number> {
  const { rows } = await db.execute<{ delivered: number }>(sql`${notWaiting}
    update conversations set visitor_delivered = greatest(visitor_delivered, least(${publicSeq}::int, last_public_seq))
    from not_waiting where id = ${id} returning visitor_delivered as delivered`);
  return rows[0]?.delivered ?? 0;
}

/** What has reached the console of the person who holds the conversation; null where somebody else says so. Safe after the next flush. */
export async function advanceAgentDelivered(
  db: Db,
  at: { readonly id: string; readonly seq: number; readonly holder: string },
): Promise<number | null> {
  const { rows } = await db.execute<{ delivered: number }>(sql`${notWaiting}
    update conversations set agent_delivered = greatest(agent_delivered, ${lastPublic(at)})
    from not_waiting where id = ${at.id} and holder_id = ${at.holder} returning agent_delivered as delivered`);
  return rows[0]?.delivered ?? null;
}

type Head = {
  readonly conversation: string;
  readonly seq: number;
  readonly visitorRead: number;
  readonly visitorDelivered: number;
};

export async function readHeads(db: Db, ids: readonly string[]): Promise<Head[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<Head>(sql`
    select id as conversation, last_seq as seq, visitor_read as "visitorRead", visitor_delivered as "visitorDelivered"
    from conversations where id = any(${sql.param(ids)}::uuid[])`);
  return rows;
}

/** The number that the visitor knows of the last public entry at or before this one. */
function lastPublic(at: { readonly id: string; readonly seq: number }): SQL {
  return sql`coalesce((
      select e.public_seq from entries e where e.conversation_id = ${at.id} and e.seq <= ${at.seq} and e.public_seq is not null
      order by e.seq desc limit 1), 0)`;
}
