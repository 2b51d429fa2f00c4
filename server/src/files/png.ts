/** PNG, chunk by chunk: those that draw are kept, by name; texts, times, EXIF and what nobody knows are left out. */
import { crc32 } from 'node:zlib';
import { checkSize, type Picture, refuse, slice } from './picture.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const KEPT: ReadonlySet<string> = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'bKGD', 'sBIT', 'pHYs', 'hIST'],
  // Colours.
  ...['gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI'],
  // Pictures that move.
  ...['acTL', 'fcTL', 'fdAT'],
]);
const HEADER_LENGTH = 13;

/** Throws FILE_REFUSED for what is no whole PNG. */
export function readPng(body: Buffer): Picture {
  if (!slice(body, 0, 8).equals(SIGNATURE)) refuse();
  const pieces: Buffer[] = [SIGNATURE];
  const header = chunkAt(body, 8);
  if (header.type !== 'IHDR' || header.data.length !== HEADER_LENGTH) refuse();
  const width = header.data.readUInt32BE(0);
  const height = header.data.readUInt32BE(4);
  checkSize(width, height);
  let hasPixels = false;
  for (let at = 8; ; ) {
    const { type, whole, data } = chunkAt(body, at);
    if (type === 'IHDR' && at !== 8) refuse();
    if (type === 'IDAT') hasPixels = true;
    // A chunk that is needed and that nobody knows: whatever this is, it is no picture.
    if (!KEPT.has(type) && /^[A-Z]/.test(type)) refuse();
    if (KEPT.has(type)) {
      if (type === 'fcTL') checkFrame(data, { width, height });
      pieces.push(checked(whole));
    }
    if (type === 'IEND') break;
    at += whole.length;
  }
  if (!hasPixels) refuse();
  return { pieces, width, height };
}

function chunkAt(body: Buffer, at: number): { type: string; whole: Buffer; data: Buffer } {
  const head = slice(body, at, 8);
  const length = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  if (!/^[A-Za-z]{4}$/.test(type)) refuse();
  const whole = slice(body, at, length + 12);
  return { type, whole, data: whole.subarray(8, 8 + length) };
}

function checked(whole: Buffer): Buffer {
  const end = whole.length - 4;
  if (crc32(whole.subarray(4, end)) !== whole.readUInt32BE(end)) refuse();
  return whole;
}

/** A frame of a moving picture lies within it. */
function checkFrame(data: Buffer, picture: { width: number; height: number }): void {
  if (data.length !== 26) refuse();
  const [width, height] = [data.readUInt32BE(4), data.readUInt32BE(8)];
  checkSize(width, height);
  if (width + data.readUInt32BE(12) > picture.width || height + data.readUInt32BE(16) > picture.height)
    refuse();
}
