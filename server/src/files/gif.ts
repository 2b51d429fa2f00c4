/** GIF, block by block: frames, how long each stands, and whether it begins again; comments and other programs' notes are left out. */
import { checkSize, type Picture, refuse, slice } from './picture.ts';

const HEADER_LENGTH = 13;
const EXTENSION = 0x21;
const FRAME = 0x2c;
const TRAILER = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;
const LOOPS: ReadonlySet<string> = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

/** Throws FILE_REFUSED for what is no whole GIF. */
export function readGif(body: Buffer): Picture {
  const header = slice(body, 0, HEADER_LENGTH);
  if (!/^GIF8[79]a$/.test(header.toString('latin1', 0, 6))) refuse();
  let width = header.readUInt16LE(6);
  let height = header.readUInt16LE(8);
  const pieces = [slice(body, 0, HEADER_LENGTH + tableLength(header[10] ?? 0))];
  let frames = 0;
  let at = pieces[0]?.length ?? 0;
  for (;;) {
    const kind = slice(body, at, 1)[0];
    if (kind === TRAILER) {
      pieces.push(slice(body, at, 1));
      break;
    }
    let end: number;
    if (kind === FRAME) {
      const head = slice(body, at, 10);
      width = Math.max(width, head.readUInt16LE(1) + head.readUInt16LE(5));
      height = Math.max(height, head.readUInt16LE(3) + head.readUInt16LE(7));
      // A byte with the length of the codes stands before the first block.
      end = endOfBlocks(body, at + 10 + tableLength(head[9] ?? 0) + 1);
      frames += 1;
      pieces.push(body.subarray(at, end));
    } else if (kind === EXTENSION) {
      const label = slice(body, at, 2)[1];
      end = endOfBlocks(body, at + 2);
      const block = body.subarray(at, end);
      if (label === CONTROL || (label === APPLICATION && isLoop(block))) pieces.push(block);
    } else return refuse();
    at = end;
  }
  if (frames === 0) refuse();
  checkSize(width, height);
  return { pieces, width, height };
}

/** Of a table of colours, which the flags before it announce. */
function tableLength(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

function endOfBlocks(body: Buffer, from: number): number {
  for (let at = from; ; ) {
    const length = slice(body, at, 1)[0] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** How often it begins again, and nothing else: 0x21 0xff, eleven letters, three bytes, the end. */
function isLoop(block: Buffer): boolean {
  return (
    block.length === 19 && block[2] === 11 && block[14] === 3 && LOOPS.has(block.toString('latin1', 3, 14))
  );
}
