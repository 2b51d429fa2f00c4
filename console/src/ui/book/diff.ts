/** What became of a text, word by word. */

export type Piece = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string };

/** Above this product of word counts a comparison would be felt: the texts then stand whole beside each other. */
const MAX_CELLS = 1_500_000;

/** The pieces in reading order; neighbours of one kind are one piece. Joined without the gone ones they are `after`. */
export function diffWords(before: string, after: string): readonly Piece[] {
  const old = wordsOf(before);
  const next = wordsOf(after);
  const start = countSame(old, next);
  const end = countSame(old.slice(start).reverse(), next.slice(start).reverse());
  const middle = compare(old.slice(start, old.length - end), next.slice(start, next.length - end));
  const piece = (kind: Piece['kind'], words: readonly string[]): Piece => ({ kind, text: words.join('') });
  return joinPieces([
    piece('same', old.slice(0, start)),
    ...middle,
    piece('same', old.slice(old.length - end)),
  ]);
}

/** Chinese has no spaces between its words: the browser knows where they end. */
function wordsOf(text: string): readonly string[] {
  return [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map((one) => one.segment);
}

function countSame(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < Math.min(one.length, other.length) && one[count] === other[count]) count += 1;
  return count;
}

/** By the longest common subsequence of words. */
function compare(old: readonly string[], next: readonly string[]): readonly Piece[] {
  const known = new Set(next);
  if (old.length * next.length > MAX_CELLS || !old.some((word) => word.trim() && known.has(word)))
    return [
      { kind: 'gone', text: old.join('') },
      { kind: 'new', text: next.join('') },
    ];
  const width = next.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = next.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        old[i] === next[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    if (i < old.length && old[i] === next[j]) {
      pieces.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= next.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'gone', text: old[i] ?? '' });
      i += 1;
    } else {
      pieces.push({ kind: 'new', text: next[j] ?? '' });
      j += 1;
    }
  }
  return pieces;
}

/** A blank between two changed words is part of the change: one mark reads better than two. */
function joinPieces(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  let gone = '';
  let fresh = '';
  const close = () => {
    if (gone) joined.push({ kind: 'gone', text: gone });
    if (fresh) joined.push({ kind: 'new', text: fresh });
    [gone, fresh] = ['', ''];
  };
  pieces.forEach((piece, index) => {
    const isGlue =
      piece.text.trim() === '' && gone + fresh !== '' && (pieces[index + 1] ?? piece).kind !== 'same';
    if (piece.kind === 'same' && !isGlue) {
      close();
      const last = joined[joined.length - 1];
      if (last?.kind === 'same') joined[joined.length - 1] = { kind: 'same', text: last.text + piece.text };
      else if (piece.text) joined.push(piece);
    } else {
      if (piece.kind !== 'new') gone += piece.text;
      if (piece.kind !== 'gone') fresh += piece.text;
    }
  });
  close();
  return joined;
}
