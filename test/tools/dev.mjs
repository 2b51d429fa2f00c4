/**
 * `npm run dev`: builds what a change has made stale, as `npm start` does, and restarts the relay when it was the
 * relay that changed. A build that fails leaves the old one running. One Ctrl-C stops everything.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SETTLE_MS = 150;

let relay;
let builtRelay;
let building = Promise.resolve();
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
await build();
for (const folder of ['shared', 'server', 'widget', 'console']) watchSources(folder);

/** An editor writes a file in several steps, and one save may touch many files: they make one build. */
function watchSources(folder) {
  let settled;
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    if (file === null || /(^|[\\/])(dist|node_modules)([\\/]|$)|\.tsbuildinfo$/.test(file)) return;
    clearTimeout(settled);
    settled = setTimeout(() => {
      building = building.then(build);
    }, SETTLE_MS);
  });
}

async function build() {
  if (stopping) return;
  await ended(run('server/prepare.mjs'));
  const stamp = readStamp();
  if (stopping || stamp === undefined || stamp === builtRelay) return;
  builtRelay = stamp;
  await restartRelay();
}

function readStamp() {
  const file = join(root, 'server', 'dist', '.build-stamp');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function restartRelay() {
  await stopRelay();
  if (!stopping) relay = run(join('server', 'dist', 'index.js'));
}

function run(...args) {
  const env = { ...process.env, DRAIN_SECONDS: process.env.DRAIN_SECONDS ?? '1' };
  // Outside the terminal's group: Ctrl-C comes to this process alone, which passes it on once.
  return spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
}

function ended(child) {
  const isOver = child === undefined || child.exitCode !== null || child.signalCode !== null;
  return isOver ? undefined : new Promise((resolve) => child.once('exit', resolve));
}

async function stop() {
  if (stopping) return;
  stopping = true;
  await building;
  await stopRelay();
  process.exit(0);
}

async function stopRelay() {
  relay?.kill('SIGTERM');
  await ended(relay);
}
