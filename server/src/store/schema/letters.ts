/** What reaches visitors beside the chat: replies they have not seen by push or e-mail, transcripts, and the codes and links of such mail. */
import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
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

/** A device on which a visitor wants to be told of answers, as its browser's push service knows it. */
export const pushDevices = pgTable(
  'push_devices',
  {
    /** SHA-256 of the endpoint: a browser is one visitor's at a site, the last one's. */
    hash: bytes('hash').primaryKey(),
    visitor: uuid('visitor_id')
      .notNull()
      .references(() => visitors.id, { onDelete: 'cascade' }),
    /** Of the token that the chat had which allowed it: with that token it is forgotten. */
    tokenHash: bytes('token_hash').notNull(),
    endpoint: text('endpoint').notNull(),
    p256dh: bytes('p256dh').notNull(),
    auth: bytes('auth').notNull(),
    /** "Firefox on Android", as the browser says of itself. */
    device: text('device'),
    createdAt: now('created_at'),
  },
  (table) => [
    index('push_devices_visitor').on(table.visitor),
    index('push_devices_token').on(table.tokenHash),
  ],
);

/** Leave that a chat gives to add one device, once and soon; only its hash is kept. The last one of a chat holds. */
export const pushGrants = pgTable('push_grants', {
  tokenHash: bytes('token_hash').primaryKey(),
  hash: bytes('hash').notNull().unique(),
  visitor: uuid('visitor_id')
    .notNull()
    .references(() => visitors.id, { onDelete: 'cascade' }),
  expiresAt: time('expires_at').notNull(),
});

/** Replies of a conversation that are being pushed, or that no push service took (`failed`): those go by e-mail. */
export const replyPushes = pgTable('reply_pushes', {
  conversation: uuid('conversation_id')
    .primaryKey()
    .references(() => conversations.id, { onDelete: 'cascade' }),
  id: uuid('id').notNull(),
  /** How far the visitor had been told before: the mark goes back there when nobody takes the push. */
  fromSeq: integer('from_seq').notNull(),
  upTo: integer('up_to').notNull(),
  at: time('at').notNull(),
  failed: boolean('failed').notNull().default(false),
});
