// Makes a fresh clone ready: installs what is missing, builds what is stale. Node's built-ins only, since it
// runs before anything is installed. `--no-build` installs alone, `--force-build` builds everything anew.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

class PrepareError extends Error {}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const flags = new Set(process.argv.slice(2));

try {
  requireNode();
  await install();
  if (!flags.has('--no-build')) await build();
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const { engines } = JSON.parse(read('package.json'));
  const suits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (suits) return;
  throw new PrepareError(
    `Node ${process.versions.node} cannot run this (it needs ${engines.node}): install a newer one from https://nodejs.org and start again.`,
  );
}

// ---- Installing ----

async function install() {
  if (isInstalled()) return;
  await locked('install', async () => {
    if (isInstalled()) return;
    say('Installing the packages, which is done once and takes about a minute …');
    const started = Date.now();
    // On a terminal npm shows by itself that it is at work.
    const beat = setInterval(() => process.stdout.isTTY || say(`  … ${seconds(started)}`), 10_000);
    // Without --include=dev npm leaves out the compilers where NODE_ENV is production.
    const code = await npm(['ci', '--include=dev'], 'inherit');
    clearInterval(beat);
    if (code !== 0)
      throw new PrepareError('The packages could not be installed: see above, mend it and start again.');
    writeInstallStamp();
    say(`Installed in ${seconds(started)}.`);
  });
}

function isInstalled() {
  const stamp = readStamp(installStamp());
  const now = describeInstall();
  if (stamp === JSON.stringify(now)) return true;
  const before = stamp === undefined ? now : JSON.parse(stamp);
  const samePlatform = before.node === now.node && before.platform === now.platform;
  // Somebody who ran `npm install` by hand has the right packages too, only not our stamp.
  if (!samePlatform || !matchesLockfile()) return false;
  writeInstallStamp();
  return true;
}

function installStamp() {
  return join(root, 'node_modules', '.fullname-install.json');
}

function writeInstallStamp() {
  writeFileSync(installStamp(), JSON.stringify(describeInstall()));
}

function describeInstall() {
  return {
    lock: hash(read('package-lock.json')),
    node: process.versions.node.split('.')[0],
    platform: `${process.platform}-${process.arch}`,
  };
}

/** npm notes in node_modules what it has put there; that note must hold all that the lockfile asks for. */
function matchesLockfile() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const present = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(read('package-lock.json')).packages);
  return wanted.every(
    ([path, entry]) =>
      path === '' ||
      mayBeMissing(entry) ||
      (present[path] !== undefined && present[path].version === entry.version),
  );
}

/** Optional packages are for one platform each, or for none that can be told from the lockfile. */
function mayBeMissing({ optional, devOptional, os, cpu, libc }) {
  if (!optional && !devOptional) return false;
  return libc !== undefined || !os?.includes(process.platform) || !cpu?.includes(process.arch);
}

// ---- Building ----

async function build() {
  const parts = describeParts();
  if (!flags.has('--force-build') && parts.every(isFresh)) return;
  await locked('build', async () => {
    const stale = parts.filter((part) => flags.has('--force-build') || !isFresh(part));
    const [relay] = stale.filter((part) => part.name === 'relay');
    // The front ends import what the relay's step compiles from `shared`.
    if (relay !== undefined) await buildPart(relay);
    await Promise.all(stale.filter((part) => part !== relay).map(buildPart));
  });
}

/** What is built, from which files, and where the stamp of the last build lies. */
function describeParts() {
  const common = ['package-lock.json', 'tsconfig.base.json', 'shared/src', 'shared/tsconfig.json'];
  const frontEnds = ['widget', 'console'].filter(
    (name) => JSON.parse(read(`${name}/package.json`)).scripts?.build !== undefined,
  );
  return [
    {
      name: 'relay',
      folder: 'server',
      sources: [...common, 'server/src', 'server/tsconfig.json'],
      run: compile,
    },
    ...frontEnds.map((name) => ({
      name,
      folder: name,
      // The guides are built into the console.
      sources: [...common, name, ...(name === 'console' ? ['docs'] : [])],
      run: () => npm(['run', 'build', '-w', name], 'collect'),
    })),
  ];
}

/** The compiler trusts its own notes even where the files they speak of were deleted. */
function compile(part) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const anew = flags.has('--force-build') || readStamp(stampOf(part)) === undefined;
  return run(process.execPath, [tsc, '-b', ...(anew ? ['--force'] : []), 'shared', 'server'], 'collect');
}

async function buildPart(part) {
  say(`Building the ${part.name} …`);
  const started = Date.now();
  const sources = hashSources(part);
  const code = await part.run(part);
  if (code !== 0) throw new PrepareError(`The ${part.name} could not be built: see above.`);
  writeFileSync(stampOf(part), sources);
  say(`Built the ${part.name} in ${seconds(started)}.`);
}

function isFresh(part) {
  return readStamp(stampOf(part)) === hashSources(part);
}

function stampOf(part) {
  return join(root, part.folder, 'dist', '.build-stamp');
}

function hashSources({ sources }) {
  const files = sources.flatMap((source) => listFiles(join(root, source))).sort();
  return hash(files.map((file) => `${relative(root, file)} ${hash(readFileSync(file))}\n`).join(''));
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  const entries = readDirectory(path);
  if (entries === undefined) return [path];
  return entries
    .filter(
      (name) => !['dist', 'node_modules'].includes(name) && !/\.test\.tsx?$|\.tsbuildinfo$|^\./.test(name),
    )
    .flatMap((name) => listFiles(join(path, name)));
}

function readDirectory(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

// ---- Tools ----

/** npm as it was called, so that a version of it elsewhere on the PATH is not mixed in. */
function npm(args, output) {
  const self = process.env.npm_execpath;
  if (self !== undefined && /npm-cli\.c?js$/.test(self))
    return run(process.execPath, [self, ...args], output);
  return run('npm', args, output);
}

/** Runs a program and resolves with its code. Collected output is shown only when it failed. */
function run(command, args, output) {
  return new Promise((resolve, reject) => {
    const stdio = output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, {
      cwd: root,
      stdio,
      shell: process.platform === 'win32' && command === 'npm',
    });
    const collected = [];
    child.stdout?.on('data', (data) => collected.push(data));
    child.stderr?.on('data', (data) => collected.push(data));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(collected));
      resolve(code);
    });
  });
}

/** One prepare at a time in a clone; the lock of a process that is gone is taken over. */
async function locked(purpose, work) {
  const lock = join(root, 'server', 'dist', `.${purpose}-lock`);
  mkdirSync(dirname(lock), { recursive: true });
  let told = false;
  while (!takeLock(lock)) {
    const holder = Number(readStamp(lock) ?? 0);
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    else if (!told) say(`Waiting for process ${holder}, which prepares this folder already …`);
    told = true;
    await wait(100);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  try {
    const handle = openSync(lock, 'wx');
    writeFileSync(handle, `${process.pid}`);
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw new PrepareError(
      `This folder is not prepared and cannot be written to (${error.code}): run it as its owner once.`,
    );
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}

function hash(content) {
  return createHash('sha256').update(content).digest('hex');
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
