/** A desk that writes, for the tests of what writing teaches: entries of the book made by hand, messages sent and reported on. */
import { randomUUID } from 'node:crypto';
import type { Outcome, WritingReport } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { phrases, rules } from '../../server/src/store/schema.ts';
import type { Agent, Visitor } from '../support/people.ts';
import type { Relay } from '../support/relay.ts';

export async function aRule(relay: Relay, values: Partial<RuleBody> = {}): Promise<string> {
  const id = randomUUID();
  const body: RuleBody = {
    ...{ locale: 'en', topic: 'vague-promise', title: 'Soon', finds: ['soon'], sayInstead: [] },
    ...{
      replaces: 'words',
      reason: 'When is soon?',
      where: 'anywhere',
      situations: [],
      when: [],
      unless: [],
    },
    ...{ except: [], level: 'warning', mustFire: [], mustNotFire: [] },
    ...values,
  };
  await relay.database.db.insert(rules).values({ id, locale: body.locale, body });
  return id;
}

export async function aPhrase(
  relay: Relay,
  values: Partial<typeof phrases.$inferInsert> = {},
): Promise<string> {
  const id = randomUUID();
  const row = { locale: 'en', situation: 'apology', text: 'I am sorry.', reason: 'It is ours.', ...values };
  await relay.database.db.insert(phrases).values({ id, ...row });
  return id;
}

/** The report on one message: nothing but what is given. */
export function aReport(
  message: { readonly conversation: string; readonly id: string | null },
  values: Partial<WritingReport> = {},
): WritingReport {
  const { conversation, id } = message;
  return {
    ...{ conversation, message: id ?? '', situation: 'apology' },
    ...{ phrases: [], findings: [], request: null },
    ...values,
  };
}

/** Sends a message for each outcome and reports it. */
export async function judge(
  agent: Agent,
  conversation: string,
  { rule, outcomes }: { readonly rule: string; readonly outcomes: readonly Outcome[] },
): Promise<void> {
  for (const outcome of outcomes) {
    const entry = await agent.say(conversation, 'It comes soon.');
    await agent.do('writing:report', aReport(entry, { findings: [{ rule, outcome }] }));
  }
}

/** So many of one, then so many of another. */
export function times(count: number, outcome: Outcome): Outcome[] {
  return Array.from({ length: count }, () => outcome);
}

/** What the three tables hold, without the times. */
export async function stored(relay: Relay): Promise<unknown> {
  const { rows } = await relay.database.pool.query(`
    select (select jsonb_agg(to_jsonb(u) - 'at' order by u.message_id, u.phrase_id) from phrase_uses u) as uses,
      (select jsonb_agg(to_jsonb(o) - 'at' order by o.message_id, o.place) from rule_outcomes o) as outcomes,
      (select jsonb_agg(to_jsonb(r) - 'at' order by r.message_id) from requests r) as requests`);
  return rows[0];
}

export async function quietSince(relay: Relay, rule: string): Promise<Date | null> {
  const { rows } = await relay.database.pool.query<{ quiet_since: Date | null }>(
    'select quiet_since from rules where id = $1',
    [rule],
  );
  return rows[0]?.quiet_since ?? null;
}

/** The visitor says something and the agent, who has them, answers: the answer's entry. */
export async function exchange(
  { agent, visitor }: { readonly agent: Agent; readonly visitor: Visitor },
  asked: string,
  answered: string,
): Promise<{ conversation: string; id: string | null }> {
  await visitor.say(asked);
  const row = await agent.find(visitor);
  if (row.holder === null) await agent.take(visitor);
  const { conversation, id } = await agent.say(row.id, answered);
  return { conversation, id };
}
