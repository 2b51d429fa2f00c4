/** Rows of the language bible, and the counter that tells every console that the book has changed. */
import type { PersonRef } from '@fullname/shared/model';
import { and, asc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { facts, people, phrases } from './schema.ts';

export type PhraseRow = typeof phrases.$inferSelect;
export type NamedPhraseRow = PhraseRow & { readonly byName: string | null };
export type PhraseValues = Pick<
  PhraseRow,
  'locale' | 'situation' | 'text' | 'reason' | 'notWhen' | 'tags' | 'status'
>;

/** All phrases but the retired ones, of one locale or of all, the oldest first. */
export function readPhrases(db: Db, locale: string | undefined): Promise<NamedPhraseRow[]> {
  const ofLocale = locale === undefined ? undefined : eq(phrases.locale, locale);
  return named(db, and(ne(phrases.status, 'retired'), ofLocale));
}

export async function readPhrase(db: Db, id: string): Promise<NamedPhraseRow | undefined> {
  const [row] = await named(db, eq(phrases.id, id));
  return row;
}

/** A phrase of this author with exactly these words, for a request that came twice. */
export async function samePhrase(
  db: Db,
  values: PhraseValues,
  by: string,
): Promise<NamedPhraseRow | undefined> {
  const [row] = await named(
    db,
    and(
      eq(phrases.by, by),
      eq(phrases.locale, values.locale),
      eq(phrases.situation, values.situation),
      eq(phrases.text, values.text),
      eq(phrases.reason, values.reason),
      eq(phrases.status, values.status),
      sql`${phrases.notWhen} is not distinct from ${values.notWhen}`,
      sql`${phrases.tags} = ${sql.param(values.tags, phrases.tags)}`,
    ),
  );
  return row;
}

function named(db: Db, where: SQL | undefined): Promise<NamedPhraseRow[]> {
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
    .where(where)
    .orderBy(asc(phrases.createdAt), asc(phrases.id));
}

export async function insertPhrase(db: Db, values: PhraseValues, by: PersonRef): Promise<NamedPhraseRow> {
  const [row] = await db
    .insert(phrases)
    .values({ ...values, by: by.id })
    .returning();
  if (!row) throw new Error('insert into phrases returned no row');
  return { ...row, byName: by.fullName };
}

export async function updatePhrase(db: Db, id: string, values: PhraseValues): Promise<void> {
  await db
    .update(phrases)
    .set({ ...values, changedAt: sql`now()` })
    .where(eq(phrases.id, id));
}

export async function insertPhrases(db: Db, rows: readonly (typeof phrases.$inferInsert)[]): Promise<void> {
  await db.insert(phrases).values([...rows]);
}

/** Is there no phrase at all? Holds off every other writer of the book until the transaction ends. */
export async function lockEmptyBook(tx: Db): Promise<boolean> {
  await tx.execute(sql`lock table phrases in share row exclusive mode`);
  const [row] = await tx.select({ id: phrases.id }).from(phrases).limit(1);
  return row === undefined;
}

const VERSION = 'book-version';

export async function readBookVersion(db: Db): Promise<number> {
  const [row] = await db.select({ value: facts.value }).from(facts).where(eq(facts.key, VERSION));
  return row?.value ?? 0;
}

/** Call it in the transaction that changes the book: then no console sees the number without the words. */
export async function raiseBookVersion(tx: Db): Promise<number> {
  const [row] = await tx
    .insert(facts)
    .values({ key: VERSION, value: 1 })
    .onConflictDoUpdate({ target: facts.key, set: { value: sql`${facts.value} + 1` } })
    .returning({ value: facts.value });
  if (!row) throw new Error('the book-version was not raised');
  return row.value;
}
