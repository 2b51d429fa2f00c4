import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './support/root.ts';

const text = readFileSync(join(root, 'docs/install.md'), 'utf8');
const examples = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', code = '']) => ({
  kind,
  code,
}));
const ofKind = (...kinds: readonly string[]) => examples.filter(({ kind }) => kinds.includes(kind));

test('the examples in TypeScript are compiled against the package as it is', async () => {
  const folder = join(root, 'test/out', `examples-${process.pid}`);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const compiled = ofKind('ts', 'tsx');
  expect(compiled.length).toBeGreaterThanOrEqual(6);
  for (const [index, { kind, code }] of compiled.entries()) {
    const isPreact = code.includes('@fullname/widget/preact');
    const name = code.includes('export function Chat()') ? 'chat' : `example-${index}`;
    writeFileSync(
      join(folder, `${name}.${kind}`),
      `${isPreact ? '/** @jsxImportSource preact */\n' : ''}${code}`,
    );
  }
  // Vue is not installed here for two of its functions.
  writeFileSync(
    join(folder, 'vue.d.ts'),
    "declare module 'vue' { export function onMounted(hook: () => void): void; export function onUnmounted(hook: () => void): void; }",
  );
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(PROJECT));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect((await run).stdout).toBe('');
});

test('the tags of the examples are one tag, and every setting and call in them is documented', () => {
  const tags = ofKind('html').flatMap(({ code }) => code.match(/<script[^>]*src=[^>]*>/g) ?? []);
  expect(tags.length).toBeGreaterThanOrEqual(4);
  for (const tag of tags) {
    expect(tag).toMatch(/ async src="https:\/\/chat\.example\.com\/w\/SITEKEY\.js"/);
    for (const [, name] of tag.matchAll(/\s(data-[\w-]+)=/g)) expect(text).toContain(`| \`${name}\` |`);
  }
  const { calls, events } = understood();
  for (const [, call] of text.matchAll(/Fullname\('([\w-]+)'/g)) expect(calls).toContain(call);
  for (const call of calls.filter((one) => one !== 'twice'))
    expect(text, call).toMatch(new RegExp(`[('\`]${call}['\`]`));
  for (const event of events) expect(text).toContain(`\`${event}\``);
});

test('the line for early calls is allowed by the hash that stands there', () => {
  const [line = ''] = ofKind('html').flatMap(
    ({ code }) => /<script>(.*Fullname\.q.*)<\/script>/.exec(code)?.[1] ?? [],
  );
  expect(line).toContain('window.Fullname ??=');
  expect(text).toContain(`'sha256-${createHash('sha256').update(line).digest('base64')}'`);
});

test('the names in PHP are those of WordPress', () => {
  const [php] = ofKind('php');
  expect(php?.code).toMatch(/^add_action\('wp_enqueue_scripts', function \(\) \{\n {4}wp_enqueue_script\(/);
});

/** The calls and events that the chat takes, from its own code. */
function understood(): { readonly calls: string[]; readonly events: string[] } {
  const source = (name: string): string => readFileSync(join(root, `widget/src/embed/${name}.ts`), 'utf8');
  const tables = [
    ...source('calls').matchAll(/^function about\w+\([\s\S]*?\n {2}return \{([\s\S]*?)\n {2}\};/gm),
  ];
  const calls = tables.flatMap(([, table = '']) =>
    [...table.matchAll(/^ {4}'?([\w-]+)'?(?:\(|:)/gm)].map(([, name = '']) => name),
  );
  const events = /const EVENTS =\s*'([^']*)'/.exec(source('handlers'))?.[1]?.split(' ') ?? [];
  expect([calls.length, events.length].every((count) => count > 8)).toBe(true);
  return { calls: [...calls, 'get', 'close'], events };
}

const PROJECT = {
  compilerOptions: {
    ...{ noEmit: true, strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022' },
    ...{ lib: ['es2022', 'dom', 'dom.iterable'], jsx: 'react-jsx', types: [], skipLibCheck: true },
    allowImportingTsExtensions: true,
    paths: {
      '@fullname/widget': [join(root, 'widget/npm/src/index.ts')],
      '@fullname/widget/*': [join(root, 'widget/npm/src/*.ts')],
    },
  },
  include: ['*'],
};
