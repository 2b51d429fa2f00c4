/** `npm run demo:remove`: takes the demo desk out of the store while the relay is stopped. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { StartError } from '../start-error.ts';
import { openDatabase } from '../store/database.ts';
import { type Removed, removeDemo } from './remove.ts';

const OTHERWISE =
  'While the relay runs, sign in to the console as an owner and choose "Remove the demo" in the settings.';

try {
  const config = readConfig();
  process.stdout.write(
    `${hasStore(config) ? sentence(await remove(config)) : 'There is no store yet, so there is no demo desk in it.'}\n`,
  );
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n${OTHERWISE}\n`);
  process.exitCode = 1;
}

/** Opening would make one. */
function hasStore(config: Config): boolean {
  return config.databaseUrl !== undefined || existsSync(join(config.dataDir, 'pg'));
}

async function remove(config: Config): Promise<Removed> {
  const database = await openDatabase(config, createLogger(config));
  try {
    return await removeDemo(database.db);
  } finally {
    await database.close();
  }
}

function sentence({ customers, people, kept, setupNeeded }: Removed): string {
  return [
    customers + people + kept.length === 0
      ? 'There is no demo desk in this store.'
      : `The demo desk is removed: its shop, ${customers} customers and ${people} people.`,
    kept.length > 0 ? `Kept as former colleagues, because real records name them: ${kept.join(', ')}.` : '',
    setupNeeded ? 'Nobody is left who can sign in as an owner: the next start prints a set-up link.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}
