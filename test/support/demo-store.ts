import { readConfig } from '../../server/src/config.ts';
import { fillDemo } from '../../server/src/demo/fill.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { openDatabases } from './databases.ts';

/** The demo shop's origin as the store has it; a relay serves its demo shop at its own all the same. */
export const SHOP = 'http://127.0.0.1:4000';

/** DATABASE_URL of a database with the demo desk in it, as a relay's first start leaves it: filled once, copied for each test. */
export async function makeDemoDatabase(): Promise<string> {
  const databases = await openDatabases();
  const template = await databases.template('demo', async (databaseUrl) => {
    const config = readConfig({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' });
    const store = await openDatabase(config, createLogger(config));
    const filled = await fillDemo(store.db, { shop: SHOP }).finally(store.close);
    if (!filled) throw new Error('The demo desk was not filled.');
  });
  return databases.make(template);
}
