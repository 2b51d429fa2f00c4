/** Who may do what over HTTP, and which requests are the console's own. */
import { randomUUID } from 'node:crypto';
import type { Member, Site } from '@fullname/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeMember } from '../../server/src/people/agents.ts';
import { withoutPassword } from '../../server/src/people/directory.ts';
import { personById, updatePerson } from '../../server/src/store/people.ts';
import { join, openStage, type Stage, setUpOwner, valueIn } from './stage.ts';

let stage: Stage;
const cookies: Record<string, string> = {};
const ids: Record<string, string> = {};

beforeAll(async () => {
  stage = await openStage();
  const owner = await setUpOwner(stage);
  const agent = await join(stage, owner, { email: 'agent@example.com' });
  const office = await join(stage, owner, { email: 'office@example.com', role: 'back-office' });
  const gone = await join(stage, owner, { email: 'gone@example.com', role: 'owner' });
  await stage.ask('PATCH', `/api/people/${gone.id}`, { cookie: owner, body: { active: false } });
  const site = valueIn(
    await stage.ask<Site>('POST', '/api/sites', { cookie: owner, body: { name: 'Shop', hosts: [] } }),
  );
  Object.assign(cookies, { owner, agent: agent.cookie, office: office.cookie, gone: gone.cookie });
  Object.assign(ids, { agent: agent.id, office: office.id, site: site.id });
});
afterAll(() => stage.close());

const person = { given: 'Ana', family: 'Lopes', role: 'agent' };
const phrase = { locale: 'en', situation: 'hello', text: 'Good morning.', reason: 'A person first.' };
const aProposal = () => ({
  ...{ id: randomUUID(), kind: 'phrase', target: null },
  body: { ...phrase, notWhen: null, tags: [] },
});

/** Every route of the API that needs a session, and what each role gets. `office` and `agent` ask about the other. */
const ROUTES: readonly {
  readonly route: string;
  readonly body?: () => object;
  readonly owner: number;
  readonly others: number;
  /** Where it differs from what agents get. */
  readonly office?: number;
}[] = [
  { route: 'GET /session', owner: 200, others: 200 },
  { route: 'GET /people', owner: 200, others: 200 },
  { route: 'GET /sites', owner: 200, others: 200 },
  { route: 'GET /book?locale=en', owner: 200, others: 200 },
  { route: 'POST /book/changes', body: () => aProposal(), owner: 200, others: 200 },
  { route: 'GET /book/figures', owner: 200, others: 200 },
  { route: 'GET /moments?days=30', owner: 200, others: 200, office: 403 },
  { route: 'GET /moments/answers?days=30', owner: 200, others: 200, office: 403 },
  { route: 'GET /book/first-report', owner: 200, others: 200 },
  { route: 'POST /book/first-report', body: () => ({}), owner: 200, others: 403 },
  // There is no such rule.
  { route: 'POST /book/rules/SITE/quiet', body: () => ({ quiet: true }), owner: 404, others: 403 },
  {
    route: 'POST /people',
    body: () => ({ ...person, email: `${Math.random()}@example.com` }),
    owner: 200,
    others: 403,
  },
  { route: 'PATCH /people/AGENT', body: () => ({ role: 'agent' }), owner: 200, others: 403 },
  { route: 'PATCH /people/AGENT', body: () => ({ active: true }), owner: 200, others: 403 },
  { route: 'PATCH /people/OFFICE', body: () => ({ role: 'back-office' }), owner: 200, others: 403 },
  { route: 'POST /people/AGENT/reset', owner: 200, others: 403 },
  { route: 'POST /sites', body: () => ({ name: 'Other shop', hosts: [] }), owner: 200, others: 403 },
  { route: 'PATCH /sites/SITE', body: () => ({ name: 'Shop', hosts: [] }), owner: 200, others: 403 },
  { route: 'GET /sites/SITE/secret', owner: 200, others: 403 },
  { route: 'GET /sites/SITE/setup', owner: 200, others: 403 },
  // What is in it is none of their business either.
  { route: 'PUT /sites/SITE/setup', body: () => ({}), owner: 400, others: 403 },
  { route: 'POST /sites/SITE/look', body: () => ({ url: 'https://a.example/' }), owner: 200, others: 403 },
  { route: 'POST /sites/SITE/proof', body: () => ({ proof: 'a.b.c' }), owner: 200, others: 403 },
  // There is no demo desk on this relay.
  { route: 'DELETE /demo', owner: 404, others: 403 },
];

describe.each(ROUTES)('$route', ({ route, body, owner, others, office = others }) => {
  test.each([
    ['an owner', 'owner', owner],
    ['an agent', 'agent', others],
    ['the back office', 'office', office],
    ['a deactivated owner', 'gone', 401],
    ['nobody', 'nobody', 401],
  ])(`answers %s with its status`, async (_who, role, status) => {
    const [method = '', path = ''] = route.split(' ');
    const named = path.replace('AGENT', ids.agent ?? '').replace('OFFICE', ids.office ?? '');
    const answer = await stage.ask(method, `/api${named.replace('SITE', ids.site ?? '')}`, {
      cookie: cookies[role],
      body: body?.(),
    });
    expect([answer.status, answer.body.ok]).toEqual([status, status === 200]);
  });
});

describe('own name and title', () => {
  test('are everybody’s own; another’s are not', async () => {
    const rename = (id: string | undefined) =>
      stage.ask<Member>('PATCH', `/api/people/${id}`, {
        cookie: cookies.agent,
        body: { family: 'Kajitani-Ruiz' },
      });
    expect(valueIn(await rename(ids.agent)).fullName).toBe('Megan Kajitani-Ruiz');
    expect((await rename(ids.office)).status).toBe(403);
  });
});

describe('there is always an owner', () => {
  test('the last one can neither step down nor be deactivated, and an invited one does not count', async () => {
    const me = valueIn(
      await stage.ask<{ person: Member }>('GET', '/api/session', { cookie: cookies.owner }),
    ).person;
    const change = (body: object) =>
      stage.ask('PATCH', `/api/people/${me.id}`, { cookie: cookies.owner, body });
    await stage.ask('POST', '/api/people', {
      cookie: cookies.owner,
      body: { ...person, email: 'invited-owner@example.com', role: 'owner' },
    });
    expect((await change({ role: 'agent' })).body).toEqual({ ok: false, code: 'LAST_OWNER' });
    expect((await change({ active: false })).body).toEqual({ ok: false, code: 'LAST_OWNER' });
    expect((await stage.ask('GET', '/api/sites', { cookie: cookies.owner })).status).toBe(200);
  });

  test('two owners who take each other’s role at once leave one', async () => {
    const { db } = stage.database;
    const second = await join(stage, cookies.owner ?? '', { email: 'second@example.com', role: 'owner' });
    const people = async () =>
      valueIn(await stage.ask<Member[]>('GET', '/api/people', { cookie: cookies.office })).filter(
        ({ role, active, joined }) => role === 'owner' && active && joined,
      );
    const [first] = (await people()).filter(({ id }) => id !== second.id);
    const [firstRow, secondRow] = [await personById(db, first?.id ?? ''), await personById(db, second.id)];
    if (!firstRow || !secondRow) throw new Error('two owners were to be here');

    // Past the door, where both were still owners: only the rows' lock can keep one of them.
    const demote = (row: typeof firstRow, by: typeof firstRow) =>
      changeMember(db, { id: row.id, change: { role: 'agent' } }, withoutPassword(by));
    const outcomes = await Promise.allSettled([demote(firstRow, secondRow), demote(secondRow, firstRow)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'LAST_OWNER' },
    });
    expect(await people()).toHaveLength(1);
    // The first is made an owner again, for the tests below.
    await updatePerson(db, firstRow.id, { role: 'owner' });
  });
});

describe('a write that is not the console’s own', () => {
  const site = (
    headers: Record<string, string | undefined>,
    body: unknown = { name: 'Planted', hosts: [] },
  ) => stage.ask('POST', '/api/sites', { cookie: cookies.owner, body, headers });

  test.each([
    ['no Origin', undefined],
    ['the null Origin', 'null'],
    ['another site', 'https://evil.example'],
    ['another port', 'http://localhost:1'],
    ['another scheme', 'https://localhost:PORT'],
    ['the other loopback name', 'http://127.0.0.1:PORT'],
    ['a name that begins like it', 'http://localhost:PORT.evil.example'],
    ['a name that ends like it', 'http://evil-localhost:PORT'],
    ['capitals', 'HTTP://LOCALHOST:PORT'],
    ['a path', 'http://localhost:PORT/'],
  ])('is refused: %s', async (_what, origin) => {
    const answer = await site({ Origin: origin?.replace('PORT', String(stage.port)) });
    expect([answer.status, answer.body]).toEqual([403, { ok: false, code: 'BAD_ORIGIN' }]);
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'name=Planted'],
    ['text', 'text/plain', '{"name":"Planted","hosts":[]}'],
    ['text that says it is nearly JSON', 'text/plain; application/json', '{"name":"Planted","hosts":[]}'],
    ['no type', undefined, '{"name":"Planted","hosts":[]}'],
    ['a type that only begins like it', 'application/jsonx', '{"name":"Planted","hosts":[]}'],
  ])('is refused: %s', async (_what, type, body) => {
    const answer = await site({ 'Content-Type': type }, body);
    expect([answer.status, answer.body]).toEqual([400, { ok: false, code: 'INVALID_PAYLOAD' }]);
  });

  test('is refused where the browser says that another site sent it', async () => {
    expect((await site({ 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
    const read = await stage.ask('GET', '/api/people', {
      cookie: cookies.owner,
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect(read.body).toEqual({ ok: false, code: 'BAD_ORIGIN' });
  });

  test('signs nobody in either', async () => {
    const answer = await stage.ask('POST', '/api/session', {
      body: { email: 'carol@example.com', password: 'river lamp orchard nine' },
      headers: { Origin: 'https://evil.example' },
    });
    expect([answer.status, answer.cookie]).toEqual([403, undefined]);
  });

  test('left nothing behind', async () => {
    const sites = valueIn(await stage.ask<Site[]>('GET', '/api/sites', { cookie: cookies.owner }));
    expect(sites.map(({ name }) => name)).not.toContain('Planted');
  });
});

describe('a body', () => {
  const create = (body: unknown) => stage.ask('POST', '/api/people', { cookie: cookies.owner, body });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', 'null'],
    ['a list', '[]'],
    ['broken JSON', '{"given":'],
    ['an object for a name', { ...person, given: { toString: 'x' }, email: 'a@example.com' }],
    ['a number for an address', { ...person, email: 7 }],
    ['an unknown role', { ...person, role: 'admin', email: 'a@example.com' }],
    ['a field that nobody asked for', { ...person, email: 'a@example.com', active: true, demo: true }],
    [
      'a prototype',
      `{"given":"A","family":"B","role":"agent","email":"a@example.com","__proto__":{"role":"owner"}}`,
    ],
    ['more than 64 KB', { ...person, email: 'a@example.com', title: 'x'.repeat(65_536) }],
    ['a name of 10,000 letters', { ...person, given: 'x'.repeat(10_000), email: 'a@example.com' }],
  ])('of %s is refused as not understood', async (_what, body) => {
    const answer = await create(body);
    expect([answer.status, answer.body]).toEqual([400, { ok: false, code: 'INVALID_PAYLOAD' }]);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test('with U+0000 and lone surrogates in the title is repaired, not an error', async () => {
    const answer = await create({
      ...person,
      email: 'poison@example.com',
      title: 'Flor\u0000ist\ud800 adviser\r\n',
    });
    expect(valueIn(answer as Awaited<ReturnType<typeof stage.ask<{ member: Member }>>>).member.title).toBe(
      'Florist\ufffd adviser',
    );
  });
});

test.each(['/api/people/1', '/api/people/%00', '/api/sites/..%2fpeople', '/api/nothing', '/api/'])(
  '%s is not there, and says so in JSON',
  async (path) => {
    const answer = await stage.ask('PATCH', path, { cookie: cookies.owner, body: { name: 'x', hosts: [] } });
    expect([answer.status, answer.body]).toEqual([404, { ok: false, code: 'UNKNOWN' }]);
  },
);

test('people carry no hash and no secret, and sites no key that signs', async () => {
  const people = await stage.ask('GET', '/api/people', { cookie: cookies.agent });
  const sites = await stage.ask('GET', '/api/sites', { cookie: cookies.agent });
  expect(people.text).toContain('Carol Jones');
  expect(people.text).not.toMatch(/argon2|hash|secret/i);
  expect(sites.text).toContain('/w/');
  expect(sites.text).not.toMatch(/secret/i);
});
