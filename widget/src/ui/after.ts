/** What comes after a conversation: two questions, the way back, the transcript by e-mail. One chunk with its own styles, in one language. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { loadMore, type More } from '../more-words.ts';
import { Answered } from './Answered.tsx';
import css from './after.css?inline';
import { Farewell } from './Farewell.tsx';

export type After = { readonly locale: WidgetLocale; readonly more: More } & typeof parts;

const parts = { Farewell, Answered };
let sheet: CSSStyleSheet | null = null;

export async function makeAfter(locale: WidgetLocale): Promise<After> {
  const more = await loadMore(locale);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  return { ...parts, locale, more };
}
