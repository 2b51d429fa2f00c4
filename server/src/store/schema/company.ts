/** Keys for other systems, merged records, and mail on its way. */
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, now, time } from './columns.ts';
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
