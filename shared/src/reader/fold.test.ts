import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, isTraditional } from './fold.ts';

/** What stands, in the text as it was, where the folded text has these words. */
function original(text: string, words: string): string {
  const folded = fold(text);
  const start = folded.text.indexOf(words);
  return text.slice(folded.from[start], folded.to[start + words.length - 1]);
}

describe('alike after folding', () => {
  test.each([
    ['ＡＢＣ　１２３！', 'abc 123!'],
    ['don’t', "don't"],
    ['這個軟體', '这个软件'],
    ['這個檔案', '这个文件'],
    ['網際網路', '互联网'],
    ['檔案', '档案'],
    ['聯絡我', '联系我'],
    ['乾淨', '干净'],
    ['乾坤', '乾坤'],
    ['看著', '看着'],
    ['著名', '著名'],
    ['什麼', '什么'],
    ['怎麼辦', '怎么办'],
    ['不瞭解', '不了解'],
    ['裡面', '里面'],
    ['soft\u00adware', 'software'],
    ['a\u00a0b', 'a b'],
  ])('%s and %s', (one, other) => expect(fold(one).text).toBe(fold(other).text));
});

describe('offsets lead back', () => {
  test('through a word of another length', () => {
    expect(original('請看網際網路上的說明', fold('互联网').text)).toBe('網際網路');
    expect(original('用網際網路吧', '吧')).toBe('吧');
  });
  test('past what is invisible', () => expect(original('a\u200bb policy', 'policy')).toBe('policy'));
  test('in any text: each folded unit comes from a place in it, in order', () => {
    // Halves of characters among them.
    const texts = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((units) => String.fromCharCode(...units));
    const chinese = fc.array(fc.constantFrom(...'軟體檔案互联网什么乾淨着著，。 aB１'.split('')), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          texts,
          chinese.map((all) => all.join('')),
        ),
        (text) => {
          const { text: folded, from, to } = fold(text);
          const spans = Array.from(
            { length: folded.length },
            (_, at) => [from[at] ?? -1, to[at] ?? -1] as const,
          );
          const inOrder = spans.every(
            ([start, end], at) => start < end && start >= (spans[at - 1]?.[0] ?? 0),
          );
          expect([inOrder, spans.every(([, end]) => end <= text.length)]).toEqual([true, true]);
        },
      ),
    );
  });
});

test('knows traditional writing', () => {
  expect(isTraditional('請問')).toBe(true);
  expect(isTraditional('请问')).toBe(false);
  expect(isTraditional('hello')).toBe(false);
});
