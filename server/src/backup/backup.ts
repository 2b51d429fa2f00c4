/** One consistent snapshot of the store as a file, while relays go on working. */
import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readAppliedMigrations } from '../store/levels.ts';
import {
  BackupError,
  frame,
  type Header,
  jsonFrame,
  type Manifest,
  sealing,
  type TableEnd,
} from './format.ts';
import type { Progress } from './progress.ts';
import { connectTo, plainSession } from './session.ts';
import { findTables, quoted } from './tables.ts';

/** Writes `file`, which must not exist; whole or not at all. Throws `BackupError`. */
export async function writeBackup(
  connection: pg.ClientConfig,
  file: string,
  progress: Progress,
): Promise<Manifest> {
  const part = `${file}.part`;
  const output = await createNew(file, part);
  try {
    const manifest = await snapshot(connection, output, progress);
    const written = await open(part, 'r');
    await written.sync().finally(() => written.close());
    await rename(part, file);
    return manifest;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** For its owner alone: it holds everything that anybody has said. */
async function createNew(file: string, part: string): Promise<NodeJS.WritableStream> {
  try {
    await (await open(file, 'wx', 0o600)).close();
    await rm(file);
    // Never one that is there: somebody else may read it, or be writing into it.
    const handle = await open(part, 'wx', 0o600);
    return handle.createWriteStream();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && path === part) {
      throw new BackupError(
        `There is a file ${part}: wait for the backup that writes it, or remove it if that one was cut off.`,
      );
    }
    throw new BackupError(
      code === 'EEXIST'
        ? `There is a file ${file} already: name one that is not there yet.`
        : `The file ${file} cannot be written (${code}): name one in a folder that this user may write to.`,
    );
  }
}

async function snapshot(
  connection: pg.ClientConfig,
  output: NodeJS.WritableStream,
  progress: Progress,
): Promise<Manifest> {
  const client = new pg.Client({ ...connection, application_name: 'fullname-backup' });
  client.on('error', () => undefined);
  await connectTo(client, connection);
  try {
    await plainSession(client);
    await client.query('begin transaction isolation level repeatable read, read only');
    const header = await readHeader(client);
    const tables: TableEnd[] = [];
    await pipeline(
      Readable.from(framesOf(client, { header, tables, progress }), { objectMode: false }),
      createGzip(),
      sealing(),
      output,
    );
    await client.query('commit');
    return { ...header, tables };
  } finally {
    await client.end();
  }
}

async function readHeader(client: pg.Client): Promise<Header> {
  const { rows } = await client.query<{ at: Date }>('select now() as at');
  const migrations = await readAppliedMigrations(client);
  if (migrations.length === 0) {
    throw new BackupError(
      'There is no Fullname in this database yet: start the relay once, or correct DATABASE_URL.',
    );
  }
  return { at: (rows[0]?.at ?? new Date()).toISOString(), migrations };
}

type Parts = { readonly header: Header; readonly tables: TableEnd[]; readonly progress: Progress };

async function* framesOf(client: pg.Client, { header, tables, progress }: Parts): AsyncGenerator<Buffer> {
  yield jsonFrame('H', header);
  for (const { name, columns } of await findTables(client)) {
    yield jsonFrame('T', { name, columns });
    const copy = client.query(copyTo(`copy (select ${columns.join(', ')} from ${quoted(name)}) to stdout`));
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of copy as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      progress.at(name, bytes);
      yield frame('D', chunk);
    }
    // How many rows it were comes after the last of them, with the end of the command.
    await client.query('select');
    tables.push({ name, columns, rows: copy.rowCount, bytes, sha256: hash.digest('hex') });
  }
  yield jsonFrame('M', { ...header, tables } satisfies Manifest);
}
