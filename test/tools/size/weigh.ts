import type { Browser, BrowserContext, Frame, Page, Request } from 'playwright-core';
import { chatFrame } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';

/** One file as the relay served it to the browser. */
export type Served = {
  readonly path: string;
  /** Bytes of the body, as they went over the network. */
  readonly bytes: number;
  readonly encoding: string;
  /** When the browser asked for it, in milliseconds of the wall clock. */
  readonly at: number;
};

/** What a host page pays for the tag, step by step. Each list holds all files up to that step. */
export type Weights = {
  readonly before: readonly Served[];
  readonly composer: readonly Served[];
  readonly idle: readonly Served[];
  readonly sockets: { readonly before: number; readonly idle: number };
  /** Bytes of frames that the socket has received. */
  readonly socketBytes: number;
  /** Before opening: cookies, and what is stored on the host page. */
  readonly cookies: number;
  readonly stored: number;
  /** Cumulative layout shift before opening. */
  readonly layoutShift: number;
};

/** The addresses of a running relay: its own, and a host page on another site. */
export type Place = { readonly origin: string; readonly shop: string };

/** Loads the host page in a fresh browser profile, opens the chat, and weighs all that the relay served. */
export async function weigh(browser: Browser, place: Place): Promise<Weights> {
  return weighIn(await browser.newContext(), place);
}

/** The same in a profile that is new, and closed afterwards. */
export async function weighIn(context: BrowserContext, place: Place): Promise<Weights> {
  try {
    await context.addInitScript(watchPage);
    const page = await context.newPage();
    const served = collect(context, place);
    const wire = listen(page);
    await page.goto(place.shop);
    await quiet(page, served);
    const before = await served.all();
    const counts = { cookies: (await context.cookies()).length, stored: await countStored(page) };
    const layoutShift = await page.evaluate(() => window.seen.layoutShift);
    const socketsBefore = wire.sockets();

    await page.locator('fullname-chat button').click();
    const frame = await chatFrame(page);
    await eventually('the composer is there', () => frame.evaluate(() => window.seen.composerAt));
    await eventually('the chat is connected', () => wire.bytes() > 0);
    await quiet(page, served);
    const idle = await served.all();
    const composerAt = await frame.evaluate(() => window.seen.composerAt ?? 0);
    return {
      ...{ before, idle, composer: idle.filter((file) => file.at <= composerAt) },
      ...{ ...counts, layoutShift, socketBytes: wire.bytes() },
      sockets: { before: socketsBefore, idle: wire.sockets() },
    };
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    seen: { layoutShift: number; composerAt: number | null };
  }
}

/** Runs first in every document: notes shifts of the layout, and the moment when one could write. */
function watchPage(): void {
  const seen: Window['seen'] = { layoutShift: 0, composerAt: null };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.layoutShift += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  if (window === window.top) return;
  const look = () => {
    const box = document.querySelector('textarea');
    if (!box || box.disabled || box.readOnly) return;
    seen.composerAt ??= performance.timeOrigin + performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}

/** Everything that the relay's own origin serves. The shop is served under the other loopback name. */
function collect(context: BrowserContext, { origin }: Place) {
  const requests: Request[] = [];
  context.on('requestfinished', (request) => {
    if (request.url().startsWith(`${origin}/`)) requests.push(request);
  });
  return {
    count: () => requests.length,
    all: () => Promise.all(requests.map(describe)),
  };
}

async function describe(request: Request): Promise<Served> {
  const response = await request.response();
  const { responseBodySize } = await request.sizes();
  return {
    path: new URL(request.url()).pathname,
    bytes: responseBodySize,
    encoding: (await response?.headerValue('content-encoding')) ?? '',
    at: request.timing().startTime,
  };
}

function listen(page: Page): { sockets(): number; bytes(): number } {
  let sockets = 0;
  let bytes = 0;
  page.on('websocket', (socket) => {
    sockets += 1;
    socket.on('framereceived', ({ payload }) => {
      bytes += Buffer.byteLength(payload);
    });
  });
  return { sockets: () => sockets, bytes: () => bytes };
}

/** Nothing was asked for during a second: whatever comes by itself has come. */
async function quiet(page: Page, served: { count(): number }): Promise<void> {
  let count = -1;
  let since = 0;
  await page.waitForLoadState('load');
  await eventually(
    'the network is quiet',
    () => {
      if (served.count() !== count) since = performance.now();
      count = served.count();
      return performance.now() - since > 1_000;
    },
    30_000,
  );
}

function countStored(page: Page | Frame): Promise<number> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return localStorage.length + sessionStorage.length + databases.length;
  });
}

/** Bytes of a list of files. */
export function bytesOf(files: readonly Served[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
