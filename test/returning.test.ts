import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, anAgentWith, aVisitor, newId } from './support/people.ts';
import { openRelay, type Relay, startRelay } from './support/relay.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay();
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
});
afterAll(() => relay.close());

describe('a visitor who comes back', () => {
  test('finds the earlier conversation, the same person’s name, and whether that person is here', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Do you have white peonies?');
    const conversation = await megan.take(visitor);
    await megan.say(conversation, 'From October on.');
    visitor.close();

    const back = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
    const [known] = back.heard('welcome')[0]?.conversations ?? [];
    expect(known).toMatchObject({
      ...{ id: visitor.conversation, status: 'open', publicSeq: 3 },
      holder: { fullName: 'Megan Kajitani', title: 'Florist adviser', here: true },
    });
    expect((await back.read()).map((entry) => entry.kind)).toEqual(['message', 'joined', 'hello']);

    await megan.do('presence:set', { here: false, backAt: '2099-05-01T09:00:00Z' });
    const [later] = await eventually('she is seen to be away', async () => {
      const heads = await back.do('heads:ask', {});
      return heads[0]?.holder?.here === false && heads;
    });
    expect(later?.holder).toMatchObject({ fullName: 'Megan Kajitani', backAt: '2099-05-01T09:00:00.000Z' });
    await megan.do('presence:set', { here: true });
  });

  test('hears what was said while they were away, in order', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const conversation = await megan.take(visitor);
    visitor.close();
    for (const text of ['one', 'two', 'three']) await megan.say(conversation, text);
    const back = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
    const { entries } = await back.do('entries:fetch', { conversation: visitor.conversation, after: 2 });
    expect(entries.map((entry) => 'text' in entry && entry.text)).toEqual(['one', 'two', 'three']);
  });

  test('on another page: whoever opens the conversation then reads its title, with and without having looked before', async () => {
    const was = { url: 'https://shop.example/', title: 'Flowers' };
    const visitor = await aVisitor(relay, { page: was });
    await visitor.do('conversation:start', {
      ...{ token: visitor.token, conversation: visitor.conversation, locale: 'en', page: was },
      message: { id: newId(), text: 'Do you have white peonies?' },
    });
    const conversation = await megan.take(visitor);
    visitor.close();
    const page = { url: 'https://shop.example/peonies?a=1', title: 'Peonies, \u201cwhite\u201d' };
    await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation, page });
    await eventually('who has it open is told', () =>
      megan
        .heard('page:viewed')
        .some((view) => view.conversation === conversation && view.page?.title === page.title),
    );
    const opened = await eventually('and it is kept', async () => {
      const { conversation: detail } = await megan.do('conversation:open', { conversation });
      return detail.page?.title === page.title && detail;
    });
    expect(opened).toMatchObject({ page, visitorHere: true });
  });

  test('is a new visitor without the token', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const stranger = await aVisitor(relay);
    expect(stranger.heard('welcome')[0]?.conversations).toEqual([]);
  });
});

describe('what both have read', () => {
  test('is told by one cursor a side that never goes back', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const conversation = await megan.take(visitor);
    const reply = await megan.say(conversation, 'Good morning.');
    await megan.do('read:advance', { conversation, seq: reply.seq });
    await eventually(
      'the visitor sees it read',
      () => visitor.heard('read:advanced').at(-1)?.agentRead === 3,
    );
    await visitor.do('read:advance', { conversation: visitor.conversation, publicSeq: 3 });
    await visitor.do('read:advance', { conversation: visitor.conversation, publicSeq: 1 });
    await eventually('the agent sees it read', () => megan.heard('read:advanced').at(-1)?.visitorRead === 3);
    const [head] = await visitor.do('heads:ask', {});
    expect([head?.read, head?.agentRead]).toEqual([3, 3]);
  });
});

describe('what came and is not read', () => {
  test('is told to both by a cursor of its own; the visitor hears it of the person who holds the conversation', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const conversation = (await megan.find(visitor)).id;
    await megan.do('delivered:advance', { conversation, seq: 1 });
    const cursors = async () => {
      const [head] = await visitor.do('heads:ask', {});
      return [head?.agentDelivered, head?.agentRead];
    };
    expect(await cursors()).toEqual([0, 0]);

    await megan.take(visitor);
    const yiJun = await anAgent(relay, { given: '怡君', family: '林' });
    await yiJun.do('delivered:advance', { conversation, seq: 1 });
    expect(await cursors()).toEqual([0, 0]);
    await megan.do('delivered:advance', { conversation, seq: 99 });
    await megan.do('delivered:advance', { conversation, seq: 1 });
    await eventually(
      'the visitor sees that it came',
      () => visitor.heard('delivered:advanced').at(-1)?.agentDelivered === 2,
    );
    expect(await cursors()).toEqual([2, 0]);

    await megan.do('conversation:open', { conversation });
    const reply = await megan.say(conversation, 'Good morning.');
    await visitor.do('delivered:advance', { conversation: visitor.conversation, publicSeq: 99 });
    await eventually(
      'the agent sees that it came',
      () => megan.heard('delivered:advanced').at(-1)?.visitorDelivered === reply.publicSeq,
    );
    const { heads } = await megan.do('heads:ask', { conversations: [conversation] });
    expect(heads).toEqual([expect.objectContaining({ visitorDelivered: reply.publicSeq, visitorRead: 0 })]);
    const opened = await megan.do('conversation:open', { conversation });
    expect(opened.conversation).toMatchObject({ visitorDelivered: reply.publicSeq, visitorRead: 0 });
  });
});

describe('the back office looking in', () => {
  test('is not told to the visitor as read', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const conversation = (await megan.find(visitor)).id;
    const back = await anAgent(relay, { given: 'Tomás', family: 'Echeverría', role: 'back-office' });
    await back.do('conversation:open', { conversation });
    await back.do('read:advance', { conversation, seq: 1 });
    const [head] = await visitor.do('heads:ask', {});
    expect(head?.agentRead).toBe(0);
  });
});

describe('an agent who reloads the console', () => {
  test('finds the draft of each conversation', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const conversation = await megan.take(visitor);
    await megan.do('draft:save', { conversation, text: 'Good morn' });
    const reloaded = await anAgentWith(relay, megan);
    expect((await reloaded.do('conversation:open', { conversation })).draft).toBe('Good morn');
  });
});

describe('nobody here', () => {
  test('is said to the visitor honestly; the message is taken, with an address for the answer', async () => {
    const quiet = await startRelay();
    const visitor = await aVisitor(quiet);
    expect(visitor.heard('welcome')[0]?.expectation).toEqual({ kind: 'nobody', backAt: null });
    await visitor.say('Is anybody there?');
    const { conversation } = visitor;
    const given = await visitor.do('email:give', {
      ...{ conversation, id: '9b2f7c3e-1f0a-4b54-8d4c-2b8a5f6d7e80', email: 'anna@example.com' },
    });
    expect(given).toMatchObject({ kind: 'email-given', email: 'anna@example.com' });
    const megan = await anAgent(quiet, { given: 'Megan', family: 'Kajitani' });
    const now = await eventually('the visitor sees her come', () => {
      const heard = visitor.heard('people:changed').at(-1);
      return heard?.expectation.kind === 'here' && heard;
    });
    expect(now.people.map((person) => person.fullName)).toContain('Megan Kajitani');
    const opened = await megan.do('conversation:open', { conversation: (await megan.find(visitor)).id });
    expect(opened.conversation.email).toBe('anna@example.com');
  });
});
