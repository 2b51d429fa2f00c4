import type { Locale } from '@fullname/shared/locale';
import { describe, expect, test } from 'vitest';
import type { FailureFacts } from '../store/recovery.ts';
import { acknowledgement, toPleaseKnow } from './please-know.ts';

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

describe('the lines for colleagues', () => {
  const names = (id: string) => ({ id, fullName: 'Megan Kajitani' });
  const row = {
    ...{ id: 'f', conversation: null, at: '2026-03-05T08:00:00Z', what: 'came six days late', product: null },
    ...{
      place: null,
      channel: 'chat',
      element: null,
      category: null,
      severity: null,
      quotes: [],
      wants: null,
    },
    ...{ irreplaceable: false, stage: 'noticed', putRight: null, restored: null, extra: null, noExtra: null },
    ...{
      level: null,
      owed: null,
      owedBy: null,
      cause: null,
      causeNote: null,
      cost: null,
      costCurrency: null,
    },
    ...{ disputed: null, disputedCurrency: null, flagLines: null, checks: [], flagUntil: null, reopened: 0 },
    ...{ revision: 1, ally: null, load: null, onShift: [], by: 'p', createdAt: '2026-03-05T08:00:00Z' },
  } as unknown as FailureFacts;
  const linesOf = (more: Partial<FailureFacts>, locale: Locale = 'en') =>
    toPleaseKnow({ ...row, ...more }, names, { ally: null, locale, phrases: [] }).lines;

  test('are what happened, what was done or is wanted, and what is owed', () => {
    expect(linesOf({})).toEqual(['What happened: came six days late', 'It was not put right yet.']);
    expect(linesOf({ wants: 'a call', irreplaceable: true })).toEqual([
      'What happened: came six days late',
      'What they want: “a call”',
      'What was lost cannot be replaced: effort counts, not money.',
    ]);
    expect(
      linesOf({ putRight: 'sent again', extra: 'roses', owed: 'a call', owedBy: '2026-03-09T08:00:00Z' }),
    ).toEqual([
      'What happened: came six days late',
      'What was done: sent again + roses',
      'Still owed: a call, by 2026-03-09',
    ]);
  });

  test('keep the customer’s own words in any language, on one line, and cut what is long', () => {
    const quotes = [{ seq: 1, text: 'It was\nlate!' }];
    expect(linesOf({ quotes }, 'zh-Hant')).toEqual(['顧客的原話：「It was late!」', '還沒有補救。']);
    const [long = ''] = linesOf({ what: '花'.repeat(900) }, 'zh-Hans');
    expect([...long].length).toBeLessThan(220);
    expect(long.endsWith('…')).toBe(true);
  });

  test('are those that colleagues wrote, where they did', () => {
    expect(linesOf({ flagLines: ['Mind the address.'] })).toEqual(['Mind the address.']);
  });
});
