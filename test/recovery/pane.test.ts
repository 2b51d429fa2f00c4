import { randomUUID } from 'node:crypto';
import type { Locale } from '@fullname/shared/locale';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillStarterBook } from '../../server/src/bible/starter.ts';
import {
  createCustomer,
  linkVisitor,
  searchCustomers,
  unlinkVisitor,
} from '../../server/src/people/customers.ts';
import { readPane } from '../../server/src/people/pane.ts';
import { failures, preferences, promises, purchases, sites } from '../../server/src/store/schema.ts';
import { aConversation, aCustomer, aVisitor, daysAgo, openStore, type Store } from './store.ts';

let store: Store;

beforeAll(async () => {
  store = await openStore();
  await fillStarterBook(store.db);
}, 60_000);
afterAll(() => store?.close());

function paneOf(id: string, visitor: string, locale: Locale = 'en') {
  return readPane(store.db, { id, visitor, locale, now: Date.now() }, store.names);
}

function aFailure(customer: string, values: Partial<typeof failures.$inferInsert> = {}) {
  const row = {
    id: randomUUID(),
    customer,
    what: 'the parcel came six days late',
    by: store.megan.id,
    ...values,
  };
  return store.db
    .insert(failures)
    .values(row)
    .then(() => row.id);
}

/** A customer with something of everything, known in one browser. */
async function aCustomerWithAPast() {
  const { db, megan, yijun } = store;
  const customer = await aCustomer(store, { email: 'anna@example.com', ally: megan.id });
  const visitor = await aVisitor(store, { customer });
  const earlier = await aConversation(store, visitor, {
    status: 'closed',
    holder: yijun.id,
    preview: 'the second parcel',
    lastAt: daysAgo(20),
  });
  const failure = await aFailure(customer, {
    conversation: earlier,
    at: daysAgo(21),
    stage: 'fixed',
    putRight: 'shipping refunded',
    owed: 'a call',
    owedBy: daysAgo(-2),
  });
  const by = megan.id;
  await db
    .insert(preferences)
    .values({ customer, text: 'no lilies', source: 'stated', quote: 'the cat', by });
  await db.insert(promises).values({ customer, text: 'call on Friday', due: daysAgo(-2), by });
  for (const days of [400, 200, 10]) {
    await db
      .insert(purchases)
      .values({ customer, at: daysAgo(days), what: 'roses', amount: 50, currency: 'EUR' });
  }
  return { customer, visitor, earlier, failure };
}

test('a claimed name and address equal to a customer’s open nothing of that customer', async () => {
  await aCustomerWithAPast();
  const visitor = await aVisitor(store, {
    claimedName: 'Anna Lindqvist',
    claimedEmail: 'anna@example.com',
  });
  const pane = await paneOf(await aConversation(store, visitor), visitor);
  expect(pane).toEqual({
    customer: null,
    claims: { name: 'Anna Lindqvist', email: 'anna@example.com' },
    link: null,
    pleaseKnow: [],
    timeline: [],
    preferences: [],
    promises: [],
    purchases: [],
    value: null,
    tasks: [],
    requests: [],
    goodwill: [],
    farewells: [],
    told: { labels: {}, events: [] },
  });
});

test('a linked customer’s pane holds who they are, what went wrong, what is owed, and what they like', async () => {
  const { customer, visitor, earlier, failure } = await aCustomerWithAPast();
  const pane = await paneOf(await aConversation(store, visitor), visitor);
  expect(pane.customer).toMatchObject({
    id: customer,
    name: 'Anna Lindqvist',
    ally: store.megan,
    demo: false,
  });
  expect(pane.link).toEqual({ by: 'identity' });
  expect(pane.pleaseKnow).toEqual([
    {
      failure,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      what: 'the parcel came six days late',
      stage: 'fixed',
      putRight: 'shipping refunded',
      owed: 'a call',
      owedBy: expect.stringMatching(/Z$/),
      ally: store.megan,
      say: expect.stringContaining('the parcel came six days late'),
      lines: [
        'What happened: the parcel came six days late',
        'What was done: shipping refunded',
        `Still owed: a call, by ${daysAgo(-2).slice(0, 10)}`,
      ],
      checks: [],
      irreplaceable: false,
      until: null,
    },
  ]);
  expect(pane.timeline.map((item) => [item.kind, item.id])).toEqual([
    ['conversation', earlier],
    ['failure', failure],
  ]);
  expect(pane.timeline[0]).toMatchObject({
    holder: store.yijun,
    preview: 'the second parcel',
    status: 'closed',
  });
  expect(pane.preferences).toMatchObject([{ text: 'no lilies', quote: 'the cat', by: store.megan }]);
  expect(pane.promises).toMatchObject([{ text: 'call on Friday', keptAt: null, by: store.megan }]);
  expect(pane.purchases.map((purchase) => purchase.amount)).toEqual([50, 50, 50]);
  expect(pane.value).toMatchObject({ currency: 'EUR', spent: 150, orders: 3 });
});

test.each([
  ['en', 'sorry', 'the vase was broken'],
  ['zh-Hans', '对不起', '花瓶碎了'],
  ['zh-Hant', '抱歉', '花瓶破了'],
] as const)('the sentence to say is in the conversation’s language: %s', async (locale, apology, what) => {
  const customer = await aCustomer(store);
  const visitor = await aVisitor(store, { customer });
  await aFailure(customer, { what });
  const pane = await paneOf(await aConversation(store, visitor), visitor, locale);
  expect(pane.pleaseKnow[0]?.say).toContain(what);
  expect(pane.pleaseKnow[0]?.say).toContain(apology);
});

test('please-know begins with what is open or owed, however old, and forgets what was closed over a year ago', async () => {
  const customer = await aCustomer(store);
  const visitor = await aVisitor(store, { customer });
  await aFailure(customer, { what: 'closed long ago', at: daysAgo(500), stage: 'closed' });
  await aFailure(customer, { what: 'closed lately', at: daysAgo(3), stage: 'closed' });
  await aFailure(customer, {
    what: 'owed for long',
    at: daysAgo(600),
    stage: 'closed',
    owed: 'a bunch of roses',
  });
  await aFailure(customer, { what: 'open', at: daysAgo(200), stage: 'noticed' });
  const pane = await paneOf(await aConversation(store, visitor), visitor);
  expect(pane.pleaseKnow.map((card) => card.what)).toEqual(['open', 'owed for long', 'closed lately']);
  expect(pane.timeline.map((item) => item.kind === 'failure' && item.what)).toContain('closed long ago');
});

test('the timeline reaches over all of the customer’s browsers, leaves out this conversation and what was put aside', async () => {
  const customer = await aCustomer(store);
  const [phone, desktop] = [await aVisitor(store, { customer }), await aVisitor(store, { customer })];
  const stranger = await aVisitor(store);
  const older = await aConversation(store, phone, { status: 'closed', lastAt: daysAgo(9) });
  const newer = await aConversation(store, desktop, { status: 'open', lastAt: daysAgo(1) });
  await aConversation(store, desktop, { status: 'spam' });
  await aConversation(store, stranger);
  const now = await aConversation(store, phone);
  const pane = await paneOf(now, phone);
  expect(pane.timeline.map((item) => item.id)).toEqual([newer, older]);
});

test('a customer’s past at another site is in the timeline with that site’s name', async () => {
  const customer = await aCustomer(store);
  const here = await aVisitor(store, { customer });
  const site = randomUUID();
  await store.db
    .insert(sites)
    .values({ id: site, key: 'garden', name: 'Garden', identitySecret: 'x'.repeat(32) });
  const there = await aVisitor(store, { customer, site });
  const elsewhere = await aConversation(store, there, { site, status: 'closed', preview: 'the spade' });
  const pane = await paneOf(await aConversation(store, here), here);
  expect(pane.timeline).toMatchObject([
    { kind: 'conversation', id: elsewhere, preview: 'the spade', site: 'Garden' },
  ]);
  const back = await paneOf(elsewhere, there);
  expect(back.timeline).toMatchObject([{ kind: 'conversation', site: 'Shop' }]);
});

test('the lists are bounded', async () => {
  const customer = await aCustomer(store);
  const visitor = await aVisitor(store, { customer });
  for (let n = 0; n < 20; n++) {
    await aFailure(customer, { at: daysAgo(n) });
    await aConversation(store, visitor, { lastAt: daysAgo(n + 0.5) });
    await store.db
      .insert(purchases)
      .values({ customer, at: daysAgo(n), what: 'tulips', amount: 9, currency: 'EUR' });
  }
  const pane = await paneOf(await aConversation(store, visitor), visitor);
  expect([pane.pleaseKnow.length, pane.timeline.length, pane.purchases.length]).toEqual([5, 30, 10]);
  expect(pane.value?.orders).toBe(20);
  const times = pane.timeline.map((item) => item.at);
  expect(times).toEqual([...times].sort().reverse());
});

test('open promises come before kept ones, the next due first', async () => {
  const customer = await aCustomer(store);
  const visitor = await aVisitor(store, { customer });
  const by = store.megan.id;
  await store.db.insert(promises).values([
    { customer, text: 'kept', due: daysAgo(5), keptAt: daysAgo(6), by },
    { customer, text: 'later', due: daysAgo(-9), by },
    { customer, text: 'sooner', due: daysAgo(-1), by },
  ]);
  const pane = await paneOf(await aConversation(store, visitor), visitor);
  expect(pane.promises.map((promise) => promise.text)).toEqual(['sooner', 'later', 'kept']);
});

test('an agent who links a visitor brings what was recorded in the conversation, and takes it back by unlinking', async () => {
  const { db, megan } = store;
  const customer = await aCustomer(store, { name: 'Omar Haddad' });
  const visitor = await aVisitor(store, { claimedName: 'Omar' });
  const conversation = await aConversation(store, visitor, { contact: megan.id });
  await db.insert(failures).values({ conversation, what: 'wrong colour', by: megan.id });
  const link = { visitor, customer, by: megan.id };
  expect(await db.transaction((tx) => linkVisitor(tx, link))).toEqual({
    changed: true,
    customer: { id: customer, name: 'Omar Haddad' },
  });
  expect((await db.transaction((tx) => linkVisitor(tx, link))).changed).toBe(false);
  const linked = await paneOf(conversation, visitor);
  expect(linked.link).toMatchObject({ by: 'agent', person: megan });
  expect(linked.customer?.ally).toEqual(megan);
  expect(linked.pleaseKnow.map((card) => card.what)).toEqual(['wrong colour']);

  expect(await db.transaction((tx) => unlinkVisitor(tx, visitor))).toMatchObject({ id: customer });
  expect(await db.transaction((tx) => unlinkVisitor(tx, visitor))).toBeNull();
  expect((await paneOf(conversation, visitor)).customer).toBeNull();
  const other = await aVisitor(store, { customer });
  expect((await paneOf(await aConversation(store, other), other)).pleaseKnow).toEqual([]);
});

test('a signed identity is not overruled by an agent, and never takes over another person’s browser', async () => {
  const { db, megan } = store;
  const [anna, omar] = [await aCustomer(store), await aCustomer(store, { name: 'Omar Haddad' })];
  const visitor = await aVisitor(store, { customer: anna });
  const say = (customer: string, by: string | null) =>
    db.transaction((tx) => linkVisitor(tx, { visitor, customer, by }));
  await expect(say(omar, megan.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(say(omar, null)).rejects.toMatchObject({ code: 'BAD_TOKEN' });
  await expect(say(randomUUID(), megan.id)).rejects.toMatchObject({ code: 'UNKNOWN' });
  await expect(db.transaction((tx) => unlinkVisitor(tx, visitor))).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  expect((await paneOf(await aConversation(store, visitor), visitor)).customer?.id).toBe(anna);
});

test('customers are found by name or address, those that begin with the words first, and a percent sign is a percent sign', async () => {
  const found = async (query: string) =>
    (await searchCustomers(store.db, query)).map((customer) => customer.name);
  await aCustomer(store, { name: 'Roseanne Quill' });
  await aCustomer(store, { name: 'Ann Quilliam', email: 'ann@example.net' });
  await aCustomer(store, { name: 'Quillfeather Bo', ally: store.yijun.id });
  await aCustomer(store, { name: '100% Wolle GmbH' });
  expect(await found('quill')).toEqual(['Quillfeather Bo', 'Ann Quilliam', 'Roseanne Quill']);
  expect(await found('ANN@example.net')).toEqual(['Ann Quilliam']);
  expect(await found('0% w')).toEqual(['100% Wolle GmbH']);
  expect(await found('%')).toEqual(['100% Wolle GmbH']);
  expect(await found('  ')).toEqual([]);
  expect((await searchCustomers(store.db, 'quillf'))[0]?.ally).toEqual(store.yijun);
});

test('a new customer is made once for one request, with a tidy name', async () => {
  const id = randomUUID();
  const made = await createCustomer(store.db, { id, name: '  Omar \n Haddad ' });
  expect(made).toMatchObject({ id, name: 'Omar Haddad', email: null, ally: null, demo: false });
  expect(await createCustomer(store.db, { id, name: 'Omar Haddad' })).toEqual(made);
  await expect(createCustomer(store.db, { id, name: 'Bo Quill' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await expect(createCustomer(store.db, { name: ' ' })).rejects.toMatchObject({ code: 'EMPTY' });
});
