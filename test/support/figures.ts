import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { complainAndFail, numberOf, readCommandLine } from './flags.ts';
import { root } from './root.ts';

/** One figure. `must` and `goal` are null where there is none; `reached` speaks of `must` alone. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly must: number | null;
  readonly goal: number | null;
  readonly reached: boolean | null;
};

/** A figure and the side of its bounds on which it is good. */
export type Measured = Figure & { readonly good: 'below' | 'above' };

type Bounds = { readonly must?: number; readonly goal?: number };

/** A figure that is good when it is small. */
export function atMost(name: string, value: readonly [number, string], bounds: Bounds = {}): Measured {
  return figure('below', name, value, bounds);
}

/** A figure that is good when it is large. */
export function atLeast(name: string, value: readonly [number, string], bounds: Bounds = {}): Measured {
  return figure('above', name, value, bounds);
}

/** The middle value; the mean of the two in the middle where there are two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which the given share of all values lies, by nearest rank. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** What a tool works with: its flags, a line of progress, and things to be undone at the end, whatever end it is. */
export type Stage = {
  /** The value of `--NAME`, or undefined. */
  flag(name: string): string | undefined;
  /** The value of `--NAME` as a number above 0; `usual` where it was not given. */
  number(name: string, usual: number): number;
  progress(text: string): void;
  /** Undone in reverse order: after the last figure, after a failure, and on Ctrl-C. */
  atEnd(undo: () => unknown): void;
};

/**
 * Runs a tool of the family: measures, prints a table, writes `--json FILE`, cleans up. Exit code 1 when a `must` is
 * missed or nothing could be measured, 2 when it was called wrongly.
 */
export async function runTool(
  flags: readonly string[],
  measure: (stage: Stage) => Promise<readonly Measured[]>,
): Promise<void> {
  const undos: (() => unknown)[] = [];
  const cleanUp = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop())
      await Promise.resolve(undo()).catch((error: unknown) => console.error(error));
  };
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(code)));
  }
  try {
    const values = readFlags(flags);
    const measured = await measure({
      flag: (name) => values[name],
      number: (name, usual) => numberOf(name, values[name], usual),
      progress: (text) => console.error(`  ${text}`),
      atEnd: (undo) => undos.push(undo),
    });
    printTable(measured);
    if (values.json !== undefined) writeJson(values.json, measured);
    if (measured.some((one) => one.reached === false)) process.exitCode = 1;
  } catch (error) {
    complainAndFail(error);
  } finally {
    await cleanUp();
  }
}

function figure(
  good: Measured['good'],
  name: string,
  value: readonly [number, string],
  bounds: Bounds,
): Measured {
  const must = bounds.must ?? null;
  const reached = must === null ? null : good === 'below' ? value[0] <= must : value[0] >= must;
  return { name, value: value[0], unit: value[1], must, goal: bounds.goal ?? null, reached, good };
}

function readFlags(flags: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries([...flags, 'json'].map((name) => [name, { type: 'string' as const }]));
  const { values } = readCommandLine(process.argv.slice(2), { options });
  return values as Record<string, string | undefined>;
}

function printTable(measured: readonly Measured[]): void {
  const rows = measured.map((one) => {
    const sign = one.good === 'below' ? '≤' : '≥';
    const bound = (value: number | null) => (value === null ? '' : `${sign} ${show(value)}`);
    const verdict = one.reached === null ? '' : one.reached ? 'reached' : 'MISSED';
    return [one.name, show(one.value), one.unit, bound(one.must), bound(one.goal), verdict];
  });
  const all = [['figure', 'value', 'unit', 'must', 'goal', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  console.log(`\n${all.map(line).join('\n')}\n`);
}

/** A value as tables have it. */
export function show(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value)
    ? Math.round(value).toLocaleString('en-GB')
    : value.toFixed(2);
}

/** A figure as JSON has it. */
export function withoutSide({ name, value, unit, must, goal, reached }: Measured): Figure {
  return { name, value, unit, must, goal, reached };
}

function writeJson(file: string, measured: readonly Measured[]): void {
  const results = measured.map(withoutSide);
  writeFileSync(file, `${JSON.stringify({ commit: commit(), machine: machine(), results }, null, 2)}\n`);
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', 'HEAD') + (changed ? '-changed' : '');
  } catch {
    return 'unknown';
  }
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${model}, ${memory} GiB, ${process.platform} ${release()}, Node ${process.version}`;
}
