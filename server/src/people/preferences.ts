/** What a customer likes, stated or noticed, with its source and date. */
import type { PreferenceDraft } from '@fullname/shared/events';
import type { Preference } from '@fullname/shared/model';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import {
  type Names,
  type PreferenceFacts,
  readNames,
  readPreference,
  storePreference,
} from '../store/recovery.ts';

/**
 * Notes a preference under the id of its draft; a retry gets the first row, other words or another author are a CONFLICT.
 * A preference belongs to a customer's record: UNKNOWN while the visitor is linked to none.
 */
export async function notePreference(
  tx: Db,
  draft: PreferenceDraft,
  context: { readonly customer: string | null; readonly by: string },
): Promise<Preference> {
  const { id, text, source } = draft;
  const { customer, by } = context;
  const quote = draft.quote ?? null;
  // A retry can come when the link is gone.
  const row =
    customer === null
      ? await readPreference(tx, id)
      : await storePreference(tx, { id, customer, text, source, quote, by });
  if (!row && customer === null) throw new RelayError('UNKNOWN');
  const same = row?.by === context.by && row.text === text && row.source === source && row.quote === quote;
  if (!row || !same) throw new RelayError('CONFLICT');
  return toPreference(row, await readNames(tx, [row.by]));
}

/** The row as both ends speak of it. */
export function toPreference(row: PreferenceFacts, names: Names): Preference {
  return {
    id: row.id,
    text: row.text,
    source: row.source,
    quote: row.quote,
    by: names(row.by),
    at: iso(row.at),
    idea: row.idea,
    ideaDone: row.ideaDoneAt !== null,
  };
}
