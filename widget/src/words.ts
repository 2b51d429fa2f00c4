/** What is said once there is a conversation, or something to explain; English here, Chinese in the chunks of those languages. */
import type { ErrorCode } from '@fullname/shared/errors';

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
  emailAsk: 'Leave an e-mail address, and the answer reaches you there too.',
  emailLabel: 'Your e-mail address',
  emailGive: 'Leave address',
  emailGiven: 'The answer also goes to {0}.',
  speaking: 'You are now speaking with {0}',
  handedOver: '{0} has asked {1} to help you. {2} stays your contact.',
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
  read: 'read',
  failed: 'not sent',
  edit: 'Edit',
  retry: 'Try again',
  discard: 'Discard',
  newBelow: 'New messages',
  memory: 'This browser keeps nothing for this page: the conversation is here until you leave it.',
  masked: 'For your safety we send only the last four digits of a card number.',
  today: 'Today',
  yesterday: 'Yesterday',
  language: 'Language',
  remembered: 'What we remember of you',
  TOO_LONG: 'This message is too long. Shorten it by {0} characters, or send it in parts.',
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
