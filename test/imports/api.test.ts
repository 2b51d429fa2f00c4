import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import type { ApiKey, Merge, NewApiKey, RowsAnswer } from '@fullname/shared/customers';
import type { Result } from '@fullname/shared/errors';
import type { TaskEnd } from '@fullname/shared/recovery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerFor } from '../../server/src/people/identity.ts';
import { siteByKey } from '../../server/src/site/sites.ts';
import { mustEnd, tasksOf } from '../recovery/mended.ts';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { root } from '../support/root.ts';

let relay: Relay;
let owner: Asker;
let megan: Agent;
let secret: string;
let anna: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  owner = { origin: relay.origin, cookie: relay.owner };
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  secret = (await call<NewApiKey>(owner, 'POST /api/keys', { name: 'Shop' })).secret;
  anna = await aCustomer('user-7');
});
afterAll(() => relay.close());

async function aCustomer(subject: string): Promise<string> {
  const { db } = relay.database;
  const site = await siteByKey(db, relay.site.key);
  if (!site) throw new Error('the site is not there');
  return (await customerFor(db, site.id, { subject, name: `Customer ${subject}`, email: null, locale: null }))
    .id;
}

async function count(table: 'purchases' | 'failures', customer: string): Promise<number> {
  const { rows } = await relay.database.pool.query(`select 1 from ${table} where customer_id = $1`, [
    customer,
  ]);
  return rows.length;
}

type Sent = { readonly status: number; readonly headers: Headers; readonly body: Result<RowsAnswer> };

async function send(
  what: string,
  rows: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${secret}` },
): Promise<Sent> {
  const response = await fetch(`${relay.origin}/api/v1/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ rows }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Result<RowsAnswer>,
  };
}

async function taken(what: string, rows: unknown, key = secret): Promise<RowsAnswer> {
  const { body } = await send(what, rows, { authorization: `Bearer ${key}` });
  if (!body.ok) throw new Error(`${what} was refused: ${body.code}`);
  return body.value;
}

const purchase = (values: object = {}) => ({
  ...{ id: randomUUID(), customer: { site: relay.site.key, subject: 'user-7' } },
  ...{ at: '2026-03-01T09:30:00+01:00', what: 'Roses', amount: 48.5, currency: 'EUR' },
  ...values,
});
const failure = (values: object = {}) => ({
  ...{ id: randomUUID(), customer: { id: anna }, at: '2026-03-06T12:00:00Z', what: 'Six days late' },
  ...values,
});

describe('a key', () => {
  test('is shown once, kept as a hash, listed with its maker and last use, and ended at once', async () => {
    const made = await call<NewApiKey>(owner, 'POST /api/keys', { name: ' Billing\u0000 ' });
    expect(made.secret).toMatch(/^fullname_[0-9a-f]{64}$/);
    expect(made.key).toMatchObject({
      name: 'Billing',
      by: { fullName: 'Ruth Asante' },
      usedAt: null,
      endedAt: null,
    });
    const careless = await call<NewApiKey>(owner, 'POST /api/keys', { name: 'Till 4111 1111 1111 1111' });
    expect(careless.key.name).toBe('Till •••• •••• •••• 1111');
    expect((await taken('purchases', [purchase()], made.secret)).added).toBe(1);
    const listed = (await call<ApiKey[]>(owner, 'GET /api/keys')).find(({ id }) => id === made.key.id);
    expect(listed?.usedAt).not.toBeNull();
    const { rows } = await relay.database.pool.query<{ row: string }>(
      'select row_to_json(api_keys)::text as row from api_keys',
    );
    expect(rows.some(({ row }) => row.includes(made.secret.slice(9)))).toBe(false);

    const ended = await call<ApiKey>(owner, `DELETE /api/keys/${made.key.id}`);
    expect(ended.endedAt).not.toBeNull();
    expect(await call<ApiKey>(owner, `DELETE /api/keys/${made.key.id}`)).toEqual(ended);
    const refused = await send('purchases', [purchase()], { authorization: `Bearer ${made.secret}` });
    expect(refused).toMatchObject({ status: 401, body: { ok: false, code: 'SIGNED_OUT' } });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(await request(owner, `DELETE /api/keys/${newId()}`)).toEqual({ ok: false, code: 'UNKNOWN' });
    expect(await request(owner, 'POST /api/keys', { name: ' ' })).toEqual({ ok: false, code: 'EMPTY' });
  });

  test('is an owner’s to make, see and end', async () => {
    for (const [what, body] of [
      ['GET /api/keys'],
      ['POST /api/keys', { name: 'Mine' }],
      [`DELETE /api/keys/${newId()}`],
      ['POST /api/customers/import', { id: newId(), kind: 'purchases', text: 'id' }],
    ] as const) {
      expect(await request({ origin: relay.origin, cookie: megan.cookie }, what, body)).toEqual({
        ok: false,
        code: 'FORBIDDEN',
      });
      expect(await request({ origin: relay.origin }, what, body)).toEqual({ ok: false, code: 'SIGNED_OUT' });
    }
  });

  test('opens nothing but its own door, and a cookie opens none of that', async () => {
    const bearer = { authorization: `Bearer ${secret}`, origin: relay.origin };
    const people = await fetch(`${relay.origin}/api/people`, { headers: bearer });
    expect(people.status).toBe(401);
    for (const headers of [
      { cookie: relay.owner },
      { authorization: 'Bearer x' },
      { authorization: `Basic ${secret}` },
      {},
    ]) {
      expect((await send('purchases', [purchase()], headers as Record<string, string>)).status).toBe(401);
    }
    const page = { authorization: `Bearer ${secret}`, origin: 'https://elsewhere.example' };
    expect((await send('purchases', [], page)).headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${relay.origin}/api/v1/purchases`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(preflight.status).toBe(401);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    expect((await send('keys', [])).status).toBe(404);
  });

  test('cannot be guessed at speed', async () => {
    const other = await openRelay();
    try {
      const status = async () =>
        (
          await fetch(`${other.origin}/api/v1/purchases`, {
            method: 'POST',
            headers: { authorization: 'Bearer guess' },
          })
        ).status;
      const statuses = new Set<number>();
      for (let n = 0; n < 101; n += 1) statuses.add(await status());
      expect(statuses).toEqual(new Set([401, 429]));
    } finally {
      await other.close();
    }
  });
});

describe('purchases', () => {
  test('are stored once, however often and from however many at once they come', async () => {
    const customer = await aCustomer('retries');
    const rows = Array.from({ length: 40 }, () => purchase({ customer: { id: customer } }));
    const answers = await Promise.all(
      [rows, rows.toReversed(), rows, rows].map((some) => taken('purchases', some)),
    );
    expect(answers.reduce((sum, { added }) => sum + added, 0)).toBe(40);
    expect(answers.reduce((sum, { same }) => sum + same, 0)).toBe(120);
    expect(await count('purchases', customer)).toBe(40);
    const twice = purchase({ customer: { id: customer } });
    expect(await taken('purchases', [twice, twice])).toMatchObject({ added: 1, same: 1, problems: [] });
    // Another system has ids of its own.
    const other = await call<NewApiKey>(owner, 'POST /api/keys', { name: 'Other' });
    expect((await taken('purchases', [twice], other.secret)).added).toBe(1);
  });

  test('under an id that was used for something else are a conflict and change nothing', async () => {
    const first = purchase();
    await taken('purchases', [first]);
    for (const change of [
      { amount: 1 },
      { currency: 'USD' },
      { what: 'Tulips' },
      { at: '2026-03-02T00:00:00Z' },
      { customer: { id: await aCustomer('else') } },
    ]) {
      const answer = await taken('purchases', [{ ...first, ...change }]);
      expect(answer).toMatchObject({ added: 0, problems: [{ row: 1, code: 'conflict' }] });
    }
    expect((await taken('purchases', [{ ...first, at: '2026-03-01T08:30:00Z' }])).same).toBe(1);
  });

  test('that do not hold are told by number, and the good ones are taken all the same', async () => {
    const customer = await aCustomer('good');
    const bad: [string, unknown][] = [
      ['not-readable', 'x'],
      ['not-readable', null],
      ['not-readable', [1]],
      ['missing-field', purchase({ id: '' })],
      ['too-long', purchase({ id: 'x'.repeat(201) })],
      ['unknown-value', purchase({ id: 7 })],
      ['unknown-value', purchase({ id: 'a\u0000' })],
      ['unknown-field', purchase({ email: 'anna@example.com' })],
      ['unknown-field', JSON.parse(JSON.stringify(purchase()).replace('{', '{"__proto__":{"id":"x"},'))],
      ['missing-field', purchase({ customer: undefined })],
      ['unknown-value', purchase({ customer: 'anna@example.com' })],
      ['unknown-value', purchase({ customer: { email: 'anna@example.com' } })],
      ['unknown-value', purchase({ customer: { id: anna, site: 'x', subject: 'y' } })],
      ['missing-field', purchase({ customer: { site: relay.site.key } })],
      ['unknown-customer', purchase({ customer: { site: relay.site.key, subject: 'nobody' } })],
      ['unknown-customer', purchase({ customer: { site: 'nowhere', subject: 'user-7' } })],
      ['unknown-customer', purchase({ customer: { id: newId() } })],
      ['unknown-customer', purchase({ customer: { id: 'x' } })],
      ['bad-time', purchase({ at: '2026-03-01' })],
      ['bad-time', purchase({ at: '2026-03-01T09:30:00' })],
      ['bad-time', purchase({ at: '2026-02-30T09:30:00Z' })],
      ['bad-time', purchase({ at: '2999-01-01T00:00:00Z' })],
      ['bad-time', purchase({ at: '1969-12-31T23:59:59Z' })],
      ['bad-time', purchase({ at: 1_772_000_000 })],
      ['missing-field', purchase({ what: '  ' })],
      ['missing-field', purchase({ what: '\u0000' })],
      ['too-long', purchase({ what: 'x'.repeat(301) })],
      ['bad-amount', purchase({ amount: '48.5' })],
      ['bad-amount', purchase({ amount: -1 })],
      ['bad-amount', purchase({ amount: 1.005 })],
      ['bad-amount', purchase({ amount: 1.5, currency: 'JPY' })],
      ['bad-amount', purchase({ amount: 1e12 })],
      ['bad-currency', purchase({ currency: 'eur' })],
      ['bad-currency', purchase({ currency: 'ABC' })],
      ['bad-currency', purchase({ currency: { code: 'EUR' } })],
    ];
    const good = [
      purchase({ customer: { id: customer }, amount: 0 }),
      purchase({ customer: { id: customer }, amount: 1.125, currency: 'KWD' }),
    ];
    const answer = await taken('purchases', [...bad.map(([, row]) => row), ...good]);
    expect(answer.problems.map(({ row, code }) => [code, row])).toEqual(
      bad.map(([code], index) => [code, index + 1]),
    );
    expect(answer.added).toBe(2);
    expect(answer.rows).toHaveLength(bad.length + 2);
    expect(await count('purchases', customer)).toBe(2);
  });

  test('come in batches of at most 500', async () => {
    const rows = Array.from({ length: 501 }, () => purchase({ customer: { id: anna } }));
    expect((await send('purchases', rows)).body).toEqual({ ok: false, code: 'INVALID_PAYLOAD' });
    expect((await taken('purchases', rows.slice(1))).added).toBe(500);
    expect((await send('purchases', 'x')).status).toBe(400);
  });

  test('of a merged record go to the one that is kept, also while it is being merged', async () => {
    const [kept, merged] = [await aCustomer('kept'), await aCustomer('merged')];
    const merge = () => call<Merge>({ ...owner }, 'POST /api/merges', { id: newId(), kept, merged });
    const rows = (n: number) =>
      Array.from({ length: n }, () => purchase({ customer: { site: relay.site.key, subject: 'merged' } }));
    const [first] = rows(1);
    await taken('purchases', [first]);
    await Promise.all([merge(), ...Array.from({ length: 6 }, () => taken('purchases', rows(20)))]);
    expect(await count('purchases', merged)).toBe(0);
    expect(await count('purchases', kept)).toBe(121);
    expect((await taken('purchases', [first])).same).toBe(1);
    expect((await taken('purchases', [purchase({ customer: { id: merged } })])).added).toBe(1);
    expect(await count('purchases', kept)).toBe(122);
  });
});

describe('failures', () => {
  test('stand before the next agent, masked and with the owner’s name, and open panes are told', async () => {
    const customer = await aCustomer('pane');
    const visitor = await aVisitor(relay);
    await visitor.say('Hello');
    const conversation = await megan.take(visitor);
    await megan.do('customer:link', { conversation, id: newId(), customer });
    const row = failure({
      customer: { id: customer },
      what: 'Charged twice on 4111 1111 1111 1111',
      element: 'resolution',
    });
    expect((await taken('failures', [row])).added).toBe(1);
    const { pane } = await eventually('the pane shows it', () =>
      megan.heard('customer:changed').find(({ pane }) => pane.pleaseKnow.length > 0),
    );
    expect(pane.pleaseKnow[0]?.what).toMatch(/^Charged twice on .*1111$/);
    expect(pane.pleaseKnow[0]?.what).not.toContain('4111');
    expect(pane.timeline).toMatchObject([
      { kind: 'failure', stage: 'noticed', element: 'resolution', by: { fullName: 'Ruth Asante' } },
    ]);
    // What people did about it since is no conflict.
    await relay.database.pool.query(
      `update failures set stage = 'fixed', put_right = 'Paid back' where customer_id = $1`,
      [customer],
    );
    expect(await taken('failures', [row])).toMatchObject({ same: 1, problems: [] });
    expect((await taken('failures', [{ ...row, what: 'Other' }])).problems).toMatchObject([
      { code: 'conflict' },
    ]);
  });

  test('with values that no text can be made of are told like others', async () => {
    const odd = { toString: 1, valueOf: null };
    const answer = await taken('failures', [
      failure({ irreplaceable: odd }),
      failure({ severity: odd }),
      failure({ load: odd }),
      failure({ owedBy: [odd] }),
      failure({ cost: odd, costCurrency: odd }),
      JSON.parse('{"__proto__": {"what": "x"}, "id": "proto"}'),
      failure(),
    ]);
    expect(answer.problems.map(({ row, code, what }) => [row, code, what])).toEqual([
      [1, 'unknown-value', 'irreplaceable: {}'],
      [2, 'unknown-value', 'severity: {}'],
      [3, 'bad-amount', 'load: {}'],
      [4, 'bad-time', 'owedBy: []'],
      [5, 'bad-currency', 'costCurrency: {}'],
      [6, 'unknown-field', '__proto__'],
    ]);
    expect(answer.added).toBe(1);
  });

  test('that were put right are followed up by the customer’s ally while they are fresh, else they are over', async () => {
    const tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
    const [known, alone, left] = await Promise.all(['known', 'alone', 'left'].map(aCustomer));
    const { pool } = relay.database;
    await pool.query(`update customers set ally_id = $1 where id = $2`, [tomas.person.id, known]);
    const gone = await anAgent(relay);
    await pool.query(`update customers set ally_id = $1 where id = $2`, [gone.person.id, left]);
    await pool.query('update people set active = false where id = $1', [gone.person.id]);
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1_000).toISOString();
    const mended = (customer: string | undefined, days: number, more: object = {}) =>
      failure({ customer: { id: customer }, at: daysAgo(days), putRight: 'Paid back', ...more });
    const rows = [
      mended(known, 29),
      mended(known, 31),
      mended(alone, 1),
      mended(left, 1),
      mended(known, 1, { putRight: null }),
      mended(known, 1, { restored: true, noExtra: 'They wanted none' }),
    ];
    const { rows: outcomes } = await taken('failures', [...rows, { ...rows[0], what: 'Other words' }]);
    const ids = outcomes.map(({ id }) => id);
    expect(outcomes.at(-1)?.outcome).toBe('conflict');
    const stages = await pool.query<{ id: string; stage: string }>('select id, stage from failures');
    const stageOf = (id: string | null | undefined) => stages.rows.find((row) => row.id === id)?.stage;
    expect(ids.slice(0, 6).map(stageOf)).toEqual([
      'fixed',
      'closed',
      'closed',
      'closed',
      'noticed',
      'closed',
    ]);
    await eventually('his screen says so', () => tomas.heard('work:changed').at(-1)?.open === 3);
    await taken('failures', rows);
    const tasks = await tasksOf(relay, tomas);
    expect(tasks.map(({ kind, failure: of, what }) => [kind, of, what])).toEqual(
      ['internal', 'immediate', 'wrap-up'].map((kind) => [kind, ids[0], 'Six days late']),
    );
    const jobs = await pool.query(
      `select 1 from jobs.job where name = 'task-remind' and data->>'task' = any($1)`,
      [tasks.map(({ id }) => id)],
    );
    expect(jobs.rows).toHaveLength(3);
    const until = new Date(Date.now() + 24 * 60 * 60 * 1_000).toISOString();
    const ends: Record<string, TaskEnd> = {
      internal: { end: 'done', flag: { lines: ['Paid back\nin full'], checks: ['The\naddress'], until } },
      immediate: { end: 'done', works: true },
      'wrap-up': { end: 'done', wrapUp: 'call' },
    };
    for (const { id, kind } of tasks) await mustEnd(relay, tomas, id, ends[kind] ?? { end: 'done' });
    const { rows: over } = await pool.query(
      `select stage, flag_lines as lines, checks->0->>'text' as "check" from failures where id = $1`,
      [ids[0]],
    );
    expect(over).toEqual([{ stage: 'closed', lines: ['Paid back in full'], check: 'The address' }]);
  });

  test('that do not hold are told by number', async () => {
    const answer = await taken('failures', [
      failure({ element: 'mood' }),
      failure({ owedBy: 'soon' }),
      failure({ amount: 5 }),
      failure({ what: 'x'.repeat(4_001) }),
      failure({ product: ['x'] }),
      failure({ putRight: 'New roses', owed: 'A call', owedBy: '2031-01-01T00:00:00Z', product: null }),
    ]);
    expect(answer.problems.map(({ code }) => code)).toEqual([
      'unknown-value',
      'bad-time',
      'unknown-field',
      'too-long',
      'unknown-value',
    ]);
    expect(answer.added).toBe(1);
  });
});

describe('docs/api.md', () => {
  const text = readFileSync(pathOf(root, 'docs/api.md'), 'utf8');
  const examples = [...text.matchAll(/```sh\n([\s\S]*?)```\n\n```json\n([\s\S]*?)```/g)];

  test.each(examples.map(([, script = '', answer = '']) => [script.split('\n')[0] ?? '', script, answer]))(
    'does what it shows: %s',
    async (_name, script, answer) => {
      const printed = await shell(script);
      const idless = (json: string) =>
        JSON.parse(json.replace(/"id":\s*"[0-9a-f-]{36}"/g, '"id":"…"')) as unknown;
      expect(idless(printed)).toEqual(idless(answer));
    },
  );

  test('has an example of each', () => expect(examples).toHaveLength(2));

  function shell(script: string): Promise<string> {
    const env = {
      ...process.env,
      FULLNAME_URL: relay.origin,
      FULLNAME_KEY: secret,
      FULLNAME_SITE: relay.site.key,
    };
    return new Promise((resolve, reject) => {
      const child = spawn('sh', ['-c', script], { env });
      let out = '';
      let complaint = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(complaint))));
    });
  }
});
