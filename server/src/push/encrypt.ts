/**
 * What a push service may not read, and how it knows the relay: the encryption of Web Push (RFC 8291, in the aes128gcm of RFC 8188)
 * and the signed name of whoever sends (VAPID, RFC 8292). Node has every part of it; see docs/decisions/012-web-push.md.
 */
import {
  createCipheriv,
  createECDH,
  createHash,
  createPrivateKey,
  type ECDH,
  hkdfSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

const CURVE = 'prime256v1';
const POINT_BYTES = 65;
const AUTH_BYTES = 16;
/** One record: what is told is short. */
const RECORD_BYTES = 4_096;
/** The longest that RFC 8292 allows is a day. */
const TOKEN_LIFE_S = 12 * 60 * 60;

/** The keys of a browser's subscription. */
export type Recipient = { readonly p256dh: Buffer; readonly auth: Buffer };

/** The relay as push services know it. */
export type Sender = {
  /** The public key, as browsers are given it to subscribe. */
  readonly key: string;
  /** The header `Authorization` for one push service; `now` in milliseconds. */
  authorization(service: URL, of: { readonly contact: string; readonly now: number }): string;
};

/** Whether keys can be a browser's: a point of the curve, and sixteen bytes. */
export function isRecipient({ p256dh, auth }: Recipient): boolean {
  if (p256dh.length !== POINT_BYTES || p256dh[0] !== 4 || auth.length !== AUTH_BYTES) return false;
  try {
    newKeys().computeSecret(p256dh);
    return true;
  } catch {
    return false;
  }
}

/** The body of a push. `chance` is given where RFC 8291's own example is told again. */
export function encrypt(
  words: Buffer,
  to: Recipient,
  chance: { readonly keys: ECDH; readonly salt: Buffer } = { keys: newKeys(), salt: randomBytes(16) },
): Buffer {
  const { keys, salt } = chance;
  const own = keys.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), to.p256dh, own]);
  const shared = derive(keys.computeSecret(to.p256dh), { salt: to.auth, info, bytes: 32 });
  const part = (name: string, bytes: number) =>
    derive(shared, { salt, info: Buffer.from(`Content-Encoding: ${name}\0`), bytes });
  const cipher = createCipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
  // The 2 ends the last record.
  const body = Buffer.concat([cipher.update(words), cipher.update(Buffer.of(2)), cipher.final()]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(RECORD_BYTES);
  head.writeUInt8(own.length, 4);
  return Buffer.concat([salt, head, own, body, cipher.getAuthTag()]);
}

/** `secret` is the private key's 32 bytes. */
export function createSender(secret: Buffer): Sender {
  const keys = createECDH(CURVE);
  keys.setPrivateKey(secret);
  const point = keys.getPublicKey();
  const key = point.toString('base64url');
  const signing = privateKey(secret, point);
  return {
    key,
    authorization(service, { contact, now }) {
      const exp = Math.floor(now / 1000) + TOKEN_LIFE_S;
      const said = `${inBase64({ typ: 'JWT', alg: 'ES256' })}.${inBase64({ aud: service.origin, exp, sub: contact })}`;
      const signature = sign('sha256', Buffer.from(said), { key: signing, dsaEncoding: 'ieee-p1363' });
      return `vapid t=${said}.${signature.toString('base64url')}, k=${key}`;
    },
  };
}

/** A private key for `createSender`. */
export function newSecret(): Buffer {
  const secret = newKeys().getPrivateKey();
  // Node leaves out zeros at its beginning.
  return Buffer.concat([Buffer.alloc(32 - secret.length), secret]);
}

/** A name for what is told of one conversation, which says nothing of it: a later push takes the place of one that waits. */
export function topicOf(conversation: string): string {
  return createHash('sha256').update(`topic ${conversation}`).digest('base64url').slice(0, 32);
}

function newKeys(): ECDH {
  const keys = createECDH(CURVE);
  keys.generateKeys();
  return keys;
}

function privateKey(secret: Buffer, point: Buffer): KeyObject {
  const [d, x, y] = [secret, point.subarray(1, 33), point.subarray(33)].map((one) =>
    one.toString('base64url'),
  );
  return createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d, x, y } as JsonWebKey });
}

function derive(
  secret: Buffer,
  { salt, info, bytes }: { readonly salt: Buffer; readonly info: Buffer; readonly bytes: number },
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));
}

function inBase64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
