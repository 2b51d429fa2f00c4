/** The phrase book that a new relay begins with: written by hand in each language, not translated. Owners change it at will. */
import type { Locale } from '@fullname/shared/locale';
import type { RefusalReason } from '@fullname/shared/reader/reading';
import type { Situation } from '@fullname/shared/situation';
import { insertVersion, lockBook, raiseRevision } from '../store/bible.ts';
import type { Db } from '../store/db.ts';
import { hasNoPhrases, insertPhrases } from '../store/phrases.ts';
import { english } from './starter/en.ts';
import { simplifiedChinese } from './starter/zh-hans.ts';
import { traditionalChinese } from './starter/zh-hant.ts';

export type StarterPhrase = {
  readonly text: string;
  readonly reason: string;
  readonly notWhen?: string;
  readonly tags?: readonly PhraseTag[];
};
/**
 * What the composer asks of a phrase. `acknowledge`: one sentence that names a failure. `ally`: names the customer's contact.
 * `brief`: for people in a hurry. `delight`: a little extra warmth, gone in a hurry. `returning`: only for people who wrote before.
 * `firm`: a kind, plain no, with the one of the five reasons that it gives.
 */
export type PhraseTag = 'acknowledge' | 'ally' | 'brief' | 'delight' | 'returning' | 'firm' | RefusalReason;
export type StarterPhrases = Readonly<Record<Situation, readonly StarterPhrase[]>>;

export const STARTER_BOOK: Readonly<Record<Locale, StarterPhrases>> = {
  en: english,
  'zh-Hans': simplifiedChinese,
  'zh-Hant': traditionalChinese,
};

/** Writes the starter book when there is no phrase at all; gives the number of phrases written. Safe with several relays. */
export function fillStarterBook(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    await lockBook(tx);
    if (!(await hasNoPhrases(tx))) return 0;
    const rows = starterRows(Date.now());
    await insertPhrases(tx, rows);
    await insertVersion(tx, { by: null, note: '' });
    await raiseRevision(tx);
    return rows.length;
  });
}

function starterRows(now: number) {
  const rows = Object.entries(STARTER_BOOK).flatMap(([locale, book]) =>
    Object.entries(book).flatMap(([situation, phrases]) =>
      phrases.map((phrase) => ({ ...phrase, tags: [...(phrase.tags ?? [])], locale, situation })),
    ),
  );
  // One millisecond apart, so that the book keeps the order in which it was written.
  return rows.map((row, index) => ({ ...row, createdAt: new Date(now - rows.length + index).toISOString() }));
}
