/** What WCAG asks and axe does not measure: sizes of targets, reflow, spacing, what has the focus and shows it, what is announced. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { movements } from './axe.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Axe = {
  run(
    context: Document,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }>;
};

/** The chat as a page of its own has this size, and this one where 1280 by 1024 pixels are shown at 400 %. */
export const USUAL = { width: 380, height: 640 };
const SMALLEST = { width: 320, height: 256 };

/** Everything that is wrong in one state of a page that is the chat: in a light scheme and in the dark, by size, motion, reflow and spacing. */
export async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  const note = (how: string, all: readonly string[]) => found.push(...all.map((one) => `${how}: ${one}`));
  const usual = page.viewportSize() ?? USUAL;
  note('axe', await wrongs(page));
  await darken(page, true);
  // A scheme changes colours, and nothing else that axe looks at.
  note('axe in the dark', await wrongs(page, 'color-contrast'));
  await darken(page, false);
  note('smaller than 24 pixels', await smallTargets(page));
  note('moves all the same', await movements(page));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  note('at its usual size', await overflows(page));
  await space(page, true);
  note('with wider spacing', await overflows(page));
  await space(page, false);
  await page.setViewportSize(SMALLEST);
  note('at 320 pixels', await overflows(page));
  await page.setViewportSize(usual);
  return found;
}

/** The chat's own switch to the dark scheme, as the host page throws it. */
export async function darken(page: Page, on: boolean): Promise<void> {
  await page.evaluate((wanted) => {
    document.documentElement.classList.toggle('dark', wanted);
  }, on);
}

/** What axe finds in one document that stands still, by one rule or all. Without a builder for every look, since a walk looks many times. */
export async function wrongs(page: Page | Frame, only?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(
    (rule) =>
      (window as unknown as { axe: Axe }).axe.run(document, {
        resultTypes: ['violations'],
        ...(rule !== undefined && { runOnly: { type: 'rule', values: [rule] } }),
      }),
    only,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary ?? ''}`),
  );
}

/** Everything to press, choose or write in that is smaller than 24 by 24 CSS pixels; links within a sentence may be (WCAG 2.5.8). */
export function smallTargets(page: Page | Frame): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')]
      .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} ${box.width}×${box.height}`),
  );
}

/** What does not fit: a page that scrolls sideways, an element beyond its edge, words that are cut off. */
export function overflows(page: Page | Frame): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide of ${clientWidth}`] : [];
    const isHidden = (one: Element) => one.closest('.unseen, [aria-hidden=true], option, svg') !== null;
    const found = [...document.querySelectorAll('body *')].filter(
      (one) => one.checkVisibility() && !isHidden(one),
    );
    const beyond = found.filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > clientWidth + 0.5);
    });
    const cut = found.filter((one) => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(one);
      if (one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement) return false;
      const sideways = overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1;
      const down = /hidden|clip/.test(overflowY) && one.scrollHeight > one.clientHeight + 1;
      return (textOverflow !== 'clip' || sideways || down) && (sideways || down);
    });
    const scrolls = (one: Element | null): boolean =>
      one !== null &&
      one !== document.body &&
      ((/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) ||
        scrolls(one.parentElement));
    const outside = found.filter((one) => {
      const { top, bottom, height } = one.getBoundingClientRect();
      return height > 0 && (top < -0.5 || bottom > innerHeight + 0.5) && !scrolls(one.parentElement);
    });
    const named = (what: string) => (one: Element) => `${what}: ${one.outerHTML.slice(0, 120)}`;
    return [
      ...wide,
      ...beyond.map(named('beyond the edge')),
      ...outside.map(named('above or below')),
      ...cut.map(named('cut off')),
    ];
  });
}

/** Sets the distances that readers may need (WCAG 1.4.12), or takes them back. */
export function space(page: Page | Frame, on: boolean): Promise<void> {
  return page.evaluate((wanted) => {
    const mark = '/* spaced */';
    type Marked = CSSStyleSheet & { mark?: string };
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one: Marked) => one.mark !== mark);
    if (!wanted) return;
    const sheet: Marked = new CSSStyleSheet();
    sheet.replaceSync(
      '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
    );
    sheet.mark = mark;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, on);
}

export type Stop = {
  /** Its role or tag, and its name. */
  readonly what: string;
  /** It shows that it has the focus. */
  readonly shown: boolean;
  /** Something else lies over it. */
  readonly covered: boolean;
};

/** What has the focus in this document now; null for none. */
export function focused(page: Page | Frame): Promise<Stop | null> {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one);
    const ring = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
    const around = one.parentElement ? getComputedStyle(one.parentElement).boxShadow !== 'none' : false;
    const { left, top, width, height } = one.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    const words = one.getAttribute('aria-label') ?? (one.textContent ?? '').trim().slice(0, 60);
    return {
      what: `${one.getAttribute('role') ?? one.localName} ${words}`.trim(),
      shown: (ring && !/, 0\)$/.test(style.outlineColor)) || around,
      covered: over !== null && over !== one && !one.contains(over) && !over.contains(one),
    };
  });
}

export type Heard = {
  readonly role: string;
  readonly name: string;
  readonly live: string;
  readonly ignored: boolean;
  /** All text below it, as a screen reader reads it. */
  readonly text: string;
};

type Node = {
  nodeId: string;
  ignored: boolean;
  role?: { value?: string };
  name?: { value?: string };
  childIds?: string[];
  properties?: { name: string; value: { value?: unknown } }[];
};

/** The accessibility tree as Chromium gives it to screen readers: every node with its role, its name and the text below it. */
export async function heard(page: Page): Promise<readonly Heard[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] };
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const textOf = (node: Node): string =>
    node.role?.value === 'StaticText'
      ? (node.name?.value ?? '')
      : (node.childIds ?? []).map((id) => textOf(byId.get(id) ?? EMPTY)).join('');
  return nodes.map((node) => ({
    role: node.role?.value ?? '',
    name: node.name?.value ?? '',
    live: String(node.properties?.find(({ name }) => name === 'live')?.value.value ?? ''),
    ignored: node.ignored,
    text: textOf(node),
  }));
}
const EMPTY: Node = { nodeId: '', ignored: true };
