/**
 * `node test/tools/run.mjs performance FILE`: puts the figures that `npm run bench -- --json FILE` has written into
 * docs/performance.md, between its two marks. Nobody types a figure there by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, show } from '../support/figures.ts';
import { root } from '../support/root.ts';

type Run = { readonly commit: string; readonly machine: string; readonly results: readonly Figure[] };

const DOCUMENT = join(root, 'docs/performance.md');
const MARKS = ['<!-- figures -->', '<!-- /figures -->'] as const;

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file that `npm run bench -- --json FILE` has written.');
  process.exitCode = 2;
} else put(JSON.parse(readFileSync(file, 'utf8')) as Run);

function put(run: Run): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [start, end] = MARKS.map((mark) => text.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error(`docs/performance.md has lost its marks: ${MARKS.join(' … ')}`);
  const before = text.slice(0, start + MARKS[0].length);
  writeFileSync(DOCUMENT, `${before}\n\n${describe(run)}\n${text.slice(end)}`);
}

function describe({ commit, machine, results }: Run): string {
  const missed = results.filter(({ reached }) => reached === false).length;
  const bounded = results.filter(({ reached }) => reached !== null).length;
  const head = `Commit \`${commit.slice(0, 12)}${commit.endsWith('-changed') ? ', changed' : ''}\` on ${machine}. ${bounded - missed} of ${bounded} bounds are reached.`;
  const benches = [...new Set(results.map(({ name }) => benchOf(name)))];
  return [head, ...benches.map((bench) => tableOf(bench, results))].join('\n\n');
}

function tableOf(bench: string, results: readonly Figure[]): string {
  const rows = results
    .filter(({ name }) => benchOf(name) === bench)
    .map(({ name, value, unit, must, goal, reached }) => {
      const bounds = [must, goal].map((bound) => (bound === null ? '' : show(bound)));
      const verdict = reached === null ? '' : reached ? 'yes' : '**no**';
      return `| ${name.slice(bench.length + 2)} | ${show(value)} ${unit} | ${bounds.join(' | ')} | ${verdict} |`;
    });
  return [
    `### ${bench}`,
    '',
    '| figure | value | must | goal | reached |',
    '|---|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
}

function benchOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(': ')));
}
