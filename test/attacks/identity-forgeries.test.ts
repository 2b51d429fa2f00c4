/** Proofs that nobody gave: each is refused, whatever it is made of, and whoever brings it writes as a stranger or not at all. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { NewIdentityKey, Site } from '@fullname/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyIdentity } from '../../server/src/people/identity.ts';
import { siteByKey } from '../../server/src/site/sites.ts';
import { call, request } from '../support/console-api.ts';
import { aVisitor, newId, refusal } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const pair = generateKeyPairSync('ed25519');
const strange = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const jwk = pair.publicKey.export({ format: 'jwk' });
const der = pair.publicKey.export({ type: 'spki', format: 'der' });

let relay: Relay;
let bakery: Site;
/** Secrets and kids by what they are for. */
let first: string;
let theirs: string;
const keys = {} as Record<'HS256' | 'EdDSA' | 'hash' | 'retired' | 'retiredHash' | 'bakery', NewIdentityKey>;

beforeAll(async () => {
  relay = await openRelay();
  const owner = { origin: relay.origin, cookie: relay.owner };
  bakery = await call<Site>(owner, 'POST /api/sites', { name: 'Bakery', hosts: [] });
  const secretOf = async ({ id }: Site) =>
    (await call<{ secret: string }>(owner, `GET /api/sites/${id}/secret`)).secret;
  first = await secretOf(relay.site);
  theirs = await secretOf(bakery);
  const make = (site: Site, draft: object) =>
    call<NewIdentityKey>(owner, `POST /api/sites/${site.id}/identity-keys`, { name: 'A key', ...draft });
  keys.HS256 = await make(relay.site, { kind: 'HS256' });
  keys.EdDSA = await make(relay.site, { kind: 'EdDSA', publicKey: pem });
  keys.hash = await make(relay.site, { kind: 'hash' });
  keys.retired = await make(relay.site, { kind: 'HS256' });
  keys.retiredHash = await make(relay.site, { kind: 'hash' });
  keys.bakery = await make(bakery, { kind: 'HS256' });
  for (const { key } of [keys.retired, keys.retiredHash])
    await call(owner, `DELETE /api/sites/${relay.site.id}/identity-keys/${key.kid}`);
});
afterAll(() => relay.close());

const now = () => Math.floor(Date.now() / 1000);
const anna = () => ({ sub: 'anna', exp: now() + 600 });
const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

type Key = string | Buffer;
const hs = (header: object, claims: unknown, secret: Key = first, hash = 'sha256') => {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
};
const ed = (header: object, claims: unknown, key = pair.privateKey) => {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
};
const HS = { alg: 'HS256', typ: 'JWT' };
const secretOf = ({ secret }: NewIdentityKey) => secret ?? '';
const kid = (name: keyof typeof keys) => ({ kid: keys[name].key.kid });
const hashOf = (id: string, key: Key = secretOf(keys.hash)) =>
  createHmac('sha256', key).update(id).digest('hex');
const hashed = (fields: object) => JSON.stringify({ userId: 'anna', hash: hashOf('anna'), ...fields });

/** The order of Ed25519's group, added to a signature's second half: the same signature in another spelling. */
function respelt(token: string): string {
  const [header, claims, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  let s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  for (let at = 32; at < 64; at += 1, s >>= 8n) bytes[at] = Number(s & 255n);
  return `${header}.${claims}.${bytes.toString('base64url')}`;
}

function altered(token: string): string {
  const [header, , signature] = token.split('.');
  return `${header}.${encode({ ...anna(), sub: 'victim' })}.${signature}`;
}

const FORGERIES: [string, () => string][] = [
  ['nothing', () => ''],
  ['alg none', () => `${encode({ alg: 'none' })}.${encode(anna())}.`],
  ['alg none with something for a signature', () => `${encode({ alg: 'none' })}.${encode(anna())}.AAAA`],
  ['alg nOnE', () => hs({ alg: 'nOnE' }, anna())],
  ['alg none under a kid', () => `${encode({ alg: 'none', ...kid('HS256') })}.${encode(anna())}.AAAA`],
  ['alg as a list', () => hs({ alg: ['HS256'] }, anna())],
  ['no alg', () => hs({ typ: 'JWT' }, anna())],
  ['HS512 with the right secret', () => hs({ alg: 'HS512' }, anna(), first, 'sha512')],
  ['HS256 that is SHA-512', () => hs(HS, anna(), first, 'sha512')],
  ['HS256 under an EdDSA kid, the PEM as its secret', () => hs({ ...HS, ...kid('EdDSA') }, anna(), pem)],
  ['the same without the last line end', () => hs({ ...HS, ...kid('EdDSA') }, anna(), pem.trim())],
  [
    'the same with the raw key as its secret',
    () => hs({ ...HS, ...kid('EdDSA') }, anna(), Buffer.from(jwk.x ?? '', 'base64url')),
  ],
  ['the same with the DER as its secret', () => hs({ ...HS, ...kid('EdDSA') }, anna(), der)],
  ['HS256 without a kid, the PEM as its secret', () => hs(HS, anna(), pem)],
  ['EdDSA under an HS256 kid', () => ed({ alg: 'EdDSA', ...kid('HS256') }, anna())],
  ['EdDSA without a kid', () => ed({ alg: 'EdDSA' }, anna())],
  [
    'EdDSA by a strange key under the right kid',
    () => ed({ alg: 'EdDSA', ...kid('EdDSA') }, anna(), strange.privateKey),
  ],
  [
    'EdDSA with a key of its own in the header',
    () =>
      ed(
        { alg: 'EdDSA', ...kid('EdDSA'), jwk: strange.publicKey.export({ format: 'jwk' }) },
        anna(),
        strange.privateKey,
      ),
  ],
  [
    'EdDSA with a key from an address',
    () => ed({ alg: 'EdDSA', jku: 'https://evil.example/keys' }, anna(), strange.privateKey),
  ],
  ['an EdDSA signature in another spelling', () => respelt(ed({ alg: 'EdDSA', ...kid('EdDSA') }, anna()))],
  [
    'an EdDSA signature of zeros',
    () => ed({ alg: 'EdDSA', ...kid('EdDSA') }, anna()).replace(/[^.]*$/, 'A'.repeat(86)),
  ],
  [
    'RS256 under the EdDSA kid',
    () => {
      const text = `${encode({ alg: 'RS256', ...kid('EdDSA') })}.${encode(anna())}`;
      return `${text}.${sign('sha256', Buffer.from(text), rsa.privateKey).toString('base64url')}`;
    },
  ],
  ['a kid that is nobody’s', () => hs({ ...HS, kid: 'nobody' }, anna())],
  ['a kid that is a path', () => hs({ ...HS, kid: '../../../dev/null' }, anna(), '')],
  ['a kid that is SQL', () => hs({ ...HS, kid: "' or 1=1 --" }, anna())],
  ['a kid that is a number', () => hs({ ...HS, kid: 0 }, anna())],
  ['a kid that is null', () => hs({ ...HS, kid: null }, anna())],
  ['an empty kid', () => hs({ ...HS, kid: '' }, anna())],
  ['the first secret under the other key’s kid', () => hs({ ...HS, ...kid('HS256') }, anna())],
  ['the other key’s secret without its kid', () => hs(HS, anna(), secretOf(keys.HS256))],
  ['a retired key', () => hs({ ...HS, ...kid('retired') }, anna(), secretOf(keys.retired))],
  [
    'a token by the key of hashes, under its kid',
    () => hs({ ...HS, ...kid('hash') }, anna(), secretOf(keys.hash)),
  ],
  [
    'a token whose signature is the hash of an id that a visitor chose',
    () => {
      const id = `${encode({ ...HS, ...kid('hash') })}.${encode({ sub: 'victim', exp: now() + 600 })}`;
      return `${id}.${Buffer.from(hashOf(id), 'hex').toString('base64url')}`;
    },
  ],
  ['another site’s first secret', () => hs(HS, anna(), theirs)],
  ['another site’s key, under its kid', () => hs({ ...HS, ...kid('bakery') }, anna(), secretOf(keys.bakery))],
  ['a token for another site', () => hs(HS, { ...anna(), aud: bakery.key })],
  ['an empty secret', () => hs(HS, anna(), '')],
  ['a payload changed after signing', () => altered(hs(HS, anna()))],
  [
    'a payload changed after an EdDSA signature',
    () => altered(ed({ alg: 'EdDSA', ...kid('EdDSA') }, anna())),
  ],
  ['no signature', () => hs(HS, anna()).replace(/[^.]*$/, '')],
  ['half a signature', () => hs(HS, anna()).slice(0, -22)],
  ['four parts', () => `${hs(HS, anna())}.AAAA`],
  ['spaces around it', () => ` ${hs(HS, anna())} `],
  ['a critical extension', () => hs({ ...HS, crit: ['x'], x: 1 }, anna())],
  ['an unencoded payload', () => hs({ ...HS, b64: false, crit: ['b64'] }, anna())],
  ['expired', () => hs(HS, { ...anna(), exp: now() - 60 })],
  ['expired, under a kid', () => ed({ alg: 'EdDSA', ...kid('EdDSA') }, { ...anna(), exp: now() - 60 })],
  ['good for a week', () => hs(HS, { ...anna(), exp: now() + 7 * 86_400 })],
  ['good for ever', () => hs(HS, '{"sub":"anna","exp":1e999}')],
  ['an end in milliseconds', () => hs(HS, { ...anna(), exp: Date.now() + 600_000 })],
  ['an end as text', () => hs(HS, { ...anna(), exp: String(now() + 600) })],
  ['no end', () => hs(HS, { sub: 'anna' })],
  ['not before tomorrow', () => hs(HS, { ...anna(), nbf: now() + 3_600 })],
  ['no sub', () => hs(HS, { exp: now() + 600 })],
  ['an empty sub', () => hs(HS, { ...anna(), sub: '' })],
  ['a sub that is a list', () => hs(HS, { ...anna(), sub: ['anna'] })],
  ['a sub too long', () => hs(HS, { ...anna(), sub: 'a'.repeat(256) })],
  ['a sub with a zero character', () => hs(HS, { ...anna(), sub: 'anna\u0000' })],
  ['a sub with half a character', () => hs(HS, '{"sub":"anna\\ud83d","exp":9999999999}')],
  ['a token larger than may be', () => hs(HS, { ...anna(), note: 'x'.repeat(40_000) })],
  ['two subs', () => hs(HS, `{"sub":"anna","exp":${now() + 600},"sub":"victim"}`)],
  [
    'two subs, one of them spelt otherwise',
    () => hs(HS, `{"sub":"anna","exp":${now() + 600},"s\\u0075b":"victim"}`),
  ],
  [
    'two kids',
    () => hs(HS, anna()).replace(/^[^.]*/, encode(`{"alg":"HS256","kid":"a","kid":"${keys.HS256.key.kid}"}`)),
  ],
  ['claims that are a list', () => hs(HS, [anna()])],
  ['claims that are no JSON', () => hs(HS, 'sub=anna')],
  ['the hash of another id', () => hashed({ hash: hashOf('victim') })],
  ['a hash by the first secret', () => hashed({ hash: hashOf('anna', first) })],
  [
    'a hash by a key of tokens, under its kid',
    () => hashed({ ...kid('HS256'), hash: hashOf('anna', secretOf(keys.HS256)) }),
  ],
  ['a hash by the public key, under its kid', () => hashed({ ...kid('EdDSA'), hash: hashOf('anna', pem) })],
  ['a hash by a retired key', () => hashed({ hash: hashOf('anna', secretOf(keys.retiredHash)) })],
  ['a right hash under a wrong kid', () => hashed(kid('retiredHash'))],
  [
    'a plain SHA-256',
    () => hashed({ hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' }),
  ],
  ['an empty hash', () => hashed({ hash: '' })],
  ['half a hash', () => hashed({ hash: hashOf('anna').slice(0, 32) })],
  ['a hash in base64', () => hashed({ hash: Buffer.from(hashOf('anna'), 'hex').toString('base64') })],
  ['a hash that is a list', () => hashed({ hash: [hashOf('anna')] })],
  ['an id with a space more', () => hashed({ userId: 'anna ' })],
  ['an id in capitals', () => hashed({ userId: 'Anna' })],
  ['an id that is a number', () => JSON.stringify({ userId: 7, hash: hashOf('7') })],
  ['two ids', () => `{"userId":"victim","userId":"anna","hash":"${hashOf('anna')}"}`],
  ['a hash behind a space', () => ` ${hashed({})}`],
  ['a hash and no id', () => JSON.stringify({ hash: hashOf('anna') })],
  ['an id of its own making alone', () => '{"userId":"victim"}'],
  ['a JWT inside JSON', () => JSON.stringify({ userId: 'anna', hash: hs(HS, anna()) })],
];

describe('a forged proof', () => {
  test('is tried in more than forty ways', () => expect(FORGERIES.length).toBeGreaterThanOrEqual(40));

  test.each(FORGERIES)('is refused: %s', async (_, forge) => {
    const shop = await siteByKey(relay.database.db, relay.site.key);
    if (!shop) throw new Error('the site is gone');
    await expect(verifyIdentity(shop, forge())).rejects.toMatchObject({ code: 'BAD_IDENTITY' });
  });
});

describe('a true proof', () => {
  test.each<[string, () => string, string]>([
    ['a token by the first secret', () => hs(HS, anna()), 'anna'],
    [
      'a token by a key, under its kid',
      () => hs({ ...HS, ...kid('HS256') }, anna(), secretOf(keys.HS256)),
      'anna',
    ],
    ['an EdDSA token', () => ed({ alg: 'EdDSA', ...kid('EdDSA') }, anna()), 'anna'],
    ['an EdDSA token that names its curve', () => ed({ alg: 'Ed25519', ...kid('EdDSA') }, anna()), 'anna'],
    ['a token for this very site', () => hs(HS, { ...anna(), aud: relay.site.key }), 'anna'],
    ['an id in another script', () => hs(HS, { ...anna(), sub: 'Zoë 陳大文 🦊' }), 'Zoë 陳大文 🦊'],
    ['a clock that is a little late', () => hs(HS, { ...anna(), exp: now() - 5 }), 'anna'],
    ['a hash', () => hashed({}), 'anna'],
    [
      'a hash in capitals, under its kid',
      () => hashed({ ...kid('hash'), hash: hashOf('anna').toUpperCase() }),
      'anna',
    ],
    [
      'a hash of an id in another script',
      () => hashed({ userId: '陳大文', hash: hashOf('陳大文') }),
      '陳大文',
    ],
  ])('holds: %s', async (_, make, subject) => {
    const shop = await siteByKey(relay.database.db, relay.site.key);
    if (!shop) throw new Error('the site is gone');
    expect((await verifyIdentity(shop, make())).subject).toBe(subject);
  });

  test('by a hash brings no name, no address and no purchase: nobody signed them', async () => {
    const shop = await siteByKey(relay.database.db, relay.site.key);
    if (!shop) throw new Error('the site is gone');
    const claims = {
      name: 'Victim',
      email: 'victim@example.com',
      locale: 'de',
      purchases: [{}],
      sub: 'victim',
    };
    expect(await verifyIdentity(shop, hashed(claims))).toEqual({
      ...{ subject: 'anna', name: null, email: null, locale: null },
    });
  });
});

describe('whoever brings it', () => {
  test('a forged one writes as a stranger, and is told so; of the customer nothing is seen', async () => {
    const hers = await aVisitor(relay, { identity: hs(HS, { ...anna(), name: 'Anna Lindqvist' }) });
    await hers.say('My order is 1842');
    const thief = await aVisitor(relay, { identity: hs(HS, anna(), theirs) });
    expect(thief.heard('welcome')[0]).toMatchObject({
      visitor: { name: null, identityRefused: true },
      conversations: [],
    });
    await thief.say('I am Anna Lindqvist');
    const { rows } = await relay.database.pool.query<{ customers: number }>(
      `select count(distinct customer_id)::int as customers from visitors where customer_id is not null`,
    );
    expect(rows).toEqual([{ customers: 1 }]);
  });

  test('cannot begin where the owner wants proof, until there is one; what was begun goes on', async () => {
    const owner = { origin: relay.origin, cookie: relay.owner };
    const settings = `PUT /api/sites/${relay.site.id}/settings`;
    const before = await aVisitor(relay);
    await before.say('Hello?');
    const late = await aVisitor(relay);
    await call(owner, settings, { identity: { required: true } });
    const start = (token: string) => ({
      ...{ token, conversation: newId(), locale: 'en' as const },
      message: { id: newId(), text: 'Hello?' },
    });
    for (const stranger of [
      late,
      await aVisitor(relay),
      await aVisitor(relay, { identity: hashed({ hash: '' }) }),
    ])
      expect(await refusal(stranger.ask('conversation:start', start('ab'.repeat(32))))).toBe(
        'IDENTITY_REQUIRED',
      );
    await before.say('Still there?');
    const proven = await aVisitor(relay, { identity: hashed({}) });
    expect((await proven.say('It is Anna')).publicSeq).toBe(1);
    await call(owner, settings, { identity: { required: false } });
    expect((await late.say('Now?')).publicSeq).toBe(1);
  });
});

describe('keys', () => {
  const owner = () => ({ origin: relay.origin, cookie: relay.owner });
  const at = () => `/api/sites/${bakery.id}/identity-keys`;

  test('are two of each way at most, listed without their secrets, and out of use once retired', async () => {
    const second = await call<NewIdentityKey>(owner(), `POST ${at()}`, {
      kind: 'HS256',
      name: ' The  next ',
    });
    expect(second.key).toMatchObject({ name: 'The next', kind: 'HS256', retiredAt: null, publicKey: null });
    const third = await request(owner(), `POST ${at()}`, { kind: 'HS256', name: 'One more' });
    expect(third).toEqual({ ok: false, code: 'KEYS_ENOUGH' });
    const retired = await call<{ retiredAt: string }>(owner(), `DELETE ${at()}/${keys.bakery.key.kid}`);
    expect(retired.retiredAt).not.toBeNull();
    expect(await call(owner(), `DELETE ${at()}/${keys.bakery.key.kid}`)).toEqual(retired);
    await call(owner(), `POST ${at()}`, { kind: 'HS256', name: 'One more' });
    const list = await call<object[]>(owner(), `GET ${at()}`);
    expect(list).toHaveLength(3);
    expect(JSON.stringify(list)).not.toContain(second.secret);
    expect(await request(owner(), `DELETE ${at()}/nobody`)).toEqual({ ok: false, code: 'UNKNOWN' });
  });

  test.each<[string, () => string]>([
    ['a private key', () => pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a private JWK', () => JSON.stringify(pair.privateKey.export({ format: 'jwk' }))],
    ['both parts', () => pem + pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['an RSA key', () => rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    [
      'a key of another curve',
      () => generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ],
    ['a secret', () => JSON.stringify({ kty: 'oct', k: 'AAAA' })],
    ['nothing', () => ''],
    ['a text without end', () => 'x'.repeat(3_000)],
  ])('of a pair are refused when they are %s', async (_, text) => {
    const answer = await request(owner(), `POST ${at()}`, { kind: 'EdDSA', name: 'Pair', publicKey: text() });
    expect(answer).toEqual({ ok: false, code: 'BAD_KEY' });
  });

  test('of a pair are taken as PEM and as JWK, and make no secret', async () => {
    for (const publicKey of [pem, JSON.stringify(jwk)]) {
      const made = await call<NewIdentityKey>(owner(), `POST ${at()}`, {
        kind: 'EdDSA',
        name: 'Pair',
        publicKey,
      });
      expect(made).toMatchObject({ secret: null, key: { publicKey: pem } });
    }
  });

  test('are an owner’s alone', async () => {
    const nobody = { origin: relay.origin };
    for (const what of [`GET ${at()}`, `DELETE ${at()}/x`, `POST /api/sites/${bakery.id}/secret`])
      expect(await request(nobody, what)).toEqual({ ok: false, code: 'SIGNED_OUT' });
    const draft = { kind: 'HS256', name: 'Mine' };
    expect(await request(nobody, `POST ${at()}`, draft)).toEqual({ ok: false, code: 'SIGNED_OUT' });
  });

  test('may be renewed: the first secret of before signs nothing any longer', async () => {
    const { secret } = await call<{ secret: string }>(owner(), `POST /api/sites/${bakery.id}/secret`);
    expect(secret).not.toBe(theirs);
    const site = await siteByKey(relay.database.db, bakery.key);
    if (!site) throw new Error('the site is gone');
    await expect(verifyIdentity(site, hs(HS, anna(), theirs))).rejects.toMatchObject({
      code: 'BAD_IDENTITY',
    });
    expect((await verifyIdentity(site, hs(HS, anna(), secret))).subject).toBe('anna');
  });
});
