/**
 * The search: what it finds, and its index, a conversation a row. The index is filled from the log and never touches a
 * conversation's row: no lock on the message path.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type ConversationRecord, readRecords, recordOf } from './conversations.ts';
import type { Db } from './db.ts';

export type SearchQuery = {
  readonly me: string;
  readonly text: string;
  /** A tsquery of the words, or null where the text has none. */
  readonly words: string | null;
  /** Where nothing is found: the same with slips forgiven in its numbers, and whose names may be meant. */
  readonly alike?: { readonly words: string | null; readonly name: MeantName | null };
  readonly limit: number;
};
/** `cut`: there is more, or there may be: not everything that there is was looked at. */
export type SearchFound = { readonly records: ConversationRecord[]; readonly cut: boolean };

/**
 * A name that may have a slip in it: of each word that is long enough the parts of which one at least stands unharmed, and whether a
 * name that has them is meant.
 */
export type MeantName = {
  readonly parts: readonly (readonly string[])[];
  isMeant(name: string): boolean;
};

/** So many of the latest conversations are looked at one by one. What many have fills a page from these. */
const LATEST = 1_000;
/** What few have is found by its own index: at most so many conversations with the words, and people with the name. */
const WITH_WORDS = 20_000;
const WITH_NAME = 500;
/** Names that may be meant are looked at one by one. */
const ALIKE = 1_000;

/**
 * People by name or address, and words in the log; the latest first. It costs the same in a long past as in a short one: neither
 * a word that everybody says nor a name that many have is followed to all its places.
 */
export async function searchConversations(db: Db, query: SearchQuery): Promise<SearchFound> {
  const one = { ...query, limit: query.limit + 1 };
  const latest = await idsAmongLatest(db, one);
  let found =
    latest.length === one.limit
      ? { ids: latest, cut: true }
      : merge(latest, [await idsByWords(db, one), await idsByName(db, one)]);
  if (found.ids.length === 0 && query.alike) {
    const alike = merge([], await alikeIds(db, query.alike, one.limit));
    found = { ids: alike.ids, cut: alike.cut || found.cut };
  }
  const ids = sql`(select * from conversations where id = any(${sql.param(found.ids)}::uuid[]) order by last_at desc, id desc
    limit ${query.limit}) c`;
  const records = await readRecords(
    db,
    sql`${recordOf(query.me, undefined, ids)} order by c.last_at desc, c.id desc`,
  );
  return { records, cut: found.cut || found.ids.length > query.limit };
}

type Ids = { readonly ids: readonly string[]; readonly cut: boolean };

function merge(latest: readonly string[], others: readonly Ids[]): Ids {
  const ids = new Set([...latest, ...others.flatMap((other) => other.ids)]);
  return { ids: [...ids], cut: others.some((other) => other.cut) };
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
const contains = (columns: readonly string[], text: string) =>
  sql.join(
    columns.map((column) => sql`${sql.raw(column)} ilike ${like(text)}`),
    sql` or `,
  );

/**
 * By the time of what was indexed last: a page of the latest that fit. Row by row (`offset 0`), never a table as a whole. The
 * index of times has its NULLs last; asked for without these words, PostgreSQL sorts them all.
 */
async function idsAmongLatest(db: Db, { text, words, limit }: SearchQuery): Promise<string[]> {
  const hasWords = words === null ? sql`false` : sql`t.terms @@ ${words}::tsquery`;
  const { rows } = await db.execute<{ id: string }>(sql`
    select t.id from (
      select conversation_id as id, terms, at from search_terms order by at desc nulls last limit ${LATEST}
    ) t cross join lateral (
      select c.status, v.claimed_name, v.claimed_email, cu.name, cu.email
      from conversations c join visitors v on v.id = c.visitor_id left join customers cu on cu.id = v.customer_id
      where c.id = t.id offset 0
    ) c
    where c.status <> 'spam'
      and (${hasWords} or ${contains(['c.claimed_name', 'c.claimed_email', 'c.name', 'c.email'], text)})
    order by t.at desc nulls last limit ${limit}`);
  return rows.map((row) => row.id);
}

async function idsByWords(db: Db, { words, limit }: SearchQuery): Promise<Ids> {
  if (words === null) return { ids: [], cut: false };
  return idsOf(
    db,
    sql`with found as materialized (
        select conversation_id as id, at from search_terms where terms @@ ${words}::tsquery limit ${WITH_WORDS + 1}
      )
      select id, (select count(*) from found) > ${WITH_WORDS} as cut
      from (select * from found order by at desc offset 0) latest
      where (select status from conversations c where c.id = latest.id) <> 'spam' limit ${limit}`,
  );
}

/** Everybody whom the index of names gives; of one letter it knows nothing. */
async function idsByName(db: Db, { text, limit }: SearchQuery): Promise<Ids> {
  if (!hasGrams(text)) return { ids: [], cut: true };
  return idsOf(
    db,
    sql`with people as materialized (
        (select id from visitors where ${visitorsNamed(text)} limit ${WITH_NAME + 1})
        union
        (select v.id from (select id from customers where ${customersNamed(text)} limit ${WITH_NAME + 1}) named
          cross join lateral (select id from visitors where customer_id = named.id limit ${WITH_NAME}) v)
      )
      select c.id, (select count(*) from people) > ${WITH_NAME} as cut
      from people cross join lateral (
        select id, last_at from conversations where visitor_id = people.id and status <> 'spam' offset 0
      ) c
      order by c.last_at desc limit ${limit}`,
  );
}

async function alikeIds(db: Db, alike: NonNullable<SearchQuery['alike']>, limit: number): Promise<Ids[]> {
  const { words, name } = alike;
  return [
    await idsByWords(db, { me: '', text: '', words, limit }),
    ...(name ? [await idsByNameLike(db, name, limit)] : []),
  ];
}

async function idsByNameLike(db: Db, { parts, isMeant }: MeantName, limit: number): Promise<Ids> {
  const { rows } = await db.execute<{ id: string; name: string; known: boolean }>(sql`
    (select id, claimed_name as name, false as known from visitors
      where claimed_name is not null and ${haveParts(visitorGrams, parts)} limit ${ALIKE})
    union all
    (select id, name, true as known from customers where ${haveParts(customerGrams, parts)} limit ${ALIKE})`);
  const idsOfThose = (known: boolean) =>
    sql`any(${sql.param(rows.filter((row) => row.known === known && isMeant(row.name)).map(({ id }) => id))}::uuid[])`;
  return idsOf(
    db,
    sql`select c.id, ${rows.length >= ALIKE}::boolean as cut
      from visitors v cross join lateral (
        select id, last_at from conversations where visitor_id = v.id and status <> 'spam' offset 0
      ) c
      where v.id = ${idsOfThose(false)} or v.customer_id = ${idsOfThose(true)}
      order by c.last_at desc limit ${limit}`,
  );
}

async function idsOf(db: Db, query: SQL): Promise<Ids> {
  const { rows } = await db.execute<{ id: string; cut: boolean }>(query);
  return { ids: rows.map((row) => row.id), cut: rows[0]?.cut === true };
}

/** Pairs of letters, and single ones beyond ASCII, are what names are indexed by: one Latin letter has no pair. */
export const hasGrams = (text: string) => [...text].length > 1 || /[^ -~]/.test(text);

// As the indexes customers_grams and visitors_grams say it, letter by letter.
const customerGrams = sql`fullname_grams(lower(name || ' ' || coalesce(email, '')))`;
const visitorGrams = sql`fullname_grams(lower(coalesce(claimed_name, '') || ' ' || coalesce(claimed_email, '')))`;

const haveParts = (grams: SQL, words: readonly (readonly string[])[]) =>
  sql.join(
    words.map((parts) => {
      const one = parts.map((part) => sql`${grams} @> fullname_grams(lower(${part}))`);
      return sql`(${sql.join(one, sql` or `)})`;
    }),
    sql` and `,
  );

/** A condition on customers: their name may be the one that is meant. */
export const customersAlike = ({ parts }: MeantName) => haveParts(customerGrams, parts);

/** A condition on customers: the text stands somewhere in the name or the address. */
export const customersNamed = (text: string) => sql`${customerGrams} @> fullname_grams(lower(${text}))
  and (${contains(['name', 'email'], text)})`;
const visitorsNamed = (text: string) => sql`(claimed_name is not null or claimed_email is not null)
  and ${visitorGrams} @> fullname_grams(lower(${text})) and (${contains(['claimed_name', 'claimed_email'], text)})`;

// ── The index ───────────────────────────────────────────────────────────────

export type Grown = {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly texts: readonly string[];
};
export type Indexed = Omit<Grown, 'texts'> & { readonly terms: readonly string[] };

/** Conversations that have grown since the newest mark, less an hour: what a stopped relay left behind, the oldest first. */
export async function readBehind(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select c.id from conversations c left join search_terms t on t.conversation_id = c.id
    where c.last_at > coalesce((select max(at) from search_terms) - interval '1 hour', '-infinity')
      and coalesce(t.seq, 0) < c.last_seq
    order by c.last_at`);
  return rows.map((row) => row.id);
}

/**
 * The rows of these conversations, which are nobody else's until the transaction ends, and what their logs have beyond the marks.
 * Whoever makes the search forget words takes the same rows: what is read before comes not back after.
 */
export async function takeGrown(tx: Db, ids: readonly string[]): Promise<Grown[]> {
  const wanted = sql`any(${sql.param(ids)}::uuid[])`;
  await tx.execute(sql`
    insert into search_terms (conversation_id, terms, seq, at)
    select id, '', 0, last_at from conversations where id = ${wanted} order by id
    on conflict do nothing`);
  await tx.execute(
    sql`select from search_terms where conversation_id = ${wanted} order by conversation_id for update`,
  );
  const { rows } = await tx.execute<{ id: string; seq: number; at: string; texts: string[] | null }>(sql`
    select c.id, c.last_seq as seq, c.last_at::text as at,
      (select array_agg(case when e.kind = 'introduced' then e.data->>'order' else e.body end) from entries e
        where e.conversation_id = c.id and e.seq > t.seq and e.seq <= c.last_seq
          and case when e.kind = 'introduced' then e.data->>'order' else e.body end is not null) as texts
    from conversations c join search_terms t on t.conversation_id = c.id
    where c.id = ${wanted} and t.seq < c.last_seq`);
  return rows.map((row) => ({ ...row, texts: row.texts ?? [] }));
}

/** Adds terms to rows that are taken, and moves their marks. Gives how many terms each has now. */
export async function addTerms(
  tx: Db,
  indexed: readonly Indexed[],
): Promise<{ readonly id: string; readonly terms: number }[]> {
  const { rows } = await tx.execute<{ id: string; terms: number }>(sql`
    update search_terms t
    set terms = t.terms || array_to_tsvector(array(select json_array_elements_text(i.terms))), seq = i.seq, at = i.at
    from json_to_recordset(${JSON.stringify(indexed)}::json) as i(id uuid, terms json, seq int, at timestamptz)
    where t.conversation_id = i.id
    returning t.conversation_id as id, length(t.terms) as terms`);
  return rows;
}

/** The end of a statement whose `said` gives conversations with words that are to be forgotten: they are read anew. */
export const forgetTerms = sql`
  insert into search_terms (conversation_id, terms, seq, at)
  select id, '', 0, last_at from conversations where id in (select conversation_id from said) order by id
  on conflict (conversation_id) do update set terms = '', seq = 0`;
