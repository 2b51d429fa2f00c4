/** Pages that are almost allowed: as an owner's wildcard, as a page that asks, as an Origin at the socket's door. */
import type { ChatCsp, Site } from '@fullname/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { allowsOrigin, readHost } from '../../server/src/site/hosts.ts';
import { call, request } from '../support/console-api.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const HOSTS = [
  'https://shop.example',
  'https://*.shop.example',
  'https://*.shop.example:8443',
  'http://localhost:3000',
];

let relay: Relay;
beforeAll(async () => {
  relay = await openRelay({ hosts: HOSTS });
});
afterAll(() => relay.close());

/** What an owner, or somebody at the owner's keyboard, might give as a page. */
const NO_HOSTS = [
  ...[
    '*',
    '*.*',
    'https://*',
    'https://*/',
    'https://*.',
    'https://*:443',
    '*://*.shop.example',
    'https:*',
    '*.shop.example',
  ],
  ...[
    'https://*.com',
    'https://*.example',
    'https://*.localhost',
    'https://*.co.uk',
    'https://*.com.au',
    'https://*.or.jp',
  ],
  ...['https://*.github.io', 'https://*.vercel.app', 'https://*.myshopify.com', 'https://*.s3.amazonaws.com'],
  ...['http://*.shop.example', 'ws://*.shop.example', 'ftp://*.shop.example', 'javascript://*.shop.example'],
  ...[
    'https://*.*.shop.example',
    'https://a.*.shop.example',
    'https://*shop.example',
    'https://a*.shop.example',
    'https://*a.shop.example',
  ],
  ...[
    'https://%2a.shop.example',
    'https://%2A.shop.example',
    'https://\uff0a.shop.example',
    'https://**.shop.example',
  ],
  ...[
    'https://*.shop.example:*',
    'https://shop.example:*',
    'https://*.127.0.0.1',
    'https://*.[::1]',
    'https://*.1.2.3.4',
  ],
  ...[
    'https://user@*.shop.example',
    'https://*.shop.example@evil.example',
    'https://*.shop.example.',
    'https://*..shop.example',
  ],
  ...["https://*.shop.example;script-src 'unsafe-inline'", 'https://*.shop.example,https://evil.example'],
  ...[
    'https://*.shop.example https://evil.example',
    "https://*.shop.example'",
    "'self'",
    "'none'",
    'https:',
    'data:',
    'null',
  ],
] as const;

/** Pages that are not among HOSTS, however near they come. */
const STRANGERS = [
  ...['null', '', 'file://', 'about:blank', 'data:text/html,x', 'blob:https://shop.example', 'https://'],
  ...[
    'http://shop.example',
    'http://www.shop.example',
    'wss://shop.example',
    'chrome-extension://shop.example',
  ],
  ...[
    'https://shop.example:8443',
    'https://shop.example:444',
    'https://www.shop.example:8444',
    'https://www.shop.example:443',
  ],
  ...[
    'https://evilshop.example',
    'https://evil-shop.example',
    'https://shop.example.evil.example',
    'https://shop.examples',
  ],
  ...[
    'https://www.shop.example.evil.example',
    'https://evil.example/.shop.example',
    'https://evil.example?.shop.example',
  ],
  ...[
    'https://evil.example#.shop.example',
    'https://evil.example\\.shop.example',
    'https://www.shop.example@evil.example',
  ],
  ...[
    'https://evil.example:8443/.shop.example:8443',
    'https://.shop.example',
    'https://*.shop.example',
    'https://%2a.shop.example',
  ],
  ...[
    'https://WWW.shop.example',
    'HTTPS://shop.example',
    'https://shop.example/',
    ' https://shop.example',
    'https://shop.example\n',
  ],
  ...[
    'https://shop.example.',
    'https://www.shop.example.',
    'https://www.sh\u043ep.example',
    'https://www.shop.example\u0000',
  ],
  ...[
    'https://a b.shop.example',
    'https://evil.example,https://shop.example',
    'https://evil.example https://www.shop.example',
  ],
  ...[
    'http://localhost',
    'http://localhost:3001',
    'https://localhost:3000',
    'http://127.0.0.1:3000',
    'http://localhost:3000@evil.example',
  ],
];

describe('a wildcard that is none', () => {
  test('is tried in more than thirty ways', () => expect(NO_HOSTS.length).toBeGreaterThanOrEqual(30));
  test.each(NO_HOSTS)('is no page: %j', (text) => expect(readHost(text)).toBeNull());

  test('is refused at the API, with whatever stands beside it, and changes nothing', async () => {
    const owner = { origin: relay.origin, cookie: relay.owner };
    // One function reads them all: some of them show that the API asks it.
    for (const bad of NO_HOSTS.filter((_, index) => index % 6 === 0)) {
      const draft = { name: 'Shop', hosts: ['https://new.example', bad] };
      const answer = await request(owner, `PATCH /api/sites/${relay.site.id}`, draft);
      expect([bad, answer]).toEqual([bad, { ok: false, code: 'BAD_HOST' }]);
    }
    const sites = await call<Site[]>(owner, 'GET /api/sites');
    expect(sites.find(({ id }) => id === relay.site.id)?.hosts).toEqual(HOSTS);
  });
});

describe('a page', () => {
  test('comes in more than thirty disguises', () => expect(STRANGERS.length).toBeGreaterThanOrEqual(30));
  test.each(STRANGERS)('is not allowed: %j', (origin) => expect(allowsOrigin(HOSTS, origin)).toBe(false));

  test.each([
    'https://shop.example',
    'https://www.shop.example',
    'https://a.b.c.shop.example',
    'https://xn--mnchen-3ya.shop.example',
    'https://www.shop.example:8443',
    'http://localhost:3000',
  ])('is allowed: %s', (origin) => expect(allowsOrigin(HOSTS, origin)).toBe(true));

  test('below a wildcard is not the name itself', () => {
    expect(allowsOrigin(['https://*.shop.example'], 'https://shop.example')).toBe(false);
    expect(allowsOrigin(['https://*.shop.example'], 'https://a.shop.example')).toBe(true);
    expect(allowsOrigin([], 'https://shop.example')).toBe(false);
  });

  test('may frame the chat as the policy says it, word for word', async () => {
    const frame = await fetch(`${relay.origin}/w/${relay.site.key}`);
    expect(frame.status).toBe(200);
    const said = frame.headers.get('content-security-policy') ?? '';
    expect(said).toContain(`; frame-ancestors ${[relay.origin, ...HOSTS].join(' ')}; `);
    const owner = { origin: relay.origin, cookie: relay.owner };
    const csp = await call<ChatCsp>(owner, `GET /api/sites/${relay.site.id}/csp`);
    expect(csp).toEqual({
      hostPage: [`script-src ${relay.origin}`, `frame-src ${relay.origin}`],
      frame: said,
    });
    expect(JSON.stringify(csp)).not.toContain('unsafe');
    expect(await request({ origin: relay.origin }, `GET /api/sites/${relay.site.id}/csp`)).toEqual({
      ...{ ok: false, code: 'SIGNED_OUT' },
    });
  });
});

describe('at the socket', () => {
  const knock = async (transport: 'websocket' | 'polling', origin: string): Promise<string> => {
    const url = `${relay.origin}/socket/?EIO=4&transport=${transport}`;
    if (transport === 'polling') return (await fetch(url, { headers: { origin } })).ok ? 'let in' : 'refused';
    const ws = new WebSocket(url.replace('http', 'ws'), { headers: { origin } });
    const answer = await new Promise<string>((resolve) => {
      ws.once('open', () => resolve('let in')).once('error', () => resolve('refused'));
    });
    ws.terminate();
    return answer;
  };
  /** What a header can carry at all. */
  const sendable = [...STRANGERS, ...HOSTS].filter((origin) => origin !== '' && /^[!-~]+$/.test(origin));

  test.each(['websocket', 'polling'] as const)(
    'over %s nobody is let in but the chat itself: no stranger, and no page that may embed it',
    async (transport) => {
      expect(sendable.length).toBeGreaterThanOrEqual(30);
      for (const origin of [...sendable, 'https://www.shop.example'])
        expect([origin, await knock(transport, origin)]).toEqual([origin, 'refused']);
      expect(await knock(transport, relay.origin)).toBe('let in');
    },
  );
});
