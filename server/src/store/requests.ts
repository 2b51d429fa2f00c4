/** Wishes of customers and what became of them, as rows. */
import type { RequestReport } from '@fullname/shared/book';
import { sql } from 'drizzle-orm';
import { sqlStateOf } from '../relay-error.ts';
import type { Db } from './db.ts';
import type { MessageKey } from './writing.ts';

export type RequestRow = RequestReport & { readonly locale: string; readonly terms: readonly string[] };

export async function storeRequest(tx: Db, key: MessageKey, row: RequestRow): Promise<void> {
  await tx.execute(sql`
    insert into requests (conversation_id, message_id, locale, asked, outcome, offered, reason, terms)
    values (${key.conversation}, ${key.message}, ${row.locale}, ${row.asked}, ${row.outcome},
      ${sql.param(row.offered)}::text[], ${row.reason}, array_to_tsvector(${sql.param(row.terms)}::text[]))`);
}

export type PastOffer = {
  readonly text: string;
  /** Whom it was said to: names that must not be told. */
  readonly names: readonly string[];
};

const TOO_LATE = '57014';

/** So many rows are compared at most: first those that share every term, then any that share one. */
const ALL_TERMS_MAX = 300;
const ANY_TERM_MAX = 2_000;

/**
 * What was granted or offered to those who asked alike in this language: the most alike first, then the latest. Whoever
 * shares less than `shared` of the terms did not ask alike. Nothing when it takes longer than `withinMs`: an agent who is
 * writing waits for nobody.
 */
export function findOffers(
  db: Db,
  query: {
    readonly terms: readonly string[];
    readonly locale: string;
    readonly shared: number;
    readonly limit: number;
    readonly withinMs: number;
  },
): Promise<PastOffer[]> {
  const quoted = query.terms.map((term) => `'${term.replace(/['\\]/g, '')}'`);
  const offering = (tsquery: string) => sql`
    select conversation_id, message_id, offered, at, terms from requests
    where terms @@ ${tsquery}::tsquery and locale = ${query.locale} and outcome in ('granted', 'alternative') and offered <> '{}'`;
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('statement_timeout', ${String(query.withinMs)}, true)`);
    try {
      const { rows } = await tx.execute<PastOffer>(sql`
        with alike as (
          (${offering(quoted.join(' & '))} limit ${ALL_TERMS_MAX}) union (${offering(quoted.join(' | '))} limit ${ANY_TERM_MAX})
        ), judged as (
          select a.*, (select count(*) from unnest(tsvector_to_array(a.terms)) term
            where term = any(${sql.param(query.terms)}::text[])) as shared
          from alike a
        )
        select offer.text, array_remove(array[cu.name, v.claimed_name], null) as names
        from judged j cross join unnest(j.offered) with ordinality as offer(text, place)
        join conversations c on c.id = j.conversation_id and c.status <> 'spam'
        join visitors v on v.id = c.visitor_id left join customers cu on cu.id = v.customer_id
        where j.shared >= ${query.shared}
        order by j.shared desc, j.at desc, offer.place limit ${query.limit}`);
      return rows;
    } catch (error) {
      // Over time is no failure; the transaction ends as it should, so that its connection stays good.
      if (sqlStateOf(error) === TOO_LATE) return [];
      throw error;
    }
  });
}

export type YesRow = { readonly outcome: string; readonly reason: string | null; readonly count: number };

export async function countRequests(db: Db, locale: string | undefined): Promise<YesRow[]> {
  const where = locale === undefined ? sql`` : sql`where locale = ${locale}`;
  const { rows } = await db.execute<YesRow>(
    sql`select outcome, reason, count(*)::int as count from requests ${where} group by outcome, reason`,
  );
  return rows;
}
