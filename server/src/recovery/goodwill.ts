/** Goodwill: what a person gives without asking, and what a colleague is asked about. */
import type { GoodwillUse } from '@fullname/shared/recovery';
import type { GoodwillRow } from '../store/goodwill.ts';
import { iso } from '../store/log.ts';
import type { Names } from '../store/recovery.ts';

/** The row as both ends speak of it. */
export function toGoodwillUse(row: GoodwillRow, names: Names): GoodwillUse {
  const { customer, customerName, amount, currency, ...facts } = row;
  return {
    ...facts,
    at: iso(row.at),
    by: names(row.by),
    amount: { amount, currency },
    customer: customer === null ? null : { id: customer, name: customerName ?? '' },
    colleague: row.colleague === null ? null : names(row.colleague),
  };
}
