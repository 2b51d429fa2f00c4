/**
 * What the store keeps, and what its statements do to it, in plain words: the model that stands in for PostgreSQL in the
 * simulation. model.test.ts holds the append against the real one. A state is a value: a transaction works on a copy of its own.
 */
import type { Appended, NewEntry, StoredEntry } from '../../server/src/store/log.ts';

export type VisitorRow = { readonly id: string; readonly token: string; readonly site: string };

export type ConversationRow = {
  readonly id: string;
  readonly clientId: string;
  readonly visitor: string;
  readonly site: string;
  readonly status: 'waiting' | 'open' | 'closed' | 'spam';
  readonly holder: string | null;
  readonly contact: string | null;
  readonly offeredTo: string | null;
  readonly lastSeq: number;
  readonly lastPublicSeq: number;
  readonly lastAgentSeq: number;
  readonly lastAgent: string | null;
  readonly helloBy: string | null;
  readonly preview: string;
  readonly previewBy: 'visitor' | 'agent' | 'system';
  readonly isWaiting: boolean;
  readonly visitorRead: number;
  readonly agentRead: number;
  readonly visitorDelivered: number;
  readonly agentDelivered: number;
  readonly version: number;
  /** ISO 8601. */
  readonly lastAt: string;
};

export type State = {
  /** By the hash of the token. */
  readonly visitors: Map<string, VisitorRow>;
  readonly conversations: Map<string, ConversationRow>;
  /** Each conversation's log, by `seq`. */
  readonly logs: Map<string, readonly StoredEntry[]>;
};

export const emptyState = (): State => ({ visitors: new Map(), conversations: new Map(), logs: new Map() });

/** A copy to work on; rows are never changed, only replaced. */
export const copyOf = ({ visitors, conversations, logs }: State): State => ({
  visitors: new Map(visitors),
  conversations: new Map(conversations),
  logs: new Map(logs),
});

/** What PostgreSQL answers to the second row of one id. */
const UNIQUE_VIOLATION = '23505';

export class StoreError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`the store refuses: ${code}`);
    this.code = code;
  }
}

export function aConversation(
  made: Pick<ConversationRow, 'id' | 'clientId' | 'visitor' | 'site'>,
  at: string,
): ConversationRow {
  return {
    ...made,
    ...{ status: 'waiting', holder: null, contact: null, offeredTo: null, helloBy: null, lastAgent: null },
    ...{ lastSeq: 0, lastPublicSeq: 0, lastAgentSeq: 0, visitorRead: 0, agentRead: 0, version: 1 },
    ...{ visitorDelivered: 0, agentDelivered: 0 },
    ...{ preview: '', previewBy: 'system', isWaiting: false, lastAt: at },
  };
}

type Means = {
  /** What was committed when the statement began: retries are looked for there, and nowhere else. */
  readonly snapshot: State;
  /** ISO 8601. */
  readonly at: string;
};

/**
 * The append of store/log.ts. `state` is what is committed once all locks are held. Throws UNIQUE_VIOLATION, and leaves the
 * state as it is, where somebody has stored the same id since the snapshot.
 */
export function append(state: State, rows: readonly NewEntry[], { snapshot, at }: Means): Appended[] {
  const judged = rows.map((row) => {
    const conversation = state.conversations.get(row.conversation);
    return { row, conversation, old: find(snapshot, row), verdict: judge(row, conversation) };
  });
  const fresh = judged.filter(({ old, verdict }) => !old && verdict === 'stored').map(({ row }) => row);
  const keys = fresh.map((row) => `${row.conversation} ${row.sender} ${row.clientId}`);
  if (new Set(keys).size < keys.length || fresh.some((row) => find(state, row)))
    throw new StoreError(UNIQUE_VIOLATION);
  const stored = new Map<NewEntry, StoredEntry>();
  for (const id of new Set(fresh.map((row) => row.conversation))) {
    const mine = fresh.filter((row) => row.conversation === id);
    const conversation = state.conversations.get(id);
    if (!conversation) throw new Error('only rows of known conversations are stored');
    const entries = number(conversation, mine, at);
    mine.forEach((row, index) => {
      const entry = entries[index];
      if (entry) stored.set(row, entry);
    });
    state.logs.set(id, [...(state.logs.get(id) ?? []), ...entries]);
    state.conversations.set(id, grown(conversation, mine, at));
  }
  return judged.map(({ row, conversation, old, verdict }): Appended => {
    if (old) return isSame(old, row) ? { outcome: 'retried', entry: old } : { outcome: 'conflict' };
    const entry = stored.get(row);
    if (!entry) return { outcome: verdict === 'stored' ? 'unknown' : verdict };
    const reopened = conversation?.status === 'closed' && row.senderKind === 'visitor';
    return { outcome: 'stored', entry, reopened };
  });
}

type Verdict = Exclude<Appended['outcome'], 'retried' | 'conflict'>;

function judge(row: NewEntry, conversation: ConversationRow | undefined): Verdict {
  if (!conversation) return 'unknown';
  if (row.senderKind === 'visitor') {
    if (conversation.visitor !== row.sender) return 'unknown';
    return conversation.status === 'spam' ? 'blocked' : 'stored';
  }
  if (row.senderKind !== 'agent' || !isWords(row)) return 'stored';
  if (conversation.status === 'spam') return 'closed';
  if (conversation.status === 'closed') return row.afterClose === true ? 'stored' : 'closed';
  if (conversation.holder === null) return 'not-taken';
  if (conversation.holder !== row.sender) return 'not-yours';
  const isAnswered =
    row.seen !== null && conversation.lastAgentSeq > row.seen && conversation.lastAgent !== row.sender;
  return isAnswered ? 'held' : 'stored';
}

/** The rows under their numbers; an agent's first words in a conversation that is not closed are a hello. */
function number(conversation: ConversationRow, rows: readonly NewEntry[], at: string): StoredEntry[] {
  let publicSeq = conversation.lastPublicSeq;
  const greeted = new Set<string>();
  return rows.map((row, index) => {
    const isFirst = row.kind === 'message' && !greeted.has(row.sender);
    if (row.kind === 'message') greeted.add(row.sender);
    const isHello =
      isFirst &&
      row.senderKind === 'agent' &&
      conversation.helloBy !== row.sender &&
      conversation.status !== 'closed';
    if (row.isPublic) publicSeq += 1;
    return {
      conversation: row.conversation,
      seq: conversation.lastSeq + index + 1,
      publicSeq: row.isPublic ? publicSeq : null,
      kind: isHello ? 'hello' : row.kind,
      senderKind: row.senderKind,
      sender: row.sender,
      clientId: row.clientId,
      body: row.body,
      data: row.data,
      at,
    };
  });
}

/** The conversation after these rows. */
function grown(conversation: ConversationRow, rows: readonly NewEntry[], at: string): ConversationRow {
  const words = rows.filter(isWords);
  const last = words.at(-1);
  const agentAt = rows.findLastIndex((row) => isWords(row) && row.senderKind === 'agent');
  const agent = rows[agentAt]?.sender ?? null;
  const wasClosed = conversation.status === 'closed';
  const wakes = wasClosed && words.some((row) => row.senderKind === 'visitor');
  return {
    ...conversation,
    lastSeq: conversation.lastSeq + rows.length,
    lastPublicSeq: conversation.lastPublicSeq + rows.filter((row) => row.isPublic).length,
    version: conversation.version + 1,
    lastAt: at,
    lastAgentSeq: agent === null ? conversation.lastAgentSeq : conversation.lastSeq + agentAt + 1,
    lastAgent: agent ?? conversation.lastAgent,
    helloBy: wasClosed ? null : (agent ?? conversation.helloBy),
    preview: last ? [...last.body].slice(0, 140).join('') : conversation.preview,
    previewBy: last?.senderKind ?? conversation.previewBy,
    isWaiting: { visitor: true, agent: false, system: conversation.isWaiting }[last?.senderKind ?? 'system'],
    ...(wakes && { status: 'waiting', holder: null, offeredTo: null }),
  };
}

export function find(
  state: State,
  { conversation, sender, clientId }: Pick<NewEntry, 'conversation' | 'sender' | 'clientId'>,
): StoredEntry | undefined {
  return state.logs
    .get(conversation)
    ?.find((entry) => entry.clientId === clientId && entry.sender === sender);
}

function isSame(old: StoredEntry, row: NewEntry): boolean {
  const isSameKind = old.kind === row.kind || (old.kind === 'hello' && row.kind === 'message');
  return isSameKind && old.body === row.body;
}

function isWords({ kind }: NewEntry): boolean {
  return kind === 'message' || kind === 'farewell';
}
