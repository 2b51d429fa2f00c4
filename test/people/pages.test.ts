/** What browsers are served, with which headers, and under which name. */
import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { readableAccent } from '@fullname/shared/colour';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeSite, changeSiteSettings, createSite, type SiteRow } from '../../server/src/site/sites.ts';
import { type Answer, OWNER, openStage, type Stage, setUpOwner } from './stage.ts';

let stage: Stage;
let site: SiteRow;

beforeAll(async () => {
  stage = await openStage();
  site = await createSite(stage.database.db, {
    name: `Bloom & "Stem" </script> $& $1`,
    hosts: ['https://shop.example/products', 'http://localhost:8080'],
  });
});
afterAll(() => stage.close());

/** Ends a tag, a string and a comment, and is a pattern of what replaces. */
const NASTY = `Ask "us" </script><!-- $& $1 \\ \u2028 '`;

async function siteWith(sections: object): Promise<SiteRow> {
  const { id, key } = await createSite(stage.database.db, { name: 'Shop', hosts: [] });
  await changeSiteSettings(stage.database.db, id, sections);
  return { ...site, id, key };
}

/** The headers that decide what a browser allows, with this relay's port left out. */
function headersOf({ status, headers }: Answer): Record<string, unknown> {
  const { date: _date, connection: _connection, 'content-length': _length, etag: _etag, ...rest } = headers;
  return JSON.parse(JSON.stringify({ status, ...rest }).replaceAll(String(stage.port), 'PORT'));
}

describe('the headers of', () => {
  test('the embed', async () => {
    expect(headersOf(await stage.ask('GET', `/w/${site.key}.js`))).toEqual({
      status: 200,
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=60',
      'content-security-policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'same-origin',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    });
  });

  test('the frame', async () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('base64');
    const script = hash('import("./app-a1b2c3d4.js")');
    const style = hash('body{margin:0}');
    expect(headersOf(await stage.ask('GET', `/w/${site.key}`))).toEqual({
      status: 200,
      'cache-control': 'no-cache',
      'content-security-policy':
        `default-src 'none'; script-src 'self' 'sha256-${script}'; style-src 'sha256-${style}'; ` +
        "connect-src 'self' ws://localhost:PORT; img-src 'self' data:; " +
        'frame-ancestors http://localhost:PORT https://shop.example http://localhost:8080; ' +
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
      'referrer-policy': 'same-origin',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    });
  });

  test('the console', async () => {
    expect(headersOf(await stage.ask('GET', '/console/'))).toEqual({
      status: 200,
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self' ws://localhost:PORT; " +
        "img-src 'self' data:; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; " +
        "require-trusted-types-for 'script'; trusted-types fullname-reader",
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
      'referrer-policy': 'same-origin',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  test('the preview of the chat: a page of no origin, with nowhere to connect', async () => {
    const script = createHash('sha256').update('preview()').digest('base64');
    expect(headersOf(await stage.ask('GET', '/console/preview'))).toEqual({
      status: 200,
      'cache-control': 'no-cache',
      'content-security-policy':
        `sandbox allow-scripts; default-src 'none'; script-src 'sha256-${script}'; frame-ancestors 'self'; ` +
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
      'referrer-policy': 'same-origin',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    });
  });

  test.each([
    ['/w/app-a1b2c3d4.js', 'cross-origin', '*'],
    ['/console/assets/a-1.js', 'same-origin', undefined],
  ])('the file %s', async (path, policy, readers) => {
    const headers = headersOf(await stage.ask('GET', path));
    expect(headers).toMatchObject({
      status: 200,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': policy,
      'x-content-type-options': 'nosniff',
    });
    expect(headers['access-control-allow-origin']).toBe(readers);
  });

  test.each([
    ['/api/session', 401],
    ['/api/links/0', 404],
    ['/api/nothing', 404],
  ])('%s: kept by nobody', async (path, status) => {
    expect(headersOf(await stage.ask('GET', path))).toEqual({
      status,
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'content-type': 'application/json; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('the page behind a mail’s link', () => {
  test('speaks in the words of the site that is named, as data, under the same policy', async () => {
    const { key } = await siteWith({ strings: { fr: { linkOver: NASTY, linkAgain: '', unread: 'à lire' } } });
    const own = await stage.ask('GET', `/c/?s=${key}`);
    const data = /<script type="application\/json" id="settings">(.*?)<\/script>/s.exec(own.text)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual({ strings: { fr: { linkOver: NASTY } } });
    const plain = await stage.ask('GET', '/c/');
    expect(own.headers['content-security-policy']).toBe(plain.headers['content-security-policy']);
    expect(own.headers['referrer-policy']).toBe('no-referrer');
    expect(plain.text).not.toContain('settings');
  });

  test.each(['', '?s=nobody', `?s=${'x'.repeat(999)}`, '?s=a&s=b', '?s[]=a'])(
    'speaks in ours where none is: %s',
    async (query) => {
      const { status, text } = await stage.ask('GET', `/c/${query}`);
      expect([status, text]).toEqual([200, (await stage.ask('GET', '/c/')).text]);
    },
  );
});

describe('the page of a device', () => {
  test('speaks in the words of its site, as data, under the same policy', async () => {
    const push = { on: true };
    const own = { deviceTitle: NASTY, answeredYou: '{0} !', linkOver: 'Trop tard.' };
    const { key } = await siteWith({ push, strings: { fr: own } });
    const { key: other } = await siteWith({ push });
    const [said, plain] = await Promise.all([key, other].map((one) => stage.ask('GET', `/n/${one}/`)));
    const data = /<script type="application\/json" id="settings">(.*?)<\/script>/s.exec(said?.text ?? '');
    expect(JSON.parse(data?.[1] ?? '')).toEqual({ strings: { fr: { deviceTitle: NASTY } } });
    expect(plain?.text).not.toContain('id="settings"');
    expect(said?.headers['content-security-policy']).toBe(plain?.headers['content-security-policy']);
    expect((await stage.ask('GET', `/w/${key}`)).text).toBe((await stage.ask('GET', `/w/${other}`)).text);
  });
});

describe('the embed', () => {
  test('has its settings inlined, as a value and not as code', async () => {
    const { text } = await stage.ask('GET', `/w/${site.key}.js`);
    const settings = /window\.settings = (.*);/.exec(text)?.[1] ?? '';
    expect(JSON.parse(settings)).toEqual({ site: site.key, origin: stage.origin });
  });

  test('has what the owner has set, whatever the words are, and the colour so that it can be read', async () => {
    const { key } = await siteWith({
      appearance: { accent: '#ffd400', position: 'left', offsetX: 40, launcherText: NASTY },
      languages: { offered: ['en', 'fr'], fallback: 'fr' },
      strings: {
        fr: { title: 'Parlez-nous', unread: NASTY, helloClose: ' ', linkOver: 'Trop tard.', send: 'Hop' },
        de: { title: 'Nicht angeboten', unread: 'neu' },
      },
      pages: { never: ['/pay*'] },
      identity: { required: true },
    });
    const { text } = await stage.ask('GET', `/w/${key}.js`);
    const settings = JSON.parse(/window\.settings = (.*);/s.exec(text)?.[1] ?? '');
    const { css, ...rest } = settings;
    expect(rest).toEqual({
      ...{ site: key, origin: stage.origin },
      options: { position: 'left', text: NASTY },
      languages: { fr: 'Parlez-nous', en: '' },
      words: { fr: { unread: NASTY } },
      rules: { pages: { only: [], never: ['/pay*'] } },
    });
    expect(Object.keys(rest.languages)).toEqual(['fr', 'en']);
    const { accent, onAccent } = readableAccent('#ffd400', 'light');
    expect(css).toContain(`:host{--fn-green:${accent};--fn-on:${onAccent}}`);
    expect(css).toContain(':host{--fn-x:40px}');
    expect(css).toContain('button{display:none}');
    expect(css).not.toContain('--fn-bottom');
  });

  test('is brotli for those who take it, the same text, and 304 for those who have it', async () => {
    const path = `/w/${site.key}.js`;
    const plain = await stage.ask('GET', path);
    const response = await fetch(`http://127.0.0.1:${stage.port}${path}`, {
      headers: { 'accept-encoding': 'br' },
      redirect: 'manual',
    });
    // fetch cannot choose the Host: under the other name it is sent to the relay's own.
    expect([response.status, response.headers.get('location')]).toEqual([307, `${stage.origin}${path}`]);
    const packed = await stage.ask('GET', path, { headers: { 'Accept-Encoding': 'gzip, deflate, br' } });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.raw).toString()).toBe(plain.text);
    expect(
      (await stage.ask('GET', path, { headers: { 'Accept-Encoding': 'gzip' } })).headers['content-encoding'],
    ).toBe('gzip');
    const none = await stage.ask('GET', path, { headers: { 'Accept-Encoding': 'br;q=0' } });
    expect(none.headers['content-encoding']).toBeUndefined();
    const again = await stage.ask('GET', path, { headers: { 'If-None-Match': String(plain.headers.etag) } });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

describe('the frame', () => {
  test('is as it was built where nothing is set', async () => {
    const { text } = await stage.ask('GET', `/w/${site.key}`);
    expect(text).toBe(
      '<!doctype html><head><style>body{margin:0}</style></head><body><script type="module">import("./app-a1b2c3d4.js")</script></body>',
    );
  });

  test('has what differs as data, the colour as a style, and a policy that names that style and still no inline code', async () => {
    const { key } = await siteWith({
      appearance: { accent: '#7a1f5c', welcome: NASTY },
      preChat: { email: 'optional' },
      identity: { required: true },
    });
    const { text, headers } = await stage.ask('GET', `/w/${key}`);
    const data =
      /<body><script type="application\/json" id="settings">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual({
      welcome: NASTY,
      preChat: { name: 'off', email: 'optional', order: 'off' },
      identityRequired: true,
    });
    const styles = [...text.matchAll(/<style>(.*?)<\/style>/g)].map(([, css = '']) => css);
    expect(styles[1]).toContain(':root{--green:#7a1f5c;');
    const policy = String(headers['content-security-policy']);
    const sha = (css: string) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
    expect(policy).toContain(`style-src ${styles.map(sha).join(' ')};`);
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain(sha(data));
  });

  test('is as it was built where the owner’s own words are said elsewhere', async () => {
    const { key } = await siteWith({ strings: { fr: { unread: 'à lire', linkOver: 'Trop tard.' } } });
    const [own, other] = await Promise.all([key, site.key].map((one) => stage.ask('GET', `/w/${one}`)));
    expect(own?.text).toBe(other?.text);
  });

  test('changes with the settings, also for a browser that has it already', async () => {
    const { id, key } = await siteWith({ appearance: { welcome: 'Good day' } });
    const { headers } = await stage.ask('GET', `/w/${key}`);
    await changeSiteSettings(stage.database.db, id, { appearance: { welcome: 'Good evening' } });
    const answer = await stage.ask('GET', `/w/${key}`, {
      headers: { 'If-None-Match': String(headers.etag) },
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Good evening');
  });
});

describe('the list of host pages', () => {
  test('counts at once, also for a browser that has the frame already', async () => {
    const { headers } = await stage.ask('GET', `/w/${site.key}`);
    await changeSite(stage.database.db, site.id, { name: site.name, hosts: ['https://new.example:8443'] });
    const answer = await stage.ask('GET', `/w/${site.key}`, {
      headers: { 'If-None-Match': String(headers.etag) },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).toContain(
      `frame-ancestors ${stage.origin} https://new.example:8443;`,
    );
  });
});

describe('nothing else is served', () => {
  test.each([
    '/w/nosuchkey.js',
    '/w/nosuchkey',
    '/w/NOSUCHKEY',
    '/w/app-a1b2c3d4.js.map',
    '/w/frame.html',
    '/w/..%2fsecret.js',
    '/w/..%2f-%2fsecret.js',
    '/w/-%2f..%2f..%2fsecret.js',
    '/w/-%00.js',
    '/w/-.js',
    '/console/..%2fsecret.js',
    '/console/assets/..%2f..%2fsecret.js',
    '/console/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '/console/secret.js',
    '/console/index.html',
    '/shop/',
    '/socket',
    '/.git/config',
  ])('%s', async (path) => {
    const answer = await stage.ask('GET', path);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('secret = 1');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });
});

describe('the name the relay answers to', () => {
  const under = (host: string, method: string, path: string, body?: unknown) =>
    stage.ask(method, path, { body, headers: { Host: host.replace('PORT', String(stage.port)) } });

  test.each([
    '127.0.0.1:PORT',
    'evil.example',
    'evil.example:PORT',
    'localhost',
    'localhost:1',
    'localhost:PORT.evil.example',
  ])('is not %s: pages are sent home, the API refuses', async (host) => {
    for (const path of ['/', '/console/', '/console?x=1', `/w/${site.key}`, `/w/${site.key}.js`]) {
      const answer = await under(host, 'GET', path);
      expect([answer.status, answer.headers.location]).toEqual([307, `${stage.origin}${path}`]);
    }
    expect((await under(host, 'GET', '//evil.example/console/')).headers.location ?? '').not.toMatch(
      /^(https?:)?\/\/evil/,
    );
    for (const [method, path] of [
      ['GET', '/api/session'],
      ['POST', '/api/session'],
      ['DELETE', '/api/session'],
    ] as const) {
      const answer = await under(host, method, path, method === 'POST' ? OWNER : undefined);
      expect([answer.status, answer.body]).toEqual([403, { ok: false, code: 'BAD_ORIGIN' }]);
    }
  });

  test('may be written in capitals', async () => {
    expect((await under('LOCALHOST:PORT', 'GET', '/console/')).status).toBe(200);
  });

  test('does not matter to those who ask for its health', async () => {
    expect((await under('10.0.0.7:PORT', 'GET', '/livez')).status).toBe(200);
  });

  test('leads to the console', async () => {
    const answer = await stage.ask('GET', '/');
    expect([answer.status, answer.headers.location]).toEqual([302, '/console/']);
    expect((await stage.ask('GET', '/console')).headers.location).toBe('/console/');
  });
});

describe('two origins', () => {
  test('keep the console and the API to their own, the widget to the other', async () => {
    const two = await openStage({
      origins: { public: 'https://chat.example.com', console: 'https://desk.example.com' },
    });
    try {
      const key = (await createSite(two.database.db, { name: 'Shop', hosts: [] })).key;
      const at = (host: string, path: string) => two.ask('GET', path, { headers: { Host: host } });
      expect((await at('desk.example.com', '/console/')).status).toBe(200);
      expect((await at('desk.example.com:443', '/console/')).status).toBe(200);
      expect((await at('chat.example.com', '/console/')).headers.location).toBe(
        'https://desk.example.com/console/',
      );
      expect((await at('chat.example.com', '/api/session')).body).toEqual({ ok: false, code: 'BAD_ORIGIN' });
      expect((await at('chat.example.com', `/w/${key}`)).status).toBe(200);
      expect((await at('desk.example.com', `/w/${key}`)).headers.location).toBe(
        `https://chat.example.com/w/${key}`,
      );
      const frame = await at('chat.example.com', `/w/${key}`);
      expect(frame.headers['content-security-policy']).toContain('wss://chat.example.com;');
      expect(frame.headers['strict-transport-security']).toBe('max-age=31536000');
      expect(await setUpOwner(two)).toMatch(/^__Host-fullname=/);
    } finally {
      await two.close();
    }
  });
});

describe('plain http elsewhere than on this machine', () => {
  test('signs nobody in, and says what to do', async () => {
    const origin = 'http://192.168.1.20:4000';
    const plain = await openStage({ origins: { public: origin, console: origin } });
    try {
      const page = await plain.ask('GET', '/console/');
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('Set PUBLIC_URL')]);
      const answer = await plain.ask('POST', '/api/session', {
        body: { email: OWNER.email, password: OWNER.password },
      });
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual({
        ok: false,
        code: 'FORBIDDEN',
        remedy: expect.stringContaining('https://'),
      });
      expect(answer.cookie).toBeUndefined();
    } finally {
      await plain.close();
    }
  });
});
