/** What a relay asks for all who are connected to it is found by indexes, however long the company's past is. */
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { changedOfVisitors, readMark } from '../../server/src/store/changed.ts';
import { conversationsOfVisitors } from '../../server/src/store/conversations.ts';
import { type Database, openDatabase } from '../../server/src/store/database.ts';
import type { Db } from '../../server/src/store/db.ts';
import { makeDatabase } from '../support/relay.ts';

const PAST = 5_000;
const HERE = 50;

let database: Database;
let visitors: string[];

beforeAll(async () => {
  const config = readConfig({ DATABASE_URL: await makeDatabase(), LOG_LEVEL: 'silent' });
  database = await openDatabase(config, createLogger(config));
  const { pool } = database;
  const site = await pool.query<{ id: string }>(
    `insert into sites (name, key, identity_secret) values ('Shop', 'plan', 'secret') returning id`,
  );
  await pool.query(
    `insert into visitors (site_id, token_hash, locale)
     select $1, decode(md5(g::text) || md5('b' || g), 'hex'), 'en' from generate_series(1, $2::int) g`,
    [site.rows[0]?.id, PAST],
  );
  await pool.query(
    `insert into conversations (site_id, visitor_id, client_id, status, locale, closed_at)
     select site_id, id, gen_random_uuid(), 'closed', 'en', now() - interval '1 day' from visitors, generate_series(1, 3)`,
  );
  await pool.query(`insert into customers (id, name) select id, 'Ines' from visitors`);
  await pool.query('update visitors set customer_id = id');
  // Who promised means nothing here.
  await pool.query(`begin; set local session_replication_role = replica;
    insert into promises (customer_id, conversation_id, text, due, by_id, kept_at)
      select visitor_id, id, 'call back', now(), id, now() from conversations;
    commit`);
  await pool.query('vacuum analyze');
  const { rows } = await pool.query<{ id: string }>('select id from visitors order by id limit $1', [HERE]);
  visitors = rows.map(({ id }) => id);
});
afterAll(() => database.close());

test('heads of many visitors', async () => {
  const plan = await planOf((db) => conversationsOfVisitors(db, visitors, 20));
  expect(plan).toMatch(/Index Scan .*on conversations/);
  expect(plan).not.toMatch(/Seq Scan on (conversations|visitors|promises|customers)/);
  const heads = await conversationsOfVisitors(database.db, visitors, 2);
  expect(heads.map((head) => head.visitor).sort()).toEqual([...visitors, ...visitors].sort());
  expect(heads[0]).toMatchObject({ status: 'closed', holder: null, ally: null, promises: [] });
});

test('what is over of many visitors, and has changed', async () => {
  const mark = await readMark(database.db);
  const plan = await planOf((db) => changedOfVisitors(db, mark, visitors));
  expect(plan).toMatch(/Index Scan on conversations_client|Index Scan using conversations_client/);
  expect(plan).not.toMatch(/Seq Scan/);
  const [one] = visitors;
  await database.pool.query('update conversations set version = version + 1 where visitor_id = $1', [one]);
  const changed = await changedOfVisitors(database.db, mark, visitors);
  expect(changed.map(({ visitor }) => visitor)).toEqual([one, one, one]);
});

/** The relay's own statement, explained and not run. */
async function planOf(ask: (db: Db) => Promise<unknown>): Promise<string> {
  const explaining = {
    execute: (statement: SQL) => database.db.execute(sql`explain ${statement}` as never),
  } as unknown as Db;
  const lines = (await ask(explaining)) as { 'QUERY PLAN': string }[];
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}
