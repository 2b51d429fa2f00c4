/** Wiring: the embed's words → the model → the interface. Nothing is stored or connected before the chat is opened. */
import { pickLocale } from '@fullname/shared/locale';
import { render } from 'preact';
import { createChat } from './chat.ts';
import { meetHost } from './host.ts';
import { openKept } from './storage/open.ts';
import { loadStrings } from './strings.ts';
import { App } from './ui/App.tsx';
import './widget.css';

/** `#zh-Hant,dark`: what the host page asks for, known before the first word between the two. */
const wishes = location.hash.slice(1).split(',');
const site = location.pathname.split('/').pop() ?? '';
const locale = pickLocale([wishes[0], ...navigator.languages]);
const alone = window.parent === window;
const RELOAD_PAUSE_MS = 60_000;

document.documentElement.lang = locale;
const dark = alone ? matchMedia('(prefers-color-scheme: dark)').matches : wishes[1] === 'dark';
document.documentElement.classList.toggle('dark', dark);

const host = meetHost({
  greeted(greeting) {
    void chat.identify(greeting.identity);
    if (greeting.resume) void chat.start();
  },
  told(message) {
    if (message.type === 'open') {
      chat.open(message.page);
      if (message.focus) app?.focus();
    }
    if (message.type === 'close') chat.close();
    if (message.type === 'identify') void chat.identify(message.identity);
    if (message.type === 'logout') void chat.logout();
  },
});

const chat = createChat({
  site,
  origin: location.origin,
  locale,
  openKept: () => openKept(site, host.askBroker),
  mark: (on) => host.tell({ type: 'mark', on }),
  unread: (count) => host.tell({ type: 'unread', count }),
  reload,
});

let app: App | null = null;
void draw();

async function draw(): Promise<void> {
  const strings = await loadStrings(locale);
  const close = (): void => host.tell({ type: 'close' });
  const keep = (drawn: App | null): void => {
    app = drawn;
  };
  render(<App ref={keep} chat={chat} strings={strings} locale={locale} onClose={close} />, document.body);
  if (chat.state().open) app?.focus();
  if (alone) chat.open(null);
}

const wake = (): void => void chat.wake();
window.addEventListener('online', wake);
window.addEventListener('pageshow', wake);
window.addEventListener('pagehide', chat.keepDraft);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') chat.keepDraft();
  else wake();
});

/** Not more than once a minute: a relay that is still being replaced must not make a loop. The history entry outlives a reload. */
function reload(): void {
  const { reloaded = 0 } = (history.state ?? {}) as { reloaded?: number };
  const wait = Math.max(0, reloaded + RELOAD_PAUSE_MS - Date.now());
  setTimeout(() => {
    history.replaceState({ ...history.state, reloaded: Date.now() }, '');
    location.reload();
  }, wait);
}
