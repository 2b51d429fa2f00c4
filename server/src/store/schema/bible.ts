/** Phrases and rules, what is to become of them, and what writing teaches. */
import type { FirstReport, PhraseBody } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, now, time, tsvector } from './columns.ts';
import { conversations } from './desk.ts';
import { people } from './people.ts';

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
