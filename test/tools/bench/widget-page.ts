/** One page, loaded in a fresh profile and opened by a click, on a slowed-down processor and perhaps a slow link. */
import type { Browser, CDPSession, Frame } from 'playwright-core';
import { chatFrame } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';

export type Subject = {
  readonly url: string;
  /** Where one can write after the click: nowhere, in the page itself, in the chat's frame. */
  readonly kind: 'empty' | 'page' | 'frame';
};
/** Milliseconds to and fro, bytes a second. */
export type Link = { readonly latency: number; readonly down: number; readonly up: number };
export type Conditions = { readonly throttle: number; readonly link?: Link; readonly warm?: boolean };

/** Milliseconds of script on the page's thread, tasks over 50 ms, megabytes after a collection of garbage. */
type Cost = { readonly script: number; readonly longTasks: number; readonly heap: number };

export type Opened = {
  readonly load: Cost;
  /** Load and opening together, connected; the same as `load` where there is nothing to open. */
  readonly opened: Cost;
  /** From the navigation's start until the button could be seen; NaN without one. */
  readonly launcher: number;
  /** Until the field has the focus; NaN without one. */
  readonly clickToComposer: number;
};

declare global {
  interface Window {
    noted: { longTasks: number; launcherAt: number; clickedAt: number; composerAt: number };
  }
}

export async function open(browser: Browser, { url, kind }: Subject, how: Conditions): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    await context.addInitScript(note);
    const page = await context.newPage();
    const wire = await page.context().newCDPSession(page);
    await slowDown(wire, how);
    const connected = page
      .waitForEvent('websocket', { timeout: 120_000 })
      .then((socket) => socket.waitForEvent('framereceived', { timeout: 120_000 }));
    connected.catch(() => undefined);
    await page.goto(url, { timeout: 120_000 });
    const button = page.locator(kind === 'frame' ? 'fullname-chat button' : '#chat button');
    if (kind !== 'empty') await button.waitFor({ timeout: 120_000 });
    const load = await cost(wire, [page.mainFrame()]);
    if (kind === 'empty') return { load, opened: load, launcher: Number.NaN, clickToComposer: Number.NaN };
    if (how.warm) {
      await button.hover();
      const frame = await chatFrame(page);
      await eventually('the frame is warm', () =>
        frame.evaluate(() => document.querySelector('textarea') !== null),
      );
    }
    // Without the pointer, that is without its hovering before.
    if (how.warm) await button.click();
    else await button.evaluate((one) => one instanceof HTMLElement && one.click());
    const frame = kind === 'frame' ? await chatFrame(page) : page.mainFrame();
    const composerAt = await eventually('one can write', () => focused(frame), 120_000);
    await connected;
    const { launcherAt, clickedAt } = await page.evaluate(() => window.noted);
    return {
      load,
      opened: await cost(wire, page.frames()),
      launcher: launcherAt - (await page.evaluate(() => performance.timeOrigin)),
      clickToComposer: composerAt - clickedAt,
    };
  } finally {
    await context.close();
  }
}

async function slowDown(wire: CDPSession, { throttle, link }: Conditions): Promise<void> {
  await wire.send('Performance.enable', { timeDomain: 'threadTicks' });
  await wire.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  if (!link) return;
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: link.latency },
    ...{ downloadThroughput: link.down, uploadThroughput: link.up },
  });
}

/** Of the page's process: frames of the same site are in it. */
async function cost(wire: CDPSession, frames: readonly Frame[]): Promise<Cost> {
  await wire.send('HeapProfiler.collectGarbage');
  const { metrics } = await wire.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const longTasks = await Promise.all(frames.map((frame) => frame.evaluate(() => window.noted.longTasks)));
  return {
    script: of('ScriptDuration') * 1_000,
    longTasks: Math.max(...longTasks),
    heap: of('JSHeapUsedSize') / 2 ** 20,
  };
}

/** When the field got the focus, in milliseconds of the wall clock; null while it has not. */
async function focused(frame: Frame): Promise<number | null> {
  return frame.evaluate(() => window.noted?.composerAt || null).catch(() => null);
}

/** Runs first in every document. */
function note(): void {
  const noted: Window['noted'] = { longTasks: 0, launcherAt: 0, clickedAt: 0, composerAt: 0 };
  window.noted = noted;
  const now = (): number => performance.timeOrigin + performance.now();
  new PerformanceObserver((list) => {
    noted.longTasks += list.getEntries().length;
  }).observe({ type: 'longtask', buffered: true });
  const look = (): void => {
    if (document.querySelector('fullname-chat, #chat button')) noted.launcherAt ||= now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  addEventListener(
    'click',
    () => {
      noted.clickedAt ||= now();
    },
    true,
  );
  addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLTextAreaElement) noted.composerAt ||= now();
  });
}
