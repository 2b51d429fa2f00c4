import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agreementOf } from './alike.ts';
import { converted, jsonLines } from './corpora.ts';
import { hashOf, readVerdicts } from './judged.ts';
import { poissonInterval } from './plain-pace.ts';
import { readZippedText } from './zip.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('reads the one text of a zip file, also behind an extra field', () => {
  expect(readZippedText(file('a.zip', zipOf('你好, zip')))).toBe('你好, zip');
});

test('says of a file that is no zip file that it is none', () => {
  expect(() => readZippedText(file('b.zip', 'PK? no'))).toThrow('is no zip file');
});

test('reads what agents wrote, with the customer’s words before it', () => {
  const lines = [
    { text: 'Where is it?', lang: 'en', role: 'customer' },
    { text: 'On its way.', lang: 'en', role: 'agent' },
    { text: '马上到。', lang: 'zh', role: 'agent' },
  ].map((line) => JSON.stringify(line));
  const path = file('c.jsonl', `${lines.join('\n')}\n`);
  expect(jsonLines(path)).toEqual([
    { name: path, lang: 'en', turns: [{ text: 'On its way.', before: 'Where is it?' }] },
    { name: path, lang: 'zh-Hans', turns: [{ text: '马上到。', before: 'Where is it?' }] },
  ]);
});

test('names the line that is not as it should be', () => {
  expect(() => jsonLines(file('d.jsonl', '{"text":"Hello","lang":"fr","role":"agent"}'))).toThrow('line 1');
});

test('a sentence keeps its hash in another case, width and link, and no other sentence has it', () => {
  const hash = hashOf('See  https://example.com/a now');
  expect(hashOf('see https://example.com/b NOW')).toBe(hash);
  expect(hashOf('see https://example.com/b later')).not.toBe(hash);
});

test('the judged file can be read, and knows nothing of what nobody has judged', () => {
  expect(readVerdicts()('no-such-rule', 'en', hashOf('no such sentence'))).toBeNull();
});

test('converts characters, and words where it is asked to', () => {
  expect(converted('软件', 's2t')).toBe('軟件');
  expect(converted('软件', 's2twp')).toBe('軟體');
});

/** A zip file with one deflated entry whose local header has an extra field that its directory entry has not. */
function zipOf(text: string): Buffer {
  const packed = deflateRawSync(Buffer.from(text, 'utf8'));
  const name = Buffer.from('val.json');
  const extra = Buffer.from([1, 2, 3, 4]);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  local.writeUInt16LE(extra.length, 28);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(30 + name.length + extra.length + packed.length, 16);
  return Buffer.concat([local, name, extra, packed, entry, name, end]);
}

test.each([
  [0, 0, 2.996],
  [1, 0.051, 4.744],
  [5, 1.97, 10.513],
  [20, 13.255, 29.062],
])(
  'the plain pace’s 90 %% limits for a count of %i are the exact ones to within a twentieth',
  (count, least, most) => {
    const [low, high] = poissonInterval(count);
    expect(low).toBeCloseTo(least, 1);
    expect(high).toBeCloseTo(most, 1);
  },
);

test('agreement is 1 where groups are the intents, 0 where they are chance, and known for one moved text', () => {
  const alone = agreementOf(['a', 'a', 'b', 'b'].map((intent) => [intent.toUpperCase(), intent]));
  expect(alone).toEqual({ rand: 1, pairs: 1, information: 1 });
  const together = agreementOf(['a', 'a', 'b', 'b'].map((intent) => ['one', intent]));
  expect(together.rand).toBe(0);
  expect(together.information).toBeCloseTo(0);
  // Four pairs found, four meant, one of them the same; of fifteen, so 16/15 by chance.
  const moved = agreementOf([
    ['x', 'a'],
    ['x', 'a'],
    ['x', 'b'],
    ['y', 'b'],
    ['z', 'b'],
    ['z', 'c'],
  ]);
  expect(moved.pairs).toBeCloseTo((2 * 1) / (4 + 4));
  expect(moved.rand).toBeCloseTo((1 - 16 / 15) / (4 - 16 / 15));
});
