/**
 * What a host page pays for before anybody opens the chat: the launcher, and `window.Fullname`, which keeps calls until the chunk
 * that answers them is here (host.ts). docs/install.md says what a page may call.
 */
import type { Api, Call, Core, HostChunk, Options, Settings } from './contract.ts';
import { drawLauncher } from './launcher.ts';
import { LAUNCHER, speak } from './words.ts';

/** build.mjs makes the chunk first and knows its name. */
declare const __HOST_FILE__: string;

/** Draws the launcher and opens the API; on a page where that was done already, it is not done again. */
export function boot(settings: Settings, options: Options): void {
  const { Fullname } = window;
  // A page's own thing of that name stays what it is.
  const name = Fullname && !Fullname.q && !Fullname.runs ? 'FullnameChat' : 'Fullname';
  const early = window[name];
  if (early?.runs) {
    early('twice');
    return;
  }
  const { site, origin, css = '', languages = LAUNCHER } = settings;
  const { consent, openOn, theme, text } = options;
  const waiting: Call[] = [];
  let run: ReturnType<HostChunk['take']> | undefined;
  let loading = false;
  let attempt = '';

  const load = (): void => {
    if (loading) return;
    loading = true;
    import(/* @vite-ignore */ `${origin}/w/${__HOST_FILE__}${attempt}`).then(
      (chunk: HostChunk) => {
        run = chunk.take(core);
        for (const call of waiting) run(...call);
      },
      () => {
        // A browser may remember a module that did not come: the next try has another address.
        attempt += '?';
        loading = false;
      },
    );
  };
  const pass = (...call: Call): unknown => (run ? run(...call) : waiting.push(call));

  const warm = (): void => {
    load();
    const { host } = core;
    if (!core.frame?.isConnected) {
      const frame = document.createElement('iframe');
      core.frame = frame;
      frame.title = host.ariaLabel as string;
      frame.onload = () => {
        core.loaded = frame;
      };
      // CanvasText is light where the page is dark.
      const dark = /\(2/.test(getComputedStyle(host).color) ? ',dark' : '';
      frame.src = `${origin}/w/${site}#${host.lang}${dark}`;
      (host.shadowRoot as ShadowRoot).append(frame);
    }
  };

  const press = (): void => {
    core.warm();
    pass('open');
  };

  const draw = (): void => {
    const locale = speak([options.locale, ...navigator.languages], languages);
    const left = options.position === 'left' ? '--right:auto;--left:var(--x)' : '';
    // Any other word would be a scheme too, one that no browser knows: the page's own would be lost.
    const scheme = theme === 'dark' || theme === 'light' ? theme : 'inherit';
    const own = `:host{color-scheme:${scheme}!important;${left}}${css}`;
    core.host = drawLauncher(text || languages[locale] || LAUNCHER[locale], locale, own);
    attach();
  };

  const attach = (): void => {
    const { host } = core;
    const button = (host.shadowRoot as ShadowRoot).querySelector('button') as HTMLButtonElement;
    button.onclick = press;
    // A touch enters before it presses, so this is hover, focus and touch.
    button.onpointerenter = button.onfocus = () => core.allowed && core.warm();
    document.documentElement.append(host);
    if (openOn) document.addEventListener('click', opener);
  };
  const opener = ({ target }: Event): unknown => (target as Element).closest?.(openOn as string) && press();

  const core = {
    ...{ settings, options, draw, warm },
    handlers: new Set(),
    state: { ready: false, open: false, unread: 0 },
    allowed: consent !== 'required',
    marked() {
      try {
        return !!localStorage.getItem(`fullname.${site}`);
      } catch {
        // A page without storage: the badge waits until the chat is opened.
        return false;
      }
    },
  } as unknown as Core;

  const api: Api = (command, ...args) => {
    if (command === 'get') return { ...core.state };
    if (command === 'on') core.handlers.add(args);
    if (command === 'consent') core.allowed = !!args[0];
    pass(command, ...args);
    // Taken back, what was kept on an earlier page is to go, and only the frame can remove it.
    if (core.allowed || (command === 'consent' && core.marked())) load();
    return command === 'on' ? () => core.handlers.delete(args) : undefined;
  };
  api.runs = true;
  window[name] = api;
  draw();
  // A page that writes itself anew, or puts other children in place of its own, takes the launcher away without meaning it, and
  // the first one every listener with it. One that takes it away again and again means it.
  let left = 20;
  const watcher = new MutationObserver(() => {
    const { host, frame, gone, state } = core;
    if (!gone && !host.isConnected && document.documentElement && left-- > 0) {
      frame?.remove();
      attach();
      if (state.open) pass('open');
    }
    watch();
  });
  const watch = (): void => {
    for (const node of [document, document.documentElement])
      node && watcher.observe(node, { childList: true });
  };
  watch();
  for (const call of early?.q ?? []) api(...call);
  if (settings.rules) load();
  if (core.allowed && core.marked()) (window.requestIdleCallback ?? setTimeout)(() => core.warm());
}
