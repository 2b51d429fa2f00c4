/** Rows of supervisors' notes. Rules live in learning/coaching.ts. */
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { coachingNotes } from './schema.ts';

export type NoteRow = typeof coachingNotes.$inferSelect;

/** False when another note has this id. */
export async function insertNote(tx: Db, row: typeof coachingNotes.$inferInsert): Promise<boolean> {
  const { rowCount } = await tx.insert(coachingNotes).values(row).onConflictDoNothing();
  return rowCount === 1;
}

export async function readNote(db: Db, id: string): Promise<NoteRow | undefined> {
  const [row] = await db.select().from(coachingNotes).where(eq(coachingNotes.id, id));
  return row;
}

/** What one person wrote, and of what they were sent that which is shown: each the latest first. */
export async function readNotesOf(db: Db, person: string, limit: number): Promise<NoteRow[]> {
  const received = db
    .select()
    .from(coachingNotes)
    .where(and(eq(coachingNotes.to, person), isNotNull(coachingNotes.shownAt)))
    .orderBy(desc(coachingNotes.shownAt), coachingNotes.id)
    .limit(limit);
  const written = db
    .select()
    .from(coachingNotes)
    .where(eq(coachingNotes.by, person))
    .orderBy(desc(coachingNotes.at), coachingNotes.id)
    .limit(limit);
  return [...(await received), ...(await written)];
}

/** Shows what waits for the end of this conversation, and says to whom. */
export async function showNotes(tx: Db, conversation: string, at: string): Promise<string[]> {
  const shown = await tx
    .update(coachingNotes)
    .set({ shownAt: at })
    .where(and(eq(coachingNotes.conversation, conversation), isNull(coachingNotes.shownAt)))
    .returning({ to: coachingNotes.to });
  return shown.map(({ to }) => to);
}

/** The first reading stays. False where no such note is shown to this person. */
export async function markNoteRead(db: Db, note: { id: string; to: string; at: string }): Promise<boolean> {
  const { rowCount } = await db
    .update(coachingNotes)
    .set({ readAt: sql`coalesce(${coachingNotes.readAt}, ${note.at})` })
    .where(
      and(eq(coachingNotes.id, note.id), eq(coachingNotes.to, note.to), isNotNull(coachingNotes.shownAt)),
    );
  return rowCount === 1;
}
