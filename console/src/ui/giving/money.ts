/** Amounts that are given: what is left, and whether an amount is one of this currency. */
import type { Money, Purse } from '@fullname/shared/recovery';

/** What is left of one's own this month; never below nothing. */
export function leftOf({ budget, used }: Purse): number {
  return Math.max(0, rounded(budget.amount - used, budget.currency));
}

/** Rounded to the smallest coin: sums of binary fractions are not exact. */
export function rounded(amount: number, currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return Number(amount.toFixed(format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Something that can be given: more than nothing, and no finer than the smallest coin. */
export function canBeGiven({ amount, currency }: Money): boolean {
  return amount > 0 && amount <= 1_000_000 && rounded(amount, currency) === amount;
}
