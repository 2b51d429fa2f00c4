/** One row of another system, checked field by field: what is wrong is said by a closed code, and the other rows are taken all the same. */
import type { CustomerKey, FailureRow, PurchaseRow, RowProblem } from '@fullname/shared/customers';
import { isId } from '@fullname/shared/ids';
import { MESSAGE_MAX_LENGTH, TITLE_MAX_LENGTH } from '@fullname/shared/limits';
import { FAILURE_ELEMENTS } from '@fullname/shared/model';
import { CAUSES, CHANNELS, RECOVERY_LEVELS, SEVERITIES } from '@fullname/shared/recovery';
import { repairText } from '@fullname/shared/text';
import { z } from 'zod';
import { isCurrency, roundMoney } from '../recovery/money.ts';
import { takeIn } from '../take-in.ts';

export type Kind = 'purchases' | 'failures';
type Code = RowProblem['code'];

/** A row that holds: its words as they are stored, its times in UTC. */
export type Good =
  | { readonly kind: 'purchases'; readonly row: Required<PurchaseRow> }
  | { readonly kind: 'failures'; readonly row: Required<FailureRow> };
export type Checked = Good | { readonly code: Code; readonly what: string };

/** The fields of a row, in the order of docs/api.md. */
export const FIELDS = {
  purchases: ['id', 'customer', 'at', 'what', 'amount', 'currency'],
  failures: [
    ...([
      'id',
      'customer',
      'at',
      'what',
      'product',
      'place',
      'channel',
      'element',
      'category',
      'severity',
    ] as const),
    ...(['quote', 'irreplaceable', 'wants', 'putRight', 'restored', 'extra', 'noExtra', 'level'] as const),
    ...(['owed', 'owedBy', 'cause', 'causeNote', 'cost', 'costCurrency'] as const),
    ...(['disputed', 'disputedCurrency', 'load'] as const),
  ],
} as const;

const ID_MAX_LENGTH = 200;
const SUBJECT_MAX_LENGTH = 255;
/** More than anybody pays in any currency; a slip of the decimal point is no purchase. */
const AMOUNT_MAX = 1_000_000_000;
/** Two machines' clocks are never quite the same, and some write the local time as UTC. */
const AHEAD_MS = 24 * 60 * 60 * 1_000;

/** Checks a row as it came, at `now` (milliseconds). The first fault is said. */
export function checkRow(kind: Kind, value: unknown, now: number): Checked {
  try {
    return kind === 'purchases'
      ? { kind, row: purchaseOf(fieldsOf(kind, value), now) }
      : { kind, row: failureOf(fieldsOf(kind, value), now) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: error.code, what: error.what };
  }
}

class Fault extends Error {
  readonly code: Code;
  readonly what: string;

  constructor(code: Code, what: string) {
    super(code);
    this.code = code;
    this.what = what.slice(0, 200);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(kind: Kind, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Fault('not-readable', '');
  const known: readonly string[] = FIELDS[kind];
  const stray = Object.keys(value).find((name) => !known.includes(name));
  if (stray !== undefined) throw new Fault('unknown-field', stray);
  return value as Fields;
}

function purchaseOf(fields: Fields, now: number): Required<PurchaseRow> {
  const base = baseOf(fields, now);
  const what = words(fields, 'what', TITLE_MAX_LENGTH);
  const currency = currencyOf(fields.currency, 'currency');
  return { ...base, what, amount: amountOf(fields.amount, currency, 'amount'), currency };
}

function failureOf(fields: Fields, now: number): Required<FailureRow> {
  const optional = (name: string) =>
    isMissing(fields[name]) ? null : words(fields, name, MESSAGE_MAX_LENGTH);
  return {
    ...baseOf(fields, now),
    what: words(fields, 'what', MESSAGE_MAX_LENGTH),
    product: optional('product'),
    place: optional('place'),
    channel: oneOf(fields, 'channel', CHANNELS) ?? 'other',
    element: oneOf(fields, 'element', FAILURE_ELEMENTS),
    category: optional('category'),
    severity: oneOf(fields, 'severity', SEVERITIES),
    quote: optional('quote'),
    irreplaceable: yesOrNo(fields, 'irreplaceable') ?? false,
    wants: optional('wants'),
    putRight: optional('putRight'),
    restored: yesOrNo(fields, 'restored'),
    extra: optional('extra'),
    noExtra: optional('noExtra'),
    level: oneOf(fields, 'level', RECOVERY_LEVELS),
    owed: optional('owed'),
    owedBy: isMissing(fields.owedBy) ? null : timeOf(fields.owedBy, 'owedBy'),
    cause: oneOf(fields, 'cause', CAUSES),
    causeNote: optional('causeNote'),
    ...moneyOf(fields, 'cost', 'costCurrency'),
    ...moneyOf(fields, 'disputed', 'disputedCurrency'),
    load: loadOf(fields.load),
  };
}

/** An amount and its currency come together or not at all. */
function moneyOf<Amount extends string, Currency extends string>(
  fields: Fields,
  amount: Amount,
  currency: Currency,
): Record<Amount, number | null> & Record<Currency, string | null> {
  const isNone = isMissing(fields[amount]) && isMissing(fields[currency]);
  const code = isNone ? null : currencyOf(fields[currency], currency);
  const value = code === null ? null : amountOf(fields[amount], code, amount);
  return { [amount]: value, [currency]: code } as Record<Amount, number | null> &
    Record<Currency, string | null>;
}

/** Nobody has a thousand times what they can bear; a percentage is a slip. */
const LOAD_MAX = 1_000;

function loadOf(value: unknown): number | null {
  if (isMissing(value)) return null;
  if (typeof value !== 'number' || !(value >= 0 && value <= LOAD_MAX))
    throw new Fault('bad-amount', `load: ${shown(value)}`);
  return value;
}

function yesOrNo(fields: Fields, name: string): boolean | null {
  const value = fields[name];
  if (isMissing(value)) return null;
  if (typeof value !== 'boolean') throw new Fault('unknown-value', `${name}: ${shown(value)}`);
  return value;
}

function oneOf<Value extends string>(fields: Fields, name: string, known: readonly Value[]): Value | null {
  const value = fields[name];
  if (isMissing(value)) return null;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Fault('unknown-value', `${name}: ${shown(value)}`);
  return found;
}

function baseOf(fields: Fields, now: number): { id: string; customer: CustomerKey; at: string } {
  const id = exact(fields.id, 'id', ID_MAX_LENGTH);
  const customer = customerOf(fields.customer);
  const at = timeOf(fields.at, 'at');
  if (Date.parse(at) > now + AHEAD_MS) throw new Fault('bad-time', `at: ${at}`);
  return { id, customer, at };
}

function customerOf(value: unknown): CustomerKey {
  if (isMissing(value)) throw new Fault('missing-field', 'customer');
  const { id, site, subject, ...rest } = value as Fields;
  const stray = Object.keys(rest)[0];
  if (typeof value !== 'object' || stray !== undefined)
    throw new Fault('unknown-value', `customer: ${stray ?? ''}`);
  if (id !== undefined && (site !== undefined || subject !== undefined))
    throw new Fault('unknown-value', 'customer');
  if (id === undefined) {
    const key = exact(site, 'customer.site', SUBJECT_MAX_LENGTH);
    return { site: key, subject: exact(subject, 'customer.subject', SUBJECT_MAX_LENGTH) };
  }
  if (!isId(id)) throw new Fault('unknown-customer', 'customer.id');
  return { id };
}

/** An id is compared letter by letter: repairing it could make one out of two. */
function exact(value: unknown, name: string, max: number): string {
  if (isMissing(value)) throw new Fault('missing-field', name);
  if (typeof value !== 'string' || value !== repairText(value)) throw new Fault('unknown-value', name);
  if (value.length > max) throw new Fault('too-long', name);
  return value;
}

function words(fields: Fields, name: string, max: number): string {
  const value = fields[name];
  if (isMissing(value)) throw new Fault('missing-field', name);
  if (typeof value !== 'string') throw new Fault('unknown-value', name);
  if (value.length > max) throw new Fault('too-long', name);
  const text = takeIn(value).trim();
  if (text === '') throw new Fault('missing-field', name);
  return text;
}

const isoTime = z.iso.datetime({ offset: true });

/** ISO 8601 with its zone, from 1970 to 9999. */
function timeOf(value: unknown, name: string): string {
  if (isMissing(value)) throw new Fault('missing-field', name);
  const parsed = isoTime.safeParse(value);
  const time = parsed.success ? new Date(parsed.data) : null;
  const holds = time !== null && time.getTime() >= 0 && time.getUTCFullYear() <= 9_999;
  if (!holds) throw new Fault('bad-time', `${name}: ${shown(value)}`);
  return time.toISOString();
}

function currencyOf(value: unknown, name: string): string {
  if (isMissing(value)) throw new Fault('missing-field', name);
  if (typeof value !== 'string' || !isCurrency(value))
    throw new Fault('bad-currency', `${name}: ${shown(value)}`);
  return value;
}

/** Not below zero: what was given back is not bought, and the models of a customer's value know purchases only. */
function amountOf(value: unknown, currency: string, name: string): number {
  if (isMissing(value)) throw new Fault('missing-field', name);
  const holds =
    typeof value === 'number' && value >= 0 && value <= AMOUNT_MAX && roundMoney(value, currency) === value;
  if (!holds) throw new Fault('bad-amount', `${name}: ${shown(value)} ${currency}`);
  return value;
}

/** What stood there, as it is told back. Objects are not asked: one with a `toString` of its own ends in an error. */
function shown(value: unknown): string {
  return typeof value === 'object' ? (Array.isArray(value) ? '[]' : '{}') : String(value);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
