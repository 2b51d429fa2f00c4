import pg from 'pg';
import { readPostmasterFile } from '../../server/src/postgres/postmaster.ts';
import { lentUrl, TEST_DATABASES } from './databases.ts';
import { eventually } from './eventually.ts';
import { isAlive, ownFolders, removeLeftovers } from './folders.ts';

/** vitest's `globalSetup`: what it returns runs when all tests have, while the processes that ran them may still be there. */
export default function setup(): () => Promise<void> {
  ownFolders();
  return async () => {
    const lent = process.env.FULLNAME_TEST_DATABASE;
    if (lent) await dropAll(lent);
    else await removeLeftovers('db', endPostgres, process.pid);
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
