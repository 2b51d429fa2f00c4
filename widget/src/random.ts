import type { RandomBytes } from '@fullname/shared/ids';

/** Random bytes on every page: `getRandomValues` is there on plain http too, where `randomUUID` is not. */
export const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
