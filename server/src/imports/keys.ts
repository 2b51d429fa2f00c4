/** Keys of the company's other systems: an owner makes one, and it may bring purchases and failures, nothing else. */
import type { ApiKey, NewApiKey } from '@fullname/shared/customers';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import { repairText } from '@fullname/shared/text';
import { hashToken, newToken } from '../people/secrets.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { insertKey, type KeyRow, markEnded, markUsed, openKey, readKeys } from '../store/imports.ts';
import { iso } from '../store/log.ts';
import { isoOrNull } from '../store/recovery.ts';

/** Tells a key from other secrets, to people and to programs that look for leaked ones. */
const PREFIX = 'fullname_';

/** A new key. Only its hash is kept: the secret is shown this once. Throws EMPTY, TOO_LONG. */
export async function createKey(db: Db, name: string, by: string): Promise<NewApiKey> {
  const words = repairText(name).replace(/\s+/g, ' ').trim();
  if (words === '') throw new RelayError('EMPTY');
  if (words.length > NAME_MAX_LENGTH) throw new RelayError('TOO_LONG');
  const secret = PREFIX + newToken();
  return { key: toKey(await insertKey(db, { name: words, by, hash: hashToken(secret) })), secret };
}

/** All keys, the newest first, ended ones as well. */
export async function listKeys(db: Db): Promise<ApiKey[]> {
  return (await readKeys(db)).map(toKey);
}

/** Ends a key at once; the first end stays. UNKNOWN without one. */
export async function endKey(db: Db, id: string): Promise<ApiKey> {
  const row = await markEnded(db, id);
  if (!row) throw new RelayError('UNKNOWN');
  return toKey(row);
}

/** Which system asks, and the owner who answers for it. Found by hash, so that the time it takes tells nothing. Throws SIGNED_OUT. */
export async function keyBySecret(
  db: Db,
  secret: string,
): Promise<{ readonly id: string; readonly by: string }> {
  const row = await openKey(db, hashToken(secret));
  if (!row) throw new RelayError('SIGNED_OUT');
  await markUsed(db, row.id);
  return row;
}

function toKey({ id, name, by, byName, at, usedAt, endedAt }: KeyRow): ApiKey {
  const person = { id: by, fullName: byName };
  return { id, name, by: person, at: iso(at), usedAt: isoOrNull(usedAt), endedAt: isoOrNull(endedAt) };
}
