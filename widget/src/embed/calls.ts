/**
 * The calls that a page may make beside opening, closing and leaving: checked here, so that a wrong one says in the console what is
 * wrong and what to write instead. Loaded with the first of them. docs/install.md lists them.
 */

import { type WidgetLocale, widgetLocaleOf } from '@fullname/shared/locale';
import { isChatPage, isOneOf } from '@fullname/shared/page-settings';
import type { ToFrame } from '../frame-messages.ts';
import badgeCss from './badge.css?inline';
import type { CallsChunk, Greeter, HelloChunk, Hosted, News } from './contract.ts';
import { followRoutes } from './history.ts';
import { createIdentifier } from './identify.ts';
import { mark } from './mark.ts';
import { createTold } from './told.ts';
import { LAUNCHER, UNREAD } from './words.ts';

/** build.mjs makes the chunk first and knows its name. */
declare const __HELLO_FILE__: string;

const EVENTS =
  'ready open close unread message conversationStarted conversationEnded agentJoined availability identity error';
const THEMES = ['auto', 'light', 'dark'];
/** More than people do; a loop that calls without end is stopped here and not at the relay. */
const CALLS_A_MINUTE = 60;
/** A page that changes its address sets its title a little later. */
const TITLE_MS = 300;
const NAME_MOST = 80;
const MESSAGE_MOST = 4_000;

type Command = (...args: unknown[]) => void;

export const answer: CallsChunk['answer'] = (hosted) => {
  const { core, tell, wishes } = hosted;
  const { site, origin, rules: { pages } = {}, hellos, languages: offered = LAUNCHER } = core.settings;
  const checked = new WeakSet<object>();
  const sheet = new CSSStyleSheet();
  const held: ToFrame[] = [];
  let calls: number[] = [];
  let theme = '';
  let quiet = '';
  let greeter: Promise<Greeter> | undefined;

  /** Told to this frame and to every later one; of a kind, the last. */
  const keep = (message: ToFrame): void => {
    wishes.set(message.type, message);
    tell(message);
  };
  /** Told once: now, or to the first frame that answers. */
  const once = (message: ToFrame): void => {
    if (core.state.ready) tell(message);
    else held.push(message);
  };
  const told = createTold(hosted, { wrong, keep });
  const identifier = createIdentifier(hosted, { wrong, changed: told.forget });
  /**
   * The launcher's own sheet stays as it is; a sheet of one root serves no other. Where the owner has rules for pages, the launcher
   * is not drawn before they were looked at.
   */
  const restyle = (): void => {
    const root = core.host.shadowRoot;
    const here = pages ? `button{display:${isChatPage(pages, hosted.where()) ? 'flex' : 'none'}}` : '';
    sheet.replaceSync(badgeCss + theme + here + quiet);
    if (root && !root.adoptedStyleSheets.includes(sheet))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    greet();
  };
  /** Who says hello first is looked at where somebody may, and from then on whenever something has changed. */
  const greet = (news?: News): void => {
    if (core.allowed && hellos?.rules.some(({ pages }) => !pages || isOneOf(pages, hosted.where())))
      greeter ??= import(/* @vite-ignore */ `${origin}/w/${__HELLO_FILE__}`).then((chunk: HelloChunk) =>
        chunk.greet(hosted),
      );
    greeter?.then((one) => one.hear(news)).catch(() => undefined);
  };
  const label = (): void => {
    const { host, state } = core;
    const button = host.shadowRoot?.querySelector('button');
    if (!button) return;
    const badge = button.querySelector('b') ?? document.createElement('b');
    badge.textContent = state.unread ? `${state.unread}` : '';
    button.append(badge);
    button.ariaLabel = state.unread
      ? `${host.ariaLabel}, ${state.unread} ${UNREAD[host.lang as WidgetLocale]}`
      : null;
  };
  const leave = (): void => {
    identifier.stop();
    told.forget();
    wishes.clear();
    held.length = 0;
    hosted.identity = null;
    core.state.identity = null;
    // Until the frame has: one that comes later is told as well.
    wishes.set('logout', { type: 'logout' });
    mark(`${site}.hello`, false);
    greet({ type: 'left' });
    if (mark(site, false) && !core.frame) hosted.warm();
    tell({ type: 'logout' });
  };

  const commands: Readonly<Record<string, Command>> = {
    identify: identifier.identify,
    logout: leave,
    /** What is kept is the frame's to remove: the element stays, unseen, until it has. */
    destroy() {
      if (core.gone) return;
      hosted.close();
      quiet = ':host{display:none!important}';
      restyle();
      leave();
      core.gone = true;
      core.state.ready = false;
      if (!core.frame) core.host.remove();
    },
    start() {
      if (!core.gone) return;
      core.host.remove();
      theme = quiet = '';
      core.gone = false;
      core.draw();
    },
    twice: () => wrong('this page has the tag twice. Remove one: the second does nothing.'),
    open(wish) {
      const message = (wish as { message?: unknown } | undefined)?.message;
      if (typeof message !== 'string')
        return wrong("open takes { message: 'words for the composer' }, or nothing.");
      hosted.open();
      return once({ type: 'prefill', message: message.slice(0, MESSAGE_MOST) });
    },
    show() {
      quiet = '';
      restyle();
    },
    hide() {
      quiet = 'button{display:none!important}';
      restyle();
    },
    page(url) {
      if (url !== undefined && (typeof url !== 'string' || !URL.canParse(url, location.href)))
        return wrong(
          "page takes an address, as in Fullname('page', '/basket'), or nothing for this page's own.",
        );
      hosted.url = url === undefined ? null : plain(new URL(url, location.href));
      return moved();
    },
    update: told.update,
    track: told.track,
    'ask-for'(name) {
      if (typeof name !== 'string' || !/\S\s+\S|\p{Script=Han}{2}/u.test(name))
        return wrong(
          "ask-for takes a person's full name, as the chat shows it: Fullname('ask-for', 'Megan Kajitani').",
        );
      hosted.open();
      return once({ type: 'ask-for', name: name.slice(0, NAME_MOST) });
    },
    setLocale(tag) {
      const locale = typeof tag === 'string' ? widgetLocaleOf(tag) : null;
      if (!locale || !(locale in offered))
        return wrong(`setLocale takes one of ${Object.keys(offered).join(', ')}.`);
      const { host, options } = core;
      const [text] = host.shadowRoot?.querySelector('button')?.childNodes ?? [];
      host.lang = locale;
      if (!options.text && text) host.ariaLabel = text.textContent = offered[locale] || LAUNCHER[locale];
      label();
      return keep({ type: 'locale', locale });
    },
    setTheme(name) {
      if (!THEMES.includes(name as string)) return wrong("setTheme takes 'auto', 'light' or 'dark'.");
      theme = `:host{color-scheme:${name === 'auto' ? 'inherit' : name}!important}`;
      restyle();
      return keep({ type: 'theme', dark: /\(2/.test(getComputedStyle(core.host).color) });
    },
    mute(on) {
      if (typeof on === 'boolean') keep({ type: 'mute', on });
      else wrong('mute takes true or false.');
    },
    consent(given) {
      if (typeof given !== 'boolean') wrong('consent takes true or false.');
      // Taken back: what is kept goes.
      else if (!given) leave();
      else {
        told.allowed();
        if (mark(site)) hosted.warm();
      }
      greet();
    },
    on: () => checkHandlers(),
  };

  /** Handlers of events that never come, and what is no handler. */
  const checkHandlers = (): void => {
    const events = EVENTS.split(' ');
    for (const one of core.handlers) {
      if (checked.has(one)) continue;
      checked.add(one);
      const [event, handler] = one;
      if (!events.includes(event as string))
        wrong(`there is no event ${named(event)}. There are: ${events.join(', ')}.${nearest(event, events)}`);
      else if (typeof handler !== 'function')
        wrong(`on takes a function after the event: Fullname('on', '${event}', (detail) => { … }).`);
      else continue;
      core.handlers.delete(one);
    }
    if (core.handlers.size) keep({ type: 'watch' });
  };

  /** In a task of its own: a handler that throws breaks nothing here, and the page sees its error. */
  const announce = (event: string, detail?: unknown): void => {
    if (event === 'ready') {
      for (const message of held.splice(0)) tell(message);
      told.ready();
    }
    for (const [name, handler] of core.handlers)
      if (name === event && typeof handler === 'function') queueMicrotask(() => void handler(detail));
  };

  let seen = hosted.where();
  const moved = (): void => {
    restyle();
    setTimeout(() => {
      if (!core.state.open || seen === hosted.where()) return;
      seen = hosted.where();
      hosted.show(false);
    }, TITLE_MS);
  };

  const hear = (news: News): void => {
    const { state } = core;
    greet(news);
    if (news.type === 'refused' && !core.gone) refuse(hosted);
    else if (news.type === 'refused' || news.type === 'left') {
      wishes.delete('logout');
      if (core.gone) core.host.remove();
    } else if (news.type === 'unread') {
      state.unread = news.count;
      label();
      announce('unread', news.count);
    } else if (news.type === 'event') {
      const { event, detail } = news;
      if (event === 'availability' || event === 'identity') Object.assign(state, { [event]: detail });
      announce(event, detail);
    }
  };

  const isTooMuch = (): boolean => {
    const now = Date.now();
    calls = calls.filter((at) => now - at < 60_000);
    return calls.push(now) > CALLS_A_MINUTE;
  };

  restyle();
  followRoutes(moved);
  checkHandlers();
  return (name, ...args) => {
    if (isNews(name)) return hear(name);
    const command = Object.hasOwn(commands, name as string) ? commands[name as string] : undefined;
    if (!command)
      return wrong(
        `there is no command ${named(name)}.${nearest(name, [...Object.keys(commands), ...OTHERS])}`,
      );
    if (core.gone && name !== 'start') return wrong("it was destroyed. Call Fullname('start') first.");
    if (isTooMuch())
      return wrong(
        `more than ${CALLS_A_MINUTE} calls in a minute; ${named(name)} was left out. Call it when something changes.`,
      );
    return command(...args);
  };
};

/** Calls that are answered before this chunk is asked. */
const OTHERS = ['close', 'get'];

/** What other chats call it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  ...{ boot: 'start', init: 'start', load: 'start', shutdown: 'logout', reset: 'logout', clear: 'logout' },
  ...{ login: 'identify', loginUser: 'identify', setUser: 'identify', trackEvent: 'track', event: 'track' },
  ...{ maximize: 'open', minimize: 'close', toggle: 'open', showNewMessage: 'open', remove: 'destroy' },
  ...{ setAttributes: 'update', set: 'update', opened: 'open', closed: 'close', off: 'on' },
};

/** Warnings, since nothing of the page is broken by them. */
function wrong(text: string): void {
  console.warn(`Fullname: ${text}`);
}

function named(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, NAME_MOST)}'` : `of the kind ${typeof value}`;
}

function nearest(value: unknown, names: readonly string[]): string {
  if (typeof value !== 'string') return '';
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
  const meant =
    ELSEWHERE[value] ??
    names.find((name) => plain(name) === plain(value)) ??
    names.find((name) => value.length > 2 && (name.startsWith(value) || value.startsWith(name)));
  return meant && names.includes(meant) ? ` Did you mean '${meant}'?` : '';
}

function isNews(value: unknown): value is News {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function plain({ origin, pathname }: URL): string {
  return origin + pathname;
}

/** The frame has loaded and did not answer; the browser does not tell this page why. Without it, the next click tries again. */
function refuse({ core, close }: Hosted): void {
  const { origin } = core.settings;
  const here = location.origin;
  close();
  core.frame?.remove();
  console.error(
    `Fullname: the chat did not come up on ${here}. Add ${here} to the pages of this site in the console, under Settings, Sites. ` +
      `If it is there, allow "frame-src ${origin}" in this page's Content-Security-Policy, and see that ${origin} can be reached.`,
  );
}
