import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import {
  anotherBrowserOf,
  apologise,
  consoleIn,
  goOver,
  logFailure,
  pane,
  promise,
  putRight,
  sayAndTake,
} from '../support/desk-acts.ts';
import { openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const AT_ITS_FIX = 'The herbs came without their pots on Monday';
const PUT_RIGHT = 'The mint was missing on Friday';

/** All languages look at one conversation: two failures, a promise, a colleague who is asked for help. */
let seat: Page;
let conversation: string;

beforeAll(async () => {
  seat = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  const chat = await visitShop(stage.browser, stage.desk, { as: 'omar-haddad' });
  await sayAndTake(chat, seat, 'The herbs have no pots.');
  conversation = new URL(seat.url()).hash;
  await pane(seat).getByRole('button', { name: 'Ask for help' }).click();
  const dialog = seat.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Tomás Echeverría' }).check();
  await dialog.getByRole('textbox', { name: 'What you need' }).fill('Where are the pots?');
  await dialog.getByRole('button', { name: 'Ask Tomás Echeverría' }).click();
  await dialog.waitFor({ state: 'detached' });
  await promise(seat, 'The pots by courier');
  for (const what of [PUT_RIGHT, AT_ITS_FIX]) {
    const way = await logFailure(seat, what);
    await apologise(way);
    await goOver(way, 'What I ordered');
    if (what === PUT_RIGHT) await putRight(way, 'By courier the same day', 'A pot of thyme');
  }
});

// Each language and each scheme once: a contrast hangs on the scheme, a name on the language, and nothing on both.
describe.each([
  ['en', 'light'],
  ['zh-TW', 'dark'],
] as const)('axe, in %s and a %s scheme', (locale, colorScheme) => {
  test('finds nothing in the open form of a failure, its record, what is to be done, and help', async () => {
    const context = await anotherBrowserOf(stage.browser, seat, { locale, colorScheme });
    const page = await consoleIn(context, stage.desk.origin);
    await page.goto(`${stage.desk.origin}/console/${conversation}`);
    await pane(page).waitFor();
    await page.keyboard.press('f');
    const form = page.locator('form.record-form');
    await form.locator('.more-button').click();
    await form.locator('fieldset.chips').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });

    for (const what of [AT_ITS_FIX, PUT_RIGHT]) {
      await pane(page).locator('.timeline-head').filter({ hasText: what }).click();
      await pane(page).locator('.failure-panel .stage-body').waitFor();
      expect(await violations(page)).toEqual([]);
    }

    for (const where of ['todo', 'todo/promises', 'help']) {
      await page.goto(`${stage.desk.origin}/console/#${where}`);
      await page.locator('main.page').getByRole('listitem').first().waitFor();
      expect(await violations(page)).toEqual([]);
    }
    await page.goto(`${stage.desk.origin}/console/#todo`);
    for (const kind of ['immediate', 'internal', 'wrap-up']) {
      const row = page.locator(`.task[data-kind=${kind}]`).filter({ hasText: PUT_RIGHT });
      await row.locator('.task-open').click();
      await row.locator('.task-body .task-acts').first().waitFor();
      expect(await violations(page)).toEqual([]);
    }
    await context.close();
  });
});

test('on a phone an opened record scrolls within its pane, and the page stays where it is', async () => {
  const context = await anotherBrowserOf(stage.browser, seat, { viewport: { width: 390, height: 844 } });
  const page = await consoleIn(context, stage.desk.origin);
  await page.goto(`${stage.desk.origin}/console/${conversation}`);
  await page.getByRole('button', { name: 'Customer', exact: true }).click();
  await pane(page).locator('.timeline-head').filter({ hasText: PUT_RIGHT }).click();
  await pane(page).locator('.failure-panel .stage-body').waitFor();
  const { scrolled, more } = await page.evaluate(() => {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    return { scrolled: scrollTop, more: scrollHeight - clientHeight };
  });
  expect({ scrolled, more }).toEqual({ scrolled: 0, more: 0 });
  await context.close();
});
