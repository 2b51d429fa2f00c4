import { randomUUID } from 'node:crypto';
import type { TaskPage } from '@fullname/shared/recovery';
import { type SQL, sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { moveDue, openTask } from '../../server/src/recovery/tasks.ts';
import { coachingNotes, internalRequests, praises } from '../../server/src/store/schema.ts';
import type { NewTask } from '../../server/src/store/tasks.ts';
import { endTasksOf, listTasks, type TaskQuery } from '../../server/src/store/tasks.ts';
import { aClock, type Clock } from '../mail/post.ts';
import { call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, anAgentWith, newId, refusal } from '../support/people.ts';
import { makeDatabase, type Relay, startRelay } from '../support/relay.ts';
import { openSecondRelay } from '../support/second-relay.ts';
import { aDesk, end, HOUR_MS, mustEnd, tasksOf } from './mended.ts';

test('a person is reminded when the time has come, not before, and once', async () => {
  const { relay, clock, megan } = await aPlace();
  await open(relay, megan, { due: inHours(clock, 1) });
  await relay.runDue();
  expect(megan.heard('task:due')).toEqual([]);
  clock.forward(HOUR_MS + 1);
  await relay.runDue();
  const [told] = await eventually('she hears of it', () => atLeast(1, megan.heard('task:due')));
  expect(told).toMatchObject({ what: 'call Anna Lindqvist', owner: { fullName: 'Megan Kajitani' } });
  expect(Date.parse(told?.remindedAt ?? '')).toBe(clock.now());
  await eventually('her counts say so', () => megan.heard('work:changed').at(-1)?.due === 1);
  clock.forward(HOUR_MS + 1);
  await relay.runDue();
  await relay.runDue();
  await quiet(megan);
  expect(megan.heard('task:due')).toHaveLength(1);
});

test('two relays at once remind once, each task, whichever of them is faster', async () => {
  const databaseUrl = await makeDatabase();
  const clock = aClock();
  const first = await startRelay({ now: clock.now, databaseUrl });
  const megan = await anAgent(first, { given: 'Megan', family: 'Kajitani' });
  const second = await openSecondRelay(first, { DATABASE_URL: databaseUrl }, clock.now);
  onTestFinished(second.close);
  // Without a bus between them each relay speaks to its own sockets: she sits at both.
  const elsewhere = await anAgentWith(second, megan);
  for (let n = 0; n < 20; n += 1) await open(first, megan, { due: inHours(clock, 1) });
  clock.forward(HOUR_MS + 1);
  await Promise.all([first.runDue(), second.runDue(), first.runDue(), second.runDue()]);
  const heard = () => [...megan.heard('task:due'), ...elsewhere.heard('task:due')];
  await eventually('all were told', () => heard().length >= 20);
  await Promise.all([quiet(megan), quiet(elsewhere)]);
  expect(new Set(heard().map(({ id }) => id)).size).toBe(20);
  expect(heard()).toHaveLength(20);
});

test('nobody is reminded of what has ended, and of what was moved at its new time alone', async () => {
  const { relay, clock, megan } = await aPlace();
  const { db } = relay.database;
  const [ended, moved] = [randomUUID(), randomUUID()];
  await open(relay, megan, { key: ended, what: 'ended', due: inHours(clock, 1) });
  await open(relay, megan, { key: moved, what: 'moved', due: inHours(clock, 1) });
  await db.transaction((tx) =>
    endTasksOf(tx, { key: ended }, { state: 'done', at: inHours(clock, 0), by: null }),
  );
  await db.transaction((tx) => moveDue(tx, { key: moved }, inHours(clock, 3)));
  clock.forward(HOUR_MS + 1);
  await relay.runDue();
  await quiet(megan);
  expect(megan.heard('task:due')).toEqual([]);
  clock.forward(2 * HOUR_MS + 1);
  await relay.runDue();
  await eventually('she hears of the other', () => atLeast(1, megan.heard('task:due')));
  // Told of, then moved once more: a new time, a new reminder.
  await db.transaction((tx) => moveDue(tx, { key: moved }, inHours(clock, 1)));
  clock.forward(HOUR_MS + 1);
  await relay.runDue();
  await eventually('and again at the next time', () => atLeast(2, megan.heard('task:due')));
  expect(megan.heard('task:due').map(({ what }) => what)).toEqual(['moved', 'moved']);
});

test('a reminder that nobody heard is in the list, not seen, until a browser has shown it', async () => {
  const { relay, clock, megan } = await aPlace();
  await open(relay, megan, { due: inHours(clock, 1) });
  megan.close();
  clock.forward(HOUR_MS + 1);
  await relay.runDue();
  const [task] = await tasksOf(relay, megan);
  expect(task).toMatchObject({ seen: false, remindedAt: new Date(clock.now()).toISOString() });
  const tomas = await anAgent(relay);
  const seen = `POST /api/tasks/${task?.id}/seen`;
  expect(await refusal(request({ ...tomas, origin: relay.origin }, seen, {}))).toBe('UNKNOWN');
  await call({ ...megan, origin: relay.origin }, seen, {});
  expect((await tasksOf(relay, megan))[0]?.seen).toBe(true);
});

test('the list goes by due time, page by page, and leaves nothing out where times are the same', async () => {
  const { relay, clock, megan } = await aPlace();
  const tomas = await anAgent(relay);
  for (let n = 0; n < 90; n += 1)
    await open(relay, n % 3 === 0 ? tomas : megan, {
      what: `${n}`,
      due: inHours(clock, 1 + Math.floor(n / 50)),
    });
  const all = await pages(relay, megan, 'whose=all&state=open');
  expect(all.map((page) => page.length)).toEqual([40, 40, 10]);
  expect(new Set(all.flat().map(({ what }) => what)).size).toBe(90);
  const dues = all.flat().map(({ due }) => due);
  expect(dues).toEqual(dues.toSorted());
  const mine = (await pages(relay, megan, 'whose=mine&state=open')).flat();
  expect(mine).toHaveLength(60);
  for (const { id } of mine.slice(0, 45)) {
    await mustEnd(relay, megan, id, { end: 'waived', why: 'done by somebody else' });
    if (Math.random() < 0.5) clock.forward(1);
  }
  const ended = await pages(relay, megan, 'whose=mine&state=ended');
  expect(ended.map((page) => page.length)).toEqual([40, 5]);
  expect(new Set(ended.flat().map(({ id }) => id)).size).toBe(45);
  const ends = ended.flat().map(({ endedAt }) => endedAt ?? '');
  expect(ends).toEqual(ends.toSorted().toReversed());
  const asker = { ...megan, origin: relay.origin };
  const cursors = ['2026', '2026-02-30 10:00:00+00', 'infinity', '1', '2026-01-01 10:00:00+00; --'].map(
    (key) => `cursor=${Buffer.from(JSON.stringify([key, newId()])).toString('base64url')}`,
  );
  for (const query of ['cursor=bm9uc2Vuc2U', 'whose=theirs', 'state=open&more=1', ...cursors])
    expect([query, await refusal(request(asker, `GET /api/tasks?${query}`))]).toEqual([
      query,
      'INVALID_PAYLOAD',
    ]);
});

test('the list is read by an index, however many tasks there are', async () => {
  const { relay, megan } = await aPlace();
  const tomas = await anAgent(relay);
  const { pool } = relay.database;
  await pool.query(
    `insert into tasks (key, kind, owner_id, due, what, state, ended_at)
     select 'k' || n, 'effort', (case when n % 20 < 2 then $1 else $2 end)::uuid, now() + n * interval '1 minute', 'x', case when n % 2 = 0 then 'open' else 'done' end,
       case when n % 2 = 0 then null else now() - n * interval '1 minute' end from generate_series(1, 20000) n`,
    [megan.person.id, tomas.person.id],
  );
  await pool.query('analyze tasks');
  const id = megan.person.id;
  const { rows } = await pool.query<{ key: string; id: string }>('select now()::text as key, $1 as id', [id]);
  const after = rows[0] ?? null;
  for (const from of [null, after]) {
    const asked = { after: from, limit: 40 };
    expect(await planOf(relay, { owner: null, state: 'open', ...asked })).toMatch(/Index Scan using tasks_o/);
    expect(await planOf(relay, { owner: id, state: 'open', ...asked })).toMatch(/Index Scan using tasks_o/);
    expect(await planOf(relay, { owner: null, state: 'ended', ...asked })).toMatch(
      /Index Scan using tasks_ended/,
    );
    expect(await planOf(relay, { owner: id, state: 'ended', ...asked })).toMatch(
      /Index Scan using tasks_owner_ended/,
    );
  }
});

test('what waits for a person is counted: tasks, requests, notes, praise', async () => {
  const { relay, clock, megan } = await aPlace();
  const tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
  const desk = await aDesk(relay);
  const { db } = relay.database;
  const [to, by] = [megan.person.id, tomas.person.id];
  await open(relay, megan, { due: inHours(clock, -1) });
  await open(relay, megan, { due: inHours(clock, 1) });
  await open(relay, tomas, { due: inHours(clock, 1) });
  const { conversation } = desk;
  const asked = { conversation, asker: by, provider: to, what: 'where is the parcel?' };
  await db.insert(internalRequests).values([
    { id: newId(), ...asked },
    { id: newId(), ...asked, state: 'promised' },
    { id: newId(), ...asked, state: 'answered' },
    { id: newId(), ...asked, asker: to, provider: by },
  ]);
  const note = { conversation, by, to, text: 'ask first' };
  await db.insert(coachingNotes).values([
    { id: newId(), ...note },
    { id: newId(), ...note, shownAt: inHours(clock, 0) },
    { id: newId(), ...note, shownAt: inHours(clock, 0), readAt: inHours(clock, 0) },
  ]);
  await db.insert(praises).values([
    { id: newId(), by, to, text: 'well done' },
    { id: newId(), by, to, text: 'well done', readAt: inHours(clock, 0) },
  ]);
  const again = await anAgentWith(relay, megan);
  expect(again.heard('welcome')[0]?.work).toEqual({ open: 2, due: 1, requests: 2, notes: 1, praise: 1 });
});

test('the back office sees and ends its own tasks, and nobody else’s', async () => {
  const { relay, clock, megan } = await aPlace();
  const adaeze = await anAgent(relay, { role: 'back-office', given: 'Adaeze', family: 'Okafor' });
  await open(relay, megan, { what: 'hers', due: inHours(clock, 1) });
  await open(relay, adaeze, { what: 'own', due: inHours(clock, 1) });
  const asker = { ...adaeze, origin: relay.origin };
  expect(await refusal(request(asker, 'GET /api/tasks?whose=all'))).toBe('FORBIDDEN');
  const [own] = await tasksOf(relay, adaeze);
  expect(own?.what).toBe('own');
  const [hers] = await tasksOf(relay, megan);
  expect(await refusal(request(asker, `GET /api/tasks/${hers?.id}/draft`))).toBe('UNKNOWN');
  expect(await refusal(end(relay, adaeze, hers?.id ?? '', { end: 'done' }))).toBe('UNKNOWN');
  await mustEnd(relay, adaeze, own?.id ?? '', { end: 'done', said: 'it is on its way' });
  expect(await refusal(request({ origin: relay.origin }, 'GET /api/tasks'))).toBe('SIGNED_OUT');
  // From a time when she spoke with customers.
  await open(relay, adaeze, { kind: 'wrap-up', due: inHours(clock, 1) });
  const [left] = await tasksOf(relay, adaeze);
  const called = { end: 'done', wrapUp: 'call' } as const;
  expect(await refusal(end(relay, adaeze, left?.id ?? '', called))).toBe('FORBIDDEN');
  await mustEnd(relay, adaeze, left?.id ?? '', { end: 'waived', why: 'somebody else has called' });
});

test('what waits for a promise, a request or a word ends with that, and may be waived', async () => {
  const { relay, clock, megan } = await aPlace();
  for (const kind of ['promise', 'request', 'goodwill'] as const) {
    await open(relay, megan, { kind, due: inHours(clock, 1) });
    const [task] = await tasksOf(relay, megan);
    expect(await refusal(end(relay, megan, task?.id ?? '', { end: 'done' }))).toBe('WRONG_ORDER');
    await mustEnd(relay, megan, task?.id ?? '', { end: 'waived', why: 'she has called herself' });
    expect(await tasksOf(relay, megan)).toEqual([]);
  }
});

async function aPlace(): Promise<{ relay: Relay; clock: Clock; megan: Agent }> {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  return { relay, clock, megan: await anAgent(relay, { given: 'Megan', family: 'Kajitani' }) };
}

/** How the store reads a page: the relay's own statement, explained and not run. */
async function planOf({ database }: Relay, query: TaskQuery): Promise<string> {
  // The compiler knows two declarations of one class here.
  const explaining = {
    execute: (statement: SQL) => database.db.execute(sql`explain ${statement}` as never),
  };
  const lines = (await listTasks(explaining as unknown as typeof database.db, query)) as unknown as {
    'QUERY PLAN': string;
  }[];
  const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
  expect(plan).not.toMatch(/Sort Key|Seq Scan on tasks/);
  return plan;
}

function open(
  relay: Relay,
  owner: Agent,
  task: Partial<NewTask> & { readonly due: string },
): Promise<boolean> {
  const usual = { key: randomUUID(), kind: 'effort', what: 'call Anna Lindqvist' } as const;
  return relay.database.db.transaction((tx) => openTask(tx, { ...usual, owner: owner.person.id, ...task }));
}

function inHours(clock: Clock, hours: number): string {
  return new Date(clock.now() + hours * HOUR_MS).toISOString();
}

async function pages(relay: Relay, who: Agent, query: string): Promise<TaskPage['tasks'][]> {
  const found: TaskPage['tasks'][] = [];
  let next: string | null = '';
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`;
    const page: TaskPage = await call({ ...who, origin: relay.origin }, `GET /api/tasks?${query}${cursor}`);
    found.push(page.tasks);
    next = page.next;
  }
  return found;
}

/** Whatever was on its way to this socket has arrived: its own question goes the same way, behind it. */
async function quiet(agent: Agent): Promise<void> {
  await agent.do('heads:ask', { conversations: [] });
}

function atLeast<Value>(count: number, values: readonly Value[]): readonly Value[] | null {
  return values.length >= count ? values : null;
}
