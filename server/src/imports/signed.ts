/** Purchases that a site's own server signs together with who its visitor is. */
import type { Logger } from '../log.ts';
import type { Identity } from '../people/identity.ts';
import type { Db } from '../store/db.ts';
import { takeRows } from './take-rows.ts';

const ROWS_MAX = 30;

type Signed = {
  readonly site: { readonly id: string; readonly key: string };
  readonly identity: Identity;
  /** Milliseconds. */
  readonly now: number;
  readonly log: Logger;
};

/**
 * Takes the rows that hold, once for each id however often the proof comes, for the person whom it proves and nobody else.
 * What is wrong is in the log and never in the way. Answers the customers whose records have grown.
 */
export async function takeSigned(db: Db, { site, identity, now, log }: Signed): Promise<readonly string[]> {
  const { purchases = [], subject } = identity;
  if (purchases.length === 0) return [];
  const customer = { site: site.key, subject };
  const rows = purchases
    .slice(0, ROWS_MAX)
    .map((value, index) => ({ row: index + 1, value: ownedBy(value, customer) }));
  try {
    const sender = { name: `site ${site.id}`, by: null };
    const { answer, customers } = await takeRows(db, { kind: 'purchases', rows, sender, now });
    const left = purchases.length - rows.length;
    if (answer.problems.length > 0 || left > 0) {
      const problems = answer.problems.map(({ row, code }) => ({ row, code }));
      log.warn({ site: site.key, problems, left }, 'purchases in a signed identity were not taken');
    }
    return customers;
  } catch (error) {
    log.warn({ err: error, site: site.key }, 'the purchases in a signed identity could not be stored');
    return [];
  }
}

/** A row that names a customer of its own may mean somebody else, and is not read. */
function ownedBy(value: unknown, customer: object): unknown {
  const isRow = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRow && !('customer' in value) ? { ...value, customer } : null;
}
