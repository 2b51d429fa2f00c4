/**
 * A busy company on one machine, the load's own process and PostgreSQL included: 5,000 live conversations, 50 agents, 500
 * messages a second, half of them the agents', each conversation open at its agent's. The same pace at a bare relay beside it.
 */
import { atMost, type Measured, type Stage } from '../../support/figures.ts';
import { furnish } from '../../support/spawn-relay.ts';
import {
  type Bench,
  type BenchRelay,
  rssOf,
  type Store,
  startBareRelay,
  startGenerator,
  startRelay,
  startStore,
} from './bench.ts';
import { fillCrowd } from './crowd.ts';
import type { Outcome, Shape, Target } from './orders.ts';
import type { Probed } from './probe.ts';

/** A spell of the bare relay before the real one's, and one after it. */
const BARE_SECONDS = 10;

export const load: Bench = {
  what: '5,000 live conversations, 50 agents, 500 messages/s for a minute, with the load on the same machine',
  flags: ['seconds', 'visitors', 'agents', 'rate'],
  async measure(stage) {
    const seconds = Number(stage.flag('seconds') ?? 60);
    const rate = Number(stage.flag('rate') ?? 500);
    const shape = {
      visitors: Number(stage.flag('visitors') ?? 5_000),
      agents: Number(stage.flag('agents') ?? 50),
    };
    const bare = await startBare(stage, shape);
    const real = await startReal(stage, shape);
    stage.progress(`${shape.visitors} visitors and ${shape.agents} agents are connected`);
    await real.generate({ do: 'pace', seconds: 5, rate, replies: true });
    const before = await bare({ do: 'pace', seconds: BARE_SECONDS, rate });
    const spell = await measureSpell(real, { seconds, rate });
    const after = await bare({ do: 'pace', seconds: BARE_SECONDS, rate });
    return figuresOf(stage, { spell, bare: [before, after], shape });
  },
};

async function startBare(stage: Stage, shape: Shape): Promise<ReturnType<typeof startGenerator>> {
  const { url } = await startBareRelay(stage);
  const generate = startGenerator(stage);
  const target: Target = { kind: 'bare', visitorsAt: url, agentsAt: url, site: '', cookies: [] };
  await generate({ do: 'connect', target, shape });
  return generate;
}

type Real = {
  readonly relay: BenchRelay;
  readonly store: Store;
  readonly generate: ReturnType<typeof startGenerator>;
};

async function startReal(stage: Stage, shape: Shape): Promise<Real> {
  const store = await startStore(stage);
  const relay = await startRelay(stage, { env: { DATABASE_URL: store.url } });
  stage.progress('people join, and the conversations are written into the store');
  const { site, cookies } = await furnish(relay, shape.agents);
  await fillCrowd(store.pool, { site, count: shape.visitors, people: shape.agents });
  const generate = startGenerator(stage);
  const target: Target = { kind: 'relay', visitorsAt: relay.url, agentsAt: relay.url, site, cookies };
  await generate({ do: 'join', target, shape });
  return { relay, store, generate };
}

type Spell = {
  readonly outcome: Outcome;
  readonly probed: Probed;
  readonly rss: number;
  /** Microseconds of CPU a message. */
  readonly cpu: number;
  readonly database: number;
};

async function measureSpell(
  { relay, store, generate }: Real,
  { seconds, rate }: { seconds: number; rate: number },
): Promise<Spell> {
  // Asked once before, the probe forgets the delays of connecting.
  const [{ cpu }, database] = [await relay.probe(), store.cpu()];
  const outcome = await generate({ do: 'pace', seconds, rate, replies: true });
  if (outcome.refused > 0) throw new Error(`${outcome.refused} messages were refused`);
  const probed = await relay.probe();
  return {
    ...{ outcome, probed, rss: rssOf(relay.pid) },
    cpu: (probed.cpu - cpu) / outcome.acked,
    database: (store.cpu() - database) / outcome.acked,
  };
}

type Result = { readonly spell: Spell; readonly bare: readonly Outcome[]; readonly shape: Shape };

function figuresOf(stage: Stage, { spell, bare, shape }: Result): Measured[] {
  const { outcome, probed } = spell;
  const floor = (pick: (outcome: Outcome) => number) => Math.min(...bare.map(pick));
  stage.progress(
    `${outcome.acked} messages of ${shape.visitors} conversations in ${outcome.seconds.toFixed(1)} s, ${outcome.delivered} delivered`,
  );
  return [
    atMost('ack p50', [outcome.p50, 'ms']),
    atMost('ack p50, bare', [floor((one) => one.p50), 'ms']),
    atMost('ack p99', [outcome.p99, 'ms'], { must: 250 }),
    atMost('ack p99, bare', [floor((one) => one.p99), 'ms']),
    atMost('delivery p50', [outcome.delivery.p50, 'ms']),
    atMost('delivery p99', [outcome.delivery.p99, 'ms'], { must: 400 }),
    atMost('delivery p99, bare', [floor((one) => one.delivery.p99), 'ms']),
    atMost("relay's RSS", [spell.rss / 1e6, 'MB']),
    atMost("relay's event loop, delay p50", [probed.delay.p50, 'ms']),
    atMost("relay's event loop, delay p99", [probed.delay.p99, 'ms']),
    atMost("relay's event loop, longest delay", [probed.delay.max, 'ms']),
    atMost("relay's CPU", [spell.cpu, 'µs a message']),
    atMost("PostgreSQL's CPU", [spell.database, 'µs a message']),
  ];
}
