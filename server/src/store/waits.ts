/** How long visitors waited for the first words of a person: what an honest expectation is learned from. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type Wait = {
  /** Milliseconds since 1970, by the store's clock. */
  readonly begun: number;
  /** Until a person answered, or until now. */
  readonly minutes: number;
  /** False where nobody has answered yet: it takes longer than that. */
  readonly answered: boolean;
};

/** Longer ago the same people may not have been there. */
const LOOKED_AT = sql`interval '6 weeks'`;
const WAITS_MOST = 1_000;

/**
 * The latest waits, from first words to the first answer. What began while nobody was here says nothing of how long it takes
 * when somebody is, who chose a time at which they are called back does not wait, and what was put aside was no visitor. Reads one row of the log for each, by its index.
 */
export async function readWaits(db: Db): Promise<readonly Wait[]> {
  const { rows } = await db.execute<{ begun: string; minutes: string; answered: boolean }>(sql`
    select extract(epoch from c.created_at) * 1000 as begun, a.at is not null as answered,
      extract(epoch from coalesce(a.at, now()) - c.created_at) / 60 as minutes
    from (
      select id, created_at from conversations
      where created_at > now() - ${LOOKED_AT} and status <> 'spam' and begun_here is not false
        and not exists (select from call_backs b where b.conversation_id = conversations.id)
      order by created_at desc nulls last limit ${WAITS_MOST}
    ) c
    left join lateral (
      select e.at from entries e
      where e.conversation_id = c.id and e.sender_kind = 'agent' and e.kind in ('hello', 'message', 'file', 'farewell')
      order by e.seq limit 1
    ) a on true`);
  return rows.map(({ begun, minutes, answered }) => ({
    ...{ begun: Number(begun), answered },
    minutes: Math.max(0, Number(minutes)),
  }));
}
