import { beforeAll, describe, expect, test } from 'vitest';
import { type Company, type Customer, fitCompany } from './company.ts';
import {
  customerOf,
  type History,
  historyOf,
  type Inputs,
  type Lifetime,
  lifetimeValue,
  type Order,
  valueOfAll,
} from './lifetime.ts';
import { logGamma, seeded } from './random.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const TERMS = { now: NOW, horizonYears: 10 };
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();
const order = (days: number, amount: number, currency = 'EUR'): Order => ({
  at: daysAgo(days),
  amount,
  currency,
});
const every = (step: number, times: number, amount = 50) =>
  Array.from({ length: times }, (_, i) => order(step * (i + 1), amount));

const REGULAR = historyOf(every(30, 24), NOW);
const FITTING = { now: NOW, currency: 'EUR', draws: 60 };
let histories: History[];
let shop: Company;
beforeAll(() => {
  histories = shopOf(120);
  shop = fitCompany(customersOf(histories), FITTING);
});

describe('a history', () => {
  test('orders of one day are one purchase; returns, free orders, dates to come and dates that are none are left out', () => {
    const orders = [
      order(100, 20),
      order(100, 30),
      order(40, 10),
      order(30, 0),
      order(20, -10),
      order(-5, 99),
      { ...order(1, 5), at: 'some day' },
      order(2, Number.NaN),
    ];
    expect(historyOf(orders, NOW)).toEqual({
      currency: 'EUR',
      days: 2,
      spent: 60,
      firstSpent: 50,
      firstAt: daysAgo(100),
      lastAt: daysAgo(40),
    });
  });

  test('is that of the currency of most purchases', () => {
    expect(historyOf([order(9, 9000, 'TWD'), ...every(30, 2)], NOW)?.currency).toBe('EUR');
    expect(historyOf([], NOW)).toBeNull();
    expect(historyOf([order(3, 0)], NOW)).toBeNull();
  });

  test('in weeks, with the mean of what came after the first purchase', () => {
    const history = historyOf([order(140, 90), order(70, 20), order(14, 40)], NOW);
    expect(history && customerOf(history, NOW)).toEqual({
      repeats: 2,
      last: 18,
      age: 20,
      spend: { orders: 2, mean: 30 },
    });
  });
});

describe('from the own history', () => {
  test('too little known gives the reason', () => {
    expect(lifetimeValue(null, null, TERMS)).toEqual({ method: null, why: 'nothing bought' });
    const once = historyOf([order(400, 60)], NOW);
    expect(lifetimeValue(once, null, TERMS)).toEqual({ method: null, why: 'one purchase' });
    const sameDay = historyOf([order(400, 60), order(400, 20)], NOW);
    expect(lifetimeValue(sameDay, null, TERMS)).toEqual({ method: null, why: 'one purchase' });
    const young = historyOf([order(60, 60), order(30, 60)], NOW);
    expect(lifetimeValue(young, null, TERMS)).toEqual({ method: null, why: 'under ninety days' });
  });

  test('a regular gets an amount inside a range, with all that it was worked out from', () => {
    const value = known(lifetimeValue(REGULAR, null, TERMS));
    expect(value.method).toBe('history');
    const [low, high] = value.range;
    expect(low).toBeGreaterThan(0);
    expect(value.amount).toBeGreaterThan(low);
    expect(value.amount).toBeLessThan(high);
    // At the plain pace it would be 24 in 720 days at 50: some 6,000 in ten years. Some leave before.
    expect(value.amount).toBeGreaterThan(2000);
    expect(value.amount).toBeLessThan(6200);
    expect(value.inputs).toMatchObject({ days: 24, spent: 1200, meanPurchase: 50, horizonYears: 10 });
    expect(value.inputs.correlation).toBeNull();
  });

  test('silence, a shorter time and a discount make it less', () => {
    const amount = (history: History | null, terms = {}) =>
      known(lifetimeValue(history, null, { ...TERMS, ...terms })).amount;
    const silent = historyOf(
      every(30, 24).map((one) => ({
        ...one,
        at: new Date(Date.parse(one.at) - 400 * 86_400_000).toISOString(),
      })),
      NOW,
    );
    expect(amount(silent)).toBeLessThan(amount(REGULAR) / 5);
    expect(amount(REGULAR, { horizonYears: 5 })).toBeLessThan(amount(REGULAR));
    expect(amount(REGULAR, { discount: 0.1 })).toBeLessThan(0.9 * amount(REGULAR));
    expect(amount(REGULAR, { discount: 1e-9 })).toBeCloseTo(amount(REGULAR), 1);
  });

  test('a wider claim needs a wider range', () => {
    const [low, high] = known(lifetimeValue(REGULAR, null, TERMS)).range;
    const [lower, higher] = known(lifetimeValue(REGULAR, null, { ...TERMS, level: 0.9 })).range;
    expect(lower).toBeLessThan(low);
    expect(higher).toBeGreaterThan(high);
  });
});

describe('from all customers', () => {
  test('the model speaks from fifty customers on who came back, in their currency', () => {
    expect(shop.repeatCustomers).toBeGreaterThanOrEqual(50);
    const value = known(lifetimeValue(REGULAR, shop, TERMS));
    expect(value).toMatchObject({ method: 'model', inputs: { repeatCustomers: shop.repeatCustomers } });
    expect(lifetimeValue(REGULAR, { ...shop, repeatCustomers: 50 }, TERMS).method).toBe('model');
    expect(lifetimeValue(REGULAR, { ...shop, repeatCustomers: 49 }, TERMS).method).toBe('history');
    expect(lifetimeValue(REGULAR, { ...shop, currency: 'TWD' }, TERMS).method).toBe('history');
  });

  test('a company that knows less than ninety days knows nothing of years', () => {
    const all = Array.from({ length: 60 }, () => historyOf([order(0, 20), order(1, 20)], NOW)).flatMap(
      (one) => one ?? [],
    );
    const young = fitCompany(customersOf(all), { ...FITTING, draws: 20 });
    expect(young.best).not.toBeNull();
    expect(lifetimeValue(all[0] ?? null, young, TERMS)).toEqual({ method: null, why: 'under ninety days' });
    expect(lifetimeValue(REGULAR, young, TERMS).method).toBe('history');
  });

  test('one purchase is enough then', () => {
    const value = known(lifetimeValue(historyOf([order(40, 60)], NOW), shop, TERMS));
    expect(value.amount).toBeGreaterThan(0);
    expect(value.range[1]).toBeGreaterThan(value.amount);
  });

  test('outlives being stored, and says the same each time', () => {
    const stored = JSON.parse(JSON.stringify(shop)) as Company;
    expect(lifetimeValue(REGULAR, stored, TERMS)).toEqual(lifetimeValue(REGULAR, shop, TERMS));
    expect(fitCompany(customersOf(histories), FITTING)).toEqual(shop);
  });

  test('a hundred times the money is a hundred times the value', () => {
    const times = (history: History) => ({
      ...history,
      spent: 100 * history.spent,
      firstSpent: 100 * history.firstSpent,
    });
    const cents = fitCompany(customersOf(histories.map(times)), FITTING);
    const [one, hundred] = [REGULAR, REGULAR && times(REGULAR)].map(
      (history, i) => known(lifetimeValue(history, i === 0 ? shop : cents, TERMS)).amount,
    );
    expect((hundred ?? 0) / (one ?? 1)).toBeCloseTo(100, 0);
  });

  test('the range of all together is narrower than all ranges added', () => {
    const some = histories.slice(0, 30);
    const whole = valueOfAll(some, shop, TERMS);
    const each = some.map((history) => known(lifetimeValue(history, shop, TERMS)));
    const width = ([low, high]: readonly [number, number]) => high - low;
    expect(whole && width(whole.range)).toBeLessThan(each.reduce((sum, { range }) => sum + width(range), 0));
    expect(whole?.amount).toBeCloseTo(
      each.reduce((sum, { amount }) => sum + amount, 0),
      0,
    );
  });

  test('says when what people spend depends on how often they come', () => {
    const inputs = (correlation: number | null): Inputs =>
      known(lifetimeValue(REGULAR, { ...shop, correlation }, TERMS)).inputs;
    expect(inputs(0.1)).toMatchObject({ correlation: 0.1, assumptionHolds: true });
    expect(inputs(-0.5)).toMatchObject({ correlation: -0.5, assumptionHolds: false });
    expect(inputs(null).assumptionHolds).toBeNull();
  });
});

describe('customers of whom nothing can be learnt', () => {
  test.each<[string, Order[][]]>([
    ['nobody', []],
    ['one customer', [every(30, 12)]],
    ['nobody came back', Array.from({ length: 80 }, (_, i) => [order(100 + i, 20)])],
    ['everything was free', Array.from({ length: 80 }, () => every(30, 3, 0))],
  ])('%s: the company stays unknown and the own history speaks', (_, orders) => {
    const company = fitCompany(customersOf(orders.flatMap((one) => historyOf(one, NOW) ?? [])), FITTING);
    expect(company).toMatchObject({ best: null, draws: [] });
    expect(known(lifetimeValue(REGULAR, company, TERMS)).method).toBe('history');
    expect(valueOfAll(REGULAR ? [REGULAR] : [], company, TERMS)).toBeNull();
  });

  test.each<[string, (i: number) => Order[]]>([
    ['all alike', () => every(30, 6)],
    ['all bought on two days, long ago', () => [order(100, 20), order(101, 20)]],
    ['one spends a million times as much', (i) => every(20 + i, 4, i === 0 ? 5e7 : 50)],
  ])('%s: every number is one', (_, orders) => {
    const all = Array.from({ length: 60 }, (__, i) => historyOf(orders(i), NOW)).filter(
      (one) => one !== null,
    );
    const company = fitCompany(customersOf(all), { ...FITTING, draws: 20 });
    for (const history of [all[0] ?? null, historyOf([order(5, 3)], NOW), REGULAR]) {
      const value = known(lifetimeValue(history, company, { ...TERMS, discount: 0.1 }));
      expect(value.method).toBe('model');
      for (const number of [value.amount, ...value.range, ...numbersIn(value.inputs)]) {
        expect(Number.isFinite(number)).toBe(true);
        expect(number).toBeGreaterThanOrEqual(-1);
      }
      expect(value.range[0]).toBeLessThanOrEqual(value.amount);
      expect(value.range[1]).toBeGreaterThanOrEqual(value.amount);
    }
  });
});

function known(value: ReturnType<typeof lifetimeValue>): Lifetime {
  if (value.method === null) throw new Error(value.why);
  return value;
}

function numbersIn(inputs: Inputs): number[] {
  return Object.values(inputs).filter((value) => typeof value === 'number');
}

function customersOf(some: readonly History[]): Customer[] {
  return some.map((history) => customerOf(history, NOW));
}

/** Customers with paces and purses of their own, a third of whom never came back. */
function shopOf(count: number): History[] {
  const random = seeded(4);
  return Array.from({ length: count }, (_, i) => {
    const days = 200 + Math.floor(200 * random());
    const purse = 20 + 60 * random();
    const times = i % 3 === 0 ? 0 : 1 + Math.floor(8 * random());
    const orders = [order(days, purse)];
    for (let k = 0; k < times; k++) {
      orders.push(order(Math.floor(days * random()), (purse * Math.exp(logGamma(5, random))) / 5));
    }
    return historyOf(orders, NOW);
  }).filter((history) => history !== null);
}
