/** Conversations as rows: what the lists, the opened thread and the visitor's own view read. How they are changed: conversation-changes.ts. */
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
