/** Rows of keys of other systems, and of what those bring. Rules live in imports/. */
import type { FailureRow } from '@fullname/shared/customers';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type KeyRow = {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly usedAt: string | null;
  readonly endedAt: string | null;
};

const keyRows = (from: SQL) => sql`
  select k.id, k.name, k.by_id as by, p.full_name as "byName", k.created_at::text as at, k.used_at::text as "usedAt",
    k.ended_at::text as "endedAt"
  from ${from} k join people p on p.id = k.by_id order by k.created_at desc, k.id`;

export async function readKeys(db: Db): Promise<KeyRow[]> {
  return (await db.execute<KeyRow>(keyRows(sql`api_keys`))).rows;
}

export async function insertKey(
  db: Db,
  key: { readonly name: string; readonly by: string; readonly hash: Buffer },
): Promise<KeyRow> {
  const { rows } = await db.execute<KeyRow>(sql`
    with made as (insert into api_keys (name, by_id, hash) values (${key.name}, ${key.by}, ${key.hash}) returning *)
    ${keyRows(sql`made`)}`);
  const [row] = rows;
  if (!row) throw new Error('insert into api_keys returned no row');
  return row;
}

export async function markEnded(db: Db, id: string): Promise<KeyRow | undefined> {
  const { rows } = await db.execute<KeyRow>(sql`
    with ended as (update api_keys set ended_at = coalesce(ended_at, now()) where id = ${id} returning *)
    ${keyRows(sql`ended`)}`);
  return rows[0];
}

export async function openKey(db: Db, hash: Buffer): Promise<{ id: string; by: string } | undefined> {
  const { rows } = await db.execute<{ id: string; by: string }>(
    sql`select id, by_id as by from api_keys where hash = ${hash} and ended_at is null`,
  );
  return rows[0];
}

/** To the minute: a busy system must not write its key's row with each request. */
export async function markUsed(db: Db, id: string): Promise<void> {
  await db.execute(sql`
    update api_keys set used_at = now() where id = ${id} and (used_at is null or used_at < now() - interval '1 minute')`);
}

/** The customers behind these signed identities; `site` is the site's key. */
export async function readByIdentity(
  db: Db,
  identities: readonly { readonly site: string; readonly subject: string }[],
): Promise<{ site: string; subject: string; customer: string }[]> {
  if (identities.length === 0) return [];
  const { rows } = await db.execute<{ site: string; subject: string; customer: string }>(sql`
    select distinct s.key as site, i.subject, i.customer_id as customer
    from json_to_recordset(${JSON.stringify(identities)}::json) as a(site text, subject text)
    join sites s on s.key = a.site join identities i on i.site_id = s.id and i.subject = a.subject`);
  return rows;
}

/** The allies of these customers, by customer; those alone who may answer. */
export async function readAllies(tx: Db, customers: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.execute<{ customer: string; ally: string }>(sql`
    select cu.id as customer, p.id as ally from customers cu join people p on p.id = cu.ally_id
    where cu.id = any(${sql.param(customers)}::uuid[]) and p.active and p.role <> 'back-office'`);
  return new Map(rows.map(({ customer, ally }) => [customer, ally]));
}

type New = { readonly id: string; readonly customer: string; readonly at: string; readonly what: string };
export type NewPurchase = New & { readonly amount: number; readonly currency: string };
/** A failure as another system tells of it, with the record and the stage that it comes to. */
export type NewFailure = Required<Omit<FailureRow, 'customer'>> & {
  readonly customer: string;
  readonly stage: 'noticed' | 'fixed' | 'closed';
};

/** In the order of their ids, so that two requests with the same rows wait for each other and not in a circle. */
export function insertPurchases(tx: Db, rows: readonly NewPurchase[]): Promise<string[]> {
  return inserted(
    tx,
    rows,
    sql`
    insert into purchases (id, customer_id, at, what, amount, currency)
    select r.id, r.customer, r.at, r.what, r.amount, r.currency
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id uuid, customer uuid, at timestamptz, what text, amount float8, currency text)
    order by r.id on conflict do nothing returning id`,
  );
}

/**
 * The ally of the moment is the customer's; nobody knows who was on shift in another system. A quote is of no log of ours:
 * its number is 0.
 */
export function insertFailures(tx: Db, rows: readonly NewFailure[], by: string): Promise<string[]> {
  return inserted(
    tx,
    rows,
    sql`
    insert into failures (id, customer_id, at, what, product, place, channel, element, category, severity, quotes,
      irreplaceable, wants, stage, put_right, restored, extra, no_extra, level, owed, owed_by, cause, cause_note,
      cost, cost_currency, disputed, disputed_currency, load, fixed_at, closed_at, ally_id, by_id)
    select r.id, r.customer, r.at, r.what, r.product, r.place, r.channel, r.element, r.category, r.severity,
      case when r.quote is null then '[]' else jsonb_build_array(jsonb_build_object('seq', 0, 'text', r.quote)) end,
      r.irreplaceable, r.wants, r.stage, r."putRight", r.restored, r.extra, r."noExtra", r.level, r.owed, r."owedBy",
      r.cause, r."causeNote", r.cost, r."costCurrency", r.disputed, r."disputedCurrency", r.load,
      case when r.stage <> 'noticed' then r.at end, case when r.stage = 'closed' then r.at end, cu.ally_id, ${by}::uuid
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id uuid, customer uuid, at timestamptz, what text, product text, place text, channel text, element text,
        category text, severity text, quote text, irreplaceable boolean, wants text, stage text, "putRight" text,
        restored boolean, extra text, "noExtra" text, level text, owed text, "owedBy" timestamptz, cause text,
        "causeNote" text, cost float8, "costCurrency" text, disputed float8, "disputedCurrency" text, load float8)
    join customers cu on cu.id = r.customer
    order by r.id on conflict do nothing returning id`,
  );
}

async function inserted(tx: Db, rows: readonly unknown[], statement: SQL): Promise<string[]> {
  if (rows.length === 0) return [];
  const { rows: fresh } = await tx.execute<{ id: string }>(statement);
  return fresh.map(({ id }) => id);
}

export type Stored = {
  readonly id: string;
  readonly customer: string | null;
  readonly at: string;
  readonly what: string;
  readonly amount: number | null;
  readonly currency: string | null;
};

export async function readStored(
  tx: Db,
  kind: 'purchases' | 'failures',
  ids: readonly string[],
): Promise<Stored[]> {
  if (ids.length === 0) return [];
  const money = kind === 'purchases' ? sql`amount, currency` : sql`null as amount, null as currency`;
  const { rows } = await tx.execute<Stored>(sql`
    select id, customer_id as customer, at::text as at, what, ${money}
    from ${sql.identifier(kind)} where id = any(${sql.param(ids)}::uuid[])`);
  return rows;
}
