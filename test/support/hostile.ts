/** Pages that were there before anybody thought of a chat, and what a visitor and the page's own scripts would notice of it. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { takeWaiting } from '../browser/at-desk.ts';
import { closeProfiles, sharedBrowser } from './browser.ts';
import { eventually } from './eventually.ts';
import { openHostPages } from './host-pages.ts';
import { anAgent } from './people.ts';
import { openRelay } from './relay.ts';
import { openChat } from './stage.ts';

declare global {
  interface Window {
    Fullname?: (...call: unknown[]) => unknown;
  }
}

/** `TAG` stands where the tag is put, or nothing; `SRC` where only its address is. */
export type HostPage = {
  readonly html: string;
  /** How the page is written in bytes, where that is not UTF-8. */
  readonly bytes?: (html: string) => Buffer;
  readonly type?: string;
  readonly policy?: (origin: string) => string;
};

type Visit = { readonly page: Page; readonly lines: readonly string[]; shift(): Promise<number> };

export type HostileGround = {
  readonly pages: Map<string, HostPage>;
  /** A visitor on a page, with all that the page's console says. */
  visit(name: string, query?: string, options?: BrowserContextOptions): Promise<Visit>;
  /** Somebody at the desk answers these words, which wait; gives the answer. */
  answer(words: string): Promise<string>;
  /** Opens the chat with a real click, writes, and waits until a person has answered. */
  talk(page: Page, words: string): Promise<void>;
  /** The chat works, and beside its own global nothing of the page is otherwise than without it. */
  worksUnharmed(name: string, hostPage: HostPage, options?: BrowserContextOptions): Promise<void>;
  close(): Promise<void>;
};

/** What stands in the body of such a page. */
export const BODY =
  '<main><h1>Flowers</h1><p>Roses, tulips and peonies, cut this morning.</p><button type="button" id="buy">Buy</button></main>TAG';

/** A shop in a good document, with more in its head or another body. */
export const plain = (head: string, body = BODY): HostPage => ({
  html: `<!doctype html><html lang="en"><head><title>A shop</title>${head}</head><body>${body}</body></html>`,
});

/** A shop's pages on one origin, their relay on another, and somebody at the desk. */
export async function openHostileGround(): Promise<HostileGround> {
  const pages = new Map<string, HostPage>();
  const hosts = await openHostPages((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://host');
    const page = pages.get(pathname.slice(1));
    if (!page) return void response.writeHead(404).end();
    const isBare = searchParams.has('bare');
    const src = `${relay.origin}/w/${relay.site.key}.js`;
    const tag = `<script async="" src="${src}" ${searchParams.get('tag') ?? ''}></script>`;
    const html = page.html.replaceAll('TAG', isBare ? '' : tag).replaceAll('SRC', isBare ? '/none.js' : src);
    response.setHeader('content-type', page.type ?? 'text/html; charset=utf-8');
    if (page.policy) response.setHeader('content-security-policy', page.policy(relay.origin));
    return void response.end(page.bytes?.(html) ?? html);
  });
  const shop = `http://localhost:${hosts.port}`;
  pages.set('none.js', { html: '', type: 'text/javascript' });
  pages.set('favicon.ico', { html: '', type: 'image/x-icon' });
  const relay = await openRelay({ hosts: [shop] });
  const browser = await sharedBrowser();
  const agent = await anAgent(relay);

  const visit: HostileGround['visit'] = async (name, query = '', options = {}) => {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    await context.addInitScript(watchPage);
    const page = await context.newPage();
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    page.on('pageerror', (error) => lines.push(String(error)));
    await page.goto(`${shop}/${name}${query}`);
    return { page, lines, shift: () => page.evaluate(shiftOf) };
  };
  const answer: HostileGround['answer'] = async (words) => {
    const text = `Read: ${words}`;
    await agent.say(await takeWaiting(agent, words), text);
    return text;
  };
  const talk: HostileGround['talk'] = (page, words) => talkTo(answer, page, words);
  return {
    ...{ pages, visit, answer, talk },
    async worksUnharmed(name, hostPage, options = {}) {
      pages.set(name, hostPage);
      const bare = await visit(name, '?bare', options);
      const before = await bare.page.evaluate(lookOf);
      const { page, lines, shift } = await visit(name, '', options);
      await page.locator('fullname-chat button').waitFor();
      expect(await shift()).toBe(0);
      const after = await page.evaluate(lookOf);
      expect(after.globals.filter((one) => !before.globals.includes(one))).toEqual(['Fullname']);
      expect({ ...after, globals: [] }).toEqual({ ...before, globals: [] });
      await talk(page, `Hello from ${name}`);
      await eventually('the page looks as before', async () => {
        const open = await page.evaluate(lookOf);
        return JSON.stringify(open.looks) === JSON.stringify(before.looks) && open.text === before.text;
      });
      const open = await page.evaluate(lookOf);
      expect({ ...open, globals: [] }).toEqual({ ...before, globals: [] });
      expect(open.globals).toEqual(after.globals);
      for (const one of [bare.page, page]) await one.locator('#buy').press('Enter');
      expect(await page.evaluate(pressesOf)).toEqual(await bare.page.evaluate(pressesOf));
      expect(await shift()).toBe(0);
      expect(lines.filter((line) => !bare.lines.includes(line))).toEqual([]);
    },
    async close() {
      await closeProfiles();
      hosts.close();
      await relay.close();
    },
  };
}

async function talkTo(answer: HostileGround['answer'], page: Page, words: string): Promise<void> {
  const chat = await openChat(page);
  await chat.say(words);
  await chat.log.getByText(words).waitFor();
  await chat.log.getByText(await answer(words)).waitFor();
  const box = await page.locator('fullname-chat iframe').boundingBox();
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  expect(box && box.width > 180 && box.height > 180).toBe(true);
  expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(
    true,
  );
}

/** In the page, before any script of it: layout shifts, and what a listener of the page's own hears. */
function watchPage(): void {
  const shifts: number[] = [];
  Object.defineProperty(window, Symbol.for('shifts'), { value: shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
  }).observe({ type: 'layout-shift', buffered: true });
  const presses: string[] = [];
  Object.defineProperty(window, Symbol.for('presses'), { value: presses });
  for (const type of ['keydown', 'click'])
    window.addEventListener(type, ({ target }) => presses.push((target as Element).id));
}

function shiftOf(): number {
  const shifts = (window as unknown as Record<symbol, number[]>)[Symbol.for('shifts')] ?? [Number.NaN];
  let sum = 0;
  for (const one of shifts) sum += one;
  return sum;
}

/** Of the page's own elements: what is pressed in the chat is the chat's. */
function pressesOf(): string[] {
  const ids: string[] = [];
  for (const id of (window as unknown as Record<symbol, string[]>)[Symbol.for('presses')] ?? [])
    if (id) ids[ids.length] = id;
  return ids;
}

/** In the page: what a visitor or the page's own scripts would notice. */
function lookOf() {
  // By loops alone: some of these pages have taken the rest away.
  const looks: unknown[] = [];
  for (const element of document.querySelectorAll('html, body, body *')) {
    if (element.localName !== 'script') {
      const { display, color, fontSize, margin, position, overflow, cursor } = getComputedStyle(element);
      const { x, y, width, height } = element.getBoundingClientRect();
      const style = [display, color, fontSize, margin, position, overflow, cursor];
      looks[looks.length] = [element.localName, ...style, x, y, width, height];
    }
  }
  // Every property of these, by the length of its code: one that was put in another's place has another.
  const natives: unknown[] = [];
  const owners = [
    window.Object,
    Array,
    String,
    Function,
    Promise,
    JSON,
    EventTarget,
    Node,
    Element,
    HTMLElement,
  ];
  const later = [Document, History, XMLHttpRequest, Storage, Event, MutationObserver, CSSStyleSheet, Window];
  for (const owner of [...owners, ...later])
    for (const one of [owner, (owner as { prototype?: object }).prototype ?? {}])
      for (const name of Reflect.ownKeys(one)) {
        const { value, get, set } = Reflect.getOwnPropertyDescriptor(one, name) ?? {};
        let size = 0;
        for (const code of [value, get, set])
          if (typeof code === 'function') size += Function.prototype.toString.call(code).length;
        natives[natives.length] = `${natives.length} ${String(name)} ${size}`;
      }
  for (const one of [window.open, window.fetch, window.postMessage, setTimeout, requestAnimationFrame])
    natives[natives.length] = Function.prototype.toString.call(one).length;
  // A handler that is a property can be one only: the page's own.
  const handlers: string[] = [];
  for (const one of [window, document, document.documentElement, document.body])
    for (const name in one)
      if (name.slice(0, 2) === 'on' && one[name as keyof typeof one]) handlers[handlers.length] = name;
  return {
    ...{ looks, natives, handlers, globals: Object.getOwnPropertyNames(window) },
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    text: document.body.innerText,
    cookie: document.cookie,
    title: document.title,
    mode: document.compatMode,
    address: location.href.replace(/[?].*/, ''),
    past: history.length,
  };
}
