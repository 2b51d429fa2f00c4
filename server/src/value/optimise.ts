/** Finding the top of a likelihood, and walking about it. Everything here is deterministic. */
import { normal, type Random } from './random.ts';

/** A point; and a function of it, which may be −Infinity where the point is not allowed. */
export type Point = readonly number[];
export type Height = (at: Point) => number;

/**
 * The highest point that is found from several starts by Nelder & Mead's simplex (1965), begun anew from the best until that
 * gains nothing. Throws when no start is allowed.
 */
export function highest(height: Height, starts: readonly Point[]): { at: Point; height: number } {
  const tops = starts
    .filter((start) => height(start) > Number.NEGATIVE_INFINITY)
    .map((start) => climb(height, start, 0.5));
  let [best] = tops.sort((a, b) => b.height - a.height);
  if (!best) throw new Error('no start is allowed');
  for (let round = 0; round < 8; round++) {
    const next = climb(height, best.at, 0.1);
    const gain = next.height - best.height;
    if (gain > 0) best = next;
    if (gain < 1e-9) break;
  }
  return best;
}

type Corner = { readonly at: Point; readonly height: number };

const MOST_STEPS = 2000;

function climb(height: Height, start: Point, step: number): Corner {
  const corner = (at: Point): Corner => ({ at, height: height(at) });
  let corners = [
    corner(start),
    ...start.map((_, i) => corner(start.map((v, k) => (k === i ? v + step : v)))),
  ];
  const sort = () => corners.sort((a, b) => b.height - a.height);
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    sort();
    const [best, worst] = [corners[0], corners.at(-1)];
    if (!best || !worst || isFlat(best, worst)) break;
    const kept = corners.slice(0, -1);
    const middle = start.map((_, i) => kept.reduce((sum, one) => sum + (one.at[i] ?? 0), 0) / kept.length);
    const along = (far: number) => corner(middle.map((m, i) => m + far * (m - (worst.at[i] ?? 0))));
    const next = better(along, { best, second: kept.at(-1) ?? best, worst });
    corners = next
      ? [...kept, next]
      : corners.map((one) => corner(one.at.map((v, i) => (v + (best.at[i] ?? 0)) / 2)));
  }
  sort();
  return corners[0] ?? corner(start);
}

/** What takes the worst corner's place; null when nothing along the line is better, and the simplex must shrink. */
function better(
  along: (far: number) => Corner,
  { best, second, worst }: { best: Corner; second: Corner; worst: Corner },
): Corner | null {
  const mirrored = along(1);
  if (mirrored.height > best.height) {
    const further = along(2);
    return further.height > mirrored.height ? further : mirrored;
  }
  if (mirrored.height > second.height) return mirrored;
  const nearer = mirrored.height > worst.height ? along(0.5) : along(-0.5);
  return nearer.height > Math.max(mirrored.height, worst.height) ? nearer : null;
}

function isFlat(best: Corner, worst: Corner): boolean {
  const spread = best.at.reduce((most, v, i) => Math.max(most, Math.abs(v - (worst.at[i] ?? 0))), 0);
  return best.height - worst.height < 1e-10 && spread < 1e-6;
}

type Walk = { readonly draws: number; readonly thin: number; readonly random: Random };

/**
 * Points drawn with the density e^height by Metropolis' walk from its top. Steps are scaled by the curvature at the top; a
 * quarter as many as are kept are thrown away first, while the length of the step adapts.
 */
export function walk(height: Height, top: Point, { draws, thin, random }: Walk): Point[] {
  const stride = strideAt(height, top);
  const kept: Point[] = [];
  let here: Corner = { at: top, height: height(top) };
  let length = 2.4 / Math.sqrt(top.length);
  const warmUp = Math.ceil(draws / 4) * thin;
  for (let step = -warmUp; step < draws * thin; step++) {
    const noise = top.map(() => length * normal(random));
    const at = here.at.map(
      (v, i) => v + (stride[i] ?? []).reduce((sum, s, k) => sum + s * (noise[k] ?? 0), 0),
    );
    const there = { at, height: height(at) };
    const taken = Math.log(random()) < there.height - here.height;
    if (taken) here = there;
    // 0.3 of all steps taken is about the best for a few dimensions (Roberts, Gelman & Gilks 1997).
    if (step < 0) length *= Math.exp((taken ? 0.7 : -0.3) / Math.sqrt(step + warmUp + 10));
    if (step >= 0 && step % thin === thin - 1) kept.push(here.at);
  }
  return kept;
}

/** A lower triangular square root of the covariance at the top; of plain half steps where the top is no clear one. */
function strideAt(height: Height, top: Point): number[][] {
  const precision = curvature(height, top).map((row) => row.map((v) => -v));
  const root = cholesky(precision);
  if (!root) return top.map((_, i) => top.map((__, k) => (i === k ? 0.5 : 0)));
  return cholesky(inverseOf(root)) ?? top.map((_, i) => top.map((__, k) => (i === k ? 0.5 : 0)));
}

/** The second derivatives by differences. */
function curvature(height: Height, top: Point): number[][] {
  const h = 0.02;
  const moved = (steps: readonly (readonly [number, number])[]) => {
    const at = [...top];
    for (const [i, by] of steps) at[i] = (at[i] ?? 0) + by;
    return height(at);
  };
  return top.map((_, i) =>
    top.map((__, k) => {
      const corner = (a: number, b: number) => moved([[i, a * h] as const, [k, b * h] as const]);
      return (corner(1, 1) - corner(1, -1) - corner(-1, 1) + corner(-1, -1)) / (4 * h * h);
    }),
  );
}

/** The lower triangular root of a matrix; null where it is not positive definite. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const root = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of root.entries()) {
    for (let k = 0; k <= i; k++) {
      const other = root[k] ?? [];
      let rest = matrix[i]?.[k] ?? 0;
      for (let j = 0; j < k; j++) rest -= (row[j] ?? 0) * (other[j] ?? 0);
      if (k === i && !(rest > 1e-12)) return null;
      row[k] = k === i ? Math.sqrt(rest) : rest / (other[k] ?? 1);
    }
  }
  return root;
}

/** The inverse of the matrix whose lower triangular root is given. */
function inverseOf(root: readonly (readonly number[])[]): number[][] {
  const size = root.length;
  const columns = root.map((_, column) => {
    const x = new Array<number>(size).fill(0);
    for (let i = 0; i < size; i++) {
      let rest = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) rest -= (root[i]?.[k] ?? 0) * (x[k] ?? 0);
      x[i] = rest / (root[i]?.[i] ?? 1);
    }
    for (let i = size - 1; i >= 0; i--) {
      let rest = x[i] ?? 0;
      for (let k = i + 1; k < size; k++) rest -= (root[k]?.[i] ?? 0) * (x[k] ?? 0);
      x[i] = rest / (root[i]?.[i] ?? 1);
    }
    return x;
  });
  return columns;
}
