import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerFor, signIdentity, verifyIdentity } from '../../server/src/people/identity.ts';
import { hashToken, visitorByToken } from '../../server/src/people/visitors.ts';
import { createSite, type SiteRow } from '../../server/src/site/sites.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let shop: SiteRow;
let bakery: SiteRow;

beforeAll(async () => {
  stage = await openStage();
  shop = await createSite(stage.database.db, { name: 'Shop', hosts: [] });
  bakery = await createSite(stage.database.db, { name: 'Bakery', hosts: [] });
});
afterAll(() => stage.close());

const now = () => Math.floor(Date.now() / 1000);
const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
const anna = () => ({ sub: 'anna', name: 'Anna Lindqvist', exp: now() + 600 });

/** A token as an attacker or a careless site writes it: any header, any payload, any HMAC. */
function forge(
  header: object,
  payload: unknown,
  { secret = shop.identitySecret, hash = 'sha256' } = {},
): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}
const HS256 = { alg: 'HS256', typ: 'JWT' };

describe('a signed identity', () => {
  test('is what the site has signed', async () => {
    const token = await signIdentity(shop.identitySecret, {
      sub: 'anna',
      name: ' Anna\u0000 Lindqvist ',
      email: 'anna@example.com',
      locale: 'zh-TW',
    });
    expect(await verifyIdentity(shop, token)).toEqual({
      subject: 'anna',
      name: 'Anna Lindqvist',
      email: 'anna@example.com',
      locale: 'zh-Hant',
    });
  });

  test('made by hand with HMAC-SHA256 holds too: any language can sign', async () => {
    expect((await verifyIdentity(shop, forge(HS256, anna()))).subject).toBe('anna');
  });

  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const rsa = () => {
    const text = `${encode({ alg: 'RS256' })}.${encode(anna())}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const altered = () => {
    const [header, , signature] = forge(HS256, anna()).split('.');
    return `${header}.${encode({ ...anna(), sub: 'victim' })}.${signature}`;
  };

  test.each<[string, () => string]>([
    ['alg none', () => `${encode({ alg: 'none' })}.${encode(anna())}.`],
    ['alg None', () => `${encode({ alg: 'None' })}.${encode(anna())}.`],
    ['alg none with a signature', () => forge({ alg: 'none' }, anna())],
    ['no alg', () => forge({ typ: 'JWT' }, anna())],
    ['HS384', () => forge({ alg: 'HS384' }, anna(), { hash: 'sha384' })],
    ['HS512', () => forge({ alg: 'HS512' }, anna(), { hash: 'sha512' })],
    ['an RSA signature', rsa],
    ['the public key as the secret', () => forge(HS256, anna(), { secret: pem })],
    ['an empty secret', () => forge(HS256, anna(), { secret: '' })],
    ["another site's secret", () => forge(HS256, anna(), { secret: bakery.identitySecret })],
    ['a payload changed after signing', altered],
    ['no signature', () => forge(HS256, anna()).replace(/[^.]*$/, '')],
    ['half a signature', () => forge(HS256, anna()).slice(0, -20)],
    ['a critical extension', () => forge({ ...HS256, crit: ['x'], x: 1 }, anna())],
    ['an unencoded payload', () => forge({ ...HS256, b64: false, crit: ['b64'] }, anna())],
    [
      'a key of its own',
      () => forge({ ...HS256, jwk: { kty: 'oct', k: encode('mine') } }, anna(), { secret: 'mine' }),
    ],
    ['expired', () => forge(HS256, { ...anna(), exp: now() - 60 })],
    ['no exp', () => forge(HS256, { sub: 'anna' })],
    ['exp as text', () => forge(HS256, { ...anna(), exp: String(now() + 600) })],
    ['exp in milliseconds', () => forge(HS256, { ...anna(), exp: Date.now() + 600_000 })],
    ['exp in 25 hours', () => forge(HS256, { ...anna(), exp: now() + 25 * 3_600 })],
    ['not yet', () => forge(HS256, { ...anna(), nbf: now() + 300 })],
    ['no sub', () => forge(HS256, { exp: now() + 600 })],
    ['an empty sub', () => forge(HS256, { ...anna(), sub: '' })],
    ['a sub of 256 characters', () => forge(HS256, { ...anna(), sub: 'x'.repeat(256) })],
    ['a number as sub', () => forge(HS256, { ...anna(), sub: 7 })],
    ['a sub with U+0000', () => forge(HS256, { ...anna(), sub: 'an\u0000na' })],
    ['an object as name', () => forge(HS256, { ...anna(), name: { first: 'Anna' } })],
    ['a list', () => forge(HS256, [anna()])],
    ['no JSON', () => forge(HS256, 'anna')],
    ['nothing', () => ''],
    ['dots', () => '..'],
    ['five parts', () => 'a.b.c.d.e'],
    ['25,000 characters of name', () => forge(HS256, { ...anna(), name: 'x'.repeat(25_000) })],
  ])('is refused: %s', async (_what, make) => {
    await expect(verifyIdentity(shop, make())).rejects.toMatchObject({ code: 'BAD_IDENTITY' });
  });

  test('keeps no address that is none', async () => {
    const token = await signIdentity(shop.identitySecret, {
      sub: 'x',
      email: 'anna@x\r\nBcc: y@example.com',
    });
    expect((await verifyIdentity(shop, token)).email).toBeNull();
  });
});

describe('the customer behind it', () => {
  const identity = { subject: 'user-1', name: 'Anna Lindqvist', email: 'anna@example.com', locale: null };

  test('is one, however many ask at once', async () => {
    const { db } = stage.database;
    const ten = await Promise.all(Array.from({ length: 10 }, () => customerFor(db, shop.id, identity)));
    expect(new Set(ten.map(({ id }) => id)).size).toBe(1);
    const { rows } = await stage.database.pool.query(`select 1 from customers where name = 'Anna Lindqvist'`);
    expect(rows).toHaveLength(1);
  });

  test('is kept up to date by what is signed, and never emptied', async () => {
    const { db } = stage.database;
    const renamed = await customerFor(db, shop.id, {
      ...identity,
      name: 'Anna Berg',
      email: null,
      locale: 'en',
    });
    expect(renamed).toMatchObject({ name: 'Anna Berg', email: 'anna@example.com', locale: 'en' });
  });

  test('is somebody else at another site, and under another id with the same address', async () => {
    const { db } = stage.database;
    const first = await customerFor(db, shop.id, identity);
    const elsewhere = await customerFor(db, bakery.id, identity);
    const same = await customerFor(db, shop.id, { ...identity, subject: 'user-2' });
    expect(new Set([first.id, elsewhere.id, same.id]).size).toBe(3);
  });
});

describe("a visitor's token", () => {
  const token = 'ab'.repeat(32);

  test('opens the visitor of its own site only, and is kept as a hash', async () => {
    const { db, pool } = stage.database;
    await pool.query(
      `insert into visitors (site_id, token_hash, locale, blocked_at) values ($1, $2, 'en', now())`,
      [shop.id, hashToken(token)],
    );
    const visitor = await visitorByToken(db, shop.id, token);
    expect(visitor).toMatchObject({ site: shop.id, blocked: true, customer: null, customerName: null });
    expect(await visitorByToken(db, bakery.id, token)).toBeNull();
    expect(await visitorByToken(db, shop.id, 'ac'.repeat(32))).toBeNull();
    const { rows } = await pool.query<{ row: string }>(
      'select row_to_json(visitors)::text as row from visitors',
    );
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
  });
});
