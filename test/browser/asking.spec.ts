/** A visitor asks for somebody by name, before the first word and later; the agent reads whom. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { openShop, type Shop } from '../support/host-pages.ts';
import { type Agent, anAgent } from '../support/people.ts';
import type { Relay } from '../support/relay.ts';
import { openChat } from '../support/stage.ts';

let shop: Shop;
let relay: Relay;
let browser: Browser;
let megan: Agent;

beforeAll(async () => {
  shop = await openShop();
  ({ relay } = shop);
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
  await anAgent(relay, { given: '怡君', family: '林' });
  browser = await sharedBrowser();
});
afterAll(async () => {
  await closeProfiles();
  await shop.close();
});

async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(shop.url);
  await page.locator('fullname-chat').waitFor({ state: 'attached' });
  return page;
}

/** What the conversation that begins with these words holds by now. */
async function logOf(text: string): Promise<string[]> {
  const row = await eventually('it waits', async () => {
    const { rows } = await megan.do('conversation:list', { view: 'all' });
    return rows.find(({ preview }) => preview?.text === text);
  });
  return (await megan.read(row.id)).map(({ kind }) => kind);
}

const LINE = 'Ask for somebody by name';

describe('asking for somebody by name', () => {
  test('before the first word, by keyboard: they are offered it first, and read that they were asked for', async () => {
    const page = await visit();
    const chat = await openChat(page);
    await chat.frame.getByRole('button', { name: LINE }).press('Enter');
    const dialog = chat.frame.getByRole('dialog', { name: LINE });
    const person = dialog.getByRole('button', { name: /Megan Kajitani/ });
    await person.waitFor();
    expect(await violations(page, 'fullname-chat')).toEqual([]);
    await person.press('Enter');
    await dialog.getByText('Write your message: it is offered to Megan Kajitani first.').waitFor();
    expect(await violations(page, 'fullname-chat')).toEqual([]);
    await dialog.getByRole('button', { name: 'Back to the chat' }).last().press('Enter');
    await eventually('the composer has the focus', () =>
      chat.composer.evaluate((field) => field === document.activeElement),
    );
    await chat.say('Do you have peonies?');
    await chat.log.getByText('You asked for Megan Kajitani.').waitFor();
    expect(await logOf('Do you have peonies?')).toEqual(['message', 'person-asked']);
    await page.context().close();
  });

  test('who is away: when they are back, and who helps meanwhile; a name that nobody has is said so', async () => {
    await megan.do('presence:set', { here: false, backAt: '2099-05-01T09:00:00Z' });
    const page = await visit();
    const chat = await openChat(page);
    await chat.say('Are you there?');
    await chat.log.getByText('Are you there?').waitFor();
    await chat.frame.getByRole('button', { name: 'More' }).click();
    await chat.frame.locator('.menu').getByRole('button', { name: LINE }).click();
    const dialog = chat.frame.getByRole('dialog', { name: LINE });
    const field = dialog.getByLabel('Somebody else, by name');
    await field.fill('Carol Jones');
    await field.press('Enter');
    await dialog.getByText('Nobody of this name answers here.').waitFor();
    await field.fill('megan kajtani');
    await field.press('Enter');
    await eventually('only she is found', async () => (await dialog.getByRole('listitem').count()) === 1);
    const found = dialog.getByRole('button', { name: /Megan Kajitani/ });
    const hasFocus = (one: typeof found) => () => one.evaluate((each) => each === document.activeElement);
    await eventually('who has looked is led to her', hasFocus(found));
    await found.press('Enter');
    await dialog.getByText(/^Megan Kajitani is not here now, and back/).waitFor();
    await dialog.getByText('Until then 林怡君 can help you.').waitFor();
    await dialog.getByRole('button', { name: 'Choose somebody else' }).press('Enter');
    const everybody = dialog.getByRole('listitem').getByRole('button');
    await eventually('everybody can be chosen again', async () => (await everybody.count()) > 1);
    await eventually('the focus is not lost', hasFocus(everybody.first()));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await chat.composer.isVisible()).toBe(true);
    await megan.do('presence:set', { here: true });
    await page.context().close();
  });

  test('the page suggests somebody, and the visitor decides', async () => {
    const page = await visit({ locale: 'ar', viewport: { width: 360, height: 640 } });
    await page.evaluate(() => {
      const { Fullname } = window as unknown as { Fullname(...call: unknown[]): void };
      Fullname('ask-for', 'Megan Kajitani');
    });
    const dialog = page
      .frameLocator('fullname-chat iframe')
      .getByRole('dialog', { name: 'اطلبوا شخصًا باسمه' });
    await dialog.getByRole('button', { name: /Megan Kajitani/ }).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(1);
    expect(await violations(page, 'fullname-chat')).toEqual([]);
    await page.context().close();
  });
});
