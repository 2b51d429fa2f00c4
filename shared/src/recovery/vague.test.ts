import { expect, test } from 'vitest';
import { vagueness } from './vague.ts';

test.each([
  'it was bad',
  'problem with order',
  'customer unhappy',
  '客户不满意',
  '客戶投訴',
  '订单有问题',
  'Bad service!!',
])('says nothing that could be mended: %s', (what) =>
  expect(vagueness(what)).toEqual(['who', 'what', 'when']),
);

test.each([
  'The driver left two dozen roses in the rain on Tuesday',
  'Anna waited forty minutes at table six last Friday and nobody took her order: our waiter was alone',
  'Her mother’s bracelet was lost by the courier, 3 days ago',
  '快递员周二把花放在雨里，全淋湿了',
  '我們倉庫上週發錯了顏色，要白玫瑰卻寄了紅的',
])('says who, what and when: %s', (what) => expect(vagueness(what)).toEqual([]));

test.each([
  ['The parcel came six days late', ['who']],
  ['The driver was rude', ['when']],
  ['Yesterday the customer was unhappy', ['who', 'what']],
  ['包裹晚到了六天', ['who']],
  ['客服昨天很差', ['what']],
] as const)('is asked for what is missing: %s', (what, missing) => expect(vagueness(what)).toEqual(missing));

test('the customer’s own words and the time of the form count', () => {
  expect(vagueness('it was bad', { quotes: ['Your driver threw the box over our fence'] })).toEqual(['when']);
  expect(vagueness('The driver threw the box over the fence', { at: '2026-03-06T12:00:00Z' })).toEqual([]);
  expect(vagueness('it was bad', { at: '2026-03-06T12:00:00Z' })).toEqual(['who', 'what']);
});
