/**
 * What a customer will be worth: the spending to be expected of them over the next years, and between which ends it will lie.
 *
 * From fifty customers on who came back, all of them together tell how people buy and leave (BG/NBD and Gamma-Gamma); below
 * that each customer's own history is all there is. Both ranges hold what happens as often as `level` says; what the customer
 * has spent already is an input, not a part of the amount.
 */
import { expectedPurchases, probabilityAlive } from './bg-nbd.ts';
import {
  type Company,
  type Customer,
  type Draw,
  drawOutcomes,
  type Horizon,
  type Parameters,
  rangeOf,
  sumOf,
} from './company.ts';
import { expectedSpend } from './gamma-gamma.ts';
import { drawsKnowingNobody, isTooShort, KNOWING_NOBODY } from './history.ts';
import { seeded } from './random.ts';

/** One order; the amount in the currency's main unit, `at` as an ISO string. */
export type Order = { readonly at: string; readonly amount: number; readonly currency: string };

/**
 * What was bought in one currency. `days` is on how many days (UTC) something was: orders of one day are one purchase;
 * `firstSpent` is what the first of these days brought.
 */
export type History = {
  readonly currency: string;
  readonly days: number;
  readonly spent: number;
  readonly firstSpent: number;
  readonly firstAt: string;
  readonly lastAt: string;
};

/** The value from `horizonYears` to come, each later year worth `discount` less (.1 for a tenth; none when left out). */
export type Terms = {
  readonly now: number;
  readonly horizonYears: number;
  readonly discount?: number;
  readonly level?: number;
};

export type Lifetime = {
  readonly method: 'history' | 'model';
  readonly amount: number;
  readonly range: readonly [number, number];
  readonly level: number;
  readonly inputs: Inputs;
};

/** Why there is no value. */
export type Unknown = {
  readonly method: null;
  readonly why: 'nothing bought' | 'one purchase' | 'under ninety days';
};

/** What the amount was worked out from; the last five are null without the model. */
export type Inputs = History & {
  readonly years: number;
  readonly horizonYears: number;
  readonly discount: number;
  readonly purchasesToCome: number;
  readonly meanPurchase: number;
  readonly stillCustomer: number;
  readonly customers: number | null;
  readonly repeatCustomers: number | null;
  readonly fittedAt: string | null;
  /** Of how often customers come and what they spend; the model takes it for none. */
  readonly correlation: number | null;
  readonly assumptionHolds: boolean | null;
};

const LEAST_REPEAT_CUSTOMERS = 50;
/** Beyond this the size of orders depends on their number, and the model's amounts are doubtful. */
const MOST_CORRELATION = 0.3;
const LEVEL = 0.8;
const DRAWS = 800;
const SEED = 20130201;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const YEAR_WEEKS = 365.25 / 7;

/**
 * What was bought in the currency of most purchases; null when nothing was. Orders of nothing, returns, dates that are none
 * and dates to come are left out.
 */
export function historyOf(orders: readonly Order[], now: number): History | null {
  const byCurrency = new Map<string, Map<number, number>>();
  for (const { at, amount, currency } of orders) {
    const day = Math.floor(Date.parse(at) / DAY_MS);
    if (!(amount > 0 && amount < Number.POSITIVE_INFINITY) || !(day * DAY_MS <= now)) continue;
    const days = byCurrency.get(currency) ?? new Map<number, number>();
    byCurrency.set(currency, days.set(day, (days.get(day) ?? 0) + amount));
  }
  const [most] = [...byCurrency].sort(([, a], [, b]) => b.size - a.size);
  return most ? historyOfDays(...most) : null;
}

function historyOfDays(currency: string, byDay: ReadonlyMap<number, number>): History {
  const days = [...byDay].sort(([a], [b]) => a - b);
  const [firstDay, firstSpent] = days[0] ?? [0, 0];
  const iso = (day: number) => new Date(day * DAY_MS).toISOString();
  return {
    currency,
    days: days.length,
    spent: days.reduce((sum, [, amount]) => sum + amount, 0),
    firstSpent,
    firstAt: iso(firstDay),
    lastAt: iso(days.at(-1)?.[0] ?? firstDay),
  };
}

/** A history as the models take it, in weeks from its first purchase to `now`. */
export function customerOf({ days, spent, firstSpent, firstAt, lastAt }: History, now: number): Customer {
  const first = Date.parse(firstAt);
  const repeats = Math.max(0, days - 1);
  const age = Math.max(0, now - first) / WEEK_MS;
  const last = repeats === 0 ? 0 : Math.min(age, (Date.parse(lastAt) - first) / WEEK_MS);
  return {
    repeats,
    last,
    age,
    spend: { orders: repeats, mean: repeats === 0 ? 0 : (spent - firstSpent) / repeats },
  };
}

/**
 * The value of one customer. `company` is what `fitCompany` gave for all customers, or null where nothing was fitted yet. It
 * speaks when it knows ninety days and fifty customers who came back, in the customer's currency.
 * The same history gives the same range.
 */
export function lifetimeValue(
  history: History | null,
  company: Company | null,
  terms: Terms,
): Lifetime | Unknown {
  if (!history || history.days < 1 || !(history.spent > 0)) return { method: null, why: 'nothing bought' };
  const basis = basisOf(history, company, terms);
  return basis.method === null ? basis : worked(history, basis, terms);
}

/** The range of what all these customers bring together, which is narrower than the sum of theirs. Null without the model's draws. */
export function valueOfAll(
  histories: readonly History[],
  company: Company,
  terms: Terms,
): Pick<Lifetime, 'amount' | 'range' | 'level'> | null {
  const { best, draws } = company;
  if (!best || draws.length === 0) return null;
  const horizon = horizonOf(terms);
  const random = seeded(SEED);
  const customers = histories.map((one) => customerOf(one, terms.now));
  const outcomes = customers.map((one) => drawOutcomes(one, { draws, horizon, random }).spend);
  const amount = customers.reduce(
    (sum, one) => sum + expectedOf(one, best, horizon).weighted * expectedSpend(best.spend, one.spend),
    0,
  );
  return ranged(amount, sumOf(outcomes), terms);
}

/** The amount alone, without the drawing of its range: quick enough for all customers. Null where `lifetimeValue` has none. */
export function expectedValue(history: History, company: Company | null, terms: Terms): number | null {
  const basis = basisOf(history, company, terms);
  if (basis.method === null) return null;
  const { weighted } = expectedOf(basis.customer, basis.params, horizonOf(terms));
  return weighted * basis.meanPurchase;
}

type Model = Company & { readonly best: Parameters };

function modelFor({ currency }: History, company: Company | null): Model | null {
  if (!company?.best || company.repeatCustomers < LEAST_REPEAT_CUSTOMERS || isTooShort(company.weeks))
    return null;
  return company.currency === currency && company.draws.length > 0
    ? { ...company, best: company.best }
    : null;
}

type Basis = {
  readonly method: Lifetime['method'];
  readonly customer: Customer;
  readonly params: Parameters;
  readonly meanPurchase: number;
  readonly draws: () => readonly Draw[];
  readonly known: Pick<Inputs, keyof typeof NOTHING_KNOWN>;
};

function basisOf(history: History, company: Company | null, terms: Terms): Basis | Unknown {
  const model = modelFor(history, company);
  return model ? basisOfModel(history, model, terms) : basisOfHistory(history, terms);
}

function basisOfModel(history: History, model: Model, terms: Terms): Basis {
  const customer = customerOf(history, terms.now);
  const { best, customers, repeatCustomers, fittedAt, correlation } = model;
  const draws = () => Array.from({ length: Math.ceil(DRAWS / model.draws.length) }, () => model.draws).flat();
  const assumptionHolds = correlation === null ? null : Math.abs(correlation) <= MOST_CORRELATION;
  const known = { customers, repeatCustomers, fittedAt, correlation, assumptionHolds };
  const meanPurchase = expectedSpend(best.spend, customer.spend);
  return { method: 'model', customer, params: best, meanPurchase, draws, known };
}

const NOTHING_KNOWN = {
  customers: null,
  repeatCustomers: null,
  fittedAt: null,
  correlation: null,
  assumptionHolds: null,
} as const;

function basisOfHistory(history: History, terms: Terms): Basis | Unknown {
  const customer = customerOf(history, terms.now);
  // The first purchase has started the clock, but nothing speaks against what it cost.
  const whole = { ...customer, spend: { orders: history.days, mean: history.spent / history.days } };
  if (customer.repeats === 0) return { method: null, why: 'one purchase' };
  if (isTooShort(customer.age)) return { method: null, why: 'under ninety days' };
  const draws = () => drawsKnowingNobody(DRAWS, seeded(SEED + 1));
  const meanPurchase = whole.spend.mean;
  return {
    ...{ method: 'history', customer: whole, params: KNOWING_NOBODY, meanPurchase, draws },
    known: NOTHING_KNOWN,
  };
}

function worked(history: History, basis: Basis, terms: Terms): Lifetime {
  const { method, customer, params, meanPurchase, known } = basis;
  const horizon = horizonOf(terms);
  const { purchases, weighted } = expectedOf(customer, params, horizon);
  const outcomes = drawOutcomes(customer, { draws: basis.draws(), horizon, random: seeded(SEED) });
  const inputs: Inputs = {
    ...history,
    years: customer.age / YEAR_WEEKS,
    horizonYears: terms.horizonYears,
    discount: terms.discount ?? 0,
    purchasesToCome: purchases,
    meanPurchase,
    stillCustomer: probabilityAlive(params.purchases, customer),
    ...known,
  };
  return { method, ...ranged(weighted * meanPurchase, outcomes.spend, terms), inputs };
}

/** A mean can lie outside the middle of what may happen, when little is likely and much is possible: then the range is widened. */
function ranged(amount: number, outcomes: Float64Array, { level = LEVEL }: Terms) {
  const [low, high] = rangeOf(outcomes, level);
  const range = [
    Math.floor(100 * Math.min(low, amount)) / 100,
    Math.ceil(100 * Math.max(high, amount)) / 100,
  ] as const;
  return { amount: Math.round(100 * amount) / 100, range, level };
}

/** Purchases to come, and how many they are worth when later ones count less. */
function expectedOf(customer: Customer, { purchases: params }: Parameters, { weeks, weights }: Horizon) {
  let [until, purchases, weighted] = [0, 0, 0];
  for (const [i, stretch] of weeks.entries()) {
    until += stretch;
    const all = expectedPurchases(params, customer, until);
    weighted += Math.max(0, all - purchases) * (weights[i] ?? 1);
    purchases = all;
  }
  return { purchases, weighted };
}

/** Years, each discounted at its middle; one stretch where nothing is discounted. */
function horizonOf({ horizonYears, discount = 0 }: Terms): Horizon {
  if (discount === 0) return { weeks: [horizonYears * YEAR_WEEKS], weights: [1] };
  const starts = Array.from({ length: Math.ceil(horizonYears) }, (_, year) => year);
  const length = (year: number) => Math.min(1, horizonYears - year);
  return {
    weeks: starts.map((year) => length(year) * YEAR_WEEKS),
    weights: starts.map((year) => (1 + discount) ** -(year + length(year) / 2)),
  };
}
