/** The search index, a conversation a row. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type Grown = { readonly id: string; readonly lastSeq: number; readonly text: string };

/** Conversations whose log is ahead of the index, with the words that are new, put-aside ones too. */
export async function readUnindexed(db: Db, limit: number): Promise<Grown[]> {
  const { rows } = await db.execute<{ id: string; lastSeq: number; text: string | null }>(sql`
    select c.id, c.last_seq as "lastSeq",
      (select string_agg(e.body, ' ') from entries e
        where e.conversation_id = c.id and e.seq > c.indexed_seq and e.seq <= c.last_seq) as text
    from conversations c where c.indexed_seq < c.last_seq order by c.id limit ${limit}`);
  return rows.map((row) => ({ ...row, text: row.text ?? '' }));
}

/** Adds terms and moves the mark, unless another relay has moved it. */
export async function addTerms(
  db: Db,
  grown: { readonly id: string; readonly lastSeq: number; readonly terms: readonly string[] },
): Promise<void> {
  const terms = JSON.stringify(grown.terms);
  await db.execute(sql`
    with moved as (
      update conversations set indexed_seq = ${grown.lastSeq} where id = ${grown.id} and indexed_seq < ${grown.lastSeq} returning id
    )
    insert into search_terms (conversation_id, terms)
    select id, array_to_tsvector(array(select json_array_elements_text(${terms}::json))) from moved
    on conflict (conversation_id) do update set terms = search_terms.terms || excluded.terms`);
}
