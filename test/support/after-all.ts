import { tmpdir } from 'node:os';
import pg from 'pg';
import { clearFolder, readPostmasterFile } from '../../server/src/postgres/postmaster.ts';
import { lentUrl, TEST_DATABASES } from './databases.ts';
import { eventually } from './eventually.ts';
import { isAlive, ownFolders, removeFolder, removeLeftovers, removeRuns } from './folders.ts';
import { memoryFolder } from './memory-folder.ts';

/** vitest's `globalSetup`: what it returns runs when all tests have, while the processes that ran them may still be there. */
export default async function setup(): Promise<() => Promise<void>> {
  const place = process.env.TMPDIR ?? memoryFolder() ?? tmpdir();
  await removeRuns([place, tmpdir()], clearFolder);
  const folder = ownFolders(place);
  return async () => {
    const lent = process.env.FULLNAME_TEST_DATABASE;
    if (lent) await dropAll(lent);
    else await removeLeftovers('db', endPostgres, process.pid);
    try {
      removeFolder(folder);
    } catch {
      // A browser that is still ending writes there: the next run removes it.
    }
  };
}

/** A server that was lent is left as it was found. */
async function dropAll(lent: string): Promise<void> {
  const admin = new pg.Client(lentUrl(lent, 'postgres'));
  await admin.connect();
  const { rows } = await admin.query<{ datname: string }>('select datname from pg_database');
  for (const { datname } of rows) {
    if (TEST_DATABASES.test(datname)) await admin.query(`drop database if exists ${datname} with (force)`);
  }
  await admin.end();
}

/** Its worker has no test left, and may live on for a moment. */
async function endPostgres(folder: string): Promise<void> {
  const pid = readPostmasterFile(folder)?.pid;
  if (pid === undefined || !isAlive(pid)) return;
  process.kill(pid, 'SIGQUIT');
  await eventually('PostgreSQL has ended', () => !isAlive(pid));
}
