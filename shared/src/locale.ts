/** The languages of the interfaces, and how a language tag finds one of them. */
export const LOCALES = ['en', 'zh-Hans', 'zh-Hant'] as const;
export type Locale = (typeof LOCALES)[number];

/** What the widget speaks to visitors; the console and the book keep the three above. */
export const WIDGET_LOCALES = [...LOCALES, 'es', 'fr', 'de', 'ja', 'ar'] as const;
export type WidgetLocale = (typeof WIDGET_LOCALES)[number];

/** The first of the given BCP 47 tags that we speak; English otherwise. Taiwan, Hong Kong and Macau read traditional characters. */
export function pickLocale(tags: Tags): Locale {
  return firstOf(tags, localeOf);
}

/** The same among the widget's languages. A tag of another language leads to the next one: Portuguese is not Spanish. */
export function pickWidgetLocale(tags: Tags): WidgetLocale {
  return firstOf(tags, widgetLocaleOf);
}

/** The locale of one tag, or null where we do not speak the language. */
export function localeOf(tag: string): Locale | null {
  const lower = tag.toLowerCase();
  if (/^zh\b/.test(lower))
    return /hant|-(tw|hk|mo)\b/.test(lower) && !/hans/.test(lower) ? 'zh-Hant' : 'zh-Hans';
  if (/^en\b/.test(lower)) return 'en';
  return null;
}

/** The widget's locale of one tag, or null where it does not speak the language. */
export function widgetLocaleOf(tag: string): WidgetLocale | null {
  return localeOf(tag) ?? WIDGET_LOCALES.find((one) => one === tag.toLowerCase().split('-')[0]) ?? null;
}

/** What the book, a letter or a draft is written in for a reader of this language, until there are words of its own. */
export function nearestLocale(locale: WidgetLocale): Locale {
  return localeOf(locale) ?? 'en';
}

/** Which way a page in this language is read. */
export function dirOf(locale: WidgetLocale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/** The first line of a text that has Han characters is Chinese; used where a visitor's language is not known better. */
export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

type Tags = readonly (string | null | undefined)[];

function firstOf<Found>(tags: Tags, find: (tag: string) => Found | null): Found | 'en' {
  for (const tag of tags) {
    const found = tag ? find(tag) : null;
    if (found) return found;
  }
  return 'en';
}
