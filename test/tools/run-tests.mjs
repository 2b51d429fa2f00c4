/**
 * `npm test`: prepares the project, finds the programs the tests need, then types, lint and every test, and ends
 * with one line of counts. `--install` (or CI in the environment) installs what is missing; paths run those tests
 * alone.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools } from './find-tools.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const mayInstall =
  process.argv.includes('--install') || !['', '0', 'false', undefined].includes(process.env.CI);

// Ctrl-C reaches every child by itself; this process waits for them and then ends.
process.on('SIGINT', () => undefined);

if ((await node('server/prepare.mjs')) !== 0) {
  say('\n0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
const tools = await provideTools();
const counts = [
  await step('types', () => node(join('node_modules', 'typescript', 'bin', 'tsc'), '-b')),
  await step('lint', () => node(join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '.')),
  await runTests(),
];
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
if (sum('twice') > 0) say(`\n${sum('twice')} tried twice, and passed`);
say(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

// ---- Programs the tests need ----

/** The tools as they are in the end; where some are missing, says what installs them. */
async function provideTools() {
  const missing = findTools().filter((tool) => tool.path === undefined);
  if (missing.length === 0) return findTools();
  const install = describeInstall(missing);
  const names = missing.map((tool) => tool.name).join(', ');
  if (!mayInstall) {
    say(`Not found: ${names}. The tests that need them are skipped. This installs them:\n  ${install.line}`);
    return findTools();
  }
  say(`Installing ${names}: ${install.line}`);
  for (const [command, ...args] of install.commands) {
    const code = await run(command, args, { DEBIAN_FRONTEND: 'noninteractive' });
    if (code !== 0) say(`"${[command, ...args].join(' ')}" failed with code ${code}.`);
  }
  return findTools();
}

function describeInstall(missing) {
  const packages = missing.flatMap((tool) => tool.packages);
  const apt = [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...packages],
  ];
  const playwright = [['npx', 'playwright-core', 'install', 'chromium']];
  if (!existsSync('/usr/bin/apt-get')) return asOne(playwright);
  if (process.getuid?.() === 0) return asOne(apt);
  if (mayInstall) return asOne(playwright);
  return asOne(apt.map((command) => ['sudo', ...command]));
}

function asOne(commands) {
  return { commands, line: commands.map((command) => command.join(' ')).join(' && ') };
}

// ---- Steps ----

async function step(name, work) {
  const started = Date.now();
  say(`\nChecking ${name} …`);
  const code = await work();
  say(`${code === 0 ? 'ok' : 'FAILED'}: ${name}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, twice: 0 };
}

async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-tests-'));
  const file = join(folder, 'report.json');
  const variables = tools.filter((tool) => tool.path !== undefined).map((tool) => [tool.variable, tool.path]);
  const vitest = [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
  ];
  try {
    say('\nRunning the tests …');
    const code = await run(
      process.execPath,
      [...vitest, `--outputFile.json=${file}`, ...paths],
      Object.fromEntries(variables),
    );
    return readReport(file, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, twice: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const skipped = report.testResults.flatMap((suite) =>
    suite.assertionResults
      .filter(({ status }) => !['passed', 'failed'].includes(status))
      .map((test) => ({ file: relative(root, suite.name), name: test.fullName })),
  );
  listSkipped(skipped);
  const twice = report.testResults.flatMap((suite) =>
    suite.assertionResults.filter(passedLater).map((test) => ({ file: relative(root, suite.name), ...test })),
  );
  listTwice(twice);
  const failures = report.testResults.flatMap(failuresIn);
  // Last of all, where it is seen: what vitest prints of a failure stands far above in a long output.
  for (const line of failures) say(`failed: ${line}`);
  const failed = failures.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: skipped.length,
    twice: twice.length,
  };
}

/** Its first try failed: in CI, because a wait ran out and for no other reason, see support/second-try.ts. */
function passedLater({ status, failureMessages }) {
  return status === 'passed' && failureMessages.length > 0;
}

/** vitest says of its own time-outs nothing but where they were made. */
function reasonOf([first = '']) {
  const [line] = first.split('\n');
  return line.includes('STACK_TRACE_ERROR') ? 'timed out' : line;
}

function listTwice(tests) {
  for (const { file, fullName, failureMessages } of tests)
    say(`tried twice: ${fullName} (${file}): ${reasonOf(failureMessages)}`);
}

/** A file that cannot even be loaded holds no failed test, and must count all the same. */
function failuresIn(suite) {
  const file = relative(root, suite.name);
  const tests = suite.assertionResults.filter(({ status }) => status === 'failed');
  if (tests.length === 0 && suite.status === 'failed') return [`${file}: ${suite.message.split('\n')[0]}`];
  return tests.map(({ fullName, failureMessages }) => `${fullName} (${file}): ${reasonOf(failureMessages)}`);
}

function listSkipped(skipped) {
  if (skipped.length === 0) return;
  say('Skipped:');
  for (const { file, name } of skipped) say(`  ${name} (${file}): ${reasonFor(file)}`);
}

function reasonFor(file) {
  const source = readFileSync(join(root, file), 'utf8');
  const missing = tools.filter((tool) => tool.path === undefined && tool.marks.test(source));
  return missing.length === 0
    ? 'left out by the test itself'
    : `no ${missing.map((tool) => tool.name).join(', no ')}`;
}

// ---- Running programs ----

function node(...args) {
  return run(process.execPath, args);
}

function run(command, args, variables = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, ...variables };
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
    const passOn = () => child.kill('SIGTERM');
    process.once('SIGTERM', passOn);
    child.once('error', (error) => {
      say(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => {
      process.removeListener('SIGTERM', passOn);
      resolve(code ?? 1);
    });
  });
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
