/** One widget on one page: launcher, frame, and the port between them. */
import type { Locale } from '@fullname/shared/locale';
import { GREETING, type Greeting, type HostModule, type ToEmbed, type ToFrame } from '../frame-messages.ts';
import { drawLauncher } from './launcher.ts';
import { WORDS } from './words.ts';

/** What the relay writes into the embed in place of its one placeholder. */
export type Settings = { readonly site: string; readonly origin: string; readonly name: string };
export type Options = { readonly locale: Locale; identity: string | null };
export type EventName = 'opened' | 'closed' | 'unread';

export type Widget = ReturnType<typeof startWidget>;

export function startWidget(
  { site, origin }: Settings,
  options: Options,
  announce: (event: EventName, detail?: number) => void,
) {
  const [title, unread] = WORDS[options.locale];
  const [host, root, button, badge] = drawLauncher(title, options.locale);
  const resume = mark(site);
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let isOpen = false;
  let focus = false;
  let forget = false;

  const tell = (message: ToFrame): void => port?.postMessage(message);

  const hear = ({ data, ports }: MessageEvent<ToEmbed>): void => {
    if (data.type === 'close') widget.close();
    else if (data.type === 'mark') mark(site, data.on);
    else if (data.type === 'load') load(data.file, ports[0]);
    else {
      const { count } = data;
      badge.textContent = count ? `${count}` : '';
      button.ariaLabel = count ? `${title}, ${count} ${unread}` : null;
      announce('unread', count);
    }
  };

  /** From the relay and as a module: nothing is left on the page, and a page that enforces Trusted Types takes it too. */
  const load = (file: string, near: MessagePort | undefined): void => {
    import(/* @vite-ignore */ `${origin}/w/${file}`).then(
      (module: HostModule) => near && module.serve(near, site, root),
      // The page forbids it: the frame need not wait until its patience ends.
      () => near?.postMessage({ open: false }),
    );
  };

  /** The port goes to the relay's origin and to nobody else: a frame that was led elsewhere never gets it. */
  const greet = (): void => {
    const channel = new MessageChannel();
    const greeting: Greeting = { type: GREETING, identity: options.identity, resume, forget };
    frame?.contentWindow?.postMessage(greeting, origin, [channel.port2]);
    port = channel.port1;
    port.onmessage = hear;
    forget = false;
    if (isOpen) tell(opening());
  };

  /** Address and title without query and fragment: those may hold what is nobody's business. */
  const opening = (): ToFrame => ({
    type: 'open',
    page: { url: location.origin + location.pathname, title: document.title },
    focus,
  });

  const warm = (): void => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = title;
    frame.onload = greet;
    // CanvasText is light where the page is dark.
    const dark = /\(2/.test(getComputedStyle(host).color) ? ',dark' : '';
    frame.src = `${origin}/w/${site}#${options.locale}${dark}`;
    root.append(frame);
  };

  const widget = {
    open(): void {
      warm();
      isOpen = true;
      focus = navigator.userActivation?.isActive !== false;
      host.setAttribute('open', '');
      if (focus) frame?.focus();
      tell(opening());
      announce('opened');
    },
    close(): void {
      if (!isOpen) return;
      isOpen = false;
      host.removeAttribute('open');
      if (root.activeElement) button.focus();
      tell({ type: 'close' });
      announce('closed');
    },
    identify(identity?: string): void {
      options.identity = identity || null;
      tell({ type: 'identify', identity: options.identity });
    },
    logout(): void {
      options.identity = null;
      forget = !port;
      if (mark(site, false)) warm();
      tell({ type: 'logout' });
    },
    destroy(): void {
      mark(site, false);
      host.remove();
    },
  };

  button.onclick = widget.open;
  // A touch enters before it presses, so this is hover, focus and touch.
  button.onpointerenter = button.onfocus = warm;
  if (resume) (window.requestIdleCallback ?? setTimeout)(warm);
  return widget;
}

/**
 * The one thing kept in the host page's own storage: "this visitor has a conversation". Holds no secret.
 * Sets or removes it where told to, and says whether it was there.
 */
function mark(site: string, on?: boolean): boolean {
  const key = `fullname.${site}`;
  try {
    const was = localStorage.getItem(key);
    if (on) localStorage.setItem(key, '1');
    else if (on === false) localStorage.removeItem(key);
    return !!was;
  } catch {
    // A page without storage: the badge waits until the chat is opened.
    return false;
  }
}
