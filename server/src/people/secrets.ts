import { createHash, randomBytes } from 'node:crypto';

/** A new secret for a cookie or a link: 256 bits as 64 hex digits. */
export function newToken(): string {
  return randomBytes(32).toString('hex');
}

/** What the store keeps of a token. The tokens are random, so a plain hash is enough, and a lookup by it tells nothing. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
