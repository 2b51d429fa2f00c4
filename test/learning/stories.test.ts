import type { Praise, PraiseDraft, Story, StoryDraft } from '@fullname/shared/recovery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let adaeze: Agent;
let tomas: Agent;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  adaeze = await anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
  tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira', role: 'back-office' });
  const visitor = await aVisitor(relay);
  await visitor.say('My parcel is not here');
  conversation = await megan.take(visitor);
});
afterAll(() => relay.close());

const as = (agent: Agent): Asker => ({ origin: relay.origin, cookie: agent.cookie });
const storyOf = (values: Partial<StoryDraft> = {}): StoryDraft => ({
  ...{ id: newId(), kind: 'recovery', what: 'Drove out with the roses at nine.', why: 'It was her wedding.' },
  ...{ cost: { amount: 24.5, currency: 'EUR' }, mayTell: 'company' },
  ...values,
});
const praiseOf = (values: Partial<PraiseDraft> = {}): PraiseDraft => ({
  ...{ id: newId(), to: adaeze.person.id, text: 'You stayed until she laughed.' },
  ...values,
});
const tell = (draft: StoryDraft, by = megan) => request<Story>(as(by), 'POST /api/stories', draft);
const praise = (draft: PraiseDraft, by = megan) => request<Praise>(as(by), 'POST /api/praise', draft);
const mustTell = (values: Partial<StoryDraft> = {}, by = megan) =>
  call<Story>(as(by), 'POST /api/stories', storyOf(values));
const mustPraise = (values: Partial<PraiseDraft> = {}, by = megan) =>
  call<Praise>(as(by), 'POST /api/praise', praiseOf(values));
const board = (agent: Agent) => call<{ stories: Story[]; praise: Praise[] }>(as(agent), 'GET /api/stories');

describe('a story', () => {
  test('has two names, its cost and its reason, and everybody reads it', async () => {
    const told = await mustTell({ about: adaeze.person.id, conversation });
    expect(told).toMatchObject({
      ...{ kind: 'recovery', why: 'It was her wedding.', cost: { amount: 24.5, currency: 'EUR' } },
      ...{ by: { fullName: 'Megan Kajitani' }, about: { fullName: 'Adaeze Okafor' }, conversation },
    });
    for (const agent of [megan, adaeze, tomas]) expect((await board(agent)).stories[0]).toEqual(told);
    expect(await mustTell({ kind: 'out-of-nothing', cost: null }, tomas)).toMatchObject({
      ...{ kind: 'out-of-nothing', cost: null, about: null, conversation: null },
    });
  });

  test('that may be told to nobody is seen by its writer and whom it is about', async () => {
    const { id } = await mustTell({ mayTell: 'nobody', about: adaeze.person.id });
    const owner: Asker = { origin: relay.origin, cookie: relay.owner };
    const seenBy = async (asker: Asker) =>
      (await call<{ stories: Story[] }>(asker, 'GET /api/stories')).stories.some((one) => one.id === id);
    expect(await Promise.all([seenBy(as(megan)), seenBy(as(adaeze))])).toEqual([true, true]);
    expect(await Promise.all([seenBy(as(tomas)), seenBy(owner)])).toEqual([false, false]);
  });

  test('is one under its id', async () => {
    const draft = storyOf({ conversation });
    const answers = await Promise.all(Array.from({ length: 5 }, () => tell(draft)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect((await board(megan)).stories.filter(({ id }) => id === draft.id)).toHaveLength(1);
    for (const other of [
      { what: 'Something else' },
      { cost: null },
      { mayTell: 'nobody' },
      { about: adaeze.person.id },
    ] as const) {
      expect(await refusal(tell({ ...draft, ...other }))).toBe('CONFLICT');
    }
    expect(await refusal(tell(draft, adaeze))).toBe('CONFLICT');
  });

  test('is about somebody who is, or was, one of us', async () => {
    expect(await refusal(tell(storyOf({ about: newId() })))).toBe('UNKNOWN');
    expect(await refusal(tell(storyOf({ conversation: newId() })))).toBe('UNKNOWN');
    expect(await refusal(tell(storyOf({ what: ' ' })))).toBe('EMPTY');
    expect((await mustTell({ what: 'Found 4111 1111 1111 1111.' })).what).not.toContain('4111 1111 1111');
  });
});

describe('praise', () => {
  test('goes to a colleague by name; all peers see it, and its receiver is told', async () => {
    const given = await mustPraise({ conversation });
    expect(given).toMatchObject({
      ...{ text: 'You stayed until she laughed.', conversation, read: false },
      ...{ by: { fullName: 'Megan Kajitani' }, to: { fullName: 'Adaeze Okafor' } },
    });
    for (const agent of [megan, adaeze, tomas]) expect((await board(agent)).praise[0]).toEqual(given);
    const told = await eventually('the receiver is told', () =>
      adaeze.heard('work:changed').find((work) => work.praise > 0),
    );
    expect(megan.heard('work:changed').every((work) => work.praise === 0)).toBe(true);
    await mustPraise({ text: 'And again.' }, tomas);
    await eventually('two wait', () => adaeze.heard('work:changed').at(-1)?.praise === told.praise + 1);
    expect(await request(as(adaeze), 'POST /api/praise/read', {})).toEqual({ ok: true, value: {} });
    await eventually('nothing waits', () => adaeze.heard('work:changed').at(-1)?.praise === 0);
    expect((await board(adaeze)).praise.find(({ id }) => id === given.id)?.read).toBe(true);
  });

  test('is read by its receiver, not by those who look on', async () => {
    const { id } = await mustPraise({}, tomas);
    await call(as(megan), 'POST /api/praise/read', {});
    expect((await board(megan)).praise.find((one) => one.id === id)?.read).toBe(false);
  });

  test('is not for oneself, nor for nobody', async () => {
    expect(await refusal(praise(praiseOf({ to: megan.person.id })))).toBe('UNKNOWN');
    expect(await refusal(praise(praiseOf({ to: newId() })))).toBe('UNKNOWN');
    expect(await refusal(praise(praiseOf({ conversation: newId() })))).toBe('UNKNOWN');
    expect(await refusal(praise(praiseOf({ text: '' })))).toBe('EMPTY');
  });

  test('is one under its id', async () => {
    const draft = praiseOf();
    const answers = await Promise.all(Array.from({ length: 5 }, () => praise(draft)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await refusal(praise({ ...draft, text: 'Other words' }))).toBe('CONFLICT');
    expect(await refusal(praise(draft, tomas))).toBe('CONFLICT');
  });
});

test('nobody is counted: the board names who did what, and the latest fifty of each', async () => {
  for (let n = 0; n < 55; n += 1) await mustPraise({ text: `Well done ${n}` });
  const { stories, praise: praised, ...rest } = await board(tomas);
  expect(rest).toEqual({});
  expect(stories.length).toBeLessThanOrEqual(50);
  expect(praised).toHaveLength(50);
  expect(praised[0]?.text).toBe('Well done 54');
  expect(JSON.stringify([stories, praised])).not.toMatch(/"(count|total|rank|score)"/);
});

test('the board is for those who are signed in', async () => {
  const nobody: Asker = { origin: relay.origin };
  for (const [what, body] of [
    ['GET /api/stories', undefined],
    ['POST /api/stories', storyOf()],
    ['POST /api/praise', praiseOf()],
    ['POST /api/praise/read', {}],
  ] as const) {
    expect(await request(nobody, what, body)).toEqual({ ok: false, code: 'SIGNED_OUT' });
  }
});
