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
  await context.addInitScript(standIn, device.subscription);
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

test('the page fits a telephone, reads from right to left, and is dark where the reader’s device is', async () => {
  const { chat } = await aTalk({ colorScheme: 'dark' });
  const href = await linkIn(chat);
  const page = await chat.page.context().newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(href.replace(/en$/, 'ar'));
  await page.getByRole('button', { name: 'أخبرني هنا' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  expect(await violations(page)).toEqual([]);
  await look(page, 'page-ar');
});

/** In the page: a subscription as the browser would have it from its push service. */
function standIn(subscription: Device['subscription']): void {
  let is = false;
  const made = {
    ...subscription,
    toJSON: () => ({ ...subscription, expirationTime: null }),
    unsubscribe: async () => {
      is = false;
      return true;
    },
  };
  Object.assign(PushManager.prototype, {
    subscribe: async () => {
      is = true;
      return made;
    },
    getSubscription: async () => (is ? made : null),
  });
}

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
