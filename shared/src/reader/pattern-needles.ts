/** The words by which a pattern is looked for: cheap to find, and certain to be in every match. */
import type { Part, Sequence } from './pattern-text.ts';

/** Between Chinese and Latin letters, where people set a space or do not. */
export const BORDER = /(?<=\p{Script=Han})(?=[a-z\d])|(?<=[a-z\d])(?=\p{Script=Han})/u;

/** Words of which every match holds one: the longest such set. Null when nothing is certain to be there. */
export function needlesOf(sequence: Sequence): string[] | null {
  let best: string[] | null = null;
  for (const part of joined(sequence)) {
    const found = needlesOfPart(part);
    if (found && (!best || shortest(found) > shortest(best))) best = found;
  }
  return best;
}

/** Of each part that must be there the words, one of which every match holds. Names are left to the matcher. */
export function needsOf(sequence: Sequence): string[][] {
  return joined(sequence).flatMap((part) => {
    const needles = namesNobody(part) ? needlesOfPart(part) : null;
    return needles ? [needles] : [];
  });
}

function namesNobody(part: Part): boolean {
  if (part.kind !== 'group') return part.kind !== 'name';
  return part.options.every((option) => option.every((item) => namesNobody(item.part)));
}

/** Latin words in a row are one needle, since folded text has single spaces; between Chinese ones there may be none. */
function joined(sequence: Sequence): Part[] {
  const parts: Part[] = [];
  for (const { part } of sequence) {
    const before = parts.at(-1);
    if (before?.kind === 'text' && part.kind === 'text' && isLatin(before.text + part.text))
      parts[parts.length - 1] = { kind: 'text', text: `${before.text} ${part.text}`.trim() };
    else parts.push(part);
  }
  return parts;
}

export function isLatin(text: string): boolean {
  return !/\p{Script=Han}/u.test(text);
}

function needlesOfPart(part: Part): string[] | null {
  if (part.kind === 'text') {
    const longest = part.text.split(BORDER).reduce((a, b) => (b.length > a.length ? b : a), '');
    return /[\p{L}\p{N}]/u.test(longest) ? [longest] : null;
  }
  if (part.kind === 'name') return [part.name];
  if (part.kind !== 'group' || part.optional) return null;
  const all = part.options.map(needlesOf);
  return all.every((one) => one !== null) ? all.flat() : null;
}

function shortest(words: readonly string[]): number {
  return Math.min(...words.map((word) => word.length));
}
