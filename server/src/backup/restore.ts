/** A backup read, checked, and put into an empty store: all of it in one transaction, or nothing. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { knownMigrations, migrateTo, readAppliedMigrations } from '../store/levels.ts';
import { locks } from '../store/migrate.ts';
import { installQueue } from '../store/queue.ts';
import {
  BackupError,
  damaged,
  type Frame,
  fromJson,
  type Header,
  type Manifest,
  readFrames,
  type TableEnd,
  type TableHead,
  unsealing,
} from './format.ts';
import { holdMail } from './hold-mail.ts';
import type { Progress } from './progress.ts';
import { connectTo, plainSession } from './session.ts';
import { findTables, isEmpty, quoted } from './tables.ts';

/** Reads the whole file, compares each table with the manifest, and touches no store. Throws `BackupError`. */
export async function verifyBackup(file: string, progress: Progress): Promise<Manifest> {
  const manifest = await readThrough(file, {
    begin: () => undefined,
    rows: (table, _chunk, bytes) => progress.at(table.name, bytes),
    end: () => undefined,
  });
  refuseUnknownLevel(manifest);
  return manifest;
}

export type RestoreOptions = {
  /** Mail that waited is sent after all: right only where nothing can have been sent since the backup. */
  readonly sendMail: boolean;
  readonly progress: Progress;
};

/** What was put back, and how many mails were kept from being sent. */
export type Restored = { readonly manifest: Manifest; readonly heldMails: number };

/** Restores into an empty store, which it brings exactly to the backup's migration. Throws `BackupError`. */
export async function restoreBackup(
  connection: pg.ClientConfig,
  file: string,
  { sendMail, progress }: RestoreOptions,
): Promise<Restored> {
  // First as a whole: a file that does not hold is refused before anything is begun.
  const checked = await verifyBackup(file, progress);
  const client = new pg.Client({ ...connection, application_name: 'fullname-restore' });
  client.on('error', () => undefined);
  await connectTo(client, connection);
  try {
    await plainSession(client);
    // A relay that starts meanwhile waits here, and then finds the store full.
    await client.query('select pg_advisory_lock($1)', [locks.migrations]);
    await makeReady(client, checked);
    await client.query('begin');
    const manifest = await load(client, file, progress);
    const heldMails = sendMail ? 0 : await holdMail(client, manifest.at);
    await client.query('commit');
    return { manifest, heldMails };
  } catch (error) {
    throw explainRefusal(error);
  } finally {
    await client.end();
  }
}

/** What an operator can mend: a full disk, a server that ends. The rest is a defect. */
function explainRefusal(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (error instanceof BackupError || !/^(53|57|58|08)/.test(code ?? '')) return error;
  return new BackupError(
    `PostgreSQL did not take the backup (${message}), so nothing was restored: mend that and try again.`,
  );
}

/** A later relay's tables may hold what this one would break; other histories are not ours to guess at. */
function refuseUnknownLevel({ migrations }: Header): void {
  const known = knownMigrations();
  if (migrations.length > known.length) {
    throw new BackupError(
      'This backup was written by a newer Fullname: restore it with that version or a later one.',
    );
  }
  if (migrations.length === 0 || migrations.some(({ hash }, index) => hash !== known[index]?.hash)) {
    throw new BackupError(
      'This backup’s tables are not those of any release that this one knows: restore it with the release that wrote it.',
    );
  }
}

/** The tables as they were when the backup was written, and empty. */
async function makeReady(client: pg.Client, { migrations }: Header): Promise<void> {
  const there = (await readAppliedMigrations(client)).length;
  if (!(await isEmpty(client))) {
    throw new BackupError(
      'The store is not empty, so nothing was restored: name an empty one by DATA_DIR or DATABASE_URL.',
    );
  }
  if (there > migrations.length) {
    throw new BackupError(
      'The store has been made ready for a newer release than the backup’s: name an empty one by DATA_DIR or DATABASE_URL.',
    );
  }
  await migrateTo(client, migrations.length);
  await installQueue(client);
}

async function load(client: pg.Client, file: string, progress: Progress): Promise<Manifest> {
  const targets = new Map((await findTables(client)).map((table) => [table.name, table]));
  // What a migration has put into a new store is in the backup too.
  for (const name of [...targets.keys()].reverse()) await client.query(`delete from ${quoted(name)}`);
  let filling: Filling | undefined;
  return readThrough(file, {
    begin: (table) => {
      filling = beginFilling(client, table, targets.get(table.name));
    },
    rows: async ({ name }, chunk, bytes) => {
      progress.at(name, bytes);
      if (!filling) throw damaged();
      const { copy, failed } = filling;
      if (!copy.write(chunk)) await Promise.race([once(copy, 'drain'), failed]);
    },
    end: async () => {
      if (!filling) throw damaged();
      const { copy, failed } = filling;
      copy.end();
      await Promise.race([finished(copy), failed]);
      return { rows: copy.rowCount };
    },
  });
}

type Filling = { readonly copy: ReturnType<typeof copyFrom>; readonly failed: Promise<never> };

function beginFilling(
  client: pg.Client,
  { name, columns }: TableHead,
  target: TableHead | undefined,
): Filling {
  if (!target || columns.some((column) => !target.columns.includes(column))) {
    throw new BackupError(
      `This backup has a table that this release does not know (${name}): restore it with the release that wrote it.`,
    );
  }
  const copy = client.query(copyFrom(`copy ${quoted(name)} (${columns.join(', ')}) from stdin`));
  const failed = new Promise<never>((_resolve, reject) => copy.once('error', reject));
  // Whoever waits for the copy hears of it; until somebody does, it must not end the process.
  failed.catch(() => undefined);
  return { copy, failed };
}

type Handlers = {
  begin(table: TableHead): void;
  rows(table: TableHead, chunk: Buffer, bytes: number): void | Promise<void>;
  /** May say how many rows really arrived. */
  end(table: TableHead): undefined | Promise<{ readonly rows: number }>;
};

/** Every frame in turn; resolves with the manifest only when all of the file holds. */
async function readThrough(file: string, handlers: Handlers): Promise<Manifest> {
  const size = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(
      `The backup ${file} cannot be read (${error.code}): name one that this user may read.`,
    );
  });
  if (!size.isFile())
    throw new BackupError(`${file} is no file: name a backup that npm run backup has written.`);
  const reading = createReader(handlers);
  let first: unknown;
  const take = async (source: AsyncIterable<Buffer>) => {
    try {
      for await (const one of readFrames(source)) await reading.take(one);
    } catch (error) {
      first = error;
      throw error;
    }
  };
  try {
    await pipeline(createReadStream(file), unsealing(), createGunzip(), take);
  } catch (error) {
    // Whichever part of the pipeline ends first, the others end with words about that and not about its reason.
    throw [first, error].find((one) => one !== undefined && !isConsequence(one)) ?? damaged();
  }
  return reading.manifest();
}

/** What zlib says of bytes that it did not write, and streams of neighbours that are gone. */
function isConsequence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^(Z_|ABORT_ERR|ERR_STREAM_PREMATURE)/.test(code);
}

function createReader(handlers: Handlers) {
  let header: Header | undefined;
  let manifest: Manifest | undefined;
  let table: TableHead | undefined;
  let hash = createHash('sha256');
  let bytes = 0;
  const found: (TableEnd & { readonly arrived: number | undefined })[] = [];

  async function endTable(): Promise<void> {
    if (!table) return;
    const end = await handlers.end(table);
    found.push({ ...table, bytes, sha256: hash.digest('hex'), rows: 0, arrived: end?.rows });
    table = undefined;
  }

  async function take({ type, payload }: Frame): Promise<void> {
    if (manifest || (type !== 'H' && !header)) throw damaged();
    if (type === 'H') header = fromJson<Header>(payload);
    else if (type === 'T') {
      await endTable();
      table = fromJson<TableHead>(payload);
      hash = createHash('sha256');
      bytes = 0;
      handlers.begin(table);
    } else if (type === 'D') {
      if (!table) throw damaged();
      hash.update(payload);
      bytes += payload.length;
      await handlers.rows(table, payload, bytes);
    } else {
      await endTable();
      manifest = fromJson<Manifest>(payload);
    }
  }

  return {
    take,
    manifest(): Manifest {
      if (!manifest || manifest.tables.length !== found.length) throw damaged();
      manifest.tables.forEach((said, index) => {
        const one = found[index];
        const isSame = one?.name === said.name && one.bytes === said.bytes && one.sha256 === said.sha256;
        if (!isSame || (one.arrived ?? said.rows) !== said.rows) throw damaged();
      });
      return manifest;
    },
  };
}
