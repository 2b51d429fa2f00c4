/** Before the talk: what an owner asks, when somebody is back, where else a person is; and what the agent reads of it. */
import type { Site } from '@fullname/shared/api';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { openShop, type Shop } from '../support/host-pages.ts';
import { anAgent } from '../support/people.ts';
import type { Relay } from '../support/relay.ts';
import { openChat } from '../support/stage.ts';

let shop: Shop;
let relay: Relay;
let browser: Browser;

beforeAll(async () => {
  shop = await openShop();
  ({ relay } = shop);
  const owner = { origin: relay.origin, cookie: relay.owner };
  const [site] = await call<Site[]>(owner, 'GET /api/sites');
  await call(owner, `PUT /api/sites/${site?.id}/settings`, {
    preChat: { name: 'required', email: 'optional', order: 'off' },
    hours: { timeZone: 'Europe/Zurich', week: closedForDays(2), holidays: [] },
    otherWays: [{ kind: 'phone', label: 'Call the florist', value: '+41 44 123 45 67' }],
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await shop.close();
});

/** A week that is closed today and for so many days more, and open on the others. */
function closedForDays(days: number): readonly (readonly (readonly [string, string])[])[] {
  const today = (new Date().getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, day) =>
    // Yesterday too: where the shop is, it may be another day by now.
    (day - today + 8) % 7 <= days + 1 ? [] : [['09:00', '17:00'] as const],
  );
}

async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(shop.url);
  await page.locator('fullname-chat').waitFor({ state: 'attached' });
  return page;
}

test('who finds nobody reads when somebody is back and where else to ask; what must be said is said first, and the agent reads it', async () => {
  const page = await visit();
  const chat = await openChat(page);
  const { frame, composer } = chat;
  const phone = frame.getByRole('link', { name: 'Call the florist' });
  await phone.waitFor();
  expect(await phone.getAttribute('href')).toBe('tel:+41441234567');
  await frame.getByText(/^We are back \w+day \d\d:\d\d\.$/).waitFor();
  await frame.getByText('Opening hours').click();
  expect(await frame.locator('.hours dt').count()).toBe(7);
  const name = frame.getByLabel('Your name', { exact: true });
  await name.waitFor();
  expect(await violations(page, 'fullname-chat')).toEqual([]);

  await composer.fill('Do you have peonies?');
  await composer.press('Enter');
  await frame.getByRole('alert').getByText('Fill this in first').waitFor();
  await eventually('the field has the focus', () =>
    name.evaluate((field) => field === document.activeElement),
  );
  expect(await composer.inputValue()).toBe('Do you have peonies?');
  expect(await violations(page, 'fullname-chat')).toEqual([]);
  await name.pressSequentially('Anna Lindqvist');
  await frame.getByLabel('Your e-mail address (optional)').fill('anna@example.com');

  await page.reload();
  const again = await openChat(page);
  await eventually(
    'what was filled in is there',
    async () =>
      (await again.frame.getByLabel('Your name', { exact: true }).inputValue()) === 'Anna Lindqvist' &&
      (await again.composer.inputValue()) === 'Do you have peonies?',
  );
  await again.say('Do you have peonies?');
  await again.log.getByText('You said of yourself: Anna Lindqvist · anna@example.com').waitFor();
  // After the first words as before them; and nobody is asked twice for an address.
  await again.frame.locator('.nobody').getByRole('link', { name: 'Call the florist' }).waitFor();
  await again.frame
    .locator('.nobody')
    .getByText(/^We are back/)
    .waitFor();
  expect(await again.frame.getByLabel('Your e-mail address').count()).toBe(0);
  expect(await violations(page, 'fullname-chat')).toEqual([]);

  const megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  const { rows } = await megan.do('conversation:list', { view: 'all' });
  expect(rows).toMatchObject([{ name: 'Anna Lindqvist', known: false }]);
  await again.frame.locator('.nobody').waitFor({ state: 'detached' });
  const desk = await browser.newContext();
  const [key = '', value = ''] = relay.owner.split('=');
  // The cookie is for secure places, of which this machine is one.
  const url = relay.origin.replace('http:', 'https:');
  await desk.addCookies([{ name: key, value, url, secure: true }]);
  const console = await desk.newPage();
  await console.goto(`${relay.origin}/console/#c=${rows[0]?.id}`);
  await console.getByText('Said before writing, not checked: Anna Lindqvist · anna@example.com').waitFor();
  await desk.close();
  await page.context().close();
});

test('on a small screen, by keyboard alone and without a line: it is filled in and sent from its own button', async () => {
  const page = await visit({ viewport: { width: 320, height: 480 } });
  const chat = await openChat(page);
  const { frame } = chat;
  const name = frame.getByLabel('Your name', { exact: true });
  await name.waitFor();
  await chat.composer.fill('Are you there?');
  // What draws the thread comes with the first word.
  await frame.getByRole('button', { name: 'Send a file' }).waitFor();
  await page.context().setOffline(true);
  await chat.composer.press('Enter');
  await frame.getByRole('alert').waitFor();
  await eventually('the field has the focus', () =>
    name.evaluate((field) => field === document.activeElement),
  );
  await page.keyboard.type('Omar Haddad');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await chat.log.getByText('Are you there?').waitFor();
  await page.context().setOffline(false);
  await chat.log.getByText('You said of yourself: Omar Haddad').waitFor();
  await page.context().close();
});
