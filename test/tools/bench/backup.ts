/**
 * A backup of a company with a past, and its way back: by the product's own commands, each a process of its own, into an empty
 * database; then both databases are compared, table by table. `--rows N` messages.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { atMost, type Stage } from '../../support/figures.ts';
import { loadServer, root } from '../../support/root.ts';
import { aLog, type Bench, startStore } from './bench.ts';
import { fill } from './company.ts';

const LOOK_EVERY_MS = 50;
/** A backup is read and written piece by piece: its memory is that of a relay that starts, whatever the store's size. */
const RSS_MAX_MB = 300;

export const backup: Bench = {
  what: 'a backup of 10⁶ messages, restored and compared: seconds, megabytes, memory (--rows for other sizes)',
  flags: ['rows'],
  async measure(stage) {
    const rows = stage.number('rows', 1_000_000);
    const { url } = await startStore(stage);
    const [from, to] = [await database(url, 'fullname_saved'), await database(url, 'fullname_restored')];
    await fillWith(from, rows);
    const folder = mkdtempSync(join(tmpdir(), 'fullname-backup-'));
    stage.atEnd(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'company.backup');
    const saved = await run(stage, { database: from, command: 'backup', words: [file] });
    const verified = await run(stage, { database: to, command: 'restore', words: ['--verify', file] });
    const restored = await run(stage, { database: to, command: 'restore', words: [file] });
    const different = await differences(file, from, to);
    for (const table of different) stage.progress(`not the same: ${table}`);
    const of = `of ${rows.toLocaleString('en-GB')} messages`;
    return [
      atMost(`tables that are not the same afterwards, ${of}`, [different.length, ''], { must: 0 }),
      atMost(`backup ${of}`, [saved.seconds, 's']),
      atMost('verifying it', [verified.seconds, 's']),
      atMost('restoring it', [restored.seconds, 's']),
      atMost('the file', [statSync(file).size / 1e6, 'MB']),
      atMost('the database', [await sizeOf(from), 'MB']),
      atMost('backup: RSS, peak', [saved.peak, 'MB'], { must: RSS_MAX_MB }),
      atMost('restore: RSS, peak', [restored.peak, 'MB'], { must: RSS_MAX_MB }),
    ];
  },
};

async function database(url: string, name: string): Promise<string> {
  await on(url, (client) => client.query(`create database ${name} template template0`));
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function fillWith(url: string, rows: number): Promise<void> {
  const { openDatabase } =
    await loadServer<typeof import('../../../server/dist/store/database.js')>('store/database.js');
  const { readConfig } = await loadServer<typeof import('../../../server/dist/config.js')>('config.js');
  await (await openDatabase(readConfig({ DATABASE_URL: url, LOG_LEVEL: 'error' }), await aLog())).close();
  await fill(() => connected(url), { failures: rows / 10 });
}

type Run = { readonly seconds: number /** Megabytes. */; readonly peak: number };
type Command = {
  readonly database: string;
  readonly command: 'backup' | 'restore';
  readonly words: readonly string[];
};

async function run(stage: Stage, { database, command, words }: Command): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, `server/dist/backup/${command}-command.js`), ...words], {
    env: { ...process.env, DATABASE_URL: database, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stage.atEnd(() => child.kill());
  let peak = Number.NaN;
  const timer = setInterval(() => {
    peak = peakOf(child.pid ?? 0) ?? peak;
  }, LOOK_EVERY_MS);
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${code}`);
  stage.progress(said.trim());
  return { seconds: (performance.now() - started) / 1000, peak };
}

/** Megabytes that a process ever held, as the system counts them; undefined where it does not tell. */
function peakOf(pid: number): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}

/** Of the tables in the backup those whose rows are not the same, whatever their order. */
async function differences(file: string, from: string, to: string): Promise<string[]> {
  const { verifyBackup } =
    await loadServer<typeof import('../../../server/dist/backup/restore.js')>('backup/restore.js');
  const { SILENT } =
    await loadServer<typeof import('../../../server/dist/backup/progress.js')>('backup/progress.js');
  const { quoted } =
    await loadServer<typeof import('../../../server/dist/backup/tables.js')>('backup/tables.js');
  const { tables } = await verifyBackup(file, SILENT);
  if (tables.length === 0) throw new Error('The backup holds no table.');
  const different: string[] = [];
  for (const { name, columns, rows } of tables) {
    const sum = `select count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as sum
      from (select ${columns.join(', ')} from ${quoted(name)}) t`;
    const [before, after] = await Promise.all(
      [from, to].map((url) => on(url, (client) => summed(client, sum))),
    );
    if (before?.rows !== rows || before.rows !== after?.rows || before.sum !== after.sum)
      different.push(name);
  }
  return different;
}

async function summed(client: pg.Client, text: string): Promise<{ rows: number; sum: string } | undefined> {
  const { rows } = await client.query<{ rows: number; sum: string }>(text);
  return rows[0];
}

async function sizeOf(url: string): Promise<number> {
  const { rows } = await on(url, (client) =>
    client.query<{ size: string }>('select pg_database_size(current_database()) as size'),
  );
  return Number(rows[0]?.size) / 1e6;
}

async function on<Value>(url: string, act: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = await connected(url);
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}
