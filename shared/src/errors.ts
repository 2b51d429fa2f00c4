/** A closed set of codes, one English text each that says what to do next; the ends translate by code. Every ack is a Result. */
export const ERROR_TEXTS = {
  INVALID_PAYLOAD: 'That request was not understood. Reload the page and try again.',
  TOO_LONG: 'This message is too long. Shorten it to 4,000 characters, or send it in parts.',
  EMPTY: 'There is nothing to send yet. Write a few words first.',
  UNREADABLE: 'Some characters in this text cannot be stored. Remove unusual symbols and send it again.',
  UNKNOWN_CONVERSATION: 'This conversation is not open to you. Start a new one.',
  UNKNOWN: 'That is not there, or not open to you. Go back and choose again.',
  CONFLICT: 'Something else was already sent under this id. Write it again as a new message.',
  BLOCKED: 'Messages from this browser are not accepted here. Write to the company another way.',
  NOT_YOURS: 'Somebody else has this conversation. Ask them to hand it over, or leave a note.',
  NOT_TAKEN: 'Take this conversation before you answer.',
  TAKEN: 'Somebody else has just taken this conversation. You can leave them a note.',
  ANSWERED: 'Somebody else has answered in between. Read their words, then send or change yours.',
  CLOSED: 'This conversation is closed. Reopen it first.',
  NOT_HERE: 'This person is not here now. Choose somebody who is.',
  FORBIDDEN: 'Your role does not allow this. Ask an owner.',
  SIGNED_OUT: 'You are signed out. Sign in again; your drafts are kept.',
  WRONG_PASSWORD: 'E-mail address or password is not right. Check both and try again.',
  WEAK_PASSWORD:
    'This password is too short or too well known. Use at least 15 characters, for example four words.',
  BAD_CODE: 'This code is not right, or holds no more. Check it, or have a new one sent.',
  LINK_USED: 'This link was used already or has expired. Ask an owner for a new one.',
  FULL_NAME: 'A visitor speaks with a person by full name. Give both a given and a family name.',
  EMAIL_TAKEN: 'Somebody with this e-mail address is here already. Use another address.',
  LAST_OWNER: 'There must be one active owner. Make somebody else an owner first.',
  BAD_EMAIL: 'This e-mail address does not look right. Check it and try again.',
  BAD_TOKEN: 'This browser is no longer recognised. Your next message starts a new conversation.',
  BAD_IDENTITY: 'The page could not prove who you are. You can write all the same.',
  IDENTITY_REQUIRED: 'Here you write as somebody who is signed in. Sign in on this page, then send it again.',
  UNKNOWN_SITE: 'This chat is not set up for this page. The owner of the page can check the tag.',
  BAD_ORIGIN: 'This page may not open the chat. The owner can add it to the allowed pages.',
  OLD_PROTOCOL:
    'This page is older than the relay. Reload it if it does not do so by itself; your words are kept.',
  NEW_PROTOCOL:
    'This page is newer than the relay, which is being replaced. It connects by itself; your words are kept.',
  BAD_SETTINGS: 'One of these settings cannot be used. Look at the marks, change it and save again.',
  BAD_HOST:
    'One of these pages cannot be allowed. Write https://shop.example, or https://*.shop.example for every name below it; never names that strangers share.',
  BAD_KEY: 'This is no public Ed25519 key. Paste the text that begins with BEGIN PUBLIC KEY.',
  KEYS_ENOUGH: 'Two keys of this kind are in use already. Retire one, then make the next.',
  BAD_PATTERN: 'A pattern of this rule cannot be read. Look at the mark beside it and write it again.',
  EXAMPLES_FAIL: 'The rule does not do what its examples say. Change the patterns or the examples.',
  DECIDED: 'This proposal was decided in between. Look at it again.',
  NOTHING_TO_PUBLISH: 'Nothing is accepted yet. Accept a proposal first.',
  MERGED:
    'This record has a part in another merge. Open the record that is kept, or undo the later merge first.',
  SECRET: 'This message asks for a secret or gives one out. Use the verification step instead.',
  MAIL_OFF: 'E-mail is not set up here. Reach the customer another way, or ask an owner to set it up.',
  MAIL_UNPROVEN: 'Nobody has proven that this address is this customer’s. Reach them another way.',
  MAIL_ENOUGH: 'This customer has had enough e-mail for now. Wait a day, or reach them another way.',
  CHANGED: 'Somebody has changed this record in between. Look at their words, then save yours again.',
  WRONG_ORDER: 'One step comes before this one. Take the steps in their order.',
  WANTS_FIRST: 'Ask first what would put this right, and write down the answer. Then offer.',
  FIX_FIRST: 'Say first how it was put right. The cause comes after that.',
  EXTRA_FIRST: 'Nothing extra was recorded. Say what was added, or why nothing was.',
  NOT_ALLY: 'This is the ally’s to do. Ask them, or leave it to an owner.',
  ENDED: 'This was done or waived in between. Look at it again.',
  OVER_BUDGET: 'This is above what is left of your budget. Ask a colleague by name.',
  NEEDS_ANOTHER_WAY: 'A no needs another way, or one of the five reasons. Add what could be done instead.',
  SUCCESSOR: 'Customers and tasks hang on this person. Say by name who takes over.',
  TOO_LATE: 'This time has passed. Choose a later one, or make a new record.',
  SLOT_TAKEN: 'Somebody else has just taken this time. Choose another one.',
  FILE_TOO_LARGE: 'This file is too large. Send a smaller one, or a part of it.',
  FILE_REFUSED: 'This file cannot be taken. Send a JPEG, PNG, GIF or WebP picture, a PDF or plain text.',
  FILES_OFF: 'Files are not taken here. Describe it in words, or ask for another way.',
  TOO_MANY: 'That was a little fast. Wait a moment; it is tried again by itself.',
  UNAVAILABLE: 'The relay cannot store this right now. It is tried again by itself.',
} as const;

export type ErrorCode = keyof typeof ERROR_TEXTS;

/** Codes that a later try may mend; the outbox keeps trying these and shows the others as failed. */
export const PASSING: readonly ErrorCode[] = [
  'TOO_MANY',
  'UNAVAILABLE',
  'OLD_PROTOCOL',
  'NEW_PROTOCOL',
  'SIGNED_OUT',
];

export type Failed = { readonly ok: false; readonly code: ErrorCode };
export type Result<Value> = { readonly ok: true; readonly value: Value } | Failed;

export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function failed(code: ErrorCode): Failed {
  return { ok: false, code };
}
