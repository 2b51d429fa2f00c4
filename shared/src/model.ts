/**
 * The nouns both ends speak of, as readonly types. Dates are ISO 8601 strings in UTC; ids are UUIDs unless said otherwise.
 * Visitor code knows `publicSeq` only: notes and other internal entries have none and leave no gap.
 */
import type { FileType } from './files.ts';
import type { Locale, WidgetLocale } from './locale.ts';
import type { PageData } from './page-data.ts';
import type {
  Check,
  CustomerRef,
  FailureFields,
  GoodwillUse,
  InternalRequest,
  Money,
  PromiseOutcome,
  Task,
  WrapUp,
} from './recovery.ts';
import type { Situation } from './situation.ts';

export type Role = 'owner' | 'agent' | 'back-office';

/** Anybody who can be named: enough to draw a face and a full name. */
export type PersonRef = { readonly id: string; readonly fullName: string };

/** What a visitor may know of an agent. `title` is a role in words ("Florist adviser"), never a department. */
export type PersonCard = PersonRef & {
  readonly title: string | null;
  readonly here: boolean;
  /** When the person said they are back; null when here, or not known. */
  readonly backAt: string | null;
};

export type ConversationStatus = 'waiting' | 'open' | 'closed' | 'spam';

/** Who wrote an entry. `system` entries are facts that the relay recorded. */
export type Author =
  | { readonly kind: 'visitor' }
  | { readonly kind: 'agent'; readonly person: PersonRef }
  | { readonly kind: 'system' };

/** What both sides may see. `hello` and `farewell` are an agent's own first and last words. */
export type PublicBody =
  | { readonly kind: 'message'; readonly author: Author; readonly text: string }
  | { readonly kind: 'hello'; readonly author: Author; readonly text: string }
  | { readonly kind: 'farewell'; readonly author: Author; readonly text: string }
  /** `text` is its name; the bytes are had by a link, which `file:link` gives for a few minutes. */
  | {
      readonly kind: 'file';
      readonly author: Author;
      readonly text: string;
      readonly file: string;
      readonly type: FileType;
      readonly bytes: number;
      readonly width: number | null;
      readonly height: number | null;
    }
  | { readonly kind: 'joined'; readonly person: PersonRef }
  | {
      readonly kind: 'handed-over';
      readonly from: PersonRef;
      readonly to: PersonRef;
      readonly contact: PersonRef;
    }
  | { readonly kind: 'email-given'; readonly email: string }
  /** The visitor asked for this person; `here` and `backAt` are as they were then. */
  | {
      readonly kind: 'person-asked';
      readonly person: PersonRef;
      readonly here: boolean;
      readonly backAt: string | null;
    }
  /** A hello of the site's own, as it stood on the page and the visitor then answered it: signed by this person, said by no hand. */
  | { readonly kind: 'greeted'; readonly person: PersonRef; readonly hello: string; readonly text: string }
  /** What the visitor said of themself before the first words: claims, shown as such. */
  | {
      readonly kind: 'introduced';
      readonly name: string | null;
      readonly email: string | null;
      readonly order: string | null;
    }
  /** A promise is a fact for both sides; `person` keeps it. */
  | ({ readonly kind: 'promise-made' } & PromiseFact)
  | ({ readonly kind: 'promise-moved' } & PromiseFact)
  | ({ readonly kind: 'promise-kept' } & PromiseFact)
  /** Said by the relay, in the person's name, before the time has passed. */
  | ({ readonly kind: 'promise-slipping' } & PromiseFact)
  | {
      readonly kind: 'extras-offered';
      readonly person: PersonRef;
      readonly offer: string;
      readonly text: string;
      readonly options: readonly string[];
    }
  | { readonly kind: 'extra-chosen'; readonly offer: string; readonly choice: string }
  /** One of the two questions after a farewell, answered by the visitor. It wakes up nothing. */
  | { readonly kind: 'farewell-answered'; readonly question: FarewellQuestion; readonly text: string }
  /** The ally is somebody else from now on, by an owner's word. */
  | { readonly kind: 'ally-changed'; readonly from: PersonRef; readonly to: PersonRef }
  /** A time at which the visitor is written to or telephoned, and what became of it. */
  | ({ readonly kind: 'call-back'; readonly step: CallBackStep } & CallBackFact);

/** `taken`: its person is known from now on. `missed`: its time passed, and nobody had taken it. */
export const CALL_BACK_STEPS = ['booked', 'moved', 'cancelled', 'taken', 'missed'] as const;
export type CallBackStep = (typeof CALL_BACK_STEPS)[number];

/** By chat in the conversation itself, or by telephone. */
export const CALL_BACK_WAYS = ['chat', 'telephone'] as const;
export type CallBackWay = (typeof CALL_BACK_WAYS)[number];

export type CallBackTime = { readonly from: string; readonly to: string; readonly way: CallBackWay };

export type CallBackFact = CallBackTime & {
  /** Also the id of the promise, as soon as somebody is known who keeps it. */
  readonly callBack: string;
  /** A claim of the visitor's. */
  readonly phone: string | null;
  /** Null: nobody is known yet. */
  readonly person: PersonRef | null;
};

/** "How was it? What do you hope for next time?": open questions, no score. */
export const FAREWELL_QUESTIONS = ['how', 'hope'] as const;
export type FarewellQuestion = (typeof FAREWELL_QUESTIONS)[number];

/** A hello that a page may show, as its rule has it now: only while its person is here. */
export type Hello = {
  readonly person: PersonRef;
  readonly title: string | null;
  readonly here: boolean;
  readonly text: string;
};

export type PromiseFact = {
  readonly person: PersonRef;
  readonly promise: string;
  readonly text: string;
  readonly due: string;
};

/** What only agents may see. */
export type InternalBody =
  | { readonly kind: 'note'; readonly author: Author; readonly text: string }
  | {
      readonly kind: 'linked';
      readonly by: PersonRef;
      readonly customer: { readonly id: string; readonly name: string };
    }
  | { readonly kind: 'unlinked'; readonly by: PersonRef }
  | { readonly kind: 'put-aside'; readonly by: PersonRef }
  | { readonly kind: 'released'; readonly by: PersonRef }
  | {
      readonly kind: 'failure-logged';
      readonly by: PersonRef;
      readonly failure: string;
      readonly what: string;
    }
  | { readonly kind: 'preference-noted'; readonly by: PersonRef; readonly text: string }
  | {
      readonly kind: 'failure-stepped';
      readonly by: PersonRef;
      readonly failure: string;
      readonly stage: FailureStage;
      /** It did not hold: the record was opened again. */
      readonly again: boolean;
    }
  | {
      readonly kind: 'goodwill-given';
      readonly by: PersonRef;
      readonly amount: Money;
      readonly what: string;
    }
  | {
      readonly kind: 'help-asked';
      readonly by: PersonRef;
      readonly provider: PersonRef;
      readonly what: string;
    }
  | {
      readonly kind: 'help-answered';
      readonly by: PersonRef;
      readonly state: 'promised' | 'answered' | 'declined';
      readonly what: string;
    }
  | {
      readonly kind: 'followed-up';
      readonly by: PersonRef;
      readonly task: Task['kind'];
      /** How a wrap-up was made, where it was one. */
      readonly wrapUp?: WrapUp;
      readonly what: string;
    };

type EntryHead = {
  /** The sender's own id for it; null for facts recorded by the relay. */
  readonly id: string | null;
  readonly at: string;
};

/** An entry as a visitor gets it. `conversation` is the client-made id. */
export type PublicEntry = EntryHead & {
  readonly conversation: string;
  readonly publicSeq: number;
} & PublicBody;

/** An entry as an agent gets it: `seq` is dense over everything; `publicSeq` is null where the visitor sees nothing. */
export type Entry = EntryHead & {
  readonly conversation: string;
  readonly seq: number;
  readonly publicSeq: number | null;
} & (PublicBody | InternalBody);

/** A conversation as its visitor knows it. `id` is the client-made id. */
export type PublicConversation = {
  readonly id: string;
  readonly status: 'waiting' | 'open' | 'closed';
  /** The person who has it now; null while it waits. */
  readonly holder: PersonCard | null;
  /** The ally: the customer's contact, who stays so through every hand-over. */
  readonly contact: PersonCard | null;
  readonly publicSeq: number;
  /** The visitor's own read cursor, and the agents'. */
  readonly read: number;
  readonly agentRead: number;
  /** How far it is on the screen of the person who holds it; it may stay behind `agentRead`. */
  readonly agentDelivered: number;
  /** What is promised and not kept yet, the next one first; at most 5. */
  readonly promises: readonly PublicPromise[];
};

export type PublicPromise = {
  readonly id: string;
  readonly text: string;
  readonly due: string;
  readonly person: PersonRef;
};

/**
 * What a visitor may honestly expect now. `minutes`: usually from and to, 0 and to for "under"; null where too little is known.
 * `full`: everybody who is here has as many conversations as they can hold, and it takes long.
 */
export type Expectation =
  | {
      readonly kind: 'here';
      readonly minutes: readonly [number, number] | null;
      readonly full?: true;
    }
  | { readonly kind: 'nobody'; readonly backAt: string | null; readonly full?: never };

/** A conversation as a row in the console's list. */
export type ConversationRow = {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly site: { readonly id: string; readonly name: string };
  /** The customer's name, the visitor's claimed name, or null: "a visitor". */
  readonly name: string | null;
  /** True when the name is a linked customer's; false when it is only claimed. */
  readonly known: boolean;
  readonly holder: PersonRef | null;
  /** Whom the relay offers it to first, while it waits. */
  readonly offeredTo: PersonRef | null;
  readonly waitingSince: string | null;
  readonly lastAt: string;
  readonly preview: { readonly text: string; readonly by: 'visitor' | 'agent' | 'system' } | null;
  readonly lastSeq: number;
  /** The last seq this agent has read. */
  readonly read: number;
  /** In which of the book's languages one writes to this visitor. */
  readonly locale: Locale;
  /** True when the customer was failed before and something is open or owed. */
  readonly pleaseKnow: boolean;
  /** When the visitor is to be called back; missing and null where no time is chosen. */
  readonly callBack?: CallBackTime | null;
  /** Counts every change of the row, so that an older copy never overwrites a newer one. */
  readonly version: number;
};

/** A conversation opened in the console. */
export type ConversationDetail = ConversationRow & {
  /** What the visitor reads the chat in. */
  readonly speaks: WidgetLocale;
  readonly publicSeq: number;
  readonly visitorRead: number;
  /** How far it is in the visitor's browser; it may stay behind `visitorRead`. */
  readonly visitorDelivered: number;
  readonly visitorHere: boolean;
  readonly page: { readonly url: string; readonly title: string } | null;
  readonly device: string | null;
  readonly email: string | null;
  /** Set by hand; null when it is worked out from the log. */
  readonly situation: Situation | null;
  /** The ally. */
  readonly contact: PersonRef | null;
};

/**
 * One customer's record as the console's right pane shows it. Of an unlinked visitor `customer`, `link` and `value` are null and
 * `purchases` is empty; the lists hold what was recorded in this browser's own conversations, tasks and goodwill what belongs
 * to this one.
 */
export type CustomerPane = {
  readonly customer: Customer | null;
  /** What an unlinked or unverified visitor says of themself. A claim opens nothing. */
  readonly claims: { readonly name: string | null; readonly email: string | null };
  readonly link:
    | { readonly by: 'identity' }
    | { readonly by: 'agent'; readonly person: PersonRef; readonly at: string }
    | null;
  readonly pleaseKnow: readonly PleaseKnow[];
  readonly timeline: readonly TimelineItem[];
  readonly preferences: readonly Preference[];
  readonly promises: readonly Promised[];
  readonly purchases: readonly Purchase[];
  readonly value: Value | null;
  /** Open things to do for this customer, whoever's. */
  readonly tasks: readonly Task[];
  /** Help that colleagues are giving in this conversation. */
  readonly requests: readonly InternalRequest[];
  /** What was given to this customer; a person's own budget is nowhere here. */
  readonly goodwill: readonly GoodwillUse[];
  /** What was said after farewells, the newest first. A relay of the release before says nothing of it. */
  readonly farewells?: readonly FarewellAnswer[];
  /** What the page says of this visitor: labels, which nobody has proven. A relay of the release before says nothing of it. */
  readonly told?: PageData;
};

export type FarewellAnswer = {
  readonly conversation: string;
  readonly question: FarewellQuestion;
  readonly text: string;
  readonly at: string;
  /** Whose farewell it answers. */
  readonly person: PersonRef;
};

export type Customer = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: WidgetLocale | null;
  /** Customer since. */
  readonly since: string;
  readonly ally: PersonRef | null;
  readonly demo: boolean;
  /** Through whom they came, if somebody said so. */
  readonly referrer?: CustomerRef | null;
};

export const FAILURE_STAGES = [
  'noticed',
  'apologised',
  'gone-over',
  'fixed',
  'followed-up',
  'closed',
] as const;
export type FailureStage = (typeof FAILURE_STAGES)[number];

/** The four elements of satisfaction: which of them failed. */
export const FAILURE_ELEMENTS = ['product', 'person', 'time', 'resolution'] as const;
export type FailureElement = (typeof FAILURE_ELEMENTS)[number];

/** The card an agent reads before the first keystroke. */
export type PleaseKnow = {
  readonly failure: string;
  readonly at: string;
  readonly what: string;
  readonly stage: FailureStage;
  /** How it was put right; null when it was not. */
  readonly putRight: string | null;
  /** What is still owed; null when nothing is. */
  readonly owed: string | null;
  readonly owedBy: string | null;
  readonly ally: PersonRef | null;
  /** One sentence with which to acknowledge it, in the conversation's language. */
  readonly say: string;
  /** At most three: what happened, what was done, what to mind. Colleagues wrote them, or they are made of the record. */
  readonly lines: readonly string[];
  /** What to look at once more at the next order. */
  readonly checks: readonly Check[];
  readonly irreplaceable: boolean;
  /** Until when it is flagged; null: until it is closed. */
  readonly until: string | null;
};

export type Failure = FailureFields & {
  readonly id: string;
  readonly conversation: string | null;
  readonly stage: FailureStage;
  readonly ally: PersonRef | null;
  /** Open conversations ÷ capacity of those who were here, at that minute; null when nobody was here. */
  readonly load: number | null;
  readonly onShift: readonly PersonRef[];
  readonly by: PersonRef;
  readonly recordedAt: string;
  /** How often it was opened again. */
  readonly reopened: number;
  /** Counts every change of the record. */
  readonly revision: number;
};

export type TimelineItem =
  | {
      readonly kind: 'conversation';
      readonly id: string;
      readonly at: string;
      readonly status: ConversationStatus;
      readonly preview: string;
      readonly holder: PersonRef | null;
      /** The name of the site: a customer's past is one, wherever they wrote. */
      readonly site: string;
    }
  | ({ readonly kind: 'failure' } & Failure);

/** How a customer would like to be reached. */
export const REACHES = ['chat', 'email', 'phone'] as const;
export type Reach = (typeof REACHES)[number];

export type Preference = {
  readonly id: string;
  readonly text: string;
  readonly source: 'stated' | 'noticed';
  readonly quote: string | null;
  readonly by: PersonRef;
  readonly at: string;
  /** What it could become at the next visit; `ideaDone` when somebody has done it. */
  readonly idea: string | null;
  readonly ideaDone: boolean;
  /** Where it says how they would like to be reached; those come first in a pane, the newest of them is the one that counts. */
  readonly reach: Reach | null;
};

export type Promised = {
  readonly id: string;
  readonly conversation: string | null;
  readonly text: string;
  readonly due: string;
  /** As it was promised first. */
  readonly firstDue: string;
  readonly madeAt: string;
  readonly by: PersonRef;
  /** Who keeps it: the same, or who took over from them. */
  readonly keeper: PersonRef;
  readonly keptAt: string | null;
  readonly outcome: PromiseOutcome;
  /** When the customer was told that it may take longer. */
  readonly toldAt: string | null;
};

export type Purchase = {
  readonly id: string;
  readonly at: string;
  readonly what: string;
  readonly amount: number;
  readonly currency: string;
};

/** What a customer is worth: what was bought, what may be expected of the years to come as a range, and what others bring. */
export type Value = {
  readonly currency: string;
  readonly spent: number;
  readonly orders: number;
  /** Null where too little is known; `why` says what is missing. */
  readonly lifetime: Lifetime | null;
  readonly why: 'one purchase' | 'under ninety days' | null;
  readonly network: Network | null;
  /** Next to each open dispute: "$12 against about $1,900 (1,200–2,800)". */
  readonly disputes: readonly Dispute[];
};

export type Lifetime = {
  readonly method: 'history' | 'model';
  readonly about: number;
  /** Holds what happens as often as `level` says. */
  readonly range: readonly [number, number];
  readonly level: number;
  readonly horizonYears: number;
  readonly discount: number;
  /** What it was worked out from. */
  readonly years: number;
  readonly purchasesToCome: number;
  readonly meanPurchase: number;
  readonly stillCustomer: number;
  readonly customers: number | null;
  readonly repeatCustomers: number | null;
  readonly fittedAt: string | null;
};

/** Worth through others: those who came, those who hear. `scenario` is a labelled "what if", never a forecast. */
export type Network = {
  readonly about: number;
  readonly range: readonly [number, number];
  readonly times: number | null;
  readonly came: number;
  readonly fromReferrals: number;
  readonly fromReach: number | null;
  readonly scenario: { readonly lost: number; readonly left: number } | null;
};

export type Dispute = {
  readonly failure: string;
  readonly disputed: number;
  readonly about: number;
  readonly range: readonly [number, number];
  readonly currency: string;
  readonly giveIn: boolean;
  /** Up to which amount giving in is suggested. */
  readonly limit: number;
};

/** An entry of the language bible: one phrasing for a situation, and why. */
export type Phrase = {
  readonly id: string;
  readonly locale: Locale;
  readonly situation: Situation;
  readonly text: string;
  readonly reason: string;
  readonly notWhen: string | null;
  readonly tags: readonly string[];
  readonly by: PersonRef | null;
};
