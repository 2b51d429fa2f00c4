import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isId, isToken, makeId, makeToken } from './ids.ts';

test('makes version 4 UUIDs and 256-bit tokens from the random bytes it is given', () => {
  const ids = Array.from({ length: 500 }, () => makeId(randomBytes));
  expect(ids.every((id) => isId(id) && id[14] === '4')).toBe(true);
  expect(new Set(ids).size).toBe(500);
  expect(isToken(makeToken(randomBytes))).toBe(true);
  expect(makeToken(() => new Uint8Array(32).fill(255))).toBe('f'.repeat(64));
});

test.each([
  '',
  'abc',
  'F47AC10B-58CC-4372-A567-0E02B2C3D479',
  '00000000-0000-0000-0000-000000000000',
  null,
  5,
  {},
])('refuses %s as an id', (value) => {
  expect(isId(value)).toBe(false);
});
