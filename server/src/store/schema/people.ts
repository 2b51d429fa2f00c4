/** Agents, their sessions and links; customers, identities and visitors. */
import type { Labels, PageEvent } from '@fullname/shared/page-data';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, id, now, time } from './columns.ts';
import { sites } from './site.ts';

export const people = pgTable(
  'people',
  {
    id: id(),
    given: text('given').notNull(),
    family: text('family').notNull(),
    fullName: text('full_name').notNull(),
    nameKind: text('name_kind', { enum: ['legal', 'professional'] })
      .notNull()
      .default('legal'),
    nameApprovedBy: uuid('name_approved_by').references((): AnyPgColumn => people.id),
    title: text('title'),
    email: text('email').notNull(),
    passwordHash: text('password_hash'),
    role: text('role', { enum: ['owner', 'agent', 'back-office'] }).notNull(),
    /** Conversations this person can hold at once: the capacity behind the load. */
    capacity: integer('capacity').notNull().default(5),
    /** The person's own switch; being here needs a socket as well. */
    here: boolean('here').notNull().default(true),
    backAt: time('back_at'),
    /** What this person may give in a month without asking; null: the company's usual. */
    goodwillBudget: doublePrecision('goodwill_budget'),
    active: boolean('active').notNull().default(true),
    demo: boolean('demo').notNull().default(false),
    createdAt: now('created_at'),
  },
  (table) => [uniqueIndex('people_email').on(sql`lower(${table.email})`)],
);

/** Sessions of agents. The cookie holds the token, the table its SHA-256. */
export const sessions = pgTable(
  'sessions',
  {
    hash: bytes('hash').primaryKey(),
    person: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: now('created_at'),
    seenAt: now('seen_at'),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [index('sessions_person').on(table.person)],
);

/** One-time links: set-up, sign-in, invitation, password reset. Only the hash is kept. */
export const links = pgTable('links', {
  hash: bytes('hash').primaryKey(),
  kind: text('kind', { enum: ['setup', 'sign-in', 'invite', 'reset'] }).notNull(),
  person: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
  createdAt: now('created_at'),
  expiresAt: time('expires_at').notNull(),
  usedAt: time('used_at'),
});

/** A person's record, shared by all sites and channels. */
export const customers = pgTable(
  'customers',
  {
    id: id(),
    name: text('name').notNull(),
    email: text('email'),
    locale: text('locale'),
    since: now('since'),
    /** The ally: the first person, who stays so through every hand-over. */
    ally: uuid('ally_id').references(() => people.id),
    /** The record that this one was merged into; null while it stands by itself. */
    mergedInto: uuid('merged_into').references((): AnyPgColumn => customers.id, { onDelete: 'set null' }),
    /** Through whom they came. */
    referrer: uuid('referrer_id').references((): AnyPgColumn => customers.id, { onDelete: 'set null' }),
    demo: boolean('demo').notNull().default(false),
    createdAt: now('created_at'),
  },
  (table) => [
    index('customers_ally').on(table.ally),
    index('customers_referrer').on(table.referrer).where(sql`referrer_id is not null`),
    index('customers_grams').using('gin', sql`fullname_grams(lower(name || ' ' || coalesce(email, '')))`),
  ],
);

/** Signed identities: the site's own user id, proven by its signature. */
export const identities = pgTable(
  'identities',
  {
    site: uuid('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    subject: text('subject').notNull(),
    customer: uuid('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    createdAt: now('created_at'),
  },
  (table) => [
    primaryKey({ columns: [table.site, table.subject] }),
    index('identities_customer').on(table.customer),
  ],
);

/** A browser at a site, known by a token it made with its first message; only the hash is kept. */
export const visitors = pgTable(
  'visitors',
  {
    id: id(),
    site: uuid('site_id')
      .notNull()
      .references(() => sites.id, { onDelete: 'cascade' }),
    tokenHash: bytes('token_hash').notNull().unique(),
    /** Set by signed identity, or by an agent who says so (`linkedBy`). */
    customer: uuid('customer_id').references(() => customers.id, { onDelete: 'set null' }),
    linkedBy: uuid('linked_by').references(() => people.id),
    linkedAt: time('linked_at'),
    claimedName: text('claimed_name'),
    claimedEmail: text('claimed_email'),
    locale: text('locale').notNull(),
    device: text('device'),
    blockedAt: time('blocked_at'),
    createdAt: now('created_at'),
  },
  (table) => [
    index('visitors_customer').on(table.customer),
    index('visitors_grams')
      .using(
        'gin',
        sql`fullname_grams(lower(coalesce(claimed_name, '') || ' ' || coalesce(claimed_email, '')))`,
      )
      .where(sql`claimed_name is not null or claimed_email is not null`),
  ],
);

/** What pages say of a visitor: labels, and what happened there. */
export const pageData = pgTable('page_data', {
  visitor: uuid('visitor_id')
    .primaryKey()
    .references(() => visitors.id, { onDelete: 'cascade' }),
  labels: jsonb('labels').$type<Labels>().notNull().default({}),
  events: jsonb('events').$type<readonly PageEvent[]>().notNull().default([]),
});
