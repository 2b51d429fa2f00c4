/** The relay's own. */
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, now } from './columns.ts';

/** One row: written by the readiness probe. */
export const relayProbe = pgTable('relay_probe', { id: integer('id').primaryKey(), at: now('at') });

/**
 * The relays that run, with who sits at each. Unlogged, as `visitor_sockets` is: a crash of PostgreSQL empties both, and
 * every relay writes its own again. `seen_at` is PostgreSQL's clock, never a relay's.
 */
export const relays = pgTable('relays', {
  /** Made anew at each start. */
  id: uuid('id').primaryKey(),
  seenAt: now('seen_at'),
  /** Those with an open socket there. */
  people: uuid('people').array().notNull(),
});

/** Visitors with an open socket at a relay. Written only where there is another relay that may ask. */
export const visitorSockets = pgTable(
  'visitor_sockets',
  {
    // No foreign keys: a row without its relay counts for nothing, and each would cost a look-up a visitor.
    relay: uuid('relay_id').notNull(),
    visitor: uuid('visitor_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.relay, table.visitor] }),
    index('visitor_sockets_visitor').on(table.visitor),
  ],
);

/**
 * The front ends' files whose names hold their hash, of each release that runs or ran lately: a page asks whichever relay
 * for the chunks of its own release, also one that was built without them. `seen_at`: when a relay last had the file.
 */
export const builtFiles = pgTable('built_files', {
  /** As in its address, such as `w/talk-1a2b3c4d.js`. */
  name: text('name').primaryKey(),
  body: bytes('body').notNull(),
  seenAt: now('seen_at'),
});

/**
 * Small facts of the whole installation: `book-version` (the last published), `book-revision`, `demo`, `migrations-needed`
 * (written by a migration that takes something away: how many a relay must know to work here).
 */
export const facts = pgTable('facts', {
  key: text('key').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull(),
});
