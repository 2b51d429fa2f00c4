/** What the page and the reader's own thread tell each other. Everything is plain data, so that it can be copied across. */
import type { Conversation } from '@fullname/shared/reader/conditions';
import type { DraftState, Reading } from '@fullname/shared/reader/reading';
import type { Condition, Rule } from '@fullname/shared/reader/rule';

/** What is known of the conversation in which somebody writes. */
export type About = {
  readonly conversation: Conversation;
  readonly state: Omit<DraftState, 'conditions'>;
};

/** What follows from it, whatever the draft says. Wishes are in the customer's own words. */
export type Facts = {
  readonly conditions: readonly Condition[];
  /** The last thing they wished for; null when nothing was. */
  readonly wish: string | null;
  /** True while nobody of us has said a word since. */
  readonly isOpen: boolean;
  /** Another way stands in this agent's words since. */
  readonly isOffered: boolean;
};

/** A seat is one field in which one person writes. */
export type ToReader =
  | { readonly kind: 'rules'; readonly rules: readonly Rule[] }
  | { readonly kind: 'about'; readonly seat: number; readonly about: About }
  | { readonly kind: 'read'; readonly seat: number; readonly number: number; readonly draft: string }
  | { readonly kind: 'leave'; readonly seat: number };

export type Answer = {
  readonly draft: string;
  readonly reading: Reading;
  /** Where payment card numbers stand: they are masked on their way out. */
  readonly cards: readonly { readonly from: number; readonly to: number }[];
  /** Sentences that name an action with a time or a place. */
  readonly concrete: readonly string[];
  readonly facts: Facts;
};

export type FromReader = { readonly seat: number; readonly number: number; readonly answer: Answer };
