import { readBlocked, type VisitorWithCustomer, visitorByHash } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { hashToken } from './secrets.ts';

export { hashToken } from './secrets.ts';

/** A visitor's row, the linked customer's name, and whether messages from this browser were set aside. */
export type Visitor = VisitorWithCustomer & { readonly blocked: boolean };

/** Who holds this token at this site, or null. A token made for one site opens nothing at another. */
export async function visitorByToken(db: Db, site: string, token: string): Promise<Visitor | null> {
  const row = await visitorByHash(db, site, hashToken(token));
  return row ? { ...row, blocked: row.blockedAt !== null } : null;
}

/** Which of these visitors were set aside: what the sweep of sockets asks. */
export async function blockedAmong(db: Db, visitors: readonly string[]): Promise<string[]> {
  return visitors.length === 0 ? [] : readBlocked(db, visitors);
}
