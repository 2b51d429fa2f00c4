/** Where the next page of a list begins: the row after which, by the time that it is sorted by and its id. */
import { isId } from '@fullname/shared/ids';
import { z } from 'zod';
import { RelayError } from '../relay-error.ts';

/** `key` is the time as PostgreSQL writes it, exact to the microsecond. */
type Keyset = { readonly key: string; readonly id: string };

export function makeCursor({ key, id }: Keyset): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** Throws INVALID_PAYLOAD for what is no cursor of ours. */
export function readCursor(cursor: string): Keyset {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const [key, id] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
    if (typeof key === 'string' && isTime(key) && isId(id)) return { key, id };
  } catch {
    // Not ours: the same answer as for any other nonsense.
  }
  throw new RelayError('INVALID_PAYLOAD');
}

const isoTime = z.iso.datetime({ offset: true });

/** A time that the store can read: what `Date.parse` takes is more. */
function isTime(key: string): boolean {
  return isoTime.safeParse(key.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).success;
}
