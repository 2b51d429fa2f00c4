/** What the owner of a page says in place of our words: only texts that fit, so that a name or a time is never lost. */
import type { SiteSettings } from '@fullname/shared/site-settings';
import type { Speech } from './strings.ts';

export type OwnWords = SiteSettings['strings'];
type Own = Readonly<Record<string, string>>;

/** English words come with a later chunk; it is fetched at once only where the owner has changed one of them. */
export async function reword({ strings, words }: Speech, own: Own): Promise<Speech> {
  const later = !words && Object.keys(own).some((key) => !(key in strings));
  const said = later ? (await import('./ui/lazy.ts')).englishWords : words;
  return { strings: withOwnWords(strings, own), words: said && withOwnWords(said, own) };
}

/** The table with the owner's texts in it. What it does not know, what is empty, and what has other places `{0}` is left out. */
export function withOwnWords<Table extends Own>(table: Table, own: Own): Table {
  const fits = ([key, text]: [string, unknown]): boolean =>
    Object.hasOwn(table, key) &&
    typeof text === 'string' &&
    text.trim() !== '' &&
    placesOf(text) === placesOf(table[key] ?? '');
  return { ...table, ...Object.fromEntries(Object.entries(own).filter(fits)) };
}

function placesOf(text: string): string {
  return [...new Set(text.match(/\{\d\}/g))].sort().join('');
}
