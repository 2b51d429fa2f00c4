/** A visitor in front of a desk that is full chooses a time, sees it after a reload, moves it, and reads who it will be. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { openShop, type Shop } from '../support/host-pages.ts';
import { type Agent, anAgent, aVisitor } from '../support/people.ts';
import type { Relay } from '../support/relay.ts';
import { openChat } from '../support/stage.ts';

let shop: Shop;
let relay: Relay;
let browser: Browser;
let megan: Agent;

beforeAll(async () => {
  shop = await openShop();
  ({ relay } = shop);
  const owner = { origin: relay.origin, cookie: relay.owner };
  await call(owner, `PUT /api/sites/${relay.site.id}/settings`, { callBack: { telephone: true } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
  await call(owner, `PATCH /api/people/${megan.person.id}`, { capacity: 1 });
  const first = await aVisitor(relay);
  await first.say('Hello?');
  await megan.take(first);
  await eventually('everybody is told that nobody is free', async () => {
    const other = await aVisitor(relay);
    other.close();
    const [welcome] = other.heard('welcome');
    return welcome?.expectation.full === true;
  });
  browser = await sharedBrowser();
});
afterAll(async () => {
  await closeProfiles();
  await shop.close();
});

const OFFER = 'Choose when somebody gets back to you';

test('a time is chosen before the first word, is there after a reload, is moved, and gets a name', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(shop.url);
  let chat = await openChat(page);
  await chat.frame.getByText('Everybody here is in conversation just now').waitFor();
  expect(await chat.frame.getByText('Somebody is here').isVisible()).toBe(false);
  await chat.frame.getByRole('button', { name: OFFER }).press('Enter');
  const dialog = chat.frame.getByRole('dialog');
  await dialog.getByRole('combobox').waitFor();
  expect(await violations(page, 'fullname-chat')).toEqual([]);
  await dialog.getByLabel('By telephone').check();
  await dialog.getByRole('button', { name: 'Choose this time' }).click();
  await dialog.getByText('This number does not look right.').waitFor();
  await dialog.getByLabel('Your telephone number').fill('+41 44 668 18 00');
  await dialog.getByRole('button', { name: 'Choose this time' }).click();
  await dialog.getByText('Somebody telephones you:').waitFor();
  await dialog.getByRole('button', { name: 'Back to the chat' }).last().click();
  await chat.say('It is about the roses.');
  await chat.log.getByText(/^sent/).waitFor();
  expect(await chat.frame.getByText('Somebody is here').count()).toBe(0);

  await page.reload();
  chat = await openChat(page);
  const card = chat.frame.getByRole('region', { name: 'The time you chose' });
  await card.getByText('+41 44 668 18 00').waitFor();
  expect(await violations(page, 'fullname-chat')).toEqual([]);
  await card.getByRole('button', { name: 'Choose another time' }).click();
  const times = chat.frame.getByRole('dialog').getByRole('combobox');
  await times.selectOption({ index: 2 });
  await chat.frame.getByRole('dialog').getByRole('button', { name: 'Choose this time' }).click();
  await chat.frame.getByRole('dialog').getByText('You need not wait here.').waitFor();
  await chat.frame.getByRole('dialog').getByRole('button', { name: 'Back to the chat' }).last().click();
  await chat.log.getByText('You chose another time').waitFor();

  const { rows } = await megan.do('conversation:list', { view: 'waiting' });
  const row = rows.find(({ callBack }) => callBack?.way === 'telephone');
  await megan.do('conversation:take', { conversation: row?.id ?? '', id: crypto.randomUUID() });
  await card.getByText('Megan Kajitani telephones you').waitFor();
  await card.getByRole('button', { name: 'I do not need it any more' }).click();
  await chat.log.getByText('You do not need this time any more').waitFor();
  await page.context().close();
});
