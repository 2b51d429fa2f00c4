/** What a customer is worth on a real relay: in the pane, through others, beside a dispute, and once a day from all of them. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Merge } from '@fullname/shared/customers';
import type { CustomerPane } from '@fullname/shared/model';
import type { RecoverySettings, ValueGuess } from '@fullname/shared/recovery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIdentity } from '../../server/src/people/identity.ts';
import { writeSetting } from '../../server/src/store/settings.ts';
import { readSample } from '../../server/src/store/value.ts';
import { enqueueFit, fitDay } from '../../server/src/value/fit.ts';
import { seeded } from '../../server/src/value/random.ts';
import { openJobs, openStore } from '../mail/post.ts';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal } from '../support/people.ts';
import { openRelay, type Relay, startRelay } from '../support/relay.ts';
import { root } from '../support/root.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-06-01T10:00:00Z');
const daysAgo = (days: number) => new Date(START - days * DAY_MS).toISOString();

let relay: Relay;
let owner: Asker;
let agent: Agent;

beforeAll(async () => {
  relay = await openRelay({ now: () => START, env: { RATE_LIMITS: 'off' } });
  owner = { origin: relay.origin, cookie: relay.owner };
  agent = await anAgent(relay);
});
afterAll(() => relay?.close());

type Bought = { readonly days: number; readonly amount?: number; readonly currency?: string };

/** A customer who bought on these days before now, each time for 50 dollars unless said otherwise. */
async function aBuyer(bought: readonly Bought[], at: Pick<Relay, 'database'> = relay): Promise<string> {
  const { pool } = at.database;
  const customer = randomUUID();
  await pool.query('insert into customers (id, name) values ($1, $2)', [customer, 'Anna Lindqvist']);
  for (const { days, amount = 50, currency = 'USD' } of bought)
    await pool.query(
      `insert into purchases (customer_id, at, what, amount, currency) values ($1, $2, 'roses', $3, $4)`,
      [customer, daysAgo(days), amount, currency],
    );
  return customer;
}

const REGULAR: readonly Bought[] = [900, 760, 640, 500, 370, 250, 120, 10].map((days) => ({ days }));

/** The pane beside a conversation of this customer. */
async function paneOf(customer: string, by = agent, at = relay): Promise<CustomerPane> {
  const visitor = await aVisitor(at);
  await visitor.say('Hello');
  const conversation = (await by.find(visitor)).id;
  return by.do('customer:link', { conversation, id: newId(), customer });
}

async function aDispute(customer: string, amount: number, currency = 'USD', stage = 'gone-over') {
  const { rows } = await relay.database.pool.query<{ id: string }>(
    `insert into failures (customer_id, what, by_id, stage, disputed, disputed_currency)
     values ($1, 'overnight shipping', $2, $3, $4, $5) returning id`,
    [customer, agent.person.id, stage, amount, currency],
  );
  return rows[0]?.id ?? '';
}

describe('a customer’s own value', () => {
  test('is a range with what it was worked out from, and stands beside what is argued about', async () => {
    const customer = await aBuyer(REGULAR);
    const [small, large] = [await aDispute(customer, 2), await aDispute(customer, 12)];
    await aDispute(customer, 30, 'EUR');
    await aDispute(customer, 40, 'USD', 'closed');
    const { value } = await paneOf(customer);
    expect(value).toMatchObject({ currency: 'USD', spent: 400, orders: 8, why: null, network: null });
    const { about, range, ...inputs } = value?.lifetime ?? { about: 0, range: [0, 0] };
    expect(inputs).toMatchObject({
      method: 'history',
      level: 0.8,
      horizonYears: 10,
      meanPurchase: 50,
      years: 2.5,
    });
    expect(range[0]).toBeLessThan(about);
    expect(range[1]).toBeGreaterThan(about);
    for (const amount of [about, ...range]) expect(amount).toBe(Number(amount.toPrecision(2)));
    const limit = value?.disputes[0]?.limit ?? 0;
    const beside = { about, range, currency: 'USD', limit };
    expect(value?.disputes.toSorted((a, b) => a.disputed - b.disputed)).toEqual([
      { failure: small, disputed: 2, giveIn: true, ...beside },
      { failure: large, disputed: 12, giveIn: false, ...beside },
    ]);
    // Five per cent of the lower end, of which the pane shows two digits.
    expect(limit).toBeGreaterThanOrEqual(0.05 * range[0] - 0.1);
    expect(limit).toBeLessThan(0.05 * (range[0] + 1));
  });

  test('is nobody’s who bought nothing, and says what is missing of those who bought little', async () => {
    expect((await paneOf(await aBuyer([]))).value).toBeNull();
    expect((await paneOf(await aBuyer([{ days: 400 }]))).value).toMatchObject({
      ...{ spent: 50, orders: 1, lifetime: null, why: 'one purchase', disputes: [] },
    });
    expect((await paneOf(await aBuyer([{ days: 40 }, { days: 3 }]))).value?.why).toBe('under ninety days');
  });

  test('does not add currencies: the one of most days speaks', async () => {
    const odd = { days: 30, amount: 9000, currency: 'TWD' };
    const { value } = await paneOf(await aBuyer([...REGULAR, odd, { days: -3 }, { days: 5, amount: 0 }]));
    expect(value).toMatchObject({ currency: 'USD', spent: 400, orders: 8 });
  });
});

describe('those who came through a customer', () => {
  const put = (
    customer: string,
    referrer: string | null,
    asker: Asker = { ...owner, cookie: agent.cookie },
  ) => request(asker, `PUT /api/customers/${customer}/referrer`, { referrer });

  test('count in the network with their own value; open panes are told', async () => {
    const [host, guest, stranger] = [
      await aBuyer(REGULAR),
      await aBuyer(REGULAR),
      await aBuyer([{ days: 9 }]),
    ];
    const visitor = await aVisitor(relay);
    await visitor.say('Hello');
    const conversation = await agent.take(visitor);
    await agent.do('customer:link', { conversation, id: newId(), customer: host });
    expect(await put(guest, host)).toMatchObject({ ok: true });
    expect(await put(stranger, host)).toMatchObject({ ok: true });
    const told = await eventually('the host’s pane is told of both', () =>
      agent
        .heard('customer:changed')
        .findLast(({ pane }) => pane.customer?.id === host && pane.value?.network?.came === 2),
    );
    const { lifetime, network } = told.pane.value ?? {};
    expect(network).toMatchObject({
      times: 2,
      fromReferrals: lifetime?.about,
      fromReach: null,
      scenario: null,
    });
    expect((await paneOf(guest)).customer?.referrer).toEqual({ id: host, name: 'Anna Lindqvist' });
    expect(await put(guest, null)).toMatchObject({ ok: true });
    expect((await paneOf(host)).value?.network).toMatchObject({ came: 1, fromReferrals: 0, times: 1 });
  });

  test('are counted once their records or the host’s are merged', async () => {
    const [host, other, guest, twin] = [
      await aBuyer(REGULAR),
      await aBuyer([]),
      await aBuyer(REGULAR),
      await aBuyer([]),
    ];
    for (const came of [guest, twin]) expect(await put(came, other)).toMatchObject({ ok: true });
    const merge = (kept: string, merged: string) =>
      call<Merge>({ ...owner, cookie: agent.cookie }, 'POST /api/merges', { id: newId(), kept, merged });
    await merge(host, other);
    await merge(guest, twin);
    expect((await paneOf(host)).value?.network).toMatchObject({ came: 1, times: 2 });
    // The merged id leads to the kept record, which is then no longer somebody else.
    expect(await put(host, other)).toEqual({ ok: false, code: 'CONFLICT' });
  });

  test('stay known through merges, and are given back with them', async () => {
    const names = ['Rosa Lind', 'Rosa L.', 'Anna Lindqvist', 'A. Lindqvist'];
    const [host, hosts, guest, guests] = (await Promise.all(names.map(() => aBuyer([])))) as [
      string,
      string,
      string,
      string,
    ];
    const { pool } = relay.database;
    for (const [at, id] of [host, hosts, guest, guests].entries())
      await pool.query('update customers set name = $2 where id = $1', [id, names[at]]);
    const merge = (kept: string, merged: string) =>
      call<Merge>({ ...owner, cookie: agent.cookie }, 'POST /api/merges', { id: newId(), kept, merged });
    const undo = ({ id }: Merge) => call({ ...owner, cookie: agent.cookie }, `DELETE /api/merges/${id}`);
    const throughOf = async (customer: string) => (await paneOf(customer)).customer?.referrer ?? null;

    expect(await put(guests, hosts)).toMatchObject({ ok: true });
    const ofHost = await merge(host, hosts);
    expect(await throughOf(guests)).toEqual({ id: host, name: 'Rosa Lind' });
    const ofGuest = await merge(guest, guests);
    expect(await throughOf(guest)).toEqual({ id: host, name: 'Rosa Lind' });
    await undo(ofGuest);
    expect(await throughOf(guest)).toBeNull();
    await undo(ofHost);
    expect(await throughOf(guests)).toEqual({ id: hosts, name: 'Rosa L.' });

    // Whoever came through somebody who turns out to be the same person came through nobody that is known.
    await merge(hosts, guests);
    expect(await throughOf(hosts)).toBeNull();
    // And no two are left as each other's.
    const [one, other, others] = [await aBuyer([]), await aBuyer([]), await aBuyer([])];
    expect(await put(one, other)).toMatchObject({ ok: true });
    expect(await put(others, one)).toMatchObject({ ok: true });
    await merge(other, others);
    expect([await throughOf(one), await throughOf(other)]).toEqual([
      { id: other, name: 'Anna Lindqvist' },
      null,
    ]);
  });

  test('are nobody themselves, and no two brought each other', async () => {
    const [host, guest] = [await aBuyer([]), await aBuyer([])];
    expect(await put(host, host)).toEqual({ ok: false, code: 'CONFLICT' });
    expect(await put(guest, host)).toMatchObject({ ok: true });
    expect(await put(host, guest)).toEqual({ ok: false, code: 'CONFLICT' });
    expect(await put(host, randomUUID())).toEqual({ ok: false, code: 'UNKNOWN' });
    expect(await put(randomUUID(), host)).toEqual({ ok: false, code: 'UNKNOWN' });
    const both = await Promise.all([put(guest, null), put(guest, null)]);
    expect(both.every(({ ok }) => ok)).toBe(true);
    const race = await Promise.all([put(guest, host), put(host, guest)]);
    expect(race.filter(({ ok }) => ok)).toHaveLength(1);
    const back = await anAgent(relay, { role: 'back-office' });
    expect(await put(guest, null, { ...owner, cookie: back.cookie })).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
  });

  test('and whoever hears of it, once the company gives its figures', async () => {
    const customer = await aBuyer(REGULAR);
    const figures: Partial<RecoverySettings> = {
      reach: { people: 10, share: 0.1, worth: 300 },
      warned: { people: 20, share: 0.25, worth: 400 },
    };
    await writeSetting(relay.database.db, 'recovery', figures);
    const { value } = await paneOf(customer);
    await writeSetting(relay.database.db, 'recovery', {});
    const about = value?.lifetime?.about ?? 0;
    expect(value?.network).toMatchObject({ came: 0, fromReach: 300, scenario: { lost: 2000 } });
    expect(value?.network?.about).toBeGreaterThan(about);
    expect((await paneOf(customer)).value?.network).toBeNull();
  });
});

describe('all customers together', () => {
  /** Eighty who come back at paces of their own, over three years. */
  async function aCompany(at: Relay): Promise<string[]> {
    const random = seeded(7);
    const customers: string[] = [];
    for (let i = 0; i < 80; i++) {
      const pace = 30 + 200 * random();
      const bought: Bought[] = [];
      for (let days = 1000 - 300 * random(); days > 0; days -= pace * (0.3 + 1.4 * random())) {
        bought.push({ days: Math.ceil(days), amount: 20 + Math.round(60 * random()) });
        if (random() < 0.08) break;
      }
      customers.push(await aBuyer(bought, at));
    }
    return customers;
  }

  test('tell of each of them, worked out once a day; the owner guesses first', async () => {
    let now = START;
    const young = await startRelay({ now: () => now, env: { RATE_LIMITS: 'off' } });
    const owner = { origin: young.origin, cookie: young.owner };
    const megan = await anAgent(young);
    const [customer = ''] = await aCompany(young);
    const before = (await paneOf(customer, megan, young)).value;
    expect(before?.lifetime).toMatchObject({ method: 'history', fittedAt: null });

    now += DAY_MS;
    await young.runDue();
    const { value } = await paneOf(customer, megan, young);
    expect(value?.lifetime).toMatchObject({
      ...{ method: 'model', customers: 80, fittedAt: new Date(now).toISOString() },
    });
    expect(value?.lifetime?.repeatCustomers).toBeGreaterThanOrEqual(50);

    const get = () => call<ValueGuess>(owner, 'GET /api/value/guess');
    const guess = (amount: number) =>
      call<ValueGuess>(owner, 'PUT /api/value/guess', { amount, currency: 'USD' });
    expect(await get()).toEqual({ guess: null, company: null });
    const guessed = await guess(700);
    const { median = 0, middle = [0, 0] } = guessed.company ?? {};
    expect(guessed).toMatchObject({
      guess: { amount: 700, currency: 'USD' },
      company: { currency: 'USD', customers: 80 },
    });
    expect(middle[0]).toBeLessThanOrEqual(median);
    expect(middle[1]).toBeGreaterThanOrEqual(median);
    expect(median).toBeGreaterThan(0);
    expect((await guess(median)).guess).toEqual({ amount: 700, currency: 'USD' });
    expect(await get()).toEqual(guessed);
    for (const wrong of [{ amount: -1, currency: 'USD' }, { amount: 1, currency: 'QQQ' }, { amount: 1 }])
      expect(await request(owner, 'PUT /api/value/guess', wrong)).toEqual({
        ok: false,
        code: 'INVALID_PAYLOAD',
      });
    expect(await refusal(request({ ...owner, cookie: megan.cookie }, 'GET /api/value/guess'))).toBe(
      'FORBIDDEN',
    );

    // A day that nobody was there is not made up for twice.
    now += 5 * DAY_MS;
    await young.runDue();
    expect((await paneOf(customer, megan, young)).value?.lifetime?.fittedAt).toBe(
      new Date(now).toISOString(),
    );
  });

  test('are worked out by one of two relays, and again the day after', async () => {
    let now = START;
    const database = await openStore();
    const { db } = database;
    await aBuyer(REGULAR, { database });
    const fits: string[] = [];
    const relays = [1, 2].map(() => {
      const jobs = openJobs(database, () => now);
      jobs.work('value-fit', async (job) => {
        await fitDay({ db, now: () => now }, job);
        fits.push(job.data.day);
      });
      return jobs;
    });
    for (let start = 0; start < 2; start++) await enqueueFit({ db, now: () => now });
    const runDue = () => Promise.all(relays.map((jobs) => jobs.runDue()));
    await runDue();
    expect(fits).toEqual(['2026-06-01']);
    await runDue();
    now += DAY_MS;
    await runDue();
    expect(fits).toEqual(['2026-06-01', '2026-06-02']);
  });

  test('are looked at again when a file brings more', async () => {
    const young = await startRelay({ now: () => START, env: { RATE_LIMITS: 'off' } });
    const owner = { origin: young.origin, cookie: young.owner };
    await young.runDue();
    const [customer = ''] = await aCompany(young);
    const figures = async () =>
      (await young.database.pool.query(`select 1 from settings where key = 'value-company'`)).rows.length;
    await young.runDue();
    expect(await figures()).toBe(0);
    const text = `customer,at,what,amount,currency\n${customer},${daysAgo(2)},Tulips,12,USD\n`;
    const file = { id: newId(), kind: 'purchases', text };
    expect(await call(owner, 'POST /api/customers/import', file)).toMatchObject({ added: 1 });
    await young.runDue();
    expect(await figures()).toBe(1);
  });

  test('are an even choice where they are many', async () => {
    const young = await startRelay({ now: () => START });
    const customers = await aCompany(young);
    const from = customers.toSorted()[75] ?? '';
    const rows = await readSample(young.database.db, { from, most: 12, now: START });
    const expected = [...customers.toSorted().slice(75), ...customers.toSorted().slice(0, 7)];
    expect(rows.map(({ customer }) => customer).toSorted()).toEqual(expected.toSorted());
    expect(rows.every(({ days, orders, spent }) => days >= 1 && orders >= days && spent > 0)).toBe(true);
  });
});

describe('purchases in a signed identity', () => {
  const secretOf = async () =>
    (await call<{ secret: string }>(owner, `GET /api/sites/${relay.site.id}/secret`)).secret;
  const row = (id: string) => ({ id, at: daysAgo(3), what: '24 white roses', amount: 48.5, currency: 'EUR' });

  test('are the person’s whom it proves, once for each id, and what is wrong with them is in nobody’s way', async () => {
    const other = await aBuyer([]);
    const purchases = [
      row('a-1'),
      row('a-2'),
      { ...row('a-3'), amount: -4 },
      { ...row('a-4'), customer: { id: other } },
      'what?',
      ...Array.from({ length: 40 }, (_, i) => row(`late-${i}`)),
    ];
    const identity = await signIdentity(await secretOf(), { sub: 'anna', name: 'Anna', purchases });
    const visitor = await aVisitor(relay, { identity });
    expect(visitor.heard('welcome')[0]?.visitor).toEqual({
      ...{ name: 'Anna', emailKnown: false, identityRefused: false },
    });
    await visitor.say('Where are my roses?');
    const conversation = await agent.take(visitor);
    const pane = await agent.do('customer:read', { conversation });
    expect(pane.value).toMatchObject({ currency: 'EUR', orders: 27, spent: 27 * 48.5 });
    const again = await aVisitor(relay, {
      identity,
      token: visitor.token,
      conversation: visitor.conversation,
    });
    expect(again.heard('welcome')[0]?.visitor.identityRefused).toBe(false);
    expect((await agent.do('customer:read', { conversation })).value?.orders).toBe(27);
    expect((await paneOf(other)).value).toBeNull();
  });

  test('that come later are on the open pane', async () => {
    const secret = await secretOf();
    const visitor = await aVisitor(relay, { identity: await signIdentity(secret, { sub: 'bea' }) });
    await visitor.say('Hello');
    const conversation = await agent.take(visitor);
    const identity = await signIdentity(secret, { sub: 'bea', purchases: [row('b-1')] });
    await aVisitor(relay, { identity, token: visitor.token, conversation: visitor.conversation });
    await eventually('the pane has them', () =>
      agent
        .heard('customer:changed')
        .some((now) => now.conversation === conversation && now.pane.purchases[0]?.what === '24 white roses'),
    );
  });

  test('are signed as docs/identity.md shows', async () => {
    const text = readFileSync(join(root, 'docs/identity.md'), 'utf8');
    const example = /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    const env = { ...process.env, FULLNAME_SITE_SECRET: await secretOf() };
    const identity = execFileSync(process.execPath, ['--input-type=module', '-e', example], {
      env,
      encoding: 'utf8',
    });
    const visitor = await aVisitor(relay, { identity: identity.trim() });
    await visitor.say('Hello');
    const conversation = await agent.take(visitor);
    const { customer, purchases } = await agent.do('customer:read', { conversation });
    expect(customer).toMatchObject({ name: 'Anna Lindqvist', email: 'anna@example.com' });
    expect(purchases).toMatchObject([{ what: '24 white roses', amount: 48.5, currency: 'EUR' }]);
  });
});
