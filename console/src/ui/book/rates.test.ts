import { describe, expect, it } from 'vitest';
import { interval } from './rates.ts';

describe('the range of a rate', () => {
  it('is Wilson’s: known values', () => {
    const { from, to } = interval(8, 10);
    expect(from).toBeCloseTo(0.49, 2);
    expect(to).toBeCloseTo(0.943, 3);
  });

  it('stays between nothing and all, also at the ends', () => {
    expect(interval(0, 10).from).toBe(0);
    expect(interval(10, 10).to).toBe(1);
    expect(interval(0, 0)).toEqual({ from: 0, to: 1 });
  });

  it('grows narrower with the count', () => {
    const width = (of: number) => interval(of / 2, of).to - interval(of / 2, of).from;
    expect(width(1_000)).toBeLessThan(width(100));
    expect(width(100)).toBeLessThan(width(10));
  });
});
