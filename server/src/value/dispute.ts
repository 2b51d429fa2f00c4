/** What is argued about beside what the customer is worth: “$12 against about $1,900 (1,200–2,800)”. */
import { twoDigits } from './rounding.ts';

/** In the currency's main unit. */
export type Disputed = { readonly amount: number; readonly currency: string };

export type Worth = {
  readonly amount: number;
  readonly range: readonly [number, number];
  readonly currency: string;
};

/**
 * When giving in is suggested: below `percent` of the lower end of the value, or of the amount itself where the company
 * trusts in it (`of`). The lower end of somebody who may have left is 0, and then nothing is below it.
 */
export type GivingIn = { readonly percent: number; readonly of?: 'low' | 'amount' };

/** The parts of the sentence. `about` has two digits, and `range` two digits rounded outward. */
export type Beside = {
  readonly disputed: number;
  readonly currency: string;
  readonly about: number;
  readonly range: readonly [number, number];
  /** The disputed amount as a share of the value (.006 is 0.6 %), not rounded; null against a value of nothing. */
  readonly share: number | null;
  /** Up to which amount giving in is suggested. */
  readonly limit: number;
  readonly giveIn: boolean;
};

/** Null when the two are in different currencies, or when what is disputed is no amount above 0: nothing can be compared. */
export function disputeBeside(
  disputed: Disputed,
  worth: Worth,
  { percent, of = 'low' }: GivingIn,
): Beside | null {
  const { amount, currency } = disputed;
  if (currency !== worth.currency || !(amount > 0 && amount < Number.POSITIVE_INFINITY)) return null;
  const [low, high] = worth.range;
  const limit = (percent / 100) * (of === 'low' ? low : worth.amount);
  return {
    disputed: amount,
    currency,
    about: twoDigits(worth.amount, Math.round),
    range: [twoDigits(low, Math.floor), twoDigits(high, Math.ceil)],
    share: worth.amount > 0 ? amount / worth.amount : null,
    limit,
    giveIn: amount < limit,
  };
}
