/** What one sent message teaches the book: no words of it but those of a request, and never by whom. */
import type { RequestReport, WritingReport } from '@fullname/shared/book';
import type { Situation } from '@fullname/shared/situation';
import type { DraftMemory } from './memory.ts';
import { usedPhrases } from './own-words.ts';
import type { Answer } from './protocol.ts';
import { ruleKey } from './remarks.ts';

type ReportInput = {
  readonly conversation: string;
  readonly message: string;
  readonly situation: Situation;
  readonly words: string;
  readonly memory: DraftMemory;
  /** The reading of these words; null when nothing could read them. */
  readonly answer: Answer | null;
  /** What the customer asked for. */
  readonly asked: string | null;
  readonly silenced: ReadonlySet<string>;
  /** Words that came later and went again were only on their way to other words. */
  readonly noticedBefore: number;
};

/** As many as the relay takes. */
const PHRASES = 20;
const FINDINGS = 50;
const OFFERED = 5;
/** A wish is a sentence or two, not a letter. */
const ASKED_LENGTH = 1_000;

export function reportOf(input: ReportInput): WritingReport {
  const { conversation, message, situation, words, memory } = input;
  return {
    conversation,
    message,
    situation,
    phrases: usedPhrases(words, memory.phrases.peek()).slice(0, PHRASES),
    findings: findingsOf(input),
    request: requestOf(input),
  };
}

function findingsOf({ memory, answer, silenced, noticedBefore }: ReportInput): WritingReport['findings'] {
  const left = new Map(answer?.reading.findings.map((one) => [ruleKey(one), one.rule.id]));
  const decided = [...memory.met].flatMap(([key, { rule, since, outcome }]): WritingReport['findings'] => {
    if (outcome) return [{ rule, outcome }];
    if (left.has(key)) return [{ rule, outcome: 'left' }];
    return since < noticedBefore ? [{ rule, outcome: 'changed' }] : [];
  });
  const unmet = [...left].filter(([key]) => !memory.met.has(key) && !silenced.has(key));
  return [...decided, ...unmet.map(([, rule]) => ({ rule, outcome: 'left' as const }))].slice(0, FINDINGS);
}

/** A refusal is declined, or another way is offered; a wish met with something concrete is granted. */
function requestOf({ answer, asked, memory }: ReportInput): RequestReport | null {
  if (!answer || !asked) return null;
  const { refusal } = answer.reading;
  const wish = asked.slice(0, ASKED_LENGTH);
  if (!refusal) {
    if (!answer.facts.isOpen || answer.concrete.length === 0) return null;
    return { asked: wish, outcome: 'granted', offered: answer.concrete.slice(0, OFFERED), reason: null };
  }
  const offered = refusal.alternatives
    .map(({ from, to }) => answer.draft.slice(from, to).trim())
    .filter((one) => one !== '')
    .slice(0, OFFERED);
  if (offered.length > 0) return { asked: wish, outcome: 'alternative', offered, reason: null };
  return { asked: wish, outcome: 'declined', offered: [], reason: memory.reason.peek() };
}
