import type { FileType } from '@fullname/shared/files';
import { describe, expect, test } from 'vitest';
import { checkFile } from '../../server/src/files/check.ts';
import { cleanName, disposition } from '../../server/src/files/names.ts';
import { orientationIn } from '../../server/src/files/picture.ts';
import {
  exif,
  GIF,
  JPEG,
  PDF,
  PLACE,
  PNG,
  pngChunk,
  pngOf,
  riff,
  riffChunk,
  TEXT,
  WEBP,
  WEBP_PIXELS,
  withBlocks,
  withChunks,
  withSegments,
} from '../support/pictures.ts';

const SAMPLES: readonly (readonly [FileType, Buffer])[] = [
  ['image/jpeg', JPEG],
  ['image/png', PNG],
  ['image/gif', GIF],
  ['image/webp', WEBP],
  ['application/pdf', PDF],
  ['text/plain', TEXT],
];

/** What is stored of a file. */
function kept(type: FileType, body: Buffer): Buffer {
  return Buffer.concat(checkFile(type, body).pieces);
}

function refusal(type: FileType, body: Buffer): string {
  try {
    checkFile(type, body);
    return 'taken';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

describe('a file that is what it says', () => {
  test.each(SAMPLES)('%s is taken, with nothing lost', (type, body) => {
    expect(kept(type, body).equals(body)).toBe(true);
  });

  test.each([
    ['image/jpeg', JPEG, 8, 6],
    ['image/png', PNG, 8, 6],
    ['image/webp', WEBP, 8, 6],
    ['image/gif', GIF, 1, 1],
  ] as const)('%s tells its size', (type, body, width, height) => {
    expect(checkFile(type, body)).toMatchObject({ width, height });
  });

  test('what was stripped once is the same when it is stripped again', () => {
    const once = kept('image/jpeg', withSegments([0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])]));
    expect(kept('image/jpeg', once).equals(once)).toBe(true);
  });
});

const PAGE = Buffer.from('<!doctype html><script>alert(1)</script>');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const ZIP = Buffer.from('504b0304140000000800', 'hex');
const EXE = Buffer.from('4d5a90000300000004000000ffff0000', 'hex');
const SCRIPT = Buffer.from('GIF89a/*\x01\x00\x80\x00\x00*/=1;alert(1)//;', 'latin1');

function changed(body: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(body);
  copy[at] = byte;
  return copy;
}

describe('a forgery is refused', () => {
  const others = SAMPLES.flatMap(([said]) =>
    SAMPLES.filter(([type]) => type !== said && !(said === 'text/plain' && type === 'text/plain')).map(
      ([is, body]) => [said, is, body] as const,
    ),
  );
  test.each(others)('%s that is %s', (said, _is, body) => {
    expect(refusal(said, body)).toBe('FILE_REFUSED');
  });

  test.each<[string, FileType, Buffer]>([
    ['nothing at all', 'text/plain', Buffer.alloc(0)],
    ['a page as a picture', 'image/png', PAGE],
    ['a page behind the first bytes of a picture', 'image/png', Buffer.concat([PNG.subarray(0, 8), PAGE])],
    ['a page as text', 'text/plain', PAGE],
    [
      'a page as text, behind a mark and spaces',
      'text/plain',
      Buffer.concat([Buffer.from('\ufeff \n'), PAGE]),
    ],
    ['a page as text, behind a comment', 'text/plain', Buffer.concat([Buffer.from('<!-- x -->'), PAGE])],
    ['SVG as a picture', 'image/webp', SVG],
    ['SVG as text', 'text/plain', SVG],
    ['XML as text', 'text/plain', Buffer.from('<?xml version="1.0"?><svg/>')],
    ['PHP as text', 'text/plain', Buffer.from('<?php system("id");')],
    ['a program as text', 'text/plain', EXE],
    ['a program as a picture', 'image/gif', EXE],
    ['an archive as text', 'text/plain', ZIP],
    ['an archive as PDF', 'application/pdf', ZIP],
    ['a script that begins as a GIF', 'image/gif', SCRIPT],
    ['text in UTF-16', 'text/plain', Buffer.from('hello', 'utf16le')],
    ['text in Latin-1', 'text/plain', Buffer.from('café', 'latin1')],
    ['text with a NUL', 'text/plain', Buffer.from('a\0b')],
    ['text with an escape', 'text/plain', Buffer.from('\x1b[2Jgone')],
    ['PDF that begins later', 'application/pdf', Buffer.concat([Buffer.from('x'), PDF])],
    ['PDF without an end', 'application/pdf', PDF.subarray(0, 30)],
    ['JPEG that is cut off', 'image/jpeg', JPEG.subarray(0, JPEG.length - 2)],
    ['JPEG of three bytes', 'image/jpeg', JPEG.subarray(0, 3)],
    ['JPEG with a segment that is longer than the file', 'image/jpeg', changed(JPEG, 4, 0xff)],
    ['JPEG without a picture', 'image/jpeg', Buffer.from('ffd8ffd9', 'hex')],
    ['JPEG with two frames', 'image/jpeg', withSegments([0xc0, Buffer.from('0800060008010111', 'hex')])],
    ['JPEG of no height', 'image/jpeg', changed(changed(JPEG, heightAt(), 0), heightAt() + 1, 0)],
    ['PNG with a chunk that does not add up', 'image/png', changed(PNG, 45, 0xff)],
    ['PNG that is cut off', 'image/png', PNG.subarray(0, PNG.length - 12)],
    ['PNG with an unknown chunk that is needed', 'image/png', withChunks(pngChunk('EVIL', PAGE))],
    ['PNG with two headers', 'image/png', withChunks(PNG.subarray(8, 33))],
    ['GIF that is cut off', 'image/gif', GIF.subarray(0, GIF.length - 1)],
    ['GIF without a frame', 'image/gif', Buffer.concat([GIF.subarray(0, 19), GIF.subarray(-1)])],
    ['WebP that is another RIFF', 'image/webp', Buffer.from('524946460400000057415645', 'hex')],
    ['WebP that is longer than it says it is', 'image/webp', WEBP.subarray(0, 40)],
    ['WebP of a header alone', 'image/webp', riff(WEBP.subarray(12, 30))],
  ])('%s', (_, type, body) => {
    expect(refusal(type, body)).toBe('FILE_REFUSED');
  });

  test.each<[string, FileType, Buffer]>([
    ['PNG', 'image/png', pngOf(50_000, 50_000)],
    ['PNG, by a little', 'image/png', pngOf(10_001, 5_000)],
    ['JPEG', 'image/jpeg', changed(changed(JPEG, heightAt(), 0xff), heightAt() + 2, 0xff)],
    ['GIF', 'image/gif', changed(changed(GIF, 7, 0xff), 9, 0xff)],
    ['GIF, in a frame', 'image/gif', changed(changed(GIF, 33, 0xff), 35, 0xff)],
    ['WebP, in its header', 'image/webp', changed(changed(WEBP, 26, 0xff), 29, 0xff)],
    ['WebP, in its pixels', 'image/webp', hugePixels()],
  ])('a %s of more pixels than can be drawn', (_, type, body) => {
    expect(refusal(type, body)).toBe('FILE_REFUSED');
  });

  test('and as many as can be drawn are taken', () => {
    expect(refusal('image/png', pngOf(10_000, 5_000))).toBe('taken');
  });
});

describe('what says more than the picture is gone', () => {
  const place = Buffer.from(PLACE);
  const named = (name: string) => Buffer.concat([Buffer.from(`${name}\0`), place]);
  const tiff = exif(1);
  const loop = Buffer.from('21ff0b4e45545343415045322e3003010000 00'.replace(' ', ''), 'hex');
  const note = Buffer.concat([Buffer.from([0x21, 0xfe, place.length]), place, Buffer.from([0])]);
  const program = Buffer.concat([
    Buffer.from('21ff0b', 'hex'),
    Buffer.from('XMP DataXMP'),
    Buffer.from([place.length]),
    ...[place, Buffer.from([0])],
  ]);
  const frame = riffChunk('ANMF', Buffer.concat([Buffer.alloc(16), WEBP_PIXELS, riffChunk('XTRA', place)]));
  const moving = riffChunk('VP8X', Buffer.from('0e000000070000050000', 'hex'));

  test.each<[string, FileType, Buffer]>([
    ['JPEG EXIF', 'image/jpeg', withSegments([0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff])])],
    ['JPEG XMP', 'image/jpeg', withSegments([0xe1, named('http://ns.adobe.com/xap/1.0/')])],
    ['JPEG IPTC', 'image/jpeg', withSegments([0xed, named('Photoshop 3.0')])],
    ['JPEG comment', 'image/jpeg', withSegments([0xfe, place])],
    ['JPEG further pictures', 'image/jpeg', withSegments([0xe2, named('MPF')])],
    ['JPEG thumbnail', 'image/jpeg', withSegments([0xe0, named('JFXX')])],
    ['JPEG with a tail', 'image/jpeg', Buffer.concat([JPEG, place])],
    ['PNG text', 'image/png', withChunks(pngChunk('tEXt', named('Comment')))],
    ['PNG international text', 'image/png', withChunks(pngChunk('iTXt', named('XML:com.adobe.xmp')))],
    ['PNG compressed text', 'image/png', withChunks(pngChunk('zTXt', named('Comment')))],
    ['PNG EXIF', 'image/png', withChunks(pngChunk('eXIf', tiff))],
    ['PNG time', 'image/png', withChunks(pngChunk('tIME', place))],
    ['PNG chunk of nobody', 'image/png', withChunks(pngChunk('prVt', place))],
    ['PNG with a tail', 'image/png', Buffer.concat([PNG, place])],
    ['GIF comment', 'image/gif', withBlocks(loop, note)],
    ['GIF of a program', 'image/gif', withBlocks(program)],
    ['GIF with a tail', 'image/gif', Buffer.concat([GIF, place])],
    ['WebP EXIF', 'image/webp', riff(WEBP.subarray(12), riffChunk('EXIF', tiff))],
    ['WebP XMP', 'image/webp', riff(WEBP.subarray(12), riffChunk('XMP ', place))],
    ['WebP chunk of nobody', 'image/webp', riff(WEBP.subarray(12), riffChunk('XTRA', place))],
    ['WebP within a frame', 'image/webp', riff(moving, riffChunk('ANIM', Buffer.alloc(6)), frame)],
    ['WebP with a tail', 'image/webp', Buffer.concat([WEBP, place])],
  ])('%s', (_, type, body) => {
    expect(body.includes('47.3769')).toBe(true);
    const after = kept(type, body);
    expect(after.includes('47.3769')).toBe(false);
    // And a picture is left of it.
    expect(refusal(type, after)).toBe('taken');
  });

  test('a GIF goes on beginning again', () => {
    expect(kept('image/gif', withBlocks(loop)).includes('NETSCAPE2.0')).toBe(true);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'and the picture still stands as it did: orientation %i',
    (orientation) => {
      for (const order of ['II', 'MM'] as const) {
        const body = withSegments([0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(orientation, order)])]);
        const after = kept('image/jpeg', body);
        const at = after.indexOf('Exif\0\0', 0, 'latin1');
        expect(at < 0 ? 1 : orientationIn(after.subarray(at + 6))).toBe(orientation);
        const webp = kept('image/webp', riff(WEBP.subarray(12), riffChunk('EXIF', exif(orientation, order))));
        const chunk = webp.indexOf('EXIF');
        expect(chunk < 0 ? 1 : orientationIn(webp.subarray(chunk + 8))).toBe(orientation);
        // The flag in the header says whether there is one.
        expect(((webp[20] ?? 0) & 0x08) !== 0).toBe(orientation !== 1);
      }
    },
  );

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['an offset beyond its end', Buffer.from('49492a00ffffffff00000000000000', 'hex')],
    ['more entries than bytes', Buffer.from('49492a0008000000ffff00000000', 'hex')],
    ['no known order', Buffer.from('XX*\0\0\0\0\0\0\0\0\0\0\0\0\0')],
  ])('EXIF of %s turns nothing', (_, tiff) => {
    expect(orientationIn(tiff)).toBe(1);
  });
});

describe('a name', () => {
  test.each<[string, FileType, string]>([
    ['rose.jpg', 'image/jpeg', 'rose.jpg'],
    ['ROSE.JPEG', 'image/jpeg', 'ROSE.JPEG'],
    ['invoice.exe', 'image/png', 'invoice.exe.png'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['../../etc/passwd', 'text/plain', 'passwd.txt'],
    ['C:\\Users\\Rosa\\cat.png', 'image/png', 'cat.png'],
    ['photo\u202egpj.exe', 'image/jpeg', 'photogpj.exe.jpg'],
    ['a\u0000b\r\nSet-Cookie: x.pdf', 'application/pdf', 'abSet-Cookie_ x.pdf'],
    ['"quoted".png', 'image/png', '_quoted_.png'],
    ['.png', 'image/png', 'png.png'],
    ['', 'image/gif', 'file.gif'],
    ['...', 'image/gif', 'file.gif'],
    ['花束 の写真.webp', 'image/webp', '花束 の写真.webp'],
    ['card 4242 4242 4242 4242.txt', 'text/plain', 'card •••• •••• •••• 4242.txt'],
  ])('%j as %s is %j', (given, type, name) => {
    expect(cleanName(given, type)).toBe(name);
  });

  test('is never longer than it may be, and keeps its ending', () => {
    const name = cleanName(`${'🌷'.repeat(200)}.png`, 'image/png');
    expect(name.length).toBeLessThanOrEqual(120);
    expect(name).toMatch(/^(🌷)+\.png$/u);
  });

  test('stays one header, whatever it holds', () => {
    expect(disposition('Ünïcode (1).pdf')).toBe(
      `attachment; filename="_n_code (1).pdf"; filename*=UTF-8''%C3%9Cn%C3%AFcode%20%281%29.pdf`,
    );
  });
});

/** Where the height stands in the JPEG's frame. */
function heightAt(): number {
  return JPEG.indexOf(Buffer.from([0xff, 0xc0])) + 5;
}

function hugePixels(): Buffer {
  const pixels = Buffer.from(WEBP_PIXELS);
  pixels.writeUInt16LE(16_383, 14);
  pixels.writeUInt16LE(16_383, 16);
  return riff(WEBP.subarray(12, WEBP.indexOf('VP8 ', 20)), pixels);
}
