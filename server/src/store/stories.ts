/** Rows of stories and of praise. Rules live in learning/stories.ts. */
import { and, desc, eq, isNull, ne, or } from 'drizzle-orm';
import type { Db } from './db.ts';
import { conversations, praises, stories } from './schema.ts';

export type StoryRow = typeof stories.$inferSelect;
export type PraiseRow = typeof praises.$inferSelect;

/** Stores the row, or gives back the one that was stored under its id before. */
export async function storeStory(
  db: Db,
  row: typeof stories.$inferInsert & { readonly id: string },
): Promise<StoryRow | undefined> {
  const [stored] = await db.insert(stories).values(row).onConflictDoNothing().returning();
  return stored ?? readStory(db, row.id);
}

export async function readStory(db: Db, id: string): Promise<StoryRow | undefined> {
  const [row] = await db.select().from(stories).where(eq(stories.id, id));
  return row;
}

/** The latest that this person may see: what may not be told is for its writer and whom it is about. */
export function readStories(db: Db, person: string, limit: number): Promise<StoryRow[]> {
  return db
    .select()
    .from(stories)
    .where(or(ne(stories.mayTell, 'nobody'), eq(stories.by, person), eq(stories.about, person)))
    .orderBy(desc(stories.at), stories.id)
    .limit(limit);
}

export async function storePraise(
  db: Db,
  row: typeof praises.$inferInsert & { readonly id: string },
): Promise<PraiseRow | undefined> {
  const [stored] = await db.insert(praises).values(row).onConflictDoNothing().returning();
  return stored ?? readOnePraise(db, row.id);
}

export async function readOnePraise(db: Db, id: string): Promise<PraiseRow | undefined> {
  const [row] = await db.select().from(praises).where(eq(praises.id, id));
  return row;
}

export function readPraise(db: Db, limit: number): Promise<PraiseRow[]> {
  return db.select().from(praises).orderBy(desc(praises.at), praises.id).limit(limit);
}

export async function markPraiseRead(db: Db, to: string, at: string): Promise<void> {
  await db
    .update(praises)
    .set({ readAt: at })
    .where(and(eq(praises.to, to), isNull(praises.readAt)));
}

export async function isConversation(db: Db, id: string): Promise<boolean> {
  const rows = await db.select({ id: conversations.id }).from(conversations).where(eq(conversations.id, id));
  return rows.length > 0;
}
