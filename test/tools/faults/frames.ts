/**
 * Ten thousand hostile frames to both namespaces, beside a hundred visitors who do nothing wrong: made-up events and payloads,
 * deep and prototype-poisoning JSON, attachments, numbers beyond numbers, packets that no Engine.IO has. The seed is printed;
 * `--seed N` sends the same again, `--frames N` more of them; the rounds share them.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PROTOCOL } from '@fullname/shared/limits';
import { WebSocket } from 'ws';
import { eventually } from '../../support/eventually.ts';
import { atLeast, atMost, type Measured, median, percentile, type Stage } from '../../support/figures.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../../support/spawn-relay.ts';
import { isAlive, megabytesOf, openGood, type Talk } from './good.ts';
import { type Attack, attacksOf, eventsIn, readEvents } from './hostile.ts';
import type { Scenario } from './scenario.ts';

export const hostileFrames: Scenario = {
  name: 'hostile-frames',
  what: '10,000 hostile frames are sent to visitors’ and agents’ sockets',
  cycles: 4,
  flags: ['seed', 'frames'],
  run: faultFrames,
};

const FRAMES = 10_000;
const ATTACKERS = 20;
/** A round's frames take about so long: beside them the others talk. */
const ROUND_S = 14;
/** To be let in takes a while where everybody asks for it. */
const LET_IN_MS = 10_000;
const KNOCKS = 3;
/** What gets neither an answer nor an end by then is left. */
const STRIKE_MS = 2_000;
const REST_MS = 5_000;

type Target = { readonly relay: SpawnedRelay; readonly site: string; readonly cookie: string };

async function faultFrames(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const seed = stage.number('seed', 1 + Math.floor(Math.random() * 2 ** 31));
  const count = Math.ceil(stage.number('frames', FRAMES) / cycles);
  const events = await readEvents();
  const attacked = new Set<string>();
  const attacks = (round: number) => attacksOf(events, seed + round, count);
  stage.progress(`${count} frames a round; the seed is ${seed}`);
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  // So that its garbage can be collected from here, at a port that is free.
  const settings = { DEMO: 'off', LOG_LEVEL: 'error', NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };
  const relay = await spawnRelay({ dataDir, port: await freePort(), env: settings });
  stage.atEnd(() => relay.stop());
  const { site, cookies } = await furnish(relay, 1);
  const target: Target = { relay, site, cookie: cookies[0] ?? '' };
  const inspector = await openInspector(stage, relay);
  const good = await openGood(stage, { ...relay, site });
  // Whatever grows once, when it is first needed, has grown by then.
  await Promise.all([good.talk(ROUND_S), attack(target, attacks(-1))]);
  const without: Talk[] = [];
  const beside: Talk[] = [];
  const atRest = [await rest(inspector, relay.pid)];
  let sent = 0;
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    without.push(await good.talk(ROUND_S));
    const planned = attacks(cycle);
    const [talk, frames] = await Promise.all([good.talk(ROUND_S), attack(target, planned)]);
    for (const one of planned.flatMap((each) => eventsIn(each, events))) attacked.add(one);
    beside.push(talk);
    sent += frames;
    atRest.push(await rest(inspector, relay.pid));
    stage.progress(`cycle ${cycle + 1} of ${cycles}: ${sent} frames sent, ${describeRest(atRest.at(-1))}`);
  }
  const missed = Object.entries(events)
    .flatMap(([namespace, own]) => own.map(({ name }) => `${namespace} ${name}`))
    .filter((one) => !attacked.has(one));
  if (missed.length > 0) stage.progress(`not attacked: ${missed.join(', ')}`);
  return toFigures({
    ...{ relay, without, beside, atRest, sent, asked: count * cycles },
    ...{ attacked: attacked.size, missed: missed.length },
  });
}

/** So many attackers at once, each with one connection after another. Gives how many frames were sent. */
async function attack(target: Target, attacks: readonly Attack[]): Promise<number> {
  let next = 0;
  let sent = 0;
  const begun = performance.now();
  const attacker = async (number: number) => {
    for (let index = next++; index < attacks.length; index = next++) {
      // Spread over the round: a burst would measure how fast this process can write.
      const due = (index / attacks.length) * ROUND_S * 1000 - (performance.now() - begun);
      if (due > 0) await wait(due);
      const one = attacks[index];
      const from = `127.0.6.${1 + (number % 200)}`;
      // On a busy machine somebody waits too long at the door, and knocks again.
      for (let knock = 0, through = 0; one && through === 0 && knock < KNOCKS; knock += 1) {
        through = await strike(target, one, from).catch(() => 0);
        sent += through;
      }
    }
  };
  await Promise.all(Array.from({ length: ATTACKERS }, (_, number) => attacker(number)));
  return sent;
}

/** Lets itself in, sends, and leaves when an honest question after it was answered or the relay has closed the line. */
async function strike(target: Target, { namespace, frames }: Attack, from: string): Promise<number> {
  const { relay, site, cookie } = target;
  const auth = namespace === '/visitor' ? { protocol: PROTOCOL, site, locale: 'en' } : { protocol: PROTOCOL };
  const headers = { origin: relay.origin, ...(namespace === '/agent' && { cookie }) };
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/socket/?EIO=4&transport=websocket`, {
    ...{ headers, localAddress: from, perMessageDeflate: false },
  });
  const last = randomUUID();
  let sent = 0;
  let limit: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    limit = setTimeout(resolve, LET_IN_MS);
    socket.on('message', (data: Buffer) => {
      const frame = data.toString();
      if (frame.startsWith('0{')) socket.send(`40${namespace},${JSON.stringify(auth)}`);
      else if (frame.startsWith(`40${namespace}`) && sent === 0) {
        for (const one of frames) socket.send(one);
        sent = frames.length;
        clearTimeout(limit);
        limit = setTimeout(resolve, STRIKE_MS);
        socket.send(`42${namespace},777["entries:fetch",{"conversation":"${last}","after":0}]`);
      } else if (frame.startsWith(`43${namespace},777`) || frame.startsWith('44')) resolve();
    });
    socket.on('close', resolve).on('error', () => resolve());
  }).finally(() => clearTimeout(limit));
  socket.terminate();
  return sent;
}

/** In megabytes: of the process, and of what its code holds. */
type Rest = { readonly resident: number; readonly heap: number };
type Inspector = { ask(method: string, params?: object): Promise<unknown> };

/** Asks the relay's node to be looked into, which needs no help of the relay's own code. */
async function openInspector(stage: Stage, relay: SpawnedRelay): Promise<Inspector> {
  process.kill(relay.pid, 'SIGUSR1');
  const url = await eventually(
    'the relay can be looked into',
    () => /Debugger listening on (ws:\S+)/.exec(relay.printed())?.[1],
  );
  const socket = new WebSocket(String(url), { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  stage.atEnd(() => socket.terminate());
  let last = 0;
  return {
    ask: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        const onMessage = (data: Buffer) => {
          const answer = JSON.parse(data.toString()) as { id?: number; result?: unknown };
          if (answer.id !== id) return;
          socket.off('message', onMessage).off('close', onClose);
          resolve(answer.result);
        };
        const onClose = () => reject(new Error('the relay can no longer be looked into'));
        socket.on('message', onMessage).once('close', onClose);
        socket.send(JSON.stringify({ id, method, params }));
      }),
  };
}

/** When garbage is collected, the least that is seen over a while: what was freed is given back bit by bit. */
async function rest(inspector: Inspector, pid: number): Promise<Rest> {
  // The second time frees what the first one's finalizers let go of.
  for (let turn = 0; turn < 2; turn += 1) await inspector.ask('HeapProfiler.collectGarbage');
  let resident = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + REST_MS; performance.now() < end; await wait(200)) {
    resident = Math.min(resident, megabytesOf(pid));
  }
  const { usedSize } = (await inspector.ask('Runtime.getHeapUsage')) as { usedSize: number };
  return { resident, heap: usedSize / 2 ** 20 };
}

function describeRest(one: Rest | undefined): string {
  return `${one?.resident.toFixed(0)} MB at rest, ${one?.heap.toFixed(1)} of them in use`;
}

type Run = {
  readonly relay: SpawnedRelay;
  readonly without: readonly Talk[];
  readonly beside: readonly Talk[];
  readonly atRest: readonly Rest[];
  readonly sent: number;
  readonly asked: number;
  /** How many of the protocol's events were in the frames, and how many were not. */
  readonly attacked: number;
  readonly missed: number;
};

function toFigures({
  relay,
  without,
  beside,
  atRest,
  sent,
  asked,
  attacked,
  missed,
}: Run): readonly Measured[] {
  const p99 = (talk: Talk) => percentile(talk.latencies, 0.99);
  const [troubled, alone] = [median(beside.map(p99)), median(without.map(p99))];
  const failed = [...without, ...beside].reduce((sum, talk) => sum + talk.failed, 0);
  const closed = Math.max(...beside.map((talk) => talk.closed));
  const grown = (of: (rest: Rest) => number) => difference(atRest.map(of));
  const printed = relay.printed();
  const uncaught = printed.match(/uncaughtException|unhandledRejection|Unhandled|uncaught/gi)?.length ?? 0;
  // "an event failed" is the one catch around every event: a thrown error that no code was foreseen for.
  const unforeseen = printed.match(/an event failed/g)?.length ?? 0;
  return [
    atLeast('hostile frames sent', [sent, ''], { must: asked }),
    atLeast('events of the protocol in them', [attacked, '']),
    // Fewer frames than usual need not hold every event.
    atMost('events of the protocol left out', [missed, ''], asked < FRAMES ? {} : { must: 0 }),
    atMost('relays that ended by themselves', [isAlive(relay.pid) ? 0 : 1, ''], { must: 0 }),
    atMost('errors that nobody caught', [uncaught, ''], { must: 0 }),
    atMost('events that failed in a way not foreseen', [unforeseen, ''], { must: 0 }),
    atMost('memory of the relay at rest, last by first', [grown(({ resident }) => resident), 'MB'], {
      must: 20,
    }),
    atMost('of this in use', [grown(({ heap }) => heap), 'MB']),
    atMost('p99 of the others, with by without', [troubled / alone, ''], { must: 2 }),
    atMost('p99 of the others, with them', [troubled, 'ms']),
    atMost('p99 of the others, without them', [alone, 'ms']),
    atMost('messages of the others that failed', [failed, ''], { must: 0 }),
    atMost('connections of the others that were closed', [closed, ''], { must: 0 }),
  ];
}

function difference(values: readonly number[]): number {
  return (values.at(-1) ?? 0) - (values[0] ?? 0);
}
