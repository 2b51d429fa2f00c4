/** Wiring: the embed's words → the model → the interface. Nothing is stored or connected before the chat is opened. */
import { pickWidgetLocale, type WidgetLocale } from '@fullname/shared/locale';
import { createRef, render } from 'preact';
import type { Chat } from './chat.ts';
import { meetHost } from './host.ts';
import { insist } from './insist.ts';
import { setLanguage, setTheme, type Theme } from './page.ts';
import { said } from './said.ts';
import { loadSpeech } from './strings.ts';
import { App } from './ui/App.tsx';
import './widget.css';

/** Files that the embed loads into the host page; build.mjs makes them first and knows their names. */
declare const __BROKER_FILE__: string;
declare const __KEYBOARD_FILE__: string;

/** `#zh-Hant,dark`: what the host page asks for, known before the first word between the two. */
const wishes = location.hash.slice(1).split(',');
const site = location.pathname.split('/').pop() ?? '';
const { languages, strings, theme = 'auto' } = said;
const fit = (one: WidgetLocale): WidgetLocale =>
  !languages || languages.offered.includes(one) ? one : languages.fallback;
const locale = fit(pickWidgetLocale([wishes[0], ...navigator.languages]));
const alone = window.parent === window;
const app = createRef<App>();
/** Whether it fills the screen is for the host page to say: what fits it there does nothing where it does not. */
const onTouch = matchMedia('(pointer: coarse)');
let fits = false;
/** Under which name things are kept; empty where nothing may be. */
let kept = site;
const RELOAD_PAUSE_MS = 600_000;
let reloading = false;

setLanguage(locale);
setTheme((wishes[1] as Theme | undefined) ?? (alone ? theme : 'light'));

const host = meetHost({
  greeted({ identity, resume, memory }) {
    kept = memory ? '' : site;
    host.tell({ type: 'ready' });
    inTurn(async (chat) => {
      await chat.identify(identity);
      if (resume) void chat.start();
    });
  },
  told(message) {
    if (message.type === 'open') arrive(message.focus);
    inTurn(async (chat) => {
      if (message.type === 'open') chat.open(message.page);
      else if (message.type === 'close') chat.close();
      else if (message.type === 'identify') await chat.identify(message.identity);
      else if (message.type === 'logout') {
        await chat.logout();
        host.tell({ type: 'left' });
      } else
        await (await import('./page-wishes.ts')).grant(message, { chat, app: app.current, tell: host.tell });
    });
  },
});

function arrive(focus: boolean): void {
  if (focus) app.current?.arrive();
  if (onTouch.matches && !fits) fits = !!host.load(__KEYBOARD_FILE__);
}

const drawn = draw();
const model = drawn.then(begin);
let before: Promise<unknown> = model;

/** The host page's wishes one after the other, once the model is there. */
function inTurn(work: (chat: Chat) => Promise<void>): void {
  before = before
    .then(() => model)
    .then(work)
    .catch(() => undefined);
}

async function draw(): Promise<void> {
  const speech = await loadSpeech(locale, strings);
  render(
    <App
      handle={app}
      speech={speech}
      locale={locale}
      {...(strings && { own: strings })}
      // A page of its own, as a mail's link opens it, has nothing to be closed into.
      onClose={alone ? null : () => host.tell({ type: 'close' })}
    />,
    document.body,
  );
}

async function begin(): Promise<Chat> {
  // Named, for only then the bundler makes no object of them: that would cost more than they do.
  const { createChat, openKept } = await insist(async () => {
    const { createChat, openKept } = await import('./model.ts');
    return { createChat, openKept };
  }, reload);
  const chat = createChat({
    site,
    origin: location.origin,
    locale: () => app.current?.state.locale ?? locale,
    // Not over what the page asks for since.
    chosen(language) {
      const kept = language as { chosen?: unknown; instead?: unknown } | undefined;
      if (kept?.instead === locale) void app.current?.speak(fit(pickWidgetLocale([`${kept.chosen}`])));
    },
    openKept: () => openKept(kept, async () => host.load(__BROKER_FILE__), reload),
    mark: (on) => host.tell({ type: 'mark', on }),
    unread: (count) => host.tell({ type: 'unread', count }),
    reload,
  });
  const wake = (): void => void chat.wake();
  window.addEventListener('online', wake);
  window.addEventListener('offline', chat.sleep);
  window.addEventListener('pageshow', wake);
  window.addEventListener('pagehide', chat.keepDraft);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') chat.keepDraft();
    else wake();
  });
  app.current?.adopt(chat);
  if (alone) chat.open(null);
  return chat;
}

/**
 * Loads this document anew, if the relay is there to give it. Once, and again only much later: where that does not help, as
 * behind a cache that keeps an old one, it must not make a loop. The history entry outlives a reload. False: it did not help.
 */
async function reload(): Promise<boolean> {
  const { reloaded = 0 } = (history.state ?? {}) as { reloaded?: number };
  if (reloading) return true;
  reloading = true;
  let helps = true;
  try {
    const { ok } = await fetch(location.pathname, { cache: 'reload' });
    helps = !ok || Date.now() > reloaded + RELOAD_PAUSE_MS;
    if (ok && helps) {
      history.replaceState({ ...history.state, reloaded: Date.now() }, '');
      location.reload();
      return true;
    }
  } catch {
    // Not there now: whoever needs it asks again.
  }
  reloading = false;
  return helps;
}
