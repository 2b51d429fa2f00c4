import { onTestFinished } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { type Database, openDatabase } from '../../server/src/store/database.ts';
import { makeDemoDatabase, SHOP } from '../support/demo-store.ts';
import { makeDatabase } from '../support/relay.ts';

export { SHOP };

/** An empty store of the running test's own. */
export async function anEmptyStore(): Promise<Database> {
  const store = await openStore();
  onTestFinished(store.close);
  return store;
}

/** The same with the demo desk in it. */
export async function aDemoDesk(): Promise<Database> {
  const store = await openAt(await makeDemoDatabase());
  onTestFinished(store.close);
  return store;
}

/** An empty store for a group of tests that only read; call `close` in `afterAll`. */
export async function openStore(): Promise<Database> {
  return openAt(await makeDatabase());
}

function openAt(url: string): Promise<Database> {
  const config = readConfig({ DATABASE_URL: url, LOG_LEVEL: 'error' });
  return openDatabase(config, createLogger(config));
}
