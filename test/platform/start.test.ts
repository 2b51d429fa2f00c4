/** `node server/dist/index.js` as its operator meets it: what it says when it cannot start, and how it stops. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { root } from '../support/root.ts';
import { makeDataFolder, removeDataFolder } from '../support/spawn-relay.ts';

const folder = await makeDataFolder();
let taken: Server;
let takenPort: number;

beforeAll(async () => {
  taken = createServer((_request, response) => response.end('not a relay'));
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as AddressInfo).port;
});
afterAll(async () => {
  taken.close();
  await removeDataFolder(folder);
});

describe('a relay that cannot start says why in one sentence, and ends with code 1', () => {
  test('a taken port', async () => {
    expect(await failure({ PORT: `${takenPort}` })).toBe(
      `Port ${takenPort} on 127.0.0.1 is taken by another program: stop it, or set PORT to a free one.\n`,
    );
  });

  test('an address that is not this machine’s', async () => {
    expect(await failure({ PORT: '0', HOST: '192.0.2.1' })).toBe(
      'HOST is "192.0.2.1", which is no address of this machine: set it to one, such as 127.0.0.1 or 0.0.0.0.\n',
    );
  });

  test('a bad value', async () => {
    expect(await failure({ PORT: 'web' })).toBe(
      'PORT is "web", which cannot be used: set it to a whole number from 0 to 65535.\n',
    );
  });

  test('a data folder that cannot be used', async () => {
    const file = join(root, 'package.json');
    expect(await failure({ DATA_DIR: file })).toMatch(
      /^The data folder .* cannot be used \(ENOTDIR\): .* set DATA_DIR to another folder\.\n$/,
    );
  });

  test('a database that does not answer, without its password', async () => {
    expect(await failure({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/fullname' })).toBe(
      'PostgreSQL at 127.0.0.1:1 does not answer: start it, or correct DATABASE_URL.\n',
    );
  });
});

describe('a relay that runs', () => {
  test('tells who asks that it is alive and ready, drains on SIGTERM, and takes its PostgreSQL with it', async () => {
    const relay = start({ PORT: '0' });
    const origin = await eventually(
      'the relay prints where it is',
      () => relay.printed().match(/http:\/\/[\w.]+:\d+/)?.[0],
      60_000,
    );
    expect((await fetch(`${origin}/livez`)).status).toBe(200);
    const ready = await fetch(`${origin}/readyz`);
    expect(ready.status).toBe(200);
    const { migrations, ...rest } = (await ready.json()) as {
      migrations: { applied: number; known: number };
    };
    expect(rest).toEqual({ status: 'ready', database: 'writable', redis: 'off' });
    expect(migrations.applied).toBe(migrations.known);
    const postgres = readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0];
    relay.child.kill('SIGTERM');
    expect(await relay.ended).toBe(0);
    expect(() => process.kill(Number(postgres), 0)).toThrow('ESRCH');
  });
});

test('a Node that is too old is named with the remedy', () => {
  const pretend = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.20.1"})';
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', pretend, 'server/prepare.mjs', '--no-build'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(stderr).toMatch(/^Node 18\.20\.1 cannot run this \(it needs .*\): install a newer one from .*\.\n$/);
  expect(status).toBe(1);
});

// ---- Helpers ----

type Started = { readonly child: ChildProcess; readonly ended: Promise<number | null>; printed(): string };

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['server/dist/index.js'], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DEMO: 'off', DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, printed: () => printed };
}

/** All that a relay prints which is expected to end by itself with code 1. */
async function failure(env: Record<string, string>): Promise<string> {
  const relay = start(env);
  expect(await relay.ended).toBe(1);
  return relay.printed();
}
