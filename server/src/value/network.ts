/**
 * What a customer is worth through others: those who came because of them, those who may, and those who may stay away. It
 * stands beside the lifetime value and not in it, and it stays when they leave.
 *
 * Only what is known is counted. Who came is a fact; how many hear of it, and how many of those come or stay away, nobody
 * can know but the company, and without its figures there is no number.
 */

type Amount = { readonly amount: number; readonly range: readonly [number, number] };

/** How many people hear, what share of them (0–1) acts on it, and what one of them is worth. */
type Hearsay = { readonly people: number; readonly share: number; readonly worth: number };

/**
 * All in one currency. `referrals` holds the value of each customer who came through this one, null where too little is known
 * of them. `reach` and `warned` are the company's own figures: who hears a good story, and who hears of a failure.
 */
export type NetworkFacts = {
  readonly own: Amount;
  readonly referrals: readonly (Amount | null)[];
  readonly reach: Hearsay | null;
  readonly warned: Hearsay | null;
};

export type Network = {
  /** The customer and those who came, and the company's reach where it gave one. */
  readonly value: Amount;
  /** How many times the customer's own value that is; null when their own is nothing. */
  readonly times: number | null;
  readonly came: number;
  /** How many of those who came have no value yet; they count as nothing. */
  readonly unknown: number;
  readonly fromReferrals: number;
  readonly fromReach: number | null;
  /** What would be lost if they told of a failure: not a forecast, and never taken off `value`. */
  readonly scenario: {
    readonly label: 'if they warn others';
    readonly lost: number;
    readonly left: number;
  } | null;
};

/** Throws a RangeError on a company's figures that cannot be. */
export function networkValue({ own, referrals, reach, warned }: NetworkFacts): Network {
  const known = referrals.filter((one) => one !== null);
  const told = reach && worthOf(reach);
  const fromReferrals = total(known.map(({ amount }) => amount));
  const beside = (told ?? 0) + fromReferrals;
  const end = (side: 0 | 1) => own.range[side] + total(known.map(({ range }) => range[side])) + (told ?? 0);
  const value: Amount = { amount: own.amount + beside, range: [end(0), end(1)] };
  const lost = warned && worthOf(warned);
  return {
    value,
    times: own.amount > 0 ? 1 + beside / own.amount : null,
    came: referrals.length,
    unknown: referrals.length - known.length,
    fromReferrals,
    fromReach: told,
    scenario: lost === null ? null : { label: 'if they warn others', lost, left: value.amount - lost },
  };
}

function worthOf({ people, share, worth }: Hearsay): number {
  const isPossible = people >= 0 && share >= 0 && share <= 1 && worth >= 0 && Number.isFinite(people * worth);
  if (!isPossible) throw new RangeError('people and worth must be 0 or more, share between 0 and 1');
  return people * share * worth;
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
