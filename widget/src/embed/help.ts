/**
 * What is said to whoever writes the page: which call is wrong, and what to write instead. Loaded when there is something to say:
 * pages whose calls are right do not pay for it.
 */
import { LABEL_MAX_LENGTH, LABEL_NAME_MAX_LENGTH, LABELS_MOST, META_MOST } from '@fullname/shared/limits';
import { isNamed } from '@fullname/shared/names-alike';
import { CALLS_A_MINUTE, FETCH_AGAIN_MS } from './bounds.ts';
import type { HelpChunk, Problem } from './contract.ts';

const NAMED_MOST = 80;
const BOUNDS = `A name has at most ${LABEL_NAME_MAX_LENGTH} characters, a text ${LABEL_MAX_LENGTH}.`;
const IDENTIFY =
  "Fullname('identify', token) with a JWT that your server signed, with { userId, hash }, both texts, or with a function that resolves to either";
/** Answered before calls.ts is asked. */
const OTHERS = ['get'];
/** The second tag's, and no page's. */
const OWN = 'twice';

/** What other chats call it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  ...{ boot: 'start', init: 'start', load: 'start', shutdown: 'logout', reset: 'logout', clear: 'logout' },
  ...{ login: 'identify', loginUser: 'identify', setUser: 'identify', trackEvent: 'track', event: 'track' },
  ...{ maximize: 'open', minimize: 'close', toggle: 'open', showNewMessage: 'open', remove: 'destroy' },
  ...{ setAttributes: 'update', set: 'update', opened: 'open', closed: 'close', off: 'on' },
};

const TEXTS: { readonly [Name in Problem]: (what: unknown, known: readonly string[]) => string } = {
  command(name, known) {
    const all = [...known.filter((one) => one !== OWN), ...OTHERS];
    return `there is no command ${named(name)}. There are: ${all.join(', ')}.${nearest(name, all)}`;
  },
  event: (event, known) =>
    `there is no event ${named(event)}. There are: ${known.join(', ')}.${nearest(event, known)}`,
  handler: (event) => `on takes a function after the event: Fullname('on', '${event}', (detail) => { … }).`,
  twice: () => 'this page has the tag twice. Remove one: the second does nothing.',
  gone: () => "it was destroyed. Call Fullname('start') first.",
  often: (name) =>
    `more than ${CALLS_A_MINUTE} calls in a minute; ${named(name)} was left out. Call it when something changes.`,
  open: () => "open takes { message: 'words for the composer' }, or nothing.",
  page: () => "page takes an address, as in Fullname('page', '/basket'), or nothing for this page's own.",
  identify: () =>
    `this is no signed token. Call ${IDENTIFY}. Without proof, { userId, name, email, phone, attributes } are labels for whoever answers; other names go into attributes.`,
  token: () => 'the function given to identify must resolve to a JWT, to { userId, hash }, or to null.',
  fetcher: (error) =>
    `the function given to identify failed; it is called again in ${FETCH_AGAIN_MS / 1000} seconds. ${error}`,
  update: () =>
    `update takes an object of texts, numbers and truths, ${LABELS_MOST} names in all: Fullname('update', { plan: 'gold' }). ${BOUNDS}`,
  track: () =>
    `track takes a name and, if need be, an object of at most ${META_MOST} texts, numbers and truths: Fullname('track', 'basket-left', { items: 3 }). ${BOUNDS}`,
  'ask-for': () =>
    "ask-for takes a person's full name, as the chat shows it: Fullname('ask-for', 'Megan Kajitani').",
  setLocale: (_, known) => `setLocale takes one of ${known.join(', ')}.`,
  setTheme: () => "setTheme takes 'auto', 'light' or 'dark'.",
  mute: () => 'mute takes true or false.',
  consent: () => 'consent takes true or false.',
};

/** Warnings, since nothing of the page is broken by them. */
export const explain: HelpChunk['explain'] = (problem, what, known = []) =>
  console.warn(`Fullname: ${TEXTS[problem](what, known)}`);

/** The frame has loaded and did not answer; the browser does not tell the page why. */
export const complain: HelpChunk['complain'] = (origin) => {
  const here = location.origin;
  console.error(
    `Fullname: the chat did not come up on ${here}. Add ${here} to the pages of this site in the console, under Settings, Sites. ` +
      `If it is there, allow "frame-src ${origin}" in this page's Content-Security-Policy, and see that ${origin} can be reached.`,
  );
};

function named(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, NAMED_MOST)}'` : `of the kind ${typeof value}`;
}

function nearest(value: unknown, names: readonly string[]): string {
  if (typeof value !== 'string') return '';
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
  const meant =
    ELSEWHERE[value] ??
    names.find((name) => isNamed([plain(name)], [plain(value)])) ??
    names.find((name) => value.length > 2 && (name.startsWith(value) || value.startsWith(name)));
  return meant && names.includes(meant) ? ` Did you mean '${meant}'?` : '';
}
