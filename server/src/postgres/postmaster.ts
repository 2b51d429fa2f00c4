import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from '../start-error.ts';

/** The name a cluster runs under; it tells later starts which relay started it. */
export function clusterName(relayPid: number): string {
  return `fullname-relay-${relayPid}`;
}

/**
 * Leaves the folder free for a new start: a PostgreSQL whose relay is gone (kill -9) is stopped, one whose
 * relay lives is refused with a `StartError` that names the relay's pid.
 */
export async function clearFolder(folder: string): Promise<void> {
  const pid = readPostmasterFile(folder)?.pid;
  if (pid === undefined) return;
  const found = findPostmaster(folder, pid);
  if (found === undefined) {
    await clearStaleFile(folder, pid);
    return endWorkers(folder);
  }
  if (found.relayPid === found.parentPid) throw alreadyUsed(dirname(folder), found.relayPid);
  await stopOrphan(folder, pid);
}

/** The sentence for the relay that came second. */
export function alreadyUsed(dataDir: string, relayPid: number | string): StartError {
  return new StartError(
    `Another relay (process ${relayPid}) already uses the data folder ${dataDir}: stop it, or set DATA_DIR to another folder.`,
  );
}

/** What PostgreSQL itself writes about its state, or `undefined` where it has written nothing. */
export function readPostmasterFile(folder: string): { pid: number; ready: boolean } | undefined {
  const lines = readOrNothing(join(folder, 'postmaster.pid'))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

type Process = { readonly parentPid: number; readonly command: string; readonly cwd: string | undefined };
type Postmaster = { readonly parentPid: number; readonly relayPid: number | undefined };

/** A pid alone proves nothing, since numbers are used again: the process must also work in this folder. */
function findPostmaster(folder: string, pid: number): Postmaster | undefined {
  const found = process.platform === 'linux' ? readFromProc(pid) : readFromPs(pid);
  if (found === undefined) return undefined;
  const ours =
    found.cwd === undefined
      ? found.command.includes(clusterName(0).slice(0, -1)) && found.command.includes(basename(folder))
      : found.cwd === identify(folder);
  const relayPid = /fullname-relay-(\d+)/.exec(found.command)?.[1];
  return ours
    ? { parentPid: found.parentPid, relayPid: relayPid === undefined ? undefined : Number(relayPid) }
    : undefined;
}

/** `cwd` stays unknown where the kernel hides it (root without CAP_SYS_PTRACE in a container). */
function readFromProc(pid: number): Process | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  const command = readOrNothing(`/proc/${pid}/cmdline`);
  // The second field is the program's name in brackets and may hold anything; a zombie has no command line.
  const parentPid = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  if (command === undefined || command === '' || Number.isNaN(parentPid)) return undefined;
  return { parentPid, command, cwd: identify(`/proc/${pid}/cwd`) };
}

function readFromPs(pid: number): Process | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,command=', '-p', `${pid}`], { encoding: 'utf8' });
  const [, parentPid, command] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '') ?? [];
  return parentPid === undefined || command === undefined
    ? undefined
    : { parentPid: Number(parentPid), command, cwd: undefined };
}

/** Device and inode: a folder keeps them under every path and in every mount namespace. */
function identify(folder: string): string | undefined {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL sees for itself that a pid is dead, but takes any living process of its user for its predecessor.
 * One that answers without being seen lives in another container that shares the folder.
 */
async function clearStaleFile(folder: string, pid: number): Promise<void> {
  if (await answers(join(folder, '.s.PGSQL.5432')))
    throw alreadyUsed(dirname(folder), `${pid}, in another container`);
  if (isAlive(pid)) rmSync(join(folder, 'postmaster.pid'), { force: true });
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function stopOrphan(folder: string, pid: number): Promise<void> {
  const started = performance.now();
  signal(pid, 'SIGINT');
  while (findPostmaster(folder, pid) !== undefined) {
    // A fast stop waits for the last checkpoint; an immediate one is as safe and only recovers at the next start.
    if (performance.now() - started > 20_000) signal(pid, 'SIGQUIT');
    await wait(10);
  }
}

/**
 * Of a postmaster that was killed itself, a process in the midst of a long statement lives on until that ends, and
 * holds the memory without which no new one starts. Nobody waits for its answer any more.
 */
async function endWorkers(folder: string): Promise<void> {
  const started = performance.now();
  for (let left = findWorkers(folder); left.length > 0; left = findWorkers(folder)) {
    const name = performance.now() - started > 5_000 ? 'SIGKILL' : 'SIGQUIT';
    for (const pid of left) signal(pid, name);
    await wait(10);
  }
}

/** Processes of this folder's cluster whose postmaster is gone. Where Linux does not tell, they end by themselves. */
function findWorkers(folder: string): readonly number[] {
  const here = process.platform === 'linux' ? identify(folder) : undefined;
  if (here === undefined) return [];
  return readdirSync('/proc').flatMap((name) => {
    const found = /^\d+$/.test(name) ? readFromProc(Number(name)) : undefined;
    if (found?.cwd !== here || !/^postgres: fullname-relay-\d+/.test(found.command)) return [];
    // The new postmaster of a relay that was faster has children too.
    return identify(`/proc/${found.parentPid}/cwd`) === here ? [] : [Number(name)];
  });
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself, which is what the signal was for.
  }
}

/** Whether a process of that number runs, as whatever user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
