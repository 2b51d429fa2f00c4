/** What is said once there is a conversation, or something to explain; English here, other languages in chunks of their own. */
import type { ErrorCode } from '@fullname/shared/errors';
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import type { WidgetLocale } from '@fullname/shared/locale';
import { say } from './strings.ts';

/** What a visitor can be refused; each text says what to do next. */
export type VisitorError = Extract<
  ErrorCode,
  | 'TOO_LONG'
  | 'UNREADABLE'
  | 'CONFLICT'
  | 'BLOCKED'
  | 'BAD_EMAIL'
  | 'BAD_IDENTITY'
  | 'IDENTITY_REQUIRED'
  | 'UNKNOWN_SITE'
  | 'BAD_ORIGIN'
  | 'OLD_PROTOCOL'
  | 'INVALID_PAYLOAD'
>;

export const en = {
  thread: 'Conversation',
  taken: 'Your message is kept, and a person answers it.',
  likelyWho: '{0} is likely to answer you.',
  /** “Can”: where the relay has no mail server, it is a person who writes there. */
  emailAsk: 'Leave an e-mail address, and we can answer you there too.',
  emailLabel: 'Your e-mail address',
  emailGive: 'Leave address',
  emailGiven: 'We can also answer you at {0}.',
  speaking: 'You are now speaking with {0}',
  handedOver: '{0} has asked {1} to help you. {2} stays your contact.',
  asked: 'You asked for {0}.',
  introduced: 'You said of yourself: {0}',
  byPage: 'hello on the page',
  typing: '{0} is writing…',
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
  delivered: 'delivered',
  read: 'read',
  failed: 'not sent',
  edit: 'Edit',
  retry: 'Try again',
  discard: 'Discard',
  newBelow: 'New messages',
  latest: 'Jump to the latest',
  memory: 'This browser keeps nothing for this page: the conversation is here until you leave it.',
  masked: 'For your safety we send only the last four digits of a card number.',
  today: 'Today',
  yesterday: 'Yesterday',
  language: 'Language',
  remembered: 'What we remember of you',
  attach: 'Send a file',
  sounds: 'Sounds',
  /** `{one:…|other:…}` is the noun of the number before it, by the plural categories of the language. */
  TOO_LONG:
    'This message is too long. Shorten it by {0} {one:character|other:characters}, or send it in parts.',
  UNREADABLE: 'Some characters cannot be stored. Remove unusual symbols and send it again.',
  CONFLICT: 'Something else was sent under this number. Send it again as a new message.',
  BLOCKED: 'Messages from this browser are not accepted here. Write to the company another way.',
  BAD_EMAIL: 'This address does not look right. Check it and try again.',
  BAD_IDENTITY: 'The page could not prove who you are. You can write all the same.',
  IDENTITY_REQUIRED: 'Here you write as somebody who is signed in. Sign in on this page, then send it again.',
  UNKNOWN_SITE: 'This chat is not set up for this page. The owner of the page can check the tag.',
  OLD_PROTOCOL: 'This chat was renewed. Reload the page; your words are kept.',
  BAD_ORIGIN: 'This page may not open the chat. The owner can add it to the allowed pages.',
  INVALID_PAYLOAD: 'That was not understood. Reload the page and try again.',
} satisfies Record<VisitorError, string> & Record<string, string>;

export type Words = { readonly [Key in keyof typeof en]: string };

export function errorText(words: Words, code: ErrorCode): string {
  return code in words ? words[code as VisitorError] : words.INVALID_PAYLOAD;
}

/** Why these words are refused where they are too long; null where they are not. */
export function tooLong(text: string, speech: { words: Words; locale: WidgetLocale }): string | null {
  const over = text.length - MESSAGE_MAX_LENGTH;
  return over > 0 ? sayCount(speech.words.TOO_LONG, over, speech.locale) : null;
}

/** A text about a number, with its noun in the form that the number takes. */
export function sayCount(text: string, count: number, locale: WidgetLocale): string {
  const wanted = new Intl.PluralRules(locale).select(count);
  const chosen = text.replace(/\{(\w+:[^}]*)\}/, (_, list: string) => {
    const forms = new Map(list.split('|').map((form) => form.split(':') as [string, string]));
    return forms.get(wanted) ?? forms.get('other') ?? '';
  });
  return say(chosen, count);
}
