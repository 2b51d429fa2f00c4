import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whose folders these are: the whole run of tests, where its workers were told so, else this process. */
const owner = () => process.env.FULLNAME_TEST_RUN ?? `${process.pid}`;

/** Workers that are started from now on make their folders in the name of this process. */
export function ownFolders(): void {
  process.env.FULLNAME_TEST_RUN = `${process.pid}`;
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

/** Removes folders of owners that are gone, or of `done`; `stop` ends the PostgreSQL in one, if there is any. */
export async function removeLeftovers(
  kind: string,
  stop: (folder: string) => Promise<void>,
  done?: number,
): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^fullname-${kind}-(\\d+)-\\w+$`).exec(name)?.[1];
    if (owner === undefined || (Number(owner) !== done && isAlive(Number(owner)))) continue;
    try {
      await stop(join(tmpdir(), name, 'pg'));
      removeFolder(join(tmpdir(), name));
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
