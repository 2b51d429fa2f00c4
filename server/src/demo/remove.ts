/**
 * Takes the demo desk out of the store: its shop, its customers, its people, and all that hangs on them. What real people
 * did at real sites stays, and stays readable: a demo person whose name stands in a real record is kept, but can no longer
 * sign in or answer.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../store/db.ts';
import { DEMO_FACT } from './fill.ts';

export type Removed = {
  readonly customers: number;
  readonly people: number;
  /** Demo people who are kept, deactivated, because real records name them. */
  readonly kept: readonly string[];
  /** No owner is left who could sign in: the relay has to print a set-up link. */
  readonly setupNeeded: boolean;
};

/** Removes the demo in one transaction; on a store without it, removes nothing. A later start does not bring it back. */
export function removeDemo(db: Db): Promise<Removed> {
  return db.transaction(async (tx) => {
    await run(
      tx,
      sql`insert into facts (key, value) values (${DEMO_FACT}, 0) on conflict (key) do update set value = 0`,
    );
    await forgetRecordsOfTheShop(tx);
    await forgetWordsAmongThem(tx);
    await forgetMailsToVisitors(tx);
    const customers = await forgetCustomers(tx);
    await run(tx, sql`delete from phrases where demo`);
    await run(tx, sql`delete from sites where demo`);
    await freeRealConversations(tx);
    await endKeys(tx);
    const kept = await keepNamedPeople(tx);
    const people = await run(tx, sql`delete from people where demo`);
    await forgetJobs(tx);
    return { customers, people, kept, setupNeeded: !(await hasOwner(tx)) };
  });
}

/** What was recorded about strangers at the demo shop has no customer to go with. */
async function forgetRecordsOfTheShop(tx: Db): Promise<void> {
  const ofTheShop = sql`customer_id is null and conversation_id in (
    select c.id from conversations c join sites s on s.id = c.site_id where s.demo)`;
  for (const table of ['failures', 'promises', 'preferences', 'goodwill']) {
    await run(tx, sql`delete from ${sql.identifier(table)} where ${ofTheShop}`);
  }
}

/** What demo people told of themselves and of each other is nobody's story. */
async function forgetWordsAmongThem(tx: Db): Promise<void> {
  const theirs = sql`(select id from people where demo)`;
  await run(
    tx,
    sql`delete from stories where by_id in ${theirs} and (about_id is null or about_id in ${theirs})`,
  );
  await run(tx, sql`delete from praises where by_id in ${theirs} and to_id in ${theirs}`);
  await run(
    tx,
    sql`delete from builds b where b.by_id in ${theirs} and not exists (
      select 1 from build_wishes w join conversations c on c.id = w.conversation_id join sites s on s.id = c.site_id
      where w.build_id = b.id and not s.demo)`,
  );
}

/** Answers from the demo shop that went to visitors by e-mail, or wait for it: they belong to no customer. */
async function forgetMailsToVisitors(tx: Db): Promise<void> {
  await run(
    tx,
    sql`delete from mails where customer_id is null and id in (
      select m.mail_id from visitor_mails m join conversations c on c.id = m.conversation_id
      join sites s on s.id = c.site_id where s.demo)`,
  );
}

/** A real visitor whom somebody took for a demo customer is a stranger again. */
async function forgetCustomers(tx: Db): Promise<number> {
  await run(
    tx,
    sql`update visitors set customer_id = null, linked_by = null, linked_at = null
      where customer_id in (select id from customers where demo)`,
  );
  return run(tx, sql`delete from customers where demo`);
}

/** Real customers must not wait for somebody who is no longer there. */
async function freeRealConversations(tx: Db): Promise<void> {
  await run(
    tx,
    sql`update conversations set status = 'waiting', holder_id = null, offered_to = null,
        waiting_since = coalesce(waiting_since, now()), version = version + 1
      where status = 'open' and holder_id in (select id from people where demo)`,
  );
  await run(
    tx,
    sql`update conversations set offered_to = null, version = version + 1
      where offered_to in (select id from people where demo)`,
  );
}

/** What somebody tried out as a demo owner is no way in. */
async function endKeys(tx: Db): Promise<void> {
  await run(
    tx,
    sql`update api_keys set ended_at = coalesce(ended_at, now()) where by_id in (select id from people where demo)`,
  );
}

/** They become former colleagues of the real desk. */
async function keepNamedPeople(tx: Db): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`
    update people p set demo = false, active = false, here = false, password_hash = null
    where p.demo and (${sql.join(NAMED_IN, sql` or `)})
    returning p.id, p.full_name as name`);
  for (const { id } of rows) {
    await run(tx, sql`delete from sessions where person_id = ${id}`);
    await run(tx, sql`delete from links where person_id = ${id}`);
  }
  return rows.map((row) => row.name);
}

/** Every place in which a record that is left may name a person. Failures list who was on shift; entries also name people in their data. */
const NAMED_IN: SQL[] = [
  sql`exists (select 1 from entries e where e.sender_id = p.id)`,
  sql`exists (select 1 from entries e, jsonb_each_text(e.data) named where named.value = p.id::text)`,
  sql`exists (select 1 from conversations c where p.id in (c.holder_id, c.contact_id, c.last_agent_id, c.hello_by))`,
  sql`exists (select 1 from customers c where c.ally_id = p.id)`,
  sql`exists (select 1 from visitors v where v.linked_by = p.id)`,
  sql`exists (select 1 from failures f where p.id in (f.by_id, f.ally_id) or p.id = any (f.on_shift))`,
  sql`exists (select 1 from failure_edits f where f.by_id = p.id)`,
  sql`exists (select 1 from tasks t where p.id in (t.owner_id, t.ended_by))`,
  sql`exists (select 1 from goodwill g where p.id in (g.by_id, g.colleague_id))`,
  sql`exists (select 1 from extras_offers o where o.by_id = p.id)`,
  sql`exists (select 1 from internal_requests r where p.id in (r.asker_id, r.provider_id))`,
  sql`exists (select 1 from coaching_notes n where p.id in (n.by_id, n.to_id))`,
  sql`exists (select 1 from stories s where p.id in (s.by_id, s.about_id))`,
  sql`exists (select 1 from praises r where p.id in (r.by_id, r.to_id))`,
  sql`exists (select 1 from builds b where p.id in (b.by_id, b.builder_id))`,
  sql`exists (select 1 from build_wishes w where p.id in (w.by_id, w.told_by))`,
  sql`exists (select 1 from preferences r where p.id in (r.by_id, r.idea_done_by, r.removed_by))`,
  sql`exists (select 1 from promises r where p.id in (r.by_id, r.keeper_id))`,
  sql`exists (select 1 from phrases r where r.by_id = p.id)`,
  sql`exists (select 1 from mails m where m.by_id = p.id)`,
  sql`exists (select 1 from customer_merges m where p.id in (m.by_id, m.undone_by))`,
  sql`exists (select 1 from api_keys k where k.by_id = p.id)`,
  sql`exists (select 1 from people q where q.name_approved_by = p.id and not q.demo)`,
];

/** What was to be done later for rows that are gone. */
async function forgetJobs(tx: Db): Promise<void> {
  for (const [what, table] of [
    ['task', 'tasks'],
    ['promise', 'promises'],
    ['request', 'internal_requests'],
  ] as const) {
    await run(
      tx,
      sql`delete from jobs.job j where j.state in ('created', 'retry') and j.data ? ${what} and not exists (
        select 1 from ${sql.identifier(table)} t where t.id::text = j.data->>${what})`,
    );
  }
}

async function hasOwner(tx: Db): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select 1 from people where role = 'owner' and active and password_hash is not null limit 1`,
  );
  return rows.length > 0;
}

async function run(tx: Db, statement: SQL): Promise<number> {
  return (await tx.execute(statement)).rowCount ?? 0;
}
