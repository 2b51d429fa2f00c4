import { PASSING } from '@fullname/shared/errors';
import { FRAME_MAX_BYTES, PROTOCOL, PROTOCOL_MIN } from '@fullname/shared/limits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, anAgentWith, aVisitor, newId, refusal } from './support/people.ts';
import { openRawSocket } from './support/raw-socket.ts';
import { openRelay, type Relay } from './support/relay.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay();
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

/** Opens a transport as a page of this origin would, and tells whether the relay let it in. */
async function knock(transport: string, headers: Record<string, string>): Promise<'let in' | 'refused'> {
  const url = `${relay.origin}/socket/?EIO=4&transport=${transport}`;
  if (transport === 'polling') return (await fetch(url, { headers })).ok ? 'let in' : 'refused';
  const ws = new WebSocket(url.replace('http', 'ws'), { headers });
  return new Promise((resolve) => {
    ws.once('open', () => resolve('let in')).once('error', () => resolve('refused'));
  }).finally(() => ws.terminate()) as Promise<'let in' | 'refused'>;
}

describe.each(['websocket', 'polling'])('the Origin over %s', (transport) => {
  test('must be the relay’s own where there is one', async () => {
    expect(await knock(transport, { origin: relay.origin })).toBe('let in');
    const { port } = relay;
    const foreign = [
      'null',
      'https://shop.example',
      `http://127.0.0.1:${port}`,
      `https://localhost:${port}`,
      `http://localhost:${port + 1}`,
      'http://localhost',
      `http://localhost:${port}.evil.example`,
      `http://evil-localhost:${port}`,
      `http://localhost:${port}@evil.example`,
      `http://localhost:${port}/`,
      'file://',
      'chrome-extension://abcdef',
    ];
    for (const origin of foreign)
      expect([origin, await knock(transport, { origin })]).toEqual([origin, 'refused']);
  });

  test('may be missing only where no session comes along', async () => {
    expect(await knock(transport, {})).toBe('let in');
    expect(await knock(transport, { cookie: megan.cookie })).toBe('refused');
    expect(await knock(transport, { cookie: `a=b; ${megan.cookie}`, origin: 'https://evil.example' })).toBe(
      'refused',
    );
  });

  test('may be replaced by a browser’s mark that the page is the relay’s own, and by no other mark', async () => {
    const marked = (site: string) =>
      knock(transport, { cookie: megan.cookie, 'sec-fetch-site': site, host: new URL(relay.origin).host });
    expect(await marked('same-origin')).toBe('let in');
    for (const site of ['same-site', 'cross-site', 'none', ''])
      expect([site, await marked(site)]).toEqual([site, 'refused']);
  });

  test('may be missing for a visitor only with a token, as native clients have one', async () => {
    const from = { origin: null, transport: transport as 'websocket' | 'polling' };
    await expect(aVisitor(relay, from)).rejects.toThrow('BAD_ORIGIN');
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const native = await aVisitor(relay, {
      ...from,
      token: visitor.token,
      conversation: visitor.conversation,
    });
    expect(await native.read()).toHaveLength(1);
  });
});

describe('the door', () => {
  const knockAsVisitor = (auth: unknown) =>
    openRawSocket({
      ...{ url: relay.origin.replace('http', 'ws'), namespace: '/visitor', auth },
      headers: { origin: relay.origin },
    });

  test('tells a page of a newer release that this passes, whatever else it says; one of the release before is served', async () => {
    const newer = { protocol: PROTOCOL + 1, site: relay.site.key, locale: 'en', palette: 'unheard of' };
    await expect(knockAsVisitor(newer)).rejects.toThrow('NEW_PROTOCOL');
    expect(PASSING).toContain('NEW_PROTOCOL');
    expect([1, PROTOCOL - 1]).toContain(PROTOCOL_MIN);
    const frames: string[] = [];
    const wire = await openRawSocket({
      ...{
        url: relay.origin.replace('http', 'ws'),
        namespace: '/visitor',
        headers: { origin: relay.origin },
      },
      auth: { protocol: PROTOCOL_MIN, site: relay.site.key, locale: 'en' },
      onFrame: (frame) => frames.push(frame),
    });
    await eventually('it is welcomed in its own protocol', () =>
      frames.some((frame) => frame.includes(`"welcome",{"protocol":${PROTOCOL_MIN},`)),
    );
    wire.close();
  });

  test('refuses an unknown site, an older protocol and a malformed hand', async () => {
    const good = { protocol: PROTOCOL, site: relay.site.key, locale: 'en' };
    await expect(knockAsVisitor({ ...good, site: 'nobody' })).rejects.toThrow('UNKNOWN_SITE');
    await expect(knockAsVisitor({ ...good, protocol: PROTOCOL_MIN - 1 })).rejects.toThrow('OLD_PROTOCOL');
    for (const bad of [
      {},
      null,
      [],
      'x',
      { ...good, role: 'owner' },
      { ...good, token: 'short' },
      { ...good, site: { $ne: 1 } },
    ]) {
      // What is no object at all is cut off as a broken packet.
      await expect(knockAsVisitor(bad)).rejects.toThrow(/INVALID_PAYLOAD|was closed/);
    }
  });

  test('lets an agent in by a session alone', async () => {
    const { person } = megan;
    await expect(anAgentWith(relay, { person, cookie: '' })).rejects.toThrow('SIGNED_OUT');
    await expect(anAgentWith(relay, { person, cookie: `__Host-fullname=${'0'.repeat(64)}` })).rejects.toThrow(
      'SIGNED_OUT',
    );
  });
});

describe('a hostile client', () => {
  /** The relay is well when somebody else can still talk through it. */
  async function expectWell(): Promise<void> {
    const visitor = await aVisitor(relay);
    expect((await visitor.say('Is all well?')).publicSeq).toBe(1);
    visitor.close();
  }

  const strange: unknown[] = [
    undefined,
    null,
    true,
    -1,
    1e308,
    '',
    'x'.repeat(5000),
    [],
    [[]],
    {},
    { conversation: null },
    { conversation: [] },
    { conversation: 'not-an-id', id: {}, text: 7 },
    { conversation: newId(), id: newId(), text: 'ok', seq: 1 },
    { conversation: newId(), id: newId(), text: ['a'] },
    { __proto__: null, constructor: { prototype: { admin: true } } },
    JSON.parse('{"__proto__":{"admin":true}}'),
    { token: 'x', conversation: newId(), message: { id: newId(), text: 'x' }, locale: 'xx' },
  ];

  test('with strange payloads gets an answer for each, and never stops the relay', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const names = [
      'conversation:start',
      'message:send',
      'email:give',
      'entries:fetch',
      'read:advance',
      'page:view',
      'page:tell',
      'heads:ask',
    ];
    const codes = new Set<string>();
    for (const name of names) {
      const hostile = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
      for (const payload of strange) {
        const answer = await hostile.socket.timeout(30_000).emitWithAck(name, payload);
        codes.add(answer.ok ? 'ok' : answer.code);
      }
      // Without an acknowledgement, and with things where it should be.
      for (const payload of strange) hostile.socket.emit(name, payload, payload);
      hostile.close();
    }
    expect(codes).toContain('INVALID_PAYLOAD');
    expect(codes).not.toContain('UNAVAILABLE');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect(await visitor.read()).toHaveLength(1);
    await expectWell();
  });

  test('with strange payloads from an agent’s socket is answered in the same way', async () => {
    const names = [
      'conversation:list',
      'conversation:open',
      'conversation:take',
      'note:send',
      'conversation:hand-over',
      'customer:link',
      'failure:log',
      'heads:ask',
    ];
    for (const name of names) {
      const agent = await anAgentWith(relay, megan);
      for (const payload of strange) {
        const answer = await agent.socket.timeout(30_000).emitWithAck(name, payload);
        expect([name, answer.ok ? 'ok' : answer.code]).not.toContain('UNAVAILABLE');
      }
      agent.close();
    }
    await expectWell();
  });

  test.each([
    ['error', 'error'],
    ['disconnecting', 'disconnecting'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['newListener', 'newListener'],
    ['of ten thousand letters', 'x'.repeat(10_000)],
    ['message:sent', 'message:sent'],
  ])('with the event %s is shown out', async (_, name) => {
    const frames: string[] = [];
    const auth = { protocol: PROTOCOL, site: relay.site.key, locale: 'en' };
    const socket = await openRawSocket({
      ...{ url: relay.origin.replace('http', 'ws'), namespace: '/visitor', auth },
      headers: { origin: relay.origin },
      onFrame: (frame) => frames.push(frame),
    });
    socket.send(`42/visitor,${JSON.stringify([name, {}])}`);
    await socket.closed;
    expect(frames.join('\n')).not.toContain(`"${name}"`);
    await expectWell();
  });

  test('with broken frames is shown out', async () => {
    const broken = [
      '42/visitor,["message:send",{',
      '42/visitor,[',
      '42/visitor,1[{}]',
      '42/visitor,{"a":1}',
      '451-/visitor,["x",{"_placeholder":true,"num":9}]',
      '43/visitor,99[]',
      '9',
      '4',
      'bananas',
      '42/nowhere,["x"]',
      '40/agent,{}',
      '41/visitor,',
    ];
    for (const frame of broken) {
      const auth = { protocol: PROTOCOL, site: relay.site.key, locale: 'en' };
      const socket = await openRawSocket({
        ...{ url: relay.origin.replace('http', 'ws'), namespace: '/visitor', auth },
        headers: { origin: relay.origin },
      });
      socket.send(frame);
      socket.send('42/visitor,["heads:ask",{}]');
      socket.close();
      await socket.closed;
    }
    await expectWell();
  });

  test('with a frame that is too large is cut off', async () => {
    const visitor = await aVisitor(relay);
    visitor.socket.emit('page:view', { url: 'x'.repeat(FRAME_MAX_BYTES + 1), title: '' }, () => undefined);
    await eventually('the socket is closed', () => visitor.socket.disconnected);
    await expectWell();
  });

  test('that asks without pause is slowed down, and its messages can be sent later', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const message = () => ({ conversation: visitor.conversation, id: newId(), text: 'and again' });
    const messages = Array.from({ length: 60 }, message);
    const answers = await Promise.all(messages.map((one) => visitor.ask('message:send', one)));
    const refused = messages.filter((_, index) => !answers[index]?.ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.code]))).toEqual(
      refused.map(() => 'TOO_MANY'),
    );
    await eventually('the first refused one is taken', async () => {
      const [first] = refused;
      return first && (await visitor.ask('message:send', first)).ok;
    });
  });

  test('over HTTP meets JSON that is broken, deep or huge with a refusal', async () => {
    const post = (body: string) =>
      fetch(`${relay.origin}/api/session`, {
        ...{ method: 'POST', body },
        headers: { origin: relay.origin, 'content-type': 'application/json' },
      });
    for (const body of [
      '{',
      'null',
      '[]',
      `${'['.repeat(50_000)}`,
      JSON.stringify({ email: 'x'.repeat(2_000_000) }),
    ]) {
      const response = await post(body);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    }
    await expectWell();
  });
});

test('a session is asked for again with every socket: an agent’s word is refused once the role is gone', async () => {
  const agent = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
  const visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  const conversation = (await agent.find(visitor)).id;
  expect(await refusal(agent.ask('conversation:take', { conversation, id: newId() }))).toBe('FORBIDDEN');
  await agent.note(conversation, 'The parcel is in our store room.');
  expect((await visitor.read()).map((entry) => entry.kind)).toEqual(['message']);
});
