/** What "what we remember of you" is drawn with: one chunk with its own styles, in one language, when somebody opens it. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { en, type Kept } from '../remembered-words.ts';
import { pageSettings } from '../settings.ts';
import { Remembered } from './Remembered.tsx';
import css from './remembered.css?inline';

export type RememberedKit = {
  readonly said: Kept;
  readonly when: Times;
  readonly Remembered: typeof Remembered;
};

/** Dates and times in the reader's own zone and words. */
export type Times = {
  date(iso: string): string;
  moment(iso: string): string;
  span(from: string, to: string): string;
  language(locale: WidgetLocale): string;
};

let sheet: CSSStyleSheet | null = null;

export async function makeRemembered(locale: WidgetLocale): Promise<RememberedKit> {
  const said = await wordsOf(locale);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  return { said, when: timesIn(locale), Remembered };
}

async function wordsOf(locale: WidgetLocale): Promise<Kept> {
  const said = (await CHUNKS[locale]?.())?.kept ?? en;
  const own = pageSettings().strings[locale];
  return own ? (await import('../own-words.ts')).withOwnWords(said, own) : said;
}

function timesIn(locale: WidgetLocale): Times {
  const tag = `${locale}-u-nu-latn`;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const date = format({ dateStyle: 'long' });
  const moment = format({ dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
  const span = format({ dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' });
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  return {
    date: (iso) => date.format(new Date(iso)),
    moment: (iso) => moment.format(new Date(iso)),
    span: (from, to) => span.formatRange(new Date(from), new Date(to)),
    language: (one) => languages.of(one) ?? one,
  };
}

const CHUNKS: { readonly [Locale in WidgetLocale]?: () => Promise<{ readonly kept: Kept }> } = {
  'zh-Hans': () => import('../remembered-zh-hans.ts'),
  'zh-Hant': () => import('../remembered-zh-hant.ts'),
  es: () => import('../remembered-es.ts'),
  fr: () => import('../remembered-fr.ts'),
  de: () => import('../remembered-de.ts'),
  ja: () => import('../remembered-ja.ts'),
  ar: () => import('../remembered-ar.ts'),
};
