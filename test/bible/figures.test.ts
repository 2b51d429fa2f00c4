import type { BookFigures } from '@fullname/shared/book';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, request } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { aPhrase, aReport, aRule, exchange, judge, times } from './desk.ts';

let relay: Relay;
let megan: Agent;
let yijun: Agent;
let visitor: Visitor;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  yijun = await anAgent(relay, { given: '怡君', family: '林' });
  visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  conversation = await megan.take(visitor);
});
afterAll(() => relay.close());

async function figures(query = '?locale=en'): Promise<BookFigures> {
  return call({ origin: relay.origin, cookie: megan.cookie }, `GET /api/book/figures${query}`);
}
async function ruleFigures(rule: string) {
  return (await figures()).rules.find((row) => row.rule === rule);
}
async function phraseFigures(situation: string, phrase: string) {
  const found = (await figures()).situations.find((row) => row.situation === situation);
  return found?.phrases.find((row) => row.phrase === phrase);
}

/** A phrase goes to a new visitor, who then answers with these words. */
async function anAnswered(phrase: string, words: readonly string[], name?: string): Promise<void> {
  const customer = await aVisitor(relay);
  const entry = await exchange({ agent: megan, visitor: customer }, 'Where is my parcel?', 'I am sorry.');
  if (name !== undefined)
    await megan.do('customer:link', { conversation: entry.conversation, id: newId(), customer: { name } });
  await megan.do('writing:report', aReport(entry, { phrases: [{ phrase, edited: false }] }));
  for (const text of words) await customer.say(text);
  customer.close();
}

test('a rule that found nothing yet is there, with nothing', async () => {
  const rule = await aRule(relay);
  expect(await ruleFigures(rule)).toEqual({
    ...{ rule, findings: 0, precision: null, quietSince: null },
    outcomes: { taken: 0, dismissed: 0, 'not-here': 0, changed: 0, left: 0 },
    lately: { dismissed: 0, of: 0 },
  });
});

test('each outcome is counted; precision is what was heeded of what was judged, from ten on', async () => {
  const rule = await aRule(relay);
  await judge(megan, conversation, {
    rule,
    outcomes: [...times(3, 'taken'), ...times(3, 'changed'), ...times(2, 'dismissed'), ...times(4, 'left')],
  });
  await judge(megan, conversation, { rule, outcomes: ['not-here'] });
  // Nine judged: 3 taken, 3 changed, 2 dismissed, 1 not here.
  expect(await ruleFigures(rule)).toMatchObject({ findings: 13, precision: null });
  await judge(megan, conversation, { rule, outcomes: ['dismissed'] });
  expect(await ruleFigures(rule)).toEqual({
    ...{ rule, findings: 14, precision: 0.6, quietSince: null },
    outcomes: { taken: 3, dismissed: 3, 'not-here': 1, changed: 3, left: 4 },
    lately: { dismissed: 4, of: 14 },
  });
});

test('lately is the last thirty since an owner decided; the sum is of all time', async () => {
  const rule = await aRule(relay);
  await judge(megan, conversation, { rule, outcomes: [...times(5, 'dismissed'), ...times(28, 'taken')] });
  expect(await ruleFigures(rule)).toMatchObject({ findings: 33, lately: { dismissed: 2, of: 30 } });
  await call({ origin: relay.origin, cookie: relay.owner }, `POST /api/book/rules/${rule}/quiet`, {
    quiet: false,
  });
  await judge(megan, conversation, { rule, outcomes: ['dismissed', 'left'] });
  expect(await ruleFigures(rule)).toMatchObject({ findings: 35, lately: { dismissed: 1, of: 2 } });
});

test('phrases are counted by situation, as they stand and edited, by whomever', async () => {
  const phrase = await aPhrase(relay);
  const use = async (edited: boolean, situation: 'apology' | 'waiting') => {
    const entry = await megan.say(conversation, 'I am sorry.');
    await megan.do('writing:report', aReport(entry, { situation, phrases: [{ phrase, edited }] }));
  };
  for (const edited of [false, false, true]) await use(edited, 'apology');
  await use(true, 'waiting');
  expect(await phraseFigures('apology', phrase)).toMatchObject({ asItStands: 2, edited: 1 });
  expect(await phraseFigures('waiting', phrase)).toMatchObject({ asItStands: 0, edited: 1 });
  expect(await phraseFigures('hello', phrase)).toBeUndefined();
  const chinese = await figures('?locale=zh-Hans');
  expect(chinese.situations.flatMap((row) => row.phrases.map((one) => one.phrase))).not.toContain(phrase);
});

test('what customers wrote next: the first words after it, the latest three', async () => {
  const phrase = await aPhrase(relay);
  for (const [n, word] of ['one', 'two', 'three', 'four'].entries())
    await anAnswered(phrase, [`Answer ${word}`, `And more ${n}`]);
  await anAnswered(phrase, []);
  expect((await phraseFigures('apology', phrase))?.next).toEqual([
    'Answer four',
    'Answer three',
    'Answer two',
  ]);
});

test('what customers wrote next holds nobody’s address, number or name', async () => {
  const phrase = await aPhrase(relay);
  const words =
    'Thanks megan! I am Rosa, rosa.lind@example.com or +46 70 123 45 67; 4111 1111 1111 1111. Ask Megan Kajitani or 林怡君.';
  await anAnswered(phrase, [words], 'Rosa Lindqvist');
  const [next] = (await phraseFigures('apology', phrase))?.next ?? [];
  expect(next).toContain('Thanks •••! I am •••');
  expect(next).not.toMatch(/megan|kajitani|rosa|lind|example|70|4111|林|怡君/i);
});

test('the words of a conversation that was put aside are not told', async () => {
  const phrase = await aPhrase(relay);
  const spam = await aVisitor(relay);
  const entry = await exchange({ agent: megan, visitor: spam }, 'Hello', 'I am sorry.');
  await megan.do('writing:report', aReport(entry, { phrases: [{ phrase, edited: false }] }));
  await spam.say('Buy my watches');
  await megan.do('conversation:put-aside', { conversation: entry.conversation, id: newId() });
  expect((await phraseFigures('apology', phrase))?.next).toEqual([]);
});

test('no person is in any of it, and none can be asked for', async () => {
  const rule = await aRule(relay);
  await judge(megan, conversation, { rule, outcomes: ['taken'] });
  const customer = await aVisitor(relay);
  const entry = await exchange({ agent: yijun, visitor: customer }, 'Hi', 'I am sorry.');
  await yijun.do('writing:report', aReport(entry, { findings: [{ rule, outcome: 'left' }] }));
  for (const query of ['', '?locale=en', '?locale=zh-Hant']) {
    const told = JSON.stringify(await figures(query));
    for (const { person } of [megan, yijun])
      for (const part of [person.id, person.fullName, person.email]) expect(told).not.toContain(part);
    expect(told).not.toMatch(/"(by|person|agent|author|holder)"/);
  }
  for (const name of ['person', 'by', 'agent']) {
    const asked = request(
      { origin: relay.origin, cookie: relay.owner },
      `GET /api/book/figures?locale=en&${name}=${megan.person.id}`,
    );
    expect(await refusal(asked)).toBe('INVALID_PAYLOAD');
  }
});

test('every member may read it, nobody else', async () => {
  const office = await anAgent(relay, { role: 'back-office' });
  const ask = (cookie?: string) =>
    request<BookFigures>(
      { origin: relay.origin, ...(cookie !== undefined && { cookie }) },
      'GET /api/book/figures',
    );
  expect((await ask(office.cookie)).ok).toBe(true);
  expect(await refusal(ask())).toBe('SIGNED_OUT');
  const wrong = request({ origin: relay.origin, cookie: office.cookie }, 'GET /api/book/figures?locale=fr');
  expect(await refusal(wrong)).toBe('INVALID_PAYLOAD');
});
