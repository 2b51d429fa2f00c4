/** WebP, chunk by chunk, also within the frames of one that moves: EXIF, XMP and what nobody knows are left out. */
import { checkSize, orientationAlone, orientationIn, type Picture, refuse, slice } from './picture.ts';

const HEAD = 8;
const FRAME_HEAD = 16;
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

type Chunk = { readonly type: string; readonly whole: Buffer; readonly data: Buffer };

/** Throws FILE_REFUSED for what is no whole WebP. */
export function readWebp(body: Buffer): Picture {
  const header = slice(body, 0, 12);
  if (header.toString('latin1', 0, 4) !== 'RIFF' || header.toString('latin1', 8, 12) !== 'WEBP') refuse();
  // What hangs behind the length that it gives itself is not read.
  const chunks = chunksOf(slice(body, 12, header.readUInt32LE(4) - 4));
  const [first] = chunks;
  if (!first) return refuse();
  const { pieces, width, height } = first.type === 'VP8X' ? extended(first, chunks) : simple(first);
  checkSize(width, height);
  const riff = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  riff.writeUInt32LE(4 + lengthOf(pieces), 4);
  return { pieces: [riff, ...pieces], width, height };
}

function simple(first: Chunk): Picture {
  return { pieces: [first.whole], ...sizeOf(first) };
}

function extended(first: Chunk, chunks: readonly Chunk[]): Picture {
  if (first.data.length !== 10) refuse();
  const width = first.data.readUIntLE(4, 3) + 1;
  const height = first.data.readUIntLE(7, 3) + 1;
  const pieces: Buffer[] = [];
  let orientation = 1;
  let hasPixels = false;
  for (const chunk of chunks.slice(1)) {
    if (isPixels(chunk.type)) {
      const size = sizeOf(chunk);
      checkSize(size.width, size.height);
      hasPixels = true;
      pieces.push(chunk.whole);
    } else if (chunk.type === 'ANMF') {
      hasPixels = true;
      pieces.push(...frameOf(chunk));
    } else if (['ALPH', 'ANIM', 'ICCP'].includes(chunk.type)) pieces.push(chunk.whole);
    else if (chunk.type === 'EXIF') orientation = orientationIn(withoutName(chunk.data));
  }
  if (!hasPixels) refuse();
  const flags = Buffer.from(first.whole);
  flags[HEAD] = ((first.data[0] ?? 0) & ~HAS_EXIF & ~HAS_XMP) | (orientation === 1 ? 0 : HAS_EXIF);
  const exif =
    orientation === 1
      ? []
      : [chunkOf('EXIF', orientationAlone(orientation).length), orientationAlone(orientation)];
  return { pieces: [flags, ...pieces, ...exif], width, height };
}

/** Some programs write EXIF here as it stands in a JPEG. */
function withoutName(data: Buffer): Buffer {
  return data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data;
}

/** A frame is chunks within a chunk, and may hold strangers too. */
function frameOf({ data }: Chunk): Buffer[] {
  const kept = chunksOf(slice(data, FRAME_HEAD, data.length - FRAME_HEAD)).filter(
    ({ type }) => type === 'ALPH' || isPixels(type),
  );
  const pixels = kept.find(({ type }) => isPixels(type));
  if (!pixels) return refuse();
  const { width, height } = sizeOf(pixels);
  checkSize(width, height);
  const pieces = [data.subarray(0, FRAME_HEAD), ...kept.map(({ whole }) => whole)];
  return [chunkOf('ANMF', lengthOf(pieces)), ...pieces];
}

function isPixels(type: string): boolean {
  return type === 'VP8 ' || type === 'VP8L';
}

/** The size as the pixels themselves give it: a header before them may lie. */
function sizeOf({ type, data }: Chunk): { width: number; height: number } {
  if (type === 'VP8L') {
    const bits = slice(data, 1, 4).readUInt32LE(0);
    if (data[0] !== 0x2f) refuse();
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (type !== 'VP8 ') return refuse();
  const head = slice(data, 0, 10);
  const isKey = ((head[0] ?? 1) & 1) === 0 && head.readUIntBE(3, 3) === 0x9d012a;
  if (!isKey) refuse();
  return { width: head.readUInt16LE(6) & 0x3fff, height: head.readUInt16LE(8) & 0x3fff };
}

function chunksOf(body: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < body.length; ) {
    const head = slice(body, at, HEAD);
    const length = head.readUInt32LE(4);
    // Of an odd length, a byte follows that belongs to nobody.
    const whole = slice(body, at, HEAD + length + (length % 2));
    chunks.push({ type: head.toString('latin1', 0, 4), whole, data: whole.subarray(HEAD, HEAD + length) });
    at += whole.length;
  }
  return chunks;
}

function chunkOf(type: string, length: number): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(length, 4);
  return head;
}

function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
