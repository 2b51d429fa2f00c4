import { describe, expect, it } from 'vitest';
import { addition, type Edit, moved, removal, replacement, sentenceAround } from './spans.ts';

const apply = (draft: string, { from, to, text }: Edit) => draft.slice(0, from) + text + draft.slice(to);
const spanOf = (draft: string, words: string) => {
  const from = draft.indexOf(words);
  return { from, to: from + words.length };
};

describe('a place in a draft that goes on', () => {
  it('stays before what is written, moves with what is written before it, and is gone when its words are touched', () => {
    const span = { from: 6, to: 10 };
    expect(moved(span, 'Hello team', 'Hello team, all')).toEqual(span);
    expect(moved(span, 'Hello team', 'Oh, Hello team')).toEqual({ from: 10, to: 14 });
    expect(moved(span, 'Hello team', 'Hello teem')).toBeNull();
    expect(moved(span, 'Hello team', '')).toBeNull();
  });
});

describe('words put in place of others', () => {
  it('keep a capital and one end mark', () => {
    const draft = 'As I said. It is late.';
    expect(apply(draft, replacement(draft, spanOf(draft, 'As I said'), 'let me put it better.'))).toBe(
      'Let me put it better. It is late.',
    );
  });

  it('take the space that would be left over', () => {
    const draft = 'It is, as I said, late';
    expect(apply(draft, removal(draft, spanOf(draft, 'as I said, ')))).toBe('It is, late');
    expect(apply('So: basically', removal('So: basically', { from: 4, to: 13 }))).toBe('So:');
  });

  it('stand for the whole sentence in English and Chinese', () => {
    const draft = 'Hello. Please tell me your password now! Thanks.';
    const { from, to } = sentenceAround(draft, spanOf(draft, 'password'));
    expect(draft.slice(from, to)).toBe('Please tell me your password now!');
    const han = '您好。请告诉我密码？谢谢';
    const around = sentenceAround(han, spanOf(han, '密码'));
    expect(han.slice(around.from, around.to)).toBe('请告诉我密码？');
  });

  it('are added with a space where the script has spaces', () => {
    expect(apply('We cannot.', addition('We cannot.', 10, 'I can on Monday.'))).toBe(
      'We cannot. I can on Monday.',
    );
    expect(apply('不行。', addition('不行。', 3, '周一可以。'))).toBe('不行。周一可以。');
    expect(apply('', addition('', 0, 'Hello'))).toBe('Hello');
  });
});
