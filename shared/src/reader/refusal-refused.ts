/** Where a draft says no, in offsets of its folded text. */
import { allOf, clauseAt, clauseStarts, type Own, type Span } from './words/own.ts';
import {
  ASKS_EN,
  FOLLOWED_UP_EN,
  HEARTFELT_EN,
  HINT_EN,
  IGNORANT_EN,
  IMPERSONAL_EN,
  REFUSES_EN,
  ROUNDABOUT_EN,
  SOFTENED_BEFORE_NOT_EN,
  SOFTENED_EN,
} from './words/refusing-en.ts';
import {
  ASKS_ZH,
  ELSEWHERE_ZH,
  FOLLOWED_UP_ZH,
  HEARTFELT_ZH,
  HINT_ZH,
  IGNORANT_ZH,
  REFUSES_ZH,
  SET_PHRASES_ZH,
  SOFTENED_ZH,
} from './words/refusing-zh.ts';

/** Every refused stretch, in offsets of the folded text. */
export function refusedIn(own: Own): Span[] {
  const text = own.folded.text;
  const hasChinese = own.sentences.some(({ isChinese }) => isChinese);
  if (!HINT_EN.test(text) && !(hasChinese && HINT_ZH().test(text))) return [];
  const found = own.sentences.flatMap((sentence) => {
    const words = sentence.text.trimStart();
    const start = sentence.to - words.length;
    const refusals = sentence.isChinese ? chinese(words) : english(words);
    return refusals.map(({ from, to, isIgnorant }) => ({ from: from + start, to: to + start, isIgnorant }));
  });
  const isFollowedUp = FOLLOWED_UP_EN.test(text) || (hasChinese && FOLLOWED_UP_ZH().test(text));
  return found.filter(({ isIgnorant }) => !(isIgnorant && isFollowedUp)).sort((a, b) => a.from - b.from);
}

/** `isIgnorant`: "I can't tell you yet", which is no refusal when the writer follows it up. */
type Refused = Span & { readonly isIgnorant: boolean };

const NO_EN = [...REFUSES_EN, ...IMPERSONAL_EN, ...ROUNDABOUT_EN];
const CAN_NOT = /(?:can'?t|cannot|can not|can never|can no longer|able|able to|never|for(?:bidden)?) ?$/;

function english(sentence: string): Refused[] {
  if (!HINT_EN.test(sentence)) return [];
  const asks = sentence.trimEnd().endsWith('?');
  const starts = clauseStarts(sentence);
  const found: Refused[] = [];
  for (const pattern of NO_EN) {
    for (const match of allOf(pattern, sentence)) {
      const end = match.index + match.words.length;
      const clause = clauseAt(starts, match.index, sentence.length);
      const before = sentence.slice(clause.from, match.index);
      const isBare = /^(?:n't| not)\b/.test(match.words);
      if ((isBare ? SOFTENED_BEFORE_NOT_EN : SOFTENED_EN).test(before)) continue;
      if (asks && (ASKS_EN.test(sentence) || ASKS_EN.test(before.trimStart()))) continue;
      const after = sentence.slice(end).trimStart();
      const isInability = CAN_NOT.test(match.words);
      if (isInability && HEARTFELT_EN.test(after)) continue;
      const clauseEnd = clauseAt(starts, Math.max(match.index, end - 1), sentence.length).to;
      const next = NEXT_SUBJECT.exec(sentence.slice(end, clauseEnd));
      const to = next ? end + next.index : clauseEnd;
      const subject = isBare ? (/(?:\b[a-z]+ )?[a-z]+$/.exec(before)?.[0].length ?? 0) : 0;
      const from = match.index - subject;
      found.push({ from, to, isIgnorant: isInability && IGNORANT_EN.test(after) });
    }
  }
  return found;
}

/** "We can't deliver on Sunday so I'll send it on Monday": the refusal ends where somebody does something else. */
const NEXT_SUBJECT =
  / (?:so|and|or|then|instead|yet|whereas|while) (?:i|we|you|he|she|they|let|how|would|shall|my|our|maybe|perhaps|monday|tuesday|wednesday|thursday|friday|saturday|tomorrow|there)\b/;

function chinese(sentence: string): Refused[] {
  if (!HINT_ZH().test(sentence)) return [];
  const starts = clauseStarts(sentence);
  const found: Refused[] = [];
  for (const pattern of [REFUSES_ZH(), SET_PHRASES_ZH()]) {
    for (const match of allOf(pattern, sentence)) {
      const end = match.index + match.words.length;
      const clause = clauseAt(starts, end - 1, sentence.length);
      const words = sentence.slice(clause.from, clause.to).trimEnd();
      const until = pattern === REFUSES_ZH() ? end - 1 : Math.max(clause.from, match.index);
      if (SOFTENED_ZH().test(sentence.slice(clause.from, until))) continue;
      if (ASKS_ZH().test(words) && isAsked(words, sentence, clause)) continue;
      const after = sentence.slice(end);
      const isOurs = /[我咱本]|这边|店里|[求件]$/.test(match.words) || /^[为给帮替][您你]/.test(after);
      if (!isOurs && ELSEWHERE_ZH().test(sentence.slice(0, end))) continue;
      if (HEARTFELT_ZH().test(after)) continue;
      const from = Math.min(match.index, end - 1);
      found.push({ from, to: clause.to, isIgnorant: IGNORANT_ZH().test(after) });
    }
  }
  return found;
}

/** "不能改吗，" asks wherever it stands; a bare question mark only asks with what stands right before it. */
function isAsked(words: string, sentence: string, clause: Span): boolean {
  if (/(?:吗|么|嘛)[,?]?$/.test(words)) return true;
  return clause.to >= sentence.length && sentence.trimEnd().endsWith('?');
}
