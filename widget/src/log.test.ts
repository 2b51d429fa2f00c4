import type { PublicEntry } from '@fullname/shared/model';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const entry = (publicSeq: number, conversation = 'c'): PublicEntry => ({
  id: `m${publicSeq}`,
  at: '2026-03-03T10:00:00.000Z',
  conversation,
  publicSeq,
  kind: 'message',
  author: { kind: 'visitor' },
  text: `number ${publicSeq}`,
});
const numbers = (log: ReturnType<typeof createLog>): number[] => log.entries().map((one) => one.publicSeq);

test('a fresh conversation takes its entries in order, each number once', () => {
  const log = createLog('c', true);
  expect(log.add([entry(1)]).gap).toBe(false);
  expect(log.add([entry(1), entry(2)]).gap).toBe(false);
  expect(numbers(log)).toEqual([1, 2]);
});

test('what lies beyond a hole is held back until the hole is filled', () => {
  const log = createLog('c', true);
  log.add([entry(1)]);
  expect(log.add([entry(4), entry(3)]).gap).toBe(true);
  expect(numbers(log)).toEqual([1]);
  expect(log.add([entry(2)]).gap).toBe(false);
  expect(numbers(log)).toEqual([1, 2, 3, 4]);
});

test('nothing is drawn before the first page, and what came meanwhile follows it', () => {
  const log = createLog('c', false);
  log.add([entry(12)]);
  expect(numbers(log)).toEqual([]);
  expect(log.last()).toBeNull();
  log.load([entry(9), entry(10), entry(11)], 11);
  expect(numbers(log)).toEqual([9, 10, 11, 12]);
  expect(log.hasOlder()).toBe(true);
});

test('older pages go before the others, and overlap is dropped', () => {
  const log = createLog('c', false);
  log.load([entry(4), entry(5)], 5);
  log.load([entry(1), entry(2), entry(3), entry(4)], 5);
  expect(numbers(log)).toEqual([1, 2, 3, 4, 5]);
  expect(log.hasOlder()).toBe(false);
});

test('another conversation does not get in', () => {
  const log = createLog('c', true);
  log.add([entry(1, 'other')]);
  expect(numbers(log)).toEqual([]);
});
