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

/** Those that these changes add, in their order. */
export async function addPhrases(tx: Db, changes: readonly string[]): Promise<void> {
  await tx.execute(sql`
    insert into phrases (locale, situation, text, reason, not_when, tags, by_id, created_at)
    select c.body->>'locale', c.body->>'situation', c.body->>'text', c.body->>'reason', c.body->>'notWhen',
      array(select jsonb_array_elements_text(c.body->'tags')), c.by_id,
      now() + row_number() over (order by c.at, c.id) * interval '1 microsecond'
    from book_changes c
    where c.id = any(${sql.param(changes)}::uuid[]) and c.kind = 'phrase' and c.target is null`);
}

export async function updatePhrase(tx: Db, id: string, body: PhraseBody): Promise<void> {
  await tx
    .update(phrases)
    .set({ ...body, tags: [...body.tags], changedAt: sql`now()` })
    .where(eq(phrases.id, id));
}

/** Those that these changes take out. */
export async function retirePhrases(tx: Db, changes: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update phrases set status = 'retired', changed_at = now() from book_changes c
    where phrases.id = c.target and c.id = any(${sql.param(changes)}::uuid[]) and c.kind = 'phrase' and c.body is null`);
}

export async function insertPhrases(tx: Db, rows: readonly (typeof phrases.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(phrases).values([...rows]);
}

/** Is there no phrase at all, not even a retired one? */
export async function hasNoPhrases(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: phrases.id }).from(phrases).limit(1);
  return row === undefined;
}
