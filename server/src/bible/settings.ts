/** The owner's settings of the book. */
import type { BookSettings } from '@fullname/shared/book';
import { RelayError } from '../relay-error.ts';
import { readSettings, writeSettings } from '../store/bible.ts';
import type { Db } from '../store/db.ts';
import { type Written, writeBook } from './book.ts';
import { tidy } from './phrases.ts';

const CONTACTS_MAX = 100;
const CONTACT_MAX_LENGTH = 254;

export function bookSettings(db: Db): Promise<BookSettings> {
  return readSettings(db);
}

/** What is not named stays. Contacts are trimmed, and each is kept once. EMPTY, TOO_LONG, INVALID_PAYLOAD. */
export function changeSettings(db: Db, change: Partial<BookSettings>): Promise<Written<BookSettings>> {
  const contacts = change.contacts && contactsOf(change.contacts);
  return writeBook(db, async (tx) => {
    const before = await readSettings(tx);
    const value = { refusal: change.refusal ?? before.refusal, contacts: contacts ?? before.contacts };
    const changed = JSON.stringify(value) !== JSON.stringify(before);
    if (changed) await writeSettings(tx, value);
    return { value, changed };
  });
}

function contactsOf(texts: readonly string[]): string[] {
  const contacts = [...new Set(texts.map((text) => tidy(text, CONTACT_MAX_LENGTH)))];
  if (contacts.length > CONTACTS_MAX) throw new RelayError('INVALID_PAYLOAD');
  return contacts;
}
