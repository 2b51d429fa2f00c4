/**
 * The tables, by domain: site, people, desk, recovery, bible. Drizzle gives the row types and the generated migrations
 * (`npm run generate`); the append is SQL by hand in log.ts. Times are timestamptz, read as ISO strings.
 */
import type { FirstReport, PhraseBody } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });
const now = (name: string) => time(name).notNull().defaultNow();
const id = () => uuid('id').primaryKey().defaultRandom();
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

// ── site ────────────────────────────────────────────────────────────────────

export const sites = pgTable('sites', {
  id: id(),
  /** The public key in the tag. */
  key: text('key').notNull().unique(),
  name: text('name').notNull(),
  /** Origins of the host pages that may embed the chat. */
  hosts: text('hosts').array().notNull().default(sql`'{}'`),
  /** Signs identities (HS256); shown to owners only. */
  identitySecret: text('identity_secret').notNull(),
  demo: boolean('demo').notNull().default(false),
  createdAt: now('created_at'),
});

// ── people ──────────────────────────────────────────────────────────────────

export const people = pgTable(
  'people',
  {
    id: id(),
    given: text('given').notNull(),
    family: text('family').notNull(),
    fullName: text('full_name').notNull(),
    nameKind: text('name_kind', { enum: ['legal', 'professional'] })
      .notNull()
      .default('legal'),
    nameApprovedBy: uuid('name_approved_by').references((): AnyPgColumn => people.id),
    title: text('title'),
    email: text('email').notNull(),
    passwordHash: text('password_hash'),
    role: text('role', { enum: ['owner', 'agent', 'back-office'] }).notNull(),
    /** Conversations this person can hold at once: the capacity behind the load. */
    capacity: integer('capacity').notNull().default(5),
    /** The person's own switch; being here needs a socket as well. */
    here: boolean('here').notNull().default(true),
    backAt: time('back_at'),
    active: boolean('active').notNull().default(true),
    demo: boolean('demo').notNull().default(false),
    createdAt: now('created_at'),
  },
  (table) => [uniqueIndex('people_email').on(sql`lower(${table.email})`)],
);

/** Sessions of agents. The cookie holds the token, the table its SHA-256. */
export const sessions = pgTable(
  'sessions',
  {
    hash: bytes('hash').primaryKey(),
    person: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: now('created_at'),
    seenAt: now('seen_at'),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [index('sessions_person').on(table.person)],
);

/** One-time links: set-up, sign-in, invitation, password reset. Only the hash is kept. */
export const links = pgTable('links', {
  hash: bytes('hash').primaryKey(),
  kind: text('kind', { enum: ['setup', 'sign-in', 'invite', 'reset'] }).notNull(),
  person: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
  createdAt: now('created_at'),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

/** A person's record, shared by all sites and channels. */
export const customers = pgTable('customers', {
  id: id(),
  name: text('name').notNull(),
  email: text('email'),
  locale: text('locale'),
  since: now('since'),
  /** The ally: the first person, who stays so through every hand-over. */
  ally: uuid('ally_id').references(() => people.id),
  /** The record that this one was merged into; null while it stands by itself. */
  mergedInto: uuid('merged_into').references((): AnyPgColumn => customers.id, { onDelete: 'set null' }),
  demo: boolean('demo').notNull().default(false),
  createdAt: now('created_at'),
});

/** Signed identities: the site's own user id, proven by its signature. */
export const identities = pgTable(
  'identities',
  {
    site: uuid('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    subject: text('subject').notNull(),
    customer: uuid('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    createdAt: now('created_at'),
  },
  (table) => [
    primaryKey({ columns: [table.site, table.subject] }),
    index('identities_customer').on(table.customer),
  ],
);

/** A browser at a site, known by a token it made with its first message; only the hash is kept. */
export const visitors = pgTable(
  'visitors',
  {
    id: id(),
    site: uuid('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    tokenHash: bytes('token_hash').notNull().unique(),
    /** Set by signed identity, or by an agent who says so (`linkedBy`). */
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'set null' }),
    linkedBy: uuid('linked_by').references(() => people.id),
    linkedAt: time('linked_at'),
    claimedName: text('claimed_name'),
    claimedEmail: text('claimed_email'),
    locale: text('locale').notNull(),
    device: text('device'),
    blockedAt: time('blocked_at'),
    createdAt: now('created_at'),
  },
  (table) => [index('visitors_customer').on(table.customer)],
);

// ── desk ────────────────────────────────────────────────────────────────────

/**
 * Every message updates its conversation's row, so nothing that a message changes is in an index: such an update is kept
 * on its page (HOT) and touches no index at all. Lists of live conversations are small and sorted when asked for.
 */
export const conversations = pgTable(
  'conversations',
  {
    id: id(),
    site: uuid('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    visitor: uuid('visitor_id')
      .notNull()
      .references(() => visitors.id, { onDelete: 'cascade' }),
    /** Made by the visitor's browser; unique per visitor, so that a retried start finds itself. */
    clientId: uuid('client_id').notNull(),
    status: text('status', { enum: ['waiting', 'open', 'closed', 'spam'] })
      .notNull()
      .default('waiting'),
    holder: uuid('holder_id').references(() => people.id),
    offeredTo: uuid('offered_to').references(() => people.id),
    /** The first person who took it; the ally of a visitor without a customer record. */
    contact: uuid('contact_id').references(() => people.id),
    lastSeq: integer('last_seq').notNull().default(0),
    lastPublicSeq: integer('last_public_seq').notNull().default(0),
    /** The last words by an agent, and by whom: a reply that has not seen them is held. */
    lastAgentSeq: integer('last_agent_seq').notNull().default(0),
    lastAgent: uuid('last_agent_id'),
    /** Who said hello last since it was opened; the next person's first words are a hello again. */
    helloBy: uuid('hello_by'),
    visitorRead: integer('visitor_read').notNull().default(0),
    agentRead: integer('agent_read').notNull().default(0),
    waitingSince: time('waiting_since'),
    situation: text('situation'),
    locale: text('locale').notNull(),
    pageUrl: text('page_url'),
    pageTitle: text('page_title'),
    preview: text('preview').notNull().default(''),
    previewBy: text('preview_by', { enum: ['visitor', 'agent', 'system'] })
      .notNull()
      .default('system'),
    version: integer('version').notNull().default(0),
    createdAt: now('created_at'),
    closedAt: time('closed_at'),
    lastAt: now('last_at'),
  },
  (table) => [
    unique('conversations_client').on(table.visitor, table.clientId),
    index('conversations_live').on(table.status, table.holder).where(sql`status in ('waiting', 'open')`),
    index('conversations_closed').on(table.closedAt.desc(), table.id).where(sql`status = 'closed'`),
    index('conversations_created').on(table.createdAt.desc()),
  ],
);

/** The log. Two dense counters under the conversation's row lock: `seq` for agents, `publicSeq` for visitors. */
export const entries = pgTable(
  'entries',
  {
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    publicSeq: integer('public_seq'),
    kind: text('kind').notNull(),
    senderKind: text('sender_kind', { enum: ['visitor', 'agent', 'system'] }).notNull(),
    /** A visitor's or a person's id; the nil UUID for the relay. */
    sender: uuid('sender_id').notNull(),
    clientId: uuid('client_id').notNull(),
    body: text('body').notNull().default(''),
    data: jsonb('data').$type<Record<string, string>>(),
    at: now('at'),
  },
  (table) => [
    primaryKey({ columns: [table.conversation, table.seq] }),
    unique('entries_once').on(table.conversation, table.sender, table.clientId),
    uniqueIndex('entries_public').on(table.conversation, table.publicSeq).where(sql`public_seq is not null`),
  ],
);

/** Words for the search, a conversation a row; filled behind the commit, never on the message path. */
export const searchTerms = pgTable(
  'search_terms',
  {
    conversation: uuid('conversation_id')
      .primaryKey()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    terms: tsvector('terms').notNull(),
    /** How far the log is in it. */
    seq: integer('seq').notNull(),
    at: now('at'),
  },
  (table) => [
    index('search_terms_gin').using('gin', table.terms),
    index('search_terms_at').on(table.at.desc()),
  ],
);

/** An agent's own read cursor and draft in a conversation. */
export const desks = pgTable(
  'desks',
  {
    person: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    read: integer('read').notNull().default(0),
    draft: text('draft').notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.conversation] }),
    index('desks_conversation').on(table.conversation),
  ],
);

// ── recovery ────────────────────────────────────────────────────────────────

export const failures = pgTable(
  'failures',
  {
    id: id(),
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id').references(() => conversations.id, { onDelete: 'set null' }),
    at: now('at'),
    what: text('what').notNull(),
    product: text('product'),
    element: text('element', { enum: ['product', 'person', 'time', 'resolution'] }),
    stage: text('stage', { enum: ['noticed', 'apologised', 'gone-over', 'fixed', 'followed-up', 'closed'] })
      .notNull()
      .default('noticed'),
    putRight: text('put_right'),
    extra: text('extra'),
    owed: text('owed'),
    owedBy: time('owed_by'),
    ally: uuid('ally_id').references(() => people.id),
    /** Open conversations ÷ capacity of those who were here. */
    load: doublePrecision('load'),
    onShift: uuid('on_shift').array().notNull().default(sql`'{}'`),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    createdAt: now('created_at'),
  },
  (table) => [
    index('failures_customer').on(table.customer, table.at.desc()),
    index('failures_conversation').on(table.conversation),
  ],
);

export const preferences = pgTable(
  'preferences',
  {
    id: id(),
    customer: uuid('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    source: text('source', { enum: ['stated', 'noticed'] }).notNull(),
    quote: text('quote'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    at: now('at'),
    removedAt: time('removed_at'),
  },
  (table) => [index('preferences_customer').on(table.customer, table.at.desc())],
);

export const promises = pgTable(
  'promises',
  {
    id: id(),
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id').references(() => conversations.id, { onDelete: 'set null' }),
    text: text('text').notNull(),
    due: time('due').notNull(),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    keptAt: time('kept_at'),
    createdAt: now('created_at'),
  },
  (table) => [
    index('promises_customer').on(table.customer, table.due),
    index('promises_conversation').on(table.conversation),
  ],
);

export const purchases = pgTable(
  'purchases',
  {
    id: id(),
    customer: uuid('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    at: time('at').notNull(),
    what: text('what').notNull(),
    amount: doublePrecision('amount').notNull(),
    currency: text('currency').notNull(),
  },
  (table) => [index('purchases_customer').on(table.customer, table.at.desc())],
);

// ── bible ───────────────────────────────────────────────────────────────────

export const phrases = pgTable(
  'phrases',
  {
    id: id(),
    locale: text('locale').notNull(),
    situation: text('situation').notNull(),
    text: text('text').notNull(),
    reason: text('reason').notNull(),
    notWhen: text('not_when'),
    tags: text('tags').array().notNull().default(sql`'{}'`),
    status: text('status', { enum: ['published', 'retired'] })
      .notNull()
      .default('published'),
    by: uuid('by_id').references(() => people.id, { onDelete: 'set null' }),
    demo: boolean('demo').notNull().default(false),
    createdAt: now('created_at'),
    changedAt: now('changed_at'),
  },
  (table) => [index('phrases_locale').on(table.locale, table.situation)],
);

export const rules = pgTable(
  'rules',
  {
    id: id(),
    /** The name of a rule of the starter book; null for a company's own. */
    key: text('key'),
    locale: text('locale').notNull(),
    body: jsonb('body').$type<RuleBody>().notNull(),
    status: text('status', { enum: ['published', 'retired'] })
      .notNull()
      .default('published'),
    /** Since when dismissals have made it a suggestion; an owner takes it back. */
    quietSince: time('quiet_since'),
    /** Only outcomes after this count for `quietSince`. */
    countsFrom: now('counts_from'),
    by: uuid('by_id').references(() => people.id, { onDelete: 'set null' }),
    createdAt: now('created_at'),
    changedAt: now('changed_at'),
  },
  (table) => [index('rules_locale').on(table.locale), uniqueIndex('rules_key').on(table.locale, table.key)],
);

/** Proposals and accepted changes; a published one belongs to its version. */
export const bookChanges = pgTable(
  'book_changes',
  {
    /** Made by the client, so that a retry finds itself. */
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: ['phrase', 'rule'] }).notNull(),
    /** The phrase or rule that it changes or, without a body, takes out; null: it adds one. */
    target: uuid('target'),
    body: jsonb('body').$type<PhraseBody | RuleBody>(),
    /** The entry as it was when the change was published. */
    before: jsonb('before').$type<PhraseBody | RuleBody>(),
    locale: text('locale').notNull(),
    example: text('example'),
    state: text('state', { enum: ['open', 'accepted', 'declined', 'published'] })
      .notNull()
      .default('open'),
    by: uuid('by_id').references(() => people.id, { onDelete: 'set null' }),
    decidedBy: uuid('decided_by').references(() => people.id, { onDelete: 'set null' }),
    why: text('why'),
    version: integer('version'),
    at: now('at'),
    changedAt: now('changed_at'),
  },
  (table) => [
    index('book_changes_pending').on(table.locale).where(sql`state in ('open', 'accepted')`),
    index('book_changes_version').on(table.version),
  ],
);

export const bookComments = pgTable(
  'book_comments',
  {
    id: uuid('id').primaryKey(),
    change: uuid('change_id')
      .notNull()
      .references(() => bookChanges.id, { onDelete: 'cascade' }),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    at: now('at'),
  },
  (table) => [index('book_comments_change').on(table.change)],
);

export const bookVotes = pgTable(
  'book_votes',
  {
    change: uuid('change_id')
      .notNull()
      .references(() => bookChanges.id, { onDelete: 'cascade' }),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    vote: integer('vote').notNull(),
  },
  (table) => [primaryKey({ columns: [table.change, table.by] })],
);

export const bookVersions = pgTable('book_versions', {
  version: integer('version').primaryKey(),
  at: now('at'),
  by: uuid('by_id').references(() => people.id, { onDelete: 'set null' }),
  note: text('note').notNull().default(''),
});

/** The last version that a person has read and said so. */
export const bookAcknowledged = pgTable('book_acknowledged', {
  person: uuid('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  version: integer('version').notNull(),
  at: now('at'),
});

/** One row: the owner's settings of the book. */
export const bookSettings = pgTable('book_settings', {
  id: integer('id').primaryKey(),
  refusal: text('refusal', { enum: ['ask', 'stop', 'off'] })
    .notNull()
    .default('ask'),
  contacts: text('contacts').array().notNull().default(sql`'{}'`),
});

/**
 * What writing teaches. None of these three tables names a person, and nothing reads them by person: words are judged here,
 * never those who wrote them.
 */
export const phraseUses = pgTable(
  'phrase_uses',
  {
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    message: uuid('message_id').notNull(),
    phrase: uuid('phrase_id')
      .notNull()
      .references(() => phrases.id, { onDelete: 'cascade' }),
    situation: text('situation').notNull(),
    edited: boolean('edited').notNull(),
    at: now('at'),
  },
  (table) => [
    primaryKey({ columns: [table.conversation, table.message, table.phrase] }),
    index('phrase_uses_phrase').on(table.phrase, table.at.desc()),
  ],
);

export const ruleOutcomes = pgTable(
  'rule_outcomes',
  {
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    message: uuid('message_id').notNull(),
    /** The place among the findings of its message. */
    place: integer('place').notNull(),
    rule: uuid('rule_id')
      .notNull()
      .references(() => rules.id, { onDelete: 'cascade' }),
    outcome: text('outcome', { enum: ['taken', 'dismissed', 'not-here', 'changed', 'left'] }).notNull(),
    at: now('at'),
  },
  (table) => [
    primaryKey({ columns: [table.conversation, table.message, table.place] }),
    index('rule_outcomes_rule').on(table.rule, table.at.desc()),
  ],
);

/** What was asked, and what became of it. `terms` finds those who asked alike. */
export const requests = pgTable(
  'requests',
  {
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    message: uuid('message_id').notNull(),
    locale: text('locale').notNull(),
    asked: text('asked').notNull(),
    outcome: text('outcome', { enum: ['granted', 'alternative', 'declined'] }).notNull(),
    offered: text('offered').array().notNull().default(sql`'{}'`),
    reason: text('reason', { enum: ['safety', 'security', 'privacy', 'health', 'ethics'] }),
    terms: tsvector('terms').notNull(),
    at: now('at'),
  },
  (table) => [
    primaryKey({ columns: [table.conversation, table.message] }),
    index('requests_terms').using('gin', table.terms),
  ],
);

/** One row: the last report on the company's own past words. */
export const firstReports = pgTable('first_reports', {
  id: integer('id').primaryKey(),
  at: now('at'),
  report: jsonb('report').$type<FirstReport>().notNull(),
});

// ── one company: keys for other systems, merged records, mail ───────────────

/** Keys with which other systems of the company report failures and purchases. Only the hash is kept. */
export const apiKeys = pgTable('api_keys', {
  id: id(),
  name: text('name').notNull(),
  hash: bytes('hash').notNull().unique(),
  by: uuid('by_id')
    .notNull()
    .references(() => people.id),
  createdAt: now('created_at'),
  usedAt: time('used_at'),
  endedAt: time('ended_at'),
});

/** Two records found to be one person. `moved` names every row that went over, so that it can be taken back. */
export const customerMerges = pgTable(
  'customer_merges',
  {
    /** Made by the client, so that a retry finds itself. */
    id: uuid('id').primaryKey(),
    kept: uuid('kept_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    merged: uuid('merged_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    at: now('at'),
    moved: jsonb('moved').$type<Record<string, readonly string[]>>().notNull(),
    undoneAt: time('undone_at'),
    undoneBy: uuid('undone_by').references(() => people.id),
  },
  (table) => [index('customer_merges_kept').on(table.kept), index('customer_merges_merged').on(table.merged)],
);

/** E-mail on its way: written with what it belongs to, sent by a job, never twice. */
export const mails = pgTable(
  'mails',
  {
    id: uuid('id').primaryKey(),
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    by: uuid('by_id').references(() => people.id),
    to: text('to_address').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    state: text('state', { enum: ['waiting', 'sending', 'sent', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** What the mail server said last, in one line; for owners. */
    trouble: text('trouble'),
    createdAt: now('created_at'),
    triedAt: time('tried_at'),
    sentAt: time('sent_at'),
  },
  (table) => [
    index('mails_waiting').on(table.createdAt).where(sql`state in ('waiting', 'sending')`),
    index('mails_to').on(sql`lower(${table.to})`, table.createdAt),
    index('mails_customer').on(table.customer),
  ],
);

// ── the relay's own ─────────────────────────────────────────────────────────

/** One row: written by the readiness probe. */
export const relayProbe = pgTable('relay_probe', { id: integer('id').primaryKey(), at: now('at') });

/** Small facts of the whole installation: `book-version` (the last published), `book-revision`, `demo`. */
export const facts = pgTable('facts', {
  key: text('key').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull(),
});
