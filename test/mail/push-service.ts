/** A push service of the tests' own, and devices that subscribe to it; what it is given is read by code that shares nothing with the relay's. */
import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

type Taken = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

export type PushService = {
  /** Every push in the order in which it came, refused ones too. */
  readonly asked: readonly Taken[];
  /** What it answers for one device from now on, or that it says nothing at all; 201 otherwise. */
  answer(device: Device, status: number | 'silence'): void;
  /** How many have asked and wait for an answer; and the most there were at once. */
  waiting(): { readonly now: number; readonly most: number };
  aDevice(): Device;
  close(): Promise<void>;
};

export type Device = {
  /** As its browser says it. */
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  /** What a browser would show, oldest first. Throws where something is not as the RFCs say. */
  shown(key: string): Notice[];
  /** How often it was asked for at all. */
  times(): number;
};

export type Notice = {
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  readonly tag: string;
  readonly link: string;
};

export async function openPushService(): Promise<PushService> {
  const asked: Taken[] = [];
  const answers = new Map<string, number | 'silence'>();
  const waiting = { now: 0, most: 0 };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const path = request.url ?? '';
      asked.push({ path, headers: request.headers, body: Buffer.concat(pieces) });
      waiting.now += 1;
      waiting.most = Math.max(waiting.most, waiting.now);
      response.on('close', () => {
        waiting.now -= 1;
      });
      const answer = answers.get(path) ?? 201;
      if (answer !== 'silence') response.writeHead(answer).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;

  function aDevice(): Device {
    const path = `/push/${randomBytes(16).toString('hex')}`;
    const keys = createECDH('prime256v1');
    const p256dh = keys.generateKeys().toString('base64url');
    const auth = randomBytes(16);
    const own = () => asked.filter((one) => one.path === path);
    return {
      subscription: { endpoint: origin + path, keys: { p256dh, auth: auth.toString('base64url') } },
      times: () => own().length,
      shown: (key) =>
        own()
          .filter(() => (answers.get(path) ?? 201) === 201)
          .map(({ headers, body }) => {
            checkSender(headers, { key, origin });
            return JSON.parse(
              decrypt(body, { secret: (point) => keys.computeSecret(point), own: keys.getPublicKey(), auth }),
            );
          }),
    };
  }

  return {
    asked,
    answer: ({ subscription }, status) => answers.set(new URL(subscription.endpoint).pathname, status),
    waiting: () => waiting,
    aDevice,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

/** RFC 8292, and what RFC 8030 asks of a sender. */
function checkSender(headers: IncomingHttpHeaders, { key, origin }: { key: string; origin: string }): void {
  const [, head = '', claims = '', signature = '', k = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  if (k !== key) throw new Error('signed by another key than browsers are given');
  if (read(head).alg !== 'ES256' || read(claims).aud !== origin) throw new Error(`not for ${origin}`);
  const point = Buffer.from(k, 'base64url');
  const half = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const verifier = createPublicKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: half(1), y: half(33) },
  });
  const said = Buffer.from(`${head}.${claims}`);
  const how = { key: verifier, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', said, how, Buffer.from(signature, 'base64url'))) throw new Error('not signed');
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('not encrypted');
  if (!/^[\w-]{1,32}$/.test(String(headers.topic)) || !(Number(headers.ttl) > 0))
    throw new Error('no topic, or no TTL');
}

type Keys = { readonly secret: (point: Buffer) => Buffer; readonly own: Buffer; readonly auth: Buffer };

/** RFC 8291 and 8188, as a browser does it: with the steps of HKDF by hand. */
function decrypt(body: Buffer, { secret, own, auth }: Keys): string {
  const salt = body.subarray(0, 16);
  const point = body.subarray(21, 21 + body.readUInt8(20));
  const sealed = body.subarray(21 + point.length);
  if (sealed.length > body.readUInt32BE(16)) throw new Error('more than one record');
  const hmac = (with_: Buffer, text: Buffer) => createHmac('sha256', with_).update(text).digest();
  const expand = (prk: Buffer, info: string | Buffer) =>
    hmac(prk, Buffer.concat([Buffer.from(info), Buffer.of(1)]));
  const ikm = expand(hmac(auth, secret(point)), Buffer.concat([Buffer.from('WebPush: info\0'), own, point]));
  const prk = hmac(salt, ikm);
  const key = expand(prk, 'Content-Encoding: aes128gcm\0').subarray(0, 16);
  const nonce = expand(prk, 'Content-Encoding: nonce\0').subarray(0, 12);
  const open = createDecipheriv('aes-128-gcm', key, nonce);
  open.setAuthTag(sealed.subarray(-16));
  const words = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
  const end = words.lastIndexOf(2);
  return words.subarray(0, end).toString('utf8');
}
