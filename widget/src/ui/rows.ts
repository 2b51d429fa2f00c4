/** The log and the outbox as the rows of one list. */
import type { FileType } from '@fullname/shared/files';
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
      readonly file: RowFile | null;
      /** Null for the visitor. */
      readonly person: PersonRef | null;
      readonly first: boolean;
      readonly last: boolean;
      readonly at: string | null;
      /** For the visitor's own words. */
      readonly state: 'sending' | 'sent' | 'delivered' | 'read' | 'failed';
      readonly item: OutboxItem | null;
      readonly farewell: boolean;
      /** It stood on the page, said by no hand. */
      readonly byPage: boolean;
    }
  | { readonly kind: 'fact'; readonly key: string; readonly entry: PublicEntry }
  | { readonly kind: 'returned'; readonly key: string }
  /** What follows came while nobody was reading. */
  | { readonly kind: 'new'; readonly key: string };

/** `id` is null until it is sent. `share`: how much of it is out, from 0 to 1; null while nothing moves. */
export type RowFile = {
  readonly id: string | null;
  readonly type: FileType;
  readonly bytes: number;
  readonly share: number | null;
};

type Words = Extract<Row, { kind: 'words' }>;

/** `left` is the last number that was read when the reader left off; null where they did not. */
export function rowsOf(state: ChatState, left: number | null = null): Row[] {
  const rows: Row[] = [];
  let day = '';
  const firstNew = state.entries.find((entry) => left !== null && isNews(entry, left));
  for (const entry of state.entries) {
    const today = new Date(entry.at).toDateString();
    if (today !== day) rows.push({ kind: 'day', key: `day ${today}`, at: entry.at });
    day = today;
    if (entry === firstNew) rows.push({ kind: 'new', key: 'new' });
    rows.push(rowOf(entry, state));
    if (entry.publicSeq === state.returned) rows.push({ kind: 'returned', key: 'returned' });
  }
  const known = new Set(state.entries.map((entry) => entry.id));
  for (const item of state.items) {
    if (item.kind !== 'email' && !known.has(item.id) && !isChosen(item, state))
      rows.push(pendingRow(item, state));
  }
  return rows.map((row, index) =>
    row.kind === 'words' ? grouped(row, rows[index - 1], rows[index + 1]) : row,
  );
}

/** Whether somebody else wrote it, after this number: words, and what is promised or offered by name. */
export function isNews(entry: PublicEntry, after: number): boolean {
  return (
    entry.publicSeq > after &&
    ('author' in entry ? entry.author.kind === 'agent' : 'person' in entry && 'text' in entry)
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
  const byPage = entry.kind === 'greeted';
  if (!chosen && !byPage && !('author' in entry)) return { kind: 'fact', key, entry };
  return {
    kind: 'words',
    key,
    text: chosen ? entry.choice : entry.text,
    file:
      entry.kind === 'file' ? { id: entry.file, type: entry.type, bytes: entry.bytes, share: null } : null,
    person: byPage ? entry.person : !chosen && entry.author.kind === 'agent' ? entry.author.person : null,
    first: true,
    last: true,
    at: entry.at,
    state: fateOf(entry, state),
    item: null,
    farewell: entry.kind === 'farewell',
    byPage,
  };
}

function fateOf({ publicSeq }: PublicEntry, { conversation }: ChatState): Words['state'] {
  const { agentRead = 0, agentDelivered = 0 } = conversation ?? {};
  return publicSeq <= agentRead ? 'read' : publicSeq <= agentDelivered ? 'delivered' : 'sent';
}

function pendingRow(item: OutboxItem, { progress }: ChatState): Row {
  return {
    kind: 'words',
    key: item.id,
    text: item.text,
    file: item.file ? { ...item.file, id: null, share: progress?.[item.id] ?? null } : null,
    person: null,
    first: true,
    last: true,
    at: null,
    state: item.failed ? 'failed' : 'sending',
    item,
    farewell: false,
    byPage: false,
  };
}

function grouped(row: Words, before: Row | undefined, after: Row | undefined): Words {
  return { ...row, first: !sameVoice(row, before), last: !sameVoice(row, after) };
}

/** What somebody says later than this begins anew, with its time. */
const GROUP_MS = 300_000;

function sameVoice(row: Words, other: Row | undefined): boolean {
  return (
    other?.kind === 'words' &&
    !(row.at && other.at && Math.abs(Date.parse(row.at) - Date.parse(other.at)) > GROUP_MS) &&
    other.person?.id === row.person?.id &&
    other.byPage === row.byPage &&
    !other.farewell &&
    !row.farewell
  );
}
