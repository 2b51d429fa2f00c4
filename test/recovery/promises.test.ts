/** A promise is a fact for both sides: warned of before it slips, told of by name, and known by how it was kept. */
import type { Promised, PublicConversation } from '@fullname/shared/model';
import type { OwnPromises, Task } from '@fullname/shared/recovery';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signIdentity } from '../../server/src/people/identity.ts';
import { leadOf, outcomeOf, ownCounts } from '../../server/src/recovery/promises.ts';
import { countPromisesOf, readPromisesOf } from '../../server/src/store/promises.ts';
import { aMailServer, FROM } from '../mail/post.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Agent,
  anAgent,
  anAgentWith,
  aVisitor,
  newId,
  refusal,
  type Visitor,
  type VisitorOptions,
} from '../support/people.ts';
import { makeDatabase, type Relay, type RelayOptions, startRelay } from '../support/relay.ts';
import { openSecondRelay } from '../support/second-relay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how long before', () => {
  test.each([
    ['an hour: a fifth of it', HOUR, 12 * MINUTE],
    ['forty minutes: ten at least', 40 * MINUTE, 10 * MINUTE],
    ['ten minutes: when half of it has passed', 10 * MINUTE, 5 * MINUTE],
    ['a week: two hours at most', 7 * DAY, 2 * HOUR],
  ])('%s', (_what, span, lead) => expect(leadOf(span)).toBe(lead));
});

const made = Date.parse('2026-03-02T08:00:00.000Z');
const at = (hours: number) => new Date(made + hours * HOUR).toISOString();
const promise = { createdAt: at(0), due: at(20), firstDue: null, keptAt: null, toldAt: null };
const moved = { ...promise, due: at(40), firstDue: at(20), toldAt: at(15) };
const HOW_KEPT = [
  ['open before its time', promise, 19, 'open'],
  ['slipped after it', promise, 20, 'slipped'],
  ['open by its later time', moved, 30, 'open'],
  ['early by a twentieth', { ...promise, keptAt: at(19) }, 50, 'early'],
  ['kept by less', { ...promise, keptAt: at(19.01) }, 50, 'kept'],
  ['kept at the very end', { ...promise, keptAt: at(20) }, 50, 'kept'],
  ['late', { ...promise, keptAt: at(20.01) }, 50, 'late'],
  ['late, though they were warned of it', { ...promise, toldAt: at(19), keptAt: at(21) }, 50, 'late'],
  ['moved, told in time', { ...moved, keptAt: at(39) }, 50, 'moved'],
  ['moved, and early all the same', { ...moved, keptAt: at(16) }, 50, 'early'],
  ['moved, told too late', { ...moved, toldAt: at(20), keptAt: at(39) }, 50, 'late'],
  ['moved, and late by that too', { ...moved, keptAt: at(41) }, 50, 'late'],
] as const;

describe('how it was kept', () => {
  test.each(HOW_KEPT)('%s', (_what, row, hours, outcome) => {
    expect(outcomeOf(row, made + hours * HOUR)).toBe(outcome);
  });

  test('is counted as it is told', async () => {
    const { relay, megan } = await aDesk();
    const { db, pool } = relay.database;
    const { id } = megan.person;
    for (const [what, row, hours, outcome] of HOW_KEPT) {
      await pool.query('delete from promises');
      await pool.query(
        `insert into promises (text, by_id, created_at, due, first_due, kept_at, told_at)
         values ('Call', $1, $2, $3, $4, $5, $6)`,
        [id, row.createdAt, row.due, row.firstDue, row.keptAt, row.toldAt],
      );
      const none = { open: 0, slipped: 0, early: 0, kept: 0, moved: 0, late: 0 };
      expect(await ownCounts(db, id, made + hours * HOUR), what).toEqual({ ...none, [outcome]: 1 });
    }
  });
});

test('both sides see a promise that was made, and that it was kept', async () => {
  const { megan, anna, make, conversation } = await aDesk();
  const made = await make({ text: 'Send the drawing', in: 2 * HOUR });
  expect(made).toMatchObject({ outcome: 'open', keeper: { fullName: 'Megan Kajitani' }, toldAt: null });
  const [entry, head] = await heardFact(anna, 'promise-made');
  const shown = { promise: made.id, text: 'Send the drawing', due: made.due };
  expect(entry).toMatchObject({ ...shown, person: { fullName: 'Megan Kajitani' } });
  const person = { id: megan.person.id, fullName: 'Megan Kajitani' };
  expect(head.promises).toEqual([{ id: made.id, text: 'Send the drawing', due: made.due, person }]);
  expect((await heads(anna))?.promises).toEqual(head.promises);

  const kept = await megan.do('promise:keep', { conversation, promise: made.id });
  expect(kept.outcome).toBe('early');
  expect(await megan.do('promise:keep', { conversation, promise: made.id })).toEqual(kept);
  expect((await heardFact(anna, 'promise-kept'))[1].promises).toEqual([]);
  expect((await anna.read()).filter(({ kind }) => kind === 'promise-kept')).toHaveLength(1);
});

test('a promise is made once, in time, under its author’s own id', async () => {
  const { relay, megan, clock, conversation } = await aDesk();
  const due = new Date(clock.now() + HOUR).toISOString();
  const draft = { conversation, id: newId(), text: 'Call back', due };
  const [first, second] = await Promise.all([
    megan.do('promise:make', draft),
    megan.do('promise:make', draft),
  ]);
  expect(second).toEqual(first);
  expect(await refusal(megan.ask('promise:make', { ...draft, text: 'Do not call' }))).toBe('CONFLICT');
  const other = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
  expect(await refusal(other.ask('promise:make', draft))).toBe('CONFLICT');
  const past = { ...draft, id: newId(), due: new Date(clock.now()).toISOString() };
  expect(await refusal(megan.ask('promise:make', past))).toBe('TOO_LATE');
  for (const due of ['soon', '', '2026-02-30T10:00:00Z', '1969-12-31T23:59:59Z', '+012026-01-01T00:00:00Z']) {
    expect(await refusal(megan.ask('promise:make', { ...draft, id: newId(), due }))).toBe('INVALID_PAYLOAD');
  }
  clock.forward(2 * HOUR);
  expect(await megan.do('promise:make', draft)).toMatchObject({ id: draft.id, outcome: 'slipped' });
  const { rows } = await relay.database.pool.query('select id from promises');
  expect(rows).toEqual([{ id: draft.id }]);
});

test('before it slips its person is warned, and then the customer is told by name, once', async () => {
  const { relay, megan, anna, clock, make, conversation } = await aDesk();
  const made = await make({ text: 'Find the lost parcel', in: 5 * HOUR });
  clock.forward(4 * HOUR - 1);
  await relay.runDue();
  expect(megan.heard('task:due')).toEqual([]);

  clock.forward(2);
  await relay.runDue();
  const task = await eventually('Megan is warned', () => megan.heard('task:due')[0]);
  expect(task).toMatchObject({
    ...{ kind: 'promise', promise: made.id, due: made.due, what: 'Find the lost parcel', seen: false },
    ...{ owner: { fullName: 'Megan Kajitani' }, remindedAt: new Date(clock.now()).toISOString() },
  });
  await eventually('her list says so', () => megan.heard('work:changed').at(-1)?.open === 1);
  expect((await anna.read()).map(({ kind }) => kind)).not.toContain('promise-slipping');

  clock.forward(40 * MINUTE);
  await relay.runDue();
  await relay.runDue();
  const [entry] = await heardFact(anna, 'promise-slipping');
  expect(entry).toMatchObject({ person: { fullName: 'Megan Kajitani' }, promise: made.id, due: made.due });
  expect(clock.now()).toBeLessThan(Date.parse(made.due));
  const { pane } = await megan.do('conversation:open', { conversation });
  expect(pane.promises).toMatchObject([{ outcome: 'open', toldAt: new Date(clock.now()).toISOString() }]);
  expect(pane.tasks).toMatchObject([{ kind: 'promise', id: task.id }]);

  clock.forward(HOUR);
  await relay.runDue();
  const late = await megan.do('promise:keep', { conversation, promise: made.id });
  expect(late.outcome).toBe('late');
  expect(megan.heard('task:due')).toHaveLength(1);
  expect((await anna.read()).filter(({ kind }) => kind === 'promise-slipping')).toHaveLength(1);
  await eventually('the task has ended', () => megan.heard('work:changed').at(-1)?.open === 0);
});

test('a promise that was kept warns nobody', async () => {
  const { relay, megan, anna, clock, make, conversation } = await aDesk();
  const made = await make({ in: HOUR });
  await megan.do('promise:keep', { conversation, promise: made.id });
  clock.forward(2 * HOUR);
  await relay.runDue();
  expect((await anna.read()).map(({ kind }) => kind)).not.toContain('promise-slipping');
  expect(await tasks(relay)).toEqual([]);
});

describe('a later time', () => {
  test('is told to the customer, warned of by itself, and kept by it is kept as moved', async () => {
    const { relay, megan, anna, clock, make, conversation } = await aDesk();
    const made = await make({ in: 5 * HOUR });
    clock.forward(4 * HOUR + MINUTE);
    await relay.runDue();
    const [warning] = await tasks(relay);
    expect(warning).toMatchObject({ state: 'open' });

    const due = new Date(clock.now() + 5 * HOUR).toISOString();
    const move = { conversation, id: newId(), promise: made.id, due };
    const moved = await megan.do('promise:move', move);
    expect(moved).toMatchObject({ due, firstDue: made.due, outcome: 'open' });
    expect(await megan.do('promise:move', move)).toEqual(moved);
    const [entry, head] = await heardFact(anna, 'promise-moved');
    expect(entry).toMatchObject({ promise: made.id, due, person: { fullName: 'Megan Kajitani' } });
    expect(head.promises).toMatchObject([{ due }]);
    expect(await tasks(relay)).toMatchObject([{ state: 'done' }]);

    clock.forward(HOUR);
    await relay.runDue();
    expect(megan.heard('task:due')).toHaveLength(1);
    clock.forward(4 * HOUR - MINUTE);
    await relay.runDue();
    await eventually('the new time is warned of', () => megan.heard('task:due').length === 2);
    const [slipping] = await heardFact(anna, 'promise-slipping');
    expect(slipping).toMatchObject({ due });
    const kept = await megan.do('promise:keep', { conversation, promise: made.id });
    expect(kept.outcome).toBe('moved');
  });

  test('twice, each time before the time that was promised, is kept as moved', async () => {
    const { megan, clock, make, conversation } = await aDesk();
    const made = await make({ in: HOUR });
    const move = (due: number) =>
      megan.do('promise:move', {
        ...{ conversation, id: newId(), promise: made.id },
        due: new Date(clock.now() + due).toISOString(),
      });
    clock.forward(50 * MINUTE);
    await move(HOUR);
    clock.forward(30 * MINUTE);
    await move(2 * HOUR);
    clock.forward(HOUR);
    const keep = () => megan.do('promise:keep', { conversation, promise: made.id });
    expect((await keep()).outcome).toBe('moved');
  });

  test('and another after that one had passed is late', async () => {
    const { megan, clock, make, conversation } = await aDesk();
    const made = await make({ in: HOUR });
    const move = (due: number) =>
      megan.do('promise:move', {
        ...{ conversation, id: newId(), promise: made.id },
        due: new Date(clock.now() + due).toISOString(),
      });
    await move(2 * HOUR);
    clock.forward(2 * HOUR + MINUTE);
    await move(HOUR);
    await move(2 * HOUR);
    const kept = await megan.do('promise:keep', { conversation, promise: made.id });
    expect(kept.outcome).toBe('late');
  });

  test('must be later, and comes too late for what was kept or for another promise', async () => {
    const { relay, megan, clock, make, conversation } = await aDesk();
    const made = await make({ in: 5 * HOUR });
    const move = (due: number, by: Agent = megan, id = newId()) =>
      by.ask('promise:move', {
        ...{ conversation, id, promise: made.id },
        due: new Date(clock.now() + due).toISOString(),
      });
    expect(await refusal(move(5 * HOUR))).toBe('TOO_LATE');
    expect(await refusal(move(HOUR))).toBe('TOO_LATE');
    const id = newId();
    await move(6 * HOUR, megan, id);
    expect(await refusal(move(7 * HOUR, megan, id))).toBe('CONFLICT');
    await megan.do('promise:keep', { conversation, promise: made.id });
    expect(await refusal(move(8 * HOUR))).toBe('ENDED');
    const stranger = await aVisitor(relay);
    await stranger.say('Hello?');
    const elsewhere = { conversation: await megan.take(stranger), promise: made.id };
    expect(await refusal(megan.ask('promise:keep', elsewhere))).toBe('UNKNOWN');
  });

  test('after the first has passed, the promise is late however it is kept', async () => {
    const { relay, megan, clock, make, conversation } = await aDesk();
    const made = await make({ in: HOUR });
    clock.forward(59 * MINUTE);
    await relay.runDue();
    clock.forward(2 * MINUTE);
    const due = new Date(clock.now() + HOUR).toISOString();
    await megan.do('promise:move', { conversation, id: newId(), promise: made.id, due });
    const kept = await megan.do('promise:keep', { conversation, promise: made.id });
    expect(kept.outcome).toBe('late');
  });
});

test('what was put aside tells nobody', async () => {
  const { relay, megan, clock, make, conversation } = await aDesk();
  await make({ in: HOUR });
  await megan.do('conversation:put-aside', { conversation, id: newId() });
  clock.forward(2 * HOUR);
  await relay.runDue();
  expect(megan.heard('task:due')).toEqual([]);
  expect(await tasks(relay)).toEqual([]);
  expect((await megan.read(conversation)).map(({ kind }) => kind)).not.toContain('promise-slipping');
  const draft = { conversation, id: newId(), text: 'x', due: new Date(clock.now() + HOUR).toISOString() };
  expect(await refusal(megan.ask('promise:make', draft))).toBe('CLOSED');
});

test('what was put aside by mistake and let in again is warned of all the same, once', async () => {
  const { relay, megan, anna, clock, make, conversation } = await aDesk();
  const made = await make({ in: HOUR });
  await megan.do('conversation:put-aside', { conversation, id: newId() });
  clock.forward(58 * MINUTE);
  await relay.runDue();
  await megan.do('conversation:put-aside', { conversation, id: newId(), undo: true });
  await relay.runDue();
  await relay.runDue();
  const back = await aVisitor(relay, { token: anna.token, conversation: anna.conversation });
  expect((await back.read()).filter(({ kind }) => kind === 'promise-slipping')).toHaveLength(1);
  await eventually('Megan is warned', () => megan.heard('task:due').length > 0);
  expect(megan.heard('task:due')).toMatchObject([{ promise: made.id }]);
  expect(clock.now()).toBeLessThan(Date.parse(made.due));
});

test('one’s own promises: the open ones first, all of them counted, and nobody else’s', async () => {
  const { relay, megan, clock, make, conversation } = await aDesk();
  const early = await make({ text: 'Early', in: 10 * HOUR });
  const late = await make({ text: 'Late', in: HOUR });
  const open = await make({ text: 'Open', in: 3 * HOUR });
  await megan.do('promise:keep', { conversation, promise: early.id });
  clock.forward(2 * HOUR);
  await megan.do('promise:keep', { conversation, promise: late.id });
  const own = (agent: Agent) =>
    call<OwnPromises>({ origin: relay.origin, cookie: agent.cookie }, 'GET /api/promises');
  expect(await own(megan)).toMatchObject({
    open: [{ id: open.id, outcome: 'open', keptAt: null, conversation, customer: null }],
    kept: [
      { id: late.id, outcome: 'late' },
      { id: early.id, outcome: 'early' },
    ],
    counts: { open: 1, slipped: 0, early: 1, kept: 0, moved: 0, late: 1 },
  });
  const other = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
  expect(await own(other)).toMatchObject({ open: [], kept: [], counts: { open: 0, early: 0, late: 0 } });
});

test('one’s own are read by an index, so many and no more, however many there are', async () => {
  const { relay, megan } = await aDesk();
  const tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
  const { db, pool } = relay.database;
  await pool.query(
    `insert into promises (text, due, by_id, keeper_id, kept_at)
     select n, '2026-01-01'::timestamptz + n * interval '1 minute', $1::uuid, case when n % 10 = 0 then $2::uuid end,
       case when n % 3 = 0 then '2026-02-01'::timestamptz + n * interval '1 minute' end
     from generate_series(1, 10000) n`,
    [tomas.person.id, megan.person.id],
  );
  await pool.query('analyze promises');
  const person = megan.person.id;
  const reads: readonly unknown[] = [
    readPromisesOf(db, { person, kept: true, limit: 50 }),
    readPromisesOf(db, { person, kept: false, limit: 500 }),
    countPromisesOf(db, { person, now: Date.now(), early: 0.05 }),
  ];
  for (const read of reads) {
    const { sql, params } = (
      read as { toSQL(): { readonly sql: string; readonly params: unknown[] } }
    ).toSQL();
    const plan = await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, params);
    const lines = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines).toContain('promises_keeper');
    expect(lines).not.toContain('Seq Scan on promises');
  }
  const own = await call<OwnPromises>({ origin: relay.origin, cookie: megan.cookie }, 'GET /api/promises');
  expect(own.open).toHaveLength(500);
  expect(own.open.slice(0, 4).map(({ text }) => text)).toEqual(['10', '20', '40', '50']);
  expect(own.kept).toHaveLength(50);
  expect(own.kept.slice(0, 2).map(({ text }) => text)).toEqual(['9990', '9960']);
  const { open, slipped, ...kept } = own.counts;
  expect(open + slipped).toBe(667);
  expect(Object.values(kept).reduce((one, other) => one + other)).toBe(333);
});

test('two relays that find a due promise at once warn once and tell once', async () => {
  const databaseUrl = await makeDatabase();
  const { relay, megan, anna, clock, make, conversation } = await aDesk({ databaseUrl });
  const second = await anotherRelay(relay, databaseUrl, clock.now);
  const there = await anAgentWith({ ...relay, origin: second.origin }, megan);
  const made = await Promise.all(Array.from({ length: 6 }, () => make({ in: HOUR })));
  clock.forward(HOUR - MINUTE);
  await Promise.all([relay.runDue(), second.runDue(), relay.runDue(), second.runDue()]);
  const kinds = (await anna.read()).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'promise-slipping')).toHaveLength(made.length);
  const warned = () => [...megan.heard('task:due'), ...there.heard('task:due')].map(({ promise }) => promise);
  await eventually('every one is warned of', () => warned().length >= made.length);
  expect(warned().toSorted()).toEqual(made.map(({ id }) => id).toSorted());
  expect(await tasks(relay)).toHaveLength(made.length);
  // The jobs again, as if the first relay had been killed before it could say that they were done.
  await relay.database.pool.query(
    `update jobs.job set state = 'created', started_on = null, completed_on = null where name like 'promise-%'`,
  );
  await Promise.all([relay.runDue(), second.runDue()]);
  expect((await megan.read(conversation)).filter(({ kind }) => kind === 'promise-slipping')).toHaveLength(
    made.length,
  );
  expect(warned()).toHaveLength(made.length);
});

describe('by e-mail', () => {
  test('who is not here is written to by their person’s full name, once, in their language', async () => {
    const server = await aMailServer();
    const { relay, megan, anna, clock, make, conversation } = await aDesk(
      { env: { SMTP_URL: server.url, MAIL_FROM: FROM } },
      { identity: 'c-1', locale: 'zh-Hant' },
    );
    const own = { slipStill: '花瓶一寄出，我就告訴您。', letterFrom: '{0} / {1}' };
    await call({ origin: relay.origin, cookie: relay.owner }, `PUT /api/sites/${relay.site.id}/settings`, {
      strings: { 'zh-Hant': own },
    });
    await make({ text: '寄出新的花瓶', in: HOUR });
    anna.close();
    await eventually('the relay knows that she is gone', async () => {
      const opened = await megan.do('conversation:open', { conversation });
      return !opened.conversation.visitorHere;
    });
    clock.forward(HOUR - MINUTE);
    await relay.runDue();
    await relay.runDue();
    await relay.database.pool.query(
      `update jobs.job set state = 'created', started_on = null, completed_on = null where name = 'promise-tell'`,
    );
    await relay.runDue();
    expect(server.taken.map(({ to }) => to)).toEqual(['anna@example.com']);
    const raw = server.taken[0]?.raw ?? '';
    const { text, headers } = readMail(raw);
    expect(headers).toContain('Megan Kajitani');
    expect(text).toContain('寄出新的花瓶');
    expect(text.trim().endsWith('Megan Kajitani')).toBe(true);
    expect(text).toContain('可能會比我說的時間晚');
    // The rest is in the owner's words.
    expect(text).toContain(own.slipStill);
    expect(headers).toContain('From: "Megan Kajitani / Larkspur & Reed"');
  });

  test('nobody is written to who reads it at another relay', async () => {
    const server = await aMailServer();
    const databaseUrl = await makeDatabase();
    const { relay, megan, anna, clock, make, conversation } = await aDesk(
      { databaseUrl, env: { SMTP_URL: server.url, MAIL_FROM: FROM } },
      { identity: 'c-1' },
    );
    const second = await anotherRelay(relay, databaseUrl, clock.now);
    const isHere = async () =>
      (await megan.do('conversation:open', { conversation })).conversation.visitorHere;
    anna.close();
    await eventually('she is gone from the first', async () => !(await isHere()));
    const { token, conversation: own } = anna;
    await aVisitor({ ...relay, origin: second.origin }, { token, conversation: own });
    await eventually('the second has told of her', isHere);
    await make({ in: HOUR });
    clock.forward(HOUR - MINUTE);
    await relay.runDue();
    await relay.runDue();
    expect((await megan.read(conversation)).map(({ kind }) => kind)).toContain('promise-slipping');
    expect(server.taken).toEqual([]);
    expect((await relay.database.pool.query('select id from mails')).rows).toEqual([]);
  });

  test('nobody is written to who is here, or whose address nobody has proven', async () => {
    const server = await aMailServer();
    const { relay, megan, anna, clock, make } = await aDesk(
      { env: { SMTP_URL: server.url, MAIL_FROM: FROM } },
      { identity: 'c-1' },
    );
    await make({ in: HOUR });
    const claimed = await aVisitor(relay);
    await claimed.say('Hello?');
    await claimed.do('email:give', {
      conversation: claimed.conversation,
      id: newId(),
      email: 'a@example.com',
    });
    const there = await megan.take(claimed);
    const due = new Date(clock.now() + HOUR).toISOString();
    await megan.do('promise:make', { conversation: there, id: newId(), text: 'Call', due });
    claimed.close();
    clock.forward(HOUR - MINUTE);
    await relay.runDue();
    await heardFact(anna, 'promise-slipping');
    expect((await megan.read(there)).map(({ kind }) => kind)).toContain('promise-slipping');
    await relay.runDue();
    expect(server.taken).toEqual([]);
    const { rows } = await relay.database.pool.query('select id from mails');
    expect(rows).toEqual([]);
  });
});

/** A relay with a clock of its own; Megan has taken Anna's conversation. */
async function aDesk(
  options: RelayOptions = {},
  who: { readonly identity?: string; readonly locale?: NonNullable<VisitorOptions['locale']> } = {},
) {
  const clock = aClock();
  const relay = await startRelay({ ...options, now: clock.now });
  const megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  const anna = await aVisitor(relay, {
    ...(who.identity !== undefined && { identity: await signed(relay, who.identity) }),
    ...(who.locale !== undefined && { locale: who.locale }),
  });
  await anna.say('Where is my parcel?');
  const conversation = await megan.take(anna);
  const make = ({ text = 'Call back', in: span }: { text?: string; in: number }): Promise<Promised> => {
    const due = new Date(clock.now() + span).toISOString();
    return megan.do('promise:make', { conversation, id: newId(), text, due });
  };
  return { relay, clock, megan, anna, conversation, make };
}

async function anotherRelay(relay: Relay, databaseUrl: string, now: () => number): Promise<Relay> {
  const second = await openSecondRelay(relay, { DATABASE_URL: databaseUrl }, now);
  onTestFinished(second.close);
  return second;
}

/** The words of a mail, and what stands above them. */
function readMail(raw: string): { readonly headers: string; readonly text: string } {
  const [headers = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^content-transfer-encoding: base64/im.test(headers))
    return { headers, text: Buffer.from(body, 'base64').toString('utf8') };
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { headers, text: Buffer.from(bytes, 'latin1').toString('utf8') };
}

function aClock() {
  let time = Date.now();
  return {
    now: () => time,
    forward: (ms: number) => {
      time += ms;
    },
  };
}

async function signed(relay: Relay, sub: string): Promise<string> {
  const { secret } = await call<{ secret: string }>(
    { origin: relay.origin, cookie: relay.owner },
    `GET /api/sites/${relay.site.id}/secret`,
  );
  return signIdentity(secret, { sub, name: 'Anna Lindqvist', email: 'anna@example.com' });
}

/** The fact as the visitor heard it, with the head that came along. */
async function heardFact(visitor: Visitor, kind: string) {
  const entry = await eventually(`the visitor hears of ${kind}`, () =>
    visitor.heard('conversation:changed').findLast((one) => one.kind === kind),
  );
  return [entry, (await heads(visitor)) as PublicConversation] as const;
}

async function heads(visitor: Visitor): Promise<PublicConversation | undefined> {
  const all = await visitor.do('heads:ask', {});
  return all.find(({ id }) => id === visitor.conversation);
}

async function tasks(relay: Relay): Promise<Pick<Task, 'id' | 'state'>[]> {
  const { rows } = await relay.database.pool.query<Pick<Task, 'id' | 'state'>>(
    'select id, state from tasks order by created_at',
  );
  return rows;
}
