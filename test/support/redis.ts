import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePort } from './spawn-relay.ts';

/** Where redis-server is; undefined where there is none, and tests that need it are skipped. */
export const redisServer = process.env.FULLNAME_REDIS_SERVER;

export type Redis = {
  /** For REDIS_URL. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it as a crash would; `startRedis` with the same port brings an empty one back. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** It stands still and refuses nobody, as a machine that hangs; and goes on. */
  pause(): void;
  resume(): void;
  /** One command, by its words; its answer as it comes over the wire. */
  ask(...words: readonly string[]): Promise<string>;
};

/** A throw-away Redis on loopback that writes nothing to disk; `more` are further words of its command line. */
export async function startRedis(port?: number, more: readonly string[] = []): Promise<Redis> {
  const chosen = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'fullname-redis-'));
  const plain = ['--port', `${chosen}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  return start(chosen, [...plain, '--dir', folder, ...more], folder);
}

/** A sentinel with these lines of configuration. */
export async function startSentinel(lines: readonly string[]): Promise<Redis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'fullname-redis-'));
  const file = join(folder, 'sentinel.conf');
  writeFileSync(file, [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, ...lines, ''].join('\n'));
  return start(port, [file, '--sentinel'], folder);
}

async function start(port: number, words: readonly string[], folder: string): Promise<Redis> {
  if (redisServer === undefined)
    throw new Error('No redis-server was found: name it in FULLNAME_REDIS_SERVER.');
  const server = spawn(redisServer, words, { stdio: 'ignore' });
  const end = ender(server, folder);
  await eventually('Redis answers', () => answersPing(port, server));
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: server.pid ?? 0,
    pause: () => server.kill('SIGSTOP'),
    resume: () => server.kill('SIGCONT'),
    ask: (...words) => askRedis(port, words),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** One command over a connection of its own; an answer that is longer than a packet is cut. */
function askRedis(port: number, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
      ),
    );
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
  });
}

function answersPing(port: number, server: ChildProcess): Promise<boolean> {
  if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}.`);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('error', () => resolve(false));
    socket.once('data', (data) => {
      socket.destroy();
      // One that wants a password first is there, too.
      resolve(/^(\+PONG|-NOAUTH)/.test(data.toString()));
    });
  });
}

function ender(server: ChildProcess, folder: string): (signal: 'SIGTERM' | 'SIGKILL') => Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const endWithUs = () => server.kill('SIGKILL');
  process.once('exit', endWithUs);
  return async (signal) => {
    server.kill(signal);
    // One that stands still hears of no signal but SIGKILL, until it goes on.
    server.kill('SIGCONT');
    await ended;
    process.off('exit', endWithUs);
    rmSync(folder, { recursive: true, force: true });
  };
}
