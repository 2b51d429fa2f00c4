import type { Site, UsualWords } from '@fullname/shared/api';
import { readableAccent } from '@fullname/shared/colour';
import { WIDGET_LOCALES } from '@fullname/shared/locale';
import { WORDS_OF_DEVICE, WORDS_OF_LINK, WORDS_ON_PAGE } from '@fullname/shared/page-settings';
import { WORDS_OF_RELAY } from '@fullname/shared/relay-words';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type HostPages, openHostPages } from '../support/host-pages.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { openChat } from '../support/stage.ts';

let hosts: HostPages;
let shop: string;
let relay: Relay;
let browser: Browser;

beforeAll(async () => {
  hosts = await openHostPages((request, response) => {
    const key = new URL(request.url ?? '', 'http://host').searchParams.get('site');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><title>A shop</title><h1>Flowers</h1><script async src="${relay.origin}/w/${key}.js"></script>`,
    );
  });
  shop = `http://localhost:${hosts.port}`;
  relay = await openRelay();
  browser = await sharedBrowser();
});
afterAll(async () => {
  await closeProfiles();
  hosts.close();
  await relay.close();
});

/** A new site with these settings, and a visitor on a page of it. */
async function visit(sections: object, path = '/', options: BrowserContextOptions = {}): Promise<Page> {
  const owner = { origin: relay.origin, cookie: relay.owner };
  const site = await call<Site>(owner, 'POST /api/sites', { name: 'Shop', hosts: [shop] });
  await call(owner, `PUT /api/sites/${site.id}/settings`, sections);
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`${shop}${path}?site=${site.key}`);
  return page;
}

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}

test('the launcher and the chat are as the owner wants them, and can be read', async () => {
  const page = await visit(
    {
      appearance: {
        ...{ accent: '#ffd400', position: 'left', offsetX: 40, offsetY: 24, theme: 'dark' },
        ...{ launcherText: 'Ask the florist', welcome: 'Good day! What is to flower?' },
      },
      languages: { offered: ['fr', 'en'], fallback: 'fr' },
      strings: { fr: { message: 'Votre message à nous' } },
    },
    '/',
    { locale: 'de-DE', viewport: { width: 900, height: 700 } },
  );
  const violations: string[] = [];
  page.on('console', (message) => violations.push(message.text()));
  const launcher = page.locator('fullname-chat button');
  await launcher.waitFor();
  expect(await launcher.textContent()).toBe('Ask the florist');
  const dark = readableAccent('#ffd400', 'dark');
  const box = await launcher.evaluate((button) => {
    const { left, bottom } = button.getBoundingClientRect();
    const { backgroundColor, color } = getComputedStyle(button);
    return { left, below: innerHeight - bottom, backgroundColor, color };
  });
  expect(box).toEqual({
    ...{ left: 40, below: 24 },
    ...{ backgroundColor: rgb(dark.accent), color: rgb(dark.onAccent) },
  });

  await launcher.click();
  const frame = page.frameLocator('fullname-chat iframe');
  await frame.getByText('Good day! What is to flower?').waitFor();
  // German is not offered here: the fallback is spoken, with the owner's own words in it.
  const composer = frame.getByRole('textbox', { name: 'Votre message à nous' });
  await composer.fill('Bonjour');
  const send = frame.locator('.composer button[type=submit]');
  await eventually(
    'the button is in the owner\u2019s colour',
    async () => (await send.evaluate((one) => getComputedStyle(one).backgroundColor)) === rgb(dark.accent),
  );
  await frame.locator('header .icon').first().click();
  expect(await frame.locator('.menu option').allTextContents()).toEqual(['Français', 'English']);
  expect(violations.filter((line) => /Security Policy|Trusted/.test(line))).toEqual([]);
});

test('words that are said outside the chat are the owner’s to write as well: a mail’s link and a device’s page speak in theirs', async () => {
  const owner = { origin: relay.origin, cookie: relay.owner };
  const words = await call<UsualWords>(owner, 'GET /api/words');
  for (const locale of WIDGET_LOCALES)
    expect(words[locale]).toEqual(
      expect.objectContaining(
        Object.fromEntries(
          [...WORDS_ON_PAGE, ...WORDS_OF_LINK, ...WORDS_OF_DEVICE, ...WORDS_OF_RELAY].map((name) => [
            name,
            expect.stringMatching(/\S/),
          ]),
        ),
      ),
    );
  const site = await call<Site>(owner, 'POST /api/sites', { name: 'Shop', hosts: [] });
  await call(owner, `PUT /api/sites/${site.id}/settings`, {
    push: { on: true },
    strings: {
      fr: { linkOver: 'Ce lien a vécu.', deviceYes: 'Oui, ici' },
    },
  });
  const page = await (await browser.newContext()).newPage();
  const violations: string[] = [];
  page.on('console', (message) => violations.push(message.text()));
  await page.goto(`${relay.origin}/c/?s=${site.key}#${'0'.repeat(64)},fr`);
  await page.getByText('Ce lien a vécu.').waitFor();
  expect(await page.title()).toBe('Ce lien a vécu.');
  await page.goto(`${relay.origin}/c/?s=${site.key}#${'0'.repeat(64)},de`);
  await page.reload();
  await page.getByText('Dieser Link öffnet das Gespräch nicht mehr.').waitFor();
  await page.goto(`${relay.origin}/n/${site.key}/#${'0'.repeat(64)},fr`);
  await page.getByRole('button', { name: 'Oui, ici' }).waitFor();
  await page.getByText('Quand \u2068Shop\u2069 vous aura répondu').waitFor();
  expect(violations.filter((line) => /Security Policy|Trusted/.test(line))).toEqual([]);
});

test('on pages that the owner has excluded there is no launcher, also where the address changes without loading', async () => {
  const page = await visit({ pages: { only: [], never: ['/pay/*'] } }, '/pay/now');
  const launcher = page.locator('fullname-chat button');
  await launcher.waitFor({ state: 'attached' });
  await eventually('the rules are there', () =>
    page.locator('fullname-chat').evaluate((host) => (host.shadowRoot?.adoptedStyleSheets.length ?? 0) > 1),
  );
  expect(await launcher.isVisible()).toBe(false);
  await page.evaluate(() => history.pushState(null, '', '/roses'));
  await launcher.waitFor({ state: 'visible' });
  await page.evaluate(() => history.pushState(null, '', '/pay/later'));
  await launcher.waitFor({ state: 'hidden' });
  await page.evaluate(() => history.back());
  await launcher.waitFor({ state: 'visible' });
  const chat = await openChat(page);
  await chat.say('Do you have roses?');
  await chat.log.getByText('Do you have roses?').waitFor();
});
