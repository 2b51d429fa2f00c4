/** The store as it is, whether a relay runs on it or not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { reachEmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { BackupError } from './format.ts';

export type Reached = { readonly connection: pg.ClientConfig; close(): Promise<void> };

/** For a backup: beside a running relay its own PostgreSQL is asked; otherwise it is started for as long as it is needed. */
export async function reachStore(config: Config, log: Logger): Promise<Reached> {
  if (config.databaseUrl !== undefined) return elsewhere(config.databaseUrl);
  if (!existsSync(join(config.dataDir, 'pg'))) {
    throw new BackupError(`There is no store in ${config.dataDir}: correct DATA_DIR, or set DATABASE_URL.`);
  }
  const running = reachEmbeddedPostgres(config.dataDir);
  if (running) return { connection: running.connection, close: async () => running.close() };
  return ownStore(config, log);
}

/** For a restore, into a store that no relay uses. Throws `StartError` where one does. */
export async function openStore(config: Config, log: Logger): Promise<Reached> {
  return config.databaseUrl === undefined ? ownStore(config, log) : elsewhere(config.databaseUrl);
}

function elsewhere(connectionString: string): Reached {
  return { connection: { connectionString }, close: () => Promise.resolve() };
}

async function ownStore(config: Config, log: Logger): Promise<Reached> {
  const postgres = await startEmbeddedPostgres(config.dataDir, log);
  return { connection: postgres.connection, close: postgres.stop };
}
