import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import { StartError } from '../start-error.ts';
import { findBinaries } from './binaries.ts';
import { clearFolder, clusterName, isAlive, readPostmasterFile } from './postmaster.ts';
import { createRunner, type Runner } from './runner.ts';

/** A PostgreSQL of the relay's own, running as a child process on a unix socket in the data folder. */
export type EmbeddedPostgres = {
  /** What `pg` needs to reach it. */
  readonly connection: { readonly host: string; readonly user: string; readonly database: string };
  readonly pid: number;
  /** Fast stop: open transactions are rolled back, everything committed is on disk. Resolves when it has ended. */
  stop(): Promise<void>;
  /** Calls the listener if PostgreSQL ends without having been told to. */
  onExit(listener: (reason: Error) => void): void;
};

/**
 * Starts the cluster in `dataDir/pg`, made first if need be. Whatever an earlier relay left running there is
 * stopped. Throws `StartError`, also when another relay lives on the folder.
 */
export async function startEmbeddedPostgres(dataDir: string, log: Logger): Promise<EmbeddedPostgres> {
  const binaries = findBinaries();
  const folder = join(dataDir, 'pg');
  useFolder(dataDir, folder);
  const runner = createRunner(binaries, folder);
  await removeUnfinished(dataDir);
  if (!isCluster(folder)) await createCluster(dataDir, runner, log);
  await clearFolder(folder);
  return startCluster(dataDir, runner, log);
}

/** The way to a cluster that a running relay has started; undefined where none runs. `close` gives the way back, and ends nothing. */
export function reachEmbeddedPostgres(
  dataDir: string,
): { readonly connection: EmbeddedPostgres['connection']; close(): void } | undefined {
  const folder = join(dataDir, 'pg');
  const state = readPostmasterFile(folder);
  if (state?.ready !== true || !isAlive(state.pid)) return undefined;
  const socket = openSocketFolder(folder);
  return { connection: { host: socket.path, user, database: 'postgres' }, close: socket.close };
}

/** Small and quiet: one relay is its only client. What is safe stays as PostgreSQL has it (fsync, full pages). */
const settings = {
  listen_addresses: '',
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  max_connections: '40',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  idle_in_transaction_session_timeout: '60s',
  cluster_name: clusterName(process.pid),
};

const user = 'fullname';

function useFolder(dataDir: string, folder: string): void {
  try {
    // Open to others' passage only where root must let a lesser user through; the cluster's own folder is 0700.
    makeFolder(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
    closeSync(openSync(logFile(dataDir), 'a', 0o600));
  } catch (error) {
    throw unusable(dataDir, (error as NodeJS.ErrnoException).code);
  }
  const me = process.getuid?.();
  if (me !== 0 && me !== undefined && existsSync(folder) && statSync(folder).uid !== me) {
    throw unusable(dataDir, 'another user made it');
  }
}

/** Step by step, because Node's recursive mkdir never returns where a parent takes no folders (/proc). */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), mode);
  mkdirSync(folder, { mode });
}

function unusable(dataDir: string, why: string | undefined): StartError {
  return new StartError(
    `The data folder ${dataDir} cannot be used (${why}): give it to the user who starts the relay, or set DATA_DIR to another folder.`,
  );
}

function logFile(dataDir: string): string {
  return join(dataDir, 'postgres.log');
}

function isCluster(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

/**
 * Made under another name and renamed when whole: a cluster half made by a killed initdb would block every
 * later start. Of two relays that make one at once, the second finds the first's and goes on with it.
 */
async function createCluster(dataDir: string, runner: Runner, log: Logger): Promise<void> {
  log.info('making the database');
  const unfinished = join(dataDir, `pg.new-${process.pid}`);
  mkdirSync(unfinished, { mode: 0o700 });
  runner.own(unfinished);
  await runInitdb(dataDir, unfinished, runner);
  try {
    renameSync(unfinished, join(dataDir, 'pg'));
    syncFolder(dataDir);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!isCluster(join(dataDir, 'pg'))) throw unusable(dataDir, (error as NodeJS.ErrnoException).code);
  }
}

async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of readdirSync(dataDir)) {
    const pid = /^pg\.new-(\d+)$/.exec(name)?.[1];
    const isOthers = pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)));
    if (!isOthers) await removeStubbornly(join(dataDir, name));
  }
}

/** The initdb of a killed relay goes on for a moment and writes into the folder that is being removed. */
async function removeStubbornly(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 50 && existsSync(folder); attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Not empty again: what is left after the last attempt is in nobody's way, and the next start's to remove.
    }
    if (existsSync(folder)) await wait(100);
  }
}

async function runInitdb(dataDir: string, folder: string, runner: Runner): Promise<void> {
  const program = spawnLogged(dataDir, (output) =>
    runner.run('initdb', folder, {
      output,
      args: (path) => [
        ...['-D', path, '-U', user, '--auth=trust', '--encoding=UTF8', '--no-instructions'],
        // PostgreSQL's own Unicode rules: the same order and letter case on every machine.
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ],
    }),
  );
  const end = await program.ended;
  if (end.code !== 0) throw program.failure(`could not make its database (${end.text})`);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function startCluster(dataDir: string, runner: Runner, log: Logger): Promise<EmbeddedPostgres> {
  const folder = join(dataDir, 'pg');
  chmodSync(folder, 0o700);
  const program = spawnLogged(dataDir, (output) =>
    runner.run('postgres', folder, {
      output,
      args: (path) => [
        '-D',
        path,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
    }),
  );
  const end = await Promise.race([program.ended, whenReady(folder, program, log)]);
  if (end !== 'ready') {
    const failure = program.failure(`did not start (${end.text})`);
    // The folder was free a moment ago: if PostgreSQL found a lock, another relay has been faster.
    await clearFolder(folder);
    if (!/No space left on device/.test(failure.message)) throw failure;
    await whenRoom(folder, log);
    return startCluster(dataDir, runner, log);
  }
  return supervise(program, openSocketFolder(folder));
}

type End = { readonly code: number | null; readonly text: string };
type Program = {
  readonly child: ChildProcess;
  readonly ended: Promise<End>;
  hasEnded(): boolean;
  /** A `StartError` that quotes the last complaint the program printed. */
  failure(what: string): StartError;
};

function spawnLogged(dataDir: string, run: (output: number) => ChildProcess): Program {
  const file = logFile(dataDir);
  const isLarge = statSync(file).size > 10_000_000;
  const output = openSync(file, isLarge ? 'w' : 'a');
  const from = isLarge ? 0 : statSync(file).size;
  const child = run(output);
  closeSync(output);
  // Whatever way the relay ends, its PostgreSQL is told to end too.
  const stopAtExit = () => child.kill('SIGINT');
  process.once('exit', stopAtExit);
  let hasEnded = false;
  const ended = whenEnded(child).then((end) => {
    hasEnded = true;
    process.removeListener('exit', stopAtExit);
    return end;
  });
  return {
    child,
    ended,
    hasEnded: () => hasEnded,
    failure: (what) => {
      const complaint = lastComplaint(readFileSync(file).subarray(from).toString());
      return new StartError(
        `The built-in PostgreSQL ${what}${complaint === '' ? '' : `, saying "${complaint}"`}: see ${file}, or set DATABASE_URL to another PostgreSQL.`,
      );
    },
  };
}

function whenEnded(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, text: signal ?? `code ${code}` }));
    child.once('error', (error: NodeJS.ErrnoException) => {
      // The file is there, so what was not found is the loader it was linked for.
      const text =
        error.code === 'ENOENT' ? 'its programs need glibc, which this system lacks' : error.message;
      resolve({ code: null, text });
    });
  });
}

function lastComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const complaint = lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? '';
  return complaint.replace(/^.*?(FATAL|PANIC):\s+/, '').replace(/^(initdb|postgres): error: /, '');
}

/** PostgreSQL writes its state beside its data; after a crash it recovers first, which takes as long as it takes. */
async function whenReady(folder: string, program: Program, log: Logger): Promise<'ready'> {
  let toldAt = performance.now();
  for (;;) {
    const state = readPostmasterFile(folder);
    if (state?.ready === true && state.pid === program.child.pid) return 'ready';
    if (program.hasEnded()) return new Promise(() => undefined);
    if (performance.now() - toldAt > 5000) {
      log.warn('PostgreSQL is still bringing its data in order');
      toldAt = performance.now();
    }
    await wait(10);
  }
}

/** Two of PostgreSQL's segments, and a little: one to begin from its log with, one to go on. */
const ROOM_MIN_BYTES = 40 * 1024 * 1024;
const LOOK_EVERY_MS = 200;

/**
 * To end and be started again and again by whoever runs the relay makes no room: it waits, with all of its code read, and begins
 * at once when there is some. Where a file system tells nothing of its room, a try now and then finds out.
 */
async function whenRoom(folder: string, log: Logger): Promise<void> {
  log.error('the disk of DATA_DIR is full: make room; until then the relay waits');
  const started = performance.now();
  while (performance.now() - started < 60_000) {
    await wait(LOOK_EVERY_MS);
    const room = await statfs(folder).catch(() => null);
    if (room !== null && room.blocks > 0 && room.bavail * room.bsize >= ROOM_MIN_BYTES) return;
  }
}

type SocketFolder = { readonly path: string; close(): void };

/** The kernel takes socket paths of some hundred bytes; a deeper folder is reached through its open handle. */
function openSocketFolder(folder: string): SocketFolder {
  if (Buffer.byteLength(folder) <= 85) return { path: folder, close: () => undefined };
  if (process.platform !== 'linux') {
    throw new StartError(
      `The path of the data folder is too long (${folder}): set DATA_DIR to a shorter one.`,
    );
  }
  const handle = openSync(folder, 'r');
  return { path: `/proc/self/fd/${handle}`, close: () => closeSync(handle) };
}

function supervise(program: Program, socket: SocketFolder): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    program.child.kill('SIGINT');
    const late = setTimeout(() => program.child.kill('SIGQUIT'), 20_000);
    await program.ended;
    clearTimeout(late);
    socket.close();
  };
  return {
    connection: { host: socket.path, user, database: 'postgres' },
    pid: Number(program.child.pid),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
    onExit: (listener) => {
      void program.ended.then((end) => {
        if (stopping === undefined) listener(program.failure(`has ended (${end.text})`));
      });
    },
  };
}
