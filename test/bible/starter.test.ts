import { LOCALES } from '@fullname/shared/locale';
import { tryExamples } from '@fullname/shared/reader/read';
import { SITUATIONS } from '@fullname/shared/situation';
import { expect, onTestFinished, test } from 'vitest';
import { readBook } from '../../server/src/bible/book.ts';
import { ruleBody } from '../../server/src/bible/rules.ts';
import { bodyOf } from '../../server/src/bible/starter/rule.ts';
import { fillStarterBook, STARTER_BOOK, STARTER_RULES } from '../../server/src/bible/starter.ts';
import { listVersions } from '../../server/src/bible/versions.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import * as schema from '../../server/src/store/schema.ts';
import { makeDatabase } from '../support/relay.ts';

const nobody = { id: '0b8f5f0e-6f5b-4c11-9d1e-3a6f3a7f0001' };

async function anEmptyStore() {
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: await makeDatabase() });
  const database = await openDatabase(config, createLogger(config));
  onTestFinished(() => database.close());
  return database;
}

test('the starter book is written into an empty store once, even by two relays, in its own order, as version 1', async () => {
  const { db } = await anEmptyStore();
  const [one, other] = await Promise.all([fillStarterBook(db), fillStarterBook(db)]);
  expect(Math.min(one, other)).toBe(0);
  const book = await readBook(db, nobody);
  expect(book).toMatchObject({ version: 1, revision: 1, changes: [] });
  // It changed nothing, so it asks nobody to read.
  expect(book.acknowledged).toBe(1);
  expect(book.phrases.length + book.rules.length).toBe(one + other);
  for (const locale of LOCALES) {
    const own = await readBook(db, nobody, locale);
    expect(new Set(own.phrases.map((phrase) => phrase.situation))).toEqual(new Set(SITUATIONS));
    const hello = own.phrases.filter((phrase) => phrase.situation === 'hello').map((phrase) => phrase.text);
    expect(hello).toEqual(STARTER_BOOK[locale].hello.map((phrase) => phrase.text));
    expect(own.rules.map(({ key }) => key)).toEqual(STARTER_RULES[locale].map(({ key }) => key));
    expect(
      [...own.phrases, ...own.rules].every((entry) => entry.locale === locale && entry.by === null),
    ).toBe(true);
  }
  const versions = await listVersions(db);
  expect(versions).toMatchObject([
    { version: 1, by: null, note: '', changes: [], acknowledged: { by: 0, of: 0 } },
  ]);
  expect(await fillStarterBook(db)).toBe(0);
});

test('a company that has phrases already gets the rules beside them, in the version that stands', async () => {
  const { db } = await anEmptyStore();
  const words = { locale: 'en', situation: 'hello', text: 'Our own hello.', reason: 'Ours.' };
  await db.insert(schema.phrases).values(words);
  await db.insert(schema.bookVersions).values({ version: 1 });
  await db.insert(schema.facts).values([
    { key: 'book-version', value: 1 },
    { key: 'book-revision', value: 7 },
  ]);
  await fillStarterBook(db);
  const book = await readBook(db, nobody);
  expect(book).toMatchObject({ version: 1, revision: 8, phrases: [words] });
  expect(book.rules).toHaveLength(LOCALES.reduce((sum, locale) => sum + STARTER_RULES[locale].length, 0));
});

test('rules of a later release are offered once, by nobody, and come into the book only as others do', async () => {
  const { db, pool } = await anEmptyStore();
  await fillStarterBook(db);
  const [late = ''] = STARTER_RULES['zh-Hant'].map(({ key }) => key);
  await pool.query(`delete from rules where key = $1 and locale = 'zh-Hant'`, [late]);
  const [one, other] = await Promise.all([fillStarterBook(db), fillStarterBook(db)]);
  expect([one, other].sort()).toEqual([0, 1]);
  const book = await readBook(db, nobody);
  expect(book).toMatchObject({ version: 1, revision: 2 });
  expect(book.rules.some(({ key, locale }) => key === late && locale === 'zh-Hant')).toBe(false);
  expect(book.changes).toMatchObject([
    { kind: 'rule', target: null, state: 'open', by: null, decidedBy: null, body: { locale: 'zh-Hant' } },
  ]);
  await pool.query(`update book_changes set state = 'declined', changed_at = now() - interval '1 year'`);
  expect(await fillStarterBook(db)).toBe(0);
  expect((await readBook(db, nobody)).changes).toEqual([]);
});

test('rules that an owner has taken out do not come back', async () => {
  const { db, pool } = await anEmptyStore();
  await fillStarterBook(db);
  await pool.query(`update rules set status = 'retired'`);
  expect(await fillStarterBook(db)).toBe(0);
  expect((await readBook(db, nobody)).rules).toEqual([]);
});

test.each(LOCALES)(
  'each starter rule in %s is one that the book would take, under a key of its own',
  async (locale) => {
    const keys = STARTER_RULES[locale].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const starter of STARTER_RULES[locale]) {
      const body = bodyOf(starter, locale);
      expect(starter.key).toMatch(/^[a-z][a-z0-9-]*$/);
      expect([starter.key, await ruleBody(body)]).toEqual([starter.key, body]);
      expect(tryExamples(body)).toHaveLength(body.mustFire.length + body.mustNotFire.length);
    }
  },
);
