/** The relay's own. */
import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { now } from './columns.ts';

/** One row: written by the readiness probe. */
export const relayProbe = pgTable('relay_probe', { id: integer('id').primaryKey(), at: now('at') });

/** Small facts of the whole installation: `book-version` (the last published), `book-revision`, `demo`. */
export const facts = pgTable('facts', {
  key: text('key').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull(),
});
