/** When a visitor is to be written to or telephoned, where everybody was busy or nobody was there. */
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { now, time } from './columns.ts';
import { conversations } from './desk.ts';
import { promises } from './recovery.ts';
import { sites } from './site.ts';

/**
 * A time that a visitor chose. As long as nobody is known who will keep it there is no promise; then there is one, and what is said of
 * its person and of how it was kept is said there.
 */
export const callBacks = pgTable(
  'call_backs',
  {
    /** Made by the visitor's browser. */
    id: uuid('id').primaryKey(),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    site: uuid('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    startsAt: time('starts_at').notNull(),
    endsAt: time('ends_at').notNull(),
    way: text('way', { enum: ['chat', 'telephone'] }).notNull(),
    /** As the visitor gave it: a claim. */
    phone: text('phone'),
    promise: uuid('promise_id').references(() => promises.id, { onDelete: 'set null' }),
    /** `missed`: its time passed and nobody had taken it. Who has it keeps it as any promise. */
    state: text('state', { enum: ['open', 'kept', 'missed', 'cancelled'] })
      .notNull()
      .default('open'),
    createdAt: now('created_at'),
  },
  (table) => [
    /** One at a time. */
    uniqueIndex('call_backs_one').on(table.conversation).where(sql`state = 'open'`),
    index('call_backs_conversation').on(table.conversation),
    index('call_backs_times').on(table.site, table.startsAt).where(sql`state = 'open'`),
    index('call_backs_promise').on(table.promise).where(sql`promise_id is not null`),
  ],
);
