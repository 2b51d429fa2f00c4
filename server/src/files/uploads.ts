/** Files as they come in and go out: checked, stripped, stored in pieces; read in pieces again. */
import { createHash } from 'node:crypto';
import type { FileType, UploadedFile } from '@fullname/shared/files';
import { enqueue } from '../jobs/jobs.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import {
  type FileKey,
  type FileRow,
  insertChunk,
  insertFile,
  readChunk,
  readFileByKey,
  removeUnsent,
  touchFile,
} from '../store/files.ts';
import { checkFile } from './check.ts';
import { cleanName } from './names.ts';

export type { FileRow } from '../store/files.ts';
export { readSentFile } from '../store/files.ts';

/** As large as one piece is in memory while a file is written or read. */
const CHUNK_BYTES = 262_144;
const UNSENT_MS = 60 * 60 * 1_000;

export type Upload = FileKey & { readonly name: string; readonly type: FileType; readonly body: Buffer };

/**
 * Stores a file that nobody sees yet, with what removes it if it is not sent. A retry gives the same; FILE_REFUSED for what is
 * not what it is said to be, CONFLICT for another file under the same id.
 */
export async function takeUpload(db: Db, upload: Upload, now: () => number): Promise<UploadedFile> {
  const { conversation, sender, clientId, type } = upload;
  const { pieces, width, height } = checkFile(type, upload.body);
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
  }
  const at = new Date(now());
  const row = {
    ...{ conversation, sender, clientId, type, bytes, width, height, at },
    ...{ name: cleanName(upload.name, type), hash: hash.digest() },
  };
  const file = await oneAtATime(() =>
    db.transaction(async (tx) => {
      const id = await insertFile(tx, row);
      if (id === null) return null;
      let number = 0;
      for (const body of chunksOf(pieces)) {
        await insertChunk(tx, { file: id, number, body });
        number += 1;
      }
      await enqueue(tx, { name: 'file-forget', data: { file: id }, at: new Date(at.getTime() + UNSENT_MS) });
      return id;
    }),
  );
  if (file !== null) return { file, name: row.name, type, bytes, width, height };
  const known = await readFileByKey(db, row);
  if (!known?.hash.equals(row.hash)) throw new RelayError('CONFLICT');
  return uploaded(known);
}

/** What was uploaded under this key, kept for the moment in which it is sent. UNKNOWN when it is not there, or somebody else's. */
export async function holdUpload(db: Db, key: FileKey, wanted: { file: string; at: Date }): Promise<FileRow> {
  const row = await touchFile(db, key, wanted);
  if (!row) throw new RelayError('UNKNOWN');
  return row;
}

/** The pieces of a stored file, one after the other. */
export async function* piecesOf(db: Db, file: string): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const piece = await readChunk(db, file, number);
    if (!piece) return;
    yield piece;
  }
}

/** A job: an hour has passed since the upload. One that was about to be sent just now is looked at once more. */
export async function forgetUnsent(db: Db, file: string, now: () => number): Promise<void> {
  const touched = await removeUnsent(db, file, new Date(now() - UNSENT_MS));
  if (!touched) return;
  const at = new Date(touched.getTime() + UNSENT_MS);
  await db.transaction((tx) =>
    enqueue(tx, { name: 'file-forget', data: { file }, at, key: `${file} ${at.getTime()}` }),
  );
}

function uploaded({ id, name, type, bytes, width, height }: FileRow): UploadedFile {
  return { file: id, name, type, bytes, width, height };
}

/** Of equal length, but for the last one. */
function* chunksOf(pieces: readonly Buffer[]): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + CHUNK_BYTES - length);
      waiting.push(part);
      length += part.length;
      at += part.length;
      if (length < CHUNK_BYTES) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** A file takes one of the store's connections for as long as its disk needs: messages must find the others free. */
let last: Promise<unknown> = Promise.resolve();
function oneAtATime<Value>(write: () => Promise<Value>): Promise<Value> {
  const mine = last.then(write, write);
  last = mine;
  return mine;
}
