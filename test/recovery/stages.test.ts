import { FAILURE_STAGES, type Failure, type FailureStage } from '@fullname/shared/model';
import type { FailureEdit } from '@fullname/shared/recovery';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { setStage } from '../../server/src/recovery/stages.ts';
import { call } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, refusal } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let xuemei: Agent;
let conversation: string;
let failure: Failure;
let clock = Date.parse('2026-03-06T12:00:00Z');

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' }, now: () => clock });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
});
afterAll(() => relay.close());
beforeEach(async () => {
  const visitor = await aVisitor(relay);
  await visitor.say('The parcel came six days late.');
  conversation = await megan.take(visitor);
  failure = await megan.do('failure:log', { id: newId(), conversation, what: 'six days late' });
});

const stepOf = (stage: FailureStage) => ({ id: newId(), conversation, failure: failure.id, stage });
const step = (stage: FailureStage, by = megan) => by.ask('failure:step', stepOf(stage));
const edits = async () =>
  (
    await call<{ edits: FailureEdit[] }>(
      { origin: relay.origin, cookie: megan.cookie },
      `GET /api/failures/${failure.id}`,
    )
  ).edits;

async function say(fields: object): Promise<void> {
  const { revision } = await now();
  await megan.do('failure:change', { id: newId(), conversation, failure: failure.id, revision, fields });
}

async function now(): Promise<Failure> {
  const asker = { origin: relay.origin, cookie: megan.cookie };
  return (await call<{ failure: Failure }>(asker, `GET /api/failures/${failure.id}`)).failure;
}

async function toFixed(): Promise<Failure> {
  await say({ wants: 'a call', putRight: 'sent again' });
  await megan.do('failure:step', stepOf('apologised'));
  await megan.do('failure:step', stepOf('gone-over'));
  return megan.do('failure:step', stepOf('fixed'));
}

test('from noticed to fixed one at a time, each with its condition; every other step is refused', async () => {
  for (const stage of FAILURE_STAGES)
    if (stage !== 'apologised') expect(await refusal(step(stage)), stage).toBe('WRONG_ORDER');
  await megan.do('failure:step', stepOf('apologised'));
  expect(await refusal(step('apologised'))).toBe('WRONG_ORDER');
  expect(await refusal(step('noticed'))).toBe('WRONG_ORDER');
  expect(await refusal(step('gone-over'))).toBe('WANTS_FIRST');
  await say({ wants: 'a call' });
  await megan.do('failure:step', stepOf('gone-over'));
  expect(await refusal(step('fixed'))).toBe('FIX_FIRST');
  await say({ putRight: 'sent again' });
  clock += 60_000;
  const fixed = await megan.do('failure:step', stepOf('fixed'));
  expect(fixed).toMatchObject({ stage: 'fixed', reopened: 0, revision: 6 });
  // What follows comes by the follow-ups, never by hand.
  for (const stage of FAILURE_STAGES) expect(await refusal(step(stage)), stage).toBe('WRONG_ORDER');
  expect((await edits()).map((edit) => [edit.stage, Object.keys(edit.after)])).toEqual([
    ['fixed', []],
    [null, ['putRight']],
    ['gone-over', []],
    [null, ['wants']],
    ['apologised', []],
  ]);
  const { rows } = await relay.database.pool.query('select fixed_at from failures where id = $1', [
    failure.id,
  ]);
  expect(rows).toEqual([{ fixed_at: new Date(clock) }]);
});

test('each step is in the log, for colleagues alone', async () => {
  await megan.do('failure:step', stepOf('apologised'));
  const entry = (await megan.read(conversation)).at(-1);
  expect(entry).toMatchObject({
    ...{ kind: 'failure-stepped', stage: 'apologised', again: false, publicSeq: null },
    by: { fullName: 'Megan Kajitani' },
    failure: failure.id,
  });
});

test('a retried step is one step, also late; its id for another step is a conflict', async () => {
  const first = stepOf('apologised');
  const [one, two] = await Promise.all([megan.do('failure:step', first), megan.do('failure:step', first)]);
  expect(two).toEqual(one);
  await say({ wants: 'a call' });
  await megan.do('failure:step', stepOf('gone-over'));
  expect(await megan.do('failure:step', first)).toMatchObject({ stage: 'gone-over', revision: 4 });
  expect(await refusal(megan.ask('failure:step', { ...first, stage: 'fixed' }))).toBe('CONFLICT');
  expect(await refusal(xuemei.ask('failure:step', first))).toBe('CONFLICT');
  const stepped = (await megan.read(conversation)).filter(({ kind }) => kind === 'failure-stepped');
  expect(stepped).toHaveLength(2);
});

test('of two who step at once one does, and the other is told the order', async () => {
  const results = await Promise.all([step('apologised'), step('apologised', xuemei)]);
  expect(results.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual(['WRONG_ORDER', 'ok']);
  expect(await edits()).toHaveLength(1);
});

test('fixed opens the three follow-ups, once, for the ally and not for whoever clicked', async () => {
  await toFixed();
  const { rows } = await relay.database.pool.query<{ key: string; owner: string }>(
    'select key, owner_id as owner from tasks where failure_id = $1 order by key',
    [failure.id],
  );
  expect(rows).toEqual(
    ['immediate', 'internal', 'wrap-up'].map((kind) => ({
      key: `${kind}:${failure.id}:0`,
      owner: megan.person.id,
    })),
  );
});

test('the cause comes after the mending, and neither mending nor asking can be taken back then', async () => {
  const fixed = await toFixed();
  await say({ cause: 'supplier', causeNote: 'their van broke down' });
  const change = (fields: object, revision: number) =>
    refusal(
      megan.ask('failure:change', { id: newId(), conversation, failure: failure.id, revision, fields }),
    );
  expect(await change({ putRight: null }, fixed.revision + 1)).toBe('FIX_FIRST');
  expect(await change({ wants: null }, fixed.revision + 1)).toBe('WANTS_FIRST');
  expect(await now()).toMatchObject({ cause: 'supplier', putRight: 'sent again', wants: 'a call' });
});

test('opened again, it is gone over once more, counts it, and is mended and closed by the stages that follow', async () => {
  const { id } = await toFixed();
  const at = new Date(clock + 60_000).toISOString();
  const set = (stage: FailureStage, again?: boolean) =>
    relay.database.db.transaction((tx) =>
      setStage(tx, { failure: id, stage, by: megan.person.id, at, ...(again !== undefined && { again }) }),
    );
  expect(await set('gone-over', true)).toMatchObject({ stage: 'gone-over', reopened: 1, fixedAt: null });
  expect(await refusal(step('followed-up'))).toBe('WRONG_ORDER');
  expect(await refusal(step('gone-over'))).toBe('WRONG_ORDER');
  await megan.do('failure:step', stepOf('fixed'));
  await set('followed-up');
  const closed = await set('closed');
  expect(new Date(closed.closedAt ?? 0).toISOString()).toBe(at);
  expect((await edits()).map(({ stage }) => stage).filter((stage) => stage !== null)).toEqual([
    'closed',
    'followed-up',
    'fixed',
    'gone-over',
    'fixed',
    'gone-over',
    'apologised',
  ]);
});
