import { expect, test } from 'vitest';
import { LABEL_MAX_LENGTH, LABEL_NAME_MAX_LENGTH, LABELS_MOST } from './limits.ts';
import { attributesOf, relabelled } from './page-data.ts';

const many = (count: number, from = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`label ${from + index}`, index]));

test('plain values under short names are attributes', () => {
  const plain = { plan: 'gold', seats: 3, trial: false, coupon: null };
  expect(attributesOf(plain, LABELS_MOST)).toEqual(plain);
  expect(attributesOf({}, LABELS_MOST)).toEqual({});
});

test.each([
  ['a text', 'plan'],
  ['a list', ['plan']],
  ['nothing', null],
  ['an object within', { plan: { name: 'gold' } }],
  ['a function', { plan: () => 'gold' }],
  ['no number', { seats: Number.NaN }],
  ['a long value', { plan: 'x'.repeat(LABEL_MAX_LENGTH + 1) }],
  ['a long name', { ['x'.repeat(LABEL_NAME_MAX_LENGTH + 1)]: 1 }],
  ['an empty name', { ' ': 1 }],
  ['too many', many(LABELS_MOST + 1)],
])('%s is refused', (_, value) => expect(attributesOf(value, LABELS_MOST)).toBeNull());

test('a name that objects have of their own is a label like any other', () => {
  const attributes = attributesOf(JSON.parse('{"__proto__":"x","constructor":"y"}'), LABELS_MOST);
  expect(Object.entries(relabelled({}, attributes ?? {}))).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test('what is said now counts, and null takes away', () => {
  expect(relabelled({ plan: 'silver', seats: 3 }, { plan: 'gold', seats: null, city: 'Oslo' })).toEqual({
    plan: 'gold',
    city: 'Oslo',
  });
});

test('labels stay few, and the newest are among them', () => {
  const labels = relabelled(many(LABELS_MOST), many(5, 100));
  expect(Object.keys(labels)).toHaveLength(LABELS_MOST);
  expect(Object.keys(labels)).toEqual(expect.arrayContaining(Object.keys(many(5, 100))));
});
