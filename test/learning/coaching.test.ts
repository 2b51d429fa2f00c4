import type { CoachingDraft, CoachingNote } from '@fullname/shared/recovery';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const SECRET = 'Next time, ask before you offer.';

let relay: Relay;
let owner: Asker;
let megan: Agent;
let adaeze: Agent;
let tomas: Agent;
/** Another owner at the console. */
let carol: Agent;
let visitor: Visitor;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  owner = { origin: relay.origin, cookie: relay.owner };
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  adaeze = await anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
  tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira', role: 'back-office' });
  carol = await anAgent(relay, { given: 'Carol', family: 'Jones', role: 'owner' });
});
afterAll(() => relay.close());
beforeEach(async () => {
  visitor = await aVisitor(relay);
  await visitor.say('My parcel is not here');
  conversation = await megan.take(visitor);
});

const as = (agent: Agent): Asker => ({ origin: relay.origin, cookie: agent.cookie });
const draftOf = (values: Partial<CoachingDraft> = {}): CoachingDraft => ({
  ...{ id: newId(), conversation, to: megan.person.id, text: SECRET },
  ...values,
});
const write = (draft: CoachingDraft, by = owner) => request<CoachingNote>(by, 'POST /api/coaching', draft);
const mustWrite = (values: Partial<CoachingDraft> = {}) =>
  call<CoachingNote>(owner, 'POST /api/coaching', draftOf(values));
const notesOf = (asker: Asker) => call<CoachingNote[]>(asker, 'GET /api/coaching');
const idsOf = async (asker: Asker) => (await notesOf(asker)).map(({ id }) => id);
const close = () => megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye, Anna.' });
const read = (id: string, by = as(megan)) => request(by, `POST /api/coaching/${id}/read`, {});
const notesTold = (agent: Agent) => agent.heard('work:changed').at(-1)?.notes;

test('is its writer’s alone until the conversation is closed, and then its agent’s as well', async () => {
  const written = await mustWrite();
  expect(written).toMatchObject({
    ...{ conversation, text: SECRET, shownAt: null, read: false },
    ...{ by: { fullName: 'Ruth Asante' }, to: { fullName: 'Megan Kajitani' } },
  });
  expect(await notesOf(owner)).toContainEqual(written);
  expect(await idsOf(as(megan))).not.toContain(written.id);
  expect(await refusal(read(written.id))).toBe('UNKNOWN');
  await close();
  const shown = (await notesOf(as(megan))).find(({ id }) => id === written.id);
  expect(shown).toEqual({ ...written, shownAt: expect.stringMatching(/Z$/) });
  await eventually('the agent is told', () => (notesTold(megan) ?? 0) > 0);
  for (const other of [as(adaeze), as(tomas), as(carol)]) {
    expect(await idsOf(other)).not.toContain(written.id);
    expect(await refusal(read(written.id, other))).toBe('UNKNOWN');
  }
});

test('stays shown when the conversation is opened again, where a new one waits for its end', async () => {
  const first = await mustWrite();
  await close();
  await megan.do('conversation:reopen', { conversation, id: newId() });
  const second = await mustWrite({ text: 'And again.' });
  expect(second.shownAt).toBeNull();
  const now = await idsOf(as(megan));
  expect(now).toContain(first.id);
  expect(now).not.toContain(second.id);
  await visitor.say('One more thing');
  await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye.' });
  expect(await idsOf(as(megan))).toEqual(expect.arrayContaining([first.id, second.id]));
});

test('is shown at once where the conversation is closed already', async () => {
  await close();
  const before = megan.heard('work:changed').length;
  const written = await mustWrite();
  expect(written.shownAt).not.toBeNull();
  expect(await idsOf(as(megan))).toContain(written.id);
  await eventually('the agent is told', () => megan.heard('work:changed').length > before);
});

test('is shown when the conversation is put aside, and of one that was', async () => {
  const before = await mustWrite();
  await megan.do('conversation:put-aside', { conversation, id: newId() });
  expect(await idsOf(as(megan))).toContain(before.id);
  await eventually('the agent is told', () => (notesTold(megan) ?? 0) > 0);
  const after = await mustWrite();
  expect(after.shownAt).not.toBeNull();
  expect(await idsOf(as(megan))).toContain(after.id);
});

test('is never missed where it is written while the conversation is being closed', async () => {
  for (let round = 0; round < 5; round += 1) {
    const other = await aVisitor(relay);
    await other.say('Hello');
    const theirs = await megan.take(other);
    const [written] = await Promise.all([
      mustWrite({ conversation: theirs }),
      megan.do('conversation:close', { conversation: theirs, id: newId(), farewell: 'Goodbye.' }),
    ]);
    expect(await idsOf(as(megan))).toContain(written.id);
  }
});

test('is in nothing that is read of a conversation, by nobody, before and after', async () => {
  for (const agent of [megan, adaeze, tomas, carol]) await agent.do('conversation:open', { conversation });
  const { id } = await mustWrite();
  await megan.say(conversation, 'Let me look.');
  await megan.note(conversation, 'Looking.');
  const everything = async () => {
    const seen: unknown[] = [await visitor.read(), await visitor.do('heads:ask', {})];
    for (const agent of [megan, adaeze, tomas, carol]) {
      seen.push(await agent.do('conversation:open', { conversation }));
      seen.push(await agent.do('entries:fetch', { conversation, after: 0 }));
      seen.push(await agent.do('customer:read', { conversation }));
      seen.push(await agent.do('conversation:list', { view: 'all' }));
      seen.push(await agent.do('conversation:list', { view: 'closed' }));
      seen.push(await agent.do('conversation:list', { view: 'all', query: 'offer' }));
      seen.push(await call(as(agent), 'GET /api/stories'), await call(as(agent), 'GET /api/requests'));
      const events = [
        ...(['message:sent', 'conversation:changed', 'rows:changed', 'customer:changed'] as const),
        ...(['work:changed', 'task:due', 'counts:changed', 'heads', 'welcome'] as const),
      ] as const;
      seen.push(events.map((name) => agent.heard(name)));
    }
    const events = ['welcome', 'message:sent', 'conversation:changed', 'heads', 'people:changed'] as const;
    return JSON.stringify([seen, events.map((name) => visitor.heard(name))]);
  };
  const before = await everything();
  expect(before).toContain('Let me look.');
  await close();
  await eventually('the agent is told', () => (notesTold(megan) ?? 0) > 0);
  const after = await everything();
  expect(after).toContain('Goodbye, Anna.');
  for (const seen of [before, after]) {
    expect(seen).not.toContain(SECRET);
    expect(seen).not.toContain(id);
  }
  const seqs = (await megan.read(conversation)).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, at) => at + 1));
});

test('is read by its agent once', async () => {
  await close();
  const { id } = await mustWrite();
  const waiting = (await notesOf(as(megan))).filter((note) => !note.read).length;
  await eventually('the agent is told', () => notesTold(megan) === waiting);
  expect(await read(id)).toEqual({ ok: true, value: {} });
  expect(await read(id)).toEqual({ ok: true, value: {} });
  await eventually('one less waits', () => notesTold(megan) === waiting - 1);
  expect((await notesOf(as(megan))).find((note) => note.id === id)?.read).toBe(true);
});

test('is one under its id, and of its words', async () => {
  const draft = draftOf();
  const answers = await Promise.all(Array.from({ length: 5 }, () => write(draft)));
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  expect((await idsOf(owner)).filter((id) => id === draft.id)).toHaveLength(1);
  expect(await refusal(write({ ...draft, text: 'Other words' }))).toBe('CONFLICT');
  expect(await refusal(write({ ...draft, to: adaeze.person.id }))).toBe('CONFLICT');
  expect(await refusal(write(draft, as(carol)))).toBe('CONFLICT');
  const masked = await mustWrite({ text: 'You repeated 4111 1111 1111 1111.' });
  expect(masked.text).not.toContain('4111 1111 1111');
});

test('is an owner’s to write, to somebody who answers customers', async () => {
  const self = await call<{ person: { id: string } }>(owner, 'GET /api/session');
  for (const by of [as(megan), as(adaeze), as(tomas)]) {
    expect(await refusal(write(draftOf({ to: adaeze.person.id }), by))).toBe('FORBIDDEN');
  }
  expect(await refusal(write(draftOf(), { origin: relay.origin }))).toBe('SIGNED_OUT');
  for (const to of [self.person.id, tomas.person.id, newId()]) {
    expect(await refusal(write(draftOf({ to })))).toBe('UNKNOWN');
  }
  expect(await refusal(write(draftOf({ conversation: newId() })))).toBe('UNKNOWN');
  expect(await refusal(write(draftOf({ text: ' ' })))).toBe('EMPTY');
});

test('goes with its conversation', async () => {
  const { id } = await mustWrite();
  await close();
  expect(await idsOf(as(megan))).toContain(id);
  await relay.database.pool.query('delete from conversations where id = $1', [conversation]);
  expect(await idsOf(as(megan))).not.toContain(id);
  expect(await idsOf(owner)).not.toContain(id);
});
