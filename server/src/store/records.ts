/** Customers as agents find and make them, the links of visitors to them, and one customer's whole record in one statement. */
import type { PageData } from '@fullname/shared/page-data';
import type { CustomerRef } from '@fullname/shared/recovery';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { type AnswerRow, answersOf } from './farewells.ts';
import { type GoodwillRow, goodwillColumns } from './goodwill.ts';
import type { PreferenceFacts } from './preferences.ts';
import { type FailureFacts, isFlagged, type PromiseFacts } from './recovery.ts';
import { type RequestRow, requestColumns } from './requests-internal.ts';
import { customers, visitors } from './schema.ts';
import { customersAlike, customersNamed, hasGrams, type MeantName } from './search.ts';
import { type TaskRow, taskColumns, taskTables } from './tasks.ts';

export type FoundCustomer = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: string | null;
  readonly since: string;
  readonly ally: string | null;
  readonly allyName: string | null;
  readonly demo: boolean;
};

const customerColumns = sql`cu.id, cu.name, cu.email, cu.locale, cu.since::text as since, cu.demo,
  cu.ally_id as ally, p.full_name as "allyName"`;

/** `mergedInto`: the record that this one leads to; null while it stands by itself. */
export type PairRow = FoundCustomer & { readonly mergedInto: string | null };

/** These records as agents see them, merged ones as well. */
export async function readPair(db: Db, ids: readonly string[]): Promise<Map<string, PairRow>> {
  const { rows } = await db.execute<PairRow>(sql`
    select ${customerColumns}, cu.merged_into as "mergedInto"
    from customers cu left join people p on p.id = cu.ally_id where cu.id = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Of so many that fit, the best are shown. */
const LOOKED_AT = 1_000;

/**
 * Customers whose name or e-mail address contains the words; those that begin with them first. A record that was merged
 * is found by its own words too, and leads to the one that is kept. Of a single Latin letter some are looked at, not all.
 */
export async function findCustomers(db: Db, words: string, limit: number): Promise<FoundCustomer[]> {
  const begins = `${words.replace(/[\\%_]/g, '\\$&')}%`;
  const some = hasGrams(words) ? sql`customers` : sql`(select * from customers limit ${LOOKED_AT}) customers`;
  const rank = sql`(name ilike ${begins} or coalesce(email, '') ilike ${begins})::int * 2
        + (name ilike ${`% ${begins}`})::int`;
  return standing(db, { some, rank, fits: customersNamed(words) }, limit);
}

/** Customers who may be meant by a name with a slip in it. */
export async function findCustomersAlike(db: Db, meant: MeantName, limit: number): Promise<FoundCustomer[]> {
  const { rows } = await db.execute<{ id: string; name: string }>(
    sql`select id, name from customers where ${customersAlike(meant)} limit ${LOOKED_AT}`,
  );
  const ids = rows.filter(({ name }) => meant.isMeant(name)).map(({ id }) => id);
  if (ids.length === 0) return [];
  const fits = sql`id = any(${sql.param(ids)}::uuid[])`;
  return standing(db, { some: sql`customers`, rank: sql`0`, fits }, limit);
}

type Fitting = { readonly some: SQL; readonly fits: SQL; readonly rank: SQL };

/** The records that these lead to, the best first. */
async function standing(db: Db, { some, fits, rank }: Fitting, limit: number): Promise<FoundCustomer[]> {
  const { rows } = await db.execute<FoundCustomer>(sql`
    with recursive up as (
      select id, merged_into, ${rank} as rank
      from (select * from ${some} where ${fits} limit ${LOOKED_AT}) fitting
      union all
      select cu.id, cu.merged_into, up.rank from up join customers cu on cu.id = up.merged_into
    )
    select ${customerColumns}
    from (select id, max(rank) as rank from up where merged_into is null group by id) found
    join customers cu on cu.id = found.id left join people p on p.id = cu.ally_id
    order by found.rank desc, cu.name, cu.id
    limit ${limit}`);
  return rows;
}

/** Stores a customer, or reads the one stored under this id before. */
export async function storeCustomer(
  db: Db,
  customer: { readonly id: string; readonly name: string },
): Promise<FoundCustomer | undefined> {
  await db.insert(customers).values(customer).onConflictDoNothing();
  const { rows } = await db.execute<FoundCustomer>(sql`
    select ${customerColumns} from customers cu left join people p on p.id = cu.ally_id where cu.id = ${customer.id}`);
  return rows[0];
}

export type LinkRow = {
  readonly customer: string | null;
  readonly linkedBy: string | null;
  readonly customerName: string | null;
};

/** A visitor's link, locked until the end of the transaction: two agents who link at once come one after the other. */
export async function lockLink(tx: Db, visitor: string): Promise<LinkRow | undefined> {
  const [row] = await tx
    .select({ customer: visitors.customer, linkedBy: visitors.linkedBy, customerName: customers.name })
    .from(visitors)
    .leftJoin(customers, eq(customers.id, visitors.customer))
    .where(eq(visitors.id, visitor))
    .for('update', { of: visitors });
  return row;
}

export async function readCustomerName(db: Db, id: string): Promise<string | undefined> {
  const [row] = await db.select({ name: customers.name }).from(customers).where(eq(customers.id, id));
  return row?.name;
}

/** Writes a visitor's link; `customer` null takes it back. */
export async function writeLink(
  tx: Db,
  link: { readonly visitor: string; readonly customer: string | null; readonly by: string | null },
): Promise<void> {
  await tx
    .update(visitors)
    .set({
      customer: link.customer,
      linkedBy: link.customer === null ? null : link.by,
      linkedAt: link.customer === null ? null : sql`now()`,
    })
    .where(eq(visitors.id, link.visitor));
}

/** What was recorded in a visitor's conversations goes with the visitor, from one record (or none) to another. */
export async function moveRecords(
  tx: Db,
  move: { readonly visitor: string; readonly from: string | null; readonly to: string | null },
): Promise<void> {
  const theirs = sql`customer_id is not distinct from ${move.from}::uuid
    and conversation_id in (select id from conversations where visitor_id = ${move.visitor})`;
  for (const table of ['failures', 'promises', 'preferences', 'tasks', 'goodwill', 'internal_requests']) {
    await tx.execute(sql`update ${sql.identifier(table)} set customer_id = ${move.to}::uuid where ${theirs}`);
  }
}

/** A customer without an ally gets the visitor's first contact as one; an ally who is there stays. */
export async function adoptAlly(
  tx: Db,
  link: { readonly visitor: string; readonly customer: string },
): Promise<void> {
  await tx.execute(sql`
    update customers set ally_id = (
      select contact_id from conversations
      where visitor_id = ${link.visitor} and contact_id is not null and status <> 'spam'
      order by created_at limit 1)
    where id = ${link.customer} and ally_id is null`);
}

/** Everything of a visitor's customer, as JSON gives it; of an unlinked visitor what was recorded in their own conversations. */
export type RecordRow = {
  readonly claimedName: string | null;
  readonly claimedEmail: string | null;
  readonly linkedBy: string | null;
  readonly linkedAt: string;
  readonly customer: (Omit<FoundCustomer, 'allyName'> & { readonly referrer: CustomerRef | null }) | null;
  readonly failures: readonly FailureFacts[];
  readonly pleaseKnow: readonly FailureFacts[];
  readonly conversations: readonly {
    readonly id: string;
    readonly at: string;
    readonly status: 'waiting' | 'open' | 'closed';
    readonly preview: string;
    readonly holder: string | null;
    readonly site: string;
  }[];
  readonly preferences: readonly PreferenceFacts[];
  readonly promises: readonly PromiseFacts[];
  readonly tasks: readonly TaskRow[];
  readonly requests: readonly RequestRow[];
  readonly goodwill: readonly GoodwillRow[];
  readonly purchases: readonly PurchaseRow[];
  readonly farewells: readonly AnswerRow[];
  readonly told: PageData | null;
  readonly phrases: readonly string[];
};

type PurchaseRow = {
  readonly id: string;
  readonly at: string;
  readonly what: string;
  readonly amount: number;
  readonly currency: string;
};

const PLEASE_KNOW_MAX = 5;
const TIMELINE_MAX = 30;
const PREFERENCES_MAX = 30;
const PROMISES_MAX = 20;
const PURCHASES_MAX = 10;
const TASKS_MAX = 20;
const REQUESTS_MAX = 10;
const GOODWILL_MAX = 20;
const FAREWELLS_MAX = 10;

/**
 * One customer's record beside one conversation. One statement sees one moment: a link that changes while the pane is
 * read can not put one person's past under another's name.
 */
export async function readRecord(
  db: Db,
  conversation: {
    readonly id: string;
    readonly visitor: string;
    readonly locale: string;
    readonly now: number;
  },
): Promise<RecordRow | undefined> {
  const { rows } = await db.execute<RecordRow>(sql`
    select v.claimed_name as "claimedName", v.claimed_email as "claimedEmail", v.linked_by as "linkedBy",
      coalesce(v.linked_at, v.created_at)::text as "linkedAt",
      (select row_to_json(r) from (
        select id, name, email, locale, since, demo, ally_id as ally,
          (with recursive up as (
            select by.id, by.name, by.merged_into from customers by where by.id = customers.referrer_id
            union all
            select kept.id, kept.name, kept.merged_into from up cross join lateral (
              select id, name, merged_into from customers k where k.id = up.merged_into offset 0) kept
          ) select json_build_object('id', up.id, 'name', up.name) from up
            where up.merged_into is null and up.id <> customers.id) as referrer
        from customers where id = v.customer_id) r
      ) as customer,
      ${list(sql`select ${failureColumns} from failures where ${theirs}
        order by at desc, id limit ${TIMELINE_MAX}`)} as failures,
      ${list(sql`select ${failureColumns} from failures where ${theirs} and ${isFlagged(conversation.now)}
        order by (stage <> 'closed' or owed is not null) desc, at desc, id limit ${PLEASE_KNOW_MAX}`)} as "pleaseKnow",
      ${list(sql`select c.id, c.last_at as at, c.status, c.preview, c.holder_id as holder,
          (select s.name from sites s where s.id = w.site_id) as site
        from visitors w join conversations c on c.visitor_id = w.id
        where (w.id = v.id or w.customer_id = v.customer_id) and c.id <> ${conversation.id} and c.status <> 'spam'
        order by c.last_at desc, c.id limit ${TIMELINE_MAX}`)} as conversations,
      ${list(sql`select ${preferenceColumns} from preferences
        where ${theirs} and removed_at is null
        order by (reach is not null) desc, at desc, id limit ${PREFERENCES_MAX}`)} as preferences,
      ${list(sql`select ${promiseColumns} from promises
        where ${theirs}
        order by kept_at desc nulls first, due, id limit ${PROMISES_MAX}`)} as promises,
      ${list(sql`select ${taskColumns} from ${taskTables}
        where t.state = 'open' and (t.customer_id = v.customer_id
          or (v.customer_id is null and t.conversation_id = ${conversation.id}))
        order by t.due, t.id limit ${TASKS_MAX}`)} as tasks,
      ${list(sql`select ${requestColumns} from internal_requests r left join customers cu on cu.id = r.customer_id
        where r.conversation_id = ${conversation.id} and r.state <> 'withdrawn'
        order by r.at desc, r.id limit ${REQUESTS_MAX}`)} as requests,
      ${list(sql`select ${goodwillColumns} from goodwill g left join customers cu on cu.id = g.customer_id
        where g.state = 'given'
          and (g.customer_id = v.customer_id or (v.customer_id is null and g.conversation_id = ${conversation.id}))
        order by g.at desc, g.id limit ${GOODWILL_MAX}`)} as goodwill,
      ${list(sql`select id, at, what, amount, currency from purchases
        where customer_id = v.customer_id order by at desc, id limit ${PURCHASES_MAX}`)} as purchases,
      ${list(answersOf(sql`(w.id = v.id or w.customer_id = v.customer_id)`, FAREWELLS_MAX))} as farewells,
      (select json_build_object('labels', p.labels, 'events', p.events) from page_data p where p.visitor_id = v.id) as told,
      (select coalesce(json_agg(r.text), '[]') from (
        select text from phrases where locale = ${conversation.locale} and status = 'published'
          and tags @> '{acknowledge}'
        order by created_at, id limit 10) r) as phrases
    from visitors v where v.id = ${conversation.visitor}`);
  return rows[0];
}

/**
 * The customer's; or, of a visitor nobody has linked, what was recorded in this browser's own conversations. Those of somebody
 * who is linked are an empty list from within, or an index would be asked for each of them in vain.
 */
const theirs = sql`(customer_id = v.customer_id or (v.customer_id is null and conversation_id = any(array(
  select o.id from conversations o where o.visitor_id = v.id and v.customer_id is null))))`;

const failureColumns = sql`id, conversation_id as conversation, at, what, product, place, channel, element, category,
  severity, quotes, irreplaceable, wants, stage, put_right as "putRight", restored, extra, no_extra as "noExtra", level,
  owed, owed_by as "owedBy", cause, cause_note as "causeNote", cost, cost_currency as "costCurrency", disputed,
  disputed_currency as "disputedCurrency", flag_lines as "flagLines", checks, flag_until as "flagUntil", reopened,
  revision, ally_id as ally, load, on_shift as "onShift", by_id as by, created_at as "createdAt"`;

const promiseColumns = sql`id, conversation_id as conversation, text, due, first_due as "firstDue", by_id as by,
  keeper_id as keeper, kept_at as "keptAt", told_at as "toldAt", created_at as "createdAt"`;

const preferenceColumns = sql`id, text, source, quote, by_id as by, at, reach, idea, idea_done_at as "ideaDoneAt"`;

function list(query: SQL): SQL {
  return sql`(select coalesce(json_agg(r), '[]') from (${query}) r)`;
}
