/** What the owner of a page says in place of our words. */

import { withOwnWords } from '@fullname/shared/fit-words';
import type { SiteSettings } from '@fullname/shared/site-settings';
import type { Speech } from './strings.ts';

export { withOwnWords };

export type OwnWords = SiteSettings['strings'];

/** English words come with a later chunk; it is fetched at once only where the owner has changed one of them. */
export async function reword(
  { strings, words }: Speech,
  own: Readonly<Record<string, string>>,
): Promise<Speech> {
  const later = !words && Object.keys(own).some((key) => !(key in strings));
  const said = later ? (await import('./ui/lazy.ts')).englishWords : words;
  return { strings: withOwnWords(strings, own), words: said && withOwnWords(said, own) };
}
