/** Rows of versions with what they changed, and how far each person has read. */
import { sql } from 'drizzle-orm';
import type { ChangeRow } from './bible.ts';
import type { Db } from './db.ts';
import { bookAcknowledged } from './schema.ts';

export type VersionRow = {
  readonly version: number;
  readonly at: string;
  readonly note: string;
  readonly by: string | null;
  readonly byName: string | null;
  readonly changes: readonly Pick<ChangeRow, 'kind' | 'body' | 'before'>[];
  readonly acknowledgedBy: number;
  readonly askedOf: number;
};

/** Versions after a number, the newest first. Who acknowledged is counted and never read. */
export async function readVersions(
  db: Db,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<VersionRow[]> {
  const { rows } = await db.execute<VersionRow>(sql`
    select v.version, v.at::text as at, v.note, v.by_id as by, p.full_name as "byName",
      (select coalesce(json_agg(json_build_object('kind', c.kind, 'body', c.body, 'before', c.before) order by c.at, c.id), '[]')
        from book_changes c where c.version = v.version and c.state = 'published') as changes,
      (select count(*)::int from book_acknowledged a join people q on q.id = a.person_id
        where a.version >= v.version and q.active) as "acknowledgedBy",
      (select count(*)::int from people q where q.active and q.password_hash is not null) as "askedOf"
    from book_versions v left join people p on p.id = v.by_id
    where v.version > ${after}
    order by v.version desc
    limit ${limit}`);
  return rows;
}

/**
 * The version up to which this person has nothing more to read. One that changed nothing, such as the first with the book that
 * a relay begins with, asks nobody.
 */
export async function readAcknowledged(db: Db, person: string): Promise<number> {
  const { rows } = await db.execute<{ version: number }>(sql`
    with mine as (
      select coalesce(max(version), 0) as version from book_acknowledged where person_id = ${person})
    select coalesce(
      (select min(c.version) - 1 from book_changes c, mine where c.state = 'published' and c.version > mine.version),
      (select max(version) from book_versions),
      0)::int as version`);
  return rows[0]?.version ?? 0;
}

/** Never backwards: an older browser's late word takes nothing back. */
export async function writeAcknowledged(db: Db, person: string, version: number): Promise<void> {
  await db
    .insert(bookAcknowledged)
    .values({ person, version })
    .onConflictDoUpdate({
      target: bookAcknowledged.person,
      set: { version, at: sql`now()` },
      setWhere: sql`${bookAcknowledged.version} < ${version}`,
    });
}
