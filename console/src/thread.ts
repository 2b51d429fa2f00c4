/** The open conversation: its log without holes, the customer beside it, what is being written, and what can be done with it. */
import type { AgentHead, EventsForAgent, Opened } from '@fullname/shared/events';
import { PAGE_SIZE, TYPING_EVERY_MS, TYPING_SHOWN_MS } from '@fullname/shared/limits';
import type {
  ConversationDetail,
  ConversationRow,
  CustomerPane,
  Entry,
  PersonCard,
} from '@fullname/shared/model';
import { type Situation, situationOf } from '@fullname/shared/situation';
import { repairText } from '@fullname/shared/text';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { now } from './clock.ts';
import type { Connection } from './connection.ts';
import { type Draft, openDraft, type WritingMode } from './draft.ts';
import { type EntryLog, hasGap, prepend, receive, receiveAll, renew, reopen, startLog } from './entry-log.ts';
import { filesOf, forgetFilesOf } from './files.ts';
import { newId } from './ids.ts';
import type { Outbox, Pending } from './outbox.ts';
import { threadActs } from './thread-acts.ts';

export type Typing = { readonly by: 'visitor' | 'agent'; readonly person: PersonCard | null };
export type Thread = ReturnType<typeof createThread>;

type ThreadParts = {
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly me: string;
  readonly onRead: (conversation: string, seq: number) => void;
  readonly onTaken: (taken: ConversationDetail) => void;
};

export function createThread({ connection, outbox, me, onRead, onTaken }: ThreadParts, opened: Opened) {
  const id = opened.conversation.id;
  const detail = signal<ConversationDetail>(opened.conversation);
  const log = signal<EntryLog>(startLog(opened.entries, opened.more));
  const pane = signal<CustomerPane>(opened.pane);
  const before = signal(opened.before);
  const typing = signal<Typing | null>(null);
  const loadingOlder = signal(false);
  const draft: Draft = openDraft({ connection, person: me, conversation: id, stored: opened.draft });
  /** In the log, beyond a hole that is being fetched: still shown as sending, or the words would be gone from the screen. */
  const landing = signal<readonly Pending[]>([]);
  const pending: ReadonlySignal<readonly Pending[]> = computed(() => [
    ...landing.value.filter((item) => !isDrawn(log.value, item.id)),
    ...outbox.pending.value.filter(
      (item) =>
        item.conversation === id &&
        !isDrawn(log.value, item.id) &&
        !landing.value.some((one) => one.id === item.id),
    ),
  ]);
  const workedOut = computed(() =>
    situationOf({ entries: log.value.entries, me, closed: detail.value.status === 'closed', now: now.value }),
  );
  const situation: ReadonlySignal<Situation> = computed(() => detail.value.situation ?? workedOut.value);
  let fetching = false;
  let typingEnds: ReturnType<typeof setTimeout> | undefined;
  let typingShownAt = 0;

  /** Fetches what lies between the last drawn entry and the relay's last, page by page. */
  async function catchUp(): Promise<void> {
    if (fetching) return;
    fetching = true;
    try {
      for (;;) {
        const after = log.value.last;
        const answer = await connection.ask('entries:fetch', { conversation: id, after });
        if (!answer.ok) return;
        log.value = receiveAll(log.value, answer.value.entries);
        settle();
        if (log.value.last >= answer.value.seq || log.value.last === after) return;
      }
    } finally {
      fetching = false;
    }
  }

  function receiveEntry(entry: Entry): void {
    log.value = receive(log.value, entry);
    if (entry.kind === 'message' && entry.author.kind === typing.value?.by) typing.value = null;
    settle();
    if (!hasGap(log.value)) return;
    const mine = outbox.pending.peek().find((item) => item.id === entry.id);
    if (mine && !isDrawn(log.value, mine.id)) landing.value = [...landing.peek(), mine];
    void catchUp();
  }

  /** What is in the log is no longer pending. */
  function settle(): void {
    if (landing.peek().length > 0)
      landing.value = landing.peek().filter((item) => !isDrawn(log.value, item.id));
    for (const item of outbox.pending.peek())
      if (item.conversation === id && isDrawn(log.value, item.id)) outbox.delivered(item.id);
  }

  function refresh(row: ConversationRow): void {
    if (row.version < detail.value.version) return;
    // A pushed row knows nobody's read cursor.
    detail.value = { ...detail.value, ...row, read: Math.max(detail.value.read, row.read) };
  }

  /** What the visitor has read, or has in the browser; news of it may cross on the way. */
  function receipt({
    visitorRead = 0,
    visitorDelivered = 0,
  }: Partial<Pick<AgentHead, 'visitorRead' | 'visitorDelivered'>>): void {
    const { value } = detail;
    if (visitorRead <= value.visitorRead && visitorDelivered <= value.visitorDelivered) return;
    detail.value = {
      ...value,
      visitorRead: Math.max(visitorRead, value.visitorRead),
      visitorDelivered: Math.max(visitorDelivered, value.visitorDelivered),
    };
  }

  return {
    ...threadActs({ connection, id, detail, pane, log, catchUp, onTaken }),
    id,
    detail,
    log,
    pane,
    before,
    typing,
    draft,
    pending,
    files: filesOf({
      ...{ connection, conversation: id, site: opened.conversation.site.id, onSent: receiveEntry },
      seen: () => log.peek().last,
    }),
    situation,
    loadingOlder,
    receive: receiveEntry,
    refresh,
    catchUp,

    /** The same conversation, opened again after a lost connection. */
    reopened(again: Opened): void {
      // Read a moment ago, it may know less of who has read what than was told since.
      const { read, visitorRead, visitorDelivered } = detail.value;
      detail.value = {
        ...again.conversation,
        read: Math.max(read, again.conversation.read),
        visitorRead: Math.max(visitorRead, again.conversation.visitorRead),
        visitorDelivered: Math.max(visitorDelivered, again.conversation.visitorDelivered),
      };
      pane.value = again.pane;
      before.value = again.before;
      log.value = reopen(log.value, again.entries, again.more);
      settle();
      if (hasGap(log.value) || log.value.last < again.conversation.lastSeq) void catchUp();
      draft.flush();
    },
    head(head: AgentHead): void {
      receipt(head);
      if (head.seq > log.value.last) void catchUp();
    },
    receipt,
    pageViewed({ page, here }: Parameters<EventsForAgent['page:viewed']>[0]): void {
      detail.value = { ...detail.value, page: page ?? detail.value.page, visitorHere: here };
    },
    pageTold({ told }: Parameters<EventsForAgent['page:told']>[0]): void {
      pane.value = { ...pane.value, told };
    },
    visitorChanged({ entries, email, page, device }: Parameters<EventsForAgent['visitor:changed']>[0]): void {
      detail.value = { ...detail.value, email, page, device };
      log.value = renew(log.value, entries);
    },
    typed(shown: Typing): void {
      typing.value = shown;
      clearTimeout(typingEnds);
      typingEnds = setTimeout(() => {
        typing.value = null;
      }, TYPING_SHOWN_MS);
    },
    async older(): Promise<void> {
      const first = log.value.entries[0]?.seq ?? 1;
      if (loadingOlder.value || !log.value.more || first <= 1) return;
      loadingOlder.value = true;
      const answer = await connection.ask('entries:fetch', { conversation: id, before: first });
      if (answer.ok) log.value = prepend(log.value, answer.value.entries, answer.value.more);
      loadingOlder.value = false;
    },
    /** The reader has the last entry on the screen. */
    read(): void {
      const seq = log.value.last;
      if (seq <= detail.value.read) return;
      detail.value = { ...detail.value, read: seq };
      onRead(id, seq);
      void connection.ask('read:advance', { conversation: id, seq });
    },
    /** Tells the visitor that somebody writes, now and then; a note is nobody's business. */
    showTyping(): void {
      if (draft.mode.value !== 'reply' || Date.now() - typingShownAt < TYPING_EVERY_MS) return;
      typingShownAt = Date.now();
      connection.showTyping(id);
    },

    /** Stores the words, then clears the draft: what is on the way is never only in memory. */
    async send(kind: WritingMode, text: string, message: string = newId()): Promise<void> {
      const seen = kind === 'reply' ? log.value.last : null;
      await outbox.add({ id: message, conversation: id, kind, text, seen });
      if (repairText(draft[kind].value).trim() === text) draft.write(kind, '');
      typingShownAt = 0;
    },
    leave(): void {
      draft.leave();
      forgetFilesOf(id);
      clearTimeout(typingEnds);
      void connection.ask('conversation:leave', { conversation: id });
    },
  };
}

/** Only the last pages can hold what this browser has just sent. */
function isDrawn(log: EntryLog, id: string): boolean {
  const from = Math.max(0, log.entries.length - 4 * PAGE_SIZE);
  return log.entries.slice(from).some((entry) => entry.id === id);
}
