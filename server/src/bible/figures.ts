/** What the book tells the company: by rule and by situation. Never by person, and no person is named in it. */
import type { BookFigures } from '@fullname/shared/book';
import { SITUATIONS } from '@fullname/shared/situation';
import type { Db } from '../store/db.ts';
import {
  type PhraseFigures,
  type RuleFigures,
  readNames,
  readPhraseFigures,
  readRuleFigures,
} from '../store/figures.ts';
import { createMasker, type Masker } from './mask.ts';
import { yesRate } from './requests.ts';

const NEXT_MAX = 200;
/** Cut only after every name is out: half of a name is a name. */
const WHOLE = Number.POSITIVE_INFINITY;
/** A share of fewer judgements than this says nothing. */
const JUDGED_MIN = 10;

/** The figures of one language, or of all. */
export async function bookFigures(db: Db, locale?: string): Promise<BookFigures> {
  const [rules, phrases, requests, ours] = await Promise.all([
    readRuleFigures(db, locale),
    readPhraseFigures(db, locale),
    yesRate(db, locale),
    readNames(db),
  ]);
  const colleagues = createMasker(ours);
  return {
    rules: rules.map(toRule),
    situations: SITUATIONS.flatMap((situation) => {
      const used = phrases.filter((row) => row.situation === situation);
      return used.length === 0 ? [] : { situation, phrases: used.map((row) => toPhrase(row, colleagues)) };
    }),
    requests,
  };
}

function toRule(row: RuleFigures): BookFigures['rules'][number] {
  const { rule, findings, taken, dismissed, notHere, changed, left, quietSince } = row;
  const heeded = taken + changed;
  const judged = heeded + dismissed + notHere;
  return {
    rule,
    findings,
    outcomes: { taken, dismissed, 'not-here': notHere, changed, left },
    lately: { dismissed: row.latelyDismissed, of: row.latelyOf },
    precision: judged < JUDGED_MIN ? null : heeded / judged,
    quietSince,
  };
}

function toPhrase(
  { phrase, asItStands, edited, next }: PhraseFigures,
  colleagues: Masker,
): BookFigures['situations'][number]['phrases'][number] {
  const words = next.map(({ text, names }) => {
    const known = names.filter((name) => name !== null);
    return createMasker(known).mask(colleagues.mask(text, WHOLE), NEXT_MAX);
  });
  return { phrase, asItStands, edited, next: words };
}
