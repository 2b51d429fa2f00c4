/** Reading and writing in the log: what the page says, a shortcode, where one left off, the way to the latest, a message copied. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentUpload, value } from '../files/upload.ts';
import { violations } from '../support/axe.ts';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { openShop, type Shop } from '../support/host-pages.ts';
import { type Agent, anAgent, newId } from '../support/people.ts';
import { PNG } from '../support/pictures.ts';
import type { Relay } from '../support/relay.ts';
import { type Chat, openChat } from '../support/stage.ts';

let shop: Shop;
let relay: Relay;
let megan: Agent;
let page: Page;

beforeAll(async () => {
  shop = await openShop();
  ({ relay } = shop);
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
  page = await (await (await sharedBrowser()).newContext()).newPage();
  await page.goto(shop.url);
  await page.locator('fullname-chat').waitFor({ state: 'attached' });
});
afterAll(async () => {
  await closeProfiles();
  await shop.close();
});

const call = (...words: unknown[]): Promise<void> =>
  page.evaluate((all) => void window.Fullname?.(...all), words);

const isUnread = (count: number): Promise<boolean> =>
  page.evaluate((wanted) => {
    const state = window.Fullname?.('get') as { readonly unread: number } | undefined;
    return state?.unread === wanted;
  }, count);

async function begun(chat: Chat, text: string): Promise<string> {
  await chat.say(text);
  const { id } = await eventually('it waits', async () => {
    const { rows } = await megan.do('conversation:list', { view: 'all' });
    return rows.find(({ preview }) => preview?.text === text);
  });
  await megan.do('conversation:take', { conversation: id, id: newId() });
  return id;
}

async function pasted({ composer }: Chat): Promise<string> {
  await composer.fill('');
  await composer.press('ControlOrMeta+v');
  return composer.inputValue();
}

test('what the page says, a shortcode, the line where one left off, and a copy by pointer and by keys', async () => {
  await call('update', { plan: 'gold' });
  await call('track', 'basket-left', { items: 3 });
  const chat = await openChat(page);
  const { frame, composer } = chat;
  const stands = (wanted: string) =>
    eventually(`there stands ${wanted}`, async () => (await composer.inputValue()) === wanted);
  await composer.pressSequentially('At 10:30:15 :rose:');
  await stands('At 10:30:15 🌹');
  await composer.press('ControlOrMeta+z');
  await stands('At 10:30:15 :rose:');

  const conversation = await begun(chat, 'Do you have peonies?');
  const told = await eventually('the page has told', async () => {
    const { told } = await megan.do('customer:read', { conversation });
    return told?.events.length ? told : null;
  });
  expect(told).toMatchObject({
    labels: { plan: 'gold' },
    events: [{ name: 'basket-left', meta: { items: 3 } }],
  });

  await megan.say(conversation, 'From May on.');
  await chat.log.getByText('From May on.').waitFor();
  await call('close');
  const many = Array.from(
    { length: 14 },
    (_, index) => `Thought ${index}: white ones keep longest in a cool room.`,
  );
  for (const text of many) await megan.say(conversation, text);
  await eventually('they are counted', () => isUnread(14));
  await page.locator('fullname-chat button').click();
  const thread = frame.getByRole('region', { name: 'Conversation' });
  const line = thread.locator('.new');
  await line.waitFor();
  const place = await line.evaluate(
    (row) => row.getBoundingClientRect().top - (row.closest('.scroller')?.getBoundingClientRect().top ?? 0),
  );
  expect(place).toBeGreaterThanOrEqual(0);
  expect(place).toBeLessThan(60);
  await frame.getByRole('button', { name: 'New messages' }).click();
  await chat.log.getByText('Thought 13').waitFor();
  await eventually('all is read', () => isUnread(0));

  await chat.log.locator('.bubble', { hasText: 'Thought 12' }).hover();
  await frame.getByRole('button', { name: /^Copy: Thought 12/ }).click();
  await frame.getByText('Copied', { exact: true }).waitFor({ state: 'attached' });
  expect(await pasted(chat)).toBe(many[12]);
  await page.mouse.move(0, 0);
  await thread.focus();
  await page.keyboard.press('Tab');
  const button = frame.getByRole('button', { name: /^Copy: / });
  await eventually('the keys reach it', () => button.evaluate((one) => one === document.activeElement));
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const named = (await button.getAttribute('aria-label'))?.replace('Copy: ', '') ?? '-';
  await page.keyboard.press('Enter');
  expect((await pasted(chat)).startsWith(named)).toBe(true);

  await thread.evaluate((list) => list.scrollTo(0, 0));
  await frame.getByRole('button', { name: 'Jump to the latest' }).click();
  const isAtEnd = () => thread.evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 2);
  await eventually('the end is there', isAtEnd);

  // A picture keeps its place while it is fetched, and what stands at the end stays in sight.
  const [id, one] = [newId(), { agent: megan, conversation }];
  const { file } = value(await agentUpload(shop.relay, one, PNG, { id }));
  await megan.do('file:send', { conversation, id, file });
  await chat.log.locator('.file i').or(chat.log.locator('.file img')).waitFor();
  const height = await chat.log.locator('.bubble').last().evaluate(heightOf);
  await chat.log.locator('.file img').waitFor();
  expect(await chat.log.locator('.bubble').last().evaluate(heightOf)).toBe(height);
  await eventually('the end is still there', isAtEnd);
  // Nor does it move while two lines are written on.
  const written = chat.composer;
  await written.fill('One line\nand another');
  await eventually('the end is there beside two lines', isAtEnd);
  await written.press('End');
  await written.pressSequentially(', longer');
  expect(await isAtEnd()).toBe(true);
});

function heightOf(element: Element): number {
  return element.getBoundingClientRect().height;
}
