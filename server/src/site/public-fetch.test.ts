import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { fetchPublic, isPublicAddress, NoPage, postPublic } from './public-fetch.ts';

const open: http.Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const RULES = { loopback: true, withinMs: 5_000, mostBytes: 10_000 };

async function serve(listener: RequestListener): Promise<{ url: URL; asked: () => number }> {
  let asked = 0;
  const server = http.createServer((request, response) => {
    asked += 1;
    listener(request, response);
  });
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), asked: () => asked };
}

const whyNot = (work: Promise<unknown>) =>
  work.then(
    () => 'a page',
    (error: unknown) => (error instanceof NoPage ? error.why : error),
  );

describe('an address', () => {
  test.each([
    '93.184.216.34',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.0.0.8',
      '192.0.2.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.7',
      '203.0.113.9',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::127.0.0.1',
      '64:ff9b::a00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'ff02::1',
    ],
    ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'fe80::1%eth0', 'localhost', '', '2130706433'],
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a page', () => {
  test('comes with its policies and what it redirects to', async () => {
    const { url } = await serve((_, response) => {
      response.setHeader('Content-Security-Policy', ["default-src 'self'", 'frame-src https://a.example']);
      response.writeHead(302, { Location: '/next' }).end('<p>ä</p>');
    });
    expect(await fetchPublic(url, RULES)).toEqual({
      status: 302,
      location: '/next',
      html: '<p>ä</p>',
      csp: ["default-src 'self'", ' frame-src https://a.example'],
    });
  });

  test('is read packed as well, and never beyond its size, packed or not', async () => {
    const { url } = await serve((request, response) => {
      const body = request.url === '/small' ? '<p>Hello</p>' : 'a'.repeat(1_000_000);
      if (request.url === '/plain') response.end(body);
      else response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(body));
    });
    expect((await fetchPublic(new URL('/small', url), RULES)).html).toBe('<p>Hello</p>');
    expect(await whyNot(fetchPublic(new URL('/plain', url), RULES))).toBe('large');
    expect(await whyNot(fetchPublic(new URL('/bomb', url), RULES))).toBe('large');
  });

  test('that never ends is left when its time is over', async () => {
    const { url } = await serve((_, response) => void response.writeHead(200).write('<html>'));
    expect(await whyNot(fetchPublic(url, { ...RULES, withinMs: 200 }))).toBe('silent');
    const { url: mute } = await serve(() => undefined);
    expect(await whyNot(fetchPublic(mute, { ...RULES, withinMs: 200 }))).toBe('silent');
  });

  test('a name that resolves to nothing, in no time, or not at all is none', async () => {
    const at = new URL('http://shop.example/');
    const never = () => new Promise<never>(() => undefined);
    expect(await whyNot(fetchPublic(at, { ...RULES, addressesOf: async () => [] }))).toBe('silent');
    expect(await whyNot(fetchPublic(at, { ...RULES, withinMs: 100, addressesOf: never }))).toBe('silent');
    expect(
      await whyNot(fetchPublic(at, { ...RULES, addressesOf: () => Promise.reject(new Error('ENOTFOUND')) })),
    ).toBe('silent');
  });
});

describe('what stands on private ground is never asked', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://１２７.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://[fe80::1]/',
  ])('%s', async (address) => {
    const { url, asked } = await serve((_, response) => response.end('secret'));
    const at = new URL(address.replace('PORT', url.port));
    expect(await whyNot(fetchPublic(at, { ...RULES, loopback: false, withinMs: 1_000 }))).toBe('address');
    expect(asked()).toBe(0);
  });

  test.each(['ftp://1.1.1.1/', 'file:///etc/passwd', 'gopher://1.1.1.1/', 'data:text/html,x'])(
    '%s',
    async (address) => {
      expect(await whyNot(fetchPublic(new URL(address), RULES))).toBe('address');
    },
  );

  test('a name, one of whose addresses is private, is refused whole', async () => {
    const { url, asked } = await serve((_, response) => response.end('secret'));
    const at = new URL(`http://shop.example:${url.port}/`);
    for (const addresses of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['127.0.0.1', '93.184.216.34']])
      expect(
        await whyNot(fetchPublic(at, { ...RULES, loopback: false, addressesOf: async () => addresses })),
      ).toBe('address');
    expect(asked()).toBe(0);
  });

  test('a name that changes its mind is asked once, and the connection goes to what was looked at', async () => {
    const { url } = await serve((request, response) => response.end(`for ${request.headers.host}`));
    const at = new URL(`http://shop.example:${url.port}/`);
    const answers = [['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254']];
    let times = 0;
    const page = await fetchPublic(at, { ...RULES, addressesOf: async () => answers[times++] ?? [] });
    expect(page.html).toBe(`for shop.example:${url.port}`);
    expect(times).toBe(1);
  });

  test('on this machine only loopback itself is open where it is open', async () => {
    for (const address of ['10.0.0.1', '192.168.0.1', '169.254.169.254', '0.0.0.0', '::', '::ffff:127.0.0.1'])
      expect(
        await whyNot(
          fetchPublic(new URL('http://shop.example/'), { ...RULES, addressesOf: async () => [address] }),
        ),
      ).toBe('address');
  });
});

describe('bytes that are given away', () => {
  const push = { headers: { topic: 'a' }, body: Buffer.from('sealed') };
  const rules = { loopback: true, withinMs: 2_000 };

  test('arrive with their headers; of the answer nothing is read but its status', async () => {
    let given = '';
    const { url } = await serve((request, response) => {
      request.on('data', (piece: Buffer) => {
        given += `${request.method} ${request.headers.topic} ${piece.toString()}`;
      });
      // An answer without an end.
      request.on('end', () => response.writeHead(429).write('x'.repeat(100_000)));
    });
    expect(await postPublic(url, push, rules)).toBe(429);
    expect(given).toBe('POST a sealed');
  });

  test('go to nobody on private ground, nor in the clear to anybody but this machine, nor wait for ever', async () => {
    const { url, asked } = await serve(() => undefined);
    expect(await whyNot(postPublic(url, push, { ...rules, loopback: false }))).toBe('address');
    const named = (name: string, address: string) =>
      whyNot(
        postPublic(new URL(`${name}:${url.port}/`), push, { ...rules, addressesOf: async () => [address] }),
      );
    expect(await named('http://push.example', '93.184.216.34')).toBe('address');
    for (const address of ['10.0.0.1', '169.254.169.254'])
      expect(await named('https://push.example', address)).toBe('address');
    expect(asked()).toBe(0);
    expect(await whyNot(postPublic(url, push, { ...rules, withinMs: 200 }))).toBe('silent');
  });
});
