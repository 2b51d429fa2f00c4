/** What the tag's script and the chunks it loads know of each other. Chunks are named by their hash, so all are of one build. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { EmbedHellos, EmbedRules, PageWords } from '@fullname/shared/page-settings';
import type { ToEmbed, ToFrame } from '../frame-messages.ts';

/** What the relay writes into the tag's script in place of its one placeholder. */
export type Settings = {
  readonly site: string;
  readonly origin: string;
  /** What the owner chose; what the page says itself comes before it. */
  readonly options?: Options;
  /** Colours and distances of the owner's, as rules after the launcher's own. */
  readonly css?: string;
  /** The languages that are offered, the fallback first, each with the owner's words for the launcher or none. All of ours otherwise. */
  readonly languages?: LauncherWords;
  /** The owner's own words for what else is said on the page. */
  readonly words?: PageWords;
  /** On which pages there is a launcher: looked at by calls.ts, which is loaded at once where this is there. */
  readonly rules?: EmbedRules;
  /** Who says hello first, and where: looked at by calls.ts too. */
  readonly hellos?: EmbedHellos;
};

type LauncherWords = { readonly [Locale in WidgetLocale]?: string };

/** `data-*` of the tag, or `window.fullnameSettings` under the same names; the tag wins. */
export type Options = {
  readonly locale?: string;
  readonly identity?: string;
  readonly openOn?: string;
  readonly theme?: string;
  readonly position?: string;
  readonly storage?: string;
  readonly consent?: string;
  readonly text?: string;
};

/** `q`: the calls that waited for the tag; the package (npm) and the tag itself know by `runs` that there is one. */
export type Api = { (...call: unknown[]): unknown; q?: unknown[][]; runs?: boolean };

declare global {
  interface Window {
    Fullname?: Api;
    /** Where the page has a `Fullname` of its own. */
    FullnameChat?: Api;
    fullnameSettings?: Options;
  }
}

/** What `Fullname('get')` gives a copy of. */
export type State = {
  /** The chat in the frame has answered. */
  ready: boolean;
  open: boolean;
  unread: number;
  /** `here`: somebody is. Not there until the chat knows. */
  availability?: 'here' | 'away' | null;
  /** `given` by the page; `refused` by the relay. */
  identity?: 'given' | 'refused' | null;
};

export type Call = [command: unknown, ...args: unknown[]];

/**
 * What the tag's script leaves to the chunk that goes on. The rest stands in the document: text and language at the element,
 * button and frame in its shadow root.
 */
export type Core = {
  readonly settings: Settings;
  readonly options: Options;
  /** Ours for the launcher; the owner's come before them. */
  readonly words: Record<WidgetLocale, string>;
  readonly state: State;
  readonly handlers: Set<readonly unknown[]>;
  /** False while consent is needed and was not given: nothing may be kept. */
  allowed: boolean;
  /** The element that is on the page now, or was last. */
  host: HTMLElement;
  /** Destroyed: whatever the page does, it does not come back by itself. */
  gone?: boolean;
  /** The one thing kept in the host page's own storage: "this visitor has a conversation" (mark.ts). */
  marked(): string | null | undefined;
  /** Draws the launcher. */
  draw(): void;
  /** Puts it on the page, with all that listens to it. */
  attach(): void;
  frame?: HTMLIFrameElement;
  /** The frame once it has loaded. */
  loaded?: HTMLIFrameElement;
  /** Makes the frame where there is none on the page; host.ts puts its own in place, which meets it too. */
  warm(): void;
};

/** host.ts: takes the core over, and then every call; the core itself as a call says that the page has taken the launcher away. */
export type HostChunk = { take(core: Core): (...call: Call) => void };

/** What host.ts can do for calls.ts, and what both know. */
export type Hosted = {
  readonly core: Core;
  /** What the page wishes of every frame that comes; of a kind, the last. */
  readonly wishes: Map<string, ToFrame>;
  /** Whom the site says the visitor is. */
  identity: string | null;
  /** Where the page says that it is; otherwise its address counts. */
  url: string | null;
  /** The frame that was greeted last may keep nothing. One that is there to remove what was kept has to find that. */
  memory: boolean;
  /** The address of the page that the visitor is on. */
  where(): string;
  /** To this frame, if there is one. */
  tell(message: ToFrame): void;
  warm(): void;
  open(): void;
  /** `inside`: whether the focus was in the chat, where that is known better than by the page. */
  close(inside?: boolean): void;
  /** Says which page the visitor is on, with the chat open. */
  show(focus: boolean): void;
};

/** What there is to do or to say beside the page's calls. */
export type News =
  | Exclude<ToEmbed, { type: 'ready' | 'close' | 'load' | 'mark' }>
  /** There is, or was, a conversation; with `on` false, no more. */
  | { readonly type: 'mark'; readonly on?: boolean }
  /** The owner has set rules for pages. */
  | { readonly type: 'rules' }
  /** The frame did not answer. */
  | { readonly type: 'refused' }
  | { readonly type: 'event'; readonly event: string; readonly detail?: unknown };

/** again.ts: what is done where a page has taken the launcher away. */
export type AgainChunk = { putBack(hosted: Hosted): void };

/** hello.ts: who says hello first, and when. Without news: the page, or what it allows, may be another one now. */
export type HelloChunk = { greet(hosted: Hosted): Greeter };
export type Greeter = { hear(news?: News): void };

/** Takes a call of the page's, or one piece of news. */
export type Calls = (...call: Call) => void;
/** calls.ts: everything but opening and closing. */
export type CallsChunk = { answer(hosted: Hosted): Calls };

/** What may be wrong with a page's call; help.ts has a text for each. */
export type Problem =
  | 'command'
  | 'event'
  | 'handler'
  | 'twice'
  | 'gone'
  | 'often'
  | 'open'
  | 'page'
  | 'identify'
  | 'token'
  | 'fetcher'
  | 'update'
  | 'track'
  | 'ask-for'
  | 'setLocale'
  | 'setTheme'
  | 'mute'
  | 'consent';
/** `what` the page said, or what became of it; `known`: what it might have said. */
export type Warn = (problem: Problem, what?: unknown, known?: readonly string[]) => void;
/** help.ts: what is said to whoever writes the page. */
export type HelpChunk = { explain: Warn; complain(origin: string): void };
