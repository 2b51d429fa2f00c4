import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ChaosOptions, type ChaosProxy, openChaosProxy } from '../support/chaos-proxy.ts';
import { eventually } from '../support/eventually.ts';

/** What one end has seen of its connection. */
type Seen = { socket: Socket; bytes: string; chunks: number[]; end: boolean; reset: boolean };

const server = createServer({ allowHalfOpen: true });
let served: Seen[] = [];
let proxies: ChaosProxy[] = [];
let clients: Seen[] = [];

beforeAll(async () => {
  server.on('connection', (socket) => served.push(watch(socket)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  for (const { socket } of clients) socket.destroy();
  await Promise.all(proxies.map((proxy) => proxy.close()));
  for (const { socket } of served) socket.destroy();
  [served, proxies, clients] = [[], [], []];
});
afterAll(() => server.close());

function watch(socket: Socket): Seen {
  const seen: Seen = { socket, bytes: '', chunks: [], end: false, reset: false };
  socket.on('data', (chunk) => {
    seen.bytes += chunk.toString('latin1');
    seen.chunks.push(chunk.length);
  });
  socket.on('end', () => {
    seen.end = true;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.reset ||= error.code === 'ECONNRESET';
  });
  return seen;
}

async function aProxy(options: Partial<ChaosOptions> = {}): Promise<ChaosProxy> {
  const port = (server.address() as AddressInfo).port;
  const proxy = await openChaosProxy({ to: () => ({ port }), ...options });
  proxies.push(proxy);
  return proxy;
}

/** A client and the server's end of the same connection. */
async function aPair(proxy: ChaosProxy): Promise<{ client: Seen; host: Seen }> {
  const before = served.length;
  const client = watch(connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));
  clients.push(client);
  const host = await eventually('the server has it', () => served[before]);
  return { client, host };
}

/** Says a word each way, so that nothing more is on its way in silence. */
async function talk({ client, host }: { client: Seen; host: Seen }): Promise<void> {
  client.socket.write('ping');
  host.socket.write('pong');
  await eventually('both hear', () => host.bytes.endsWith('ping') && client.bytes.endsWith('pong'));
}

describe('in fair weather', () => {
  test('every byte passes both ways, and each end hears of the other’s end', async () => {
    const proxy = await aProxy();
    const pair = await aPair(proxy);
    const long = 'x'.repeat(3_000_000);
    pair.client.socket.end(long);
    await eventually('all has come', () => pair.host.end);
    expect(pair.host.bytes).toBe(long);
    pair.host.socket.end('and back');
    await eventually('the answer has come', () => pair.client.end);
    expect(pair.client.bytes).toBe('and back');
    await eventually('the proxy has forgotten it', () => proxy.connections().length === 0);
  });

  test('a reset of one end is a reset of the other', async () => {
    const pair = await aPair(await aProxy());
    await talk(pair);
    pair.client.socket.resetAndDestroy();
    await eventually('the server has it', () => pair.host.reset);
  });

  test('a server that is not there is a reset', async () => {
    const proxy = await aProxy({ to: () => ({ port: 1 }) });
    const client = watch(connect({ port: proxy.port, host: '127.0.0.1' }));
    clients.push(client);
    await eventually('it is reset', () => client.reset);
  });
});

describe('in bad weather', () => {
  test('bytes come late by the latency, at most by the jitter more, and in their order', async () => {
    const proxy = await aProxy();
    proxy.set({ latencyMs: 150, jitterMs: 100 }, 'up');
    const { client, host } = await aPair(proxy);
    const begun = performance.now();
    for (let number = 0; number < 50; number += 1) {
      client.socket.write(`${number} `);
      await new Promise(setImmediate);
    }
    await eventually('all have come', () => host.bytes.endsWith(' 49 '));
    expect(performance.now() - begun).toBeGreaterThanOrEqual(149);
    expect(host.bytes.trim().split(' ')).toEqual(Array.from({ length: 50 }, (_, index) => String(index)));
  });

  test('a stalled direction holds its bytes and its end, the other goes on; then all of it comes', async () => {
    const proxy = await aProxy();
    const { client, host } = await aPair(proxy);
    proxy.set({ stalled: true }, 'up');
    client.socket.end('held');
    host.socket.write('free');
    await eventually('the other direction goes on', () => client.bytes === 'free');
    expect([host.bytes, host.end, host.reset]).toEqual(['', false, false]);
    proxy.calm();
    await eventually('what was held has come', () => host.end);
    expect(host.bytes).toBe('held');
  });

  test('a stalled line is felt by a sender who goes on', async () => {
    const proxy = await aProxy();
    const { client, host } = await aPair(proxy);
    proxy.set({ stalled: true });
    const much = Buffer.alloc(64 * 2 ** 20, 'y');
    for (let at = 0; at < much.length; at += 2 ** 20) client.socket.write(much.subarray(at, at + 2 ** 20));
    let [last, looks] = [0, 0];
    await eventually('nothing more is taken', () => {
      const { bytesWritten } = client.socket;
      looks = bytesWritten === last ? looks + 1 : 0;
      last = bytesWritten;
      return looks > 5;
    });
    expect(client.socket.writableLength).toBeGreaterThan(0);
    expect(host.bytes).toBe('');
    proxy.calm();
    await eventually('all has come', () => host.bytes.length === much.length, 20_000);
  });

  test('a black hole takes the bytes of one direction; after it the connection is reset', async () => {
    const proxy = await aProxy();
    const { client, host } = await aPair(proxy);
    proxy.set({ swallowed: true }, 'down');
    host.socket.write('lost');
    client.socket.write('heard');
    await eventually('the other direction goes on', () => host.bytes === 'heard');
    await eventually('nothing waits at the server', () => host.socket.writableLength === 0);
    proxy.calm();
    await eventually('both are reset', () => client.reset && host.reset);
    expect(client.bytes).toBe('');
  });

  test('a black hole that took nothing leaves no trace', async () => {
    const proxy = await aProxy();
    const pair = await aPair(proxy);
    proxy.set({ swallowed: true });
    proxy.calm();
    await talk(pair);
  });

  test('slices of one byte arrive as such, and whole in all', async () => {
    const proxy = await aProxy();
    proxy.set({ sliceBytes: 1, bytesPerSecond: 200 }, 'up');
    const { client, host } = await aPair(proxy);
    client.socket.write('0123456789');
    await eventually('all have come', () => host.bytes === '0123456789');
    // The kernel may join a slice that arrived with the one before it; it can never be one chunk at this pace.
    expect(host.chunks.length).toBeGreaterThan(3);
  });

  test('a narrow line takes its time', async () => {
    const proxy = await aProxy();
    proxy.set({ bytesPerSecond: 10_000, sliceBytes: 500 }, 'down');
    const { client, host } = await aPair(proxy);
    const begun = performance.now();
    host.socket.write('z'.repeat(3_000));
    await eventually('all have come', () => client.bytes.length === 3_000);
    expect(performance.now() - begun).toBeGreaterThan(200);
  });

  test('one connection may have a weather of its own', async () => {
    const proxy = await aProxy();
    const [one, other] = [await aPair(proxy), await aPair(proxy)];
    proxy.connections()[0]?.set({ stalled: true });
    one.client.socket.write('held');
    await talk(other);
    expect(one.host.bytes).toBe('');
    proxy.calm();
    await eventually('it has come', () => one.host.bytes === 'held');
  });
});

describe('an end', () => {
  test.each(['client', 'server'] as const)('of the %s that vanishes tells the other nothing', async (end) => {
    const proxy = await aProxy();
    const { client, host } = await aPair(proxy);
    const others = await aPair(proxy);
    await talk({ client, host });
    const [gone, left] = end === 'client' ? [client, host] : [host, client];
    proxy.connections()[0]?.vanish(end);
    await eventually('it is gone', () => gone.reset);
    left.socket.write('Is anybody there?');
    await eventually('the words have left', () => left.socket.writableLength === 0);
    await talk(others);
    expect([left.end, left.reset, left.socket.destroyed]).toEqual([false, false, false]);
  });

  test('of everybody comes by a reset of all', async () => {
    const proxy = await aProxy();
    const pairs = [await aPair(proxy), await aPair(proxy)];
    await Promise.all(pairs.map(talk));
    proxy.resetAll();
    await eventually('all are reset', () => pairs.every(({ client, host }) => client.reset && host.reset));
    expect(proxy.connections()).toEqual([]);
    await talk(await aPair(proxy));
  });

  test('comes to the share of new connections that is dropped', async () => {
    const numbers = [0.1, 0.9];
    const proxy = await aProxy({ random: () => numbers.shift() ?? 0.5 });
    proxy.drop(0.3);
    const dropped = watch(connect({ port: proxy.port, host: '127.0.0.1' }));
    clients.push(dropped);
    await eventually('it is reset', () => dropped.reset);
    await talk(await aPair(proxy));
    expect(served.length).toBe(1);
  });
});

describe('whoever looks at the bytes', () => {
  /** Cuts when the server's answer to the second question passes. */
  async function cutting(verdict: 'cut-before' | 'cut-after') {
    const seen: string[] = [];
    const proxy = await aProxy({
      onData: (direction, chunk) => {
        seen.push(`${direction} ${chunk.toString()}`);
        return direction === 'down' && chunk.includes('second') ? verdict : 'pass';
      },
    });
    const { client, host } = await aPair(proxy);
    host.socket.write('first ');
    await eventually('it has come', () => client.bytes === 'first ');
    client.socket.write('more?');
    await eventually('it is asked', () => host.bytes === 'more?');
    host.socket.write('second');
    return { client, host, seen };
  }

  test('may cut before they pass', async () => {
    const { client, host, seen } = await cutting('cut-before');
    await eventually('both are reset', () => client.reset && host.reset);
    expect(client.bytes).toBe('first ');
    expect(seen).toEqual(['down first ', 'up more?', 'down second']);
  });

  test('may cut after they have passed', async () => {
    const { client, host } = await cutting('cut-after');
    await eventually('the one has heard, the other is reset', () => client.end && host.reset);
    expect(client.bytes).toBe('first second');
  });
});
