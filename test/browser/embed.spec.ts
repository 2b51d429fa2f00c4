import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type HostPages, openHostPages } from '../support/host-pages.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { root } from '../support/root.ts';
import { openChat, saySent } from '../support/stage.ts';

declare global {
  interface Window {
    Fullname?: (...call: unknown[]) => unknown;
  }
}

const guide = readFileSync(join(root, 'docs/install.md'), 'utf8');
/** The line for calls made before the script has arrived, and the hash by which a policy allows it. */
const [early = ''] = /<script>window\.Fullname \?\?= .*<\/script>/.exec(guide) ?? [];
const [hash = ''] = /'sha256-[^']+'/.exec(guide) ?? [];

/**
 * A host page with the documented policy and Trusted Types. Of the query, `tag` is added to the tag, `early` is called before it by
 * the documented line, and `referrer` is the page's policy of referrers.
 */
let hosts: HostPages;
let relay: Relay;

beforeAll(async () => {
  hosts = await openHostPages((request, response) => {
    const asked = new URL(request.url ?? '', 'http://host');
    const said = (name: string) => asked.searchParams.get(name) ?? '';
    if (asked.pathname === '/early.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(said('calls'));
      return;
    }
    const scripts = said('early') ? `${relay.origin} ${listed()} ${hash}` : relay.origin;
    response.setHeader('content-type', 'text/html');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${scripts}; frame-src ${relay.origin}; require-trusted-types-for 'script'; trusted-types 'none'`,
    );
    if (said('referrer')) response.setHeader('referrer-policy', said('referrer'));
    const calls = `<script src="/early.js?calls=${encodeURIComponent(said('early'))}"></script>`;
    const tag = `<script async src="${relay.origin}/w/${relay.site.key}.js" ${said('tag')}></script>`;
    const before = said('early') ? early + calls : '';
    response.end(`<!doctype html><title>A shop</title><h1>Flowers</h1>${before}${tag}`);
  });
  relay = await openRelay({ hosts: [listed()] });
});
afterAll(async () => {
  hosts.close();
  await relay.close();
});

const listed = () => `http://localhost:${hosts.port}`;
const stranger = () => `http://127.0.0.1:${hosts.port}`;

async function visit(
  address: string,
): Promise<{ page: Page; lines: string[]; asked: string[]; requests: Request[] }> {
  const browser = await sharedBrowser();
  onTestFinished(closeProfiles);
  const page = await (await browser.newContext()).newPage();
  const lines: string[] = [];
  const asked: string[] = [];
  const requests: Request[] = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('request', (request) => {
    requests.push(request);
    if (request.url().startsWith(`${relay.origin}/`)) asked.push(new URL(request.url()).pathname);
  });
  await page.goto(address);
  await page.locator('fullname-chat button').waitFor({ state: 'attached' });
  return { page, lines, asked, requests };
}

/** How many things lie in storage, here or in the frame. */
function kept(where: { evaluate<Result>(ask: () => Promise<Result>): Promise<Result> }): Promise<number> {
  return where.evaluate(async () => {
    let count = localStorage.length + sessionStorage.length;
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        count += await new Promise<number>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).count();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      }
      database.close();
    }
    return count;
  });
}

test('under the two documented lines it works, logs out without a trace, is destroyed and begins again', async () => {
  const { page, lines } = await visit(listed());
  const chat = await openChat(page);
  await saySent(chat, 'Do you deliver on Sundays?');
  expect(await kept(page)).toBe(1);
  expect(await kept(chat.frame)).toBeGreaterThan(0);

  await page.evaluate(() => window.Fullname?.('logout'));
  await eventually('nothing is kept', async () => (await kept(page)) + (await kept(chat.frame)) === 0);
  expect(await chat.frame.getByText('Do you deliver on Sundays?').count()).toBe(0);

  await page.evaluate(() => window.Fullname?.('destroy'));
  await page.locator('fullname-chat').waitFor({ state: 'detached' });
  await page.evaluate(() => window.Fullname?.('start'));
  const again = await openChat(page);
  await again.say('And on Mondays?');
  await again.log.getByText('And on Mondays?').waitFor();
  expect(lines.filter((line) => /Security Policy|TrustedScript|Fullname/.test(line))).toEqual([]);
});

test('the documented line, allowed by its hash, takes calls before the script has come, and they are made up for in order', async () => {
  const calls = `
    Fullname('on', 'open', () => { document.title += ' open'; });
    Fullname('setLocale', 'fr');
    Fullname('setLocale', 'de');
    Fullname('open', { message: 'Liefern Sie?' });`;
  const { page, lines } = await visit(`${listed()}/?early=${encodeURIComponent(calls)}`);
  const composer = page.frameLocator('fullname-chat iframe').getByRole('textbox', { name: 'Nachricht' });
  await eventually('the words stand there', async () => (await composer.inputValue()) === 'Liefern Sie?');
  expect(await page.title()).toBe('A shop open');
  expect(lines.filter((line) => /Security Policy|Trusted|Fullname/.test(line))).toEqual([]);
});

test('what is kept and sent along is what the guide says: the names in its table, and of the page its origin or nothing', async () => {
  const sent = async (referrer: string) => {
    const { page, requests } = await visit(`${listed()}/secret/path?token=7&referrer=${referrer}`);
    const chat = await openChat(page);
    await saySent(chat, 'Do you deliver on Sundays?');
    const named = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    const databases = await chat.frame.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name),
    );
    expect([...named, ...databases]).toEqual(Array(2).fill(`fullname.${relay.site.key}`));
    expect(guide.replaceAll('SITEKEY', relay.site.key)).toContain(`| \`fullname.${relay.site.key}\` |`);
    expect(await page.context().cookies()).toEqual([]);
    const ours = requests.filter((one) => one.url().startsWith(relay.origin));
    const said = await Promise.all(ours.map(async (one) => (await one.allHeaders()).referer ?? ''));
    // The relay's files among themselves name the relay.
    return [...new Set(said)].filter((one) => one !== '' && !one.startsWith(relay.origin));
  };
  expect(await sent('')).toEqual([`${listed()}/`]);
  expect(await sent('no-referrer')).toEqual([]);
});

test('without consent a hover asks for nothing, and a click opens a chat that keeps nothing', async () => {
  const { page, asked } = await visit(`${listed()}/?tag=${encodeURIComponent('data-consent="required"')}`);
  await page.evaluate(() => window.Fullname?.('track', 'seen'));
  await page.locator('fullname-chat button').hover();
  expect(asked).toEqual([`/w/${relay.site.key}.js`]);
  const chat = await openChat(page);
  await saySent(chat, 'Only for now');
  expect((await kept(page)) + (await kept(chat.frame))).toBe(0);
});

test('consent that is taken back removes what was kept, and the chat goes on without keeping anything', async () => {
  const { page } = await visit(listed());
  const chat = await openChat(page);
  await saySent(chat, 'Do you deliver on Sundays?');
  expect(await kept(chat.frame)).toBeGreaterThan(0);
  const before = await page.locator('fullname-chat iframe').elementHandle();
  await page.evaluate(() => {
    window.Fullname?.('close');
    window.Fullname?.('consent', false);
  });
  await eventually('its frame is gone', async () => !(await before?.evaluate((one) => one.isConnected)));
  const again = await openChat(page);
  expect((await kept(page)) + (await kept(again.frame))).toBe(0);
  await saySent(again, 'Only for now');
  expect((await kept(page)) + (await kept(again.frame))).toBe(0);
});

test('consent that a page takes back before anything is loaded removes what an earlier page kept', async () => {
  const { page } = await visit(listed());
  const chat = await openChat(page);
  await saySent(chat, 'Do you deliver on Sundays?');
  await page.goto(`${listed()}/?tag=${encodeURIComponent('data-consent="required"')}`);
  await page.locator('fullname-chat button').waitFor();
  expect(await kept(page)).toBe(1);
  await page.evaluate(() => window.Fullname?.('consent', false));
  // The frame that forgets may be gone before anybody has looked.
  await eventually(
    'what was kept is gone, and the frame with it',
    async () => (await kept(page)) === 0 && (await page.locator('fullname-chat iframe').count()) === 0,
  );
  const again = await openChat(page);
  expect((await kept(page)) + (await kept(again.frame))).toBe(0);
  expect(await again.frame.getByText('Do you deliver on Sundays?').count()).toBe(0);
});

test('words that are typed and not sent leave the browser in no form; that somebody types does', async () => {
  const { page } = await visit(listed());
  const wire: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => wire.push(String(payload))));
  page.on('request', (request) => wire.push(`${request.url()} ${request.postData() ?? ''}`));
  const chat = await openChat(page);
  await saySent(chat, 'Do you deliver on Sundays?');
  const heard = () => wire.join('\n');
  expect(heard()).toContain('Do you deliver on Sundays?');
  const draft = 'Between us: the neighbour is never in.';
  await eventually('the words stand in the composer and the desk is told that somebody types', async () => {
    await chat.composer.click();
    await chat.composer.fill('');
    await chat.composer.pressSequentially(draft);
    return (await chat.composer.inputValue()) === draft && heard().includes('typing:show');
  });
  // What goes over the line when the window is left goes now.
  await page.evaluate(() => window.Fullname?.('close'));
  await page.locator('fullname-chat button').click();
  await chat.composer.waitFor();
  expect(await chat.composer.inputValue()).toBe(draft);
  for (const piece of ['Between', 'neighbour', 'never in']) expect(heard()).not.toContain(piece);
  await chat.composer.press('Enter');
  await eventually('sent, they go', () => heard().includes(draft));
});

test('pressed without a line it does nothing yet; pressed with one the chat opens, and not the browser’s own page about the line', async () => {
  const { page, lines } = await visit(listed());
  await page.context().setOffline(true);
  await page.locator('fullname-chat button').click();
  await eventually('it could not be had', () => lines.some((line) => line.includes('ERR_INTERNET')));
  await page.context().setOffline(false);
  const chat = await openChat(page);
  await chat.composer.fill('Are you there?');
  expect(lines.filter((line) => line.startsWith('Fullname:'))).toEqual([]);
});

test('on a page that is not listed the console names the origin that is missing', async () => {
  const { page, lines } = await visit(stranger());
  await page.locator('fullname-chat button').click();
  await eventually('the console says why', () =>
    lines.some((line) => line.includes(`Add ${stranger()} to the pages`)),
  );
  await page.locator('fullname-chat button').waitFor();
});
