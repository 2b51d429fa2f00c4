/** Chance from a seed: the same numbers on every machine. */
export type Random = {
  /** From 0 up to, not including, 1. */
  random(): number;
  between(from: number, to: number): number;
  /** From 0 up to, not including, `count`. */
  below(count: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item | undefined;
  /** A version 4 UUID. */
  id(): string;
};

export function createRandom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  // Mulberry32: small, fast, and good enough to choose by.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(random() * count);
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return {
    random,
    below,
    between: (from, to) => from + random() * (to - from),
    chance: (probability) => random() < probability,
    pick: (items) => items[below(items.length)],
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
}
