/** Concrete alternatives: an action with a time, a place or a named thing. "Anything else?" and "how about never?" are none. */
import type { Sentence } from './sentences.ts';
import {
  ANCHORS_EN,
  AVAILABLE_EN,
  BODILY_PLACE,
  NAMED_PLACE,
  NO_OFFER_BEFORE_EN,
  OFFERS_EN,
  VAGUE_EN,
} from './words/offering-en.ts';
import { ANCHOR_ZH, AVAILABLE_ZH, NO_OFFER_BEFORE_ZH, OFFERS_ZH, VAGUE_ZH } from './words/offering-zh.ts';
import { allOf, clauseAt, clauseStarts, type Own, type Span } from './words/own.ts';
import { spansOf, timesInEnglish } from './words/times.ts';

/** The concrete alternatives of a draft, in offsets of the folded text; `refused` are the stretches that say no. */
export function alternativesIn(own: Own, refused: readonly Span[]): Span[] {
  return own.sentences.flatMap((sentence) => {
    const inside = refused
      .filter(({ from, to }) => to > sentence.from && from < sentence.to)
      .map(({ from, to }) => ({ from: from - sentence.from, to: to - sentence.from }));
    const place: Place = {
      sentence: sentence.text,
      refused: inside,
      anchors: () =>
        sentence.isChinese ? spansOf(sentence.text, ANCHOR_ZH()) : englishAnchors(own, sentence),
    };
    const offers = offersIn(place, sentence.isChinese ? chinese() : ENGLISH);
    return offers.map(({ from, to }) => ({ from: from + sentence.from, to: to + sentence.from }));
  });
}

type Language = {
  readonly offers: RegExp;
  /** What is offered stands before: "Friday at nine is free". */
  readonly available: RegExp;
  readonly noOfferBefore: RegExp;
  readonly vague: RegExp;
  /** In what is offered so: it is none. */
  readonly negated: RegExp;
  /** How a time begins that may stand before its offer. */
  readonly opening: RegExp;
};
const ENGLISH: Language = {
  offers: OFFERS_EN,
  available: AVAILABLE_EN,
  noOfferBefore: NO_OFFER_BEFORE_EN,
  vague: VAGUE_EN,
  negated: /\b(?:not|no|never|if|whether|until|unless|what|which)\b|n't\b/,
  opening: /^(?:after|from|as of|starting|on|tomorrow|next|this)\b/,
};
const chinese = (): Language => ({
  offers: OFFERS_ZH(),
  available: AVAILABLE_ZH(),
  noOfferBefore: NO_OFFER_BEFORE_ZH(),
  vague: VAGUE_ZH(),
  negated: /没|无|(?<![行好可])不(?!错|过)|如果|什么/,
  opening: /^$/,
});

/** How far before an offer a word may stand that undoes it. */
const LOOK_BACK = 40;
/** What stands in the place of a link. */
const LEFT_OUT = '\ufffc';
/** Between a time that opens a sentence and its offer: "After 30 days have passed, you can". */
const NEAR = 16;

type Place = {
  readonly sentence: string;
  /** The stretches of it that say no. */
  readonly refused: readonly Span[];
  /** Times, places and named things: dear to look for, and most sentences offer nothing. */
  readonly anchors: () => readonly Span[];
};

function offersIn({ sentence, refused, anchors: look }: Place, language: Language): Span[] {
  const free = (at: number) => !refused.some(({ from, to }) => at >= from && at < to);
  const offers = allOf(language.offers, sentence).filter(({ index }) => free(index));
  const available = allOf(language.available, sentence).filter(({ index }) => free(index));
  if (offers.length === 0 && available.length === 0) return [];
  const anchors = look();
  if (anchors.length === 0) return [];
  const starts = clauseStarts(sentence);
  const found: Span[] = [];
  let done = 0;
  for (const { index } of offers) {
    const clause = clauseAt(starts, index, sentence.length);
    const before = sentence.slice(Math.max(clause.from, index - LOOK_BACK), index);
    if (index < done || language.noOfferBefore.test(before)) continue;
    const limit = refused.find(({ from }) => from > index)?.from ?? sentence.length;
    const isOpening = ({ from, to }: Span) =>
      to <= index &&
      index - to <= NEAR &&
      language.opening.test(sentence.slice(from, to)) &&
      !refused.some((no) => no.to > from && no.from < index);
    const anchor =
      anchors.find(({ from, to }) => to > index && from >= index - 1 && to <= limit) ??
      anchors.find(isOpening);
    if (!anchor) continue;
    // What is written right behind a link has no full stop before it: "… here: LINK We hope this helps".
    const behind = sentence.charAt(anchor.to - 1) === LEFT_OUT ? anchor.to : sentence.length;
    const clauseEnd = clauseAt(starts, Math.max(index, anchor.to - 1), sentence.length).to;
    const end = Math.min(limit, behind, clauseEnd);
    if (language.vague.test(sentence.slice(index, end))) continue;
    found.push({ from: index, to: end });
    done = end;
  }
  for (const { index } of available) {
    const clause = clauseAt(starts, index, sentence.length);
    const words = sentence.slice(clause.from, clause.to);
    if (found.some(({ from, to }) => from < clause.to && to > clause.from)) continue;
    if (language.negated.test(words) || language.vague.test(words)) continue;
    if (anchors.some(({ from, to }) => from >= clause.from && to <= clause.to + 1)) found.push(clause);
  }
  return found;
}

function englishAnchors(own: Own, sentence: Sentence): Span[] {
  return [
    ...timesInEnglish(sentence.text),
    ...ANCHORS_EN.flatMap((anchor) => spansOf(sentence.text, anchor)),
    ...namedPlaces(own, sentence),
  ];
}

/** "At our shop in Mill Lane": capital letters tell, and they are in the text as written. */
function namedPlaces({ raw, folded }: Own, sentence: Sentence): Span[] {
  const from = folded.from[sentence.from] ?? 0;
  const words = raw.slice(from, folded.to[sentence.to - 1] ?? from);
  return [NAMED_PLACE, BODILY_PLACE].flatMap((pattern) => {
    const match = pattern.exec(words);
    return match ? [{ from: match.index, to: match.index + match[0].length }] : [];
  });
}
