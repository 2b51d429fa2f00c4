/**
 * The keys by which a site proves who its visitor is. Each is for one way alone, said when it is made: what a token says of itself
 * chooses a key by `kid`, never an algorithm; and a hash of an id, which anybody may get of an id they chose, signs no token.
 * Beside them stands the site's first secret (HS256), for tokens without `kid`.
 */
import { createPublicKey, type JsonWebKeyInput, type KeyObject, randomInt } from 'node:crypto';
import type { IdentityKey, IdentityKeyDraft, NewIdentityKey } from '@fullname/shared/api';
import { z } from 'zod';
import { oneLine } from '../people/names.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { lockSiteRow, type SiteRow, updateSiteRow } from '../store/sites.ts';
import { forgetSites, newSecret, siteById } from './sites.ts';

/** Of each way: the one that is used, and the one that takes its place. */
const LIVE_MOST = 2;
/** Retired ones are kept, so that an owner sees when; the oldest go. */
const KEPT_MOST = 40;
const KID_LENGTH = 12;

const common = { kid: z.string(), name: z.string(), at: z.string(), retiredAt: z.string().nullable() };
const storedKey = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('HS256'), secret: z.string().min(32) }),
  z.object({ ...common, kind: z.literal('hash'), secret: z.string().min(32) }),
  z.object({ ...common, kind: z.literal('EdDSA'), publicKey: z.string() }),
]);
export type StoredKey = z.infer<typeof storedKey>;

/** The keys that hold today. A row that cannot be read proves nothing. */
export function liveKeys(site: Pick<SiteRow, 'identityKeys'>): StoredKey[] {
  return identityKeysOf(site).filter(({ retiredAt }) => retiredAt === null);
}

/** All keys, the newest first, retired ones as well; secrets are not among what is told. Throws UNKNOWN. */
export async function listIdentityKeys(db: Db, site: string): Promise<IdentityKey[]> {
  return identityKeysOf(await siteById(db, site))
    .map(toKey)
    .toReversed();
}

/**
 * A new key. A secret is made here and shown this once; of a pair only the public part comes here. Throws EMPTY, BAD_KEY,
 * KEYS_ENOUGH, UNKNOWN.
 */
export async function makeIdentityKey(
  db: Db,
  site: string,
  draft: IdentityKeyDraft,
): Promise<NewIdentityKey> {
  const name = oneLine(draft.name);
  if (name === '') throw new RelayError('EMPTY');
  const made = { kid: newKid(), name, at: new Date().toISOString(), retiredAt: null };
  const key: StoredKey =
    draft.kind === 'EdDSA'
      ? { ...made, kind: draft.kind, publicKey: pemOf(readPublicKey(draft.publicKey)) }
      : { ...made, kind: draft.kind, secret: newSecret() };
  await changeKeys(db, site, (keys) => {
    const live = keys.filter(({ kind, retiredAt }) => kind === key.kind && retiredAt === null);
    if (live.length >= LIVE_MOST) throw new RelayError('KEYS_ENOUGH');
    return [...keys, key];
  });
  return { key: toKey(key), secret: key.kind === 'EdDSA' ? null : key.secret };
}

/** From now on nothing that this key signed holds; the first time stays. Throws UNKNOWN. */
export async function retireIdentityKey(db: Db, site: string, kid: string): Promise<IdentityKey> {
  const retiredAt = new Date().toISOString();
  const keys = await changeKeys(db, site, (before) =>
    before.map((key) => (key.kid === kid ? { ...key, retiredAt: key.retiredAt ?? retiredAt } : key)),
  );
  const key = keys.find((one) => one.kid === kid);
  if (!key) throw new RelayError('UNKNOWN');
  return toKey(key);
}

/** Another first secret: nothing that the one before signed holds any longer. Throws UNKNOWN. */
export async function renewSiteSecret(db: Db, site: string): Promise<string> {
  const row = await updateSiteRow(db, site, { identitySecret: newSecret() });
  if (!row) throw new RelayError('UNKNOWN');
  forgetSites(db);
  return row.identitySecret;
}

/** An Ed25519 public key, as PEM or JWK. A private one is refused, though its public part could be made of it: it was shown to us. */
export function readPublicKey(text: string): KeyObject {
  const words = text.trim();
  try {
    const isJwk = words.startsWith('{');
    const jwk = isJwk ? (JSON.parse(words) as JsonWebKeyInput['key']) : {};
    if (!isJwk && !/^-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----$/.test(words))
      throw new RelayError('BAD_KEY');
    if ('d' in jwk) throw new RelayError('BAD_KEY');
    const key = isJwk ? createPublicKey({ key: jwk, format: 'jwk' }) : createPublicKey(words);
    if (key.asymmetricKeyType !== 'ed25519') throw new RelayError('BAD_KEY');
    return key;
  } catch {
    throw new RelayError('BAD_KEY');
  }
}

async function changeKeys(
  db: Db,
  site: string,
  change: (keys: StoredKey[]) => StoredKey[],
): Promise<StoredKey[]> {
  const changed = await db.transaction(async (tx) => {
    const row = await lockSiteRow(tx, site);
    if (!row) throw new RelayError('UNKNOWN');
    const keys = withoutOldest(change(identityKeysOf(row)));
    await updateSiteRow(tx, site, { identityKeys: keys });
    return keys;
  });
  forgetSites(db);
  return changed;
}

function withoutOldest(keys: StoredKey[]): StoredKey[] {
  const surplus = new Set(
    keys.filter(({ retiredAt }) => retiredAt !== null).slice(0, Math.max(0, keys.length - KEPT_MOST)),
  );
  return keys.filter((key) => !surplus.has(key));
}

/** All that can be read, the oldest first, retired ones as well. */
export function identityKeysOf({ identityKeys }: Pick<SiteRow, 'identityKeys'>): StoredKey[] {
  if (!Array.isArray(identityKeys)) return [];
  return identityKeys.flatMap((row) => storedKey.safeParse(row).data ?? []);
}

function toKey(key: StoredKey): IdentityKey {
  const { kid, kind, name, at, retiredAt } = key;
  return { kid, kind, name, at, retiredAt, publicKey: key.kind === 'EdDSA' ? key.publicKey : null };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function newKid(): string {
  const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: KID_LENGTH }, () => digits[randomInt(digits.length)]).join('');
}
