import { describe, expect, it } from 'vitest';
import { diffWords, type Piece } from './diff.ts';

const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[kind]).join('');

describe('what became of a text', () => {
  it('marks the words that changed and leaves the others alone', () => {
    expect(shown(diffWords('I will call you soon.', 'I will call you by four.'))).toBe(
      'I will call you [-soon-][+by four+].',
    );
  });

  it('keeps what stands between two changes', () => {
    expect(shown(diffWords('We are sorry for this.', 'I am sorry for the delay.'))).toBe(
      '[-We are-][+I am+] sorry for [-this-][+the delay+].',
    );
  });

  it('goes by words in Chinese, where no spaces are', () => {
    expect(shown(diffWords('我们会尽快回复您。', '我们会在四点前回复您。'))).toMatch(
      /^我们会\[-.*尽快.*-\]\[\+.*四点前.*\+\]回复您。$/,
    );
  });

  it('shows texts without a word in common whole', () => {
    expect(shown(diffWords('no idea', 'gern doch'))).toBe('[-no idea-][+gern doch+]');
  });

  it('says only what was added or taken away', () => {
    expect(diffWords('', 'new')).toEqual([{ kind: 'new', text: 'new' }]);
    expect(diffWords('old', '')).toEqual([{ kind: 'gone', text: 'old' }]);
    expect(diffWords('the same', 'the same')).toEqual([{ kind: 'same', text: 'the same' }]);
    expect(diffWords('', '')).toEqual([]);
  });

  it('loses nothing: both texts can be read off the pieces', () => {
    const [before, after] = ['a b  c\nd e, f', 'b x c\nd, f g'];
    const pieces = diffWords(before, after);
    const without = (kind: Piece['kind']) =>
      pieces
        .filter((piece) => piece.kind !== kind)
        .map((piece) => piece.text)
        .join('');
    expect(without('new')).toBe(before);
    expect(without('gone')).toBe(after);
  });

  it('takes two very long texts without comparing every pair of words', () => {
    const long = (word: string) => `${word} and `.repeat(1_000);
    const pieces = diffWords(long('one'), long('two'));
    expect(pieces.map((piece) => piece.kind)).toEqual(['gone', 'new', 'same']);
  });
});
