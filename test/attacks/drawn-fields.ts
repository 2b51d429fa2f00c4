/** Which fields of foreign words a browser draws, and with how many of the strings. */
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { FIELDS, type Screen } from './foreign-fields.ts';
import { plain } from './plain.ts';
import { BEGIN, NEXT, STRANGE } from './strange-wire.ts';

/** So many of them in every field. */
export const ENOUGH = 500;

/** As a browser draws them. */
const DRAWN = [...new Set(STRANGE.map(plain))];

/** Which of the strings, by field. */
type Drawn = Map<string, Set<number>>;

export type Looking = {
  /** Waits until every field of the screen has its strings. */
  see(page: Page, screen: Screen): Promise<void>;
  /** Looks once at what the screen draws now: what it draws one after the other is counted together. */
  glance(page: Page, screen: Screen): Promise<void>;
  /** By screen. */
  readonly drawn: ReadonlyMap<Screen, ReadonlyMap<string, ReadonlySet<number>>>;
};

/** `ran`: what was heard of so far. */
export function lookAtFields(ran: readonly string[]): Looking {
  const drawn = new Map<Screen, Drawn>();
  const glance = async (page: Page, screen: Screen) => {
    const before: Drawn = drawn.get(screen) ?? new Map();
    drawn.set(screen, before);
    for (const [field, strings] of await drawnIn(page))
      before.set(field, new Set([...(before.get(field) ?? []), ...strings]));
  };
  const see = async (page: Page, screen: Screen) => {
    const short = async () => {
      await glance(page, screen);
      const of = (field: string) => drawn.get(screen)?.get(field)?.size ?? 0;
      return FIELDS[screen].filter((field) => of(field) < ENOUGH).map((field) => `${field}: ${of(field)}`);
    };
    let last: readonly string[] = [];
    const isSeen = async () => {
      last = await short();
      return last.length === 0 || ran.length > 0;
    };
    await eventually(`${screen} is drawn`, isSeen).catch(() => undefined);
    if (ran.length > 0) throw new Error(`${screen}: ${ran.length} times something came about: ${ran[0]}`);
    if (last.length > 0) throw new Error(`${screen}: fewer than ${ENOUGH} strings in ${last.join(', ')}`);
  };
  return { see, glance, drawn };
}

/** What stands in a browser, in all its frames: how many of the strings, word for word, by their fields. */
async function drawnIn(page: Page): Promise<Drawn> {
  const seen: Drawn = new Map();
  const asked = { begin: BEGIN, next: NEXT, all: DRAWN };
  // A frame may be on its way elsewhere.
  const frames = await Promise.all(
    page.frames().map((frame) => frame.evaluate(count, asked).catch(() => [])),
  );
  for (const [field, strings] of frames.flat()) {
    const known = seen.get(field) ?? new Set();
    for (const one of strings) known.add(one);
    seen.set(field, known);
  }
  return seen;
}

type Counted = readonly (readonly [field: string, strings: readonly number[]])[];

/** In the page, in one pass: all that is written there, and every attribute and field in which there are strings. */
function count({ begin, next, all }: { begin: string; next: string; all: readonly string[] }): Counted {
  const places = new Map(all.map((one, at) => [one, at]));
  const found = new Map<string, Set<number>>();
  const plain = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const read = (text: string) => {
    for (const value of text.split(begin).slice(1)) {
      const [field = '', ...strings] = value.split(next);
      // A value that is cut short, as in a label, may end within the name of its field.
      if (strings.length === 0) continue;
      const known = found.get(field) ?? new Set();
      found.set(field, known);
      for (const one of strings) {
        const at = places.get(plain(one));
        if (at !== undefined) known.add(at);
      }
    }
  };
  const look = (root: Document | ShadowRoot) => {
    const written: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!/^(script|style)$/i.test(node.parentElement?.localName ?? '')) written.push((node as Text).data);
    read(written.join(''));
    for (const element of root.querySelectorAll('*')) {
      for (const { value } of element.attributes) if (value.includes(begin)) read(value);
      if ('value' in element && typeof element.value === 'string') read(element.value);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return [...found].map(([field, strings]) => [field, [...strings]] as const);
}
