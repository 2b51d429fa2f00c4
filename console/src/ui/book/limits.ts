/** What the relay takes of an entry, so that a form says so before it is sent. Lengths in UTF-16 code units. */
import { PLACEHOLDERS } from '@fullname/shared/phrases';

export const REASON_MAX = 500;
export const TITLE_MAX = 120;
export const PATTERNS_MAX = 60;
export const SAY_INSTEAD_MAX = 10;
export const EXAMPLES_MAX = 20;
export const EXAMPLE_MAX = 500;
const TAGS_MAX = 10;
const TAG = /^[\p{L}\p{N}-]{1,40}$/u;

const KNOWN_SLOT = new RegExp(
  `\\{(?:${PLACEHOLDERS.join('|').replaceAll('.', '\\.')})(?:\\|[^{}]*)?\\}`,
  'g',
);

/** The first thing in a text that looks like a name to fill in and is none; null when there is no such thing. */
export function unknownSlot(text: string): string | null {
  return text.replace(KNOWN_SLOT, '').match(/\{[^{}]*\}?|\}/)?.[0] ?? null;
}

/** Tags as people write them: with any comma between, and blanks inside. */
export function tagsOf(text: string): string[] {
  const tags = text.split(/[,，、]/).flatMap((tag) => tag.trim().replace(/\s+/g, '-') || []);
  return [...new Set(tags)];
}

/** The first tag that cannot be one. */
export function badTag(text: string): string | null {
  const tags = tagsOf(text);
  return tags.find((tag) => !TAG.test(tag)) ?? tags[TAGS_MAX] ?? null;
}
