import type { Site } from '@fullname/shared/api';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDefaultProfile } from '../support/browser.ts';
import { call } from '../support/console-api.ts';
import { type HostPages, openHostPages } from '../support/host-pages.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../support/spawn-relay.ts';
import { type Chat, listenToSockets, openChat, saySent } from '../support/stage.ts';

/** Three names that may be registered, all of them this machine: two shops, and the relay between them. */
const FLOWERS = 'http://shop.example';
const GARDEN = 'http://garden.test';
const CHAT = 'http://chat.example.org';

let shops: HostPages;
let relay: SpawnedRelay;
let dataDir: string;
let rules: string;
let site: string;

beforeAll(async () => {
  shops = await openHostPages((_, response) => {
    response.setHeader('content-type', 'text/html');
    const tag = `<script async src="${CHAT}/w/${site}.js"></script>`;
    response.end(`<!doctype html><html lang="en"><title>A shop</title><h1>Flowers</h1>${tag}`);
  });
  dataDir = await makeDataFolder();
  const port = await freePort();
  const env = {
    ...{ PUBLIC_URL: CHAT, CONSOLE_URL: `http://localhost:${port}` },
    ...{ DEMO: 'off', LOG_LEVEL: 'error' },
  };
  relay = await spawnRelay({ dataDir, port, env });
  const { owner } = await furnish(relay, 1);
  const made = await call<Site>({ origin: relay.origin, cookie: owner }, 'POST /api/sites', {
    name: 'Bloom & Stem',
    hosts: [FLOWERS, GARDEN],
  });
  site = made.key;
  const leads = (origin: string, to: number) => `MAP ${new URL(origin).host} 127.0.0.1:${to}`;
  rules = [leads(FLOWERS, shops.port), leads(GARDEN, shops.port), leads(CHAT, port)].join(', ');
});
afterAll(async () => {
  shops.close();
  await relay?.stop();
  await removeDataFolder(dataDir);
});

/**
 * `blocked`: a frame of another site may keep nothing. `parted`: it may, for each site around it apart, as browsers are delivered
 * today; Playwright switches that off among other features, and the last word on them counts.
 */
async function aBrowser(storage: 'blocked' | 'parted'): Promise<BrowserContext> {
  const blocked = storage === 'blocked';
  const features = blocked ? [] : ['--disable-features=Translate'];
  const { context, close } = await openDefaultProfile([`--host-resolver-rules=${rules}`, ...features], {
    profile: { block_third_party_cookies: blocked, cookie_controls_mode: blocked ? 1 : 0 },
  });
  onTestFinished(close);
  context.setDefaultTimeout(60_000);
  return context;
}

async function visit(page: Page, shop: string): Promise<Chat> {
  await page.goto(shop);
  return openChat(page);
}

/** Whether the frame may keep things itself, wherever that is. */
function keeps({ frame }: Chat): Promise<boolean> {
  return frame.evaluate(() => {
    try {
      return !!window.localStorage;
    } catch {
      return false;
    }
  });
}

describe.each(['blocked', 'parted'] as const)('where a frame’s storage is %s', (how) => {
  test('a visitor who comes back to the same shop is known, and is nobody in another', async () => {
    const context = await aBrowser(how);
    const sent = listenToSockets(context);
    const tokens = () => new Set(sent().flatMap((one) => /"token":"(\w+)"/.exec(one)?.[1] ?? []));
    const page = await context.newPage();
    const first = await visit(page, FLOWERS);
    expect(await keeps(first)).toBe(how === 'parted');
    await saySent(first, 'Remember me here');

    await page.goto('about:blank');
    const again = await visit(page, FLOWERS);
    await again.log.getByText('Remember me here').waitFor();
    expect(tokens().size).toBe(1);

    const other = await visit(page, GARDEN);
    await saySent(other, 'I was never here');
    expect(await other.log.getByText('Remember me here').count()).toBe(0);
    expect(tokens().size).toBe(2);

    const home = await visit(page, FLOWERS);
    await home.log.getByText('Remember me here').waitFor();
    expect(await home.log.getByText('I was never here').count()).toBe(0);
    expect(tokens().size).toBe(2);
  });
});
