/** Whom a visitor asked for, and what they said of themself before the first word. */
import type { Before } from '@fullname/shared/events';
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

/** Whose words a visitor has read, the latest first: by each person's first words in their latest conversations. */
export async function peopleMetBy(db: Db, visitor: string): Promise<string[]> {
  const { rows } = await db.execute<{ person: string }>(sql`
    select e.sender_id as person from (
      select id from conversations where visitor_id = ${visitor} and status <> 'spam' order by last_at desc limit ${CONVERSATIONS_MOST}
    ) c join entries e on e.conversation_id = c.id and e.kind = 'hello'
    group by e.sender_id order by max(e.at) desc`);
  return rows.map(({ person }) => person);
}
const CONVERSATIONS_MOST = 20;

export async function setAskedFor(db: Db, conversation: string, person: string): Promise<void> {
  await db.execute(
    sql`update conversations set asked_for = ${person}, version = version + 1 where id = ${conversation}`,
  );
}

/** What waits for somebody who was asked for by name, and is offered to somebody else or to nobody. */
export async function waitingFor(db: Db, person: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from conversations
    where status = 'waiting' and asked_for = ${person} and offered_to is distinct from ${person}::uuid`);
  return rows.map(({ id }) => id);
}

/** A claim, shown as one. */
export async function setClaimedName(db: Db, visitor: string, name: string): Promise<void> {
  await db.execute(sql`update visitors set claimed_name = ${name} where id = ${visitor}`);
}

/** Kept with a conversation in which nothing was said yet; false where something was. */
export async function setSaidBefore(db: Db, conversation: string, said: Before): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    update conversations set said_before = ${JSON.stringify(said)}::jsonb where id = ${conversation} and last_seq = 0`);
  return rowCount === 1;
}

export async function hasSaidBefore(db: Db, conversation: string): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select 1 from conversations where id = ${conversation} and said_before is not null`,
  );
  return rows.length > 0;
}

/** What was kept, for the one who asks first; the row is locked until the transaction ends, and a second one finds nothing. */
export async function takeSaidBefore(tx: Db, conversation: string): Promise<Before | null> {
  const { rows } = await tx.execute<{ said: Before }>(sql`
    select said_before as said from conversations where id = ${conversation} and said_before is not null for update`);
  const [row] = rows;
  if (row) await tx.execute(sql`update conversations set said_before = null where id = ${conversation}`);
  return row?.said ?? null;
}
