/** Rows of rules: those that are published, and how a version writes them. */
import type { RuleBody } from '@fullname/shared/reader/rule';
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { people, rules } from './schema.ts';

type RuleRow = typeof rules.$inferSelect;
export type NamedRuleRow = Pick<RuleRow, 'id' | 'key' | 'body' | 'quietSince' | 'by'> & {
  readonly byName: string | null;
};

/** The published rules, of one locale or of all, the oldest first. */
export function readRuleRows(db: Db, locale: string | undefined): Promise<NamedRuleRow[]> {
  return named(db, locale === undefined ? undefined : eq(rules.locale, locale));
}

/** A published rule; undefined when there is none, or when it was taken out. */
export async function readRule(db: Db, id: string): Promise<NamedRuleRow | undefined> {
  const [row] = await named(db, eq(rules.id, id));
  return row;
}

function named(db: Db, where: ReturnType<typeof eq> | undefined): Promise<NamedRuleRow[]> {
  return db
    .select({
      id: rules.id,
      key: rules.key,
      body: rules.body,
      quietSince: rules.quietSince,
      by: rules.by,
      byName: people.fullName,
    })
    .from(rules)
    .leftJoin(people, eq(people.id, rules.by))
    .where(and(eq(rules.status, 'published'), where))
    .orderBy(asc(rules.createdAt), asc(rules.id));
}

/** Those that these changes add, in their order. */
export async function addRules(tx: Db, changes: readonly string[]): Promise<void> {
  await tx.execute(sql`
    insert into rules (locale, body, by_id, created_at)
    select c.locale, c.body, c.by_id, now() + row_number() over (order by c.at, c.id) * interval '1 microsecond'
    from book_changes c
    where c.id = any(${sql.param(changes)}::uuid[]) and c.kind = 'rule' and c.target is null`);
}

/** `anew`: what dismissals have taught was about other words, so it is forgotten. */
export async function updateRule(
  tx: Db,
  id: string,
  { body, anew }: { readonly body: RuleBody; readonly anew: boolean },
): Promise<void> {
  await tx
    .update(rules)
    .set({
      locale: body.locale,
      body,
      changedAt: sql`now()`,
      ...(anew && { quietSince: null, countsFrom: sql`clock_timestamp()` }),
    })
    .where(eq(rules.id, id));
}

/** Those that these changes take out. */
export async function retireRules(tx: Db, changes: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update rules set status = 'retired', changed_at = now() from book_changes c
    where rules.id = c.target and c.id = any(${sql.param(changes)}::uuid[]) and c.kind = 'rule' and c.body is null`);
}

/** Quiet from now on, or speaking again: then only what is dismissed from now on counts. Call it under `lockBook`. */
export async function writeQuiet(tx: Db, id: string, quiet: boolean): Promise<void> {
  await tx
    .update(rules)
    .set(
      quiet
        ? { quietSince: sql`coalesce(${rules.quietSince}, now())` }
        : { quietSince: null, countsFrom: sql`clock_timestamp()` },
    )
    .where(eq(rules.id, id));
}

export async function insertRules(tx: Db, rows: readonly (typeof rules.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(rules).values([...rows]);
}

/** The starter rules that the book has or has had. */
export function readRuleKeys(db: Db): Promise<{ locale: string; key: string | null }[]> {
  return db.select({ locale: rules.locale, key: rules.key }).from(rules).where(isNotNull(rules.key));
}

/** Is there no rule at all, not even a retired one? */
export async function hasNoRules(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: rules.id }).from(rules).limit(1);
  return row === undefined;
}
