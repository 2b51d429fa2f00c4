/** Rows of who stands by whom: a customer's person, and everything that hangs on somebody who leaves. Rules live in people/leaving.ts. */
import type { Leaving } from '@fullname/shared/recovery';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';

// ── one customer ────────────────────────────────────────────────────────────

/** The customer's record, locked, and whether it still stands by itself. */
export async function lockAlly(
  tx: Db,
  customer: string,
): Promise<{ readonly ally: string | null; readonly merged: boolean } | undefined> {
  const { rows } = await tx.execute<{ ally: string | null; merged: boolean }>(sql`
    select ally_id as ally, merged_into is not null as merged from customers where id = ${customer}
    for no key update`);
  return rows[0];
}

/** This customer, what went wrong for them and is not closed, and the follow-ups that the former ally had to do. Answers whose those were. */
export async function setAlly(
  tx: Db,
  { customer, from, to }: { readonly customer: string; readonly from: string | null; readonly to: string },
): Promise<void> {
  await tx.execute(sql`update customers set ally_id = ${to} where id = ${customer}`);
  await tx.execute(sql`
    update failures set ally_id = ${to} where customer_id = ${customer} and stage <> 'closed'`);
  await tx.execute(sql`
    update tasks set owner_id = ${to} where customer_id = ${customer} and state = 'open'
      and owner_id = ${from}::uuid and kind in ('immediate', 'internal', 'wrap-up')`);
}

/** The customer's latest conversation that somebody may be told in: not put aside, and not of a blocked browser. */
export async function latestConversation(db: Db, customer: string): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select c.id from visitors v join conversations c on c.visitor_id = v.id
    where v.customer_id = ${customer} and v.blocked_at is null and c.status <> 'spam'
    order by c.last_at desc, c.id limit 1`);
  return rows[0]?.id ?? null;
}

/** Whom this customer was told of under this id before, in whichever conversation; undefined when they were not. */
export async function readTold(
  db: Db,
  told: { readonly customer: string; readonly sender: string; readonly clientId: string },
): Promise<{ readonly to: string | null } | undefined> {
  const { rows } = await db.execute<{ to: string | null }>(sql`
    select e.data->>'to' as to from visitors v join conversations c on c.visitor_id = v.id
      join entries e on e.conversation_id = c.id and e.sender_id = ${told.sender} and e.client_id = ${told.clientId}
    where v.customer_id = ${told.customer} limit 1`);
  return rows[0];
}

/** Who can be there for a customer: those who were invited but have not joined cannot. */
const mayAnswer = sql`active and role <> 'back-office' and (password_hash is not null or demo)`;

/** An agent or owner who may answer, held as they are until the transaction ends: who leaves at this moment waits, or was first. */
export async function holdPerson(tx: Db, id: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from people where id = ${id} and ${mayAnswer} for share`);
  return rows.length > 0;
}

// ── everything of one person ────────────────────────────────────────────────

/** What hangs on a person, in numbers. */
export async function countLeaving(db: Db, person: string): Promise<Leaving> {
  const { rows } = await db.execute<Leaving>(sql`select
    (select count(*)::int from customers where ally_id = ${person} and merged_into is null) as customers,
    (select count(*)::int from tasks where owner_id = ${person} and state = 'open') as tasks,
    (select count(*)::int from promises where coalesce(keeper_id, by_id) = ${person} and kept_at is null) as promises,
    (select count(*)::int from internal_requests
      where (provider_id = ${person} or asker_id = ${person}) and state in ('asked', 'promised'))
    + (select count(*)::int from goodwill where colleague_id = ${person} and state = 'asked') as requests,
    (select count(*)::int from (
      select c.id from conversations c join visitors v on v.id = c.visitor_id
        where c.contact_id = ${person} and v.customer_id is null and c.status in ('waiting', 'open')
      union
      select f.conversation_id from failures f
        where f.ally_id = ${person} and f.stage <> 'closed' and f.customer_id is null and f.conversation_id is not null
    ) theirs) as conversations`);
  const [row] = rows;
  if (!row) throw new Error('an aggregate gives one row');
  return row;
}

export type HandOver = {
  readonly from: string;
  readonly to: string;
  /** Who decides instead of `to` where that would be about themself. */
  readonly other: string;
};

/** Those who are to be told that somebody else is their person now. */
export type HandedOver = {
  readonly customers: readonly string[];
  /** Live ones, of visitors whom nobody has linked. */
  readonly conversations: readonly string[];
};

/**
 * Everything that hangs on one person goes to another; the contact of a conversation too that is linked to a customer, as
 * a link may be taken back. Locked in the order in which everybody locks: conversations,
 * customers, then what was recorded, then the tasks that hang on it.
 */
export async function handOverRows(tx: Db, hand: HandOver): Promise<HandedOver> {
  const { from, to } = hand;
  const conversations = await idsOf(
    tx,
    sql`
    with theirs as materialized (select id from conversations where contact_id = ${from} order by id for update),
    changed as (
      update conversations set contact_id = ${to} where id in (select id from theirs) returning id, status, visitor_id
    )
    select c.id from changed c join visitors v on v.id = c.visitor_id
    where c.status in ('waiting', 'open') and v.customer_id is null order by c.id`,
  );
  const customers = await idsOf(
    tx,
    sql`
    with theirs as materialized (select id from customers where ally_id = ${from} order by id for no key update),
    changed as (
      update customers set ally_id = ${to} where id in (select id from theirs) returning id, merged_into
    )
    select id from changed where merged_into is null order by id`,
  );
  await tx.execute(sql`update failures set ally_id = ${to} where ally_id = ${from} and stage <> 'closed'`);
  await tx.execute(sql`
    update promises set keeper_id = ${to} where coalesce(keeper_id, by_id) = ${from} and kept_at is null`);
  await handOverHelp(tx, hand);
  await tx.execute(sql`
    update tasks t set owner_id = case
        when t.kind = 'goodwill' then coalesce((select g.colleague_id from goodwill g where g.id = t.goodwill_id), ${to})
        when t.kind = 'request' then coalesce((select r.provider_id from internal_requests r where r.id = t.request_id), ${to})
        else ${to} end
    where t.owner_id = ${from} and t.state = 'open'`);
  await tx.execute(sql`
    update settings set value = jsonb_set(value, '{effort}', to_jsonb(${to}::text))
    where key = 'recovery' and value->>'effort' = ${from}`);
  return { customers, conversations };
}

/** Nobody helps themself, and nobody decides about their own goodwill. */
async function handOverHelp(tx: Db, { from, to, other }: HandOver): Promise<void> {
  await tx.execute(sql`
    update internal_requests set
      provider_id = case when provider_id <> ${from} then provider_id when asker_id = ${to} then ${other}::uuid else ${to}::uuid end,
      asker_id = case when asker_id <> ${from} then asker_id when provider_id = ${to} then ${other}::uuid else ${to}::uuid end
    where (provider_id = ${from} or asker_id = ${from}) and state in ('asked', 'promised')`);
  await tx.execute(sql`
    update goodwill set colleague_id = case when by_id = ${to} then ${other}::uuid else ${to}::uuid end
    where colleague_id = ${from} and state = 'asked'`);
}

/** Somebody who may answer and is none of these: an owner first. Undefined where there is nobody. */
export async function readAnother(db: Db, than: readonly string[]): Promise<string | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from people where ${mayAnswer} and id <> all(${sql.param(than)}::uuid[])
    order by role = 'owner' desc, created_at, id limit 1`);
  return rows[0]?.id;
}

async function idsOf(tx: Db, statement: SQL): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(statement);
  return rows.map(({ id }) => id);
}
