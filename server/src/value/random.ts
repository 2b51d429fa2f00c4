/** Random numbers that are the same for the same seed: a range must not move each time it is looked at. */

/** Uniform between 0 and 1, both left out. */
export type Random = () => number;

/** Mulberry32 (Ettinger), started from a whole number. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 + 2 ** -33;
  };
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/**
 * The logarithm of a gamma variable of rate 1 (Marsaglia & Tsang 2000); the logarithm because a small `shape` gives
 * values below the least number that there is.
 */
export function logGamma(shape: number, random: Random): number {
  if (shape < 1) return logGamma(shape + 1, random) + Math.log(random()) / shape;
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}

export function beta(a: number, b: number, random: Random): number {
  return 1 / (1 + Math.exp(logGamma(b, random) - logGamma(a, random)));
}

const LARGE_MEAN = 500;

/** A Poisson variable; above a mean of 500 by the normal distribution, from which it differs by less than a thousandth there. */
export function poisson(mean: number, random: Random): number {
  if (mean > LARGE_MEAN) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = -mean;
  let count = -1;
  for (let sum = 0; sum >= limit; count++) sum += Math.log(random());
  return count;
}

/** The try that ends a run of tries, each of which ends it with `chance`: 1, 2, … or Infinity. */
export function geometric(chance: number, random: Random): number {
  if (chance >= 1) return 1;
  const odds = Math.log1p(-chance);
  return odds === 0 ? Number.POSITIVE_INFINITY : 1 + Math.floor(Math.log(random()) / odds);
}
