/** Loaded at the first intent or call: the frame's port, opening and closing. Whatever else a page may call is in calls.ts. */
import { GREETING, type Greeting, type HostModule, type ToEmbed } from '../frame-messages.ts';
import type { AgainChunk, Calls, CallsChunk, HostChunk, Hosted } from './contract.ts';
import css from './frame.css?inline';

/** build.mjs makes these chunks first and knows their names. */
declare const __AGAIN_FILE__: string;
declare const __CALLS_FILE__: string;

/** A frame that has loaded and says nothing is not ours: the browser shows a page of its own there. */
const ANSWER_MS = 5_000;

export const take: HostChunk['take'] = (core) => {
  const { settings, options, state } = core;
  const { site, origin } = settings;
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let calls: Promise<Calls> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  /** The frame is the core's work, since it can begin while this chunk is on its way. */
  const { warm } = core;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);

  const load = <Chunk>(file: string): Promise<Chunk> => import(/* @vite-ignore */ `${origin}/w/${file}`);
  /** As often as it takes: no call is lost. A browser may remember a module that did not come, so each try has another address. */
  const insist = <Chunk>(file: string, pause = 0): Promise<Chunk> =>
    load<Chunk>(file).catch(
      () => new Promise((come) => setTimeout(() => come(insist(`${file}?`, pause + ANSWER_MS)), pause)),
    );

  const ask: Calls = (...call) => {
    calls ??= insist<CallsChunk>(__CALLS_FILE__).then(({ answer }) => answer(hosted));
    void calls.then((answer) => answer(...call));
  };
  const announce = (event: string): void => {
    if (calls || core.handlers.size) ask({ type: 'event', event });
  };
  const turn = (open: boolean): void => {
    if (state.open !== open) announce(open ? 'open' : 'close');
    state.open = open;
    core.host.toggleAttribute('open', open);
  };

  const hosted: Hosted = {
    core,
    wishes: new Map(),
    identity: options.identity || null,
    url: null,
    /** Without query and fragment: those may hold what is nobody's business. */
    where: () => hosted.url ?? location.origin + location.pathname,
    memory: true,
    tell: (message) => port?.postMessage(message),
    warm() {
      warm();
      if (frame === core.frame) return;
      frame = core.frame;
      port = undefined;
      const root = core.host.shadowRoot as ShadowRoot;
      // Once more does no harm, and a launcher that was drawn anew has none.
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      // No listener: pages put their own functions in place of the browser's.
      if (frame)
        frame.onload = ({ target }) => {
          core.loaded = target as HTMLIFrameElement;
          greet();
        };
      if (frame === core.loaded) greet();
    },
    open() {
      hosted.warm();
      turn(true);
      const focus = navigator.userActivation?.isActive !== false;
      if (focus) frame?.focus();
      hosted.show(focus);
    },
    close(inside) {
      const root = core.host.shadowRoot as ShadowRoot;
      const back = inside ?? root.activeElement;
      turn(false);
      if (back) root.querySelector('button')?.focus();
      hosted.tell({ type: 'close' });
    },
    show: (focus) =>
      hosted.tell({ type: 'open', page: { url: hosted.where(), title: document.title }, focus }),
  };

  /** The port goes to the relay's origin and to nobody else: a frame that was led elsewhere never gets it. */
  const greet = (): void => {
    const { port1, port2 } = new MessageChannel();
    const { identity, wishes } = hosted;
    const memory = options.storage === 'memory' || !(core.allowed || wishes.has('logout'));
    const resume = !memory && !!core.marked();
    const greeting: Greeting = { type: GREETING, identity, memory, resume };
    hosted.memory = memory;
    if (resume) ask({ type: 'mark' });
    frame?.contentWindow?.postMessage(greeting, origin, [port2]);
    port1.onmessage = hear;
    port = port1;
    silence = setTimeout(ask, ANSWER_MS, { type: 'refused' });
    for (const wish of wishes.values()) hosted.tell(wish);
    if (state.open) hosted.show(true);
  };

  const hear = ({ data, ports: [near] }: MessageEvent<ToEmbed>): void => {
    const { type } = data;
    clearTimeout(silence);
    if (type === 'ready') {
      state.ready = true;
      announce(type);
    } else if (type === 'close')
      // A key or a press in the frame: the page hears later than the frame where the focus is.
      hosted.close(true);
    else if (type === 'load') {
      // As a module: nothing is left on the page, and a page that enforces Trusted Types takes it too.
      void insist<HostModule>(data.file).then(
        ({ serve }) => near && serve(near, site, core.host.shadowRoot as ShadowRoot, hosted.close),
      );
    } else if (type !== 'unread' || data.count !== state.unread) ask(data);
  };

  /** The next change of the page's asks again for a file that did not come. */
  const putBack = (): unknown =>
    core.gone ||
    load<AgainChunk>(__AGAIN_FILE__).then(
      (chunk) => chunk.putBack(hosted),
      () => undefined,
    );

  // Whichever comes first: a frame that the core makes later, for a hover or for who comes back, is met as well.
  core.warm = hosted.warm;
  if (core.frame) core.warm();
  if (settings.rules) ask({ type: 'rules' });

  return (...call) => {
    const command = !core.gone && !call[1] && call[0];
    if (call[0] === core) putBack();
    else if (command === 'open') hosted.open();
    else if (command === 'close') hosted.close();
    else ask(...call);
  };
};
