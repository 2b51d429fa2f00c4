/** What went wrong, what was promised, what is preferred, what was bought. */
import { sql } from 'drizzle-orm';
import { doublePrecision, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, now, time } from './columns.ts';
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
