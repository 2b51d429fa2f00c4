/** The store under a relay is killed, restarted and cut off while people talk; the whole list is `npm run faults`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../server/src/log.ts';
import { startEmbeddedPostgres } from '../../server/src/postgres/embedded.ts';
import { openChaosProxy } from '../support/chaos-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { startSystemPostgres, systemPostgres } from '../support/system-postgres.ts';
import { createCutter, harmBackends } from '../tools/faults/postgres.ts';
import { shownAsFailed } from '../tools/faults/timing.ts';
import { openWorld, type WorldStage } from '../tools/faults/world.ts';

const stage: WorldStage = {
  progress: () => undefined,
  flag: () => undefined,
  atEnd: (undo) => onTestFinished(() => void undo()),
};

test.skipIf(systemPostgres === undefined)(
  'cut off at COMMIT, its backends killed, and started anew: nothing is lost, doubled or shown as failed',
  async () => {
    const undos: (() => unknown)[] = [];
    onTestFinished(async () => {
      for (let undo = undos.pop(); undo; undo = undos.pop()) await undo();
    });
    const here: WorldStage = { ...stage, atEnd: (undo) => undos.push(undo) };
    const cluster = await startSystemPostgres({ tcp: true });
    here.atEnd(cluster.stop);
    const cutter = createCutter();
    const proxy = await openChaosProxy({ to: () => ({ port: cluster.port ?? 0 }), onData: cutter.onData });
    here.atEnd(proxy.close);
    const world = await openWorld(here, {
      ...{ visitors: 6, agents: 2, paceMs: 200, store: { url: cluster.url } },
      env: { DATABASE_URL: `postgres://fullname@127.0.0.1:${proxy.port}/postgres` },
    });
    world.talk();

    for (const moment of ['never arrives', 'just arrives', 'answer lost'] as const) {
      const before = cutter.fired();
      cutter.arm({ moment, statement: 'append' });
      await eventually('a commit is cut', () => cutter.fired() > before, 60_000);
      await world.moved(3);
    }
    for (const how of ['terminate', 'kill'] as const) {
      await harmBackends(cluster.url, how);
      await world.moved(3);
    }
    await cluster.kill();
    await cluster.restart();
    await world.moved(3);

    await world.settle();
    expect(await world.check()).toEqual([]);
    expect(shownAsFailed(await world.history()).value).toBe(0);
    expect(cutter.fired()).toBe(3);
  },
  240_000,
);

test.skipIf(process.platform !== 'linux')(
  'a PostgreSQL of the relay’s own that was killed leaves a busy process behind: the next start ends it and goes on',
  async () => {
    const folder = makeFolder('busy');
    onTestFinished(() => removeFolder(folder));
    const log = createLogger({ production: false, logLevel: 'silent' });
    const first = await startEmbeddedPostgres(folder, log);
    const client = new pg.Client(first.connection);
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const busy = rows[0]?.pid ?? 0;
    client.query('select count(*) from generate_series(1, 2000000000)').catch(() => undefined);
    await wait(100);
    process.kill(postmasterOf(folder), 'SIGKILL');
    await eventually('the postmaster is gone', () => !isAlive(first.pid));
    expect(isAlive(busy)).toBe(true);

    const second = await startEmbeddedPostgres(folder, log);
    onTestFinished(() => second.stop());
    expect(isAlive(busy)).toBe(false);
  },
  60_000,
);

function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A zombie runs no more. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
