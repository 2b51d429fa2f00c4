/** Rows of phrases: those that are published, and how a version writes them. */
import type { PhraseBody } from '@fullname/shared/book';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { people, phrases } from './schema.ts';

export type PhraseRow = typeof phrases.$inferSelect;
export type NamedPhraseRow = PhraseRow & { readonly byName: string | null };

/** The published phrases, of one locale or of all, the oldest first. */
export function readPhrases(db: Db, locale: string | undefined): Promise<NamedPhraseRow[]> {
  const ofLocale = locale === undefined ? undefined : eq(phrases.locale, locale);
  return db
    .select({
      id: phrases.id,
      locale: phrases.locale,
      situation: phrases.situation,
      text: phrases.text,
      reason: phrases.reason,
      notWhen: phrases.notWhen,
      tags: phrases.tags,
      status: phrases.status,
      by: phrases.by,
      demo: phrases.demo,
      createdAt: phrases.createdAt,
      changedAt: phrases.changedAt,
      byName: people.fullName,
    })
    .from(phrases)
    .leftJoin(people, eq(people.id, phrases.by))
    .where(and(eq(phrases.status, 'published'), ofLocale))
    .orderBy(asc(phrases.createdAt), asc(phrases.id));
}

/** A published phrase; undefined when there is none, or when it was taken out. */
export async function readPhrase(db: Db, id: string): Promise<PhraseRow | undefined> {
  const [row] = await db
    .select()
    .from(phrases)
    .where(and(eq(phrases.id, id), eq(phrases.status, 'published')));
  return row;
}

export async function insertPhrase(tx: Db, body: PhraseBody, by: string | null): Promise<void> {
  await tx.insert(phrases).values({ ...body, tags: [...body.tags], by, createdAt: sql`clock_timestamp()` });
}

export async function updatePhrase(tx: Db, id: string, body: PhraseBody): Promise<void> {
  await tx
    .update(phrases)
    .set({ ...body, tags: [...body.tags], changedAt: sql`now()` })
    .where(eq(phrases.id, id));
}

export async function retirePhrase(tx: Db, id: string): Promise<void> {
  await tx.update(phrases).set({ status: 'retired', changedAt: sql`now()` }).where(eq(phrases.id, id));
}

export async function insertPhrases(tx: Db, rows: readonly (typeof phrases.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(phrases).values([...rows]);
}

/** Is there no phrase at all, not even a retired one? */
export async function hasNoPhrases(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: phrases.id }).from(phrases).limit(1);
  return row === undefined;
}
