/** The store's statements that the simulated relay asks, by the names of the product's own functions for them. */
import type { HandChange, NewConversation } from '../../server/src/store/conversation-changes.ts';
import type { ConversationRecord } from '../../server/src/store/conversations.ts';
import type { LogRange, NewEntry, StoredEntry } from '../../server/src/store/log.ts';
import { aConversation, append, type ConversationRow, find, type State, type VisitorRow } from './model.ts';

export type Means = {
  readonly snapshot: State;
  /** ISO 8601. */
  readonly at: string;
  id(): string;
};

type Args = readonly never[];
type Read = (state: State, ...args: Args) => unknown;
type Write = (means: Means, state: State, ...args: Args) => unknown;

const reads = {
  readConversation: (state: State, id: string) => recordOf(state.conversations.get(id)),
  conversationOfVisitor: (state: State, visitor: string, clientId: string) =>
    recordOf(ofVisitor(state, visitor).find((one) => one.clientId === clientId)),
  conversationsOfVisitors: (state: State, visitors: readonly string[], limit: number) =>
    visitors.flatMap((visitor) =>
      ofVisitor(state, visitor)
        .filter(({ status }) => status !== 'spam')
        .sort((one, other) => other.lastAt.localeCompare(one.lastAt))
        .slice(0, limit)
        .map(recordOf),
    ),
  visitorByHash: (state: State, hash: string) => state.visitors.get(hash),
  readPublicLog: (state: State, id: string, { after, before, limit }: LogRange): StoredEntry[] => {
    const all = (state.logs.get(id) ?? []).filter((entry) => entry.publicSeq !== null);
    const number = (entry: StoredEntry) => entry.publicSeq ?? 0;
    if (after !== undefined) return all.filter((entry) => number(entry) > after).slice(0, limit);
    return (before === undefined ? all : all.filter((entry) => number(entry) < before)).slice(-limit);
  },
  findEntry: (state: State, key: Pick<NewEntry, 'conversation' | 'sender' | 'clientId'>) =>
    find(state, key) ?? null,
  nothing: () => undefined,
};

const writes = {
  append: (means: Means, state: State, rows: readonly NewEntry[]) => append(state, rows, means),
  ensureVisitor(means: Means, state: State, { token, site }: Pick<VisitorRow, 'token' | 'site'>) {
    const visitor = state.visitors.get(token) ?? { id: means.id(), token, site };
    state.visitors.set(token, visitor);
    return { id: visitor.id, blocked: false };
  },
  ensureConversation({ id, at }: Means, state: State, made: NewConversation) {
    const there = ofVisitor(state, made.visitor).find((one) => one.clientId === made.clientId);
    if (there) return there.id;
    const { visitor, clientId, site } = made;
    const conversation = aConversation({ id: id(), visitor, clientId, site }, at);
    state.conversations.set(conversation.id, conversation);
    return conversation.id;
  },
  lockConversation: (_: Means, state: State, id: string) => {
    const one = state.conversations.get(id);
    if (!one) return null;
    const { status, holder, contact, visitor } = one;
    return { status, holder, contact, visitor, customer: null };
  },
  changeHands: (_: Means, state: State, id: string, change: HandChange) =>
    put(state, id, (one) => ({
      status: change.status,
      holder: change.holder,
      offeredTo: null,
      contact: one.contact ?? change.contact ?? null,
      isWaiting: change.wait === undefined ? one.isWaiting : change.wait === 'starts',
      helloBy: change.forgetsHello ? null : one.helloBy,
      version: one.version + 1,
    })),
  advanceVisitorRead: (_: Means, state: State, id: string, publicSeq: number) =>
    put(state, id, (one) => ({
      visitorRead: Math.max(one.visitorRead, Math.min(publicSeq, one.lastPublicSeq)),
    }))?.visitorRead ?? 0,
  advanceAgentRead: (_: Means, state: State, { id, seq }: { id: string; seq: number }) => {
    const seen = (state.logs.get(id) ?? []).findLast((entry) => entry.publicSeq !== null && entry.seq <= seq);
    const change = (one: ConversationRow) => ({ agentRead: Math.max(one.agentRead, seen?.publicSeq ?? 0) });
    return put(state, id, change)?.agentRead ?? 0;
  },
  advanceVisitorDelivered: (_: Means, state: State, id: string, publicSeq: number) =>
    put(state, id, (one) => ({
      visitorDelivered: Math.max(one.visitorDelivered, Math.min(publicSeq, one.lastPublicSeq)),
    }))?.visitorDelivered ?? 0,
  advanceAgentDelivered: (_: Means, state: State, at: { id: string; seq: number; holder: string }) => {
    if (state.conversations.get(at.id)?.holder !== at.holder) return null;
    const had = (state.logs.get(at.id) ?? []).findLast(
      (entry) => entry.publicSeq !== null && entry.seq <= at.seq,
    );
    const change = (one: ConversationRow) => ({
      agentDelivered: Math.max(one.agentDelivered, had?.publicSeq ?? 0),
    });
    return put(state, at.id, change)?.agentDelivered ?? null;
  },
};

export const READS: Readonly<Record<string, (state: State, args: readonly unknown[]) => unknown>> =
  Object.fromEntries(
    Object.entries(reads).map(([name, read]) => [
      name,
      (state, args) => (read as Read)(state, ...(args as Args)),
    ]),
  );
export const WRITES: Readonly<
  Record<string, (state: State, args: readonly unknown[], means: Means) => unknown>
> = Object.fromEntries(
  Object.entries(writes).map(([name, write]) => [
    name,
    (state, args, means) => (write as Write)(means, state, ...(args as Args)),
  ]),
);

export type StatementName = keyof typeof reads | keyof typeof writes;

function put(
  state: State,
  id: string,
  change: (one: ConversationRow) => Partial<ConversationRow>,
): ConversationRow | undefined {
  const one = state.conversations.get(id);
  if (!one) return undefined;
  const next = { ...one, ...change(one) };
  state.conversations.set(id, next);
  return next;
}

function ofVisitor(state: State, visitor: string): ConversationRow[] {
  return [...state.conversations.values()].filter((one) => one.visitor === visitor);
}

/** What the product reads of a conversation; what is not simulated is as in a new one. */
function recordOf(one: ConversationRow | undefined): ConversationRecord | null {
  if (!one) return null;
  return {
    id: one.id,
    clientId: one.clientId,
    visitor: one.visitor,
    site: one.site,
    siteName: 'Shop',
    status: one.status,
    holder: one.holder,
    offeredTo: one.offeredTo,
    askedFor: null,
    contact: one.contact,
    ally: null,
    lastAgent: one.lastAgent,
    customer: null,
    customerName: null,
    claimedName: null,
    claimedEmail: null,
    lastSeq: one.lastSeq,
    lastPublicSeq: one.lastPublicSeq,
    visitorRead: one.visitorRead,
    agentRead: one.agentRead,
    visitorDelivered: one.visitorDelivered,
    agentDelivered: one.agentDelivered,
    waitingSince: one.isWaiting ? one.lastAt : null,
    situation: null,
    locale: 'en',
    pageUrl: null,
    pageTitle: null,
    device: null,
    preview: one.preview,
    previewBy: one.previewBy,
    pleaseKnow: false,
    flaggedUntil: null,
    promises: [],
    callBack: null,
    version: one.version,
    lastAt: one.lastAt,
    read: 0,
    draft: '',
    sortKey: one.lastAt,
  };
}
