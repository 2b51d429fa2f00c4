import type { Browser, Page } from 'playwright-core';
import { chatFrame } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';
import type { Place } from './weigh.ts';

/** Processor time that the widget's own scripts took, in milliseconds on a machine four times as slow. */
export type ScriptTimes = {
  /** The tag on the host page, before anybody opens the chat. */
  readonly load: number;
  /** Load and open together, host page and frame. */
  readonly both: number;
  /** Tasks of more than 50 ms on the host page before opening. */
  readonly longTasks: number;
  /** From the click to the composer, warmed by the pointer, in milliseconds as measured: no throttle. */
  readonly click: number;
};

/** The throttle of the usual budgets. It is multiplied rather than emulated: a slowed-down browser measures its machine's noise. */
const THROTTLE = 4;
const LONG_TASK_MS = 50;

export async function timeScripts(browser: Browser, place: Place): Promise<ScriptTimes> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const load = await trace(browser, page, async () => {
      await page.goto(place.shop, { waitUntil: 'networkidle' });
    });
    let click = 0;
    const open = await trace(browser, page, async () => {
      click = await clickToComposer(page);
    });
    return {
      ...{ load: load.milliseconds, both: load.milliseconds + open.milliseconds, click },
      longTasks: load.longest > LONG_TASK_MS ? 1 : 0,
    };
  } finally {
    await context.close();
  }
}

async function clickToComposer(page: Page): Promise<number> {
  const button = page.locator('fullname-chat button');
  await button.hover();
  const frame = await chatFrame(page);
  await eventually('the frame is warm', () => frame.evaluate(() => document.readyState === 'complete'));
  await page.evaluate(() => {
    const note = (event: Event) => {
      window.clickedAt = performance.timeOrigin + event.timeStamp;
    };
    addEventListener('click', note, { once: true, capture: true });
  });
  const focused = frame.waitForFunction(
    () => document.activeElement instanceof HTMLTextAreaElement && performance.timeOrigin + performance.now(),
  );
  await button.click();
  const focusedAt = (await (await focused).jsonValue()) || Number.NaN;
  return focusedAt - (await page.evaluate(() => window.clickedAt));
}

declare global {
  interface Window {
    clickedAt: number;
  }
}

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string; readonly fileName?: string } };
};

const SCRIPT = /^(EvaluateScript|FunctionCall|v8\.compile|v8\.compileModule|v8\.evaluateModule)$/;

async function trace(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<{ milliseconds: number; longest: number }> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'],
  });
  await work();
  const buffer = await browser.stopTracing();
  const { traceEvents } = JSON.parse(buffer.toString()) as { traceEvents: TraceEvent[] };
  const own = traceEvents.filter((event) => event.ph === 'X' && SCRIPT.test(event.name) && isWidgets(event));
  const times = outermost(own).map((event) => ((event.tdur ?? event.dur ?? 0) / 1000) * THROTTLE);
  return { milliseconds: times.reduce((sum, time) => sum + time, 0), longest: Math.max(0, ...times) };
}

function isWidgets({ args }: TraceEvent): boolean {
  return (args?.data?.url ?? args?.data?.fileName ?? '').includes('/w/');
}

/** Events nest: only those that lie in no other on their thread are counted. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  const ends = new Map<string, number>();
  return events
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter((event) => {
      const thread = `${event.pid} ${event.tid}`;
      const inside = event.ts < (ends.get(thread) ?? 0);
      if (!inside) ends.set(thread, event.ts + (event.dur ?? 0));
      return !inside;
    });
}
