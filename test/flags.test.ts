/** Whoever calls a tool wrongly is told in one line what is wrong and what there is. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { numberOf, readCommandLine, UsageError } from './support/flags.ts';
import { root } from './support/root.ts';
import { find, readArguments } from './tools/faults/arguments.ts';

const options = { cycles: { type: 'string' }, all: { type: 'boolean' } } as const;
const FAULTS = [
  { name: 'kill' },
  { name: 'link', flags: ['visitors'] },
  { name: 'stall', flags: ['readers'] },
];

/** The one line. */
function complaint(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it did not complain');
}

test.each([
  [['--cycels', '3'], /^Unknown option '--cycels'\. It takes: --cycles, --all$/],
  [['--cycles'], /^Option '--cycles <value>' argument missing\. It takes: /],
  [['--cycles', '--all'], /^Option '--cycles' argument is ambiguous\. It takes: /],
  [['kill'], /^Unexpected argument 'kill'\. It takes: /],
])('%j is answered with one line', (args, line) => {
  expect(complaint(() => readCommandLine(args, { options }))).toMatch(line);
});

test.each(['', ' ', 'many', '0', '-3', 'Infinity', '3x'])('%j is no number of anything', (value) => {
  expect(complaint(() => numberOf('seconds', value, 20))).toBe(
    `--seconds needs a number above 0, not "${value}"`,
  );
});

test('a number is itself, and its usual value where it was not given', () => {
  expect([numberOf('seconds', '2.5', 20), numberOf('seconds', undefined, 20)]).toEqual([2.5, 20]);
});

test('the faults that were named are chosen in their order, with their flags as written', () => {
  const asked = readArguments(['link', 'kill', '--cycles', '3', '--visitors=7', '--json', 'f.json'], FAULTS);
  expect(asked.chosen.map(({ name }) => name)).toEqual(['link', 'kill']);
  expect(asked).toMatchObject({
    isAll: false,
    cycles: 3,
    json: 'f.json',
    flags: { cycles: '3', visitors: '7' },
  });
  expect(readArguments(['--all'], FAULTS)).toMatchObject({ isAll: true, chosen: FAULTS });
  expect(readArguments([], FAULTS).chosen).toEqual([]);
});

test.each([
  [['kil'], 'There is no fault "kil". There are: kill, link, stall'],
  [['kill', '--cycles', '2.5'], '--cycles needs a whole number, not "2.5"'],
  [['kill', '--visitors', '3'], '--visitors is for link, which was not named'],
  [['link', '--visitors', 'few'], '--visitors needs a number above 0, not "few"'],
])('npm run faults -- %j is answered with one line', (args, line) => {
  expect(complaint(() => readArguments(args, FAULTS))).toBe(line);
});

test('the process that runs one fault looks for it the same way', () => {
  expect(find('link', FAULTS)).toBe(FAULTS[1]);
  expect(complaint(() => find('', FAULTS))).toContain('There is no fault ""');
});

test('the command itself: no stack, and code 2', () => {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(root, 'test/simulation/run.mjs'), '--sedes', '10'],
    { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  );
  expect({ status, stderr, stdout }).toEqual({
    status: 2,
    stderr: "Unknown option '--sedes'. It takes: --seed, --seeds, --json, --histories\n",
    stdout: '',
  });
});
