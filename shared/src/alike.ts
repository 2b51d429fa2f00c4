/**
 * Texts that say the same thing, found without knowing how many things are said: TF-IDF over runs of letters, cosine, average linkage, and
 * a cut below which nothing is put together. The measure is the plain one of the field; `npm run eval -- alike` shows how near it comes on
 * questions that people have sorted (docs/evaluation.md).
 */

/** `members` are indices into the texts, the nearest to all the others first; `typical` is the first of them. */
export type Alike = { readonly typical: number; readonly members: readonly number[] };

/** Lower, and more is put together that is not the same. */
const CUT = 0.15;
/** Words bend at their ends: runs of so many letters meet where whole words do not. */
const RUNS = [3, 4, 5];
/** Where a sign is a word or half a one, longer runs seldom come twice. */
const SIGNS = [1, 2];
const SIGN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

type Vector = ReadonlyMap<number, number>;

/**
 * Every text is in exactly one group; the largest groups first, equal ones in the order of the texts. Time and memory grow with the
 * square of how many there are: a few thousand at most, and never on the relay's own loop.
 */
export function groupAlike(texts: readonly string[]): readonly Alike[] {
  const vectors = vectorsOf(texts);
  const likeness = likenessOf(vectors);
  return linked(likeness, texts.length)
    .map((members) => ordered(members, vectors))
    .sort((one, other) => other.members.length - one.members.length || first(one) - first(other));
}

function runsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (letters: readonly string[], lengths: readonly number[]): void => {
    for (const length of lengths)
      for (let at = 0; at + length <= letters.length; at++) {
        const run = letters.slice(at, at + length).join('');
        counts.set(run, (counts.get(run) ?? 0) + 1);
      }
  };
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  for (const [signs] of plain.matchAll(SIGN)) count([...signs], SIGNS);
  const rest = plain.replace(SIGN, ' ').trim();
  if (rest) count([...` ${rest} `], RUNS);
  return counts;
}

/** Of length one. A text without a letter is like nothing. */
function vectorsOf(texts: readonly string[]): Vector[] {
  const numbers = new Map<string, number>();
  const holders: number[] = [];
  const counted = texts.map((text) =>
    [...runsOf(text)].map(([run, times]): [number, number] => {
      const number = numbers.get(run) ?? numbers.size;
      numbers.set(run, number);
      holders[number] = (holders[number] ?? 0) + 1;
      return [number, times];
    }),
  );
  return counted.map((runs) => {
    const weighed = runs.map(([number, times]): [number, number] => [
      number,
      times * (Math.log((1 + texts.length) / (1 + (holders[number] ?? 0))) + 1),
    ]);
    const length = Math.hypot(...weighed.map(([, weight]) => weight));
    return new Map(weighed.map(([number, weight]) => [number, weight / length]));
  });
}

/** Cosines of all pairs, row by row. */
function likenessOf(vectors: readonly Vector[]): Float32Array {
  const n = vectors.length;
  const likeness = new Float32Array(n * n);
  const posted = new Map<number, { readonly texts: number[]; readonly weights: number[] }>();
  for (const [at, vector] of vectors.entries()) {
    const row = likeness.subarray(at * n, at * n + n);
    for (const [run, weight] of vector) {
      const earlier = posted.get(run) ?? { texts: [], weights: [] };
      earlier.texts.forEach((text, index) => {
        row[text] = (row[text] ?? 0) + weight * (earlier.weights[index] ?? 0);
      });
      earlier.texts.push(at);
      earlier.weights.push(weight);
      posted.set(run, earlier);
    }
    for (let other = 0; other < at; other++) likeness[other * n + at] = row[other] ?? 0;
  }
  return likeness;
}

/**
 * Average linkage by chains of nearest neighbours (Benzécri, Juan; Murtagh 1983): who are each other's nearest are joined. Two whose
 * likeness is below the cut are done, since no joining of others brings an average above its parts.
 */
function linked(likeness: Float32Array, n: number): number[][] {
  const groups = new Map<number, number[]>(Array.from({ length: n }, (_, at) => [at, [at]]));
  const alive = new Set(groups.keys());
  const at = (one: number, other: number): number => likeness[one * n + other] ?? 0;
  const nearest = (one: number, favourite: number | undefined): number | undefined => {
    let best = favourite;
    for (const other of alive)
      if (other !== one && (best === undefined || at(one, other) > at(one, best))) best = other;
    return best;
  };
  const join = (into: number, from: number): void => {
    const [mine, theirs] = [groups.get(into) ?? [], groups.get(from) ?? []];
    const all = mine.length + theirs.length;
    for (const other of alive) {
      const mean = (at(into, other) * mine.length + at(from, other) * theirs.length) / all;
      likeness[into * n + other] = mean;
      likeness[other * n + into] = mean;
    }
    mine.push(...theirs);
    groups.delete(from);
    alive.delete(from);
  };

  let chain: number[] = [];
  while (alive.size > 1) {
    if (chain.length === 0) chain = [...alive].slice(0, 1);
    const [before, last] = [chain.at(-2), chain.at(-1) ?? 0];
    const next = nearest(last, before);
    if (next === undefined) break;
    if (at(last, next) < CUT) {
      // It stands alone in the chain: whoever it followed is near enough.
      alive.delete(last);
      chain.pop();
    } else if (next === before) {
      join(before, last);
      chain = chain.slice(0, -2);
    } else chain.push(next);
  }
  return [...groups.values()];
}

/** The nearest to the sum of all stands first: the words in which somebody would say it for the others. */
function ordered(members: readonly number[], vectors: readonly Vector[]): Alike {
  const sum = new Map<number, number>();
  for (const member of members)
    for (const [run, weight] of vectors[member] ?? []) sum.set(run, (sum.get(run) ?? 0) + weight);
  const near = (member: number): number =>
    [...(vectors[member] ?? [])].reduce((all, [run, weight]) => all + weight * (sum.get(run) ?? 0), 0);
  const byNearness = members
    .map((member) => ({ member, near: near(member) }))
    .sort((one, other) => other.near - one.near || one.member - other.member)
    .map(({ member }) => member);
  return { typical: byNearness[0] ?? 0, members: byNearness };
}

function first({ members }: Alike): number {
  return Math.min(...members);
}
