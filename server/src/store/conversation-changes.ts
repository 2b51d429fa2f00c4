/** Conversations as rows: how they come to be, are locked and are changed. What is read of them: conversations.ts. */
import type { ConversationStatus } from '@fullname/shared/model';
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { gathered } from './gathered.ts';

export type NewConversation = {
  readonly site: string;
  readonly visitor: string;
  readonly clientId: string;
  readonly locale: string;
  readonly page: { readonly url: string; readonly title: string } | null;
  /** Somebody was here when it began. */
  readonly begunHere?: boolean;
};

/** The conversation with this client id of this visitor, made if it is not there. Answers its id. */
export async function ensureConversation(db: Db, made: NewConversation): Promise<string> {
  const inserted = await db.execute<{ id: string }>(sql`
    insert into conversations (site_id, visitor_id, client_id, locale, page_url, page_title, begun_here)
    values (${made.site}, ${made.visitor}, ${made.clientId}, ${made.locale}, ${made.page?.url ?? null}, ${made.page?.title ?? null},
      ${made.begunHere ?? null})
    on conflict (visitor_id, client_id) do nothing returning id`);
  const [fresh] = inserted.rows;
  if (fresh) return fresh.id;
  const found = await db.execute<{ id: string }>(
    sql`select id from conversations where visitor_id = ${made.visitor} and client_id = ${made.clientId}`,
  );
  const [row] = found.rows;
  if (!row) throw new Error('a conversation that conflicts must be there');
  return row.id;
}

export type LockedConversation = {
  readonly status: ConversationStatus;
  readonly holder: string | null;
  readonly contact: string | null;
  readonly visitor: string;
  readonly customer: string | null;
};

/**
 * Locks a conversation, and with it whose it is; null when there is none. Always the visitor first, then the conversation,
 * as a start does, then a customer: so nobody waits in a circle, and a link cannot change while something is recorded by it.
 */
export async function lockConversation(db: Db, id: string): Promise<LockedConversation | null> {
  await db.execute(sql`
    select 1 from visitors where id = (select visitor_id from conversations where id = ${id}) for no key update`);
  const { rows } = await db.execute<LockedConversation>(sql`
    select c.status, c.holder_id as holder, c.contact_id as contact, c.visitor_id as visitor, v.customer_id as customer
    from conversations c join visitors v on v.id = c.visitor_id where c.id = ${id} for update of c`);
  return rows[0] ?? null;
}

export type HandChange = {
  readonly status: ConversationStatus;
  readonly holder: string | null;
  /** Set once, by the first person who takes it. */
  readonly contact?: string;
  /** Closing ends the wait; reopening starts none; what is given back waits again. */
  readonly wait?: 'ends' | 'starts';
  readonly forgetsHello?: boolean;
};

export async function changeHands(db: Db, id: string, change: HandChange): Promise<void> {
  await db.execute(sql`
    update conversations set status = ${change.status}, holder_id = ${change.holder}, offered_to = null, version = version + 1,
      asked_for = case when ${change.status} = 'closed' then null else asked_for end,
      contact_id = coalesce(contact_id, ${change.contact ?? null}::uuid),
      waiting_since = case ${change.wait ?? ''} when 'ends' then null when 'starts' then coalesce(waiting_since, now()) else waiting_since end,
      closed_at = case when ${change.status} = 'closed' then now() else closed_at end,
      hello_by = case when ${change.forgetsHello ?? false} then null else hello_by end
    where id = ${id}`);
}

/** The ally is the first person; a customer who has one keeps them. */
export async function setAllyOnce(db: Db, customer: string, person: string): Promise<void> {
  await db.execute(sql`update customers set ally_id = ${person} where id = ${customer} and ally_id is null`);
}

/** Only where nobody has offered it to somebody else since it was read: two relays at once would offer it to two people. */
export async function setOffer(
  db: Db,
  id: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<void> {
  await db.execute(sql`
    update conversations set offered_to = ${to}, version = version + 1
    where id = ${id} and status = 'waiting' and offered_to is not distinct from ${from}::uuid`);
}

/** In which language the visitor goes on with these; what is remembered of them says so too. */
export async function setLocale(db: Db, ids: readonly string[], locale: string): Promise<void> {
  await db.execute(sql`
    update visitors set locale = ${locale}
    where locale <> ${locale} and id in (select visitor_id from conversations where id = any(${sql.param(ids)}::uuid[]))`);
  await db.execute(
    sql`update conversations set locale = ${locale}, version = version + 1 where id = any(${sql.param(ids)}::uuid[])`,
  );
}

export async function setSituation(db: Db, id: string, situation: string | null): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`update conversations set situation = ${situation}, version = version + 1 where id = ${id}`,
  );
  return rowCount === 1;
}

/** Kept with the visitor's latest conversation that is not over; what earlier ones were about stays. */
export async function setPage(db: Db, visitor: string, page: { url: string; title: string }): Promise<void> {
  await keepPage(db, { visitor, ...page });
}

type PageOf = { readonly visitor: string; readonly url: string; readonly title: string };

/** Of many who come back at once in one statement, locked in id order as the append does; who is where they were is not written. */
const keepPage: (db: Db, page: PageOf) => Promise<null> = gathered(async (db, pages: readonly PageOf[]) => {
  const last = [...new Map(pages.map((page) => [page.visitor, page])).values()];
  const column = (of: (page: PageOf) => string) => sql.param(last.map(of));
  await db.execute(sql`
    with seen as materialized (
      select latest.id, page.url, page.title
      from unnest(${column(({ visitor }) => visitor)}::uuid[], ${column(({ url }) => url)}::text[],
        ${column(({ title }) => title)}::text[]) as page (visitor, url, title)
      cross join lateral (select id from conversations where visitor_id = page.visitor and status in ('waiting', 'open')
        order by last_at desc limit 1) latest
    ), locked as materialized (
      select id from conversations where id in (select id from seen) order by id for update
    )
    update conversations c set page_url = seen.url, page_title = seen.title, version = version + 1
    from seen join locked using (id)
    where c.id = seen.id and (c.page_url, c.page_title) is distinct from (seen.url, seen.title)`);
  return pages.map(() => null);
});

export async function setBlocked(db: Db, visitor: string, blocked: boolean): Promise<void> {
  await db.execute(
    sql`update visitors set blocked_at = ${blocked ? sql`now()` : null} where id = ${visitor}`,
  );
}

export async function saveDraft(db: Db, me: string, draft: { id: string; text: string }): Promise<void> {
  await db.execute(sql`
    insert into desks (person_id, conversation_id, draft) select ${me}::uuid, c.id, ${draft.text}::text from conversations c where c.id = ${draft.id}
    on conflict (person_id, conversation_id) do update set draft = excluded.draft`);
}

/** What this person holds goes back to those who wait. Answers the ids. Locked in id order, as the append does: no deadlock. */
export async function releaseHeld(db: Db, person: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with theirs as materialized (
      select id from conversations where holder_id = ${person} and status = 'open' order by id for update
    )
    update conversations set status = 'waiting', holder_id = null, offered_to = null, hello_by = null, version = version + 1,
      waiting_since = coalesce(waiting_since, now())
    where id in (select id from theirs) returning id`);
  return rows.map((row) => row.id);
}

/** As much of a conversation as its visitor's own events need. */
