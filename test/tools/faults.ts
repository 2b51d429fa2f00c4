/**
 * `npm run faults`: lists the faults that are provoked while people talk. `npm run faults -- NAME … --cycles N --json FILE`
 * runs them, `--all` runs every one. Each runs in a process of its own, so that the end of one is not the end of the rest.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, runTool, show, withoutSide } from '../support/figures.ts';
import { complainAndFail } from '../support/flags.ts';
import { FLAGS, find, readArguments } from './faults/arguments.ts';
import { clock } from './faults/clock.ts';
import { diskFull, slowSync, syncError } from './faults/disk.ts';
import { hostileFrames } from './faults/frames.ts';
import { relayKill, relayKillPostgres } from './faults/kill.ts';
import { mobileLink } from './faults/network.ts';
import { inOwnNetwork } from './faults/own-network.ts';
import { backendKill, commitCut, postgresKill, postgresKillEmbedded } from './faults/postgres.ts';
import { relayPause, secondRelay } from './faults/process.ts';
import { redisFlush, redisKill, redisPartition, redisStop } from './faults/redis.ts';
import { rollingDeploy } from './faults/rolling.ts';
import { missingNeeds, type Scenario } from './faults/scenario.ts';
import { halfOpen, oneAddress, slowloris } from './faults/sockets.ts';
import { stalledReaders } from './faults/stalled.ts';
import { tabs } from './faults/tabs.ts';
import { tasks } from './faults/tasks.ts';
import { leftOut, passes, type Report, wholeFigures } from './faults/whole.ts';

/** In the order in which `--all` runs them. */
const SCENARIOS: readonly Scenario[] = [
  relayKill,
  relayKillPostgres,
  relayPause,
  secondRelay,
  rollingDeploy,
  postgresKill,
  postgresKillEmbedded,
  backendKill,
  commitCut,
  redisKill,
  redisFlush,
  redisStop,
  redisPartition,
  diskFull,
  slowSync,
  syncError,
  clock,
  mobileLink,
  tabs,
  stalledReaders,
  hostileFrames,
  halfOpen,
  slowloris,
  oneAddress,
  tasks,
];

/**
 * How long each takes on two quiet cores: seconds to begin and to end, and seconds a cycle. For the time that is left, as it is
 * shown; what a run really took is in its JSON.
 */
const TAKES: Readonly<Record<string, readonly [number, number]>> = {
  'relay-kill': [40, 3],
  'relay-kill-postgres': [40, 3],
  'relay-pause': [20, 14],
  'second-relay': [20, 4],
  'rolling-deploy': [40, 15],
  'postgres-kill': [20, 4],
  'postgres-kill-embedded': [20, 7],
  'backend-kill': [20, 2],
  'commit-cut': [20, 1],
  'redis-kill': [30, 5],
  'redis-flush': [30, 3],
  'redis-stop': [30, 9],
  'redis-partition': [30, 75],
  clock: [30, 30],
};
/** Of those that are not there. */
const TAKES_OTHERWISE = [60, 10] as const;

/** Should a scenario not end by itself, the rest is run all the same. */
const LIMIT_MS = 25 * 60_000;

/** The columns that are figures of a world; a scenario without one leaves them empty. */
const COLUMNS: Readonly<Record<string, string>> = {
  acked: 'acknowledged messages',
  lost: 'lost',
  doubled: 'doubled',
  reordered: 'reordered',
  vanished: 'vanished',
  other: 'other violations',
};

const only = process.argv[2] === '--only' ? process.argv[3] : undefined;
await (only === undefined ? runChosen() : runOnly(find(only, SCENARIOS))).catch(complainAndFail);

/** The child's part: one scenario, its table, its figures. */
async function runOnly(scenario: Scenario): Promise<void> {
  process.argv.splice(2, 2);
  await runTool([...FLAGS, ...(scenario.flags ?? [])], (stage) =>
    scenario.run(stage, stage.number('cycles', scenario.cycles)),
  );
  // A closed tab takes its timers along; the pages of a world have nobody who does that, and one may still be trying again.
  process.exit();
}

async function runChosen(): Promise<void> {
  const { chosen, cycles, flags, json, isAll } = readArguments(process.argv.slice(2), SCENARIOS);
  if (chosen.length === 0) return listScenarios();
  const histories = flags.histories ?? mkdtempSync(join(tmpdir(), 'fullname-histories-'));
  const children = mkdtempSync(join(tmpdir(), 'fullname-faults-'));
  const reports: Report[] = [];
  const machine: { commit?: string; machine?: string } = {};
  const clock = startClock(chosen, cycles);
  const whole = () => (isAll ? wholeFigures(reports, clock.seconds()) : []);
  const stop = { asked: false };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stop.asked = true;
    });
  for (const [index, scenario] of chosen.entries()) {
    if (stop.asked) break;
    const place = chosen.length > 1 ? `[${index + 1} of ${chosen.length}; ${clock.left(index)}] ` : '';
    console.error(`\n${place}${scenario.name}: ${scenario.what}`);
    const file = join(children, `${scenario.name}.json`);
    reports.push(await runChild(scenario, { flags: { ...flags, histories }, file, machine }));
    // After each: a run that is broken off has what it found.
    if (json !== undefined) {
      const all = {
        ...machine,
        seconds: clock.seconds(),
        results: whole().map(withoutSide),
        scenarios: reports,
      };
      writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
    }
  }
  rmSync(children, { recursive: true, force: true });
  printSummary(reports);
  const figures = whole();
  printMissed([...reports, { name: '--all', figures }]);
  console.log(
    `${inMinutes(clock.seconds())} in all. Histories in which something was broken, if any, are in ${histories}`,
  );
  const out = isAll ? leftOut(reports) : null;
  if (out) console.log(out);
  if (reports.length < chosen.length)
    console.log(`Broken off: ${chosen.length - reports.length} of ${chosen.length} were not run.`);
  if (!passes(reports, { asked: chosen.length, figures })) process.exitCode = 1;
}

/** What is left is what the rest should take, stretched as the run has been so far. */
function startClock(chosen: readonly Scenario[], cycles: number | undefined) {
  const started = performance.now();
  const shouldTake = chosen.map((scenario) => {
    if (missingNeeds(scenario).length > 0) return 0;
    const [once, each] = TAKES[scenario.name] ?? TAKES_OTHERWISE;
    return once + each * (cycles ?? scenario.cycles);
  });
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  return {
    seconds,
    left: (done: number) => {
      const [past, rest] = [sum(shouldTake.slice(0, done)), sum(shouldTake.slice(done))];
      const stretch = past > 0 ? seconds() / past : 1;
      return `${inMinutes(seconds())} so far, about ${inMinutes(rest * stretch)} left`;
    },
  };
}

function inMinutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function listScenarios(): void {
  const width = Math.max(...SCENARIOS.map(({ name }) => name.length));
  for (const scenario of SCENARIOS) {
    const missing = missingNeeds(scenario);
    const note = missing.length === 0 ? '' : ` (skipped here: no ${missing.join(', no ')})`;
    console.log(`${scenario.name.padEnd(width)}  ${scenario.what}${note}`);
  }
}

type Child = {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly file: string;
  readonly machine: { commit?: string; machine?: string };
};

async function runChild(scenario: Scenario, { flags, file, machine }: Child): Promise<Report> {
  const missing = missingNeeds(scenario);
  const cycles = Number(flags.cycles ?? scenario.cycles);
  const head = { name: scenario.name, cycles, missing };
  if (missing.length > 0) return { ...head, seconds: 0, secondsACycle: 0, outcome: 'skipped', figures: [] };
  const takes: readonly string[] = [...FLAGS, ...(scenario.flags ?? [])];
  const args = Object.entries(flags).flatMap(([name, value]) =>
    value !== undefined && takes.includes(name) ? [`--${name}`, value] : [],
  );
  const started = performance.now();
  const command = [process.execPath, fileURLToPath(import.meta.url), '--only', scenario.name, ...args];
  await endOf([...(scenario.ownNetwork ? inOwnNetwork(command) : command), '--json', file]);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const took = { seconds, secondsACycle: Math.round((seconds / cycles) * 10) / 10 };
  const written = readFigures(file);
  if (!written) return { ...head, ...took, outcome: 'crashed', figures: [] };
  Object.assign(machine, { commit: written.commit, machine: written.machine });
  const broken = written.results.some(({ reached }) => reached === false);
  return { ...head, ...took, outcome: broken ? 'broken' : 'held', figures: written.results };
}

function endOf([program = '', ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    const passOn = () => child.kill('SIGTERM');
    process.on('SIGTERM', passOn);
    // Asked to end it cleans up; what does not even do that is ended.
    const limits = [setTimeout(passOn, LIMIT_MS), setTimeout(() => child.kill('SIGKILL'), LIMIT_MS + 30_000)];
    child.once('exit', () => {
      process.off('SIGTERM', passOn);
      limits.forEach(clearTimeout);
      resolve();
    });
  });
}

type Written = { readonly commit: string; readonly machine: string; readonly results: readonly Figure[] };

function readFigures(file: string): Written | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Written;
  } catch {
    return null;
  }
}

function printSummary(reports: readonly Report[]): void {
  const head = ['scenario', 'cycles', 'seconds', 'a cycle', ...Object.keys(COLUMNS), 'musts', ''];
  const rows = reports.map((report) => {
    const value = (name: string) => report.figures.find((one) => one.name === name)?.value ?? '';
    const musts = report.figures.filter((one) => one.must !== null);
    const reached = musts.filter((one) => one.reached === true).length;
    const end = report.missing.length > 0 ? `skipped: no ${report.missing.join(', no ')}` : report.outcome;
    return [
      ...[report.name, report.cycles, report.seconds, report.secondsACycle],
      ...Object.values(COLUMNS).map(value),
      ...[`${reached} of ${musts.length}`, end],
    ].map(String);
  });
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) =>
        at === 0 || at === head.length - 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  console.log(`\n${[head, ...rows].map(line).join('\n')}\n`);
}

/** Which bounds, where the table says only how many. */
function printMissed(reports: readonly Pick<Report, 'name' | 'figures'>[]): void {
  for (const { name, figures } of reports)
    for (const one of figures)
      if (one.reached === false)
        console.log(
          `MISSED  ${name}: ${one.name}: ${show(one.value)} ${one.unit}, must be ${show(one.must ?? 0)}`,
        );
}
