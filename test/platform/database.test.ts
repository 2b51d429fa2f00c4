/** The store on a PostgreSQL of the system, as DATABASE_URL names one. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { eventually } from '../support/eventually.ts';
import { type Cluster, startSystemPostgres, systemPostgres } from '../support/system-postgres.ts';

const log = createLogger({ production: false, logLevel: 'silent' });

describe.skipIf(systemPostgres === undefined)('a store elsewhere', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startSystemPostgres();
  });
  afterAll(() => cluster?.stop());

  test('is migrated once by relays that start at once, and ready for all of them', async () => {
    const relays = await Promise.all([open(), open(), open()]);
    const answers = await Promise.all(relays.map((relay) => relay.ready()));
    await Promise.all(relays.map((relay) => relay.close()));
    const known = answers[0]?.migrations.known;
    expect(known).toBeGreaterThan(0);
    const ready = { ready: true, database: 'writable', migrations: { applied: known, known } };
    expect(answers).toEqual([ready, ready, ready]);
  });

  test('that takes no writes is not ready, and ready again when it does', async () => {
    const database = await open();
    await administer('alter database postgres set default_transaction_read_only = on');
    await administer(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fullname'",
    );
    await eventually('it is not ready', async () => (await database.ready()).database === 'failing');
    await administer(
      'set transaction read write; alter database postgres reset default_transaction_read_only',
    );
    await administer(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fullname'",
    );
    await eventually('it is ready', async () => (await database.ready()).ready);
    await database.close();
  });

  test('that a newer version has added to serves this one too, as before', async () => {
    await (await open()).close();
    await administer(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)",
    );
    const older = await open();
    const { ready, migrations } = await older.ready();
    await older.close();
    expect([ready, migrations.applied]).toEqual([true, migrations.known + 1]);
  });

  test('from which a newer version took something away is refused in one sentence', async () => {
    const running = await open();
    const { known } = (await running.ready()).migrations;
    await administer(`insert into facts (key, value) values ('migrations-needed', ${known + 1})`);
    await eventually('one that runs is not ready any more', async () => !(await running.ready()).ready);
    await running.close();
    await expect(open()).rejects.toThrow(
      'The database was written by a newer Fullname: start that version or a later one.',
    );
    await administer("delete from facts where key = 'migrations-needed'");
    await administer("delete from drizzle.__drizzle_migrations where hash = 'newer'");
  });

  function open() {
    return openDatabase(readConfig({ NODE_ENV: 'test', DATABASE_URL: cluster.url }), log);
  }

  async function administer(statement: string): Promise<void> {
    const client = new pg.Client(cluster.url);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }
});
