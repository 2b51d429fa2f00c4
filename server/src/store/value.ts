/** What customers' values are worked out from, a statement each; and what owners guessed. Rules live in value/. */
import { eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { valueGuesses } from './schema.ts';

/** What a customer bought in one currency, by the days (UTC) on which it was; days as ISO strings. */
export type BoughtRow = {
  readonly customer: string;
  readonly currency: string;
  readonly orders: number;
  readonly days: number;
  readonly spent: number;
  readonly firstSpent: number;
  readonly firstAt: string;
  readonly lastAt: string;
};

export type DisputedRow = { readonly failure: string; readonly amount: number; readonly currency: string };

export type WorthRow = {
  /** Those of the customer and of all in `came`, the currency of most days first. */
  readonly bought: readonly BoughtRow[];
  /** The standing records of those who came through this customer. */
  readonly came: readonly string[];
  readonly disputed: readonly DisputedRow[];
  /** The settings of the recovery as they were written; null where nobody did. */
  readonly recovery: unknown;
  /** When the company's figures were written; null where there are none. */
  readonly companyAt: string | null;
};

const CAME_MAX = 50;
const DISPUTED_MAX = 10;

/**
 * All that one customer's value needs, of one moment. Whoever came through a record that was merged into this one came
 * through this one. Nobody can tell PostgreSQL how short such chains are: `lateral … offset 0` makes it look each link up.
 */
export async function readWorth(
  db: Db,
  { customer, now }: { readonly customer: string; readonly now: number },
): Promise<WorthRow> {
  const { rows } = await db.execute<WorthRow>(sql`
    with recursive mine as (
      select ${customer}::uuid as id
      union
      select m.id from mine cross join lateral (
        select merged_id as id from customer_merges where kept_id = mine.id and undone_at is null offset 0) m
    ), up as (
      (select cu.id, cu.merged_into from mine cross join lateral (
          select id, merged_into, since from customers where referrer_id = mine.id
          order by since, id limit ${CAME_MAX}) cu
        order by cu.since, cu.id limit ${CAME_MAX})
      union
      select cu.id, cu.merged_into from up cross join lateral (
        select id, merged_into from customers where id = up.merged_into offset 0) cu
    ), came as (
      select distinct id from up where merged_into is null and id <> ${customer}
    ), known as (
      select ${customer}::uuid as id union select id from came
    ), days as (
      ${daysOf(now)}
    )
    select
      (select coalesce(json_agg(r order by r.days desc, r.spent desc, r.currency), '[]')
        from (${boughtOfDays}) r) as bought,
      (select coalesce(json_agg(id order by id), '[]') from came) as came,
      (select coalesce(json_agg(r), '[]') from (
        select id as failure, disputed as amount, disputed_currency as currency from failures
        where customer_id = ${customer} and stage <> 'closed' and disputed is not null
        order by at desc, id limit ${DISPUTED_MAX}) r) as disputed,
      (select value from settings where key = 'recovery') as recovery,
      (select at::text from settings where key = 'value-company') as "companyAt"`);
  const [row] = rows;
  if (!row) throw new Error('a statement without a table gives one row');
  return row;
}

/**
 * What customers bought, of at most `most` of them. Ids are random, so those that follow a random one are as even a choice
 * as any, and neither the table nor the memory is read through for it. `from` is that id.
 */
export async function readSample(
  db: Db,
  { from, most, now }: { readonly from: string; readonly most: number; readonly now: number },
): Promise<BoughtRow[]> {
  const some = (side: '>=' | '<') => sql`
    select cu.id from customers cu
    where cu.id ${sql.raw(side)} ${from}::uuid and exists (
      select 1 from purchases p where p.customer_id = cu.id and p.amount > 0 and p.at <= ${timeOf(now)})
    order by cu.id limit ${most}`;
  const { rows } = await db.execute<BoughtRow>(sql`
    with after as materialized (${some('>=')}), before as materialized (${some('<')}), known as materialized (
      (select id from after union all select id from before) limit ${most}
    ), days as (
      ${daysOf(now)}
    )
    ${boughtOfDays}`);
  return rows;
}

/** Orders of one day are one purchase; orders of nothing are none. */
function daysOf(now: number) {
  return sql`
    select p.customer_id as customer, p.currency, date_trunc('day', p.at, 'UTC') as day, sum(p.amount) as spent,
      count(*)::int as orders
    from known cross join lateral (
      select customer_id, currency, at, amount from purchases
      where customer_id = known.id and amount > 0 and at <= ${timeOf(now)} offset 0) p
    group by p.customer_id, p.currency, day`;
}

const boughtOfDays = sql`
  select customer, currency, sum(orders)::int as orders, count(*)::int as days, sum(spent) as spent,
    (array_agg(spent order by day))[1] as "firstSpent", ${dayText('min')} as "firstAt", ${dayText('max')} as "lastAt"
  from days group by customer, currency`;

function dayText(which: 'min' | 'max') {
  return sql`to_char(${sql.raw(which)}(day) at time zone 'UTC', 'YYYY-MM-DD"T00:00:00.000Z"')`;
}

function timeOf(now: number) {
  return sql`${new Date(now).toISOString()}::timestamptz`;
}

export type GuessRow = { readonly amount: number; readonly currency: string };

export async function readGuess(db: Db, person: string): Promise<GuessRow | undefined> {
  const { amount, currency } = valueGuesses;
  const [row] = await db
    .select({ amount, currency })
    .from(valueGuesses)
    .where(eq(valueGuesses.person, person));
  return row;
}

/** The first guess stays. */
export async function insertGuess(db: Db, person: string, guess: GuessRow): Promise<void> {
  await db
    .insert(valueGuesses)
    .values({ person, ...guess })
    .onConflictDoNothing();
}

/** Locks standing records, and says through whom each came: two who name each other at once come one after the other. */
export async function lockReferrers(tx: Db, ids: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await tx.execute<{ id: string; referrer: string | null }>(sql`
    select id, referrer_id as referrer from customers where id = any(${sql.param(ids)}::uuid[])
    order by id for no key update`);
  return new Map(rows.map(({ id, referrer }) => [id, referrer]));
}

export async function writeReferrer(
  tx: Db,
  { customer, referrer }: { readonly customer: string; readonly referrer: string | null },
): Promise<void> {
  await tx.execute(sql`update customers set referrer_id = ${referrer}::uuid where id = ${customer}`);
}
