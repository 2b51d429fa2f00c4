/**
 * The plain pace, for comparison: returns are a Poisson process for ever, as if nobody left. The exact limits (Garwood) in the
 * Wilson–Hilferty form.
 */

/** The 95 % point of the normal distribution: 5 % are left out on either side. */
const Z = 1.6449;

/** The 90 % interval for the mean of a Poisson variable that was seen once, as `count`. */
export function poissonInterval(count: number): [number, number] {
  const next = count + 1;
  const most = next * (1 - 1 / (9 * next) + Z / (3 * Math.sqrt(next))) ** 3;
  if (count === 0) return [0, most];
  return [count * Math.max(0, 1 - 1 / (9 * count) - Z / (3 * Math.sqrt(count))) ** 3, most];
}
