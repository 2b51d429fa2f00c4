import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;

beforeAll(async () => {
  relay = await openRelay({ env: { LOG_LEVEL: 'fatal' } });
});
afterAll(() => relay.close());

const POISON = ['\u0000', 'a\u0000b', '\ud800', '\udc00x', '\uffff', '‮abc', 'x'.repeat(5_000), '__proto__'];
const nobody = '0b8f5f0e-6f5b-4c11-9d1e-3a6f3a7f0001';

/** Every way in that takes words, with the words in each place in turn. */
const WAYS: [string, (words: string) => unknown][] = [
  ['POST /api/session', (email) => ({ email, password: 'six brown hens by the pond' })],
  ['POST /api/session', (password) => ({ email: 'ruth.asante@example.com', password })],
  ['POST /api/session/link', (token) => ({ token })],
  ['PUT /api/session/password', (next) => ({ current: next, next })],
  ['POST /api/people', (given) => ({ given, family: 'Kajitani', email: 'm@example.com', role: 'agent' })],
  ['POST /api/people', (email) => ({ given: 'Megan', family: 'Kajitani', email, role: 'agent' })],
  [
    'POST /api/people',
    (title) => ({ given: 'Ana', family: 'Ruiz', email: 'a@example.com', role: 'agent', title }),
  ],
  ['POST /api/sites', (name) => ({ name, hosts: [] })],
  ['POST /api/sites', (host) => ({ name: 'Shop', hosts: [host] })],
  ['POST /api/phrases', (text) => ({ locale: 'en', situation: 'hello', text, reason: 'Warm.' })],
  ['POST /api/phrases', (reason) => ({ locale: 'en', situation: 'hello', text: 'Hello.', reason })],
  [
    'POST /api/phrases',
    (tag) => ({ locale: 'en', situation: 'hello', text: 'Hi.', reason: '', tags: [tag] }),
  ],
  [`PATCH /api/people/${nobody}`, (given) => ({ given })],
  [`PATCH /api/phrases/${nobody}`, (text) => ({ locale: 'en', situation: 'hello', text, reason: '' })],
];

const ask = (what: string, body?: unknown) => {
  const [method = 'GET', path = '/'] = what.split(' ');
  return fetch(relay.origin + path, {
    method,
    redirect: 'manual',
    headers: { origin: relay.origin, cookie: relay.owner, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
};

describe('over HTTP', () => {
  test.each(WAYS)(
    '%s takes or refuses words that no store can hold, and never stumbles',
    async (what, body) => {
      for (const words of POISON) {
        const { status } = await ask(what, body(words));
        expect([words.slice(0, 10), status]).toEqual([words.slice(0, 10), expect.toSatisfy((s) => s < 500)]);
      }
    },
  );

  test.each([
    '/w/%00.js',
    '/w/%ff',
    '/w/..%2f..%2fpackage.json',
    '/w/frame-..%2f..%2f..%2fpackage.json',
    '/console/assets/..%2f..%2f..%2fpackage.json',
    '/console/assets/%2e%2e%2findex.html',
    '/api/links/%00',
    '/api/people/%00',
    '/socket',
    '/socket/',
    '/socket/?EIO=4&transport=polling&sid=__proto__',
    '/socket/?EIO=4&transport=constructor',
    '/socket/?EIO=__proto__&transport=websocket',
    '//evil.example/',
    '/\\evil.example',
    `/${'a/'.repeat(4_000)}`,
  ])('%s is refused and leads nowhere else', async (path) => {
    const response = await ask(`GET ${path}`);
    expect(response.status).toBeGreaterThanOrEqual(300);
    expect(response.status).toBeLessThan(500);
    const to = response.headers.get('location');
    if (to) expect(new URL(to, relay.origin).origin).toBe(relay.origin);
    expect(await response.text()).not.toContain('"workspaces"');
  });

  test('the relay is well after all this', async () => {
    expect((await fetch(`${relay.origin}/readyz`)).status).toBe(200);
  });
});
