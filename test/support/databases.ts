import pg from 'pg';
import { readConfig } from '../../server/src/config.ts';
import { createLogger, type Logger } from '../../server/src/log.ts';
import { startEmbeddedPostgres } from '../../server/src/postgres/embedded.ts';
import { clearFolder } from '../../server/src/postgres/postmaster.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { makeFolder, removeLeftovers } from './folders.ts';

/**
 * A PostgreSQL on which each test gets an empty, migrated database of its own: a copy of a template, made in milliseconds.
 * FULLNAME_TEST_DATABASE names a server to use (its user must be allowed to make databases); otherwise the relay's own
 * PostgreSQL is started in a temporary folder. It serves all files that this process runs and ends with the process;
 * after-all.ts removes what is left.
 */
export type Databases = {
  /** DATABASE_URL of a new database: a copy of the template, by default the migrated and empty one. */
  make(template?: string): Promise<string>;
  /** A database that `prepare` fills, to be copied; it has to close what it opened. Made once, under this name. */
  template(name: string, prepare: (url: string) => Promise<void>): Promise<string>;
  /** Drops what was made since the last call, but for the templates. */
  clear(): Promise<void>;
};

/** What every database of a test is called: whose it was can be told when its process is gone. */
export const TEST_DATABASES = /^fullname_(?:template|test)_(\d+)_\w+$/;

let opened: Promise<Databases> | undefined;

export function openDatabases(): Promise<Databases> {
  opened ??= open();
  return opened;
}

/** Nothing where none was opened. */
export async function clearDatabases(): Promise<void> {
  await (await opened)?.clear();
}

async function open(): Promise<Databases> {
  const log = createLogger({ production: false, logLevel: 'error' });
  const server = await openServer(log);
  const templates = new Map<string, Promise<string>>();
  let made: string[] = [];
  let count = 0;

  async function makeTemplate(name: string, prepare: (url: string) => Promise<void>): Promise<string> {
    const database = `fullname_template_${process.pid}_${name}`;
    const from = name === EMPTY ? [] : ['template', await template(EMPTY, migrate)];
    await administer(server, [['create database', database, ...from].join(' ')]);
    await prepare(server(database));
    return database;
  }

  function template(name: string, prepare: (url: string) => Promise<void>): Promise<string> {
    const known = templates.get(name) ?? makeTemplate(name, prepare);
    templates.set(name, known);
    return known;
  }

  const migrate = async (url: string) => (await openDatabase(readConfig({ DATABASE_URL: url }), log)).close();

  return {
    template,
    make: async (from) => {
      const source = from ?? (await template(EMPTY, migrate));
      count += 1;
      const name = `fullname_test_${process.pid}_${count}`;
      made.push(name);
      await administer(server, [`create database ${name} template ${source}`]);
      return server(name);
    },
    clear: async () => {
      const gone = made;
      made = [];
      await administer(
        server,
        gone.map((name) => `drop database if exists ${name} with (force)`),
      );
    },
  };
}

const EMPTY = 'empty';

/** A connection for each: some tests end every one that there is. */
async function administer(server: Server, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) return;
  const admin = new pg.Client(server('postgres'));
  admin.on('error', () => undefined);
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

/** The URL of a database on it. */
type Server = (database: string) => string;

/** DATABASE_URL of another database on the server that was lent. */
export function lentUrl(lent: string, database: string): string {
  return Object.assign(new URL(lent), { pathname: `/${database}` }).href;
}

async function openServer(log: Logger): Promise<Server> {
  const lent = process.env.FULLNAME_TEST_DATABASE;
  if (lent) return (database) => lentUrl(lent, database);
  await removeLeftovers('db', clearFolder);
  const { host, user } = (await startEmbeddedPostgres(makeFolder('db'), log)).connection;
  const server: Server = (database) =>
    `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
  // Nothing here outlives the machine: what tests durability runs a relay with a PostgreSQL of its own.
  await administer(server, ['alter system set fsync = off', 'select pg_reload_conf()']);
  return server;
}

/**
 * A pool on one of them, or on another PostgreSQL that ends before the test does. Its `end` is over before its connections have said goodbye, and those are ended by force: what they say
 * then is no failure of a test. A query that fails still rejects.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  return new pg.Pool(config).on('error', () => undefined);
}
