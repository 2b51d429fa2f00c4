import { expect, test } from 'vitest';
import { due, fitting, stopwatch } from './hello-rules.ts';

const HERE = { url: 'https://shop.example/peonies/white', locale: 'en', wrote: false };
const ids = (hellos: readonly { readonly id: string }[]) => hellos.map(({ id }) => id);

test('a hello without conditions fits everybody everywhere, in the owner’s order', () => {
  const hellos = [{ id: 'b' }, { id: 'a' }];
  expect(ids(fitting(hellos, HERE))).toEqual(['b', 'a']);
  expect(ids(fitting(hellos, { url: '', locale: '', wrote: true }))).toEqual(['b', 'a']);
});

test.each([
  [['/peonies/*'], true],
  [['/peonies'], false],
  [['/roses/*', '*/white'], true],
  [['https://shop.example/*'], true],
  [['https://other.example/*'], false],
  [[], false],
])('on the pages %j: %j', (pages, fits) => {
  expect(fitting([{ id: 'a', pages }], HERE)).toHaveLength(fits ? 1 : 0);
});

test('to those who come back, to those who do not, and in one language', () => {
  const hellos = [
    { id: 'new', returning: false },
    { id: 'back', returning: true },
    { id: 'de', locale: 'de' as const },
    { id: 'all' },
  ];
  expect(ids(fitting(hellos, HERE))).toEqual(['new', 'all']);
  expect(ids(fitting(hellos, { ...HERE, wrote: true }))).toEqual(['back', 'all']);
  expect(ids(fitting(hellos, { ...HERE, locale: 'de' }))).toEqual(['new', 'de', 'all']);
});

test('the first whose time has come is said; otherwise the next one’s is waited for', () => {
  const hellos = [
    { id: 'late', after: 20 },
    { id: 'soon', after: 5 },
  ];
  expect(due(hellos, 0)).toEqual({ hello: null, wait: 5_000 });
  expect(due(hellos, 4_999)).toEqual({ hello: null, wait: 1 });
  expect(due(hellos, 5_000)).toMatchObject({ hello: { id: 'soon' } });
  expect(due(hellos, 20_000)).toMatchObject({ hello: { id: 'late' }, wait: null });
  expect(due([{ id: 'now' }], 0)).toMatchObject({ hello: { id: 'now' } });
  expect(due([], 99_000)).toEqual({ hello: null, wait: null });
});

test('time counts while the page is looked at, and stands still otherwise', () => {
  let now = 1_000;
  const watch = stopwatch(() => now);
  expect(watch.seen()).toBe(0);
  watch.run(true);
  now += 300;
  expect(watch.seen()).toBe(300);
  watch.run(false);
  now += 60_000;
  expect(watch.seen()).toBe(300);
  watch.run(true);
  watch.run(true);
  now += 200;
  expect(watch.seen()).toBe(500);
});
