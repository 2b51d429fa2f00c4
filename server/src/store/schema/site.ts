/** Where the chat is embedded. */
import { sql } from 'drizzle-orm';
import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, now } from './columns.ts';

export const sites = pgTable('sites', {
  id: id(),
  /** The public key in the tag. */
  key: text('key').notNull().unique(),
  name: text('name').notNull(),
  /** Origins of the host pages that may embed the chat. */
  hosts: text('hosts').array().notNull().default(sql`'{}'`),
  /** Signs identities without `kid` (HS256); shown to owners only. */
  identitySecret: text('identity_secret').notNull(),
  /** What the owner has set, by section; read by `readSiteSettings`. */
  settings: jsonb('settings').$type<unknown>().notNull().default(sql`'{}'`),
  /** The keys with a `kid` that sign identities: see site/identity-keys.ts. */
  identityKeys: jsonb('identity_keys').$type<unknown>().notNull().default(sql`'[]'`),
  demo: boolean('demo').notNull().default(false),
  createdAt: now('created_at'),
});
