import type { Member } from '@fullname/shared/api';
import type {
  InternalRequest,
  RequestAct,
  RequestDraft,
  Requests,
  Task,
  TaskPage,
} from '@fullname/shared/recovery';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let relay: Relay;
let clock = Date.now();
let megan: Agent;
let tomas: Agent;
let adaeze: Agent;
let visitor: Visitor;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ now: () => clock, env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira', role: 'back-office' });
  adaeze = await anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
});
afterAll(() => relay.close());
beforeEach(async () => {
  visitor = await aVisitor(relay);
  await visitor.say('My parcel is not here');
  conversation = await megan.take(visitor);
});

const as = (agent: Agent): Asker => ({ origin: relay.origin, cookie: agent.cookie });
const inMs = (ms: number) => new Date(clock + ms).toISOString();
const draftOf = (values: Partial<RequestDraft> = {}): RequestDraft => ({
  ...{ id: newId(), conversation, what: 'Where is parcel 7?', provider: tomas.person.id },
  ...values,
});
const ask = (draft: RequestDraft, by = megan) =>
  request<InternalRequest>(as(by), 'POST /api/requests', draft);
const mustAsk = (values: Partial<RequestDraft> = {}) =>
  call<InternalRequest>(as(megan), 'POST /api/requests', draftOf(values));
const act = (id: string, what: RequestAct, by = tomas) =>
  request<InternalRequest>(as(by), `POST /api/requests/${id}`, what);
const mustAct = (id: string, what: RequestAct, by = tomas) =>
  call<InternalRequest>(as(by), `POST /api/requests/${id}`, what);
const listOf = (agent: Agent) => call<Requests>(as(agent), 'GET /api/requests');
const kindsIn = async () => (await megan.read(conversation)).map((entry) => entry.kind);
const paneOf = (agent: Agent) => agent.do('customer:read', { conversation });
const remindersOf = (agent: Agent, id: string) =>
  agent.heard('task:due').filter((task) => task.request === id);

describe('a colleague who is asked', () => {
  test('is a named person with a task, and is told at once', async () => {
    const before = (await listOf(tomas)).toMe.length;
    const asked = await mustAsk({ wishedBy: inMs(HOUR) });
    expect(asked).toMatchObject({
      ...{ conversation, what: 'Where is parcel 7?', state: 'asked', customer: null },
      ...{ asker: { fullName: 'Megan Kajitani' }, provider: { fullName: 'Tomás Ferreira' } },
      ...{ wishedBy: inMs(HOUR), due: null, outcome: null, rating: null },
    });
    const { toMe } = await listOf(tomas);
    expect(toMe).toHaveLength(before + 1);
    expect(toMe).toContainEqual(asked);
    expect((await listOf(megan)).byMe).toContainEqual(asked);
    const pane = await paneOf(tomas);
    expect(pane.requests.map(({ id }) => id)).toEqual([asked.id]);
    expect(pane.tasks).toMatchObject([
      { kind: 'request', request: asked.id, owner: { id: tomas.person.id }, due: inMs(HOUR), state: 'open' },
    ]);
    await eventually('the provider is told', () =>
      tomas.heard('work:changed').some(({ requests }) => requests === toMe.length),
    );
  });

  test('sees a new request in the conversation that they have opened', async () => {
    await tomas.do('conversation:open', { conversation });
    const { id } = await mustAsk();
    const heard = await eventually('the pane changes', () =>
      tomas.heard('customer:changed').find(({ pane }) => pane.requests.some((one) => one.id === id)),
    );
    expect(heard.conversation).toBe(conversation);
    const entry = await eventually('the fact comes', () =>
      tomas.heard('conversation:changed').find((one) => one.kind === 'help-asked'),
    );
    expect(entry).toMatchObject({ publicSeq: null, provider: { id: tomas.person.id } });
  });

  test('has four hours where nobody said by when', async () => {
    await mustAsk();
    expect((await paneOf(megan)).tasks.map(({ due }) => due)).toEqual([inMs(4 * HOUR)]);
  });

  test('is asked once, however often the request comes', async () => {
    const draft = draftOf({ wishedBy: inMs(HOUR) });
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(draft)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]?.ok).toBe(true);
    expect((await paneOf(megan)).tasks).toHaveLength(1);
    expect((await kindsIn()).filter((kind) => kind === 'help-asked')).toHaveLength(1);
    for (const other of [
      { what: 'Something else' },
      { provider: adaeze.person.id },
      { wishedBy: inMs(2 * HOUR) },
    ]) {
      expect(await refusal(ask({ ...draft, ...other }))).toBe('CONFLICT');
    }
    expect(await refusal(ask(draft, adaeze))).toBe('CONFLICT');
  });

  test('is somebody else who is here to be asked, of this customer, by a time to come', async () => {
    const gone = await anAgent(relay, { given: 'Lena', family: 'Gone' });
    const owner = { origin: relay.origin, cookie: relay.owner };
    await call(owner, `PATCH /api/people/${gone.person.id}`, { active: false });
    const { member: invited } = await call<{ member: Member }>(owner, 'POST /api/people', {
      ...{ given: 'Ines', family: 'Duarte', email: 'ines@example.com', role: 'agent' },
    });
    const other = await aVisitor(relay);
    await other.say('I am somebody else');
    const theirs = await megan.take(other);
    const failure = await megan.do('failure:log', { id: newId(), conversation: theirs, what: 'late' });
    const refused: [Partial<RequestDraft>, string][] = [
      [{ provider: megan.person.id }, 'UNKNOWN'],
      [{ provider: gone.person.id }, 'UNKNOWN'],
      [{ provider: newId() }, 'UNKNOWN'],
      [{ conversation: newId() }, 'UNKNOWN'],
      [{ failure: failure.id }, 'UNKNOWN'],
      [{ wishedBy: inMs(-MINUTE) }, 'TOO_LATE'],
      [{ provider: invited.id }, 'UNKNOWN'],
      [{ wishedBy: 'tomorrow' }, 'INVALID_PAYLOAD'],
      [{ what: ' ' }, 'EMPTY'],
      [{ what: 'x'.repeat(4_001) }, 'TOO_LONG'],
    ];
    for (const [values, code] of refused) expect(await refusal(ask(draftOf(values)))).toBe(code);
    expect(await kindsIn()).not.toContain('help-asked');
    const own = await megan.do('failure:log', { id: newId(), conversation, what: 'late' });
    expect(await mustAsk({ failure: own.id })).toMatchObject({ failure: own.id });
  });

  test('never reads a whole card number', async () => {
    const { id, what } = await mustAsk({ what: 'Was 4111 1111 1111 1111 charged?' });
    expect(what).not.toContain('4111 1111 1111');
    expect(what).toContain('1111');
    const answered = await mustAct(id, { act: 'answer', text: 'Yes, 4111111111111111 was.' });
    expect(answered.answer).not.toContain('411111111111');
  });
});

describe('a task to answer', () => {
  const taskOf = async (id: string) => {
    const { tasks } = await call<TaskPage>(as(megan), 'GET /api/tasks?whose=all&state=open');
    return tasks.find((task) => task.request === id)?.id ?? '';
  };
  const waived = { end: 'waived', why: 'The parcel has come.' };
  const end = (task: string, by: Asker) => request<Task>(by, `POST /api/tasks/${task}/end`, waived);

  test('is not waived by whoever was asked: a no comes with another way', async () => {
    const { id } = await mustAsk();
    expect(await refusal(end(await taskOf(id), as(tomas)))).toBe('WRONG_ORDER');
    expect((await listOf(tomas)).toMe.find((one) => one.id === id)?.state).toBe('asked');
  });

  test('waived by an owner is a request that nobody waits for, and both know it', async () => {
    const { id } = await mustAsk();
    const task = await taskOf(id);
    const owner = { origin: relay.origin, cookie: relay.owner };
    const before = megan.heard('work:changed').length;
    expect(await end(task, owner)).toMatchObject({ value: { state: 'waived' } });
    expect(await end(task, owner)).toMatchObject({ value: { state: 'waived' } });
    const [mine] = (await listOf(megan)).byMe.filter((one) => one.id === id);
    expect(mine).toMatchObject({ state: 'withdrawn', answer: 'The parcel has come.', outcome: null });
    expect(await refusal(act(id, { act: 'promise', due: inMs(HOUR) }))).toBe('ENDED');
    await eventually('the asker is told', () => megan.heard('work:changed').length > before);
  });

  test('that is waived and answered at the same moment ends once', async () => {
    const owner = { origin: relay.origin, cookie: relay.owner };
    for (let round = 0; round < 4; round += 1) {
      const { id } = await mustAsk();
      const task = await taskOf(id);
      const [byOwner, answered] = await Promise.all([
        end(task, owner),
        act(id, { act: 'answer', text: 'In Lyon.' }),
      ]);
      expect([byOwner.ok, answered.ok].filter(Boolean)).toHaveLength(1);
      const state = (await listOf(megan)).byMe.find((one) => one.id === id)?.state;
      expect(state).toBe(answered.ok ? 'answered' : 'withdrawn');
    }
  });
});

describe('a promise of help', () => {
  test('has a time that is the task’s, and is said in the log for colleagues', async () => {
    const { id } = await mustAsk({ wishedBy: inMs(HOUR) });
    const due = inMs(2 * HOUR);
    const promised = await mustAct(id, { act: 'promise', due });
    expect(promised).toMatchObject({ state: 'promised', due, outcome: 'open', endedAt: null });
    expect((await paneOf(megan)).tasks).toMatchObject([{ request: id, due, state: 'open' }]);
    expect(await mustAct(id, { act: 'promise', due })).toEqual(promised);
    const said = (await megan.read(conversation)).filter((entry) => entry.kind === 'help-answered');
    expect(said).toMatchObject([{ state: 'promised', by: { id: tomas.person.id }, publicSeq: null }]);
  });

  test('is the provider’s alone, and for a time to come', async () => {
    const { id } = await mustAsk();
    const due = inMs(HOUR);
    expect(await refusal(act(id, { act: 'promise', due }, megan))).toBe('FORBIDDEN');
    expect(await refusal(act(id, { act: 'promise', due }, adaeze))).toBe('FORBIDDEN');
    expect(await refusal(act(id, { act: 'promise', due: inMs(0) }))).toBe('TOO_LATE');
    expect(await refusal(act(newId(), { act: 'promise', due }))).toBe('UNKNOWN');
    expect((await listOf(tomas)).toMe.find((one) => one.id === id)?.state).toBe('asked');
  });

  test('is reminded of once, before its time, and not at a time that was promised before', async () => {
    const { id } = await mustAsk();
    await mustAct(id, { act: 'promise', due: inMs(HOUR) });
    await mustAct(id, { act: 'promise', due: inMs(5 * HOUR) });
    clock += 2 * HOUR;
    await relay.runDue();
    expect(remindersOf(tomas, id)).toEqual([]);
    // A fifth of five hours before the end of them.
    clock += 2 * HOUR - MINUTE;
    await relay.runDue();
    expect(remindersOf(tomas, id)).toEqual([]);
    clock += 2 * MINUTE;
    await relay.runDue();
    const reminded = await eventually('the provider is reminded', () => remindersOf(tomas, id)[0]);
    expect(reminded).toMatchObject({ kind: 'request', due: inMs(HOUR - MINUTE), state: 'open' });
    await relay.runDue();
    clock += 2 * HOUR;
    await relay.runDue();
    // What is told comes in order: this answer comes after all that was told before it.
    await tomas.do('customer:read', { conversation });
    expect(remindersOf(tomas, id)).toHaveLength(1);
    expect(remindersOf(megan, id)).toEqual([]);
  });

  test('that was answered is not reminded of', async () => {
    const { id } = await mustAsk();
    await mustAct(id, { act: 'promise', due: inMs(HOUR) });
    await mustAct(id, { act: 'answer', text: 'It is at the depot.' });
    clock += 2 * HOUR;
    await relay.runDue();
    await tomas.do('customer:read', { conversation });
    expect(remindersOf(tomas, id)).toEqual([]);
  });

  test('slips when its time has passed; it is then answered, late, and not promised again', async () => {
    const { id } = await mustAsk();
    await mustAct(id, { act: 'promise', due: inMs(HOUR) });
    clock += HOUR + MINUTE;
    expect((await listOf(megan)).byMe.find((one) => one.id === id)?.outcome).toBe('slipped');
    expect((await paneOf(megan)).requests).toMatchObject([{ id, outcome: 'slipped' }]);
    expect(await refusal(act(id, { act: 'promise', due: inMs(HOUR) }))).toBe('TOO_LATE');
    const late = await mustAct(id, { act: 'answer', text: 'It is at the depot.' });
    expect(late).toMatchObject({ state: 'answered', outcome: 'late' });
  });

  test.each([
    ['early', 30 * MINUTE],
    ['kept', 59 * MINUTE],
    ['kept', HOUR],
    ['late', HOUR + 1],
  ] as const)('is %s when the answer comes after %i ms of an hour', async (outcome, after) => {
    const { id } = await mustAsk();
    await mustAct(id, { act: 'promise', due: inMs(HOUR) });
    clock += after;
    expect((await mustAct(id, { act: 'answer', text: 'It is at the depot.' })).outcome).toBe(outcome);
  });
});

describe('an answer', () => {
  test('ends the request and its task, once', async () => {
    const { id } = await mustAsk();
    const answer = { act: 'answer', text: 'It is at the depot.' } as const;
    expect(await refusal(act(id, answer, megan))).toBe('FORBIDDEN');
    const answered = await mustAct(id, answer);
    expect(answered).toMatchObject({
      state: 'answered',
      answer: answer.text,
      endedAt: inMs(0),
      outcome: null,
    });
    expect(await mustAct(id, answer)).toEqual(answered);
    expect(await refusal(act(id, { ...answer, text: 'Something else' }))).toBe('ENDED');
    expect(await refusal(act(id, { act: 'promise', due: inMs(HOUR) }))).toBe('ENDED');
    expect(await refusal(act(id, { act: 'withdraw' }, megan))).toBe('ENDED');
    expect((await paneOf(megan)).tasks).toEqual([]);
    const said = (await megan.read(conversation)).filter((entry) => entry.kind === 'help-answered');
    expect(said).toMatchObject([{ state: 'answered', what: answer.text }]);
    const told = megan.heard('customer:changed').flatMap(({ pane }) => pane.requests);
    expect(told.find((one) => one.id === id && one.state === 'answered')).toBeDefined();
  });

  test('that is no comes with another way, or one of the five reasons', async () => {
    const { id } = await mustAsk();
    const no = { act: 'decline', text: 'I cannot see that parcel.' } as const;
    expect(await refusal(act(id, no))).toBe('NEEDS_ANOTHER_WAY');
    expect(await refusal(act(id, { ...no, reason: null }))).toBe('NEEDS_ANOTHER_WAY');
    expect(await refusal(act(id, { ...no, instead: '  ' }))).toBe('EMPTY');
    const declined = await mustAct(id, { ...no, instead: 'Adaeze Okafor can.' });
    expect(declined).toMatchObject({ state: 'declined', answer: no.text, instead: 'Adaeze Okafor can.' });
    expect(await mustAct(id, { ...no, instead: 'Adaeze Okafor can.' })).toEqual(declined);
    expect((await paneOf(megan)).tasks).toEqual([]);
    const other = await mustAsk();
    expect(await mustAct(other.id, { ...no, reason: 'privacy' })).toMatchObject({
      ...{ state: 'declined', reason: 'privacy', instead: null },
    });
  });

  test('is one where both answer and withdrawal come at once', async () => {
    const { id } = await mustAsk();
    const both = await Promise.all([
      act(id, { act: 'answer', text: 'Here it is.' }),
      act(id, { act: 'withdraw' }, megan),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toEqual({ ok: false, code: 'ENDED' });
  });
});

describe('the asker', () => {
  test('withdraws what is not needed any more', async () => {
    const { id } = await mustAsk();
    expect(await refusal(act(id, { act: 'withdraw' }))).toBe('FORBIDDEN');
    const withdrawn = await mustAct(id, { act: 'withdraw' }, megan);
    expect(withdrawn.state).toBe('withdrawn');
    expect(await mustAct(id, { act: 'withdraw' }, megan)).toEqual(withdrawn);
    const pane = await paneOf(megan);
    expect([pane.tasks, pane.requests]).toEqual([[], []]);
    expect(await refusal(act(id, { act: 'answer', text: 'Here it is.' }))).toBe('ENDED');
    expect(await refusal(act(id, { act: 'rate', rating: 'good' }, megan))).toBe('ENDED');
  });

  test('rates the help; the provider reads counts, without a name', async () => {
    const before = (await listOf(tomas)).served;
    const { id } = await mustAsk();
    const rate = { act: 'rate', rating: 'kind-and-good' } as const;
    expect(await refusal(act(id, rate, megan))).toBe('WRONG_ORDER');
    await mustAct(id, { act: 'promise', due: inMs(HOUR) });
    expect((await listOf(tomas)).served).toEqual(before);
    await mustAct(id, { act: 'answer', text: 'It is at the depot.' });
    expect(await refusal(act(id, rate))).toBe('FORBIDDEN');
    expect(await refusal(act(id, rate, adaeze))).toBe('FORBIDDEN');
    expect((await mustAct(id, rate, megan)).rating).toBe('kind-and-good');
    expect((await mustAct(id, rate, megan)).rating).toBe('kind-and-good');
    const { toMe, served } = await listOf(tomas);
    expect(toMe.find((one) => one.id === id)?.rating).toBeNull();
    expect((await paneOf(tomas)).requests.find((one) => one.id === id)?.rating).toBeNull();
    expect((await listOf(megan)).byMe.find((one) => one.id === id)?.rating).toBe('kind-and-good');
    expect(served).toEqual({
      ...before,
      'kind-and-good': before['kind-and-good'] + 1,
      promised: before.promised + 1,
      inTime: before.inTime + 1,
    });
    expect((await listOf(megan)).served).toMatchObject({ promised: 0, inTime: 0, 'kind-and-good': 0 });
  });
});

describe('the lists', () => {
  test('hold what is open first, by its time, and what ended for ninety days', async () => {
    const later = await mustAsk({ wishedBy: inMs(3 * HOUR) });
    const sooner = await mustAsk({ wishedBy: inMs(2 * HOUR) });
    const ended = await mustAsk();
    await mustAct(ended.id, { act: 'answer', text: 'Done.' });
    const mine = [later.id, sooner.id, ended.id];
    const orderOf = async () =>
      (await listOf(tomas)).toMe.map(({ id }) => id).filter((id) => mine.includes(id));
    expect(await orderOf()).toEqual([sooner.id, later.id, ended.id]);
    clock += 89 * DAY;
    expect(await orderOf()).toEqual([sooner.id, later.id, ended.id]);
    clock += 2 * DAY;
    expect(await orderOf()).toEqual([sooner.id, later.id]);
  });

  test('are for those who are signed in', async () => {
    const nobody: Asker = { origin: relay.origin };
    const { id } = await mustAsk();
    for (const [what, body] of [
      ['GET /api/requests', undefined],
      ['POST /api/requests', draftOf()],
      [`POST /api/requests/${id}`, { act: 'withdraw' }],
    ] as const) {
      expect(await request(nobody, what, body)).toEqual({ ok: false, code: 'SIGNED_OUT' });
    }
    expect(await request(as(tomas), `POST /api/requests/${id}`, { act: 'answer' })).toEqual({
      ok: false,
      code: 'INVALID_PAYLOAD',
    });
  });
});

test('the customer sees the ally only: nothing of who helps, in no event, list or number', async () => {
  const before = await visitor.read();
  const { id } = await mustAsk({ what: 'Secretly: where is parcel 7?' });
  await mustAct(id, { act: 'promise', due: inMs(HOUR) });
  await mustAct(id, { act: 'answer', text: 'Secretly: at the depot.' });
  await mustAct(id, { act: 'rate', rating: 'good' }, megan);
  const words = await megan.say(conversation, 'I have found it.');
  await eventually('the next words come', () =>
    visitor.heard('message:sent').some((entry) => entry.kind === 'hello'),
  );
  const after = await visitor.read();
  expect(after.map(({ publicSeq }) => publicSeq)).toEqual(after.map((_, at) => at + 1));
  expect(after).toHaveLength(before.length + 1);
  expect(words.publicSeq).toBe(after.length);
  const heard = (['welcome', 'message:sent', 'conversation:changed', 'heads', 'people:changed'] as const).map(
    (name) => visitor.heard(name),
  );
  const everything = JSON.stringify([after, heard, await visitor.do('heads:ask', {})]);
  expect(everything).toContain('I have found it.');
  expect(everything).not.toContain('Secretly');
  expect(everything).not.toContain(id);
  expect(everything).not.toMatch(/help-|Ferreira/);
});

test('the back office asks as well', async () => {
  const asked = await call<InternalRequest>(
    as(tomas),
    'POST /api/requests',
    draftOf({ provider: megan.person.id, what: 'Which address?' }),
  );
  expect((await listOf(megan)).toMe).toContainEqual(asked);
  await mustAct(asked.id, { act: 'answer', text: 'The new one.' }, megan);
  expect((await listOf(tomas)).byMe.find(({ id }) => id === asked.id)?.answer).toBe('The new one.');
});
