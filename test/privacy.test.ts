import { createHash } from 'node:crypto';
import { PROTOCOL } from '@fullname/shared/limits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptLink, call, join, tokenIn } from './support/console-api.ts';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, anAgentWith, aVisitor, newId, refusal } from './support/people.ts';
import { openRawSocket } from './support/raw-socket.ts';
import { openRelay, type Relay } from './support/relay.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

describe('an internal note', () => {
  test('never crosses the visitor’s wire, and leaves no gap in the visitor’s numbers', async () => {
    const frames: string[] = [];
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const auth = { protocol: PROTOCOL, site: relay.site.key, locale: 'en', token: visitor.token };
    const wire = await openRawSocket({
      ...{ url: relay.origin.replace('http', 'ws'), namespace: '/visitor', auth },
      headers: { origin: relay.origin },
      onFrame: (frame) => frames.push(frame),
    });
    const { conversation } = visitor;
    const id = await megan.take(visitor);

    await megan.note(id, 'SECRET-ONE: was rude on the telephone');
    await megan.say(id, 'Good morning.');
    await megan.do('conversation:situation', { conversation: id, situation: 'apology' });
    await megan.do('failure:log', {
      id: newId(),
      conversation: id,
      what: 'SECRET-TWO: late twice',
      wants: 'SECRET-EIGHT',
    });
    await megan.do('customer:link', {
      conversation: id,
      id: newId(),
      customer: { name: 'SECRET-THREE Rosa Lind' },
    });
    await megan.do('preference:note', {
      id: newId(),
      conversation: id,
      text: 'SECRET-FOUR',
      source: 'noticed',
      idea: 'SECRET-SEVEN',
    });
    await megan.do('promise:make', {
      id: newId(),
      conversation: id,
      text: 'Roses on Monday',
      due: '2030-01-01T00:00:00Z',
    });
    const goodwill = { id: newId(), conversation: id, what: 'SECRET-FIVE' };
    const amount = { amount: 123.75, currency: 'USD' };
    await call({ ...relay, cookie: megan.cookie }, 'POST /api/goodwill', { ...goodwill, amount });
    await megan.do('draft:save', { conversation: id, text: 'SECRET-SIX' });
    const last = await megan.say(id, 'How can I help?');

    await eventually('the last words have crossed', () =>
      frames.some((frame) => frame.includes(last.id ?? '-')),
    );
    const asked = [
      await wire.ask('entries:fetch', { conversation, after: 0 }),
      await wire.ask('entries:fetch', { conversation }),
      await wire.ask('heads:ask', {}),
    ];
    expect(frames.join('\n')).toContain('Good morning.');
    for (const text of [...frames, JSON.stringify(asked)]) {
      expect(text).not.toContain('SECRET');
      expect(text).not.toMatch(/"(note|failure-logged|linked|preference-noted|goodwill-given)"|123\.75/);
      expect(text).not.toMatch(/"(seq|lastSeq|situation|draft|pane|pleaseKnow)"/);
    }
    expect((await visitor.read()).map((entry) => entry.publicSeq)).toEqual([1, 2, 3, 4, 5]);
    const log = await megan.read(id);
    expect(log.filter((entry) => entry.publicSeq === null).map((entry) => entry.kind)).toEqual(
      expect.arrayContaining(['note', 'failure-logged', 'linked', 'preference-noted', 'goodwill-given']),
    );
    wire.close();
  });
});

describe.each(['websocket', 'polling'] as const)('a visitor over %s', (transport) => {
  test('who asks for another’s conversation is refused, as if it were not there', async () => {
    const other = await aVisitor(relay);
    const entry = await other.say('Only for Megan Kajitani');
    const inner = await megan.take(other);
    await megan.say(inner, 'Your code word is heliotrope');
    const nosy = await aVisitor(relay, { transport });
    await nosy.say('Hello?');

    for (const conversation of [other.conversation, inner]) {
      const message = { conversation, id: newId(), text: 'I am in' };
      const asked = [
        nosy.ask('entries:fetch', { conversation, after: 0 }),
        nosy.ask('message:send', message),
        nosy.ask('message:send', { ...message, id: entry.id ?? '' }),
        nosy.ask('read:advance', { conversation, publicSeq: 1 }),
        nosy.ask('email:give', { conversation, id: newId(), email: 'nosy@example.com' }),
      ];
      for (const one of asked) expect(await refusal(one)).toBe('UNKNOWN_CONVERSATION');
    }
    const unheardOf = { conversation: newId(), after: 0 };
    expect(await refusal(nosy.ask('entries:fetch', unheardOf))).toBe('UNKNOWN_CONVERSATION');
    expect((await nosy.do('heads:ask', {})).map((one) => one.id)).toEqual([nosy.conversation]);
    expect((await other.read()).map((one) => one.kind)).toEqual(['message', 'joined', 'hello']);
  });

  test('who starts under another’s conversation id begins one of their own', async () => {
    const other = await aVisitor(relay);
    await other.say('Mine');
    const nosy = await aVisitor(relay, { transport, conversation: other.conversation });
    await nosy.say('Mine too');
    expect((await nosy.read()).map((entry) => 'text' in entry && entry.text)).toEqual(['Mine too']);
    expect((await other.read()).map((entry) => 'text' in entry && entry.text)).toEqual(['Mine']);
  });

  test('hears nothing of what is said in another’s conversation', async () => {
    const [other, nosy] = [await aVisitor(relay), await aVisitor(relay, { transport })];
    await Promise.all([other.say('Hello?'), nosy.say('Hello?')]);
    const [theirs, own] = [await megan.take(other), await megan.take(nosy)];
    await megan.say(theirs, 'Your code word is heliotrope');
    const last = await megan.say(own, 'Good morning.');
    await eventually('the own reply is there', () =>
      nosy.heard('message:sent').find((one) => one.id === last.id),
    );
    expect(JSON.stringify(nosy.heard('message:sent'))).not.toContain('heliotrope');
  });

  test('cannot reach what is for agents', async () => {
    const visitor = await aVisitor(relay, { transport });
    await visitor.say('Hello?');
    visitor.socket.emit('conversation:list', { view: 'all' }, () => undefined);
    await eventually('the socket is closed', () => visitor.socket.disconnected);
  });
});

describe('a visitor’s token', () => {
  test('is kept as a hash alone, and only from the first message on', async () => {
    const visitor = await aVisitor(relay);
    const count = async () => {
      const hash = createHash('sha256').update(visitor.token).digest();
      const found = await relay.database.pool.query('select 1 from visitors where token_hash = $1', [hash]);
      return found.rowCount;
    };
    expect(await count()).toBe(0);
    await visitor.say('Hello?');
    expect(await count()).toBe(1);
    const dump = await relay.database.pool.query('select v::text as row from visitors v');
    expect(JSON.stringify(dump.rows)).not.toContain(visitor.token);
  });

  test('that is wrong by one digit opens nothing', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const token = (visitor.token.startsWith('0') ? '1' : '0') + visitor.token.slice(1);
    const nosy = await aVisitor(relay, { token, conversation: visitor.conversation }).catch(() => null);
    if (nosy)
      expect(await refusal(nosy.ask('entries:fetch', { conversation: visitor.conversation }))).toBe(
        'UNKNOWN_CONVERSATION',
      );
    expect(nosy?.heard('welcome')[0]?.conversations ?? []).toEqual([]);
  });
});

describe('a session that has ended', () => {
  async function aColleague(): Promise<Agent> {
    return anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
  }
  const owner = () => ({ origin: relay.origin, cookie: relay.owner });

  test('by signing out: the person’s sockets are told and closed, and can not come back', async () => {
    const agent = await aColleague();
    await call({ origin: relay.origin, cookie: agent.cookie }, 'DELETE /api/session');
    await eventually('the socket is closed', () => agent.socket.disconnected, 5_000);
    expect(agent.heard('signed-out')).toHaveLength(1);
    await expect(anAgentWith(relay, agent)).rejects.toThrow('SIGNED_OUT');
  });

  test('by deactivation: within five seconds nothing reaches that person, and what they had waits again', async () => {
    const agent = await aColleague();
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    await agent.take(visitor);
    await call(owner(), `PATCH /api/people/${agent.person.id}`, {
      active: false,
      successor: megan.person.id,
    });
    await eventually('the socket is closed', () => agent.socket.disconnected, 5_000);
    const before = agent.heard('message:sent').length;
    await visitor.say('Are you still there?');
    expect(agent.heard('message:sent')).toHaveLength(before);
    await eventually('it waits again', async () => (await megan.find(visitor)).status === 'waiting');
    await expect(anAgentWith(relay, agent)).rejects.toThrow('SIGNED_OUT');
  });

  test('elsewhere, in the store alone: this relay finds it within five seconds', async () => {
    const agent = await aColleague();
    await relay.database.pool.query('delete from sessions where person_id = $1', [agent.person.id]);
    await eventually('the socket is closed', () => agent.socket.disconnected, 5_000);
  });

  test('elsewhere, in the store alone, of a visitor who was put aside: the same', async () => {
    const [visitor, other] = [await aVisitor(relay), await aVisitor(relay)];
    for (const one of [visitor, other]) await one.say('Hello?');
    const hash = createHash('sha256').update(visitor.token).digest();
    const { rowCount } = await relay.database.pool.query(
      'update visitors set blocked_at = now() where token_hash = $1',
      [hash],
    );
    expect(rowCount).toBe(1);
    await eventually('the socket is closed', () => visitor.socket.disconnected, 5_000);
    expect(other.socket.disconnected).toBe(false);
  });

  test('by a new password: the other browsers are out', async () => {
    const owner = { origin: relay.origin, cookie: relay.owner };
    const { person, cookie } = await join(owner, {
      ...{ given: 'Ines', family: 'Duarte', email: 'ines.duarte@example.com', role: 'agent' },
    });
    const agent = await anAgentWith(relay, { person, cookie });
    const { link } = await call<{ link: string }>(owner, `POST /api/people/${person.id}/reset`);
    const fresh = await acceptLink(relay.origin, tokenIn(link));
    await eventually('the old socket is closed', () => agent.socket.disconnected, 5_000);
    await anAgentWith(relay, fresh);
  });
});
