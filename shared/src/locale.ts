/** The interface's three languages, and how a language tag finds one of them. */
export const LOCALES = ['en', 'zh-Hans', 'zh-Hant'] as const;
export type Locale = (typeof LOCALES)[number];

/** The first of the given BCP 47 tags that we speak; English otherwise. Taiwan, Hong Kong and Macau read traditional characters. */
export function pickLocale(tags: readonly (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    const found = tag ? localeOf(tag) : null;
    if (found) return found;
  }
  return 'en';
}

/** The locale of one tag, or null where we do not speak the language. */
export function localeOf(tag: string): Locale | null {
  const lower = tag.toLowerCase();
  if (/^zh\b/.test(lower))
    return /hant|-(tw|hk|mo)\b/.test(lower) && !/hans/.test(lower) ? 'zh-Hant' : 'zh-Hans';
  if (/^en\b/.test(lower)) return 'en';
  return null;
}

/** The first line of a text that has Han characters is Chinese; used where a visitor's language is not known better. */
export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
