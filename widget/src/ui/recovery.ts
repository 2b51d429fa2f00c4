/** What a promise or an offer is drawn with: one chunk with its own styles, in one language. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { en, type Said } from '../recovery-words.ts';
import { pageSettings } from '../settings.ts';
import { Extras } from './Extras.tsx';
import { Promised } from './Promised.tsx';
import { RecoveryFact } from './RecoveryFact.tsx';
import css from './recovery.css?inline';
import { lineOf } from './recovery-line.ts';
import { makeWhen, type When } from './when.ts';

export type Kit = {
  readonly locale: WidgetLocale;
  readonly said: Said;
  readonly when: When;
} & typeof parts;

const parts = { Extras, Promised, RecoveryFact, lineOf };
let sheet: CSSStyleSheet | null = null;

export async function makeKit(locale: WidgetLocale): Promise<Kit> {
  const said = await wordsOf(locale);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  return { ...parts, locale, said, when: makeWhen(locale, said) };
}

async function wordsOf(locale: WidgetLocale): Promise<Said> {
  const said = (await CHUNKS[locale]?.())?.said ?? en;
  const own = pageSettings().strings[locale];
  return own ? (await import('../own-words.ts')).withOwnWords(said, own) : said;
}

const CHUNKS: { readonly [Locale in WidgetLocale]?: () => Promise<{ readonly said: Said }> } = {
  'zh-Hans': () => import('../recovery-zh-hans.ts'),
  'zh-Hant': () => import('../recovery-zh-hant.ts'),
  es: () => import('../recovery-es.ts'),
  fr: () => import('../recovery-fr.ts'),
  de: () => import('../recovery-de.ts'),
  ja: () => import('../recovery-ja.ts'),
  ar: () => import('../recovery-ar.ts'),
};
