/**
 * A supervisor's note to one agent, on one conversation. It is nowhere in the conversation's log, so nothing that reads a log can
 * show it; its agent sees it when the conversation is closed, for nobody is corrected in front of a customer.
 */
import type { CoachingDraft, CoachingNote } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import {
  insertNote,
  markNoteRead,
  type NoteRow,
  readNote,
  readNotesOf,
  showNotes as showRows,
} from '../store/coaching.ts';
import { lockConversation } from '../store/conversation-changes.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import { isoOrNull, type Names } from '../store/recovery.ts';
import { type Colleagues, mustBeColleague } from './colleagues.ts';

const SHOWN_MAX = 200;

/**
 * Writes a note, shown at once where the conversation is over already. A retry gets the first; other words, another person or
 * conversation under its id are a CONFLICT. UNKNOWN: no such conversation, or nobody who answers customers here, or oneself.
 */
export async function writeNote(
  colleagues: Colleagues,
  owner: string,
  draft: CoachingDraft,
): Promise<CoachingNote> {
  const { id, to, conversation, text } = draft;
  const at = new Date(colleagues.now()).toISOString();
  const row = await colleagues.db.transaction(async (tx) => {
    // Under the conversation's lock: a note is either there when it is closed, or finds it closed.
    const locked = await lockConversation(tx, conversation);
    if (!locked) throw new RelayError('UNKNOWN');
    const first = await readNote(tx, id);
    if (first) return retried(first, draft, owner);
    if (mustBeColleague(colleagues, owner, to).role === 'back-office') throw new RelayError('UNKNOWN');
    const isOver = locked.status === 'closed' || locked.status === 'spam';
    const shownAt = isOver ? at : null;
    const note = { id, at, by: owner, to, conversation, text, shownAt, readAt: null };
    if (!(await insertNote(tx, note))) throw new RelayError('CONFLICT');
    return note;
  });
  return toNote(row, colleagues.directory.ref);
}

function retried(first: NoteRow, draft: CoachingDraft, owner: string): NoteRow {
  const { to, conversation, text } = draft;
  const same =
    first.by === owner && first.to === to && first.conversation === conversation && first.text === text;
  if (!same) throw new RelayError('CONFLICT');
  return first;
}

/** In the transaction that closes a conversation or puts it aside, under its lock: its notes are shown from now on. Answers whose they are. */
export function showNotes(tx: Db, conversation: string, now: number): Promise<string[]> {
  return showRows(tx, conversation, new Date(now).toISOString());
}

/** What one person was sent and may see, and what they wrote; at most 200 of each, the latest first. */
export async function notesOf({ db, directory }: Colleagues, person: string): Promise<CoachingNote[]> {
  const rows = await readNotesOf(db, person, SHOWN_MAX);
  return rows.map((row) => toNote(row, directory.ref)).sort((a, b) => latestFirst(a, b));
}

function latestFirst(a: CoachingNote, b: CoachingNote): number {
  const [one, other] = [a.shownAt ?? a.at, b.shownAt ?? b.at];
  return one < other ? 1 : one > other ? -1 : 0;
}

/** Says that its agent has read a note. UNKNOWN for everybody else, and while it is not shown. */
export async function readOwnNote({ db, now }: Colleagues, person: string, id: string): Promise<void> {
  const at = new Date(now()).toISOString();
  if (!(await markNoteRead(db, { id, to: person, at }))) throw new RelayError('UNKNOWN');
}

function toNote(row: NoteRow, names: Names): CoachingNote {
  return {
    id: row.id,
    at: iso(row.at),
    by: names(row.by),
    to: names(row.to),
    conversation: row.conversation,
    text: row.text,
    shownAt: isoOrNull(row.shownAt),
    read: row.readAt !== null,
  };
}
