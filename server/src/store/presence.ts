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
