import { setTimeout as wait } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { alreadyUsed } from '../postgres/postmaster.ts';
import { RelayError } from '../relay-error.ts';
import { StartError } from '../start-error.ts';
import { startStoreClock } from './clock.ts';
import { knownMigrations, locks, type Migrations, migrateUnderLock, readMigrations } from './migrate.ts';
import * as schema from './schema.ts';
import { createDiskWatch, createWrites, type Writes } from './writes.ts';

/** The store, migrated and ready for use. */
export type Database = {
  readonly pool: pg.Pool;
  readonly db: NodePgDatabase<typeof schema>;
  /** A few connections for work that must never keep a message waiting; the caller ends it. */
  openSidePool(): pg.Pool;
  /** Can the store be written to, and is it at this relay's migration? Asked at most once a second. */
  ready(): Promise<Readiness>;
  /** Milliseconds by the store's clock, which all relays share. */
  now(): number;
  readonly writes: Writes;
  /** From now on, refuses to write while the disk under the relay's own PostgreSQL is nearly full. */
  watchDisk(): void;
  /** Calls the listener when the relay's own PostgreSQL is gone; the relay cannot go on without it. */
  onLost(listener: (reason: Error) => void): void;
  /** Closes the pool when its clients are back, then stops the relay's own PostgreSQL, if it runs one. */
  close(): Promise<void>;
};

type Readiness = {
  readonly ready: boolean;
  readonly database: 'writable' | 'failing';
  readonly migrations: Migrations;
};

/** Opens `DATABASE_URL` or the relay's own PostgreSQL, and brings its tables up to date. Throws `StartError`. */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    const database = await connect(
      { connectionString: config.databaseUrl },
      { log, writes: createWrites(log) },
    );
    return { ...database, onLost: () => undefined, watchDisk: () => undefined };
  }
  const postgres = await startEmbeddedPostgres(config.dataDir, log);
  try {
    return await openEmbedded(postgres, config, log);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function openEmbedded(postgres: EmbeddedPostgres, config: Config, log: Logger): Promise<Database> {
  const holder = await holdFolder(postgres, config.dataDir);
  const disk = createDiskWatch(config.dataDir, log);
  const database = await connect(postgres.connection, { log, writes: createWrites(log, disk.isFull) });
  return {
    ...database,
    onLost: postgres.onExit,
    watchDisk: disk.start,
    close: async () => {
      disk.stop();
      await database.close();
      await holder.end();
      await postgres.stop();
    },
  };
}

/**
 * One relay a folder. The lock lives as long as its connection, so a killed relay leaves none behind; its name
 * tells the second relay who the first is.
 */
async function holdFolder(postgres: EmbeddedPostgres, dataDir: string): Promise<pg.Client> {
  const holder = new pg.Client({ ...postgres.connection, application_name: `fullname-relay-${process.pid}` });
  // Without a listener a lost connection would be an uncaught error; `onExit` reports the same event.
  holder.on('error', () => undefined);
  await holder.connect();
  const { rows } = await holder.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    locks.relay,
  ]);
  if (rows[0]?.held === true) return holder;
  const other = await holder.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [locks.relay],
  );
  await holder.end();
  throw alreadyUsed(dataDir, other.rows[0]?.name.replace('fullname-relay-', '') ?? 'unknown');
}

type Means = { readonly log: Logger; readonly writes: Writes };

async function connect(
  connection: pg.ClientConfig,
  { log, writes }: Means,
): Promise<Omit<Database, 'onLost' | 'watchDisk'>> {
  try {
    await migrateUnderLock(connection);
  } catch (error) {
    throw explain(error, connection);
  }
  const pool = openPool(connection, log);
  const clock = await startStoreClock(pool, log);
  const probed = atMostOnceASecond(() => probe(pool, log));
  return {
    ...{ pool, writes, now: clock.now },
    db: openDb(pool, writes),
    openSidePool: () => openPool(connection, log, SIDE_CONNECTIONS),
    ready: async () => {
      const readiness = await probed();
      return writes.failing() ? { ...readiness, ready: false, database: 'failing' } : readiness;
    },
    close: async () => {
      clock.stop();
      await pool.end();
    },
  };
}

const CONNECTIONS = 10;
const SIDE_CONNECTIONS = 2;
const CONNECT_TIMEOUT_MS = 10_000;
/** A network that swallows everything gives no error of its own; without a limit every connection would wait for ever. */
const QUERY_TIMEOUT_MS = 20_000;
/** A row that another relay holds and does not let go must not hold up everybody's messages. */
const LOCK_TIMEOUT_MS = 2_000;
/** What is asked for is in memory or on a disk without arms. By PostgreSQL's own guess a table is read whole for some hundred rows. */
const RANDOM_PAGE_COST = 1.1;

function openPool(connection: pg.ClientConfig, log: Logger, max = CONNECTIONS): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    application_name: 'fullname',
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    onConnect: async (client) => {
      // The pool listens only while a client is idle: lost in a transaction, it would end the relay. Its query fails as well.
      client.on('error', () => undefined);
      await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}; set random_page_cost = ${RANDOM_PAGE_COST}`);
    },
  });
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'));
  return pool;
}

/** Drizzle never gives back a connection whose BEGIN fails: ten of those, and the pool is empty for good. So it is taken and given here. */
function openDb(pool: pg.Pool, writes: Writes): Database['db'] {
  const db: Database['db'] = drizzle(pool, { schema });
  const known = new WeakMap<pg.PoolClient, Database['db']>();
  const dbOf = (client: pg.PoolClient): Database['db'] => {
    const one = known.get(client) ?? drizzle(client, { schema });
    known.set(client, one);
    return one;
  };
  const transaction: typeof db.transaction = async (work, config) => {
    writes.require();
    const client = await pool.connect();
    let broken = false;
    try {
      return await dbOf(client).transaction(work, config);
    } catch (error) {
      // A refusal was rolled back; after anything else nobody knows in which state the connection is.
      broken = !(error instanceof RelayError);
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return Object.assign(db, { transaction });
}

const PROBE_TIMEOUT_MS = 3000;

/** A real write: a store that only answers reads (a standby) is not ready. On a full disk it may still go well. */
async function probe(pool: pg.Pool, log: Logger): Promise<Readiness> {
  const failing: Readiness = {
    ready: false,
    database: 'failing',
    migrations: { applied: 0, known: knownMigrations() },
  };
  const tooLate = new AbortController();
  const write = async (): Promise<Readiness> => {
    await pool.query(
      'insert into relay_probe (id, at) values (1, now()) on conflict (id) do update set at = excluded.at',
    );
    const { needed, ...migrations } = await readMigrations(pool);
    // One that is newer than this relay is none of its troubles: it has not taken away what this relay uses.
    const fits = migrations.applied >= migrations.known && migrations.known >= needed;
    return { ready: fits, database: 'writable', migrations };
  };
  const reported = write().catch((error: unknown) => {
    log.warn({ err: error }, 'the readiness probe could not write');
    return failing;
  });
  const timeout = wait(PROBE_TIMEOUT_MS, failing, { signal: tooLate.signal }).catch(() => failing);
  const readiness = await Promise.race([reported, timeout]);
  tooLate.abort();
  return readiness;
}

function atMostOnceASecond<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let last: { at: number; answer: Promise<Value> } | undefined;
  return () => {
    const now = performance.now();
    if (last === undefined || now - last.at >= 1000) last = { at: now, answer: ask() };
    return last.answer;
  };
}

/** Turns what an operator can mend into a sentence; the address's password is never part of it. */
export function explain(error: unknown, connection: pg.ClientConfig): unknown {
  if (error instanceof StartError || connection.connectionString === undefined) return error;
  const { code, message } = error as { code?: string; message: string };
  const reason = remedies.find((remedy) => remedy.codes.test(code ?? message));
  if (reason === undefined) return error;
  const { hostname, port } = new URL(connection.connectionString);
  return new StartError(`PostgreSQL at ${hostname || 'its socket'}:${port || 5432} ${reason.sentence}`);
}

const remedies = [
  {
    codes: /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|ENOENT|EACCES)|timeout|terminated|57P03/,
    sentence: 'does not answer: start it, or correct DATABASE_URL.',
  },
  { codes: /^28|SASL/, sentence: 'refuses the user or password: correct DATABASE_URL.' },
  { codes: /^3D000/, sentence: 'has no such database: create it, or correct DATABASE_URL.' },
  { codes: /^42501/, sentence: 'forbids this user to make tables: make the user owner of the database.' },
];
