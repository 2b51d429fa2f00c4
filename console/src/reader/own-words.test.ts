import { describe, expect, it } from 'vitest';
import { isRecited, usedPhrases } from './own-words.ts';

const wait = { phrase: 'p1', text: 'I am still looking, and I have not forgotten you.' };
const chinese = { phrase: 'p2', text: '我还在查，没有忘记您。' };

describe('phrases in a sent text', () => {
  it('are used as they stand, edited, or thrown away', () => {
    expect(usedPhrases(`Anna, hello. ${wait.text}`, [wait])).toEqual([{ phrase: 'p1', edited: false }]);
    expect(usedPhrases('I am still looking; I have not forgotten you, Anna.', [wait])).toEqual([
      { phrase: 'p1', edited: true },
    ]);
    expect(usedPhrases('It arrives on Tuesday.', [wait])).toEqual([]);
    expect(usedPhrases('我还在帮您查，没有忘记您。', [chinese])).toEqual([{ phrase: 'p2', edited: true }]);
    expect(usedPhrases('明天送到。', [chinese])).toEqual([]);
  });

  it('count once, and as they stand when one of two is', () => {
    expect(
      usedPhrases(wait.text, [wait, { ...wait, text: 'I am still looking, and I have not forgotten Anna.' }]),
    ).toEqual([{ phrase: 'p1', edited: false }]);
  });
});

describe('recitation', () => {
  it('is a phrase with nothing of one’s own', () => {
    expect(isRecited(`${wait.text} `, [wait])).toBe(true);
    expect(isRecited(`${wait.text} It is the blue one.`, [wait])).toBe(false);
    expect(isRecited('It is the blue one.', [wait])).toBe(false);
    expect(isRecited('', [])).toBe(false);
  });
});
