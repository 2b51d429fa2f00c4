/** Real tabs of a real Chromium: killed, without a network, frozen, three at once. Screens are compared with the store. */
import pg from 'pg';
import { launchBrowser } from '../../support/browser.ts';
import { openChaosProxy } from '../../support/chaos-proxy.ts';
import { atMost, type Measured, type Stage } from '../../support/figures.ts';
import { freePort, makeDataFolder, removeDataFolder, spawnRelay } from '../../support/spawn-relay.ts';
import { demoDesk } from '../../support/stage.ts';
import {
  freezeAndWake,
  killWhileSending,
  offlineAndBack,
  type TabGround,
  threeTabs,
} from '../../support/tabs.ts';
import type { Scenario } from './scenario.ts';

export const tabs: Scenario = {
  name: 'tabs',
  what: 'real browser tabs are killed, cut off, frozen, and write three at once',
  needs: ['chromium'],
  cycles: 2,
  run: faultTabs,
};

async function faultTabs(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const ground = await prepareGround(stage);
  const wrong = { killed: 0, offline: 0, frozen: 0, three: 0 };
  const caughtUp: number[] = [];
  const count = (name: keyof typeof wrong, found: readonly string[]) => {
    wrong[name] += found.length;
    for (const one of found) stage.progress(`${name}: ${one}`);
  };
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    count('killed', await killWhileSending(ground));
    count('offline', await offlineAndBack(ground));
    const woken = await freezeAndWake(ground);
    count('frozen', woken.wrong);
    caughtUp.push(woken.caughtUpMs);
    count('three', await threeTabs(ground));
    stage.progress(`cycle ${cycle} of ${cycles}`);
  }
  return [
    atMost('wrong after a tab was killed while sending', [wrong.killed, ''], { must: 0 }),
    atMost('wrong after a time without a network', [wrong.offline, ''], { must: 0 }),
    atMost('wrong after a tab was frozen', [wrong.frozen, ''], { must: 0 }),
    atMost('wrong where three tabs wrote at once', [wrong.three, ''], { must: 0 }),
    atMost('a frozen tab had caught up after', [Math.max(...caughtUp), 'ms'], { must: 2_000 }),
  ];
}

async function prepareGround(stage: Stage): Promise<TabGround> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const port = await freePort();
  const proxy = await openChaosProxy({ to: () => ({ port }) });
  stage.atEnd(() => proxy.close());
  const env = { PUBLIC_URL: `http://localhost:${proxy.port}`, LOG_LEVEL: 'error' };
  const relay = await spawnRelay({ dataDir, port, env });
  stage.atEnd(() => relay.stop());
  const browser = await launchBrowser();
  stage.atEnd(() => browser.close());
  const store = new pg.Client({ host: `${dataDir}/pg`, user: 'fullname', database: 'postgres' });
  await store.connect();
  stage.atEnd(() => store.end());
  return {
    ...{ browser, proxy, desk: demoDesk(proxy.port, relay.printed()) },
    query: async (sql, values) => (await store.query<{ body: string }>(sql, [...values])).rows,
  };
}
