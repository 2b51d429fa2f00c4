import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../server/src/config.ts';
import { root } from './support/root.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the README lists every setting as the relay reads it', () => {
  const rows = readme.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line));
  expect(rows).toEqual(
    settings.map(({ name, default: value, what }) => `| \`${name}\` | ${value} | ${what} |`),
  );
});
