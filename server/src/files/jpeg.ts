/**
 * JPEG, marker by marker. What is needed to draw it is kept, by name; all else is left out: EXIF with its places and thumbnails,
 * XMP, IPTC, comments, makers' own, and whatever hangs behind the end.
 */
import { checkSize, orientationAlone, orientationIn, type Picture, refuse, slice } from './picture.ts';

const START = Buffer.from([0xff, 0xd8]);
const END = 0xd9;
const SCAN = 0xda;
const APP0 = 0xe0;
const APP15 = 0xef;
const COMMENT = 0xfe;
const LINES = 0xdc;
/** Huffman tables, arithmetic conditioning, quantisation, restart interval. */
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xcc, 0xdb, 0xdd]);
const HEAD = 4;

/** Throws FILE_REFUSED for what is no whole JPEG. */
export function readJpeg(body: Buffer): Picture {
  if (!slice(body, 0, 2).equals(START)) refuse();
  const kept: Buffer[] = [];
  let jfif: Buffer | null = null;
  let orientation = 1;
  let size: { width: number; height: number } | null = null;
  let scans = 0;
  let at = 2;
  for (;;) {
    at = skipFill(body, at);
    const marker = slice(body, at, 2)[1] ?? 0;
    if (marker === END) {
      kept.push(slice(body, at, 2));
      break;
    }
    const segment = segmentAt(body, at);
    const data = segment.subarray(HEAD);
    at += segment.length;
    if (isFrame(marker)) {
      if (size || data.length < 6) refuse();
      size = { height: data.readUInt16BE(1), width: data.readUInt16BE(3) };
      checkSize(size.width, size.height);
      kept.push(segment);
    } else if (marker === SCAN) {
      if (!size) refuse();
      const end = endOfScan(body, at);
      kept.push(segment, body.subarray(at, end));
      at = end;
      scans += 1;
    } else if (TABLES.has(marker)) kept.push(segment);
    else if (marker >= APP0 && marker <= APP15) {
      if (marker === APP0) jfif ??= withoutThumbnail(data);
      else if (isForColours(marker, data)) kept.push(segment);
      else if (startsWith(data, 'Exif\0\0')) orientation = orientationIn(data.subarray(6));
    } else if (marker !== COMMENT && marker !== LINES) refuse();
  }
  if (!size || scans === 0) refuse();
  const exif = orientation === 1 ? [] : [exifOf(orientation)];
  return { pieces: [START, ...(jfif ? [jfif] : []), ...exif, ...kept], ...size };
}

/** Any number of 0xff may stand before a marker. */
function skipFill(body: Buffer, from: number): number {
  let at = from;
  if (body[at] !== 0xff) refuse();
  while (body[at + 1] === 0xff) at += 1;
  return at;
}

function segmentAt(body: Buffer, at: number): Buffer {
  const length = slice(body, at, HEAD).readUInt16BE(2);
  if (length < 2) refuse();
  return slice(body, at, length + 2);
}

/** SOF0 to SOF15; among their numbers stand two kinds of tables and one that means nothing. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Where the coded data end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(body: Buffer, from: number): number {
  for (let at = body.indexOf(0xff, from); at >= 0; at = body.indexOf(0xff, at)) {
    const next = body[at + 1];
    if (next === undefined) break;
    if (next === 0xff) at += 1;
    else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at += 2;
    else return at;
  }
  return refuse();
}

/** Colour profiles (APP2), and Adobe's word on which colours the numbers are (APP14). */
function isForColours(marker: number, data: Buffer): boolean {
  return (
    (marker === 0xe2 && startsWith(data, 'ICC_PROFILE\0')) || (marker === 0xee && startsWith(data, 'Adobe'))
  );
}

/** JFIF may hold a thumbnail, of the picture as it was before it was cut. */
function withoutThumbnail(data: Buffer): Buffer | null {
  if (!startsWith(data, 'JFIF\0') || data.length < 14) return null;
  const segment = Buffer.from([0xff, APP0, 0, 16, ...data.subarray(0, 14)]);
  segment.fill(0, 16);
  return segment;
}

function exifOf(orientation: number): Buffer {
  const tiff = orientationAlone(orientation);
  const head = Buffer.from('\xff\xe1\0\0Exif\0\0', 'latin1');
  head.writeUInt16BE(tiff.length + 8, 2);
  return Buffer.concat([head, tiff]);
}

function startsWith(data: Buffer, text: string): boolean {
  return data.toString('latin1', 0, text.length) === text;
}
