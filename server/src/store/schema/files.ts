/** What visitors and agents send as files. */
import { integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, time } from './columns.ts';
import { conversations } from './desk.ts';

/** A file is sent when the log has an entry of kind `file` with the same conversation, sender and client id; until then nobody reads it. */
export const files = pgTable(
  'files',
  {
    id: id(),
    conversation: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    sender: uuid('sender_id').notNull(),
    clientId: uuid('client_id').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width'),
    height: integer('height'),
    /** SHA-256 of what is stored: a retry brings the same. */
    hash: bytes('hash').notNull(),
    /** Uploaded, or about to be sent: what was not sent within an hour after it is removed. By the relay's clock. */
    touchedAt: time('touched_at').notNull(),
  },
  (table) => [unique('files_once').on(table.conversation, table.sender, table.clientId)],
);

/** The bytes, in pieces: none is ever larger in memory than one of these while it is read. Not compressed: pictures are so already. */
export const fileChunks = pgTable(
  'file_chunks',
  {
    file: uuid('file_id')
      .notNull()
      .references(() => files.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    body: bytes('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.file, table.number] })],
);
