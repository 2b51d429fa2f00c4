import { expect, test } from 'vitest';
import { bytesOf } from './format.ts';

test('a file is as large as its customer reads it: in kilobytes, and from one on in megabytes', () => {
  expect(bytesOf(69)).toBe('1 kB');
  expect(bytesOf(182_272)).toBe('178 kB');
  expect(bytesOf(1_258_291)).toBe('1.2 MB');
  expect(bytesOf(10_485_760)).toBe('10 MB');
});
