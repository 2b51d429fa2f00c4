/** Migrations run while relays of the release before go on: they add, and what they take away was given up a release ago. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrateUnderLock } from '../../server/src/store/migrate.ts';
import { eventually } from '../support/eventually.ts';
import { addMigration } from '../support/next-release.ts';
import { makeDatabase } from '../support/relay.ts';
import { root } from '../support/root.ts';

const folder = join(root, 'server/src/store/migrations');
/** Those before ran with every relay stopped. */
const FIRST_IN_A_ROLL = '0004';

describe('a migration', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql') && name >= FIRST_IN_A_ROLL);

  test('has come since relays are replaced one by one', () => expect(files.length).toBeGreaterThan(0));

  test.each(files)('%s breaks no relay of the release before', (name) => {
    expect(breaksOf(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  test.each([
    ['drop table "likes";', 'takes away'],
    ['ALTER TABLE "sites" DROP COLUMN "hosts";', 'takes away'],
    ['alter table sites rename column hosts to pages;', 'renames'],
    ['alter table sites rename to places;', 'renames'],
    ['alter table sites alter column name set not null;', 'sets not null'],
    ['alter table sites alter column name set data type varchar(9);', 'changes a type'],
    ['alter table sites alter column name type varchar(9);', 'changes a type'],
    ['alter table sites alter column demo drop default;', 'drops a default'],
    ['alter table sites add column owner uuid not null;', 'a column that must be filled'],
    ['alter table sites add constraint named check (name <> $$$$);', 'a rule for rows'],
    ['create unique index one_name on sites (name);', 'a rule for rows'],
    ['create index by_name on "sites" using btree (name);', 'an index'],
    ['delete from facts;', 'removes rows'],
    ['create table a (id int); drop index b;', 'takes away'],
  ])('would be refused: %s', (sql, why) => expect(breaksOf(sql).join()).toContain(why));

  test.each([
    'create table places (id uuid primary key, name text not null); create unique index one_name on places (name);',
    'alter table sites add column note text;',
    "alter table sites add column tone text default 'calm' not null;",
    "insert into facts (key, value) values ('drop table', 1);",
    '-- blocks: some hundred rows at most\ncreate index by_name on sites (name);',
    "-- contract: 0.3 reads labels instead\nalter table sites drop column note;\n--> statement-breakpoint\ninsert into facts (key, value) values ('migrations-needed', 7) on conflict (key) do update set value = excluded.value;",
  ])('is let pass: %s', (sql) => expect(breaksOf(sql)).toEqual([]));

  test('that takes away says which relays can do without', () => {
    const [problem] = breaksOf('-- contract: 0.3 reads labels instead\nalter table sites drop column note;');
    expect(problem).toContain('migrations-needed');
  });
});

describe('a table that somebody holds', () => {
  test('is not waited for with everybody behind: the migration steps back, and comes again until it is free', async () => {
    const { url, next } = await withNext('alter table sites add column later text;');
    const holder = await connect(url);
    await holder.query('begin; select count(*) from sites');
    const done = { at: 0 };
    const migrating = migrateUnderLock({ connectionString: url }, { folder: next }).then(() => {
      done.at = performance.now();
    });
    const reader = await connect(url);
    await eventually('the migration waits for the table', async () => {
      const { rows } = await reader.query(
        "select from pg_locks where not granted and relation = 'sites'::regclass",
      );
      return rows.length > 0;
    });
    // Whoever comes after waits with it, but not for longer than the migration does.
    await reader.query('select count(*) from sites');
    expect(done.at).toBe(0);
    await holder.query('commit');
    await migrating;
    await reader.query('select later from sites');
  });

  test('for too long: the start ends with a sentence, and nothing was changed', async () => {
    const { url, next } = await withNext('alter table sites add column later text;');
    const holder = await connect(url);
    await holder.query('begin; select count(*) from sites');
    await expect(migrateUnderLock({ connectionString: url }, { folder: next, tries: 1 })).rejects.toThrow(
      /pg_stat_activity .* start again/,
    );
    await holder.query('commit');
    await expect(holder.query('select later from sites')).rejects.toThrow('later');
  });
});

/** What would break, hurt or stop a relay of the release before, statement by statement. */
function breaksOf(sql: string): string[] {
  const bare = (text: string) =>
    text
      .replace(/--[^\n]*/g, '')
      .replace(/'(?:[^']|'')*'/g, "''")
      .toLowerCase();
  const own = new Set(
    [...bare(sql).matchAll(/create (?:unlogged )?table (?:if not exists )?"?(\w+)"?/g)].map(
      ([, name]) => name,
    ),
  );
  const needs = sql.includes("'migrations-needed'");
  return sql.split('--> statement-breakpoint').flatMap((chunk) => {
    const isContract = /^\s*-- contract: \S+/m.test(chunk);
    const mayBlock = isContract || /^\s*-- blocks: \S+/m.test(chunk);
    const found = bare(chunk)
      .split(';')
      .flatMap((one) => breaksOfOne(one, own));
    const index = 'an index on a table that is there: writers wait while it is built';
    if (isContract && found.length > 0 && !needs)
      return ["a contract does not raise the fact 'migrations-needed'"];
    return found.filter((problem) => !isContract && !(mayBlock && problem === index));
  });
}

function breaksOfOne(statement: string, own: ReadonlySet<string | undefined>): string[] {
  const table = /(?:alter table (?:if exists )?(?:only )?|\bon (?:only )?)"?(\w+)"?/.exec(statement)?.[1];
  const isOwn = own.has(table);
  const columns = [...statement.matchAll(/add column[^,]*/g)].map(([text]) => text);
  const rules: [boolean, string][] = [
    [
      /\bdrop (table|column|schema|type|view|index|constraint|function|trigger|sequence)\b/.test(statement),
      'takes away',
    ],
    [/\brename\b/.test(statement), 'renames'],
    [/\bset not null\b/.test(statement), 'sets not null'],
    [/\bdrop default\b/.test(statement), 'drops a default'],
    [/\balter column \S+ (set data )?type\b/.test(statement), 'changes a type'],
    [/^\s*(delete|truncate)\b/.test(statement), 'removes rows'],
    [
      columns.some((text) => /\bnot null\b/.test(text) && !/\b(default|generated)\b/.test(text)),
      'a column that must be filled',
    ],
    [
      !isOwn && /\badd constraint\b|\bcreate unique index\b/.test(statement),
      'a rule for rows that the release before does not know',
    ],
    [
      !isOwn && /\bcreate index\b/.test(statement),
      'an index on a table that is there: writers wait while it is built',
    ],
  ];
  return rules.flatMap(([isBroken, problem]) => (isBroken ? [problem] : []));
}

/** A database at this release, and the migrations of a next one. */
async function withNext(sql: string): Promise<{ url: string; next: string }> {
  const next = mkdtempSync(join(tmpdir(), 'fullname-migrations-'));
  onTestFinished(() => rmSync(next, { recursive: true, force: true }));
  cpSync(folder, next, { recursive: true });
  addMigration(next, sql);
  return { url: await makeDatabase(), next };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}
