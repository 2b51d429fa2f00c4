/**
 * What an order is worth: the Gamma-Gamma model.
 *
 * Fader & Hardie (2013), The Gamma-Gamma model of monetary value. A customer's orders are gamma distributed (p, ν) about
 * their own mean; the ν are gamma distributed (q, v). It supposes that what someone spends has nothing to do with how often
 * they come; `correlation` says how far that is so.
 *
 * Money may be in any unit; `v` is in that unit.
 */
import type { Draws, Plausible } from './bg-nbd.ts';
import { type Height, highest, type Point, walk } from './optimise.ts';
import { logGamma, type Random } from './random.ts';
import { lgamma } from './special.ts';

/** How many orders the mean is of (those after the first), and the mean. Orders of nothing are not spending. */
export type Spend = { readonly orders: number; readonly mean: number };

export type GammaGamma = { readonly p: number; readonly q: number; readonly v: number };

/** The natural logarithm of the likelihood of the means of all customers who spent something (the paper's equation 1a). */
export function logLikelihoodOfSpend({ p, q, v }: GammaGamma, customers: readonly Spend[]): number {
  let sum = 0;
  const [gammaQ, logV] = [lgamma(q), Math.log(v)];
  for (const { orders, mean } of customers) {
    if (!hasSpent({ orders, mean })) continue;
    const px = p * orders;
    sum += lgamma(px + q) - lgamma(px) - gammaQ + q * logV;
    sum += (px - 1) * Math.log(mean) + px * Math.log(orders) - (px + q) * Math.log(v + mean * orders);
  }
  return sum;
}

/** The parameters of greatest likelihood and from how many customers; null under two customers who spent something. */
export function fitGammaGamma(
  customers: readonly Spend[],
): { params: GammaGamma; customers: number; logLikelihood: number } | null {
  const known = prepared(customers);
  if (!known) return null;
  const { unit, spends } = known;
  const height = (at: Point) =>
    isInside(at) ? logLikelihoodOfSpend(paramsAt(at, 1), spends) : Number.NEGATIVE_INFINITY;
  const params = paramsAt(highest(height, STARTS).at, unit);
  return { params, customers: spends.length, logLikelihood: logLikelihoodOfSpend(params, customers) };
}

/** What the parameters may be, as `plausibleBgNbd` says it. Null where `fitGammaGamma` is. */
export function plausibleGammaGamma(
  customers: readonly Spend[],
  { draws, random }: Draws,
): Plausible<GammaGamma> | null {
  const known = prepared(customers);
  if (!known) return null;
  const { unit, spends } = known;
  const height: Height = (at) =>
    isInside(at) ? logLikelihoodOfSpend(paramsAt(at, 1), spends) + logPrior(at) : Number.NEGATIVE_INFINITY;
  const top = highest(height, STARTS.slice(0, 1)).at;
  const points = walk(height, top, { draws, thin: THIN, random });
  return { best: paramsAt(top, unit), draws: points.map((at) => paramsAt(at, unit)) };
}

/** The mean order to be expected of a customer (the paper's equation 5); of one who never came back, that of everybody. */
export function expectedSpend({ p, q, v }: GammaGamma, { orders, mean }: Spend): number {
  const known = hasSpent({ orders, mean }) ? orders : 0;
  const weight = p * known + q - 1;
  // Where q is at most 1 the mean of everybody does not exist; that of the middle customer does.
  return weight > 0 ? (p * (v + known * mean)) / weight : (p * v) / q;
}

/** A customer's own rate ν, drawn from what is known of them: `drawOrders` takes it. */
export function drawRate({ p, q, v }: GammaGamma, { orders, mean }: Spend, random: Random): number {
  const known = hasSpent({ orders, mean }) ? orders : 0;
  return Math.exp(logGamma(p * known + q, random)) / (v + known * mean);
}

/** What so many orders of a customer with this rate cost together. */
export function drawOrders({ p }: GammaGamma, rate: number, draw: { count: number; random: Random }): number {
  return draw.count === 0 ? 0 : Math.exp(logGamma(p * draw.count, draw.random)) / rate;
}

/** Pearson's correlation of how many orders and their mean, over those who spent something; null where it is none. */
export function correlation(customers: readonly Spend[]): number | null {
  const spends = customers.filter(hasSpent);
  const meanOf = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const centred = (values: readonly number[]) => {
    const middle = meanOf(values);
    return values.map((v) => v - middle);
  };
  const orders = centred(spends.map((one) => one.orders));
  const means = centred(spends.map((one) => one.mean));
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0);
  const size = Math.sqrt(dot(orders, orders) * dot(means, means));
  return spends.length > 2 && size > 0 ? dot(orders, means) / size : null;
}

function hasSpent({ orders, mean }: Spend): boolean {
  return orders > 0 && mean > 0;
}

// ── Parameters as the search sees them ──────────────────────────────────────

const THIN = 6;

/** Money divided by the mean spend, so that the search and the prior know no currency. */
function prepared(customers: readonly Spend[]) {
  const known = customers.filter(hasSpent);
  if (known.length < 2) return null;
  const unit = known.reduce((sum, { mean }) => sum + mean, 0) / known.length;
  return { unit, spends: known.map(({ orders, mean }) => ({ orders, mean: mean / unit })) };
}

/** ln p; ln q; ln of p v ÷ q, about the size of an order. */
function paramsAt(at: Point, unit: number): GammaGamma {
  const [shape = 0, spread = 0, size = 0] = at;
  const [p, q] = [Math.exp(shape), Math.exp(spread)];
  return { p, q, v: ((Math.exp(size) * q) / p) * unit };
}

const STARTS: readonly Point[] = [
  [1, 1, 0],
  [2, 0, -0.5],
  [0, 3, 0],
];

/** Equal spends would drive p and q to infinity; e⁸ is equal enough. */
function isInside(at: Point): boolean {
  return at.every((v) => Math.abs(v) <= 8);
}

/** Centre and spread of the weak prior: single orders scatter by a third to thrice, customers' means likewise. */
const PRIOR = [
  [1, 1],
  [1, 1],
  [0, 1],
] as const;

function logPrior(at: Point): number {
  return PRIOR.reduce((sum, [centre, spread], i) => sum - (((at[i] ?? 0) - centre) / spread) ** 2 / 2, 0);
}
