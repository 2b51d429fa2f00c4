import { onTestFinished } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { type Database, openDatabase } from '../../server/src/store/database.ts';
import { makeDatabase } from '../support/relay.ts';

export const SHOP = 'http://127.0.0.1:4000';

/** An empty store of the running test's own. */
export async function anEmptyStore(): Promise<Database> {
  const store = await openStore();
  onTestFinished(store.close);
  return store;
}

/** The same for a group of tests that only read; call `close` in `afterAll`. */
export async function openStore(): Promise<Database> {
  const config = readConfig({ DATABASE_URL: await makeDatabase(), LOG_LEVEL: 'error' });
  return openDatabase(config, createLogger(config));
}
