import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from './eventually.ts';
import { freePort } from './spawn-relay.ts';

/** Where the system's PostgreSQL is; undefined where there is none, and tests that need it are skipped. */
export const systemPostgres = process.env.FULLNAME_PG_BIN;

export type Cluster = {
  /** For DATABASE_URL. */
  readonly url: string;
  /** Its port on 127.0.0.1; null unless it was asked for. */
  readonly port: number | null;
  readonly data: string;
  /** The postmaster that runs now. */
  pid(): number;
  /** What the postmaster has started: those that serve a client, and its own helpers. */
  children(): readonly number[];
  /** kill -9 of the postmaster; what it started sees that and ends by itself. */
  kill(): Promise<void>;
  /** On the same folder, after `kill`, and again until it is ready. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type ClusterOptions = {
  readonly bin?: string | undefined;
  /** Also on a port of 127.0.0.1, for what cannot stand before a socket file. */
  readonly tcp?: boolean;
  /** More of PostgreSQL's settings, each `name=value`. */
  readonly settings?: readonly string[];
};

/** A throw-away cluster of the system's PostgreSQL, reached over a unix socket, with fsync as in production. */
export async function startSystemPostgres({
  bin = systemPostgres,
  tcp = false,
  settings = [],
}: ClusterOptions = {}): Promise<Cluster> {
  if (bin === undefined)
    throw new Error('No PostgreSQL of the system was found: name its folder in FULLNAME_PG_BIN.');
  const folder = mkdtempSync(join(tmpdir(), 'fullname-pg-'));
  const data = join(folder, 'data');
  const user = process.getuid?.() === 0 ? lesserUser() : undefined;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const options = { ...user, cwd: folder, stdio: 'ignore' as const };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'fullname', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    options,
  );
  const port = tcp ? await freePort() : null;
  const address = port === null ? ['listen_addresses='] : ['listen_addresses=127.0.0.1', `port=${port}`];
  const all = [...address, `unix_socket_directories=${folder}`, 'shared_buffers=32MB', ...settings];
  const start = () =>
    spawn(join(bin, 'postgres'), ['-D', data, ...all.flatMap((one) => ['-c', one])], options);

  let server = start();
  const endWithUs = () => server.kill('SIGQUIT');
  process.once('exit', endWithUs);
  await eventually('the system PostgreSQL is ready', () => isReady(data, server));
  return {
    ...{ port, data },
    url:
      port === null
        ? `postgres://fullname@localhost/postgres?host=${encodeURIComponent(folder)}`
        : `postgres://fullname@127.0.0.1:${port}/postgres`,
    pid: () => server.pid ?? 0,
    children: () => childrenOf(server.pid ?? 0),
    kill: () => end(server, 'SIGKILL'),
    restart: async () => {
      server = await startStubbornly(start, data);
    },
    stop: async () => {
      await end(server, 'SIGINT');
      process.off('exit', endWithUs);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

/** The processes whose parent this is, by what Linux tells of each. */
function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to start while a process of the killed one still holds its memory. */
async function startStubbornly(start: () => ChildProcess, data: string): Promise<ChildProcess> {
  const until = performance.now() + 60_000;
  for (;;) {
    const server = start();
    const state = await eventually(
      'PostgreSQL is ready again, or has given up',
      () => (hasEnded(server) ? 'ended' : isReady(data, server) && 'ready'),
      60_000,
    );
    if (state === 'ready') return server;
    if (performance.now() > until) throw new Error('PostgreSQL could not be started again.');
    await wait(100);
  }
}

/** PostgreSQL refuses to run as root. */
function lesserUser(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

/** By its own file, which a killed one leaves behind: so the pid must be this one's. */
function isReady(data: string, server: ChildProcess): boolean {
  if (hasEnded(server)) throw new Error(`PostgreSQL ended with code ${server.exitCode}.`);
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, 'utf8').split('\n');
  return Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready';
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}

async function end(server: ChildProcess, signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
  if (hasEnded(server)) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await ended;
}
