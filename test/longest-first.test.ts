import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import LongestFirst from './support/longest-first.ts';
import { root } from './support/root.ts';

/** As Vitest gives them, of which it has seen none yet. */
function specifications(paths: readonly string[]) {
  const config = { sequence: { groupOrder: 0 }, isolate: false };
  return paths.map((path) => ({ moduleId: join(root, path), project: { name: 'integration', config } }));
}

test('the files that take longest come first, and every one of them is there', async () => {
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('out/'))
    .map((path) => `test/${path}`);
  const cache = { getFileTestResults: () => undefined, getFileStats: () => undefined };
  const sequencer = new LongestFirst({ config: { root }, cache } as never);
  const sorted = await sequencer.sort(specifications(all) as never);
  const places = sorted.map(({ moduleId }) => moduleId.slice(root.length + 1));
  expect(places.toSorted()).toEqual(all.toSorted());
  expect(places.slice(0, 5)).toEqual([
    'test/checker/kill.test.ts',
    'test/simulation/simulation.test.ts',
    'test/checker/planted.test.ts',
    'test/mail/killed.test.ts',
    'test/relays/rolling.test.ts',
  ]);
});
