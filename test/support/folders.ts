import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Whose folders these are: the whole run of tests, where its workers were told so, else this process. */
const owner = () => process.env.FULLNAME_TEST_RUN ?? `${process.pid}`;

/**
 * Workers that are started from now on make their folders in the name of this process, and all in the one that is returned: what
 * they start, such as browsers, does so too, and whoever is killed leaves nothing outside it.
 */
export function ownFolders(place: string): string {
  process.env.FULLNAME_TEST_RUN = `${process.pid}`;
  process.env.TMPDIR = place;
  process.env.TMPDIR = makeFolder('run');
  return process.env.TMPDIR;
}

/** A new temporary folder that carries its owner's number, so that it can be told from what a killed one left. */
export function makeFolder(kind: string): string {
  const folder = mkdtempSync(join(tmpdir(), `fullname-${kind}-${owner()}-`));
  // Started by root, the relay's PostgreSQL runs as a lesser user, who must get through.
  chmodSync(folder, 0o711);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

type Stop = (folder: string) => Promise<void>;

/** Removes folders of owners that are gone, or of `done`; `stop` ends the PostgreSQL in one, if there is any. */
export async function removeLeftovers(kind: string, stop: Stop, done?: number): Promise<void> {
  const isOver = (owner: number) => owner === done || !isAlive(owner);
  await removeThose(join(tmpdir(), `fullname-${kind}-`), isOver, (folder) => stop(join(folder, 'pg')));
}

/** Removes from these places what runs have left that were killed, with the PostgreSQLs in it. */
export async function removeRuns(places: readonly string[], stop: Stop): Promise<void> {
  const stopAll = async (run: string) => {
    for (const name of readdirSync(run)) await stop(join(run, name, 'pg'));
  };
  for (const place of new Set(places))
    await removeThose(join(place, 'fullname-run-'), (owner) => !isAlive(owner), stopAll);
}

/** Folders whose names begin so, then the owner's number and letters of their own. */
async function removeThose(beginning: string, isOver: (owner: number) => boolean, stop: Stop): Promise<void> {
  const place = dirname(beginning);
  for (const name of readdirSync(place)) {
    const [, kind, owner] = /^(fullname-\w+-)(\d+)-\w+$/.exec(name) ?? [];
    if (kind !== basename(beginning) || !isOver(Number(owner))) continue;
    try {
      await stop(join(place, name));
      removeFolder(join(place, name));
    } catch {
      // Somebody lives there still, or has mounted something in it: no reason to fail those who come now.
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
