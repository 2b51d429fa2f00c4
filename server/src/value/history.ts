/** What a customer is worth from their history alone: the words of the models, where no others are known to learn from. */
import type { Frequency } from './bg-nbd.ts';
import { type Draw, drawDrift, type Parameters } from './company.ts';
import type { Random } from './random.ts';

/**
 * What is taken for true of a customer whose company has too few others to learn from, in the words of the models. The pace
 * is what they themselves have shown (Jeffreys' prior, which says nothing). After each
 * order one in four leaves, until they show better; silence that is long for them counts against them. Orders scatter by four
 * fifths about their mean. Chosen with CDNOW in sight; docs/evaluation.md says how often the ranges hold there.
 */
export const KNOWING_NOBODY: Parameters = {
  purchases: { r: 0.5, alpha: 0, a: 0.5, b: 1.5 },
  spend: { p: 1.5, q: 1e-3, v: 0 },
};

export function drawsKnowingNobody(draws: number, random: Random): Draw[] {
  return Array.from({ length: draws }, () => ({ ...KNOWING_NOBODY, ...drawDrift(random) }));
}

const LEAST_DAYS = 90;

export function isTooShort(age: Frequency['age']): boolean {
  return age * 7 < LEAST_DAYS;
}
