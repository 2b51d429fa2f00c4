/** Farewells, and what was answered to them. The words are entries of the log; here is which of them belong together. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type Farewell = { readonly seq: number; readonly person: string };

/** The last farewell of a conversation that is closed, so that it stands near the end of its log; null where there is none. */
export async function lastFarewell(db: Db, conversation: string): Promise<Farewell | null> {
  const { rows } = await db.execute<Farewell>(sql`
    select seq, sender_id as person from entries
    where conversation_id = ${conversation} and kind = 'farewell' order by seq desc limit 1`);
  return rows[0] ?? null;
}

/** False when this question was answered already. */
export async function insertAnswer(
  tx: Db,
  answer: {
    readonly conversation: string;
    readonly farewell: Farewell;
    readonly question: string;
    readonly clientId: string;
    readonly at: string;
  },
): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    insert into farewell_answers (conversation_id, farewell_seq, question, client_id, person_id, at)
    values (${answer.conversation}, ${answer.farewell.seq}, ${answer.question}, ${answer.clientId},
      ${answer.farewell.person}, ${answer.at})
    on conflict do nothing`);
  return rowCount === 1;
}

/** As JSON gives it. */
export type AnswerRow = {
  readonly conversation: string;
  readonly question: string;
  readonly text: string;
  readonly at: string;
  readonly person: string;
};

/** Answers in the conversations of `whose`, a condition on the visitor w; the newest first, at most `limit`. */
export function answersOf(whose: SQL, limit: number): SQL {
  return sql`select a.conversation_id as conversation, a.question, e.body as text, a.at, a.person_id as person
    from visitors w join conversations c on c.visitor_id = w.id
    join farewell_answers a on a.conversation_id = c.id
    join entries e on e.conversation_id = a.conversation_id and e.sender_id = w.id and e.client_id = a.client_id
    where ${whose} and c.status <> 'spam' order by a.at desc, a.question limit ${limit}`;
}
