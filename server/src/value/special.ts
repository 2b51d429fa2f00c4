/** Special functions of the value models, for the arguments that they meet. */

const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** The logarithm of the gamma function for `x` > 0, by Lanczos' series (about 14 digits). NaN elsewhere. */
export function lgamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lgamma(1 - x);
  const shifted = x - 1 + LANCZOS_G + 0.5;
  const series = LANCZOS.reduce((sum, c, k) => (k === 0 ? c : sum + c / (x - 1 + k)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(series);
}

type Hyp2f1 = { readonly a: number; readonly b: number; readonly c: number; readonly z: number };

const MOST_TERMS = 400_000;

/**
 * Gauss' hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its own series, times `scale`. A factor that would
 * underflow or overflow apart from the sum belongs into `scale`. `c` must be no integer below 1.
 */
export function hyp2f1({ a, b, c, z }: Hyp2f1, scale = 1): number {
  let term = scale;
  let sum = scale;
  for (let n = 0; n < MOST_TERMS && term !== 0; n++) {
    const ratio = ((a + n) * (b + n) * z) / ((c + n) * (n + 1));
    term *= ratio;
    sum += term;
    // Terms may still grow while the ratio is above 1; below it the rest is a geometric series at most.
    if (Math.abs(ratio) < 1 && Math.abs(term) < 1e-15 * Math.abs(sum) * (1 - z)) break;
  }
  return sum;
}

/** ln(eᵃ + eᵇ), without overflow. */
export function logAddExp(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}

/** ln(x (x+1) … (x+k−1)) for k = 0 … `count`, which is lgamma(x+k) − lgamma(x). */
export function logRising(x: number, count: number): Float64Array {
  const table = new Float64Array(count + 1);
  for (let k = 0; k < count; k++) table[k + 1] = (table[k] ?? 0) + Math.log(x + k);
  return table;
}
