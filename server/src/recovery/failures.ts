/** What went wrong: the record, made while it is warm, and the sentence with which to acknowledge it. */

import { hasHan, type Locale } from '@fullname/shared/locale';
import type { Failure, Phrase } from '@fullname/shared/model';
import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import type { FailureDraft, Money } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import {
  type FailureFacts,
  type FailureRow,
  isoOrNull,
  type Names,
  readFailures,
  readNames,
  storeFailure,
} from '../store/recovery.ts';

/** What the relay knows at that minute and the agent need not type. `load` as in `Failure`; `by` is the author. */
export type FailureContext = {
  readonly customer: string | null;
  readonly by: string;
  readonly ally: string | null;
  readonly load: number | null;
  readonly onShift: readonly string[];
};

/**
 * Records a failure under the id of its draft. The author's retry gets the first row; an id that was used by somebody
 * else, or for other words, is a CONFLICT.
 */
export async function logFailure(tx: Db, draft: FailureDraft, context: FailureContext): Promise<Failure> {
  const facts = {
    conversation: draft.conversation,
    what: draft.what,
    product: draft.product ?? null,
    element: draft.element ?? null,
    putRight: draft.putRight ?? null,
    extra: draft.extra ?? null,
    owed: draft.owed ?? null,
    owedBy: draft.owedBy ?? null,
  };
  const row = await storeFailure(tx, {
    id: draft.id,
    ...facts,
    stage: facts.putRight === null ? 'noticed' : 'fixed',
    customer: context.customer,
    by: context.by,
    ally: context.ally,
    load: context.load,
    onShift: [...context.onShift],
  });
  if (!row || row.by !== context.by || !isSame(row, facts)) throw new RelayError('CONFLICT');
  const names = await readNames(tx, [row.by, ...(row.ally === null ? [] : [row.ally]), ...row.onShift]);
  return toFailure(row, names);
}

type Facts = Pick<
  FailureRow,
  'conversation' | 'what' | 'product' | 'element' | 'putRight' | 'extra' | 'owed' | 'owedBy'
>;

function isSame(row: Facts, facts: Facts): boolean {
  return (
    row.conversation === facts.conversation &&
    row.what === facts.what &&
    row.product === facts.product &&
    row.element === facts.element &&
    row.putRight === facts.putRight &&
    row.extra === facts.extra &&
    row.owed === facts.owed &&
    isoOrNull(row.owedBy) === isoOrNull(facts.owedBy)
  );
}

/** A customer's failures, newest first, at most 100. */
export async function failuresOf(db: Db, customer: string, names: Names): Promise<Failure[]> {
  const rows = await readFailures(db, customer, 100);
  return rows.map((row) => toFailure(row, names));
}

/** The row as both ends speak of it. */
export function toFailure(row: FailureFacts, names: Names): Failure {
  return {
    id: row.id,
    conversation: row.conversation,
    at: iso(row.at),
    recordedAt: iso(row.createdAt),
    what: row.what,
    product: row.product,
    place: row.place,
    channel: row.channel,
    element: row.element,
    category: row.category,
    severity: row.severity,
    quotes: row.quotes,
    irreplaceable: row.irreplaceable,
    wants: row.wants,
    stage: row.stage,
    putRight: row.putRight,
    restored: row.restored,
    extra: row.extra,
    noExtra: row.noExtra,
    level: row.level,
    owed: row.owed,
    owedBy: isoOrNull(row.owedBy),
    cause: row.cause,
    causeNote: row.causeNote,
    cost: moneyOf(row.cost, row.costCurrency),
    disputed: moneyOf(row.disputed, row.disputedCurrency),
    ally: row.ally === null ? null : names(row.ally),
    load: row.load,
    onShift: row.onShift.map(names),
    by: names(row.by),
    reopened: row.reopened,
    revision: row.revision,
  };
}

function moneyOf(amount: number | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}

/**
 * One sentence that acknowledges a failure, in the conversation's language: the book's first phrase with the tag
 * `acknowledge` that has no open slot left, else a built-in one. What happened is named only where it was written in
 * the same script: an English note in the middle of a Chinese sentence would be read aloud by nobody.
 */
export function acknowledgement(
  failure: Pick<Failure, 'what' | 'ally'>,
  locale: Locale,
  phrases: readonly Pick<Phrase, 'locale' | 'tags' | 'text'>[],
): string {
  const what = hasHan(failure.what) === (locale !== 'en') ? clauseOf(failure.what) : null;
  const values = { 'failure.what': what, 'ally.fullName': failure.ally?.fullName ?? null };
  for (const phrase of phrases) {
    if (phrase.locale !== locale || !phrase.tags.includes('acknowledge')) continue;
    const sentence = fillPhrase(phrase.text, values);
    if (openSlots(sentence).length === 0) return sentence;
  }
  return fillPhrase(what === null ? SAY[locale].plain : SAY[locale].naming, values);
}

const LONGEST_CLAUSE = 120;

/** Words from a form, fit to stand inside a sentence: one line, no full stop; null when too long for that. */
function clauseOf(what: string): string | null {
  const clause = what
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.。!！…]+$/u, '');
  return clause === '' || clause.length > LONGEST_CLAUSE ? null : clause.replace(SENTENCE_START, lowerCase);
}

/** The words that a sentence begins with and that are no names: inside another sentence they are written small. */
const SENTENCE_START =
  /^(?:A|An|The|This|That|My|Our|His|Her|Their|Its|No|Not|One|Two|Three|It|He|She|They|We|Both)\b/;

function lowerCase(word: string): string {
  return word.toLowerCase();
}

const SAY: Record<Locale, { readonly plain: string; readonly naming: string }> = {
  en: {
    plain: 'I have read about what went wrong last time, I am sorry, and you need not explain it again.',
    naming:
      'I have read what went wrong last time ({failure.what}), I am sorry, and you need not explain it again.',
  },
  'zh-Hans': {
    plain: '上次给您添的麻烦我已经了解了，真的很抱歉，您不用再从头说一遍。',
    naming: '上次的事（{failure.what}）我已经了解了，真的很抱歉，您不用再从头说一遍。',
  },
  'zh-Hant': {
    plain: '上次造成您困擾的經過我已經了解了，真的很抱歉，您不必再從頭說明一次。',
    naming: '上次的事（{failure.what}）我已經了解了，真的很抱歉，您不必再從頭說明一次。',
  },
};
