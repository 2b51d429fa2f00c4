/** Of both ends: whoever is waiting to be let in does not knock again, since the relay closes the line on those who do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { loadEnds } from './load.ts';
import type { Ear, Ends, Line } from './types.ts';

let ends: Ends;
beforeAll(async () => {
  ends = await loadEnds();
});

const EAR: Ear = {
  heard: () => undefined,
  asked: () => undefined,
  answered: () => undefined,
  kept: () => undefined,
  changed: () => undefined,
};

test('a visitor who wakes while the relay takes its time knocks once', async () => {
  const relay = await openSlowRelay('/visitor');
  const visitor = ends.openVisitor({ line: relay.line, site: 'site', disk: ends.newDisk(), ear: EAR });
  onTestFinished(() => visitor.end());
  await wakeAtTheDoor(relay, visitor);
});

test('an agent who wakes while the relay takes its time knocks once', async () => {
  const relay = await openSlowRelay('/agent');
  const agent = await ends.openAgent({
    ...{ line: relay.line, cookie: 'a=b', person: 'person', disk: ends.newDisk(), ear: EAR },
  });
  onTestFinished(() => agent.end());
  await wakeAtTheDoor(relay, agent);
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
  const line: Line = { to: () => origin, origin: () => origin };
  return {
    line,
    knocks: () => knocks,
    packets: () => packets,
    open() {
      for (const next of waiting) next();
      waiting = [];
    },
    breakLines: () => io.engine.close(),
  };
}
