/**
 * What a sent message teaches, as rows. None of these statements reads or writes who sent it, but the one that asks whether
 * the words are the caller's own.
 */
import type { Outcome } from '@fullname/shared/book';
import { TAUGHT_BY, TAUGHT_SHARE } from '@fullname/shared/reader/rule';
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type MessageKey = { readonly conversation: string; readonly message: string };

export type OwnWords = { readonly seq: number; readonly body: string; readonly locale: string };

/**
 * The words that this person sent to the customer under this id, held until the transaction ends, so that two reports on
 * one message come one after the other; null when there are none.
 */
export async function holdOwnWords(
  tx: Db,
  { conversation, message }: MessageKey,
  person: string,
): Promise<OwnWords | null> {
  const { rows } = await tx.execute<OwnWords>(sql`
    select e.seq, e.body, c.locale from entries e join conversations c on c.id = e.conversation_id
    where e.conversation_id = ${conversation} and e.sender_id = ${person} and e.client_id = ${message}
      and e.sender_kind = 'agent' and e.kind in ('message', 'hello', 'farewell')
    for no key update of e`);
  return rows[0] ?? null;
}

/** Was this message reported on before? */
export async function isReported(tx: Db, { conversation, message }: MessageKey): Promise<boolean> {
  const of = sql`conversation_id = ${conversation} and message_id = ${message}`;
  const { rows } = await tx.execute<{ known: boolean }>(sql`
    select exists (select 1 from phrase_uses where ${of}) or exists (select 1 from rule_outcomes where ${of})
      or exists (select 1 from requests where ${of}) as known`);
  return rows[0]?.known ?? false;
}

/** What the customer wrote before a message, the latest first: enough to find a wish in. */
export async function readHeard(db: Db, conversation: string, before: number): Promise<string[]> {
  const { rows } = await db.execute<{ body: string }>(sql`
    select body from entries where conversation_id = ${conversation} and seq < ${before}
      and sender_kind = 'visitor' and kind = 'message' order by seq desc limit 20`);
  return rows.map((row) => row.body);
}

export type PhraseUse = { readonly phrase: string; readonly edited: boolean };

/** Phrases that are not in the book (any more) are left out; one that was taken twice counts once. */
export async function storeUses(
  tx: Db,
  key: MessageKey,
  { situation, uses }: { readonly situation: string; readonly uses: readonly PhraseUse[] },
): Promise<void> {
  if (uses.length === 0) return;
  await tx.execute(sql`
    insert into phrase_uses (conversation_id, message_id, phrase_id, situation, edited)
    select ${key.conversation}::uuid, ${key.message}::uuid, p.id, ${situation}::text, bool_and(u.edited)
    from json_to_recordset(${JSON.stringify(uses)}::json) as u(phrase uuid, edited boolean)
    join phrases p on p.id = u.phrase group by p.id`);
}

/**
 * Those of these rules that the book has, held until the transaction ends: what the last outcomes of a rule are is then
 * asked by one report at a time. In id order, so that nobody waits in a circle.
 */
export async function holdRules(tx: Db, rules: readonly string[]): Promise<Set<string>> {
  if (rules.length === 0) return new Set();
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from rules where id = any(${sql.param(rules)}::uuid[]) order by id for no key update`);
  return new Set(rows.map((row) => row.id));
}

export type RuleOutcome = { readonly rule: string; readonly outcome: Outcome };

/** Call it with the rules held. The clock is read after the wait for them, so that the last outcomes are truly the last. */
export async function storeOutcomes(
  tx: Db,
  key: MessageKey,
  outcomes: readonly RuleOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map((outcome, place) => ({ ...outcome, place }));
  await tx.execute(sql`
    insert into rule_outcomes (conversation_id, message_id, place, rule_id, outcome, at)
    select ${key.conversation}::uuid, ${key.message}::uuid, o.place, o.rule, o.outcome, clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as o(place int, rule uuid, outcome text) order by o.place`);
}

/**
 * Quiets those of these (held) rules whose last `TAUGHT_BY` outcomes were dismissed too often; answers the ids. A rule that
 * holds the send is never learned away.
 */
export async function quietTaught(tx: Db, rules: readonly string[]): Promise<string[]> {
  if (rules.length === 0) return [];
  const { rows } = await tx.execute<{ id: string }>(sql`
    update rules r set quiet_since = now()
    where r.id = any(${sql.param(rules)}::uuid[]) and r.quiet_since is null and r.status = 'published'
      and r.body ->> 'level' <> 'block'
      and (select count(*) = ${TAUGHT_BY}::int
          and count(*) filter (where lately.outcome in ('dismissed', 'not-here')) >= ${TAUGHT_SHARE}::numeric * ${TAUGHT_BY}::int
        from (select o.outcome from rule_outcomes o where o.rule_id = r.id and o.at > r.counts_from
          order by o.at desc nulls last limit ${TAUGHT_BY}) lately)
    returning r.id`);
  return rows.map((row) => row.id);
}

/**
 * Phrases that went as they stand, in any conversation of the customer, or of the visitor as long as nobody says who that
 * is; and how many conversations came before this one. By the link of today: one that was taken back opens nothing.
 */
export async function readBefore(
  db: Db,
  of: { readonly conversation: string; readonly visitor: string; readonly customer: string | null },
): Promise<{ phrases: string[]; conversations: number }> {
  const theirs =
    of.customer === null
      ? sql`c.visitor_id = ${of.visitor}`
      : sql`c.visitor_id in (select id from visitors where customer_id = ${of.customer})`;
  const { rows } = await db.execute<{ phrases: string[]; conversations: number }>(sql`
    with theirs as materialized (select c.id, c.created_at, c.status from conversations c where ${theirs})
    select
      array(select distinct u.phrase_id from phrase_uses u join theirs on theirs.id = u.conversation_id where not u.edited) as phrases,
      (select count(*)::int from theirs where theirs.id <> ${of.conversation} and theirs.status <> 'spam'
        and theirs.created_at < (select created_at from conversations where id = ${of.conversation})) as conversations`);
  return rows[0] ?? { phrases: [], conversations: 0 };
}
