/** What went wrong and what follows from it; what was promised, what is preferred, what was bought. */
import { REACHES } from '@fullname/shared/model';
import type { FailureEdit, FailureFields, Quote, TaskKind, WrapUp } from '@fullname/shared/recovery';
import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, now, time } from './columns.ts';
import { mails } from './company.ts';
import { conversations } from './desk.ts';
import { customers, people } from './people.ts';

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
    place: text('place'),
    channel: text('channel', { enum: ['chat', 'telephone', 'e-mail', 'letter', 'shop', 'other'] })
      .notNull()
      .default('chat'),
    category: text('category'),
    severity: text('severity', { enum: ['small', 'felt', 'serious'] }),
    quotes: jsonb('quotes').$type<readonly Quote[]>().notNull().default([]),
    irreplaceable: boolean('irreplaceable').notNull().default(false),
    wants: text('wants'),
    putRight: text('put_right'),
    restored: boolean('restored'),
    extra: text('extra'),
    noExtra: text('no_extra'),
    level: text('level', { enum: ['paperwork', 'restored', 'beyond'] }),
    owed: text('owed'),
    owedBy: time('owed_by'),
    cause: text('cause', {
      enum: ['process', 'supplier', 'logistics', 'systems', 'billing', 'information', 'training', 'person'],
    }),
    causeNote: text('cause_note'),
    cost: doublePrecision('cost'),
    costCurrency: text('cost_currency'),
    disputed: doublePrecision('disputed'),
    disputedCurrency: text('disputed_currency'),
    /** The internal follow-up: at most three lines, what to check at the next order, until when. */
    flagLines: text('flag_lines').array(),
    checks: jsonb('checks')
      .$type<readonly { readonly id: string; readonly text: string; readonly doneBy: string | null }[]>()
      .notNull()
      .default([]),
    flagUntil: time('flag_until'),
    reopened: integer('reopened').notNull().default(0),
    revision: integer('revision').notNull().default(1),
    fixedAt: time('fixed_at'),
    closedAt: time('closed_at'),
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
    index('failures_open')
      .on(table.customer, table.at.desc())
      .where(sql`stage <> 'closed' or owed is not null`),
    index('failures_flagged').on(table.customer, table.flagUntil).where(sql`flag_until is not null`),
  ],
);

/** Every edit and step of a record, under the id that its client made. */
export const failureEdits = pgTable(
  'failure_edits',
  {
    id: uuid('id').primaryKey(),
    failure: uuid('failure_id')
      .notNull()
      .references(() => failures.id, { onDelete: 'cascade' }),
    at: now('at'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    stage: text('stage').$type<FailureEdit['stage']>(),
    /** The record's revision that it made. */
    revision: integer('revision').notNull(),
    before: jsonb('before').$type<Partial<FailureFields>>().notNull(),
    after: jsonb('after').$type<Partial<FailureFields>>().notNull(),
  },
  (table) => [index('failure_edits_failure').on(table.failure, table.revision)],
);

/** Things to do, each with an owner and a due time. `key` says what it is for: the same cause makes it once. */
export const tasks = pgTable(
  'tasks',
  {
    id: id(),
    key: text('key').notNull(),
    kind: text('kind').$type<TaskKind>().notNull(),
    owner: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    due: time('due').notNull(),
    state: text('state', { enum: ['open', 'done', 'waived'] })
      .notNull()
      .default('open'),
    what: text('what').notNull(),
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id').references(() => conversations.id, { onDelete: 'cascade' }),
    failure: uuid('failure_id').references(() => failures.id, { onDelete: 'cascade' }),
    promise: uuid('promise_id').references(() => promises.id, { onDelete: 'cascade' }),
    request: uuid('request_id').references(() => internalRequests.id, { onDelete: 'cascade' }),
    goodwill: uuid('goodwill_id').references(() => goodwill.id, { onDelete: 'cascade' }),
    wrapUp: text('wrap_up').$type<WrapUp>(),
    mail: uuid('mail_id').references(() => mails.id, { onDelete: 'set null' }),
    remindedAt: time('reminded_at'),
    seenAt: time('seen_at'),
    endedAt: time('ended_at'),
    endedBy: uuid('ended_by').references(() => people.id),
    why: text('why'),
    createdAt: now('created_at'),
  },
  (table) => [
    uniqueIndex('tasks_once').on(table.key),
    index('tasks_owner_open').on(table.owner, table.due, table.id).where(sql`state = 'open'`),
    index('tasks_owner_ended')
      .on(table.owner, table.endedAt.desc().nullsLast(), table.id)
      .where(sql`state <> 'open'`),
    index('tasks_open').on(table.due, table.id).where(sql`state = 'open'`),
    index('tasks_ended').on(table.endedAt.desc(), table.id).where(sql`state <> 'open'`),
    index('tasks_customer').on(table.customer).where(sql`state = 'open'`),
    index('tasks_failure').on(table.failure),
    index('tasks_conversation').on(table.conversation),
    index('tasks_promise').on(table.promise).where(sql`promise_id is not null`),
    index('tasks_request').on(table.request).where(sql`request_id is not null`),
    index('tasks_goodwill').on(table.goodwill).where(sql`goodwill_id is not null`),
  ],
);

/** What was given beyond putting it back; above one's budget a colleague's word stands before it. */
export const goodwill = pgTable(
  'goodwill',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id').references(() => conversations.id, { onDelete: 'set null' }),
    failure: uuid('failure_id').references(() => failures.id, { onDelete: 'set null' }),
    amount: doublePrecision('amount').notNull(),
    currency: text('currency').notNull(),
    what: text('what').notNull(),
    state: text('state', { enum: ['given', 'asked', 'declined'] }).notNull(),
    colleague: uuid('colleague_id').references(() => people.id),
    instead: text('instead'),
    decidedAt: time('decided_at'),
  },
  (table) => [
    index('goodwill_by').on(table.by, table.at.desc()),
    index('goodwill_customer').on(table.customer, table.at.desc()),
    index('goodwill_conversation').on(table.conversation),
    index('goodwill_asked').on(table.colleague).where(sql`state = 'asked'`),
  ],
);

/** Extras that were offered in a conversation, and the one that was chosen. */
export const extrasOffers = pgTable(
  'extras_offers',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    failure: uuid('failure_id').references(() => failures.id, { onDelete: 'set null' }),
    text: text('text').notNull(),
    options: text('options').array().notNull(),
    choice: text('choice'),
    chosenAt: time('chosen_at'),
  },
  (table) => [index('extras_offers_conversation').on(table.conversation)],
);

/** Help between colleagues. */
export const internalRequests = pgTable(
  'internal_requests',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    failure: uuid('failure_id').references(() => failures.id, { onDelete: 'set null' }),
    what: text('what').notNull(),
    asker: uuid('asker_id')
      .notNull()
      .references(() => people.id),
    provider: uuid('provider_id')
      .notNull()
      .references(() => people.id),
    state: text('state', { enum: ['asked', 'promised', 'answered', 'declined', 'withdrawn'] })
      .notNull()
      .default('asked'),
    wishedBy: time('wished_by'),
    due: time('due'),
    promisedAt: time('promised_at'),
    answer: text('answer'),
    instead: text('instead'),
    reason: text('reason', { enum: ['safety', 'security', 'privacy', 'health', 'ethics'] }),
    endedAt: time('ended_at'),
    rating: text('rating', { enum: ['kind-and-good', 'good', 'slow', 'not-helped'] }),
  },
  (table) => [
    index('requests_provider').on(table.provider, table.at.desc()),
    index('requests_asker').on(table.asker, table.at.desc()),
    index('requests_conversation').on(table.conversation),
    index('requests_customer').on(table.customer),
  ],
);

export const preferences = pgTable(
  'preferences',
  {
    id: id(),
    /** Null: noted of a visitor whom nobody has linked yet. */
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id').references(() => conversations.id, { onDelete: 'set null' }),
    text: text('text').notNull(),
    source: text('source', { enum: ['stated', 'noticed'] }).notNull(),
    quote: text('quote'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    at: now('at'),
    /** It says how they would like to be reached. */
    reach: text('reach', { enum: [...REACHES] }),
    idea: text('idea'),
    ideaDoneAt: time('idea_done_at'),
    ideaDoneBy: uuid('idea_done_by').references(() => people.id),
    removedAt: time('removed_at'),
    /** Null: by the customer. */
    removedBy: uuid('removed_by').references(() => people.id),
  },
  (table) => [
    index('preferences_customer').on(table.customer, table.at.desc()),
    index('preferences_conversation').on(table.conversation),
  ],
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
    /** Who keeps it; null: `by`. */
    keeper: uuid('keeper_id').references(() => people.id),
    /** As it was promised first; null: never moved. */
    firstDue: time('first_due'),
    keptAt: time('kept_at'),
    /** When its keeper was warned, and when the customer was told that it may take longer. */
    warnedAt: time('warned_at'),
    toldAt: time('told_at'),
    createdAt: now('created_at'),
  },
  (table) => [
    index('promises_customer').on(table.customer, table.due),
    index('promises_conversation').on(table.conversation),
    index('promises_keeper').on(sql`coalesce(keeper_id, by_id)`, table.keptAt.desc().nullsFirst()),
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
