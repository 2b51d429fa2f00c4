import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Binaries } from './binaries.ts';

/** Starts PostgreSQL's programs on one cluster folder, as a user PostgreSQL accepts (it refuses root). */
export type Runner = {
  /** Gives a folder to the user the programs run as. */
  own(folder: string): void;
  /** `args` gets the folder's path as the program sees it. The child's pid is the program's own. */
  run(program: 'postgres' | 'initdb', folder: string, run: Run): ChildProcess;
};

type Run = {
  readonly args: (folder: string) => readonly string[];
  /** An open file that takes what the program prints. */
  readonly output: number;
};

type Identity = { readonly uid: number; readonly gid: number };

const nobody: Identity = { uid: 65_534, gid: 65_534 };

/** Chooses how to run; `cluster` is the folder of an existing cluster, if there is one. Throws `StartError`. */
export function createRunner(binaries: Binaries, cluster: string): Runner {
  if (process.getuid?.() !== 0) return asThisUser(binaries);
  return asLesserUser(binaries, ownerOf(cluster) ?? nobody);
}

function asThisUser(binaries: Binaries): Runner {
  return {
    own: () => undefined,
    run: (program, folder, { args, output }) =>
      spawn(binaries[program], args(folder), { ...common(output), cwd: folder }),
  };
}

function asLesserUser(binaries: Binaries, user: Identity): Runner {
  return {
    own: (folder) => chownSync(folder, user.uid, user.gid),
    run: (program, folder, run) =>
      reaches(user, binaries, folder)
        ? spawn(binaries[program], run.args(folder), { ...common(run.output), ...user, cwd: '/' })
        : runInOwnNamespace({ user, binaries, program, folder }, run),
  };
}

/** A cluster that another user made before stays that user's. */
function ownerOf(cluster: string): Identity | undefined {
  if (!existsSync(cluster)) return undefined;
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? undefined : { uid, gid };
}

/**
 * `detached`: Ctrl-C goes to the whole foreground group and would stop PostgreSQL before the relay has drained.
 * The environment is bare: it may hold secrets that PostgreSQL has no use for; TZ spares initdb a search.
 */
function common(output: number) {
  return {
    detached: true,
    stdio: ['ignore', output, output] as const satisfies unknown[],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  };
}

/** Asks the kernel, as that user: one closed folder on the way (root's home is 0700) is enough for a no. */
function reaches(user: Identity, binaries: Binaries, folder: string): boolean {
  const probe = 'test -x "$1" && test -r "$2" && test -w "$3"';
  const data = join(binaries.root, 'share', 'postgresql', 'postgres.bki');
  const args = ['-c', probe, 'sh', binaries.postgres, data, folder];
  return spawnSync('/bin/sh', args, { ...user, cwd: '/' }).status === 0;
}

type Place = {
  readonly user: Identity;
  readonly binaries: Binaries;
  readonly program: 'postgres' | 'initdb';
  readonly folder: string;
};

/**
 * Where the user cannot reach the folders, a private mount namespace shows it just those two under a scratch
 * folder, and every privilege is dropped before PostgreSQL runs. Each step is an exec, so that the child's pid
 * is PostgreSQL's; nothing remains of the mounts when it ends.
 */
function runInOwnNamespace({ user, binaries, program, folder }: Place, { args, output }: Run): ChildProcess {
  const scratch = findScratch([binaries.root, folder]);
  const drop = [
    ...['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups'],
    ...['--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'],
  ];
  const command = [join(scratch, 'postgres', 'bin', program), ...args(join(scratch, 'data'))];
  requireNamespaces(binaries, folder);
  return spawn(
    'unshare',
    [...unshareArgs, 'sh', '-c', mountScript, 'sh', scratch, binaries.root, folder, ...drop, ...command],
    { ...common(output), cwd: '/' },
  );
}

const unshareArgs = ['--mount', '--propagation', 'private'];

const mountScript = `
set -e
mount -t tmpfs -o mode=755,size=64k fullname "$1"
mkdir "$1/postgres" "$1/data"
mount --bind "$2" "$1/postgres"
mount --bind "$3" "$1/data"
cd "$1/data"
shift 3
exec setpriv "$@"
`;

/** Any folder does that everybody may enter and that hides neither source when it is mounted over. */
function findScratch(sources: readonly string[]): string {
  const candidates = ['/mnt', '/media', '/srv', '/opt', '/tmp'];
  const free = candidates.find(
    (folder) =>
      existsSync(folder) && !sources.some((source) => `${source}${sep}`.startsWith(`${folder}${sep}`)),
  );
  if (free !== undefined) return free;
  throw unreachable(sources);
}

function requireNamespaces(binaries: Binaries, folder: string): void {
  const probe = spawnSync('unshare', [...unshareArgs, 'setpriv', '--no-new-privs', 'true'], common(2));
  if (probe.status !== 0) throw unreachable([binaries.root, folder]);
}

function unreachable(sources: readonly string[]): StartError {
  return new StartError(
    `PostgreSQL does not run as root, and the user it would run as cannot reach ${sources.join(' and ')}: start the relay as an ordinary user, or move it and DATA_DIR to folders that everybody may enter.`,
  );
}
