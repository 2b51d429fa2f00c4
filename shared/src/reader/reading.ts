/** What the reader over the shoulder is given and what it gives back; read.ts fills it. Offsets are UTF-16 code units of the draft. */
import type { Locale } from '../locale.ts';
import type { Situation } from '../situation.ts';
import type { Condition, Rule, RuleLevel } from './rule.ts';

/** What is known while a draft is written. Made by conditions.ts from a conversation, or by hand for an example. */
export type DraftState = {
  /** The conversation's language; which rules are read is decided by the draft's own script as well. */
  readonly locale: Locale;
  readonly agent: { readonly fullName: string; readonly given: string; readonly family: string };
  /** As the customer is called here; null while nobody knows. */
  readonly customerName: string | null;
  readonly conditions: readonly Condition[];
  /** The moment of the conversation; unknown: rules for any moment are read. */
  readonly situation?: Situation;
  /** The agent's own earlier words in this conversation, oldest first. */
  readonly said: readonly string[];
  /** The customer's words in this conversation, oldest first. */
  readonly heard: readonly string[];
  /** Addresses and numbers that may be told to anybody: the company's own, and this customer's. */
  readonly ownContacts: readonly string[];
};

type Span = { readonly from: number; readonly to: number };

/** A rule of the book that fires on a draft. */
export type RuleFinding = Span & {
  readonly rule: Rule;
  /** After what dismissals have taught. */
  readonly level: RuleLevel;
  /** The same words under the same rule, wherever they stand: what "not here" silences. */
  readonly key: string;
  /** What an alternative replaces: the words, or their sentence. */
  readonly replace: Span;
};

/** The five reasons for a plain no. There are no others. */
export const REFUSAL_REASONS = ['safety', 'security', 'privacy', 'health', 'ethics'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** A refusal, judged on the whole turn. `alternatives` are the concrete ones that the draft already holds. */
export type Refusal = Span & { readonly alternatives: readonly Span[] };

/** `asks`: for a password, a full card number, a one-time code. `tells`: another person's data. Both stop the send. */
export type SecretFinding = Span &
  (
    | { readonly kind: 'asks'; readonly what: 'password' | 'card' | 'code' }
    | { readonly kind: 'tells'; readonly what: 'email' | 'phone' | 'card' | 'data' }
  );

/** A promise in the agent's own words. `when` is the part that names the time, for due.ts. */
export type PromiseFinding = Span & { readonly text: string; readonly when: string };

/** What a first reply or a farewell still lacks. */
export const MANNERS = ['greeting', 'full-name', 'thanks', 'customer-name', 'next-step'] as const;
export type Manner = (typeof MANNERS)[number];

export type Reading = {
  readonly findings: readonly RuleFinding[];
  readonly refusal: Refusal | null;
  readonly secrets: readonly SecretFinding[];
  readonly promises: readonly PromiseFinding[];
  readonly missing: readonly Manner[];
};
