/** One page, loaded in a fresh profile and opened by a click, on a slowed-down processor and perhaps a slow link. */
import type { Browser, CDPSession, Page } from 'playwright-core';
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
    longTasks: number;
    /** What `note` says reaches the bench through this: to ask the page would be work of the page's. */
    tellBench(word: string): void;
  }
}

type Word = 'quiet' | 'launcher' | 'click' | 'composer';

export async function open(browser: Browser, { url, kind }: Subject, how: Conditions): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    const heard = await listen(wire);
    await slowDown(wire, how);
    const connected = page
      .waitForEvent('websocket', { timeout: 120_000 })
      .then((socket) => socket.waitForEvent('framereceived', { timeout: 120_000 }));
    connected.catch(() => undefined);
    await page.goto(url, { timeout: 120_000 });
    await heard('quiet');
    const launcherAt = kind === 'empty' ? Number.NaN : await heard('launcher');
    const load = await cost(wire, page);
    const launcher = launcherAt - (await timeOrigin(wire));
    if (kind === 'empty') return { load, opened: load, launcher, clickToComposer: Number.NaN };
    if (how.warm) await warmAndClick(page);
    // Without the pointer, that is without its hovering before.
    else await ask(wire, `document.querySelector('#chat button, fullname-chat').${PRESS[kind]}`);
    const clickToComposer = (await heard('composer')) - (await heard('click'));
    await connected;
    return { load, opened: await cost(wire, page), launcher, clickToComposer };
  } finally {
    await context.close();
  }
}

const PRESS = { page: 'click()', frame: 'shadowRoot.firstChild.click()' };

async function warmAndClick(page: Page): Promise<void> {
  const button = page.locator('fullname-chat button');
  await button.hover();
  const frame = await chatFrame(page);
  await eventually('the frame is warm', () =>
    frame.evaluate(() => document.querySelector('textarea') !== null),
  );
  await button.click();
}

/** When `note` first said a word, in milliseconds of the wall clock. */
async function listen(wire: CDPSession): Promise<(word: Word) => Promise<number>> {
  const at = new Map<string, number>();
  wire.on('Runtime.bindingCalled', ({ payload }) => {
    const [word = '', time] = payload.split(' ');
    if (!at.has(word)) at.set(word, Number(time));
  });
  await wire.send('Runtime.enable');
  await wire.send('Runtime.addBinding', { name: 'tellBench' });
  await wire.send('Page.enable');
  await wire.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${note})()` });
  return (word) => eventually(`the page says ${word}`, () => at.get(word), 120_000);
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

/** Of the page's process: frames of the same site are in it. Nothing of Playwright's is in the page until here. */
async function cost(wire: CDPSession, page: Page): Promise<Cost> {
  await wire.send('HeapProfiler.collectGarbage');
  const { metrics } = await wire.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const [, ...frames] = page.frames();
  const longTasks = [
    Number(await ask(wire, 'longTasks')),
    ...(await Promise.all(frames.map((frame) => frame.evaluate(() => window.longTasks)))),
  ];
  return {
    script: of('ScriptDuration') * 1_000,
    longTasks: Math.max(...longTasks),
    heap: of('JSHeapUsedSize') / 2 ** 20,
  };
}

async function timeOrigin(wire: CDPSession): Promise<number> {
  return Number(await ask(wire, 'performance.timeOrigin'));
}

async function ask(wire: CDPSession, expression: string): Promise<unknown> {
  const { result } = await wire.send('Runtime.evaluate', { expression, userGesture: true });
  return result.value;
}

/** Runs first in every document. */
function note(): void {
  const say = (word: Word): void => window.tellBench(`${word} ${performance.timeOrigin + performance.now()}`);
  window.longTasks = 0;
  new PerformanceObserver((list) => {
    window.longTasks += list.getEntries().length;
  }).observe({ type: 'longtask', buffered: true });
  addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLTextAreaElement) say('composer');
  });
  if (window.parent !== window) return;
  const seen = new MutationObserver(() => {
    if (!document.querySelector('fullname-chat, #chat button')) return;
    seen.disconnect();
    say('launcher');
  });
  seen.observe(document, { childList: true, subtree: true });
  addEventListener('load', () => requestIdleCallback(() => say('quiet')));
  addEventListener('click', () => say('click'), true);
}
