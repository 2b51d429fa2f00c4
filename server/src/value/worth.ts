/** A customer's value as the pane shows it: theirs, through others, and beside what is argued about. */
import { setImmediate as letOthers } from 'node:timers/promises';
import type {
  Dispute,
  Lifetime as ShownLifetime,
  Network as ShownNetwork,
  Value,
} from '@fullname/shared/model';
import type { RecoverySettings } from '@fullname/shared/recovery';
import { USUAL } from '../recovery/settings.ts';
import type { Db } from '../store/db.ts';
import { readSetting } from '../store/settings.ts';
import { type BoughtRow, type DisputedRow, readWorth } from '../store/value.ts';
import type { Company } from './company.ts';
import { disputeBeside } from './dispute.ts';
import { type History, type Lifetime, lifetimeValue, type Terms, type Unknown } from './lifetime.ts';
import { networkValue } from './network.ts';
import { twoDigits } from './rounding.ts';

const DAY_MS = 86_400_000;

/**
 * Null when nothing was bought. Sums in different currencies are not added: the one of most days speaks, and what is in
 * another stands beside nothing. `now` in milliseconds; the value of a day holds for the day, so that it is worked out once.
 */
export async function worthOf(
  db: Db,
  { customer, now }: { readonly customer: string; readonly now: number },
): Promise<Value | null> {
  const row = await readWorth(db, { customer, now });
  const own = row.bought.find((one) => one.customer === customer);
  if (!own) return null;
  const settings = { ...USUAL, ...(row.recovery as Partial<RecoverySettings> | null) };
  const { horizonYears, discount } = settings;
  const basis = {
    company: await companyOf(db, row.companyAt),
    companyAt: row.companyAt,
    terms: { now: Math.floor(now / DAY_MS) * DAY_MS, horizonYears, discount },
  };
  const lifetime = lifetimeToday(own, basis);
  const friends = await valuesOfFriends(row.bought, row.came, { ...basis, currency: own.currency });
  return {
    currency: own.currency,
    spent: Math.round(own.spent * 100) / 100,
    orders: own.orders,
    lifetime: lifetime.method === null ? null : shownLifetime(lifetime),
    why: lifetime.method === null && lifetime.why !== 'nothing bought' ? lifetime.why : null,
    network: networkOf(lifetime, friends, { settings, currency: own.currency }),
    disputes:
      lifetime.method === null
        ? []
        : disputesOf(row.disputed, lifetime, { settings, currency: own.currency }),
  };
}

// ── One customer's ──────────────────────────────────────────────────────────

type Basis = { readonly company: Company | null; readonly companyAt: string | null; readonly terms: Terms };

/** Values of the day, by all that they were worked out from; those that nobody asked for longest go first. */
const worked = new Map<string, Lifetime | Unknown>();
const WORKED_MAX = 2_000;

/** Some milliseconds of drawing where it is not known yet. */
function lifetimeToday({ customer, orders: _, ...history }: BoughtRow, { company, companyAt, terms }: Basis) {
  const key = JSON.stringify([customer, history, companyAt, terms]);
  const known = worked.get(key);
  worked.delete(key);
  const value = known ?? lifetimeValue(history satisfies History, company, terms);
  worked.set(key, value);
  const [oldest] = worked.size > WORKED_MAX ? worked.keys() : [];
  if (oldest !== undefined) worked.delete(oldest);
  return value;
}

let company: { readonly at: string; readonly is: Company } | null = null;

/** The company's figures are long, and the same all day: read again when they were written anew. */
async function companyOf(db: Db, at: string | null): Promise<Company | null> {
  if (at === null) return null;
  if (company?.at === at) return company.is;
  const is = (await readSetting(db, 'value-company')) as Company;
  company = { at, is };
  return is;
}

function shownLifetime({ method, amount, range, level, inputs }: Lifetime): ShownLifetime {
  const { horizonYears, discount, customers, repeatCustomers, fittedAt } = inputs;
  return {
    ...{ method, ...rounded({ amount, range }), level, horizonYears, discount },
    years: toDigits(inputs.years, 1),
    purchasesToCome: toDigits(inputs.purchasesToCome, 1),
    meanPurchase: toDigits(inputs.meanPurchase, 2),
    stillCustomer: toDigits(inputs.stillCustomer, 2),
    ...{ customers, repeatCustomers, fittedAt },
  };
}

// ── Through others ──────────────────────────────────────────────────────────

/** Null for those of whom too little is known, or who buy in another currency. */
async function valuesOfFriends(
  bought: readonly BoughtRow[],
  came: readonly string[],
  { currency, ...basis }: Basis & { readonly currency: string },
): Promise<(Lifetime | null)[]> {
  const values: (Lifetime | null)[] = [];
  for (const friend of came) {
    const row = bought.find((one) => one.customer === friend);
    if (row?.currency !== currency) {
      values.push(null);
      continue;
    }
    // Fifty of them are a third of a second of drawing: messages must not wait for it.
    await letOthers();
    const value = lifetimeToday(row, basis);
    values.push(value.method === null ? null : value);
  }
  return values;
}

type Money = { readonly settings: RecoverySettings; readonly currency: string };

const NOTHING = { amount: 0, range: [0, 0] } as const;

/** Null when nobody came and the company gave no figures of its own: then the network is the customer alone. */
function networkOf(
  own: Lifetime | Unknown,
  referrals: readonly (Lifetime | null)[],
  { settings, currency }: Money,
): ShownNetwork | null {
  const isComparable = settings.currency === currency && own.method !== null;
  const reach = isComparable ? settings.reach : null;
  const warned = isComparable ? settings.warned : null;
  if (referrals.length === 0 && reach === null && warned === null) return null;
  const network = networkValue({ own: own.method === null ? NOTHING : own, referrals, reach, warned });
  return {
    ...rounded(network.value),
    times: network.times === null ? null : toDigits(network.times, 1),
    came: network.came,
    fromReferrals: twoDigits(network.fromReferrals, Math.round),
    fromReach: network.fromReach === null ? null : twoDigits(network.fromReach, Math.round),
    scenario: network.scenario && {
      lost: twoDigits(network.scenario.lost, Math.round),
      left: signed(network.scenario.left),
    },
  };
}

// ── Beside what is argued about ─────────────────────────────────────────────

/** Beside their own value and not the network's: those who came stay when this customer leaves. */
function disputesOf(rows: readonly DisputedRow[], worth: Lifetime, { settings, currency }: Money): Dispute[] {
  return rows.flatMap(({ failure, ...disputed }) => {
    const beside = disputeBeside(disputed, { ...worth, currency }, { percent: settings.giveInPercent });
    if (!beside) return [];
    const { share: _, limit, ...said } = beside;
    return [
      { failure, ...said, limit: limit < 10 ? Math.floor(10 * limit) / 10 : twoDigits(limit, Math.floor) },
    ];
  });
}

function rounded({ amount, range: [low, high] }: Pick<Lifetime, 'amount' | 'range'>) {
  return {
    about: twoDigits(amount, Math.round),
    range: [twoDigits(low, Math.floor), twoDigits(high, Math.ceil)],
  } as const;
}

function signed(amount: number): number {
  return Math.sign(amount) * twoDigits(Math.abs(amount), Math.round);
}

function toDigits(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
