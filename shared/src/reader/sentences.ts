/** A folded text cut into sentences, and the language of each. */
import { MESSAGE_MAX_LENGTH } from '../limits.ts';
import type { Locale } from '../locale.ts';

/** Offsets in the folded text. `to` lies behind the punctuation that ends it. */
export type Sentence = {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly isChinese: boolean;
};

/** As long as a message may be: words that a cut takes apart are not found. Only longer stretches are read in pieces. */
const LONGEST = MESSAGE_MAX_LENGTH;

const END = /[!?。…\n]|\.(?![a-z\d])/g;

/** Those that have a letter in them, in order. */
export function sentencesOf(folded: string): Sentence[] {
  const sentences: Sentence[] = [];
  const add = (from: number, to: number) => {
    const text = folded.slice(from, to);
    if (/[\p{L}\p{N}]/u.test(text)) sentences.push({ from, to, text, isChinese: isChinese(text) });
  };
  let from = 0;
  for (const { index } of folded.matchAll(END)) {
    const to = index + 1;
    for (; to - from > LONGEST; from += LONGEST) add(from, from + LONGEST);
    add(from, to);
    from = to;
  }
  for (; from < folded.length; from += LONGEST) add(from, Math.min(folded.length, from + LONGEST));
  return sentences;
}

/** Chinese with names and brands in it is Chinese: a character weighs as much as a short word. */
function isChinese(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > 0 && han * 3 >= (text.match(/[a-z]/g)?.length ?? 0);
}

/** The Chinese that is read: the conversation's, or the draft's own where the conversation has another language. */
export function chineseOf(locale: Locale, isTraditional: () => boolean): Locale {
  if (locale !== 'en') return locale;
  return isTraditional() ? 'zh-Hant' : 'zh-Hans';
}
