/** What is tried once more in CI, see support/second-try.ts: a wait that ran out, and never a claim that failed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { root } from './support/root.ts';
import { GUARANTEES, ranOut } from './support/second-try.ts';

async function failureOf(act: () => unknown): Promise<Error> {
  try {
    await act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not fail.');
}

test('waits that ran out are known by their words', async () => {
  expect(ranOut(await failureOf(() => eventually('never', () => false, 1)))).toBe(true);
  expect(ranOut(await failureOf(() => expect.poll(() => 1, { timeout: 20 }).toBe(2)))).toBe(true);
  for (const message of [
    'locator.waitFor: Timeout 30000ms exceeded.\nCall log:\n  - waiting for getByRole',
    'Test timed out in 120000ms.\nIf this is a long-running test, …',
    'Hook timed out in 120000ms.',
    'operation has timed out',
  ])
    expect(ranOut(await failureOf(() => Promise.reject(new Error(message))))).toBe(true);
});

test('a claim that failed is not, whatever it speaks of', async () => {
  expect(ranOut(await failureOf(() => expect('Not within 1 ms: never').toBe('')))).toBe(false);
  expect(ranOut(await failureOf(() => expect(['lost']).toEqual([])))).toBe(false);
  expect(ranOut(await failureOf(() => Promise.reject(new Error('It was refused: UNAVAILABLE'))))).toBe(false);
});

test('the tests of the guarantees are never tried again', () => {
  for (const path of [
    'test/chaos/store.test.ts',
    'test/crash.test.ts',
    'test/relays/rolling.test.ts',
    'test/checker/planted.test.ts',
  ]) {
    expect(existsSync(join(root, path))).toBe(true);
    expect(path).toMatch(GUARANTEES);
  }
  expect('test/relays/redis.test.ts').not.toMatch(GUARANTEES);
});
