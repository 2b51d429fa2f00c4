/** Rows of what is built with customers. Rules live in desk/building.ts. */
import { eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { builds, buildWishes } from './schema.ts';

export type BuildRow = typeof builds.$inferSelect;
/** With the customer's name, or what the visitor claims. */
export type WishRow = typeof buildWishes.$inferSelect & {
  readonly name: string | null;
  readonly known: boolean;
};

/** Stores the row, or gives back the one that was stored under its id before. */
export async function storeBuild(
  db: Db,
  row: typeof builds.$inferInsert & { readonly id: string },
): Promise<BuildRow | undefined> {
  const [stored] = await db.insert(builds).values(row).onConflictDoNothing().returning();
  return stored ?? readBuild(db, row.id);
}

export async function readBuild(db: Db, id: string): Promise<BuildRow | undefined> {
  const [row] = await db.select().from(builds).where(eq(builds.id, id));
  return row;
}

/** What is not decided yet first, then the latest. */
export function readBuilds(db: Db, limit: number): Promise<BuildRow[]> {
  return db
    .select()
    .from(builds)
    .orderBy(sql`${builds.state} in ('here', 'not-now')`, sql`${builds.at} desc`, builds.id)
    .limit(limit);
}

export async function changeBuild(
  db: Db,
  id: string,
  change: Pick<BuildRow, 'state'> & Partial<Pick<BuildRow, 'builder' | 'why'>>,
): Promise<void> {
  await db.update(builds).set(change).where(eq(builds.id, id));
}

/** Stores a wish; of one conversation there is one for each. Gives the one that is there. */
export async function storeWish(
  db: Db,
  row: typeof buildWishes.$inferInsert & { readonly id: string },
): Promise<typeof buildWishes.$inferSelect | undefined> {
  const [stored] = await db.insert(buildWishes).values(row).onConflictDoNothing().returning();
  if (stored) return stored;
  const [first] = await db
    .select()
    .from(buildWishes)
    .where(
      sql`${buildWishes.id} = ${row.id}
        or (${buildWishes.build} = ${row.build} and ${buildWishes.conversation} = ${row.conversation})`,
    );
  return first;
}

/** The wishes of these, the first one first. */
export async function readWishes(db: Db, ids: readonly string[]): Promise<WishRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.execute<WishRow>(sql`
    select w.id, w.at, w.build_id as build, w.conversation_id as conversation, w.words, w.credit, w.by_id as by,
      w.told_by as "toldBy", w.told_at as "toldAt", coalesce(cu.name, v.claimed_name) as name, cu.id is not null as known
    from build_wishes w join conversations c on c.id = w.conversation_id join visitors v on v.id = c.visitor_id
      left join customers cu on cu.id = v.customer_id
    where w.build_id = any(${sql.param(ids)}::uuid[]) order by w.at, w.id`);
  return rows;
}

/** Of a wish whose conversation is locked: true where this is the first time. */
export async function markTold(db: Db, id: string, told: { by: string; at: string }): Promise<boolean> {
  const { rows } = await db.execute(sql`
    update build_wishes set told_by = ${told.by}, told_at = ${told.at}::timestamptz
    where id = ${id} and told_at is null returning id`);
  return rows.length > 0;
}
