/**
 * The calls that a page may make beside opening, closing and leaving: checked here, so that a wrong one says in the console what is
 * wrong and what to write instead (help.ts). Loaded with the first of them. docs/install.md lists them.
 */

import { widgetLocaleOf } from '@fullname/shared/locale';
import { isOneOf } from '@fullname/shared/page-settings';
import type { ToFrame } from '../frame-messages.ts';
import { CALLS_A_MINUTE } from './bounds.ts';
import type { CallsChunk, Greeter, HelloChunk, HelpChunk, Hosted, News, Warn } from './contract.ts';
import { createHandlers, type Handlers } from './handlers.ts';
import { followRoutes } from './history.ts';
import { createIdentifier, type Identifier } from './identify.ts';
import { createLook, type Look } from './look.ts';
import { mark } from './mark.ts';
import { createTold, type Told } from './told.ts';

/** build.mjs makes these chunks first and knows their names. */
declare const __HELLO_FILE__: string;
declare const __HELP_FILE__: string;

const THEMES = ['auto', 'light', 'dark'];
/** A page that changes its address sets its title a little later. */
const TITLE_MS = 300;
const NAME_MOST = 80;
const MESSAGE_MOST = 4_000;

type Command = (...args: unknown[]) => void;

/** What the commands work with. */
type Means = {
  readonly hosted: Hosted;
  readonly look: Look;
  readonly told: Told;
  readonly identifier: Identifier;
  readonly handlers: Handlers;
  readonly wrong: Warn;
  /** Told to this frame and to every later one; of a kind, the last. */
  keep(message: ToFrame): void;
  /** Told once: now, or to the first frame that answers. */
  once(message: ToFrame): void;
  /** Who says hello first is looked at where somebody may, and from then on whenever something has changed. */
  greet(news?: News): void;
  /** Forgets whoever was at this browser. */
  leave(): void;
  /** The visitor is on another page now. */
  moved(): void;
};

export const answer: CallsChunk['answer'] = (hosted) => {
  const { core, tell, wishes } = hosted;
  const held: ToFrame[] = [];
  const help = createHelp(core.settings.origin);
  const wrong: Warn = (...problem) =>
    void help().then(
      ({ explain }) => explain(...problem),
      // No line just now.
      () => console.warn('Fullname:', ...problem),
    );
  const keep = (message: ToFrame): void => {
    wishes.set(message.type, message);
    tell(message);
  };
  const once = (message: ToFrame): void => {
    if (core.state.ready) tell(message);
    else held.push(message);
  };
  const look = createLook(hosted);
  const greet = createGreeting(hosted);
  const handlers = createHandlers(core, wrong);
  const told = createTold(hosted, { wrong, keep });
  const identifier = createIdentifier(hosted, { wrong, changed: told.forget, label: told.update });
  const isTooMuch = createMeter();

  const leave = (): void => {
    const { site } = core.settings;
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

  let seen = hosted.where();
  const moved = (): void => {
    look.draw();
    greet();
    setTimeout(() => {
      if (!core.state.open || seen === hosted.where()) return;
      seen = hosted.where();
      hosted.show(false);
    }, TITLE_MS);
  };

  const announce = (event: string, detail?: unknown): void => {
    if (event === 'ready') {
      for (const message of held.splice(0)) tell(message);
      told.ready();
    }
    handlers.announce(event, detail);
  };

  const hear = (news: News): void => {
    const { state } = core;
    greet(news);
    if (news.type === 'refused' && !core.gone) refuse(hosted, help);
    else if (news.type === 'refused' || news.type === 'left') {
      wishes.delete('logout');
      if (core.gone) core.host.remove();
      else if (!core.allowed) renew(hosted);
    } else if (news.type === 'mark') {
      if (!hosted.memory) mark(core.settings.site, news.on);
    } else if (news.type === 'unread') {
      state.unread = news.count;
      look.label();
      announce('unread', news.count);
    } else if (news.type === 'event') {
      const { event, detail } = news;
      if (event === 'availability' || event === 'identity') Object.assign(state, { [event]: detail });
      announce(event, detail);
    }
  };

  const means = { hosted, look, told, identifier, handlers, wrong, keep, once, greet, leave, moved };
  const chat = aboutTheChat(means);
  const commands: Readonly<Record<string, Command>> = {
    ...aboutItself(means),
    ...aboutThePage(means),
    ...chat,
  };
  look.draw();
  greet();
  followRoutes(moved);
  chat.on();
  return (name, ...args) => {
    if (isNews(name)) return hear(name);
    if (core.gone && name !== 'start') return wrong('gone');
    const command = Object.hasOwn(commands, name as string) ? commands[name as string] : undefined;
    if (!command) return wrong('command', name, Object.keys(commands));
    if (isTooMuch()) return wrong('often', name);
    return command(...args);
  };
};

/** Whether the launcher is there, and how it looks. */
function aboutItself({ hosted, look, leave, greet, wrong, keep }: Means) {
  const { core } = hosted;
  const hide = (what: string): void => {
    look.hide(what);
    greet();
  };
  return {
    /** What is kept is the frame's to remove: the element stays, unseen, until it has. */
    destroy() {
      if (core.gone) return;
      hosted.close();
      hide(':host');
      leave();
      core.gone = true;
      core.state.ready = false;
      if (!core.frame) core.host.remove();
    },
    start() {
      if (!core.gone) return;
      core.host.remove();
      // It went with the launcher, and has nothing left to forget.
      delete core.frame;
      look.anew();
      core.gone = false;
      core.draw();
    },
    /** One tag that runs once more, in a page that writes itself or its body anew, is no second tag. */
    twice() {
      const tags = `script[src*="/w/${core.settings.site}.js"]`;
      if (document.querySelectorAll(tags).length !== 1) wrong('twice');
    },
    show: () => hide(''),
    hide: () => hide('button'),
    setTheme(name: unknown) {
      if (!THEMES.includes(name as string)) return wrong('setTheme');
      look.light(name as string);
      greet();
      return keep({ type: 'theme', dark: /\(2/.test(getComputedStyle(core.host).color) });
    },
    setLocale(tag: unknown) {
      const { host, options, settings, words } = core;
      const offered = settings.languages ?? words;
      const locale = typeof tag === 'string' ? widgetLocaleOf(tag) : null;
      if (!locale || !(locale in offered)) return wrong('setLocale', tag, Object.keys(offered));
      const [text] = host.shadowRoot?.querySelector('button')?.childNodes ?? [];
      host.lang = locale;
      if (!options.text && text) host.ariaLabel = text.textContent = offered[locale] || words[locale];
      look.label();
      return keep({ type: 'locale', locale });
    },
  };
}

/** Where the visitor is, who they are, and what the page says of them. */
function aboutThePage({ hosted, told, identifier, leave, greet, moved, wrong }: Means) {
  return {
    identify: identifier.identify,
    logout: leave,
    update: told.update,
    track: told.track,
    page(url: unknown) {
      if (url !== undefined && (typeof url !== 'string' || !URL.canParse(url, location.href)))
        return wrong('page');
      hosted.url = url === undefined ? null : plain(new URL(url, location.href));
      return moved();
    },
    consent(given: unknown) {
      if (typeof given !== 'boolean') wrong('consent');
      // Taken back: what is kept goes.
      else if (!given) leave();
      else {
        told.allowed();
        if (mark(hosted.core.settings.site)) hosted.warm();
      }
      greet();
    },
  };
}

/** What the chat does for the page, and what of it the page hears. */
function aboutTheChat({ hosted, handlers, wrong, keep, once }: Means) {
  return {
    /** host.ts does it itself, but where the chat has just been started again. */
    close: () => hosted.close(),
    open(wish: unknown) {
      if (!wish) return hosted.open();
      const message = (wish as { message?: unknown } | undefined)?.message;
      if (typeof message !== 'string') return wrong('open');
      hosted.open();
      return once({ type: 'prefill', message: message.slice(0, MESSAGE_MOST) });
    },
    'ask-for'(name: unknown) {
      if (typeof name !== 'string' || !/\S\s+\S|\p{Script=Han}{2}/u.test(name)) return wrong('ask-for');
      hosted.open();
      return once({ type: 'ask-for', name: name.slice(0, NAME_MOST) });
    },
    mute(on: unknown) {
      if (typeof on === 'boolean') keep({ type: 'mute', on });
      else wrong('mute');
    },
    on() {
      if (handlers.check()) keep({ type: 'watch' });
    },
  };
}

function createGreeting(hosted: Hosted): Means['greet'] {
  const { core } = hosted;
  const { origin, hellos } = core.settings;
  let greeter: Promise<Greeter> | undefined;
  /** A browser remembers that a file was missing: the next news ask under another address. */
  let attempt = '';
  return (news) => {
    const isHere = (): boolean =>
      !!hellos?.rules.some(({ pages }) => !pages || isOneOf(pages, hosted.where()));
    if (!greeter && core.allowed && isHere()) {
      greeter = import(/* @vite-ignore */ `${origin}/w/${__HELLO_FILE__}${attempt}`).then(
        (chunk: HelloChunk) => chunk.greet(hosted),
      );
      greeter.catch(() => {
        greeter = undefined;
        attempt += '?';
      });
    }
    greeter?.then((one) => one.hear(news)).catch(() => undefined);
  };
}

/** Whether the page calls more often than anybody means. */
function createMeter(): () => boolean {
  let calls: number[] = [];
  return () => {
    const now = Date.now();
    calls = calls.filter((at) => now - at < 60_000);
    return calls.push(now) > CALLS_A_MINUTE;
  };
}

type Help = () => Promise<HelpChunk>;

function createHelp(origin: string): Help {
  let help: Promise<HelpChunk> | undefined;
  return () => {
    help ??= import(/* @vite-ignore */ `${origin}/w/${__HELP_FILE__}`);
    return help as Promise<HelpChunk>;
  };
}

function isNews(value: unknown): value is News {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function plain({ origin, pathname }: URL): string {
  return origin + pathname;
}

/** The frame has removed what it kept, and may keep nothing from here on: the next one begins in memory. */
function renew({ core, open }: Hosted): void {
  core.frame?.remove();
  core.state.ready = false;
  if (core.state.open) open();
}

/** The frame has loaded and did not answer. Without it, the next click tries again. */
function refuse({ core, close }: Hosted, help: Help): void {
  const { origin } = core.settings;
  close();
  core.frame?.remove();
  help().then(
    ({ complain }) => complain(origin),
    () => console.error(`Fullname: ${origin} cannot be reached.`),
  );
}
