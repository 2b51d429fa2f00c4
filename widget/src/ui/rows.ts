/** The log and the outbox as the rows of one list. */
import type { PersonRef, PublicEntry } from '@fullname/shared/model';
import type { OutboxItem } from '../outbox.ts';
import type { ChatState } from '../state.ts';

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | {
      readonly kind: 'words';
      readonly key: string;
      readonly text: string;
      /** Where the words are the name of a file. */
      readonly file: { readonly id: string; readonly bytes: number } | null;
      /** Null for the visitor. */
      readonly person: PersonRef | null;
      readonly first: boolean;
      readonly last: boolean;
      readonly at: string | null;
      /** For the visitor's own words. */
      readonly state: 'sending' | 'sent' | 'read' | 'failed';
      readonly item: OutboxItem | null;
      readonly farewell: boolean;
    }
  | { readonly kind: 'fact'; readonly key: string; readonly entry: PublicEntry }
  | { readonly kind: 'returned'; readonly key: string };

type Words = Extract<Row, { kind: 'words' }>;

export function rowsOf(state: ChatState): Row[] {
  const rows: Row[] = [];
  let day = '';
  for (const entry of state.entries) {
    const today = new Date(entry.at).toDateString();
    if (today !== day) rows.push({ kind: 'day', key: `day ${today}`, at: entry.at });
    day = today;
    rows.push(rowOf(entry, state));
    if (entry.publicSeq === state.returned) rows.push({ kind: 'returned', key: 'returned' });
  }
  const known = new Set(state.entries.map((entry) => entry.id));
  for (const item of state.items) {
    if (item.kind !== 'email' && !known.has(item.id) && !isChosen(item, state)) rows.push(pendingRow(item));
  }
  return rows.map((row, index) =>
    row.kind === 'words' ? grouped(row, rows[index - 1], rows[index + 1]) : row,
  );
}

/** One choice an offer: what another window chose first is the choice. */
function isChosen({ chosen }: OutboxItem, { entries }: ChatState): boolean {
  return entries.some((entry) => entry.kind === 'extra-chosen' && entry.offer === chosen?.offer);
}

/** The key is the sender's own id, so that a bubble stays the same element from *sending* to *sent*. */
function rowOf(entry: PublicEntry, state: ChatState): Row {
  const key = entry.id ?? `n${entry.publicSeq}`;
  const chosen = entry.kind === 'extra-chosen';
  if (!chosen && !('author' in entry)) return { kind: 'fact', key, entry };
  return {
    kind: 'words',
    key,
    text: chosen ? entry.choice : entry.text,
    file: entry.kind === 'file' ? { id: entry.file, bytes: entry.bytes } : null,
    person: !chosen && entry.author.kind === 'agent' ? entry.author.person : null,
    first: true,
    last: true,
    at: entry.at,
    state: entry.publicSeq <= (state.conversation?.agentRead ?? 0) ? 'read' : 'sent',
    item: null,
    farewell: entry.kind === 'farewell',
  };
}

function pendingRow(item: OutboxItem): Row {
  return {
    kind: 'words',
    key: item.id,
    text: item.text,
    file: null,
    person: null,
    first: true,
    last: true,
    at: null,
    state: item.failed ? 'failed' : 'sending',
    item,
    farewell: false,
  };
}

function grouped(row: Words, before: Row | undefined, after: Row | undefined): Words {
  return { ...row, first: !sameVoice(row, before), last: !sameVoice(row, after) };
}

function sameVoice(row: Words, other: Row | undefined): boolean {
  return other?.kind === 'words' && other.person?.id === row.person?.id && !other.farewell && !row.farewell;
}
