/** What one sent message teaches the book: phrases used, findings judged, a wish and what became of it. Words are judged, never people. */
import type { WritingReport } from '@fullname/shared/book';
import type { Rule } from '@fullname/shared/reader/rule';
import { RelayError } from '../relay-error.ts';
import { type BookNumbers, lockBook, lockBookShared, raiseRevision } from '../store/bible.ts';
import type { Db } from '../store/db.ts';
import { readRule, writeQuiet } from '../store/rules.ts';
import {
  holdOwnWords,
  holdRules,
  isReported,
  quietTaught,
  type RuleOutcome,
  storeOutcomes,
  storeUses,
} from '../store/writing.ts';
import { toRule } from './book.ts';
import { recordRequest } from './requests.ts';

/** One message cannot silence a rule by itself: more outcomes of one rule than this are not counted. */
const OUTCOMES_OF_A_RULE_MAX = 5;

/**
 * Stores a report once: the first on a message counts, any other changes nothing. UNKNOWN unless the message is this
 * person's own, sent to the customer. What the book no longer has is left out. Answers the book's numbers when dismissals
 * have taught a rule to be quiet, for `book:changed`.
 */
export function reportWriting(db: Db, person: string, report: WritingReport): Promise<BookNumbers | null> {
  const key = { conversation: report.conversation, message: report.message };
  return db.transaction(async (tx) => {
    if (report.findings.length > 0) await lockBookShared(tx);
    const words = await holdOwnWords(tx, key, person);
    if (!words) throw new RelayError('UNKNOWN');
    if (await isReported(tx, key)) return null;
    const known = await holdRules(tx, [...new Set(report.findings.map(({ rule }) => rule))]);
    await storeUses(tx, key, { situation: report.situation, uses: report.phrases });
    await storeOutcomes(tx, key, countable(report.findings, known));
    if (report.request) await recordRequest(tx, { ...key, words }, report.request);
    const taught = await quietTaught(tx, [...known]);
    return taught.length > 0 ? raiseRevision(tx) : null;
  });
}

/** An owner's word on a rule: quiet, or heard again and judged from now on. UNKNOWN when the book has no such rule. */
export function quietRule(db: Db, id: string, quiet: boolean): Promise<{ rule: Rule; numbers: BookNumbers }> {
  return db.transaction(async (tx) => {
    await lockBook(tx);
    if (!(await readRule(tx, id))) throw new RelayError('UNKNOWN');
    await writeQuiet(tx, id, quiet);
    const row = await readRule(tx, id);
    if (!row) throw new Error('a rule is not taken out under the lock');
    return { rule: toRule(row), numbers: await raiseRevision(tx) };
  });
}

function countable(findings: WritingReport['findings'], known: ReadonlySet<string>): RuleOutcome[] {
  const counts = new Map<string, number>();
  return findings.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return known.has(rule) && count <= OUTCOMES_OF_A_RULE_MAX;
  });
}
