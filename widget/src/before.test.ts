import { afterEach, expect, test } from 'vitest';
import { createBefore } from './before.ts';
import { said } from './said.ts';
import { BLANK } from './state.ts';
import type { Records } from './storage/kept.ts';

afterEach(() => {
  Object.assign(said, { preChat: undefined });
});

test('of what is typed while a slow store writes, the last is written next', async () => {
  Object.assign(said, { preChat: { name: 'required', email: 'off', order: 'off' } });
  const written: unknown[] = [];
  let finish: (() => void)[] = [];
  const kept: Pick<Records, 'get' | 'write'> = {
    get: () => Promise.resolve(written.at(-1)),
    write: (changes) =>
      new Promise<void>((resolve) => {
        for (const change of changes) if ('put' in change) written.push(change.value);
        finish.push(resolve);
      }),
  };
  const before = createBefore({ kept, set: () => undefined, state: () => BLANK, isBegun: () => false });
  before.introduce({ name: 'A' });
  await Promise.resolve();
  for (const name of ['An', 'Ann', 'Anna']) before.introduce({ name });
  const told = before.said();
  for (let turn = 0; turn < 10; turn += 1) {
    for (const one of finish) one();
    finish = [];
    await Promise.resolve();
  }
  expect(await told).toEqual({ name: 'Anna' });
  expect(written).toEqual([
    { name: 'A', email: '', order: '' },
    { name: 'Anna', email: '', order: '' },
  ]);
});

test('a reading that began before somebody left does not bring back what they said', async () => {
  Object.assign(said, { preChat: { name: 'required', email: 'off', order: 'off' } });
  let answer = (_: unknown): void => undefined;
  const kept: Pick<Records, 'get' | 'write'> = {
    get: () => new Promise((resolve) => (answer = resolve)),
    write: async () => undefined,
  };
  const shown: unknown[] = [];
  const before = createBefore({
    kept,
    set: ({ about }) => void shown.push(about),
    state: () => BLANK,
    isBegun: () => false,
  });
  const reading = before.load();
  await Promise.resolve();
  before.clear();
  answer({ name: 'Anna' });
  await reading;
  expect(shown).toEqual([{}]);
});
