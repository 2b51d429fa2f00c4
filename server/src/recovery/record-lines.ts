/** The record of a failure in at most three lines, for colleagues. */
import { hasHan, type Locale } from '@fullname/shared/locale';
import type { Failure } from '@fullname/shared/model';
import { isTraditional } from '@fullname/shared/reader/fold';

export const LINE_MAX_LENGTH = 300;
/** What is quoted in a line; the rest is our own words around it. */
const PART_MAX_LENGTH = 200;

/** What the lines are made of. */
export type Told = Pick<
  Failure,
  | 'quotes'
  | 'what'
  | 'product'
  | 'putRight'
  | 'extra'
  | 'wants'
  | 'owed'
  | 'owedBy'
  | 'irreplaceable'
  | 'restored'
>;

/**
 * What happened, what was done (or what they want), what is owed or to be minded. What people wrote stays in their own words
 * and language; long words are cut.
 */
export function linesOf(failure: Told, locale: Locale): string[] {
  const say = LINES[locale];
  const { quotes, what, product, putRight, extra, wants } = failure;
  const [quote] = quotes;
  const happened = product === null ? what : `${product}: ${what}`;
  return [
    quote ? say.quoted(cut(quote.text)) : say.happened(cut(happened)),
    putRight !== null
      ? say.done(cut(extra === null ? putRight : `${putRight} + ${extra}`))
      : wants !== null
        ? say.wants(cut(wants))
        : say.notYet,
    ...toMind(failure, say),
  ];
}

function toMind({ owed, owedBy, irreplaceable, restored, putRight, wants }: Told, say: Say): string[] {
  if (owed !== null) return [say.owed(cut(owed)) + (owedBy === null ? '' : say.by(owedBy.slice(0, 10)))];
  if (irreplaceable) return [say.irreplaceable];
  if (restored === false) return [say.notRestored];
  return putRight !== null && wants !== null ? [say.wants(cut(wants))] : [];
}

/** The language that somebody wrote in. */
export function languageOf(text: string): Locale {
  if (!hasHan(text)) return 'en';
  return isTraditional(text) ? 'zh-Hant' : 'zh-Hans';
}

/**
 * Words of a form or of a customer as part of a line: no line ends, and none of the marks that turn the direction of what
 * stands after them.
 */
export function inLine(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** At most `max` UTF-16 units, with no half of a letter at the end. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const whole = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  return `${whole.trimEnd()}…`;
}

function cut(words: string): string {
  return shorten(inLine(words), PART_MAX_LENGTH);
}

type Say = Readonly<
  Record<'quoted' | 'happened' | 'done' | 'wants' | 'owed' | 'by', (words: string) => string> &
    Record<'notYet' | 'irreplaceable' | 'notRestored', string>
>;
const LINES: Record<Locale, Say> = {
  en: {
    quoted: (words) => `In their words: “${words}”`,
    happened: (words) => `What happened: ${words}`,
    done: (words) => `What was done: ${words}`,
    wants: (words) => `What they want: “${words}”`,
    notYet: 'It was not put right yet.',
    owed: (words) => `Still owed: ${words}`,
    by: (day) => `, by ${day}`,
    irreplaceable: 'What was lost cannot be replaced: effort counts, not money.',
    notRestored: 'It is not as it was before.',
  },
  'zh-Hans': {
    quoted: (words) => `顾客的原话：“${words}”`,
    happened: (words) => `发生了什么：${words}`,
    done: (words) => `已经做了什么：${words}`,
    wants: (words) => `顾客希望：“${words}”`,
    notYet: '还没有补救。',
    owed: (words) => `还欠着：${words}`,
    by: (day) => `，最晚 ${day}`,
    irreplaceable: '失去的无法替代：要用心，不是用钱。',
    notRestored: '还没有恢复原样。',
  },
  'zh-Hant': {
    quoted: (words) => `顧客的原話：「${words}」`,
    happened: (words) => `發生了什麼：${words}`,
    done: (words) => `已經做了什麼：${words}`,
    wants: (words) => `顧客希望：「${words}」`,
    notYet: '還沒有補救。',
    owed: (words) => `還欠著：${words}`,
    by: (day) => `，最晚 ${day}`,
    irreplaceable: '失去的無法替代：要用心，不是用錢。',
    notRestored: '還沒有恢復原樣。',
  },
};
