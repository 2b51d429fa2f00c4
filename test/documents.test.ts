import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './support/root.ts';

describe('what the documents name is there', () => {
  test('every path in ARCHITECTURE.md', () => {
    const paths = pathsIn(read('ARCHITECTURE.md'));
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  test('every test behind a guarantee', () => {
    const lines = read('GUARANTEES.md').split('\n');
    const named = lines.flatMap((line) => testsIn(line));
    for (const guarantee of ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7']) {
      const own = lines.filter((line) => new RegExp(`\\b${guarantee}\\b`).test(line)).flatMap(testsIn);
      expect(own, `tests of ${guarantee}`).not.toEqual([]);
    }
    expect(named.filter(({ file, titles }) => !titles.every((title) => hasTest(file, title)))).toEqual([]);
  });

  test('every test of docs/accessibility.md, and behind every criterion of WCAG 2.2 A and AA one of them or a reason', () => {
    const lines = read('docs/accessibility.md').split('\n');
    const named = lines.flatMap(testsIn);
    expect(named.filter(({ file, titles }) => !titles.every((title) => hasTest(file, title)))).toEqual([]);
    const ways = lines.flatMap((line) => /^\| ([A-Z]) \|/.exec(line)?.[1] ?? []);
    expect(new Set(ways).size).toBe(ways.length);
    const rows = lines.filter((line) => /^\| \d\.\d\.\d/.test(line)).map(criterionIn);
    expect(rows.map(({ number }) => number)).toEqual(WCAG);
    for (const { number, standing, how, tested } of rows) {
      expect(['supported', 'partly', 'not applicable'], number).toContain(standing);
      expect(
        tested.filter((way) => !ways.includes(way)),
        number,
      ).toEqual([]);
      if (standing !== 'not applicable') expect(tested, number).not.toEqual([]);
      if (standing === 'partly') expect(how, number).not.toBe('');
    }
  });

  test('every npm command in README.md and CONTRIBUTING.md', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = ['README.md', 'CONTRIBUTING.md'].flatMap((name) => commandsIn(read(name)));
    expect(commands.length).toBeGreaterThan(3);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('every picture and page that a document links to', () => {
    const broken = documents().flatMap((name) =>
      linksIn(read(name))
        .filter((link) => !existsSync(join(root, name, '..', link)))
        .map((link) => `${name}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});

/** Levels A and AA of WCAG 2.2, in its order; 4.1.1 is obsolete there. */
const WCAG = [
  ...['1.1.1', '1.2.1', '1.2.2', '1.2.3', '1.2.4', '1.2.5', '1.3.1', '1.3.2', '1.3.3', '1.3.4', '1.3.5'],
  ...['1.4.1', '1.4.2', '1.4.3', '1.4.4', '1.4.5', '1.4.10', '1.4.11', '1.4.12', '1.4.13'],
  ...['2.1.1', '2.1.2', '2.1.4', '2.2.1', '2.2.2', '2.3.1'],
  ...['2.4.1', '2.4.2', '2.4.3', '2.4.4', '2.4.5', '2.4.6', '2.4.7', '2.4.11'],
  ...['2.5.1', '2.5.2', '2.5.3', '2.5.4', '2.5.7', '2.5.8'],
  ...['3.1.1', '3.1.2', '3.2.1', '3.2.2', '3.2.3', '3.2.4', '3.2.6'],
  ...['3.3.1', '3.3.2', '3.3.3', '3.3.4', '3.3.7', '3.3.8', '4.1.2', '4.1.3'],
];

describe('how the documents are read', () => {
  test('a path is code with a folder and an ending, or a folder', () => {
    expect(pathsIn('See `server/src/app.ts`, `widget/src/`, `npm start`, `a b/c`, `/w/KEY.js`.')).toEqual([
      'server/src/app.ts',
      'widget/src/',
    ]);
    expect(isThere('server/src/store/schema.ts')).toBe(true);
    expect(isThere('server/src/store/nothing.ts')).toBe(false);
  });

  test('a test is a file in code and titles in quotes', () => {
    expect(
      testsIn('| G2 | once | `test/a.test.ts` “a retried start”, “again”; `test/b.spec.ts` "c" |'),
    ).toEqual([
      { file: 'test/a.test.ts', titles: ['a retried start', 'again'] },
      { file: 'test/b.spec.ts', titles: ['c'] },
    ]);
    expect(hasTest('test/documents.test.ts', 'every path in ARCHITECTURE.md')).toBe(true);
    expect(hasTest('test/documents.test.ts', ['no such', 'title'].join(' '))).toBe(false);
  });
});

/** Paths of the project in a document's code: `folder/file.ts`, `folder/`, with a star for any name. */
function pathsIn(text: string): string[] {
  const code = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  return code.filter(
    (path) => /^[\w.@-]+\/[\w.@*/-]*$/.test(path) && /(\.\w+|\/)$/.test(path) && !isOutside(path),
  );
}

/** Packages and made files are no paths of the repository. */
function isOutside(path: string): boolean {
  return /^(@|\.\/|data\/|node_modules\/|socket\.io|drizzle-orm)|(^|\/)(dist|out)\//.test(path);
}

function isThere(path: string): boolean {
  if (!path.includes('*')) return existsSync(join(root, path));
  const [folder, pattern] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
  const name = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return existsSync(join(root, folder)) && readdirSync(join(root, folder)).some((file) => name.test(file));
}

/** The tests that a line names: a file in backticks, then titles in quotes. */
function testsIn(line: string): { file: string; titles: string[] }[] {
  const files = [...line.matchAll(/`([\w./-]+\.(?:test|spec)\.tsx?)`([^`]*)/g)];
  return files.map(([, file = '', rest = '']) => ({
    file,
    titles: [...rest.matchAll(/[“"]([^”"]+)[”"]/g)].map((match) => match[1] ?? ''),
  }));
}

function hasTest(file: string, title: string): boolean {
  if (!existsSync(join(root, file))) return false;
  const plain = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
  return plain.includes(`'${title}'`) || plain.includes(`"${title}"`) || plain.includes(`\`${title}\``);
}

/** A criterion's row: its number, how the chat stands, why, and the letters of the ways in which it was tested. */
function criterionIn(line: string) {
  const [, name = '', standing = '', how = '', tested = ''] = line.split('|').map((cell) => cell.trim());
  return { number: name.split(' ')[0] ?? '', standing, how, tested: tested.split(' ').filter(Boolean) };
}

function commandsIn(text: string): string[] {
  const run = [...text.matchAll(/\bnpm (?:run )([a-z][\w:-]*)/g)].map((match) => match[1] ?? '');
  const short = [...text.matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1] ?? '');
  return [...run, ...short];
}

function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/\b(?:src|srcset)="([^"]+)"/g)]
    .map((match) => (match[1] ?? '').replace(/[#?].*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}

function documents(): string[] {
  const pages = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'));
  return [
    ...pages('.'),
    ...pages('docs').map((name) => `docs/${name}`),
    ...pages('docs/decisions').map((name) => `docs/decisions/${name}`),
  ];
}

function read(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}
