import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Site } from '@fullname/shared/api';
import type * as postmaster from '../../server/src/postgres/postmaster.ts';
import { call, join as joinDesk, setUpOwner } from './console-api.ts';
import { eventually } from './eventually.ts';
import { makeFolder, removeFolder, removeLeftovers } from './folders.ts';
import { loadServer, root } from './root.ts';

/** A relay in a process of its own, with its own store: what `npm start` runs. */
export type SpawnedRelay = {
  /** http://localhost:PORT */
  readonly origin: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** All it has printed so far. */
  printed(): string;
  /** Ends the relay as a crash would (SIGKILL), its PostgreSQL left behind. */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM) and waits for it. Gives its exit code. */
  stop(): Promise<number | null>;
};

export type SpawnOptions = {
  /** An earlier relay's folder and port, to start again where it ended. */
  readonly dataDir: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The project's folder to run from, where it is another than this one: a relay with a planted bug. */
  readonly home?: string;
  /** A program and its arguments to run the relay under, such as strace. */
  readonly under?: readonly string[];
};

/** Starts the built relay with node itself and waits until it is ready. Fails with what it printed. */
export async function spawnRelay({
  dataDir,
  port,
  env,
  home = root,
  under = [],
}: SpawnOptions): Promise<SpawnedRelay> {
  const [program = process.execPath, ...args] = [...under, process.execPath, 'server/dist/index.js'];
  const child = spawn(program, args, {
    cwd: home,
    env: { ...inherited(), PORT: String(port), DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  // Should this process end in a way that runs no clean-up, the relay must not outlive it.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  void ended.then(() => process.off('exit', endWithUs));
  const origin = `http://localhost:${port}`;
  await untilReady(child, origin, () => printed);
  return {
    ...{ origin, port, dataDir, pid: child.pid ?? 0, printed: () => printed },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** An empty folder for a relay's data; `removeDataFolder` takes it away. */
export async function makeDataFolder(): Promise<string> {
  const { clearFolder } = await loadServer<typeof postmaster>('postgres/postmaster.js');
  await removeLeftovers('data', clearFolder);
  return makeFolder('data');
}

/** Removes a data folder, with the PostgreSQL that a killed relay may have left running in it. */
export async function removeDataFolder(folder: string): Promise<void> {
  const { clearFolder } = await loadServer<typeof postmaster>('postgres/postmaster.js');
  await clearFolder(join(folder, 'pg'));
  removeFolder(folder);
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(address)));
    });
  });
}

/** A relay without the demo: its owner, a site, and people who answer. For tools that make their own load. */
export async function furnish(
  relay: SpawnedRelay,
  people: number,
): Promise<{ site: string; cookies: string[]; owner: string }> {
  const owner = { origin: relay.origin, cookie: await setUpOwner(relay.origin, relay.printed()) };
  const { key } = await call<Site>(owner, 'POST /api/sites', { name: 'Bloom & Stem', hosts: [] });
  const cookies: string[] = [];
  for (let number = 0; number < people; number += 1) {
    const email = `agent.${number}@example.com`;
    const family = GREEK[number % GREEK.length] ?? 'Omega';
    cookies.push((await joinDesk(owner, { given: 'Megan', family, email, role: 'agent' })).cookie);
  }
  return { site: key, cookies, owner: owner.cookie };
}

const GREEK = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta', 'Iota', 'Kappa'];

/** Settings of whoever runs the tests would change what is measured; PATH and the like must stay. */
function inherited(): Record<string, string | undefined> {
  const settings =
    /^(PORT|HOST|DATA_DIR|PUBLIC_URL|CONSOLE_URL|DATABASE_URL|REDIS_URL|SMTP_URL|MAIL_FROM|MAIL_REPLY_TO|NODE_ENV|LOG_LEVEL|DEMO|TRUST_PROXY|DRAIN_SECONDS|PING_SECONDS|SOCKETS_PER_ADDRESS|METRICS_PORT|METRICS_HOST|RATE_LIMITS)(_FILE)?$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}

async function untilReady(child: ChildProcess, origin: string, printed: () => string): Promise<void> {
  const isReady = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return 'ended';
    const response = await fetch(`${origin}/readyz`).catch(() => null);
    // What a person reads at the terminal comes last, when a demo desk is filled too.
    return response?.ok && printed().includes('/console/') ? 'ready' : null;
  };
  const state = await eventually('the relay is ready', isReady, 90_000).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${printed()}`);
  });
  if (state === 'ended') throw new Error(`The relay ended before it was ready:\n${printed()}`);
}
