/** Kinds of columns that many tables have. Times are timestamptz, read as ISO strings. */
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

export const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });
export const now = (name: string) => time(name).notNull().defaultNow();
export const id = () => uuid('id').primaryKey().defaultRandom();
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
