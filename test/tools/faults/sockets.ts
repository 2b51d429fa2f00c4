/**
 * Connections that do not get on, or come in masses, beside a hundred visitors who do nothing wrong: half-open ones, slow ones,
 * and two thousand from one address. Each has an end, and none of them may cost the others anything.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { openChaosProxy } from '../../support/chaos-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { atLeast, atMost, type Measured, percentile, type Stage } from '../../support/figures.ts';
import type { RawSocket } from '../../support/raw-socket.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../../support/spawn-relay.ts';
import { aVisitorSocket, countOpen, type Good, inTurn, isAlive, openGood, type Talk } from './good.ts';
import type { Scenario } from './scenario.ts';

export const halfOpen: Scenario = {
  name: 'half-open',
  what: '2,000 connections join nothing, say nothing, or are gone without a word',
  cycles: 1,
  run: (stage, cycles) => again(cycles, () => faultHalfOpen(stage)),
};

export const slowloris: Scenario = {
  name: 'slowloris',
  what: '2,000 connections send their headers or their body a byte at a time',
  cycles: 1,
  run: (stage, cycles) => again(cycles, () => faultSlow(stage)),
};

export const oneAddress: Scenario = {
  name: 'one-address',
  what: '2,000 sockets are opened from one address',
  cycles: 1,
  run: (stage, cycles) => again(cycles, () => faultOneAddress(stage)),
};

/** Headers, and joining, may take 10 s, which is looked at every 5 s; and a second to see it here. */
const REAPED_S = 16;
/** Who has joined is asked every 25 s, has 10 s to answer, and is given a moment more. */
const HEARTBEAT_S = 39;
/** A body may take a minute, which is looked at every 5 s, and a second to see it here. */
const BODY_S = 66;
const LOOK_MS = 500;

async function faultHalfOpen(stage: Stage): Promise<readonly Measured[]> {
  const { relay, site, good } = await setUp(stage);
  const proxy = await openChaosProxy({ to: () => ({ port: relay.port, from: '127.0.7.1' }) });
  stage.atEnd(() => proxy.close());
  stage.progress('1,000 upgrade and join nothing, 600 say nothing, 400 upgrade and vanish');
  const upgraded = await inTurn(1_000, (index) => upgrade(relay, relay.port, `127.0.6.${1 + (index % 200)}`));
  const silent = await inTurn(600, (index) => dial(relay.port, `127.0.6.${1 + (index % 200)}`));
  const vanishing = await inTurn(400, () => upgrade(relay, proxy.port, '127.0.0.1'));
  for (const connection of proxy.connections()) connection.vanish('client');
  stage.atEnd(() => endAll([...upgraded, ...silent, ...vanishing]));
  const left = () => countOpen(relay.port, '127.0.6.') + countOpen(relay.port, '127.0.7.');
  const held = left();
  const [reaped, talk] = await Promise.all([secondsUntil(() => left() === 0, 60), good.talk(20)]);
  stage.progress(
    `all ${held} are gone after ${reaped.toFixed(1)} s; now 100 visitors vanish who had been let in`,
  );
  await inTurn(100, () => aVisitorSocket({ port: proxy.port, origin: relay.origin, site }));
  for (const connection of proxy.connections()) connection.vanish('client');
  const visitors = await secondsUntil(() => countOpen(relay.port, '127.0.7.') === 0, 60);
  return [
    atLeast('half-open connections held at the same time', [held, '']),
    atMost('all of them were gone after', [reaped, 's'], { must: REAPED_S }),
    atMost('visitors who vanished were gone after', [visitors, 's'], { must: HEARTBEAT_S }),
    ...ofTheOthers(relay, [talk]),
  ];
}

async function faultSlow(stage: Stage): Promise<readonly Measured[]> {
  const { relay, good } = await setUp(stage);
  const { host } = new URL(relay.origin);
  const head = `POST /api/session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${relay.origin}\r\n`;
  const body = `${head}Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n{"email":"`;
  const drip = async (text: string, from: string) => {
    const socket = await dial(relay.port, from);
    socket.write(text);
    return socket;
  };
  const headers = await inTurn(1_000, (index) => drip(`${head}X-Slow: `, `127.0.6.${1 + (index % 200)}`));
  const bodies = await inTurn(1_000, (index) => drip(body, `127.0.7.${1 + (index % 200)}`));
  stage.atEnd(() => endAll([...headers, ...bodies]));
  const timer = setInterval(() => {
    for (const socket of [...headers, ...bodies]) if (socket.writable) socket.write('a');
  }, 1_000);
  stage.atEnd(() => clearInterval(timer));
  const held = countOpen(relay.port, '127.0.6.') + countOpen(relay.port, '127.0.7.');
  const [headersGone, bodiesGone, talk] = await Promise.all([
    secondsUntil(() => countOpen(relay.port, '127.0.6.') === 0, 90),
    secondsUntil(() => countOpen(relay.port, '127.0.7.') === 0, 90),
    good.talk(20),
  ]);
  return [
    atLeast('slow connections held at the same time', [held, '']),
    atMost('slow headers were gone after', [headersGone, 's'], { must: REAPED_S }),
    atMost('slow bodies were gone after', [bodiesGone, 's'], { must: BODY_S }),
    ...ofTheOthers(relay, [talk]),
  ];
}

async function faultOneAddress(stage: Stage): Promise<readonly Measured[]> {
  const allowed = 200;
  const { relay, site, good } = await setUp(stage, { SOCKETS_PER_ADDRESS: String(allowed) });
  const knock = () =>
    aVisitorSocket({ port: relay.port, origin: relay.origin, site, from: '127.0.6.1' }).catch(() => null);
  const talking = good.talk(20);
  const knocked = await inTurn(2_000, knock);
  // Those that were just refused are still on their way out.
  const most = await eventually('no more are open', () => {
    const open = countOpen(relay.port, '127.0.6.1');
    return open <= allowed && open;
  }).catch(() => countOpen(relay.port, '127.0.6.1'));
  const inside = knocked.flatMap((socket) => socket ?? []);
  stage.atEnd(() => endAll(inside));
  const elsewhere = await aVisitorSocket({ port: relay.port, origin: relay.origin, site, from: '127.0.6.2' });
  elsewhere.close();
  const talk = await talking;
  endAll(inside);
  await eventually('they are gone', () => countOpen(relay.port, '127.0.6.1') === 0);
  const backIn = await knock();
  backIn?.close();
  return [
    atMost('sockets of that address that were let in', [inside.length, ''], { must: allowed }),
    atLeast('of those that it may have', [inside.length, ''], { must: allowed }),
    atMost('of its connections open at the end', [most, ''], { must: allowed }),
    atLeast('let in again when those had left', [backIn ? 1 : 0, ''], { must: 1 }),
    ...ofTheOthers(relay, [talk]),
  ];
}

/** The figures of the last round; one that missed something ends the run. */
async function again(
  cycles: number,
  round: () => Promise<readonly Measured[]>,
): Promise<readonly Measured[]> {
  let last = await round();
  for (let cycle = 1; cycle < cycles && !last.some(({ reached }) => reached === false); cycle += 1) {
    last = await round();
  }
  return last;
}

type Place = { readonly relay: SpawnedRelay; readonly site: string; readonly good: Good };

async function setUp(stage: Stage, env: Readonly<Record<string, string>> = {}): Promise<Place> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const settings = { DEMO: 'off', LOG_LEVEL: 'error', ...env };
  const relay = await spawnRelay({ dataDir, port: await freePort(), env: settings });
  stage.atEnd(() => relay.stop());
  const { site } = await furnish(relay, 0);
  return { relay, site, good: await openGood(stage, { ...relay, site }) };
}

function ofTheOthers(relay: SpawnedRelay, talks: readonly Talk[]): readonly Measured[] {
  const sum = (value: (talk: Talk) => number) => talks.reduce((all, talk) => all + value(talk), 0);
  const latencies = talks.flatMap((talk) => talk.latencies);
  return [
    atLeast('messages of the others', [sum(({ sent }) => sent), '']),
    atMost('of these failed', [sum(({ failed }) => failed), ''], { must: 0 }),
    atMost('connections of the others that were closed', [sum(({ closed }) => closed), ''], { must: 0 }),
    atMost('p99 of the others', [percentile(latencies, 0.99), 'ms']),
    atMost('relays that ended by themselves', [isAlive(relay.pid) ? 0 : 1, ''], { must: 0 }),
  ];
}

function endAll(sockets: readonly (Socket | RawSocket)[]): void {
  for (const socket of sockets) {
    if ('terminate' in socket) socket.terminate();
    else socket.destroy();
  }
}

/** A connection and nothing more. Its errors are expected: it will be closed. */
async function dial(port: number, from: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket.on('error', () => undefined).resume();
}

/** A WebSocket that was let through, and never says another word, not even farewell. */
async function upgrade({ origin }: SpawnedRelay, port: number, from: string): Promise<Socket> {
  const socket = await dial(port, from);
  const lines = [
    'GET /socket/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${new URL(origin).host}`,
    `Origin: ${origin}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${Buffer.from('half-open-client').toString('base64')}`,
  ];
  const answered = new Promise<string>((resolve) => {
    socket.once('data', (answer) => resolve(answer.toString('latin1')));
    socket.once('close', () => resolve('closed'));
  });
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const answer = await answered;
  if (!answer.startsWith('HTTP/1.1 101'))
    throw new Error(`the upgrade was answered with: ${answer.slice(0, 80)}`);
  return socket;
}

/** Seconds from now until it holds. To list a machine's connections is no small work: a look now and then will do. */
async function secondsUntil(holds: () => boolean, within: number): Promise<number> {
  const begun = performance.now();
  while (!holds()) {
    if (performance.now() - begun > within * 1000) return Number.POSITIVE_INFINITY;
    await wait(LOOK_MS);
  }
  return (performance.now() - begun) / 1000;
}
