/** Promises in the agent's own words: somebody here commits, and names a time. */
import type { PromiseFinding } from './reading.ts';
import type { Sentence } from './sentences.ts';
import { allOf, clauseAt, clauseStarts, type Own, ownOf, type Span, spanIn } from './words/own.ts';
import {
  COMMITS_EN,
  COMMITS_ZH,
  GREETING_BEFORE_EN,
  NO_DUE_EN,
  NO_DUE_ZH,
  OTHER_CLAUSE_EN,
  OTHER_CLAUSE_ZH,
  WHEN_ZH,
} from './words/promising.ts';
import { timesInEnglish } from './words/times.ts';

/** One for each sentence that promises; the span goes from the promise to its time. */
export function promisesIn(draft: string): readonly PromiseFinding[] {
  const own = ownOf(draft);
  return own.sentences.flatMap((sentence) => {
    const kept = sentence.isChinese ? chinese(sentence.text) : english(sentence.text);
    return kept ? [findingOf(draft, { own, sentence, ...kept })] : [];
  });
}

/** Offsets in the sentence. */
type Kept = { readonly promise: Span; readonly when: Span };

function findingOf(
  draft: string,
  { own, sentence, promise, when }: Kept & { own: Own; sentence: Sentence },
): PromiseFinding {
  const at = (from: number, to: number) => spanIn(own, sentence.from + from, sentence.from + to);
  const whole = at(0, sentence.text.length);
  const time = at(when.from, when.to);
  return {
    ...at(Math.min(promise.from, when.from), Math.max(promise.to, when.to)),
    text: draft.slice(whole.from, whole.to),
    when: draft.slice(time.from, time.to),
  };
}

/** The shortest promise with a time has more signs than this; most sentences have no digit and no word of time near "will". */
const WILL =
  /'ll\b|\bwill\b|\bshall\b|\bgoing to\b|\bpromise\b|\bships?\b|\barrives?\b|\b(?:goes|go) out\b|\bleaves?\b|\bdue\b|\bcomes\b|\bcoming\b|\bvisits\b|\bexpect\b|\bconsider it\b|\blet me\b|\bguarantee\b|\b(?:i|we)(?:'m|'re| am| are) \w/;

function english(sentence: string): Kept | null {
  if (!WILL.test(sentence)) return null;
  const starts = clauseStarts(sentence);
  let times: Span[] | undefined;
  for (const match of allOf(COMMITS_EN, sentence)) {
    const promise = { from: match.index, to: match.index + match.words.length };
    if (asksWith(sentence, clauseAt(starts, promise.from, sentence.length))) continue;
    const before = sentence.slice(0, promise.from);
    if (IF_BEFORE.test(before)) continue;
    times ??= timesIn(sentence);
    const when = times.find((time) => belongs(sentence, promise, time));
    if (when) return { promise, when };
  }
  return null;
}

/** "If we will …", "I hope that you will …": no commitment. */
const IF_BEFORE =
  /\b(?:if|whether|when|once|unless|until|hope|hoping|wish|doubt|think|not sure|how|what|where|which)(?: that)? $/;

function timesIn(sentence: string): Span[] {
  return timesInEnglish(sentence).filter(
    ({ from, to }) =>
      !NO_DUE_EN.test(sentence.slice(from, to).trim()) && !GREETING_BEFORE_EN.test(sentence.slice(0, from)),
  );
}

/** How many signs may stand between a time that opens a sentence and its promise. */
const NEAR = 12;

function belongs(sentence: string, promise: Span, time: Span): boolean {
  if (time.from >= promise.from) return !OTHER_CLAUSE_EN.test(sentence.slice(promise.from, time.from));
  if (time.to > promise.from || promise.from - time.to > NEAR) return false;
  return !OTHER_CLAUSE_EN.test(sentence.slice(0, promise.from));
}

/** A question, when the promise stands in its last clause: "I'll call you by four, is that all right?" promises. */
function asksWith(sentence: string, clause: Span): boolean {
  return sentence.trimEnd().endsWith('?') && clause.to >= sentence.trimEnd().length - 1;
}

function chinese(sentence: string): Kept | null {
  const times = allOf(WHEN_ZH(), sentence)
    .map(({ index, words }) => {
      const bare = words.replace(/^[在于]/, '');
      return { from: index + words.length - bare.length, to: index + words.length, words: bare };
    })
    .filter(({ words }) => !NO_DUE_ZH().test(words));
  if (times.length === 0) return null;
  const starts = clauseStarts(sentence);
  for (const { index, words } of allOf(COMMITS_ZH(), sentence)) {
    const promise = { from: index, to: index + words.length };
    const clause = clauseAt(starts, promise.from, sentence.length);
    const all = sentence.slice(clause.from, clause.to);
    if (asksWith(sentence, clause) || /[吗么]\s*[,?]?$/.test(all) || OTHER_CLAUSE_ZH().test(all)) continue;
    // The time stands in the promise's clause, or is the one before ("明天上午，我联系您") or after it ("最晚六点").
    const earlier = clause.from > 0 ? clauseAt(starts, clause.from - 1, sentence.length) : clause;
    const when = times.find(({ from, to }) => {
      if (from >= clause.from && to <= clause.to) return true;
      if (to > clause.from - 3 && to <= clause.from) return from - earlier.from <= 3;
      return from >= clause.to && from - clause.to <= 1 && LATEST_ZH.test(sentence.slice(from, to));
    });
    if (when) return { promise, when };
  }
  return null;
}

const LATEST_ZH = /^(?:最晚|最迟|大约|约|预计)/;
