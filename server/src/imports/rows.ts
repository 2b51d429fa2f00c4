/** One row of another system, checked field by field: what is wrong is said by a closed code, and the other rows are taken all the same. */
import type { CustomerKey, FailureRow, PurchaseRow, RowProblem } from '@fullname/shared/customers';
import { isId } from '@fullname/shared/ids';
import { MESSAGE_MAX_LENGTH, TITLE_MAX_LENGTH } from '@fullname/shared/limits';
import { FAILURE_ELEMENTS } from '@fullname/shared/model';
import { repairText } from '@fullname/shared/text';
import { z } from 'zod';
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
  failures: ['id', 'customer', 'at', 'what', 'product', 'element', 'putRight', 'extra', 'owed', 'owedBy'],
} as const;

const ID_MAX_LENGTH = 200;
const SUBJECT_MAX_LENGTH = 255;
/** More than anybody pays in any currency; a slip of the decimal point is no purchase. */
const AMOUNT_MAX = 1_000_000_000;
/** Two machines' clocks are never quite the same, and some write the local time as UTC. */
const AHEAD_MS = 24 * 60 * 60 * 1_000;

/** Checks a row as it came. The first fault is said. */
export function checkRow(kind: Kind, value: unknown): Checked {
  try {
    return kind === 'purchases'
      ? { kind, row: purchaseOf(fieldsOf(kind, value)) }
      : { kind, row: failureOf(fieldsOf(kind, value)) };
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

function purchaseOf(fields: Fields): Required<PurchaseRow> {
  const base = baseOf(fields);
  const what = words(fields, 'what', TITLE_MAX_LENGTH);
  const currency = currencyOf(fields.currency);
  return { ...base, what, amount: amountOf(fields.amount, currency), currency };
}

function failureOf(fields: Fields): Required<FailureRow> {
  const optional = (name: string) =>
    isMissing(fields[name]) ? null : words(fields, name, MESSAGE_MAX_LENGTH);
  return {
    ...baseOf(fields),
    what: words(fields, 'what', MESSAGE_MAX_LENGTH),
    product: optional('product'),
    element: elementOf(fields.element),
    putRight: optional('putRight'),
    extra: optional('extra'),
    owed: optional('owed'),
    owedBy: isMissing(fields.owedBy) ? null : timeOf(fields.owedBy, 'owedBy'),
  };
}

function baseOf(fields: Fields): { id: string; customer: CustomerKey; at: string } {
  const id = exact(fields.id, 'id', ID_MAX_LENGTH);
  const customer = customerOf(fields.customer);
  const at = timeOf(fields.at, 'at');
  if (Date.parse(at) > Date.now() + AHEAD_MS) throw new Fault('bad-time', `at: ${at}`);
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
  if (!holds) throw new Fault('bad-time', `${name}: ${String(value)}`);
  return time.toISOString();
}

function elementOf(value: unknown): FailureRow['element'] & (string | null) {
  if (isMissing(value)) return null;
  const element = FAILURE_ELEMENTS.find((known) => known === value);
  if (element === undefined) throw new Fault('unknown-value', `element: ${String(value)}`);
  return element;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

function currencyOf(value: unknown): string {
  if (isMissing(value)) throw new Fault('missing-field', 'currency');
  if (typeof value !== 'string' || !CURRENCIES.has(value))
    throw new Fault('bad-currency', `currency: ${String(value)}`);
  return value;
}

/** Not below zero: what was given back is not bought, and the models of a customer's value know purchases only. */
function amountOf(value: unknown, currency: string): number {
  if (isMissing(value)) throw new Fault('missing-field', 'amount');
  const holds =
    typeof value === 'number' &&
    value >= 0 &&
    value <= AMOUNT_MAX &&
    Number(value.toFixed(decimalsOf(currency))) === value;
  if (!holds) throw new Fault('bad-amount', `amount: ${String(value)} ${currency}`);
  return value;
}

/** How many decimals the currency has: none for yen, three for dinars. */
function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
