/** Rules of the language bible: what is found in a draft, what to say instead, and why. Plain data; read.ts makes them work. */
import type { Locale } from '../locale.ts';
import type { PersonRef } from '../model.ts';
import type { Situation } from '../situation.ts';

/** `suggestion` underlines quietly, `warning` asks once before the send, `block` holds the send until the words are changed. */
export const RULE_LEVELS = ['suggestion', 'warning', 'block'] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

export const RULE_TOPICS = [
  'organisation-chart',
  'excuse',
  'policy',
  'other-customers',
  'as-i-said',
  'blame',
  'euphemism',
  'forced-cheer',
  'empty-apology',
  'vague-promise',
  'generic-satisfaction',
  'asking-again',
  'first-name-only',
  'filler',
  'hurry-ignored',
  'own-words',
] as const;
export type RuleTopic = (typeof RULE_TOPICS)[number];

/**
 * What may hold of a conversation while a draft is written. Rules name those they need (`when`) and those that silence them
 * (`unless`); conditions.ts works them out.
 */
export const CONDITIONS = [
  /** This customer was failed, and it is not closed; or this conversation has a logged failure. */
  'open-failure',
  /** Short turns, time words, repeated contact, "just fix it". */
  'hurry',
  /** This agent has not said a word here yet. */
  'first-reply',
  /** The draft closes the conversation. */
  'closing',
  /** The customer has written in an earlier conversation. */
  'returning',
  /** An alternative stands in the agent's earlier words here. */
  'alternative-offered',
  /** What the customer has given already, so that asking again is asking twice. */
  'order-known',
  'email-known',
  'phone-known',
  'name-known',
  /** The conversation is in somebody else's hands next: a hand-over is being written. */
  'handing-over',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** A sentence on which a rule is tried whenever it is saved, with the conditions that hold. */
export type Example = { readonly text: string; readonly given?: readonly Condition[] };

/** What a rule says; identity, status and author are in `Rule`. */
export type RuleBody = {
  readonly locale: Locale;
  readonly topic: RuleTopic;
  /** A short name for lists: "Somebody else's department". */
  readonly title: string;
  /** Patterns (pattern.ts); one that matches is a finding. */
  readonly finds: readonly string[];
  /** Ready words, with the placeholders of phrases; empty: better left out. The first is taken by one key. */
  readonly sayInstead: readonly string[];
  /** What `sayInstead` stands in for: the words found, or the whole sentence around them. */
  readonly replaces: 'words' | 'sentence';
  readonly reason: string;
  /** Where in the draft it looks. `end`: the last sentence or line. */
  readonly where: 'anywhere' | 'start' | 'end';
  /** Moments it is for; empty: all. */
  readonly situations: readonly Situation[];
  /** All must hold. */
  readonly when: readonly Condition[];
  /** None may hold. */
  readonly unless: readonly Condition[];
  /** Patterns that keep it silent when they match in the same sentence. */
  readonly except: readonly string[];
  readonly level: RuleLevel;
  readonly mustFire: readonly Example[];
  readonly mustNotFire: readonly Example[];
};

/** What a rule is where nobody says otherwise: quiet, read everywhere and always, in place of the words it finds. */
export const PLAIN_RULE: Omit<RuleBody, 'locale'> = {
  topic: 'own-words',
  title: '',
  finds: [],
  sayInstead: [],
  replaces: 'words',
  reason: '',
  where: 'anywhere',
  situations: [],
  when: [],
  unless: [],
  except: [],
  level: 'suggestion',
  mustFire: [],
  mustNotFire: [],
};

export type Rule = RuleBody & {
  readonly id: string;
  /** The name of a rule of the starter book; null for a company's own. Evaluations and exports use it. */
  readonly key: string | null;
  /** Set when dismissals have taught it to be quiet: it counts as a suggestion until an owner decides. */
  readonly quietSince: string | null;
  readonly by: PersonRef | null;
};

/** The level that counts: a rule that people kept dismissing is a suggestion. A block is never learned away. */
export function levelOf(rule: Pick<Rule, 'level' | 'quietSince'>): RuleLevel {
  return rule.quietSince !== null && rule.level === 'warning' ? 'suggestion' : rule.level;
}

/** Fires of the last `TAUGHT_BY` that were dismissed, from which on a rule falls to a suggestion. */
export const TAUGHT_BY = 30;
export const TAUGHT_SHARE = 0.3;
