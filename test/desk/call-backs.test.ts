/** A visitor chooses when they are called back: whose it is, who gets a time, what becomes of it, and who learns nothing. */
import type { CallBackRequest } from '@fullname/shared/events';
import type { PublicEntry } from '@fullname/shared/model';
import type { TaskPage } from '@fullname/shared/recovery';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { isDoomed } from '../../server/src/desk/forecast.ts';
import { readWaits } from '../../server/src/store/waits.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, idOf, newId, refusal, type Visitor } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { openSecondRelay } from '../support/second-relay.ts';

const MINUTE = 60_000;
/** A Monday, eight o'clock in Zurich. */
const MONDAY = Date.parse('2026-11-23T07:00:00Z');
const WEEK = Array.from({ length: 7 }, () => [['09:00', '12:00']]);
const NINE = '2026-11-23T08:00:00.000Z';
const TEN = '2026-11-23T09:00:00.000Z';
const ELEVEN = '2026-11-23T10:00:00.000Z';

let clock = MONDAY;
let databaseUrl: string;
let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  databaseUrl = await makeDatabase();
  relay = await openRelay({ databaseUrl, now: () => clock, env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  await set({ on: true, atOnce: 2, telephone: true });
});
afterAll(() => relay.close());
beforeEach(async () => {
  clock = MONDAY;
  await relay.database.pool.query("update call_backs set state = 'cancelled' where state = 'open'");
});

async function set(callBack: object): Promise<void> {
  const path = `/api/sites/${relay.site.id}/settings` as const;
  const owner = { origin: relay.origin, cookie: relay.owner };
  const hours = { timeZone: 'Europe/Zurich', week: WEEK };
  await call(owner, `PUT ${path}`, { hours, callBack });
  // A relay remembers a site for a few seconds.
  await eventually('the settings are known', async () => {
    const visitor = await aVisitor(relay);
    const { times, telephone } = await visitor.do('call-back:find', {});
    visitor.close();
    return (
      'on' in callBack &&
      callBack.on === times.length > 0 &&
      'telephone' in callBack &&
      callBack.telephone === telephone
    );
  });
}

async function waiting(): Promise<Visitor> {
  const visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  return visitor;
}

function asking(
  { conversation }: Visitor,
  from: string,
  more: Partial<CallBackRequest> = {},
): CallBackRequest {
  return { conversation, id: newId(), from, way: 'chat', ...more };
}

function factsOf(entries: readonly PublicEntry[]): string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'call-back' ? [`${entry.step} ${entry.person?.fullName ?? 'nobody'}`] : [],
  );
}

async function tasksOf(cookie: string): Promise<TaskPage['tasks']> {
  return (await call<TaskPage>({ origin: relay.origin, cookie }, 'GET /api/tasks?whose=mine&state=open'))
    .tasks;
}

describe('before somebody is known', () => {
  test('it waits with an owner, who is reminded; whoever takes it is told of by full name, and has promised it', async () => {
    const visitor = await waiting();
    const { times, telephone } = await visitor.do('call-back:find', {});
    expect(telephone).toBe(true);
    expect(times[0]).toEqual({ from: NINE, to: TEN });
    const request = asking(visitor, NINE);
    const entry = await visitor.do('call-back:book', request);
    expect(entry).toMatchObject({
      kind: 'call-back',
      step: 'booked',
      person: null,
      from: NINE,
      to: TEN,
      way: 'chat',
    });
    expect((await megan.find(visitor)).callBack).toEqual({ from: NINE, to: TEN, way: 'chat' });
    const [task] = (await tasksOf(relay.owner)).filter(({ kind }) => kind === 'call-back');
    expect(task).toMatchObject({ due: '2026-11-23T07:45:00.000Z', what: 'Hello?' });
    expect(task?.conversation).toBe(await idOf(relay, visitor));

    const conversation = await megan.take(visitor);
    expect(factsOf(await visitor.read())).toEqual(['booked nobody', 'taken Megan Kajitani']);
    const [head] = await visitor.do('heads:ask', {});
    expect(head?.promises).toMatchObject([
      { id: request.id, due: TEN, text: 'to write to you here', person: { fullName: 'Megan Kajitani' } },
    ]);
    expect((await tasksOf(relay.owner)).filter(({ kind }) => kind === 'call-back')).toEqual([]);
    // A quarter of an hour before, it is among what Megan has to do.
    clock = Date.parse(NINE) - 10 * MINUTE;
    await relay.runDue();
    expect((await tasksOf(megan.cookie)).map(({ kind, promise }) => [kind, promise])).toContainEqual([
      'promise',
      request.id,
    ]);
    // She says that it is kept.
    clock = Date.parse(NINE) + 5 * MINUTE;
    await megan.do('promise:keep', { conversation, promise: request.id });
    expect((await visitor.read()).at(-1)).toMatchObject({ kind: 'promise-kept' });
    expect((await megan.find(visitor)).callBack).toBeNull();
  });

  test('is promised in the words of the site’s owner', async () => {
    const site = { origin: relay.origin, cookie: relay.owner };
    const write = (strings: object) => call(site, `PUT /api/sites/${relay.site.id}/settings`, { strings });
    onTestFinished(() => write({}).then(() => undefined));
    await write({ en: { callBackToWrite: 'to be here for you' } });
    const visitor = await waiting();
    await visitor.do('call-back:book', asking(visitor, NINE));
    await megan.take(visitor);
    const [head] = await visitor.do('heads:ask', {});
    expect(head?.promises?.map(({ text }) => text)).toEqual(['to be here for you']);
  });

  test('and nobody takes it: the visitor is told so when its time is over, once', async () => {
    const visitor = await waiting();
    await visitor.do('call-back:book', asking(visitor, NINE));
    clock = Date.parse(TEN) + MINUTE;
    await relay.runDue();
    await relay.runDue();
    expect(factsOf(await visitor.read())).toEqual(['booked nobody', 'missed nobody']);
    expect((await tasksOf(relay.owner)).map(({ kind }) => kind)).toContain('call-back');
    // Another one may be chosen.
    await visitor.do('call-back:book', asking(visitor, ELEVEN));
  });

  test('it is chosen before the first word too, and the conversation waits', async () => {
    const visitor = await aVisitor(relay);
    const { token, conversation } = visitor;
    await visitor.do('conversation:prepare', { token, conversation, locale: 'en' });
    await visitor.do(
      'call-back:book',
      asking(visitor, NINE, { way: 'telephone', phone: '+41 44 668 18 00' }),
    );
    expect(await megan.find(visitor)).toMatchObject({ status: 'waiting', callBack: { way: 'telephone' } });
    const [entry] = await megan.read((await megan.find(visitor)).id);
    expect(entry).toMatchObject({ kind: 'call-back', phone: '+41 44 668 18 00' });
  });
});

describe('where a person is known', () => {
  async function held(): Promise<{ visitor: Visitor; conversation: string }> {
    const visitor = await waiting();
    return { visitor, conversation: await megan.take(visitor) };
  }

  test('it is their promise at once, kept by what they write in its time', async () => {
    const { visitor, conversation } = await held();
    const entry = await visitor.do('call-back:book', asking(visitor, NINE));
    expect(entry).toMatchObject({ step: 'booked', person: { fullName: 'Megan Kajitani' } });
    // The log goes by the store's clock: in its time is by that.
    await relay.database.pool.query("update call_backs set starts_at = now() where state = 'open'");
    await megan.say(conversation, 'Here I am.');
    clock = Date.parse(TEN) - MINUTE;
    await relay.runDue();
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual([
      ...['message', 'joined', 'call-back', 'hello', 'promise-kept'],
    ]);
  });

  test('and they do not come: the visitor hears it from them before its time is over', async () => {
    const { visitor } = await held();
    await visitor.do('call-back:book', asking(visitor, NINE));
    clock = Date.parse(TEN) - 6 * MINUTE;
    await relay.runDue();
    expect((await visitor.read()).at(-1)?.kind).toBe('call-back');
    clock = Date.parse(TEN) - 4 * MINUTE;
    await relay.runDue();
    expect((await visitor.read()).at(-1)).toMatchObject({ kind: 'promise-slipping', due: TEN });
  });

  test('the visitor moves it, also to an earlier time, and gives it up: then nobody owes anything', async () => {
    const { visitor, conversation } = await held();
    const { id: callBack } = (await visitor.do('call-back:book', asking(visitor, TEN))) as { id: string };
    const move = { conversation: visitor.conversation, id: newId(), callBack, from: NINE };
    expect(await visitor.do('call-back:move', move)).toMatchObject({ step: 'moved', from: NINE, to: TEN });
    expect(await visitor.do('call-back:move', move), 'a retry').toMatchObject({ step: 'moved', from: NINE });
    const pane = await megan.do('customer:read', { conversation });
    expect(pane.promises).toMatchObject([{ id: callBack, due: TEN, firstDue: TEN, outcome: 'open' }]);
    const cancel = { conversation: visitor.conversation, id: newId(), callBack };
    await visitor.do('call-back:cancel', cancel);
    await visitor.do('call-back:cancel', cancel);
    expect(factsOf(await visitor.read())).toEqual([
      'booked Megan Kajitani',
      'moved Megan Kajitani',
      'cancelled Megan Kajitani',
    ]);
    expect((await megan.do('customer:read', { conversation })).promises).toEqual([]);
    clock = Date.parse(ELEVEN);
    await relay.runDue();
    expect((await visitor.read()).at(-1)?.kind).toBe('call-back');
  });

  test('they move it: the desk and the times follow', async () => {
    const { visitor, conversation } = await held();
    const { id: promise } = (await visitor.do('call-back:book', asking(visitor, NINE))) as { id: string };
    await megan.do('promise:move', { conversation, id: newId(), promise, due: ELEVEN });
    expect((await megan.find(visitor)).callBack).toEqual({ from: TEN, to: ELEVEN, way: 'chat' });
  });
});

describe('a time', () => {
  test('that two relays give away at once goes to as many as may have it', async () => {
    const second = await openSecondRelay(relay, { DATABASE_URL: databaseUrl, RATE_LIMITS: 'off' });
    try {
      // The second relay goes by the machine's clock: a time that is ahead by both.
      const far = await times();
      const visitors = await Promise.all(
        Array.from({ length: 8 }, (_, n) => aVisitor(n % 2 ? relay : second)),
      );
      for (const visitor of visitors) await visitor.say('Hello?');
      const answers = await Promise.all(
        visitors.map((visitor) => visitor.ask('call-back:book', asking(visitor, far))),
      );
      expect(answers.map((answer) => (answer.ok ? 'booked' : answer.code)).sort()).toEqual([
        ...Array.from({ length: 6 }, () => 'SLOT_TAKEN'),
        'booked',
        'booked',
      ]);
      const { rows } = await relay.database.pool.query(
        "select count(*)::int as n from call_backs where starts_at = $1 and state = 'open'",
        [far],
      );
      expect(rows[0]?.n).toBe(2);
      const { times: left } = await (visitors[0] as Visitor).do('call-back:find', {});
      expect(left.map(({ from }) => from)).not.toContain(far);
    } finally {
      await second.close();
    }
  });

  /** The first time tomorrow by the machine's clock, which both relays share here. */
  async function times(): Promise<string> {
    clock = Date.now();
    const visitor = await aVisitor(relay);
    const found = await visitor.do('call-back:find', {});
    visitor.close();
    const time = found.times.find(({ from }) => Date.parse(from) > Date.now() + 20 * MINUTE);
    if (!time) throw new Error('a week has free times');
    return time.from;
  }

  test('is given once however often it is asked for; other words under its id are a conflict', async () => {
    const visitor = await waiting();
    const request = asking(visitor, NINE);
    const all = await Promise.all(Array.from({ length: 4 }, () => visitor.ask('call-back:book', request)));
    expect(all.every((answer) => answer.ok)).toBe(true);
    expect(factsOf(await visitor.read())).toEqual(['booked nobody']);
    expect(await refusal(visitor.ask('call-back:book', { ...request, from: TEN }))).toBe('CONFLICT');
    expect(await refusal(visitor.ask('call-back:book', asking(visitor, TEN))), 'a second one').toBe(
      'CONFLICT',
    );
    const other = await waiting();
    expect(await refusal(other.ask('call-back:book', { ...asking(other, TEN), id: request.id }))).toBe(
      'CONFLICT',
    );
  });

  test('must be one of the site’s, and ahead', async () => {
    const visitor = await waiting();
    const book = (from: string) => refusal(visitor.ask('call-back:book', asking(visitor, from)));
    expect(await book('2026-11-23T08:30:00.000Z')).toBe('SLOT_TAKEN');
    expect(await book('2026-11-23T20:00:00.000Z'), 'closed').toBe('SLOT_TAKEN');
    expect(await book('2026-11-22T08:00:00.000Z')).toBe('TOO_LATE');
    expect(await book('2027-11-22T08:00:00.000Z'), 'far ahead').toBe('SLOT_TAKEN');
    const { conversation } = visitor;
    const without = { conversation, id: newId(), from: NINE, way: 'telephone' as const };
    expect(await refusal(visitor.ask('call-back:book', without))).toBe('INVALID_PAYLOAD');
    const card = { ...without, phone: '4111 1111 1111 1111' };
    expect(await refusal(visitor.ask('call-back:book', card)), 'a card’s number').toBe('INVALID_PAYLOAD');
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual(['message']);
  });

  test('is not offered where the owner does not wish it', async () => {
    const visitor = await waiting();
    await set({ on: false, atOnce: 2, telephone: false });
    expect(await visitor.do('call-back:find', {})).toEqual({ times: [], telephone: false });
    expect(await refusal(visitor.ask('call-back:book', asking(visitor, NINE)))).toBe('UNKNOWN');
    await set({ on: true, atOnce: 2, telephone: false });
    const phoned = asking(visitor, NINE, { way: 'telephone', phone: '044 668 18 00' });
    expect(await refusal(visitor.ask('call-back:book', phoned))).toBe('UNKNOWN');
    await set({ on: true, atOnce: 2, telephone: true });
  });
});

test('another visitor reaches nobody’s call-back, and does not learn that there is one', async () => {
  const visitor = await waiting();
  const { id: callBack } = (await visitor.do('call-back:book', asking(visitor, NINE))) as { id: string };
  const nosy = await waiting();
  const { conversation } = visitor;
  const theirs = { conversation: nosy.conversation, id: newId(), callBack };
  expect(await refusal(nosy.ask('call-back:cancel', { ...theirs, conversation }))).toBe(
    'UNKNOWN_CONVERSATION',
  );
  expect(await refusal(nosy.ask('call-back:cancel', theirs))).toBe('UNKNOWN');
  expect(await refusal(nosy.ask('call-back:move', { ...theirs, from: TEN }))).toBe('UNKNOWN');
  expect(factsOf(await visitor.read())).toEqual(['booked nobody']);
});

test('who has chosen a time does not wait: nothing is learned from it of how long others do', async () => {
  const before = (await readWaits(relay.database.db)).length;
  const visitor = await waiting();
  expect(await readWaits(relay.database.db)).toHaveLength(before + 1);
  await visitor.do('call-back:book', asking(visitor, NINE));
  expect(await readWaits(relay.database.db)).toHaveLength(before);
});

describe('everybody has their hands full', () => {
  test('when each has what they can hold, and nothing says that it goes fast', () => {
    const full = { held: 5, most: 5 };
    expect(isDoomed([full, { held: 6, most: 5 }], null)).toBe(true);
    expect(isDoomed([full], [10, 30])).toBe(true);
    expect(isDoomed([full], [0, 10])).toBe(false);
    expect(isDoomed([full, { held: 4, most: 5 }], null)).toBe(false);
    expect(isDoomed([], null)).toBe(false);
  });

  test('visitors hear it, and hear when it is over', async () => {
    const desk = await openRelay({ env: { RATE_LIMITS: 'off' } });
    try {
      const owner = { origin: desk.origin, cookie: desk.owner };
      const agent = await anAgent(desk, { given: 'Megan', family: 'Kajitani' });
      await call(owner, `PATCH /api/people/${agent.person.id}`, { capacity: 1 });
      const first = await aVisitor(desk);
      await first.say('Hello?');
      const other = await aVisitor(desk);
      const heard = () => other.heard('people:changed').at(-1)?.expectation;
      const conversation = await agent.take(first);
      await eventually('it is told that nobody is free', async () => heard()?.full === true);
      await agent.do('conversation:close', {
        conversation,
        id: newId(),
        farewell: 'Goodbye, and thank you.',
      });
      await eventually('it is told that somebody is', async () => heard()?.kind === 'here' && !heard()?.full);
    } finally {
      await desk.close();
    }
  });
});
