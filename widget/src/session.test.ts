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
  const session = createSession(kept);
  const identity = await session.make();
  expect(session.identity()).toEqual(identity);
  const reading = session.load();
  await session.forget();
  answer({ token: makeToken(random), conversation: makeId(random), started: true });
  expect(await reading).toBeNull();
  expect(session.identity()).toBeNull();
});
