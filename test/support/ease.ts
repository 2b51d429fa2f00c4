/** What WCAG asks and axe does not measure: sizes of targets, reflow, spacing, what has the focus and shows it, what is announced. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Frame, Page } from 'playwright-core';
import { atRest, movementsIn } from './axe.ts';
import { isDark, notIn, paleWords } from './drawn.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Axe = {
  run(
    context: Document | string,
    options: object,
  ): Promise<{
    violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[];
    passes: unknown[];
  }>;
};

/** The chat as a page of its own has this size, and this one where 1280 by 1024 pixels are shown at 400 %. */
export const USUAL = { width: 380, height: 640 };
export const SMALLEST = { width: 320, height: 256 };
export const PHONE = { width: 360, height: 740 };

export type Where = {
  readonly locale: WidgetLocale;
  /** The part that is the product's, where the page is somebody else's; all of it otherwise. */
  readonly within?: string | undefined;
  /** Also in forced colours. */
  readonly forced: boolean;
};

/** What axe finds in one state of the chat, in a light scheme and in the dark; and whether it is drawn in this language and light. */
export async function axeFaultsOf(page: Page, { locale, within, forced }: Where): Promise<string[]> {
  const found = [...(await notIn(locale, page, within)), ...(await wrongs(page, { within }))];
  // A scheme changes colours, and nothing else that axe looks at; so do forced colours. Of a card on somebody else's page it cannot tell.
  const pale = () =>
    within === undefined ? wrongs(page, { rule: 'color-contrast' }) : paleWords(page, within);
  const look = async (how: string, faults: readonly string[], dark?: boolean) => {
    found.push(...faults.map((one) => `${how}: ${one}`));
    if (dark !== undefined && (await isDark(page, within)) !== dark) found.push(`${how}: it is not ${how}`);
  };
  await look('in the light', within === undefined ? [] : await pale(), false);
  await darken(page, true);
  await look('in the dark', await pale(), true);
  await darken(page, false);
  if (forced) {
    await page.emulateMedia({ forcedColors: 'active' });
    await look('in forced colours', await pale());
    await page.emulateMedia({ forcedColors: null });
  }
  return found;
}

/** What can be measured in one state of the chat, in a page that is asked for no motion: sizes, motion, reflow, spacing and letters. */
export async function measuredFaultsOf(page: Page, within?: string): Promise<string[]> {
  const found: string[] = [];
  const note = (how: string, faults: readonly string[]) =>
    found.push(...faults.map((one) => `${how}: ${one}`));
  const usual = page.viewportSize() ?? USUAL;
  const goBack = await placeIn(page);
  note('smaller than 24 pixels', await smallTargets(page, within));
  note('moves all the same', await movementsIn(page));
  note('at its usual size', [...(await overflows(page, within)), ...(await cutChoices(page, within))]);
  await space(page, true);
  note('with wider spacing', await overflows(page, within));
  await space(page, false);
  await enlarge(page, true, within);
  note('in letters twice as large', await overflows(page, within));
  await enlarge(page, false, within);
  await page.setViewportSize(SMALLEST);
  note('at 320 pixels', [...(await overflows(page, within)), ...(await cutChoices(page, within))]);
  await page.setViewportSize(PHONE);
  note('on a phone', [...(await smallTargets(page, within)), ...(await overflows(page, within))]);
  await page.setViewportSize(usual);
  await goBack();
  return found;
}

/** Where the list stands, to bring it back there after it was drawn in other sizes. */
export async function placeIn(page: Page): Promise<() => Promise<void>> {
  const list = page.locator('.scroller');
  const [place] = await list.evaluateAll((found) =>
    found.map(({ scrollTop, scrollHeight, clientHeight }) =>
      scrollHeight - scrollTop - clientHeight < 2 ? Number.MAX_SAFE_INTEGER : scrollTop,
    ),
  );
  return () => list.evaluateAll((found, top) => found[0]?.scrollTo(0, top), place ?? 0);
}

/**
 * The switch to the dark scheme: the chat's own, as the host page throws it, and the page's around it; on a page without the chat
 * that of its reader's device. The chat would take the host page's word back where the device changed as well.
 */
export async function darken(page: Page, on: boolean): Promise<void> {
  const hasChat = await page.evaluate(() => document.querySelector('.app, fullname-chat') !== null);
  if (!hasChat) await page.emulateMedia({ colorScheme: on ? 'dark' : null });
  await page.evaluate((wanted) => {
    document.documentElement.classList.toggle('dark', wanted);
    document.documentElement.style.colorScheme = wanted ? 'dark' : '';
  }, on);
}

type Asked = {
  readonly within?: string | undefined;
  readonly rule?: string;
};

/**
 * What axe finds in one document, by one rule or all; without a builder for every look, since a walk looks many times. The page must be
 * asked for no motion: a line of news that fades in while axe looks is too pale, now and then, and nobody sees why.
 */
export async function wrongs(page: Page | Frame, asked: Asked = {}): Promise<string[]> {
  await atRest(page);
  const look = () => page.evaluate(lookWithAxe, asked);
  let found = await look();
  if (!found) {
    await page.evaluate(AXE);
    found = await look();
  }
  if (!found?.seen) throw new Error('Axe has looked at nothing.');
  return found.faults;
}

/** In the page; null where axe is not there yet. */
async function lookWithAxe({ within, rule }: Asked): Promise<{ seen: number; faults: string[] } | null> {
  const { axe } = window as unknown as { axe?: Axe };
  if (!axe) return null;
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches)
    throw new Error('Ask the page for no motion before axe looks at it.');
  const { passes, violations } = await axe.run(within ?? document, {
    resultTypes: ['violations'],
    // Of styles and sounds that a page fetches nothing is asked here.
    preload: false,
    ...(rule !== undefined && { runOnly: { type: 'rule', values: [rule] } }),
  });
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary ?? ''}`),
  );
  return { seen: violations.length + passes.length, faults };
}

const TARGETS = ':is(a[href], button, input, select, textarea, summary, [tabindex="0"])';

/** Everything to press, choose or write in that is smaller than 24 by 24 CSS pixels; links within a sentence may be (WCAG 2.5.8). */
export function smallTargets(page: Page | Frame, within = 'body'): Promise<string[]> {
  return page.locator(`${within} ${TARGETS}`).evaluateAll((found) =>
    found
      .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
      // What is pressed of a choice is its label too.
      .map((one) => ({ one, target: (one.matches('[type=radio]') && one.closest('label')) || one }))
      .map(({ one, target }) => ({ one, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} ${box.width}×${box.height}`),
  );
}

/** What does not fit: a page that scrolls sideways, an element beyond its edge, words that are cut off. Shadow roots are looked into. */
export function overflows(page: Page | Frame, within = 'body'): Promise<string[]> {
  return page.locator(`${within} *`).evaluateAll((all, isPage) => {
    const { scrollWidth, clientWidth, scrollHeight } = document.documentElement;
    // What a window of somebody else's page has to stand in does not move with that page.
    const down =
      isPage && getComputedStyle(document.body).overflowY === 'visible' ? scrollHeight : innerHeight;
    const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide of ${clientWidth}`] : [];
    const isHidden = (one: Element) => one.closest('.unseen, [aria-hidden=true], option, svg') !== null;
    const found = all.filter((one) => one.checkVisibility() && !isHidden(one));
    const beyond = found.filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > clientWidth + 0.5);
    });
    const cut = found.filter((one) => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(one);
      if (one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement) return false;
      // What somebody writes in a field may be longer than it.
      if (one instanceof HTMLInputElement && one.value) return false;
      const sideways = overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1;
      const lower = /hidden|clip/.test(overflowY) && one.scrollHeight > one.clientHeight + 1;
      return (textOverflow !== 'clip' || sideways || lower) && (sideways || lower);
    });
    const scrolls = (one: Element | null): boolean =>
      one !== null &&
      one !== document.body &&
      ((/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) ||
        scrolls(one.parentElement));
    const outside = found.filter((one) => {
      const { top, bottom, height } = one.getBoundingClientRect();
      return height > 0 && (top < -0.5 || bottom > down + 0.5) && !scrolls(one.parentElement);
    });
    const named = (what: string) => (one: Element) => `${what}: ${one.outerHTML.slice(0, 120)}`;
    return [
      ...wide,
      ...beyond.map(named('beyond the edge')),
      ...outside.map(named('above or below')),
      ...cut.map(named('cut off')),
    ];
  }, within === 'body');
}

/** What is chosen in a list of one line and is longer than it. In letters twice as large one reads it in the list that opens. */
export function cutChoices(page: Page | Frame, within = 'body'): Promise<string[]> {
  return page.locator(`${within} select`).evaluateAll((found) => {
    const pen = document.createElement('canvas').getContext('2d');
    // As much as the arrow takes.
    const ARROW_PX = 20;
    return found.flatMap((one) => {
      if (!pen || !(one instanceof HTMLSelectElement)) return [];
      const { font, paddingLeft, paddingRight } = getComputedStyle(one);
      const words = one.selectedOptions[0]?.label ?? '';
      const room =
        one.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - ARROW_PX;
      pen.font = font;
      const { width } = pen.measureText(words);
      return width > room
        ? [`longer than its line: ${words}, ${Math.ceil(width)} of ${Math.floor(room)}`]
        : [];
    });
  });
}

/** Makes all letters twice as large and leaves the rest, as a browser does that zooms text alone (WCAG 1.4.4); or takes it back. */
export function enlarge(page: Page | Frame, on: boolean, within = 'body'): Promise<void> {
  return page.locator(`${within} *`).evaluateAll((all, wanted) => {
    const found = all.filter((one): one is HTMLElement => one instanceof HTMLElement);
    const sizes = found.map((one) => Number.parseFloat(getComputedStyle(one).fontSize));
    for (const [index, one] of found.entries())
      one.style.fontSize = wanted ? `${2 * (sizes[index] ?? 0)}px` : '';
  }, on);
}

/** Sets the distances that readers may need (WCAG 1.4.12), or takes them back. */
function space(page: Page | Frame, on: boolean): Promise<void> {
  return page.evaluate((wanted) => {
    const mark = '/* spaced */';
    type Marked = CSSStyleSheet & { mark?: string };
    const rootsIn = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : [])),
    ];
    for (const root of rootsIn(document)) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one: Marked) => one.mark !== mark);
      if (!wanted) continue;
      const sheet: Marked = new CSSStyleSheet();
      sheet.replaceSync(
        '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
      );
      sheet.mark = mark;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
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
