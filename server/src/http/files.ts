/** Files of a built front end, in memory, compressed once. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';

export type BuiltFile = {
  readonly body: Buffer;
  readonly type: string;
  readonly br: Buffer;
  readonly gzip: Buffer;
  readonly etag: string;
};

export type Folder = {
  /** The file, or null where there is none of this name or kind. */
  read(name: string): Promise<BuiltFile | null>;
};

/**
 * Opens a folder of built files. `watch`: looks at each request whether a file has changed; otherwise a file is read once,
 * and new ones are found when they are asked for. `other` gives what is not in the folder, a file of another release.
 */
export function openFolder(
  path: string,
  { watch, other }: { readonly watch: boolean; readonly other: (name: string) => Promise<Buffer | null> },
): Folder {
  const files = new Map<string, { readonly changed: number; readonly file: Promise<BuiltFile> }>();
  const asked = new Map<string, Promise<BuiltFile | null>>();
  const fetchOther = async (name: string, type: string): Promise<BuiltFile | null> => {
    const body = await other(name);
    if (!body) return null;
    const file = makeFile(body, type);
    files.set(name, { changed: 0, file });
    return file;
  };
  /** Pages of the release before come back all at once when relays are replaced: one question, and one compression, for all. */
  const readOther = (name: string, type: string): Promise<BuiltFile | null> => {
    const answer = asked.get(name) ?? fetchOther(name, type).finally(() => asked.delete(name));
    asked.set(name, answer);
    return answer;
  };
  return {
    async read(name) {
      const type = TYPES[extname(name)];
      if (type === undefined || !SAFE_NAME.test(name)) return null;
      const known = files.get(name);
      if (known && !watch) return known.file;
      const changed = await changedAt(join(path, name));
      if (changed === null) return readOther(name, type);
      if (known?.changed === changed) return known.file;
      const file = readBuilt(join(path, name), type);
      files.set(name, { changed, file });
      // A file that vanished in between is not remembered as broken.
      file.catch(() => files.delete(name));
      return file;
    },
  };
}

/** A body made here, such as the embed with its settings, as a file. */
export async function makeFile(body: Buffer, type: string): Promise<BuiltFile> {
  const [br, gzipped] = await Promise.all([brotliOf(body), promisify(gzip)(body, { level: 9 })]);
  return { body, type, br, gzip: gzipped, etag: etagOf(body) };
}

/** Sends a file in the best encoding the browser takes, or 304. `headers` are part of what the ETag stands for. */
export function sendFile(
  { request, response }: { readonly request: Request; readonly response: Response },
  file: BuiltFile,
  headers: Readonly<Record<string, string>>,
): void {
  const etag = etagOf(Buffer.from(file.etag + JSON.stringify(headers)));
  response.set({ ...headers, ETag: etag, Vary: 'Accept-Encoding' });
  if (request.headers['if-none-match']?.includes(etag)) {
    response.status(304).end();
    return;
  }
  const encoding = bestEncoding(request.headers['accept-encoding']);
  if (encoding) response.set('Content-Encoding', encoding);
  response.set('Content-Type', file.type);
  response.end(encoding ? file[encoding] : file.body);
}

/** One folder deep at most, no dot files, no way out. */
const SAFE_NAME = /^([A-Za-z0-9_-]+\/)?[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

async function changedAt(path: string): Promise<number | null> {
  try {
    const file = await stat(path);
    return file.isFile() ? file.mtimeMs : null;
  } catch {
    return null;
  }
}

async function readBuilt(path: string, type: string): Promise<BuiltFile> {
  const body = await readFile(path);
  const [br, gz] = await Promise.all([beside(`${path}.br`), beside(`${path}.gz`)]);
  if (!br || !gz) return makeFile(body, type);
  return { body, type, br, gzip: gz, etag: etagOf(body) };
}

/** The build leaves compressed copies beside its files. */
async function beside(path: string): Promise<Buffer | null> {
  return readFile(path).catch(() => null);
}

function brotliOf(body: Buffer): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return promisify(brotliCompress)(body, { params });
}

/** Weak: the same file goes out in several encodings. */
function etagOf(body: Buffer): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

function bestEncoding(header: string | string[] | undefined): 'br' | 'gzip' | null {
  const accepted = String(header ?? '')
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : null;
}
