import { makeId, makeToken } from '@fullname/shared/ids';
import { expect, test } from 'vitest';
import { random } from './random.ts';
import { createSession } from './session.ts';
import type { Records } from './storage/kept.ts';

test('a reading that began before a logout does not bring back who was logged out', async () => {
  let answer: (value: unknown) => void = () => undefined;
  const kept: Records = {
    get: () => new Promise((resolve) => (answer = resolve)),
    list: async () => [],
    write: async () => undefined,
    getOrCreate: async (_, value) => value,
    onChange: () => undefined,
  };
  const session = createSession(kept, () => undefined);
  const identity = await session.make();
  expect(session.identity()).toEqual(identity);
  const reading = session.load();
  await session.forget();
  answer({ token: makeToken(random), conversation: makeId(random), started: true });
  expect(await reading).toBeNull();
  expect(session.identity()).toBeNull();
});

test('a second person is told from the first by token and by hash alike; a broken proof is nobody', async () => {
  const store = new Map<string, unknown>();
  const kept: Records = {
    get: async (key) => store.get(key),
    list: async () => [],
    write: async (changes) => {
      for (const change of changes) if ('put' in change) store.set(change.put, change.value);
    },
    getOrCreate: async (_, value) => value,
    onChange: () => undefined,
  };
  const session = createSession(kept, () => undefined);
  const token = (sub: string) => `x.${btoa(JSON.stringify({ sub, userId: 'somebody' }))}.x`;
  const hash = (userId: string) => JSON.stringify({ userId, hash: '0' });
  await session.note(hash('anna'));
  expect(await session.isSomebodyElse(token('anna'))).toBe(false);
  expect(await session.isSomebodyElse(hash('anna'))).toBe(false);
  expect(await session.isSomebodyElse(token('berta'))).toBe(true);
  expect(await session.isSomebodyElse(hash('berta'))).toBe(true);
  for (const broken of ['{', '{}', 'x', 'x.x.x', null]) {
    expect(await session.isSomebodyElse(broken)).toBe(false);
    await session.note(broken);
  }
  expect(await session.isSomebodyElse(token('berta'))).toBe(true);
});
