/** Ids that clients make themselves. No `crypto.randomUUID`: it is missing on plain-http pages. */
export type RandomBytes = (length: number) => Uint8Array;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A version 4 UUID from 16 random bytes. */
export function makeId(random: RandomBytes): string {
  const bytes = Array.from(random(16), (byte, index) =>
    index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  return hexOf(bytes).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** A visitor's token: 256 bits as 64 hex digits, made by the visitor's browser with the first message. */
export function makeToken(random: RandomBytes): string {
  return hexOf(random(32));
}

export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function hexOf(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
