import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { openDefaultProfile } from '../support/browser.ts';
import { root } from '../support/root.ts';
import { weighChunks } from '../tools/size/chunks.ts';
import { bytesOf, type Weights, weigh, weighIn } from '../tools/size/weigh.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
let weights: Weights;

beforeAll(async () => {
  weights = await weigh(stage.browser, stage.desk);
});

describe('what the tag costs a host page', () => {
  test('before anybody opens the chat: one request, and nothing connected, stored or moved', () => {
    const { before, sockets, cookies, stored, layoutShift } = weights;
    expect(before.map((file) => file.path)).toEqual(['/w/demoshop.js']);
    expect({ sockets: sockets.before, cookies, stored, layoutShift }).toEqual({
      ...{ sockets: 0, cookies: 0, stored: 0, layoutShift: 0 },
    });
    expect(bytesOf(before)).toBeLessThanOrEqual(2_000);
  });

  test('to the first usable composer', () => {
    expect(weights.composer.length).toBeLessThanOrEqual(3);
    expect(bytesOf(weights.composer)).toBeLessThanOrEqual(12_000);
  });

  test('connected and idle', () => {
    expect(weights.sockets.idle).toBe(1);
    expect(bytesOf(weights.idle)).toBeLessThanOrEqual(20_000);
  });

  test('connected and idle where the frame may keep nothing itself, through the broker in the host page', async () => {
    const { context, close } = await openDefaultProfile([], {
      profile: { block_third_party_cookies: true, cookie_controls_mode: 1 },
    });
    try {
      const { idle, sockets } = await weighIn(context, stage.desk);
      expect(idle.map(({ path }) => path)).toContainEqual(expect.stringContaining('/broker-'));
      expect(sockets.idle).toBe(1);
      expect(bytesOf(idle)).toBeLessThanOrEqual(20_000);
    } finally {
      await close();
    }
  });

  test('later, in pieces: none is larger than its budget', async () => {
    const chunks = await weighChunks();
    expect(chunks.map(({ name }) => name)).toEqual(expect.arrayContaining(['calls', 'help', 'talk', 'lazy']));
    expect(chunks.filter(({ bytes, budget }) => bytes > budget)).toEqual([]);
  });

  test('is packed by the build, in both ways, under names that say what is in them', () => {
    const folder = join(root, 'widget/dist');
    const hashed = readdirSync(folder).filter((name) => /-[\w-]{6}\.js$/.test(name));
    expect(hashed.length).toBeGreaterThan(20);
    for (const name of hashed) {
      const plain = readFileSync(join(folder, name));
      expect(brotliDecompressSync(readFileSync(join(folder, `${name}.br`))).equals(plain), name).toBe(true);
      expect(gunzipSync(readFileSync(join(folder, `${name}.gz`))).equals(plain), name).toBe(true);
    }
  });

  test('is served by Brotli, all of it', () => {
    expect(weights.idle.map((file) => [file.path, file.encoding])).toEqual(
      weights.idle.map((file) => [file.path, 'br']),
    );
  });
});
