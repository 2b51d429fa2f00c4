/** `npm run backup -- FILE`: one consistent snapshot of the store, also while relays run. */
import { resolve } from 'node:path';
import { ConfigError, readConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { StartError } from '../start-error.ts';
import { writeBackup } from './backup.ts';
import { BackupError, type Manifest } from './format.ts';
import { createProgress } from './progress.ts';
import { reachStore } from './reach.ts';

try {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || file.startsWith('-') || more.length > 0) {
    throw new BackupError('Say where the backup is to go: npm run backup -- FILE');
  }
  process.stdout.write(`${sentence(file, await run(resolve(file)))}\n`);
} catch (error) {
  if (!(error instanceof BackupError || error instanceof ConfigError || error instanceof StartError))
    throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(file: string): Promise<Manifest> {
  const config = readConfig();
  const store = await reachStore(config, createLogger(config));
  try {
    return await writeBackup(
      store.connection,
      file,
      createProgress((line) => process.stderr.write(`${line}\n`)),
    );
  } finally {
    await store.close();
  }
}

function sentence(file: string, { tables, at }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${rows.toLocaleString('en')} rows of ${tables.length} tables, as they were at ${at}, are in ${file}. Keep it like a password.`;
}
