import { fullNameOf, nameProblem } from '@fullname/shared/full-name';
import { hasHan } from '@fullname/shared/locale';
import { FAILURE_ELEMENTS, FAILURE_STAGES } from '@fullname/shared/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPeople, fillDemo } from '../../server/src/demo/fill.ts';
import { outcomeOf } from '../../server/src/recovery/promises.ts';
import type { Database } from '../../server/src/store/database.ts';
import * as schema from '../../server/src/store/schema.ts';
import { anEmptyStore, openStore, SHOP } from './stage.ts';

const { conversations, customers, entries, failureEdits, failures, goodwill } = schema;
const { internalRequests, people, promises, purchases, tasks, visitors } = schema;
const DAY = 86_400_000;
const WORDS = ['message', 'hello', 'farewell'];

describe('the demo desk', () => {
  let store: Database;
  beforeAll(async () => {
    store = await openStore();
    expect(await fillDemo(store.db, { shop: SHOP })).toBe(true);
  });
  afterAll(() => store.close());

  test('numbers every log densely, for agents and for visitors, and the conversation agrees with its log', async () => {
    const logs = await store.db.select().from(conversations);
    const rows = await store.db.select().from(entries).orderBy(entries.conversation, entries.seq);
    expect(logs.length).toBeGreaterThan(50);
    for (const log of logs) {
      const own = rows.filter((entry) => entry.conversation === log.id);
      const seen = own.filter((entry) => entry.publicSeq !== null);
      expect(own.map((entry) => entry.seq)).toEqual(upTo(log.lastSeq));
      expect(seen.map((entry) => entry.publicSeq)).toEqual(upTo(log.lastPublicSeq));
      const times = own.map((entry) => Date.parse(entry.at));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Date.parse(log.lastAt)).toBe(times.at(-1));
      const words = own.filter((entry) => WORDS.includes(entry.kind));
      expect(words.at(-1)?.body).toContain(log.preview);
      const answer = words.findLast((entry) => entry.senderKind === 'agent');
      expect([log.lastAgentSeq, log.lastAgent]).toEqual([answer?.seq ?? 0, answer?.sender ?? null]);
    }
  });

  test('keeps notes and records from the visitor’s count', async () => {
    const rows = await store.db.select().from(entries);
    const internal = [
      ...['note', 'linked', 'failure-logged', 'failure-stepped', 'followed-up', 'preference-noted'],
      ...['goodwill-given', 'help-asked', 'help-answered'],
    ];
    const kinds = new Set(rows.map((entry) => entry.kind));
    const all = [
      ...[...internal, 'message', 'hello', 'farewell', 'joined', 'handed-over', 'email-given'],
      ...[
        'promise-made',
        'promise-kept',
        'promise-moved',
        'promise-slipping',
        'extras-offered',
        'extra-chosen',
      ],
    ];
    expect([...kinds].sort()).toEqual(all.sort());
    for (const entry of rows) expect(entry.publicSeq === null).toBe(internal.includes(entry.kind));
  });

  test('has people with full names, a title in words each, and every role', async () => {
    const staff = await store.db.select().from(people);
    for (const person of staff) {
      expect(nameProblem(person)).toBeNull();
      expect(person.fullName).toBe(fullNameOf(person));
      expect(person.title).not.toBe('');
    }
    expect(new Set(staff.map((person) => person.role))).toEqual(new Set(['owner', 'agent', 'back-office']));
    const named = await demoPeople(store.db);
    const fullNames = ['Ingrid Solheim', 'Megan Kajitani', '林怡君', 'Tomás Echeverría'];
    expect(named.map((person) => person.fullName)).toEqual(fullNames);
  });

  test('lets only agents and owners answer, who took the conversation or were handed it', async () => {
    const rows = await store.db.select().from(entries).orderBy(entries.conversation, entries.seq);
    const staff = new Map((await store.db.select().from(people)).map((person) => [person.id, person]));
    let holder = { conversation: '', person: '' };
    let answers = 0;
    for (const entry of rows) {
      if (entry.conversation !== holder.conversation)
        holder = { conversation: entry.conversation, person: '' };
      if (entry.kind === 'joined') holder.person = entry.data?.person ?? '';
      if (entry.kind === 'handed-over') holder.person = entry.data?.to ?? '';
      if (entry.senderKind !== 'agent' || !WORDS.includes(entry.kind)) continue;
      answers += 1;
      expect(entry.sender).toBe(holder.person);
      expect(staff.get(entry.sender)?.role).not.toBe('back-office');
    }
    expect(answers).toBeGreaterThan(100);
  });

  test('has some forty customers, who write in three languages', async () => {
    const all = await store.db.select().from(customers);
    expect(all.length).toBeGreaterThanOrEqual(38);
    expect(all.every((customer) => customer.demo)).toBe(true);
    const firstWords = new Map(
      (await store.db.select().from(entries))
        .filter((one) => one.seq === 1)
        .map((one) => [one.conversation, one.body]),
    );
    for (const locale of ['en', 'zh-Hans', 'zh-Hant']) {
      const logs = (await store.db.select().from(conversations)).filter((one) => one.locale === locale);
      expect(logs.length).toBeGreaterThan(5);
      for (const log of logs)
        expect(hasHan(firstWords.get(log.id) ?? ''), firstWords.get(log.id)).toBe(locale !== 'en');
    }
  });

  test('writes every sentence once', async () => {
    const rows = await store.db.select().from(entries);
    const bodies = rows.filter((entry) => [...WORDS, 'note'].includes(entry.kind)).map((entry) => entry.body);
    expect(bodies.filter((body, index) => bodies.indexOf(body) !== index)).toEqual([]);
  });

  test('remembers failures at every stage and of every element, short enough to be named in a sentence', async () => {
    const all = await store.db.select().from(failures);
    expect(new Set(all.map((failure) => failure.stage))).toEqual(new Set(FAILURE_STAGES));
    expect(new Set(all.map((failure) => failure.element))).toEqual(new Set(FAILURE_ELEMENTS));
    for (const failure of all) expect(failure.what.length).toBeLessThanOrEqual(120);
  });

  test('quotes customers in their own words, from the log of the conversation', async () => {
    const said = await store.db.select().from(entries);
    for (const { what, conversation, quotes } of await store.db.select().from(failures)) {
      expect(quotes.length, what).toBeGreaterThan(0);
      for (const { seq, text } of quotes) {
        const entry = said.find((one) => one.conversation === conversation && one.seq === seq);
        expect(entry, text).toMatchObject({ senderKind: 'visitor', kind: 'message', body: text });
      }
    }
  });

  test('took every failure the whole way to its stage, as its history and its log say', async () => {
    const edits = await store.db.select().from(failureEdits).orderBy(failureEdits.revision);
    const said = await store.db.select().from(entries).orderBy(entries.conversation, entries.seq);
    for (const failure of await store.db.select().from(failures)) {
      const way = FAILURE_STAGES.slice(1, FAILURE_STAGES.indexOf(failure.stage) + 1);
      const own = edits.filter((edit) => edit.failure === failure.id);
      expect(
        own.flatMap(({ stage }) => stage ?? []),
        failure.what,
      ).toEqual(way);
      const steps = said.filter((one) => one.kind === 'failure-stepped' && one.data?.failure === failure.id);
      expect(
        steps.map((one) => one.data?.stage),
        failure.what,
      ).toEqual(way);
      if (way.includes('gone-over')) expect(failure.wants, failure.what).toBeTruthy();
      if (!way.includes('fixed')) expect(failure.cause, failure.what).toBeNull();
      else
        expect([failure.flagLines?.length, failure.extra ?? failure.noExtra]).toEqual([
          3,
          expect.any(String),
        ]);
    }
  });

  test('has things to do for the allies, with one overdue and some that come within the day', async () => {
    const allies = new Map((await store.db.select().from(customers)).map(({ id, ally }) => [id, ally]));
    const due: number[] = [];
    for (const task of await store.db.select().from(tasks)) {
      if (!['immediate', 'internal', 'wrap-up'].includes(task.kind)) continue;
      expect(task.owner, task.what).toBe(allies.get(task.customer ?? ''));
      if (task.state === 'open') due.push(Date.parse(task.due));
    }
    expect(due.length).toBeGreaterThan(3);
    expect(due.some((time) => time < Date.now())).toBe(true);
    expect(due.some((time) => time > Date.now() && time < Date.now() + DAY)).toBe(true);
  });

  test('has everybody’s promises looked after: each that is open and not past has its jobs', async () => {
    const { rows } = await store.pool.query<{ name: string; promise: string }>(
      `select name, data->>'promise' as promise from jobs.job where data ? 'promise'`,
    );
    const all = await store.db.select().from(promises);
    const ahead = all.filter(({ keptAt, due }) => keptAt === null && Date.parse(due) > Date.now());
    expect(ahead.length).toBeGreaterThan(5);
    for (const { id, text } of ahead)
      for (const name of ['promise-warn', 'promise-tell'])
        expect(
          rows.some((job) => job.name === name && job.promise === id),
          text,
        ).toBe(true);
    const outcomes = new Set(all.map((promise) => outcomeOf(promise, Date.now())));
    // Whether one that was kept in time was early, too, hangs on the hour of the day.
    for (const outcome of ['open', 'slipped', 'early', 'late'] as const) expect(outcomes).toContain(outcome);
  });

  test('has colleagues who help, ask, praise and tell', async () => {
    const asked = await store.db.select().from(internalRequests);
    expect(new Set(asked.map(({ state }) => state))).toEqual(new Set(['asked', 'promised', 'answered']));
    const given = await store.db.select().from(goodwill);
    expect(new Set(given.map(({ state }) => state))).toEqual(new Set(['asked', 'given']));
    expect(await store.db.$count(schema.stories)).toBe(2);
    expect(await store.db.$count(schema.praises)).toBe(2);
    expect(await store.db.$count(schema.coachingNotes)).toBe(1);
    expect(await store.db.$count(schema.buildWishes)).toBe(2);
    const through = (await store.db.select().from(customers)).filter(({ referrer }) => referrer !== null);
    expect(through.length).toBeGreaterThan(5);
  });

  test('owes something soon, is late with something, and has kept promises', async () => {
    const all = await store.db.select().from(promises);
    const open = all.filter((promise) => promise.keptAt === null).map((promise) => Date.parse(promise.due));
    expect(open.some((due) => due < Date.now())).toBe(true);
    expect(open.some((due) => due > Date.now() && due < Date.now() + 3 * DAY)).toBe(true);
    expect(all.some((promise) => promise.keptAt !== null)).toBe(true);
  });

  test('has three who wait and three or four with each agent, all within the last hour', async () => {
    const all = await store.db.select().from(conversations);
    const now = all.filter((one) => one.status !== 'closed');
    const waiting = now.filter((one) => one.status === 'waiting');
    expect(waiting).toHaveLength(3);
    expect(waiting.every((one) => one.holder === null && one.waitingSince !== null)).toBe(true);
    for (const person of (await demoPeople(store.db)).filter((one) => one.role === 'agent')) {
      const held = now.filter((one) => one.holder === person.id);
      expect([3, 4]).toContain(held.length);
    }
    for (const one of now) expect(Date.parse(one.createdAt)).toBeGreaterThan(Date.now() - 3_700_000);
  });

  test('never reaches into the future', async () => {
    const rows = await store.pool.query<{ latest: Date }>(`
      select greatest((select max(at) from entries), (select max(at) from purchases), (select max(at) from failures),
        (select max(at) from preferences), (select max(kept_at) from promises)) as latest`);
    expect(rows.rows[0]?.latest.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('knows of every customer what they bought, since they came', async () => {
    const all = await store.db.select().from(customers);
    const bought = await store.db.select().from(purchases);
    for (const customer of all) {
      const own = bought.filter((one) => one.customer === customer.id);
      expect(own.length).toBeGreaterThan(0);
      for (const one of own) {
        expect(Date.parse(one.at)).toBeGreaterThanOrEqual(Date.parse(customer.since));
        expect(one.amount).toBeGreaterThan(0);
      }
    }
  });

  test('knows its visitors by signed identity, by an agent’s word, or not at all', async () => {
    const all = await store.db.select().from(visitors);
    const linkedBy = all.filter((visitor) => visitor.linkedBy !== null);
    const strangers = all.filter((visitor) => visitor.customer === null);
    expect(linkedBy.length).toBeGreaterThan(0);
    expect(strangers.length).toBeGreaterThan(0);
    expect(strangers.some((visitor) => visitor.claimedName !== null)).toBe(true);
    expect(new Set(all.map((visitor) => visitor.tokenHash.toString('hex'))).size).toBe(all.length);
  });

  test('opens the phrase book in three languages', async () => {
    const locales = await store.db.selectDistinct({ locale: schema.phrases.locale }).from(schema.phrases);
    expect(locales.map((one) => one.locale).sort()).toEqual(['en', 'zh-Hans', 'zh-Hant']);
  });

  test('is filled once', async () => {
    const before = await store.db.$count(customers);
    expect(await fillDemo(store.db, { shop: SHOP })).toBe(false);
    expect(await store.db.$count(customers)).toBe(before);
  });
});

test('a store that somebody uses already is left alone', async () => {
  const { db } = await anEmptyStore();
  await db.insert(people).values({
    given: 'Ada',
    family: 'Byron',
    fullName: 'Ada Byron',
    email: 'ada@shop.example',
    role: 'owner',
  });
  expect(await fillDemo(db, { shop: SHOP })).toBe(false);
  expect(await db.$count(people)).toBe(1);
  expect(await db.$count(customers)).toBe(0);
});

test('of two relays that start at once on an empty store one fills it', async () => {
  const { db } = await anEmptyStore();
  const both = await Promise.all([fillDemo(db, { shop: SHOP }), fillDemo(db, { shop: SHOP })]);
  expect(both.sort()).toEqual([false, true]);
  expect(await db.$count(schema.sites)).toBe(1);
});

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
