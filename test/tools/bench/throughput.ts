/**
 * Durable relayed messages a second, how long an acknowledgement takes and what a message costs, beside a bare in-memory
 * Socket.IO relay and beside the same relay, on the same store, that writes each message in a transaction of its own: in turns, medians.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { atLeast, atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { furnish } from '../../support/spawn-relay.ts';
import { systemPostgres } from '../../support/system-postgres.ts';
import {
  type Bench,
  type Generator,
  type Probing,
  postgresCpu,
  startBareRelay,
  startGenerator,
  startRelay,
  startStore,
} from './bench.ts';
import type { Outcome, Shape, Target } from './orders.ts';

/** Messages a second at which latency is compared: far from saturation, as a busy desk is. */
const PACE = 500;
/** People who answer; each has several of the agents' sockets. */
const PEOPLE = 8;
/** Of one processor, for all relays together, looked at for so long. */
const AT_REST = 0.1;
const LOOK_MS = 500;
const LOOKS_MAX = 100;
/** In flight for each visitor when saturated: more than one, so that every relay always has work. */
const WINDOW = 4;

export const throughput: Bench = {
  what: 'durable messages a second, acknowledgements and CPU a message, beside bare Socket.IO and one transaction a message',
  flags: ['rounds', 'seconds', 'visitors', 'agents'],
  async measure(stage) {
    const rounds = Number(stage.flag('rounds') ?? 5);
    const seconds = Number(stage.flag('seconds') ?? 4);
    const shape = {
      visitors: Number(stage.flag('visitors') ?? 200),
      agents: Number(stage.flag('agents') ?? 200),
    };
    const runners = await startRunners(stage, shape);
    stage.progress('warming up');
    for (const { generate } of runners) await generate({ do: 'saturate', seconds: 2, window: WINDOW });
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const order = [...runners.slice(round % runners.length), ...runners.slice(0, round % runners.length)];
      measured.push(await measureRound(order, seconds));
      stage.progress(`round ${round + 1} of ${rounds}: ${describe(measured.at(-1))}`);
    }
    return toFigures(measured, runners);
  },
};

/** The whole product, by its store. */
type Product = 'embedded' | 'system';
type Baseline = 'one at a time' | 'one at a time, system';
type Name = 'bare' | Product | Baseline;
type Runner = Probing & { readonly name: Name; readonly generate: Generator; databaseCpu(): number };
/** CPU in microseconds a message: of the relay's process, and of PostgreSQL. */
type Run = {
  readonly saturated: Outcome;
  readonly cpu: number;
  readonly database: number;
  readonly paced: Outcome;
};
type Round = ReadonlyMap<Name, Run>;

const PRODUCTS: readonly Product[] = ['embedded', 'system'];
/** Each store beside itself: what a transaction costs is another thing on each. */
const BASELINES: Readonly<Record<Product, Baseline>> = {
  embedded: 'one at a time',
  system: 'one at a time, system',
};

function isBaseline(name: Name): name is Baseline {
  return Object.values<Name>(BASELINES).includes(name);
}

async function startRunners(stage: Stage, shape: Shape): Promise<Runner[]> {
  stage.progress(`${shape.visitors} visitors and ${shape.agents} agents are connected to each of the relays`);
  if (systemPostgres === undefined) stage.progress('no PostgreSQL of the system was found: it is left out');
  const products = PRODUCTS.filter((name) => name === 'embedded' || systemPostgres !== undefined);
  const runners = [await startBare(stage, shape)];
  for (const name of [...products, ...products.map((product) => BASELINES[product])])
    runners.push(await startDurable(stage, { shape, name }));
  return runners;
}

async function startBare(stage: Stage, shape: Shape): Promise<Runner> {
  const relay = await startBareRelay(stage);
  const generate = startGenerator(stage);
  const target: Target = { kind: 'bare', visitorsAt: relay.url, agentsAt: relay.url, site: '', cookies: [] };
  await generate({ do: 'connect', target, shape });
  return { ...relay, name: 'bare', generate, databaseCpu: () => 0 };
}

/** The variant of one transaction a message is the whole product on the same store, but for its group commit. */
async function startDurable(
  stage: Stage,
  { shape, name }: { shape: Shape; name: Exclude<Name, 'bare'> },
): Promise<Runner> {
  const isSystems = name === 'system' || name === BASELINES.system;
  const store = isSystems ? await startStore(stage) : undefined;
  const relay = await startRelay(stage, {
    ...(store && { env: { DATABASE_URL: store.url } }),
    ...(isBaseline(name) && { preload: './one-at-a-time.js' }),
  });
  const { site, cookies } = await furnish(relay, PEOPLE);
  const generate = startGenerator(stage);
  const target: Target = { kind: 'relay', visitorsAt: relay.url, agentsAt: relay.url, site, cookies };
  await generate({ do: 'connect', target, shape });
  const databaseCpu = store ? store.cpu : () => postgresCpu(join(relay.dataDir));
  return { ...relay, name, generate, databaseCpu };
}

async function measureRound(runners: readonly Runner[], seconds: number): Promise<Round> {
  const saturated = new Map<Name, Omit<Run, 'paced'>>();
  for (const runner of runners) saturated.set(runner.name, await saturate(runner, seconds));
  const round = new Map<Name, Run>();
  await comeToRest(runners);
  for (const { name, generate } of runners) {
    const paced = sound(name, await generate({ do: 'pace', seconds, rate: PACE }));
    const before = saturated.get(name);
    if (before) round.set(name, { ...before, paced });
  }
  return round;
}

/** After saturation each relay still indexes what it stored: one at work would make the others' messages wait for the processor. */
async function comeToRest(runners: readonly Runner[]): Promise<void> {
  const spent = async () => {
    let cpu = 0;
    for (const runner of runners) cpu += (await runner.probe()).cpu + runner.databaseCpu();
    return cpu;
  };
  let before = await spent();
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    await wait(LOOK_MS);
    const now = await spent();
    if (now - before < LOOK_MS * 1000 * AT_REST) return;
    before = now;
  }
}

async function saturate(runner: Runner, seconds: number): Promise<Omit<Run, 'paced'>> {
  const [cpu, database] = [(await runner.probe()).cpu, runner.databaseCpu()];
  const saturated = sound(runner.name, await runner.generate({ do: 'saturate', seconds, window: WINDOW }));
  return {
    saturated,
    cpu: ((await runner.probe()).cpu - cpu) / saturated.acked,
    database: (runner.databaseCpu() - database) / saturated.acked,
  };
}

function sound(name: Name, outcome: Outcome): Outcome {
  if (outcome.refused > 0) throw new Error(`${outcome.refused} messages were refused by ${name}`);
  return outcome;
}

const STORES: Readonly<Record<Exclude<Name, 'bare'>, string>> = {
  embedded: 'the embedded store',
  system: 'the system PostgreSQL',
  'one at a time': 'one transaction a message, embedded store',
  'one at a time, system': 'one transaction a message, system PostgreSQL',
};

function toFigures(rounds: readonly Round[], runners: readonly Runner[]): Measured[] {
  const of = (name: Name, pick: (run: Run) => number) => median(picked(rounds, name, pick));
  /** Paired: each round's own ratio, since a machine is not as quick in one minute as in the next. */
  const ratio = (above: Name, below: Name, pick: (run: Run) => number) => {
    const [upper, lower] = [picked(rounds, above, pick), picked(rounds, below, pick)];
    return median(upper.map((value, index) => value / (lower[index] ?? Number.NaN)));
  };
  const figures: Measured[] = [];
  for (const { name } of runners) {
    if (name === 'bare' || isBaseline(name)) continue;
    const store = STORES[name];
    figures.push(
      atLeast(`${store} ÷ bare, messages/s`, [ratio(name, 'bare', rateOf), ''], { must: 0.45, goal: 0.6 }),
      atLeast(
        `${store} ÷ one transaction a message, messages/s`,
        [ratio(name, BASELINES[name], rateOf), ''],
        {
          must: 4,
        },
      ),
      atMost(`${store} ÷ bare, relay's CPU a message`, [ratio(name, 'bare', (run) => run.cpu), ''], {
        must: 1.7,
      }),
      atMost(
        `${store}: ack p50 at ${PACE}/s, more than bare`,
        [of(name, (run) => run.paced.p50) - of('bare', (run) => run.paced.p50), 'ms'],
        { must: 2 },
      ),
    );
  }
  for (const { name } of runners) {
    const who = name === 'bare' ? 'bare' : STORES[name];
    figures.push(
      atLeast(`${who}: saturated`, [of(name, rateOf), 'messages/s']),
      atMost(`${who}: relay's CPU, saturated`, [of(name, (run) => run.cpu), 'µs a message']),
      ...(name === 'bare'
        ? []
        : [atMost(`${who}: PostgreSQL's CPU, saturated`, [of(name, (run) => run.database), 'µs a message'])]),
      ...(['p50', 'p99'] as const).flatMap((which) => [
        atMost(`${who}: ack ${which} at ${PACE}/s`, [of(name, (run) => run.paced[which]), 'ms']),
        atMost(`${who}: ack ${which}, saturated`, [of(name, (run) => run.saturated[which]), 'ms']),
      ]),
    );
  }
  return figures;
}

function picked(rounds: readonly Round[], name: Name, pick: (run: Run) => number): number[] {
  return rounds.flatMap((round) => {
    const run = round.get(name);
    return run ? [pick(run)] : [];
  });
}

function rateOf({ saturated }: Run): number {
  return saturated.acked / saturated.seconds;
}

function describe(round: Round | undefined): string {
  return [...(round ?? [])]
    .map(([name, run]) => `${name} ${Math.round(rateOf(run))}/s, ${run.cpu.toFixed(0)} µs`)
    .join('; ');
}
