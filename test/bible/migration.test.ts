import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { readBook } from '../../server/src/bible/book.ts';
import { fillStarterBook } from '../../server/src/bible/starter.ts';
import { listVersions } from '../../server/src/bible/versions.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { makeDatabase } from '../support/relay.ts';
import { root } from '../support/root.ts';

const folder = join(root, 'server/src/store/migrations');
type Journal = { readonly entries: readonly { readonly tag: string; readonly when: number }[] };

/** A store as the first release left it: its tables alone, as drizzle counts them. */
async function storeOfBefore(): Promise<{ readonly url: string; readonly client: pg.Client }> {
  const url = await makeDatabase();
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  await client.query(
    'drop schema public cascade; create schema public; drop schema drizzle cascade; create schema drizzle',
  );
  await client.query(
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
  const [first] = journal.entries;
  if (!first) throw new Error('there is no first migration');
  for (const statement of readFileSync(join(folder, `${first.tag}.sql`), 'utf8').split(
    '--> statement-breakpoint',
  ))
    await client.query(statement);
  await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
    'first',
    first.when,
  ]);
  return { url, client };
}

async function opened(url: string) {
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: url });
  const database = await openDatabase(config, createLogger(config));
  onTestFinished(() => database.close());
  return database;
}

test('what was proposed before becomes a change that is talked over; what was published is version 1; nothing is lost', async () => {
  const { url, client } = await storeOfBefore();
  const megan = randomUUID();
  await client.query(
    `insert into people (id, given, family, full_name, email, role) values ($1, 'Megan', 'Kajitani', 'Megan Kajitani', 'm@example.com', 'agent')`,
    [megan],
  );
  const [published, proposed, retired] = [randomUUID(), randomUUID(), randomUUID()];
  const insert = `insert into phrases (id, locale, situation, text, reason, not_when, tags, status, by_id, created_at)
    values ($1, 'zh-Hant', 'hello', $2, 'Warm.', $3, $4, $5, $6, '2026-01-02T03:04:05Z')`;
  await client.query(insert, [published, 'Published “words”.', null, ['brief'], 'published', megan]);
  await client.query(insert, [proposed, 'Proposed words.', 'at night', ['ally', 'brief'], 'proposed', megan]);
  await client.query(insert, [retired, 'Retired words.', null, [], 'retired', null]);
  await client.query(`insert into facts (key, value) values ('book-version', 9)`);

  const { db } = await opened(url);
  const book = await readBook(db, { id: megan });
  expect(book).toMatchObject({ version: 1, revision: 9 });
  expect(book.phrases.map(({ id }) => id)).toEqual([published]);
  expect(book.changes).toEqual([
    {
      id: proposed,
      kind: 'phrase',
      target: null,
      body: {
        locale: 'zh-Hant',
        situation: 'hello',
        text: 'Proposed words.',
        reason: 'Warm.',
        notWhen: 'at night',
        tags: ['ally', 'brief'],
      },
      state: 'open',
      example: null,
      by: { id: megan, fullName: 'Megan Kajitani' },
      at: '2026-01-02T03:04:05.000Z',
      decidedBy: null,
      why: null,
      comments: [],
      votes: { for: 0, against: 0, mine: 0 },
    },
  ]);
  expect(await listVersions(db)).toMatchObject([{ version: 1, changes: [] }]);
  const { rows } = await client.query('select status from phrases where id = $1', [retired]);
  expect(rows).toEqual([{ status: 'retired' }]);

  await fillStarterBook(db);
  const filled = await readBook(db, { id: megan });
  expect(filled).toMatchObject({ version: 1, revision: 10 });
  expect(filled.phrases.map(({ id }) => id)).toEqual([published]);
  expect(filled.rules.length).toBeGreaterThan(0);
});

test('a store without any phrase gets the starter book as its first version', async () => {
  const { url } = await storeOfBefore();
  const { db } = await opened(url);
  expect(await readBook(db, { id: randomUUID() })).toMatchObject({ version: 0, revision: 0, phrases: [] });
  await fillStarterBook(db);
  expect(await readBook(db, { id: randomUUID() })).toMatchObject({ version: 1, revision: 1 });
});
