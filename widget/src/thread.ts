/** The reading half of the model: one conversation as the relay tells it, without holes. */
import { PASSING } from '@fullname/shared/errors';
import { TYPING_SHOWN_MS } from '@fullname/shared/limits';
import type { PersonCard, PublicConversation, PublicEntry } from '@fullname/shared/model';
import { backoff } from './backoff.ts';
import type { Connection } from './connection.ts';
import { createLog, type Log } from './log.ts';
import { BLANK_THREAD, type ThreadState } from './state.ts';

export type Thread = {
  state(): ThreadState;
  /** What the relay says of the conversation now; another conversation than before starts the log anew. */
  adopt(conversation: PublicConversation): void;
  /** A conversation that this browser has just started, with its first entry. */
  begin(conversation: PublicConversation, entry: PublicEntry): void;
  take(entry: PublicEntry, conversation?: PublicConversation): void;
  /** Whether any came. */
  loadOlder(): Promise<boolean>;
  /** The visitor sees the end of the list. */
  seen(): void;
  showTyping(conversation: string, person: PersonCard): void;
  /** How far the other end has read, or has it on the screen. */
  receipt(cursor: Receipt): void;
  /** Somebody came or went: the people in this conversation too. */
  people(people: readonly PersonCard[]): void;
  clear(): void;
  unread(): number;
};

/** Whoever looks has read it by then, and says only that. */
const DELIVERED_AFTER_MS = 1_000;

type Ask = Connection['ask'];
type Receipt = { readonly conversation: string } & Partial<
  Pick<PublicConversation, 'agentRead' | 'agentDelivered'>
>;

export function createThread(ask: Ask, changed: () => void): Thread {
  let state = BLANK_THREAD;
  let log: Log | null = null;
  let fetching = false;
  let failures = 0;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let deliveredTimer: ReturnType<typeof setTimeout> | undefined;

  const set = (patch: Partial<ThreadState>): void => {
    state = { ...state, ...patch };
    changed();
  };
  const showLog = (patch?: Partial<ThreadState> | false): void => {
    set({ entries: log?.entries() ?? [], hasOlder: log?.hasOlder() ?? false, ...patch });
    // Whoever looks has read it by then.
    clearTimeout(deliveredTimer);
    deliveredTimer = setTimeout(tellDelivered, DELIVERED_AFTER_MS);
  };

  /** The last page first, then whatever lies between it and the relay's head. One request at a time. */
  const catchUp = async (mine: Log): Promise<void> => {
    if (fetching) return;
    fetching = true;
    set({ loading: mine.last() === null });
    while (mine === log) {
      const after = mine.last();
      if (after !== null && after >= (state.conversation?.publicSeq ?? 0) && !mine.add([]).gap) break;
      const page = await ask('entries:fetch', {
        conversation: mine.conversation,
        ...(after === null ? {} : { after }),
      });
      if (mine !== log) break;
      if (!page.ok) {
        // A relay without its store says so, and no head may come for a while: asked again, until it is known.
        clearTimeout(retryTimer);
        if (PASSING.includes(page.code))
          retryTimer = setTimeout(() => mine === log && void catchUp(mine), backoff(failures++));
        break;
      }
      failures = 0;
      if (after === null) {
        mine.load(page.value.entries, page.value.publicSeq);
        if (page.value.entries.length) state = { ...state, returned: mine.last() };
      } else if (!page.value.entries.length) break;
      else mine.add(page.value.entries);
      showLog({ loading: false });
    }
    fetching = false;
    if (mine === log) showLog({ loading: false });
  };

  /** Two relays' words may cross on the way: what only grows is never taken back by the older of them. */
  const newest = (told: PublicConversation): PublicConversation => {
    const { publicSeq, agentRead, agentDelivered } = state.conversation ?? told;
    return {
      ...told,
      publicSeq: Math.max(told.publicSeq, publicSeq),
      agentRead: Math.max(told.agentRead, agentRead),
      agentDelivered: Math.max(told.agentDelivered, agentDelivered),
    };
  };

  const thread: Thread = {
    state: () => state,
    begin(conversation, entry) {
      // Another tab began it first, and more of it is drawn already.
      if (log?.conversation !== conversation.id) {
        log = createLog(conversation.id, true);
        log.add([entry]);
        state = BLANK_THREAD;
        showLog();
      }
      thread.adopt(conversation);
    },
    adopt(conversation) {
      if (log?.conversation !== conversation.id) {
        log = createLog(conversation.id, false);
        state = { ...BLANK_THREAD, read: conversation.read };
      }
      set({
        conversation: newest(conversation),
        read: Math.max(state.read, conversation.read),
      });
      if (state.read > conversation.read) void tell('read:advance', state.read);
      void catchUp(log);
    },
    take(entry, conversation) {
      if (entry.conversation !== log?.conversation) return;
      if (conversation) set({ conversation: newest(conversation) });
      const { gap } = log.add([entry]);
      showLog('author' in entry && entry.author.kind === 'agent' && { typing: null });
      if (gap) void catchUp(log);
    },
    async loadOlder() {
      const first = state.entries[0]?.publicSeq;
      const mine = log;
      if (!mine || !first || !mine.hasOlder() || state.loading) return false;
      set({ loading: true });
      const page = await ask('entries:fetch', { conversation: mine.conversation, before: first });
      if (page.ok && mine === log) mine.load(page.value.entries, page.value.publicSeq);
      showLog({ loading: false });
      return page.ok && page.value.entries.length > 0;
    },
    seen() {
      const last = log?.last() ?? 0;
      if (last <= state.read) return;
      set({ read: last });
      void tell('read:advance', state.read);
    },
    showTyping(id, person) {
      if (id !== log?.conversation) return;
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => set({ typing: null }), TYPING_SHOWN_MS);
      set({ typing: person });
    },
    receipt({ conversation: id, ...cursor }) {
      const { conversation } = state;
      if (conversation?.id === id) set({ conversation: newest({ ...conversation, ...cursor }) });
    },
    people(people) {
      const { conversation } = state;
      if (!conversation) return;
      const now = (person: PersonCard | null): PersonCard | null =>
        people.find((one) => one.id === person?.id) ?? person;
      set({
        conversation: {
          ...conversation,
          holder: now(conversation.holder),
          contact: now(conversation.contact),
        },
      });
    },
    clear() {
      log = null;
      set(BLANK_THREAD);
    },
    unread: () =>
      state.entries.filter(
        (entry) =>
          entry.publicSeq > state.read &&
          // Words, and what is promised or offered by name: everything that somebody wrote to the visitor.
          ('author' in entry ? entry.author.kind === 'agent' : 'person' in entry && 'text' in entry),
      ).length,
  };

  const tell = (event: 'read:advance' | 'delivered:advance', publicSeq: number) =>
    ask(event, { conversation: log?.conversation ?? '', publicSeq });

  const tellDelivered = async (): Promise<void> => {
    const mine = log;
    const last = mine?.last() ?? 0;
    if (!mine || last <= Math.max(state.read, mine.told)) return;
    if ((await tell('delivered:advance', last)).ok) mine.told = last;
  };

  return thread;
}
