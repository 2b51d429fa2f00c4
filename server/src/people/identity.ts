/** Proven identity: the site's own server says who its visitor is. What is only claimed is no identity. */

import { IDENTITY_MAX_LENGTH, NAME_MAX_LENGTH } from '@fullname/shared/limits';

import { type WidgetLocale, widgetLocaleOf } from '@fullname/shared/locale';
import { repairText } from '@fullname/shared/text';
import { z } from 'zod';
import { RelayError } from '../relay-error.ts';
import {
  type CustomerRow,
  type CustomerValues,
  customerByIdentity,
  insertCustomer,
  insertIdentity,
  updateCustomer,
} from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { isMovedIdentity } from '../store/merges.ts';
import { isEmail } from './email.ts';
import { type ProvingSite, provenClaims } from './identity-proof.ts';
import { oneLine } from './names.ts';

export type Identity = {
  /** The site's own id of its user. */
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly locale: WidgetLocale | null;
  /** What the site says was bought, as it came: nothing of it is checked yet. */
  readonly purchases?: readonly unknown[];
};

const SUBJECT_MAX_LENGTH = 255;

const claimsSchema = z.object({
  sub: z.string().min(1).max(SUBJECT_MAX_LENGTH),
  name: z.string().optional(),
  email: z.string().optional(),
  locale: z.string().optional(),
  // Whatever is here must not break the proof of who it is.
  purchases: z.unknown().optional(),
});

/** What a site's signature proves. Throws BAD_IDENTITY for every other proof. */
export async function verifyIdentity(site: ProvingSite, proof: string): Promise<Identity> {
  if (proof.length > IDENTITY_MAX_LENGTH) throw new RelayError('BAD_IDENTITY');
  const claims = claimsSchema.safeParse(await provenClaims(site, proof));
  if (!claims.success) throw new RelayError('BAD_IDENTITY');
  const { sub, name, email, locale, purchases } = claims.data;
  // A subject is an id: repairing it could make one user out of two.
  if (sub !== repairText(sub)) throw new RelayError('BAD_IDENTITY');
  return {
    subject: sub,
    name: oneLine(name ?? '').slice(0, NAME_MAX_LENGTH) || null,
    email: email !== undefined && isEmail(email.trim()) ? email.trim() : null,
    locale: locale === undefined ? null : widgetLocaleOf(locale),
    ...(purchases !== undefined && { purchases: Array.isArray(purchases) ? purchases : [purchases] }),
  };
}

/** A signed identity, as a site's server makes it; `seconds` from now it no longer holds (at most a day). */
export async function signIdentity(
  secret: string,
  claims: {
    readonly sub: string;
    readonly name?: string;
    readonly email?: string;
    readonly locale?: string;
    readonly purchases?: readonly unknown[];
    readonly seconds?: number;
  },
): Promise<string> {
  const { seconds = 3_600, ...payload } = claims;
  const now = Math.floor(Date.now() / 1000);
  const { SignJWT } = await import('jose');
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(new TextEncoder().encode(secret));
}

/** The ally of whoever a signed identity proves: read only, since nothing is written before the first message. */
export async function allyOfIdentity(db: Db, site: string, identity: Identity): Promise<string | null> {
  const found = await customerByIdentity(db, { site, subject: identity.subject });
  return found?.ally ?? null;
}

/**
 * The customer behind a signed identity: found, or made with it. Race-safe. An e-mail address that matches another
 * record joins nothing: a site may sign addresses that it never checked.
 */
export async function customerFor(db: Db, site: string, identity: Identity): Promise<CustomerRow> {
  const key = { site, subject: identity.subject };
  const found = await customerByIdentity(db, key);
  if (found) {
    // Two sites may know one person by two names: the word of the one whose record was kept stays.
    const isMoved = await isMovedIdentity(db, { ...key, customer: found.id });
    return isMoved ? found : keepUpToDate(db, found, identity);
  }
  const made = await makeCustomer(db, key, identity);
  const customer = made ?? (await customerByIdentity(db, key));
  if (!customer) throw new Error('an identity was recorded without its customer');
  return customer;
}

async function keepUpToDate(db: Db, customer: CustomerRow, identity: Identity): Promise<CustomerRow> {
  const changes: Partial<CustomerValues> = {};
  if (identity.name !== null && identity.name !== customer.name) changes.name = identity.name;
  if (identity.email !== null && identity.email !== customer.email) changes.email = identity.email;
  if (identity.locale !== null && identity.locale !== customer.locale) changes.locale = identity.locale;
  if (Object.keys(changes).length === 0) return customer;
  return (await updateCustomer(db, customer.id, changes)) ?? customer;
}

/** Undefined when another request recorded the identity first; then nothing is left of this one. */
async function makeCustomer(
  db: Db,
  key: { readonly site: string; readonly subject: string },
  identity: Identity,
): Promise<CustomerRow | undefined> {
  const lost = new Error('another request was first');
  try {
    return await db.transaction(async (tx) => {
      const name = identity.name ?? identity.email ?? identity.subject;
      const { email, locale } = identity;
      const customer = await insertCustomer(tx, { name: name.slice(0, NAME_MAX_LENGTH), email, locale });
      if (!(await insertIdentity(tx, key, customer.id))) throw lost;
      return customer;
    });
  } catch (error) {
    if (error === lost) return undefined;
    throw error;
  }
}
