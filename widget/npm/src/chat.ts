/** The chat of a page, and its one handle. Its own code comes from the relay in a browser, and is always of the relay's release. */

/** Where the chat is, and what the page says of it; docs/install.md explains each. */
export type ChatOptions = {
  /** The relay: `https://chat.example.com`. */
  readonly origin: string;
  /** The site's key, from the tag in the console. */
  readonly site: string;
  readonly locale?: ChatLocale;
  readonly theme?: 'auto' | 'light' | 'dark';
  readonly position?: 'right' | 'left';
  /** In place of "Talk to a person". */
  readonly text?: string;
  /** A selector; a click on what it matches opens the chat. */
  readonly openOn?: string;
  /** Nothing is kept. */
  readonly storage?: 'memory';
  /** Nothing is loaded, kept or connected before `consent(true)`. */
  readonly consent?: 'required';
  readonly identity?: Identity;
};

export type ChatLocale = 'en' | 'zh-Hans' | 'zh-Hant' | 'es' | 'fr' | 'de' | 'ja' | 'ar';

/** A token, or the easy way. */
export type Proof = string | Hashed;
type Hashed = { readonly userId: string; readonly hash: string; readonly kid?: string };
/** What your page says of its visitor: labels that the agent sees. Without a proof beside them they open nothing. */
export type Labels = {
  readonly userId?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly attributes?: Plain;
};
/**
 * A proof made by your server, a function that fetches one (called again before it ends), either with labels beside it, labels alone,
 * or null for nobody.
 */
export type Identity =
  | string
  | (Hashed & Labels)
  | Labels
  | ({ readonly token: string } & Labels)
  | null
  | (() => Promise<Proof | null>);

export type ChatEvents = {
  readonly ready: undefined;
  readonly open: undefined;
  readonly close: undefined;
  readonly unread: number;
  /** Who wrote and when, never the words. */
  readonly message: { readonly from: string; readonly name: string | null; readonly at: string };
  readonly conversationStarted: { readonly id: string };
  readonly conversationEnded: { readonly id: string };
  readonly agentJoined: { readonly name: string };
  readonly availability: 'here' | 'away' | null;
  readonly identity: 'refused' | null;
  readonly error: { readonly code: string };
};

export type ChatState = {
  /** The chat has answered. */
  readonly ready: boolean;
  readonly open: boolean;
  readonly unread: number;
  readonly availability?: 'here' | 'away' | null;
  readonly identity?: 'given' | 'refused' | null;
};

export type Plain = Readonly<Record<string, string | number | boolean | null>>;

export type ChatHandle = {
  /** `message` stands in the composer; the visitor sends it or not. */
  open(wish?: { readonly message: string }): void;
  close(): void;
  /** The launcher. */
  show(): void;
  hide(): void;
  identify(identity: Identity): void;
  /** Labels that the agent sees; they prove nothing. */
  update(attributes: Plain): void;
  track(name: string, meta?: Plain): void;
  /** Only where the address does not say where the visitor is. */
  page(address?: string): void;
  /** Opens the chat and asks for a person by their full name. */
  askFor(name: string): void;
  setLocale(locale: ChatLocale): void;
  setTheme(theme: 'auto' | 'light' | 'dark'): void;
  mute(on: boolean): void;
  consent(given: boolean): void;
  /** The next person at this browser finds nothing. */
  logout(): void;
  /** Off the page, with all that was kept. `createChat` brings it back. */
  destroy(): void;
  get(): ChatState;
  /** Returns a function that ends it. */
  on<Event extends keyof ChatEvents>(event: Event, handler: (detail: ChatEvents[Event]) => void): () => void;
};

/** The chat of this page: made once, and the same one for every later call, which may say more of how it is to be. */
export function createChat(options: ChatOptions): ChatHandle {
  if (typeof window === 'undefined') return handle;
  const { origin, site, identity, ...said } = options;
  const src = `${origin.replace(/\/+$/, '')}/w/${site}.js`;
  if (made === '') {
    made = src;
    load(src);
  }
  if (made === src) settle(said);
  else
    console.warn(
      `Fullname: this page has the chat ${made} already; ${src} was left out. There is one on a page.`,
    );
  if (destroyed) call('start');
  destroyed = false;
  if (identity !== undefined) call('identify', identity);
  return handle;
}

type Api = { (...command: unknown[]): unknown; q?: unknown[][]; runs?: boolean };
type ChatWindow = Window & { Fullname?: Api; FullnameChat?: Api; fullnameSettings?: object };

const BEFORE: ChatState = { ready: false, open: false, unread: 0 };
/** A relay that is not there now is asked again, each time a little later. */
const RETRY_MS = 5_000;
const RETRIES = 5;

type Said = Omit<ChatOptions, 'origin' | 'site' | 'identity'>;

let made = '';
let destroyed = false;
/** What the chat was told of how it is to be. */
let settled: Said = {};

/** One component of a page may know of the chat before another that says more of it; and what it says may change. */
function settle(said: Said): void {
  const given = Object.entries(said).filter(
    // What a component was not given is for the owner's settings to say.
    ([name, value]) => value !== undefined && value !== settled[name as keyof Said],
  );
  const { locale, theme, ...rest } = Object.fromEntries(given) as Said;
  settled = { ...settled, ...Object.fromEntries(given) };
  const page = window as ChatWindow;
  if (!page[nameOn(page)]?.runs) {
    page.fullnameSettings = { ...page.fullnameSettings, ...Object.fromEntries(given) };
    return;
  }
  if (locale) call('setLocale', locale);
  if (theme) call('setTheme', theme);
  const late = Object.keys(rest);
  if (late.length > 0)
    console.warn(`Fullname: ${late.join(', ')} came after the chat. Say it with the first createChat.`);
}

/** There is one chat on a page. What is called before it is made waits for it. */
export const handle: ChatHandle = {
  open: (wish) => void (wish ? call('open', wish) : call('open')),
  close: () => void call('close'),
  show: () => void call('show'),
  hide: () => void call('hide'),
  identify: (identity) => void call('identify', identity),
  update: (attributes) => void call('update', attributes),
  track: (name, meta = {}) => void call('track', name, meta),
  page: (address) => void (address === undefined ? call('page') : call('page', address)),
  askFor: (name) => void call('ask-for', name),
  setLocale: (locale) => void call('setLocale', locale),
  setTheme: (theme) => void call('setTheme', theme),
  mute: (on) => void call('mute', on),
  consent: (given) => void call('consent', given),
  logout: () => void call('logout'),
  destroy() {
    call('destroy');
    destroyed = true;
  },
  get: () => (call('get') as ChatState | undefined) ?? BEFORE,
  on: (event, handler) => listen(event, handler as (detail: unknown) => void),
};

/** The page may have a `Fullname` of its own: the chat's is called otherwise then. */
function nameOn({ Fullname }: ChatWindow): 'Fullname' | 'FullnameChat' {
  return Fullname && !Fullname.q && !Fullname.runs ? 'FullnameChat' : 'Fullname';
}

/** Nothing happens on a server. */
function call(...command: unknown[]): unknown {
  if (typeof window === 'undefined') return undefined;
  const page = window as ChatWindow;
  const name = nameOn(page);
  const api = page[name] ?? queue();
  page[name] = api;
  return api(...command);
}

/** Before the chat's script is there, its way to end the listening is not either: whether it has ended is kept here. */
function listen(event: string, handler: (detail: unknown) => void): () => void {
  let ended = false;
  const end = call('on', event, (detail: unknown) => {
    if (!ended) handler(detail);
  });
  return () => {
    ended = true;
    if (typeof end === 'function') end();
  };
}

/** What the chat's script makes up for when it comes. */
function queue(): Api {
  const api: Api = (...command) => {
    if (command[0] === 'get') return undefined;
    api.q?.push(command);
    return undefined;
  };
  api.q = [];
  return api;
}

/** As a module: a page that enforces Trusted Types takes no script's address from a script, and needs no policy for this. */
function load(src: string, attempt = 0): void {
  // A browser may remember a module that did not come: the next try has another address.
  import(/* webpackIgnore: true */ /* @vite-ignore */ `${src}${attempt ? `?${attempt}` : ''}`).catch(() => {
    if (attempt < RETRIES) setTimeout(load, RETRY_MS * 2 ** attempt, src, attempt + 1);
    else
      console.warn(
        `Fullname: ${src} cannot be reached. See that the relay is there and that script-src allows it.`,
      );
  });
}
