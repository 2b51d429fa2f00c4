import { expect, test } from 'vitest';
import { termsOf, tsqueryOf } from './search-terms.ts';

test('finds words of Latin letters, and characters and pairs of Han', () => {
  expect(termsOf('The Parcel, twice; parcel!')).toEqual(['the', 'parcel', 'twice']);
  expect(termsOf('订单A12没收到')).toEqual(['订', '单', '订单', 'a12', '没', '收', '到', '没收', '收到']);
});

test('leaves out nothing of a long sentence without spaces or marks', () => {
  const characters = Array.from({ length: 4_000 }, (_, index) => String.fromCharCode(0x4e00 + index));
  const terms = new Set(termsOf(characters.join('')));
  expect(terms.size).toBe(7_999);
  expect(terms.has(characters.slice(-2).join(''))).toBe(true);
});

test('asks for all words, the last as a beginning; quotes cannot break out', () => {
  expect(tsqueryOf('late parc')).toBe("'late' & 'parc':*");
  expect(tsqueryOf('没收到')).toBe("'没收' & '收到'");
  expect(tsqueryOf('收')).toBe("'收'");
  expect(tsqueryOf("o'brien & !x")).toBe("'o' & 'brien' & 'x':*");
  expect(tsqueryOf('…!?')).toBeNull();
});

test('a very long text gives a bounded number of short terms', () => {
  const terms = termsOf(
    Array.from({ length: 10_000 }, (_, index) => `w${String(index)}${'x'.repeat(100)}`).join(' '),
  );
  expect(terms.length).toBe(8_000);
  expect(Math.max(...terms.map((term) => term.length))).toBeLessThanOrEqual(40);
});
