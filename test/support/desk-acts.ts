/** What people do at the console and in the chat, by the roles and names that they see. */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Chat } from './stage.ts';

/** Another browser in which the same person is signed in, and which has seen nothing yet. */
export async function anotherBrowserOf(
  browser: Browser,
  page: Page,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const cookies = await page.context().cookies();
  return browser.newContext({
    storageState: { cookies, origins: [] },
    viewport: { width: 1280, height: 800 },
    ...options,
  });
}

/** The console in it. */
export async function consoleIn(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/console/`);
  await page.getByRole('navigation').first().waitFor();
  return page;
}

/** Opens the row with these words in it, in one of the views. */
export async function openRow(page: Page, view: 'Waiting' | 'Mine' | 'All', words: string): Promise<void> {
  await toDesk(page);
  await page.getByRole('tab', { name: view }).click();
  await page.locator('#rows').getByText(words).click();
  await page.getByRole('log').getByText(words).first().waitFor();
}

async function toDesk(page: Page): Promise<void> {
  if (await page.getByRole('tablist').isVisible()) return;
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Desk' }).click();
  await page.getByRole('tablist').waitFor();
}

/** The visitor says it, and the agent takes the conversation. */
export async function sayAndTake(chat: Chat, page: Page, words: string): Promise<void> {
  await chat.say(words);
  await openRow(page, 'Waiting', words);
  await page.getByRole('button', { name: 'Take', exact: true }).click();
  await page.getByRole('button', { name: 'Hand over' }).waitFor();
}

export async function reply(page: Page, text: string): Promise<void> {
  const field = composer(page);
  await field.fill(text);
  await field.press('Enter');
  await page.getByRole('log').getByText(text).waitFor();
}

export function composer(page: Page): Locator {
  return page.locator('.composer-field');
}

export async function handOver(page: Page, to: string, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Hand over' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: to }).check();
  await dialog.getByRole('textbox').fill(note);
  await dialog.getByRole('button', { name: `Hand over to ${to}` }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Records a failure in the open conversation; its way back is then open beside it. */
export async function logFailure(page: Page, what: string): Promise<Locator> {
  await pane(page).getByRole('button', { name: 'Log a failure' }).click();
  const form = page.getByRole('form', { name: 'Log a failure' });
  await form.getByRole('textbox', { name: 'What happened' }).fill(what);
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Everybody who meets this customer will know.').waitFor();
  return wayBack(page);
}

/** The customer beside the conversation. */
export function pane(page: Page): Locator {
  return page.locator('.customer');
}

/** Opens a record that stands in the customer's timeline. */
export async function openRecord(page: Page, what: string): Promise<Locator> {
  await pane(page)
    .getByRole('button', { name: `Failure: ${what}` })
    .click();
  return wayBack(page);
}

/** The stages of the record that is open. */
function wayBack(page: Page): Locator {
  return page.getByRole('region', { name: 'The way back' });
}

export async function apologise(way: Locator): Promise<void> {
  await way.getByRole('button', { name: 'We have apologised' }).click();
}

/** Their answer to what would put it right, word for word. */
export async function goOver(way: Locator, wants: string): Promise<void> {
  await way.getByRole('textbox', { name: 'Their answer, word for word' }).fill(wants);
  await way.getByRole('button', { name: 'This is what they want' }).click();
}

/** How it was put right, and what was added. */
export async function putRight(way: Locator, how: string, extra: string): Promise<void> {
  await way.getByRole('textbox', { name: 'How it was put right' }).fill(how);
  await way.getByRole('textbox', { name: 'Something extra' }).fill(extra);
  await way.getByRole('button', { name: 'It is put right' }).click();
  await way.locator('[aria-current=step]').getByText('Follow up', { exact: true }).waitFor();
}

/** One's own things to do. */
export async function toTodo(page: Page): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'To do' }).click();
  await page.getByRole('heading', { name: 'To do', level: 1 }).waitFor();
  return page.locator('main');
}

/** Records a promise for an hour from now, in the open conversation. */
export async function promise(page: Page, text: string): Promise<void> {
  await pane(page).getByRole('button', { name: 'Record a promise' }).click();
  const form = page.getByRole('form', { name: 'Record a promise' });
  await form.getByRole('textbox', { name: 'What you promise' }).fill(text);
  await form.getByRole('button', { name: 'In an hour' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
}

/** The row of one thing to do, by its kind and what it is about. */
export function task(page: Page, kind: string, what: string): Locator {
  return page.getByRole('listitem').filter({
    has: page.getByRole('button', { name: new RegExp(`^${escaped(kind)}.*${escaped(what)}`) }),
  });
}

export async function openTask(page: Page, kind: string, what: string): Promise<Locator> {
  const row = task(page, kind, what);
  await row.getByRole('button', { name: new RegExp(`^${escaped(kind)}`) }).click();
  return row;
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
