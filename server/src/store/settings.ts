/** Settings and fitted figures of the whole company, as JSON by key. */
import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { settings } from './schema.ts';

type Secret = 'limits-secret' | 'files-secret' | 'mail-secret' | 'push-secret';
type Key = 'recovery' | 'value-company' | Secret;

/** What was written last; undefined when nothing was. */
export async function readSetting(db: Db, key: Key): Promise<unknown> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return row?.value;
}

export async function writeSetting(db: Db, key: Key, value: object): Promise<void> {
  await db
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, at: sql`now()` } });
}

/** A secret that all relays have in common: made by the first one that asks. */
export async function sharedSecret(
  db: Db,
  key: Secret,
  make: () => Buffer = () => randomBytes(32),
): Promise<Buffer> {
  const value = { hex: make().toString('hex') };
  await db.insert(settings).values({ key, value }).onConflictDoNothing();
  const { hex } = (await readSetting(db, key)) as typeof value;
  return Buffer.from(hex, 'hex');
}

/** Changes these fields alone, in one statement: what somebody else changes at the same moment stays. */
export async function mergeSetting(db: Db, key: Key, fields: object): Promise<void> {
  await db
    .insert(settings)
    .values({ key, value: fields })
    .onConflictDoUpdate({
      target: settings.key,
      set: { value: sql`${settings.value} || excluded.value`, at: sql`now()` },
    });
}
