import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMetrics } from '../../server/src/metrics/count.ts';
import { root } from '../support/root.ts';

const text = readFileSync(join(root, 'docs/operations.md'), 'utf8');

test('every metric that docs/operations.md names exists, and it names every one of ours', async () => {
  const metrics = createMetrics();
  metrics.watch({
    sockets: () => ({ visitor: { open: 0, queuedBytes: 0 }, agent: { open: 0, queuedBytes: 0 } }),
    commitQueue: () => 0,
    pools: {},
    jobs: () => Promise.resolve([]),
    isDraining: () => false,
    redis: () => ({ isUp: true, polls: 0 }),
  });
  const there = [...(await metrics.text()).matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name);
  const named = [...text.matchAll(/\b(?:fullname|nodejs|process)_\w+/g)].map(([name]) =>
    name.replace(/_bucket$/, ''),
  );
  expect(named.filter((name) => !there.includes(name))).toEqual([]);
  expect(there.filter((name) => name.startsWith('fullname_') && !named.includes(name))).toEqual([]);
});

test('every command in it is one of ours', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});
