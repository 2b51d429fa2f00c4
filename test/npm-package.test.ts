import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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
  // As the build does it; the compiler does nothing where all is fresh.
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', folder]);
  await run(process.execPath, [join(folder, 'commonjs.mjs')]);
});

test('publint finds nothing wrong with the package', async () => {
  const { stdout } = await tool('publint', '--strict');
  expect(stdout).toContain('All good!');
});

test('its types are right for whoever imports it, by whichever way there is', async () => {
  const { stdout } = await tool('attw', '--pack', '.', '--format', 'json');
  const { analysis } = JSON.parse(stdout) as { readonly analysis: { readonly entrypoints: Entrypoints } };
  const ways = ['bundler', 'node10', 'node16-cjs', 'node16-esm'];
  const seen = Object.entries(analysis.entrypoints).map(([name, { resolutions }]) => [
    name,
    ...ways.map((way) => resolutions[way]?.visibleProblems),
  ]);
  expect(seen).toEqual(
    ['.', './react', './preact', './package.json'].map((name) => [name, ...ways.map(() => [])]),
  );
});

test('it can be required as well, on a server too; what is for the browser alone says so', async () => {
  const script = `
    const { createChat } = require('@fullname/widget');
    const react = require('@fullname/widget/react');
    console.log(JSON.stringify([createChat({ origin: 'https://x.example', site: 'shop' }).get(), Object.keys(react).sort()]));`;
  // A package may require itself by its own name.
  const { stdout } = await run(process.execPath, ['--input-type=commonjs', '-e', script], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual([
    { ready: false, open: false, unread: 0 },
    ['FullnameChat', 'useChat', 'useChatState'],
  ]);
  for (const ending of ['js', 'cjs'])
    expect(readFileSync(join(folder, `dist/react.${ending}`), 'utf8')).toMatch(/^['"]use client['"];/);
});

test('what is packed is what is built, without notes of the compiler', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: folder });
  const [packed] = JSON.parse(stdout) as { readonly files: readonly { readonly path: string }[] }[];
  const names = ['bind', 'chat', 'index', 'preact', 'react'];
  expect(packed?.files.map(({ path }) => path).sort()).toEqual(
    [
      ...names.flatMap((name) => ['d.ts', 'js', 'd.cts', 'cjs'].map((ending) => `dist/${name}.${ending}`)),
      ...['README.md', 'package.json'],
    ].sort(),
  );
  expect(existsSync(join(folder, 'dist/index.js'))).toBe(true);
});
