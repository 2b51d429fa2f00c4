/** Customers' records beyond one conversation: two that are one person, and what the company's other systems know of them. */
import type { Customer, FailureElement, PersonRef } from './model.ts';
import type { Cause, Channel, RecoveryLevel, Severity } from './recovery.ts';

// ── Merge ───────────────────────────────────────────────────────────────────

/** What goes from one record to another: how many of each. Conversations go with their visitors. */
export const MOVES = [
  'visitors',
  'conversations',
  'identities',
  'failures',
  'preferences',
  'promises',
  'purchases',
  'mails',
  'tasks',
  'goodwill',
  'internal_requests',
] as const;
export type Moves = Readonly<Record<(typeof MOVES)[number], number>>;

/** An address of a record: `signed` by a site as its customer's, or only `claimed` by whoever typed it. */
export type KnownAddress = { readonly email: string; readonly proof: 'signed' | 'claimed' };

export type MergeSide = Customer & {
  readonly addresses: readonly KnownAddress[];
  /** Signed identities: the site's name, and its own id of the person. */
  readonly identities: readonly { readonly site: string; readonly subject: string }[];
};

export const DIFFERENCES = ['name', 'email', 'locale', 'ally', 'since'] as const;

/** What a merge would do. `kept` stays as it is; where it says nothing (e-mail, locale, ally) it takes the other's word. */
export type MergePreview = {
  readonly kept: MergeSide;
  readonly merged: MergeSide;
  readonly moves: Moves;
  readonly differs: readonly (typeof DIFFERENCES)[number][];
  /**
   * How the two addresses meet: the same one `signed` on both sides, the same one but `claimed` on at least one, or
   * `different`. A claimed address proves nothing: anybody can type it.
   */
  readonly address: 'signed' | 'claimed' | 'different';
};

/** `id` is made by the client: a retry finds its first time. */
export type MergeDraft = { readonly id: string; readonly kept: string; readonly merged: string };

export type Merge = {
  readonly id: string;
  readonly kept: { readonly id: string; readonly name: string };
  readonly merged: { readonly id: string; readonly name: string };
  readonly by: PersonRef;
  readonly at: string;
  /** Conversations are counted as their visitors are. */
  readonly moved: Omit<Moves, 'conversations'>;
  readonly undone: { readonly by: PersonRef; readonly at: string } | null;
};

// ── Other systems ───────────────────────────────────────────────────────────

/** A key of another system of the company, without its secret. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly by: PersonRef;
  readonly at: string;
  /** To the minute. */
  readonly usedAt: string | null;
  readonly endedAt: string | null;
};
/** The secret is shown this once. */
export type NewApiKey = { readonly key: ApiKey; readonly secret: string };

/** At most this many rows in one request of another system. */
export const BATCH_MAX = 500;
/** At most this many rows in one file. */
export const FILE_ROWS_MAX = 5_000;

/** Whose: by a signed identity (the site's key and its own id of the person), or by our id. Never by an address. */
export type CustomerKey = { readonly site: string; readonly subject: string } | { readonly id: string };

/** `id` is the other system's own: sent again under the same key it stores nothing twice. `at` is ISO 8601 with its zone. */
type Imported = { readonly id: string; readonly customer: CustomerKey; readonly at: string };
export type PurchaseRow = Imported & {
  readonly what: string;
  /** In whole units of the currency, with as many decimals as it has. A refund is below zero. */
  readonly amount: number;
  /** ISO 4217, such as USD. */
  readonly currency: string;
};
export type FailureRow = Imported & {
  readonly what: string;
  readonly product?: string | null;
  readonly place?: string | null;
  /** `other` where nothing is said. */
  readonly channel?: Channel | null;
  readonly element?: FailureElement | null;
  readonly category?: string | null;
  readonly severity?: Severity | null;
  /** The customer's own words. */
  readonly quote?: string | null;
  readonly irreplaceable?: boolean | null;
  readonly wants?: string | null;
  readonly putRight?: string | null;
  readonly restored?: boolean | null;
  readonly extra?: string | null;
  readonly noExtra?: string | null;
  readonly level?: RecoveryLevel | null;
  readonly owed?: string | null;
  readonly owedBy?: string | null;
  readonly cause?: Cause | null;
  readonly causeNote?: string | null;
  readonly cost?: number | null;
  readonly costCurrency?: string | null;
  readonly disputed?: number | null;
  readonly disputedCurrency?: string | null;
  /** Work ÷ capacity at that minute: 1 is just enough. */
  readonly load?: number | null;
};

export const ROW_PROBLEMS = [
  'not-readable',
  'missing-field',
  'unknown-field',
  'unknown-value',
  'unknown-customer',
  'bad-time',
  'bad-amount',
  'bad-currency',
  'too-long',
  'conflict',
] as const;
export type RowProblem = {
  /** Counted from 1. */
  readonly row: number;
  readonly code: (typeof ROW_PROBLEMS)[number];
  /** The field, and what is wrong with it. */
  readonly what: string;
};

/** The good rows are taken all the same. */
export type RowsReport = {
  readonly added: number;
  /** Were here already, by an earlier request. */
  readonly same: number;
  readonly problems: readonly RowProblem[];
};
/** What became of each row, in order. */
export type RowsAnswer = RowsReport & {
  readonly rows: readonly {
    readonly row: number;
    readonly outcome: 'added' | 'same' | RowProblem['code'];
    /** Our id of what was stored; null for a row that was not taken. */
    readonly id: string | null;
  }[];
};

/** A CSV file. Rows without an id of their own get one from this `id` and their number. */
export type RowsImport = {
  readonly id: string;
  readonly kind: 'purchases' | 'failures';
  readonly text: string;
  readonly dryRun?: boolean;
};
