/**
 * A visitor has this device tell of answers: from the chat's menu to the page that asks, and on to what is shown and pressed. No
 * browser here reaches a push service: what it says then is tried as it is, and for the rest the page is given a subscription of the
 * tests' own service, whose pushes are handed to the real worker.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHOP } from '../../server/src/demo/content/shop.ts';
import type { SiteRow } from '../../server/src/store/sites.ts';
import { type Device, type Notice, openPushService, type PushService } from '../mail/push-service.ts';
import { violations } from '../support/axe.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, newId } from '../support/people.ts';
import { root } from '../support/root.ts';
import { type Chat, openConsole, type VisitOptions, visitShop } from '../support/stage.ts';
import { subscribeAs } from '../support/stand-in-push.ts';
import { agentAt, takeWaiting } from './at-desk.ts';
import { useDemo } from './demo.ts';

let ahead = 0;
const stage = useDemo({ env: { PUSH_HOSTS: 'localhost' }, now: () => Date.now() + ahead });
let service: PushService;
let megan: Agent;

beforeAll(async () => {
  service = await openPushService();
  megan = await agentAt(stage.desk, await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' }));
});
afterAll(() => service.close());

async function switchOn(): Promise<void> {
  const owner = await openConsole(stage.browser, stage.desk, { who: 'Ingrid Solheim' });
  const cookie = (await owner.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const door = { origin: stage.desk.origin, cookie };
  const [site] = await call<SiteRow[]>(door, 'GET /api/sites');
  await call(door, `PUT /api/sites/${site?.id}/settings`, { push: { on: true } });
}

const LINK = 'Tell me on this device';

async function aTalk(options: VisitOptions = {}): Promise<{ chat: Chat; conversation: string }> {
  const chat = await visitShop(stage.browser, stage.desk, options);
  const { origin } = stage.desk;
  await chat.page.context().grantPermissions(['notifications'], { origin });
  const words = `Is the vase there? ${newId().slice(0, 8)}`;
  await chat.say(words);
  return { chat, conversation: await takeWaiting(megan, words) };
}

const openMenu = ({ frame }: Chat) => frame.getByRole('button', { name: 'More' }).click();

async function linkIn(chat: Chat): Promise<string> {
  await openMenu(chat);
  const link = chat.frame.getByRole('link', { name: LINK });
  return (await link.getAttribute('href')) ?? '';
}

/** The page that opens when the menu's link is pressed. */
async function openDevice(chat: Chat): Promise<Page> {
  await openMenu(chat);
  const link = chat.frame.getByRole('link', { name: LINK });
  await link.waitFor();
  await look(chat.page, 'menu');
  const [device] = await Promise.all([chat.page.context().waitForEvent('page'), link.click()]);
  await device.getByRole('button').waitFor();
  return device;
}

/** The same, from the menu that is still open. */
async function openAgain({ page, frame }: Chat): Promise<Page> {
  const link = frame.getByRole('link', { name: LINK });
  const [device] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await device.getByRole('button').first().waitFor();
  return device;
}

test('nothing of it is in the chat unless the owner wishes it', async () => {
  const { chat } = await aTalk();
  await openMenu(chat);
  await chat.frame.getByRole('button', { name: 'Ask for somebody' }).waitFor();
  await expect(chat.frame.getByRole('link', { name: LINK }).count()).resolves.toBe(0);
  await switchOn();
});

test('the page says what is shown and how to stop it, and what went wrong where no push service is reached', async () => {
  const { chat } = await aTalk({ colorScheme: 'light' });
  const page = await openDevice(chat);
  expect(new URL(page.url()).pathname).toBe(`/n/${SHOP.key}/`);
  expect(new URL(page.url()).hash).toBe('');
  await page.getByRole('heading', { name: LINK }).waitFor();
  await page.getByText('What was written is never shown.').waitFor();
  await page.getByText('To stop it, choose “Tell me on this device” in the chat again').waitFor();
  expect(await violations(page)).toEqual([]);
  await look(page, 'page-light');
  await page.getByRole('button', { name: 'Tell me here' }).click();
  await page.getByText('Your browser did not reach the service that brings it notifications.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await look(page, 'no-service');
});

test('a device that was allowed is told by the full name; pressed, the answer is there, and left, nothing more comes', async () => {
  const { chat, conversation } = await aTalk();
  const device = service.aDevice();
  const context = chat.page.context();
  await subscribeAs(context, device);
  const page = await openDevice(chat);
  await page.getByRole('button', { name: 'Tell me here' }).click();
  await page.getByText('Done: this device tells you when').waitFor();
  expect(await violations(page)).toEqual([]);
  await look(page, 'done');
  // Nobody sees it in the chat.
  await chat.page.goto('about:blank');
  await megan.say(conversation, 'It is packed.');
  ahead += 3 * 60_000;
  await stage.runDue();
  const about = await page.evaluate(async () => (await fetch('about')).json());
  const [notice] = device.shown(about.value.key);
  expect(notice).toMatchObject({ title: 'Megan Kajitani has answered you', body: 'Larkspur & Reed' });

  const shown = await deliver(page, notice as Notice);
  expect(shown).toEqual([{ title: 'Megan Kajitani has answered you', body: 'Larkspur & Reed' }]);
  const opened = await press(page);
  expect(opened).toEqual([notice?.link]);
  const on = await context.newPage();
  await on.goto(opened[0] ?? '');
  await on.getByRole('log').getByText('It is packed.').waitFor();

  await on.close();
  const saysUnseen = async (text: string): Promise<void> => {
    await megan.say(conversation, text);
    ahead += 3 * 60_000;
    await stage.runDue();
  };
  await saysUnseen('And it shines.');
  expect(device.times()).toBe(2);
  await chat.page.goto(stage.desk.shop);
  await chat.page.evaluate(() => (window as unknown as { Fullname(call: string): void }).Fullname('logout'));
  await eventually('the next answer goes nowhere', async () => {
    const before = device.times();
    await saysUnseen('Still here.');
    return device.times() === before;
  });
});

test('opened again by the chat, the page says what this device does now, and stops it; what was removed elsewhere is not on', async () => {
  const { chat } = await aTalk();
  const device = service.aDevice();
  await subscribeAs(chat.page.context(), device);
  const first = await openDevice(chat);
  await first.getByRole('button', { name: 'Tell me here' }).click();
  await first.getByText('Done: this device tells you when').waitFor();
  await first.close();

  const again = await openAgain(chat);
  await again.getByText('This device tells you when').waitFor();
  await expect(again.getByRole('button').count()).resolves.toBe(1);
  expect(await violations(again)).toEqual([]);
  await look(again, 'already');
  await again.getByRole('button', { name: 'No longer on this device' }).click();
  await again.getByText('This device tells you nothing any more.').waitFor();
  expect(await again.evaluate(() => document.activeElement?.textContent)).toContain('nothing any more');
  await again.close();

  const anew = await openAgain(chat);
  await anew.getByRole('button', { name: 'Tell me here' }).click();
  await anew.getByText('Done: this device tells you when').waitFor();
  await anew.close();
  const { frame } = chat;
  await frame.getByRole('button', { name: 'What we remember of you' }).click();
  const told = frame.getByRole('dialog').getByRole('region', { name: 'Devices that tell you of answers' });
  await told.getByText('Chrome · Linux').waitFor();
  expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
  await look(chat.page, 'remembered');
  await told.getByRole('button', { name: /^Remove: Chrome · Linux, / }).press('Enter');
  await told.getByText('Removed.').waitFor();
  await eventually('the caret is where it was', async () =>
    frame.evaluate(() => document.activeElement?.textContent === 'Removed.'),
  );
  await chat.page.keyboard.press('Escape');
  const last = await openAgain(chat);
  await last.getByRole('button', { name: 'Tell me here' }).waitFor();
});

test('a device that tells of another conversation says so, and tells of this one once that is wished', async () => {
  const { chat } = await aTalk();
  const context = chat.page.context();
  const device = service.aDevice();
  await subscribeAs(context, device);
  const first = await openDevice(chat);
  await first.getByRole('button', { name: 'Tell me here' }).click();
  await first.getByText('Done: this device tells you when').waitFor();
  await first.close();
  // Another browser's chat, whose link this one opens.
  const { chat: other, conversation } = await aTalk();
  await openMenu(other);
  const link = other.frame.getByRole('link', { name: LINK });
  const href = (await link.getAttribute('href')) ?? '';
  const [theirs] = await Promise.all([other.page.context().waitForEvent('page'), link.click()]);
  await theirs.getByRole('button', { name: 'Tell me here' }).waitFor();
  await theirs.close();
  const page = await context.newPage();
  await page.goto(href);
  await page.getByText('This device already tells you of another conversation with').waitFor();
  await page.getByRole('button', { name: 'No longer on this device' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await look(page, 'elsewhere');
  await page.getByRole('button', { name: 'Tell me here' }).click();
  await page.getByText('Done: this device tells you when').waitFor();
  await other.page.goto('about:blank');
  await megan.say(conversation, 'It is packed.');
  ahead += 3 * 60_000;
  await eventually('it is told there', async () => {
    await stage.runDue();
    return device.times() === 1;
  });
});

test('the worker follows a subscription that its browser has made anew', async () => {
  const { chat, conversation } = await aTalk();
  const [before, now] = [service.aDevice(), service.aDevice()];
  await subscribeAs(chat.page.context(), before);
  const page = await openDevice(chat);
  await page.getByRole('button', { name: 'Tell me here' }).click();
  await page.getByText('Done: this device tells you when').waitFor();
  const [worker] = chat.page.context().serviceWorkers();
  if (!worker) throw new Error('The page has no worker.');
  await worker.evaluate(
    ([old, fresh]) => {
      const scope = globalThis as unknown as { readonly ExtendableEvent: new (type: string) => Event };
      const event = new scope.ExtendableEvent('pushsubscriptionchange');
      const as = (one: typeof old) => ({ ...one, options: {}, toJSON: () => one });
      globalThis.dispatchEvent(
        Object.assign(event, { oldSubscription: as(old), newSubscription: as(fresh) }),
      );
    },
    [before.subscription, now.subscription] as const,
  );
  const told = ({ subscription: { endpoint } }: Device) =>
    page.evaluate(
      async (asked) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch('told', { method: 'POST', headers, body: JSON.stringify(asked) });
        return (await answer.json()).value;
      },
      { endpoint, grant: null },
    );
  await eventually('the relay knows the new one', async () => (await told(now)) === 'this');
  expect(await told(before)).toBe('none');
  await chat.page.goto('about:blank');
  await megan.say(conversation, 'It is packed.');
  ahead += 3 * 60_000;
  await eventually('it is told there', async () => {
    await stage.runDue();
    return now.times() === 1;
  });
  expect(before.times()).toBe(0);
});

test('the page fits a telephone, reads from right to left, and is dark where the reader’s device is', async () => {
  const { chat } = await aTalk({ colorScheme: 'dark' });
  const href = await linkIn(chat);
  const page = await chat.page.context().newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(href.replace(/en$/, 'ar'));
  await page.getByRole('button', { name: 'أخبروني هنا' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  expect(await violations(page)).toEqual([]);
  await look(page, 'page-ar');
});

/** Hands a push to the worker as the browser does when one comes; gives what is shown then. */
async function deliver(page: Page, notice: Notice): Promise<object[]> {
  const session = await page.context().newCDPSession(page);
  const registrationId = new Promise<string>((found) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.endsWith(`/n/${SHOP.key}/`));
      if (own) found(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registrationId,
    data: JSON.stringify(notice),
  });
  await session.detach();
  return eventually('it is shown', async () => {
    const all = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
    });
    return all.length > 0 && all;
  });
}

/** Presses what is shown. A browser without a screen opens no window by itself: where it would have gone is looked at. */
async function press(page: Page): Promise<string[]> {
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error('The page has no worker.');
  return worker.evaluate(async () => {
    const scope = globalThis as unknown as {
      readonly registration: ServiceWorkerRegistration;
      readonly clients: object;
      readonly NotificationEvent: new (type: string, of: { notification: Notification }) => Event;
    };
    const opened: string[] = [];
    Object.assign(scope.clients, { openWindow: async (url: string) => void opened.push(url) });
    const [notification] = await scope.registration.getNotifications();
    if (notification)
      globalThis.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
    return opened;
  });
}

/** For a person to look at. */
async function look(page: Page, name: string): Promise<void> {
  const folder = join(root, 'test/out/device');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
