import type { Page, WebSocketRoute } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
/** A one-time link is good once: one console a person for the whole file. */
const consoles = new Map<string, Promise<Page>>();

function consoleOf(who: string): Promise<Page> {
  const opened = consoles.get(who) ?? openConsole(stage.browser, stage.desk, { who });
  consoles.set(who, opened);
  return opened;
}

/** Opens the row with these words in it, in one of the views. */
async function openRow(page: Page, view: 'Waiting' | 'Mine' | 'All', words: string): Promise<void> {
  await page.getByRole('tab', { name: view }).click();
  await page.locator('#rows').getByText(words).click();
  await page.getByRole('log').getByText(words).waitFor();
}

async function take(page: Page, words: string): Promise<void> {
  await openRow(page, 'Waiting', words);
  await page.getByRole('button', { name: 'Take', exact: true }).click();
  await page.getByRole('button', { name: 'Hand over' }).waitFor();
}

async function reply(page: Page, text: string): Promise<void> {
  await page.locator('.composer-field').fill(text);
  await page.locator('.composer-field').press('Enter');
}

async function handOver(page: Page, to: string, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Hand over' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: to }).check();
  await dialog.getByRole('textbox').fill(note);
  await dialog.getByRole('button', { name: `Hand over to ${to}` }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe('a conversation that is handed over', () => {
  test('goes to a named person with a note; the visitor reads both names, and who stays their contact', async () => {
    const megan = await consoleOf('Megan Kajitani');
    const lin = await consoleOf('林怡君');
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('My orchid has dropped its buds.');
    await take(megan, 'My orchid has dropped its buds.');
    await handOver(megan, '林怡君', 'She has had the orchid for two winters.');

    await chat.log.getByText('Megan Kajitani stays your contact').waitFor();
    expect(await chat.log.innerText()).toMatch(/Megan Kajitani has asked\s+林怡君\s+to help you/);
    expect(await chat.frame.locator('header').innerText()).toContain('林怡君');
    expect(await chat.frame.locator('body').innerText()).not.toContain('two winters');

    await openRow(lin, 'Mine', 'My orchid has dropped its buds.');
    await lin.getByRole('log').getByText('She has had the orchid for two winters.').waitFor();
    await reply(lin, 'Hello, I am 林怡君. Does it stand near a window?');
    await chat.log.getByText('Does it stand near a window?').waitFor();
    expect(await megan.getByRole('radio', { name: 'Reply' }).count()).toBe(0);
    await chat.page.context().close();
  });
});

describe('a failure that is logged by keyboard', () => {
  test('is a please-know card for the next person, before the visitor has to say it again', async () => {
    const megan = await consoleOf('Megan Kajitani');
    const lin = await consoleOf('林怡君');
    const chat = await visitShop(stage.browser, stage.desk, { as: 'omar-haddad' });
    await chat.say('The lavender came without its label.');
    await take(megan, 'The lavender came without its label.');

    await megan.keyboard.press('Control+k');
    await megan.keyboard.type('log a fail');
    await megan.keyboard.press('Enter');
    await megan.getByRole('form', { name: 'Log a failure' }).waitFor();
    await megan.keyboard.type('The lavender came without its label');
    await megan.keyboard.press('Control+Enter');
    await megan.getByText('Everybody who meets this customer will know.').waitFor();

    await handOver(megan, '林怡君', 'A label is all he needs.');
    await openRow(lin, 'Mine', 'The lavender came without its label.');
    const card = lin.getByRole('region', { name: 'Please know' });
    await card.getByText('The lavender came without its label').first().waitFor();
    expect(await card.innerText()).toContain('Not put right yet');
    await chat.page.context().close();
  });
});

describe('a reply that was written while somebody else answered', () => {
  test('is held until its writer has read the other’s words, and is sent when they say so', async () => {
    const lin = await consoleOf('林怡君');
    const megan = await consoleOf('Megan Kajitani');
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('Do you deliver to the island?');

    // Megan's other window, on a line that can be cut.
    const line = { cut: false, open: new Set<WebSocketRoute>() };
    const context = await stage.browser.newContext({
      storageState: await megan.context().storageState(),
      viewport: { width: 1280, height: 800 },
    });
    await context.routeWebSocket(/\/socket/, (route) => {
      if (line.cut) return void route.close();
      route.connectToServer();
      line.open.add(route);
    });
    await context.route(/\/socket/, (route) => (line.cut ? route.abort() : route.continue()));
    const train = await context.newPage();
    await train.goto(`${stage.desk.origin}/console/`);
    await train.getByRole('tablist').waitFor();
    await take(train, 'Do you deliver to the island?');
    line.cut = true;
    for (const route of line.open) await route.close();
    await train.getByText('The connection is lost.').waitFor();
    await reply(train, 'Good morning, Megan Kajitani here. Only from April on.');
    await train.getByText('not sent yet').waitFor();

    await openRow(megan, 'Mine', 'Do you deliver to the island?');
    await handOver(megan, '林怡君', 'Do you know the ferry?');
    await openRow(lin, 'Mine', 'Do you deliver to the island?');
    await reply(lin, 'Good morning, I am 林怡君. Yes, by the Tuesday ferry.');
    await chat.log.getByText('Yes, by the Tuesday ferry.').waitFor();
    await handOver(lin, 'Megan Kajitani', 'The ferry is settled.');

    line.cut = false;
    await train.evaluate(() => dispatchEvent(new Event('online')));
    const held = train.getByRole('alert').filter({ hasText: '林怡君 answered while you were writing' });
    await held.getByText('Yes, by the Tuesday ferry.').waitFor();
    expect(await chat.log.innerText()).not.toContain('Only from April');
    await held.getByRole('button', { name: 'Send all the same' }).click();
    await chat.log.getByText('Only from April on.').waitFor();
    await held.waitFor({ state: 'detached' });
    await Promise.all([chat.page.context().close(), context.close()]);
  });
});

describe('somebody of the back office', () => {
  test('reads along and leaves a note, and has nothing with which to answer', async () => {
    const tomas = await consoleOf('Tomás Echeverría');
    // Their day begins with what colleagues ask of them.
    await tomas.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
    await tomas.getByRole('button', { name: /^Desk/ }).click();
    const megan = await consoleOf('Megan Kajitani');
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('Where is my invoice?');
    await openRow(tomas, 'Waiting', 'Where is my invoice?');
    for (const act of ['Take', 'Hand over', 'Close', 'Send', 'Take and answer']) {
      expect(await tomas.getByRole('button', { name: act, exact: true }).count()).toBe(0);
    }
    expect(await tomas.getByRole('radio').count()).toBe(1);
    await tomas.locator('.composer-field').fill('It went out on Monday, by post.');
    await tomas.getByRole('button', { name: 'Add note' }).click();
    await tomas.getByRole('log').getByText('It went out on Monday, by post.').waitFor();

    await openRow(megan, 'Waiting', 'Where is my invoice?');
    await megan.getByRole('log').getByText('It went out on Monday, by post.').waitFor();
    expect(await chat.frame.locator('body').innerText()).not.toContain('by post');
    await chat.page.context().close();
  });
});
