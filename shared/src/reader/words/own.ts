/** A draft made ready for the guards: the writer's own words, folded, cut into sentences and these into clauses. */
import { type Folded, fold } from '../fold.ts';
import { type Sentence, sentencesOf } from '../sentences.ts';
import { ownWords } from '../skip.ts';

export type Span = { readonly from: number; readonly to: number };

export type Own = {
  /** As written, with holes for what is not the writer's own: for capital letters. */
  readonly raw: string;
  readonly folded: Folded;
  readonly sentences: readonly Sentence[];
};

let last: { readonly draft: string; readonly own: Own } | undefined;

/** The last draft is kept: several guards read the same one at each key. */
export function ownOf(draft: string): Own {
  if (last?.draft !== draft) last = { draft, own: makeOwn(draft) };
  return last.own;
}

export function makeOwn(draft: string): Own {
  const raw = ownWords(draft);
  const folded = fold(raw);
  return { raw, folded, sentences: sentencesOf(folded.text) };
}

/** A stretch of the folded text as offsets of the draft, without the space and punctuation at its ends. */
export function spanIn({ folded }: Own, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && EDGE.test(folded.text.charAt(start))) start += 1;
  while (end > start && EDGE.test(folded.text.charAt(end - 1))) end -= 1;
  return {
    from: folded.from[start] ?? 0,
    to: end > start ? (folded.to[end - 1] ?? 0) : (folded.from[start] ?? 0),
  };
}

export type Match = { readonly index: number; readonly words: string };

/** What `matchAll` gives, without the copy of the expression that it makes each time: large ones are dear to copy. */
export function allOf(pattern: RegExp, text: string): Match[] {
  const found: Match[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push({ index: match.index, words: match[0] });
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}

const EDGE = /[\s,;:、—–]/;
const CLAUSE_END =
  /[,;:、—–(]|(?<=\w) - (?=\w)|(?<!\w)(?:but|however|though|although|still)(?!\w)|(?<!不)但(?!凡)|(?<!再好)不过|然而/g;

/** Where the clauses of a sentence begin; the first is 0. */
export function clauseStarts(sentence: string): number[] {
  const starts = [0];
  // "but" belongs to the clause it opens; a comma ends the one before.
  for (const { index, words: mark } of allOf(CLAUSE_END, sentence))
    starts.push(/[\p{L}]/u.test(mark) ? index : index + mark.length);
  return starts;
}

/** The clause of a sentence that holds an offset. */
export function clauseAt(starts: readonly number[], at: number, end: number): Span {
  let index = starts.length - 1;
  while (index > 0 && (starts[index] ?? 0) > at) index -= 1;
  return { from: starts[index] ?? 0, to: starts[index + 1] ?? end };
}
