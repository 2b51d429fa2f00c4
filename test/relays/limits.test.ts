/** What may be asked, by whom and from where: counted over all relays, and by each alone when Redis is gone. */
import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { makeToken } from '@fullname/shared/ids';
import { PROTOCOL } from '@fullname/shared/limits';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createLimits } from '../../server/src/http/limits.ts';
import { request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { anAgent, anAgentWith, aVisitor, newId, type Visitor } from '../support/people.ts';
import { redisServer } from '../support/redis.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { openPair, type Pair } from './pair.ts';

describe.skipIf(redisServer === undefined)('over two relays', () => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await openPair();
  });
  afterAll(() => pair?.close());

  test('wrong passwords for one account are counted together', async () => {
    for (let n = 0; n < 10; n += 1) {
      expect(await wrongPassword(pair.first)).toBe('WRONG_PASSWORD');
      expect(await wrongPassword(pair.second)).toBe('WRONG_PASSWORD');
    }
    expect(await wrongPassword(pair.first)).toBe('TOO_MANY');
    expect(await wrongPassword(pair.second)).toBe('TOO_MANY');
  });

  test('nobody can read in Redis whom a count is about', async () => {
    const client = new Redis(pair.redis.url);
    const keys = await client.keys('*limit*');
    client.disconnect();
    expect(keys.length).toBeGreaterThan(1);
    const hash = (text: string) => createHash('sha256').update(text).digest();
    const telling = [EMAIL, '127.0.0.1', '0:0:0:0'].flatMap((text) => [
      text,
      hash(text).toString('hex').slice(0, 16),
      hash(text).toString('base64url').slice(0, 16),
    ]);
    expect(keys.filter((key) => telling.some((text) => key.includes(text)))).toEqual([]);
  });

  test('conversations that one visitor starts are counted together, and others start theirs', async () => {
    const here = await aVisitor(pair.first);
    const there = await aVisitor(pair.second);
    for (let n = 0; n < 30; n += 1) expect(await start(here, here.token)).toBe('ok');
    expect(await start(here, here.token)).toBe('TOO_MANY');
    await eventually('the other relay has heard of it', async () => {
      const said = await start(there, here.token);
      return said === 'TOO_MANY';
    });
    expect(await start(await aVisitor(pair.second), makeToken(randomBytes))).toBe('ok');
  });

  test('Redis gone: each relay goes on counting for itself', async () => {
    await pair.redis.kill();
    expect(await wrongPassword(pair.second, 'somebody.else@example.com')).toBe('WRONG_PASSWORD');
    // The 21st in the window at this relay, though it heard of no other one.
    const said: string[] = [];
    for (let n = 0; n < 11; n += 1) said.push(await wrongPassword(pair.first));
    expect(said.at(-1)).toBe('TOO_MANY');
  });
});

test('codes and transcripts are counted by network and by site, tries at a code among them', async () => {
  const limits = createLimits(0);
  for (let n = 0; n < 60; n += 1) await limits.transcript('192.0.2.1', 'shop');
  await expect(limits.transcript('192.0.2.1', 'shop')).rejects.toMatchObject({ code: 'TOO_MANY' });
  await limits.transcript('192.0.2.2', 'shop');
  for (let n = 61; n < 1_000; n += 1) await limits.transcript(`192.0.2.3 ${n}`, 'shop');
  await expect(limits.transcript('192.0.2.4', 'shop')).rejects.toMatchObject({ code: 'TOO_MANY' });
  await limits.transcript('192.0.2.4', 'bakery');
});

test('who is refused for starting too many takes nothing from others behind the same address', async () => {
  const limits = createLimits(0);
  const said = await many(1_100, () =>
    limits.start('203.0.113.1', 'one').then(
      () => 'ok',
      () => 'refused',
    ),
  );
  expect(said.filter((one) => one === 'ok')).toHaveLength(30);
  await limits.start('203.0.113.1', 'another');
});

describe('at one relay', () => {
  let relay: Relay;
  let silent: { readonly tcp: Ending; readonly headers: Ending; readonly engine: Ending };

  beforeAll(async () => {
    const env = { SOCKETS_PER_ADDRESS: '5', TRUST_PROXY: '1', PING_SECONDS: '1', LOG_LEVEL: 'silent' };
    relay = await openRelay({ env });
    // Left alone until the last tests.
    silent = {
      tcp: ending(raw(relay, '')),
      headers: ending(raw(relay, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')),
      engine: ending(await engine(relay, '203.0.113.50')),
    };
  });
  afterAll(() => relay?.close());

  test('an address has so many sockets and no more, while others connect', async () => {
    const five = await many(5, () => engine(relay, '203.0.113.1'));
    expect(await refusedWith(relay, '203.0.113.1')).toBe('TOO_MANY');
    const polling = await fetch(`${relay.origin}/socket/?EIO=4&transport=polling`, {
      headers: { 'x-forwarded-for': '203.0.113.1', origin: relay.origin },
    });
    expect([polling.status, await polling.text()]).toEqual([403, expect.stringContaining('TOO_MANY')]);
    const other = await engine(relay, '203.0.113.2');
    five[0]?.close();
    const again = await eventually('a place is free', () => engine(relay, '203.0.113.1').catch(() => null));
    for (const socket of [...five, other, again]) socket.close();
  });

  test('what a client writes into X-Forwarded-For itself makes it nobody else', async () => {
    const five = await many(5, (n) => engine(relay, `198.51.100.${n}, 203.0.113.7`));
    expect(await refusedWith(relay, '198.51.100.99, 203.0.113.7')).toBe('TOO_MANY');
    for (const socket of five) socket.close();
  });

  test('an IPv6 line is one address, however many it has', async () => {
    const five = await many(5, (n) => engine(relay, `2001:db8:0:1::${n + 1}`));
    expect(await refusedWith(relay, '2001:db8:0:1:ffff::1')).toBe('TOO_MANY');
    const neighbour = await engine(relay, '2001:db8:0:2::1');
    for (const socket of [...five, neighbour]) socket.close();
  });

  test('who leaves the namespace leaves the relay', async () => {
    const socket = await engine(relay, '203.0.113.9');
    const closed = ending(socket);
    socket.send(`40/visitor,${JSON.stringify({ protocol: PROTOCOL, site: relay.site.key, locale: 'en' })}`);
    await eventually('it is let in', () => closed.frames.some((frame) => frame.startsWith('40/visitor')));
    socket.send('41/visitor,');
    await eventually('it is closed', () => closed.isOver);
  });

  test('an agent whose browser died is away when it does not answer any more', async () => {
    const megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
    const tomas = await anAgentWith(relay, await anAgent(relay));
    // The line is half open: nothing closes it, and nothing answers.
    const { engine: line } = megan.socket.io as unknown as { engine: { transport: { ws: WebSocket } } };
    line.transport.ws.pause();
    await eventually(
      'she is away',
      () =>
        tomas
          .heard('people:changed')
          .at(-1)
          ?.find(({ id }) => id === megan.person.id)?.here === false,
      20_000,
    );
  });

  test('connections that do not get on are closed: silent, with slow headers, and joined to nothing', async () => {
    for (const [name, one] of Object.entries(silent))
      await eventually(`${name} is closed`, () => one.isOver, 20_000);
  });
});

const EMAIL = 'ruth.asante@example.com';

async function wrongPassword(relay: Relay, email = EMAIL): Promise<string> {
  const result = await request(relay, 'POST /api/session', { email, password: 'not what it is, at all' });
  return result.ok ? 'ok' : result.code;
}

async function start(visitor: Visitor, token: string): Promise<string> {
  const message = { id: newId(), text: 'Hello?' };
  const answer = await visitor.ask('conversation:start', {
    ...{ token, conversation: newId(), message, locale: 'en' },
  });
  return answer.ok ? 'ok' : answer.code;
}

/** An Engine.IO connection through a proxy that says `forwarded`; it joins nothing. Rejects with what refused it. */
function engine(relay: Relay, forwarded: string): Promise<WebSocket> {
  const socket = new WebSocket(`${relay.origin.replace('http', 'ws')}/socket/?EIO=4&transport=websocket`, {
    headers: { origin: relay.origin, 'x-forwarded-for': forwarded },
  });
  relay.atClose(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.on('message', (data: Buffer) => data.toString() === '2' && socket.send('3'));
      resolve(socket);
    });
    socket.once('unexpected-response', (_request, response) => {
      response.setEncoding('utf8').once('data', (text: string) => reject(new Error(text)));
    });
    socket.once('error', reject);
  });
}

async function refusedWith(relay: Relay, forwarded: string): Promise<string> {
  return engine(relay, forwarded).then(
    () => 'let in',
    (error: Error) => error.message,
  );
}

function raw(relay: Relay, words: string): Socket {
  const socket = connect(relay.port, 'localhost', () => socket.write(words));
  relay.atClose(() => socket.destroy());
  return socket;
}

type Ending = { isOver: boolean; frames: string[] };

function ending(socket: Socket | WebSocket): Ending {
  const ends: Ending = { isOver: false, frames: [] };
  const close = () => {
    ends.isOver = true;
  };
  if (socket instanceof WebSocket) {
    socket.on('close', close).on('message', (data: Buffer) => ends.frames.push(data.toString()));
  } else socket.resume().on('close', close).on('error', close);
  return ends;
}

function many<Value>(count: number, make: (n: number) => Promise<Value>): Promise<Value[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => make(n)));
}
