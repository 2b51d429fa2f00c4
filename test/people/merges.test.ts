import { randomBytes, randomUUID } from 'node:crypto';
import type { Merge, MergePreview } from '@fullname/shared/customers';
import type { Customer } from '@fullname/shared/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerFor, signIdentity } from '../../server/src/people/identity.ts';
import { mergeCustomers, undoMerge } from '../../server/src/people/merges.ts';
import { siteByKey } from '../../server/src/site/sites.ts';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let xuemei: Agent;
let backOffice: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
  backOffice = await anAgent(relay, { given: 'Tomás', family: 'Ferreira', role: 'back-office' });
});
afterAll(() => relay.close());

const as = (agent: Agent): Asker => ({ origin: relay.origin, cookie: agent.cookie });
const merge = (kept: string, merged: string, { by = megan, id = newId() } = {}) =>
  request<Merge>(as(by), 'POST /api/merges', { id, kept, merged });
const mustMerge = async (kept: string, merged: string) =>
  call<Merge>(as(megan), 'POST /api/merges', { id: newId(), kept, merged });
const undo = (id: string, by = megan) => request<Merge>(as(by), `DELETE /api/merges/${id}`);
const preview = (kept: string, merged: string, by = megan) =>
  request<MergePreview>(as(by), `GET /api/customers/${kept}/merge-preview?with=${merged}`);

async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await relay.database.pool.query<Row & object>(text, values)).rows as Row[];
}

async function aCustomer(values: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  const row: Record<string, unknown> = { id, name: `Anna ${id.slice(0, 8)}`, ...values };
  const names = Object.keys(row);
  await query(
    `insert into customers (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  );
  return id;
}

async function site(): Promise<string> {
  return (await siteByKey(relay.database.db, relay.site.key))?.id ?? '';
}

/** One row in every table that belongs to a customer. */
async function fill(customer: string, subject: string = randomUUID()): Promise<Record<string, string>> {
  const by = megan.person.id;
  const [visitor, failure, preference, promise, purchase, mail, task, given, request, conversation] =
    Array.from({ length: 10 }, () => randomUUID());
  await query(
    `insert into visitors (id, site_id, token_hash, customer_id, locale) values ($1, $2, $3, $4, 'en')`,
    [visitor, await site(), randomBytes(32), customer],
  );
  await query(`insert into failures (id, customer_id, what, by_id) values ($1, $2, 'broken', $3)`, [
    failure,
    customer,
    by,
  ]);
  await query(
    `insert into preferences (id, customer_id, text, source, by_id) values ($1, $2, 'tea', 'stated', $3)`,
    [preference, customer, by],
  );
  await query(`insert into promises (id, customer_id, text, due, by_id) values ($1, $2, 'call', now(), $3)`, [
    promise,
    customer,
    by,
  ]);
  await query(
    `insert into purchases (id, customer_id, at, what, amount, currency) values ($1, $2, now(), 'roses', 12.5, 'USD')`,
    [purchase, customer],
  );
  await query(
    `insert into mails (id, customer_id, to_address, subject, body) values ($1, $2, 'a@example.com', 'Hello', 'Hello')`,
    [mail, customer],
  );
  await query(
    `insert into tasks (id, key, kind, owner_id, due, what, customer_id) values ($1, $2, 'effort', $3, now(), 'see', $4)`,
    [task, `effort:${task}`, by, customer],
  );
  await query(
    `insert into goodwill (id, by_id, customer_id, amount, currency, what, state)
      values ($1, $2, $3, 10, 'USD', 'tulips', 'given')`,
    [given, by, customer],
  );
  // Put aside, so that it is none of the conversations that a preview counts.
  await query(
    `insert into conversations (id, site_id, visitor_id, client_id, locale, status) values ($1, $2, $3, $4, 'en', 'spam')`,
    [conversation, await site(), visitor, randomUUID()],
  );
  await query(
    `insert into internal_requests (id, conversation_id, customer_id, what, asker_id, provider_id)
      values ($1, $2, $3, 'where is it', $4, $5)`,
    [request, conversation, customer, by, xuemei.person.id],
  );
  await query(`insert into identities (site_id, subject, customer_id) values ($1, $2, $3)`, [
    await site(),
    subject,
    customer,
  ]);
  return Object.fromEntries(
    Object.entries({
      visitor,
      failure,
      preference,
      promise,
      purchase,
      mail,
      task,
      given,
      request,
      subject,
    }).map(([name, id]) => [name, id ?? '']),
  );
}

const TABLES = [
  ...['visitors', 'failures', 'preferences', 'promises', 'purchases', 'mails'],
  ...['tasks', 'goodwill', 'internal_requests', 'identities'],
];

/** How many rows of each table the record has. */
async function owned(customer: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const rows = await query(`select 1 from ${table} where customer_id = $1`, [customer]);
    counts[table] = rows.length;
  }
  return counts;
}

const each = (n: number) => Object.fromEntries(TABLES.map((table) => [table, n]));

describe('a merge', () => {
  test('moves everything that belongs to a customer, whichever tables there are', async () => {
    const rows = await query<{ name: string }>(`
      select c.conrelid::regclass::text as name from pg_constraint c where c.contype = 'f' and c.confrelid = 'customers'::regclass`);
    const others = rows.map(({ name }) => name).filter((name) => !TABLES.includes(name));
    // What a merge writes itself, and the record's own arrow.
    expect(new Set(others)).toEqual(new Set(['customer_merges', 'customers']));
  });

  test('is shown before, made, told by whom, and taken back to the last row', async () => {
    const kept = await aCustomer({ name: 'Anna Lindqvist', since: '2025-05-01' });
    const merged = await aCustomer({ name: 'A. Lindqvist', email: 'anna@example.com', since: '2024-01-01' });
    await fill(kept);
    await fill(merged, 'anna-7');
    const shown = await call<MergePreview>(
      as(megan),
      `GET /api/customers/${kept}/merge-preview?with=${merged}`,
    );
    expect(shown.moves).toEqual({ ...each(1), conversations: 0 });
    expect(shown.differs).toEqual(['name', 'email', 'since']);
    expect(shown.merged.identities).toEqual([{ site: 'Bloom & Stem', subject: 'anna-7' }]);
    const id = newId();
    const made = await call<Merge>(as(megan), 'POST /api/merges', { id, kept, merged });
    expect(made).toMatchObject({
      ...{ id, kept: { id: kept, name: 'Anna Lindqvist' }, merged: { id: merged, name: 'A. Lindqvist' } },
      ...{ by: { fullName: 'Megan Kajitani' }, moved: each(1), undone: null },
    });
    expect(await owned(kept)).toEqual(each(2));
    expect(await owned(merged)).toEqual(each(0));
    const [now] = await query<{ email: string; since: Date }>(
      'select email, since from customers where id = $1',
      [kept],
    );
    expect(now).toMatchObject({ email: 'anna@example.com', since: new Date('2024-01-01') });

    await fill(kept);
    const undone = await undo(id, xuemei);
    expect(undone).toMatchObject({ ok: true, value: { undone: { by: { fullName: '林雪梅' } } } });
    expect(await owned(kept)).toEqual(each(2));
    expect(await owned(merged)).toEqual(each(1));
    const [then] = await query<{ email: null; since: Date }>(
      'select email, since from customers where id = $1',
      [kept],
    );
    expect(then).toMatchObject({ email: null, since: new Date('2025-05-01') });
    expect(await undo(id)).toEqual(undone);
    const listed = await call<Merge[]>(as(megan), `GET /api/customers/${kept}/merges`);
    expect(listed.map((one) => one.id)).toEqual([id]);
  });

  test('leaves with the kept record what was changed there since', async () => {
    const [kept, merged, third] = [
      await aCustomer(),
      await aCustomer({ email: 'old@example.com' }),
      await aCustomer(),
    ];
    const theirs = await fill(merged);
    const made = await mustMerge(kept, merged);
    await query(`update customers set email = 'new@example.com' where id = $1`, [kept]);
    await query('update visitors set customer_id = $1 where id = $2', [third, theirs.visitor]);
    await undo(made.id);
    expect((await owned(third)).visitors).toBe(1);
    expect(await owned(merged)).toEqual({ ...each(1), visitors: 0 });
    expect(await query('select email from customers where id = $1', [kept])).toEqual([
      { email: 'new@example.com' },
    ]);
  });

  test('that an earlier release made, with fewer tables, is listed and taken back', async () => {
    const [kept, merged] = [await aCustomer(), await aCustomer()];
    await fill(merged);
    const { id } = await mustMerge(kept, merged);
    await query(
      `update customer_merges set moved = moved - 'tasks' - 'goodwill' - 'internal_requests' where id = $1`,
      [id],
    );
    const then = { ...each(1), tasks: 0, goodwill: 0, internal_requests: 0 };
    const [listed] = await call<Merge[]>(as(megan), `GET /api/customers/${kept}/merges`);
    expect(listed?.moved).toEqual(then);
    expect((await undo(id)).ok).toBe(true);
    expect(await owned(merged)).toEqual(then);
    expect(await owned(kept)).toMatchObject({ tasks: 1, goodwill: 1, internal_requests: 1, failures: 0 });
  });

  test('gives a row that went away and came by a later merge to that one', async () => {
    const [kept, first, second] = [await aCustomer(), await aCustomer(), await aCustomer()];
    const theirs = await fill(first);
    const one = await mustMerge(kept, first);
    await query('update visitors set customer_id = $1 where id = $2', [second, theirs.visitor]);
    const two = await mustMerge(kept, second);
    await undo(one.id);
    expect((await owned(first)).visitors).toBe(0);
    await undo(two.id);
    expect((await owned(second)).visitors).toBe(1);
  });

  test('is one under its id, however often and from however many windows it comes', async () => {
    const [kept, merged] = [await aCustomer(), await aCustomer()];
    await fill(merged);
    const id = newId();
    const answers = await Promise.all(Array.from({ length: 6 }, () => merge(kept, merged, { id })));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, value: { moved: each(1) } });
    expect(await refusal(merge(kept, await aCustomer(), { id }))).toBe('CONFLICT');
    expect(await refusal(merge(kept, merged, { id, by: xuemei }))).toBe('CONFLICT');
  });

  test('happens once where two agents merge the same two crosswise at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await aCustomer(), await aCustomer()];
      await fill(a);
      await fill(b);
      const answers = await Promise.all([merge(a, b), merge(b, a, { by: xuemei })]);
      expect(answers.filter((one) => one.ok)).toHaveLength(1);
      expect(answers.find((one) => !one.ok)).toEqual({ ok: false, code: 'MERGED' });
      const [ofA, ofB] = [await owned(a), await owned(b)];
      expect([ofA.visitors, ofB.visitors].sort()).toEqual([0, 2]);
    }
  });

  test('in a ring at once leaves one record that all lead to, or a refusal', async () => {
    const ring = [await aCustomer(), await aCustomer(), await aCustomer()];
    for (const one of ring) await fill(one);
    const [a = '', b = '', c = ''] = ring;
    const answers = await Promise.all([merge(a, b), merge(b, c), merge(c, a)]);
    for (const one of answers) if (!one.ok) expect(one.code).toBe('MERGED');
    const roots = await query('select id from customers where id = any($1) and merged_into is null', [ring]);
    expect(roots.length).toBe(3 - answers.filter((one) => one.ok).length);
    expect(roots.length).toBeGreaterThan(0);
  });

  test('is refused where it makes no sense', async () => {
    const [a, b, demo] = [await aCustomer(), await aCustomer(), await aCustomer({ demo: true })];
    expect(await refusal(merge(a, a))).toBe('INVALID_PAYLOAD');
    expect(await refusal(merge(a, newId()))).toBe('UNKNOWN');
    expect(await refusal(merge(a, demo))).toBe('FORBIDDEN');
    await mustMerge(a, b);
    expect(await refusal(merge(await aCustomer(), b))).toBe('MERGED');
    expect(await refusal(merge(b, await aCustomer()))).toBe('MERGED');
    expect(await refusal(undo(newId()))).toBe('UNKNOWN');
  });
});

describe('a chain of merges', () => {
  test('leads to the last record kept, and is undone from its end', async () => {
    const [a, b, c] = [
      await aCustomer({ name: 'Chain Alpha' }),
      await aCustomer({ name: 'Chain Beta' }),
      await aCustomer({ name: 'Chain Gamma' }),
    ];
    for (const one of [a, b, c]) await fill(one);
    const first = await mustMerge(b, a);
    const second = await mustMerge(c, b);
    expect(await owned(c)).toEqual(each(3));
    const found = await megan.do('customer:search', { query: 'Chain Alpha' });
    expect(found.map((one: Customer) => one.id)).toEqual([c]);
    expect((await megan.do('customer:search', { query: 'Chain' })).map((one: Customer) => one.id)).toEqual([
      c,
    ]);
    const listed = await call<Merge[]>(as(megan), `GET /api/customers/${a}/merges`);
    expect(listed.map((one) => one.id)).toEqual([second.id, first.id]);
    expect(await refusal(preview(c, a))).toBe('MERGED');
    expect(await refusal(undo(first.id))).toBe('MERGED');
    expect((await undo(second.id)).ok).toBe(true);
    expect((await undo(first.id)).ok).toBe(true);
    for (const one of [a, b, c]) expect(await owned(one)).toEqual(each(1));
  });
});

describe('the preview', () => {
  test('says whether an address that both have is signed or only typed', async () => {
    const email = 'same@example.com';
    const signed = async () => {
      const id = await aCustomer({ email });
      await query('insert into identities (site_id, subject, customer_id) values ($1, $2, $3)', [
        await site(),
        id,
        id,
      ]);
      return id;
    };
    const typed = await aCustomer();
    await query(
      `insert into visitors (site_id, token_hash, customer_id, locale, claimed_email) values ($1, $2, $3, 'en', 'SAME@example.com')`,
      [await site(), randomBytes(32), typed],
    );
    const [one, two] = [await signed(), await signed()];
    expect(await preview(one, two)).toMatchObject({ value: { address: 'signed' } });
    expect(await preview(one, typed)).toMatchObject({
      value: { address: 'claimed', merged: { addresses: [{ email: 'SAME@example.com', proof: 'claimed' }] } },
    });
    expect(await preview(one, await aCustomer())).toMatchObject({ value: { address: 'different' } });
  });
});

describe('who may', () => {
  test('agents and owners, not the back office, not strangers', async () => {
    const [kept, merged] = [await aCustomer(), await aCustomer()];
    const nobody: Asker = { origin: relay.origin };
    const questions = (id: string): [string, unknown?][] => [
      [`GET /api/customers/${kept}/merge-preview?with=${merged}`],
      [`GET /api/customers/${kept}/merges`],
      ['POST /api/merges', { id, kept, merged }],
      [`DELETE /api/merges/${id}`],
    ];
    for (const [what, body] of questions(newId())) {
      expect(await request(nobody, what, body)).toEqual({ ok: false, code: 'SIGNED_OUT' });
      expect(await request(as(backOffice), what, body)).toEqual({ ok: false, code: 'FORBIDDEN' });
    }
    expect(
      await query('select 1 from customers where merged_into is not null and id = $1', [merged]),
    ).toEqual([]);
    const owner: Asker = { origin: relay.origin, cookie: relay.owner };
    for (const [what, body] of questions(newId())) expect((await request(owner, what, body)).ok).toBe(true);
  });
});

describe('at the desk', () => {
  test('open panes are told, the past of both is there, and a link to the merged record leads to the kept one', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello, it is Anna');
    const conversation = await megan.take(visitor);
    const [kept, merged] = [await aCustomer({ name: 'Anna Berg' }), await aCustomer({ name: 'Anna B.' })];
    await fill(kept);
    const link = { conversation, id: newId(), customer: merged };
    await megan.do('customer:link', link);
    const made = await mustMerge(kept, merged);
    const pane = await eventually('the pane shows the kept record', () =>
      megan.heard('customer:changed').find(({ pane }) => pane.customer?.id === kept),
    );
    expect(pane.pane.pleaseKnow.map(({ what }) => what)).toEqual(['broken']);
    // A retry of the link, after the merge, is still the first link.
    expect((await megan.do('customer:link', link)).customer?.id).toBe(kept);
    const other = await aVisitor(relay);
    await other.say('Anna again');
    const second = await megan.take(other);
    const linked = await megan.do('customer:link', { conversation: second, id: newId(), customer: merged });
    expect(linked.customer?.id).toBe(kept);
    await undo(made.id);
    const after = await megan.do('customer:read', { conversation });
    expect(after.customer?.id).toBe(merged);
    expect((await megan.do('customer:read', { conversation: second })).customer?.id).toBe(kept);
  });

  test('a signed identity of the merged record leads to the kept one, and does not rename it', async () => {
    const { db } = relay.database;
    const shop = await siteByKey(db, relay.site.key);
    if (!shop) throw new Error('the site is not there');
    const subject = randomUUID();
    const identity = { subject, name: 'Anna Old', email: 'old@example.com', locale: null };
    const merged = (await customerFor(db, shop.id, identity)).id;
    const kept = await aCustomer({ name: 'Anna New', email: 'new@example.com' });
    const made = await mustMerge(kept, merged);
    const proof = await signIdentity(shop.identitySecret, { sub: subject, name: 'Anna Old' });
    const visitor = await aVisitor(relay, { identity: proof });
    await visitor.say('Hello');
    const conversation = await megan.take(visitor);
    const pane = await megan.do('customer:read', { conversation });
    expect(pane.customer).toMatchObject({ id: kept, name: 'Anna New', email: 'new@example.com' });
    await undo(made.id);
    expect((await customerFor(db, shop.id, { ...identity, name: 'Anna Older' })).id).toBe(merged);
    expect(await query('select name from customers where id = $1', [merged])).toEqual([
      { name: 'Anna Older' },
    ]);
  });

  test('what is recorded, linked and started while records are merged and parted is never left with a merged record', async () => {
    const { db } = relay.database;
    const [kept, merged] = [await aCustomer(), await aCustomer()];
    const visitors = await Promise.all(Array.from({ length: 4 }, () => aVisitor(relay)));
    const conversations: string[] = [];
    for (const visitor of visitors) {
      await visitor.say('Hello');
      conversations.push(await megan.take(visitor));
    }
    const desk = conversations.map(async (conversation) => {
      await megan.do('customer:link', { conversation, id: newId(), customer: merged });
      for (let n = 0; n < 5; n += 1) {
        await megan.do('failure:log', { conversation, id: newId(), what: `late ${n}` });
        await megan.do('preference:note', { conversation, id: newId(), text: `tea ${n}`, source: 'stated' });
      }
    });
    const merges = async () => {
      for (let n = 0; n < 4; n += 1) {
        const id = newId();
        await mergeCustomers(db, { id, kept, merged }, megan.person.id);
        if (n < 3) await undoMerge(db, id, megan.person.id);
      }
    };
    await Promise.all([...desk, merges()]);
    expect(await owned(merged)).toEqual(each(0));
    expect(await owned(kept)).toMatchObject({ visitors: 4, failures: 20, preferences: 20 });
  });
});
