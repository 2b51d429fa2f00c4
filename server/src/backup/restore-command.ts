/** `npm run restore -- FILE`: into an empty store, all or nothing. `--verify` only reads; `--send-mail` sends what waited. */
import { resolve } from 'node:path';
import { ConfigError, readConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { StartError } from '../start-error.ts';
import { openDatabase } from '../store/database.ts';
import { BackupError, type Manifest } from './format.ts';
import { createProgress } from './progress.ts';
import { openStore } from './reach.ts';
import { type Restored, type RestoreOptions, restoreBackup, verifyBackup } from './restore.ts';

const FLAGS = ['--verify', '--send-mail'];
const progress = createProgress((line) => process.stderr.write(`${line}\n`));

try {
  const flags = process.argv.slice(2).filter((word) => word.startsWith('-'));
  const [file, ...more] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  if (file === undefined || more.length > 0 || flags.some((flag) => !FLAGS.includes(flag))) {
    throw new BackupError('Say which backup: npm run restore -- FILE, or npm run restore -- --verify FILE');
  }
  const path = resolve(file);
  const said = flags.includes('--verify')
    ? `${counted(await verifyBackup(path, progress))}: the backup is whole, and this release can restore it.`
    : sentence(await restore(path, { sendMail: flags.includes('--send-mail'), progress }));
  process.stdout.write(`${said}\n`);
} catch (error) {
  if (!(error instanceof BackupError || error instanceof ConfigError || error instanceof StartError))
    throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function restore(file: string, options: RestoreOptions): Promise<Restored> {
  const config = readConfig();
  const log = createLogger(config);
  // A file that cannot be restored must not make a store.
  await verifyBackup(file, progress);
  const store = await openStore(config, log);
  const restored = await restoreBackup(store.connection, file, options).finally(store.close);
  // As the next start would: a backup of an earlier release is brought up to date.
  await (await openDatabase(config, log)).close();
  return restored;
}

function counted({ tables, at }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${rows.toLocaleString('en')} rows of ${tables.length} tables, as they were at ${at}`;
}

function sentence({ manifest, heldMails }: Restored): string {
  const held =
    heldMails > 0
      ? ` ${heldMails} e-mails that waited then were not sent, since they may have been: their people see them as failed.`
      : '';
  return `${counted(manifest)}, are restored.${held} Everybody signs in anew; start the relay.`;
}
