import { describe, expect, test } from 'vitest';
import type { CustomerPane, Entry, PleaseKnow } from '../model.ts';
import { type Conversation, conditionsOf, requestIn } from './conditions.ts';
import type { Condition } from './rule.ts';

const me = { id: 'me', fullName: 'Megan Kajitani' };
const other = { id: 'other', fullName: '林怡君' };
const head = { conversation: 'c', publicSeq: 1, id: null, at: '2026-05-01T10:00:00.000Z', seq: 1 };
const visitor = (text: string): Entry => ({ ...head, kind: 'message', author: { kind: 'visitor' }, text });
const mine = (text: string): Entry => ({
  ...head,
  kind: 'message',
  author: { kind: 'agent', person: me },
  text,
});
const theirs = (text: string): Entry => ({
  ...head,
  kind: 'message',
  author: { kind: 'agent', person: other },
  text,
});

const pane: CustomerPane = {
  customer: null,
  claims: { name: null, email: null },
  link: null,
  pleaseKnow: [],
  timeline: [],
  preferences: [],
  promises: [],
  purchases: [],
  value: null,
  tasks: [],
  requests: [],
  goodwill: [],
};
const failure: PleaseKnow = {
  failure: 'f',
  at: head.at,
  what: 'late twice',
  stage: 'apologised',
  putRight: null,
  owed: null,
  owedBy: null,
  ally: null,
  say: 'We are sorry.',
  lines: [],
  checks: [],
  irreplaceable: false,
  until: null,
};
const conditions = (rest: Partial<Conversation>): readonly Condition[] =>
  conditionsOf({
    entries: [],
    detail: { name: null, email: null, status: 'open' },
    pane,
    before: { conversations: 0 },
    me: 'me',
    purpose: 'reply',
    ...rest,
  });
const said = (...entries: Entry[]) => conditions({ entries: [mine('Hello'), ...entries] });

test('nothing holds in an ordinary conversation but what is so', () => {
  expect(conditions({ entries: [visitor('What colours are there?')] })).toEqual(['first-reply']);
  expect(said(visitor('What colours are there?'))).toEqual([]);
});

test('a failure is open until it is closed and nothing is owed', () => {
  const known = (rest: Partial<PleaseKnow>) =>
    conditions({ pane: { ...pane, pleaseKnow: [{ ...failure, ...rest }] } });
  expect(known({})).toContain('open-failure');
  expect(known({ stage: 'closed' })).not.toContain('open-failure');
  expect(known({ stage: 'closed', owed: 'a new lamp' })).toContain('open-failure');
  expect(said({ ...head, kind: 'failure-logged', by: me, failure: 'f', what: 'late' })).toContain(
    'open-failure',
  );
});

test('a hurry is the visitor’s, never an agent’s', () => {
  expect(said(visitor('I need it asap'))).toContain('hurry');
  expect(said(mine('I need your number asap'))).not.toContain('hurry');
});

test('a first reply is this agent’s own', () => {
  expect(conditions({ entries: [visitor('Hi'), theirs('Hello')] })).toContain('first-reply');
  expect(said(visitor('Hi'))).not.toContain('first-reply');
  const note: Entry = { ...head, kind: 'note', author: { kind: 'agent', person: me }, text: 'late' };
  expect(conditions({ entries: [note] })).toContain('first-reply');
});

test('closing, handing over and returning', () => {
  expect(conditions({ purpose: 'farewell' })).toContain('closing');
  expect(conditions({ purpose: 'hand-over' })).toContain('handing-over');
  expect(conditions({ before: { conversations: 1 } })).toContain('returning');
});

test('an alternative is offered in my words after a wish', () => {
  const offer = 'I can have it at your door on Friday before noon.';
  expect(said(visitor('Can you deliver on Sunday?'), mine(offer))).toContain('alternative-offered');
  expect(said(visitor('能不能周日送？'), mine('我可以周五上午给您送到家。'))).toContain(
    'alternative-offered',
  );
  expect(said(mine(offer), visitor('Can you deliver on Sunday?'))).not.toContain('alternative-offered');
  expect(said(visitor('Can you deliver on Sunday?'), theirs(offer))).not.toContain('alternative-offered');
  expect(said(visitor('Can you deliver on Sunday?'), mine('Anything else?'))).not.toContain(
    'alternative-offered',
  );
});

describe('what the customer has given', () => {
  test.each<[Condition, string]>([
    ['order-known', 'My order number is 77-1234'],
    ['order-known', 'It is about order #48213.'],
    ['order-known', 'ref: AB-20931'],
    ['order-known', '我的订单号是 20260501'],
    ['order-known', '訂單編號：AB123456'],
    ['email-known', 'write to anna.weiss@example.com'],
    ['email-known', '我的邮箱是 lin@example.com.tw'],
    ['phone-known', 'call me on +44 20 7946 0958'],
    ['phone-known', 'my mobile is 020 7946 0958'],
    ['phone-known', '我的手机是13812345678'],
    ['phone-known', '電話 0912-345-678'],
    ['name-known', 'My name is Anna Weiss'],
    ['name-known', 'this is Carol Jones'],
    ['name-known', '我叫王小明'],
    ['name-known', '我姓林'],
  ])('%s in “%s”', (condition, words) => {
    expect(said(visitor(words))).toContain(condition);
    expect(said(mine(words))).not.toContain(condition);
  });
  test.each<[Condition, string]>([
    ['order-known', 'Where is my order?'],
    ['order-known', 'I ordered 3 lamps in 2025'],
    ['phone-known', 'order 20260501'],
    ['phone-known', 'it costs 1200'],
    ['email-known', 'I sent you an e-mail'],
    ['name-known', 'I am waiting here'],
    ['name-known', 'this is bad'],
    ['name-known', '我是新客户'],
  ])('no %s in “%s”', (condition, words) => expect(said(visitor(words))).not.toContain(condition));
  test('or what the record and the log hold', () => {
    expect(conditions({ detail: { name: 'Anna', email: 'a@example.com', status: 'open' } })).toEqual(
      expect.arrayContaining(['email-known', 'name-known']),
    );
    expect(conditions({ pane: { ...pane, claims: { name: 'Anna', email: 'a@example.com' } } })).toEqual(
      expect.arrayContaining(['email-known', 'name-known']),
    );
    expect(said({ ...head, kind: 'email-given', email: 'a@example.com' })).toContain('email-known');
    // Removed by its visitor since.
    expect(said({ ...head, kind: 'email-given', email: '' })).not.toContain('email-known');
  });
});

describe('a wish', () => {
  test.each([
    ['Hello. Can you deliver on Sunday? Thanks!', 'Can you deliver on Sunday?'],
    ['I want my money back', 'I want my money back'],
    ["Hi there, I'd like the blue one. It is for my mother.", "Hi there, I'd like the blue one."],
    ['Could you deliver on Sunday? Please let me know.', 'Could you deliver on Sunday?'],
    ['My parcel is late. Refund it.', 'Refund it.'],
    ['Please refund my order.', 'Please refund my order.'],
    ['Is it possible to pay later?', 'Is it possible to pay later?'],
    ['你好，能不能周日送？谢谢', '你好，能不能周日送？'],
    ['我想退货。', '我想退货。'],
    ['可以換成藍色的嗎？', '可以換成藍色的嗎？'],
    ['麻烦您帮我查一下', '麻烦您帮我查一下'],
    ['我要退費！', '我要退費！'],
  ])('in “%s”: %s', (turn, wish) => {
    expect(requestIn(turn)).toBe(wish);
  });
  test.each([
    '',
    'Thank you so much!',
    'I would like to thank you.',
    'The lamp is brass.',
    'It arrived yesterday.',
    'You wrote “can you send it?”',
    '谢谢您',
    '灯坏了。',
    '我想谢谢您。',
  ])('none in “%s”', (turn) => expect(requestIn(turn)).toBeNull());
});
