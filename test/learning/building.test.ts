/** What is built with customers: flagged in a conversation, built by a colleague, told to everybody who has wished for it, once. */
import type { Build, BuildActed, BuildDraft } from '@fullname/shared/building';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asker, call, request } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let yijun: Agent;
let tomas: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  yijun = await anAgent(relay, { given: '怡君', family: '林' });
  tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira', role: 'back-office' });
});
afterAll(() => relay.close());

const as = (agent: Agent): Asker => ({ origin: relay.origin, cookie: agent.cookie });
const draftFor = (conversation: string, credit?: string): BuildDraft => ({
  ...{ id: newId(), what: 'A photograph of the parcel at its door' },
  wish: { id: newId(), conversation, words: 'I want to see where it lies.', ...(credit ? { credit } : {}) },
});
const act = (agent: Agent, id: string, body: object) =>
  request<BuildActed>(as(agent), `POST /api/builds/${id}`, body);
const must = (agent: Agent, id: string, body: object) =>
  call<BuildActed>(as(agent), `POST /api/builds/${id}`, body);

async function speaking(agent: Agent): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(relay);
  await visitor.say('Where is my parcel?');
  return { visitor, conversation: await agent.take(visitor) };
}
const wordsIn = async (visitor: Visitor): Promise<string[]> =>
  (await visitor.read()).flatMap((entry) =>
    'author' in entry && entry.author.kind === 'agent' ? entry.text : [],
  );

test('from the wish to the news: one person speaks to each, nobody reads it twice, and who is with a colleague waits', async () => {
  const [open, closed, elsewhere] = [await speaking(megan), await speaking(megan), await speaking(yijun)];
  await megan.do('conversation:close', {
    conversation: closed.conversation,
    id: newId(),
    farewell: 'Goodbye.',
  });
  const draft = draftFor(open.conversation, 'Anna Lindqvist');
  const made = await call<Build>(as(megan), 'POST /api/builds', draft);
  expect(await call<Build>(as(megan), 'POST /api/builds', draft)).toEqual(made);
  expect(made).toMatchObject({
    state: 'wished',
    builder: null,
    wishes: [{ credit: 'Anna Lindqvist', told: null }],
  });
  for (const { conversation } of [closed, elsewhere])
    await call(as(yijun), `POST /api/builds/${made.id}/wishes`, {
      id: newId(),
      conversation,
      words: 'Me too.',
    });

  const { build } = await must(tomas, made.id, { act: 'build' });
  expect(build).toMatchObject({ state: 'building', builder: { fullName: 'Tomás Ferreira' } });
  const news = { act: 'tell', text: 'The photograph is here, and you helped us build it.' };
  expect(await act(megan, made.id, news)).toEqual({ ok: false, code: 'WRONG_ORDER' });
  await must(tomas, made.id, { act: 'here' });
  expect(await act(tomas, made.id, news)).toEqual({ ok: false, code: 'FORBIDDEN' });

  const told = await must(megan, made.id, news);
  const later = told.build.wishes.find(({ conversation }) => conversation === elsewhere.conversation);
  expect(told.left).toEqual([{ wish: later?.id, code: 'NOT_YOURS' }]);
  expect(told.build.wishes.map((wish) => wish.told?.by.fullName)).toEqual([
    ...['Megan Kajitani', 'Megan Kajitani'],
    undefined,
  ]);
  expect((await must(megan, made.id, news)).left).toEqual(told.left);
  expect((await must(yijun, made.id, news)).left).toEqual([]);
  for (const { visitor } of [open, closed, elsewhere])
    expect((await wordsIn(visitor)).filter((text) => text === news.text)).toEqual([news.text]);
  const { rows } = await megan.do('conversation:list', { view: 'closed' });
  expect(rows.map(({ id }) => id)).toEqual([closed.conversation]);
  expect(await call<Build[]>(as(tomas), 'GET /api/builds')).toMatchObject([
    { state: 'here', what: draft.what },
  ]);
});

test('of one conversation there is one wish for each; what nobody knows, and who is not signed in, is refused', async () => {
  const { conversation } = await speaking(megan);
  const draft = draftFor(conversation);
  const { id } = await call<Build>(as(megan), 'POST /api/builds', draft);
  const again = { id: newId(), conversation, words: 'Once more.' };
  for (const [what, body, code] of [
    [`POST /api/builds/${id}/wishes`, again, 'CONFLICT'],
    ['POST /api/builds', { ...draft, what: 'Something else' }, 'CONFLICT'],
    ['POST /api/builds', draftFor(newId()), 'UNKNOWN'],
    [`POST /api/builds/${newId()}/wishes`, again, 'UNKNOWN'],
    [`POST /api/builds/${newId()}`, { act: 'build' }, 'UNKNOWN'],
    [`POST /api/builds/${id}`, { act: 'not-now', why: ' ' }, 'EMPTY'],
  ] as const)
    expect(await request(as(megan), what, body)).toEqual({ ok: false, code });
  for (const [what, body] of [
    ['GET /api/builds', undefined],
    ['POST /api/builds', draft],
    [`POST /api/builds/${id}`, { act: 'here' }],
  ] as const)
    expect(await request({ origin: relay.origin }, what, body)).toEqual({ ok: false, code: 'SIGNED_OUT' });
  expect(
    await must(megan, id, { act: 'not-now', why: 'The vans have no signal; by spring they will.' }),
  ).toMatchObject({
    build: { state: 'not-now', why: 'The vans have no signal; by spring they will.' },
  });
});
