/** Somebody who is there says hello first, on a page whose policy is as strict as it may be. */
import type { HelloRule } from '@fullname/shared/site-settings';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cspFor } from '../../server/src/site/csp.ts';
import { violations } from '../support/axe.ts';
import { chatFrame, launchBrowser } from '../support/browser.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type HostPages, openHostPages } from '../support/host-pages.ts';
import { type Agent, anAgent, newId } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { sayIn } from '../support/stage.ts';

const WORDS = 'The peonies are in. Shall I put some aside for you?';
const AGAIN = 'Good to see you again. Did everything arrive?';

let hosts: HostPages;
let shop: string;
let relay: Relay;
let browser: Browser;
let megan: Agent;

beforeAll(async () => {
  hosts = await openHostPages((_, response) => {
    const { hostPage } = cspFor({ origin: relay.origin, hosts: [], scripts: [], styles: [] });
    response.setHeader('content-security-policy', ["default-src 'none'", ...hostPage].join('; '));
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>A shop</title><main><h1>Flowers</h1><label>Search <input autofocus></label></main><script async src="${relay.origin}/w/${relay.site.key}.js"></script>`,
    );
  });
  shop = `http://localhost:${hosts.port}`;
  relay = await openRelay({ hosts: [shop] });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
  const rule = { afterSeconds: 0, person: megan.person.id, locale: null };
  const hellos: HelloRule[] = [
    { ...rule, id: 'peonies', pages: ['/peonies*'], returning: false, text: WORDS },
    { ...rule, id: 'again', pages: [], returning: true, text: AGAIN },
  ];
  const owner = { origin: relay.origin, cookie: relay.owner };
  await call(owner, `PUT /api/sites/${relay.site.id}/settings`, { hellos });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  hosts.close();
  await relay.close();
});

/** A page, with what it has asked of the relay. */
async function visit(context: BrowserContext, path: string): Promise<{ page: Page; asked: string[] }> {
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  page.on('websocket', (socket) => asked.push(socket.url()));
  await page.goto(shop + path);
  await page.locator('fullname-chat').waitFor({ state: 'attached' });
  return { page, asked };
}

const helloOn = (page: Page) => page.locator('fullname-chat section');
const kept = (page: Page) =>
  page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]);
const isAsked = (asked: readonly string[]) =>
  eventually('the relay was asked who is there', () => asked.some((path) => path.startsWith('/w/hello/')));

describe('a hello on the page', () => {
  test('comes where its rule says, moves nothing, and is answered in the chat', async () => {
    const context = await browser.newContext();
    const { page, asked } = await visit(context, '/');
    await eventually('the rules were looked at', () => asked.some((path) => path.startsWith('/w/calls-')));
    await page.evaluate(() => history.pushState(null, '', '/peonies/white'));
    await helloOn(page).getByText(WORDS).waitFor();
    await helloOn(page).getByText('Megan Kajitani').waitFor();
    expect(await helloOn(page).getByRole('status').innerText()).toContain('Florist adviser · here now');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    expect(await violations(page, 'fullname-chat')).toEqual([]);
    // Nothing but files and one answer, no frame, and kept is that one was shown in this tab.
    expect(asked.filter((path) => path.startsWith('ws'))).toEqual([]);
    expect(await page.locator('iframe').count()).toBe(0);
    const key = `fullname.${relay.site.key}.hello`;
    expect(await kept(page)).toEqual([[], [key], '']);

    await helloOn(page).getByRole('button', { name: 'Answer' }).click();
    const frame = await chatFrame(page);
    const log = frame.getByRole('log');
    await log.getByText(WORDS).waitFor();
    expect(await helloOn(page).count()).toBe(0);
    expect(await violations(page, 'fullname-chat')).toEqual([]);
    await sayIn(frame.locator('.composer textarea'), 'Two, please.');
    await log.getByText(/^sent/).waitFor();
    expect(await log.locator('.bubble').allInnerTexts()).toMatchObject([
      expect.stringContaining(WORDS),
      expect.stringContaining('Two, please.'),
    ]);
    const row = await eventually('it is offered to her', async () => {
      const { rows } = await megan.do('conversation:list', { view: 'waiting' });
      return rows.find(({ offeredTo }) => offeredTo?.id === megan.person.id);
    });
    expect(await megan.read(row.id)).toMatchObject([
      { kind: 'greeted', text: WORDS, person: { fullName: 'Megan Kajitani' } },
      { kind: 'message', text: 'Two, please.' },
    ]);

    // In the middle of a conversation nobody says hello; who comes back after it, is told so.
    const second = await visit(context, '/roses');
    await eventually('the chat has said what is under way', async () =>
      second.page.evaluate(
        () => document.querySelector('fullname-chat')?.shadowRoot?.querySelector('iframe') !== null,
      ),
    );
    expect(await helloOn(second.page).count()).toBe(0);
    await second.page.close();
    await megan.do('conversation:take', { conversation: row.id, id: newId() });
    await megan.do('conversation:close', { conversation: row.id, id: newId(), farewell: 'Goodbye.' });
    const third = await visit(context, '/roses');
    await helloOn(third.page).getByText(AGAIN).waitFor();
    expect(second.asked.filter((path) => path.startsWith('/w/hello/'))).toEqual([]);
    await helloOn(third.page).getByRole('button', { name: 'Answer' }).press('Enter');
    const again = await chatFrame(third.page);
    await again.getByRole('log').getByText(AGAIN).waitFor();
    await sayIn(again.locator('.composer textarea'), 'It did, thank you.');
    await eventually('it is in the log', async () => {
      const kinds = (await megan.read(row.id)).map(({ kind }) => kind);
      return kinds.slice(-3).join() === 'farewell,greeted,message';
    });
    await context.close();
  });

  test('is closed for good, on every page and in every tab, until the visitor’s traces are removed', async () => {
    const context = await browser.newContext();
    const { page } = await visit(context, '/peonies');
    const other = await visit(context, '/peonies');
    await helloOn(page).getByText(WORDS).waitFor();
    await helloOn(other.page).getByText(WORDS).waitFor();
    const close = helloOn(page).getByRole('button', { name: 'Close' });
    const size = await close.boundingBox();
    expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await close.press('Escape');
    await helloOn(page).waitFor({ state: 'detached' });
    await helloOn(other.page).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('FULLNAME-CHAT');
    const key = `fullname.${relay.site.key}.hello`;
    expect(await kept(page)).toEqual([[key], [key], '']);
    const { asked, page: third } = await visit(context, '/peonies/red');
    await eventually('the rules have come', () => asked.some((path) => path.startsWith('/w/hello-')));
    // And were looked at: with the traces gone before that, one would be said.
    await third.waitForLoadState('networkidle');
    await page.evaluate(() => {
      const { Fullname } = window as unknown as { Fullname(...call: unknown[]): void };
      Fullname('logout');
    });
    await eventually('nothing is kept', async () => (await kept(page)).flat().join('') === '');
    expect(asked.filter((path) => path.startsWith('/w/hello/'))).toEqual([]);
    await context.close();
  });

  test('is not said for somebody who is not there', async () => {
    await megan.do('presence:set', { here: false });
    const context = await browser.newContext();
    const { page, asked } = await visit(context, '/peonies');
    await isAsked(asked);
    await page.waitForLoadState('networkidle');
    expect(await helloOn(page).count()).toBe(0);
    expect(await kept(page)).toEqual([[], [], '']);
    await megan.do('presence:set', { here: true });
    await context.close();
  });
});
