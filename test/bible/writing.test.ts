import { randomUUID } from 'node:crypto';
import type { Entry } from '@fullname/shared/model';
import { type Rule, TAUGHT_BY } from '@fullname/shared/reader/rule';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Agent,
  anAgent,
  anAgentWith,
  aVisitor,
  newId,
  refusal,
  type Visitor,
} from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { aPhrase, aReport, aRule, judge, quietSince, stored, times } from './desk.ts';

let relay: Relay;
let megan: Agent;
let visitor: Visitor;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());
beforeEach(async () => {
  visitor = await aVisitor(relay);
  await visitor.say('The parcel is late.');
  conversation = await megan.take(visitor);
});

const owner = () => ({ origin: relay.origin, cookie: relay.owner });

describe('a report', () => {
  test('is stored once: a retry, also with other contents, changes nothing', async () => {
    const [phrase, rule] = [await aPhrase(relay), await aRule(relay)];
    const entry = await megan.say(conversation, 'I am sorry. It comes soon.');
    const report = aReport(entry, {
      phrases: [{ phrase, edited: false }],
      findings: [{ rule, outcome: 'left' }],
      request: { asked: 'The parcel is late.', outcome: 'granted', offered: [], reason: null },
    });
    await megan.do('writing:report', report);
    const first = await stored(relay);
    expect(JSON.stringify(first)).toContain(phrase);
    await megan.do('writing:report', report);
    const other = { phrase: await aPhrase(relay), edited: true };
    await megan.do('writing:report', {
      ...report,
      phrases: [other],
      findings: [...report.findings, { rule, outcome: 'dismissed' }],
      request: null,
    });
    expect(await stored(relay)).toEqual(first);
  });

  test('that comes twice at once is stored once', async () => {
    const rule = await aRule(relay);
    const second = await anAgentWith(relay, megan);
    const entry = await megan.say(conversation, 'It comes soon.');
    const before = await stored(relay);
    await Promise.all(
      [megan, second, megan, second].map((end) =>
        end.do('writing:report', aReport(entry, { findings: [{ rule, outcome: 'dismissed' }] })),
      ),
    );
    const { rowCount } = await relay.database.pool.query('select 1 from rule_outcomes where rule_id = $1', [
      rule,
    ]);
    expect(rowCount).toBe(1);
    expect(await stored(relay)).not.toEqual(before);
    second.close();
  });

  test('names no person: no column of the three tables refers to one', async () => {
    const { rows } = await relay.database.pool.query<{ name: string }>(`
      select distinct k.relname as name from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class k on k.oid = c.confrelid
      where t.relname in ('phrase_uses', 'rule_outcomes', 'requests') and c.contype = 'f'`);
    expect(rows.map((row) => row.name)).not.toContain('people');
    const rule = await aRule(relay);
    await judge(megan, conversation, { rule, outcomes: ['taken'] });
    expect(JSON.stringify(await stored(relay))).not.toContain(megan.person.id);
  });

  test('is refused on another’s words, on a note, on a visitor’s words and in another conversation', async () => {
    const rule = await aRule(relay);
    const adaeze = await anAgent(relay);
    const findings = [{ rule, outcome: 'dismissed' }] as const;
    const entry = await megan.say(conversation, 'It comes soon.');
    const note = await megan.note(conversation, 'It comes soon.');
    const theirs = await visitor.say('Really soon?');
    const elsewhere = await aVisitor(relay);
    await elsewhere.say('Hello?');
    const other = await megan.take(elsewhere);
    const before = await stored(relay);
    const report = (agent: Agent, message: { conversation: string; id: string | null }) =>
      refusal(agent.ask('writing:report', aReport(message, { findings })));
    expect(await report(adaeze, entry)).toBe('UNKNOWN');
    expect(await report(megan, note)).toBe('UNKNOWN');
    expect(await report(megan, { conversation, id: theirs.id })).toBe('UNKNOWN');
    expect(await report(megan, { conversation: other, id: entry.id })).toBe('UNKNOWN');
    expect(await report(megan, { conversation, id: newId() })).toBe('UNKNOWN');
    expect(await stored(relay)).toEqual(before);
  });

  test('of the back office is forbidden', async () => {
    const office = await anAgent(relay, { role: 'back-office' });
    const entry = await megan.say(conversation, 'It comes soon.');
    expect(await refusal(office.ask('writing:report', aReport(entry)))).toBe('FORBIDDEN');
  });

  test('on a hello and on a farewell counts as on any other words', async () => {
    const rule = await aRule(relay);
    const findings = [{ rule, outcome: 'left' }] as const;
    const hello = await megan.say(conversation, 'Hello, I am Megan Kajitani.');
    expect(hello.kind).toBe('hello');
    const farewell = { conversation, id: newId() };
    await megan.do('conversation:close', { ...farewell, farewell: 'Thank you, until soon.' });
    await megan.do('writing:report', aReport(hello, { findings }));
    await megan.do('writing:report', aReport(farewell, { findings }));
    const { rowCount } = await relay.database.pool.query('select 1 from rule_outcomes where rule_id = $1', [
      rule,
    ]);
    expect(rowCount).toBe(2);
  });

  test('leaves out what the book does not have, and keeps the rest', async () => {
    const [phrase, rule] = [await aPhrase(relay), await aRule(relay)];
    const entry = await megan.say(conversation, 'I am sorry.');
    await megan.do(
      'writing:report',
      aReport(entry, {
        phrases: [
          { phrase: randomUUID(), edited: false },
          { phrase, edited: true },
          { phrase, edited: false },
        ],
        findings: [
          { rule: randomUUID(), outcome: 'taken' },
          { rule, outcome: 'taken' },
        ],
      }),
    );
    const { rows } = await relay.database.pool.query(
      `select (select json_agg(json_build_array(phrase_id, edited)) from phrase_uses where message_id = $1) as uses,
        (select json_agg(json_build_array(rule_id, outcome)) from rule_outcomes where message_id = $1) as outcomes`,
      [entry.id],
    );
    expect(rows[0]).toEqual({ uses: [[phrase, false]], outcomes: [[rule, 'taken']] });
  });

  test.each([
    ['an outcome that is none', { findings: [{ rule: newId(), outcome: 'liked' }] }],
    [
      'too many findings',
      { findings: Array.from({ length: 51 }, () => ({ rule: newId(), outcome: 'left' })) },
    ],
    ['too many phrases', { phrases: Array.from({ length: 21 }, () => ({ phrase: newId(), edited: false })) }],
    [
      'a sixth reason',
      { request: { asked: 'A refund?', outcome: 'declined', offered: [], reason: 'policy' } },
    ],
    ['somebody’s id', { person: newId() }],
  ])('with %s is not understood', async (_what, values) => {
    const entry = await megan.say(conversation, 'It comes soon.');
    const before = await stored(relay);
    const report = { ...aReport(entry), ...values } as Parameters<typeof megan.ask<'writing:report'>>[1];
    expect(await refusal(megan.ask('writing:report', report))).toBe('INVALID_PAYLOAD');
    expect(await stored(relay)).toEqual(before);
  });
});

describe('dismissals teach', () => {
  test('exactly at 9 of the last 30, whichever way they were dismissed; everybody is told', async () => {
    const rule = await aRule(relay);
    const told = megan.heard('book:changed').length;
    await judge(megan, conversation, {
      rule,
      outcomes: [...times(21, 'taken'), ...times(4, 'dismissed'), ...times(4, 'not-here')],
    });
    // 8 dismissed, but of 29: nothing is known yet.
    expect(await quietSince(relay, rule)).toBeNull();
    await judge(megan, conversation, { rule, outcomes: ['left'] });
    // 8 of 30.
    expect(await quietSince(relay, rule)).toBeNull();
    expect(megan.heard('book:changed')).toHaveLength(told);
    await judge(megan, conversation, { rule, outcomes: ['dismissed'] });
    // The oldest, one that was taken, is out: 9 of 30.
    expect(await quietSince(relay, rule)).not.toBeNull();
    await eventually('the desk is told', () => megan.heard('book:changed').length === told + 1);
    const { rules } = await call<{ rules: Rule[] }>(owner(), 'GET /api/book?locale=en');
    expect(rules.find((one) => one.id === rule)?.quietSince).toEqual(expect.stringMatching(/Z$/));
  });

  test('not before thirty, even if all are dismissed', async () => {
    const rule = await aRule(relay);
    await judge(megan, conversation, { rule, outcomes: times(TAUGHT_BY - 1, 'dismissed') });
    expect(await quietSince(relay, rule)).toBeNull();
    await judge(megan, conversation, { rule, outcomes: ['dismissed'] });
    expect(await quietSince(relay, rule)).not.toBeNull();
  });

  test('what was dismissed long ago is forgotten: only the last thirty count', async () => {
    const rule = await aRule(relay);
    const outcomes = [...times(8, 'dismissed'), ...times(30, 'changed'), ...times(8, 'dismissed')];
    await judge(megan, conversation, { rule, outcomes });
    expect(await quietSince(relay, rule)).toBeNull();
    await judge(megan, conversation, { rule, outcomes: ['not-here'] });
    expect(await quietSince(relay, rule)).not.toBeNull();
  });

  test('a rule that holds the send is never learned away', async () => {
    const rule = await aRule(relay, { level: 'block' });
    await judge(megan, conversation, { rule, outcomes: times(TAUGHT_BY, 'dismissed') });
    expect(await quietSince(relay, rule)).toBeNull();
  });

  test('one message cannot teach alone, whatever it reports', async () => {
    const rule = await aRule(relay);
    const entry = await megan.say(conversation, 'Soon, soon, soon.');
    const findings = times(50, 'dismissed').map((outcome) => ({ rule, outcome }));
    await megan.do('writing:report', aReport(entry, { findings }));
    expect(await quietSince(relay, rule)).toBeNull();
  });

  test('an owner lets it speak again: only what comes after counts', async () => {
    const rule = await aRule(relay);
    await judge(megan, conversation, { rule, outcomes: times(TAUGHT_BY, 'dismissed') });
    const told = megan.heard('book:changed').length;
    const heard = await call<Rule>(owner(), `POST /api/book/rules/${rule}/quiet`, { quiet: false });
    expect(heard).toMatchObject({ id: rule, level: 'warning', quietSince: null });
    await eventually('the desk is told', () => megan.heard('book:changed').length > told);
    await judge(megan, conversation, { rule, outcomes: times(TAUGHT_BY - 1, 'dismissed') });
    expect(await quietSince(relay, rule)).toBeNull();
    await judge(megan, conversation, { rule, outcomes: ['dismissed'] });
    expect(await quietSince(relay, rule)).not.toBeNull();
  });

  test('only an owner decides, and only on a rule that is there', async () => {
    const rule = await aRule(relay);
    const agent = { origin: relay.origin, cookie: megan.cookie };
    const ask = (asker: typeof agent, id: string, body: unknown) =>
      refusal(request(asker, `POST /api/book/rules/${id}/quiet`, body));
    expect(await ask(agent, rule, { quiet: true })).toBe('FORBIDDEN');
    expect(await ask(owner(), randomUUID(), { quiet: true })).toBe('UNKNOWN');
    expect(await ask(owner(), rule, { quiet: 'yes' })).toBe('INVALID_PAYLOAD');
    expect(await quietSince(relay, rule)).toBeNull();
    const quieted = await call<Rule>(owner(), `POST /api/book/rules/${rule}/quiet`, { quiet: true });
    expect(quieted.quietSince).toEqual(expect.stringMatching(/Z$/));
  });

  test.each([
    [9, 1],
    [8, 0],
  ])(
    'reports that come at the same moment, %i of 30 dismissed: %i rule is quiet',
    async (dismissed, taught) => {
      const rule = await aRule(relay);
      const told = megan.heard('book:changed').length;
      const outcomes = [...times(dismissed, 'dismissed'), ...times(30 - dismissed, 'taken')];
      const entries: Entry[] = [];
      for (const _ of outcomes) entries.push(await megan.say(conversation, 'It comes soon.'));
      const others = [await anAgentWith(relay, megan), await anAgentWith(relay, megan)];
      const report = (end: Agent) =>
        entries.map((entry, n) =>
          end.do('writing:report', aReport(entry, { findings: [{ rule, outcome: outcomes[n] ?? 'left' }] })),
        );
      // Each of them twice, over two sockets.
      await Promise.all(others.flatMap(report));
      expect((await quietSince(relay, rule)) === null).toBe(taught === 0);
      await call(owner(), `POST /api/book/rules/${await aRule(relay)}/quiet`, { quiet: true });
      await eventually(
        'the owner’s own click is told',
        () => megan.heard('book:changed').length > told + taught,
      );
      expect(megan.heard('book:changed')).toHaveLength(told + taught + 1);
      for (const end of others) end.close();
    },
  );

  test('reports on several rules in any order do not wait in a circle', async () => {
    const rules = [await aRule(relay), await aRule(relay), await aRule(relay)];
    const entries: Entry[] = [];
    for (let n = 0; n < 24; n += 1) entries.push(await megan.say(conversation, 'It comes soon.'));
    await Promise.all(
      entries.map((entry, n) => {
        const order = n % 2 === 0 ? rules : rules.toReversed();
        const findings = order.map((rule) => ({ rule, outcome: 'taken' as const }));
        return megan.do('writing:report', aReport(entry, { findings }));
      }),
    );
    const { rows } = await relay.database.pool.query<{ n: number }>(
      'select count(*)::int as n from rule_outcomes where rule_id = any($1)',
      [rules],
    );
    expect(rows[0]?.n).toBe(72);
  });
});

describe('what went before', () => {
  test('phrases that went as they stand, and earlier conversations, of this visitor alone', async () => {
    const [plain, edited] = [await aPhrase(relay), await aPhrase(relay)];
    const entry = await megan.say(conversation, 'I am sorry.');
    const phrases = [
      { phrase: plain, edited: false },
      { phrase: edited, edited: true },
    ];
    await megan.do('writing:report', aReport(entry, { phrases }));
    const here = await megan.do('conversation:open', { conversation });
    expect(here.before).toEqual({ phrases: [plain], conversations: 0 });
    const again = await aVisitor(relay, { token: visitor.token, conversation: newId() });
    await again.do('conversation:start', {
      token: visitor.token,
      conversation: again.conversation,
      message: { id: newId(), text: 'Me again.' },
      locale: 'en',
    });
    const next = await megan.take(again);
    expect((await megan.do('conversation:open', { conversation: next })).before).toEqual({
      phrases: [plain],
      conversations: 1,
    });
    const stranger = await aVisitor(relay);
    await stranger.say('Hello?');
    const theirs = await megan.take(stranger);
    expect((await megan.do('conversation:open', { conversation: theirs })).before).toEqual({
      phrases: [],
      conversations: 0,
    });
  });

  test('follows the link to a customer over browsers, and ends with it', async () => {
    const phrase = await aPhrase(relay);
    const entry = await megan.say(conversation, 'I am sorry.');
    await megan.do('writing:report', aReport(entry, { phrases: [{ phrase, edited: false }] }));
    const pane = await megan.do('customer:link', {
      conversation,
      id: newId(),
      customer: { name: 'Anna Lind' },
    });
    const phone = await aVisitor(relay);
    await phone.say('Now from my phone.');
    const next = await megan.take(phone);
    const before = async () => (await megan.do('conversation:open', { conversation: next })).before;
    expect(await before()).toEqual({ phrases: [], conversations: 0 });
    const customer = pane.customer?.id ?? '';
    await megan.do('customer:link', { conversation: next, id: newId(), customer });
    expect(await before()).toEqual({ phrases: [phrase], conversations: 1 });
    await megan.do('customer:link', { conversation: next, id: newId(), customer: null });
    expect(await before()).toEqual({ phrases: [], conversations: 0 });
  });
});
