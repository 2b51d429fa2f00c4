// Opens the store in DATA_DIR as a relay does, prints "open PID-OF-POSTGRESQL" and holds it until SIGTERM.
// Run by tests that need a relay's store in a process they can kill.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const server = new URL('../../server/dist/', import.meta.url);
const { readConfig } = await import(new URL('config.js', server).href);
const { createLogger } = await import(new URL('log.js', server).href);
const { openDatabase } = await import(new URL('store/database.js', server).href);

const config = readConfig();
try {
  const database = await openDatabase(config, createLogger(config));
  const [pid] = readFileSync(join(config.dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n');
  console.log(`open ${pid}`);
  process.once('SIGTERM', () => database.close().then(() => process.exit(0)));
} catch (error) {
  console.log(`refused ${error.message}`);
  process.exitCode = 1;
}
