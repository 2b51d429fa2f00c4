/** A conversation as this browser carries it on: the log that is read, the outbox that is written, and the first start of both. */
import { type ErrorCode, failed, PASSING, type Result } from '@fullname/shared/errors';
import type { Askable, Before, FileLink, Page } from '@fullname/shared/events';
import type { FileType } from '@fullname/shared/files';
import { isId, makeId } from '@fullname/shared/ids';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { PersonRef, PublicConversation, PublicEntry } from '@fullname/shared/model';
import { maskCards } from '@fullname/shared/reader/cards';
import { repairText } from '@fullname/shared/text';
import type { Uploads } from './attach/uploads.ts';
import { backoff } from './backoff.ts';
import type { Before as Asked } from './before.ts';
import type { Connection } from './connection.ts';
import { type Choice, createOutbox, type Outbox, type OutboxItem, withLock } from './outbox.ts';
import { random } from './random.ts';
import { said } from './said.ts';
import type { Identity, Session } from './session.ts';
import type { Sounds } from './sounds/sounds.ts';
import type { ChatState } from './state.ts';
import type { Change, Records } from './storage/kept.ts';
import { createThread, type Thread } from './thread.ts';

/** A file that was looked at and may be sent; its type is what the relay is told. */
export type Chosen = { readonly name: string; readonly type: FileType; readonly body: Blob };

export type TalkOptions = {
  readonly site: string;
  readonly origin: string;
  /** Whether the line that is there was opened as this visitor, after the relay had begun with them. */
  readonly wasAsked: (identity: Identity) => boolean;
  /** The mark in the host page: this visitor has a conversation. */
  readonly mark: (on: boolean) => void;
  readonly locale: () => WidgetLocale;
  readonly kept: Records;
  readonly session: Session;
  readonly connection: Connection;
  readonly page: () => Page | null;
  readonly state: () => ChatState;
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
  /** Keeps these files and sends them, one after the other, with those that waited for what is asked first. */
  sendFiles(files: readonly Chosen[]): Promise<void>;
  /** What is heard at an answer; rejects without a line. */
  sounds(): Promise<Sounds>;
  /** Where a file is had, for some minutes. */
  fileLink(file: string): Promise<Result<FileLink>>;
  /** Whom the visitor may ask for, or who is called so. UNAVAILABLE without a line. */
  findPeople(name?: string): Promise<Result<readonly Askable[]>>;
  /** There is a conversation, made without a word if need be: for what is not said in words. */
  ready(): Promise<Result<Identity>>;
  /** Asks for somebody in the conversation; before there is one, with its first words. */
  askFor(person: PersonRef): Promise<Result<unknown>>;
  /** What is asked before the first words; null where that is nothing. */
  before(): Asked | null;
  /** Whether words wait for it. */
  holds(): boolean;
  /** For what is loaded later: the line, what this browser keeps, and ids. */
  readonly ask: Connection['ask'];
  readonly kept: Records;
  newId(): string;
  /** Whether an error passes by itself. */
  passes(code: ErrorCode): boolean;
  /** The words as they may be kept, and whether a card number was masked in them. */
  look(words: string): string;
  take(entry: PublicEntry, conversation?: PublicConversation): void;
  heads(conversations: readonly PublicConversation[]): void;
  /** What is kept, also by another window. Rejects without a line. */
  load(): Promise<void>;
  /** Somebody leaves: nothing of theirs is left here. The store is cleared by whoever asks for it. */
  clear(): void;
  /** The visitor's conversations, as the relay greets with them. */
  welcome(conversations: readonly PublicConversation[]): Promise<void>;
};

const passes = (code: ErrorCode): boolean => PASSING.includes(code);

/** Whom the visitor has asked for before there was a conversation. */
const ASKED = 'before';

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
  let uploads: Promise<Uploads> | null = null;
  let sounding: Promise<Sounds> | null = null;
  let before: Asked | null = null;
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
      // Why the relay does not let this browser in at all: then what is sent has failed, and says so.
      const { problem } = options.state();
      return problem ? failed(problem) : deliver(item, session.identity() ?? (await session.make()));
    },
    connected: () => connection.status() === 'on' || !!options.state().problem,
    left,
    changed: () => {
      set({ items: items() });
      void upload();
    },
  });

  const sounds = (): Promise<Sounds> => {
    sounding ??= import('./sounds/sounds.ts').then(({ createSounds }) =>
      createSounds(options.kept, options.site),
    );
    sounding.catch(() => {
      sounding = null;
    });
    return sounding;
  };
  // The first sound needs a gesture before it.
  for (const gesture of ['pointerdown', 'keydown'])
    globalThis.addEventListener?.(gesture, () => void sounds().catch(() => undefined), { once: true });

  const ring = async (): Promise<void> => {
    const isLooking = options.state().open && document.visibilityState === 'visible';
    await (await sounds()).ring(isLooking);
  };

  /** The chunk that moves bytes comes with the first file. Without a line even for that, the next welcome asks again. */
  const upload = async (): Promise<void> => {
    if (!uploads && !outbox.items().some((item) => item.file?.uploaded === null)) return;
    uploads ??= import('./attach/attach.ts').then(({ createUploads }) =>
      createUploads({
        ...{ origin: options.origin, site: options.site, outbox, ready, gone: startAnew },
        ...{ alone: withLock, backoff, passes },
        connected: () => connection.status() === 'on',
        progress: (id, share) => set({ progress: share === null ? {} : { [id]: share } }),
      }),
    );
    uploads.then(
      (found) => found.look(),
      () => {
        uploads = null;
      },
    );
  };

  const ready = async (): Promise<Result<Identity>> => {
    options.mark(true);
    const identity = session.identity() ?? (await session.make());
    if (identity.started) return { ok: true, value: identity };
    const { token, conversation } = identity;
    const page = options.page();
    const first = await readBefore();
    const made = await connection.ask('conversation:prepare', {
      ...{ token, conversation, locale: options.locale() },
      ...(page ? { page } : {}),
      ...first,
    });
    if (!made.ok) return made;
    const known = { ...identity, started: true };
    await session.remember(known);
    thread.adopt(made.value.conversation);
    void askLate(first.askFor).catch(() => undefined);
    return { ok: true, value: known };
  };

  const deliver = async (item: OutboxItem, identity: Identity): Promise<Result<unknown>> => {
    const result = await (identity.started || item.file ? hand : begin)(item, identity);
    if (result.ok) {
      thread.take(result.value);
      tick(item, result.value);
    }
    // Another window was first: what was chosen there is in the log, and stays.
    if (item.chosen && !result.ok && result.code === 'CONFLICT') return { ok: true, value: null };
    // What waited for an hour and more is uploaded again.
    if (item.file && !result.ok && result.code === 'UNKNOWN') {
      await outbox.uploaded(item.id, null);
      return failed('UNAVAILABLE');
    }
    if (result.ok || result.code !== 'UNKNOWN_CONVERSATION') return result;
    // The same words begin a new conversation.
    await isGone(identity);
    return failed('UNAVAILABLE');
  };

  const hand = (item: OutboxItem, { conversation }: Identity): Promise<Result<PublicEntry>> => {
    const { id, kind, text, chosen, file, order } = item;
    if (file) return connection.ask('file:send', { conversation, id, file: file.uploaded ?? '' });
    if (kind === 'email') return connection.ask('email:give', { conversation, id, email: text });
    if (!chosen) return connection.ask('message:send', { conversation, id, text }, Date.now() - order);
    const { offer, option } = chosen;
    return connection.ask('extra:choose', { conversation, id, offer, choice: option ?? text });
  };

  /** What goes with the first words; kept, since they may be sent by another page. */
  const readBefore = async (): Promise<Before> => {
    const value = (await options.kept.get(ASKED).catch(() => null)) as Before | null;
    const about = await before?.said();
    // The host page can write to what is kept.
    return { ...(isId(value?.askFor) && { askFor: value.askFor }), ...(about && { about }) };
  };
  const askNow = async (person: string): Promise<Result<unknown>> => {
    const conversation = session.identity()?.conversation ?? '';
    const answer = await connection.ask('person:ask', { conversation, id: makeId(random), person });
    if (answer.ok) thread.take(answer.value);
    return answer;
  };

  /** The relay has what came before; whom they asked for meanwhile is asked for now. */
  const askLate = async (told?: string): Promise<void> => {
    const { askFor } = await readBefore();
    if (askFor && askFor !== told) await askNow(askFor);
    await options.kept.write([{ delete: ASKED }]);
    await before?.told();
  };

  /** Idempotent as a whole: however often it is tried, there is one conversation with one first message. */
  const begin = async ({ id, text }: OutboxItem, identity: Identity): Promise<Result<PublicEntry>> => {
    const { token, conversation } = identity;
    const page = options.page();
    const first = await readBefore();
    const begun = await connection.ask('conversation:start', {
      token,
      conversation,
      message: { id, text },
      locale: options.locale(),
      ...(page ? { page } : {}),
      ...first,
    });
    if (!begun.ok) return begun;
    await session.remember({ ...identity, started: true });
    thread.begin(begun.value.conversation, begun.value.entry);
    void askLate(first.askFor).catch(() => undefined);
    return { ok: true, value: begun.value.entry };
  };

  /** The relay has this conversation no more, while the browser's token may hold. */
  const startAnew = async (identity: Identity): Promise<void> => {
    ticked = [];
    thread.clear();
    await session.remember({ ...identity, conversation: makeId(random), started: false });
    for (const { id, file } of outbox.items()) if (file?.uploaded) await outbox.uploaded(id, null);
  };

  /**
   * The relay does not know this conversation; or not yet on this line: another window began it after the line was opened, and a second
   * beginning would store its words twice. Asked again as who one is now, the relay's answer holds.
   */
  const isGone = async (identity: Identity): Promise<void> => {
    if (options.wasAsked(identity)) await startAnew(identity);
    else connection.renew();
  };

  const sendFiles = async (files: readonly Chosen[]): Promise<void> => {
    const going = before?.take(files) ?? files;
    for (const { name, type, body } of going) await outbox.addFile({ name, type }, body);
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
      await sendFiles([]);
    },
    choose: async (choice) => {
      const text = look(repairText(choice.text).trim());
      if (text) await outbox.choose({ ...choice, text });
    },
    sendFiles,
    sounds,
    ready,
    fileLink: (file) =>
      connection.ask('file:link', { conversation: session.identity()?.conversation ?? '', file }),
    findPeople: (name) => connection.ask('people:find', name ? { name } : {}),
    async askFor(person) {
      if (session.identity()?.started) return askNow(person.id);
      try {
        await options.kept.write([{ put: ASKED, value: { askFor: person.id } }]);
      } catch {
        return failed('UNAVAILABLE');
      }
      return { ok: true, value: null };
    },
    before: () => before,
    holds: () => !!before?.holds(),
    ask: connection.ask,
    kept: options.kept,
    newId: () => makeId(random),
    passes,
    look,
    async load() {
      if (said.preChat) {
        const { createBefore } = await import('./before.ts');
        before ??= createBefore({
          ...options,
          isBegun: () => !!session.identity()?.started || outbox.items().length > 0,
        });
      }
      await Promise.all([outbox.load(), before?.load()]);
    },
    clear() {
      thread.clear();
      outbox.clear();
      before?.clear();
    },
    take(entry, conversation) {
      if ('author' in entry && entry.author.kind === 'agent') ring().catch(() => undefined);
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
      } else if (identity?.started) await isGone(identity);
      outbox.drain(true);
      void upload();
    },
  };
}
