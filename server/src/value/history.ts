/**
 * What a customer is worth, from their history alone: first as the plain pace, then with the chance that they leave.
 *
 * Method of the plain pace: the first order starts the clock, so n orders in T days are n − 1 returns. Returns are taken as a Poisson
 * process; its 90 % interval for the count (Garwood's exact limits in the Wilson–Hilferty form) is stretched to ten years
 * and multiplied by the mean order. It supposes that the pace and the size of orders stay as they were, and counts neither
 * discounting nor what the customer tells others. Limits are rounded outward to two digits: more would pretend.
 */
import type { Value } from '@fullname/shared/model';
import type { Frequency } from './bg-nbd.ts';
import { type Draw, drawDrift, type Parameters } from './company.ts';
import type { Random } from './random.ts';

/** What was bought in one currency, in that currency's main unit; `firstAt` as an ISO string. */
export type Orders = {
  readonly currency: string;
  readonly orders: number;
  readonly spent: number;
  readonly firstAt: string;
};

const LEAST_DAYS = 90;

/**
 * The value in the currency of most orders; sums in different currencies are not added. Null when nothing was bought;
 * `tenYears` is null under 2 orders or 90 days: too little to say. `now` in milliseconds.
 */
export function customerValue(all: readonly Orders[]): Value | null {
  const [main] = [...all].sort((a, b) => b.orders - a.orders || b.spent - a.spent);
  if (!main) return null;
  const { currency, orders, spent } = main;
  return { currency, spent: cents(spent), orders, lifetime: null, why: null, network: null, disputes: [] };
}

/** The 95 % point of the normal distribution: 5 % are left out on either side. */
const Z = 1.6449;

/** The 90 % interval for the mean of a Poisson variable that was seen once, as `count`. */
export function poissonInterval(count: number): [number, number] {
  const next = count + 1;
  const most = next * (1 - 1 / (9 * next) + Z / (3 * Math.sqrt(next))) ** 3;
  if (count === 0) return [0, most];
  return [count * Math.max(0, 1 - 1 / (9 * count) - Z / (3 * Math.sqrt(count))) ** 3, most];
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

// ── With the chance that they leave ─────────────────────────────────────────

/**
 * What is taken for true of a customer whose company has too few others to learn from, in the words of the models. The pace
 * is what they themselves have shown (Jeffreys' prior, which says nothing and comes near the limits above). After each
 * order one in four leaves, until they show better; silence that is long for them counts against them. Orders scatter by four
 * fifths about their mean. Chosen with CDNOW in sight; docs/evaluation.md says how often the ranges hold there.
 */
export const KNOWING_NOBODY: Parameters = {
  purchases: { r: 0.5, alpha: 0, a: 0.5, b: 1.5 },
  spend: { p: 1.5, q: 1e-3, v: 0 },
};

export function drawsKnowingNobody(draws: number, random: Random): Draw[] {
  return Array.from({ length: draws }, () => ({ ...KNOWING_NOBODY, ...drawDrift(random) }));
}

export function isTooShort(age: Frequency['age']): boolean {
  return age * 7 < LEAST_DAYS;
}
