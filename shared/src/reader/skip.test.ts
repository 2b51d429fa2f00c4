import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownWords } from './skip.ts';

const left = (draft: string) => ownWords(draft).replaceAll('\ufffc', '');

test.each([
  ['You wrote “no way” and left.', 'You wrote  and left.'],
  ['She said "no way".', 'She said .'],
  ['‘No way’, you wrote', ', you wrote'],
  ['Don’t, it’s fine', 'Don’t, it’s fine'],
  ['您写了「不行」吗', '您写了吗'],
  ['您寫了『不行』嗎', '您寫了嗎'],
  ['请看《退货政策》。', '请看。'],
  ['> our policy\nis gone', '\nis gone'],
  ['See https://example.com/policy?a=b, please', 'See  please'],
  ['看https://example.com/policy。好', '看。好'],
  ['www.example.com/policy now', ' now'],
  ['awww. How nice', 'awww. How nice'],
  ['Write to anna.policy@example.co.uk.', 'Write to .'],
  ['Run `npm policy` or ```\npolicy\n``` now', 'Run  or  now'],
  ['A 5" pipe, our policy, a 6" pipe', 'A 5" pipe, our policy, a 6" pipe'],
  ['I don`t see our policy, it isn`t here', 'I don`t see our policy, it isn`t here'],
  ['So ``` policy', 'So ``` policy'],
  ['Run\n```\npolicy', 'Run\n'],
  ['A 5" screen and one quote', 'A 5" screen and one quote'],
  ['An open “quote stays', 'An open “quote stays'],
])('%j leaves %j', (draft, expected) => expect(left(draft)).toBe(expected));

test('keeps the length of any draft', () => {
  const piece = fc.constantFrom(
    '“',
    '”',
    '"',
    '`',
    '```',
    '> ',
    '\n',
    'a',
    '@',
    'b.c',
    'https://',
    'www.',
    '「',
    '」',
    '’',
    '‘',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const draft = pieces.join('');
      expect(ownWords(draft)).toHaveLength(draft.length);
    }),
  );
});
