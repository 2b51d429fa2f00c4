/** What is kept of a browser's visitor beside their words, and how it is forgotten. Whose it is, is judged in people/remembered.ts. */
import type { Page } from '@fullname/shared/events';
import type { PageData } from '@fullname/shared/page-data';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { forgetTerms } from './search.ts';

/** Visitors as rows: this browser's, and those for which a site has signed as the same customer's. */
export type Visitors = readonly string[];

const among = (visitors: Visitors): SQL => sql`any(${sql.param(visitors)}::uuid[])`;
const talksOf = (visitors: Visitors): SQL =>
  sql`(select id from conversations where visitor_id = ${among(visitors)})`;

const BROWSERS_MOST = 50;

/** The browsers for which a site has signed as this customer's, the newest first; an agent's word is none. */
export async function browsersOf(db: Db, customer: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from visitors where customer_id = ${customer} and linked_by is null
    order by created_at desc, id limit ${BROWSERS_MOST}`);
  return rows.map(({ id }) => id);
}

/** Whether a visitor began with this token; who came by a link of a mail has another one. */
export async function isFirstToken(db: Db, visitor: string, tokenHash: Buffer): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select 1 from visitors where id = ${visitor} and token_hash = ${tokenHash}`,
  );
  return rows.length > 0;
}

const CLAIMS = ['name', 'email', 'phone'] as const;
type Claim = (typeof CLAIMS)[number];
export type ClaimRow = {
  readonly what: Claim;
  readonly value: string;
  /** When it was said last; null where only that it was said is known. */
  readonly at: string | null;
};

/** A claim is one whatever its capitals: that is how addresses are compared. */
const CLAIMS_MOST = 60;

/** What they said of themselves, wherever it is kept, each once: the latest first. A number that somebody is to be called at is shown with its time. */
export async function readClaims(db: Db, visitors: Visitors): Promise<ClaimRow[]> {
  const { rows } = await db.execute<ClaimRow>(sql`
    with talks as materialized (select id, said_before from conversations where visitor_id = ${among(visitors)}),
    said (what, value, at) as (
      select c.what, c.value, null::timestamptz from visitors v
        cross join lateral (values ('name', v.claimed_name), ('email', v.claimed_email)) c (what, value)
        where v.id = ${among(visitors)}
      union all
      select c.what, t.said_before -> 'about' ->> c.what, null from talks t cross join (values ('name'), ('email')) c (what)
      union all
      select 'email', k.address, k.confirmed_at from talks t join mail_codes k on k.conversation_id = t.id
      union all
      select 'phone', b.phone, b.created_at from talks t join call_backs b on b.conversation_id = t.id where b.state <> 'open'
      union all
      select c.what, c.value, e.at from talks t join entries e on e.conversation_id = t.id
        cross join lateral (values ('name', e.data ->> 'name'), ('email', e.data ->> 'email')) c (what, value)
        where e.kind = 'introduced'
      union all
      select 'email', e.body, e.at from talks t join entries e on e.conversation_id = t.id where e.kind = 'email-given'
    )
    select what, (array_agg(value order by at desc nulls last))[1] as value, max(at) as at from said
    where value <> '' group by what, lower(value)
    order by what, max(at) desc nulls last, lower(value) limit ${CLAIMS_MOST}`);
  return rows;
}

export type BrowserRow = {
  readonly id: string;
  readonly device: string | null;
  readonly locale: string;
  readonly pages: readonly Page[];
  readonly told: PageData | null;
};

const PAGES_MOST = 20;

/** What is kept of each browser: what it is, the pages of its conversations, and what pages said of it. */
export async function readBrowsers(db: Db, visitors: Visitors): Promise<BrowserRow[]> {
  const { rows } = await db.execute<BrowserRow>(sql`
    select v.id, v.device, v.locale,
      (select coalesce(json_agg(json_build_object('url', p.url, 'title', p.title) order by p.at desc), '[]') from (
        select c.page_url as url, coalesce((array_agg(c.page_title order by c.last_at desc))[1], '') as title, max(c.last_at) as at
        from conversations c where c.visitor_id = v.id and c.page_url is not null
        group by c.page_url order by max(c.last_at) desc limit ${PAGES_MOST}) p) as pages,
      (select json_build_object('labels', d.labels, 'events', d.events) from page_data d where d.visitor_id = v.id) as told
    from visitors v where v.id = ${among(visitors)} order by v.created_at desc, v.id`);
  return rows;
}

export type PlannedRow = {
  readonly id: string;
  readonly conversation: string;
  readonly visitor: string;
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly way: 'chat' | 'telephone';
  readonly phone: string | null;
  readonly person: string | null;
};

/** Call-backs that are still to come; `person` keeps it, where somebody does. */
export async function readPlanned(db: Db, visitors: Visitors, now: string): Promise<PlannedRow[]> {
  const { rows } = await db.execute<PlannedRow>(sql`
    select b.id, b.conversation_id as conversation, c.visitor_id as visitor, b.site_id as site, b.starts_at as "from",
      b.ends_at as "to", b.way, b.phone, coalesce(p.keeper_id, p.by_id) as person
    from call_backs b join conversations c on c.id = b.conversation_id left join promises p on p.id = b.promise_id
    where c.visitor_id = ${among(visitors)} and c.status <> 'spam' and b.state = 'open' and b.ends_at > ${now}
    order by b.starts_at, b.id`);
  return rows;
}

/** Their conversations, locked in id order as the append does: whoever says something of themself there waits, or was first. */
export async function lockTalks(tx: Db, visitors: Visitors): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from conversations where visitor_id = ${among(visitors)} order by id for no key update`);
  return rows.map(({ id }) => id);
}

/** The rows are other ones from now on: no list may hold on to what it has. */
export async function renewTalks(tx: Db, visitors: Visitors): Promise<void> {
  await tx.execute(sql`update conversations set version = version + 1 where visitor_id = ${among(visitors)}`);
}

/**
 * Takes a claim from wherever it is kept, and from the lines of the log that say that it was made; words that were said are left
 * alone. Their conversations are locked.
 */
export async function forgetClaim(
  tx: Db,
  visitors: Visitors,
  { what, value }: Pick<ClaimRow, 'what' | 'value'>,
): Promise<void> {
  const is = (column: SQL) => sql`lower(${column}) = lower(${value})`;
  if (what === 'phone') return forgetPhone(tx, visitors, value);
  if (what === 'email') await forgetAddress(tx, visitors, value);
  await tx.execute(sql`
    update conversations set said_before = said_before #- ${sql.param(['about', what])}::text[]
    where visitor_id = ${among(visitors)} and ${is(sql`said_before -> 'about' ->> ${what}::text`)}`);
  const column = what === 'email' ? sql`claimed_email` : sql`claimed_name`;
  await tx.execute(sql`update visitors set ${column} = null where id = ${among(visitors)} and ${is(column)}`);
  await forgetLines(tx, visitors, {
    set: sql`data = data - ${what}::text`,
    where: sql`kind = 'introduced' and ${is(sql`data ->> ${what}::text`)}`,
  });
}

/** No letter of a chat goes there any more: neither one that waits, nor by a link that went there before, nor by a code. */
async function forgetAddress(tx: Db, visitors: Visitors, address: string): Promise<void> {
  // Who writes a mail about replies holds these marks: what they write now is seen below.
  await tx.execute(sql`
    insert into reply_mails (conversation_id) select id from conversations where visitor_id = ${among(visitors)} order by id
    on conflict do nothing`);
  await tx.execute(sql`
    select from reply_mails where conversation_id in ${talksOf(visitors)} order by conversation_id for update`);
  await tx.execute(sql`delete from mail_links where conversation_id in ${talksOf(visitors)}`);
  await tx.execute(sql`
    delete from mail_codes where conversation_id in ${talksOf(visitors)} and lower(address) = lower(${address})`);
  await tx.execute(sql`
    update mails set state = 'dropped', trouble = ${REMOVED}
    where state = 'waiting' and lower(to_address) = lower(${address})
      and id in (select mail_id from visitor_mails where conversation_id in ${talksOf(visitors)})`);
  await forgetLines(tx, visitors, {
    set: sql`body = ''`,
    where: sql`kind = 'email-given' and lower(body) = lower(${address})`,
  });
}

const REMOVED = 'Its visitor removed this address before it could be sent.';

/** Not of one that is still to come: somebody is to telephone there. */
async function forgetPhone(tx: Db, visitors: Visitors, phone: string): Promise<void> {
  await forgetLines(tx, visitors, {
    set: sql`data = data - 'phone'`,
    where: sql`kind = 'call-back' and lower(data ->> 'phone') = lower(${phone}) and not exists (
      select from call_backs b where b.conversation_id = entries.conversation_id and b.state = 'open'
        and b.id::text = entries.data ->> 'callBack')`,
  });
  await tx.execute(sql`
    update call_backs set phone = null
    where state <> 'open' and lower(phone) = lower(${phone}) and conversation_id in ${talksOf(visitors)}`);
}

/** The lines that noted it, and what the search knows of them: both are found again without it. */
async function forgetLines(
  tx: Db,
  visitors: Visitors,
  { set, where }: { readonly set: SQL; readonly where: SQL },
): Promise<void> {
  await tx.execute(sql`
    with said as (
      update entries set ${set} where conversation_id in ${talksOf(visitors)} and ${where} returning conversation_id
    )
    ${forgetTerms}`);
}

/** What pages said of this browser: its labels, or what happened there. */
export async function forgetTold(tx: Db, visitor: string, what: 'labels' | 'events'): Promise<void> {
  const column = what === 'labels' ? sql`labels = '{}'` : sql`events = '[]'`;
  await tx.execute(sql`update page_data set ${column} where visitor_id = ${visitor}`);
}

/** What this browser is, and where it was. Its language stays: letters and promises are written in it. */
export async function forgetDevice(tx: Db, visitor: string): Promise<void> {
  await tx.execute(
    sql`update conversations set page_url = null, page_title = null where visitor_id = ${visitor} and page_url is not null`,
  );
  await tx.execute(sql`update visitors set device = null where id = ${visitor}`);
}
