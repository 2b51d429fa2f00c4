/** A customer has a person: no hand-over changes that, an owner's word does, and whoever leaves leaves nobody behind. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Member, MemberChange, SessionInfo } from '@fullname/shared/api';
import type { Result } from '@fullname/shared/errors';
import type { Leaving } from '@fullname/shared/recovery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, anAgentWith, aVisitor, newId, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const DAY = 24 * 60 * 60_000;
let relay: Relay;
let time = Date.now();
let megan: Agent;
let tomas: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' }, now: () => time });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
});
afterAll(() => relay.close());

const owner = (): Asker => ({ origin: relay.origin, cookie: relay.owner });
const as = (agent: Agent): Asker => ({ origin: relay.origin, cookie: agent.cookie });
const NAMED = { 'Megan Kajitani': () => megan, 'Tomás Ferreira': () => tomas } as const;
const refOf = (name: keyof typeof NAMED) => ({ id: NAMED[name]().person.id, fullName: name });

describe('one customer’s person', () => {
  test('stays through a hand-over of the work', async () => {
    const { visitor, conversation } = await aCustomerOf(megan);
    const change = { conversation, id: newId(), to: tomas.person.id, note: '' };
    await megan.do('conversation:hand-over', change);
    const [head] = await visitor.do('heads:ask', {});
    expect(head).toMatchObject({ holder: refOf('Tomás Ferreira'), contact: refOf('Megan Kajitani') });
  });

  test('is somebody else by an owner’s word, and the customer is told at once, once', async () => {
    const { visitor, customer, conversation } = await aCustomerOf(megan);
    const failure = await aFailure(customer, conversation, megan);
    const closed = await aFailure(customer, conversation, megan, 'closed');
    const [followUp, other] = [await aTask(megan, { customer, failure }), await aTask(megan, { customer })];
    const change = { id: newId(), ally: tomas.person.id };
    expect(await setAlly(customer, change)).toMatchObject({ ok: true });
    expect(await setAlly(customer, change)).toMatchObject({ ok: true });
    const told = await eventually('she hears it', () =>
      visitor.heard('conversation:changed').find(({ kind }) => kind === 'ally-changed'),
    );
    expect(told).toMatchObject({ from: refOf('Megan Kajitani'), to: refOf('Tomás Ferreira') });
    expect((await visitor.read()).filter(({ kind }) => kind === 'ally-changed')).toHaveLength(1);
    expect((await visitor.do('heads:ask', {}))[0]?.contact).toMatchObject(refOf('Tomás Ferreira'));
    const { pane } = await tomas.do('conversation:open', { conversation });
    expect(pane.customer?.ally).toEqual(refOf('Tomás Ferreira'));
    expect(await allyIn('failures', failure)).toBe(tomas.person.id);
    expect(await allyIn('failures', closed)).toBe(megan.person.id);
    expect(await ownerOf(followUp)).toBe(tomas.person.id);
    expect(await ownerOf(other)).toBe(megan.person.id);
    await eventually('he sees what to do', () => (tomas.heard('work:changed').at(-1)?.open ?? 0) > 0);

    expect(await setAlly(customer, { ...change, ally: megan.person.id })).toEqual(refused('CONFLICT'));
    await setAlly(customer, { id: newId(), ally: megan.person.id });
    // A retry that comes so late that it was changed again since.
    expect(await setAlly(customer, change)).toMatchObject({ ok: true });
    expect((await visitor.do('heads:ask', {}))[0]?.contact).toMatchObject(refOf('Megan Kajitani'));
  });

  test('is an active agent or owner, of somebody who is a customer, and an owner says so', async () => {
    const { customer } = await aCustomerOf(megan);
    const office = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
    const gone = await anAgent(relay, { given: 'Ines', family: 'Duarte' });
    await patch(gone, { active: false });
    const to = (ally: string, whose = customer) => setAlly(whose, { id: newId(), ally });
    expect(await to(office.person.id)).toEqual(refused('UNKNOWN'));
    expect(await to(gone.person.id)).toEqual(refused('UNKNOWN'));
    expect(await to(newId())).toEqual(refused('UNKNOWN'));
    expect(await to(tomas.person.id, newId())).toEqual(refused('UNKNOWN'));
    const change = { id: newId(), ally: tomas.person.id };
    expect(await request(as(megan), `PUT /api/customers/${customer}/ally`, change)).toEqual(
      refused('FORBIDDEN'),
    );
    expect(await allyIn('customers', customer)).toBe(megan.person.id);
  });
});

describe('somebody leaves', () => {
  test('nothing hangs on them: they may go, and nobody is asked for', async () => {
    const gone = await anAgent(relay, { given: 'Ida', family: 'Berg' });
    expect(await leaving(gone)).toEqual(NOTHING);
    expect(await patch(gone, { active: false })).toMatchObject({ ok: true });
    expect(await request(as(megan), `GET /api/people/${gone.person.id}/leaving`)).toEqual(
      refused('FORBIDDEN'),
    );
    expect(await request(owner(), `GET /api/people/${newId()}/leaving`)).toEqual(refused('UNKNOWN'));
  });

  test('what hangs on them is handed over by name, and no row is left with them', async () => {
    const rosa = await anAgent(relay, { given: 'Rosa', family: 'Lind' });
    const { visitor, customer, conversation, stranger, strange } = await everythingOf(rosa);
    const was = await leaving(rosa);
    expect(was).toEqual({ customers: 1, tasks: 4, promises: 2, requests: 4, conversations: 1 });
    expect(await patch(rosa, { active: false })).toEqual(refused('SUCCESSOR'));
    expect(await patch(rosa, { role: 'back-office' })).toEqual(refused('SUCCESSOR'));
    expect(await patch(rosa, { active: false, successor: rosa.person.id })).toEqual(refused('UNKNOWN'));
    expect(await patch(rosa, { active: false, successor: newId() })).toEqual(refused('UNKNOWN'));
    expect(await patch(rosa, { successor: tomas.person.id })).toEqual(refused('INVALID_PAYLOAD'));
    expect(await leaving(rosa)).toEqual(was);

    await call<Member>(owner(), `PATCH /api/people/${rosa.person.id}`, {
      active: false,
      successor: tomas.person.id,
    });
    expect(await leaving(rosa)).toEqual(NOTHING);
    expect(await stillWith(rosa.person.id)).toEqual([]);
    await relay.runDue();
    const from = { id: rosa.person.id, fullName: 'Rosa Lind' };
    for (const one of [visitor, stranger]) {
      const told = await eventually('they are told', () =>
        one.heard('conversation:changed').find(({ kind }) => kind === 'ally-changed'),
      );
      expect(told).toMatchObject({ from, to: refOf('Tomás Ferreira') });
    }
    const [head] = await visitor.do('heads:ask', {});
    expect(head).toMatchObject({ contact: refOf('Tomás Ferreira'), status: 'waiting' });
    expect(head?.promises.map(({ person }) => person)).toEqual([refOf('Tomás Ferreira')]);
    const kept = await tomas.do('promise:keep', { conversation, promise: head?.promises[0]?.id ?? '' });
    expect(kept).toMatchObject({ by: from, keeper: refOf('Tomás Ferreira') });
    expect(await allyIn('customers', customer)).toBe(tomas.person.id);
    // Nobody asks themself for help, and nobody decides about their own goodwill.
    const [own] = await rows<{ n: number }>(
      `select (select count(*)::int from internal_requests where asker_id = provider_id)
        + (select count(*)::int from goodwill where by_id = colleague_id) as n`,
    );
    expect(own).toEqual({ n: 0 });
    expect((await tomas.read(strange)).filter(({ kind }) => kind === 'ally-changed')).toHaveLength(1);
  });

  test('an owner locks somebody out at once by taking everything over, and hands it on later', async () => {
    const ivo = await anAgent(relay, { given: 'Ivo', family: 'Marsh' });
    const { visitor, customer } = await aCustomerOf(ivo);
    const ruth = (await call<Member[]>(owner(), 'GET /api/people')).find(({ role }) => role === 'owner');
    expect(await patch(ivo, { active: false, successor: ruth?.id ?? '' })).toMatchObject({ ok: true });
    await eventually('the window is closed', () => ivo.socket.disconnected);
    expect(await allyIn('customers', customer)).toBe(ruth?.id);
    await relay.runDue();
    await setAlly(customer, { id: newId(), ally: megan.person.id });
    const told = (await visitor.read()).filter(({ kind }) => kind === 'ally-changed');
    expect(told).toMatchObject([
      { from: { fullName: 'Ivo Marsh' }, to: { fullName: 'Ruth Asante' } },
      { from: { fullName: 'Ruth Asante' }, to: refOf('Megan Kajitani') },
    ]);
  });

  test('while others promise, keep and ask at the same desk: nobody waits in a circle, and nothing is left', async () => {
    const ruth = await anAgentWith(relay, await theOwner());
    for (let round = 0; round < 3; round += 1) {
      const leaver = await anAgent(relay, { given: 'Ola', family: 'Berg' });
      const theirs = [await aCustomerOf(leaver), await aCustomerOf(leaver), await aCustomerOf(leaver)];
      const due = new Date(time + DAY).toISOString();
      const promise = ({ conversation }: (typeof theirs)[number], by: Agent) =>
        by.ask('promise:make', { conversation, id: newId(), text: 'Call back', due });
      const [first] = await Promise.all(theirs.map((one) => promise(one, leaver)));
      if (!first?.ok) throw new Error('the first promise was refused');
      const keeping = { conversation: theirs[0]?.conversation ?? '', promise: first.value.id };
      const give = ({ conversation }: (typeof theirs)[number], cookie: string) =>
        request({ origin: relay.origin, cookie }, 'POST /api/goodwill', {
          ...{ id: newId(), conversation, what: 'Roses', amount: { amount: 1, currency: 'USD' } },
        });
      const giving = theirs.flatMap((one) => [give(one, leaver.cookie), give(one, relay.owner)]);
      const [left, ...answers] = await Promise.all([
        patch(leaver, { active: false, successor: megan.person.id }),
        ...theirs.flatMap((one) => [promise(one, ruth), promise(one, megan)]),
        ruth.ask('promise:keep', keeping),
        setAlly(theirs[1]?.customer ?? '', { id: newId(), ally: tomas.person.id }),
      ]);
      expect([left, ...answers].map(({ ok }) => ok)).toEqual(Array(9).fill(true));
      // Whoever is gone is signed out; nobody is told to try later.
      const uses = (await Promise.all(giving)).map((use) => (use.ok ? 'given' : use.code));
      expect(uses.filter((use) => use !== 'given' && use !== 'SIGNED_OUT')).toEqual([]);
      expect(await leaving(leaver)).toEqual(NOTHING);
    }
  });

  test('with 250 customers each is told once, however often the work is begun again, and their successor may leave too', async () => {
    const [elena, bo] = [
      await anAgent(relay, { given: 'Elena', family: 'Prado' }),
      await anAgent(relay, { given: 'Bo', family: 'Quill' }),
    ];
    const customers = await manyCustomersOf(elena.person.id, 250);
    const [merged] = customers;
    await rows('update customers set merged_into = $2 where id = $1', [merged, customers[1]]);
    expect(await leaving(elena)).toMatchObject({ customers: 249 });
    await call(owner(), `PATCH /api/people/${elena.person.id}`, {
      active: false,
      successor: bo.person.id,
    });
    expect(await stillWith(elena.person.id)).toEqual([]);
    await relay.runDue();
    await againJobs();
    await relay.runDue();
    const told = await toldOf(customers);
    expect(told.filter(({ n }) => n !== 1)).toEqual([{ id: merged, n: 0 }]);

    // Something was under way when she left: it goes the same way a moment later.
    const [late] = await manyCustomersOf(elena.person.id, 1);
    time += 20_000;
    await relay.runDue();
    await relay.runDue();
    expect(await allyIn('customers', late ?? '')).toBe(bo.person.id);
    expect(await toldOf([late ?? ''])).toEqual([{ id: late, n: 1 }]);

    const [, ...some] = customers.slice(0, 6);
    await rows('update customers set ally_id = $1 where ally_id = $2 and id <> all($3::uuid[])', [
      ...[megan.person.id, bo.person.id, some],
    ]);
    await call(owner(), `PATCH /api/people/${bo.person.id}`, { active: false, successor: tomas.person.id });
    await relay.runDue();
    expect((await toldOf(some)).map(({ n }) => n)).toEqual([2, 2, 2, 2, 2]);
    expect(await stillWith(bo.person.id)).toEqual([]);
  });
});

async function theOwner(): Promise<{ cookie: string; person: Member }> {
  const { person } = await call<SessionInfo>(owner(), 'GET /api/session');
  return { cookie: relay.owner, person };
}

const NOTHING: Leaving = { customers: 0, tasks: 0, promises: 0, requests: 0, conversations: 0 };

const refused = (code: string) => ({ ok: false, code });

function setAlly(customer: string, change: { readonly id: string; readonly ally: string }) {
  return request(owner(), `PUT /api/customers/${customer}/ally`, change);
}

function leaving(agent: Agent): Promise<Leaving> {
  return call<Leaving>(owner(), `GET /api/people/${agent.person.id}/leaving`);
}

function patch(agent: Agent, change: MemberChange): Promise<Result<Member>> {
  return request<Member>(owner(), `PATCH /api/people/${agent.person.id}`, change);
}

async function rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await relay.database.pool.query<Row & object>(text, [...values])).rows as Row[];
}

/** Somebody whom the agent has linked to a new record, which made the agent their person. */
async function aCustomerOf(agent: Agent) {
  const visitor = await aVisitor(relay);
  await visitor.say('It came broken');
  const conversation = await agent.take(visitor);
  const name = `Anna ${newId().slice(0, 8)}`;
  const pane = await agent.do('customer:link', { conversation, id: newId(), customer: { name } });
  expect(pane.customer?.ally?.id).toBe(agent.person.id);
  return { visitor, conversation, customer: pane.customer?.id ?? '' };
}

async function aFailure(
  customer: string | null,
  conversation: string,
  ally: Agent,
  stage = 'fixed',
): Promise<string> {
  const id = randomUUID();
  await rows(
    `insert into failures (id, customer_id, conversation_id, what, stage, ally_id, by_id) values ($1, $2, $3, 'broken', $4, $5, $5)`,
    [id, customer, conversation, stage, ally.person.id],
  );
  return id;
}

/** A follow-up where there is a failure, otherwise something else. */
async function aTask(
  agent: Agent,
  of: { customer?: string; failure?: string; request?: string; goodwill?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const { customer = null, failure = null, request: help = null, goodwill = null } = of;
  const kind = failure ? 'immediate' : help ? 'request' : goodwill ? 'goodwill' : 'unlogged';
  await rows(
    `insert into tasks (id, key, kind, owner_id, due, what, customer_id, failure_id, request_id, goodwill_id)
     values ($1, $8, $2, $3, now(), 'see to it', $4, $5, $6, $7)`,
    [id, kind, agent.person.id, customer, failure, help, goodwill, id],
  );
  return id;
}

async function allyIn(table: 'customers' | 'failures', id: string): Promise<string | undefined> {
  const [row] = await rows<{ ally_id: string }>(`select ally_id from ${table} where id = $1`, [id]);
  return row?.ally_id;
}

async function ownerOf(task: string): Promise<string | undefined> {
  const [row] = await rows<{ owner_id: string }>('select owner_id from tasks where id = $1', [task]);
  return row?.owner_id;
}

/** One of everything that can hang on a person, of a customer and of a visitor whom nobody has linked. */
async function everythingOf(agent: Agent) {
  const known = await aCustomerOf(agent);
  const { conversation, customer } = known;
  const failure = await aFailure(customer, conversation, agent);
  const due = new Date(time + DAY).toISOString();
  await agent.do('promise:make', { conversation, id: newId(), text: 'Call back', due });
  const stranger: Visitor = await aVisitor(relay);
  await stranger.say('Hello?');
  const strange = await agent.take(stranger);
  await aFailure(null, strange, agent, 'noticed');
  const keeping = { conversation: strange, id: newId(), text: 'Send a picture', due };
  await rows('update promises set keeper_id = $1 where id = $2', [
    agent.person.id,
    (await tomas.do('promise:make', keeping)).id,
  ]);
  await aRequest(conversation, { asker: agent, provider: megan });
  const asked = await aRequest(conversation, { asker: megan, provider: agent });
  const byHeir = await aRequest(conversation, { asker: tomas, provider: agent });
  const goodwill = randomUUID();
  await rows(
    `insert into goodwill (id, by_id, customer_id, conversation_id, amount, currency, what, state, colleague_id)
     values ($1, $2, $3, $4, 300, 'USD', 'a new vase', 'asked', $5)`,
    [goodwill, tomas.person.id, customer, conversation, agent.person.id],
  );
  await aTask(agent, { customer, failure });
  await aTask(agent, { request: asked });
  await aTask(agent, { request: byHeir });
  await aTask(agent, { goodwill });
  return { ...known, stranger, strange };
}

async function aRequest(
  conversation: string,
  { asker, provider }: { readonly asker: Agent; readonly provider: Agent },
): Promise<string> {
  const id = randomUUID();
  await rows(
    `insert into internal_requests (id, conversation_id, what, asker_id, provider_id) values ($1, $2, 'the invoice', $3, $4)`,
    [id, conversation, asker.person.id, provider.person.id],
  );
  return id;
}

/** What somebody did stays theirs; everything else that names a person must not be left with one who is gone. */
const HISTORY = new Set([
  ...['failures.by_id', 'failure_edits.by_id', 'promises.by_id', 'preferences.by_id', 'goodwill.by_id'],
  ...['visitors.linked_by', 'desks.person_id', 'sessions.person_id', 'links.person_id'],
]);

/** Every column of every table that names this person, but for what they did. */
async function stillWith(person: string): Promise<string[]> {
  const columns = await rows<{ table: string; column: string }>(
    `select c.conrelid::regclass::text as table, a.attname as column
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = 'people'::regclass`,
  );
  expect(columns.length).toBeGreaterThan(20);
  const left: string[] = [];
  for (const { table, column } of columns) {
    const [found] = await rows<{ n: number }>(
      `select count(*)::int as n from ${table} where ${column} = $1`,
      [person],
    );
    if ((found?.n ?? 0) > 0 && !HISTORY.has(`${table}.${column}`)) left.push(`${table}.${column}`);
  }
  return left;
}

/** Customers with a closed conversation each. */
async function manyCustomersOf(ally: string, count: number): Promise<string[]> {
  const [site] = await rows<{ id: string }>('select id from sites limit 1');
  const ids = Array.from({ length: count }, () => randomUUID());
  await rows(`insert into customers (id, name, ally_id) select unnest($1::uuid[]), 'Anna Lindqvist', $2`, [
    ids,
    ally,
  ]);
  const hashes = ids.map(() => randomBytes(32));
  await rows(
    `insert into visitors (site_id, token_hash, customer_id, locale)
     select $1, unnest($2::bytea[]), unnest($3::uuid[]), 'en'`,
    [site?.id, hashes, ids],
  );
  await rows(
    `insert into conversations (site_id, visitor_id, client_id, locale, status, contact_id)
     select site_id, id, gen_random_uuid(), 'en', 'closed', $2 from visitors where customer_id = any($1::uuid[])`,
    [ids, megan.person.id],
  );
  return ids;
}

/** How often each of these was told that somebody else is their person. */
function toldOf(customers: readonly string[]): Promise<{ id: string; n: number }[]> {
  return rows(
    `select cu.id, (select count(*)::int from visitors v join conversations c on c.visitor_id = v.id
        join entries e on e.conversation_id = c.id and e.kind = 'ally-changed' and e.public_seq is not null
        where v.customer_id = cu.id) as n
     from customers cu where cu.id = any($1::uuid[])`,
    [customers],
  );
}

/** As if a relay had been killed after the work and before it could say so. */
async function againJobs(): Promise<void> {
  const before = await rows(
    `update jobs.job set state = 'created', started_on = null, completed_on = null
     where name = 'allies-told' and state = 'completed' returning id`,
  );
  expect(before.length).toBeGreaterThanOrEqual(3);
}
