/**
 * The adapters that may join relays, bare: two relays, visitors at one and agents at the other. What a message costs both and
 * Redis, how long it takes, and how many never arrive when Redis is killed and comes back; beside one relay without any.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, median, percentile, type Stage } from '../../support/figures.ts';
import { type Redis, redisServer, startRedis } from '../../support/redis.ts';
import type { Bench } from './bench.ts';

const KINDS = ['none', 'streams, ours', 'streams, as it comes', 'sharded pub/sub'] as const;
const PAIRS = 20;
const WINDOW = 4;
const PACE = 300;
const KILL_PACE = 100;
const DOWN_MS = 2_000;
/** So long after Redis is back, whatever is to come back has. */
const BACK_MS = 4_000;

export const adapters: Bench = {
  what: 'what joining two bare relays costs by each adapter, and what each loses when Redis is killed',
  flags: ['rounds', 'seconds'],
  async measure(stage) {
    if (redisServer === undefined) throw new Error('No redis-server was found: install it.');
    const rounds = stage.number('rounds', 4);
    const seconds = stage.number('seconds', 2);
    const pairs: Joined[] = [];
    for (const kind of KINDS) pairs.push(await startJoined(stage, kind));
    const runs = new Map<string, Run[]>(KINDS.map((kind) => [kind, []]));
    for (const joined of pairs) await saturate(joined, 1);
    for (let round = 0; round < rounds; round += 1)
      for (const joined of round % 2 === 0 ? pairs : pairs.toReversed()) {
        const run = { ...(await saturate(joined, seconds)), late: await pace(joined, seconds) };
        runs.get(joined.kind)?.push(run);
        stage.progress(
          `${joined.kind}: ${run.cost.toFixed(0)} µs, p99 ${percentile(run.late, 0.99).toFixed(0)} ms`,
        );
      }
    const lost = new Map<string, Lost>();
    for (const joined of pairs) if (joined.kind !== 'none') lost.set(joined.kind, await killRedis(joined));
    return figuresOf(runs, lost);
  },
};

/** `cost`: microseconds of CPU a message, relays and Redis together. `late`: milliseconds to the other end. */
type Run = { readonly cost: number; readonly redis: number; readonly late: readonly number[] };
type Lost = { readonly whileDown: number; readonly after: number; readonly sent: number };

type Joined = {
  readonly kind: string;
  redis: Redis;
  readonly relays: readonly ChildProcess[];
  readonly visitors: readonly Socket[];
  /** Message → when it arrived, by the clock of this process. */
  readonly arrived: Map<number, number>;
};

let made = 0;

async function startJoined(stage: Stage, kind: string): Promise<Joined> {
  const redis = await startRedis();
  const relays: ChildProcess[] = [];
  const ports: number[] = [];
  for (let count = 0; count < (kind === 'none' ? 1 : 2); count += 1) {
    const child = fork(fileURLToPath(new URL('./adapter-relay.js', import.meta.url)), [
      kind,
      `${redis.port}`,
    ]);
    stage.atEnd(() => child.kill());
    relays.push(child);
    ports.push((await answer<{ port: number }>(child)).port);
  }
  const joined: Joined = { kind, redis, relays, visitors: [], arrived: new Map() };
  stage.atEnd(() => joined.redis.stop());
  const visitors = joined.visitors as Socket[];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    visitors.push(await client(stage, `http://127.0.0.1:${ports[0]}/visitor`, pair));
    const agent = await client(stage, `http://127.0.0.1:${ports.at(-1)}/agent`, pair);
    agent.on('message:sent', ({ id }: { id: number }) => joined.arrived.set(id, performance.now()));
  }
  await eventually('the relays are joined', async () => {
    const { id } = await send(joined, 0);
    await wait(100);
    return joined.arrived.has(id);
  });
  return joined;
}

async function client(stage: Stage, url: string, pair: number): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, auth: { pair } });
  stage.atEnd(() => socket.disconnect());
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return socket;
}

/** Resolves when the sender's own relay has answered. */
async function send(joined: Joined, pair: number): Promise<{ id: number; at: number }> {
  made += 1;
  const sent = { id: made, at: performance.now() };
  const text = 'Where is my parcel? It was to be here on Tuesday.';
  await joined.visitors[pair]?.emitWithAck('message:send', { id: sent.id, pair, text });
  return sent;
}

async function saturate(joined: Joined, seconds: number): Promise<Pick<Run, 'cost' | 'redis'>> {
  const before = await cpuOf(joined);
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const talk = async (pair: number) => {
    for (; performance.now() < end; count += 1) await send(joined, pair);
  };
  await Promise.all(Array.from({ length: PAIRS * WINDOW }, (_, index) => talk(index % PAIRS)));
  await wait(300);
  const after = await cpuOf(joined);
  const cost = (after.relays + after.redis - before.relays - before.redis) / count;
  return { cost, redis: (after.redis - before.redis) / count };
}

async function pace(joined: Joined, seconds: number): Promise<number[]> {
  const sent = await sendAtPace(joined, { perSecond: PACE, milliseconds: seconds * 1000 });
  await wait(500);
  return sent.flatMap(({ id, at }) => (joined.arrived.get(id) ?? Number.NaN) - at).filter(Number.isFinite);
}

async function sendAtPace(
  joined: Joined,
  { perSecond, milliseconds }: { readonly perSecond: number; readonly milliseconds: number },
): Promise<{ id: number; at: number }[]> {
  const start = performance.now();
  const sent: Promise<{ id: number; at: number }>[] = [];
  while (performance.now() - start < milliseconds) {
    const due = ((performance.now() - start) / 1000) * perSecond;
    while (sent.length < due) sent.push(send(joined, sent.length % PAIRS));
    await wait(5);
  }
  return Promise.all(sent);
}

/** Killed and brought back, empty, while people talk. */
async function killRedis(joined: Joined): Promise<Lost> {
  const { port } = joined.redis;
  const at = { perSecond: KILL_PACE };
  const before = await sendAtPace(joined, { ...at, milliseconds: 1_000 });
  await joined.redis.kill();
  const down = await sendAtPace(joined, { ...at, milliseconds: DOWN_MS });
  joined.redis = await startRedis(port);
  const back = await sendAtPace(joined, { ...at, milliseconds: BACK_MS });
  const after = await sendAtPace(joined, { ...at, milliseconds: 1_000 });
  await wait(3_000);
  const lostOf = (sent: readonly { id: number }[]) => sent.filter(({ id }) => !joined.arrived.has(id)).length;
  return {
    whileDown: lostOf([...before, ...down, ...back]),
    after: lostOf(after),
    sent: before.length + down.length + back.length + after.length,
  };
}

async function cpuOf({ relays, redis }: Joined): Promise<{ relays: number; redis: number }> {
  const answers = await Promise.all(
    relays.map((child) => {
      const answered = answer<{ cpu: number }>(child);
      child.send('cpu');
      return answered;
    }),
  );
  return { relays: answers.reduce((sum, { cpu }) => sum + cpu, 0), redis: cpuOfProcess(redis.pid) };
}

/** Microseconds, from the system's hundredths of a second. */
function cpuOfProcess(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function answer<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A relay of the bench has ended.'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
  });
}

function figuresOf(runs: ReadonlyMap<string, readonly Run[]>, lost: ReadonlyMap<string, Lost>): Measured[] {
  const costs = (kind: string) => runs.get(kind)?.map((run) => run.cost) ?? [];
  const floor = costs('none');
  return [...runs].flatMap(([kind, own]) => {
    const ratio = median(costs(kind).map((cost, round) => cost / (floor[round] ?? Number.NaN)));
    const one = lost.get(kind);
    const name = kind === 'none' ? 'one relay alone' : kind;
    return [
      atMost(`${name}: CPU a message, relays and Redis`, [median(costs(kind)), 'µs']),
      ...(kind === 'none'
        ? []
        : [
            atMost(`${name}: the same ÷ one relay alone`, [ratio, '×']),
            atMost(`${name}: of it in Redis`, [median(own.map((run) => run.redis)), 'µs']),
          ]),
      atMost(`${name}: to the other end, p99`, [median(own.map((run) => percentile(run.late, 0.99))), 'ms']),
      ...(one
        ? [
            atMost(`${name}: never came, of ${one.sent} around a kill of Redis`, [one.whileDown, '']),
            atMost(`${name}: never came of those after it was back`, [one.after, '']),
          ]
        : []),
    ];
  });
}
