/** Every way into the book, tried by everybody who may not, and with what no book should hold. */
import { randomUUID } from 'node:crypto';
import type { Change } from '@fullname/shared/book';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adding, addingRule, colleague, type Member, ownerOf, phrase, rule } from '../bible/people.ts';
import { call } from '../support/console-api.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let owner: Member;
let megan: Member;
let ana: Member;
let gone: Member;

beforeAll(async () => {
  relay = await openRelay({ env: { LOG_LEVEL: 'fatal' } });
  owner = ownerOf(relay);
  megan = await colleague(relay, { given: 'Megan', family: 'Kajitani' });
  ana = await colleague(relay, { given: 'Ana', family: 'Ruiz', role: 'back-office' });
  gone = await colleague(relay, { given: 'Ivo', family: 'Novak' });
  const people = await call<{ id: string; given: string }[]>(asOwner(), 'GET /api/people');
  const ivo = people.find(({ given }) => given === 'Ivo');
  await call(asOwner(), `PATCH /api/people/${ivo?.id}`, { active: false });
}, 60_000);
afterAll(() => relay?.close());

const asOwner = () => ({ origin: relay.origin, cookie: relay.owner });

/** Every verb with a body that would do something, about a proposal that is there. */
const waysAbout = (id: string): readonly (readonly [string, unknown, 'all' | 'owner'])[] => [
  ['GET /api/book', undefined, 'all'],
  ['POST /api/book/changes', adding(phrase(`Hello, number ${randomUUID()}.`)), 'all'],
  [`PATCH /api/book/changes/${id}`, { ...adding(phrase('Other words.')), id }, 'owner'],
  [`POST /api/book/changes/${id}/comments`, { id: randomUUID(), text: 'Yes.' }, 'all'],
  [`PUT /api/book/changes/${id}/vote`, { vote: 1 }, 'all'],
  ['GET /api/book/versions?after=0', undefined, 'all'],
  ['POST /api/book/acknowledged', { version: 1 }, 'all'],
  ['GET /api/book/export?kind=phrases&format=csv', undefined, 'all'],
  [
    'POST /api/book/import',
    { id: randomUUID(), kind: 'phrases', format: 'yaml', text: 'phrases: []', locale: 'en' },
    'all',
  ],
  ['GET /api/book/settings', undefined, 'all'],
  ['PATCH /api/book/settings', { refusal: 'stop' }, 'owner'],
  ['GET /api/book/figures', undefined, 'all'],
  ['GET /api/book/first-report', undefined, 'all'],
  [`POST /api/book/changes/${id}/decision`, { decision: 'accept' }, 'owner'],
  ['POST /api/book/versions', { note: '' }, 'owner'],
];

async function statusOf(what: string, body: unknown, headers: Record<string, string>): Promise<number> {
  const [method = '', path = ''] = what.split(' ');
  const sent = {
    method,
    headers: { origin: relay.origin, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  return (await fetch(relay.origin + path, sent)).status;
}

describe('every verb', () => {
  test('does for each role what it may, and nothing for the rest', async () => {
    const { id } = await owner.propose(adding(phrase('For everybody.')));
    const tried: unknown[] = [];
    const expected: unknown[] = [];
    for (const [what, body, who] of waysAbout(id))
      for (const [role, cookie] of [
        ['nobody', ''],
        ['deactivated', gone.cookie],
        ['agent', megan.cookie],
        ['back office', ana.cookie],
      ] as const) {
        const mine =
          what === 'POST /api/book/changes' || what.endsWith('/comments')
            ? { ...(body as object), id: randomUUID() }
            : body;
        tried.push([what, role, await statusOf(what, mine, { cookie })]);
        const isMember = role === 'agent' || role === 'back office';
        expected.push([what, role, !isMember ? 401 : who === 'all' ? 200 : 403]);
      }
    expect(tried).toEqual(expected);
    for (const [what, body, who] of waysAbout(id).filter(([, , who]) => who === 'owner'))
      expect([what, who, await statusOf(what, body, { cookie: owner.cookie })]).toEqual([what, who, 200]);
  });

  test('writes nothing for a page of another origin, nor out of a form', async () => {
    const { id } = await megan.propose(adding(phrase('Not from elsewhere.')));
    const before = await owner.book();
    const writes = waysAbout(id).filter(([what]) => !what.startsWith('GET') && !what.endsWith('/vote'));
    for (const [what, body] of writes) {
      const { cookie } = owner;
      const foreign = await statusOf(what, body, { cookie, origin: 'https://evil.example' });
      const form = await statusOf(what, body, { cookie, 'content-type': 'text/plain' });
      expect([what, foreign >= 400 && foreign < 500, form >= 400 && form < 500]).toEqual([what, true, true]);
    }
    expect(await owner.book()).toEqual(before);
  });
});

describe('what is stored', () => {
  const CARD = '4111 1111 1111 1111';

  test('holds no whole card number and no half of a character, in no field', async () => {
    const words = `${CARD} \ud800 \u0000`;
    const { id } = await megan.propose(
      adding(phrase(`Text ${words}`, { reason: `Why ${words}`, notWhen: `Never ${words}` }), {
        example: `Said ${words}`,
      }),
    );
    await megan.propose(
      addingRule(
        rule({
          title: `Title ${words}`,
          reason: `Why ${words}`,
          sayInstead: [`Say ${words}`],
          finds: ['not my department', `find ${words}`],
          except: [`but ${words}`],
          mustFire: [{ text: `Not my department. ${words}` }],
          mustNotFire: [{ text: `All is well. ${words}` }],
        }),
      ),
    );
    await ana.do(`POST /api/book/changes/${id}/comments`, { id: randomUUID(), text: `Talk ${words}` });
    await owner.do(`POST /api/book/changes/${id}/decision`, { decision: 'decline', why: `No ${words}` });
    await owner.do('PATCH /api/book/settings', { contacts: [`Call ${words}`] });
    for (const format of ['csv', 'yaml'] as const) {
      const { text } =
        format === 'csv'
          ? { text: `situation,text,reason\nhello,"CSV ${CARD} \ud800",Warm.` }
          : { text: `phrases: [{situation: hello, text: "YAML ${CARD}", reason: Warm.}]` };
      const request = { id: randomUUID(), kind: 'phrases', format, text, locale: 'en' };
      await megan.do('POST /api/book/import', request);
    }
    const { rows } = await relay.database.pool.query<{ all: string }>(`
      select (select jsonb_agg(to_jsonb(c)) from book_changes c)::text || (select jsonb_agg(to_jsonb(m)) from book_comments m)::text
        || (select jsonb_agg(to_jsonb(s)) from book_settings s)::text as all`);
    const all = rows[0]?.all ?? '';
    expect(all).toContain('1111');
    // Whatever stands between the digits; but a 4 somewhere before many masked cards is none of them.
    expect(all).not.toMatch(/4\W{0,3}1\W{0,3}1\W{0,3}1\W{0,3}1|\\ud800|\\u0000/i);
  });

  test('knows nothing of fields that nobody asked for, however they are called', async () => {
    const { id: _, ...draft } = adding(phrase('Plain.'));
    for (const name of ['__proto__', 'constructor', 'prototype', 'by', 'state', 'version', 'status'])
      for (const text of [
        `{"${name}": {"polluted": true}, "id": "${randomUUID()}", ${JSON.stringify(draft).slice(1)}`,
        JSON.stringify({ id: randomUUID(), ...draft }).replace(
          '"text":',
          `"${name}": {"polluted": true}, "text":`,
        ),
      ]) {
        const response = await fetch(`${relay.origin}/api/book/changes`, {
          method: 'POST',
          headers: { origin: relay.origin, cookie: megan.cookie, 'content-type': 'application/json' },
          body: text,
        });
        expect([name, response.status]).toEqual([name, 400]);
      }
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('at the same moment', () => {
  test('one person’s votes count once, and the last comment that fits is the last', async () => {
    const { id } = await owner.propose(adding(phrase('Vote for me.')));
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        megan.ask(`PUT /api/book/changes/${id}/vote`, { vote: at % 2 ? 1 : -1 }),
      ),
    );
    const counted = (await owner.book()).changes.find((change) => change.id === id)?.votes;
    expect((counted?.for ?? 0) + (counted?.against ?? 0)).toBe(1);
    await relay.database.pool.query(
      `insert into book_comments (id, change_id, by_id, text)
        select gen_random_uuid(), $1, (select by_id from book_changes where id = $1), 'Again.' from generate_series(1, 199)`,
      [id],
    );
    const said = await Promise.all(
      ['One.', 'Two.', 'Three.'].map((text) =>
        megan.ask<Change>(`POST /api/book/changes/${id}/comments`, { id: randomUUID(), text }),
      ),
    );
    expect(said.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('an accepted change that is edited while it is published is published whole, once', async () => {
    const texts = ['The first words.', 'The second words.'];
    const { id } = await owner.propose(adding(phrase(texts[0] ?? ''), { decide: 'accept' }));
    const { version } = await owner.book();
    const [edited, published] = await Promise.all([
      owner.ask(`PATCH /api/book/changes/${id}`, { ...adding(phrase(texts[1] ?? '')), id }),
      owner.ask('POST /api/book/versions', { note: '' }),
    ]);
    expect(published.ok).toBe(true);
    if (!edited.ok) expect(edited.code).toBe('DECIDED');
    const book = await owner.book();
    expect(book.version).toBe(version + 1);
    expect(book.phrases.filter(({ text }) => texts.includes(text)).map(({ text }) => text)).toEqual([
      edited.ok ? texts[1] : texts[0],
    ]);
  });

  test('two owners who edit the same words leave the one’s or the other’s', async () => {
    const { id } = await megan.propose(adding(phrase('Edit me.')));
    const texts = ['Edited by one.', 'Edited by the other.'];
    const results = await Promise.all(
      texts.map((text) =>
        owner.ask<Change>(`PATCH /api/book/changes/${id}`, { ...adding(phrase(text)), id, decide: 'accept' }),
      ),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
    const change = (await owner.book()).changes.find((one) => one.id === id);
    expect(change?.state).toBe('accepted');
    expect(texts).toContain(change?.kind === 'phrase' ? change.body?.text : '');
  });
});
