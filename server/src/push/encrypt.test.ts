import { createECDH, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSender, encrypt, isRecipient, newSecret } from './encrypt.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

test('RFC 8291’s own example comes out byte for byte', () => {
  const keys = createECDH('prime256v1');
  keys.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
  const to = {
    p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
    auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
  };
  const salt = bytes('DGv6ra1nlYgDCS1FRnbzlw');
  const body = encrypt(Buffer.from('When I grow up, I want to be a watermelon'), to, { keys, salt });
  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('only a point of the curve and sixteen bytes are a browser’s keys', () => {
  const keys = createECDH('prime256v1');
  const p256dh = keys.generateKeys();
  const auth = Buffer.alloc(16, 1);
  expect(isRecipient({ p256dh, auth })).toBe(true);
  expect(isRecipient({ p256dh, auth: Buffer.alloc(15) })).toBe(false);
  expect(isRecipient({ p256dh: p256dh.subarray(1), auth })).toBe(false);
  expect(isRecipient({ p256dh: keys.getPublicKey(null, 'compressed'), auth })).toBe(false);
  const beside = Buffer.from(p256dh);
  beside.writeUInt8(beside.readUInt8(64) ^ 1, 64);
  expect(isRecipient({ p256dh: beside, auth })).toBe(false);
});

test('a sender is signed for one service and half a day, and its secret has 32 bytes whatever it begins with', () => {
  for (let times = 0; times < 600; times += 1) expect(newSecret()).toHaveLength(32);
  const { key, authorization } = createSender(newSecret());
  const now = Date.parse('2031-01-01T00:00:00Z');
  const header = authorization(new URL('https://push.example/a/b?c'), {
    contact: 'https://chat.example',
    now,
  });
  const [, head = '', claims = '', signature = '', k] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [];
  expect(k).toBe(key);
  expect(JSON.parse(String(bytes(head)))).toEqual({ typ: 'JWT', alg: 'ES256' });
  expect(JSON.parse(String(bytes(claims)))).toEqual({
    ...{ aud: 'https://push.example', sub: 'https://chat.example' },
    exp: now / 1000 + 12 * 60 * 60,
  });
  const point = bytes(key);
  const [x = '', y = ''] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    half.toString('base64url'),
  );
  const verifier = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  const said = Buffer.from(`${head}.${claims}`);
  expect(verify('sha256', said, { key: verifier, dsaEncoding: 'ieee-p1363' }, bytes(signature))).toBe(true);
});
