/** The search index, a conversation a row. It reads the log and never touches a conversation's row: no lock on the message path. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type Grown = { readonly id: string; readonly seq: number; readonly text: string };
export type Indexed = { readonly id: string; readonly seq: number; readonly terms: readonly string[] };

/** Conversations that have grown since the newest mark, less an hour: what a stopped relay left behind. */
export async function readBehind(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select c.id from conversations c left join search_terms t on t.conversation_id = c.id
    where c.last_at > coalesce((select max(at) from search_terms) - interval '1 hour', '-infinity')
      and coalesce(t.seq, 0) < c.last_seq`);
  return rows.map((row) => row.id);
}

/** What these conversations' logs have beyond their marks. */
export async function readGrown(db: Db, ids: readonly string[]): Promise<Grown[]> {
  const { rows } = await db.execute<{ id: string; seq: number; text: string | null }>(sql`
    select c.id, c.last_seq as seq,
      (select string_agg(e.body, ' ') from entries e
        where e.conversation_id = c.id and e.seq > coalesce(t.seq, 0) and e.seq <= c.last_seq) as text
    from conversations c left join search_terms t on t.conversation_id = c.id
    where c.id in ${ids} and coalesce(t.seq, 0) < c.last_seq`);
  return rows.map((row) => ({ ...row, text: row.text ?? '' }));
}

/** Adds terms and moves the marks forward; another relay's mark that is further stays. */
export async function addTerms(db: Db, indexed: readonly Indexed[]): Promise<void> {
  await db.execute(sql`
    insert into search_terms (conversation_id, terms, seq)
    select i.id, array_to_tsvector(array(select json_array_elements_text(i.terms))), i.seq
    from json_to_recordset(${JSON.stringify(indexed)}::json) as i(id uuid, terms json, seq int) order by i.id
    on conflict (conversation_id) do update
      set terms = search_terms.terms || excluded.terms, seq = greatest(search_terms.seq, excluded.seq), at = now()`);
}
