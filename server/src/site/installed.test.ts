import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Looking, lookAtPage } from './installed.ts';

type Answer = {
  readonly status?: number;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly html?: string;
};

const RELAY = 'https://chat.example.com';
const TAG = `<script async src="${RELAY}/w/abc123.js"></script>`;
const pages = new Map<string, Answer>();
const asked: string[] = [];
let server: http.Server;
let origin: string;
let looking: Looking;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, headers = {}, html = '' } = pages.get(request.url ?? '') ?? { status: 404 };
    response.writeHead(status, headers).end(html);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://shop.example:${(server.address() as AddressInfo).port}`;
  looking = {
    site: { key: 'abc123', settings: { pages: { only: [], never: ['/checkout*'] } } },
    hosts: [origin],
    origin: RELAY,
    loopback: 'all',
    addressesOf: async () => ['127.0.0.1'],
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What a look at a page of this content says. */
async function look(answer: Answer, path = '/page'): Promise<unknown> {
  pages.set(path, answer);
  const { url: _, ...report } = await lookAtPage(origin + path, looking);
  return report;
}

describe('the tag', () => {
  test.each([
    TAG,
    `<script src=${RELAY}/w/abc123.js async></script>`,
    `<SCRIPT data-locale='de' SRC='${RELAY}/w/abc123.js'></SCRIPT>`,
    `<script>(function(d){var s=d.createElement('script');s.src="${RELAY}/w/abc123.js";d.head.append(s)})(document)</script>`,
    `<script async data-open-on="nav > a" src="${RELAY}/w/abc123.js"></script>`,
  ])('is found as %s', async (html) => expect(await look({ html })).toEqual({ found: 'tag' }));

  test.each([
    '',
    `<!-- ${TAG} -->`,
    `<p>${RELAY}/w/abc123.js</p>`,
    `<script data-src="${RELAY}/w/abc123.js"></script>`,
  ])('is not found in %j', async (html) =>
    expect(await look({ html })).toEqual({ found: 'none', blocked: [] }),
  );

  test('is told what of it the chat does not know, since that is passed over', async () => {
    const said = (attributes: string) => look({ html: TAG.replace(' async', ` async ${attributes}`) });
    expect(
      await said(
        'data-locale="zh-TW" data-theme=dark data-position="left" data-storage="memory" data-consent="required" data-text="Ask > us" data-cfasync="false"',
      ),
    ).toEqual({ found: 'tag' });
    expect(
      await said(
        'data-text="Ask > us" data-consent="true" data-theme="black" data-position="bottom-left" data-storage="none" data-locale="pt"',
      ),
    ).toEqual({
      found: 'tag',
      unread: [
        'data-locale="pt"',
        'data-theme="black"',
        'data-position="bottom-left"',
        'data-storage="none"',
        'data-consent="true"',
      ],
    });
  });

  test('of another site or another relay is told apart', async () => {
    expect(await look({ html: TAG.replace('abc123', 'zzz') })).toEqual({ found: 'wrong-key', key: 'zzz' });
    expect(await look({ html: TAG.replace(RELAY, 'https://old.example') })).toEqual({
      found: 'other-relay',
      relay: 'https://old.example',
    });
    expect(await look({ html: TAG.replace('abc123', 'zzz') + TAG })).toEqual({ found: 'tag' });
  });

  test('on a page that the owner’s rules leave out is hidden', async () => {
    expect(await look({ html: TAG }, '/checkout/1')).toEqual({ found: 'hidden' });
  });

  test('on a page that answers with a refusal is not looked for', async () => {
    expect(await look({ status: 503, html: TAG })).toEqual({ found: 'refused', status: 503 });
  });
});

describe('a policy', () => {
  const scripts = `script-src ${RELAY}`;
  const frames = `frame-src ${RELAY}`;
  test.each<[string, string[]]>([
    ["default-src 'self'", [scripts, frames]],
    ["script-src 'self'", [scripts]],
    ["script-src-elem 'self'; script-src *", [scripts]],
    ["frame-src 'none'", [frames]],
    ["child-src 'self'", [frames]],
    [`script-src ${RELAY}; frame-src ${RELAY}`, []],
    ['script-src *; frame-src https:', []],
    ['default-src https://*.example.com', []],
    ['default-src https://*.chat.example.com', [scripts, frames]],
    ['default-src chat.example.com:443', []],
    ['default-src chat.example.com:80', [scripts, frames]],
    ['default-src https://chat.example.com:443', []],
    ['default-src https://chat.example.com:8443', [scripts, frames]],
    ['default-src http://chat.example.com:*', []],
    [`script-src ${RELAY}/w/`, []],
    [`script-src ${RELAY}/assets/`, [scripts]],
    [`script-src 'strict-dynamic' ${RELAY}`, [scripts]],
    ["script-src 'strict-dynamic' 'nonce-x1'", []],
    ["script-src 'nonce-x1'", [scripts]],
    ["img-src 'none'", []],
  ])('%s', async (policy, blocked) => {
    const html = TAG.replace('async', 'async nonce="x1"');
    const wanted = blocked.length > 0 ? { found: 'blocked', blocked } : { found: 'tag' };
    expect(await look({ html, headers: { 'Content-Security-Policy': policy } })).toEqual(wanted);
    const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
    expect(await look({ html: meta + html })).toEqual(wanted);
  });

  test('of several each counts', async () => {
    const headers = { 'Content-Security-Policy': [`script-src ${RELAY}`, "script-src 'self'"] };
    expect(await look({ html: TAG, headers })).toEqual({ found: 'blocked', blocked: [scripts] });
  });
});

describe('where a look goes', () => {
  test.each([
    'https://other.example/',
    'http://127.0.0.1/',
    'http://localhost/',
    'http://169.254.169.254/latest/meta-data/',
    'http://shop.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://user:pass@shop.example:PORT/page',
    'http://shop.example.:PORT/page',
    'http://shop.example:PORT@10.0.0.1/',
    'http://10.0.0.1#shop.example:PORT/',
  ])('%s is no page of the site, and is not asked', async (address) => {
    asked.length = 0;
    const at = address.replace('PORT', new URL(origin).port);
    expect((await lookAtPage(at, looking)).found).toBe('not-allowed');
    expect(asked).toEqual([]);
  });

  test('words that are no address are unreachable', async () => {
    expect(await lookAtPage('our page', looking)).toEqual({ found: 'unreachable', url: 'our page' });
  });

  test('it follows the site’s own redirects, and not without end', async () => {
    pages.set('/', { status: 301, headers: { Location: '/home' } });
    pages.set('/home', { html: TAG });
    expect(await lookAtPage(`${origin}/#top`, looking)).toEqual({ found: 'tag', url: `${origin}/home` });
    pages.set('/round', { status: 302, headers: { Location: '/round' } });
    asked.length = 0;
    expect((await lookAtPage(`${origin}/round`, looking)).found).toBe('unreachable');
    expect(asked.length).toBe(5);
  });

  test.each([
    'http://127.0.0.1/',
    'http://169.254.169.254/',
    '//10.0.0.1/',
    'https://other.example/',
    'file:///etc/passwd',
    'http://localhost:6379/',
  ])('a redirect to %s ends it', async (location) => {
    pages.set('/away', { status: 302, headers: { Location: location } });
    asked.length = 0;
    expect((await lookAtPage(`${origin}/away`, looking)).found).toBe('leads-away');
    expect(asked).toEqual(['/away']);
  });

  test('a page of the site that stands on private ground is said to', async () => {
    for (const addresses of [['10.0.0.1'], ['127.0.0.1']])
      expect(
        (
          await lookAtPage(`${origin}/page`, {
            ...looking,
            loopback: [],
            addressesOf: async () => addresses,
          })
        ).found,
      ).toBe('not-public');
  });
});

test('of this machine only the origins that are named are asked', async () => {
  pages.set('/page', { html: TAG });
  const from = (loopback: readonly string[]) => lookAtPage(`${origin}/page`, { ...looking, loopback });
  expect((await from([origin])).found).toBe('tag');
  expect((await from([RELAY, `${origin}0`])).found).toBe('not-public');
});

describe('a page that would take long to be read', () => {
  const MUCH = 1_900_000;
  const full = (piece: string) => piece.repeat(Math.floor(MUCH / piece.length));
  test.each(['<!--', '<script ', '<script>', '<meta ', '<script src="', '<script a= ', '<meta a="">'])(
    'of %s alone is read at once',
    async (piece) => {
      expect(await look({ html: full(piece) })).toMatchObject({ found: 'none' });
    },
  );
  test('of a script with nothing but beginnings of addresses is read at once', async () => {
    expect(await look({ html: `<script>${full('https://')}</script>${TAG}` })).toEqual({ found: 'tag' });
  });
});
