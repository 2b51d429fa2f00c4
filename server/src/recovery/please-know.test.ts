import { describe, expect, test } from 'vitest';
import { acknowledgement } from './please-know.ts';

const tagged = (text: string, locale: 'en' | 'zh-Hans' | 'zh-Hant' = 'en') =>
  ({ text, locale, tags: ['acknowledge'] }) as const;
const late = { what: 'the parcel came six days late.', ally: null };

describe('the sentence that acknowledges a failure', () => {
  test('is the book’s, with what happened filled in and its full stop left out', () => {
    const say = acknowledgement(late, 'en', [tagged('I know: {failure.what|it went wrong} – I am sorry.')]);
    expect(say).toBe('I know: the parcel came six days late – I am sorry.');
  });

  test('leaves out phrases that are untagged, in another language, or cannot be filled', () => {
    const say = acknowledgement(late, 'en', [
      { ...tagged('untagged {failure.what}'), tags: [] },
      tagged('対不起 {failure.what}', 'zh-Hant'),
      tagged('open {promise.due}'),
      tagged('{failure.what}: sorry.'),
    ]);
    expect(say).toBe('the parcel came six days late: sorry.');
  });

  test.each(['en', 'zh-Hans', 'zh-Hant'] as const)('is there in %s without any book', (locale) => {
    const what = locale === 'en' ? 'two roses were broken' : '包裹晚到了六天';
    const say = acknowledgement({ what, ally: null }, locale, []);
    expect(say).toContain(what);
    expect(say).not.toMatch(/[{}]/);
  });

  test('does not put an English note into a Chinese sentence, nor the other way round', () => {
    const chinese = acknowledgement(late, 'zh-Hans', [
      tagged('{failure.what|上次的事}，对不起。', 'zh-Hans'),
    ]);
    expect(chinese).toBe('上次的事，对不起。');
    expect(acknowledgement({ what: '包裹晚到了六天', ally: null }, 'en', [])).not.toMatch(/\p{Script=Han}/u);
  });

  test('does not read out an essay', () => {
    const say = acknowledgement({ what: 'and then '.repeat(40), ally: null }, 'en', []);
    expect(say).not.toContain('and then');
    expect(say).toMatch(/sorry/);
  });
});
