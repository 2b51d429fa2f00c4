/**
 * Several relays as one: visitors at the first, agents at the last, on Redis and one PostgreSQL, beside one relay without Redis.
 * What a message costs over all relays and Redis, and how long it takes to the other end; in turns.
 */
import { connect } from 'node:net';
import { atLeast, atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { redisServer, startRedis } from '../../support/redis.ts';
import { furnish } from '../../support/spawn-relay.ts';
import {
  type Bench,
  type BenchRelay,
  type Generator,
  startGenerator,
  startRelay,
  startStore,
} from './bench.ts';
import type { Outcome, Target } from './orders.ts';

const PEOPLE = 8;
const WINDOW = 4;
const PACE = 500;
const SHAPE = { visitors: 200, agents: 200 };
const MOST_RELAYS = 3;

export const relays: Bench = {
  what: 'what a message costs and how long it takes with 1, 2 and 3 relays on Redis, beside one without',
  flags: ['rounds', 'seconds'],
  async measure(stage) {
    if (redisServer === undefined) throw new Error('No redis-server was found: install it.');
    const rounds = stage.number('rounds', 4);
    const seconds = stage.number('seconds', 4);
    const fleets = await startFleets(stage);
    for (const fleet of fleets) await fleet.generate({ do: 'saturate', seconds: 1, window: WINDOW });
    const runs = new Map<string, Run[]>(fleets.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const fleet of round % 2 === 0 ? fleets : fleets.toReversed()) {
        const run = await measureRun(fleet, seconds);
        runs.get(fleet.name)?.push(run);
        stage.progress(describe(fleet.name, run));
      }
    return figuresOf(runs);
  },
};

type Fleet = {
  readonly name: string;
  readonly relays: readonly BenchRelay[];
  /** Microseconds that Redis has taken so far. */
  readonly redisCpu: () => Promise<number>;
  readonly generate: Generator;
};
/** CPU in microseconds a message. */
type Run = {
  readonly saturated: Outcome;
  readonly paced: Outcome;
  readonly nodes: number;
  readonly redis: number;
};

const ALONE = '1 relay without Redis';

async function startFleets(stage: Stage): Promise<Fleet[]> {
  const fleets = [await startFleet(stage, { name: ALONE, count: 1, withRedis: false })];
  for (let count = 1; count <= MOST_RELAYS; count += 1) {
    const name = `${count} relay${count === 1 ? '' : 's'} with Redis`;
    fleets.push(await startFleet(stage, { name, count, withRedis: true }));
  }
  return fleets;
}

async function startFleet(
  stage: Stage,
  { name, count, withRedis }: { name: string; count: number; withRedis: boolean },
): Promise<Fleet> {
  const store = await startStore(stage);
  const redis = withRedis ? await startRedis() : null;
  if (redis) stage.atEnd(() => redis.stop());
  const env = { DATABASE_URL: store.url, ...(redis && { REDIS_URL: redis.url }) };
  const first = await startRelay(stage, { env });
  // Before the others: each relay that finds no owner prints a link of its own, and only the last one is good.
  const { site, cookies } = await furnish(first, PEOPLE);
  const others = await Promise.all(Array.from({ length: count - 1 }, () => startRelay(stage, { env })));
  const relays = [first, ...others];
  const last = others.at(-1) ?? first;
  const generate = startGenerator(stage);
  const target: Target = { kind: 'relay', visitorsAt: first.url, agentsAt: last.url, site, cookies };
  await generate({ do: 'connect', target, shape: SHAPE });
  stage.progress(`${name}: ready`);
  return { name, relays, redisCpu: () => (redis ? cpuOfRedis(redis.port) : Promise.resolve(0)), generate };
}

async function measureRun(fleet: Fleet, seconds: number): Promise<Run> {
  const before = await cpuOfFleet(fleet);
  const saturated = await fleet.generate({ do: 'saturate', seconds, window: WINDOW });
  const after = await cpuOfFleet(fleet);
  const paced = await fleet.generate({ do: 'pace', seconds, rate: PACE });
  if (saturated.refused + paced.refused > 0) throw new Error(`${fleet.name} refused messages`);
  return {
    ...{ saturated, paced },
    nodes: (after.nodes - before.nodes) / saturated.acked,
    redis: (after.redis - before.redis) / saturated.acked,
  };
}

async function cpuOfFleet({ relays, redisCpu }: Fleet): Promise<{ nodes: number; redis: number }> {
  const probed = await Promise.all(relays.map((relay) => relay.probe()));
  return { nodes: probed.reduce((sum, { cpu }) => sum + cpu, 0), redis: await redisCpu() };
}

/** Microseconds, as Redis says itself. */
function cpuOfRedis(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('INFO cpu\r\n'));
    socket.once('error', reject);
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
      const seconds = (name: string) =>
        Number(new RegExp(`used_cpu_${name}:([\\d.]+)\\r\\n`).exec(text)?.[1]);
      const sum = (seconds('sys') + seconds('user')) * 1e6;
      if (Number.isNaN(sum)) return;
      socket.destroy();
      resolve(sum);
    });
  });
}

function figuresOf(runs: ReadonlyMap<string, readonly Run[]>): Measured[] {
  const alone = runs.get(ALONE) ?? [];
  return [...runs].flatMap(([name, all]) => {
    const of = (pick: (run: Run) => number) => median(all.map(pick));
    const cost = (run: Run) => run.nodes + run.redis;
    const ratio = median(all.map((run, round) => cost(run) / cost(alone[round] ?? run)));
    // One relay with Redis pays for nobody; the bound speaks of messages that cross.
    const crosses = name !== ALONE && !name.startsWith('1 ');
    return [
      ...(name === ALONE
        ? []
        : [atMost(`${name} ÷ alone, CPU a message with Redis's`, [ratio, ''], crosses ? { must: 3.2 } : {})]),
      atMost(`${name}: CPU of all relays`, [of((run) => run.nodes), 'µs a message']),
      ...(name === ALONE ? [] : [atMost(`${name}: CPU of Redis`, [of((run) => run.redis), 'µs a message'])]),
      atLeast(`${name}: saturated`, [of((run) => run.saturated.acked / run.saturated.seconds), 'messages/s']),
      atMost(`${name}: delivery p50 at ${PACE}/s`, [of((run) => run.paced.delivery.p50), 'ms']),
      atMost(
        `${name}: delivery p99 at ${PACE}/s`,
        [of((run) => run.paced.delivery.p99), 'ms'],
        crosses ? { must: 400 } : {},
      ),
      atMost(`${name}: delivery p99, saturated`, [of((run) => run.saturated.delivery.p99), 'ms']),
    ];
  });
}

function describe(name: string, { saturated, paced, nodes, redis }: Run): string {
  const rate = Math.round(saturated.acked / saturated.seconds);
  return `${name}: ${rate}/s, ${(nodes + redis).toFixed(0)} µs a message, delivery p99 ${paced.delivery.p99.toFixed(1)} ms`;
}
