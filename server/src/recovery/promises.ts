/** Promises to a customer: what, and by when. */
import type { PromiseDraft } from '@fullname/shared/events';
import type { Promised } from '@fullname/shared/model';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import {
  isoOrNull,
  markKept,
  type Names,
  type PromiseFacts,
  readNames,
  storePromise,
} from '../store/recovery.ts';

/** Records a promise under the id of its draft; a retry gets the first row, other words or another author are a CONFLICT. */
export async function makePromise(
  tx: Db,
  draft: PromiseDraft,
  context: { readonly customer: string | null; readonly by: string },
): Promise<Promised> {
  const { id, conversation, text, due } = draft;
  const row = await storePromise(tx, { id, conversation, text, due, ...context });
  const same =
    row?.by === context.by &&
    row.conversation === conversation &&
    row.text === text &&
    iso(row.due) === iso(due);
  if (!row || !same) throw new RelayError('CONFLICT');
  return toPromised(row, await readNames(tx, [row.by]));
}

/** Says that a promise was kept. A retry changes nothing. UNKNOWN when it is neither this conversation's nor this customer's. */
export async function keepPromise(
  tx: Db,
  promise: { readonly id: string; readonly customer: string | null; readonly conversation: string },
): Promise<Promised> {
  const row = await markKept(tx, promise);
  if (!row) throw new RelayError('UNKNOWN');
  return toPromised(row, await readNames(tx, [row.by]));
}

/** The row as both ends speak of it. */
export function toPromised(row: PromiseFacts, names: Names): Promised {
  return {
    id: row.id,
    text: row.text,
    conversation: row.conversation,
    due: iso(row.due),
    firstDue: iso(row.firstDue ?? row.due),
    madeAt: iso(row.createdAt),
    by: names(row.by),
    keeper: names(row.keeper ?? row.by),
    keptAt: isoOrNull(row.keptAt),
    outcome: row.keptAt === null ? 'open' : 'kept',
    toldAt: isoOrNull(row.toldAt),
  };
}
