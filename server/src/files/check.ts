/** Whether a file is what it is said to be, by its bytes; and what of it is kept. */
import { isUtf8 } from 'node:buffer';
import type { FileType } from '@fullname/shared/files';
import { readGif } from './gif.ts';
import { readJpeg } from './jpeg.ts';
import { refuse } from './picture.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

export type Checked = {
  /** To be stored, in this order. */
  readonly pieces: readonly Buffer[];
  readonly width: number | null;
  readonly height: number | null;
};

/** Throws FILE_REFUSED. Reads the whole of it: a name and a first few bytes are easily forged. */
export function checkFile(type: FileType, body: Buffer): Checked {
  if (body.length === 0) refuse();
  return READERS[type](body);
}

const READERS: Readonly<Record<FileType, (body: Buffer) => Checked>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/gif': readGif,
  'image/webp': readWebp,
  'application/pdf': readPdf,
  'text/plain': readText,
};

const TAIL = 2_048;

/** As it is: what it holds is its author's, and is drawn by a program that the reader chose. */
function readPdf(body: Buffer): Checked {
  if (!/^%PDF-[12]\.\d/.test(body.toString('latin1', 0, 8))) refuse();
  if (!body.toString('latin1', Math.max(0, body.length - TAIL)).includes('%%EOF')) refuse();
  return { pieces: [body], width: null, height: null };
}

const HEAD = 1_024;
/** Where a document of markup begins, as browsers that guess would see it; and files of other kinds that are made of letters. */
const NOT_PLAIN =
  /^\s*(<(!doctype|!--|\?xml|\?php|%|(html|head|title|body|script|iframe|svg|style|meta|table|img|link|object|embed|form|div|br|p|a|h1|b|font|math)[\s/>])|%pdf-|%!ps|gif8[79]a|riff....webp)/i;

/** UTF-8 without control characters; not the first lines of a page. */
function readText(body: Buffer): Checked {
  if (!isUtf8(body)) refuse();
  for (const byte of body) if (byte < 0x20 ? !SPACES.has(byte) : byte === 0x7f) refuse();
  if (NOT_PLAIN.test(body.toString('utf8', 0, HEAD).replace(/^\ufeff/, ''))) refuse();
  return { pieces: [body], width: null, height: null };
}

/** Tab, line feed, form feed, carriage return. */
const SPACES: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d]);
