/** Conversations as rows: what the lists, the opened thread and the visitor's own view read, and how they are changed. */
import type { CallBackWay, ConversationStatus } from '@fullname/shared/model';
import { type SQL, sql } from 'drizzle-orm';
import { type Db, executeNamed } from './db.ts';
import { gathered } from './gathered.ts';
import { iso } from './log.ts';
import { flagsOf } from './recovery.ts';

export type ConversationRecord = {
  readonly id: string;
  readonly clientId: string;
  readonly visitor: string;
  readonly site: string;
  readonly siteName: string;
  readonly status: ConversationStatus;
  readonly holder: string | null;
  readonly offeredTo: string | null;
  /** Whom the visitor asked for by name, until it is closed. */
  readonly askedFor: string | null;
  readonly contact: string | null;
  readonly ally: string | null;
  readonly lastAgent: string | null;
  readonly customer: string | null;
  readonly customerName: string | null;
  readonly claimedName: string | null;
  readonly claimedEmail: string | null;
  readonly lastSeq: number;
  readonly lastPublicSeq: number;
  readonly visitorRead: number;
  readonly agentRead: number;
  readonly visitorDelivered: number;
  readonly agentDelivered: number;
  readonly waitingSince: string | null;
  readonly situation: string | null;
  readonly locale: string;
  readonly pageUrl: string | null;
  readonly pageTitle: string | null;
  readonly device: string | null;
  readonly preview: string;
  readonly previewBy: 'visitor' | 'agent' | 'system';
  /** Something that went wrong is open or owed. */
  readonly pleaseKnow: boolean;
  /** Until when something that is closed is still flagged. */
  readonly flaggedUntil: string | null;
  /** What is promised here and not kept yet, the next one first; at most 5. */
  readonly promises: readonly {
    readonly id: string;
    readonly text: string;
    readonly due: string;
    readonly keeper: string;
  }[];
  /** The time at which the visitor is to be called back. */
  readonly callBack: { readonly startsAt: string; readonly endsAt: string; readonly way: CallBackWay } | null;
  readonly version: number;
  readonly lastAt: string;
  /** Of the person who asks; 0 for a broadcast. */
  readonly read: number;
  readonly draft: string;
  /** Exact to the microsecond, for the next page. */
  readonly sortKey: string;
};

type RawRecord = Omit<ConversationRecord, 'waitingSince' | 'flaggedUntil' | 'lastAt'> & {
  waitingSince: Date | string | null;
  flaggedUntil: Date | string | null;
  lastAt: Date | string;
};

const PROMISES_SHOWN = 5;
const byLastAt = sql`c.last_at::text`;
const NOBODY = '00000000-0000-0000-0000-000000000000';

const promisesShown = sql`(select coalesce(json_agg(p), '[]') from (
      select id, text, due, coalesce(keeper_id, by_id) as keeper from promises
      where conversation_id = c.id and kept_at is null order by due, id limit ${PROMISES_SHOWN}) p)`;

/** What a list, a thread and a broadcast are made of, for each conversation of `from`, which must be called c. */
export const recordOf = (me: string | null, sort: SQL = byLastAt, from: SQL = sql`conversations c`) => sql`
  select c.id, c.client_id as "clientId", c.visitor_id as visitor, c.site_id as site, s.name as "siteName", c.status,
    c.holder_id as holder, c.offered_to as "offeredTo", c.asked_for as "askedFor", c.contact_id as contact, c.last_agent_id as "lastAgent", cu.ally_id as ally,
    v.customer_id as customer, cu.name as "customerName", v.claimed_name as "claimedName", v.claimed_email as "claimedEmail",
    c.last_seq as "lastSeq", c.last_public_seq as "lastPublicSeq", c.visitor_read as "visitorRead", c.agent_read as "agentRead",
    c.visitor_delivered as "visitorDelivered", c.agent_delivered as "agentDelivered",
    c.waiting_since as "waitingSince", c.situation, c.locale, c.page_url as "pageUrl", c.page_title as "pageTitle", v.device,
    c.preview, c.preview_by as "previewBy", c.version, c.last_at as "lastAt",
    coalesce(d.read, 0) as read, coalesce(d.draft, '') as draft,
    flagged.open as "pleaseKnow", flagged.until as "flaggedUntil",
    ${promisesShown} as promises,
    (select json_build_object('startsAt', b.starts_at, 'endsAt', b.ends_at, 'way', b.way) from call_backs b
      where b.conversation_id = c.id and b.state = 'open') as "callBack",
    ${sort} as "sortKey"
  from ${from}
  join sites s on s.id = c.site_id
  join visitors v on v.id = c.visitor_id
  left join customers cu on cu.id = v.customer_id
  left join desks d on d.conversation_id = c.id and d.person_id = ${me ?? NOBODY}
  left join lateral (
    ${flagsOf(sql`customer_id = v.customer_id`)} where v.customer_id is not null
    union all
    ${flagsOf(sql`conversation_id = any(array(select o.id from conversations o where o.visitor_id = v.id))`)}
      where v.customer_id is null
  ) flagged on true`;

/** `name`: of a statement that is sent often; see `executeNamed`. */
export async function readRecords(db: Db, query: SQL, name?: string): Promise<ConversationRecord[]> {
  const { rows } = await (name === undefined
    ? db.execute<RawRecord>(query)
    : executeNamed<RawRecord>(db, name, query));
  return rows.map((row) => ({
    ...row,
    waitingSince: row.waitingSince === null ? null : iso(row.waitingSince),
    flaggedUntil: row.flaggedUntil === null ? null : iso(row.flaggedUntil),
    lastAt: iso(row.lastAt),
  }));
}

/** One conversation for an agent (`me`), or for a broadcast (`me` null). */
export async function readConversation(
  db: Db,
  id: string,
  me: string | null,
): Promise<ConversationRecord | null> {
  const rows = await readRecords(db, sql`${recordOf(me)} where c.id = ${id}`, 'conversation');
  return rows[0] ?? null;
}

export function readConversations(db: Db, ids: readonly string[]): Promise<ConversationRecord[]> {
  return readRecords(db, sql`${recordOf(null)} where c.id = any(${sql.param(ids)}::uuid[])`);
}

/** As much of a conversation as its head shows. */
export type HeadRecord = Pick<
  ConversationRecord,
  | 'id'
  | 'clientId'
  | 'visitor'
  | 'status'
  | 'holder'
  | 'contact'
  | 'ally'
  | 'lastPublicSeq'
  | 'visitorRead'
  | 'agentRead'
  | 'agentDelivered'
  | 'locale'
  | 'promises'
>;

/**
 * The same for many visitors at once, for their heads; `limit` is for each. It is asked for everybody who is connected, again and
 * again, so it reads no more than a head shows.
 */
export async function conversationsOfVisitors(
  db: Db,
  visitors: readonly string[],
  limit: number,
): Promise<HeadRecord[]> {
  const { rows } = await db.execute<HeadRecord>(sql`
    select c.id, c.client_id as "clientId", c.visitor_id as visitor, c.status, c.holder_id as holder, c.contact_id as contact,
      cu.ally_id as ally, c.last_public_seq as "lastPublicSeq", c.visitor_read as "visitorRead", c.agent_read as "agentRead",
      c.agent_delivered as "agentDelivered", c.locale, ${promisesShown} as promises
    from unnest(${sql.param(visitors)}::uuid[]) as one(id)
    cross join lateral (
      select * from conversations o where o.visitor_id = one.id and o.status <> 'spam' order by o.last_at desc limit ${limit}
    ) c
    join visitors v on v.id = one.id
    left join customers cu on cu.id = v.customer_id
    order by c.last_at desc`);
  return rows;
}

type OfVisitor = { readonly visitor: string; readonly limit: number };

/** A visitor's own, for their heads, the latest first. Put-aside ones are theirs no more. */
export const conversationsOfVisitor: (db: Db, asked: OfVisitor) => Promise<HeadRecord[]> = gathered(
  async (db, asks: readonly OfVisitor[]) => {
    const visitors = [...new Set(asks.map(({ visitor }) => visitor))];
    const known = new Map<string, HeadRecord[]>(visitors.map((visitor) => [visitor, []]));
    const most = Math.max(...asks.map(({ limit }) => limit));
    for (const row of await conversationsOfVisitors(db, visitors, most)) known.get(row.visitor)?.push(row);
    return asks.map(({ visitor, limit }) => (known.get(visitor) ?? []).slice(0, limit));
  },
);

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
export type OwnRecord = Pick<
  ConversationRecord,
  'id' | 'clientId' | 'visitor' | 'site' | 'status' | 'lastPublicSeq'
>;

type OwnAsk = { readonly visitor: string; readonly clientId: string };

/** The visitor's right to a conversation is looked up here and nowhere else: by their own client-made id. */
export const conversationOfVisitor: (db: Db, asked: OwnAsk) => Promise<OwnRecord | null> = gathered(
  async (db, asks: readonly OwnAsk[]) => {
    const visitors = sql.param(asks.map(({ visitor }) => visitor));
    const clientIds = sql.param(asks.map(({ clientId }) => clientId));
    const { rows } = await executeNamed<OwnRecord>(
      db,
      'of_client',
      sql`select c.id, c.client_id as "clientId", c.visitor_id as visitor, c.site_id as site, c.status, c.last_public_seq as "lastPublicSeq"
        from unnest(${visitors}::uuid[], ${clientIds}::uuid[]) as one(visitor, client_id)
        join conversations c on c.visitor_id = one.visitor and c.client_id = one.client_id`,
    );
    const known = new Map(rows.map((row) => [`${row.visitor} ${row.clientId}`, row]));
    return asks.map(({ visitor, clientId }) => known.get(`${visitor} ${clientId.toLowerCase()}`) ?? null);
  },
);

/** How many wait, and how many each person holds. */
export async function countConversations(db: Db): Promise<{ waiting: number; held: Map<string, number> }> {
  const { rows } = await db.execute<{ holder: string | null; n: number }>(sql`
    select null::uuid as holder, count(*)::int as n from conversations where status = 'waiting'
    union all
    select holder_id, count(*)::int from conversations where status = 'open' and holder_id is not null group by holder_id`);
  const held = new Map<string, number>();
  let waiting = 0;
  for (const row of rows) {
    if (row.holder === null) waiting = row.n;
    else held.set(row.holder, row.n);
  }
  return { waiting, held };
}

/** How many conversations are in somebody's hands now. */
export async function countOpen(db: Db): Promise<number> {
  const { held } = await countConversations(db);
  return [...held.values()].reduce((sum, n) => sum + n, 0);
}

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

/** In which language the visitor goes on with these. */
export async function setLocale(db: Db, ids: readonly string[], locale: string): Promise<void> {
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
