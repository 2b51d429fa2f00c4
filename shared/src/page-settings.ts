/** What of an owner's settings goes into a page: with the tag's script, and with the chat's document. Only what is not as usual. */
import { WIDGET_LOCALES, type WidgetLocale } from './locale.ts';
import {
  type Appearance,
  ATTACHMENT_USUAL_BYTES,
  type CallBackRules,
  type OpeningHours,
  type PageRules,
  type PreChat,
  type PublicSettings,
} from './site-settings.ts';

/** What the chat in its frame knows. */
export type FrameSettings = Pick<
  PublicSettings,
  'languages' | 'strings' | 'otherWays' | 'consent' | 'attachments' | 'sounds' | 'push' | 'identityRequired'
> &
  Pick<Appearance, 'welcome' | 'theme'> & {
    /** Null: always open. */
    readonly hours: OpeningHours | null;
    /** Null: nothing is asked. */
    readonly preChat: PreChat | null;
    readonly callBack: Pick<CallBackRules, 'on'>;
  };

/** Where an owner has set nothing. */
export const USUAL_IN_FRAME: FrameSettings = {
  languages: { offered: WIDGET_LOCALES, fallback: 'en' },
  strings: {},
  otherWays: [],
  consent: 'none',
  attachments: { on: true, maxBytes: ATTACHMENT_USUAL_BYTES },
  sounds: { on: true },
  push: { on: false },
  identityRequired: false,
  welcome: '',
  theme: 'auto',
  hours: null,
  preChat: null,
  callBack: { on: true },
};

/** What the tag's script must look at before anybody asks for the chat. */
export type EmbedRules = { readonly pages?: PageRules };

export type EmbedHellos = {
  readonly rules: readonly EmbedHello[];
  /** Only to those whom the page says are signed in: nobody else may write. */
  readonly signed?: true;
};

/** Of a hello, what a page looks at by itself. What is missing excludes nobody; `after` is in seconds, and missing none. */
export type EmbedHello = {
  readonly id: string;
  readonly pages?: readonly string[];
  readonly after?: number;
  readonly returning?: boolean;
  readonly locale?: WidgetLocale;
};

/** Words that stand on the owner's page itself: of these, the owner's own come with the tag's script. */
export const WORDS_ON_PAGE = ['unread', 'helloHere', 'helloAnswer', 'helloClose'] as const;
/** Words of the page behind a mail's link, into which the relay writes the owner's own. */
export const WORDS_OF_LINK = ['linkOpening', 'linkOver', 'linkOffline', 'linkAgain'] as const;

/** Words of the page on which a device is told of answers, in the same way. */
export const WORDS_OF_DEVICE = [
  ...['deviceTitle', 'deviceLead', 'deviceShown', 'deviceOthers', 'deviceToStop', 'deviceYes'],
  ...['deviceWait', 'deviceOn', 'deviceAlready', 'deviceElsewhere', 'deviceStop', 'deviceStopped'],
  ...['deviceRefused', 'deviceCannot', 'deviceNoService', 'deviceOver', 'deviceLost', 'deviceAgain'],
] as const;

export type PageWord = (typeof WORDS_ON_PAGE)[number];
export type LinkWord = (typeof WORDS_OF_LINK)[number];
export type DeviceWord = (typeof WORDS_OF_DEVICE)[number];
export type PageWords = { readonly [Locale in WidgetLocale]?: { readonly [Word in PageWord]?: string } };

/** Whether the chat is shown on a page of this address. */
export function isChatPage({ only, never }: PageRules, url: string): boolean {
  return (only.length === 0 || isOneOf(only, url)) && !isOneOf(never, url);
}

/**
 * Whether an address is one of those that patterns name: `*` is any run of characters; a pattern that begins with `/` is compared
 * with the path, any other with origin and path.
 */
export function isOneOf(patterns: readonly string[], url: string): boolean {
  const [page = ''] = url.split(/[?#]/);
  const path = page.replace(/^[^/]*\/\/[^/]*/, '') || '/';
  return patterns.some((pattern) => fits(pattern, pattern.startsWith('/') ? path : page));
}

/** Piece by piece and without a regular expression, whose time a pattern of many `*` would make long. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
