/** The language bible's phrases: one phrasing for a situation, and why. What may become one is decided here. */
import type { PhraseBody } from '@fullname/shared/book';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import { PLACEHOLDERS } from '@fullname/shared/phrases';
import { SITUATIONS } from '@fullname/shared/situation';
import { RelayError } from '../relay-error.ts';
import type { NamedPhraseRow, PhraseRow } from '../store/phrases.ts';
import { takeIn } from '../take-in.ts';

/** How much a phrase may hold beside its text. */
export const PHRASE_MAX = { reason: 500, tags: 10 } as const;
export const PHRASE_TAG = /^[\p{L}\p{N}-]{1,40}$/u;

/**
 * A phrase as it is stored: tidy, complete, and without a slot that could never be filled. EMPTY, TOO_LONG or
 * INVALID_PAYLOAD when it does not hold.
 */
export function phraseBody(draft: PhraseBody): PhraseBody {
  const text = tidy(draft.text, PHRASE_MAX_LENGTH);
  const reason = tidy(draft.reason, PHRASE_MAX.reason);
  const notWhen = draft.notWhen?.trim() ? tidy(draft.notWhen, PHRASE_MAX.reason) : null;
  const tags = [...new Set(draft.tags)];
  const known = LOCALES.includes(draft.locale) && SITUATIONS.includes(draft.situation);
  const taggable = tags.length <= PHRASE_MAX.tags && tags.every((tag) => PHRASE_TAG.test(tag));
  if (!known || !taggable || unknownSlots(text).length > 0) throw new RelayError('INVALID_PAYLOAD');
  return { locale: draft.locale, situation: draft.situation, text, reason, notWhen, tags };
}

/** Words of a book: repaired, without whole card numbers, trimmed. An imported file comes by no other door. EMPTY, TOO_LONG. */
export function tidy(text: string, max: number): string {
  const tidied = takeIn(text).trim();
  if (tidied === '') throw new RelayError('EMPTY');
  if (tidied.length > max) throw new RelayError('TOO_LONG');
  return tidied;
}

const KNOWN_SLOT = new RegExp(
  `\\{(?:${PLACEHOLDERS.join('|').replaceAll('.', '\\.')})(?:\\|[^{}]*)?\\}`,
  'g',
);

/**
 * What looks like a slot and is none. Every brace counts: a misspelt `{customer.nmae}` stays in the sent message, since
 * only known names stop the send.
 */
export function unknownSlots(text: string): string[] {
  return text.replace(KNOWN_SLOT, '').match(/\{[^{}]*\}?|\}/g) ?? [];
}

export function toPhrase(row: NamedPhraseRow): Phrase {
  const by = row.by === null ? null : { id: row.by, fullName: row.byName ?? '' };
  return { ...toPhraseBody(row), id: row.id, by };
}

export function toPhraseBody({ locale, situation, text, reason, notWhen, tags }: PhraseRow): PhraseBody {
  return { locale: localeOf(locale), situation: situationOf(situation), text, reason, notWhen, tags };
}

/** Both are plain texts in the table; only checked drafts and the starter book write them. */
function localeOf(text: string): Phrase['locale'] {
  return LOCALES.find((known) => known === text) ?? 'en';
}

function situationOf(text: string): Phrase['situation'] {
  return SITUATIONS.find((known) => known === text) ?? 'understanding';
}
