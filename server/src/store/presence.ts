/** Who is here: the person's own switch, and who sits at which relay. Whether a relay still counts is judged by PostgreSQL's clock. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

/** The person's own switch, and when they are back. */
export async function setSwitch(
  db: Db,
  person: string,
  now: { here: boolean; backAt: string | null },
): Promise<void> {
  await db.execute(
    sql`update people set here = ${now.here}, back_at = ${now.backAt}::timestamptz where id = ${person}`,
  );
}

/** A relay not seen for this long counts for nothing: three beats of its row. */
const isSeen = sql`r.seen_at > now() - interval '15 seconds'`;

export type Roll = {
  /** This relay's row was not there: what it wrote of its visitors is gone as well, or was never written. */
  readonly isNew: boolean;
  /** The other relays that count, with the people who sit at each. */
  readonly others: ReadonlyMap<string, readonly string[]>;
  /** Rows of relays that count for nothing any more. */
  readonly hasGone: boolean;
};

/** Writes this relay's row and reads the others', in one statement. */
export async function callRoll(db: Db, relay: string, people: readonly string[]): Promise<Roll> {
  const { rows } = await db.execute<{
    isNew: boolean;
    relay: string | null;
    people: string[];
    isSeen: boolean;
  }>(sql`
    with mine as (
      insert into relays (id, seen_at, people) values (${relay}, now(), ${sql.param(people)}::uuid[])
      on conflict (id) do update set seen_at = excluded.seen_at, people = excluded.people
      returning xmax = 0 as is_new
    )
    select mine.is_new as "isNew", r.id as relay, r.people, ${isSeen} as "isSeen"
    from mine left join relays r on r.id <> ${relay}`);
  const others = new Map<string, readonly string[]>();
  for (const row of rows) if (row.relay !== null && row.isSeen) others.set(row.relay, row.people);
  return {
    isNew: rows[0]?.isNew === true,
    others,
    hasGone: rows.some((row) => row.relay !== null && !row.isSeen),
  };
}

/** Takes away what relays left behind that ended without a word. */
export async function removeGone(db: Db): Promise<void> {
  await db.execute(sql`delete from relays r where not (${isSeen})`);
  await db.execute(
    sql`delete from visitor_sockets v where not exists (select from relays r where r.id = v.relay_id)`,
  );
}

export async function removeRelay(db: Db, relay: string): Promise<void> {
  await db.execute(sql`delete from relays where id = ${relay}`);
  await clearVisitors(db, relay);
}

/** Notes that these visitors have a socket at this relay. */
export async function addVisitors(db: Db, relay: string, visitors: readonly string[]): Promise<void> {
  await db.execute(sql`
    insert into visitor_sockets (relay_id, visitor_id)
    select ${relay}::uuid, visitor from unnest(${sql.param(visitors)}::uuid[]) visitor on conflict do nothing`);
}

export async function removeVisitors(db: Db, relay: string, visitors: readonly string[]): Promise<void> {
  await db.execute(
    sql`delete from visitor_sockets where relay_id = ${relay} and visitor_id = any(${sql.param(visitors)}::uuid[])`,
  );
}

export async function clearVisitors(db: Db, relay: string): Promise<void> {
  await db.execute(sql`delete from visitor_sockets where relay_id = ${relay}`);
}

/** Those of these visitors who have a socket at another relay. */
export async function visitorsElsewhere(
  db: Db,
  relay: string,
  visitors: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.execute<{ visitor: string }>(sql`
    select v.visitor_id as visitor from visitor_sockets v join relays r on r.id = v.relay_id and ${isSeen}
    where v.visitor_id = any(${sql.param(visitors)}::uuid[]) and v.relay_id <> ${relay}`);
  return new Set(rows.map((row) => row.visitor));
}

/** The visitors of these conversations. */
export async function visitorsOf(
  db: Db,
  conversations: readonly string[],
): Promise<readonly { readonly conversation: string; readonly visitor: string }[]> {
  const { rows } = await db.execute<{ conversation: string; visitor: string }>(
    sql`select id as conversation, visitor_id as visitor from conversations where id = any(${sql.param(conversations)}::uuid[])`,
  );
  return rows;
}
