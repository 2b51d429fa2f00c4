/**
 * Of both ends: whoever is waiting to be let in does not knock again, since the relay closes the line on those who do. And a line that
 * has died without a word is left long before its heartbeat tells.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { loadEnds } from './load.ts';
import { DEAF, lineTo } from './plain.ts';
import type { Ends, Line } from './types.ts';

let ends: Ends;
beforeAll(async () => {
  ends = await loadEnds();
});

test('a visitor who wakes while the relay takes its time knocks once', async () => {
  const relay = await openSlowRelay('/visitor');
  const visitor = ends.openVisitor({ line: relay.line, site: 'site', disk: ends.newDisk(), ear: DEAF });
  onTestFinished(() => visitor.end());
  await wakeAtTheDoor(relay, visitor);
});

test('an agent who wakes while the relay takes its time knocks once', async () => {
  const relay = await openSlowRelay('/agent');
  const agent = await ends.openAgent({
    ...{ line: relay.line, cookie: 'a=b', person: 'person', disk: ends.newDisk(), ear: DEAF },
  });
  onTestFinished(() => agent.end());
  await wakeAtTheDoor(relay, agent);
});

describe('a line that is dead', () => {
  // With shorter limits: how long they are is not what is tested.
  const limits = [
    ['ACK_TIMEOUT_MS = 10_000', 'ACK_TIMEOUT_MS = 300'],
    ['LET_IN_WITHIN_MS = 20_000', 'LET_IN_WITHIN_MS = 300'],
  ].map(([find = '', put = '']) => ({ file: 'shared/dist/limits.js', find, put }));
  let hasty: Ends;
  beforeAll(async () => {
    hasty = await loadEnds(limits);
  });
  const visitorAt = async (line: Line): Promise<Waking & { end(): void }> =>
    hasty.openVisitor({ line, site: 'site', disk: hasty.newDisk(), ear: DEAF });
  const agentAt = (line: Line): Promise<Waking & { end(): void }> =>
    hasty.openAgent({ line, cookie: 'a=b', person: 'person', disk: hasty.newDisk(), ear: DEAF });

  const both = [
    ['a visitor', '/visitor', visitorAt],
    ['an agent', '/agent', agentAt],
  ] as const;

  test.each(both)('before %s is let in is given up, and another one taken', async (_, namespace, openAt) => {
    const relay = await openSlowRelay(namespace);
    const end = await openAt(relay.line);
    onTestFinished(() => end.end());
    await eventually('the first knock', () => relay.knocks() === 1);
    relay.forget();
    await eventually('another knock', () => relay.knocks() === 2);
    relay.open();
    await eventually('they are in', () => end.state().on);
  });

  test.each(both)('when %s hears no answer is left, and another one taken', async (_, namespace, openAt) => {
    const relay = await openSlowRelay(namespace);
    const end = await openAt(relay.line);
    onTestFinished(() => end.end());
    await eventually('the first knock', () => relay.knocks() === 1);
    relay.open();
    await eventually('they are in', () => end.state().on);
    // This relay answers nothing that is asked.
    end.wake();
    await eventually('another knock', () => relay.knocks() === 2);
    relay.open();
    await eventually('they are in again', () => end.state().on);
  });
});

type SlowRelay = Awaited<ReturnType<typeof openSlowRelay>>;
type Waking = { wake(): void; state(): { readonly on: boolean } };

/** Let in once, then the line breaks, and at the next door the end is woken again and again. */
async function wakeAtTheDoor(relay: SlowRelay, end: Waking): Promise<void> {
  await eventually('the first knock', () => relay.knocks() === 1);
  relay.open();
  await eventually('they are in', () => end.state().on);
  relay.breakLines();
  await eventually('they are out', () => !end.state().on);
  await eventually('another knock', () => {
    end.wake();
    return relay.knocks() > 1;
  });
  const packets = relay.packets();
  for (let count = 0; count < 3; count += 1) end.wake();
  await eventually('what they sent is there', async () => {
    relay.open();
    return end.state().on;
  });
  expect(relay.knocks()).toBe(2);
  expect(relay.packets()).toBe(packets);
}

/** It lets nobody in before it is told to, and counts who asks. */
async function openSlowRelay(namespace: string) {
  const http = createServer();
  const io = new Server(http, { path: '/socket' });
  let knocks = 0;
  let packets = 0;
  let waiting: (() => void)[] = [];
  io.engine.on(
    'connection',
    (conn: { on(event: 'packet', heard: (packet: { type: string }) => void): void }) =>
      conn.on('packet', ({ type }) => {
        if (type === 'message') packets += 1;
      }),
  );
  io.of(namespace).use((_, next) => {
    knocks += 1;
    waiting.push(next);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void io.close());
  const origin = `http://localhost:${(http.address() as AddressInfo).port}`;
  return {
    line: lineTo(origin),
    knocks: () => knocks,
    packets: () => packets,
    open() {
      for (const next of waiting) next();
      waiting = [];
    },
    /** Who is at the door is never answered. */
    forget() {
      waiting = [];
    },
    breakLines: () => io.engine.close(),
  };
}
