import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { cspFor } from '../../server/src/site/csp.ts';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type HostPages, openHostPages } from '../support/host-pages.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { openChat } from '../support/stage.ts';

/** A page as it was before anybody thought of a chat. `TAG` stands where the tag is put, or nothing. */
type HostPage = {
  readonly html: string;
  /** How the page is written in bytes, where that is not UTF-8. */
  readonly bytes?: (html: string) => Buffer;
  readonly type?: string;
  readonly policy?: (origin: string) => string;
};

let hosts: HostPages;
let shop: string;
let relay: Relay;
let browser: Browser;
const pages = new Map<string, HostPage>();

beforeAll(async () => {
  hosts = await openHostPages((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://host');
    const page = pages.get(pathname.slice(1));
    if (!page) return void response.writeHead(404).end();
    const said = searchParams.get('tag') ?? '';
    const tag = `<script async src="${relay.origin}/w/${relay.site.key}.js" ${said}></script>`;
    const html = page.html.replaceAll('TAG', searchParams.has('bare') ? '' : tag);
    response.setHeader('content-type', page.type ?? 'text/html; charset=utf-8');
    if (page.policy) response.setHeader('content-security-policy', page.policy(relay.origin));
    return void response.end(page.bytes?.(html) ?? html);
  });
  shop = `http://localhost:${hosts.port}`;
  relay = await openRelay({ hosts: [shop] });
  browser = await sharedBrowser();
});
afterAll(async () => {
  await closeProfiles();
  hosts.close();
  await relay.close();
});

const BODY =
  '<main><h1>Flowers</h1><p>Roses, tulips and peonies, cut this morning.</p><button type="button" id="buy">Buy</button></main>TAG';
const plain = (head: string, body = BODY): HostPage => ({
  html: `<!doctype html><html lang="en"><head><title>A shop</title>${head}</head><body>${body}</body></html>`,
});

/** What a visitor or the page's own scripts would notice. */
function lookOf(page: Page) {
  return page.evaluate(() => {
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
    const natives: unknown[] = [];
    for (const one of [history.pushState, history.replaceState, window.open, document.write, window.fetch])
      natives[natives.length] = Function.prototype.toString.call(one).length;
    return {
      looks,
      globals: Object.getOwnPropertyNames(window),
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      natives,
      text: document.body.innerText,
      cookie: document.cookie,
    };
  });
}

type Visit = { readonly page: Page; readonly lines: readonly string[]; shift(): Promise<number> };

/** A visitor on a page, with all that the page's console says. */
async function visit(name: string, query = '', options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  await context.addInitScript(() => {
    const shifts: number[] = [];
    Object.defineProperty(window, Symbol.for('shifts'), { value: shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const page = await context.newPage();
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(String(error)));
  await page.goto(`${shop}/${name}${query}`);
  const shift = () =>
    page.evaluate(() => {
      const shifts = (window as unknown as Record<symbol, number[]>)[Symbol.for('shifts')] ?? [Number.NaN];
      let sum = 0;
      for (const one of shifts) sum += one;
      return sum;
    });
  return { page, lines, shift };
}

/** Opens the chat with a real click, writes, and waits until the relay has it. */
async function talk(page: Page, words: string): Promise<void> {
  const chat = await openChat(page);
  await chat.say(words);
  await chat.log.getByText(words).waitFor();
  await chat.frame
    .getByText(/^(sent|read|送信済み|gesendet)/)
    .first()
    .waitFor();
  const box = await page.locator('fullname-chat iframe').boundingBox();
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  expect(box && box.width > 180 && box.height > 180).toBe(true);
  expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(
    true,
  );
}

/** The chat works, and beside its own global nothing of the page is otherwise than without it. */
async function worksUnharmed(
  name: string,
  hostPage: HostPage,
  options: BrowserContextOptions = {},
): Promise<void> {
  pages.set(name, hostPage);
  const bare = await visit(name, '?bare', options);
  const before = await lookOf(bare.page);
  const { page, lines, shift } = await visit(name, '', options);
  await page.locator('fullname-chat button').waitFor();
  expect(await shift()).toBe(0);
  const after = await lookOf(page);
  expect(after.globals.filter((one) => !before.globals.includes(one))).toEqual(['Fullname']);
  expect({ ...after, globals: [] }).toEqual({ ...before, globals: [] });
  await talk(page, `Hello from ${name}`);
  await eventually('the page looks as before', async () => {
    const open = await lookOf(page);
    return JSON.stringify(open.looks) === JSON.stringify(before.looks) && open.text === before.text;
  });
  expect((await lookOf(page)).natives).toEqual(before.natives);
  expect(await shift()).toBe(0);
  expect(lines.filter((line) => !bare.lines.includes(line))).toEqual([]);
}

describe('styles of a page', () => {
  test('a reset that hides everything, with !important', async () => {
    const css = `*{display:none!important;visibility:hidden!important;opacity:0!important;position:static!important;width:0!important;
      height:0!important;margin:9px!important;font:700 40px/3 fantasy!important;color:red!important;transform:rotate(3deg)!important;
      pointer-events:none!important;clip-path:inset(50%)!important;all:unset!important}
      html,body,main,main *{display:block!important;visibility:visible!important;opacity:1!important;height:auto!important;width:auto!important;
      clip-path:none!important;pointer-events:auto!important;transform:none!important}`;
    await worksUnharmed('reset', plain(`<style>${css}</style>`));
  });

  test('rules for the names of buttons, frames and the chat itself', async () => {
    const css = `button,iframe,fullname-chat{display:none!important;z-index:-1!important;width:1px!important;max-height:1px!important;
      float:left!important;filter:blur(9px)!important;animation:none!important;content:none!important}
      fullname-chat *{color:lime!important} iframe{border:9px solid red!important} [role=region]{opacity:0!important}`;
    await worksUnharmed('names', plain(`<style>${css}</style>`));
  });

  test('a page of half size and one of double, each with its root zoomed', async () => {
    await worksUnharmed('zoomed-out', plain('<style>html{zoom:.5}</style>'));
    await worksUnharmed('zoomed-in', plain('<style>html{zoom:1.5}</style>'));
  });

  test('a browser at 200 %', async () => {
    await worksUnharmed('twice', plain(''), { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  });
});

describe('scripts of a page', () => {
  const HOSTILE = `
    const wrong = () => { throw new Error('not what it was'); };
    for (const name of ['map', 'filter', 'forEach', 'find', 'some', 'every', 'reduce', 'includes', 'indexOf', 'flatMap', 'at'])
      Array.prototype[name] = function () { return undefined; };
    Array.prototype.toJSON = () => '[]';
    Object.prototype.extend = function () { return this; };
    Object.prototype.polluted = 'yes';
    String.prototype.includes = () => false;
    window.JSON = { parse: wrong, stringify: wrong };
    window.fetch = wrong;
    window.XMLHttpRequest = wrong;
    window.Promise = function (start) { start(() => {}, () => {}); this.then = () => this; };
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, handler, options) {
      if (this instanceof Element) return undefined;
      return listen.call(this, type, handler, options);
    };
    Element.prototype.attachInternals = wrong;
    window.postMessage = wrong;
    history.pushState = new Proxy(history.pushState, {});`;

  test('prototypes and globals that are no longer what they were', async () => {
    await worksUnharmed('overwritten', plain(`<script>${HOSTILE}</script>`));
  });

  test('a Fullname of its own, and an element of that name', async () => {
    pages.set('own-name', plain('<script>window.Fullname = { first: "Ada" };</script>'));
    const own = await visit('own-name');
    await talk(own.page, 'Hello from a page with a name');
    expect(await own.page.evaluate(() => JSON.stringify(window.Fullname))).toBe('{"first":"Ada"}');
    expect(own.lines).toEqual([]);
    pages.set('own-element', plain('', `<input id="Fullname">${BODY}`));
    const element = await visit('own-element');
    await talk(element.page, 'Hello from a page with a field');
    expect(await element.page.evaluate(() => (window.Fullname as unknown as Element).localName)).toBe(
      'input',
    );
  });

  test('the tag twice', async () => {
    pages.set('tags', plain('', `${BODY}TAG`));
    const { page, lines } = await visit('tags');
    await talk(page, 'Hello from two tags');
    expect(await page.locator('fullname-chat').count()).toBe(1);
    expect(lines.filter((line) => line.includes('the tag twice'))).toHaveLength(1);
  });
});

describe('a page that becomes another', () => {
  const acts: readonly (readonly [name: string, act: () => void])[] = [
    [
      'written anew',
      () => {
        document.open();
        document.write('<!doctype html><title>Written</title><h1>All new</h1>');
        document.close();
      },
    ],
    [
      'with another body',
      () => {
        const body = document.createElement('body');
        body.append('Another body');
        document.body.replaceWith(body);
      },
    ],
    [
      'with other children of its root',
      () =>
        document.documentElement.replaceChildren(
          document.createElement('head'),
          document.createElement('body'),
        ),
    ],
    [
      'with another root',
      () => {
        const html = document.createElement('html');
        html.append(document.createElement('head'), document.createElement('body'));
        document.documentElement.replaceWith(html);
      },
    ],
  ];

  test.each(acts)('%s, before and after the chat was opened', async (_, act) => {
    pages.set('changing', plain(''));
    const { page, lines } = await visit('changing');
    const launcher = page.locator('fullname-chat button');
    await launcher.waitFor();
    await page.evaluate(act);
    await launcher.waitFor();
    await talk(page, 'Hello after the change');
    await page.evaluate(act);
    const frame = page.frameLocator('fullname-chat iframe');
    await frame.getByText('Hello after the change').waitFor();
    const composer = frame.getByRole('textbox', { name: 'Message' });
    await composer.fill('Still here');
    await composer.press('Enter');
    await frame.getByRole('log').getByText('Still here').waitFor();
    expect(await page.locator('fullname-chat').count()).toBe(1);
    expect(lines).toEqual([]);
  });

  test('one that takes the launcher away again and again keeps its way, and goes on', async () => {
    pages.set(
      'unwilling',
      plain(`<script>
      new MutationObserver(() => document.querySelector('fullname-chat')?.remove()).observe(document, { childList: true, subtree: true });
    </script>`),
    );
    const { page } = await visit('unwilling');
    await eventually('the tag has run', () => page.evaluate(() => !!window.Fullname));
    expect(await page.evaluate(() => document.querySelectorAll('fullname-chat').length)).toBe(0);
    await page.locator('#buy').click();
  });
});

describe('what a server says of a page', () => {
  test('the documented policy and nothing else, with Trusted Types', async () => {
    await worksUnharmed('policy', {
      ...plain(''),
      policy: (origin) => {
        const { hostPage } = cspFor({ origin, hosts: [], scripts: [], styles: [] });
        return `default-src 'none'; ${hostPage.join('; ')}; require-trusted-types-for 'script'; trusted-types 'none'`;
      },
    });
  });

  test.each([
    ['windows-1252', Buffer.from('Größe: 5 €'.replace('€', '\x80'), 'latin1'), 'Größe: 5 €'],
    ['shift_jis', Buffer.from([0x89, 0xd4, 0x82, 0xcc, 0x93, 0x58]), '花の店'],
  ])('the charset %s: its words stay its own, and so do ours', async (charset, words, read) => {
    pages.set('old', {
      html: `<!doctype html><title>Old</title><h1>WORDS</h1>TAG`,
      type: `text/html; charset=${charset}`,
      bytes: (html) => {
        const [before = '', after = ''] = html.split('WORDS');
        return Buffer.concat([Buffer.from(before, 'latin1'), words, Buffer.from(after, 'latin1')]);
      },
    });
    const { page, lines } = await visit('old', `?tag=${encodeURIComponent('data-locale="ja"')}`);
    const launcher = page.locator('fullname-chat button');
    await launcher.waitFor();
    expect(await page.evaluate(() => document.characterSet.toLowerCase())).toBe(charset);
    expect(await page.locator('h1').textContent()).toBe(read);
    expect(await launcher.textContent()).toBe('担当者と話す');
    await launcher.click();
    const frame = page.frameLocator('fullname-chat iframe');
    const composer = frame.locator('textarea');
    await composer.fill('花は Größe ありますか');
    await composer.press('Enter');
    await frame.getByRole('log').getByText('花は Größe ありますか').waitFor();
    expect(lines).toEqual([]);
  });
});
