import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './support/root.ts';

const WORKSPACES = ['shared', 'widget', 'console', 'server'] as const;
const DOMAINS = [
  'desk',
  'people',
  'bible',
  'recovery',
  'imports',
  'learning',
  'mining',
  'value',
  'jobs',
  'mail',
  'push',
  'site',
  'demo',
  'files',
];

type Source = { readonly path: string; readonly text: string };
/** A rule names what is wrong with a file; an empty list is a good file. */
type Rule = (source: Source) => string[];

describe('between the workspaces', () => {
  test('shared imports nothing, but for the tables with which the reader folds Chinese', () =>
    expectNone(sourcesOf('shared'), sharedStandsAlone));
  test('nobody reaches into another workspace by path', () => {
    expectNone(WORKSPACES.flatMap(sourcesOf), staysInside);
  });
  test.each(['widget', 'console', 'server'] as const)(
    '%s imports only shared and its own dependencies',
    (name) => {
      const own = Object.keys(readManifest(name).dependencies ?? {});
      expectNone(sourcesOf(name), (source) => packagesBeyond(source, own, name === 'server'));
    },
  );
  test('only shared can be imported by name', () => {
    const open = [...WORKSPACES, 'test'].filter(
      (name) => Object.keys(readManifest(name).exports ?? { '.': '' }).length,
    );
    expect(open).toEqual(['shared']);
  });
});

describe('inside the relay', () => {
  const relay = sourcesOf('server');
  test('sockets and routes never touch the store', () => expectNone(relay, edgeLeavesTheStoreAlone));
  test('a domain knows neither sockets nor routes', () => expectNone(relay, domainsKnowNoEdge));
  test('the store knows nobody above it', () => expectNone(relay, storeKnowsNobody));
  test('the cluster knows none of the relay, and nobody else knows Redis', () => {
    expectNone(relay, clusterKnowsNobody);
    expectNone(relay, onlyClusterKnowsRedis);
  });
  test('only announce emits to sockets', () => expectNone(relay, onlyAnnounceEmits));
  test('only one file reads the environment', () => expectNone(relay, onlyConfigReadsTheEnvironment));
});

describe('inside the browser', () => {
  const pages = [...sourcesOf('widget'), ...sourcesOf('console')];
  test('the arrows run from the interface to the outbox to the connection', () =>
    expectNone(pages, arrowsRunDown));
  test('text is never made into HTML or code', () => expectNone(pages, textStaysText));
  test('the widget never meets zod', () => {
    expectNone(sourcesOf('widget'), ({ text }) => importsIn(text).filter((name) => name.startsWith('zod')));
  });
});

describe('the rules themselves', () => {
  test.each<[string, Rule, Source]>([
    [
      'shared with a package',
      sharedStandsAlone,
      { path: 'shared/src/a.ts', text: `import { z } from 'zod';` },
    ],
    [
      'tables of Chinese elsewhere than where they are folded',
      sharedStandsAlone,
      { path: 'shared/src/reader/read.ts', text: `import T from 'opencc-js/dict/TSPhrases';` },
    ],
    [
      'a path into another workspace',
      staysInside,
      { path: 'widget/src/a.ts', text: `export * from '../../server/src/b.ts';` },
    ],
    [
      'a route with the store',
      edgeLeavesTheStoreAlone,
      { path: 'server/src/http/a.ts', text: `import type { Db } from '../store/db.ts';` },
    ],
    [
      'a domain with sockets',
      domainsKnowNoEdge,
      { path: 'server/src/desk/a.ts', text: `const x = await import('../sockets/gate.ts');` },
    ],
    [
      'the store with a domain',
      storeKnowsNobody,
      { path: 'server/src/store/a.ts', text: `import '../desk/wire.ts';` },
    ],
    [
      'the cluster with a domain',
      clusterKnowsNobody,
      { path: 'server/src/cluster/a.ts', text: `import { rooms } from '../desk/announce.ts';` },
    ],
    [
      'Redis elsewhere',
      onlyClusterKnowsRedis,
      { path: 'server/src/desk/a.ts', text: `import { Redis } from 'ioredis';` },
    ],
    [
      'an emit elsewhere',
      onlyAnnounceEmits,
      { path: 'server/src/sockets/a.ts', text: `socket.to(room).emit('x');` },
    ],
    [
      'a setting read elsewhere',
      onlyConfigReadsTheEnvironment,
      { path: 'server/src/http/a.ts', text: `process.env.PORT` },
    ],
    [
      'a connection that knows the interface',
      arrowsRunDown,
      { path: 'widget/src/connection.ts', text: `import { x } from './ui/thread.tsx';` },
    ],
    [
      'a page with what tests share',
      (source) => packagesBeyond(source, [], false),
      { path: 'console/src/main.tsx', text: `import { megan } from './testing/scripted-relay.ts';` },
    ],
    ['innerHTML', textStaysText, { path: 'console/src/a.ts', text: `box.innerHTML = words;` }],
  ])('catch %s', (_, rule, source) => {
    expect(rule(source)).not.toEqual([]);
  });

  test('look at every source file there is', () => {
    for (const name of WORKSPACES) expect(sourcesOf(name).length).toBeGreaterThan(5);
  });

  test('leave comments alone', () => {
    expect(
      importsIn(
        `// import x from 'a';\n/* from 'b' */\nconst url = 'http://c';\nBuffer.from('e');\nimport y from 'd';`,
      ),
    ).toEqual(['d']);
  });
});

const FOLDS = 'shared/src/reader/fold.ts';

function sharedStandsAlone({ path, text }: Source): string[] {
  return importsIn(text).filter((name) => {
    if (name.startsWith('opencc-js/dict/')) return path !== FOLDS;
    return !name.startsWith('.') || !resolved(path, name).startsWith('shared/src/');
  });
}

function staysInside({ path, text }: Source): string[] {
  const home = path.split('/')[0];
  return importsIn(text).filter(
    (name) => name.startsWith('.') && resolved(path, name).split('/')[0] !== home,
  );
}

function packagesBeyond({ path, text }: Source, own: readonly string[], node: boolean): string[] {
  return importsIn(text).filter((name) => {
    if (name.startsWith('.')) return !isForTests(path) && isForTests(resolved(path, name));
    if (isForTests(path) && FOR_TESTS.some((one) => name === one || name.startsWith(`${one}/`))) return false;
    if (name.startsWith('node:')) return !node;
    return !own.some((dependency) => name === dependency || name.startsWith(`${dependency}/`));
  });
}

/** What tests share is imported by tests alone, so that nothing of it is built into a page. */
function isForTests(path: string): boolean {
  return /^(console|widget)\/src\/testing\//.test(path);
}
const FOR_TESTS = ['vitest', '@testing-library/preact', 'fake-indexeddb'];

function edgeLeavesTheStoreAlone(source: Source): string[] {
  return folderOf(source.path, ['http', 'sockets']) ? importsOf(source, ['store']) : [];
}

function domainsKnowNoEdge(source: Source): string[] {
  return folderOf(source.path, DOMAINS) ? importsOf(source, ['http', 'sockets', 'app.ts', 'index.ts']) : [];
}

function storeKnowsNobody(source: Source): string[] {
  if (!folderOf(source.path, ['store'])) return [];
  const packages = importsIn(source.text).filter((name) => name.startsWith('socket.io'));
  return [...packages, ...importsOf(source, [...DOMAINS, 'http', 'sockets', 'app.ts', 'index.ts'])];
}

/** But for the logger, whose type it is given. */
function clusterKnowsNobody(source: Source): string[] {
  if (!folderOf(source.path, ['cluster'])) return [];
  const own = importsIn(source.text).filter((name) => name.startsWith('.'));
  return own.filter((name) => name !== '../log.ts' && !folderOf(resolved(source.path, name), ['cluster']));
}

function onlyClusterKnowsRedis({ path, text }: Source): string[] {
  if (folderOf(path, ['cluster'])) return [];
  return importsIn(text).filter((name) => /^ioredis|^@socket\.io\/redis/.test(name));
}

function onlyAnnounceEmits({ path, text }: Source): string[] {
  if (path === 'server/src/desk/announce.ts') return [];
  // Node's own emitters tell the parts of one process of each other; they reach no socket.
  if (importsIn(text).includes('node:events'))
    return importsIn(text).filter((name) => /^socket\.io/.test(name));
  return withoutComments(text).match(/.*\.\s*(emit|emitWithAck|serverSideEmit)\s*\(.*/g) ?? [];
}

function onlyConfigReadsTheEnvironment({ path, text }: Source): string[] {
  if (path === 'server/src/config.ts') return [];
  return withoutComments(text).match(/.*process\.env\b.*/g) ?? [];
}

/** From the top: what may import only what stands to its right. */
const LAYERS = ['ui', 'model', 'outbox', 'connection'];

function arrowsRunDown(source: Source): string[] {
  const own = layerOf(source.path);
  if (own < 0) return [];
  return importsIn(source.text).filter((name) => {
    const layer = name.startsWith('.') ? layerOf(resolved(source.path, name)) : -1;
    return layer >= 0 && layer < own;
  });
}

function layerOf(path: string): number {
  const [, , first] = path.split('/');
  return LAYERS.indexOf(first?.replace(/\.tsx?$/, '') ?? '');
}

function textStaysText({ text }: Source): string[] {
  const risky =
    /.*(\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|\beval\s*\(|new Function\b|setAttribute\(\s*['"]style['"]|\bstyle=).*/g;
  return withoutComments(text).match(risky) ?? [];
}

function expectNone(sources: readonly Source[], rule: Rule): void {
  expect(sources.flatMap((source) => rule(source).map((what) => `${source.path}: ${what.trim()}`))).toEqual(
    [],
  );
}

function importsOf(source: Source, targets: readonly string[]): string[] {
  return importsIn(source.text).filter(
    (name) => name.startsWith('.') && folderOf(resolved(source.path, name), targets),
  );
}

function folderOf(path: string, names: readonly string[]): boolean {
  return names.includes(path.split('/')[2] ?? '');
}

function resolved(from: string, name: string): string {
  return posix.join(posix.dirname(from), name);
}

function importsIn(text: string): string[] {
  const code = withoutComments(text);
  return [...code.matchAll(/\b(?:from|import(?:\s*\()?)\s*['"]([^'"\n]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{}(])\/\/.*$/gm, '$1');
}

function sourcesOf(workspace: string): Source[] {
  const folder = join(root, workspace, 'src');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /(?<!\.test)\.tsx?$/.test(file.name))
    .map((file) => join(file.parentPath, file.name))
    .map((file) => ({ path: posix.relative(root, file), text: readFileSync(file, 'utf8') }));
}

type Manifest = { dependencies?: Record<string, string>; exports?: Record<string, unknown> };

function readManifest(workspace: string): Manifest {
  return JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as Manifest;
}
