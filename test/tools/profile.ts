/**
 * `npm run profile`: where the CPU of a message goes, in the built relay on its own store and in a bare Socket.IO relay, both
 * saturated by the same load, one after the other. `--json FILE` keeps the table, `--picture FILE` draws flame graphs, `--keep FOLDER`
 * keeps the profiles as browsers' developer tools read them.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { atMost, type Measured, runTool, type Stage } from '../support/figures.ts';
import { furnish } from '../support/spawn-relay.ts';
import { type Generator, type Probing, startBareRelay, startGenerator, startRelay } from './bench/bench.ts';
import type { Outcome, Shape, Target } from './bench/orders.ts';
import { drawFlames } from './profile/flame.ts';
import { IDLE, PART_NAMES, type Profile, timeByPart } from './profile/stacks.ts';

/** People who answer; each has several of the agents' sockets. */
const PEOPLE = 8;
/** In flight for each visitor, as the bench of throughput has it. */
const WINDOW = 4;
const WARM_UP_SECONDS = 3;
const PROFILER = './profiler.js';

type Subject = Probing & { readonly name: string; readonly file: string; readonly generate: Generator };
type Profiled = {
  readonly name: string;
  readonly outcome: Outcome;
  readonly profile: Profile;
  /** Microseconds of the whole process while it was profiled, and of its main thread; NaN where the system does not tell. */
  readonly cpu: number;
  readonly main: number;
};

await runTool(['seconds', 'visitors', 'agents', 'picture', 'keep'], async (stage) => {
  const seconds = stage.number('seconds', 8);
  const shape = {
    visitors: stage.number('visitors', 200),
    agents: stage.number('agents', 200),
  };
  const subjects = [await startBare(stage, shape), await startReal(stage, shape)];
  stage.progress('warming up');
  for (const { generate } of subjects)
    await generate({ do: 'saturate', seconds: WARM_UP_SECONDS, window: WINDOW });
  const all: Profiled[] = [];
  for (const subject of subjects) {
    stage.progress(`${subject.name}: ${seconds} s`);
    all.push(await profiled(subject, seconds));
    const keep = stage.flag('keep');
    if (keep !== undefined) keepProfile(keep, subject);
  }
  const picture = stage.flag('picture');
  if (picture !== undefined) writeFileSync(picture, draw(all));
  return toFigures(all);
});

async function startBare(stage: Stage, shape: Shape): Promise<Subject> {
  const file = aFile(stage);
  const relay = await startBareRelay(stage, { preload: PROFILER, env: { FULLNAME_PROFILE: file } });
  const generate = startGenerator(stage);
  const target: Target = { kind: 'bare', visitorsAt: relay.url, agentsAt: relay.url, site: '', cookies: [] };
  await generate({ do: 'connect', target, shape });
  return { ...relay, name: 'bare', file, generate };
}

async function startReal(stage: Stage, shape: Shape): Promise<Subject> {
  const file = aFile(stage);
  const relay = await startRelay(stage, { preload: PROFILER, env: { FULLNAME_PROFILE: file } });
  const { site, cookies } = await furnish(relay, PEOPLE);
  const generate = startGenerator(stage);
  const target: Target = { kind: 'relay', visitorsAt: relay.url, agentsAt: relay.url, site, cookies };
  await generate({ do: 'connect', target, shape });
  return { ...relay, name: 'relay', file, generate };
}

function aFile(stage: Stage): string {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-profile-'));
  stage.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'profile.json');
}

async function profiled({ name, file, pid, probe, generate }: Subject, seconds: number): Promise<Profiled> {
  const before = { cpu: (await probe()).cpu, main: mainThreadCpu(pid) };
  process.kill(pid, 'SIGUSR2');
  const outcome = await generate({ do: 'saturate', seconds, window: WINDOW });
  if (outcome.refused > 0) throw new Error(`${outcome.refused} messages were refused by ${name}`);
  const cpu = (await probe()).cpu - before.cpu;
  const main = mainThreadCpu(pid) - before.main;
  process.kill(pid, 'SIGUSR2');
  await eventually('the profile is written', () => existsSync(file), 60_000);
  return { name, outcome, cpu, main, profile: JSON.parse(readFileSync(file, 'utf8')) as Profile };
}

/** Microseconds; NaN where the system does not tell. */
function mainThreadCpu(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
  } catch {
    return Number.NaN;
  }
}

function keepProfile(folder: string, { name, file }: Subject): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(file, join(folder, `${name}.cpuprofile`));
}

/** Microseconds of CPU for one of the profile's own, which are the clock's: others may have had the processor meanwhile. */
function cpuOfClock({ profile, cpu, main }: Profiled): number {
  return (Number.isNaN(main) ? cpu : main) / busy(timeByPart(profile));
}

function draw(all: readonly Profiled[]): string {
  return drawFlames(
    all.toReversed().map((one) => ({
      title: one.name,
      profile: one.profile,
      share: cpuOfClock(one) / one.outcome.acked,
    })),
  );
}

/** What the main thread did by part, and what other threads did beside it: helpers of V8's collector and compiler, and the profiler's own. */
function toFigures(all: readonly Profiled[]): Measured[] {
  const tables = all.map((one) => ({ ...one, parts: timeByPart(one.profile), scale: cpuOfClock(one) }));
  const rows = PART_NAMES.filter((part) => tables.some(({ parts }) => (parts.get(part) ?? 0) > 0));
  const each = (what: string, pick: (table: (typeof tables)[number]) => number) =>
    tables.map((table) =>
      atMost(`${what}: ${table.name}`, [pick(table) / table.outcome.acked, 'µs a message']),
    );
  return [
    ...tables.map(({ name, outcome }) => atMost(`messages: ${name}`, [outcome.acked, ''])),
    ...each('all, while profiled', ({ cpu }) => cpu),
    ...rows.flatMap((part) => each(part, ({ parts, scale }) => (parts.get(part) ?? 0) * scale)),
    ...each('other threads', ({ cpu, main }) => cpu - main),
  ];
}

function busy(parts: ReadonlyMap<string, number>): number {
  return [...parts].reduce((sum, [part, time]) => (part === IDLE ? sum : sum + time), 0);
}
