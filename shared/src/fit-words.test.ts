import { expect, test } from 'vitest';
import { misfitOf, withOwnWords } from './fit-words.ts';

const COUNT = 'Shorten it by {0} {one:character|other:characters}.';

test.each<[string, string]>([
  ['{0} wrote', '{0} has answered you'],
  ['{1} {0} {1}', '{0} or {1}'],
  [' ', '{0} wrote:'],
  ['{0} {one:sign|few:signs|other:signs} too many', COUNT],
  ['Too long by {0}', COUNT],
])('%j stands in place of %j', (own, usual) => expect(misfitOf(own, usual)).toBeNull());

test.each<[string, string, string[], string[]]>([
  ['wrote', '{0} wrote:', ['{0}'], []],
  ['{0} and {2}', '{0} or {1}', ['{1}'], ['{2}']],
  ['{name} wrote', '{0} wrote:', ['{0}'], ['{name}']],
  ['Send {0} }', 'Send', [], ['{0}', '}']],
  ['{0} {one:sign|other:signs}', '{0} wrote:', [], ['{one:sign|other:signs}']],
  // Without `other` most numbers would have no noun.
  ['{0} {one:sign}', COUNT, [], ['{one:sign}']],
  ['{0', '{0} wrote:', ['{0}'], ['{0']],
])('%j does not stand in place of %j', (own, usual, lost, strange) =>
  expect(misfitOf(own, usual)).toEqual({ lost, strange }),
);

test('what was stored and does not fit is left out', () => {
  const table = { a: '{0} wrote', b: 'Send' };
  expect(withOwnWords(table, { a: 'wrote', b: 'Go', constructor: 'x' })).toEqual({ a: '{0} wrote', b: 'Go' });
});
