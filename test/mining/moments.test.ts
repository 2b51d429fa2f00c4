/** How conversations begin and end, counted: by hand-made ones whose counts are known, and by one that really was. */
import type { AnswerGroups, FeedbackFigures, Moments } from '@fullname/shared/moments';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readTalks } from '../../server/src/store/moments.ts';
import { call, request } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, refusal } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { plansOf } from '../tools/bench/plans.ts';
import { aTalk, type Said } from './talks.ts';

let relay: Relay;
let megan: Agent;
let yijun: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  yijun = await anAgent(relay, { given: '怡君', family: '林' });
});
afterAll(() => relay.close());
beforeEach(() => relay.database.pool.query('delete from conversations'));

const moments = (query = '?days=30'): Promise<Moments> =>
  call({ origin: relay.origin, cookie: megan.cookie }, `GET /api/moments${query}`);

const answers = (): Promise<AnswerGroups[]> =>
  call({ origin: relay.origin, cookie: megan.cookie }, 'GET /api/moments/answers?days=30');

const HELLO = 'Good morning, this is Megan Kajitani.';
const GOODBYE = 'Thank you, Anna. The parcel comes on Friday, and I will write to you then.';
const said = (seconds: number, text = HELLO): Said[] => [
  [0, 'visitor', 'message'],
  [seconds, megan, 'hello', text],
];
const bye = (text = GOODBYE): Said => [600, megan, 'farewell', text];
const none: FeedbackFigures = { answered: { hits: 0, of: 0 }, troubled: { hits: 0, of: 0 } };

test('nothing yet is nothing, and no division by it', async () => {
  expect(await moments()).toEqual({
    partial: false,
    hello: {
      ...{ begun: 0, answered: 0, whileNobody: 0, good: 0, lacking: 0, none: 0, late: 0, unnamed: 0 },
      seconds: null,
    },
    goodbye: {
      ...{ closed: 0, good: 0, lacking: 0, without: 0 },
      otherLanguage: 0,
      lacks: { thanks: 0, 'customer-name': 0, 'next-step': 0 },
    },
    feedback: { all: none, hello: { good: none, other: none }, goodbye: { good: none, other: none } },
  });
});

test('a hello is good within a minute and with the full name, in either order and any spacing', async () => {
  const open = { status: 'open' } as const;
  await aTalk(relay, { said: said(60), ...open });
  await aTalk(relay, { said: said(20, 'Hello! KAJITANI Megan here.'), ...open });
  await aTalk(relay, {
    said: [
      [0, 'visitor', 'file'],
      [10, yijun, 'hello', '您好，我是林 怡君。'],
    ],
    ...open,
  });
  await aTalk(relay, { said: said(61), ...open });
  await aTalk(relay, { said: said(30, 'Hello, Megan here.'), ...open });
  await aTalk(relay, { said: said(300, 'Hello, the shop here.'), ...open });
  // First words that are no hello: a goodbye at once.
  await aTalk(relay, {
    said: [
      [0, 'visitor', 'message'],
      [30, megan, 'farewell', GOODBYE],
    ],
  });
  const { hello } = await moments();
  expect(hello).toEqual({
    ...{ begun: 7, answered: 7, whileNobody: 0, good: 3, lacking: 3, none: 1, late: 2, unnamed: 2 },
    seconds: { median: 30, p90: 300, of: 6 },
  });
});

test('a hello is no slower for the night in which nobody was here, and nobody answers for what waits or was put aside', async () => {
  await aTalk(relay, { said: said(40_000), here: false, status: 'open' });
  await aTalk(relay, { said: [[0, 'visitor', 'message']], status: 'waiting' });
  await aTalk(relay, { said: said(10), status: 'spam' });
  // Nobody noted it: it counts as if somebody had been here.
  await aTalk(relay, { said: said(90), here: null, status: 'open' });
  expect((await moments()).hello).toMatchObject({
    ...{ begun: 3, answered: 2, whileNobody: 1, good: 0, lacking: 1, none: 0, late: 1 },
    seconds: { median: 90, p90: 90, of: 1 },
  });
});

test('a goodbye is good with thanks, the name where it is known, and what happens next', async () => {
  const closed = (text: string, customer?: string) =>
    aTalk(relay, { said: [...said(10), bye(text)], ...(customer && { customer }) });
  await closed(GOODBYE, 'Anna Lindqvist');
  await closed('Thank you. The parcel comes on Friday, and I will write to you then.');
  await closed('Thank you. The parcel comes on Friday, and I will write to you then.', 'Anna Lindqvist');
  await closed('Goodbye.', 'Anna Lindqvist');
  await aTalk(relay, { said: [...said(10), bye('Danke, bis bald.')], locale: 'de' });
  await aTalk(relay, { said: said(10) });
  await aTalk(relay, { said: said(10), status: 'open' });
  expect((await moments()).goodbye).toEqual({
    ...{ closed: 6, otherLanguage: 1, good: 2, lacking: 2, without: 1 },
    lacks: { thanks: 1, 'customer-name': 2, 'next-step': 1 },
  });
});

test('what was taken up again after a goodbye counts again, by when that was; a follow-up after it does not', async () => {
  const again: Said[] = [
    [3_600, megan, 'message', 'Did it arrive?'],
    [35 * 86_400, 'visitor', 'message'],
    [35 * 86_400 + 45, megan, 'hello', HELLO],
  ];
  await aTalk(relay, { said: [...said(10), bye(), ...again], daysAgo: 40, status: 'open' });
  await aTalk(relay, { said: [...said(10), bye(), again[0] as Said] });
  const { hello, goodbye } = await moments();
  expect(hello).toMatchObject({ begun: 2, answered: 2, good: 2, seconds: { median: 10, p90: 45, of: 2 } });
  expect(goodbye).toMatchObject({ closed: 1, without: 0 });
  expect((await moments('?days=90')).hello).toMatchObject({ begun: 3, good: 3 });
});

test('feedback is split by what came before it: who was asked, who answered, and in whose words something went wrong', async () => {
  const wrong = { how: 'The vase was broken again.', hope: 'Flowers.' };
  const nice = { how: 'Lovely, thank you.' };
  const [good, poor] = [said(10), said(500)];
  await aTalk(relay, { said: [...good, bye()], answers: nice });
  await aTalk(relay, { said: [...good, bye()], answers: wrong });
  await aTalk(relay, { said: [...good, bye('Goodbye.')] });
  await aTalk(relay, { said: [...poor, bye()], answers: wrong });
  await aTalk(relay, { said: [...poor, bye('Goodbye.')], answers: wrong });
  await aTalk(relay, { said: good, status: 'open' });
  const cell = (answered: number, asked: number, troubled: number): FeedbackFigures => ({
    answered: { hits: answered, of: asked },
    troubled: { hits: troubled, of: answered },
  });
  expect((await moments()).feedback).toEqual({
    all: cell(4, 5, 3),
    hello: { good: cell(2, 3, 1), other: cell(2, 2, 2) },
    goodbye: { good: cell(3, 3, 2), other: cell(1, 2, 1) },
  });
});

test('who answered the same stands together, the largest group first, and what was said once last', async () => {
  const close = [...said(10), bye()];
  const talks: string[] = [];
  for (const how of [
    'The delivery was far too late.',
    'Everything was lovely.',
    'Delivery far too late again.',
    'My delivery was too late.',
  ])
    talks.push(await aTalk(relay, { said: close, answers: { how } }));
  await aTalk(relay, { said: close, answers: { hope: '希望下次能更快送到' } });
  await aTalk(relay, { said: close, answers: { hope: '希望下次更快送到。' } });
  const groups = await answers();
  expect(groups.map(({ question, answers, partial }) => ({ question, answers, partial }))).toEqual([
    { question: 'how', answers: 4, partial: false },
    { question: 'hope', answers: 2, partial: false },
  ]);
  expect(groups.map(({ groups }) => groups.map(({ length }) => length))).toEqual([[3, 1], [2]]);
  expect(groups[0]?.groups[1]).toMatchObject([
    { conversation: talks[1], text: 'Everything was lovely.', at: expect.stringMatching(/^\d{4}-.*Z$/) },
  ]);
});

test('an answer is told without names, addresses and numbers', async () => {
  const how = 'Megan was kind; write to anna@example.com or +46 70 123 45 67, Anna Lindqvist.';
  await aTalk(relay, { said: [...said(10), bye()], customer: 'Anna Lindqvist', answers: { how } });
  const told = JSON.stringify(await answers());
  expect(told).toContain('was kind; write to');
  expect(told).not.toMatch(/Megan|Anna|Lindqvist|example|70/);
});

test('one site is counted by itself', async () => {
  const other = await call<{ id: string }>({ origin: relay.origin, cookie: relay.owner }, 'POST /api/sites', {
    ...{ name: 'Second shop', hosts: [] },
  });
  await aTalk(relay, { said: said(10), status: 'open' });
  await aTalk(relay, { said: said(10), status: 'open', site: other.id });
  expect((await moments()).hello.begun).toBe(2);
  expect((await moments(`?days=30&site=${other.id}`)).hello.begun).toBe(1);
});

test('what was really said is counted as it was: a first message is a hello, a goodbye closes', async () => {
  const visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  const conversation = await megan.take(visitor);
  await megan.say(conversation, HELLO);
  await megan.do('conversation:close', { conversation, id: newId(), farewell: GOODBYE });
  const answer = { conversation: visitor.conversation, id: newId(), question: 'how' as const, text: 'Calm.' };
  await visitor.do('farewell:answer', answer);
  const { hello, goodbye, feedback } = await moments();
  expect(hello).toMatchObject({ begun: 1, answered: 1, good: 1, lacking: 0 });
  expect(goodbye).toMatchObject({ closed: 1, good: 1 });
  expect(feedback.goodbye.good.answered).toEqual({ hits: 1, of: 1 });
});

test('no person is in it, and none can be asked for', async () => {
  await aTalk(relay, { said: [...said(10), bye()], answers: { how: 'Megan Kajitani was kind.' } });
  const told = JSON.stringify(await moments());
  for (const { person } of [megan, yijun])
    for (const part of [person.id, person.fullName, person.email]) expect(told).not.toContain(part);
  for (const more of ['person', 'by', 'agent']) {
    const asked = request(
      { origin: relay.origin, cookie: relay.owner },
      `GET /api/moments?days=30&${more}=${megan.person.id}`,
    );
    expect(await refusal(asked)).toBe('INVALID_PAYLOAD');
  }
});

test('it is read by indexes, however much was said', async () => {
  const { pool, db } = relay.database;
  await aTalk(relay, { said: [...said(10), bye()], answers: { how: 'Fine.' } });
  await pool.query(
    `insert into conversations (site_id, visitor_id, client_id, locale, status, created_at, closed_at)
     select c.site_id, c.visitor_id, gen_random_uuid(), 'en', 'closed', at, at
     from conversations c, generate_series(now() - interval '900 days', now() - interval '40 days', interval '40 minutes') at`,
  );
  await pool.query(
    `insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
     select id, n, n, 'message', 'visitor', visitor_id, gen_random_uuid(), 'x' from conversations, generate_series(101, 102) n`,
  );
  await pool.query('analyze conversations, entries, farewell_answers, visitors');
  const period = { days: 30, site: undefined };
  const { scans } = await plansOf(pool, () => readTalks(db, { period, limit: 5_001 }));
  expect(scans).toEqual([]);
});
