/** CDNOW: 2,357 people who bought music there for the first time in early 1997, read from `../shared/data` beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frequency } from '../../../server/dist/value/bg-nbd.js';
import type { Order } from '../../../server/dist/value/lifetime.js';
import { DATA } from './corpora.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** The last day of the first 39 weeks; the 39 weeks that follow are held out. */
const SEEN_UNTIL = Date.parse('1997-09-30T00:00:00Z');
export const HELD_OUT_WEEKS = 39;
export const NOW = SEEN_UNTIL;

/** What was seen of somebody in the first 39 weeks, and what they did in the next: on how many days, for how many dollars. */
export type Buyer = {
  readonly orders: readonly Order[];
  /** In weeks. Orders of nothing are in it, as in the papers; the relay leaves them out. */
  readonly frequency: Frequency;
  readonly later: { readonly purchases: number; readonly spend: number };
};

/** Null where the data is not there. */
export function cdnowBuyers(): Buyer[] | null {
  const text = read('cdnow-transactions.txt');
  if (text === null) return null;
  const byBuyer = new Map<string, Order[]>();
  for (const line of text.split('\n')) {
    const [, id, date, , dollars] = line.trim().split(/\s+/);
    if (id === undefined || date === undefined) continue;
    const at = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00.000Z`;
    byBuyer.set(id, [...(byBuyer.get(id) ?? []), { at, amount: Number(dollars), currency: 'USD' }]);
  }
  return [...byBuyer.values()].map(buyerOf);
}

function buyerOf(all: readonly Order[]): Buyer {
  const isSeen = ({ at }: Order) => Date.parse(at) <= SEEN_UNTIL;
  const orders = all.filter(isSeen);
  const days = daysOf(orders);
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  const week = (from: number, to: number) => ((to - from) * DAY_MS) / WEEK_MS;
  const age = week(first, SEEN_UNTIL / DAY_MS);
  const frequency = { repeats: days.length - 1, last: week(first, last), age };
  const after = all.filter((order) => !isSeen(order));
  const spend = after.reduce((sum, { amount }) => sum + amount, 0);
  return { orders, frequency, later: { purchases: daysOf(after).length, spend } };
}

function daysOf(orders: readonly Order[]): number[] {
  const days = new Set(orders.map(({ at }) => Math.floor(Date.parse(at) / DAY_MS)));
  return [...days].sort((a, b) => a - b);
}

/** The summary that the papers' figures come from: how often people came back, when last and how long ago first, in weeks. */
export function cdnowSummary(): Frequency[] | null {
  const lines = read('cdnow-customers-summary.csv')?.trim().split('\n').slice(1);
  return (
    lines?.map((line) => {
      const [, repeats = 0, last = 0, age = 0] = line.split(',').map(Number);
      return { repeats, last, age };
    }) ?? null
  );
}

function read(name: string): string | null {
  const file = join(DATA, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
