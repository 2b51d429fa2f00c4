/** Every visible word, English here and Chinese as lazy chunks. `{0}`, `{1}` stand for names, times and numbers. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Locale } from '@fullname/shared/locale';

/** What a visitor can be refused; each text says what to do next. */
export type VisitorError = Extract<
  ErrorCode,
  | 'TOO_LONG'
  | 'UNREADABLE'
  | 'CONFLICT'
  | 'BLOCKED'
  | 'BAD_EMAIL'
  | 'BAD_IDENTITY'
  | 'UNKNOWN_SITE'
  | 'BAD_ORIGIN'
  | 'INVALID_PAYLOAD'
>;

export const en = {
  title: 'Talk to a person',
  close: 'Close the chat',
  more: 'More',
  thread: 'Conversation',
  newThread: 'Your conversation begins here.',
  intro: 'A person reads what you write, and answers with their full name.',
  or: '{0} or {1}',
  likely: 'likely to answer you',
  likelyOne: 'likely to answer you · {0}',
  here: 'here now',
  away: 'not here now',
  backAt: 'back at {0}',
  backOn: 'back {0}',
  within: 'Usually an answer within {0}–{1} minutes.',
  about: 'Usually an answer in about {0} min.',
  soon: 'Somebody is here and answers as soon as they can.',
  nobody: 'Nobody is here just now.',
  nobodyUntil: 'Nobody is here just now; we are back at {0}.',
  nobodyUntilDay: 'Nobody is here just now; we are back {0}.',
  taken: 'Your message is kept, and a person answers it.',
  emailAsk: 'Leave an e-mail address, and the answer reaches you there too.',
  emailLabel: 'Your e-mail address',
  emailGive: 'Leave address',
  emailGiven: 'The answer also goes to {0}.',
  speaking: 'You are now speaking with {0}',
  handedOver: '{0} has asked {1} to help you. {2} stays your contact.',
  contact: '{0} stays your contact.',
  typing: '{0} is writing…',
  farewell: 'Goodbye from {0}',
  reopen: 'Write again any time: the conversation goes on.',
  transcript: 'Download this conversation',
  welcomeBack: 'Welcome back.',
  welcomeBackName: 'Welcome back, {0}.',
  isHere: '{0} is here.',
  isAway: '{0} is not here now.',
  isBackAt: '{0} is back at {1}.',
  isBackOn: '{0} is back {1}.',
  older: 'Earlier messages',
  you: 'You',
  says: '{0} says: ',
  sending: 'sending',
  sent: 'sent',
  read: 'read',
  failed: 'not sent',
  edit: 'Edit',
  retry: 'Try again',
  discard: 'Discard',
  write: 'Write a message…',
  writeTo: 'Write to {0}…',
  message: 'Message',
  send: 'Send',
  newBelow: 'New messages',
  lost: 'No connection just now. Write on: it is sent when the line is back.',
  memory: 'This browser keeps nothing for this page: the conversation is here until you leave it.',
  today: 'Today',
  yesterday: 'Yesterday',
  language: 'Language',
  TOO_LONG: 'This message is too long. Shorten it by {0} characters, or send it in parts.',
  UNREADABLE: 'Some characters cannot be stored. Remove unusual symbols and send it again.',
  CONFLICT: 'Something else was sent under this number. Send it again as a new message.',
  BLOCKED: 'Messages from this browser are not accepted here. Write to the company another way.',
  BAD_EMAIL: 'This address does not look right. Check it and try again.',
  BAD_IDENTITY: 'The page could not prove who you are. You can write all the same.',
  UNKNOWN_SITE: 'This chat is not set up for this page. The owner of the page can check the tag.',
  BAD_ORIGIN: 'This page may not open the chat. The owner can add it to the allowed pages.',
  INVALID_PAYLOAD: 'That was not understood. Reload the page and try again.',
};

export type Strings = { readonly [Key in keyof typeof en]: string };

/** Fails to compile when a refusal has no words. */
type Complete = VisitorError extends keyof Strings ? true : never;
export const COMPLETE: Complete = true;

export function loadStrings(locale: Locale): Strings | Promise<Strings> {
  if (locale === 'zh-Hans') return import('./strings-zh-hans.ts').then((chunk) => chunk.strings);
  if (locale === 'zh-Hant') return import('./strings-zh-hant.ts').then((chunk) => chunk.strings);
  return en;
}

/** A text with its places filled: by strings, or by elements where names are drawn. */
export function fill<Part>(text: string, ...parts: Part[]): (string | Part)[] {
  return text.split(/\{(\d)\}/).map((piece, index) => (index % 2 ? (parts[Number(piece)] ?? '') : piece));
}

export function say(text: string, ...parts: (string | number)[]): string {
  return fill(text, ...parts).join('');
}

export function errorText(strings: Strings, code: ErrorCode): string {
  return code in strings ? strings[code as VisitorError] : strings.INVALID_PAYLOAD;
}
