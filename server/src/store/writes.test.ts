import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLogger } from '../log.ts';
import { createWrites } from './writes.ts';

const log = createLogger({ production: false, logLevel: 'silent' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('nothing is written while the disk is full, and again when there is room', () => {
  let full = true;
  const writes = createWrites(log, () => full);
  expect(() => writes.require()).toThrow('The relay cannot store this right now');
  expect(writes.failing()).toBe(true);
  full = false;
  expect(() => writes.require()).not.toThrow();
  expect(writes.failing()).toBe(false);
});

test('rows that were not taken make a relay unready: until some are, or until nobody has tried for a while', () => {
  const writes = createWrites(log);
  expect(writes.failing()).toBe(false);
  writes.note('failed', 3);
  expect(writes.failing()).toBe(true);
  writes.note('stored', 1);
  expect(writes.failing()).toBe(false);
  writes.note('failed', 1);
  vi.advanceTimersByTime(10_001);
  expect(writes.failing()).toBe(false);
});

test('a store that is away is told of once in a while, not once a try', () => {
  const error = vi.spyOn(log, 'error');
  const warn = vi.spyOn(log, 'warn');
  const writes = createWrites(log);
  for (let tries = 0; tries < 100; tries += 1) writes.note('failed', 2);
  expect(error).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5_001);
  writes.note('failed', 2);
  expect(error).toHaveBeenCalledTimes(2);
  writes.note('stored', 1);
  writes.note('stored', 1);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn).toHaveBeenCalledWith({ rows: 202 }, expect.any(String));
});
