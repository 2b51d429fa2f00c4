/** Conversations as rows: what the lists, the opened thread and the visitor's own view read, and how they are changed. */
import type { ConversationStatus } from '@fullname/shared/model';
import { type SQL, sql } from 'drizzle-orm';
import { type Db, executeNamed } from './db.ts';
import { notWaiting } from './flush.ts';
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
    c.holder_id as holder, c.offered_to as "offeredTo", c.contact_id as contact, c.last_agent_id as "lastAgent", cu.ally_id as ally,
    v.customer_id as customer, cu.name as "customerName", v.claimed_name as "claimedName", v.claimed_email as "claimedEmail",
    c.last_seq as "lastSeq", c.last_public_seq as "lastPublicSeq", c.visitor_read as "visitorRead", c.agent_read as "agentRead",
    c.waiting_since as "waitingSince", c.situation, c.locale, c.page_url as "pageUrl", c.page_title as "pageTitle", v.device,
    c.preview, c.preview_by as "previewBy", c.version, c.last_at as "lastAt",
    coalesce(d.read, 0) as read, coalesce(d.draft, '') as draft,
    flagged.open as "pleaseKnow", flagged.until as "flaggedUntil",
    ${promisesShown} as promises,
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

/** A visitor's own, the latest first. Put-aside ones are theirs no more. */
export function conversationsOfVisitor(
  db: Db,
  visitor: string,
  limit: number,
): Promise<ConversationRecord[]> {
  return readRecords(
    db,
    sql`${recordOf(null)} where c.visitor_id = ${visitor} and c.status <> 'spam' order by c.last_at desc limit ${limit}`,
    'of_visitor',
  );
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
      ${promisesShown} as promises
    from unnest(${sql.param(visitors)}::uuid[]) as one(id)
    cross join lateral (
      select * from conversations o where o.visitor_id = one.id and o.status <> 'spam' order by o.last_at desc limit ${limit}
    ) c
    join visitors v on v.id = one.id
    left join customers cu on cu.id = v.customer_id
    order by c.last_at desc`);
  return rows;
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

/** The visitor's right to a conversation is looked up here and nowhere else: by their own client-made id. */
export async function conversationOfVisitor(
  db: Db,
  visitor: string,
  clientId: string,
): Promise<ConversationRecord | null> {
  const rows = await readRecords(
    db,
    sql`${recordOf(null)} where c.visitor_id = ${visitor} and c.client_id = ${clientId}`,
    'of_client',
  );
  return rows[0] ?? null;
}

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
};

/** The conversation with this client id of this visitor, made if it is not there. Answers its id. */
export async function ensureConversation(db: Db, made: NewConversation): Promise<string> {
  const inserted = await db.execute<{ id: string }>(sql`
    insert into conversations (site_id, visitor_id, client_id, locale, page_url, page_title)
    values (${made.site}, ${made.visitor}, ${made.clientId}, ${made.locale}, ${made.page?.url ?? null}, ${made.page?.title ?? null})
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

export async function setSituation(db: Db, id: string, situation: string | null): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`update conversations set situation = ${situation}, version = version + 1 where id = ${id}`,
  );
  return rowCount === 1;
}

/** Kept with the visitor's latest conversation that is not over; what earlier ones were about stays. */
export async function setPage(db: Db, visitor: string, page: { url: string; title: string }): Promise<void> {
  await db.execute(sql`
    update conversations set page_url = ${page.url}, page_title = ${page.title}, version = version + 1
    where id = (select id from conversations where visitor_id = ${visitor} and status in ('waiting', 'open')
      order by last_at desc limit 1)`);
}

export async function setBlocked(db: Db, visitor: string, blocked: boolean): Promise<void> {
  await db.execute(
    sql`update visitors set blocked_at = ${blocked ? sql`now()` : null} where id = ${visitor}`,
  );
}

/** Cursors only go forward, and never beyond the log. Answers the cursor as it is now; it is safe after the next flush. */
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
    update conversations set agent_read = greatest(agent_read, coalesce((
      select e.public_seq from entries e where e.conversation_id = ${at.id} and e.seq <= ${at.seq} and e.public_seq is not null
      order by e.seq desc limit 1), 0))
    from not_waiting where id = ${at.id} returning agent_read as read`);
  return rows[0]?.read ?? 0;
}

export async function saveDraft(db: Db, me: string, draft: { id: string; text: string }): Promise<void> {
  await db.execute(sql`
    insert into desks (person_id, conversation_id, draft) select ${me}::uuid, c.id, ${draft.text}::text from conversations c where c.id = ${draft.id}
    on conflict (person_id, conversation_id) do update set draft = excluded.draft`);
}

export async function readHeads(
  db: Db,
  ids: readonly string[],
): Promise<{ conversation: string; seq: number; visitorRead: number }[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<{ conversation: string; seq: number; visitorRead: number }>(
    sql`select id as conversation, last_seq as seq, visitor_read as "visitorRead" from conversations where id = any(${sql.param(ids)}::uuid[])`,
  );
  return rows;
}

/** Minutes from a visitor's first words to the first human hello, in the last fortnight: first and third quartile; null below five. */
export async function readWaits(db: Db): Promise<readonly [number, number] | null> {
  const { rows } = await db.execute<{ n: number; low: number | null; high: number | null }>(sql`
    with recent as (
      select c.id, c.created_at from conversations c
      where c.created_at > now() - interval '14 days' and c.status <> 'spam' order by c.created_at desc nulls last limit 200
    ), waits as (
      select extract(epoch from (select min(e.at) from entries e where e.conversation_id = r.id and e.kind = 'hello') - r.created_at) / 60 as minutes
      from recent r
    )
    select count(minutes)::int as n, percentile_cont(0.25) within group (order by minutes) as low,
      percentile_cont(0.75) within group (order by minutes) as high from waits`);
  const [row] = rows;
  if (!row || row.n < 5 || row.low === null || row.high === null) return null;
  const low = Math.max(1, Math.floor(Number(row.low)));
  return [low, Math.max(low, Math.ceil(Number(row.high)))];
}
