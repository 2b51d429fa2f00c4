/**
 * Brings the store's tables up to date while relays of the release before go on working: a migration only adds, what is
 * no longer used goes a release later, and none waits for long behind somebody's query, with everybody behind it.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { sqlStateOf } from '../relay-error.ts';
import { StartError } from '../start-error.ts';
import { installQueue } from './queue.ts';

/** How many migrations the store has, and how many this relay knows. */
export type Migrations = { readonly applied: number; readonly known: number };

/** Numbers of PostgreSQL's advisory locks, which have no names; "Full" and "name" in ASCII. */
export const locks = { relay: 0x46756c6c, migrations: 0x6e616d65 } as const;

export const migrationsFolder = fileURLToPath(new URL('../../src/store/migrations', import.meta.url));
const CONNECT_TIMEOUT_MS = 10_000;

/** Who waits for a table to change keeps all who come after waiting too: rather give up, and try again a little later. */
const LOCK_TIMEOUT_MS = 2_000;
const TRIES = 30;
const PAUSE_MS = 1_000;

export type MigrateOptions = { readonly folder?: string; readonly tries?: number };

/** Several relays may start on one database at once: the first migrates, the others wait and find it done. Throws `StartError`. */
export async function migrateUnderLock(
  connection: pg.ClientConfig,
  { folder = migrationsFolder, tries = TRIES }: MigrateOptions = {},
): Promise<void> {
  // Not from the pool, whose limits are for answers to people. The lock ends with the connection.
  const client = new pg.Client({
    ...connection,
    application_name: 'fullname',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await requireVersion(client);
    await client.query('select pg_advisory_lock($1)', [locks.migrations]);
    await migratePatiently(client, folder, tries);
    await refuseTooNew(client, folder);
    await installQueue(client);
  } finally {
    await client.end();
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major >= 14) return;
  throw new StartError(`DATABASE_URL leads to PostgreSQL ${major}: upgrade it to 14 or later.`);
}

async function migratePatiently(client: pg.Client, folder: string, tries: number): Promise<void> {
  await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await migrate(drizzle(client), { migrationsFolder: folder });
      break;
    } catch (error) {
      if (sqlStateOf(error) !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt >= tries) throw new StartError(HELD);
      await wait(PAUSE_MS + Math.random() * PAUSE_MS);
    }
  }
  await client.query('reset lock_timeout');
}

const LOCK_NOT_AVAILABLE = '55P03';
const HELD =
  'A table of the store could not be changed, because something else holds it: look in pg_stat_activity for a transaction ' +
  'that has been open for long, end it or wait for it, and start again. Nothing was changed.';

/** A newer release may have run here. Its migrations only added, unless it says which ones a relay must know. */
async function refuseTooNew(client: pg.Client, folder: string): Promise<void> {
  const { known, needed } = await readMigrations(client, folder);
  if (known >= needed) return;
  throw new StartError('The database was written by a newer Fullname: start that version or a later one.');
}

/** `needed`: how many a relay must know, so that it does not use what a migration has taken away. */
export async function readMigrations(
  client: pg.Pool | pg.Client,
  folder = migrationsFolder,
): Promise<Migrations & { readonly needed: number }> {
  const { rows } = await client.query<{ applied: number; needed: number | null }>(
    `select (select count(*)::int from drizzle.__drizzle_migrations) as applied,
       (select value::int from facts where key = 'migrations-needed') as needed`,
  );
  return { applied: rows[0]?.applied ?? 0, known: knownMigrations(folder), needed: rows[0]?.needed ?? 0 };
}

const counted = new Map<string, number>();

export function knownMigrations(folder = migrationsFolder): number {
  const known = counted.get(folder) ?? countMigrations(folder);
  counted.set(folder, known);
  return known;
}

function countMigrations(folder: string): number {
  const journal = readFileSync(`${folder}/meta/_journal.json`, 'utf8');
  return (JSON.parse(journal) as { entries: unknown[] }).entries.length;
}
