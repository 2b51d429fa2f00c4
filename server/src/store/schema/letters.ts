/** E-mail to visitors: replies they have not seen, transcripts, and the codes and links that such mail carries. */
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, now, time } from './columns.ts';
import { mails } from './company.ts';
import { conversations } from './desk.ts';
import { visitors } from './people.ts';

/** What a mail is, where it goes to a visitor. Letters of a person to a customer have no row here. */
export const visitorMails = pgTable(
  'visitor_mails',
  {
    mail: uuid('mail_id')
      .primaryKey()
      .references(() => mails.id, { onDelete: 'cascade' }),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['replies', 'code', 'transcript'] }).notNull(),
    locale: text('locale').notNull(),
    /** The last public number that is in it: who has read so far needs it no more. */
    upTo: integer('up_to'),
    /** Where one asks for no more of these. */
    stop: text('stop_url'),
  },
  (table) => [index('visitor_mails_conversation').on(table.conversation)],
);

/** How far a conversation was e-mailed. */
export const replyMails = pgTable('reply_mails', {
  conversation: uuid('conversation_id')
    .primaryKey()
    .references(() => conversations.id, { onDelete: 'cascade' }),
  publicSeq: integer('public_seq').notNull().default(0),
});

/** A link that opens a conversation on any browser; only its hash is kept. */
export const mailLinks = pgTable(
  'mail_links',
  {
    hash: bytes('hash').primaryKey(),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    expiresAt: time('expires_at').notNull(),
    /** How often it was followed. */
    used: integer('used').notNull().default(0),
  },
  (table) => [index('mail_links_conversation').on(table.conversation)],
);

/** Another browser of a visitor, which came by such a link: a token as that of `visitors`. */
export const visitorKeys = pgTable(
  'visitor_keys',
  {
    hash: bytes('hash').primaryKey(),
    visitor: uuid('visitor_id')
      .notNull()
      .references(() => visitors.id, { onDelete: 'cascade' }),
    createdAt: now('created_at'),
  },
  (table) => [index('visitor_keys_visitor').on(table.visitor)],
);

/** Addresses that want no more mail about answers, by the SHA-256 of their small letters. */
export const mailStops = pgTable('mail_stops', {
  hash: bytes('hash').primaryKey(),
  at: now('at'),
});

/** The address that a transcript was asked for last, and the code that was sent there. */
export const mailCodes = pgTable('mail_codes', {
  conversation: uuid('conversation_id')
    .primaryKey()
    .references(() => conversations.id, { onDelete: 'cascade' }),
  address: text('address').notNull(),
  hash: bytes('hash').notNull(),
  tries: integer('tries').notNull().default(0),
  expiresAt: time('expires_at').notNull(),
  /** When the code was given back: from then on this address is known to be the visitor's. */
  confirmedAt: time('confirmed_at'),
});
