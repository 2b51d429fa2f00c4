/** The e-mail of somebody whose promise may take longer, before its time has passed; owners may write its words anew. */
import { QUERY_MAX_LENGTH } from '@fullname/shared/limits';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { put } from '../mail/words.ts';
import { wordsOf } from '../site/own-words.ts';
import { SLIP_WORDS } from './slipping-words.ts';

/** A letter quotes what was promised, and is no place for four thousand characters of it. */
const QUOTED_MAX = 600;

export function slippingLetter(
  promise: { readonly text: string; readonly due: string },
  {
    locale,
    name,
    keeper,
    settings,
  }: {
    readonly locale: WidgetLocale;
    readonly name: string | null;
    readonly keeper: string;
    readonly settings: SiteSettings;
  },
): { readonly subject: string; readonly body: string } {
  const words = wordsOf(SLIP_WORDS, locale, settings);
  const text =
    promise.text.length > QUOTED_MAX ? `${promise.text.slice(0, QUOTED_MAX).trimEnd()}…` : promise.text;
  const paragraphs = [
    name === null ? words.slipHello : put(words.slipDear, name),
    `${put(words.slipBy, momentOf(promise.due, locale))}\n${text}`,
    ...[words.slipSorry, words.slipStill, keeper],
  ];
  return { subject: words.slipSubject.slice(0, QUERY_MAX_LENGTH), body: paragraphs.join('\n\n') };
}

/** Nobody has told the relay in which time zone a customer lives. */
function momentOf(due: string, locale: WidgetLocale): string {
  const format = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, {
    ...{ dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' },
  });
  return `${format.format(new Date(due))} (UTC)`;
}
