import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { root } from './support/root.ts';

const folder = join(root, 'widget/npm');
const run = promisify(execFile);
const tool = (name: string, ...args: string[]) =>
  run(join(root, 'node_modules/.bin', name), args, { cwd: folder });

type Entrypoints = Readonly<
  Record<string, { readonly resolutions: Readonly<Record<string, { readonly visibleProblems: unknown[] }>> }>
>;

beforeAll(async () => {
  // The compiler as the build calls it; it does nothing where all is fresh.
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', folder]);
});

test('publint finds nothing wrong with the package', async () => {
  const { stdout } = await tool('publint', '--strict');
  expect(stdout).toContain('All good!');
});

test('its types are right for whoever imports it: from Node by ESM, and through a bundler', async () => {
  const { stdout } = await tool('attw', '--pack', '.', '--profile', 'esm-only', '--format', 'json');
  const { analysis } = JSON.parse(stdout) as { readonly analysis: { readonly entrypoints: Entrypoints } };
  const seen = Object.entries(analysis.entrypoints).map(([name, { resolutions }]) => [
    name,
    ...['node16-esm', 'bundler'].map((way) => resolutions[way]?.visibleProblems),
  ]);
  expect(seen).toEqual(['.', './react', './preact', './package.json'].map((name) => [name, [], []]));
});

test('what is packed is what is built, without notes of the compiler', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: folder });
  const [packed] = JSON.parse(stdout) as { readonly files: readonly { readonly path: string }[] }[];
  const names = ['bind', 'chat', 'index', 'preact', 'react'];
  expect(packed?.files.map(({ path }) => path).sort()).toEqual(
    [...names.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]), 'package.json'].sort(),
  );
  expect(existsSync(join(folder, 'dist/index.js'))).toBe(true);
});
