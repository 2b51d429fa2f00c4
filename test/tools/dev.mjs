/**
 * `npm run dev`: compiles the relay and builds both front ends anew whenever a source changes, and restarts the
 * relay. Pages are reloaded by hand. One Ctrl-C stops everything.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
const children = new Set();
let stopping = false;

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

// Everything is built once before the relay starts, so that its first pages are whole.
await ended(start('prepare', 'server/prepare.mjs'));
start('compiler', tsc, '-b', '--watch', '--preserveWatchOutput', 'shared', 'server');
for (const name of ['widget', 'console']) watchFrontEnd(name);
startRelay();

/** A front end brings its own way to watch, or is watched by Vite. */
function watchFrontEnd(name) {
  const { scripts } = JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8'));
  if (scripts?.dev !== undefined) return start(name, npm(), 'run', 'dev', '-w', name);
  const config = ['vite.config.ts', 'vite.config.mjs'].find((file) => existsSync(join(root, name, file)));
  if (config === undefined) return undefined;
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  return start(name, vite, 'build', '--watch', name, '--config', join(name, config), '--no-emptyOutDir');
}

/** Node restarts it when one of its compiled files changes: SIGTERM, a drain, and a new start. */
function startRelay() {
  start('relay', '--watch', '--watch-preserve-output', join('server', 'dist', 'index.js'));
}

function npm() {
  return (
    process.env.npm_execpath ?? join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js')
  );
}

function start(name, ...args) {
  const env = { ...process.env, DRAIN_SECONDS: process.env.DRAIN_SECONDS ?? '1' };
  // A group of its own: the terminal's Ctrl-C must not reach some twice and others before their parents.
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  children.add(child);
  child.once('exit', (code) => {
    children.delete(child);
    if (stopping || (name === 'prepare' && code === 0)) return;
    process.stderr.write(`The ${name} has ended (code ${code}).\n`);
    stop(1);
  });
  return child;
}

function ended(child) {
  return new Promise((resolve) => child.once('exit', resolve));
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  const last = [...children].map((child) => {
    process.kill(-child.pid, 'SIGTERM');
    return ended(child);
  });
  await Promise.all(last);
  process.exit(code);
}
