/** One widget on one page: launcher, frame, and the port between them. */
import type { Locale } from '@fullname/shared/locale';
import { GREETING, type Greeting, type ToEmbed, type ToFrame } from '../frame-messages.ts';
import { loadBroker } from './load-broker.ts';
import { drawLauncher } from './launcher.ts';
import { WORDS } from './words.ts';

/** What the relay writes into the embed in place of its one placeholder. */
export type Settings = { readonly site: string; readonly origin: string; readonly name: string };
export type Options = { readonly locale: Locale; identity: string | null };
export type EventName = 'opened' | 'closed' | 'unread';

export type Widget = {
  open(): void;
  close(): void;
  identify(identity: string | null): void;
  logout(): void;
  destroy(): void;
};

export function startWidget(
  settings: Settings,
  options: Options,
  announce: (event: EventName, detail?: number) => void,
): Widget {
  const words = WORDS[options.locale];
  const launcher = drawLauncher(words, options.locale);
  const { host, root, button, dark } = launcher;
  const queue: ToFrame[] = [];
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let isOpen = false;
  let byHand = false;
  let resume = false;

  const tell = (message: ToFrame): void => {
    if (port) port.postMessage(message);
    else queue.push(message);
  };

  const hear = (event: MessageEvent<ToEmbed>): void => {
    const message = event.data;
    if (message.type === 'close') widget.close();
    if (message.type === 'mark') mark(settings.site, message.on);
    if (message.type === 'broker') loadBroker(settings, event.ports[0]);
    if (message.type === 'unread') {
      launcher.showUnread(message.count);
      announce('unread', message.count);
    }
  };

  /** The port goes to the relay's origin and to nobody else: a frame that was led elsewhere never gets it. */
  const greet = (): void => {
    const channel = new MessageChannel();
    const greeting: Greeting = { type: GREETING, identity: options.identity, page: page(), resume };
    frame?.contentWindow?.postMessage(greeting, settings.origin, [channel.port2]);
    port = channel.port1;
    port.onmessage = hear;
    if (isOpen) tell({ type: 'open', page: page(), focus: byHand });
    for (const message of queue.splice(0)) tell(message);
  };

  const warm = (): void => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = `${words.frame} – ${settings.name}`;
    frame.allow = '';
    frame.onload = greet;
    frame.src = `${settings.origin}/w/${settings.site}#${options.locale}${dark ? ',dark' : ''}`;
    root.append(frame);
  };

  const widget: Widget = {
    open() {
      warm();
      byHand = navigator.userActivation?.isActive !== false;
      isOpen = true;
      host.toggleAttribute('open', true);
      if (byHand) frame?.focus();
      if (port) tell({ type: 'open', page: page(), focus: byHand });
      announce('opened');
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      const hadFocus = root.activeElement === frame;
      host.removeAttribute('open');
      if (hadFocus) button.focus();
      tell({ type: 'close' });
      announce('closed');
    },
    identify(identity) {
      options.identity = identity;
      if (frame) tell({ type: 'identify', identity });
    },
    logout() {
      options.identity = null;
      if (isMarked(settings.site)) warm();
      if (frame) tell({ type: 'logout' });
      mark(settings.site, false);
    },
    destroy() {
      mark(settings.site, false);
      port?.close();
      host.remove();
    },
  };

  button.onclick = widget.open;
  button.onpointerenter = button.onfocus = button.ontouchstart = warm;
  root.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape') widget.close();
  });
  if (isMarked(settings.site)) {
    resume = true;
    (window.requestIdleCallback ?? setTimeout)(warm);
  }
  return widget;
}

/** Address and title without query and fragment: those may hold what is nobody's business. */
function page(): Greeting['page'] {
  return { url: location.origin + location.pathname, title: document.title };
}

/** The one thing kept in the host page's own storage: "this visitor has a conversation". Holds no secret. */
function mark(site: string, on: boolean): void {
  try {
    if (on) localStorage.setItem(`fullname.${site}`, '1');
    else localStorage.removeItem(`fullname.${site}`);
  } catch {
    // A page without storage: the badge waits until the chat is opened.
  }
}

function isMarked(site: string): boolean {
  try {
    return localStorage.getItem(`fullname.${site}`) !== null;
  } catch {
    return false;
  }
}
