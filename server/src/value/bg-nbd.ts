/**
 * How often customers come back and when they stay away: the BG/NBD model.
 *
 * Fader, Hardie & Lee (2005), “Counting your customers” the easy way, Marketing Science 24 (2). While they are customers, people
 * buy as a Poisson process; after each purchase they leave with a chance of their own. The paces are gamma distributed
 * (r, alpha), the chances to leave beta distributed (a, b), and neither knows of the other. Someone who never came
 * back has, in this model, not left yet.
 *
 * Times may be in any unit, but all in the same; `alpha` is in that unit.
 */
import { type Height, highest, type Point, walk } from './optimise.ts';
import { beta, geometric, logGamma, poisson, type Random } from './random.ts';
import { hyp2f1, logAddExp, logRising } from './special.ts';

/** How often someone came back, when last (counted from the first purchase, 0 if never), and how long ago the first was. */
export type Frequency = { readonly repeats: number; readonly last: number; readonly age: number };

export type BgNbd = { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number };

/** The natural logarithm of the likelihood of all customers (the paper's equation 6). */
export function logLikelihood(params: BgNbd, customers: readonly Frequency[]): number {
  return likelihoodOf(grouped(customers))(params);
}

/** The parameters of greatest likelihood; null without two customers of whom one came back. */
export function fitBgNbd(customers: readonly Frequency[]): { params: BgNbd; logLikelihood: number } | null {
  const known = prepared(customers);
  if (!known) return null;
  const { unit, likelihood } = known;
  const top = highest(
    (at) => (isInside(at) ? likelihood(paramsAt(at, 1)) : Number.NEGATIVE_INFINITY),
    STARTS,
  );
  const params = paramsAt(top.at, unit);
  return { params, logLikelihood: logLikelihood(params, customers) };
}

/** How many are to be drawn. */
export type Draws = { readonly draws: number; readonly random: Random };

/** Parameters that are most plausible under a weak prior, and others that are compatible with what was seen. */
export type Plausible<Parameters> = { readonly best: Parameters; readonly draws: readonly Parameters[] };

/**
 * What the parameters may be: draws from the posterior under a weak prior, each as often as it is plausible. On few customers
 * they lie far apart, and that is the point; and the best of them stays sensible where the greatest likelihood runs off to
 * infinity. On many it is the greatest likelihood. Null where `fitBgNbd` is.
 */
export function plausibleBgNbd(
  customers: readonly Frequency[],
  { draws, random }: Draws,
): Plausible<BgNbd> | null {
  const known = prepared(customers);
  if (!known) return null;
  const { unit, likelihood } = known;
  const height: Height = (at) =>
    isInside(at) ? likelihood(paramsAt(at, 1)) + logPrior(at) : Number.NEGATIVE_INFINITY;
  const top = highest(height, STARTS.slice(0, 2)).at;
  const points = walk(height, top, { draws, thin: THIN, random });
  return { best: paramsAt(top, unit), draws: points.map((at) => paramsAt(at, unit)) };
}

/** The chance that the customer has not left yet. */
export function probabilityAlive(params: BgNbd, customer: Frequency): number {
  return 1 / (1 + oddsGone(params, customer));
}

/** How many purchases are to be expected in the time `next` from now on (the paper's equation 10). */
export function expectedPurchases(params: BgNbd, customer: Frequency, next: number): number {
  if (!(next > 0)) return 0;
  return expectedIfAlive(params, customer, next) * probabilityAlive(params, customer);
}

/** What one customer's future may be: one pace, one chance to leave, drawn from what is known of them. */
export type Future = { readonly pace: number; readonly orders: number };

/** A future under the given parameters. `orders` is how many purchases are left before leaving; 0 if they have left. */
export function drawFuture(params: BgNbd, customer: Frequency, random: Random): Future {
  const { r, alpha, a, b } = params;
  const { repeats, age } = customer;
  if (random() >= probabilityAlive(params, customer)) return { pace: 0, orders: 0 };
  const pace = Math.exp(logGamma(r + repeats, random)) / (alpha + age);
  return { pace, orders: geometric(beta(a, b + repeats, random), random) };
}

/** How many purchases a future holds in the time `next` from its beginning. */
export function drawPurchases({ pace, orders }: Future, next: number, random: Random): number {
  return orders === 0 ? 0 : Math.min(orders, poisson(pace * next, random));
}

// ── Likelihood ──────────────────────────────────────────────────────────────

type Group = Frequency & { readonly count: number };

function grouped(customers: readonly Frequency[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { repeats, last, age } of customers) {
    const key = `${repeats} ${last} ${age}`;
    groups.set(key, { repeats, last, age, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

function likelihoodOf(groups: readonly Group[]): (params: BgNbd) => number {
  const most = groups.reduce((max, { repeats }) => Math.max(max, repeats), 0);
  return ({ r, alpha, a, b }) => {
    const [ofPace, ofStaying, ofAll] = [logRising(r, most), logRising(b, most), logRising(a + b, most)];
    const logAlpha = Math.log(alpha);
    let sum = 0;
    for (const { repeats: x, last, age, count } of groups) {
      const still = -(r + x) * Math.log(alpha + age);
      const left =
        x === 0 ? Number.NEGATIVE_INFINITY : Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + last);
      const common = (ofPace[x] ?? 0) + r * logAlpha + (ofStaying[x] ?? 0) - (ofAll[x] ?? 0);
      sum += count * (common + logAddExp(still, left));
    }
    return sum;
  };
}

// ── Parameters as the search sees them ──────────────────────────────────────

const THIN = 8;

/** Times divided by the mean age, so that the search and the prior know no unit. */
function prepared(customers: readonly Frequency[]) {
  if (customers.length < 2 || !customers.some(({ repeats }) => repeats > 0)) return null;
  const unit = customers.reduce((sum, { age }) => sum + age, 0) / customers.length;
  if (!(unit > 0)) return null;
  const scaled = customers.map(({ repeats, last, age }) => ({ repeats, last: last / unit, age: age / unit }));
  return { unit, likelihood: likelihoodOf(grouped(scaled)) };
}

/** ln r; ln of the mean pace; the logit of the mean chance to leave; ln (a + b). */
function paramsAt(at: Point, unit: number): BgNbd {
  const [shape = 0, pace = 0, leaving = 0, weight = 0] = at;
  const r = Math.exp(shape);
  const chance = 1 / (1 + Math.exp(-leaving));
  return {
    r,
    alpha: (r / Math.exp(pace)) * unit,
    a: chance * Math.exp(weight),
    b: (1 - chance) * Math.exp(weight),
  };
}

const STARTS: readonly Point[] = [
  [0, 0, -1, 1],
  [-1.5, 1, -1, 1],
  [1, -1, -2, 2],
  [-1, 2, 1, 0],
];

function isInside(at: Point): boolean {
  return at.every((v) => Math.abs(v) <= 8);
}

/** Centre and spread of the weak prior of each coordinate: nearly all shops lie within twice the spread. */
const PRIOR = [
  [0, 1.5],
  [0, 2],
  [-1, 1.5],
  [1, 1.5],
] as const;

function logPrior(at: Point): number {
  return PRIOR.reduce((sum, [centre, spread], i) => sum - (((at[i] ?? 0) - centre) / spread) ** 2 / 2, 0);
}

// ── Expectation ─────────────────────────────────────────────────────────────

function oddsGone({ r, alpha, a, b }: BgNbd, { repeats, last, age }: Frequency): number {
  if (repeats === 0) return 0;
  return Math.exp(Math.log(a / (b + repeats - 1)) + (r + repeats) * Math.log((alpha + age) / (alpha + last)));
}

const NUDGE = 1e-5;

/**
 * The paper's numerator after Euler's transformation, which takes the powers that overflow out of the series. At a = 1 and
 * at a + b + repeats = 1 it is 0/0, and the middle of both sides is taken.
 */
function expectedIfAlive(params: BgNbd, customer: Frequency, next: number): number {
  const { r, alpha, a, b } = params;
  const { repeats, age } = customer;
  const c = a + b + repeats - 1;
  if (Math.abs(a - 1) < NUDGE || Math.abs(c) < NUDGE) {
    const beside = (by: number) => expectedIfAlive({ ...params, a: a + by }, customer, next);
    return (beside(3 * NUDGE) + beside(-3 * NUDGE)) / 2;
  }
  const z = next / (alpha + age + next);
  const share = hyp2f1({ a: a + b - 1 - r, b: a - 1, c, z }, (1 - z) ** (a - 1));
  return Math.max(0, (c / (a - 1)) * (1 - share));
}
