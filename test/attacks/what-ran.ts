/** Hears of everything that words may bring about in a browser, where somebody took them for more than words. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { CANARY_HOST } from './xss-strings.ts';

/** Of every page and frame of this browser, from its next load on. `origins`: where its pages may be; anywhere, if none is named. */
export async function watch(
  context: BrowserContext,
  ran: string[],
  origins: readonly string[] = [],
): Promise<void> {
  await context.exposeBinding('__tell', (_, what: string) => void ran.push(what));
  await context.addInitScript(lookAtAll, CANARY_HOST);
  const hear = (page: Page) => {
    page.on('dialog', (dialog) => {
      ran.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (asked) => {
      if (asked.url().includes(`//${CANARY_HOST}`)) ran.push(`a request: ${asked.url()}`);
    });
    page.on('console', (line) => {
      if (/Content Security Policy|TrustedHTML/i.test(line.text()))
        ran.push(`stopped by the policy: ${line.text()}`);
    });
    page.on('pageerror', (error) => ran.push(`an error: ${error.message}`));
    page.on('popup', (popup) => ran.push(`a window: ${popup.url()}`));
    page.on('framenavigated', (frame) => {
      const url = frame.url();
      const isTheirs = !/^about:/.test(url) && !origins.some((origin) => url.startsWith(`${origin}/`));
      if (origins.length > 0 && isTheirs) ran.push(`a way to: ${url}`);
    });
  };
  for (const page of context.pages()) hear(page);
  context.on('page', hear);
}

/** In the page, before anything of its own: what comes into its tree and could run, be loaded or be pressed. */
function lookAtAll(canary: string): void {
  const tell = (what: string, { outerHTML }: Element) =>
    void (window as unknown as { __tell(what: string): void }).__tell(`${what}: ${outerHTML.slice(0, 200)}`);
  const ADDRESSES = [
    'href',
    'xlink:href',
    'src',
    'srcset',
    'action',
    'formaction',
    'data',
    'poster',
    'background',
  ];
  const check = (element: Element) => {
    const name = element.localName;
    if (/^(object|embed|base|marquee|math|image|x|xss)$/.test(name) || element.id === '__pwned')
      tell('an element', element);
    if (name === 'meta' && element.hasAttribute('http-equiv')) tell('a meta element', element);
    for (const { name: at, value } of element.attributes) {
      if (/^on/i.test(at) || at === 'srcdoc') tell('a handler', element);
      if (at === 'style' && /url\(|expression|behavior|binding/i.test(value)) tell('a style', element);
      if (!ADDRESSES.includes(at) || !URL.canParse(value, document.baseURI)) continue;
      const { protocol, host } = new URL(value, document.baseURI);
      const isPicture = name === 'img' && protocol === 'data:';
      if (!/^(https?|mailto|tel|blob):$/.test(protocol) && !isPicture) tell('an address', element);
      if (name !== 'a' && host === canary) tell('an address that is asked', element);
    }
  };
  const follow = (root: Node) =>
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'attributes') check(target as Element);
        for (const node of addedNodes)
          if (node instanceof Element) for (const one of [node, ...node.querySelectorAll('*')]) check(one);
      }
    }).observe(root, { childList: true, subtree: true, attributes: true });
  follow(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    follow(root);
    return root;
  };
}

export async function marked(page: Page): Promise<boolean> {
  return (await Promise.all(page.frames().map(markedIn))).some(Boolean);
}

async function markedIn(frame: Frame): Promise<boolean> {
  const look = () => frame.evaluate(() => '__pwned' in window || document.getElementById('__pwned') !== null);
  return look().catch(async () => {
    // An owner's preview begins anew when what it shows has changed.
    if (frame.isDetached()) return false;
    await frame.waitForLoadState();
    return look();
  });
}

/** No script has marked these pages, and nothing was heard of anything else. */
export async function nothingRan(ran: readonly string[], ...pages: Page[]): Promise<void> {
  for (const page of pages) expect(await marked(page)).toBe(false);
  expect(ran).toEqual([]);
}
