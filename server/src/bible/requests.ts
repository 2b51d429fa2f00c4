/** Default to yes: what customers asked for, what was granted or offered instead, and what may be offered again. */
import type { Alternative, BookFigures, RequestReport } from '@fullname/shared/book';
import { hasHan, nearestLocale, pickWidgetLocale, type WidgetLocale } from '@fullname/shared/locale';
import { maskCards } from '@fullname/shared/reader/cards';
import { isTraditional } from '@fullname/shared/reader/fold';
import { REFUSAL_REASONS, type RefusalReason } from '@fullname/shared/reader/reading';
import { chineseOf } from '@fullname/shared/reader/sentences';
import { termsOf } from '../desk/search-terms.ts';
import type { Db } from '../store/db.ts';
import { refusingPhrases } from '../store/figures.ts';
import { countRequests, findOffers, storeRequest } from '../store/requests.ts';
import { type MessageKey, type OwnWords, readHeard } from '../store/writing.ts';
import { createMasker, cut, isForAnybody } from './mask.ts';

const ASKED_MAX = 1_000;
const OFFERED_MAX = 500;
const PAST_MAX = 5;
const ALTERNATIVES_MAX = 8;

/**
 * Stores a wish beside its message. Only words that were said count: what the customer wrote here (their last words where
 * the report has others), and offers that stand in the message. Nothing offered instead makes an alternative a no.
 */
export async function recordRequest(
  tx: Db,
  message: MessageKey & { readonly words: OwnWords },
  report: RequestReport,
): Promise<void> {
  const heard = await readHeard(tx, message.conversation, message.words.seq);
  const all = bare(heard.toReversed().join(''));
  const asked = cut(maskCards(all.includes(bare(report.asked)) ? report.asked : (heard[0] ?? '')), ASKED_MAX);
  const said = bare(message.words.body);
  const offered = report.offered
    .filter((text) => said.includes(bare(text)))
    .map((text) => cut(maskCards(text), OFFERED_MAX));
  const outcome = report.outcome === 'alternative' && offered.length === 0 ? 'declined' : report.outcome;
  const reason = outcome === 'declined' ? report.reason : null;
  const locale = languageOf(asked, message.words.locale);
  await storeRequest(tx, message, { asked, outcome, offered, reason, locale, terms: askingTerms(asked) });
}

/**
 * What may be offered beside a refusal: first what was granted or offered to those who asked alike in this language, without
 * a contact, a long number or a name of theirs or ours; then the book's own phrases.
 */
export async function findAlternatives(
  db: Db,
  request: { readonly asked: string; readonly locale: string; readonly colleagues: readonly string[] },
): Promise<Alternative[]> {
  const locale = languageOf(request.asked, request.locale);
  const [past, phrases] = await Promise.all([
    pastOffers(db, request, locale),
    refusingPhrases(db, { locale: nearestLocale(locale), limit: ALTERNATIVES_MAX }),
  ]);
  const book = phrases.map(({ id, text }): Alternative => ({ text, from: 'book', phrase: id }));
  return [...past, ...book].slice(0, ALTERNATIVES_MAX);
}

async function pastOffers(
  db: Db,
  request: { readonly asked: string; readonly colleagues: readonly string[] },
  locale: WidgetLocale,
): Promise<Alternative[]> {
  const terms = askingTerms(request.asked).slice(0, 24);
  if (terms.length === 0) return [];
  const shared = Math.max(1, Math.ceil(terms.length / 3));
  const offers = await findOffers(db, { terms, locale, shared, limit: 200, withinMs: 300 });
  const ours = createMasker(request.colleagues);
  const found = new Map<string, Alternative>();
  for (const { text, names } of offers) {
    if (found.size === PAST_MAX) break;
    if (!isForAnybody(text) || ours.names(text) || createMasker(names).names(text)) continue;
    const key = bare(text).toLowerCase();
    if (!found.has(key)) found.set(key, { text, from: 'past', phrase: null });
  }
  return [...found.values()];
}

/** How often the answer was yes. */
export async function yesRate(db: Db, locale: string | undefined): Promise<BookFigures['requests']> {
  const rows = await countRequests(db, locale);
  const sum = (matches: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(matches).reduce((total, row) => total + row.count, 0);
  const of = (outcome: string) => sum((row) => row.outcome === outcome);
  const [granted, alternative, declined] = [of('granted'), of('alternative'), of('declined')];
  const all = granted + alternative + declined;
  const reasons = Object.fromEntries(
    REFUSAL_REASONS.map((reason) => [reason, sum((row) => row.reason === reason)]),
  ) as Record<RefusalReason, number>;
  return {
    granted,
    alternative,
    declined,
    reasons,
    yesRate: all === 0 ? null : (granted + alternative) / all,
  };
}

/** The language somebody asks in, which need not be that of their interface. */
function languageOf(asked: string, conversation: string): WidgetLocale {
  const interfaces = pickWidgetLocale([conversation]);
  if (hasHan(asked))
    return interfaces === 'ja' ? 'ja' : chineseOf(nearestLocale(interfaces), () => isTraditional(asked));
  // Latin letters tell English from Chinese, Japanese and Arabic, and from nothing else.
  const latin = (asked.match(/[A-Za-z]+/g)?.length ?? 0) >= 3;
  return latin && !/^(es|fr|de)$/.test(interfaces) ? 'en' : interfaces;
}

const SMALL_WORDS = new Set(
  (
    'a an and any are as at be been but by can could d did do does for from get give had has have hello hey hi how i if in is it ' +
    'its just ll m may me my need no not of off on or our please re s shall should so some t thank thanks that the their them ' +
    'then there these they this to up us ve want was we were what when where which who why will with would yes you your'
  ).split(' '),
);
const SMALL_PAIRS = new Set(
  '我想 我要 可以 能不 不能 请问 請問 一下 你们 你們 我们 我們 什么 什麼 怎么 怎麼 是不 不是 可不 谢谢 謝謝 您好 你好 帮我 幫我 能否 吗我 嗎我'.split(
    ' ',
  ),
);

/** What a wish is known by: words that carry it. Of Chinese, the pairs; a single character says too little. */
function askingTerms(asked: string): string[] {
  return termsOf(asked).filter(
    (term) => !SMALL_WORDS.has(term) && !SMALL_PAIRS.has(term) && !(hasHan(term) && [...term].length === 1),
  );
}

/** Without its spaces, so that words are found however lines were joined. */
function bare(text: string): string {
  return maskCards(text).replace(/\s+/g, '');
}
