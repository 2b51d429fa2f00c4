import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { chatFrame } from './browser.ts';
import { eventually } from './eventually.ts';

/** On two cores that others use as well, a browser has taken half a minute for one step. */
const PATIENT_MS = 60_000;
/** An Enter in an empty composer sends nothing, so that a second one does no harm. */
const ENTERS_MAX = 5;
const ENTER_AGAIN_MS = 3_000;

/** A relay with the demo desk, as a browser meets it: in this process or in its own. */
export type DemoDesk = {
  /** The relay's own origin: http://localhost:PORT */
  readonly origin: string;
  /** The shop under the other loopback name: another site than the relay. */
  readonly shop: string;
  /** What the relay printed. */
  readonly printed: string;
};

/** The addresses of a demo desk, from the port and what was printed. */
export function demoDesk(port: number, printed: string): DemoDesk {
  return { origin: `http://localhost:${port}`, shop: `http://127.0.0.1:${port}/shop/`, printed };
}

/** The chat in a host page, opened. */
export type Chat = {
  readonly page: Page;
  readonly frame: Frame;
  /** Where the visitor writes. */
  readonly composer: Locator;
  /** What was said. */
  readonly log: Locator;
  /** Writes and presses Enter. */
  say(text: string): Promise<void>;
};

/** Opens the chat by its launcher, as a visitor does. */
export async function openChat(page: Page): Promise<Chat> {
  await page.locator('fullname-chat button').click();
  const frame = await chatFrame(page);
  const composer = frame.getByRole('textbox', { name: /Message|消息|訊息/ });
  await composer.waitFor();
  const say = (text: string) => sayIn(composer, text);
  return { page, frame, composer, log: frame.getByRole('log'), say };
}

/** Says something, and waits until it stands in the log and the relay has it. */
export async function saySent(chat: Chat, text: string): Promise<void> {
  await chat.say(text);
  await chat.log.getByText(text).waitFor();
  await chat.frame
    .getByText(/^sent|^read/)
    .first()
    .waitFor();
}

/** So often the browser's own input is tried; where it is lost once, it is lost for as long as one tries. */
const INPUTS_MAX = 10;

/**
 * Writes and sends. Where a page has just gained or lost the focus, or another tab of the same browser was opened meanwhile, the
 * text that Chromium's remote control types may go to no field at all: one looks, as a person does, and clicks again. What it loses
 * ten times is put into the field by script: a chat that did not take it then is at fault itself.
 */
export async function sayIn(composer: Locator, text: string): Promise<void> {
  let stands = '';
  let tries = 0;
  const isThere = async () => {
    if (tries > 0) {
      await composer.page().bringToFront();
      await composer.click();
    }
    tries += 1;
    if (tries <= INPUTS_MAX) await composer.fill(text);
    else await composer.evaluate(putInto, text);
    stands = await composer.inputValue();
    return stands === text;
  };
  await eventually('the words stand in the composer', isThere).catch((error: Error) => {
    throw new Error(`${error.message} After ${tries} tries there stands ${JSON.stringify(stands)}.`);
  });
  const isGone = async () => (await composer.inputValue()) !== text;
  for (let times = 0; times < ENTERS_MAX; times += 1) {
    await composer.press('Enter');
    if (await eventually('they are sent', isGone, ENTER_AGAIN_MS).catch(() => false)) return;
  }
  await composer.evaluate(pressEnter);
  await eventually('they are sent', isGone);
}

/** As a keyboard gives it, where the browser's own input goes nowhere. */
function pressEnter(field: SVGElement | HTMLElement): void {
  const options = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true };
  field.dispatchEvent(new KeyboardEvent('keydown', options));
}

/** As an input method does it: the words, then the news of them. */
function putInto(field: SVGElement | HTMLElement, words: string): void {
  (field as HTMLTextAreaElement).value = words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: words, inputType: 'insertText' }));
}

/** The shop in a profile of its own, as a new visitor or as one of the demo's customers (`as`), with the chat open. */
export async function visitShop(
  from: Browser | BrowserContext,
  desk: DemoDesk,
  { as, ...options }: { readonly as?: string } & VisitOptions = {},
): Promise<Chat> {
  const context = 'newContext' in from ? await from.newContext(options) : from;
  context.setDefaultTimeout(PATIENT_MS);
  const page = await context.newPage();
  await page.goto(as === undefined ? desk.shop : `${desk.shop}?as=${as}`);
  return openChat(page);
}

export type VisitOptions = {
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly hasTouch?: boolean;
  readonly isMobile?: boolean;
  readonly deviceScaleFactor?: number;
};

/** Who has used their link at a relay already. */
const sessions = new WeakMap<DemoDesk, Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>>();

/**
 * The console of one of the demo's people, by the one-time link that the relay printed for them; the second time at the same relay,
 * as when a test is tried once more, by the session that the link gave.
 */
export async function openConsole(
  browser: Browser,
  desk: DemoDesk,
  { who, ...options }: { readonly who: string } & VisitOptions,
): Promise<Page> {
  const link = linkOf(desk, who);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENT_MS);
  const known = sessions.get(desk) ?? new Map();
  const cookies = known.get(who);
  if (cookies) await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(cookies ? link.replace(/#.*/, '') : link);
  // The desk, or the page on which people behind the desk begin.
  await page.getByRole('tablist').or(page.locator('main.page')).first().waitFor();
  sessions.set(desk, known.set(who, await context.cookies()));
  return page;
}

/** The one-time link that the relay printed for one of the demo's people. */
export function linkOf(desk: DemoDesk, who: string): string {
  const line = desk.printed.split('\n').find((one) => one.includes(who));
  const link = line?.match(/https?:\S+#link=\S+/)?.[0];
  if (link === undefined) throw new Error(`The relay printed no link for ${who}:\n${desk.printed}`);
  return link;
}

/** Every frame of the sockets in this browser, both ways, from now on; a frame's own sockets are among them. */
export function listenToSockets(context: BrowserContext): () => readonly string[] {
  const frames: string[] = [];
  const keep = ({ payload }: { readonly payload: string | Buffer }) => {
    frames.push(String(payload));
  };
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      socket.on('framesent', keep);
      socket.on('framereceived', keep);
    });
  });
  return () => frames;
}
