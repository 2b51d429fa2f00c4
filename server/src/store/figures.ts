/** The figures of the book: sums over what was reported. Nothing here groups by, filters by or answers a person. */
import { TAUGHT_BY } from '@fullname/shared/reader/rule';
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { iso } from './log.ts';

export type RuleFigures = {
  readonly rule: string;
  readonly findings: number;
  readonly taken: number;
  readonly dismissed: number;
  readonly notHere: number;
  readonly changed: number;
  readonly left: number;
  readonly latelyDismissed: number;
  readonly latelyOf: number;
  readonly quietSince: string | null;
};

/** A row for each rule of the book, also for those that found nothing yet; the most findings first. */
export async function readRuleFigures(db: Db, locale: string | undefined): Promise<RuleFigures[]> {
  const { rows } = await db.execute<
    Omit<RuleFigures, 'quietSince'> & { quietSince: Date | string | null }
  >(sql`
    with sums as (
      select o.rule_id, count(*)::int as findings,
        count(*) filter (where o.outcome = 'taken')::int as taken,
        count(*) filter (where o.outcome = 'dismissed')::int as dismissed,
        count(*) filter (where o.outcome = 'not-here')::int as not_here,
        count(*) filter (where o.outcome = 'changed')::int as changed,
        count(*) filter (where o.outcome = 'left')::int as "left"
      from rule_outcomes o group by o.rule_id
    )
    select r.id as rule, coalesce(s.findings, 0) as findings, coalesce(s.taken, 0) as taken,
      coalesce(s.dismissed, 0) as dismissed, coalesce(s.not_here, 0) as "notHere", coalesce(s.changed, 0) as changed,
      coalesce(s."left", 0) as "left", lately.dismissed as "latelyDismissed", lately.n as "latelyOf", r.quiet_since as "quietSince"
    from rules r left join sums s on s.rule_id = r.id
    cross join lateral (
      select count(*)::int as n, count(*) filter (where last.outcome in ('dismissed', 'not-here'))::int as dismissed
      from (select o.outcome from rule_outcomes o where o.rule_id = r.id and o.at > r.counts_from
        order by o.at desc nulls last limit ${TAUGHT_BY}) last
    ) lately
    where r.status = 'published' and ${inLocale(locale, 'r')}
    order by findings desc, r.created_at, r.id`);
  return rows.map((row) => ({ ...row, quietSince: row.quietSince === null ? null : iso(row.quietSince) }));
}

export type PhraseFigures = {
  readonly situation: string;
  readonly phrase: string;
  readonly asItStands: number;
  readonly edited: number;
  /** The customer's first words after the latest uses, the latest first. `names`: the customer's, as far as they are known. */
  readonly next: readonly { readonly text: string; readonly names: readonly (string | null)[] }[];
};

/** A use whose message the customer never answered says nothing; so many of the latest are looked through for three answers. */
const LOOKED_THROUGH = 20;

/** A row for each phrase that was used in a situation, the most used first. */
export async function readPhraseFigures(db: Db, locale: string | undefined): Promise<PhraseFigures[]> {
  const { rows } = await db.execute<PhraseFigures>(sql`
    with used as (
      select u.situation, u.phrase_id, count(*) filter (where not u.edited)::int as as_it_stands,
        count(*) filter (where u.edited)::int as edited
      from phrase_uses u join phrases p on p.id = u.phrase_id where ${inLocale(locale, 'p')}
      group by u.situation, u.phrase_id
    )
    select used.situation, used.phrase_id as phrase, used.as_it_stands as "asItStands", used.edited, coalesce(next.words, '[]') as next
    from used cross join lateral (
      select json_agg(json_build_object('text', answers.text, 'names', answers.names) order by answers.at desc) as words from (
        select left(answer.body, 1000) as text, json_build_array(cu.name, v.claimed_name) as names, latest.at
        from (select u.conversation_id, u.message_id, u.at from phrase_uses u
          where u.phrase_id = used.phrase_id and u.situation = used.situation
          order by u.at desc nulls last limit ${LOOKED_THROUGH}) latest
        join entries said on said.conversation_id = latest.conversation_id and said.client_id = latest.message_id
          and said.sender_kind = 'agent' and said.kind in ('message', 'hello', 'farewell')
        cross join lateral (
          select e.body from entries e where e.conversation_id = said.conversation_id and e.seq > said.seq
            and e.sender_kind = 'visitor' and e.kind = 'message' order by e.seq limit 1
        ) answer
        join conversations c on c.id = latest.conversation_id and c.status <> 'spam'
        join visitors v on v.id = c.visitor_id left join customers cu on cu.id = v.customer_id
        order by latest.at desc limit 3
      ) answers
    ) next
    order by used.as_it_stands + used.edited desc, used.phrase_id`);
  return rows;
}

/** The book's own ways to offer something else, in one language. */
export async function refusingPhrases(
  db: Db,
  { locale, limit }: { readonly locale: string; readonly limit: number },
): Promise<{ id: string; text: string }[]> {
  const { rows } = await db.execute<{ id: string; text: string }>(sql`
    select id, text from phrases where locale = ${locale} and situation = 'refusing' and status = 'published'
    order by created_at, id limit ${limit}`);
  return rows;
}

/** Every name that an answer must not hold. */
export async function readNames(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(
    sql`select full_name as name from people union select given from people union select family from people`,
  );
  return rows.map((row) => row.name);
}

function inLocale(locale: string | undefined, table: 'r' | 'p') {
  return locale === undefined ? sql`true` : sql`${sql.raw(table)}.locale = ${locale}`;
}
