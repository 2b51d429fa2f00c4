/** Through the chat, while everybody writes everything that they can. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { chatFrame } from '../support/browser.ts';
import { wordsOf } from '../support/chat-ground.ts';
import { eventually } from '../support/eventually.ts';
import { aVisitor, type Visitor } from '../support/people.ts';
import type { Looking } from './drawn-fields.ts';
import { type People, visitorSays } from './long-day.ts';
import { choose, press } from './screens.ts';
import { type StrangeWire, strange } from './strange-wire.ts';

export type ChatTour = Pick<Looking, 'see'> & {
  readonly context: BrowserContext;
  readonly wire: StrangeWire;
  readonly people: People;
  /** The shop's page, and the site's proof of who comes there. */
  readonly shop: string;
  readonly proof: string;
};

export type Talk = { readonly page: Page; readonly frame: Frame; readonly same: Visitor };

const FIRST = 'Has the can left you? It leaks.';
const WORDS = wordsOf('en');

/** Somebody whom nobody knows, and who opens it unasked. */
export async function byTheLauncher({ context, shop, see }: ChatTour): Promise<void> {
  const page = await context.newPage();
  await page.goto(shop);
  await press(page.locator('fullname-chat button'));
  const frame = await chatFrame(page);
  await frame.locator('.begin').waitFor();
  await see(page, 'the chat: opened by its launcher');
  await page.close();
}

/** By the hello, until somebody could answer. */
export async function untilItWaits(tour: ChatTour): Promise<Talk> {
  const { context, people, see, wire } = tour;
  const page = await context.newPage();
  await arrive(tour, page);
  await page.locator('fullname-chat section.on').waitFor();
  await see(page, 'a page of the shop: a hello');
  await press(page.locator('fullname-chat section button'));
  const frame = await chatFrame(page);
  await frame.getByRole('log').waitFor();
  await see(page, 'the chat: opened by the hello');
  const composer = frame.locator('.composer textarea');
  await composer.fill(FIRST);
  await composer.press('Enter');
  await frame.locator('.mine .fate svg').waitFor();
  await see(page, 'the chat: waiting');
  const same = await sameVisitor(wire, people);
  await visitorSays(same, people);
  await isHere(people, false);
  await frame.locator('.ways').waitFor();
  await see(page, 'the chat: waiting, and nobody is here');
  await isHere(people, true);
  return { page, frame, same };
}

/** While it is talked. */
export async function inConversation(
  { see, people }: ChatTour,
  { page, frame }: Talk,
  conversation: string,
): Promise<void> {
  people.ingrid.socket.emit('typing:show', { conversation });
  await frame.locator('.typing').waitFor();
  await see(page, 'the chat: a conversation');
  const menu = frame.locator('header button');
  await press(menu);
  await press(frame.getByRole('button', { name: WORDS.remembered }));
  await frame.getByRole('dialog').getByRole('listitem').first().waitFor();
  await see(page, 'the chat: what is remembered');
  await page.keyboard.press('Escape');
  await press(frame.getByRole('button', { name: WORDS.ask }));
  const list = frame.locator('dialog.ask li button');
  await list.first().waitFor();
  await see(page, 'the chat: asking for somebody');
  await press(list.filter({ hasText: people.yijun.person.fullName }));
  await frame.locator('dialog.ask .next').waitFor();
  await see(page, 'the chat: somebody is asked for');
  await page.keyboard.press('Escape');
  await choose(frame.locator('.composer input[type=file]'), `${strange('file name')}.exe`, 'MZ');
  await frame.locator('.composer [role=alert]').waitFor();
  await see(page, 'the chat: a file that is refused');
}

/** After the goodbye, and when they come again. */
export async function afterwards(tour: ChatTour, { page, frame }: Talk): Promise<void> {
  await frame.locator('.goodbye').waitFor();
  await press(frame.getByRole('button', { name: WORDS.mailThis }));
  await tour.see(page, 'the chat: after the goodbye');
  // Whoever is not here is not among those who are likely to answer: only the conversation says who it is.
  await isHere(tour.people, false);
  await arrive(tour, page);
  await press(page.locator('fullname-chat button'));
  await (await chatFrame(page)).locator('.goodbye').waitFor();
  await tour.see(page, 'the chat: come again');
  await isHere(tour.people, true);
  await page.close();
}

/** Without the proof: the browser still has its token. */
export async function onceMore({ context, shop, see }: ChatTour): Promise<void> {
  const page = await context.newPage();
  await page.goto(shop);
  await press(page.locator('fullname-chat button'));
  await see(page, 'the chat: a promise may take longer');
  await page.close();
}

async function arrive({ shop, proof }: ChatTour, page: Page): Promise<void> {
  await page.goto(shop);
  await page.locator('fullname-chat').waitFor({ state: 'attached' });
  await page.evaluate((it) => window.Fullname?.('identify', it), proof);
}

/** By a second line, under the token that the page has made. */
function sameVisitor(wire: StrangeWire, people: People): Promise<Visitor> {
  const began = /"token":"([0-9a-f]{64})","conversation":"([0-9a-f-]{36})"/;
  const [, token = '', conversation = ''] = began.exec(wire.sent.join('\n')) ?? [];
  return aVisitor(people.door, { token, conversation });
}

function isHere({ megan, ingrid, yijun }: People, here: boolean) {
  return Promise.all([megan, ingrid, yijun].map((one) => one.do('presence:set', { here })));
}

/** The conversation of the one who has come by a proof. */
export function found({ megan }: People): Promise<string> {
  return eventually('it waits', async () => {
    const { rows } = await megan.do('conversation:list', { view: 'waiting' });
    return rows.find(({ name }) => name === 'Anna Lindqvist')?.id;
  });
}
