/** What holds of a conversation while a draft is written. */
import type { ConversationDetail, CustomerPane, Entry } from '../model.ts';
import { fold } from './fold.ts';
import { inHurry } from './hurry.ts';
import { isConcrete } from './refusal.ts';
import { CONDITIONS, type Condition } from './rule.ts';
import { makeOwn, spanIn } from './words/own.ts';
import {
  EMAIL,
  NAMES_SELF,
  NO_WISH_EN,
  NO_WISH_ZH,
  ORDER,
  PHONE,
  WISHES_EN,
  WISHES_ZH,
} from './words/wishing.ts';

export type Conversation = {
  /** As far as the log is loaded, oldest first. */
  readonly entries: readonly Entry[];
  readonly detail: Pick<ConversationDetail, 'name' | 'email' | 'status'>;
  readonly pane: CustomerPane;
  readonly before: { readonly conversations: number };
  readonly me: string;
  readonly purpose: 'reply' | 'farewell' | 'hand-over';
};

/** In the order of `CONDITIONS`. */
export function conditionsOf(conversation: Conversation): readonly Condition[] {
  return CONDITIONS.filter((condition) => HOLDS[condition](conversation));
}

/**
 * The customer's wish in one turn, in their own words: the last sentence that asks for something. Null where none does; what is
 * quoted or linked asks for nothing.
 */
export function requestIn(turn: string): string | null {
  const own = makeOwn(turn);
  const wish = own.sentences.findLast(({ text, isChinese }) =>
    isChinese
      ? WISHES_ZH().test(text) && !NO_WISH_ZH().test(text)
      : WISHES_EN.test(text) && !NO_WISH_EN.test(text),
  );
  if (!wish) return null;
  const { from, to } = spanIn(own, wish.from, wish.to);
  return turn.slice(from, to);
}

const HOLDS: { readonly [Name in Condition]: (conversation: Conversation) => boolean } = {
  'open-failure': ({ pane, entries }) =>
    pane.pleaseKnow.some(({ stage, owed }) => stage !== 'closed' || owed !== null) ||
    entries.some(({ kind }) => kind === 'failure-logged'),
  hurry: (conversation) => inHurry(heard(conversation)),
  'first-reply': (conversation) => !conversation.entries.some((entry) => isMine(entry, conversation.me)),
  closing: ({ purpose }) => purpose === 'farewell',
  returning: ({ before }) => before.conversations > 0,
  'alternative-offered': hasOffered,
  'order-known': (conversation) => tells(conversation, ORDER),
  'email-known': (conversation) =>
    Boolean(
      conversation.detail.email || conversation.pane.claims.email || conversation.pane.customer?.email,
    ) ||
    conversation.entries.some((entry) => entry.kind === 'email-given' && entry.email !== '') ||
    tells(conversation, EMAIL),
  'phone-known': (conversation) => tells(conversation, PHONE),
  'name-known': (conversation) =>
    Boolean(conversation.detail.name || conversation.pane.claims.name || conversation.pane.customer?.name) ||
    heard(conversation).some((words) => NAMES_SELF.test(words)),
  'handing-over': ({ purpose }) => purpose === 'hand-over',
};

/** A concrete alternative in this agent's words, after the customer asked for something. */
function hasOffered({ entries, me }: Conversation): boolean {
  let isAsked = false;
  for (const entry of entries) {
    if (!isWords(entry)) continue;
    if (entry.author.kind === 'visitor') isAsked ||= requestIn(entry.text) !== null;
    else if (isAsked && isMine(entry, me) && isConcrete(entry.text)) return true;
  }
  return false;
}

function tells(conversation: Conversation, what: RegExp): boolean {
  return heard(conversation).some((words) => what.test(fold(words).text));
}

function heard({ entries }: Conversation): string[] {
  return entries.filter(isWords).flatMap(({ author, text }) => (author.kind === 'visitor' ? [text] : []));
}

function isWords(entry: Entry): entry is Extract<Entry, { kind: 'message' | 'hello' | 'farewell' }> {
  return entry.kind === 'message' || entry.kind === 'hello' || entry.kind === 'farewell';
}

function isMine(entry: Entry, me: string): boolean {
  return isWords(entry) && entry.author.kind === 'agent' && entry.author.person.id === me;
}
