/** How many sockets a second are let in, and what one costs, beside a bare Socket.IO relay, in turns: 64 handshakes at once. */
import { atLeast, atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { furnish } from '../../support/spawn-relay.ts';
import { type Bench, type Probing, startBareRelay, startGenerator, startRelay, startStore } from './bench.ts';
import { fillCrowd } from './crowd.ts';
import type { Target } from './orders.ts';

const PEOPLE = 8;

export const connect: Bench = {
  what: 'sockets let in a second and CPU of one, until its welcome, beside bare Socket.IO',
  flags: ['rounds', 'sockets'],
  async measure(stage) {
    const rounds = stage.number('rounds', 5);
    const count = stage.number('sockets', 1_000);
    const doors = await startDoors(stage, count);
    const taken = new Map<string, Taken[]>(doors.map(({ name }) => [name, []]));
    // The first round warms up.
    for (let round = -1; round < rounds; round += 1)
      for (const door of round % 2 === 0 ? doors : doors.toReversed()) {
        const one = await letIn(door, count);
        if (round >= 0) taken.get(door.name)?.push(one);
        stage.progress(`${door.name}: ${Math.round(one.rate)}/s, ${Math.round(one.cpu)} µs each`);
      }
    return figuresOf(taken);
  },
};

type Door = Probing & {
  readonly name: string;
  readonly who: 'stranger' | 'visitor';
  readonly target: Target;
  readonly generate: ReturnType<typeof startGenerator>;
};
/** Sockets a second, microseconds of the relay's CPU each. */
type Taken = { readonly rate: number; readonly cpu: number };

async function startDoors(stage: Stage, count: number): Promise<Door[]> {
  const bare = await startBareRelay(stage);
  const none: Target = { kind: 'bare', visitorsAt: bare.url, agentsAt: bare.url, site: '', cookies: [] };
  const store = await startStore(stage);
  const relay = await startRelay(stage, { env: { DATABASE_URL: store.url } });
  const { site, cookies } = await furnish(relay, PEOPLE);
  await fillCrowd(store.pool, { site, count, people: PEOPLE });
  const target: Target = { kind: 'relay', visitorsAt: relay.url, agentsAt: relay.url, site, cookies };
  const real = { pid: relay.pid, probe: relay.probe, target };
  return [
    { ...bare, target: none, name: 'bare', who: 'visitor', generate: startGenerator(stage) },
    { ...real, name: 'a stranger', who: 'stranger', generate: startGenerator(stage) },
    { ...real, name: 'a visitor', who: 'visitor', generate: startGenerator(stage) },
  ];
}

async function letIn({ generate, probe, target, who }: Door, count: number): Promise<Taken> {
  const { cpu } = await probe();
  const { arrived, seconds } = await generate({ do: 'idle', target, who, from: 0, count });
  const taken = (await probe()).cpu - cpu;
  await generate({ do: 'part' });
  return { rate: arrived / seconds, cpu: taken / arrived };
}

function figuresOf(taken: ReadonlyMap<string, readonly Taken[]>): Measured[] {
  const bare = taken.get('bare') ?? [];
  return [...taken].flatMap(([name, all]) => {
    const ratio = (pick: (one: Taken) => number) =>
      median(all.map((one, round) => pick(one) / pick(bare[round] ?? { rate: Number.NaN, cpu: Number.NaN })));
    return [
      atLeast(`${name}: let in`, [median(all.map((one) => one.rate)), 'sockets/s']),
      atMost(`${name}: relay's CPU`, [median(all.map((one) => one.cpu)), 'µs a socket']),
      ...(name === 'bare'
        ? []
        : [
            atLeast(`${name} ÷ bare, sockets/s`, [ratio((one) => one.rate), '']),
            atMost(`${name} ÷ bare, relay's CPU`, [ratio((one) => one.cpu), '']),
          ]),
    ];
  });
}
