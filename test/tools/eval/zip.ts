/** Reads a zip file with one entry: all that the data needs, without another dependency. */
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** The text of the first entry. Throws where the file is no zip file, or is packed in a way that nobody uses. */
export function readZippedText(file: string): string {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error(`${file} is no zip file`);
  const entry = bytes.readUInt32LE(end + 16);
  if (bytes.readUInt32LE(entry) !== DIRECTORY_ENTRY) throw new Error(`${file} has no first entry`);
  const method = bytes.readUInt16LE(entry + 10);
  const size = bytes.readUInt32LE(entry + 20);
  const header = bytes.readUInt32LE(entry + 42);
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + size);
  if (method === STORED) return packed.toString('utf8');
  if (method === DEFLATED) return inflateRawSync(packed).toString('utf8');
  throw new Error(`${file} is packed in a way that is not read here (${method})`);
}
