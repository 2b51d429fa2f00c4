/** The language bible: one phrasing for a situation, and why. Everybody proposes; owners decide. */
import type { PhraseDraft } from '@fullname/shared/api';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES } from '@fullname/shared/locale';
import type { Phrase, Role } from '@fullname/shared/model';
import { PLACEHOLDERS } from '@fullname/shared/phrases';
import { SITUATIONS } from '@fullname/shared/situation';
import { repairText } from '@fullname/shared/text';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import {
  insertPhrase,
  type NamedPhraseRow,
  type PhraseValues,
  raiseBookVersion,
  readBookVersion,
  readPhrase,
  readPhrases,
  samePhrase,
  updatePhrase,
} from '../store/phrases.ts';

/** Who writes into the book. */
export type BookAuthor = { readonly id: string; readonly fullName: string; readonly role: Role };

/** The book, in one language or all: published and proposed phrases, the oldest first. `version` rises with every change. */
export type Book = { readonly version: number; readonly phrases: readonly Phrase[] };

/** What a change made of the book: the phrase as it stands now, and the book's new version for `book:changed`. */
export type BookChange = { readonly version: number; readonly phrase: Phrase };

export async function listPhrases(db: Db, locale?: string): Promise<Book> {
  // The number first: a change in between is then told again, and never missed.
  const version = await readBookVersion(db);
  const rows = await readPhrases(db, locale);
  return { version, phrases: rows.map(toPhrase) };
}

/**
 * Adds a phrase: published by an owner (or with the draft's own status), proposed by anybody else. The same words again
 * by the same person give the first phrase. INVALID_PAYLOAD, EMPTY or TOO_LONG when the draft does not hold.
 */
export function addPhrase(db: Db, draft: PhraseDraft, by: BookAuthor): Promise<BookChange> {
  const values = valuesOf(draft, statusFor(draft, by));
  return db.transaction((tx) => store(tx, values, by));
}

/**
 * Changes a phrase: an owner changes any, a proposer their own proposal. Anybody else's change becomes a proposal beside
 * the phrase, which stays as it is. UNKNOWN when there is no such phrase; the other errors as in `addPhrase`.
 */
export function changePhrase(
  db: Db,
  change: { readonly id: string; readonly draft: PhraseDraft },
  by: BookAuthor,
): Promise<BookChange> {
  const values = valuesOf(change.draft, statusFor(change.draft, by));
  return db.transaction(async (tx) => {
    const current = await readPhrase(tx, change.id);
    if (!current) throw new RelayError('UNKNOWN');
    const ownProposal = current.status === 'proposed' && current.by === by.id;
    if (by.role !== 'owner' && !ownProposal) return store(tx, values, by);
    await updatePhrase(tx, change.id, values);
    return { version: await raiseBookVersion(tx), phrase: toPhrase({ ...current, ...values }) };
  });
}

async function store(tx: Db, values: PhraseValues, by: BookAuthor): Promise<BookChange> {
  const same = await samePhrase(tx, values, by.id);
  if (same) return { version: await readBookVersion(tx), phrase: toPhrase(same) };
  const row = await insertPhrase(tx, values, by);
  return { version: await raiseBookVersion(tx), phrase: toPhrase(row) };
}

function statusFor(draft: PhraseDraft, by: BookAuthor): Phrase['status'] {
  return by.role === 'owner' ? (draft.status ?? 'published') : 'proposed';
}

const REASON_MAX_LENGTH = 500;
const TAGS_MAX = 10;
const TAG = /^[\p{L}\p{N}-]{1,40}$/u;

/** A draft as it is stored: tidy, complete, and without a slot that could never be filled. */
function valuesOf(draft: PhraseDraft, status: Phrase['status']): PhraseValues {
  const text = tidy(draft.text, PHRASE_MAX_LENGTH);
  const reason = tidy(draft.reason, REASON_MAX_LENGTH);
  const notWhen = draft.notWhen?.trim() ? tidy(draft.notWhen, REASON_MAX_LENGTH) : null;
  const tags = [...new Set(draft.tags ?? [])];
  const known = LOCALES.includes(draft.locale) && SITUATIONS.includes(draft.situation);
  const taggable = tags.length <= TAGS_MAX && tags.every((tag) => TAG.test(tag));
  if (!known || !taggable || unknownSlots(text).length > 0) throw new RelayError('INVALID_PAYLOAD');
  return { locale: draft.locale, situation: draft.situation, text, reason, notWhen, tags, status };
}

function tidy(text: string, max: number): string {
  const tidied = repairText(text).trim();
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

function toPhrase(row: NamedPhraseRow): Phrase {
  const { id, text, reason, notWhen, tags, status } = row;
  const by = row.by === null ? null : { id: row.by, fullName: row.byName ?? '' };
  return { id, locale: localeOf(row), situation: situationOf(row), text, reason, notWhen, tags, status, by };
}

/** Both are plain texts in the table; only checked drafts and the starter book write them. */
function localeOf({ locale }: NamedPhraseRow): Phrase['locale'] {
  return LOCALES.find((known) => known === locale) ?? 'en';
}

function situationOf({ situation }: NamedPhraseRow): Phrase['situation'] {
  return SITUATIONS.find((known) => known === situation) ?? 'understanding';
}
