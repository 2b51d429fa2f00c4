/** Through whom a customer came: said by a person, and counted in the value of the one who brought them. */
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { holdStanding } from '../store/merges.ts';
import { lockReferrers, writeReferrer } from '../store/value.ts';

/**
 * Says through whom, or with null that nobody knows. Ids of merged records lead to the kept ones. Answers the customers
 * whose panes change. UNKNOWN without a record; CONFLICT for oneself, and for two who would each have brought the other.
 */
export function setReferrer(
  db: Db,
  asked: { readonly customer: string; readonly referrer: string | null },
): Promise<string[]> {
  return db.transaction(async (tx) => {
    const ids = [asked.customer, ...(asked.referrer === null ? [] : [asked.referrer])];
    const standing = await holdStanding(tx, ids);
    const customer = mustStand(standing, asked.customer);
    const referrer = asked.referrer === null ? null : mustStand(standing, asked.referrer);
    if (customer === referrer) throw new RelayError('CONFLICT');
    const through = await lockReferrers(tx, referrer === null ? [customer] : [customer, referrer]);
    const theirs = referrer === null ? null : (through.get(referrer) ?? null);
    if (theirs !== null && (await holdStanding(tx, [theirs])).get(theirs) === customer)
      throw new RelayError('CONFLICT');
    const before = through.get(customer) ?? null;
    if (before === referrer) return [];
    await writeReferrer(tx, { customer, referrer });
    return [customer, before, referrer].filter((id) => id !== null);
  });
}

function mustStand(standing: ReadonlyMap<string, string>, id: string): string {
  const found = standing.get(id);
  if (found === undefined) throw new RelayError('UNKNOWN');
  return found;
}
