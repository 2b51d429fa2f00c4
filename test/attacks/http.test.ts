import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rule } from '../bible/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;

beforeAll(async () => {
  relay = await openRelay({ env: { LOG_LEVEL: 'fatal' } });
});
afterAll(() => relay.close());

const POISON = ['\u0000', 'a\u0000b', '\ud800', '\udc00x', '\uffff', '‮abc', 'x'.repeat(5_000), '__proto__'];
const nobody = '0b8f5f0e-6f5b-4c11-9d1e-3a6f3a7f0001';

const proposal = (values: object) => ({
  ...{ id: randomUUID(), kind: 'phrase', target: null },
  body: {
    locale: 'en',
    situation: 'hello',
    text: 'Hello.',
    reason: 'Warm.',
    notWhen: null,
    tags: [],
    ...values,
  },
});
const ruleProposal = (values: object) => ({
  ...{ id: randomUUID(), kind: 'rule', target: null },
  body: rule(values),
});
const asked = { id: nobody, conversation: nobody };
const story = { kind: 'recovery', what: 'Drove there.', why: 'A wedding.', cost: null, mayTell: 'company' };
const wish = { id: nobody, conversation: nobody, words: 'A map.' };
const file = { id: nobody, kind: 'phrases', format: 'csv', locale: 'en' };

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
  ['POST /api/keys', (name) => ({ name })],
  ['POST /api/merges', (id) => ({ id, kept: nobody, merged: id })],
  ['POST /api/customers/import', (text) => ({ id: randomUUID(), kind: 'purchases', text })],
  [
    'POST /api/customers/import',
    (what) => ({
      id: randomUUID(),
      kind: 'failures',
      text: `customer,at,what\n${nobody},2026-01-01T00:00:00Z,"${what}"`,
    }),
  ],
  ['POST /api/book/changes', (text) => proposal({ text })],
  ['POST /api/book/changes', (reason) => proposal({ reason })],
  ['POST /api/book/changes', (tag) => proposal({ tags: [tag] })],
  ['POST /api/book/changes', (id) => ({ ...proposal({}), id })],
  ['POST /api/book/changes', (example) => ({ ...proposal({}), example })],
  ['POST /api/book/changes', (title) => ruleProposal({ title })],
  ['POST /api/book/changes', (find) => ruleProposal({ finds: [find] })],
  ['POST /api/book/changes', (text) => ruleProposal({ mustFire: [{ text }] })],
  ['POST /api/book/changes', (text) => ruleProposal({ sayInstead: [text] })],
  [`PATCH /api/book/changes/${nobody}`, (text) => ({ ...proposal({ text }), id: nobody })],
  [`POST /api/book/changes/${nobody}/comments`, (text) => ({ id: nobody, text })],
  [`POST /api/book/changes/${nobody}/decision`, (why) => ({ decision: 'accept', why })],
  ['POST /api/book/versions', (note) => ({ note })],
  ['PATCH /api/book/settings', (contact) => ({ contacts: [contact] })],
  ['POST /api/book/import', (text) => ({ ...file, text })],
  ['POST /api/book/import', (text) => ({ ...file, text: `situation,text,reason\nhello,"${text}",${text}` })],
  ['POST /api/book/import', (text) => ({ ...file, format: 'yaml', text })],
  [
    'POST /api/book/import',
    (text) => ({
      ...file,
      format: 'yaml',
      text: `phrases:\n  - {situation: hello, text: "${text}", reason: a}`,
    }),
  ],
  [
    'POST /api/book/import',
    (text) => ({
      ...file,
      kind: 'rules',
      format: 'vale',
      text: `extends: existence\nmessage: "${text}"\ntokens: ["${text}"]`,
    }),
  ],
  [`PATCH /api/people/${nobody}`, (given) => ({ given })],
  ['POST /api/requests', (wishedBy) => ({ ...asked, provider: nobody, what: 'Where is it?', wishedBy })],
  ['POST /api/requests', (what) => ({ ...asked, provider: nobody, what })],
  [`POST /api/requests/${nobody}`, (due) => ({ act: 'promise', due })],
  [`POST /api/requests/${nobody}`, (text) => ({ act: 'answer', text })],
  ['POST /api/goodwill', (what) => ({ ...asked, amount: { amount: 1, currency: 'USD' }, what })],
  ['POST /api/goodwill', (currency) => ({ ...asked, amount: { amount: 1, currency }, what: 'Roses' })],
  [`POST /api/goodwill/${nobody}/decision`, (instead) => ({ grant: false, instead })],
  ['PATCH /api/recovery/settings', (currency) => ({ currency })],
  ['POST /api/coaching', (text) => ({ ...asked, to: nobody, text })],
  ['POST /api/stories', (what) => ({ ...story, id: randomUUID(), what })],
  ['POST /api/stories', (currency) => ({ ...story, id: randomUUID(), cost: { amount: 1, currency } })],
  ['POST /api/praise', (text) => ({ id: randomUUID(), to: nobody, text })],
  ['POST /api/builds', (what) => ({ id: randomUUID(), what, wish })],
  ['POST /api/builds', (words) => ({ id: randomUUID(), what: 'A map', wish: { ...wish, words } })],
  [`POST /api/builds/${nobody}/wishes`, (credit) => ({ ...wish, credit })],
  [`POST /api/builds/${nobody}`, (text) => ({ act: 'tell', text })],
  ['PUT /api/value/guess', (currency) => ({ amount: 1, currency })],
  [`POST /api/tasks/${nobody}/end`, (why) => ({ end: 'waived', why })],
  [
    `POST /api/tasks/${nobody}/end`,
    (until) => ({ end: 'done', flag: { lines: ['Late'], checks: [], until } }),
  ],
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

  test.each(['1', '99999', 'infinity', '2026-01-01 BC'])(
    'a cursor that speaks of the time %s is refused, and not for later',
    async (time) => {
      const cursor = Buffer.from(JSON.stringify([time, nobody])).toString('base64url');
      expect((await ask(`GET /api/tasks?cursor=${cursor}`)).status).toBeLessThan(500);
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
