/**
 * What a connected socket that does nothing costs in memory, beside a bare Socket.IO relay in the same run: strangers who only
 * look, visitors with a conversation, agents. Each relay is made to collect its garbage before its RSS is read.
 */
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, type Stage } from '../../support/figures.ts';
import { furnish } from '../../support/spawn-relay.ts';
import {
  type Bench,
  type Generator,
  type Probing,
  rssOf,
  startBareRelay,
  startGenerator,
  startRelay,
  startStore,
} from './bench.ts';
import { fillCrowd } from './crowd.ts';
import type { Target } from './orders.ts';

/** Sockets before the first reading: what the first of them bring with them is no socket's cost. */
const FIRST = 200;
const PEOPLE = 8;
const AGENT_SIZES = [500];
const MUST_KB = 30;
/** Fewer sockets say more of the process than of a socket: at 1,000 a bare relay alone takes nearly as much as the bound. */
const BOUND_FROM = 5_000;

export const memory: Bench = {
  what: 'memory of a connected visitor and agent who do nothing, beside bare Socket.IO',
  flags: ['sizes'],
  async measure(stage) {
    const sizes = (stage.flag('sizes') ?? '1000,5000,10000').split(',').map(Number);
    const subjects = await startSubjects(stage, sizes);
    const empty = new Map<Subject, Memory>();
    for (const subject of subjects) empty.set(subject, await connected(subject, { from: 0, count: FIRST }));
    const figures: Measured[] = [];
    for (const size of [...new Set(subjects.flatMap((subject) => subject.sizes))].sort((a, b) => a - b))
      for (const subject of subjects) {
        const before = empty.get(subject);
        if (!before || !subject.sizes.includes(size)) continue;
        const full = await connected(subject, {
          from: subject.count(),
          count: FIRST + size - subject.count(),
        });
        figures.push(...figuresOf(stage, { subject, size, before, full }));
      }
    return figures;
  },
};

type Subject = Probing & {
  readonly name: string;
  readonly who: 'stranger' | 'visitor' | 'agent';
  readonly sizes: readonly number[];
  readonly generate: Generator;
  readonly target: Target;
  /** How many are connected now. */
  readonly count: () => number;
  readonly connect: (more: { from: number; count: number }) => Promise<void>;
};
/** Bytes. */
type Memory = { readonly rss: number; readonly heap: number; readonly outside: number };

async function startSubjects(stage: Stage, sizes: readonly number[]): Promise<Subject[]> {
  const most = FIRST + Math.max(...sizes);
  return [
    aSubject(stage, { name: 'bare', who: 'visitor', sizes }, await startBare(stage)),
    aSubject(stage, { name: 'a stranger', who: 'stranger', sizes }, await startReal(stage, most)),
    aSubject(stage, { name: 'a visitor', who: 'visitor', sizes }, await startReal(stage, most)),
    aSubject(stage, { name: 'an agent', who: 'agent', sizes: AGENT_SIZES }, await startReal(stage, 1)),
  ];
}

type Started = Probing & { readonly target: Target };

function aSubject(
  stage: Stage,
  what: Pick<Subject, 'name' | 'who' | 'sizes'>,
  { pid, probe, target }: Started,
): Subject {
  const generate = startGenerator(stage);
  let count = 0;
  const connect: Subject['connect'] = async (more) => {
    await generate({ do: 'idle', target, who: what.who, ...more });
    count = more.from + more.count;
  };
  return { ...what, pid, probe, target, generate, connect, count: () => count };
}

async function startBare(stage: Stage): Promise<Started> {
  const { url, pid, probe } = await startBareRelay(stage);
  return { pid, probe, target: { kind: 'bare', visitorsAt: url, agentsAt: url, site: '', cookies: [] } };
}

async function startReal(stage: Stage, crowd: number): Promise<Started> {
  const store = await startStore(stage);
  const relay = await startRelay(stage, { env: { DATABASE_URL: store.url } });
  const { site, cookies } = await furnish(relay, PEOPLE);
  await fillCrowd(store.pool, { site, count: crowd, people: PEOPLE });
  const { url, pid, probe } = relay;
  return { pid, probe, target: { kind: 'relay', visitorsAt: url, agentsAt: url, site, cookies } };
}

/** Connects more, and reads the memory when it does not fall any further. */
async function connected(subject: Subject, more: { from: number; count: number }): Promise<Memory> {
  await subject.connect(more);
  let last = Number.POSITIVE_INFINITY;
  return eventually(
    'the memory has come to rest',
    async () => {
      const { memory } = await subject.probe('gc');
      const rss = rssOf(subject.pid);
      const rests = rss > last - 200_000;
      last = rss;
      return rests && { rss, heap: memory.heapUsed, outside: memory.external };
    },
    30_000,
  );
}

type Reading = {
  readonly subject: Subject;
  readonly size: number;
  readonly before: Memory;
  readonly full: Memory;
};

function figuresOf(stage: Stage, { subject, size, before, full }: Reading): Measured[] {
  const each = (pick: (memory: Memory) => number) => (pick(full) - pick(before)) / size / 1000;
  const [rss, heap] = [each((memory) => memory.rss), each((memory) => memory.heap)];
  const name = `${subject.name}, ${size.toLocaleString('en-GB')} connected`;
  stage.progress(
    `${name}: ${rss.toFixed(1)} KB of RSS each, of which ${heap.toFixed(1)} heap, ${each((memory) => memory.outside).toFixed(1)} buffers`,
  );
  const bounded = subject.name !== 'bare' && subject.who !== 'agent' && size >= BOUND_FROM;
  return [
    atMost(`${name}: RSS each`, [rss, 'KB'], bounded ? { must: MUST_KB } : {}),
    atMost(`${name}: heap each`, [heap, 'KB']),
    atMost(`${name}: RSS in all`, [full.rss / 1e6, 'MB']),
  ];
}
