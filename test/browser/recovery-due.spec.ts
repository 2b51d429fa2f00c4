/** What comes due: promises, reminders, the last word by e-mail. The clock of the relay and of the browsers is moved by the tests. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { FROM, openMailServer } from '../mail/post.ts';
import {
  anotherBrowserOf,
  apologise,
  consoleIn,
  goOver,
  logFailure,
  openRow,
  openTask,
  pane,
  promise,
  putRight,
  sayAndTake,
  task,
  toTodo,
} from '../support/desk-acts.ts';
import { eventually } from '../support/eventually.ts';
import { openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const MINUTE = 60_000;
const MEGAN = 'Megan Kajitani';

let ahead = 0;
const post = await openMailServer();
afterAll(() => post.close());
const stage = useDemo({
  now: () => Date.now() + ahead,
  env: { SMTP_URL: post.url, MAIL_FROM: FROM },
});
/** A one-time link is good once: one console for the whole file. */
let megans: Promise<Page> | undefined;

function megan(): Promise<Page> {
  megans ??= openConsole(stage.browser, stage.desk, { who: MEGAN });
  return megans;
}

/** Moves the clocks of the relay and of every browser that is open, and works what is due by then. */
async function moveTo(moment: number): Promise<void> {
  ahead = moment - Date.now();
  for (const context of stage.browser.contexts()) await context.clock.setFixedTime(moment);
  await stage.runDue();
}

/** When the promise is due by the chat's own words. */
async function dueOf(place: Locator): Promise<number> {
  return Date.parse((await place.locator('time').first().getAttribute('datetime')) ?? '');
}

describe('a promise that is about to slip', () => {
  test('is said to its keeper and, before its time, to the customer; moved and kept it says so', async () => {
    const desk = await megan();
    const chat = await visitShop(stage.browser, stage.desk, { as: 'helen-papadakis' });
    await sayAndTake(chat, desk, 'Can somebody read the label to me?');
    const text = 'A recording of the whole label';
    await promise(desk, text);
    await chat.log.getByText(`Megan Kajitani promised: ${text}, by`).waitFor();
    const promised = chat.frame.getByRole('region', { name: 'Promised to you' });
    expect(await promised.innerText()).toContain(MEGAN);
    const due = await dueOf(promised);

    await moveTo(due - 11 * MINUTE);
    await desk.getByRole('status').getByText('Due now – A promise comes due: Helen Papadakis').waitFor();
    expect(await chat.log.getByText('is still on it').count()).toBe(0);
    await desk.getByRole('status').getByRole('button', { name: 'Open' }).click();
    await task(desk, 'A promise comes due', text).waitFor();

    await moveTo(due - 3 * MINUTE);
    const told = chat.log.getByText(`Megan Kajitani is still on it: ${text}.`);
    await told.waitFor();
    expect(await told.innerText()).toContain('It may take a little longer than');
    await stage.runDue();
    const opened = await openTask(desk, 'A promise comes due', text);
    await opened.getByRole('button', { name: 'To your promises' }).click();
    const open = desk.getByRole('region', { name: /^Open/ });
    const row = open.getByRole('listitem').filter({ hasText: text });
    await row.getByRole('button', { name: 'Move it' }).click();
    await row.getByRole('button', { name: 'Tomorrow 18:00' }).click();
    await row.getByRole('button', { name: 'Move and tell them' }).click();
    await chat.log.getByText(`needs a little longer and promises a new time: ${text}`).waitFor();
    await eventually('the chat shows the new time', async () => (await dueOf(promised)) > due);

    await moveTo(due + 5 * MINUTE);
    await row.getByRole('button', { name: 'Mark as kept' }).click();
    const kept = desk.getByRole('region', { name: 'Kept' });
    await kept.getByRole('listitem').filter({ hasText: text }).getByText('moved in time, kept').waitFor();
    await chat.log.getByText(`Megan Kajitani has kept this promise: ${text}`).waitFor();
    await promised.waitFor({ state: 'detached' });
    expect(await chat.log.getByText('is still on it').count()).toBe(1);

    await openRow(desk, 'Mine', 'Can somebody read the label to me?');
    await promise(desk, 'A call when it is there');
    const line = pane(desk).getByRole('listitem').filter({ hasText: 'A call when it is there' });
    await line.getByRole('button', { name: 'Mark as kept' }).click();
    await line.getByText('kept early').waitFor();
    await chat.page.context().close();
  });
});

describe('the last word', () => {
  test('by e-mail goes out once, in the ally’s name, and its way stays with the task', async () => {
    const desk = await megan();
    const what = 'Peony roots delivered dry on Saturday';
    const chat = await visitShop(stage.browser, stage.desk, { as: 'anna-lindqvist' });
    await sayAndTake(chat, desk, 'The peony roots have dried out.');
    const way = await logFailure(desk, what);
    await apologise(way);
    await goOver(way, 'Fresh roots before the frost');
    await putRight(way, 'Fresh roots by courier', 'A bag of anemones');
    await way.getByRole('button', { name: 'It works' }).click();
    await way.getByText('It closes by itself when all three are done.').waitFor();

    await toTodo(desk);
    const internal = await openTask(desk, 'Brief your colleagues', what);
    await internal.getByRole('button', { name: 'Waive it' }).click();
    await internal.getByRole('textbox', { name: 'Why it is not needed' }).fill('Everybody was there.');
    await internal.getByRole('button', { name: 'Waive with this reason' }).click();
    await internal.waitFor({ state: 'detached' });

    const before = post.taken.length;
    const wrapUp = await openTask(desk, 'A last word', what);
    await wrapUp.getByRole('radio', { name: /^E-mail/ }).check();
    await wrapUp.getByText(/^Goes to anna\S+@\S+$/).waitFor();
    expect(await wrapUp.getByRole('textbox', { name: 'E-mail' }).inputValue()).toContain(MEGAN);
    await wrapUp
      .getByRole('textbox', { name: 'E-mail' })
      .fill('Dear Anna, the roots are in.\n\nMegan Kajitani');
    await wrapUp.getByRole('button', { name: 'Send the e-mail' }).click();
    await wrapUp.waitFor({ state: 'detached' });
    await stage.runDue();
    const [mail, ...more] = await eventually('the mail server has it', () => {
      const taken = post.taken.slice(before);
      return taken.length > 0 && taken;
    });
    expect(more).toEqual([]);
    expect(mail?.to).toMatch(/^anna/);
    expect(mail?.raw).toMatch(/^From: "?Megan Kajitani/m);
    expect(mail?.raw).toContain('the roots are in.');

    await desk.getByRole('button', { name: 'Ended' }).click();
    await task(desk, 'Brief your colleagues', what).getByText(`waived by ${MEGAN}`).waitFor();
    const ended = await openTask(desk, 'A last word', what);
    await ended.getByText('sent', { exact: true }).waitFor();
    expect(await ended.innerText()).toMatch(/How\s+E-mail/);
    await openRow(desk, 'Mine', 'The peony roots have dried out.');
    await pane(desk)
      .getByRole('button', { name: `Failure: ${what}` })
      .getByText('closed')
      .waitFor();
    await chat.page.context().close();
  });
});

describe('what is due while nobody looks', () => {
  test('is one notification of the browser over two tabs', async () => {
    const seat = await megan();
    const context = await anotherBrowserOf(stage.browser, seat);
    await seat.context().close();
    megans = undefined;
    await context.grantPermissions(['notifications'], { origin: stage.desk.origin });
    await context.addInitScript(recordNotifications);
    const first = await consoleIn(context, stage.desk.origin);
    const chat = await visitShop(stage.browser, stage.desk, { as: 'omar-haddad' });
    await moveTo(Date.now() + ahead);
    await sayAndTake(chat, first, 'Which day do the olive trees come?');
    await promise(first, 'The day of the olive trees');
    const due = await dueOf(chat.frame.getByRole('region', { name: 'Promised to you' }));
    const tabs = [first, await consoleIn(context, stage.desk.origin)];
    await lookAway(context, tabs);

    await moveTo(due - 11 * MINUTE);
    const calls = await eventually('a tab has called', async () => {
      const all = (await Promise.all(tabs.map(notified))).flat();
      return all.length > 0 && all;
    });
    expect(calls).toEqual(['Due now – A promise comes due: Omar Haddad']);
    // What is told afterwards has come to both tabs, and with it anything that was told before.
    await chat.say('Thank you.');
    await eventually('the tab calls for the words that came after', async () =>
      (await Promise.all(tabs.map(notified))).flat().includes('Omar Haddad writes'),
    );
    const all = (await Promise.all(tabs.map(notified))).flat();
    expect(all.filter((call) => call.startsWith('Due now'))).toHaveLength(1);
    await Promise.all([context.close(), chat.page.context().close()]);
  });
});

type Recorded = typeof globalThis & { readonly notified?: string[] };

/** In the page: the browser's own Notification, whose making is written down instead of shown. */
function recordNotifications(): void {
  const notified: string[] = [];
  Object.assign(globalThis, { notified });
  globalThis.Notification = new Proxy(globalThis.Notification, {
    construct: (_, [title]: [string]) => {
      notified.push(title);
      return { close: () => undefined, onclick: null };
    },
  });
}

function notified(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as Recorded).notified ?? []);
}

/** Another page lies before these; the browser under test otherwise pretends that each of its pages has the focus. */
async function lookAway(context: BrowserContext, pages: readonly Page[]): Promise<void> {
  const other = await context.newPage();
  for (const page of pages) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  }
  await other.bringToFront();
  for (const page of pages)
    await eventually('the page has lost the focus', () => page.evaluate(() => !document.hasFocus()));
}
