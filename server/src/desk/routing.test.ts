import { expect, test } from 'vitest';
import { firstOffer } from './routing.ts';

const here = [
  { person: 'carol', open: 3 },
  { person: 'megan', open: 4 },
  { person: 'yijun', open: 1 },
];

test('the ally first, then the last person, then the least loaded who is here', () => {
  expect(firstOffer({ ally: 'megan', last: 'carol', here })).toBe('megan');
  expect(firstOffer({ ally: 'away', last: 'carol', here })).toBe('carol');
  expect(firstOffer({ ally: null, last: 'away', here })).toBe('yijun');
});

test('nobody here: nobody is offered it', () => {
  expect(firstOffer({ ally: 'megan', last: 'carol', here: [] })).toBeNull();
});
