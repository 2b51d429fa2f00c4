import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repairText, splitLinks } from './text.ts';

describe('repairText', () => {
  test('drops U+0000, mends lone surrogates, and keeps newlines as one kind', () => {
    expect(repairText('a\u0000b')).toBe('ab');
    expect(repairText('x\ud800y\udc00z')).toBe('x\ufffdy\ufffdz');
    expect(repairText('one\r\ntwo\rthree')).toBe('one\ntwo\nthree');
    expect(repairText('a smile 😀 stays')).toBe('a smile 😀 stays');
  });

  test('whatever comes in, UTF-8 can hold what comes out, and a second repair changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.integer({ min: 0xd7ff, max: 0xe000 })),
        (text, units) => {
          const repaired = repairText(text + String.fromCharCode(...units, 0));
          expect(new TextDecoder().decode(new TextEncoder().encode(repaired))).toBe(repaired);
          expect(repaired).not.toContain('\u0000');
          expect(repairText(repaired)).toBe(repaired);
        },
      ),
    );
  });
});

describe('splitLinks', () => {
  test('finds http links and leaves closing punctuation outside', () => {
    expect(splitLinks('See https://shop.example/a?b=1, or (http://x.example/y).')).toEqual([
      { text: 'See ', href: null },
      { text: 'https://shop.example/a?b=1', href: 'https://shop.example/a?b=1' },
      { text: ', or (', href: null },
      { text: 'http://x.example/y', href: 'http://x.example/y' },
      { text: ').', href: null },
    ]);
  });

  test.each([
    ...['javascript:alert(1)', 'data:text/html,x', 'ftp://x.example', 'anna@www.example.com'],
    ...['https://…', 'http://.', 'www.', 'www.example', 'awww.example.com'],
  ])('makes no link of %s', (text) => {
    expect(splitLinks(text)).toEqual([{ text, href: null }]);
  });

  test.each([
    ['“https://x.example/q”', 'https://x.example/q'],
    ['«https://x.example/q»…', 'https://x.example/q'],
    ['(see https://x.example/a_(b)).', 'https://x.example/a_(b)'],
    ['[https://x.example/a]', 'https://x.example/a'],
    ['**https://x.example/a**', 'https://x.example/a'],
    ['انظر https://x.example/a؟', 'https://x.example/a'],
    ['https://例子.example/路?名=值#顶', 'https://例子.example/路?名=值#顶'],
    ['https://x.example/\u202egpj.exe', 'https://x.example/'],
    ['go to:www.example.org/a, please', 'www.example.org/a'],
    ['看https://x.example/a，谢谢', 'https://x.example/a'],
  ])('in %j the address is %s', (text, address) => {
    const links = splitLinks(text).filter(({ href }) => href !== null);
    const href = address.startsWith('www') ? `https://${address}` : address;
    expect(links).toEqual([{ text: address, href }]);
  });

  test('stops before Chinese punctuation', () => {
    expect(splitLinks('请看 https://x.example/a。谢谢')[1]).toEqual({
      text: 'https://x.example/a',
      href: 'https://x.example/a',
    });
  });

  test('the parts together are the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.webUrl())), (pieces) => {
        const text = pieces.join(' ');
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
