import { describe, expect, test } from 'vitest';
import { customerValue, poissonInterval } from './history.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

describe('what a customer is worth', () => {
  test('nothing bought has no value, not a value of zero', () => {
    expect(customerValue([], NOW)).toBeNull();
  });

  test('one order gives what was spent, and no range', () => {
    const value = customerValue([{ currency: 'EUR', orders: 1, spent: 60, firstAt: daysAgo(400) }], NOW);
    expect(value).toEqual({ currency: 'EUR', spent: 60, orders: 1, tenYears: null });
  });

  test('under ninety days there is no range, however many orders', () => {
    const orders = { currency: 'EUR', orders: 9, spent: 500 };
    expect(customerValue([{ ...orders, firstAt: daysAgo(89) }], NOW)?.tenYears).toBeNull();
    expect(customerValue([{ ...orders, firstAt: daysAgo(90) }], NOW)?.tenYears).not.toBeNull();
  });

  test('the range holds the plain pace: 24 returns in 2 years at 50 each are 6,000 in ten', () => {
    const value = customerValue([{ currency: 'EUR', orders: 25, spent: 1250, firstAt: daysAgo(730.5) }], NOW);
    const [least, most] = value?.tenYears ?? [0, 0];
    // Exact Poisson limits for 24 at 90 %: 16.55 and 33.75.
    expect(least).toBe(4100);
    expect(most).toBe(8500);
  });

  test('more history at the same pace makes the range narrower', () => {
    const width = (years: number) => {
      const orders = { currency: 'EUR', orders: 1 + 4 * years, spent: 20 * (1 + 4 * years) };
      const [least, most] =
        customerValue([{ ...orders, firstAt: daysAgo(365.25 * years) }], NOW)?.tenYears ?? [];
      return (most ?? 0) / (least ?? 1);
    };
    expect(width(8)).toBeLessThan(width(2));
  });

  test('sums in different currencies are not added: the one of most orders speaks', () => {
    const value = customerValue(
      [
        { currency: 'TWD', orders: 1, spent: 9000, firstAt: daysAgo(300) },
        { currency: 'EUR', orders: 3, spent: 90.1 + 0.2, firstAt: daysAgo(300) },
      ],
      NOW,
    );
    expect(value).toMatchObject({ currency: 'EUR', spent: 90.3, orders: 3 });
  });
});

test.each([
  [0, 0, 2.996],
  [1, 0.051, 4.744],
  [5, 1.97, 10.513],
  [20, 13.255, 29.062],
])('the 90 %% limits for a count of %i are the exact ones to within a twentieth', (count, least, most) => {
  const [low, high] = poissonInterval(count);
  expect(low).toBeCloseTo(least, 1);
  expect(high).toBeCloseTo(most, 1);
});
