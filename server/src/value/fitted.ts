/** The company's figures of a day: the fitted models, and what its customers are worth beside each other. */
import type { BoughtRow } from '../store/value.ts';
import { type Company, fitCompany } from './company.ts';
import { customerOf, expectedValue, type Terms } from './lifetime.ts';
import { twoDigits } from './rounding.ts';

/** `now` in milliseconds; `terms` for the values of the customers. */
export type Fitting = {
  readonly bought: readonly BoughtRow[];
  readonly now: number;
  readonly terms: Omit<Terms, 'now'>;
};

/** `values` are those of the customers of whom enough is known; null where there are none. */
export type CompanyFigures = Company & {
  readonly values: {
    readonly median: number;
    readonly middle: readonly [number, number];
    readonly customers: number;
  } | null;
};

/** Null when nobody has bought anything. In the currency of most customers; what the others paid cannot be added. */
export function fitted({ bought, now, terms }: Fitting): CompanyFigures | null {
  const currency = commonest(bought.map((row) => row.currency));
  if (currency === undefined) return null;
  const histories = bought.filter((row) => row.currency === currency);
  const company = fitCompany(
    histories.map((history) => customerOf(history, now)),
    { now, currency },
  );
  const values = histories.flatMap((history) => expectedValue(history, company, { ...terms, now }) ?? []);
  return { ...company, values: values.length === 0 ? null : spreadOf(values) };
}

function commonest(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return most?.[0];
}

function spreadOf(values: readonly number[]): CompanyFigures['values'] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return {
    median: twoDigits(at(0.5), Math.round),
    middle: [twoDigits(at(0.25), Math.floor), twoDigits(at(0.75), Math.ceil)],
    customers: values.length,
  };
}
