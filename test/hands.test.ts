import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from './support/people.ts';
import { openRelay, type Relay } from './support/relay.ts';

let relay: Relay;
let megan: Agent;
let xuemei: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
});
afterAll(() => relay.close());

async function aWaitingVisitor(text = 'Hello?'): Promise<Visitor> {
  const visitor = await aVisitor(relay);
  await visitor.say(text);
  return visitor;
}

describe('a conversation that waits', () => {
  test('is taken once when two agents claim it at the same moment; the loser is told who has it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const visitor = await aWaitingVisitor();
      const conversation = (await megan.find(visitor)).id;
      const answers = await Promise.all([
        megan.ask('conversation:take', { conversation, id: newId() }),
        xuemei.ask('conversation:take', { conversation, id: newId() }),
      ]);
      expect(answers.map((answer) => (answer.ok ? 'has it' : answer.code)).toSorted()).toEqual([
        'TAKEN',
        'has it',
      ]);
      const winner = answers[0]?.ok ? megan : xuemei;
      const row = await xuemei.find(visitor);
      expect(row).toMatchObject({ status: 'open', holder: { fullName: winner.person.fullName } });
      const joined = (await megan.read(conversation)).filter((entry) => entry.kind === 'joined');
      expect(joined).toHaveLength(1);
    }
  });

  test('tells the visitor by full name who is speaking with them now', async () => {
    const visitor = await aWaitingVisitor();
    await megan.take(visitor);
    const [entry] = await eventually('the visitor hears of it', () => {
      const heard = visitor.heard('conversation:changed');
      return heard.length > 0 && heard;
    });
    expect(entry).toMatchObject({ kind: 'joined', person: { fullName: 'Megan Kajitani' } });
    const [head] = await visitor.do('heads:ask', {});
    expect(head?.holder).toMatchObject({ fullName: 'Megan Kajitani', title: 'Florist adviser', here: true });
  });

  test('is answered only by whoever has it', async () => {
    const visitor = await aWaitingVisitor();
    const conversation = (await megan.find(visitor)).id;
    const words = () => ({ conversation, id: newId(), text: 'Good morning.' });
    expect(await refusal(megan.ask('message:send', words()))).toBe('NOT_TAKEN');
    await megan.take(visitor);
    expect(await refusal(xuemei.ask('message:send', words()))).toBe('NOT_YOURS');
    expect((await visitor.read()).map((entry) => entry.kind)).toEqual(['message', 'joined']);
  });

  test('is offered to somebody who is here', async () => {
    const visitor = await aWaitingVisitor();
    const row = await eventually('it is offered', async () => {
      const found = await megan.find(visitor);
      return found.offeredTo && found;
    });
    expect(['Megan Kajitani', '林雪梅']).toContain(row.offeredTo?.fullName);
  });
});

describe('a hand-over', () => {
  test('goes to a named person, with a note that the visitor does not see, and keeps the ally', async () => {
    const visitor = await aWaitingVisitor();
    const conversation = await megan.take(visitor);
    const handed = await megan.do('conversation:hand-over', {
      ...{ conversation, id: newId(), to: xuemei.person.id },
      note: 'Prefers the afternoon.',
    });
    expect(handed).toMatchObject({ holder: { fullName: '林雪梅' }, contact: { fullName: 'Megan Kajitani' } });
    const seen = await visitor.read();
    expect(seen.at(-1)).toMatchObject({
      kind: 'handed-over',
      from: { fullName: 'Megan Kajitani' },
      to: { fullName: '林雪梅' },
      contact: { fullName: 'Megan Kajitani' },
    });
    const [head] = await visitor.do('heads:ask', {});
    expect([head?.holder?.fullName, head?.contact?.fullName]).toEqual(['林雪梅', 'Megan Kajitani']);
    expect((await xuemei.read(conversation)).map((entry) => entry.kind)).toContain('note');
    expect(JSON.stringify(seen)).not.toContain('afternoon');
  });

  test('makes the next person’s first words a hello of their own', async () => {
    const visitor = await aWaitingVisitor();
    const conversation = await megan.take(visitor);
    await megan.say(conversation, 'Good morning.');
    await megan.do('conversation:hand-over', { conversation, id: newId(), to: xuemei.person.id, note: '' });
    await xuemei.say(conversation, '您好。');
    const hellos = (await visitor.read()).filter((entry) => entry.kind === 'hello');
    expect(hellos.map((entry) => 'text' in entry && entry.text)).toEqual(['Good morning.', '您好。']);
  });

  test('is only for whoever has the conversation, and only to somebody who is here', async () => {
    const visitor = await aWaitingVisitor();
    const conversation = await megan.take(visitor);
    const order = (to: string) => ({ conversation, id: newId(), to, note: '' });
    const away = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
    expect(await refusal(xuemei.ask('conversation:hand-over', order(away.person.id)))).toBe('NOT_YOURS');
    away.close();
    await eventually('Tomás Ferreira is away', () =>
      megan
        .heard('people:changed')
        .at(-1)
        ?.some((one) => one.id === away.person.id && !one.here),
    );
    expect(await refusal(megan.ask('conversation:hand-over', order(away.person.id)))).toBe('NOT_HERE');
    expect((await megan.find(visitor)).holder?.fullName).toBe('Megan Kajitani');
  });
});

describe('a reply', () => {
  test('is held when somebody else answered in between, and goes out when it is sent all the same', async () => {
    const visitor = await aWaitingVisitor();
    const conversation = await megan.take(visitor);
    const onScreen = (await megan.read(conversation)).at(-1)?.seq ?? 0;
    await megan.do('conversation:hand-over', { conversation, id: newId(), to: xuemei.person.id, note: '' });
    await xuemei.say(conversation, 'I have found your parcel.');
    await xuemei.do('conversation:hand-over', { conversation, id: newId(), to: megan.person.id, note: '' });
    const reply = { conversation, id: newId(), text: 'Where did you order?' };
    expect(await refusal(megan.ask('message:send', { ...reply, seen: onScreen }))).toBe('ANSWERED');
    expect(JSON.stringify(await visitor.read())).not.toContain('Where did you order?');
    await megan.do('message:send', reply);
    expect(JSON.stringify(await visitor.read())).toContain('Where did you order?');
  });

  test('is not held by the visitor’s own words, nor by one’s own', async () => {
    const visitor = await aWaitingVisitor();
    const conversation = await megan.take(visitor);
    const first = await megan.say(conversation, 'Good morning.');
    await megan.say(conversation, 'How can I help?');
    await visitor.say('My parcel is late.');
    const reply = { conversation, id: newId(), text: 'I am sorry to hear that.', seen: first.seq };
    expect(await megan.ask('message:send', reply)).toMatchObject({ ok: true });
  });
});

describe('a conversation that was closed', () => {
  async function aClosedOne(): Promise<{ visitor: Visitor; conversation: string }> {
    const visitor = await aWaitingVisitor();
    const conversation = await megan.take(visitor);
    await megan.say(conversation, 'It is on its way.');
    await megan.do('conversation:close', {
      conversation,
      id: newId(),
      farewell: 'It was a pleasure. Goodbye!',
    });
    return { visitor, conversation };
  }

  test('ends with the agent’s own farewell', async () => {
    const { visitor } = await aClosedOne();
    expect((await visitor.read()).at(-1)).toMatchObject({
      ...{ kind: 'farewell', text: 'It was a pleasure. Goodbye!' },
      author: { kind: 'agent', person: { fullName: 'Megan Kajitani' } },
    });
    expect((await visitor.do('heads:ask', {}))[0]?.status).toBe('closed');
  });

  test('waits again when the visitor writes, and is offered first to the person they know', async () => {
    const { visitor, conversation } = await aClosedOne();
    await visitor.say('One more thing …');
    const row = await eventually('it is offered again', async () => {
      const found = await xuemei.find(visitor);
      return found.offeredTo && found;
    });
    expect(row).toMatchObject({
      id: conversation,
      status: 'waiting',
      offeredTo: { fullName: 'Megan Kajitani' },
    });
    expect((await visitor.do('heads:ask', {}))[0]).toMatchObject({
      status: 'waiting',
      contact: { fullName: 'Megan Kajitani' },
    });
  });

  test('is reopened by hand before an agent can write in it', async () => {
    const { conversation } = await aClosedOne();
    const words = { conversation, id: newId(), text: 'We have found it!' };
    expect(await refusal(megan.ask('message:send', words))).toBe('CLOSED');
    await megan.do('conversation:reopen', { conversation, id: newId() });
    expect(await megan.ask('message:send', words)).toMatchObject({ ok: true });
  });

  test('is closed once by a retry', async () => {
    const visitor = await aWaitingVisitor();
    const conversation = await megan.take(visitor);
    const close = { conversation, id: newId(), farewell: 'Goodbye!' };
    await megan.do('conversation:close', close);
    await megan.do('conversation:close', close);
    expect((await visitor.read()).filter((entry) => entry.kind === 'farewell')).toHaveLength(1);
  });
});

describe('what is not a real request', () => {
  test('is put aside: the visitor is shut out, and cannot write or come back with that token', async () => {
    const visitor = await aWaitingVisitor('Buy my pills');
    const conversation = (await megan.find(visitor)).id;
    await megan.do('conversation:put-aside', { conversation, id: newId() });
    await eventually('the socket is closed', () => visitor.socket.disconnected);
    await expect(aVisitor(relay, { token: visitor.token })).rejects.toThrow('BLOCKED');
    const stranger = await aVisitor(relay);
    const start = {
      token: visitor.token,
      conversation: newId(),
      message: { id: newId(), text: 'again' },
      locale: 'en',
    } as const;
    expect(await refusal(stranger.ask('conversation:start', start))).toBe('BLOCKED');
    const { rows } = await megan.do('conversation:list', { view: 'waiting' });
    expect(rows.map((row) => row.id)).not.toContain(conversation);
  });

  test('is never said over a colleague’s head', async () => {
    const visitor = await aWaitingVisitor('I am real, and somebody speaks with me');
    const conversation = await megan.take(visitor);
    const refused = xuemei.ask('conversation:put-aside', { conversation, id: newId() });
    expect(await refusal(refused)).toBe('NOT_YOURS');
    await visitor.say('Still here');
  });

  test('is given back by undo', async () => {
    const visitor = await aWaitingVisitor('I am real');
    const conversation = (await megan.find(visitor)).id;
    await megan.do('conversation:put-aside', { conversation, id: newId() });
    await megan.do('conversation:put-aside', { conversation, id: newId(), undo: true });
    const back = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
    await back.say('Thank you');
    expect((await megan.find(visitor)).status).toBe('waiting');
  });
});
