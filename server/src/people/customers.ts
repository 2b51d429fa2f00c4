/** Customers' records, and the link between a browser and a person: by signed identity, or by an agent who says so. */
import { randomUUID } from 'node:crypto';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import type { Customer } from '@fullname/shared/model';
import { repairText } from '@fullname/shared/text';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import { holdStanding } from '../store/merges.ts';
import {
  adoptAlly,
  type FoundCustomer,
  findCustomers,
  findCustomersAlike,
  lockLink,
  moveRecords,
  readCustomerName,
  storeCustomer,
  writeLink,
} from '../store/records.ts';
import { meantName } from './meant-name.ts';

const FOUND_MAX = 20;

/**
 * At most 20 customers by name or e-mail address, those that begin with the words first; where there are none, those whose name may be
 * meant by words with a slip in them. None for no words.
 */
export async function searchCustomers(db: Db, query: string): Promise<Customer[]> {
  const words = repairText(query).trim();
  if (words === '') return [];
  const rows = await findCustomers(db, words, FOUND_MAX);
  if (rows.length > 0) return rows.map(toCustomer);
  const meant = meantName(words);
  return meant === null ? [] : (await findCustomersAlike(db, meant, FOUND_MAX)).map(toCustomer);
}

/** A new record with a name. With the `id` of a request, a retry gives the first record; another name under it is a CONFLICT. */
export async function createCustomer(
  db: Db,
  draft: { readonly id?: string; readonly name: string },
): Promise<Customer> {
  const name = repairText(draft.name).replace(/\s+/g, ' ').trim();
  if (name === '') throw new RelayError('EMPTY');
  if (name.length > NAME_MAX_LENGTH) throw new RelayError('TOO_LONG');
  const row = await storeCustomer(db, { id: draft.id ?? randomUUID(), name });
  if (row?.name !== name) throw new RelayError('CONFLICT');
  return toCustomer(row);
}

/** A row as both ends speak of it. */
export function toCustomer({ allyName, ...row }: FoundCustomer): Customer {
  return {
    ...row,
    locale: knownLocale(row.locale),
    since: iso(row.since),
    ally: row.ally === null ? null : { id: row.ally, fullName: allyName ?? '' },
  };
}

/** The locale of a row, which is a plain text in the table. */
export function knownLocale(locale: string | null): WidgetLocale | null {
  return WIDGET_LOCALES.find((known) => known === locale) ?? null;
}

/** What a link did. `changed` is false for a retry: then there is nothing to write into the log. */
export type Linked = {
  readonly changed: boolean;
  readonly customer: { readonly id: string; readonly name: string };
};

/**
 * Says that a visitor is a customer: `by` is an agent's id, or null for a signed identity. Failures and promises recorded
 * in the visitor's conversations go to the customer's record; a merged record leads to the kept one.
 * UNKNOWN when there is no such visitor or customer. FORBIDDEN when an agent contradicts a signed identity. BAD_TOKEN when
 * a signed identity meets a browser that is linked to somebody else: the next person at a shared computer must start anew,
 * or the relay would put two people's pasts together.
 */
export async function linkVisitor(
  tx: Db,
  asked: { readonly visitor: string; readonly customer: string; readonly by: string | null },
): Promise<Linked> {
  const current = await lockLink(tx, asked.visitor);
  // The record may have been merged since it was found: the visitor belongs to the one that is kept.
  const standing = (await holdStanding(tx, [asked.customer])).get(asked.customer);
  const name = standing === undefined ? undefined : await readCustomerName(tx, standing);
  if (!current || standing === undefined || name === undefined) throw new RelayError('UNKNOWN');
  const link = { ...asked, customer: standing };
  const customer = { id: standing, name };
  if (current.customer === link.customer) {
    const proven = link.by === null && current.linkedBy !== null;
    if (proven) await writeLink(tx, link);
    return { changed: proven, customer };
  }
  if (current.customer !== null && link.by === null) throw new RelayError('BAD_TOKEN');
  if (current.customer !== null && current.linkedBy === null) throw new RelayError('FORBIDDEN');
  await writeLink(tx, link);
  await moveRecords(tx, { visitor: link.visitor, from: current.customer, to: link.customer });
  await adoptAlly(tx, link);
  return { changed: true, customer };
}

/**
 * Takes back what an agent said about a visitor, with the failures and promises recorded in that visitor's conversations.
 * Gives the customer it was linked to, or null for a retry. FORBIDDEN for a link by signed identity; UNKNOWN without a visitor.
 */
export async function unlinkVisitor(tx: Db, visitor: string): Promise<Linked['customer'] | null> {
  const current = await lockLink(tx, visitor);
  if (!current) throw new RelayError('UNKNOWN');
  if (current.customer === null) return null;
  if (current.linkedBy === null) throw new RelayError('FORBIDDEN');
  await writeLink(tx, { visitor, customer: null, by: null });
  await moveRecords(tx, { visitor, from: current.customer, to: null });
  return { id: current.customer, name: current.customerName ?? '' };
}
