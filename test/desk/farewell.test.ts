/** What is asked after a goodbye: two open questions, answered once, read by the agent, and no reason to wake anybody up. */
import type { FarewellQuestion } from '@fullname/shared/model';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let visitor: Visitor;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());
beforeEach(async () => {
  visitor = await aVisitor(relay);
  await visitor.say('The peonies are lovely.');
  conversation = await megan.take(visitor);
});

const close = () =>
  megan.do('conversation:close', { conversation, id: newId(), farewell: 'Enjoy them, and goodbye.' });
const anAnswer = (text: string, question: FarewellQuestion = 'how', id = newId()) => ({
  ...{ conversation: visitor.conversation, id, question, text },
});
const answer = (draft: ReturnType<typeof anAnswer>, who = visitor) => who.do('farewell:answer', draft);
const status = async () => (await megan.do('conversation:open', { conversation })).conversation.status;

test('both answers are in the log of both ends and in the pane, with whose goodbye it was; the conversation stays closed', async () => {
  await close();
  const how = await answer(anAnswer('Calm and quick.'));
  await answer(anAnswer('Peonies in May.', 'hope'));
  expect(how).toMatchObject({ kind: 'farewell-answered', question: 'how', text: 'Calm and quick.' });
  const answers = (await visitor.read()).filter(({ kind }) => kind === 'farewell-answered');
  expect(answers).toMatchObject([
    { question: 'how', text: 'Calm and quick.' },
    { question: 'hope', text: 'Peonies in May.' },
  ]);
  const { pane } = await megan.do('conversation:open', { conversation });
  const person = { id: megan.person.id, fullName: 'Megan Kajitani' };
  expect(pane.farewells?.toSorted((one, other) => (one.question < other.question ? 1 : -1))).toMatchObject([
    { conversation, question: 'how', text: 'Calm and quick.', person },
    { conversation, question: 'hope', text: 'Peonies in May.', person },
  ]);
  expect(await status()).toBe('closed');
});

test('an open console is told at once', async () => {
  await close();
  await megan.do('conversation:open', { conversation });
  await answer(anAnswer('Calm and quick.'));
  await eventually('the entry came', () =>
    megan.heard('conversation:changed').find((one) => one.kind === 'farewell-answered'),
  );
  await eventually('the pane came', () =>
    megan.heard('customer:changed').find(({ pane }) => pane.farewells?.[0]?.text === 'Calm and quick.'),
  );
});

test('a retry is the same answer, at the same moment as well; another answer to the same question is none', async () => {
  await close();
  const draft = anAnswer('Calm and quick.');
  const [first, again] = await Promise.all([answer(draft), answer(draft)]);
  expect(again).toEqual(first);
  expect(await answer(draft)).toEqual(first);
  expect(await refusal(visitor.ask('farewell:answer', anAnswer('Slow.')))).toBe('CONFLICT');
  expect(await refusal(visitor.ask('farewell:answer', { ...draft, text: 'Slow.' }))).toBe('CONFLICT');
  expect((await visitor.read()).filter(({ kind }) => kind === 'farewell-answered')).toHaveLength(1);
});

test('words are taken in as those of messages are: repaired, masked, bounded, never empty', async () => {
  await close();
  const masked = await answer(anAnswer('I paid with 4111 1111 1111 1111\u0000.'));
  const text = masked.kind === 'farewell-answered' ? masked.text : '';
  expect(text).toContain('1111');
  expect(text).not.toContain('4111 1111');
  expect(text).not.toContain('\u0000');
  expect(await refusal(visitor.ask('farewell:answer', anAnswer('   ', 'hope')))).toBe('EMPTY');
  expect(await refusal(visitor.ask('farewell:answer', anAnswer('x'.repeat(1_001), 'hope')))).toBe('TOO_LONG');
});

test('nobody is asked before a goodbye, nor after the talk goes on; the next goodbye asks anew', async () => {
  expect(await refusal(visitor.ask('farewell:answer', anAnswer('Too early.')))).toBe('UNKNOWN');
  await close();
  const draft = anAnswer('Calm and quick.');
  const first = await answer(draft);
  await visitor.say('One more thing.');
  expect(await status()).toBe('waiting');
  expect(await refusal(visitor.ask('farewell:answer', anAnswer('Late.', 'hope')))).toBe('UNKNOWN');
  expect(await answer(draft)).toEqual(first);
  await megan.do('conversation:take', { conversation, id: newId() });
  await close();
  await answer(anAnswer('Calm again.'));
  expect((await megan.do('customer:read', { conversation })).farewells?.map(({ text }) => text)).toEqual([
    'Calm again.',
    'Calm and quick.',
  ]);
});

test('whoever writes again is offered to the person who said goodbye', async () => {
  await anAgent(relay, { given: 'Aaron', family: 'Abbott' });
  await close();
  await visitor.say('One more thing.');
  const row = await megan.find(visitor);
  expect(row.offeredTo?.fullName).toBe('Megan Kajitani');
});
