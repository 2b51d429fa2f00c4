/** Conversations and their log, what is searched, and what each agent keeps beside it. */
import type { Before } from '@fullname/shared/events';
import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, now, time, tsvector } from './columns.ts';
import { people, visitors } from './people.ts';
import { sites } from './site.ts';

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
    /** Whom the visitor asked for by name: offered to them first while they are here, until it is closed. No reference: the table is large and busy. */
    askedFor: uuid('asked_for'),
    /** Where it was made for a file: what the visitor said before, until the first entry is there and this is in the log. */
    saidBefore: jsonb('said_before').$type<Before>(),
    /** Whether somebody was here when it began; null where that was not noted. */
    begunHere: boolean('begun_here'),
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
    /** What the other end's screen has, read or not. */
    visitorDelivered: integer('visitor_delivered').notNull().default(0),
    agentDelivered: integer('agent_delivered').notNull().default(0),
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
    /** Read backwards it is the order of the list of what is closed, which the one above never was: its NULLs and ids are elsewhere. */
    index('conversations_closed_page').on(table.closedAt, table.id).where(sql`status = 'closed'`),
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

/** Which entries answer which farewell: one a question. The words are in the log. */
export const farewellAnswers = pgTable(
  'farewell_answers',
  {
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    farewell: integer('farewell_seq').notNull(),
    question: text('question').notNull(),
    clientId: uuid('client_id').notNull(),
    /** Who said goodbye. */
    person: uuid('person_id')
      .notNull()
      .references(() => people.id),
    at: time('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversation, table.farewell, table.question] })],
);
