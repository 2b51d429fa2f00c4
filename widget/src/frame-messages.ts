/**
 * Everything the embed (in the host page) and the chat (in the frame) say to each other.
 * The embed hands a MessagePort to the frame with the first message, addressed to the relay's origin; the frame takes it from its
 * parent only, once. After that nobody else can speak or listen.
 */
import type { Page } from '@fullname/shared/events';
import type { Attributes } from '@fullname/shared/page-data';

export const GREETING = 'fullname';

/** The first message, by `postMessage` on the window, with the port. */
export type Greeting = {
  readonly type: typeof GREETING;
  readonly identity: string | null;
  /** The visitor's mark was found: connect without being opened, for the unread badge. */
  readonly resume: boolean;
  /** Keep nothing: the page asks for that, or there is no consent to more. */
  readonly memory: boolean;
};

export type ToFrame =
  /** Also when the visitor has come to another page with the chat open. `focus`: asked for by hand, so the composer takes it. */
  | { readonly type: 'open'; readonly page: Page; readonly focus: boolean }
  | { readonly type: 'close' }
  | { readonly type: 'identify'; readonly identity: string | null }
  | { readonly type: 'logout' }
  | PageWish;

/** What a page may ask of the chat beyond that; a chunk of the frame's answers it (page-wishes.ts). */
export type PageWish =
  /** Words for the composer, in front of the visitor, who sends them or not. */
  | { readonly type: 'prefill'; readonly message: string }
  | { readonly type: 'theme'; readonly dark: boolean }
  | { readonly type: 'locale'; readonly locale: string }
  | { readonly type: 'mute'; readonly on: boolean }
  /** All that the page has said; null where it is somebody else's now. */
  | { readonly type: 'update'; readonly attributes: Attributes | null }
  /** `since`: when it was called, in milliseconds since 1970. */
  | { readonly type: 'track'; readonly name: string; readonly meta: Attributes; readonly since: number }
  | { readonly type: 'ask-for'; readonly name: string }
  /** The visitor has pressed this hello of the page's: it stands in the chat as that person's first words. */
  | { readonly type: 'hello'; readonly hello: string; readonly person: string }
  /** Whether a conversation is under way; answered once that is known. */
  | { readonly type: 'under-way' }
  /** The page listens: say what happens. */
  | { readonly type: 'watch' };

export type ToEmbed =
  /** Answers the greeting. */
  | { readonly type: 'ready' }
  | { readonly type: 'close' }
  | { readonly type: 'unread'; readonly count: number }
  /** Sets or removes the first-party mark that says: this visitor has a conversation. */
  | { readonly type: 'mark'; readonly on: boolean }
  /** Asks for one of the relay's modules in the host page (`HostModule`), named by its file; the port for it comes along. */
  | { readonly type: 'load'; readonly file: string }
  /** Signed out: nothing is kept any more. */
  | { readonly type: 'left' }
  | { readonly type: 'under-way'; readonly on: boolean }
  /** To those who watch. */
  | { readonly type: 'event'; readonly event: string; readonly detail?: unknown };

/**
 * What the frame cannot do itself, and most pages never need: the broker, the phone's keyboard and its way back. `root` is the
 * launcher's; `close` closes the chat.
 */
export type HostModule = {
  serve(port: MessagePort, site: string, root: ShadowRoot, close: () => void): void;
};
