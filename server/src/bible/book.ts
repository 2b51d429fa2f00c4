/** The language bible as a person reads it: what is published, what is being talked over, and the settings. */
import type { Book, Change, ChangeContent } from '@fullname/shared/book';
import type { Locale } from '@fullname/shared/locale';
import type { PersonRef, Role } from '@fullname/shared/model';
import type { Rule } from '@fullname/shared/reader/rule';
import {
  type BookNumbers,
  type ChangeRow,
  lockBook,
  raiseRevision,
  readBookNumbers,
  readPending,
  readSettings,
} from '../store/bible.ts';
import { readAcknowledged } from '../store/bible-versions.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import { readPhrases } from '../store/phrases.ts';
import { type NamedRuleRow, readRuleRows } from '../store/rules.ts';
import { toPhrase } from './phrases.ts';

/** Who reads or writes the book. */
export type BookAuthor = { readonly id: string; readonly fullName: string; readonly role: Role };

/** What a write gave, and the numbers to tell everybody; null when nothing changed. */
export type Written<Value> = { readonly value: Value; readonly now: BookNumbers | null };

/** One write of the book: in a transaction that holds it, and that raises the revision when something changed. */
export function writeBook<Value>(
  db: Db,
  work: (tx: Db) => Promise<{ readonly value: Value; readonly changed: boolean }>,
): Promise<Written<Value>> {
  return db.transaction(async (tx) => {
    await lockBook(tx);
    const { value, changed } = await work(tx);
    return { value, now: changed ? await raiseRevision(tx) : null };
  });
}

/** The book of one language, or of all, as this person may read it: the whole of it. */
export async function readBook(db: Db, me: Pick<BookAuthor, 'id'>, locale?: Locale): Promise<Book> {
  // The numbers first: a change in between is then told again, and never missed.
  const numbers = await readBookNumbers(db);
  const [phrases, rules, changes, settings, acknowledged] = await Promise.all([
    readPhrases(db, locale),
    readRuleRows(db, locale),
    readPending(db, me.id, locale),
    readSettings(db),
    readAcknowledged(db, me.id),
  ]);
  return {
    ...numbers,
    phrases: phrases.map(toPhrase),
    rules: rules.map(toRule),
    changes: changes.map(toChange),
    settings,
    acknowledged,
  };
}

export function toRule(row: NamedRuleRow): Rule {
  return {
    ...row.body,
    id: row.id,
    key: row.key,
    quietSince: row.quietSince === null ? null : iso(row.quietSince),
    by: refOf(row.by, row.byName),
  };
}

export function toChange(row: ChangeRow): Change {
  const { id, state, example, why } = row;
  return {
    ...contentOf(row),
    id,
    state,
    example,
    by: refOf(row.by, row.byName),
    at: iso(row.at),
    decidedBy: refOf(row.decidedBy, row.decidedByName),
    why,
    comments: row.comments.map((comment) => ({ ...comment, at: iso(comment.at) })),
    votes: { for: row.for, against: row.against, mine: row.mine > 0 ? 1 : row.mine < 0 ? -1 : 0 },
  };
}

/** The row's kind says what its body is; only checked drafts are stored. */
export function contentOf({
  kind,
  target,
  body,
}: Pick<ChangeRow, 'kind' | 'target' | 'body'>): ChangeContent {
  return { kind, target, body } as ChangeContent;
}

export function refOf(id: string | null, fullName: string | null): PersonRef | null {
  return id === null ? null : { id, fullName: fullName ?? '' };
}
