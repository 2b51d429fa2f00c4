/** Rows of goodwill. Rules live in recovery/goodwill.ts. */
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { canSignIn } from './people.ts';
import { goodwill, people } from './schema.ts';

/** A use of goodwill with the name of its customer. */
export type GoodwillRow = Omit<typeof goodwill.$inferSelect, 'decidedAt'> & {
  readonly customerName: string | null;
};

export const goodwillColumns = sql`g.id, g.at, g.by_id as by, g.customer_id as customer, cu.name as "customerName",
  g.conversation_id as conversation, g.failure_id as failure, g.amount, g.currency, g.what, g.state,
  g.colleague_id as colleague, g.instead`;

/**
 * A person's own budget, locked: their uses come one after the other. Null where the company's usual one holds. The lock is
 * the purse's alone: the row of somebody who leaves is locked before their conversations, and a use comes after its own.
 */
export async function lockPurse(tx: Db, person: string): Promise<number | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`purse ${person}`}, 0))`);
  return readBudget(tx, person);
}

export async function readBudget(db: Db, person: string): Promise<number | null> {
  const [row] = await db.select({ budget: people.goodwillBudget }).from(people).where(eq(people.id, person));
  return row?.budget ?? null;
}

export type Month = { readonly from: string; readonly to: string };

/** What somebody gave in a month by their own word alone, in one currency. What a colleague granted is not among it. */
export async function sumGiven(
  db: Db,
  { by, currency, month }: { readonly by: string; readonly currency: string; readonly month: Month },
): Promise<number> {
  const { rows } = await db.execute<{ sum: number }>(sql`
    select coalesce(sum(amount), 0)::float8 as sum from goodwill
    where by_id = ${by} and at >= ${month.from} and at < ${month.to} and currency = ${currency}
      and state = 'given' and colleague_id is null`);
  return rows[0]?.sum ?? 0;
}

export async function insertGoodwill(
  tx: Db,
  row: typeof goodwill.$inferInsert & { readonly id: string },
): Promise<void> {
  await tx.insert(goodwill).values(row);
}

export async function readGoodwill(db: Db, id: string): Promise<GoodwillRow | undefined> {
  const { rows } = await db.execute<GoodwillRow>(sql`
    select ${goodwillColumns} from goodwill g left join customers cu on cu.id = g.customer_id where g.id = ${id}`);
  return rows[0];
}

/** The same, its row locked until the end of the transaction. */
export async function lockGoodwill(tx: Db, id: string): Promise<GoodwillRow | undefined> {
  await tx.execute(sql`select 1 from goodwill where id = ${id} for update`);
  return readGoodwill(tx, id);
}

export async function decideRow(
  tx: Db,
  id: string,
  decision: {
    readonly state: 'given' | 'declined';
    readonly colleague: string;
    readonly instead: string | null;
    readonly decidedAt: string;
  },
): Promise<void> {
  await tx.update(goodwill).set(decision).where(eq(goodwill.id, id));
}

/** One's own of a month, and all that still wait for an answer; the newest first. */
export async function readUses(
  db: Db,
  { by, month, limit }: { readonly by: string; readonly month: Month; readonly limit: number },
): Promise<GoodwillRow[]> {
  const { rows } = await db.execute<GoodwillRow>(sql`
    select ${goodwillColumns} from goodwill g left join customers cu on cu.id = g.customer_id
    where g.by_id = ${by} and ((g.at >= ${month.from} and g.at < ${month.to}) or g.state = 'asked')
    order by g.at desc, g.id limit ${limit}`);
  return rows;
}

/** What colleagues ask of somebody: under their name, or by a task that was handed over to them; the oldest first. */
export async function readAsked(db: Db, person: string, limit: number): Promise<GoodwillRow[]> {
  const { rows } = await db.execute<GoodwillRow>(sql`
    select ${goodwillColumns} from goodwill g left join customers cu on cu.id = g.customer_id
    where g.state = 'asked' and g.by_id <> ${person} and (g.colleague_id = ${person} or g.id in (
      select t.goodwill_id from tasks t where t.owner_id = ${person} and t.state = 'open' and t.kind = 'goodwill'))
    order by g.at, g.id limit ${limit}`);
  return rows;
}

/** Whether the task to answer this is open with this person. */
export async function holdsTaskOf(db: Db, id: string, person: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from tasks where goodwill_id = ${id} and owner_id = ${person} and state = 'open'`);
  return rows.length > 0;
}

/** Whether this is an active person who speaks with customers: those who were invited but have not joined answer nobody. */
export async function isColleague(db: Db, person: string): Promise<boolean> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, person), canSignIn(), ne(people.role, 'back-office')));
  return rows.length > 0;
}
