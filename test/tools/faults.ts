/**
 * `npm run faults`: lists the faults that are provoked while people talk. `npm run faults -- NAME … --cycles N --json FILE`
 * runs them, `--all` runs every one. Each runs in a process of its own, so that the end of one is not the end of the rest.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, runTool } from '../support/figures.ts';
import { clock } from './faults/clock.ts';
import { diskFull, slowSync, syncError } from './faults/disk.ts';
import { hostileFrames } from './faults/frames.ts';
import { relayKill, relayKillPostgres } from './faults/kill.ts';
import { mobileLink } from './faults/network.ts';
import { backendKill, commitCut, postgresKill, postgresKillEmbedded } from './faults/postgres.ts';
import { relayPause, secondRelay } from './faults/process.ts';
import { redisFlush, redisKill, redisPartition, redisStop } from './faults/redis.ts';
import { rollingDeploy } from './faults/rolling.ts';
import { missingNeeds, type Need, type Scenario } from './faults/scenario.ts';
import { halfOpen, oneAddress, slowloris } from './faults/sockets.ts';
import { stalledReaders } from './faults/stalled.ts';
import { tabs } from './faults/tabs.ts';
import { tasks } from './faults/tasks.ts';

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

/** Should a scenario not end by itself, the rest is run all the same. */
const LIMIT_MS = 20 * 60_000;
/** What each scenario takes beside its own flags; `--json` is the reader's own. */
const FLAGS = ['cycles', 'seconds', 'histories'] as const;

/** The columns that are figures of a world; a scenario without one leaves them empty. */
const COLUMNS: Readonly<Record<string, string>> = {
  acked: 'acknowledged messages',
  lost: 'lost',
  doubled: 'doubled',
  reordered: 'reordered',
  vanished: 'vanished',
  other: 'other violations',
};

type Report = {
  readonly name: string;
  readonly cycles: number;
  readonly seconds: number;
  /** `held`: every bound was kept. `crashed`: it ended without figures. */
  readonly outcome: 'held' | 'broken' | 'crashed' | 'skipped';
  readonly missing: readonly Need[];
  readonly figures: readonly Figure[];
};

const only = process.argv[2] === '--only' ? process.argv[3] : undefined;
if (only === undefined) await runChosen();
else await runOnly(find(only));

/** The child's part: one scenario, its table, its figures. */
async function runOnly(scenario: Scenario): Promise<void> {
  process.argv.splice(2, 2);
  await runTool([...FLAGS, ...(scenario.flags ?? [])], (stage) =>
    scenario.run(stage, Number(stage.flag('cycles') ?? scenario.cycles)),
  );
  // All is cleaned up; a timer of an end that nobody listens to any more must not keep the others waiting.
  process.exit();
  // A closed tab takes its timers along; the pages of a world have nobody who does that, and one may still be trying again.
  process.exit();
}

async function runChosen(): Promise<void> {
  const { names, all, flags, json } = readArguments();
  const chosen = all ? SCENARIOS : names.map(find);
  if (chosen.length === 0) return listScenarios();
  const histories = flags.histories ?? mkdtempSync(join(tmpdir(), 'fullname-histories-'));
  const children = mkdtempSync(join(tmpdir(), 'fullname-faults-'));
  const reports: Report[] = [];
  const machine: { commit?: string; machine?: string } = {};
  for (const scenario of chosen) {
    console.error(`\n${scenario.name}: ${scenario.what}`);
    const file = join(children, `${scenario.name}.json`);
    reports.push(await runChild(scenario, { flags: { ...flags, histories }, file, machine }));
  }
  rmSync(children, { recursive: true, force: true });
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify({ ...machine, scenarios: reports }, null, 2)}\n`);
  }
  printSummary(reports);
  console.log(`The histories in which something was broken, if any, are in ${histories}`);
  if (reports.some(({ outcome }) => outcome === 'broken' || outcome === 'crashed')) process.exitCode = 1;
}

function readArguments() {
  const options = Object.fromEntries(
    [...FLAGS, 'json', ...SCENARIOS.flatMap((one) => one.flags ?? [])].map((name) => [
      name,
      { type: 'string' as const },
    ]),
  );
  const { values, positionals } = parseArgs({
    options: { ...options, all: { type: 'boolean' } },
    allowPositionals: true,
  });
  const { all, json, ...flags } = values as Record<string, string | boolean | undefined>;
  return {
    names: positionals,
    all: all === true,
    json: json as string | undefined,
    flags: flags as Record<string, string | undefined>,
  };
}

function find(name: string): Scenario {
  const found = SCENARIOS.find((one) => one.name === name);
  if (found) return found;
  console.error(`There is no fault "${name}". These there are:\n`);
  listScenarios();
  process.exit(2);
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
  if (missing.length > 0) return { ...head, seconds: 0, outcome: 'skipped', figures: [] };
  const takes: readonly string[] = [...FLAGS, ...(scenario.flags ?? [])];
  const args = Object.entries(flags).flatMap(([name, value]) =>
    value !== undefined && takes.includes(name) ? [`--${name}`, value] : [],
  );
  const started = performance.now();
  await endOf([fileURLToPath(import.meta.url), '--only', scenario.name, ...args, '--json', file]);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const written = readFigures(file);
  if (!written) return { ...head, seconds, outcome: 'crashed', figures: [] };
  Object.assign(machine, { commit: written.commit, machine: written.machine });
  const broken = written.results.some(({ reached }) => reached === false);
  return { ...head, seconds, outcome: broken ? 'broken' : 'held', figures: written.results };
}

function endOf(args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], { stdio: 'inherit' });
    const passOn = () => child.kill('SIGTERM');
    process.once('SIGTERM', passOn);
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
  const head = ['scenario', 'cycles', 'seconds', ...Object.keys(COLUMNS), 'musts', ''];
  const rows = reports.map((report) => {
    const value = (name: string) => report.figures.find((one) => one.name === name)?.value ?? '';
    const musts = report.figures.filter((one) => one.must !== null);
    const reached = musts.filter((one) => one.reached === true).length;
    const end = report.missing.length > 0 ? `skipped: no ${report.missing.join(', no ')}` : report.outcome;
    return [
      ...[report.name, report.cycles, report.seconds],
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
