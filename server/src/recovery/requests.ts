/** Help between colleagues: a person, a promised time, an answer. */
import type { InternalRequest } from '@fullname/shared/recovery';
import { iso } from '../store/log.ts';
import { isoOrNull, type Names } from '../store/recovery.ts';
import type { RequestRow } from '../store/requests-internal.ts';

/** The row as both ends speak of it. */
export function toRequest(row: RequestRow, names: Names): InternalRequest {
  const { customer, customerName, promisedAt: _, ...facts } = row;
  return {
    ...facts,
    at: iso(row.at),
    customer: customer === null ? null : { id: customer, name: customerName ?? '' },
    asker: names(row.asker),
    provider: names(row.provider),
    wishedBy: isoOrNull(row.wishedBy),
    due: isoOrNull(row.due),
    endedAt: isoOrNull(row.endedAt),
    outcome: null,
  };
}
