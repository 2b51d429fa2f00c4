import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoPeople, fillDemo } from '../../server/src/demo/fill.ts';
import { removeDemo } from '../../server/src/demo/remove.ts';
import { createKey, listKeys } from '../../server/src/imports/keys.ts';
import { acceptLink, setupLink } from '../../server/src/people/links.ts';
import { mergeCustomers } from '../../server/src/people/merges.ts';
import type { Database } from '../../server/src/store/database.ts';
import * as schema from '../../server/src/store/schema.ts';
import { aDemoDesk, SHOP } from './stage.ts';

const { conversations, customers, entries, failures, people, promises, sessions, sites, visitors } = schema;
type Db = Database['db'];

/** Everything that hangs on a site, a customer or a person. */
const TABLES = [
  'sites',
  'people',
  'sessions',
  'links',
  'customers',
  'identities',
  'visitors',
  'conversations',
  'entries',
  'search_terms',
  'desks',
  'failures',
  'preferences',
  'promises',
  'purchases',
  'tasks',
  'goodwill',
  'internal_requests',
  'extras_offers',
  'coaching_notes',
  'stories',
  'praises',
  'builds',
  'build_wishes',
] as const;

/** What comes with use: the demo begins without it. */
const FILLED_LATER: readonly string[] = ['sessions', 'links', 'search_terms'];

describe('removing the demo', () => {
  test('leaves nothing of it', async () => {
    const { db, pool } = await aDemoDesk();
    const before = await count({ pool });
    for (const table of TABLES.filter((one) => !FILLED_LATER.includes(one)))
      expect(before[table]).toBeGreaterThan(0);
    const removed = await removeDemo(db);
    expect(removed).toMatchObject({ customers: before.customers, people: 4, kept: [], setupNeeded: true });
    expect(await count({ pool })).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])));
    const { rows } = await pool.query(`select name, data from jobs.job where state = 'created'`);
    expect(rows).toEqual([]);
  });

  test('leaves the phrase book, which is the company’s', async () => {
    const { db } = await aDemoDesk();
    const before = await db.$count(schema.phrases);
    await removeDemo(db);
    expect(before).toBeGreaterThan(0);
    expect(await db.$count(schema.phrases)).toBe(before);
  });

  test('takes what visitors have left at the demo shop since', async () => {
    const { db, pool } = await aDemoDesk();
    const [site] = await db.select().from(sites);
    const [person] = await demoPeople(db);
    if (!site || !person) throw new Error('the demo has a site and people');
    const { conversation } = await aConversation(db, { site: site.id, holder: person.id });
    await db.insert(failures).values({ conversation, what: 'A stranger’s tulips were late.', by: person.id });
    await db
      .insert(promises)
      .values({ conversation, text: 'Call the stranger.', due: new Date().toISOString(), by: person.id });
    const [, other] = await demoPeople(db);
    if (!other) throw new Error('the demo has several people');
    await workTogether(db, { conversation, by: person.id, with: other.id });
    const removed = await removeDemo(db);
    expect(removed.kept).toEqual([]);
    expect(await count({ pool })).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])));
  });

  test('takes the mails of answers at the demo shop, also those that wait', async () => {
    const { db, pool } = await aDemoDesk();
    const [site] = await db.select().from(sites);
    const [person] = await demoPeople(db);
    if (!site || !person) throw new Error('the demo has a site and people');
    const { conversation } = await aConversation(db, { site: site.id, holder: person.id });
    const mail = {
      id: randomUUID(),
      by: person.id,
      to: 'ada@example.com',
      subject: 'An answer',
      body: 'Hello.',
    };
    await db.insert(schema.mails).values(mail);
    await db
      .insert(schema.visitorMails)
      .values({ mail: mail.id, conversation, kind: 'replies', locale: 'en' });
    const removed = await removeDemo(db);
    expect(removed.kept).toEqual([]);
    const { rows } = await pool.query('select id from mails');
    expect(rows).toEqual([]);
  });

  test('keeps those who helped at the real desk, were praised there, or are told of', async () => {
    const { db, pool } = await aDemoDesk();
    const real = await aRealDesk(db);
    const [person] = await demoPeople(db);
    if (!person) throw new Error('the demo has people');
    await workTogether(db, { conversation: real.conversation, by: real.person, with: person.id });
    const removed = await removeDemo(db);
    expect(removed.kept).toEqual([person.fullName]);
    expect(await count({ pool })).toMatchObject({
      ...{ people: 2, tasks: 1, goodwill: 1, internal_requests: 1, extras_offers: 1 },
      ...{ coaching_notes: 1, stories: 1, praises: 1, preferences: 1, builds: 1, build_wishes: 1 },
    });
  });

  test('touches nothing real', async () => {
    const { db, pool } = await aDemoDesk();
    const real = await aRealDesk(db);
    const before = await dump({ pool }, real);
    const removed = await removeDemo(db);
    expect(removed).toMatchObject({ kept: [], setupNeeded: false });
    expect(before.conversations).toHaveLength(1);
    expect(await dump({ pool }, real)).toEqual(before);
    expect(await count({ pool })).toMatchObject({
      people: 1,
      sites: 1,
      customers: 1,
      conversations: 1,
      entries: 1,
      failures: 1,
      sessions: 1,
    });
  });

  test('keeps a demo person whom a real record names, as somebody who can no longer answer or sign in', async () => {
    const { db, pool } = await aDemoDesk();
    const real = await aRealDesk(db);
    const megan = (await demoPeople(db)).find((person) => person.fullName === 'Megan Kajitani');
    if (!megan) throw new Error('the demo has Megan Kajitani');
    await aSession(db, megan.id);
    await db.insert(entries).values({
      ...{ conversation: real.conversation, seq: 2, publicSeq: 2, kind: 'hello', senderKind: 'agent' },
      ...{ sender: megan.id, clientId: randomUUID(), body: 'Good morning.' },
    });
    await pool.query('update conversations set holder_id = $1, contact_id = $1 where id = $2', [
      megan.id,
      real.conversation,
    ]);
    const removed = await removeDemo(db);

    expect(removed.kept).toEqual(['Megan Kajitani']);
    const kept = (await db.select().from(people)).find((person) => person.id === megan.id);
    expect(kept).toMatchObject({
      fullName: 'Megan Kajitani',
      active: false,
      demo: false,
      passwordHash: null,
    });
    expect((await db.select().from(sessions)).map((session) => session.person)).toEqual([real.person]);
    expect(await db.$count(people)).toBe(2);
    const [conversation] = await db.select().from(conversations);
    expect(conversation).toMatchObject({ status: 'waiting', holder: null, contact: megan.id });
    expect(conversation?.waitingSince).not.toBeNull();
  });

  test('keeps whoever merged real records or made a key, and ends the key', async () => {
    const { db, pool } = await aDemoDesk();
    const megan = (await demoPeople(db)).find((person) => person.fullName === 'Megan Kajitani');
    if (!megan) throw new Error('the demo has Megan Kajitani');
    const [kept, merged] = [randomUUID(), randomUUID()];
    await db.insert(customers).values([kept, merged].map((id) => ({ id, name: 'Anna Lindqvist' })));
    await mergeCustomers(db, { id: randomUUID(), kept, merged }, megan.id);
    const { key } = await createKey(db, 'Shop', megan.id);
    const removed = await removeDemo(db);

    expect(removed.kept).toEqual(['Megan Kajitani']);
    expect(await listKeys(db)).toMatchObject([{ id: key.id, endedAt: expect.any(String) }]);
    const { rows } = await pool.query('select by_id from customer_merges');
    expect(rows).toEqual([{ by_id: megan.id }]);
  });

  test('makes a real visitor whom somebody took for a demo customer a stranger again', async () => {
    const { db, pool } = await aDemoDesk();
    const real = await aRealDesk(db);
    const customer = (await db.select().from(customers)).find((one) => one.demo);
    if (!customer) throw new Error('the demo has customers');
    await pool.query(
      'update visitors set customer_id = $1, linked_by = $2, linked_at = now() where id = $3',
      [customer.id, real.person, real.visitor],
    );
    await removeDemo(db);
    const [visitor] = await db.select().from(visitors);
    expect(visitor).toMatchObject({ customer: null, linkedBy: null, linkedAt: null });
  });

  test('lets a first real owner in, also where only an agent is left', async () => {
    const { db, pool } = await aDemoDesk();
    await aRealDesk(db);
    await pool.query(`update people set role = 'agent' where not demo`);
    expect(await setupLink(db)).toBeNull();
    expect(await removeDemo(db)).toMatchObject({ setupNeeded: true });
    const token = (await setupLink(db)) ?? '';
    const owner = {
      given: 'Ada',
      family: 'Byron',
      email: 'ada@bloom.example',
      password: 'river lamp orchard nine',
    };
    const id = await acceptLink(db, token, owner);
    expect((await db.select().from(people)).find((person) => person.id === id)?.role).toBe('owner');
    expect(await setupLink(db)).toBeNull();
  });

  test('happens for good: the next start does not fill the store again', async () => {
    const { db } = await aDemoDesk();
    await removeDemo(db);
    expect(await fillDemo(db, { shop: SHOP })).toBe(false);
    expect(await removeDemo(db)).toMatchObject({ customers: 0, people: 0, kept: [] });
  });
});

type Real = {
  readonly person: string;
  readonly site: string;
  readonly visitor: string;
  readonly conversation: string;
};

/** An owner with a session, a site, a customer who was failed, and one conversation. */
async function aRealDesk(db: Db): Promise<Real> {
  const [owner] = await db
    .insert(people)
    .values({
      ...{ given: 'Carol', family: 'Jones', fullName: 'Carol Jones', email: 'carol@bloom.example' },
      ...{ role: 'owner', passwordHash: 'not a real hash' },
    })
    .returning();
  const [site] = await db
    .insert(sites)
    .values({ key: 'bloom', name: 'Bloom', identitySecret: 'secret' })
    .returning();
  const [customer] = await db
    .insert(customers)
    .values({ name: 'Ada Byron', ally: owner?.id ?? null })
    .returning();
  if (!owner || !site || !customer) throw new Error('nothing was inserted');
  await aSession(db, owner.id);
  const talk = await aConversation(db, { site: site.id, holder: owner.id, customer: customer.id });
  await db.insert(failures).values({
    customer: customer.id,
    conversation: talk.conversation,
    what: 'The roses were late.',
    by: owner.id,
    onShift: [owner.id],
  });
  return { person: owner.id, site: site.id, ...talk };
}

async function aConversation(db: Db, of: { site: string; holder: string; customer?: string }) {
  const { site, holder, customer = null } = of;
  const [visitor] = await db
    .insert(visitors)
    .values({ site, tokenHash: randomBytes(32), locale: 'en', customer })
    .returning();
  if (!visitor) throw new Error('nothing was inserted');
  const [conversation] = await db
    .insert(conversations)
    .values({
      site,
      visitor: visitor.id,
      clientId: randomUUID(),
      status: 'open',
      holder,
      contact: holder,
      lastSeq: 1,
      lastPublicSeq: 1,
      locale: 'en',
    })
    .returning();
  if (!conversation) throw new Error('nothing was inserted');
  await db.insert(entries).values({
    ...{ conversation: conversation.id, seq: 1, publicSeq: 1, kind: 'message', senderKind: 'visitor' },
    ...{ sender: visitor.id, clientId: randomUUID(), body: 'Hello?' },
  });
  return { visitor: visitor.id, conversation: conversation.id };
}

/** One of everything that two colleagues can leave of a conversation without a customer, or of each other. */
async function workTogether(
  db: Db,
  { conversation, by, with: other }: { conversation: string; by: string; with: string },
): Promise<void> {
  const request = randomUUID();
  const due = new Date().toISOString();
  await db.insert(schema.internalRequests).values({
    ...{ id: request, conversation, what: 'Where is it?', asker: by, provider: other },
  });
  await db.insert(schema.tasks).values({
    ...{ key: `request:${request}`, kind: 'request', owner: other, due, what: 'Where is it?', request },
  });
  const given = { amount: 5, currency: 'USD', what: 'tulips', state: 'asked' } as const;
  await db.insert(schema.goodwill).values({ id: randomUUID(), by, conversation, colleague: other, ...given });
  const offer = { text: 'Which one?', options: ['a card', 'a vase'] };
  await db.insert(schema.extrasOffers).values({ id: randomUUID(), by, conversation, ...offer });
  const note = { text: 'Well asked.', conversation };
  await db.insert(schema.coachingNotes).values({ id: randomUUID(), by, to: other, ...note });
  const story = { kind: 'recovery', what: 'Drove out.', why: 'A wedding.', mayTell: 'company' } as const;
  await db.insert(schema.stories).values({ id: randomUUID(), by, about: other, conversation, ...story });
  await db
    .insert(schema.praises)
    .values({ id: randomUUID(), by, to: other, text: 'Well done.', conversation });
  const build = randomUUID();
  await db.insert(schema.builds).values({ id: build, what: 'A map', by: other, builder: other });
  await db
    .insert(schema.buildWishes)
    .values({ id: randomUUID(), build, conversation, words: 'Where is it?', by: other });
  await db.insert(schema.preferences).values({ by, conversation, text: 'no lilies', source: 'stated' });
}

async function aSession(db: Db, person: string): Promise<void> {
  await db
    .insert(sessions)
    .values({ hash: randomBytes(32), person, expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
}

async function count({ pool }: Pick<Database, 'pool'>): Promise<Record<string, number>> {
  const counts = await Promise.all(
    TABLES.map(async (table) => {
      const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
      return [table, rows[0]?.n ?? -1] as const;
    }),
  );
  return Object.fromEntries(counts);
}

/** The real desk's rows, whole, as they stand in the tables. */
async function dump({ pool }: Pick<Database, 'pool'>, real: Real): Promise<Record<string, unknown[]>> {
  const rowsOf = async (table: string, column: string, value: unknown) =>
    (await pool.query(`select * from ${table} where ${column} = $1`, [value])).rows;
  return {
    people: await rowsOf('people', 'id', real.person),
    sessions: await rowsOf('sessions', 'person_id', real.person),
    sites: await rowsOf('sites', 'id', real.site),
    customers: await rowsOf('customers', 'demo', false),
    visitors: await rowsOf('visitors', 'id', real.visitor),
    conversations: await rowsOf('conversations', 'id', real.conversation),
    entries: await rowsOf('entries', 'conversation_id', real.conversation),
    failures: await rowsOf('failures', 'conversation_id', real.conversation),
  };
}
