/**
 * The whole contract on the wire. Clients emit imperatives (`message:send`), the relay emits past tense (`message:sent`).
 * Every client event is acknowledged with a Result, except `typing:show`, which is volatile. docs/protocol.md is made from this and the relay's schemas.
 */
import type { Alternative, WritingReport } from './book.ts';
import type { Result } from './errors.ts';
import type { WidgetLocale } from './locale.ts';
import type {
  CallBackWay,
  ConversationDetail,
  ConversationRow,
  Customer,
  CustomerPane,
  Entry,
  Expectation,
  Failure,
  FarewellQuestion,
  PersonCard,
  PersonRef,
  Preference,
  Promised,
  PublicConversation,
  PublicEntry,
  Reach,
} from './model.ts';
import type { Attributes, Labels, PageData, PageEvent, ToldEvent } from './page-data.ts';
import type { ExtrasOffer, FailureChange, FailureDraft, StageStep, Task, Work } from './recovery.ts';
import type { Situation } from './situation.ts';

export type Ack<Value> = (result: Result<Value>) => void;
export type Nothing = Record<string, never>;

// ── Visitors: namespace /visitor ───────────────────────────────────────────

/** The handshake's `auth`. `token` is absent until the first message. `identity` is the site's proof: a JWT, or `{userId, hash}` as JSON. */
export type VisitorAuth = {
  readonly protocol: number;
  readonly site: string;
  readonly token?: string;
  readonly identity?: string;
  readonly locale: WidgetLocale;
  readonly page?: Page;
};

export type Page = { readonly url: string; readonly title: string };

/** Refused handshakes: `error.message` is an ErrorCode (UNKNOWN_SITE, BAD_TOKEN, OLD_PROTOCOL, NEW_PROTOCOL, BLOCKED, BAD_ORIGIN, TOO_MANY). */
export type Welcome = {
  /** What is spoken on this line: the protocol that was asked for. */
  readonly protocol: number;
  readonly site: { readonly name: string; readonly demo: boolean };
  /** Known by signed identity only; `identityRefused` when a proof was sent and did not hold. */
  readonly visitor: {
    readonly name: string | null;
    /** Whether the proof names an address: then nobody need be asked for one. */
    readonly emailKnown: boolean;
    readonly identityRefused: boolean;
  };
  /** The visitor's own, the latest first; at most 20. */
  readonly conversations: readonly PublicConversation[];
  /** Who is likely to answer: those here first; at most 3. */
  readonly people: readonly PersonCard[];
  readonly expectation: Expectation;
};

/** What a visitor says of themself before the first words: claims, shown as such. */
export type Introduction = { readonly name?: string; readonly email?: string; readonly order?: string };

/** Somebody whom a visitor may ask for. `met`: they have spoken before. */
export type Askable = PersonCard & { readonly met: boolean };

/** Two ways to ask: what came after a number, or what came before it. Without either: the last page. */
export type Range = { readonly after?: number; readonly before?: number };

export type StartRequest = {
  readonly token: string;
  /** The client-made conversation id. */
  readonly conversation: string;
  readonly message: { readonly id: string; readonly text: string };
  readonly locale: WidgetLocale;
  readonly page?: Page;
  /** Whom the visitor asks for: a person of `people:find`. */
  readonly askFor?: string;
  readonly about?: Introduction;
};
/** What a visitor says before the first words. */
export type Before = Pick<StartRequest, 'askFor' | 'about'>;
/** `conversation:start` without a message: a file is to be the first entry. */
export type PrepareRequest = Omit<StartRequest, 'message'>;
export type SendRequest = { readonly conversation: string; readonly id: string; readonly text: string };
/** `file` was uploaded by the same person, into the same conversation, under the same `id`. */
export type FileRequest = { readonly conversation: string; readonly id: string; readonly file: string };
/** Where a file is had, by whoever asked and until then. */
export type FileLink = { readonly url: string; readonly until: string };

/** Where a transcript can be mailed without a code: an address that is proven, mostly hidden. Null: none is. */
export type TranscriptOffer = { readonly to: string | null };
/** `zone` is IANA's name of the visitor's time zone. The same `id` again is the same mail. */
export type TranscriptRequest = {
  readonly conversation: string;
  readonly id: string;
  readonly locale: WidgetLocale;
  readonly zone: string;
};
/** `code`: the same for every address, whether a code went there or not. */
export type TranscriptAnswer = { readonly state: 'sent'; readonly to: string } | { readonly state: 'code' };

/**
 * What is remembered of a visitor, as they see it. What has an `id` is removed by it. A page passes over a kind that it does not know.
 */
export type Remembered =
  /** Noted by a person here. */
  | {
      readonly kind: 'preference';
      readonly id: string;
      readonly text: string;
      readonly source: 'stated' | 'noticed';
      readonly quote: string | null;
      readonly person: PersonRef;
      readonly at: string;
    }
  /** Said by the visitor; `at` is null where nobody noted when. */
  | {
      readonly kind: 'claim';
      readonly id: string;
      readonly what: 'name' | 'email' | 'phone';
      readonly value: string;
      readonly at: string | null;
    }
  /** Said by pages of a browser of theirs. */
  | { readonly kind: 'labels'; readonly id: string; readonly labels: Labels }
  | { readonly kind: 'page-events'; readonly id: string; readonly events: readonly PageEvent[] }
  /** A browser of theirs, and the pages that are kept with its conversations, the last one first. */
  | {
      readonly kind: 'device';
      readonly id: string;
      readonly device: string | null;
      readonly locale: WidgetLocale;
      readonly pages: readonly Page[];
    }
  /** A device that is told of answers, and since when; removed, it is told of none. */
  | { readonly kind: 'push'; readonly id: string; readonly device: string | null; readonly at: string }
  /** Still to come; removed, it is not needed any more. `person` keeps it. */
  | {
      readonly kind: 'call-back';
      readonly id: string;
      readonly from: string;
      readonly to: string;
      readonly way: CallBackWay;
      readonly phone: string | null;
      readonly person: PersonRef | null;
    }
  /** Signed for by the site on this line: not removed here. */
  | { readonly kind: 'proven'; readonly name: string | null; readonly email: string | null };

/** When visitors can be called back: free times in the company's hours, the next one first. */
export type CallBackTimes = {
  readonly times: readonly { readonly from: string; readonly to: string }[];
  /** Whether somebody telephones where that is wished. */
  readonly telephone: boolean;
};
/** `from` is that of one of the times; `phone` where `way` is `telephone`. */
export type CallBackRequest = {
  readonly conversation: string;
  /** Also the call-back's own. */
  readonly id: string;
  readonly from: string;
  readonly way: CallBackWay;
  readonly phone?: string;
};

export type VisitorEvents = {
  /** A conversation with its first message: one idempotent event. A retry returns the first result. */
  'conversation:start': (
    request: StartRequest,
    ack: Ack<{ conversation: PublicConversation; entry: PublicEntry }>,
  ) => void;
  /** A conversation for a file to begin: nobody at the desk sees it before its first entry, and unused it is gone after two hours. */
  'conversation:prepare': (request: PrepareRequest, ack: Ack<{ conversation: PublicConversation }>) => void;
  'message:send': (request: SendRequest, ack: Ack<PublicEntry>) => void;
  /** Sends what was uploaded by `POST /w/files`; until then nobody sees it, and after an hour it is gone. */
  'file:send': (request: FileRequest, ack: Ack<PublicEntry>) => void;
  'file:link': (
    request: { readonly conversation: string; readonly file: string },
    ack: Ack<FileLink>,
  ) => void;
  /** Leaves an address for the answer: a claim, shown as such. */
  'email:give': (
    request: { readonly conversation: string; readonly id: string; readonly email: string },
    ack: Ack<PublicEntry>,
  ) => void;
  'entries:fetch': (
    request: { readonly conversation: string } & Range,
    ack: Ack<{ entries: PublicEntry[]; publicSeq: number; more: boolean }>,
  ) => void;
  'read:advance': (
    request: { readonly conversation: string; readonly publicSeq: number },
    ack: Ack<Nothing>,
  ) => void;
  /** It is in this browser, and not read yet: the panel is closed, or nobody looks. */
  'delivered:advance': (
    request: { readonly conversation: string; readonly publicSeq: number },
    ack: Ack<Nothing>,
  ) => void;
  'typing:show': (request: { readonly conversation: string }) => void;
  /** Those who answer here: whom the visitor has spoken with first, then who is here; at most 12. With a name: who is called so. */
  'people:find': (request: { readonly name?: string }, ack: Ack<readonly Askable[]>) => void;
  /** Asks for somebody by name: both sides see it, and while it waits it is offered to them first. */
  'person:ask': (
    request: { readonly conversation: string; readonly id: string; readonly person: string },
    ack: Ack<PublicEntry>,
  ) => void;
  'call-back:find': (request: Nothing, ack: Ack<CallBackTimes>) => void;
  /** One at a time in a conversation (CONFLICT). SLOT_TAKEN where others were faster. */
  'call-back:book': (request: CallBackRequest, ack: Ack<PublicEntry>) => void;
  'call-back:move': (
    request: {
      readonly conversation: string;
      readonly id: string;
      readonly callBack: string;
      readonly from: string;
    },
    ack: Ack<PublicEntry>,
  ) => void;
  'call-back:cancel': (
    request: { readonly conversation: string; readonly id: string; readonly callBack: string },
    ack: Ack<PublicEntry>,
  ) => void;
  'page:view': (request: Page, ack: Ack<Nothing>) => void;
  /** What the page's own script says of its visitor and of what they do there: labels for whoever answers, which open nothing. An event that was told before is not told twice. TOO_MANY where it does not stop. */
  'page:tell': (
    request: {
      readonly conversation: string;
      readonly attributes?: Attributes;
      readonly events?: readonly ToldEvent[];
    },
    ack: Ack<Nothing>,
  ) => void;
  /** The visitor has this hello of the site's before them: what they write on this line answers it, where nothing is under way. */
  'hello:show': (request: { readonly hello: string; readonly person: string }, ack: Ack<Nothing>) => void;
  /** One of an offer's options, by its number, or something else in the visitor's own words. */
  'extra:choose': (
    request: {
      readonly conversation: string;
      readonly id: string;
      readonly offer: string;
      readonly choice: number | string;
    },
    ack: Ack<PublicEntry>,
  ) => void;
  /** One answer a question and farewell; optional, and the conversation stays closed. CONFLICT when it was answered already. */
  'farewell:answer': (
    request: {
      readonly conversation: string;
      readonly id: string;
      readonly question: FarewellQuestion;
      readonly text: string;
    },
    ack: Ack<PublicEntry>,
  ) => void;
  /** Whether the conversation can be mailed, after a goodbye: MAIL_OFF without a mail server, UNKNOWN before it. */
  'transcript:offer': (request: { readonly conversation: string }, ack: Ack<TranscriptOffer>) => void;
  /** Mails it to the proven address; with `email`, a code to that one. MAIL_UNPROVEN, MAIL_ENOUGH. */
  'transcript:ask': (
    request: TranscriptRequest & { readonly email?: string },
    ack: Ack<TranscriptAnswer>,
  ) => void;
  /** The code that was mailed. BAD_CODE after five tries, half an hour or one use as for a wrong one. */
  'transcript:confirm': (
    request: TranscriptRequest & { readonly code: string },
    ack: Ack<TranscriptAnswer>,
  ) => void;
  /** Allows one device to be told of answers: whoever brings `grant`, a secret that this chat has made, to the page of devices soon, and once. UNKNOWN where the owner has not switched it on. */
  'push:allow': (
    request: { readonly conversation: string; readonly grant: string },
    ack: Ack<Nothing>,
  ) => void;
  /** What is remembered of this visitor: of their record if the site has signed for them, else of this browser and its own conversations. */
  'remembered:read': (request: Nothing, ack: Ack<readonly Remembered[]>) => void;
  /** Answered alike for what is removed, was removed before, or was never theirs. */
  'remembered:remove': (request: { readonly id: string }, ack: Ack<Nothing>) => void;
  /** Asked for on wake, online and reconnect; the same heads also come every HEADS_EVERY_MS. */
  'heads:ask': (request: Nothing, ack: Ack<readonly PublicConversation[]>) => void;
};

export type EventsForVisitor = {
  welcome: (welcome: Welcome) => void;
  'message:sent': (entry: PublicEntry) => void;
  /** Entries without words: joined, handed over, e-mail given. */
  'conversation:changed': (entry: PublicEntry, conversation: PublicConversation) => void;
  heads: (conversations: readonly PublicConversation[]) => void;
  'read:advanced': (cursor: { readonly conversation: string; readonly agentRead: number }) => void;
  /** How far it is on the screen of the person who holds the conversation. */
  'delivered:advanced': (cursor: { readonly conversation: string; readonly agentDelivered: number }) => void;
  'typing:shown': (typing: { readonly conversation: string; readonly person: PersonCard }) => void;
  'people:changed': (now: {
    readonly people: readonly PersonCard[];
    readonly expectation: Expectation;
  }) => void;
  /** The relay is about to stop: take a new line within `within` milliseconds, at a random moment, when nothing is being answered. */
  'relay:leaving': (notice: { readonly within: number }) => void;
};

// ── Agents: namespace /agent, by session cookie ────────────────────────────

export type AgentAuth = { readonly protocol: number };
/** Refused handshakes: SIGNED_OUT, BAD_ORIGIN, OLD_PROTOCOL, NEW_PROTOCOL. */

export type ListView = 'waiting' | 'mine' | 'all' | 'closed';
export type ListRequest = { readonly view: ListView; readonly query?: string; readonly cursor?: string };
export type ListPage = {
  readonly rows: ConversationRow[];
  readonly next: string | null;
  /** Of a search: there is more than these, the latest, or there may be. */
  readonly cut?: boolean;
};
export type Counts = { readonly waiting: number; readonly mine: number };

export type Opened = {
  readonly conversation: ConversationDetail;
  /** The last page of its log. */
  readonly entries: Entry[];
  readonly more: boolean;
  readonly draft: string;
  readonly pane: CustomerPane;
  /** What the reader over the shoulder cannot see in this log. */
  readonly before: {
    /** Phrases that went to this customer as they stand, in any conversation. */
    readonly phrases: readonly string[];
    /** Earlier conversations of this customer or visitor. */
    readonly conversations: number;
  };
};

export type PreferenceDraft = {
  readonly id: string;
  readonly conversation: string;
  readonly text: string;
  readonly source: 'stated' | 'noticed';
  readonly quote?: string;
  /** What it could become at the next visit. */
  readonly idea?: string;
  /** It is about how they would like to be reached. */
  readonly reach?: Reach;
};
/** The text is shown to the customer, with its time and the name of who keeps it. */
export type PromiseDraft = {
  readonly id: string;
  readonly conversation: string;
  readonly text: string;
  readonly due: string;
};

type One = { readonly conversation: string };

export type AgentEvents = {
  'conversation:list': (request: ListRequest, ack: Ack<ListPage>) => void;
  /** Joins the conversation's room first, then reads: nothing falls in between. `conversation:leave` leaves it. */
  'conversation:open': (request: One, ack: Ack<Opened>) => void;
  'conversation:leave': (request: One, ack: Ack<Nothing>) => void;
  'entries:fetch': (request: One & Range, ack: Ack<{ entries: Entry[]; seq: number; more: boolean }>) => void;
  /** Claimed once; the loser gets TAKEN and, in the row, who has it. */
  'conversation:take': (request: One & { readonly id: string }, ack: Ack<ConversationDetail>) => void;
  /** `seen` is the last seq on the sender's screen: ANSWERED when another agent wrote after it. Absent: send all the same. */
  'message:send': (request: SendRequest & { readonly seen?: number }, ack: Ack<Entry>) => void;
  'note:send': (request: SendRequest, ack: Ack<Entry>) => void;
  /** Sends what was uploaded by `POST /api/conversations/ID/files`. `seen` as in `message:send`. */
  'file:send': (request: FileRequest & { readonly seen?: number }, ack: Ack<Entry>) => void;
  'file:link': (request: One & { readonly file: string }, ack: Ack<FileLink>) => void;
  /** To a named person, with a note that only colleagues see. */
  'conversation:hand-over': (
    request: One & { readonly id: string; readonly to: string; readonly note: string },
    ack: Ack<ConversationDetail>,
  ) => void;
  /** Closes with the agent's own farewell. */
  'conversation:close': (
    request: One & { readonly id: string; readonly farewell: string },
    ack: Ack<ConversationDetail>,
  ) => void;
  'conversation:reopen': (request: One & { readonly id: string }, ack: Ack<ConversationDetail>) => void;
  /** Not a real request: put aside, and the browser's token is blocked. `undo` takes it back. */
  'conversation:put-aside': (
    request: One & { readonly id: string; readonly undo?: boolean },
    ack: Ack<ConversationDetail>,
  ) => void;
  'conversation:situation': (
    request: One & { readonly situation: Situation | null },
    ack: Ack<Nothing>,
  ) => void;
  /** Says who a visitor is: an existing customer, or a new record with a name. Null takes it back. Kept in the log. */
  'customer:link': (
    request: One & { readonly id: string; readonly customer: string | { readonly name: string } | null },
    ack: Ack<CustomerPane>,
  ) => void;
  'customer:search': (request: { readonly query: string }, ack: Ack<Customer[]>) => void;
  'customer:read': (request: One, ack: Ack<CustomerPane>) => void;
  /** What went wrong, while it is warm. */
  'failure:log': (request: FailureDraft, ack: Ack<Failure>) => void;
  'failure:change': (request: FailureChange, ack: Ack<Failure>) => void;
  /** The next of its stages. */
  'failure:step': (request: StageStep, ack: Ack<Failure>) => void;
  /** Something of the extra-check list was looked at. */
  'failure:check': (
    request: One & { readonly failure: string; readonly check: string; readonly done: boolean },
    ack: Ack<Nothing>,
  ) => void;
  'preference:note': (request: PreferenceDraft, ack: Ack<Preference>) => void;
  'preference:remove': (request: One & { readonly preference: string }, ack: Ack<Nothing>) => void;
  /** Null forgets the idea; `done` says that it was carried out. */
  'preference:idea': (
    request: One & { readonly preference: string; readonly idea: string | null; readonly done?: boolean },
    ack: Ack<Preference>,
  ) => void;
  'promise:make': (request: PromiseDraft, ack: Ack<Promised>) => void;
  'promise:keep': (request: One & { readonly promise: string }, ack: Ack<Promised>) => void;
  /** A later time, of which the customer is told at once. */
  'promise:move': (
    request: One & { readonly id: string; readonly promise: string; readonly due: string },
    ack: Ack<Promised>,
  ) => void;
  'extras:offer': (request: ExtrasOffer, ack: Ack<Entry>) => void;
  'draft:save': (request: One & { readonly text: string }, ack: Ack<Nothing>) => void;
  'read:advance': (request: One & { readonly seq: number }, ack: Ack<Nothing>) => void;
  /** It is in this console's list, and not read yet. Only of conversations that this person holds; of others nothing is changed. */
  'delivered:advance': (request: One & { readonly seq: number }, ack: Ack<Nothing>) => void;
  'typing:show': (request: One) => void;
  /** The agent's own switch; `backAt` is what visitors are told. */
  'presence:set': (
    request: { readonly here: boolean; readonly backAt?: string | null },
    ack: Ack<Nothing>,
  ) => void;
  /** What one sent message teaches the book; a retry changes nothing. */
  'writing:report': (request: WritingReport, ack: Ack<Nothing>) => void;
  /** Alternatives for what the customer asked: granted before to somebody who asked alike, then the book's. */
  'alternatives:find': (request: One & { readonly asked: string }, ack: Ack<readonly Alternative[]>) => void;
  'heads:ask': (
    request: { readonly conversations: readonly string[] },
    ack: Ack<{ readonly heads: readonly AgentHead[]; readonly counts: Counts }>,
  ) => void;
};

export type AgentHead = {
  readonly conversation: string;
  readonly seq: number;
  readonly visitorRead: number;
  readonly visitorDelivered: number;
};

export type Colleague = PersonCard & {
  readonly role: 'owner' | 'agent' | 'back-office';
  readonly open: number;
};

export type EventsForAgent = {
  welcome: (welcome: {
    readonly protocol: number;
    readonly me: Colleague & { readonly email: string };
    readonly colleagues: readonly Colleague[];
    readonly counts: Counts;
    readonly work: Work;
    readonly demo: boolean;
  }) => void;
  /** What waits for this person has changed: tasks, requests, notes, praise. */
  'work:changed': (work: Work) => void;
  /** A task's time has come. Whoever misses it finds it in the list, not seen. */
  'task:due': (task: Task) => void;
  'message:sent': (entry: Entry) => void;
  'conversation:changed': (entry: Entry) => void;
  /** Rows that moved (to everybody), or have new words (to whose list shows them). Coalesced; an older version must not overwrite a newer one, and `read` is 0. */
  'rows:changed': (rows: readonly ConversationRow[]) => void;
  'counts:changed': (counts: Counts) => void;
  heads: (now: { readonly heads: readonly AgentHead[]; readonly counts: Counts }) => void;
  'customer:changed': (now: { readonly conversation: string; readonly pane: CustomerPane }) => void;
  'read:advanced': (cursor: { readonly conversation: string; readonly visitorRead: number }) => void;
  'delivered:advanced': (cursor: {
    readonly conversation: string;
    readonly visitorDelivered: number;
  }) => void;
  'typing:shown': (typing: {
    readonly conversation: string;
    readonly by: 'visitor' | 'agent';
    readonly person: PersonCard | null;
  }) => void;
  'page:viewed': (view: {
    readonly conversation: string;
    readonly page: Page | null;
    readonly here: boolean;
  }) => void;
  /** What the page says of this visitor now. */
  'page:told': (now: { readonly conversation: string; readonly told: PageData }) => void;
  /** The visitor has had something removed: this is what is left, and the log's lines of it as they are now. */
  'visitor:changed': (now: {
    readonly conversation: string;
    readonly email: string | null;
    readonly page: Page | null;
    readonly device: string | null;
    readonly entries: readonly Entry[];
  }) => void;
  'people:changed': (colleagues: readonly Colleague[]) => void;
  /** `revision` rises with every change of the book, `version` when one is published. */
  'book:changed': (now: { readonly version: number; readonly revision: number }) => void;
  'relay:leaving': (notice: { readonly within: number }) => void;
  'signed-out': () => void;
};
