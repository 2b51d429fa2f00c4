/** What the next agent reads before the first keystroke: the flag of a failure, its lines, and the sentence with which to acknowledge it. */

import { hasHan, type Locale } from '@fullname/shared/locale';
import type { Failure, Phrase, PleaseKnow } from '@fullname/shared/model';
import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { type FailureFacts, isoOrNull, type Names } from '../store/recovery.ts';
import { toFailure } from './failures.ts';
import { inLine, linesOf } from './record-lines.ts';

/** `ally` is the customer's, where the record has none. `phrases` are the book's with the tag `acknowledge`. */
export function toPleaseKnow(
  row: FailureFacts,
  names: Names,
  { ally, locale, phrases }: { ally: string | null; locale: Locale; phrases: readonly string[] },
): PleaseKnow {
  const failure = toFailure({ ...row, ally: row.ally ?? ally }, names);
  const { at, what, stage, putRight, owed, owedBy, irreplaceable } = failure;
  const tagged = phrases.map((text) => ({ text, locale, tags: ['acknowledge'] }) as const);
  return {
    ...{ failure: failure.id, at, what, stage, putRight, owed, owedBy, irreplaceable },
    ally: failure.ally,
    say: acknowledgement(failure, locale, tagged),
    lines: row.flagLines ?? linesOf(failure, locale),
    checks: row.checks.map((check) => ({
      ...check,
      doneBy: check.doneBy === null ? null : names(check.doneBy),
    })),
    until: isoOrNull(row.flagUntil),
  };
}

/**
 * One sentence that acknowledges a failure, in the conversation's language: the book's first phrase with the tag
 * `acknowledge` that has no open slot left, else a built-in one. What happened is named only where it was written in
 * the same script: an English note in the middle of a Chinese sentence would be read aloud by nobody.
 */
export function acknowledgement(
  failure: Pick<Failure, 'what' | 'ally'>,
  locale: Locale,
  phrases: readonly Pick<Phrase, 'locale' | 'tags' | 'text'>[],
): string {
  const what = hasHan(failure.what) === (locale !== 'en') ? clauseOf(failure.what) : null;
  const values = { 'failure.what': what, 'ally.fullName': failure.ally?.fullName ?? null };
  for (const phrase of phrases) {
    if (phrase.locale !== locale || !phrase.tags.includes('acknowledge')) continue;
    const sentence = fillPhrase(phrase.text, values);
    if (openSlots(sentence).length === 0) return sentence;
  }
  return fillPhrase(what === null ? SAY[locale].plain : SAY[locale].naming, values);
}

const LONGEST_CLAUSE = 120;

/** Words from a form, fit to stand inside a sentence: one line, no full stop; null when too long for that. */
export function clauseOf(what: string): string | null {
  const clause = inLine(what).replace(/[.。!！…]+$/u, '');
  return clause === '' || clause.length > LONGEST_CLAUSE ? null : clause.replace(SENTENCE_START, lowerCase);
}

/** The words that a sentence begins with and that are no names: inside another sentence they are written small. */
const SENTENCE_START =
  /^(?:A|An|The|This|That|My|Our|His|Her|Their|Its|No|Not|One|Two|Three|It|He|She|They|We|Both)\b/;

function lowerCase(word: string): string {
  return word.toLowerCase();
}

const SAY: Record<Locale, { readonly plain: string; readonly naming: string }> = {
  en: {
    plain: 'I have read about what went wrong last time, I am sorry, and you need not explain it again.',
    naming:
      'I have read what went wrong last time ({failure.what}), I am sorry, and you need not explain it again.',
  },
  'zh-Hans': {
    plain: '上次给您添的麻烦我已经了解了，真的很抱歉，您不用再从头说一遍。',
    naming: '上次的事（{failure.what}）我已经了解了，真的很抱歉，您不用再从头说一遍。',
  },
  'zh-Hant': {
    plain: '上次造成您困擾的經過我已經了解了，真的很抱歉，您不必再從頭說明一次。',
    naming: '上次的事（{failure.what}）我已經了解了，真的很抱歉，您不必再從頭說明一次。',
  },
};
