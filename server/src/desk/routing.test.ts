import { expect, test } from 'vitest';
import { firstOffer } from './routing.ts';

const here = [
  { person: 'carol', open: 3 },
  { person: 'megan', open: 4 },
  { person: 'yijun', open: 1 },
];

test('the ally first, then the last person, then the least loaded who is here', () => {
  expect(firstOffer({ asked: null, ally: 'megan', last: 'carol', here })).toBe('megan');
  expect(firstOffer({ asked: null, ally: 'away', last: 'carol', here })).toBe('carol');
  expect(firstOffer({ asked: null, ally: null, last: 'away', here })).toBe('yijun');
});

test('whom the visitor asked for comes before all of them, while they are here', () => {
  expect(firstOffer({ asked: 'carol', ally: 'megan', last: 'yijun', here })).toBe('carol');
  expect(firstOffer({ asked: 'away', ally: 'megan', last: 'yijun', here })).toBe('megan');
});

test('nobody here: nobody is offered it', () => {
  expect(firstOffer({ asked: null, ally: 'megan', last: 'carol', here: [] })).toBeNull();
});
