import { fullNameOf, nameProblem } from '@fullname/shared/full-name';
import { hasHan } from '@fullname/shared/locale';
import { FAILURE_ELEMENTS, FAILURE_STAGES } from '@fullname/shared/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPeople, fillDemo } from '../../server/src/demo/fill.ts';
import type { Database } from '../../server/src/store/database.ts';
import * as schema from '../../server/src/store/schema.ts';
import { anEmptyStore, openStore, SHOP } from './stage.ts';

const { conversations, customers, entries, failures, people, promises, purchases, visitors } = schema;
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
    const internal = ['note', 'linked', 'failure-logged', 'preference-noted', 'promise-made'];
    const kinds = new Set(rows.map((entry) => entry.kind));
    const all = [...internal, 'message', 'hello', 'farewell', 'joined', 'handed-over', 'email-given'];
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
