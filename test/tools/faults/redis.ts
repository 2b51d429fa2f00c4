/** Redis dies, forgets, hangs or cannot be reached. Sends never fail for it, other relays hear a little later, and it heals. */
import { setTimeout as wait } from 'node:timers/promises';
import { openChaosProxy } from '../../support/chaos-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { startRedis } from '../../support/redis.ts';
import type { Scenario } from './scenario.ts';
import { ackTimes, deliveryTimes, type Span, shownAsFailed, timeFigures } from './timing.ts';
import { openWorld, type World } from './world.ts';

const RELAYS = 2;
const TO_VISITORS = { relays: RELAYS };
/** Who goes from one conversation to the next sees words when they come back; who stays, when they arrive. */
const TO_WATCHERS = { relays: RELAYS, from: 'visitor', to: 'watcher' };
const DEGRADED_P99_MS = 2_000;
const NORMAL_P99_MS = 400;
/** Without Redis the acknowledgement has nothing to wait for. */
const ACK_P99_MS = 1_000;
const HEALED_WITHIN_MS = 15_000;
const PEOPLE = { visitors: 24, agents: 4, watchers: 10, paceMs: 1_500, reloads: false } as const;

export const redisKill: Scenario = {
  name: 'redis-kill',
  what: 'Redis is killed with -9 under load, and an empty one comes back',
  needs: ['redis', 'system-postgres'],
  cycles: 50,
  async run(stage, cycles) {
    let redis = await startRedis();
    stage.atEnd(() => redis.stop());
    const world = await openRedisWorld(stage, redis.url);
    return outages(stage, { world, cycles, calmMs: 500 }, async () => {
      await redis.kill();
      await wait(700 + Math.random() * 1_300);
      redis = await startRedis(redis.port);
    });
  },
};

export const redisFlush: Scenario = {
  name: 'redis-flush',
  what: 'Redis is emptied (FLUSHALL) under load',
  needs: ['redis', 'system-postgres'],
  cycles: 20,
  async run(stage, cycles) {
    const redis = await startRedis();
    stage.atEnd(redis.stop);
    const world = await openRedisWorld(stage, redis.url);
    return outages(stage, { world, cycles, calmMs: 500 }, async () => {
      await redis.ask('FLUSHALL');
      await wait(500);
    });
  },
};

export const redisStop: Scenario = {
  name: 'redis-stop',
  what: 'Redis hangs (SIGSTOP) for some seconds and goes on, or is shut down and started',
  needs: ['redis', 'system-postgres'],
  cycles: 8,
  async run(stage, cycles) {
    let redis = await startRedis();
    stage.atEnd(() => {
      // A stopped process does not end when it is asked to.
      redis.resume();
      return redis.stop();
    });
    const world = await openRedisWorld(stage, redis.url);
    let cycle = 0;
    return outages(stage, { world, cycles, calmMs: 1_000 }, async () => {
      cycle += 1;
      if (cycle % 2 === 0) {
        await redis.stop();
        await wait(3_000);
        redis = await startRedis(redis.port);
      } else {
        redis.pause();
        await wait(3_000 + Math.random() * 3_000);
        redis.resume();
      }
    });
  },
};

export const redisPartition: Scenario = {
  name: 'redis-partition',
  what: 'nothing reaches Redis or comes from it for 60 s, and nobody is told (a black hole)',
  needs: ['redis', 'system-postgres'],
  cycles: 1,
  async run(stage, cycles) {
    const redis = await startRedis();
    stage.atEnd(redis.stop);
    const proxy = await openChaosProxy({ to: () => ({ port: redis.port }) });
    stage.atEnd(proxy.close);
    const world = await openRedisWorld(stage, `redis://127.0.0.1:${proxy.port}`);
    const seconds = stage.number('seconds', 60);
    return outages(stage, { world, cycles, calmMs: 8_000 }, async () => {
      proxy.set({ swallowed: true });
      await wait(seconds * 1_000);
      proxy.calm();
    });
  },
};

function openRedisWorld(stage: Stage, url: string): Promise<World> {
  return openWorld(stage, { ...PEOPLE, relays: RELAYS, store: 'postgres', redis: { url } });
}

type Outages = {
  readonly world: World;
  readonly cycles: number;
  /** How long all is well before each. */
  readonly calmMs: number;
};

/** An outage is over when every relay says that Redis carries again. */
async function outages(
  stage: Stage,
  { world, cycles, calmMs }: Outages,
  outage: () => Promise<void>,
): Promise<readonly Measured[]> {
  const normal: Span[] = [];
  const degraded: Span[] = [];
  const healed: number[] = [];
  world.talk();
  await allWell(world);
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const from = performance.now();
    await wait(calmMs);
    await world.moved(5);
    const begins = performance.now();
    normal.push({ from, to: begins });
    await outage();
    const over = performance.now();
    await allWell(world);
    const ends = performance.now();
    degraded.push({ from: begins, to: ends });
    healed.push(ends - over);
    if (cycle % 5 === 0 || cycles < 10)
      stage.progress(`cycle ${cycle} of ${cycles}: well again after ${Math.round(ends - over)} ms`);
  }
  const figures = await world.end();
  const history = await world.history();
  return [
    ...figures,
    shownAsFailed(history),
    atMost('outages', [cycles, '']),
    ...timeFigures('ack while degraded', ackTimes(history, degraded), ACK_P99_MS),
    ...timeFigures('across relays, normal', deliveryTimes(history, normal, TO_VISITORS), NORMAL_P99_MS),
    ...timeFigures('across relays, degraded', deliveryTimes(history, degraded, TO_VISITORS), DEGRADED_P99_MS),
    ...timeFigures(
      'across relays to an agent, normal',
      deliveryTimes(history, normal, TO_WATCHERS),
      NORMAL_P99_MS,
    ),
    ...timeFigures(
      'across relays to an agent, degraded',
      deliveryTimes(history, degraded, TO_WATCHERS),
      DEGRADED_P99_MS,
    ),
    atMost('well again, median', [median(healed), 'ms']),
    atMost('well again, longest', [Math.max(...healed), 'ms'], { must: HEALED_WITHIN_MS }),
  ];
}

async function allWell(world: World): Promise<void> {
  await eventually(
    'every relay says that Redis carries',
    async () =>
      (await Promise.all(world.relays.map(({ origin }) => stateOf(origin)))).every((one) => one === 'ok'),
    60_000,
  );
}

async function stateOf(origin: string): Promise<string> {
  const response = await fetch(`${origin}/readyz`);
  return ((await response.json()) as { redis: string }).redis;
}
