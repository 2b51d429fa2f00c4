import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ProvingSite } from './identity-proof.ts';
import { lookAtProof } from './proof-look.ts';

const pair = generateKeyPairSync('ed25519');
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const FIRST = 'first-secret-that-is-long-enough-0123456789';
const SECRET = 'another-secret-that-is-long-enough-012345678';
const key = { name: 'A key', at: '2026-01-01T00:00:00.000Z', retiredAt: null };
const site: ProvingSite = {
  key: 'shop',
  identitySecret: FIRST,
  identityKeys: [
    { ...key, kid: 'hs', kind: 'HS256', secret: SECRET },
    { ...key, kid: 'pair', kind: 'EdDSA', publicKey: pem },
    { ...key, kid: 'hash', kind: 'hash', secret: SECRET },
    { ...key, kid: 'gone', kind: 'HS256', secret: SECRET, retiredAt: key.at },
  ],
};

const now = () => Math.floor(Date.now() / 1_000);
const anna = () => ({ sub: 'anna', exp: now() + 600 });
const textOf = (header: object, claims: object) =>
  [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
function token(claims: object, header: object = {}, secret = FIRST): string {
  const text = textOf({ alg: 'HS256', ...header }, claims);
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const hashOf = (id: string, secret = SECRET) => createHmac('sha256', secret).update(id).digest('hex');
const why = async (proof: string) => {
  const report = await lookAtProof(site, proof);
  return report.holds ? 'it holds' : report.why;
};

test('what holds says whom it proves, and until when', async () => {
  const exp = now() + 600;
  const proof = token({ sub: 'anna', exp, name: 'Anna Lindqvist', email: 'anna@example.com' });
  expect(await lookAtProof(site, ` ${proof}\n`)).toEqual({
    ...{ holds: true, subject: 'anna', name: 'Anna Lindqvist', email: 'anna@example.com' },
    until: new Date(exp * 1_000).toISOString(),
  });
  const text = textOf({ alg: 'EdDSA', kid: 'pair' }, anna());
  expect(await why(`${text}.${sign(null, Buffer.from(text), pair.privateKey).toString('base64url')}`)).toBe(
    'it holds',
  );
  expect(await lookAtProof(site, JSON.stringify({ userId: '7', hash: hashOf('7') }))).toEqual({
    ...{ holds: true, subject: '7', name: null, email: null, until: null },
  });
});

test.each<[string, () => string]>([
  ['form', () => 'anna'],
  ['form', () => 'a.b.c'],
  ['form', () => '{"userId": 7,'],
  ['no-key', () => token(anna(), { kid: 'nobody' }, SECRET)],
  ['no-key', () => token(anna(), { kid: 'hash' }, SECRET)],
  ['retired', () => token(anna(), { kid: 'gone' }, SECRET)],
  ['algorithm', () => token(anna(), { alg: 'HS512' })],
  ['algorithm', () => token(anna(), { kid: 'pair' })],
  ['algorithm', () => `${textOf({ alg: 'none' }, anna())}.`],
  // A key of the console's, and its kid forgotten.
  ['signature', () => token(anna(), {}, SECRET)],
  ['signature', () => token(anna(), { kid: 'hs' }, FIRST)],
  ['no-id', () => token({ exp: now() + 600 })],
  ['id-no-text', () => token({ sub: 7, exp: now() + 600 })],
  ['no-end', () => token({ sub: 'anna' })],
  // Milliseconds, as Date.now() gives them.
  ['too-long', () => token({ sub: 'anna', exp: Date.now() + 3_600_000 })],
  ['over', () => token({ sub: 'anna', exp: now() - 600 })],
  ['not-yet', () => token({ ...anna(), nbf: now() + 300 })],
  ['other-site', () => token({ ...anna(), aud: 'bakery' })],
  ['id-no-text', () => JSON.stringify({ userId: 7, hash: hashOf('7') })],
  ['hash-form', () => JSON.stringify({ userId: '7', hash: 'c2hvcnQ=' })],
  ['no-key', () => JSON.stringify({ userId: '7', hash: hashOf('7'), kid: 'hs' })],
  ['signature', () => JSON.stringify({ userId: '7', hash: hashOf('8') })],
])('what does not hold says why: %s', async (reason, proof) => expect(await why(proof())).toBe(reason));
