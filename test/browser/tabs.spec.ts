import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { type ChaosProxy, openChaosProxy } from '../support/chaos-proxy.ts';
import { openDemoRelay } from '../support/relay.ts';
import { demoDesk } from '../support/stage.ts';
import {
  freezeAndWake,
  killWhileSending,
  offlineAndBack,
  type TabGround,
  threeTabs,
} from '../support/tabs.ts';

let browser: Browser;
let proxy: ChaosProxy;
let relay: Awaited<ReturnType<typeof openDemoRelay>>;
let ground: TabGround;

beforeAll(async () => {
  let port = 0;
  proxy = await openChaosProxy({ to: () => ({ port }) });
  relay = await openDemoRelay({ env: { PUBLIC_URL: `http://localhost:${proxy.port}` } });
  port = relay.port;
  browser = await sharedBrowser();
  ground = {
    ...{ browser, proxy, desk: demoDesk(proxy.port, relay.welcome.join('\n')) },
    query: async (sql, values) => (await relay.database.pool.query<{ body: string }>(sql, [...values])).rows,
  };
});
afterAll(async () => {
  await closeProfiles();
  await relay.close();
  await proxy.close();
});

test('a tab that is killed while its words are on their way has sent each of them once', async () => {
  expect(await killWhileSending(ground)).toEqual([]);
});

test('words written without a network are sent once when it is back', async () => {
  expect(await offlineAndBack(ground)).toEqual([]);
});

test('a frozen tab has caught up within two seconds of its waking', async () => {
  expect((await freezeAndWake(ground)).wrong).toEqual([]);
});

test('three tabs that write at once all show the same list in the same order', async () => {
  expect(await threeTabs(ground)).toEqual([]);
});
