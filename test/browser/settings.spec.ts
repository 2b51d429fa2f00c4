import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { anotherBrowserOf } from '../support/desk-acts.ts';
import { eventually } from '../support/eventually.ts';
import { openConsole } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
let seat: Page;
let address: string;

beforeAll(async () => {
  seat = await openConsole(stage.browser, stage.desk, { who: 'Ingrid Solheim' });
  await seat.goto(`${stage.desk.origin}/console/#settings/sites`);
  await seat.getByRole('link', { name: 'Set up Larkspur & Reed' }).click();
  await seat.getByRole('heading', { name: 'Appearance' }).waitFor();
  address = seat.url();
});

/** The same owner in another browser, at the same setup. */
async function another(
  options: Parameters<typeof anotherBrowserOf>[2] = {},
): Promise<[BrowserContext, Page]> {
  const context = await anotherBrowserOf(stage.browser, seat, options);
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('#part-appearance').waitFor();
  return [context, page];
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const said = (page: Page, text: string) =>
  page.getByRole('status').filter({ hasText: text }).first().waitFor();

test('a colour is shown as it will be drawn, and why, and is drawn so on the shop’s page', async () => {
  await seat.getByRole('textbox', { name: 'Your colour' }).fill('#ffd400');
  await seat
    .getByText('your colour has 1.2 to 1 on our ground and words need 4.5 to 1, so it is drawn as #806a00')
    .waitFor();
  await seat.getByRole('textbox', { name: 'Words on the button' }).fill('Ask a gardener');
  const launcher = seat
    .frameLocator('.preview-launcher')
    .locator('button')
    .filter({ hasText: 'Ask a gardener' });
  await launcher.waitFor();
  expect(await launcher.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe('rgb(128, 106, 0)');
  await save(seat);
  await said(seat, 'Everything is saved.');
  const context = await stage.browser.newContext({ colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(stage.desk.shop);
  const button = page.locator('fullname-chat button').filter({ hasText: 'Ask a gardener' });
  await button.waitFor();
  expect(await button.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe('rgb(128, 106, 0)');
  await context.close();
});

test('the preview is the chat itself, with what stands in the fields, and reaches nobody', async () => {
  const refused: string[] = [];
  const asked: string[] = [];
  seat.on('console', (message) => refused.push(message.text()));
  seat.on('request', (request) => asked.push(request.url()));
  const chat = seat.frameLocator('.preview-chat');
  await seat.getByRole('textbox', { name: 'Welcome', exact: true }).fill('Good day from <b>us</b>.');
  await chat.getByText('Good day from <b>us</b>.').waitFor();
  await chat.getByRole('heading', { name: 'Ingrid Solheim' }).waitFor();
  await seat.getByRole('textbox', { name: 'In place of “Write a message…”' }).fill('What is to flower?');
  const composer = chat.getByPlaceholder('What is to flower?');
  await composer.fill('Roses, please');
  await composer.press('Enter');
  const paper = () => chat.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  const light = await paper();
  await seat.getByRole('radio', { name: 'Dark', exact: true }).check();
  await expect.poll(paper).not.toBe(light);
  await seat.getByRole('combobox', { name: 'Seen in the language' }).selectOption('ar');
  await chat.locator('html[dir=rtl]').waitFor();
  // A page of no origin: it has nowhere to keep anything, and may connect nowhere.
  const reached = await chat.locator('body').evaluate(async () => ({
    origin: self.origin,
    store: await new Promise((done) => {
      try {
        indexedDB.open('any').onerror = () => done('refused');
      } catch {
        done('refused');
      }
    }),
    line: await fetch('/readyz').then(
      () => 'open',
      () => 'refused',
    ),
  }));
  expect(reached).toEqual({ origin: 'null', store: 'refused', line: 'refused' });
  expect(asked).toEqual([]);
  expect(refused.filter((line) => /Trusted|script-src|style-src/.test(line))).toEqual([]);
  await seat.getByRole('button', { name: 'Discard changes' }).click();
  await chat.getByText('Good day from').waitFor({ state: 'detached' });
});

test('what cannot be saved is marked where it stands, and nothing else is lost', async () => {
  const hosts = seat.getByRole('textbox', { name: 'Pages that may show the chat' });
  const before = await hosts.inputValue();
  await hosts.fill(`${before}\nhttps://*.github.io`);
  await save(seat);
  await seat.getByText('One of these pages cannot be allowed.').first().waitFor();
  await hosts.fill(`${before}\nshop.example`);
  await save(seat);
  await seat.getByText('“shop.example” is no address that can be allowed.').waitFor();
  expect(await hosts.evaluate((one) => document.activeElement === one)).toBe(true);
  await seat.getByRole('textbox', { name: 'In place of “Send”' }).first().fill('Send it');
  await seat.getByRole('textbox', { name: 'In place of “Write to {0}…”' }).fill('Write to us');
  await seat.getByText('Keep {0}: names, times and numbers stand there.').waitFor();
  await seat.getByRole('button', { name: 'Discard changes' }).click();
  await said(seat, 'Everything is saved.');
  expect(await hosts.inputValue()).toBe(before);
});

test('two who save at the same time lose nothing, and choose where both have changed the same', async () => {
  const [context, other] = await another();
  await other.getByRole('switch', { name: 'Sounds' }).click();
  await other.getByRole('textbox', { name: 'Name of the site' }).fill('Larkspur');
  await seat.getByRole('textbox', { name: 'Name of the site' }).fill('Reed');
  await seat.getByRole('switch', { name: 'Visitors can send files' }).click();
  await save(other);
  await said(other, 'Everything is saved.');
  await save(seat);
  const notice = seat.getByRole('alert').filter({ hasText: 'Somebody else has saved changes in between.' });
  await notice.waitFor();
  expect(await seat.getByRole('switch', { name: 'Sounds' }).getAttribute('aria-checked')).toBe('false');
  expect(await seat.getByRole('textbox', { name: 'Name of the site' }).inputValue()).toBe('Reed');
  await notice.getByRole('button', { name: 'Take theirs' }).click();
  expect(await seat.getByRole('textbox', { name: 'Name of the site' }).inputValue()).toBe('Larkspur');
  await notice.getByRole('button', { name: 'Take mine again' }).click();
  await save(seat);
  await said(seat, 'Everything is saved.');
  await seat.getByRole('heading', { name: 'Reed', exact: true }).waitFor();
  await context.close();
});

test('a text of a letter’s page is written anew; one that has lost its place is shown to whoever saves, and nothing is lost', async () => {
  const where = seat.getByRole('combobox', { name: 'Said where' });
  const own = (usual: string) => seat.getByRole('textbox', { name: `In place of “${usual}”` });
  await where.selectOption({ label: 'In e-mails and notices' });
  await own('{0} wrote:').fill('From {name}:');
  await seat.getByText('Keep {0}: names, times and numbers stand there. Take out {name}').waitFor();
  await where.selectOption({ label: 'On the pages behind links' });
  await own('This link is not whole. Open it from the mail again.').fill(
    'Half a link. <b>Whole</b>, please.',
  );
  await save(seat);
  await said(seat, 'One field needs a change.');
  await seat.getByRole('button', { name: 'Show the first' }).click();
  await eventually(
    'the text that does not fit has the focus',
    async () =>
      (await own('{0} wrote:').inputValue()) === 'From {name}:' &&
      (await own('{0} wrote:').evaluate((field) => field === document.activeElement)),
  );
  await own('{0} wrote:').fill('From {0}:');
  await save(seat);
  await said(seat, 'Everything is saved.');
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${stage.desk.origin}/c/stop?k=demoshop&l=en`);
  await page.getByText('Half a link. <b>Whole</b>, please.').waitFor();
  await context.close();
  await seat.getByRole('switch', { name: 'Only those with words of yours' }).click();
});

test('what is not saved waits while its owner looks at other pages', async () => {
  await seat.getByRole('textbox', { name: 'Words on the button' }).fill('Talk to a gardener');
  await seat.getByRole('button', { name: 'All sites' }).click();
  await seat.getByRole('link', { name: 'Set up Reed' }).click();
  const field = seat.getByRole('textbox', { name: 'Words on the button' });
  await field.waitFor();
  expect(await field.inputValue()).toBe('Talk to a gardener');
  await seat.getByRole('button', { name: 'Discard changes' }).click();
  expect(await field.inputValue()).toBe('Ask a gardener');
});

test('a night is written as one span, and a look finds the tag on the shop’s page', async () => {
  await seat.getByRole('switch', { name: 'Always open' }).click();
  await seat.getByLabel('Monday, from').fill('22:00');
  await seat.getByLabel('Monday, until').fill('06:00');
  await seat.getByText('until the next morning').waitFor();
  await seat.getByRole('combobox', { name: 'Copy Monday to' }).selectOption({ label: 'Monday to Friday' });
  await save(seat);
  await said(seat, 'Everything is saved.');
  await seat.reload();
  await seat.getByLabel('Friday, until').waitFor();
  expect(await seat.getByLabel('Friday, until').inputValue()).toBe('06:00');
  await seat.getByRole('textbox', { name: 'Address of a page' }).fill(stage.desk.shop);
  await seat.getByRole('button', { name: 'Look at it' }).click();
  await seat.getByText('The chat is on this page.').waitFor();
  await seat.getByText('Off: this relay has no mail server.').waitFor();
  await seat.getByRole('textbox', { name: 'Address of a page' }).fill('http://169.254.169.254/');
  await seat.getByRole('button', { name: 'Look at it' }).click();
  await seat.getByText('This is no page that may show the chat.').waitFor();
});

test('a key’s secret is shown once, and a retired key says since when', async () => {
  await seat.getByRole('textbox', { name: 'Name of the key' }).fill('Shop server');
  await seat.getByRole('button', { name: 'Make a key' }).click();
  const dialog = seat.getByRole('dialog');
  expect((await dialog.getByRole('textbox', { name: 'Secret' }).inputValue()).length).toBeGreaterThan(30);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await seat.getByRole('button', { name: 'Retire Shop server' }).click();
  await seat.getByRole('button', { name: 'Retire it' }).click();
  await seat
    .locator('.keys')
    .getByText(/retired/)
    .waitFor();
});

test('the guide to what is being set up is one step away, and leads on', async () => {
  await seat.getByRole('link', { name: 'How it is done: Who is signed in' }).click();
  await seat.getByRole('heading', { name: 'Who your visitor is' }).waitFor();
  const [asked] = await Promise.all([
    seat.waitForRequest(/\/console\/assets\/api-/),
    seat.locator('.guide').getByRole('link', { name: 'api.md' }).first().click(),
  ]);
  await seat.getByRole('heading', { name: 'For your other systems' }).waitFor();
  expect(new URL(asked.url()).origin).toBe(stage.desk.origin);
  expect(await violations(seat)).toEqual([]);
});

describe.each([
  ['en', 'light', 1280],
  ['zh-TW', 'dark', 1280],
  ['zh-CN', 'light', 390],
] as const)('in %s, %s, %i pixels wide', (locale, colorScheme, width) => {
  test('axe finds nothing, and nothing is wider than the page', async () => {
    const [context, page] = await another({ locale, colorScheme, viewport: { width, height: 844 } });
    await page.locator('section[aria-labelledby=part-hellos] > .button').click();
    await page.locator('section[aria-labelledby=part-ways] > .button').click();
    expect(await violations(page)).toEqual([]);
    const wider = await page.evaluate(() => document.querySelector('.site-setup')?.scrollWidth ?? 0);
    expect(wider).toBeLessThanOrEqual(width);
    await context.close();
  });
});
