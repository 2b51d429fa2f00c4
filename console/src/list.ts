/** The list of conversations: one view, its rows in order, more of them by keyset, kept in step by `rows:changed`. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { ListView } from '@fullname/shared/events';
import type { ConversationRow } from '@fullname/shared/model';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Connection } from './connection.ts';

type ListState = 'loading' | 'ready' | ErrorCode;
export type ConversationList = {
  readonly view: ReadonlySignal<ListView>;
  readonly query: ReadonlySignal<string>;
  readonly rows: ReadonlySignal<readonly ConversationRow[]>;
  readonly state: ReadonlySignal<ListState>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** The search found more than these, or may have. */
  readonly isCut: ReadonlySignal<boolean>;
  /** How many conversations of this person have words that they have not read, whatever view is shown. */
  readonly unread: ReadonlySignal<number>;
  show(view: ListView): void;
  search(query: string): void;
  /** Reads the first page again, without taking away what is seen. */
  reload(): void;
  more(): void;
  /** A conversation that was just taken moves from Waiting to Mine; the list goes with it. */
  follow(taken: ConversationRow): void;
  rowChanged(row: ConversationRow): void;
  markRead(conversation: string, seq: number): void;
  find(conversation: string): ConversationRow | null;
};

type Page = {
  readonly rows: readonly ConversationRow[];
  readonly next: string | null;
  readonly cut?: boolean;
};
const EMPTY: Page = { rows: [], next: null };

export function createList(
  connection: Pick<Connection, 'ask'>,
  me: string,
  onKnown: (row: ConversationRow) => void = () => undefined,
): ConversationList {
  const view = signal<ListView>('waiting');
  const query = signal('');
  const page = signal<Page>(EMPTY);
  const state = signal<ListState>('loading');
  const known = new Map<string, ConversationRow>();
  const unread = signal(0);
  /** Each view as it was left: it is seen at once when one comes back, and read again meanwhile. */
  const left = new Map<ListView, Page>();
  let asked = 0;
  let loadingMore = false;

  const remember = (row: ConversationRow): ConversationRow => {
    const older = known.get(row.id);
    const newest = older && older.version > row.version ? older : row;
    // A read cursor only moves forward, also where the row was made before the reading.
    const kept = older && older.read > newest.read ? { ...newest, read: older.read } : newest;
    known.set(row.id, kept);
    onKnown(kept);
    count();
    return kept;
  };

  const count = () => {
    unread.value = [...known.values()].filter(
      (row) => belongs(row, 'mine', me) && row.lastSeq > row.read,
    ).length;
  };

  async function load(cursor: string | null): Promise<void> {
    const mine = ++asked;
    const request = { view: view.value, ...(query.value ? { query: query.value } : {}) };
    const answer = await connection.ask('conversation:list', cursor ? { ...request, cursor } : request);
    if (mine !== asked) return;
    if (!answer.ok) {
      state.value = answer.code;
      return;
    }
    const fresh = answer.value.rows.map(remember);
    const before = cursor ? page.value.rows.filter((row) => !fresh.some((one) => one.id === row.id)) : [];
    const { next, cut = false } = answer.value;
    page.value = { rows: [...before, ...fresh], next, cut };
    state.value = 'ready';
  }

  /** What was said to this person counts from the beginning, before they look at it. */
  async function readMine(): Promise<void> {
    const answer = await connection.ask('conversation:list', { view: 'mine' });
    if (answer.ok) left.set('mine', { rows: answer.value.rows.map(remember), next: null });
  }

  function start(): void {
    const before = query.value ? undefined : left.get(view.value);
    page.value = before ? revive(before) : EMPTY;
    state.value = before ? 'ready' : 'loading';
    void load(null);
  }

  /** Without a cursor: the next page follows from the fresh first one. */
  function revive({ rows }: Page): Page {
    const newest = rows.map((row) => known.get(row.id) ?? row);
    return { rows: newest.filter((row) => belongs(row, view.value, me)), next: null };
  }

  function show(next: ListView): void {
    if (view.value === next && !query.value && state.value === 'ready') return;
    if (!query.value && state.value === 'ready') left.set(view.value, page.value);
    // A search looks through everything: whoever asks for a view has done with it.
    query.value = '';
    view.value = next;
    start();
  }

  function rowChanged(row: ConversationRow): void {
    const newest = remember(row);
    page.value = { ...page.value, rows: place(page.value.rows, newest) };
  }

  return {
    view,
    query,
    state,
    rows: computed(() => page.value.rows),
    unread,
    hasMore: computed(() => page.value.next !== null),
    isCut: computed(() => page.value.cut === true),
    show,
    search(next) {
      if (query.value === next) return;
      if (!query.value && state.value === 'ready') left.set(view.value, page.value);
      query.value = next;
      start();
    },
    reload() {
      // First: news come of the list that was asked for last.
      if (view.value !== 'mine' || query.value) void readMine();
      void load(null);
    },
    more() {
      const cursor = page.value.next;
      if (!cursor || loadingMore) return;
      loadingMore = true;
      void load(cursor).finally(() => {
        loadingMore = false;
      });
    },
    follow(taken) {
      if (view.value === 'waiting' && !query.value) show('mine');
      rowChanged(taken);
    },
    rowChanged,
    markRead(conversation, seq) {
      const row = known.get(conversation);
      if (!row || row.read >= seq) return;
      remember({ ...row, read: seq });
      page.value = {
        ...page.value,
        rows: page.value.rows.map((one) => (one.id === conversation ? { ...one, read: seq } : one)),
      };
    },
    find: (conversation) => known.get(conversation) ?? null,
  };

  /** The rows with a changed one in its place. What a search found stays where the search put it. */
  function place(rows: readonly ConversationRow[], row: ConversationRow): readonly ConversationRow[] {
    if (query.value) return rows.map((one) => (one.id === row.id ? row : one));
    const others = rows.filter((one) => one.id !== row.id);
    if (!belongs(row, view.value, me)) return others.length === rows.length ? rows : others;
    const at = others.findIndex((one) => comesBefore(row, one, view.value));
    if (at >= 0) return [...others.slice(0, at), row, ...others.slice(at)];
    // Beyond the last loaded row it belongs to a page that is not here yet.
    return page.value.next !== null ? others : [...others, row];
  }
}

function belongs(row: ConversationRow, view: ListView, me: string): boolean {
  if (view === 'waiting') return row.status === 'waiting';
  if (view === 'mine') return row.status === 'open' && row.holder?.id === me;
  if (view === 'closed') return row.status === 'closed';
  return row.status === 'waiting' || row.status === 'open';
}

/** Who has waited longest comes first; elsewhere, what changed last. */
function comesBefore(row: ConversationRow, other: ConversationRow, view: ListView): boolean {
  if (view === 'waiting') return (row.waitingSince ?? row.lastAt) < (other.waitingSince ?? other.lastAt);
  return row.lastAt > other.lastAt;
}
