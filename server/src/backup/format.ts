/**
 * A backup file: a line that names the format, then gzip of frames (header, tables, manifest), then 32 bytes, the SHA-256 of all
 * before them. So one flipped byte anywhere is found, also where gzip would not look, and a file that was cut short has no end.
 */
import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/** A backup that cannot be used, or a place that cannot take it. The message is one sentence with the remedy. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

const MAGIC = Buffer.from('FULLNAME-BACKUP 1\n');
const DIGEST_BYTES = 32;

type Migration = { readonly hash: string; readonly at: number };

export type Header = {
  /** ISO 8601: the moment of the snapshot, by the database's clock. */
  readonly at: string;
  /** All that the store had gone through, oldest first. */
  readonly migrations: readonly Migration[];
};

export type TableHead = { readonly name: string; readonly columns: readonly string[] };
export type TableEnd = TableHead & { readonly rows: number; readonly bytes: number; readonly sha256: string };
export type Manifest = Header & { readonly tables: readonly TableEnd[] };

/** H: header, T: a table begins, D: some of its rows as COPY text, M: manifest. */
export type FrameType = 'H' | 'T' | 'D' | 'M';
export type Frame = { readonly type: FrameType; readonly payload: Buffer };

export function frame(type: FrameType, payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

export function jsonFrame(type: FrameType, value: unknown): Buffer {
  return frame(type, Buffer.from(JSON.stringify(value)));
}

export function fromJson<Value>(payload: Buffer): Value {
  try {
    return JSON.parse(payload.toString()) as Value;
  } catch {
    throw damaged();
  }
}

/** The frames in a decompressed stream. Throws `BackupError` for one that is cut short or is none. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let from = 0;
    while (held.length - from >= 5) {
      const end = from + 5 + held.readUInt32BE(from + 1);
      if (end - from > FRAME_MAX_BYTES) throw damaged();
      if (held.length < end) break;
      const type = held.toString('latin1', from, from + 1) as FrameType;
      if (!'HTDM'.includes(type)) throw damaged();
      yield { type, payload: held.subarray(from + 5, end) };
      from = end;
    }
    held = held.subarray(from);
  }
  if (held.length > 0) throw damaged();
}

/** What is read of one frame into memory; COPY gives far less at once, and a damaged length must not fill it. */
const FRAME_MAX_BYTES = 512 * 1024 * 1024;

/** Puts the first line before and the digest after what passes through. */
export function sealing(): Transform {
  const hash = createHash('sha256').update(MAGIC);
  let begun = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      if (!begun) this.push(MAGIC);
      begun = true;
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done: TransformCallback) {
      done(null, hash.digest());
    },
  });
}

/** Takes both away again; ends with `BackupError` where they do not fit what is between them. */
export function unsealing(): Transform {
  const hash = createHash('sha256').update(MAGIC);
  let held: Buffer = Buffer.alloc(0);
  let begun = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      held = Buffer.concat([held, chunk]);
      if (!begun) {
        if (held.length < MAGIC.length) return done();
        const first = held.subarray(0, MAGIC.length);
        if (!first.equals(MAGIC)) return done(notABackup(first));
        held = held.subarray(MAGIC.length);
        begun = true;
      }
      const ready = held.subarray(0, Math.max(0, held.length - DIGEST_BYTES));
      held = Buffer.from(held.subarray(ready.length));
      hash.update(ready);
      done(null, ready);
    },
    flush(done: TransformCallback) {
      if (begun && held.equals(hash.digest())) done();
      else done(damaged());
    },
  });
}

export function damaged(): BackupError {
  return new BackupError(
    'This backup is damaged or was cut short, so nothing was restored: fetch the file again, or take another backup.',
  );
}

function notABackup(first: Buffer): BackupError {
  return first.toString('latin1').startsWith('FULLNAME-BACKUP')
    ? new BackupError(
        'This backup was written by another release in another format: restore it with the release that wrote it.',
      )
    : new BackupError(
        'This file is no backup, or its first bytes are damaged: name one that npm run backup has written.',
      );
}
