/**
 * What a proof proves, or why it does not hold: for the site's owner alone, who tries out what their server makes. A visitor, and whoever
 * brings a proof to a socket, hears of no reason (identity.ts).
 */
import type { ProofReport, ProofTrouble } from '@fullname/shared/api';
import { z } from 'zod';
import { identityKeysOf } from '../site/identity-keys.ts';
import { verifyIdentity } from './identity.ts';
import { CLOCK_SECONDS, LIFE_MAX_SECONDS, type ProvingSite } from './identity-proof.ts';

export async function lookAtProof(site: ProvingSite, text: string): Promise<ProofReport> {
  const proof = text.trim();
  const identity = await verifyIdentity(site, proof).catch(() => null);
  if (!identity) return { holds: false, why: whyNot(site, proof) };
  const { subject, name, email } = identity;
  const { exp } = proof.startsWith('{') ? {} : (readParts(proof)?.claims ?? {});
  const until = typeof exp === 'number' ? new Date(exp * 1_000).toISOString() : null;
  return { holds: true, subject, name, email, until };
}

/** The first thing to mend. Whether a signature fits is what is left when all else does. */
function whyNot(site: ProvingSite, proof: string): ProofTrouble {
  if (proof.startsWith('{')) return whyNotHashed(site, proof);
  const parts = readParts(proof);
  if (!parts) return 'form';
  const { header, claims } = parts;
  return whyNotKey(site, header) ?? whyNotClaims(site, claims) ?? 'signature';
}

const hashed = z.object({
  userId: z.unknown().optional(),
  hash: z.unknown().optional(),
  kid: z.string().optional(),
});

function whyNotHashed(site: ProvingSite, proof: string): ProofTrouble {
  const said = hashed.safeParse(jsonOf(proof)).data;
  if (!said) return 'form';
  if (typeof said.userId !== 'string') return 'id-no-text';
  if (typeof said.hash !== 'string' || !/^[0-9a-f]{64}$/i.test(said.hash)) return 'hash-form';
  const ofKind = identityKeysOf(site).filter(({ kind }) => kind === 'hash');
  const named = ofKind.filter(({ kid }) => said.kid === undefined || kid === said.kid);
  if (named.length === 0) return 'no-key';
  return named.some(({ retiredAt }) => retiredAt === null) ? 'signature' : 'retired';
}

function whyNotKey(site: ProvingSite, { kid, alg }: Parts['header']): ProofTrouble | null {
  if (kid === undefined) return alg === 'HS256' ? null : 'algorithm';
  const key = identityKeysOf(site).find((one) => one.kid === kid);
  if (!key || key.kind === 'hash') return 'no-key';
  if (key.retiredAt !== null) return 'retired';
  const fits = key.kind === 'EdDSA' ? ['EdDSA', 'Ed25519'] : ['HS256'];
  return fits.includes(String(alg)) ? null : 'algorithm';
}

function whyNotClaims(site: ProvingSite, { sub, exp, nbf, aud }: Parts['claims']): ProofTrouble | null {
  const now = Date.now() / 1_000;
  if (sub === undefined || sub === '') return 'no-id';
  if (typeof sub !== 'string') return 'id-no-text';
  if (!Number.isInteger(exp)) return 'no-end';
  if (Number(exp) > now + LIFE_MAX_SECONDS + CLOCK_SECONDS) return 'too-long';
  if (Number(exp) <= now - CLOCK_SECONDS) return 'over';
  if (nbf !== undefined && !(Number(nbf) <= now + CLOCK_SECONDS)) return 'not-yet';
  if (aud !== undefined && ![aud].flat().includes(site.key)) return 'other-site';
  return null;
}

const headerOf = z.object({ alg: z.unknown().optional(), kid: z.unknown().optional() });
const claim = z.unknown().optional();
const claimsOf = z.object({ sub: claim, exp: claim, nbf: claim, aud: claim });
type Parts = { readonly header: z.infer<typeof headerOf>; readonly claims: z.infer<typeof claimsOf> };

function readParts(token: string): Parts | null {
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return null;
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part) => jsonOf(Buffer.from(part, 'base64url').toString()));
  const read = z.object({ header: headerOf, claims: claimsOf }).safeParse({ header, claims });
  return read.data ?? null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
