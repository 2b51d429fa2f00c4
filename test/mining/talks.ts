/** Conversations made by hand, second by second: what is counted of them is known before it is asked. */
import { randomBytes } from 'node:crypto';
import type { FarewellQuestion } from '@fullname/shared/model';
import { newId } from '../support/people.ts';
import type { Relay } from '../support/relay.ts';

export type Said = readonly [seconds: number, by: 'visitor' | Person, kind: string, text?: string];
type Person = { readonly person: { readonly id: string } };
export type TalkMade = {
  readonly said: readonly Said[];
  readonly daysAgo?: number;
  readonly here?: boolean | null;
  readonly status?: 'waiting' | 'open' | 'closed' | 'spam';
  readonly customer?: string;
  readonly site?: string;
  readonly locale?: string;
  /** To the last goodbye. */
  readonly answers?: Partial<Record<FarewellQuestion, string>>;
};

type Place = Pick<Relay, 'database'> & { readonly site: { readonly id: string } };

/** Answers the conversation's id. It is closed, unless it is said otherwise, when the last words were said. */
export async function aTalk({ database: { pool }, site }: Place, made: TalkMade): Promise<string> {
  const { said, daysAgo = 1, here = true, status = 'closed' } = made;
  const [visitor, id] = [newId(), newId()];
  const begun = Date.now() - daysAgo * 86_400_000;
  const at = (seconds: number) => new Date(begun + seconds * 1_000).toISOString();
  const end = at(said.at(-1)?.[0] ?? 0);
  const where = made.site ?? site.id;
  await pool.query(
    `insert into visitors (id, site_id, token_hash, locale, claimed_name) values ($1, $2, $3, 'en', $4)`,
    [visitor, where, randomBytes(32), made.customer ?? null],
  );
  await pool.query(
    `insert into conversations (id, site_id, visitor_id, client_id, locale, status, created_at, closed_at, begun_here)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, where, visitor, newId(), made.locale ?? 'en', status, at(0), status === 'closed' ? end : null, here],
  );
  const entry = (seq: number, kind: string, values: readonly unknown[]) =>
    pool.query(
      `insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body, at)
       values ($1, $2, $2, $3, $4, $5, $6, $7, $8)`,
      [id, seq, kind, ...values],
    );
  for (const [n, [seconds, by, kind, text = 'x']] of said.entries()) {
    const who = by === 'visitor' ? ['visitor', visitor] : ['agent', by.person.id];
    await entry(n + 1, kind, [...who, newId(), text, at(seconds)]);
  }
  const goodbye = said.findLastIndex(([, , kind]) => kind === 'farewell');
  const [, by] = said[goodbye] ?? [];
  for (const [n, [question, text]] of Object.entries(made.answers ?? {}).entries()) {
    const answer = newId();
    await entry(said.length + n + 1, 'farewell-answered', ['visitor', visitor, answer, text, end]);
    await pool.query(
      'insert into farewell_answers (conversation_id, farewell_seq, question, client_id, person_id, at) values ($1, $2, $3, $4, $5, $6)',
      [id, goodbye + 1, question, answer, typeof by === 'object' ? by.person.id : null, end],
    );
  }
  return id;
}
