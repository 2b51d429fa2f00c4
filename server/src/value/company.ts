/**
 * What all customers together tell of each: the fitted models as plain data, to be stored as JSON and fitted again once a day.
 *
 * A range is drawn: for each set of parameters that the customers so far allow, each customer's future, their orders, and what
 * those cost. So it holds all doubts: which parameters, which customer, which luck; and that the time to come is not the time
 * that was, for all customers alike (season, prices, offer). Times are weeks.
 */
import { type BgNbd, drawFuture, drawPurchases, type Frequency, plausibleBgNbd } from './bg-nbd.ts';
import {
  correlation,
  drawOrders,
  drawRate,
  type GammaGamma,
  plausibleGammaGamma,
  type Spend,
} from './gamma-gamma.ts';
import { normal, type Random, seeded } from './random.ts';

/** Times in weeks. `spend` is of the orders after the first, in one currency. */
export type Customer = Frequency & { readonly spend: Spend };

export type Parameters = { readonly purchases: BgNbd; readonly spend: GammaGamma };

/** One way in which things may be: from now on everybody buys so many times as fast, and so many times as much at once. */
export type Draw = Parameters & { readonly faster: number; readonly dearer: number };

/**
 * `best` is the most plausible pair of models and `draws` what else is compatible; both are empty when too few came back to fit
 * anything. `correlation` is that of how often customers come and what they spend, which the models take for none.
 */
export type Company = {
  readonly version: 1;
  readonly fittedAt: string;
  readonly currency: string;
  readonly customers: number;
  readonly repeatCustomers: number;
  /** How long the first of them has been one: nothing is known of what happens later. */
  readonly weeks: number;
  readonly correlation: number | null;
  readonly best: Parameters | null;
  readonly draws: readonly Draw[];
};

type Fitting = {
  readonly now: number;
  readonly currency: string;
  readonly draws?: number;
  readonly seed?: number;
};

/** More customers than these tell nothing new of seven numbers, and the fit would take longer. */
const MOST_FITTED = 5000;
const DRAWS = 400;
const SEED = 20050501;

/**
 * Fits both models; on more than 5,000 customers to 5,000 of them, chosen evenly. The same customers give the same company.
 * `now` in milliseconds. Takes a second or three of the processor on 5,000: not for a request.
 */
export function fitCompany(
  customers: readonly Customer[],
  { now, currency, draws = DRAWS, seed = SEED }: Fitting,
): Company {
  const spends = customers.map(({ spend }) => spend);
  const random = seeded(seed);
  const some = chosen(customers, random);
  const someSpends = some.map(({ spend }) => spend);
  const purchases = plausibleBgNbd(some, { draws, random });
  const spend = plausibleGammaGamma(someSpends, { draws, random });
  const common = {
    version: 1,
    fittedAt: new Date(now).toISOString(),
    currency,
    customers: customers.length,
    repeatCustomers: customers.filter(({ repeats }) => repeats > 0).length,
    weeks: customers.reduce((longest, { age }) => Math.max(longest, age), 0),
    correlation: correlation(spends),
  } as const;
  if (!purchases || !spend) return { ...common, best: null, draws: [] };
  return {
    ...common,
    best: { purchases: purchases.best, spend: spend.best },
    draws: purchases.draws.flatMap((one, i) => {
      const other = spend.draws[i];
      return other ? [{ purchases: shortened(one), spend: shortened(other), ...drawDrift(random) }] : [];
    }),
  };
}

/** The scatter of a company's pace, and of its orders' size, from one time to the next: two times in three within a fifth. */
const DRIFT = 0.2;

export function drawDrift(random: Random): Omit<Draw, keyof Parameters> {
  const drawn = () => Number(Math.exp(DRIFT * normal(random)).toPrecision(5));
  return { faster: drawn(), dearer: drawn() };
}

function chosen(customers: readonly Customer[], random: Random): readonly Customer[] {
  if (customers.length <= MOST_FITTED) return customers;
  const pool = [...customers];
  for (let i = 0; i < MOST_FITTED; i++) {
    const k = i + Math.floor(random() * (pool.length - i));
    const [here, there] = [pool[i], pool[k]];
    if (here && there) [pool[i], pool[k]] = [there, here];
  }
  return pool.slice(0, MOST_FITTED);
}

/** Five digits are enough of a draw, and keep the stored text short. */
function shortened<Numbers extends Readonly<Record<string, number>>>(numbers: Numbers): Numbers {
  const entries = Object.entries(numbers).map(([name, value]) => [name, Number(value.toPrecision(5))]);
  return Object.fromEntries(entries) as Numbers;
}

// ── Ranges ──────────────────────────────────────────────────────────────────

/** Stretches of time, one after the other from now on. What is spent in stretch i counts `weights[i]` times. */
export type Horizon = { readonly weeks: readonly number[]; readonly weights: readonly number[] };

/** What one customer may bring, once for each draw: how many purchases, and what they spend on them, weighted. */
export type Outcomes = { readonly purchases: Float64Array; readonly spend: Float64Array };

type Drawing = { readonly draws: readonly Draw[]; readonly horizon: Horizon; readonly random: Random };

export function drawOutcomes(customer: Customer, { draws, horizon, random }: Drawing): Outcomes {
  const purchases = new Float64Array(draws.length);
  const spend = new Float64Array(draws.length);
  for (const [i, params] of draws.entries()) {
    const future = drawFuture(params.purchases, customer, random);
    const pace = future.pace * params.faster;
    const rate = future.orders === 0 ? 1 : drawRate(params.spend, customer.spend, random);
    let left = future.orders;
    for (const [k, weeks] of horizon.weeks.entries()) {
      if (left === 0) break;
      const count = drawPurchases({ pace, orders: left }, weeks, random);
      left -= count;
      purchases[i] = (purchases[i] ?? 0) + count;
      const cost = drawOrders(params.spend, rate, { count, random });
      spend[i] = (spend[i] ?? 0) + cost * params.dearer * (horizon.weights[k] ?? 1);
    }
  }
  return { purchases, spend };
}

/** Added draw by draw, so that what the customers have in common (the parameters) does not average out. */
export function sumOf(outcomes: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(outcomes[0]?.length ?? 0);
  for (const one of outcomes) for (const [i, value] of one.entries()) sum[i] = (sum[i] ?? 0) + value;
  return sum;
}

/** The range that leaves out an equal share on either side, at most 1 − `level` in all. Ends are values that were drawn. */
export function rangeOf(outcomes: Float64Array, level: number): readonly [number, number] {
  const sorted = outcomes.toSorted();
  const out = Math.floor(((1 - level) / 2) * sorted.length);
  return [sorted[out] ?? 0, sorted[sorted.length - 1 - out] ?? 0];
}
