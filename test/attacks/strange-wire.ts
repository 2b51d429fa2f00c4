/**
 * A relay's words made strange on their way into a browser: whatever somebody wrote – a visitor, a page, an owner, an agent – carries the
 * strings behind it, under the name of its field. Neither the relay nor the page knows of it, so what a rule at the door would refuse,
 * or cut, is drawn as well; what the rules do is in xss.test.ts.
 */
import { repairText } from '@fullname/shared/text';
import type { BrowserContext, Route, WebSocketRoute } from 'playwright-core';
import { RULE } from './long-office.ts';
import { isOurs } from './our-fields.ts';
import { xssStrings } from './xss-strings.ts';

/** As every end repairs them. */
export const STRANGE: readonly string[] = [...new Set(xssStrings().map(repairText))];

/** Before a field's name, and before and behind each of its strings. */
export const BEGIN = '\u27ea';
export const NEXT = '\u241e';
/** What is told oftener than that at once has the strings in so many of its values together: a page cannot draw millions of words. */
const PARTS = 8;

/** Times, ids, keys: nobody's words. */
const NO_WORDS =
  /^$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d{4}-\d\d-\d\dT[\d:.]+Z$|^\d{4}-\d\d-\d\d$|^\d\d:\d\d$|^[0-9a-f]{32,}$/;
/** Written on our day: drawn wherever it stands among others. */
const OF_THE_DAY: readonly string[] = [RULE.title, RULE.reason, ...RULE.sayInstead];
/** Of these a page draws one or a few, of however many it has. */
const DRAWN_ALONE = /^(mustNotFire\.text|task\.why|purchases\.what)$/;
/** Kinds of who wrote it, and not of what was written. */
const AUTHORS: readonly string[] = ['agent', 'visitor', 'system'];
/** Of these kinds one row draws them all. */
const NOUNS: Readonly<Record<string, string>> = {
  ...{ immediate: 'task', internal: 'task', 'wrap-up': 'task', promise: 'task', request: 'task' },
  ...{ goodwill: 'task', effort: 'task', recovery: 'story', 'out-of-nothing': 'story' },
};
/** Records whose names are a page's own as well. */
const NAMED_BY_PAGES: readonly string[] = ['labels', 'meta'];
/** A pattern with strings behind it would find nothing: they are patterns beside it. */
const BESIDE: readonly string[] = ['finds', 'except'];
/** What an owner says in place of the product. */
export const OWN_WORDS = 'own words';

export type StrangeWire = {
  /** What the pages have sent, frame by frame. */
  readonly sent: readonly string[];
  /** The same value as the relay would tell it under this name. */
  make(name: string, value: unknown, whole?: boolean): unknown;
};

/** What the relay tells every page of this browser, from its next load on. `told`: every field of it. */
export async function makeStrange(context: BrowserContext, told: Set<string>): Promise<StrangeWire> {
  const sent: string[] = [];
  const make = (name: string, value: unknown, whole = false): unknown => {
    const path = { noun: null, names: [name] };
    const [counted, given] = [new Map<string, number>(), new Map<string, number>()];
    each(value, path, (field, text) => {
      counted.set(field, (counted.get(field) ?? 0) + 1);
      if (!isOurs(field)) told.add(field);
      return text;
    });
    return each(value, path, (field, text) => {
      if (isOurs(field)) return text;
      const index = given.get(field) ?? 0;
      given.set(field, index + 1);
      const isSpread =
        !whole && !DRAWN_ALONE.test(field) && !OF_THE_DAY.includes(text) && (counted.get(field) ?? 0) > PARTS;
      return `${text} ${strange(field, isSpread ? index : null)}`;
    });
  };
  await context.routeWebSocket(/\/socket\//, (page) => {
    listen(page, sent, make);
  });
  await context.route(/\/api\/|\/n\/[^/]+\/about/, (route) =>
    answer(route, (json, name) => JSON.stringify(make(name, JSON.parse(json)))),
  );
  const inScript = (name: string) => (text: string) =>
    text.replace(/\{"(site|person)":.*/s, (rest) => {
      const [json, behind] = objectAt(rest);
      return JSON.stringify(make(name, JSON.parse(json))) + behind;
    });
  await context.route(/\/w\/hello\//, (route) => answer(route, inScript('hello')));
  await context.route(/\/w\/\w+\.js$/, (route) => answer(route, inScript('tag')));
  return { sent, make };
}

/** The same of what the relay has written into these documents; an owner's settings are in them. */
export async function makeDocumentsStrange(
  context: BrowserContext,
  wire: StrangeWire,
  addresses: readonly string[],
): Promise<void> {
  const all = await Promise.all(
    addresses.map(async (address) => {
      const html = await (await fetch(address)).text();
      const [, json] = /id="settings">(.*?)<\/script>/s.exec(html) ?? [];
      if (json === undefined) throw new Error(`There are no settings in ${address}.`);
      return [
        new URL(address).pathname,
        JSON.stringify(wire.make('settings', JSON.parse(json), !/\/w\//.test(address))),
      ];
    }),
  );
  await context.addInitScript((settings: Record<string, string>) => {
    document.addEventListener('readystatechange', () => {
      const place = document.getElementById('settings');
      const now = settings[location.pathname];
      // Before the scripts of the document run.
      if (document.readyState === 'interactive' && place && now) place.textContent = now;
    });
  }, Object.fromEntries(all));
}

/** In which a million words are soon drawn. */
export async function inSmallLetters(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const style = document.createElement('style');
      style.textContent = '*{font-size:1px!important;line-height:1px!important}';
      document.head.append(style);
    });
  });
}

function listen(page: WebSocketRoute, sent: string[], make: (name: string, value: unknown) => unknown): void {
  const asked = new Map<string, string>();
  const relay = page.connectToServer();
  page.onMessage((frame) => {
    const [, id, name] = /^42\/\w+,(\d+)\["([^"]+)"/.exec(String(frame)) ?? [];
    if (id !== undefined && name !== undefined) asked.set(id, name);
    sent.push(String(frame));
    relay.send(frame);
  });
  relay.onMessage((frame) => {
    const [, head = '', id, json] = /^(4[23]\/\w+,(\d*))(\[[\s\S]+)$/.exec(String(frame)) ?? [];
    if (json === undefined) return page.send(frame);
    const [first, ...rest] = JSON.parse(json) as unknown[];
    const made = id
      ? [make(asked.get(id) ?? 'answer', first), ...rest]
      : [first, ...rest.map((one) => make(String(first), one))];
    return page.send(head + JSON.stringify(made));
  });
}

async function answer(route: Route, make: (text: string, name: string) => string): Promise<void> {
  const response = await route.fetch().catch(() => null);
  // The page has gone meanwhile.
  if (!response) return route.abort().catch(() => undefined);
  const { pathname } = new URL(route.request().url());
  const name = pathname
    .replace(/\/[0-9a-f-]{36}/g, '/:id')
    .replace(/^\/n\/\w+/, 'n')
    .replace(/^\/api\/(links\/)?(.*)/, (_, link, rest) => (link ? 'link' : rest));
  const isText = /json|javascript/.test(response.headers()['content-type'] ?? '');
  await route.fulfill({ response, ...(isText && { body: make(await response.text(), name) }) });
}

/** The object at the beginning of a text, and what stands behind it. */
function objectAt(text: string): [json: string, behind: string] {
  for (let end = text.indexOf('}') + 1; end > 0; end = text.indexOf('}', end) + 1) {
    const json = text.slice(0, end);
    try {
      JSON.parse(json);
      return [json, text.slice(end)];
    } catch {
      // One of the inner ones.
    }
  }
  throw new Error('This is no object.');
}

type Path = { readonly noun: string | null; readonly names: readonly string[] };
type Make = (field: string, text: string) => string;

/** The value with each of its texts made another. A field is named by its noun: the nearest kind, or else what holds it. */
function each(value: unknown, path: Path, make: Make): unknown {
  if (typeof value === 'string') return NO_WORDS.test(value) ? value : make(nameOf(path), value);
  const last = path.names.at(-1) ?? '';
  if (Array.isArray(value))
    return BESIDE.includes(last)
      ? [...value, make(nameOf(path), '')]
      : value.map((one) => each(one, path, make));
  if (typeof value !== 'object' || value === null) return value;
  if ('ok' in value && 'value' in value) return { ...value, value: each(value.value, path, make) };
  const { kind } = value as { readonly kind?: unknown };
  const within =
    typeof kind === 'string' && !AUTHORS.includes(kind) ? { noun: NOUNS[kind] ?? kind, names: [] } : path;
  const pairs = Object.entries(value).map(([name, one]) => {
    const isTheirs = NAMED_BY_PAGES.includes(last);
    const below = (next: string): Path => ({ ...within, names: [...within.names, next] });
    const key = isTheirs ? make(nameOf(below('name')), name) : name;
    return [key, each(one, below(isTheirs ? 'value' : name), make)];
  });
  return Object.fromEntries(pairs);
}

function nameOf({ noun, names }: Path): string {
  // By language and key.
  if (names.slice(0, -1).some((one) => one === 'strings' || one === 'words')) return OWN_WORDS;
  return noun === null ? names.slice(-2).join('.') : [noun, ...names].join('.');
}

/** All of them under the name of the field, or one part of them. */
export function strange(field: string, part: number | null = null): string {
  // Other places for names than in our words: such words of an owner's are left out.
  const fit = field === OWN_WORDS ? STRANGE.filter((one) => !/\{\d\}/.test(one)) : STRANGE;
  const some = part === null ? fit : fit.filter((_, at) => at % PARTS === part % PARTS);
  return wrapped(field, some);
}

export function wrapped(field: string, some: readonly string[]): string {
  return [BEGIN + field, ...some, ''].join(NEXT);
}
