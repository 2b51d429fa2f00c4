/**
 * Everything the embed (in the host page) and the chat (in the frame) say to each other.
 * The embed hands a MessagePort to the frame with the first message, addressed to the relay's origin; the frame takes it from its
 * parent only, once. After that nobody else can speak or listen.
 */
import type { Page } from '@fullname/shared/events';

export const GREETING = 'fullname';

/** The first message, by `postMessage` on the window, with the port. */
export type Greeting = {
  readonly type: typeof GREETING;
  readonly identity: string | null;
  /** The visitor's mark was found: connect without being opened, for the unread badge. */
  readonly resume: boolean;
  /** The visitor was signed out before the frame was there. */
  readonly forget: boolean;
};

export type ToFrame =
  /** `focus`: the visitor asked for it by hand, so the composer takes the focus. */
  | { readonly type: 'open'; readonly page: Page; readonly focus: boolean }
  | { readonly type: 'close' }
  | { readonly type: 'identify'; readonly identity: string | null }
  | { readonly type: 'logout' };

export type ToEmbed =
  | { readonly type: 'close' }
  | { readonly type: 'unread'; readonly count: number }
  /** Sets or removes the first-party mark that says: this visitor has a conversation. */
  | { readonly type: 'mark'; readonly on: boolean }
  /** Asks for one of the relay's modules in the host page (`HostModule`), named by its file; the port for it comes along. */
  | { readonly type: 'load'; readonly file: string };

/** What the frame cannot do itself, and most pages never need: the broker, the phone's keyboard. `root` is the launcher's. */
export type HostModule = { serve(port: MessagePort, site: string, root: ShadowRoot): void };
