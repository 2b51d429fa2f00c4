import pg from 'pg';
import { readConfig } from '../../server/src/config.ts';
import { createLogger, type Logger } from '../../server/src/log.ts';
import { startEmbeddedPostgres } from '../../server/src/postgres/embedded.ts';
import { clearFolder } from '../../server/src/postgres/postmaster.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { makeFolder, removeFolder, removeLeftovers } from './folders.ts';

/**
 * A PostgreSQL on which each test gets an empty, migrated database of its own: a copy of a template, made in milliseconds.
 * FULLNAME_TEST_DATABASE names a server to use (its user must be allowed to make databases); otherwise the relay's own
 * PostgreSQL is started in a temporary folder.
 */
export type Databases = {
  /** DATABASE_URL of a new database. */
  make(): Promise<string>;
  close(): Promise<void>;
};

export async function openDatabases(): Promise<Databases> {
  const log = createLogger({ production: false, logLevel: 'error' });
  const server = await openServer(log);
  const admin = new pg.Client(server.url('postgres'));
  // Some tests kill what it is connected to.
  admin.on('error', () => undefined);
  await admin.connect();
  const template = `fullname_template_${process.pid}`;
  const made: string[] = [template];
  await admin.query(`create database ${template}`);
  await (await openDatabase(readConfig({ DATABASE_URL: server.url(template) }), log)).close();
  return {
    make: async () => {
      const name = `fullname_test_${process.pid}_${made.length}`;
      made.push(name);
      await admin.query(`create database ${name} template ${template}`);
      return server.url(name);
    },
    close: async () => {
      // A server of its own goes away whole; one that was lent must be left as it was found.
      if (server.isLent)
        for (const name of made) await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      await server.stop();
    },
  };
}

type Server = {
  readonly isLent: boolean;
  url(database: string): string;
  stop(): Promise<void>;
};

async function openServer(log: Logger): Promise<Server> {
  const lent = process.env.FULLNAME_TEST_DATABASE;
  if (lent) {
    return {
      isLent: true,
      url: (database) => Object.assign(new URL(lent), { pathname: `/${database}` }).href,
      stop: async () => undefined,
    };
  }
  await removeLeftovers('db', clearFolder);
  const folder = makeFolder('db');
  const postgres = await startEmbeddedPostgres(folder, log);
  const { host, user } = postgres.connection;
  return {
    isLent: false,
    url: (database) => `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
    stop: async () => {
      await postgres.stop();
      removeFolder(folder);
    },
  };
}
