import { expect, test } from 'vitest';
import { alikeQueryOf, termsOf, tsqueryOf } from './search-terms.ts';

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

test('forgives one slip in a number, and none in words', () => {
  const asked = alikeQueryOf('LR-20471') ?? '';
  expect(asked.startsWith("'lr' & (")).toBe(true);
  for (const number of ['20471', '20417', '2047', '204711', '20479', '120471'])
    expect(asked).toContain(`'${number}'`);
  for (const number of ['20714', '2017', '1204711', '99471']) expect(asked).not.toContain(`'${number}'`);
  expect(alikeQueryOf('late parcel 204')).toBeNull();
});
