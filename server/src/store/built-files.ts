/** Files of the front ends of every release that runs or ran lately. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { builtFiles } from './schema.ts';

/** A page that was open longer than this after its release was replaced is loaded anew. */
const KEEP_DAYS = 30;

/** Marks these as in use, forgets what no relay has had for long, and gives the names that the store does not have yet. */
export async function markBuiltFiles(db: Db, names: readonly string[]): Promise<string[]> {
  const own = sql.param([...names]);
  await db.execute(sql`update ${builtFiles} set seen_at = now() where name = any(${own}::text[])`);
  await db.execute(
    sql`delete from ${builtFiles} where seen_at < now() - make_interval(days => ${KEEP_DAYS})`,
  );
  const { rows } = await db.execute<{ name: string }>(sql`
    select name from unnest(${own}::text[]) as own(name)
    where not exists (select from ${builtFiles} as b where b.name = own.name)`);
  return rows.map((row) => row.name);
}

/** Other relays of the same release may write it at the same moment. */
export async function writeBuiltFile(db: Db, name: string, body: Buffer): Promise<void> {
  await db.insert(builtFiles).values({ name, body }).onConflictDoNothing();
}

export async function readBuiltFile(db: Db, name: string): Promise<Buffer | null> {
  const { rows } = await db.execute<{ body: Buffer }>(
    sql`select body from ${builtFiles} where name = ${name}`,
  );
  return rows[0]?.body ?? null;
}
