import type { RecoverySettings } from '@fullname/shared/recovery';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, request } from '../support/console-api.ts';
import { type Agent, anAgent, newId } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let office: Agent;

beforeAll(async () => {
  relay = await openRelay();
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  office = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
});
afterAll(() => relay.close());
beforeEach(() => relay.database.pool.query(`delete from settings where key = 'recovery'`));

const owner = () => ({ origin: relay.origin, cookie: relay.owner });
const as = ({ cookie }: Agent) => ({ origin: relay.origin, cookie });
const PATH = '/api/recovery/settings';

function read(): Promise<RecoverySettings> {
  return call<RecoverySettings>(as(megan), `GET ${PATH}`);
}

test('everybody who is signed in reads them; what nobody has said yet has its usual value', async () => {
  const usual = await read();
  expect(usual).toMatchObject({
    currency: 'USD',
    budget: 200,
    immediateHours: 24,
    effort: null,
    warned: null,
  });
  expect(await call(as(office), `GET ${PATH}`)).toEqual(usual);
  expect(await request({ origin: relay.origin }, `GET ${PATH}`)).toEqual({ ok: false, code: 'SIGNED_OUT' });
});

test('an owner changes some, and the others stay; nobody else changes any', async () => {
  const usual = await read();
  const change = {
    currency: 'EUR',
    budget: 75.5,
    discount: 0.1,
    effort: megan.person.id,
    reach: { people: 3, share: 0.1, worth: 200 },
  };
  expect(await call(owner(), `PATCH ${PATH}`, change)).toEqual({ ...usual, ...change });
  expect(await call(owner(), `PATCH ${PATH}`, { flagDays: 30 })).toEqual({
    ...usual,
    ...change,
    flagDays: 30,
  });
  expect(await call(owner(), `PATCH ${PATH}`, { effort: null, reach: null })).toMatchObject({
    ...{ effort: null, reach: null, budget: 75.5, flagDays: 30 },
  });
  expect(await call(owner(), `PATCH ${PATH}`, {})).toMatchObject({ budget: 75.5 });
  for (const other of [megan, office]) {
    const refused = await request(as(other), `PATCH ${PATH}`, { budget: 1 });
    expect(refused).toEqual({ ok: false, code: 'FORBIDDEN' });
  }
  expect(await read()).toMatchObject({ budget: 75.5, flagDays: 30 });
});

test('two owners’ windows that change two fields at once both have their way', async () => {
  const asked = [{ budget: 10 }, { flagDays: 11 }, { immediateHours: 12 }, { wrapUpHours: 13 }];
  await Promise.all(asked.map((change) => call(owner(), `PATCH ${PATH}`, change)));
  expect(await read()).toMatchObject({ budget: 10, flagDays: 11, immediateHours: 12, wrapUpHours: 13 });
});

test.each<[string, unknown]>([
  ['a currency that is none', { currency: 'ABC' }],
  ['a currency in small letters', { currency: 'usd' }],
  ['a budget below nothing', { budget: -1 }],
  ['a budget above a million', { budget: 1_000_001 }],
  ['a budget with half a cent', { budget: 10.005 }],
  ['a budget that is no number', { budget: '10' }],
  ['no hour', { immediateHours: 0 }],
  ['more than a month of hours', { wrapUpHours: 24 * 30 + 1 }],
  ['no day', { flagDays: 0 }],
  ['half a day', { flagDays: 1.5 }],
  ['more than the whole', { giveInPercent: 101 }],
  ['no year', { horizonYears: 0 }],
  ['more than thirty years', { horizonYears: 31 }],
  ['a discount of more than half', { discount: 0.51 }],
  ['a share above one', { reach: { people: 1, share: 1.1, worth: 1 } }],
  ['fewer people than none', { warned: { people: -1, share: 0.5, worth: 1 } }],
  ['figures that are not whole', { warned: { people: 1 } }],
  ['a field that is none', { budgets: 10 }],
  ['no object', []],
])('%s is refused and changes nothing', async (_what, change) => {
  const before = await read();
  expect(await request(owner(), `PATCH ${PATH}`, change)).toEqual({ ok: false, code: 'INVALID_PAYLOAD' });
  expect(await read()).toEqual(before);
});

test('yen have no decimals, so a budget with some is none in yen', async () => {
  await call(owner(), `PATCH ${PATH}`, { budget: 10.5 });
  const refused = await request(owner(), `PATCH ${PATH}`, { currency: 'JPY' });
  expect(refused).toEqual({ ok: false, code: 'INVALID_PAYLOAD' });
  expect(await read()).toMatchObject({ currency: 'USD', budget: 10.5 });
  expect(await call(owner(), `PATCH ${PATH}`, { currency: 'JPY', budget: 1_000 })).toMatchObject({
    ...{ currency: 'JPY', budget: 1_000 },
  });
});

test('efforts are for somebody who speaks with customers: nobody else, nobody inactive, nobody unknown', async () => {
  const gone = await anAgent(relay, { given: 'Ines', family: 'Duarte' });
  await call(owner(), `PATCH /api/people/${gone.person.id}`, { active: false });
  for (const effort of [office.person.id, gone.person.id, newId()]) {
    expect(await request(owner(), `PATCH ${PATH}`, { effort })).toEqual({ ok: false, code: 'UNKNOWN' });
  }
  expect((await read()).effort).toBeNull();
});
