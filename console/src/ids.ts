import { makeId } from '@fullname/shared/ids';

/** A new id, made here: it stays the same through every retry. */
export function newId(): string {
  return makeId((length) => crypto.getRandomValues(new Uint8Array(length)));
}
