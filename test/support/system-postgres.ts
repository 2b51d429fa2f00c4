import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

/** Where the system's PostgreSQL is; undefined where there is none, and tests that need it are skipped. */
export const systemPostgres = process.env.FULLNAME_PG_BIN;

export type Cluster = {
  /** For DATABASE_URL. */
  readonly url: string;
  stop(): Promise<void>;
};

/** A throw-away cluster of the system's PostgreSQL, reached over a unix socket, with fsync as in production. */
export async function startSystemPostgres(bin = systemPostgres): Promise<Cluster> {
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
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'shared_buffers=32MB'];
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((one) => ['-c', one])],
    options,
  );
  const stop = stopper(server, folder);
  await eventually('the system PostgreSQL is ready', () => isReady(data, server));
  return { url: `postgres://fullname@localhost/postgres?host=${encodeURIComponent(folder)}`, stop };
}

/** PostgreSQL refuses to run as root. */
function lesserUser(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

function isReady(data: string, server: ChildProcess): boolean {
  if (server.exitCode !== null) throw new Error(`PostgreSQL ended with code ${server.exitCode}.`);
  const file = join(data, 'postmaster.pid');
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready';
}

function stopper(server: ChildProcess, folder: string): () => Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const endWithUs = () => server.kill('SIGQUIT');
  process.once('exit', endWithUs);
  return async () => {
    server.kill('SIGINT');
    await ended;
    process.off('exit', endWithUs);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
}
