/**
 * Durable relayed messages a second, and how long an acknowledgement takes, beside a bare in-memory Socket.IO relay:
 * interleaved pairs in one run, medians. `--rounds N`, `--seconds N` a run, `--visitors N`, `--agents N`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atLeast, atMost, type Measured, median, runTool, type Stage } from '../support/figures.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../support/spawn-relay.ts';
import type { Order, Outcome, Shape, Target } from './bench/orders.ts';

/** Messages a second at which latency is compared: far from saturation, as a busy desk is. */
const PACE = 500;
/** People who answer; each has several of the agents' sockets. */
const PEOPLE = 8;
/** In flight for each visitor when saturated: more than one, so that both relays always have work. */
const WINDOW = 4;

type Round = { readonly [Run in `${Target['name']} ${'saturate' | 'pace'}`]: Outcome };

await runTool(['rounds', 'seconds', 'visitors', 'agents'], async (stage) => {
  const rounds = Number(stage.flag('rounds') ?? 5);
  const seconds = Number(stage.flag('seconds') ?? 4);
  const shape = {
    visitors: Number(stage.flag('visitors') ?? 200),
    agents: Number(stage.flag('agents') ?? 200),
  };
  const generator = startGenerator(stage);
  await connect(stage, generator, shape);
  stage.progress('warming up');
  for (const target of ['bare', 'durable'] as const) {
    await generator({ do: 'saturate', target, seconds: Math.min(2, seconds), window: WINDOW });
  }
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    measured.push(await measureRound(generator, { seconds, bareFirst: round % 2 === 1 }));
    stage.progress(`round ${round} of ${rounds}: ${describe(measured.at(-1))}`);
  }
  return toFigures(measured);
});

type Generator = (order: Order) => Promise<Outcome | null>;

function startGenerator(stage: Stage): Generator {
  const child = startChild(stage, './bench/generator.js');
  return async (order) => {
    const answer = await nextMessage<{ outcome?: Outcome | null; error?: string }>(child, () =>
      child.send(order),
    );
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.outcome ?? null;
  };
}

async function connect(stage: Stage, generator: Generator, shape: Shape): Promise<void> {
  stage.progress('starting a bare relay and a durable one with its own PostgreSQL');
  const bare = await nextMessage<{ port: number }>(startChild(stage, './bench/bare-relay.js'));
  await generator({ do: 'connect', target: { name: 'bare', url: `ws://127.0.0.1:${bare.port}` }, shape });
  const relay = await startRelay(stage);
  const { site, cookies } = await furnish(relay, PEOPLE);
  const url = `ws://localhost:${relay.port}`;
  await generator({ do: 'connect', target: { name: 'durable', url, site, cookies }, shape });
  stage.progress(`${shape.visitors} visitors and ${shape.agents} agents are connected to each`);
}

async function startRelay(stage: Stage): Promise<SpawnedRelay> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  // What one browser may ask in a second is a rule for people; here 200 sockets speak for thousands.
  const relay = await spawnRelay({
    dataDir,
    port: await freePort(),
    env: { RATE_LIMITS: 'off', LOG_LEVEL: 'error', DEMO: 'off' },
  });
  stage.atEnd(() => relay.stop());
  return relay;
}

async function measureRound(
  generator: Generator,
  round: { seconds: number; bareFirst: boolean },
): Promise<Round> {
  const targets: Target['name'][] = round.bareFirst ? ['bare', 'durable'] : ['durable', 'bare'];
  const outcomes: Record<string, Outcome> = {};
  for (const kind of ['saturate', 'pace'] as const) {
    for (const target of targets) {
      const order = { target, seconds: round.seconds };
      const outcome = await generator(
        kind === 'saturate' ? { ...order, do: kind, window: WINDOW } : { ...order, do: kind, rate: PACE },
      );
      if (!outcome || outcome.refused > 0)
        throw new Error(`${outcome?.refused} messages were refused by ${target}`);
      outcomes[`${target} ${kind}`] = outcome;
    }
  }
  return outcomes as Round;
}

function toFigures(rounds: readonly Round[]): Measured[] {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const latencies = (['p50', 'p99'] as const).flatMap((which) => [
    atMost(`ack ${which} at ${PACE}/s, durable`, [of((round) => round['durable pace'][which]), 'ms']),
    atMost(`ack ${which} at ${PACE}/s, bare`, [of((round) => round['bare pace'][which]), 'ms']),
  ]);
  return [
    atLeast(
      'throughput, durable ÷ bare',
      [of((round) => throughput(round['durable saturate']) / throughput(round['bare saturate'])), ''],
      { must: 0.35, goal: 0.5 },
    ),
    atLeast('throughput, durable', [of((round) => throughput(round['durable saturate'])), 'messages/s']),
    atLeast('throughput, bare', [of((round) => throughput(round['bare saturate'])), 'messages/s']),
    ...latencies,
  ];
}

function throughput(outcome: Outcome): number {
  return outcome.acked / outcome.seconds;
}

function describe(round: Round | undefined): string {
  if (!round) return '';
  const [durable, bare] = [throughput(round['durable saturate']), throughput(round['bare saturate'])];
  return `durable ${Math.round(durable)}/s, bare ${Math.round(bare)}/s, ratio ${(durable / bare).toFixed(2)}`;
}

function startChild(stage: Stage, file: string): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)));
  stage.atEnd(() => child.kill());
  return child;
}

function nextMessage<Message>(child: ChildProcess, ask: () => void = () => undefined): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A process of the bench has ended early.'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
    ask();
  });
}
