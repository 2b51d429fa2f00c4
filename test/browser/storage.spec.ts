import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { closeProfiles, openDefaultProfile, sharedBrowser } from '../support/browser.ts';
import { type HostPages, openHostPages } from '../support/host-pages.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { openChat, saySent } from '../support/stage.ts';

/** A host page of our own: two lines of HTML and the tag. Any host name that leads to this machine will do. */
let hosts: HostPages;
let relay: Relay;

beforeAll(async () => {
  hosts = await openHostPages((_, response) => {
    response.setHeader('content-type', 'text/html');
    const tag = `<script async src="${relay.origin}/w/${relay.site.key}.js"></script>`;
    response.end(`<!doctype html><title>A shop</title><h1>Flowers</h1>${tag}`);
  });
  relay = await openRelay({ hosts: [otherSite(), sameSite()] });
});
afterAll(async () => {
  hosts.close();
  await relay.close();
});

const otherSite = () => `http://127.0.0.1:${hosts.port}`;
const sameSite = () => `http://localhost:${hosts.port}`;

/** Says something, reloads, and tells whether the chat still knows it. */
async function saysAndReloads(page: Page): Promise<boolean> {
  const chat = await openChat(page);
  await saySent(chat, 'Remember me');
  await page.reload();
  const again = await openChat(page);
  return again.log
    .getByText('Remember me')
    .waitFor()
    .then(
      () => true,
      () => false,
    );
}

function databasesOf(where: { evaluate(ask: () => Promise<number>): Promise<number> }): Promise<number> {
  return where.evaluate(async () => {
    try {
      return (await indexedDB.databases()).length;
    } catch {
      return -1;
    }
  });
}

async function anOrdinaryContext(): Promise<BrowserContext> {
  const browser = await sharedBrowser();
  onTestFinished(closeProfiles);
  return browser.newContext();
}

describe('what the chat remembers', () => {
  test('lies in the frame’s own storage where the browser gives it one', async () => {
    const page = await (await anOrdinaryContext()).newPage();
    await page.goto(sameSite());
    expect(await saysAndReloads(page)).toBe(true);
    expect(await databasesOf(page)).toBe(0);
    const frame = page.frames().find((one) => one.url().startsWith(`${relay.origin}/w/`));
    expect(frame && (await databasesOf(frame))).toBeGreaterThan(0);
  });

  test('lies with the host page where the frame is refused any, as the default profile refuses it', async () => {
    const { context, close } = await openDefaultProfile();
    onTestFinished(close);
    const page = await context.newPage();
    await page.goto(otherSite());
    const chat = await openChat(page);
    const isRefused = await chat.frame.evaluate(() => {
      try {
        return !window.localStorage;
      } catch {
        return true;
      }
    });
    expect(isRefused).toBe(true);
    expect(await databasesOf(page)).toBe(0);
    await page.reload();
    expect(await saysAndReloads(page)).toBe(true);
    expect(await databasesOf(page)).toBeGreaterThan(0);
  });

  test('lies there as well where the script for it did not come at first, as on a bad line', async () => {
    const { context, close } = await openDefaultProfile();
    onTestFinished(close);
    let asked = 0;
    await context.route('**/w/broker-*', (route) => {
      asked += 1;
      return asked === 1 ? route.abort('connectionreset') : route.continue();
    });
    const page = await context.newPage();
    await page.goto(otherSite());
    expect(await saysAndReloads(page)).toBe(true);
    expect(asked).toBeGreaterThan(1);
  });

  test('is gone with the page where neither has storage, and the chat says so and works', async () => {
    const context = await anOrdinaryContext();
    await context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { value: undefined });
    });
    const page = await context.newPage();
    await page.goto(otherSite());
    const chat = await openChat(page);
    await chat.say('Is it still this page?');
    await chat.log.getByText('Is it still this page?').waitFor();
    await chat.frame
      .getByText(/this page is open|cannot (keep|store|remember)|until you (close|leave)/i)
      .waitFor();
    await page.reload();
    const again = await openChat(page);
    await again.composer.waitFor();
    expect(await again.frame.getByText('Is it still this page?').count()).toBe(0);
  });

  test('is nothing before the first words: no token, no mark, no cookie, not a record in a database', async () => {
    const { context, close } = await openDefaultProfile();
    onTestFinished(close);
    const page = await context.newPage();
    const before = (await relay.database.pool.query('select 1 from visitors')).rowCount ?? 0;
    const connected = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
    await page.goto(otherSite());
    await openChat(page);
    await connected;
    expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual(
      [],
    );
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(countRecords)).toBe(0);
    expect((await relay.database.pool.query('select 1 from visitors')).rowCount ?? 0).toBe(before);
  });
});

/** Runs in the page: how many records all its databases hold. */
async function countRecords(): Promise<number> {
  const settle = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await settle(indexedDB.open(name ?? ''));
    for (const store of database.objectStoreNames) {
      count += await settle(database.transaction(store).objectStore(store).count());
    }
    database.close();
  }
  return count;
}

describe('a page that the site’s owner did not list', () => {
  test('cannot show the chat', async () => {
    const page = await (await anOrdinaryContext()).newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    const stranger = await openHostPages((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>x</title><iframe src="${relay.origin}/w/${relay.site.key}"></iframe>`,
      );
    });
    onTestFinished(stranger.close);
    await page.goto(`http://127.0.0.1:${stranger.port}/`);
    await page.locator('iframe').waitFor();
    expect(page.frames().some((frame) => frame.url().startsWith(relay.origin))).toBe(false);
    expect(refused.join('\n')).toMatch(/frame-ancestors/);
  });

  test('can not frame the console either, nor can any other', async () => {
    const response = await fetch(`${relay.origin}/console/`);
    expect(response.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
  });
});
