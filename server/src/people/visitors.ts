import { readBlocked, type VisitorWithCustomer, visitorByHash } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { hashToken } from './secrets.ts';

export { hashToken } from './secrets.ts';

/** A visitor's row, the linked customer's name, and whether messages from this browser were set aside. */
export type Visitor = VisitorWithCustomer & { readonly blocked: boolean };

/** Who holds this token at this site, or null. A token made for one site opens nothing at another. */
export function visitorByToken(db: Db, site: string, token: string): Promise<Visitor | null> {
  return visitorByTokenHash(db, site, hashToken(token));
}

/** The same by the token's hash. */
export async function visitorByTokenHash(db: Db, site: string, tokenHash: Buffer): Promise<Visitor | null> {
  const row = await visitorByHash(db, { site, tokenHash });
  return row ? { blocked: row.blockedAt !== null, ...row } : null;
}

/** Which of these visitors were set aside: what the sweep of sockets asks. */
export async function blockedAmong(db: Db, visitors: readonly string[]): Promise<string[]> {
  return visitors.length === 0 ? [] : readBlocked(db, visitors);
}
