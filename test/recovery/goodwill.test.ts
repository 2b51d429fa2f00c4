import type { Member } from '@fullname/shared/api';
import type { GoodwillDraft, GoodwillUse, Purse, TaskPage } from '@fullname/shared/recovery';
import { beforeEach, describe, expect, test } from 'vitest';
import { call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, type Visitor } from '../support/people.ts';
import { type Relay, startRelay } from '../support/relay.ts';

const HOUR_MS = 3_600_000;

let now: number;
let relay: Relay;
let megan: Agent;
let adaeze: Agent;
let visitor: Visitor;
let conversation: string;

beforeEach(async () => {
  now = Date.UTC(2031, 4, 31, 22);
  relay = await startRelay({ now: () => now, env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  adaeze = await anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
  ({ visitor, conversation } = await aConversation());
});

async function aConversation(): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(relay);
  await visitor.say('The roses were brown.');
  return { visitor, conversation: await megan.take(visitor) };
}

const as = ({ cookie }: Agent) => ({ origin: relay.origin, cookie });
const owner = () => ({ origin: relay.origin, cookie: relay.owner });
const dollars = (amount: number) => ({ amount, currency: 'USD' });
const purseOf = (agent: Agent) => call<Purse>(as(agent), 'GET /api/goodwill');

function aDraft(amount: number, more: Partial<GoodwillDraft> = {}): GoodwillDraft {
  return { id: newId(), conversation, amount: dollars(amount), what: 'A bunch of roses', ...more };
}
const give = (draft: GoodwillDraft, agent = megan) =>
  request<GoodwillUse>(as(agent), 'POST /api/goodwill', draft);
const given = (draft: GoodwillDraft, agent = megan) =>
  call<GoodwillUse>(as(agent), 'POST /api/goodwill', draft);
const decide = (id: string, decision: object, agent = adaeze) =>
  request<GoodwillUse>(as(agent), `POST /api/goodwill/${id}/decision`, decision);
const tasksOf = async (agent: Agent, state = 'open') =>
  (await call<TaskPage>(as(agent), `GET /api/tasks?whose=mine&state=${state}`)).tasks;
const entriesOf = async (kind: string) =>
  (await megan.read(conversation)).filter((entry) => entry.kind === kind);
const refused = (code: string) => ({ ok: false, code });

describe('within the budget', () => {
  test('it is given at once: in the log, in the pane, out of one’s own purse', async () => {
    expect(await purseOf(megan)).toEqual({ budget: dollars(200), used: 0, uses: [], asked: [] });
    const draft = aDraft(30);
    const use = await given(draft);
    expect(use).toEqual({
      ...{ id: draft.id, at: new Date(now).toISOString(), what: 'A bunch of roses', state: 'given' },
      by: { id: megan.person.id, fullName: 'Megan Kajitani' },
      amount: dollars(30),
      ...{ failure: null, conversation, customer: null, colleague: null, instead: null },
    });
    expect(await purseOf(megan)).toEqual({ budget: dollars(200), used: 30, uses: [use], asked: [] });
    expect(await entriesOf('goodwill-given')).toMatchObject([
      { by: use.by, amount: dollars(30), what: 'A bunch of roses', publicSeq: null },
    ]);
    const pane = await eventually('the open pane is told', () =>
      megan.heard('customer:changed').find((one) => one.pane.goodwill.length === 1),
    );
    expect(pane.pane.goodwill).toEqual([use]);
    expect(JSON.stringify(await visitor.read())).not.toMatch(/goodwill|bunch/);
  });

  test('a retry is harmless; other content, or another person, under the same id is a conflict', async () => {
    const draft = aDraft(30);
    const use = await given(draft);
    expect(await given(draft)).toEqual(use);
    expect(await give({ ...draft, amount: dollars(31) })).toEqual(refused('CONFLICT'));
    expect(await give({ ...draft, what: 'Two bunches' })).toEqual(refused('CONFLICT'));
    expect(await give(draft, adaeze)).toEqual(refused('CONFLICT'));
    expect(await purseOf(megan)).toMatchObject({ used: 30, uses: [{ id: draft.id }] });
    expect(await entriesOf('goodwill-given')).toHaveLength(1);
  });

  test('twenty at once, in several conversations, never use more than there is', async () => {
    const others = await Promise.all([aConversation(), aConversation(), aConversation()]);
    const places = [conversation, ...others.map((one) => one.conversation)];
    const drafts = Array.from({ length: 20 }, (_, index) =>
      aDraft(30, { conversation: places[index % places.length] ?? conversation }),
    );
    const answers = await Promise.all(drafts.map((draft) => give(draft)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(6);
    for (const answer of answers) if (!answer.ok) expect(answer.code).toBe('OVER_BUDGET');
    expect((await purseOf(megan)).used).toBe(180);
    // The same twenty once more: those that were given are found, the others still do not fit.
    await Promise.all(drafts.map((draft) => give(draft)));
    const purse = await purseOf(megan);
    expect([purse.used, purse.uses.length]).toEqual([180, 6]);
  });

  test('cents add up to cents: the last one fits, and one more does not', async () => {
    await call(owner(), 'PATCH /api/recovery/settings', { budget: 0.3 });
    await given(aDraft(0.1));
    await given(aDraft(0.2));
    expect((await purseOf(megan)).used).toBe(0.3);
    expect(await give(aDraft(0.01))).toEqual(refused('OVER_BUDGET'));
  });

  test('a month is the calendar’s, in UTC: at its end the purse is full again', async () => {
    await given(aDraft(200));
    expect(await give(aDraft(1))).toEqual(refused('OVER_BUDGET'));
    now += 2 * HOUR_MS - 1;
    expect(await give(aDraft(1))).toEqual(refused('OVER_BUDGET'));
    now += 1;
    expect(await purseOf(megan)).toMatchObject({ used: 0, uses: [] });
    await given(aDraft(200));
    expect(await purseOf(megan)).toMatchObject({ used: 200, uses: [{ at: '2031-06-01T00:00:00.000Z' }] });
  });

  test('somebody’s own budget stands before the company’s', async () => {
    const change = { goodwillBudget: 40 };
    expect(await request(as(adaeze), `PATCH /api/people/${megan.person.id}`, change)).toEqual(
      refused('FORBIDDEN'),
    );
    await call(owner(), `PATCH /api/people/${megan.person.id}`, change);
    const seenBy = async (asker: ReturnType<typeof owner>) =>
      (await call<Member[]>(asker, 'GET /api/people')).find(({ id }) => id === megan.person.id)
        ?.goodwillBudget;
    expect([await seenBy(owner()), await seenBy(as(adaeze))]).toEqual([40, undefined]);
    expect((await purseOf(megan)).budget).toEqual(dollars(40));
    expect(await give(aDraft(41))).toEqual(refused('OVER_BUDGET'));
    await given(aDraft(40));
    expect((await purseOf(adaeze)).budget).toEqual(dollars(200));
  });

  test('another currency, and amounts that are none, are refused', async () => {
    const wrong = [
      aDraft(1, { amount: { amount: 1, currency: 'EUR' } }),
      ...[0, -5, 0.001, 1e7].map((amount) => aDraft(amount)),
    ];
    for (const draft of wrong) expect(await give(draft)).toEqual(refused('INVALID_PAYLOAD'));
    expect(await give(aDraft(1, { what: ' ' }))).toEqual(refused('EMPTY'));
    await call(owner(), 'PATCH /api/recovery/settings', { currency: 'EUR' });
    await given(aDraft(1, { amount: { amount: 1, currency: 'EUR' } }));
    expect(await purseOf(megan)).toMatchObject({ budget: { currency: 'EUR' }, used: 1 });
  });

  test('a card number in its words is kept by its last four digits alone', async () => {
    const use = await given(aDraft(1, { what: 'Back to 4242 4242 4242 4242' }));
    expect(use.what).toMatch(/4242$/);
    expect(use.what).not.toContain('4242 4242 4242');
  });
});

describe('for a failure', () => {
  test('the customer is asked first what would put it right; another’s failure is unknown', async () => {
    const failure = await megan.do('failure:log', { id: newId(), conversation, what: 'Brown roses came.' });
    const draft = aDraft(10, { failure: failure.id });
    expect(await give(draft)).toEqual(refused('WANTS_FIRST'));
    await megan.do('failure:change', {
      ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision },
      fields: { wants: 'Roses that are red' },
    });
    expect(await given(draft)).toMatchObject({ state: 'given', failure: failure.id });
    const other = await aConversation();
    const elsewhere = aDraft(10, { failure: failure.id, conversation: other.conversation });
    expect(await give(elsewhere)).toEqual(refused('UNKNOWN'));
    expect(await give(aDraft(10, { failure: newId() }))).toEqual(refused('UNKNOWN'));
  });

  test('named or not, nothing is offered while a failure of theirs waits for the question', async () => {
    const failure = await megan.do('failure:log', { id: newId(), conversation, what: 'Brown roses came.' });
    const other = await aConversation();
    expect(await give(aDraft(10))).toEqual(refused('WANTS_FIRST'));
    // Another visitor is not concerned, until both are one customer.
    await given(aDraft(1, { conversation: other.conversation }));
    const { customer } = await megan.do('customer:link', {
      ...{ conversation, id: newId(), customer: { name: 'Ida Berg' } },
    });
    const link = { conversation: other.conversation, id: newId(), customer: customer?.id ?? '' };
    await megan.do('customer:link', link);
    const elsewhere = aDraft(1, { conversation: other.conversation });
    expect(await give(elsewhere)).toEqual(refused('WANTS_FIRST'));
    await megan.do('failure:step', {
      ...{ id: newId(), conversation, failure: failure.id, stage: 'apologised' },
    });
    expect(await give(elsewhere)).toEqual(refused('WANTS_FIRST'));
    await megan.do('failure:change', {
      ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision + 1 },
      fields: { wants: 'Roses that are red' },
    });
    await given(elsewhere);
    expect((await purseOf(megan)).used).toBe(2);
  });
});

describe('above the budget', () => {
  async function asked(): Promise<GoodwillUse> {
    return given(aDraft(250, { colleague: adaeze.person.id }));
  }

  test('a colleague is asked by name, with a task for the next hour; nothing is given yet', async () => {
    expect(await give(aDraft(250))).toEqual(refused('OVER_BUDGET'));
    const use = await asked();
    expect(use).toMatchObject({ state: 'asked', colleague: { fullName: 'Adaeze Okafor' } });
    expect(await purseOf(megan)).toMatchObject({ used: 0, uses: [{ id: use.id, state: 'asked' }] });
    expect(await purseOf(adaeze)).toMatchObject({ used: 0, uses: [], asked: [use] });
    expect(await tasksOf(adaeze)).toMatchObject([
      { kind: 'goodwill', goodwill: use.id, due: new Date(now + HOUR_MS).toISOString(), what: use.what },
    ]);
    await eventually('her window is told', () => adaeze.heard('work:changed').some(({ open }) => open === 1));
    expect(await entriesOf('goodwill-given')).toEqual([]);
    expect((await megan.do('customer:read', { conversation })).goodwill).toEqual([]);
  });

  test('granted, it is in the log as the asker’s, and uses nobody’s budget; twice is once', async () => {
    const { id } = await asked();
    const [first, second] = await Promise.all([decide(id, { grant: true }), decide(id, { grant: true })]);
    expect(first).toMatchObject({
      ok: true,
      value: { id, state: 'given', colleague: { id: adaeze.person.id } },
    });
    expect(second).toEqual(first);
    expect(await decide(id, { grant: true })).toEqual(first);
    expect(await decide(id, { grant: false, instead: 'A card' })).toEqual(refused('ENDED'));
    const by = { id: megan.person.id, fullName: 'Megan Kajitani' };
    expect(await entriesOf('goodwill-given')).toMatchObject([{ by, amount: dollars(250) }]);
    expect(await purseOf(megan)).toMatchObject({ used: 0, uses: [{ id, state: 'given' }] });
    expect(await purseOf(adaeze)).toMatchObject({ used: 0, uses: [], asked: [] });
    await given(aDraft(200));
    expect(await tasksOf(adaeze)).toEqual([]);
    expect(await tasksOf(adaeze, 'ended')).toMatchObject([
      { goodwill: id, state: 'done', endedBy: { id: adaeze.person.id } },
    ]);
    await eventually('her window is told', () => adaeze.heard('work:changed').at(-1)?.open === 0);
    expect((await megan.do('customer:read', { conversation })).goodwill).toHaveLength(2);
  });

  test('a no comes with another way, which the asker reads in their purse', async () => {
    const { id } = await asked();
    expect(await decide(id, { grant: false })).toEqual(refused('NEEDS_ANOTHER_WAY'));
    expect(await decide(id, { grant: false, instead: ' ' })).toEqual(refused('NEEDS_ANOTHER_WAY'));
    const before = megan.heard('work:changed').length;
    const no = { grant: false, instead: 'Half of it, and a card' };
    expect(await decide(id, no)).toMatchObject({
      ok: true,
      value: { state: 'declined', instead: no.instead },
    });
    expect(await decide(id, no)).toMatchObject({ ok: true, value: { state: 'declined' } });
    expect(await decide(id, { grant: true })).toEqual(refused('ENDED'));
    expect(await decide(id, { ...no, instead: 'Nothing' })).toEqual(refused('ENDED'));
    await eventually('the asker’s window is told', () => megan.heard('work:changed').length > before);
    const uses = (await purseOf(megan)).uses;
    expect(uses).toMatchObject([{ id, state: 'declined', instead: no.instead }]);
    expect(await entriesOf('goodwill-given')).toEqual([]);
    expect(await tasksOf(adaeze)).toEqual([]);
  });

  test('of a yes and a no at the same moment one holds', async () => {
    const { id } = await asked();
    const answers = await Promise.all([
      decide(id, { grant: true }),
      decide(id, { grant: false, instead: 'A card' }),
    ]);
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code)).toSorted()).toEqual(['ENDED', 'ok']);
    const [use] = (await purseOf(megan)).uses;
    expect(await entriesOf('goodwill-given')).toHaveLength(use?.state === 'given' ? 1 : 0);
  });

  test('nobody answers themselves or for others; the back office and strangers are not asked', async () => {
    const office = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
    const gone = await anAgent(relay, { given: 'Ines', family: 'Duarte' });
    await call(owner(), `PATCH /api/people/${gone.person.id}`, { active: false });
    const { member: invited } = await call<{ member: Member }>(owner(), 'POST /api/people', {
      ...{ given: 'Noor', family: 'Haddad', email: 'noor@example.com', role: 'agent' },
    });
    const nobody = [megan.person, office.person, gone.person, invited].map(({ id }) => id);
    for (const colleague of [...nobody, newId()]) {
      expect(await give(aDraft(250, { colleague }))).toEqual(refused('UNKNOWN'));
    }
    const { id } = await asked();
    const yes = { grant: true };
    const xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
    for (const nosy of [megan, xuemei]) expect(await decide(id, yes, nosy)).toEqual(refused('UNKNOWN'));
    expect(await request(owner(), `POST /api/goodwill/${id}/decision`, yes)).toEqual(refused('UNKNOWN'));
    expect(await decide(id, yes, office)).toEqual(refused('FORBIDDEN'));
    expect(await give(aDraft(1), office)).toEqual(refused('FORBIDDEN'));
    expect(await request(as(office), 'GET /api/goodwill')).toEqual(refused('FORBIDDEN'));
    expect(await decide(newId(), yes)).toEqual(refused('UNKNOWN'));
    const own = await given(aDraft(1));
    expect(await decide(own.id, yes)).toEqual(refused('UNKNOWN'));
    expect(await purseOf(adaeze)).toMatchObject({ asked: [{ id }] });
  });

  test('who was asked is gone: an owner answers, or whoever took over the task', async () => {
    const [first, second] = [await asked(), await asked()];
    await relay.database.pool.query('update people set active = false where id = $1', [adaeze.person.id]);
    const xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
    await relay.database.pool.query('update tasks set owner_id = $1 where goodwill_id = $2', [
      ...[xuemei.person.id, first.id],
    ]);
    expect((await purseOf(xuemei)).asked.map(({ id }) => id)).toEqual([first.id]);
    expect(await decide(first.id, { grant: true }, xuemei)).toMatchObject({
      value: { state: 'given', colleague: { fullName: '林雪梅' } },
    });
    expect(await decide(second.id, { grant: true }, xuemei)).toEqual(refused('UNKNOWN'));
    const answer = await request<GoodwillUse>(owner(), `POST /api/goodwill/${second.id}/decision`, {
      grant: true,
    });
    expect(answer).toMatchObject({ value: { state: 'given', colleague: { fullName: 'Ruth Asante' } } });
  });

  test('who was asked does not waive it; an owner does, and that is a no with its reason', async () => {
    const { id } = await asked();
    const [task] = await tasksOf(adaeze);
    const end = (by: { origin: string; cookie: string }) =>
      request(by, `POST /api/tasks/${task?.id}/end`, { end: 'waived', why: 'Send a card instead' });
    expect(await end(as(adaeze))).toEqual(refused('WRONG_ORDER'));
    expect(await end(owner())).toMatchObject({ ok: true, value: { state: 'waived' } });
    expect((await purseOf(megan)).uses).toMatchObject([
      { id, state: 'declined', instead: 'Send a card instead', colleague: { fullName: 'Ruth Asante' } },
    ]);
    expect(await decide(id, { grant: true })).toEqual(refused('UNKNOWN'));
    expect((await purseOf(adaeze)).asked).toEqual([]);
  });
});

test('nothing of a purse is in any answer to anybody else', async () => {
  const { pool } = relay.database;
  await pool.query('update people set goodwill_budget = 7531.25 where id = $1', [megan.person.id]);
  await given(aDraft(1234.5));
  await given(aDraft(2345.75));
  await given(aDraft(9871.5, { colleague: adaeze.person.id }));
  expect((await purseOf(megan)).used).toBe(3580.25);
  const xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
  const opened = await xuemei.do('conversation:open', { conversation });
  expect(opened.pane.goodwill.map(({ amount }) => amount.amount).toSorted()).toEqual([1234.5, 2345.75]);
  const asked = [
    opened,
    xuemei.heard('welcome'),
    await xuemei.do('conversation:list', { view: 'all' }),
    await xuemei.do('customer:read', { conversation }),
    await xuemei.read(conversation),
    await purseOf(xuemei),
    ...(await Promise.all(
      ['people', 'session', 'tasks?whose=all&state=open', 'recovery/settings', 'requests', 'stories'].map(
        (path) => request(as(xuemei), `GET /api/${path}`),
      ),
    )),
    await request(owner(), 'GET /api/goodwill'),
  ].map((answer) => JSON.stringify(answer));
  // What a colleague was asked is hers to read, and the asker's.
  for (const answer of asked) expect(answer).not.toMatch(/7531\.25|3580\.25|9871\.5/);
  // An owner knows what they have set, and not what was used of it.
  const ofOwner = JSON.stringify(await request(owner(), 'GET /api/people'));
  expect(ofOwner).not.toMatch(/3580\.25|9871\.5/);
  expect(ofOwner).toContain('7531.25');
  const ofColleague = JSON.stringify([await purseOf(adaeze), adaeze.heard('work:changed')]);
  expect(ofColleague).not.toMatch(/7531\.25|3580\.25/);
  expect(ofColleague).toContain('9871.5');
});
