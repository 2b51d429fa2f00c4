/** The model of the desk: who is here, the list, the open conversation, and the outbox; kept in step with the relay. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Colleague, Counts } from '@fullname/shared/events';
import type { ConversationRow } from '@fullname/shared/model';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Connection, Status } from './connection.ts';
import { tellDelivered } from './delivered.ts';
import { type ConversationList, createList } from './list.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import type { OutboxStore } from './outbox-store.ts';
import { type AfterSend, openAfterSend } from './reader/after-send.ts';
import { createThread, type Thread } from './thread.ts';
import { sayProblem } from './toast.ts';

type Opening =
  | { readonly state: 'none' }
  | { readonly state: 'loading'; readonly id: string }
  | { readonly state: 'failed'; readonly id: string; readonly code: ErrorCode }
  | { readonly state: 'ready'; readonly id: string; readonly thread: Thread };

export type Inbox = {
  readonly me: ReadonlySignal<Colleague | null>;
  readonly colleagues: ReadonlySignal<readonly Colleague[]>;
  readonly counts: ReadonlySignal<Counts>;
  readonly status: ReadonlySignal<Status>;
  /** Rises whenever the book was changed, or may have been while the line was cut. */
  readonly bookTold: ReadonlySignal<number>;
  readonly list: ConversationList;
  readonly outbox: Outbox;
  /** What follows messages once they are in the log. */
  readonly afterSend: AfterSend;
  readonly open: ReadonlySignal<Opening>;
  /** Asks again for a conversation that could not be opened. */
  retry(): void;
  /** Opens a conversation, or with null leaves the open one. Asks again for one that could not be opened. */
  select(conversation: string | null): void;
  setPresence(here: boolean, backAt: string | null): Promise<ErrorCode | null>;
  /** Looks at once whether anything was missed: the machine woke, or the network is back. */
  wake(): void;
  stop(): void;
};

export type InboxParts = {
  readonly connection: Connection;
  readonly store: OutboxStore;
  readonly me: string;
  /** A row as it came from the relay, with the one known before: for titles, sounds and notifications. */
  readonly onRow?: (row: ConversationRow, before: ConversationRow | null) => void;
  /** The cookie now belongs to another person: another tab signed in. */
  readonly onOtherPerson: () => void;
};

export async function openInbox({ connection, store, me, onRow, onOtherPerson }: InboxParts): Promise<Inbox> {
  const self = signal<Colleague | null>(null);
  const colleagues = signal<readonly Colleague[]>([]);
  const counts = signal<Counts>({ waiting: 0, mine: 0 });
  const bookTold = signal(0);
  let welcomes = 0;
  const open = signal<Opening>({ state: 'none' });
  const delivered = tellDelivered(connection, me);
  const list = createList(connection, me, delivered.note);
  const afterSend = openAfterSend({ connection, person: me, onRefused: sayProblem });
  const sender = await openOutbox({
    connection,
    store,
    person: me,
    onSent: (entry) => {
      if (entry.id) afterSend.sent(entry.id);
      threadOf(entry.conversation)?.receive(entry);
    },
  });
  const outbox: Outbox = {
    ...sender,
    delivered(id) {
      sender.delivered(id);
      afterSend.sent(id);
    },
  };

  function threadOf(conversation: string): Thread | null {
    return open.value.state === 'ready' && open.value.id === conversation ? open.value.thread : null;
  }

  /** Where the open conversation could not be had: one that is there, or on its way, stays as it is. */
  function again(): void {
    if (open.value.state !== 'failed') return;
    const { id } = open.value;
    open.value = { state: 'loading', id };
    void openConversation(id);
  }

  async function openConversation(id: string): Promise<void> {
    const answer = await connection.ask('conversation:open', { conversation: id });
    if (open.value.state === 'none' || open.value.id !== id) {
      if (answer.ok) void connection.ask('conversation:leave', { conversation: id });
      return;
    }
    const thread = threadOf(id);
    if (!answer.ok) {
      // What is on the screen stays there while the connection is away.
      if (!thread) open.value = { state: 'failed', id, code: answer.code };
    } else if (thread) thread.reopened(answer.value);
    else {
      const parts = { connection, outbox, me, onRead: list.markRead, onTaken: list.follow };
      open.value = { state: 'ready', id, thread: createThread(parts, answer.value) };
    }
  }

  async function askHeads(): Promise<void> {
    const conversations = open.value.state === 'none' ? [] : [open.value.id];
    const answer = await connection.ask('heads:ask', { conversations });
    if (!answer.ok) return;
    counts.value = answer.value.counts;
    for (const head of answer.value.heads) threadOf(head.conversation)?.head(head);
  }

  const stops = [
    connection.on('welcome', (welcome) => {
      if (welcome.me.id !== me) return onOtherPerson();
      self.value = welcome.me;
      colleagues.value = welcome.colleagues;
      counts.value = welcome.counts;
      list.reload();
      if (open.value.state !== 'none') void openConversation(open.value.id);
      outbox.drain();
      afterSend.drain();
      welcomes += 1;
      if (welcomes > 1) bookTold.value += 1;
    }),
    connection.on('message:sent', (entry) => threadOf(entry.conversation)?.receive(entry)),
    connection.on('conversation:changed', (entry) => threadOf(entry.conversation)?.receive(entry)),
    connection.on('rows:changed', (rows) => {
      for (const row of rows) {
        onRow?.(row, list.find(row.id));
        list.rowChanged(row);
        threadOf(row.id)?.refresh(row);
      }
    }),
    connection.on('counts:changed', (next) => {
      counts.value = next;
    }),
    connection.on('heads', (heads) => {
      counts.value = heads.counts;
      for (const head of heads.heads) threadOf(head.conversation)?.head(head);
    }),
    connection.on('customer:changed', ({ conversation, pane }) => {
      const thread = threadOf(conversation);
      if (thread) thread.pane.value = pane;
    }),
    connection.on('read:advanced', ({ conversation, ...cursor }) => threadOf(conversation)?.receipt(cursor)),
    connection.on('delivered:advanced', ({ conversation, ...cursor }) =>
      threadOf(conversation)?.receipt(cursor),
    ),
    connection.on('typing:shown', ({ conversation, by, person }) =>
      threadOf(conversation)?.typed({ by, person }),
    ),
    connection.on('page:viewed', (view) => threadOf(view.conversation)?.pageViewed(view)),
    connection.on('page:told', (now) => threadOf(now.conversation)?.pageTold(now)),
    connection.on('visitor:changed', (now) => threadOf(now.conversation)?.visitorChanged(now)),
    connection.on('people:changed', (people) => {
      colleagues.value = people;
      const mine = people.find((person) => person.id === me);
      if (mine) self.value = mine;
    }),
    connection.on('book:changed', () => {
      bookTold.value += 1;
    }),
  ];

  return {
    me: self,
    colleagues,
    counts,
    status: connection.status,
    bookTold,
    list,
    outbox,
    afterSend,
    open,
    select(conversation) {
      if (open.value.state !== 'none' && open.value.id === conversation) return again();
      if (open.value.state === 'ready') open.value.thread.leave();
      open.value = conversation === null ? { state: 'none' } : { state: 'loading', id: conversation };
      if (conversation !== null && connection.status.value === 'online') void openConversation(conversation);
    },
    retry: again,
    async setPresence(here, backAt) {
      const answer = await connection.ask('presence:set', { here, backAt });
      if (answer.ok && self.value) self.value = { ...self.value, here, backAt };
      return answer.ok ? null : answer.code;
    },
    wake() {
      connection.wake();
      if (connection.status.value === 'online') void askHeads();
    },
    stop() {
      if (open.value.state === 'ready') open.value.thread.leave();
      for (const stop of stops) stop();
      outbox.stop();
      delivered.stop();
      afterSend.stop();
    },
  };
}
