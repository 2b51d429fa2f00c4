/**
 * What a host page pays for before anybody opens the chat: the launcher, and `window.Fullname`, which keeps calls until the chunk
 * that answers them is here (host.ts). docs/install.md says what a page may call.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Api, Call, Core, HostChunk, Options, Settings } from './contract.ts';
import { drawLauncher, LEFT } from './launcher.ts';
import { LAUNCHER } from './words.ts';

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
  const waiting: Call[] = [];
  let run: ReturnType<HostChunk['take']> | undefined;
  let loading: Promise<void> | undefined;
  let attempt = '';

  const load = (): unknown =>
    (loading ??= import(/* @vite-ignore */ `${origin}/w/${__HOST_FILE__}${attempt}`).then(
      (chunk: HostChunk) => {
        run = chunk.take(core);
        for (const call of waiting) run(...call);
      },
      () => {
        // A browser may remember a module that did not come: the next try has another address.
        attempt += '?';
        loading = undefined;
        // Nor did the frame come, as a rule: the browser shows a page of its own in it.
        core.frame?.remove();
      },
    ));
  const pass = (...call: Call): unknown => (run ? run(...call) : waiting.push(call));

  const press = (): void => {
    core.warm();
    pass('open');
  };

  // A page that writes itself anew, or puts other children in place of its own, takes the launcher away without meaning it, and
  // the first one every listener with it: again.ts puts it back.
  const watcher = new MutationObserver(() => {
    if (core.host.isConnected) return;
    pass(core);
    load();
  });

  const core = {
    ...{ settings, options },
    words: LAUNCHER,
    handlers: new Set(),
    state: { ready: false, open: false, unread: 0 },
    allowed: options.consent !== 'required',
    draw() {
      // The first language that is offered, as `pickWidgetLocale` of shared finds it, in fewer bytes; otherwise the first offered.
      // By loops alone: a page may have put its own functions in place of an array's.
      let locale = '';
      for (const tag of [options.locale, ...navigator.languages, ...Object.keys(languages)]) {
        locale = `${tag}`.slice(0, 2);
        if (locale === 'zh') locale += /hant|-(tw|hk|mo)/i.test(`${tag}`) ? '-Hant' : '-Hans';
        if (locale in languages) break;
      }
      const own = languages[locale as WidgetLocale] || LAUNCHER[locale as WidgetLocale];
      const left = options.position === 'left' ? LEFT : '';
      // Any other word would be a scheme too, one that no browser knows: the page's own would be lost.
      const scheme = options.theme === 'dark' || options.theme === 'light' ? options.theme : 'inherit';
      const rules = `:host{color-scheme:${scheme}!important;${left}}${css}`;
      core.host = drawLauncher(options.text || own, locale, rules);
      core.attach();
    },
    attach() {
      const { host } = core;
      const button = (host.shadowRoot as ShadowRoot).firstChild as HTMLButtonElement;
      button.onclick = press;
      // A touch enters before it presses, so this is hover, focus and touch.
      button.onpointerenter = button.onfocus = () => core.allowed && core.warm();
      document.documentElement.append(host);
      for (const node of [document, document.documentElement]) watcher.observe(node, { childList: true });
      // Where it was not lost with the page it is there twice, and to open twice is to open.
      if (options.openOn)
        document.addEventListener(
          'click',
          ({ target }) => (target as Element).closest?.(options.openOn as string) && press(),
        );
    },
    warm() {
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
    },
    marked() {
      try {
        return localStorage.getItem(`fullname.${site}`);
      } catch {
        // A page without storage: the badge waits until the chat is opened.
        return undefined;
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
  core.draw();
  for (const call of early?.q ?? []) api(...call);
  if (settings.rules) load();
  // To ask the page's storage is to wait for another process.
  (window.requestIdleCallback ?? setTimeout)(() => core.allowed && core.marked() && core.warm());
}
