/** A visitor asks for somebody by name, or says who they are: what both sides see, who is offered it, and who learns nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let lin: Agent;
let tomas: Agent;

beforeAll(async () => {
  relay = await openRelay();
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
  lin = await anAgent(relay, { given: '怡君', family: '林' });
  tomas = await anAgent(relay, { given: 'Tomás', family: 'Echeverría', role: 'back-office' });
});
afterAll(() => relay.close());

const names = (people: readonly { readonly fullName: string }[]) => people.map((one) => one.fullName);
const offeredTo = (agent: Agent, visitor: Visitor, who: string) =>
  eventually(`it is offered to ${who}`, async () => (await agent.find(visitor)).offeredTo?.fullName === who);
const isSeen = (visitor: Visitor, person: Agent, here: boolean) =>
  eventually('it is known who is here', async () => {
    const people = await visitor.do('people:find', {});
    return people.find((one) => one.id === person.person.id)?.here === here;
  });

describe('whom one may ask for', () => {
  test('is who answers visitors, those one knows first; nobody of the back office, by no name', async () => {
    const visitor = await aVisitor(relay);
    const strangers = await visitor.do('people:find', {});
    expect(names(strangers)).toEqual(expect.arrayContaining(['Megan Kajitani', '林怡君']));
    expect(names(strangers)).not.toContain('Tomás Echeverría');
    expect(strangers.every((one) => !one.met)).toBe(true);
    expect(await visitor.do('people:find', { name: 'Tomas Echeverria' })).toEqual([]);
    expect(names(await visitor.do('people:find', { name: 'megan kajtani' }))).toEqual(['Megan Kajitani']);
    expect(await visitor.do('people:find', { name: 'M' })).toEqual([]);

    await visitor.say('Do you have peonies?');
    const conversation = await lin.take(visitor);
    await lin.say(conversation, 'From October on.');
    const [first] = await visitor.do('people:find', {});
    expect(first).toMatchObject({ fullName: '林怡君', met: true, here: true });
  });

  test('who is no person of this company’s, or does not answer, is UNKNOWN, and nothing is written', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const { conversation } = visitor;
    for (const person of [newId(), tomas.person.id])
      expect(await refusal(visitor.ask('person:ask', { conversation, id: newId(), person }))).toBe('UNKNOWN');
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual(['message']);
  });
});

describe('asked for while it waits', () => {
  test('somebody who is here is offered it first, and both sides read whom', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const other = (await megan.find(visitor)).offeredTo?.id === megan.person.id ? lin : megan;
    const asked = await visitor.do('person:ask', {
      ...{ conversation: visitor.conversation, id: newId(), person: other.person.id },
    });
    expect(asked).toMatchObject({
      ...{ kind: 'person-asked', here: true, publicSeq: 2 },
      person: { fullName: other.person.fullName },
    });
    await offeredTo(megan, visitor, other.person.fullName);
    const conversation = await other.take(visitor);
    expect((await other.read(conversation)).map(({ kind }) => kind)).toEqual([
      ...['message', 'person-asked', 'joined'],
    ]);
  });

  test('somebody who is away is offered it when they are back; until then whoever is here', async () => {
    await megan.do('presence:set', { here: false, backAt: '2099-05-01T09:00:00Z' });
    const visitor = await aVisitor(relay);
    await isSeen(visitor, megan, false);
    await visitor.say('Hello?');
    const id = newId();
    const request = { conversation: visitor.conversation, id, person: megan.person.id };
    const asked = await visitor.do('person:ask', request);
    expect(asked).toMatchObject({ here: false, backAt: '2099-05-01T09:00:00.000Z' });
    expect((await lin.find(visitor)).offeredTo?.fullName).toBe('林怡君');
    await megan.do('presence:set', { here: true });
    await offeredTo(megan, visitor, 'Megan Kajitani');

    // A retry is the same entry, and another person under its id is refused.
    expect(await visitor.do('person:ask', request)).toEqual(asked);
    const another = { ...request, person: lin.person.id };
    expect(await refusal(visitor.ask('person:ask', another))).toBe('CONFLICT');
    expect((await visitor.read()).length).toBe(2);
  });

  test('in a colleague’s hands it stays there, and they read whom the visitor asked for', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const conversation = await lin.take(visitor);
    await visitor.do('person:ask', {
      ...{ conversation: visitor.conversation, id: newId(), person: megan.person.id },
    });
    await eventually('she reads it', () =>
      lin
        .heard('conversation:changed')
        .some((entry) => entry.kind === 'person-asked' && entry.conversation === conversation),
    );
    expect(await lin.find(visitor)).toMatchObject({ status: 'open', holder: { fullName: '林怡君' } });
  });

  test('over, it is forgotten: the next time the last person comes first', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    await visitor.do('person:ask', {
      ...{ conversation: visitor.conversation, id: newId(), person: megan.person.id },
    });
    const conversation = await lin.take(visitor);
    await lin.say(conversation, 'Good morning.');
    await lin.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye.' });
    await visitor.say('One more thing.');
    await offeredTo(lin, visitor, '林怡君');
  });
});

describe('before the first words', () => {
  const start = (visitor: Visitor, more: object) => ({
    ...{ token: visitor.token, conversation: visitor.conversation, locale: 'en' as const },
    message: { id: newId(), text: 'Hello?' },
    ...more,
  });

  test('whom one asks for and what one says of oneself stand behind them, once', async () => {
    const visitor = await aVisitor(relay);
    const about = { name: 'Anna Lindqvist', email: 'anna@example.com', order: 'A-1043' };
    const request = start(visitor, { askFor: megan.person.id, about });
    const begun = await visitor.do('conversation:start', request);
    expect(begun.entry).toMatchObject({ kind: 'message', publicSeq: 1 });
    expect(begun.conversation.publicSeq).toBe(3);
    await visitor.do('conversation:start', request);
    const entries = await visitor.read();
    expect(entries.slice(1)).toMatchObject([
      { kind: 'introduced', ...about },
      { kind: 'person-asked', person: { fullName: 'Megan Kajitani' } },
    ]);
    expect(entries).toHaveLength(3);
    await offeredTo(lin, visitor, 'Megan Kajitani');
    const row = await lin.find(visitor);
    // A claim: the name is shown, and nobody is known by it.
    expect(row).toMatchObject({ name: 'Anna Lindqvist', known: false });
    const opened = await lin.do('conversation:open', { conversation: row.id });
    expect(opened.conversation.email).toBe('anna@example.com');
    expect(opened.pane.customer).toBeNull();
  });

  test('who cannot be asked for is left out: the words count', async () => {
    const visitor = await aVisitor(relay);
    await visitor.do('conversation:start', start(visitor, { askFor: tomas.person.id }));
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual(['message']);
  });

  test.each([
    [{ email: 'no address' }, 'BAD_EMAIL'],
    [{ name: 'x'.repeat(121) }, 'TOO_LONG'],
    [{ verified: 'yes' }, 'INVALID_PAYLOAD'],
  ])('what is no claim is refused, and nothing is stored: %o', async (about, code) => {
    const visitor = await aVisitor(relay);
    expect(await refusal(visitor.ask('conversation:start', start(visitor, { about })))).toBe(code);
    const { rows } = await relay.database.pool.query('select 1 from conversations where client_id = $1', [
      visitor.conversation,
    ]);
    expect(rows).toEqual([]);
  });
});
