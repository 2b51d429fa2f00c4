/** A conversation as this browser carries it on: the log that is read, the outbox that is written, and the first start of both. */
import { type ErrorCode, failed, type Result } from '@fullname/shared/errors';
import type { Page, Remembered } from '@fullname/shared/events';
import { makeId } from '@fullname/shared/ids';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { PublicConversation, PublicEntry } from '@fullname/shared/model';
import { maskCards } from '@fullname/shared/reader/cards';
import { repairText } from '@fullname/shared/text';
import type { Connection } from './connection.ts';
import { type Choice, createOutbox, type Outbox, type OutboxItem } from './outbox.ts';
import { random } from './random.ts';
import type { Identity, Session } from './session.ts';
import type { ChatState } from './state.ts';
import type { Change, Records } from './storage/kept.ts';
import { createThread, type Thread } from './thread.ts';

export type TalkOptions = {
  readonly site: string;
  readonly locale: WidgetLocale;
  readonly kept: Records;
  readonly session: Session;
  readonly connection: Connection;
  readonly page: () => Page | null;
  /** Why the relay does not let this browser in at all: then what is sent has failed, and says so. */
  readonly problem: () => ErrorCode | null;
  readonly set: (patch: Partial<ChatState>) => void;
  readonly unread: (count: number) => void;
};

export type Talk = {
  readonly thread: Thread;
  readonly outbox: Outbox;
  /** Keeps the words together with `along`, draws them at once, and sends them. */
  send(words: string, along: readonly Change[]): Promise<void>;
  /** Chooses from an offer; kept and sent as words are. */
  choose(choice: Choice): Promise<void>;
  /** Fetches a file: a new window that becomes a download. */
  openFile(file: string): Promise<void>;
  /** What the relay remembers of this visitor, and one of it removed. UNAVAILABLE without a line. */
  remembered(): Promise<Result<readonly Remembered[]>>;
  forget(preference: string): Promise<Result<unknown>>;
  /** The words as they may be kept, and whether a card number was masked in them. */
  look(words: string): string;
  take(entry: PublicEntry, conversation?: PublicConversation): void;
  heads(conversations: readonly PublicConversation[]): void;
  /** The visitor's conversations, as the relay greets with them. */
  welcome(conversations: readonly PublicConversation[]): Promise<void>;
};

/** Longer than a line can be dead before it is noticed, with the time to take another and to read what was missed. */
const LEFT_FOR_MS = 120_000;

export function createTalk(options: TalkOptions): Talk {
  const { session, connection, set } = options;
  /**
   * Acknowledged, and behind a hole that is being fetched, or told to another tab: until they are drawn as entries they stay as
   * they are. `since`: what another tab has taken away may have been thrown away there, and then nothing comes.
   */
  let ticked: readonly (OutboxItem & { readonly since?: number })[] = [];
  let tickedIn = '';
  const isDrawn = (id: string): boolean => {
    const { conversation, entries } = thread.state();
    return !!(
      (conversation && tickedIn !== '' && conversation.id !== tickedIn) ||
      entries.some((entry) => entry.id === id)
    );
  };
  const tick = (item: OutboxItem, entry: PublicEntry): void => {
    tickedIn = entry.conversation;
    if (!isDrawn(item.id)) ticked = [...ticked.filter(({ id }) => id !== item.id), item];
  };
  const left = (gone: readonly OutboxItem[]): void => {
    const identity = session.identity();
    // Without one, but with a conversation: they were logged out.
    if (!gone.length || (!identity && thread.state().conversation)) return;
    tickedIn = identity?.conversation ?? '';
    ticked = [...ticked, ...gone.map((item) => ({ ...item, since: Date.now() }))];
  };
  const items = (): readonly OutboxItem[] => {
    ticked = ticked.filter(({ id }) => !isDrawn(id));
    return [...ticked, ...outbox.items().filter(({ id }) => ticked.every((one) => one.id !== id))];
  };

  const thread = createThread(connection.ask, () => {
    set({ ...thread.state(), ...(ticked.length ? { items: items() } : {}) });
    options.unread(thread.unread());
  });
  const outbox = createOutbox({
    kept: options.kept,
    lock: `fullname.${options.site}`,
    deliver: async (item) => {
      const problem = options.problem();
      return problem ? failed(problem) : deliver(item, session.identity() ?? (await session.make()));
    },
    connected: () => connection.status() === 'on' || !!options.problem(),
    left,
    changed: () => set({ items: items() }),
  });

  const deliver = async (item: OutboxItem, identity: Identity): Promise<Result<unknown>> => {
    const result = identity.started ? await hand(item, identity) : await begin(item, identity);
    if (result.ok) {
      thread.take(result.value);
      tick(item, result.value);
    }
    // Another window was first: what was chosen there is in the log, and stays.
    if (item.chosen && !result.ok && result.code === 'CONFLICT') return { ok: true, value: null };
    if (result.ok || result.code !== 'UNKNOWN_CONVERSATION') return result;
    // The same words begin a new conversation.
    await startAnew(identity);
    return failed('UNAVAILABLE');
  };

  const hand = (item: OutboxItem, { conversation }: Identity): Promise<Result<PublicEntry>> => {
    const { id, kind, text, chosen, order } = item;
    if (kind === 'email') return connection.ask('email:give', { conversation, id, email: text });
    if (!chosen) return connection.ask('message:send', { conversation, id, text }, Date.now() - order);
    const { offer, option } = chosen;
    return connection.ask('extra:choose', { conversation, id, offer, choice: option ?? text });
  };

  /** Idempotent as a whole: however often it is tried, there is one conversation with one first message. */
  const begin = async ({ id, text }: OutboxItem, identity: Identity): Promise<Result<PublicEntry>> => {
    const { token, conversation } = identity;
    const page = options.page();
    const begun = await connection.ask('conversation:start', {
      token,
      conversation,
      message: { id, text },
      locale: options.locale,
      ...(page ? { page } : {}),
    });
    if (!begun.ok) return begun;
    await session.remember({ ...identity, started: true });
    thread.begin(begun.value.conversation, begun.value.entry);
    return { ok: true, value: begun.value.entry };
  };

  /** The relay has this conversation no more, while the browser's token may hold. */
  const startAnew = async (identity: Identity): Promise<void> => {
    ticked = [];
    thread.clear();
    await session.remember({ ...identity, conversation: makeId(random), started: false });
  };

  const look = (words: string): string => {
    const text = maskCards(words);
    set({ masked: text !== words });
    return text;
  };

  return {
    thread,
    outbox,
    async send(words, along) {
      const text = look(repairText(words).trim());
      if (text) await outbox.add('message', text, along);
    },
    choose: async (choice) => {
      const text = look(repairText(choice.text).trim());
      if (text) await outbox.choose({ ...choice, text });
    },
    async openFile(file) {
      const conversation = session.identity()?.conversation ?? '';
      const answer = await connection.ask('file:link', { conversation, file });
      if (!answer.ok) return;
      const link = document.createElement('a');
      Object.assign(link, { href: answer.value.url, target: '_blank', rel: 'noopener' });
      link.click();
    },
    remembered: () => connection.ask('remembered:read', {}),
    forget: (preference) => connection.ask('preference:remove', { preference }),
    look,
    take(entry, conversation) {
      thread.take(entry, conversation);
      for (const item of outbox.items()) {
        const elsewhere = entry.kind === 'extra-chosen' && entry.offer === item.chosen?.offer;
        if (item.id === entry.id) tick(item, entry);
        if (item.id === entry.id || elsewhere) void outbox.settle(item.id);
      }
    },
    heads(conversations) {
      const mine = session.identity()?.conversation;
      for (const head of conversations) if (head.id === mine) thread.adopt(head);
      if (!ticked.length) return;
      ticked = ticked.filter(({ since }) => !since || Date.now() - since < LEFT_FOR_MS);
      set({ items: items() });
    },
    async welcome(conversations) {
      const identity = session.identity();
      const mine = conversations.find((one) => one.id === identity?.conversation);
      const current = mine ?? (identity?.started ? conversations[0] : undefined);
      set({ expected: false });
      if (identity && current) {
        thread.adopt(current);
        await session.remember({ ...identity, conversation: current.id, started: true });
      } else if (identity?.started) await startAnew(identity);
      outbox.drain(true);
    },
  };
}
