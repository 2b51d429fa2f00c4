import { describe, expect, test } from 'vitest';
import {
  drawFuture,
  drawPurchases,
  expectedPurchases,
  type Frequency,
  fitBgNbd,
  logLikelihood,
  probabilityAlive,
} from './bg-nbd.ts';
import {
  correlation,
  drawOrders,
  drawRate,
  expectedSpend,
  fitGammaGamma,
  logLikelihoodOfSpend,
} from './gamma-gamma.ts';
import { highest, walk } from './optimise.ts';
import { beta, geometric, logGamma, normal, poisson, type Random, seeded } from './random.ts';
import { hyp2f1, lgamma, logAddExp, logRising } from './special.ts';

/** Of CDNOW, as published. */
const CDNOW = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const CDNOW_SPEND = { p: 6.25, q: 3.74, v: 15.44 };

describe('special functions', () => {
  test.each([
    [1, 0],
    [5, Math.log(24)],
    [0.5, Math.log(Math.PI) / 2],
    [1e-3, 6.907178885383853],
    [171, 706.5730622457874],
  ])('lgamma(%d)', (x, value) => expect(lgamma(x)).toBeCloseTo(value, 10));

  test('lgamma is none at 0 and below', () => expect(lgamma(0)).toBeNaN());

  test.each([0.01, 0.5, 0.9, 0.999])('₂F₁ where it is an elementary function, at %d', (z) => {
    expect(hyp2f1({ a: 1, b: 1, c: 2, z })).toBeCloseTo(-Math.log(1 - z) / z, 10);
    expect(hyp2f1({ a: 0.3, b: 2.5, c: 2.5, z }) / (1 - z) ** -0.3).toBeCloseTo(1, 10);
    expect(hyp2f1({ a: 0.5, b: 1, c: 1.5, z: z * z })).toBeCloseTo(Math.atanh(z) / z, 8);
  });

  test('a scale that takes the sum out of the reach of numbers belongs inside', () => {
    expect(hyp2f1({ a: 400, b: 3, c: 3, z: 0.9 })).toBe(Number.POSITIVE_INFINITY);
    expect(hyp2f1({ a: 400, b: 3, c: 3, z: 0.9 }, 1e-300) / 1e100).toBeCloseTo(1, 8);
  });

  test('ln(eᵃ + eᵇ) where eᵃ is nothing and where it is too much', () => {
    expect(logAddExp(-1000, -1000)).toBeCloseTo(-1000 + Math.log(2), 10);
    expect(logAddExp(1000, Number.NEGATIVE_INFINITY)).toBe(1000);
    expect(logAddExp(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  });

  test('rising factorials are differences of lgamma', () => {
    expect(logRising(0.24, 7)[7]).toBeCloseTo(lgamma(7.24) - lgamma(0.24), 10);
  });
});

describe('random numbers', () => {
  const many = (draw: (random: Random) => number) => {
    const random = seeded(11);
    return mean(Array.from({ length: 40_000 }, () => draw(random)));
  };

  test('are the same for the same seed, and others for another', () => {
    expect(seeded(3)()).toBe(seeded(3)());
    expect(seeded(3)()).not.toBe(seeded(4)());
  });

  test('have the means of their distributions', () => {
    expect(many(normal)).toBeCloseTo(0, 1);
    expect(many((random) => Math.exp(logGamma(0.2, random)))).toBeCloseTo(0.2, 1);
    expect(many((random) => Math.exp(logGamma(9, random))) / 9).toBeCloseTo(1, 1);
    expect(many((random) => beta(0.8, 2.4, random))).toBeCloseTo(0.25, 1);
    expect(many((random) => poisson(3.5, random)) / 3.5).toBeCloseTo(1, 1);
    expect(many((random) => poisson(900, random)) / 900).toBeCloseTo(1, 2);
    expect(many((random) => geometric(0.25, random)) / 4).toBeCloseTo(1, 1);
  });

  test('stay in bounds at the edges', () => {
    expect(poisson(0, seeded(1))).toBe(0);
    expect(geometric(1, seeded(1))).toBe(1);
    expect(geometric(0, seeded(1))).toBe(Number.POSITIVE_INFINITY);
    const tiny = Array.from({ length: 200 }, (_, i) => beta(1e-4, 1e-4, seeded(i)));
    expect(tiny.every((share) => share >= 0 && share <= 1)).toBe(true);
  });
});

describe('the search', () => {
  const hill = ([x = 0, y = 0]: readonly number[]) => -((1 - x) ** 2) - 100 * (y - x * x) ** 2;

  test("finds the top of Rosenbrock's bent valley", () => {
    const { at } = highest(hill, [[-1.2, 1]]);
    expect(at[0]).toBeCloseTo(1, 5);
    expect(at[1]).toBeCloseTo(1, 5);
  });

  test('says when no start is allowed', () => {
    expect(() => highest(() => Number.NEGATIVE_INFINITY, [[0]])).toThrow('no start');
  });

  test('walks a bell with its own spread and slant', () => {
    const bell = ([x = 0, y = 0]: readonly number[]) => -(x * x) / 2 - (y - x) ** 2 / 2;
    const points = walk(bell, [0, 0], { draws: 4000, thin: 8, random: seeded(2) });
    const of = (f: (x: number, y: number) => number) => mean(points.map(([x = 0, y = 0]) => f(x, y)));
    expect(of((x) => x * x)).toBeGreaterThan(0.85);
    expect(of((x) => x * x)).toBeLessThan(1.15);
    expect(of((x, y) => x * y)).toBeGreaterThan(0.8);
    expect(of((_, y) => y * y)).toBeGreaterThan(1.6);
    expect(of((_, y) => y * y)).toBeLessThan(2.4);
  });
});

describe('BG/NBD', () => {
  test('the likelihood of one customer, worked by hand', () => {
    const ones = { r: 1, alpha: 1, a: 1, b: 1 };
    expect(logLikelihood(ones, [{ repeats: 0, last: 0, age: 3 }])).toBeCloseTo(Math.log(1 / 4), 12);
    // Γ(2)/Γ(1) · Γ(2)Γ(2)/(Γ(1)Γ(3)) · (4⁻² + 2⁻²)
    expect(logLikelihood(ones, [{ repeats: 1, last: 1, age: 3 }])).toBeCloseTo(Math.log(5 / 32), 12);
  });

  test("the paper's own customer: 2 repeats until week 30.43 of 38.86 give 1.226 in the next 39", () => {
    const customer = { repeats: 2, last: 30.43, age: 38.86 };
    expect(expectedPurchases(CDNOW, customer, 39)).toBeCloseTo(1.226, 3);
    expect(probabilityAlive(CDNOW, customer)).toBeCloseTo(0.726, 2);
  });

  test('who never came back has not left, and nothing is bought in no time', () => {
    expect(probabilityAlive(CDNOW, { repeats: 0, last: 0, age: 39 })).toBe(1);
    expect(expectedPurchases(CDNOW, { repeats: 3, last: 20, age: 39 }, 0)).toBe(0);
  });

  test.each([
    [{ ...CDNOW }, { repeats: 4, last: 30, age: 39 }, 52],
    [{ r: 2, alpha: 10, a: 3, b: 9 }, { repeats: 0, last: 0, age: 20 }, 500],
    [{ r: 0.5, alpha: 0, a: 0.5, b: 1.5 }, { repeats: 25, last: 100, age: 104 }, 520],
  ])('the formula is the mean of the futures that are drawn: %o', (params, customer, weeks) => {
    const random = seeded(5);
    const drawn = mean(
      Array.from({ length: 60_000 }, () =>
        drawPurchases(drawFuture(params, customer, random), weeks, random),
      ),
    );
    expect(drawn / expectedPurchases(params, customer, weeks)).toBeCloseTo(1, 1);
  });

  test('has no gap where the formula is 0/0', () => {
    const at = (a: number, b: number) =>
      expectedPurchases({ ...CDNOW, a, b }, { repeats: 0, last: 0, age: 30 }, 520);
    expect(at(1, 2)).toBeCloseTo(at(1.001, 2), 2);
    expect(at(1, 2)).toBeCloseTo(at(0.999, 2), 2);
    expect(at(0.5, 0.5)).toBeCloseTo(at(0.5, 0.501), 1);
  });

  test.each([
    { r: 3000, alpha: 1e4, a: 0.001, b: 500 },
    { r: 0.001, alpha: 1e-3, a: 2000, b: 0.01 },
    { r: 10, alpha: 0.01, a: 150, b: 900 },
  ])('stays a number at the end of the world: %o', (params) => {
    for (const repeats of [0, 1, 400]) {
      const customer = { repeats, last: repeats === 0 ? 0 : 100, age: 104 };
      const expected = expectedPurchases(params, customer, 1040);
      expect(expected).toBeGreaterThanOrEqual(0);
      expect(expected).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });

  test('the fit finds what customers were made of, better than the truth itself does', () => {
    const truth = { r: 0.8, alpha: 6, a: 0.9, b: 3 };
    const customers = madeOf(truth, 3000);
    const fit = fitBgNbd(customers);
    expect(fit?.logLikelihood).toBeGreaterThanOrEqual(logLikelihood(truth, customers));
    const { r = 0, alpha = 1, a = 0, b = 1 } = fit?.params ?? {};
    expect(Math.abs(r / truth.r - 1)).toBeLessThan(0.2);
    expect(Math.abs(r / alpha / (truth.r / truth.alpha) - 1)).toBeLessThan(0.1);
    expect(Math.abs(a / (a + b) - 0.9 / 3.9)).toBeLessThan(0.05);
  });

  test('days instead of weeks change alpha alone', () => {
    const weeks = madeOf(CDNOW, 300);
    const days = weeks.map(({ repeats, last, age }) => ({ repeats, last: 7 * last, age: 7 * age }));
    const [inWeeks, inDays] = [fitBgNbd(weeks)?.params, fitBgNbd(days)?.params];
    expect((inDays?.alpha ?? 0) / (inWeeks?.alpha ?? 1)).toBeCloseTo(7, 3);
    expect(inDays?.a).toBeCloseTo(inWeeks?.a ?? 0, 3);
  });

  test('is not fitted to nobody, to one, or to people of whom none came back', () => {
    const once = { repeats: 0, last: 0, age: 30 };
    expect(fitBgNbd([])).toBeNull();
    expect(fitBgNbd([{ repeats: 3, last: 20, age: 30 }])).toBeNull();
    expect(fitBgNbd([once, once, once])).toBeNull();
    expect(fitBgNbd([once, { repeats: 1, last: 0, age: 0 }])?.logLikelihood).not.toBeNaN();
  });
});

describe('Gamma-Gamma', () => {
  test.each([
    [2, 22.35, 24.65],
    [1, 11.77, 18.91],
    [0, 0, 35.17],
  ])('%i orders of %d on average let %d be expected, as published', (orders, spent, expected) => {
    expect(Math.abs(expectedSpend(CDNOW_SPEND, { orders, mean: spent }) - expected)).toBeLessThan(0.1);
  });

  test('the likelihood of one customer, worked by hand', () => {
    // p = q = v = x = 1, mean 1: Γ(2)/(Γ(1)Γ(1)) · 1 · (1 + 1)⁻².
    expect(logLikelihoodOfSpend({ p: 1, q: 1, v: 1 }, [{ orders: 1, mean: 1 }])).toBeCloseTo(
      Math.log(1 / 4),
      12,
    );
  });

  test('the fit finds what spends were made of, and knows no currency', () => {
    const random = seeded(8);
    const spends = Array.from({ length: 2000 }, (_, i) => {
      const orders = 1 + (i % 6);
      const rate = drawRate(CDNOW_SPEND, { orders: 0, mean: 0 }, random);
      return { orders, mean: drawOrders(CDNOW_SPEND, rate, { count: orders, random }) / orders };
    });
    const { p = 0, q = 0, v = 0 } = fitGammaGamma(spends)?.params ?? {};
    expect(Math.abs(p / CDNOW_SPEND.p - 1)).toBeLessThan(0.25);
    expect(Math.abs((p * v) / (q - 1) / 35.2 - 1)).toBeLessThan(0.1);
    const cents = fitGammaGamma(spends.map((one) => ({ ...one, mean: 100 * one.mean })))?.params;
    expect((cents?.v ?? 0) / v).toBeCloseTo(100, 1);
    expect(cents?.p).toBeCloseTo(p, 3);
  });

  test('equal spends are expected again, and nothing spent is no spending', () => {
    const equal = Array.from({ length: 30 }, () => ({ orders: 3, mean: 20 }));
    const fit = fitGammaGamma(equal);
    expect(fit && expectedSpend(fit.params, { orders: 3, mean: 20 })).toBeCloseTo(20, 1);
    expect(
      fitGammaGamma([
        { orders: 2, mean: 0 },
        { orders: 0, mean: 0 },
        { orders: 1, mean: 5 },
      ]),
    ).toBeNull();
  });

  test('the correlation of how often and how much, where there is one', () => {
    const line = [1, 2, 3, 4].map((orders) => ({ orders, mean: 10 * orders }));
    expect(correlation(line)).toBeCloseTo(1, 10);
    expect(correlation(line.map(({ orders }) => ({ orders, mean: 5 })))).toBeNull();
    expect(correlation([])).toBeNull();
  });
});

/** Customers who first bought in the last 30 to 42 weeks and then did as the model says. */
function madeOf({ r, alpha, a, b }: typeof CDNOW, count: number): Frequency[] {
  const random = seeded(21);
  return Array.from({ length: count }, () => {
    const age = 30 + 12 * random();
    const pace = Math.exp(logGamma(r, random)) / alpha;
    const leaving = beta(a, b, random);
    let [repeats, last] = [0, 0];
    const wait = () => -Math.log(random()) / pace;
    for (let at = wait(); at < age; at += wait()) {
      repeats++;
      last = at;
      if (random() < leaving) break;
    }
    return { repeats, last, age };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
