import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardsIn, maskCards } from './cards.ts';

describe('a card number is masked but for its last four digits', () => {
  test.each([
    ['in one', '4111111111111111', '••••••••••••1111'],
    ['in fours', '4111 1111 1111 1111', '•••• •••• •••• 1111'],
    ['with hyphens', 'Card 5500-0000-0000-0004.', 'Card ••••-••••-••••-0004.'],
    [
      'with no-break and thin spaces',
      '4111\u00A01111\u20091111\u202F1111',
      '••••\u00A0••••\u2009••••\u202F1111',
    ],
    ['with a line between', '4111 1111\n1111 1111', '•••• ••••\n•••• 1111'],
    ['with dots, slashes, dashes', '4111.1111/1111 – 1111', '••••.••••/•••• – 1111'],
    ['in full-width digits', '卡号４１１１１１１１１１１１１１１１。', '卡号••••••••••••１１１１。'],
    ['in Arabic digits', '٤١١١ ١١١١ ١١١١ ١١١١', '•••• •••• •••• ١١١١'],
    ['in bold digits of two code units', '𝟒𝟏𝟏𝟏 1111 1111 1111', '•••••••• •••• •••• 1111'],
    ['with something invisible in it', '41\u200B11 1111 11\u00AD11 1111', '••\u200B•• •••• ••\u00AD•• 1111'],
    ['digit by digit', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '• • • • • • • • • • • • 1 1 1 1'],
    ['of 15 digits', 'Amex 3782 822463 10005', 'Amex •••• •••••• •0005'],
    ['of 19 digits', '6222 0212 3456 7890 128', '•••• •••• •••• •••0 128'],
    ['of 12 digits', 'Maestro 5018 0000 0009', 'Maestro •••• •••• 0009'],
    ['between Chinese words', '用4111111111111111付款', '用••••••••••••1111付款'],
    ['before its date and code', '4111 1111 1111 1111 12/27 123', '•••• •••• •••• 1111 12/27 123'],
    ['in any groups, when it is called a card', 'card 411 1111 1111111 11', 'card ••• •••• •••••11 11'],
    ['twice in a row', '4111 1111 1111 1111 5500 0000 0000 0004', '•••• •••• •••• 1111 •••• •••• •••• 0004'],
    [
      'for an order, with its date',
      'for order 4111111111111111 exp 12/27',
      'for order ••••••••••••1111 exp 12/27',
    ],
    [
      'before words that begin as other names',
      '4111111111111111 was refused',
      '••••••••••••1111 was refused',
    ],
    ['called a card, though it hangs on letters', 'card:VISA4111111111111111', 'card:VISA••••••••••••1111'],
  ])('%s', (_, text, masked) => {
    expect(maskCards(text)).toBe(masked);
    expect(maskCards(masked)).toBe(masked);
  });
});

describe('other numbers stay', () => {
  test.each([
    ['what fails Luhn', '4111 1111 1111 1112'],
    ['what no issuer gives', '9111 1111 1111 1111 3'],
    ['an order', 'Where is order 4111111111111111?'],
    ['an order by its number', 'My order number is: 4111111111111111'],
    ['an order, said afterwards', '4111111111111111 is my order number'],
    ['an order in Chinese', '订单号：4111111111111111，還有訂單編號 4111111111111111'],
    ['a number sign', '#4111111111111111'],
    ['a parcel', 'tracking 4111 1111 1111 1111'],
    ['letters it hangs on', 'ORD-4111111111111111 and LP4111111111111111'],
    ['a telephone', '+4111111111111111, 86-138-1234-5678, +44 7911 123456'],
    ['a longer number', '41111111111111111111111'],
    ['a bank account', 'GB29 NWBK 6016 1331 9268 19'],
    ['an address on the web', 'https://shop.example/p/4111111111111111'],
    ['a moment', '2026-11-03T10:42:08 20261103104208 1799999999999'],
    ['any groups, when it is not', '411 1111 1111111 11'],
    ['eleven digits', '41111111111'],
  ])('%s', (_, text) => {
    expect(maskCards(text)).toBe(text);
  });
});

describe('whatever the text', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '4111',
        '1111',
        '5500 0000 0000 0004',
        '37828224631000',
        '5',
        '•',
        '•••• ',
        ' ',
        '-',
        '\n',
        '\u200B',
        '12/27',
      ),
      fc.constantFrom(
        'card ',
        '卡',
        'order ',
        '订单',
        '#',
        'exp',
        '+',
        '４１１１',
        '٤',
        '𝟒',
        '. A',
        ',',
        'https://a/',
      ),
      fc.stringMatching(/^\d{1,19}$/),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 24 },
  );
  const texts = pieces.map((parts) => parts.join(''));

  test('masking twice changes nothing more, and leaves its length', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = maskCards(text);
        expect(maskCards(once)).toBe(once);
        expect(once.length).toBe(text.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('without twelve digits nothing changes', () => {
    const few = texts.filter((text) => (text.match(/\p{Nd}/gu) ?? []).length < 12);
    fc.assert(
      fc.property(few, (text) => {
        expect(maskCards(text)).toBe(text);
      }),
    );
  });

  test('what is found lies in order, begins and ends with a digit, and holds 12 to 19 of them', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const { from, to } of cardsIn(text)) {
          const number = text.slice(from, to);
          expect(from).toBeGreaterThanOrEqual(end);
          expect(number).toMatch(/^\p{Nd}.*\p{Nd}$/su);
          const { length } = number.match(/\p{Nd}/gu) ?? [];
          expect(length).toBeGreaterThanOrEqual(12);
          expect(length).toBeLessThanOrEqual(19);
          end = to;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a card number is found where it stands', () => {
    const start = fc.constantFrom('', 'Hello ', '我的', 'pay: ', ' – ', '\n');
    const rest = fc.constantFrom('', ' thanks', '呢', '!', '\n');
    fc.assert(
      fc.property(start, rest, (before, after) => {
        const text = `${before}4111-1111-1111-1111${after}`;
        expect(cardsIn(text)).toEqual([{ from: before.length, to: before.length + 19 }]);
      }),
    );
  });

  test('every script’s digits count as digits', () => {
    const zeroes: number[] = [];
    for (let code = 0; code < 0x20000; code++) {
      const before = zeroes.at(-1) ?? -10;
      if (/\p{Nd}/u.test(String.fromCodePoint(code)) && code >= before + 10) zeroes.push(code);
    }
    expect(zeroes.length).toBeGreaterThan(50);
    for (const zero of zeroes) {
      const text = [...'4012888888881881']
        .map((digit) => String.fromCodePoint(zero + Number(digit)))
        .join('');
      expect(maskCards(`card ${text}`)).toBe(
        `card ${'•'.repeat((text.length / 16) * 12)}${text.slice((text.length / 16) * 12)}`,
      );
    }
  });
});
