/** Keys for other systems, merged records, mail on its way, settings, and what colleagues say to each other. */
import { BUILD_STATES } from '@fullname/shared/building';
import { sql } from 'drizzle-orm';
import { doublePrecision, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, now, time } from './columns.ts';
import { conversations } from './desk.ts';
import { customers, people } from './people.ts';

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
    state: text('state', { enum: ['waiting', 'sending', 'sent', 'failed', 'dropped'] })
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

/** Settings and fitted figures of the whole company, one row each: `recovery`, `value-company`. */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  at: now('at'),
});

/** What owners guessed that a customer is worth, before they were shown. */
export const valueGuesses = pgTable('value_guesses', {
  person: uuid('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  amount: doublePrecision('amount').notNull(),
  currency: text('currency').notNull(),
  at: now('at'),
});

/** A supervisor's note to one agent. In no log, and shown when the conversation is closed. */
export const coachingNotes = pgTable(
  'coaching_notes',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    to: uuid('to_id')
      .notNull()
      .references(() => people.id),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    shownAt: time('shown_at'),
    readAt: time('read_at'),
  },
  (table) => [
    index('coaching_notes_to').on(table.to, table.at.desc()),
    index('coaching_notes_by').on(table.by, table.at.desc()),
    index('coaching_notes_conversation').on(table.conversation),
  ],
);

export const stories = pgTable(
  'stories',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    kind: text('kind', { enum: ['recovery', 'out-of-nothing'] }).notNull(),
    what: text('what').notNull(),
    why: text('why').notNull(),
    cost: doublePrecision('cost'),
    costCurrency: text('cost_currency'),
    mayTell: text('may_tell', { enum: ['nobody', 'company', 'everybody'] }).notNull(),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    about: uuid('about_id').references(() => people.id),
    conversation: uuid('conversation_id').references(() => conversations.id, { onDelete: 'set null' }),
  },
  (table) => [index('stories_at').on(table.at.desc(), table.id)],
);

/** What is built with customers. */
export const builds = pgTable(
  'builds',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    what: text('what').notNull(),
    state: text('state', { enum: BUILD_STATES }).notNull().default('wished'),
    why: text('why'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    builder: uuid('builder_id').references(() => people.id),
  },
  (table) => [index('builds_at').on(table.at.desc(), table.id)],
);

/** One customer's wish for it, from a conversation; it goes with that. */
export const buildWishes = pgTable(
  'build_wishes',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    build: uuid('build_id')
      .notNull()
      .references(() => builds.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    words: text('words').notNull(),
    credit: text('credit'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    toldBy: uuid('told_by').references(() => people.id),
    toldAt: time('told_at'),
  },
  (table) => [
    unique('build_wishes_once').on(table.build, table.conversation),
    index('build_wishes_conversation').on(table.conversation),
    index('build_wishes_told').on(table.toldAt),
  ],
);

export const praises = pgTable(
  'praises',
  {
    id: uuid('id').primaryKey(),
    at: now('at'),
    by: uuid('by_id')
      .notNull()
      .references(() => people.id),
    to: uuid('to_id')
      .notNull()
      .references(() => people.id),
    text: text('text').notNull(),
    conversation: uuid('conversation_id').references(() => conversations.id, { onDelete: 'set null' }),
    readAt: time('read_at'),
  },
  (table) => [index('praises_at').on(table.at.desc(), table.id), index('praises_to').on(table.to)],
);
