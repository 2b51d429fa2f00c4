import { describe, expect, test } from 'vitest';
import { customerValue, poissonInterval } from './history.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

describe('what a customer is worth', () => {
  test('nothing bought has no value, not a value of zero', () => {
    expect(customerValue([])).toBeNull();
  });

  test('sums in different currencies are not added: the one of most orders speaks', () => {
    const value = customerValue([
      { currency: 'TWD', orders: 1, spent: 9000, firstAt: daysAgo(300) },
      { currency: 'EUR', orders: 3, spent: 90.1 + 0.2, firstAt: daysAgo(300) },
    ]);
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
