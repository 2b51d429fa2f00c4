/**
 * How conversations began and ended, and what was answered to the two questions. Who spoke is read for the rule that looks for
 * their name in their words; nothing here groups by, filters by or answers a person.
 */
import type { FarewellQuestion } from '@fullname/shared/model';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { iso } from './log.ts';

export type Period = { readonly days: number; readonly site: string | undefined };

/** A conversation from the visitor's first words to the goodbye; taken up again after one, it is another. */
export type Talk = {
  readonly conversation: string;
  /** False where it is known that nobody was here. */
  readonly begunHere: boolean | null;
  readonly answered: boolean;
  readonly hello: Hello | null;
  readonly closed: boolean;
  /** The conversation's. */
  readonly locale: string;
  readonly farewell: string | null;
  /** The customer's, as far as it is known now. */
  readonly name: string | null;
  /** What was answered after this goodbye. */
  readonly answers: readonly Answer[];
};
type Answer = { readonly question: FarewellQuestion; readonly text: string; readonly at: string };
export type Hello = {
  readonly text: string;
  /** After the visitor's first words; null where the person spoke first. */
  readonly seconds: number | null;
  readonly given: string;
  readonly family: string;
  readonly fullName: string;
};

/** Of each conversation so many of the last words are read: enough for years of any customer. */
const WORDS_MOST = 1_000;
/** In letters: a hello and a goodbye are short. */
const LETTERS_MOST = 2_000;

/**
 * The latest talks of the period, by when they began, at most `limit`. Conversations are found by their indexes: begun in it, closed
 * in it, or going on now, for one that began earlier may have been taken up again.
 */
export async function readTalks(
  db: Db,
  { period, limit }: { period: Period; limit: number },
): Promise<Talk[]> {
  const since = sql`now() - make_interval(days => ${period.days}::int)`;
  const here = onSite(period);
  const { rows } = await db.execute<Omit<Talk, 'hello'> & Flat>(sql`
    with picked as materialized (
      (select id from conversations c where created_at > ${since} and status <> 'spam' and ${here}
        order by created_at desc nulls last limit ${limit})
      union (select id from conversations c where status = 'closed' and closed_at > ${since} and ${here}
        order by closed_at desc nulls last limit ${limit})
      union (select id from conversations c where status in ('waiting', 'open') and ${here} limit ${limit})
    ), said as (
      select p.id, w.seq, w.kind, w.sender_kind, w.at,
        count(*) over (partition by p.id) as words,
        count(*) filter (where w.kind = 'farewell') over (partition by p.id order by w.seq rows between unbounded preceding and 1 preceding) as talk
      from picked p cross join lateral (
        select e.seq, e.kind, e.sender_kind, e.at from entries e
        where e.conversation_id = p.id and e.kind in ('message', 'file', 'hello', 'farewell')
        order by e.seq desc limit ${WORDS_MOST}
      ) w
    ), talks as (
      select id, talk, max(words) as words,
        min(seq) filter (where sender_kind = 'visitor') as begun_seq, min(at) filter (where sender_kind = 'visitor') as begun_at,
        max(seq) filter (where sender_kind = 'agent') as agent_seq,
        min(seq) filter (where kind = 'hello') as hello_seq, min(at) filter (where kind = 'hello') as hello_at,
        max(seq) filter (where kind = 'farewell') as farewell_seq, max(talk) over (partition by id) as last
      from said group by id, talk
    ), latest as materialized (
      select * from talks
      where coalesce(begun_at, hello_at) > ${since} and (talk > 0 or words < ${WORDS_MOST})
      order by coalesce(begun_at, hello_at) desc limit ${limit}
    )
    select t.id as conversation, c.locale, case when t.talk = 0 then c.begun_here end as "begunHere",
      t.hello_seq is not null or t.agent_seq > t.begun_seq as answered,
      t.farewell_seq is not null or (t.talk = t.last and c.status = 'closed') as closed,
      left(hello.body, ${LETTERS_MOST}) as text, p.given, p.family, p.full_name as "fullName",
      case when t.hello_at >= t.begun_at then extract(epoch from t.hello_at - t.begun_at)::float8 end as seconds,
      left(bye.body, ${LETTERS_MOST}) as farewell, coalesce(cu.name, v.claimed_name) as name, coalesce(said.answers, '[]') as answers
    from latest t
    join conversations c on c.id = t.id
    join visitors v on v.id = c.visitor_id left join customers cu on cu.id = v.customer_id
    left join entries hello on hello.conversation_id = t.id and hello.seq = t.hello_seq
    left join people p on p.id = hello.sender_id
    left join entries bye on bye.conversation_id = t.id and bye.seq = t.farewell_seq
    left join lateral (
      select json_agg(json_build_object('question', a.question, 'text', left(e.body, ${LETTERS_MOST}), 'at', a.at) order by a.question) as answers
      from farewell_answers a
      join entries e on e.conversation_id = a.conversation_id and e.sender_id = c.visitor_id and e.client_id = a.client_id
      where a.conversation_id = t.id and a.farewell_seq = t.farewell_seq
    ) said on true`);
  return rows.map(toTalk);
}

type Flat = { [Key in keyof Hello]: Hello[Key] | null };

function toTalk({
  text,
  seconds,
  given,
  family,
  fullName,
  answers,
  ...talk
}: Omit<Talk, 'hello'> & Flat): Talk {
  const name = { given: given ?? '', family: family ?? '', fullName: fullName ?? '' };
  const said = answers.map((one) => ({ ...one, at: iso(one.at) }));
  return { ...talk, answers: said, hello: text === null ? null : { text, seconds, ...name } };
}

function onSite({ site }: Period): SQL {
  return site === undefined ? sql`true` : sql`c.site_id = ${site}::uuid`;
}
