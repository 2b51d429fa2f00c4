import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCustomer } from '../../server/src/people/customers.ts';
import { failuresOf, logFailure } from '../../server/src/recovery/failures.ts';
import { failures } from '../../server/src/store/schema.ts';
import { aConversation, aCustomer, aVisitor, openStore, type Store } from './store.ts';

let store: Store;
let customer: string;
let conversation: string;

beforeAll(async () => {
  store = await openStore();
}, 60_000);
afterAll(() => store?.close());
beforeEach(async () => {
  customer = await aCustomer(store);
  conversation = await aConversation(store, await aVisitor(store, { customer }));
});

async function rowsOfCustomer(table: typeof failures) {
  const rows = await store.db.select().from(table);
  return rows.filter((row) => row.customer === customer);
}

const contextOf = (by: string) => ({
  customer,
  by,
  ally: store.megan.id,
  load: 0.75,
  onShift: [store.megan.id, store.yijun.id],
});

function log(draft: Parameters<typeof logFailure>[1], by = store.megan.id) {
  return store.db.transaction((tx) => logFailure(tx, draft, contextOf(by)));
}

test('a failure is recorded with what the agent wrote and what the relay knew at that minute', async () => {
  const draft = {
    id: randomUUID(),
    conversation,
    what: 'the parcel came six days late',
    element: 'time',
    putRight: 'shipping refunded',
    owed: 'a call',
    owedBy: '2026-12-04T10:00:00.000Z',
  } as const;
  const failure = await log(draft);
  expect(failure).toEqual({
    id: draft.id,
    at: expect.stringMatching(/Z$/),
    what: draft.what,
    product: null,
    element: 'time',
    stage: 'fixed',
    putRight: 'shipping refunded',
    extra: null,
    owed: 'a call',
    owedBy: '2026-12-04T10:00:00.000Z',
    ally: store.megan,
    load: 0.75,
    onShift: [store.megan, store.yijun],
    by: store.megan,
  });
  expect(await failuresOf(store.db, customer, store.names)).toEqual([failure]);
});

test('a retried failure is stored once, also when both tries come at once', async () => {
  const draft = { id: randomUUID(), conversation, what: 'wrong colour', owedBy: '2026-12-04T10:00:00Z' };
  const [first, second] = await Promise.all([log(draft), log(draft)]);
  expect(second).toEqual(first);
  expect(await log(draft)).toEqual(first);
  expect(await rowsOfCustomer(failures)).toHaveLength(1);
});

test('another author’s id, or other words under one’s own, are refused and change nothing', async () => {
  const draft = { id: randomUUID(), conversation, what: 'wrong colour' };
  const first = await log(draft);
  await expect(log(draft, store.yijun.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(log({ ...draft, what: 'right colour' })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(log({ ...draft, owed: 'a call' })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await failuresOf(store.db, customer, store.names)).toEqual([first]);
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
