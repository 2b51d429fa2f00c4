import { describe, expect, test } from 'vitest';
import { disputeBeside } from './dispute.ts';
import { networkValue } from './network.ts';

const VALUE = { amount: 1870, range: [1234, 2711], currency: 'USD' } as const;

describe('a dispute beside the value', () => {
  test('$12 against about $1,900 (1,200–2,800)', () => {
    expect(disputeBeside({ amount: 12, currency: 'USD' }, VALUE, { percent: 5 })).toEqual({
      disputed: 12,
      currency: 'USD',
      about: 1900,
      range: [1200, 2800],
      share: 12 / 1870,
      limit: 61.7,
      giveIn: true,
    });
  });

  test.each([
    [61, true],
    [62, false],
  ])('giving in over %i is suggested: %s, at five per cent of the lower end', (amount, giveIn) => {
    expect(disputeBeside({ amount, currency: 'USD' }, VALUE, { percent: 5 })?.giveIn).toBe(giveIn);
  });

  test('the company may measure by the amount, and may never give in', () => {
    const disputed = { amount: 90, currency: 'USD' };
    expect(disputeBeside(disputed, VALUE, { percent: 5, of: 'amount' })?.giveIn).toBe(true);
    expect(disputeBeside(disputed, VALUE, { percent: 0 })?.giveIn).toBe(false);
  });

  test('against somebody who has left nothing is small', () => {
    const gone = { amount: 0, range: [0, 0], currency: 'USD' } as const;
    expect(disputeBeside({ amount: 1, currency: 'USD' }, gone, { percent: 5 })).toMatchObject({
      share: null,
      giveIn: false,
    });
  });

  test('other currencies and no amounts are not compared', () => {
    expect(disputeBeside({ amount: 12, currency: 'EUR' }, VALUE, { percent: 5 })).toBeNull();
    for (const amount of [0, -3, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(disputeBeside({ amount, currency: 'USD' }, VALUE, { percent: 5 })).toBeNull();
    }
  });
});

describe('the network', () => {
  const own = { amount: 1000, range: [500, 2000] } as const;
  const friend = { amount: 400, range: [100, 900] } as const;

  test('those who came are added with their own value, and those of whom too little is known are counted', () => {
    expect(networkValue({ own, referrals: [friend, null], reach: null, warned: null })).toEqual({
      value: { amount: 1400, range: [600, 2900] },
      times: 1.4,
      came: 2,
      unknown: 1,
      fromReferrals: 400,
      fromReach: null,
      scenario: null,
    });
  });

  test('nobody came: the value is their own, once', () => {
    expect(networkValue({ own, referrals: [], reach: null, warned: null })).toMatchObject({
      value: own,
      times: 1,
    });
  });

  test('reach counts when the company gives it', () => {
    const reach = { people: 10, share: 0.1, worth: 300 };
    expect(networkValue({ own, referrals: [], reach, warned: null })).toMatchObject({
      fromReach: 300,
      times: 1.3,
      value: { amount: 1300, range: [800, 2300] },
    });
  });

  test('the warning of others is a scenario beside the value, which it leaves alone', () => {
    const warned = { people: 20, share: 0.25, worth: 400 };
    const { value, scenario } = networkValue({ own, referrals: [friend], reach: null, warned });
    expect(value.amount).toBe(1400);
    expect(scenario).toEqual({ label: 'if they warn others', lost: 2000, left: -600 });
  });

  test('what a customer brought stays when they have left', () => {
    const gone = { amount: 0, range: [0, 0] } as const;
    expect(networkValue({ own: gone, referrals: [friend], reach: null, warned: null })).toMatchObject({
      times: null,
      value: friend,
    });
  });

  test.each([
    { people: -1, share: 0.1, worth: 3 },
    { people: 1, share: 1.1, worth: 3 },
    { people: 1, share: 0.1, worth: Number.NaN },
  ])('figures that cannot be are refused: %o', (reach) => {
    expect(() => networkValue({ own, referrals: [], reach, warned: null })).toThrow(RangeError);
  });
});
