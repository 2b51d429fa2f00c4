/**
 * `node test/tools/run.mjs performance FILE …`: puts the figures that `npm run bench -- --json FILE` has written into
 * docs/performance.md, between its two marks, and says which bounds are missed. A bench that is in several files counts as the
 * last one has it. Nobody types a figure there by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, show } from '../support/figures.ts';
import { root } from '../support/root.ts';

/** What was no number, as a CPU that the system does not tell of, is null in a file. */
type Written = Omit<Figure, 'value'> & { readonly value: number | null };
type Run = { readonly commit: string; readonly machine: string; readonly results: readonly Written[] };

const DOCUMENT = join(root, 'docs/performance.md');
const MARKS = ['<!-- figures -->', '<!-- /figures -->'] as const;

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Name the files that `npm run bench -- --json FILE` has written.');
  process.exitCode = 2;
} else {
  const runs = lastOfEach(files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Run));
  put(runs);
  for (const { name, value, unit, must } of runs.flatMap(missedIn))
    console.log(`MISSED ${name}: ${`${shown(value)} ${unit}`.trim()}, must ${shown(must)}`);
}

function put(runs: readonly Run[]): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [start, end] = MARKS.map((mark) => text.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error(`docs/performance.md has lost its marks: ${MARKS.join(' … ')}`);
  const before = text.slice(0, start + MARKS[0].length);
  writeFileSync(DOCUMENT, `${before}\n\n${runs.map(describe).join('\n\n')}\n\n${text.slice(end)}`);
}

function lastOfEach(runs: readonly Run[]): Run[] {
  const last = new Map(runs.flatMap((run) => run.results.map(({ name }) => [benchOf(name), run] as const)));
  return runs
    .map((run) => ({ ...run, results: run.results.filter(({ name }) => last.get(benchOf(name)) === run) }))
    .filter(({ results }) => results.length > 0);
}

function missedIn({ results }: Run): Written[] {
  return results.filter(({ reached }) => reached === false);
}

function describe(run: Run): string {
  const { commit, machine, results } = run;
  const missed = missedIn(run);
  const bounded = results.filter(({ reached }) => reached !== null).length;
  const head = `Commit \`${commit.slice(0, 12)}${commit.endsWith('-changed') ? ', changed' : ''}\` on ${machine}. ${bounded - missed.length} of ${bounded} bounds are reached.`;
  const not = missed.length > 0 ? [`Not reached: ${missed.map(({ name }) => name).join('; ')}.`] : [];
  const benches = [...new Set(results.map(({ name }) => benchOf(name)))];
  return [head, ...not, ...benches.map((bench) => tableOf(bench, results))].join('\n\n');
}

function tableOf(bench: string, results: readonly Written[]): string {
  const rows = results
    .filter(({ name }) => benchOf(name) === bench)
    .map(({ name, value, unit, must, goal, reached }) => {
      const bounds = [must, goal].map((bound) => (bound === null ? '' : show(bound)));
      const verdict = reached === null ? '' : reached ? 'yes' : '**no**';
      return `| ${name.slice(bench.length + 2)} | ${`${shown(value)} ${unit}`.trim()} | ${bounds.join(' | ')} | ${verdict} |`;
    });
  return [
    `### ${bench}`,
    '',
    '| figure | value | must | goal | reached |',
    '|---|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
}

function shown(value: number | null): string {
  return value === null ? '–' : show(value);
}

function benchOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(': ')));
}
