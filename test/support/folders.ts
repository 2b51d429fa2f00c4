import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new temporary folder that carries this process's number, so that it can be told from what a killed one left. */
export function makeFolder(kind: string): string {
  const folder = mkdtempSync(join(tmpdir(), `fullname-${kind}-${process.pid}-`));
  // Started by root, the relay's PostgreSQL runs as a lesser user, who must get through.
  chmodSync(folder, 0o711);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** Removes folders of processes that were killed before they could; `stop` ends the PostgreSQL in one, if there is any. */
export async function removeLeftovers(kind: string, stop: (folder: string) => Promise<void>): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^fullname-${kind}-(\\d+)-\\w+$`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await stop(join(tmpdir(), name, 'pg'));
    removeFolder(join(tmpdir(), name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
