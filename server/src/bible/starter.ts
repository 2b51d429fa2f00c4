/** The book that a new relay begins with: written by hand in each language, not translated. Owners change it at will. */
import { LOCALES, type Locale } from '@fullname/shared/locale';
import type { RefusalReason } from '@fullname/shared/reader/reading';
import type { Situation } from '@fullname/shared/situation';
import {
  insertChanges,
  insertVersion,
  lockBook,
  raiseRevision,
  readBookNumbers,
  readChangesById,
} from '../store/bible.ts';
import type { Db } from '../store/db.ts';
import { hasNoPhrases, insertPhrases } from '../store/phrases.ts';
import { hasNoRules, insertRules, readRuleKeys } from '../store/rules.ts';
import { hasRoom, idFor } from './entries.ts';
import { english } from './starter/en.ts';
import { bodyOf, type StarterRule } from './starter/rule.ts';
import { englishRules } from './starter/rules-en.ts';
import { simplifiedChineseRules } from './starter/rules-zh-hans.ts';
import { traditionalChineseRules } from './starter/rules-zh-hant.ts';
import { simplifiedChinese } from './starter/zh-hans.ts';
import { traditionalChinese } from './starter/zh-hant.ts';

type StarterPhrase = {
  readonly text: string;
  readonly reason: string;
  readonly notWhen?: string;
  readonly tags?: readonly PhraseTag[];
};
/**
 * What the composer asks of a phrase. `acknowledge`: one sentence that names a failure. `ally`: names the customer's contact.
 * `brief`: for people in a hurry. `delight`: a little extra warmth, gone in a hurry. `returning`: only for people who wrote before.
 * `firm`: a kind, plain no, with the one of the five reasons that it gives. `verify`: how to know each other without a secret.
 * `keep-closed`: in place of another person's data.
 */
type PhraseTag =
  | 'acknowledge'
  | 'ally'
  | 'brief'
  | 'delight'
  | 'returning'
  | 'firm'
  | 'verify'
  | 'keep-closed'
  | RefusalReason;
export type StarterPhrases = Readonly<Record<Situation, readonly StarterPhrase[]>>;

export const STARTER_BOOK: Readonly<Record<Locale, StarterPhrases>> = {
  en: english,
  'zh-Hans': simplifiedChinese,
  'zh-Hant': traditionalChinese,
};

export const STARTER_RULES: Readonly<Record<Locale, readonly StarterRule[]>> = {
  en: englishRules,
  'zh-Hans': simplifiedChineseRules,
  'zh-Hant': traditionalChineseRules,
};

/**
 * What the starter book has for this store, when a relay starts; safe with several relays. A new store gets all of it; one of before,
 * what it has never had. Gives how many entries were written or offered.
 */
export function fillStarterBook(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    await lockBook(tx);
    const count = (await writeEntries(tx)) + (await offerRules(tx));
    if (count > 0) await raiseRevision(tx);
    return count;
  });
}

/**
 * Writes the starter phrases when there is no phrase at all, and the starter rules when there is no rule at all, retired ones
 * included: an installation of before gets the rules beside its own phrases. Both are part of the version that stands, the
 * first if there is none.
 */
async function writeEntries(tx: Db): Promise<number> {
  const phrases = (await hasNoPhrases(tx)) ? starterRows(Date.now()) : [];
  const rules = (await hasNoRules(tx)) ? starterRules(Date.now()) : [];
  if (phrases.length + rules.length === 0) return 0;
  await insertPhrases(tx, phrases);
  await insertRules(tx, rules);
  const { version } = await readBookNumbers(tx);
  if (version === 0) await insertVersion(tx, { by: null, note: '' });
  return phrases.length + rules.length;
}

/**
 * Rules of a later release are proposals by nobody: a company's book is its own. Each is offered once, whatever was decided on
 * it, and all wait for a later start while too many proposals wait.
 */
async function offerRules(tx: Db): Promise<number> {
  const known = new Set((await readRuleKeys(tx)).map(({ locale, key }) => `${locale} ${key}`));
  const offers = LOCALES.flatMap((locale) =>
    STARTER_RULES[locale]
      .filter(({ key }) => !known.has(`${locale} ${key}`))
      .map((rule) => ({ id: idFor(`starter ${locale} ${rule.key}`), locale, body: bodyOf(rule, locale) })),
  );
  const ids = offers.map(({ id }) => id);
  const offered = new Set((await readChangesById(tx, ids)).map(({ id }) => id));
  const fresh = offers.filter(({ id }) => !offered.has(id));
  if (
    !(await hasRoom(
      tx,
      fresh.map(({ body }) => body),
    ))
  )
    return 0;
  await insertChanges(
    tx,
    fresh.map((offer) => ({ ...offer, kind: 'rule' as const, target: null, before: null })),
  );
  return fresh.length;
}

function starterRows(now: number) {
  const rows = Object.entries(STARTER_BOOK).flatMap(([locale, book]) =>
    Object.entries(book).flatMap(([situation, phrases]) =>
      phrases.map((phrase) => ({ ...phrase, tags: [...(phrase.tags ?? [])], locale, situation })),
    ),
  );
  return inOrder(rows, now);
}

function starterRules(now: number) {
  const rows = LOCALES.flatMap((locale) =>
    STARTER_RULES[locale].map((rule) => ({ key: rule.key, locale, body: bodyOf(rule, locale) })),
  );
  return inOrder(rows, now);
}

/** One millisecond apart, so that the book keeps the order in which it was written. */
function inOrder<Row>(rows: readonly Row[], now: number): (Row & { readonly createdAt: string })[] {
  return rows.map((row, index) => ({ ...row, createdAt: new Date(now - rows.length + index).toISOString() }));
}
