/** Merges of customers' records, as rows: what went over by id, so that exactly that can be taken back. Rules live in people/merges.ts. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { PairRow } from './records.ts';

/** The tables whose rows belong to a customer and have an id of their own; signed identities have none. */
const OWNED = [
  'visitors',
  'failures',
  'preferences',
  'promises',
  'purchases',
  'mails',
  'tasks',
  'goodwill',
  'internal_requests',
] as const;
export const MOVED = [...OWNED, 'identities'] as const;
export type Moved = Readonly<Record<(typeof MOVED)[number], readonly string[]>> & {
  /** What the kept record took over because it had none itself, by column. */
  readonly filled: readonly string[];
  /** The kept record's own `since`, where the merged one's is earlier. */
  readonly since: readonly string[];
};

export type MergeRow = {
  readonly id: string;
  readonly kept: string;
  readonly merged: string;
  readonly keptName: string;
  readonly mergedName: string;
  readonly by: string;
  readonly at: string;
  readonly moved: Moved;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
};

/** The record that each of these leads to: itself while it stands. Ids without a record are left out. */
export async function readStanding(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<{ asked: string; id: string }>(sql`
    with recursive up as (
      select id as asked, id, merged_into from customers where id = any(${sql.param(ids)}::uuid[])
      union all
      select up.asked, cu.id, cu.merged_into from up join customers cu on cu.id = up.merged_into
    )
    select asked, id from up where merged_into is null`);
  return new Map(rows.map((row) => [row.asked, row.id]));
}

/**
 * The same, and the records stay what they are until the transaction ends: a merge waits for it. Rows that are written for
 * a customer are written under this, so that none is left with a record that was merged in between.
 */
export async function holdStanding(tx: Db, ids: readonly string[]): Promise<Map<string, string>> {
  for (;;) {
    const standing = await readStanding(tx, ids);
    const wanted = [...new Set(standing.values())];
    if (wanted.length === 0) return standing;
    const { rows } = await tx.execute<{ merged: boolean }>(sql`
      select merged_into is not null as merged from customers where id = any(${sql.param(wanted)}::uuid[])
      order by id for key share`);
    if (rows.length === wanted.length && rows.every((row) => !row.merged)) return standing;
  }
}

/**
 * Locks two records for a merge: their visitors first and the records last, each in the order of their ids, as everybody
 * does who records something. False when a visitor has joined them in between: then everything is to be begun again.
 */
export async function lockPair(tx: Db, pair: readonly [string, string]): Promise<boolean> {
  const theirs = sql`customer_id in (${pair[0]}, ${pair[1]})`;
  const locked = await tx.execute(sql`select id from visitors where ${theirs} order by id for no key update`);
  await tx.execute(sql`select id from customers where id in (${pair[0]}, ${pair[1]}) order by id for update`);
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from visitors where ${theirs}`,
  );
  return rows[0]?.n === locked.rows.length;
}

/** Moves everything of one record to another, and says what. Both are locked. */
export async function moveAll(
  tx: Db,
  { from, to }: { from: string; to: string },
): Promise<Omit<Moved, 'filled' | 'since'>> {
  const moved: Partial<Record<(typeof MOVED)[number], readonly string[]>> = {};
  for (const table of OWNED)
    moved[table] = await changed(
      tx,
      sql`
    update ${sql.identifier(table)} set customer_id = ${to} where customer_id = ${from} returning id::text as key`,
    );
  moved.identities = await changed(
    tx,
    sql`
    update identities set customer_id = ${to} where customer_id = ${from} returning ${identityKey} as key`,
  );
  return moved as Record<(typeof MOVED)[number], readonly string[]>;
}

/** Moves these rows back, those of them that are still with the record they went to. */
export async function moveBack(
  tx: Db,
  moved: Moved,
  { from, to }: { from: string; to: string },
): Promise<void> {
  for (const table of OWNED) {
    await tx.execute(sql`
      update ${sql.identifier(table)} set customer_id = ${to}
      where customer_id = ${from} and id = any(${sql.param(moved[table])}::uuid[])`);
  }
  await tx.execute(sql`
    update identities set customer_id = ${to}
    where customer_id = ${from} and ${identityKey} = any(${sql.param(moved.identities)}::text[])`);
}

const identityKey = sql`site_id::text || ' ' || subject`;

async function changed(tx: Db, statement: SQL): Promise<string[]> {
  const { rows } = await tx.execute<{ key: string }>(statement);
  return rows.map((row) => row.key);
}

/**
 * The merged record leads to the kept one, which takes over what it has none of itself, and the earlier `since`. Answers
 * what it took.
 */
export async function joinRecords(
  tx: Db,
  { kept, merged }: { kept: PairRow; merged: PairRow },
): Promise<Pick<Moved, 'filled' | 'since'>> {
  const empty = (['email', 'locale', 'ally'] as const).filter(
    (name) => kept[name] === null && merged[name] !== null,
  );
  const isEarlier = Date.parse(merged.since) < Date.parse(kept.since);
  await tx.execute(sql`update customers set merged_into = ${kept.id} where id = ${merged.id}`);
  await tx.execute(sql`
    update customers k set email = coalesce(k.email, m.email), locale = coalesce(k.locale, m.locale),
      ally_id = coalesce(k.ally_id, m.ally_id), since = least(k.since, m.since)
    from customers m where k.id = ${kept.id} and m.id = ${merged.id}`);
  const filled = (await takeReferrer(tx, { kept: kept.id, merged: merged.id }))
    ? [...empty, 'referrer']
    : empty;
  return { filled, since: isEarlier ? [kept.since] : [] };
}

/** Through whom they came, where the kept record does not know it: but nobody came through themself, and no two through each other. */
async function takeReferrer(tx: Db, { kept, merged }: { kept: string; merged: string }): Promise<boolean> {
  const { rows } = await tx.execute<{ through: string; theirs: string | null }>(sql`
    select m.referrer_id as through, r.referrer_id as theirs
    from customers k, customers m join customers r on r.id = m.referrer_id
    where k.id = ${kept} and k.referrer_id is null and m.id = ${merged}`);
  const [found] = rows;
  if (!found) return false;
  const standing = await readStanding(tx, [found.through, ...(found.theirs === null ? [] : [found.theirs])]);
  if ([found.through, found.theirs].some((id) => id !== null && standing.get(id) === kept)) return false;
  await tx.execute(sql`update customers set referrer_id = ${found.through} where id = ${kept}`);
  return true;
}

/** The merged record stands by itself again, and the kept one gives back what it took, unless that was changed since. */
export async function partRecords(
  tx: Db,
  { kept, merged, moved }: Pick<MergeRow, 'kept' | 'merged' | 'moved'>,
): Promise<void> {
  const gives = (name: string) => moved.filled.includes(name);
  const [since] = moved.since;
  await tx.execute(sql`update customers set merged_into = null where id = ${merged}`);
  await tx.execute(sql`
    update customers k set
      email = case when ${gives('email')} and k.email = m.email then null else k.email end,
      locale = case when ${gives('locale')} and k.locale = m.locale then null else k.locale end,
      ally_id = case when ${gives('ally')} and k.ally_id = m.ally_id then null else k.ally_id end,
      referrer_id = case when ${gives('referrer')} and k.referrer_id = m.referrer_id then null else k.referrer_id end,
      since = case when k.since = m.since then coalesce(${since ?? null}::timestamptz, k.since) else k.since end
    from customers m where k.id = ${kept} and m.id = ${merged}`);
}

/** False when another merge has this id. */
export async function insertMerge(
  tx: Db,
  row: Pick<MergeRow, 'id' | 'kept' | 'merged' | 'by' | 'moved'>,
): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    insert into customer_merges (id, kept_id, merged_id, by_id, moved)
    values (${row.id}, ${row.kept}, ${row.merged}, ${row.by}, ${JSON.stringify(row.moved)}::jsonb) on conflict do nothing`);
  return rowCount === 1;
}

export async function markUndone(tx: Db, id: string, by: string): Promise<void> {
  await tx.execute(sql`update customer_merges set undone_at = now(), undone_by = ${by} where id = ${id}`);
}

export async function readMerge(db: Db, id: string): Promise<MergeRow | undefined> {
  return (await mergesWhere(db, sql`m.id = ${id}`))[0];
}

/** Merges into this record that stand, and are later than this one. */
export function readLater(db: Db, than: MergeRow): Promise<MergeRow[]> {
  return mergesWhere(
    db,
    sql`m.kept_id = ${than.kept} and m.undone_at is null and m.id <> ${than.id} and m.at >= ${than.at}`,
  );
}

/** The merges of a record and of all that lead to it, the newest first, undone ones as well. */
export function readMerges(db: Db, customer: string, limit: number): Promise<MergeRow[]> {
  return mergesWhere(
    db,
    sql`
    exists (select 1 from tree t where t.id = m.kept_id or t.id = m.merged_id) order by m.at desc, m.id limit ${limit}`,
    customer,
  );
}

async function mergesWhere(db: Db, which: SQL, root?: string): Promise<MergeRow[]> {
  const { rows } = await db.execute<MergeRow>(sql`
    with recursive tree as (
      select id from customers where id = ${root ?? null}::uuid
      union
      select m.merged_id from tree t join customer_merges m on m.kept_id = t.id and m.undone_at is null
    )
    select m.id, m.kept_id as kept, m.merged_id as merged, k.name as "keptName", g.name as "mergedName", m.by_id as by,
      m.at::text as at, m.moved, m.undone_at::text as "undoneAt", m.undone_by as "undoneBy"
    from customer_merges m join customers k on k.id = m.kept_id join customers g on g.id = m.merged_id
    where ${which}`);
  // Of an earlier release's merge no rows went over in the tables that there are since.
  return rows.map((row) => ({ ...row, moved: { ...NOTHING_MOVED, ...row.moved } }));
}

const NOTHING_MOVED = Object.fromEntries(MOVED.map((table) => [table, []]));

export type SideFacts = {
  readonly counts: Readonly<Record<(typeof MOVED)[number] | 'conversations', number>>;
  readonly identities: readonly { readonly site: string; readonly subject: string }[];
  readonly claimed: readonly string[];
};

/** How much a record has, who signs for it, and the addresses that its visitors typed. */
export async function readSide(db: Db, customer: string): Promise<SideFacts> {
  const counts = MOVED.map(
    (table) =>
      sql`${sql.raw(`'${table}'`)}, (select count(*)::int from ${sql.identifier(table)} where customer_id = ${customer})`,
  );
  const { rows } = await db.execute<SideFacts>(sql`
    select json_build_object(${sql.join(counts, sql`, `)}, 'conversations',
        (select count(*)::int from conversations c join visitors v on v.id = c.visitor_id
          where v.customer_id = ${customer} and c.status <> 'spam')) as counts,
      (select coalesce(json_agg(json_build_object('site', s.name, 'subject', i.subject) order by s.name, i.subject), '[]')
        from identities i join sites s on s.id = i.site_id where i.customer_id = ${customer}) as identities,
      (select coalesce(json_agg(distinct v.claimed_email), '[]')
        from visitors v where v.customer_id = ${customer} and v.claimed_email is not null) as claimed`);
  const [row] = rows;
  if (!row) throw new Error('an aggregate gives one row');
  return row;
}

/** Whether this identity came to the record by a merge: then its site's word of the name is not the record's. */
export async function isMovedIdentity(
  db: Db,
  identity: { readonly site: string; readonly subject: string; readonly customer: string },
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from customer_merges where kept_id = ${identity.customer} and undone_at is null
      and moved->'identities' ? ${`${identity.site} ${identity.subject}`} limit 1`);
  return rows.length > 0;
}

/** The conversations of these customers whose panes may be open: what goes on, and what was said this week. */
export async function readConversationsOf(
  db: Db,
  customers: readonly string[],
  limit: number,
): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select c.id from conversations c join visitors v on v.id = c.visitor_id
    where v.customer_id = any(${sql.param(customers)}::uuid[])
      and (c.status in ('waiting', 'open') or (c.status = 'closed' and c.last_at > now() - interval '7 days'))
    order by c.status in ('waiting', 'open') desc, c.last_at desc limit ${limit}`);
  return rows.map((row) => row.id);
}
