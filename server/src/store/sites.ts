/** Rows of sites. Rules live in site/. */
import { eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { sites } from './schema.ts';

export type SiteRow = typeof sites.$inferSelect;
export type SiteValues = Omit<typeof sites.$inferInsert, 'id' | 'createdAt'>;

export function listSites(db: Db): Promise<SiteRow[]> {
  return db.select().from(sites).orderBy(sites.createdAt, sites.id);
}

export async function siteRowByKey(db: Db, key: string): Promise<SiteRow | undefined> {
  const [row] = await db.select().from(sites).where(eq(sites.key, key));
  return row;
}

export async function siteRowById(db: Db, id: string): Promise<SiteRow | undefined> {
  const [row] = await db.select().from(sites).where(eq(sites.id, id));
  return row;
}

/** The row, held until the transaction ends. */
export async function lockSiteRow(tx: Db, id: string): Promise<SiteRow | undefined> {
  const [row] = await tx.select().from(sites).where(eq(sites.id, id)).for('update');
  return row;
}

export async function insertSite(db: Db, values: SiteValues): Promise<SiteRow> {
  const [row] = await db.insert(sites).values(values).returning();
  if (!row) throw new Error('insert into sites returned no row');
  return row;
}

export async function updateSiteRow(
  db: Db,
  id: string,
  values: Partial<SiteValues>,
): Promise<SiteRow | undefined> {
  const [row] = await db.update(sites).set(values).where(eq(sites.id, id)).returning();
  return row;
}

/** Replaces these sections alone, in one statement: what somebody else changes at the same moment stays. */
export async function mergeSiteSettings(db: Db, id: string, sections: object): Promise<SiteRow | undefined> {
  const settings = sql`${sites.settings} || ${JSON.stringify(sections)}::jsonb`;
  const [row] = await db.update(sites).set({ settings }).where(eq(sites.id, id)).returning();
  return row;
}

export async function demoSiteExists(db: Db): Promise<boolean> {
  const rows = await db.select({ id: sites.id }).from(sites).where(eq(sites.demo, true)).limit(1);
  return rows.length > 0;
}
