import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBackup } from '../../server/src/backup/backup.ts';
import { SILENT } from '../../server/src/backup/progress.ts';
import { restoreBackup, verifyBackup } from '../../server/src/backup/restore.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { knownMigrations, migrateTo, readAppliedMigrations } from '../../server/src/store/levels.ts';
import { installQueue } from '../../server/src/store/queue.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { type Agent, anAgent, aVisitor, newId, type Visitor } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { root } from '../support/root.ts';
import { freePort, furnish, makeDataFolder, removeDataFolder, spawnRelay } from '../support/spawn-relay.ts';

let folder: string;
let url: string;
let relay: Relay;
let megan: Agent;
let visitors: Visitor[];

beforeAll(async () => {
  folder = makeFolder('backup');
  url = await makeDatabase();
  relay = await openRelay({ databaseUrl: url, env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay);
  visitors = await Promise.all(Array.from({ length: 8 }, () => aVisitor(relay)));
  for (const visitor of visitors) await visitor.say('你好 \\ tab\there "quoted" \u{1F331}');
  const [first] = visitors;
  if (!first) throw new Error('there are visitors');
  const conversation = await megan.take(first);
  await megan.say(conversation, 'I am here.\nTwo lines, \\N and \\. too.');
  await megan.note(conversation, 'a note');
  await megan.do('customer:link', { conversation, id: newId(), customer: { name: 'Ines Duarte' } });
  const due = new Date(Date.now() + 6 * 3_600_000).toISOString();
  await megan.do('promise:make', { conversation, id: newId(), text: 'call back', due });
});
afterAll(async () => {
  await relay.close();
  removeFolder(folder);
});

/** The relay's store in a file of this name. */
async function backedUp(name: string): Promise<string> {
  const file = join(folder, `${name}.backup`);
  await writeBackup({ connectionString: url }, file, SILENT);
  return file;
}

/** A database in which there is nothing at all, not even tables. */
async function bareDatabase(): Promise<string> {
  const name = `fullname_bare_${randomUUID().replaceAll('-', '')}`;
  await on(url, (client) => client.query(`create database ${name} template template0`));
  bare.push(name);
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
const bare: string[] = [];
afterAll(() =>
  on(url, async (client) => {
    for (const name of bare) await client.query(`drop database ${name} with (force)`);
  }),
);

async function on<Value>(database: string, act: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client(database);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** Every table's rows as one hash and a count, by name. */
async function contents(database: string): Promise<Record<string, string>> {
  return on(database, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'jobs') and c.relkind in ('r', 'p') and not c.relispartition
         and c.relpersistence = 'p' order by 1`,
    );
    const found: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ all: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as all from ${name} t`,
      );
      found[name] = rows[0]?.all ?? '';
    }
    return found;
  });
}

/** The search index follows its log a moment later. */
async function conversationsNotIndexed(database: string): Promise<number> {
  return on(database, async (client) => {
    const { rows } = await client.query<{ behind: number }>(
      `select count(*)::int as behind from conversations c left join search_terms t on t.conversation_id = c.id
       where t.seq is distinct from c.last_seq`,
    );
    return rows[0]?.behind ?? Number.NaN;
  });
}

const into = (database: string, file: string, sendMail = false) =>
  restoreBackup({ connectionString: database }, file, { sendMail, progress: SILENT });

describe('a backup restored into an empty store', () => {
  test('is the same in every table, but for sessions, links and what each release makes itself', async () => {
    const before = await eventually('nothing is written any more', async () => {
      const isBehind = (await conversationsNotIndexed(url)) > 0;
      const [one, other] = [await contents(url), await contents(url)];
      return !isBehind && JSON.stringify(one) === JSON.stringify(other) && one;
    });
    const target = await bareDatabase();
    await into(target, await backedUp('whole'));
    const after = await contents(target);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const different = Object.keys(before).filter((name) => before[name] !== after[name]);
    const own = ['jobs.queue', 'jobs.version', 'public.links', 'public.relay_probe', 'public.sessions'];
    expect(different.filter((name) => !own.includes(name))).toEqual([]);
    expect(after['public.sessions']).toMatch(/^0 /);
    expect(after['public.links']).toMatch(/^0 /);
    expect(after['public.entries']).not.toMatch(/^0 /);
    expect(after['jobs.job']).not.toMatch(/^0 /);
  });

  test('holds no sequence that a restore would have to set', async () => {
    const { rows } = await on(url, (client) =>
      client.query(
        `select schemaname, sequencename from pg_sequences where schemaname in ('public', 'jobs')`,
      ),
    );
    expect(rows).toEqual([]);
  });

  test('was taken under load: it has all that was acknowledged before it began, and the tables fit each other', async () => {
    let running = true;
    const acknowledged: string[] = [];
    const talk = visitors.map(async (visitor) => {
      while (running) {
        const entry = await visitor.say('one more');
        if (entry.id !== null) acknowledged.push(entry.id);
      }
    });
    await Promise.all(visitors.map((visitor) => visitor.say('before')));
    const before = [...acknowledged];
    const file = await backedUp('under-load');
    running = false;
    await Promise.all(talk);
    expect(acknowledged.length).toBeGreaterThan(before.length);
    const target = await makeDatabase();
    await into(target, file);
    await on(target, async (client) => {
      const { rows: there } = await client.query<{ id: string }>('select client_id as id from entries');
      const ids = new Set(there.map(({ id }) => id));
      expect(before.filter((id) => !ids.has(id))).toEqual([]);
      const { rows: torn } = await client.query(
        `select c.id from conversations c where c.last_seq <> (select count(*) from entries e where e.conversation_id = c.id)
           or c.last_seq <> (select max(seq) from entries e where e.conversation_id = c.id)`,
      );
      expect(torn).toEqual([]);
    });
  });

  test('opens again, and has the same conversation in the same order', async () => {
    const [visitor] = visitors;
    if (!visitor) throw new Error('there are visitors');
    const said = await visitor.read();
    const target = await makeDatabase();
    await into(target, await backedUp('serves'));
    const config = readConfig({ DATABASE_URL: target, NODE_ENV: 'test', LOG_LEVEL: 'error' });
    const database = await openDatabase(config, createLogger(config));
    const { rows } = await database.pool.query<{ id: string }>(
      `select e.client_id as id from entries e join conversations c on c.id = e.conversation_id
       where c.client_id = $1 and e.public_seq is not null order by e.public_seq`,
      [visitor.conversation],
    );
    await database.close();
    expect(rows.map(({ id }) => id)).toEqual(said.map(({ id }) => id));
  });

  test('of an earlier release is brought up to date by the next start', async () => {
    const levels = knownMigrations();
    const old = await bareDatabase();
    await on(old, async (client) => {
      await migrateTo(client, levels.length - 1);
      await installQueue(client);
      await client.query(`insert into facts (key, value) values ('old', 7)`);
    });
    const file = join(folder, 'old.backup');
    await writeBackup({ connectionString: old }, file, SILENT);
    const target = await bareDatabase();
    await into(target, file);
    expect(await on(target, readAppliedMigrations)).toHaveLength(levels.length - 1);
    const config = readConfig({ DATABASE_URL: target, NODE_ENV: 'test', LOG_LEVEL: 'error' });
    await (await openDatabase(config, createLogger(config))).close();
    expect(await on(target, readAppliedMigrations)).toEqual(levels);
    const facts = await on(target, (client) => client.query(`select value from facts where key = 'old'`));
    expect(facts.rows).toEqual([{ value: '7' }]);
  });
});

describe('mail that waited', () => {
  test('is given to a person, since it may have been sent; or sent after all, where the operator knows better', async () => {
    const id = randomUUID();
    await on(url, async (client) => {
      const { rows } = await client.query<{ customer: string; person: string }>(
        'select (select id from customers limit 1) as customer, (select id from people limit 1) as person',
      );
      await client.query(
        `insert into mails (id, customer_id, by_id, to_address, subject, body, created_at)
         values ($1, $2, $3, 'ines@example.com', 'Your lamp', 'It is here.', now())`,
        [id, rows[0]?.customer, rows[0]?.person],
      );
    });
    const file = await backedUp('mail');
    const stateIn = (database: string) =>
      on(
        database,
        async (client) => (await client.query('select state, trouble from mails where id = $1', [id])).rows,
      );
    const [held, sent] = [await makeDatabase(), await makeDatabase()];
    expect((await into(held, file)).heldMails).toBe(1);
    expect(await stateIn(held)).toMatchObject([
      { state: 'failed', trouble: expect.stringContaining('may have been sent') },
    ]);
    expect((await into(sent, file, true)).heldMails).toBe(0);
    expect(await stateIn(sent)).toMatchObject([{ state: 'waiting' }]);
  });
});

describe('is refused with one sentence, and nothing is half restored', () => {
  const sentence = /^[A-Z][^\n]*: [^\n]+$/;

  test('a file with one flipped byte, wherever it is', async () => {
    const file = await backedUp('flipped');
    const bytes = readFileSync(file);
    const places = [
      0,
      5,
      17,
      18,
      22,
      27,
      ...Array.from({ length: 20 }, (_, n) => Math.floor(((n + 1) * bytes.length) / 21)),
    ];
    for (const place of [...places, bytes.length - 33, bytes.length - 1]) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(place) ^ 0x10, place);
      writeFileSync(file, flipped);
      await expect(verifyBackup(file, SILENT), `byte ${place}`).rejects.toMatchObject({
        name: 'BackupError',
        message: expect.stringMatching(sentence),
      });
    }
    const target = await bareDatabase();
    await expect(into(target, file)).rejects.toThrow(/damaged/);
    expect(await contents(target)).toEqual({});
  });

  test('a file that was cut short, wherever it was', async () => {
    const file = await backedUp('short');
    for (let size = statSync(file).size - 1; size > 0; size = Math.floor(size * 0.7)) {
      truncateSync(file, size);
      await expect(verifyBackup(file, SILENT), `${size} bytes`).rejects.toMatchObject({
        name: 'BackupError',
      });
    }
  });

  test('a backup of a newer release', async () => {
    const newer = await bareDatabase();
    await on(newer, async (client) => {
      await migrateTo(client, knownMigrations().length);
      await installQueue(client);
      await client.query(
        `insert into drizzle.__drizzle_migrations (hash, created_at) values ('f00', ${Date.now() + 1e9})`,
      );
    });
    const file = join(folder, 'newer.backup');
    await writeBackup({ connectionString: newer }, file, SILENT);
    const target = await bareDatabase();
    await expect(into(target, file)).rejects.toThrow(
      /^This backup was written by a newer Fullname: restore it with/,
    );
    expect(await contents(target)).toEqual({});
  });

  test('a store that is not empty, which stays as it is', async () => {
    const file = await backedUp('full');
    const before = await contents(url);
    await expect(into(url, file)).rejects.toThrow(/^The store is not empty, so nothing was restored: /);
    expect(await contents(url)).toEqual(before);
  });

  test('what the store does not take in the middle leaves it empty, and the next try succeeds', async () => {
    const file = await backedUp('middle');
    const target = await makeDatabase();
    await on(target, (client) => client.query('alter table promises add constraint never check (false)'));
    await expect(into(target, file)).rejects.toThrow(/never/);
    const rows = await contents(target);
    const full = Object.keys(rows).filter((name) => !rows[name]?.startsWith('0 '));
    expect(full.filter((name) => !/^jobs\.(queue|version)$/.test(name))).toEqual([]);
    await on(target, (client) => client.query('alter table promises drop constraint never'));
    await into(target, file);
    expect((await contents(target))['public.entries']).toBe((await contents(url))['public.entries']);
  });

  test('a file that is there already, or cannot be', async () => {
    const file = await backedUp('once');
    const before = readFileSync(file);
    await expect(backedUp('once')).rejects.toThrow(/^There is a file .* already: /);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}.part`)).toBe(false);
    await expect(backedUp('no/such')).rejects.toThrow(/cannot be written \(ENOENT\): /);
    await expect(verifyBackup(join(folder, 'nowhere'), SILENT)).rejects.toThrow(
      /cannot be read \(ENOENT\): /,
    );
  });

  test('what another backup is writing, or has left', async () => {
    const part = join(folder, 'twice.backup.part');
    writeFileSync(part, 'half of it', { mode: 0o644 });
    await expect(backedUp('twice')).rejects.toThrow(/^There is a file .*\.part: wait for/);
    expect(readFileSync(part, 'utf8')).toBe('half of it');
    rmSync(part);
    await backedUp('twice');
  });

  test('a backup is for its owner alone to read', async () => {
    expect(statSync(await backedUp('mine')).mode & 0o777).toBe(0o600);
  });
});

describe('by command, with the relay’s own PostgreSQL', () => {
  const run = promisify(execFile);
  const command = (name: string, args: readonly string[], dataDir: string) =>
    run(process.execPath, [join(root, 'server/dist/backup', `${name}-command.js`), ...args], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    });

  test('beside the running relay; restored into a new folder, and taken from there while no relay runs', async () => {
    const [from, to] = [await makeDataFolder(), await makeDataFolder()];
    const [file, again] = [join(folder, 'embedded.backup'), join(folder, 'again.backup')];
    const running = await spawnRelay({ dataDir: from, port: await freePort(), env: { DEMO: 'off' } });
    try {
      await furnish(running, 1);
      const { stdout } = await command('backup', [file], from);
      expect(stdout).toMatch(/^[\d,]+ rows of \d+ tables, .*Keep it like a password\.\n$/);
      await expect(command('restore', [file], from)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^Another relay \(process \d+\) already uses [^\n]+\n$/),
      });
      expect((await command('restore', [file], to)).stdout).toContain(
        'are restored. Everybody signs in anew',
      );
      await command('backup', [again], to);
      const figures = async (one: string) =>
        (await verifyBackup(one, SILENT)).tables.filter(({ name }) => name !== 'jobs.job');
      expect(await figures(again)).toEqual(await figures(file));
    } finally {
      await running.stop();
      for (const one of [from, to]) await removeDataFolder(one);
    }
  }, 180_000);

  test('says how it is used, and whether a file is whole', async () => {
    const misused = [
      ['backup', []],
      ['backup', ['-x']],
      ['restore', []],
      ['restore', ['--force', 'x']],
    ] as const;
    const file = await backedUp('verified');
    const verified = command('restore', ['--verify', file], folder);
    await Promise.all(
      misused.map(([name, args]) =>
        expect(command(name, args, folder)).rejects.toMatchObject({
          code: 1,
          stderr: expect.stringMatching(/^Say w[^\n]+npm run [^\n]+\n$/),
        }),
      ),
    );
    expect((await verified).stdout).toContain('the backup is whole');
  });
});
