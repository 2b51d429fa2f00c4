/**
 * Service recovery: what went wrong and its stages, the things to do that follow, promises, goodwill, extras, help from
 * colleagues, stories. Ids in requests are made by the client, so that a retry finds itself. Amounts are in the currency's main unit.
 */
import type { FailureElement, FailureStage, PersonRef, Reach } from './model.ts';

export type Money = { readonly amount: number; readonly currency: string };
export type CustomerRef = { readonly id: string; readonly name: string };

// ── The record of a failure ─────────────────────────────────────────────────

export const SEVERITIES = ['small', 'felt', 'serious'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where the cause is looked for: process, suppliers and the back office before the people in front. */
export const CAUSES = [
  'process',
  'supplier',
  'logistics',
  'systems',
  'billing',
  'information',
  'training',
  'person',
] as const;
export type Cause = (typeof CAUSES)[number];

export const CHANNELS = ['chat', 'telephone', 'e-mail', 'letter', 'shop', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How far the recovery went: a form, as it was before, or beyond it. */
export const RECOVERY_LEVELS = ['paperwork', 'restored', 'beyond'] as const;
export type RecoveryLevel = (typeof RECOVERY_LEVELS)[number];

/** The customer's own words, from the conversation's log. */
export type Quote = { readonly seq: number; readonly text: string };

/** Everything of a failure that people write. The relay adds load, shift, ally and stage. */
export type FailureFields = {
  readonly what: string;
  /** When it happened; the relay's now where nobody said. */
  readonly at: string;
  readonly product: string | null;
  readonly place: string | null;
  readonly channel: Channel;
  readonly element: FailureElement | null;
  readonly category: string | null;
  readonly severity: Severity | null;
  readonly quotes: readonly Quote[];
  /** A loss that money does not mend: raised to a person who may spend effort. */
  readonly irreplaceable: boolean;
  /** The answer to "What would put this right for you?", verbatim. Before it no offer is recorded (WANTS_FIRST). */
  readonly wants: string | null;
  readonly putRight: string | null;
  /** Is it as it was before? Null: not said yet. */
  readonly restored: boolean | null;
  /** What was added to that. */
  readonly extra: string | null;
  /** Why nothing was added. */
  readonly noExtra: string | null;
  readonly level: RecoveryLevel | null;
  readonly owed: string | null;
  readonly owedBy: string | null;
  /** Asked only when it is fixed: blame comes later (FIX_FIRST before that). */
  readonly cause: Cause | null;
  readonly causeNote: string | null;
  readonly cost: Money | null;
  /** What the dispute is about, beside the customer's value. */
  readonly disputed: Money | null;
};

/** Quotes come as numbers of the log: the relay takes the words from there, so nobody puts words into a customer's mouth. */
export type FailureDraft = {
  readonly id: string;
  readonly conversation: string;
  readonly what: string;
  readonly quotes?: readonly number[];
} & Partial<Omit<FailureFields, 'what' | 'quotes'>>;

export type FailureChange = {
  readonly id: string;
  readonly conversation: string;
  readonly failure: string;
  /** The `revision` on the writer's screen: CHANGED when somebody wrote in between; nothing is lost. */
  readonly revision: number;
  readonly fields: Partial<Omit<FailureFields, 'quotes'>> & { readonly quotes?: readonly number[] };
};

/**
 * The next step, in the order of FAILURE_STAGES (WRONG_ORDER otherwise). `gone-over` needs `wants` (WANTS_FIRST); `fixed` needs
 * `putRight` (FIX_FIRST) and opens the three follow-ups. `followed-up` and `closed` come by the follow-ups themselves.
 * From these two `gone-over` opens it again, when the customer says that it does not hold: any agent's or owner's step; what was
 * closed, within `flagDays` of its closing (TOO_LATE after them: that is a new record). The next `fixed` opens a new round.
 */
export type StageStep = {
  readonly id: string;
  readonly conversation: string;
  readonly failure: string;
  readonly stage: FailureStage;
};

/** One edit or step of a record, the newest first. `before` and `after` hold what changed. */
export type FailureEdit = {
  readonly id: string;
  readonly at: string;
  readonly by: PersonRef;
  readonly stage: FailureStage | null;
  readonly before: Partial<FailureFields>;
  readonly after: Partial<FailureFields>;
};

/** What the next agent looks at once more when this customer orders again. */
export type Check = { readonly id: string; readonly text: string; readonly doneBy: PersonRef | null };

// ── Things to do ────────────────────────────────────────────────────────────

export const TASK_KINDS = [
  /** By the ally, in person: is it really working, were they kind? */
  'immediate',
  /** Everybody sees the flag: its three lines, what to check at the next order, until when. */
  'internal',
  /** A note or a call when all is done. */
  'wrap-up',
  /** An irreplaceable loss: effort rather than forms. */
  'effort',
  /** A promise whose time comes near. */
  'promise',
  /** It looks as if something went wrong, and nothing was recorded. */
  'unlogged',
  /** A visitor is to be called back, and nobody has taken it yet. */
  'call-back',
  /** A colleague asks for help. */
  'request',
  /** A colleague asks for a word on goodwill above their budget. */
  'goodwill',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** The wrap-up's kinds, best first. */
export const WRAP_UPS = ['handwritten', 'call', 'personal-message', 'e-mail'] as const;
export type WrapUp = (typeof WRAP_UPS)[number];

export type Task = {
  readonly id: string;
  readonly kind: TaskKind;
  readonly owner: PersonRef;
  readonly due: string;
  readonly state: 'open' | 'done' | 'waived';
  /** What it is about, in the words of its record; the console says the kind. */
  readonly what: string;
  readonly failure: string | null;
  readonly promise: string | null;
  readonly request: string | null;
  readonly goodwill: string | null;
  readonly conversation: string | null;
  readonly customer: CustomerRef | null;
  readonly wrapUp: WrapUp | null;
  /** When its person was reminded; `seen` once their browser has shown it. */
  readonly remindedAt: string | null;
  readonly seen: boolean;
  readonly endedAt: string | null;
  readonly endedBy: PersonRef | null;
  /** Why it was waived, or what was said. */
  readonly why: string | null;
  /** The e-mail's way, where one was sent. */
  readonly mail: 'waiting' | 'sending' | 'sent' | 'failed' | null;
};

/**
 * How a task ends. `immediate`: `works` is the customer's answer; true leads on, false opens the failure again.
 * `internal`: the flag. `wrap-up`: the kind, and for `e-mail` and `personal-message` the words that go out with it.
 */
export type TaskEnd =
  | { readonly end: 'done'; readonly works?: boolean; readonly said?: string }
  | {
      readonly end: 'done';
      readonly flag: {
        readonly lines: readonly string[];
        readonly checks: readonly string[];
        readonly until: string;
      };
    }
  | {
      readonly end: 'done';
      readonly wrapUp: WrapUp;
      readonly message?: { readonly id: string; readonly subject?: string; readonly text: string };
    }
  | { readonly end: 'waived'; readonly why: string };

/** What a task's person may begin with: `mayMail` says where an e-mail would go, or why none can. */
export type TaskDraft = {
  readonly lines: readonly string[];
  readonly checks: readonly string[];
  readonly until: string | null;
  /** A text for each kind of wrap-up, or one question for an immediate follow-up under `personal-message`. */
  readonly texts: Partial<Record<WrapUp, { readonly subject: string; readonly text: string }>>;
  readonly mail: { readonly to: string } | { readonly why: 'MAIL_OFF' | 'MAIL_UNPROVEN' | 'MAIL_ENOUGH' };
  /** How they would like to be reached, with the words in which it was noted. */
  readonly reach?: { readonly reach: Reach; readonly text: string } | null;
};

export type TaskPage = { readonly tasks: readonly Task[]; readonly next: string | null };

/** What waits for one person: numbers for the rail. */
export type Work = {
  readonly open: number;
  /** Of these: their time has come. */
  readonly due: number;
  readonly requests: number;
  /** Supervisors' notes that were not read. */
  readonly notes: number;
  readonly praise: number;
};

// ── Promises ────────────────────────────────────────────────────────────────

/** `early` by at least a twentieth of its time; `moved`: kept by a later time of which the customer was told before the first had passed. */
export const PROMISE_OUTCOMES = ['open', 'slipped', 'early', 'kept', 'moved', 'late'] as const;
export type PromiseOutcome = (typeof PROMISE_OUTCOMES)[number];

/**
 * One's own promises, and how they were kept. Nobody sees another's figures. `open` are the 500 that are due first, `kept` the
 * last 50; all are counted.
 */
export type OwnPromises = {
  readonly open: readonly OwnPromise[];
  readonly kept: readonly OwnPromise[];
  readonly counts: Readonly<Record<PromiseOutcome, number>>;
};
export type OwnPromise = {
  readonly id: string;
  readonly text: string;
  readonly due: string;
  readonly keptAt: string | null;
  readonly outcome: PromiseOutcome;
  readonly conversation: string | null;
  readonly customer: CustomerRef | null;
};

// ── Goodwill and extras ─────────────────────────────────────────────────────

/** One's own purse, of the calendar month (UTC); nobody else sees it. `asked`: what colleagues ask oneself. */
export type Purse = {
  readonly budget: Money;
  readonly used: number;
  readonly uses: readonly GoodwillUse[];
  readonly asked: readonly GoodwillUse[];
};
export type GoodwillUse = {
  readonly id: string;
  readonly at: string;
  readonly by: PersonRef;
  readonly amount: Money;
  readonly what: string;
  readonly failure: string | null;
  readonly conversation: string | null;
  readonly customer: CustomerRef | null;
  /** Above the budget a colleague is asked; `asked` waits for their word. */
  readonly state: 'given' | 'asked' | 'declined';
  readonly colleague: PersonRef | null;
  /** Declined: what could be done instead. */
  readonly instead: string | null;
};
export type GoodwillDraft = {
  readonly id: string;
  readonly conversation: string;
  readonly failure?: string;
  readonly amount: Money;
  readonly what: string;
  /** Needed above one's budget (OVER_BUDGET without). */
  readonly colleague?: string;
};
/** A no comes with another way. */
export type GoodwillDecision = { readonly grant: true } | { readonly grant: false; readonly instead: string };

/** Two to four extras as buttons in the chat; "something else" is always among them. The choice becomes a preference. */
export type ExtrasOffer = {
  readonly id: string;
  readonly conversation: string;
  readonly failure?: string;
  readonly text: string;
  readonly options: readonly string[];
};

// ── Help from colleagues ────────────────────────────────────────────────────

export const RATINGS = ['kind-and-good', 'good', 'slow', 'not-helped'] as const;
export type Rating = (typeof RATINGS)[number];

/** A colleague is asked by name; the customer sees the ally only. */
export type InternalRequest = {
  readonly id: string;
  readonly at: string;
  readonly conversation: string;
  readonly customer: CustomerRef | null;
  readonly failure: string | null;
  readonly what: string;
  readonly asker: PersonRef;
  readonly provider: PersonRef;
  readonly state: 'asked' | 'promised' | 'answered' | 'declined' | 'withdrawn';
  /** By when the asker wishes it, and by when the provider has promised it. */
  readonly wishedBy: string | null;
  readonly due: string | null;
  readonly answer: string | null;
  /** A no needs another way, or one of the five reasons: the same rule as towards customers (NEEDS_ANOTHER_WAY). */
  readonly instead: string | null;
  readonly reason: 'safety' | 'security' | 'privacy' | 'health' | 'ethics' | null;
  readonly endedAt: string | null;
  readonly outcome: PromiseOutcome | null;
  readonly rating: Rating | null;
};
export type RequestDraft = {
  readonly id: string;
  readonly conversation: string;
  readonly what: string;
  readonly provider: string;
  readonly wishedBy?: string;
  readonly failure?: string;
};
export type RequestAct =
  | { readonly act: 'promise'; readonly due: string }
  | { readonly act: 'answer'; readonly text: string }
  | {
      readonly act: 'decline';
      readonly instead?: string;
      readonly reason?: InternalRequest['reason'];
      readonly text: string;
    }
  | { readonly act: 'withdraw' }
  | { readonly act: 'rate'; readonly rating: Rating };

/** What colleagues asked of oneself, and what oneself asked. `served`: how those who serve were rated, counts only and without names of askers. */
export type Requests = {
  readonly toMe: readonly InternalRequest[];
  readonly byMe: readonly InternalRequest[];
  readonly served: Readonly<Record<Rating, number>> & { readonly promised: number; readonly inTime: number };
};

// ── Notes to a person, stories, praise ──────────────────────────────────────

/** A supervisor's note to one agent on one conversation. It is in no log; the agent sees it when the conversation is closed. */
export type CoachingNote = {
  readonly id: string;
  readonly at: string;
  readonly by: PersonRef;
  readonly to: PersonRef;
  readonly conversation: string;
  readonly text: string;
  /** Null while the conversation is still open: then only its writer sees it. */
  readonly shownAt: string | null;
  readonly read: boolean;
};
export type CoachingDraft = {
  readonly id: string;
  readonly conversation: string;
  readonly to: string;
  readonly text: string;
};

export const STORY_KINDS = ['recovery', 'out-of-nothing'] as const;
export const MAY_TELL = ['nobody', 'company', 'everybody'] as const;
/** A story that people remember. */
export type Story = {
  readonly id: string;
  readonly at: string;
  readonly kind: (typeof STORY_KINDS)[number];
  readonly what: string;
  readonly why: string;
  readonly cost: Money | null;
  /** `nobody`: only who wrote it and whom it is about see it. */
  readonly mayTell: (typeof MAY_TELL)[number];
  readonly by: PersonRef;
  readonly about: PersonRef | null;
  readonly conversation: string | null;
};
export type StoryDraft = Pick<Story, 'id' | 'kind' | 'what' | 'why' | 'cost' | 'mayTell'> & {
  readonly about?: string;
  readonly conversation?: string;
};
/** Good work is seen by peers: every praise has two full names. */
export type Praise = {
  readonly id: string;
  readonly at: string;
  readonly by: PersonRef;
  readonly to: PersonRef;
  readonly text: string;
  readonly conversation: string | null;
  readonly read: boolean;
};
export type PraiseDraft = {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly conversation?: string;
};

// ── Settings, and somebody who leaves ───────────────────────────────────────

export type RecoverySettings = {
  readonly currency: string;
  /** What one person may give in a month without asking. */
  readonly budget: number;
  /** Hours after the fix until the ally asks, and until the note or the call. */
  readonly immediateHours: number;
  readonly wrapUpHours: number;
  /** Days for which colleagues see the flag. */
  readonly flagDays: number;
  /** Giving in is suggested below this share of the customer's value, in percent. */
  readonly giveInPercent: number;
  /** Who is asked where a loss cannot be replaced; null: any owner. */
  readonly effort: string | null;
  readonly horizonYears: number;
  /** Worth of later years: .1 is a tenth less each year. */
  readonly discount: number;
  /** Who hears a good story; null: not counted. */
  readonly reach: Hearsay | null;
  /** Who hears of a failure: a scenario, off until the company gives its figures. */
  readonly warned: Hearsay | null;
};
/** How many people hear it, what share of them (0–1) acts on it, and what one of them is worth. */
export type Hearsay = { readonly people: number; readonly share: number; readonly worth: number };

/** What hangs on one person and needs another when they leave. */
export type Leaving = {
  readonly customers: number;
  readonly tasks: number;
  readonly promises: number;
  readonly requests: number;
  readonly conversations: number;
};

/** The owner's guess of what a customer is worth, before the figure is shown. */
export type ValueGuess = {
  readonly guess: Money | null;
  /** Null until there is a guess, and where too little is known. */
  readonly company: {
    readonly median: number;
    readonly middle: readonly [number, number];
    readonly currency: string;
    readonly customers: number;
  } | null;
};
