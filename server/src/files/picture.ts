/** What the readers of the four kinds of pictures have in common. */
import { RelayError } from '../relay-error.ts';

/**
 * A picture that was looked through: pieces of what came in, without what says more than the picture shows, and its size as
 * it lies in the file. The pieces are views, so that a file lies in memory once.
 */
export type Picture = { readonly pieces: readonly Buffer[]; readonly width: number; readonly height: number };

/** Some kilobytes can unfold to as many pixels as they like; a browser gives each four bytes. Cameras stop short of this. */
const PIXELS_MAX = 50_000_000;

export function refuse(): never {
  throw new RelayError('FILE_REFUSED');
}

/** Throws FILE_REFUSED for a picture of no size, or of more pixels than a phone can draw. */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width * height > PIXELS_MAX) refuse();
}

/** Bytes within a file, or FILE_REFUSED where it ends before them. */
export function slice(body: Buffer, from: number, length: number): Buffer {
  if (from + length > body.length) refuse();
  return body.subarray(from, from + length);
}

const ORIENTATION = 0x0112;
const SHORT = 3;

/** The orientation that EXIF (its TIFF part) gives, 1 to 8; 1, upright, where it gives none that can be read. */
export function orientationIn(tiff: Buffer): number {
  const order = tiff.toString('latin1', 0, 2);
  if ((order !== 'II' && order !== 'MM') || tiff.length < 14) return 1;
  const isLittle = order === 'II';
  const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return 1;
  const count = short(first);
  for (let index = 0; index < count; index += 1) {
    const at = first + 2 + index * 12;
    if (at + 12 > tiff.length) return 1;
    if (short(at) !== ORIENTATION || short(at + 2) !== SHORT) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** EXIF's TIFF part with the orientation and nothing else: without it a phone's upright picture lies on its side. */
export function orientationAlone(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(SHORT, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}
