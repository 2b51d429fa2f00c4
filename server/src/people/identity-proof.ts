/**
 * What a proof says, once it is seen to be its site's. There are two forms, and no text is both: a JWT in three parts, and
 * `{"userId": …, "hash": …}` as JSON, the HMAC-SHA256 of the id, which proves an id alone and has no end of its own.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { RelayError } from '../relay-error.ts';
import { liveKeys, readPublicKey, type StoredKey } from '../site/identity-keys.ts';
import type { SiteRow } from '../store/sites.ts';

export type ProvingSite = Pick<SiteRow, 'key' | 'identitySecret' | 'identityKeys'>;

export const LIFE_MAX_SECONDS = 24 * 60 * 60;
/** Two machines' clocks are never quite the same. */
export const CLOCK_SECONDS = 30;
/** Longer than any id with its hash; JSON of a stranger is not read for longer. */
const HASHED_MAX_LENGTH = 4_096;

/** Read with the first token: a relay whose sites sign none starts without it. */
const jose = () => import('jose');

/** The claims that were proven: `sub` at least, and no claim that was not signed. Throws BAD_IDENTITY. */
export async function provenClaims(site: ProvingSite, proof: string): Promise<unknown> {
  try {
    return proof.startsWith('{') ? hashed(site, proof) : await signed(site, proof);
  } catch {
    throw new RelayError('BAD_IDENTITY');
  }
}

const hashedSchema = z.object({
  userId: z.string().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/i),
  kid: z.string().optional(),
});

/** Whatever else stands beside id and hash is nobody's word but the page's, and is left out. */
function hashed(site: ProvingSite, proof: string): { readonly sub: string } {
  if (proof.length > HASHED_MAX_LENGTH || saysTwice(proof)) throw new RelayError('BAD_IDENTITY');
  const { userId, hash, kid } = hashedSchema.parse(JSON.parse(proof));
  const given = Buffer.from(hash, 'hex');
  const holds = liveKeys(site).some(
    (key) =>
      key.kind === 'hash' &&
      (kid === undefined || kid === key.kid) &&
      timingSafeEqual(given, createHmac('sha256', key.secret).update(userId).digest()),
  );
  if (!holds) throw new RelayError('BAD_IDENTITY');
  return { sub: userId };
}

/** The key is found by `kid`, and with it the algorithm: what the token calls its algorithm must be that, and chooses nothing. */
async function signed(site: ProvingSite, token: string): Promise<unknown> {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw new RelayError('BAD_IDENTITY');
  const [header = '', claims = ''] = token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString());
  // Two readers of one text must not read two people out of it.
  if (saysTwice(header) || saysTwice(claims)) throw new RelayError('BAD_IDENTITY');
  const { jwtVerify } = await jose();
  const { key, algorithms } = verifierOf(site, (JSON.parse(header) as { readonly kid?: unknown }).kid);
  const { payload } = await jwtVerify(token, key, {
    algorithms,
    requiredClaims: ['sub', 'exp'],
    clockTolerance: CLOCK_SECONDS,
    // Who is named as its hearer must be this site; a token that names nobody is the key's word alone.
    ...('aud' in (JSON.parse(claims) as object) && { audience: site.key }),
  });
  const { exp = 0 } = payload;
  if (!Number.isInteger(exp) || exp > Date.now() / 1000 + LIFE_MAX_SECONDS + CLOCK_SECONDS)
    throw new RelayError('BAD_IDENTITY');
  return payload;
}

function verifierOf(site: ProvingSite, kid: unknown) {
  if (kid === undefined) return shared(site.identitySecret);
  const key = liveKeys(site).find((one) => one.kid === kid && one.kind !== 'hash');
  if (!key) throw new RelayError('BAD_IDENTITY');
  return ofKey(key);
}

function ofKey(key: StoredKey) {
  if (key.kind !== 'EdDSA') return shared(key.secret);
  return { key: readPublicKey(key.publicKey), algorithms: ['EdDSA', 'Ed25519'] };
}

function shared(secret: string) {
  return { key: new TextEncoder().encode(secret), algorithms: ['HS256'] };
}

/** Whether an object of a JSON text has a name twice, however it is spelt: `"sub"`, `"s\u0075b"`. */
function saysTwice(json: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const name = String(JSON.parse(token.slice(0, -colon.length)));
      if (open.at(-1)?.has(name)) return true;
      open.at(-1)?.add(name);
    }
  }
  return false;
}
