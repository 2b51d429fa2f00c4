import { describe, expect, it } from 'vitest';
import { parseSentences } from './sentences.ts';

describe('an import of past sentences', () => {
  it('takes plain lines in the chosen language and JSON lines in their own', () => {
    const text = 'We are sorry.\n\n{"text": "抱歉", "lang": "zh-TW"}\r\n{"text": "no language"}';
    expect(parseSentences(text, 'en')).toEqual({
      sentences: [
        { text: 'We are sorry.', locale: 'en' },
        { text: '抱歉', locale: 'zh-Hant' },
        { text: 'no language', locale: 'en' },
      ],
      bad: [],
    });
  });

  it('names the lines that it cannot read, by their number', () => {
    const text = ['{"text": 5}', 'fine', '{broken', '{"text": "x", "lang": "tlh"}', `${'a'.repeat(4_001)}`];
    const { sentences, bad } = parseSentences(text.join('\n'), 'en');
    expect(sentences).toEqual([{ text: 'fine', locale: 'en' }]);
    expect(bad).toEqual([1, 3, 4, 5]);
  });
});
