/** The language bible over HTTP: what is published, what is proposed, versions, figures. The verbs are in api.ts. */
import type { Locale } from './locale.ts';
import type { PersonRef, Phrase } from './model.ts';
import type { RefusalReason } from './reader/reading.ts';
import type { Rule, RuleBody, RuleLevel } from './reader/rule.ts';
import type { Situation } from './situation.ts';

/** The book of one language, or of all. `version` is the last published one; `revision` rises with every change at all. */
export type Book = {
  readonly version: number;
  readonly revision: number;
  readonly phrases: readonly Phrase[];
  readonly rules: readonly Rule[];
  /** Open, accepted and lately declined ones, the oldest first. */
  readonly changes: readonly Change[];
  readonly settings: BookSettings;
  /** The last version that this person has acknowledged. */
  readonly acknowledged: number;
};

export type PhraseBody = Pick<Phrase, 'locale' | 'situation' | 'text' | 'reason' | 'notWhen' | 'tags'>;

/** What is to become of the book. Without `target` it adds; with one it changes; without a body it takes out. */
export type ChangeContent =
  | { readonly kind: 'phrase'; readonly target: string | null; readonly body: PhraseBody | null }
  | { readonly kind: 'rule'; readonly target: string | null; readonly body: RuleBody | null };

export type ChangeDraft = ChangeContent & {
  /** Made by the client, so that a retry finds itself. */
  readonly id: string;
  /** A real sentence that shows why. */
  readonly example?: string | null;
  /** Owners only: in the next version, or a version of its own right now. */
  readonly decide?: 'accept' | 'publish';
};

export const DECISIONS = ['accept', 'decline', 'reopen'] as const;
export type Decision = (typeof DECISIONS)[number];

export type Change = ChangeContent & {
  readonly id: string;
  readonly state: 'open' | 'accepted' | 'declined' | 'published';
  readonly example: string | null;
  readonly by: PersonRef | null;
  readonly at: string;
  readonly decidedBy: PersonRef | null;
  readonly why: string | null;
  readonly comments: readonly Comment[];
  readonly votes: { readonly for: number; readonly against: number; readonly mine: 1 | 0 | -1 };
};
export type Comment = {
  readonly id: string;
  readonly by: PersonRef;
  readonly at: string;
  readonly text: string;
};

export type Version = {
  readonly version: number;
  readonly at: string;
  readonly by: PersonRef | null;
  readonly note: string;
  readonly changes: readonly VersionChange[];
  /** People who have acknowledged it and people who are asked to: counts only. */
  readonly acknowledged: { readonly by: number; readonly of: number };
};
/** What a version did to one entry: before and after, null where there is none. */
export type VersionChange =
  | { readonly kind: 'phrase'; readonly before: PhraseBody | null; readonly after: PhraseBody | null }
  | { readonly kind: 'rule'; readonly before: RuleBody | null; readonly after: RuleBody | null };

export type BookSettings = {
  /** What happens to a refusal without alternative: the composer asks once, holds the send, or says nothing. */
  readonly refusal: 'ask' | 'stop' | 'off';
  /** Addresses, domains and numbers of the company: they may be told to anybody. */
  readonly contacts: readonly string[];
};

export type ImportRequest = {
  readonly id: string;
  readonly kind: 'phrases' | 'rules';
  /** `vale`: one Vale rule (existence, substitution). */
  readonly format: 'csv' | 'yaml' | 'vale';
  readonly text: string;
  readonly locale: Locale;
  readonly dryRun?: boolean;
};
export const IMPORT_PROBLEMS = [
  'not-readable',
  'missing-field',
  'unknown-value',
  'bad-pattern',
  'bad-placeholder',
  'examples-fail',
  'too-long',
  'not-supported',
] as const;
export type ImportReport = {
  readonly added: number;
  readonly changed: number;
  /** Already in the book in these words. */
  readonly same: number;
  /** `row` counts from 1; the good rows are taken all the same. */
  readonly problems: readonly {
    readonly row: number;
    readonly code: (typeof IMPORT_PROBLEMS)[number];
    readonly what: string;
  }[];
};

// ── What writing teaches: sent with the message's own id, once ─────────────

/** What became of a finding when the message was sent. */
export const OUTCOMES = ['taken', 'dismissed', 'not-here', 'changed', 'left'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What is told about one sent message: no words of it but those of a request, and never by whom. */
export type WritingReport = {
  readonly conversation: string;
  /** The message's own id. */
  readonly message: string;
  readonly situation: Situation;
  readonly phrases: readonly { readonly phrase: string; readonly edited: boolean }[];
  readonly findings: readonly { readonly rule: string; readonly outcome: Outcome }[];
  readonly request: RequestReport | null;
};

/** A wish of the customer, and what became of it: the yes-rate. */
export const REQUEST_OUTCOMES = ['granted', 'alternative', 'declined'] as const;
export type RequestReport = {
  /** The customer's own words. */
  readonly asked: string;
  readonly outcome: (typeof REQUEST_OUTCOMES)[number];
  /** What was offered instead, in the agent's words. */
  readonly offered: readonly string[];
  /** For a plain no. */
  readonly reason: RefusalReason | null;
};

/** Offered beside a refusal: what was granted to somebody who asked alike, or what the book has. */
export type Alternative = {
  readonly text: string;
  readonly from: 'past' | 'book';
  readonly phrase: string | null;
};

// ── What it tells the company; nothing here knows a person ─────────────────

export type BookFigures = {
  readonly rules: readonly {
    readonly rule: string;
    readonly findings: number;
    readonly outcomes: Readonly<Record<Outcome, number>>;
    /** Dismissed of the last `TAUGHT_BY`. */
    readonly lately: { readonly dismissed: number; readonly of: number };
    /** Taken or changed ÷ (taken, changed, dismissed, not here); null below 10. */
    readonly precision: number | null;
    readonly quietSince: string | null;
  }[];
  readonly situations: readonly {
    readonly situation: Situation;
    readonly phrases: readonly {
      readonly phrase: string;
      readonly asItStands: number;
      readonly edited: number;
      /** What customers wrote next, a few of the latest. */
      readonly next: readonly string[];
    }[];
  }[];
  readonly requests: {
    readonly granted: number;
    readonly alternative: number;
    readonly declined: number;
    readonly reasons: Readonly<Record<RefusalReason, number>>;
    /** (granted + alternative) ÷ all; null while there is none. */
    readonly yesRate: number | null;
  };
};

export type FirstReport = {
  /** Null before the first run. */
  readonly at: string | null;
  readonly read: { readonly conversations: number; readonly sentences: number };
  readonly source: 'past' | 'import';
  /** While a new one is being made, by any relay: conversations (or imported sentences) read so far. The rest is the last one's. */
  readonly running: { readonly done: number; readonly of: number } | null;
  /** At most twenty, the most frequent first. */
  readonly phrases: readonly {
    readonly rule: string;
    readonly title: string;
    readonly level: RuleLevel;
    readonly words: string;
    readonly count: number;
    readonly sentences: readonly string[];
  }[];
};
