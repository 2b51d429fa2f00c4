/** The model: what the visitor sees and does. Wires the log that is read, the outbox that is written, and the line between. */
import { type ErrorCode, failed, type Result } from '@fullname/shared/errors';
import type { Page, Welcome } from '@fullname/shared/events';
import { makeId } from '@fullname/shared/ids';
import { PROTOCOL, TYPING_EVERY_MS } from '@fullname/shared/limits';
import type { Locale } from '@fullname/shared/locale';
import type { PublicEntry } from '@fullname/shared/model';
import { repairText } from '@fullname/shared/text';
import { type ConnectionOptions, createConnection } from './connection.ts';
import { createOutbox, type OutboxItem } from './outbox.ts';
import {
  freshIdentity,
  IDENTITY,
  type Identity,
  makeIdentity,
  random,
  readIdentity,
  SUBJECT,
  subjectOf,
} from './session.ts';
import { BLANK, type ChatState } from './state.ts';
import type { Kept } from './storage/kept.ts';
import { recordsOf } from './storage/open.ts';
import { createThread } from './thread.ts';

export type ChatOptions = {
  readonly site: string;
  readonly origin: string;
  readonly locale: Locale;
  readonly openKept: () => Promise<Kept>;
  readonly load?: NonNullable<ConnectionOptions['load']>;
  /** The mark in the host page: this visitor has a conversation. */
  readonly mark: (on: boolean) => void;
  readonly unread: (count: number) => void;
  /** A newer relay: loads this document again, not more than once a minute. */
  readonly reload: () => void;
};

export type Chat = ReturnType<typeof createChat>;

const DRAFT = 'draft';
const DRAFT_EVERY_MS = 300;

export function createChat(options: ChatOptions) {
  const listeners = new Set<() => void>();
  let state = BLANK;
  let identity: Identity | null = null;
  let signed: string | null = null;
  let page: Page | null = null;
  let ready: Promise<Kept> | null = null;
  let typedAt = 0;
  let draftTimer: ReturnType<typeof setTimeout> | undefined;

  /** Storage is opened with the chat and not before; whatever asks for it waits until it is known which step holds. */
  const opened = (): Promise<Kept> => {
    ready ??= options.openKept();
    return ready;
  };
  const kept = recordsOf(opened);

  const connection = createConnection({
    origin: options.origin,
    ...(options.load ? { load: options.load } : {}),
    auth: () => ({
      protocol: PROTOCOL,
      site: options.site,
      locale: options.locale,
      ...(identity ? { token: identity.token } : {}),
      ...(signed ? { identity: signed } : {}),
      ...(page ? { page } : {}),
    }),
    events: {
      status: (line) => set({ line }),
      refused: (code) => void refused(code),
      welcome: (welcome) => void welcomed(welcome),
      'message:sent': (entry) => receive(entry),
      'conversation:changed': (entry, conversation) => {
        thread.take(entry, conversation);
        void outbox.settle(entry.id ?? '');
      },
      heads: (heads) => {
        for (const head of heads) if (head.id === identity?.conversation) thread.adopt(head);
      },
      'read:advanced': ({ conversation, agentRead }) => {
        if (conversation === identity?.conversation) thread.agentRead(agentRead);
      },
      'typing:shown': ({ conversation, person }) => {
        if (conversation === identity?.conversation) thread.showTyping(person);
      },
      'people:changed': ({ people, expectation }) => {
        thread.people(people);
        set({ people, expectation });
      },
      'relay:leaving': () => undefined,
    },
  });

  const thread = createThread(connection.ask, () => {
    set(thread.state());
    options.unread(thread.unread());
  });
  const outbox = createOutbox({
    kept,
    lock: `fullname.${options.site}`,
    deliver: (item) => deliver(item),
    connected: () => connection.status() === 'on',
    changed: () => set({ items: outbox.items() }),
  });

  function set(patch: Partial<ChatState>): void {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  }

  async function start(): Promise<void> {
    if (ready) return;
    const { step } = await opened();
    kept.onChange(() => void followTabs());
    await outbox.load();
    await bindSubject();
    identity = await readIdentity(kept);
    const draft = await kept.get(DRAFT);
    set({
      step,
      expected: !!identity?.started,
      draft: state.draft || (typeof draft === 'string' ? draft : ''),
    });
    connection.start();
  }

  /** Another tab sent, began a conversation, or logged out. */
  async function followTabs(): Promise<void> {
    const [known] = await Promise.all([readIdentity(kept), outbox.load()]);
    const changed = known?.token !== identity?.token || known?.started !== identity?.started;
    identity = known;
    if (!changed) return;
    if (!known) thread.clear();
    connection.renew();
  }

  async function welcomed(welcome: Welcome): Promise<void> {
    if (welcome.protocol !== PROTOCOL) return reload();
    const mine = welcome.conversations.find((one) => one.id === identity?.conversation);
    const current = mine ?? (identity?.started ? welcome.conversations[0] : undefined);
    set({
      problem: null,
      visitorName: welcome.visitor.name,
      identityRefused: welcome.visitor.identityRefused,
      people: welcome.people,
      expectation: welcome.expectation,
      expected: !!current && state.expected,
    });
    if (current) thread.adopt(current);
    if (identity && current) await remember({ ...identity, conversation: current.id, started: true });
    else if (identity?.started) await startAnew(identity);
    outbox.drain(true);
  }

  async function refused(code: ErrorCode): Promise<void> {
    if (code === 'OLD_PROTOCOL') return reload();
    if (code !== 'BAD_TOKEN') return set({ problem: code });
    // The relay no longer knows this browser: its thread is gone, its unsent words become a new start.
    await kept.write([{ delete: IDENTITY }]).catch(() => undefined);
    identity = null;
    thread.clear();
    set({ expected: false });
    if (!outbox.items().length) options.mark(false);
    connection.renew();
  }

  async function remember(next: Identity): Promise<void> {
    identity = next;
    await kept.write([{ put: IDENTITY, value: next }]).catch(() => undefined);
  }

  async function deliver(item: OutboxItem): Promise<Result<PublicEntry>> {
    identity ??= await makeIdentity(kept).catch(() => freshIdentity());
    const { token, conversation, started } = identity;
    const { id, text } = item;
    if (item.kind === 'email')
      return settled(await connection.ask('email:give', { conversation, id, email: text }));
    if (started) return settled(await connection.ask('message:send', { conversation, id, text }));
    const begun = await connection.ask('conversation:start', {
      token,
      conversation,
      message: { id, text },
      locale: options.locale,
      ...(page ? { page } : {}),
    });
    if (!begun.ok) return begun;
    await remember({ ...identity, started: true });
    thread.adopt(begun.value.conversation, true);
    return settled({ ok: true, value: begun.value.entry });
  }

  async function settled(result: Result<PublicEntry>): Promise<Result<PublicEntry>> {
    if (result.ok) thread.take(result.value);
    if (result.ok || result.code !== 'UNKNOWN_CONVERSATION' || !identity) return result;
    // The same words begin a new conversation.
    await startAnew(identity);
    return failed('UNAVAILABLE');
  }

  /** The relay has this conversation no more, while the browser's token may hold. */
  async function startAnew(known: Identity): Promise<void> {
    thread.clear();
    await remember({ ...known, conversation: makeId(random), started: false });
  }

  function receive(entry: PublicEntry): void {
    thread.take(entry);
    if (entry.id) void outbox.settle(entry.id);
  }

  /** A second person at the same browser begins with nothing of the first one's. */
  async function bindSubject(): Promise<void> {
    const subject = signed && subjectOf(signed);
    if (!subject) return;
    const before = await kept.get(SUBJECT);
    if (before !== undefined && before !== subject) await forget();
    await kept.write([{ put: SUBJECT, value: subject }]).catch(() => undefined);
  }

  async function forget(): Promise<void> {
    const items = outbox.items();
    identity = null;
    clearTimeout(draftTimer);
    thread.clear();
    set({ draft: '', expected: false, visitorName: null });
    await Promise.all(items.map((item) => outbox.discard(item.id)));
    await kept.write([{ delete: IDENTITY }, { delete: SUBJECT }, { delete: DRAFT }]).catch(() => undefined);
    options.mark(false);
  }

  function keepDraft(): void {
    clearTimeout(draftTimer);
    if (!ready) return;
    const change = state.draft ? { put: DRAFT, value: state.draft } : { delete: DRAFT };
    void kept.write([change]).catch(() => undefined);
  }

  async function reload(): Promise<void> {
    keepDraft();
    await kept.get(DRAFT).catch(() => undefined);
    options.reload();
  }

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start,
    open(at: Page | null): void {
      page = at;
      set({ open: true });
      if (page && connection.status() === 'on' && identity?.started) void connection.ask('page:view', page);
      void start();
    },
    close(): void {
      set({ open: false });
      keepDraft();
    },
    /** Draws the bubble at once; the kept draft goes in the same transaction that keeps the message. */
    async send(words: string): Promise<void> {
      const text = repairText(words).trim();
      if (!text) return;
      clearTimeout(draftTimer);
      set({ draft: '' });
      options.mark(true);
      await outbox.add('message', text, [{ delete: DRAFT }]);
    },
    giveEmail: (email: string): Promise<void> => outbox.add('email', email.trim()),
    retry: (id: string): Promise<void> => outbox.retry(id),
    discard: (id: string): Promise<void> => outbox.discard(id),
    /** Takes a refused message back into the composer, before what is being written there. */
    async edit(id: string): Promise<void> {
      const item = outbox.items().find((one) => one.id === id);
      if (!item) return;
      set({ draft: [item.text, state.draft].filter(Boolean).join('\n') });
      keepDraft();
      await outbox.discard(id);
    },
    write(draft: string): void {
      set({ draft });
      clearTimeout(draftTimer);
      draftTimer = setTimeout(keepDraft, DRAFT_EVERY_MS);
      if (draft && identity?.started && Date.now() - typedAt > TYPING_EVERY_MS) {
        typedAt = Date.now();
        connection.tell('typing:show', { conversation: identity.conversation });
      }
    },
    keepDraft,
    loadOlder: () => thread.loadOlder(),
    loadAll: () => thread.loadAll(),
    seen(): void {
      if (state.open) thread.seen();
    },
    /** The page says who is signed in; null: nobody any more, which forgets nothing. */
    async identify(jwt: string | null): Promise<void> {
      if (signed === jwt) return;
      signed = jwt;
      if (!ready) return;
      await bindSubject();
      connection.renew();
    },
    async logout(): Promise<void> {
      signed = null;
      await opened();
      await outbox.load();
      await forget();
      connection.renew();
    },
    /** Wake, online, page shown: the line, and then whatever was missed. */
    async wake(): Promise<void> {
      connection.wake();
      if (connection.status() !== 'on') return;
      const heads = await connection.ask('heads:ask', {});
      if (heads.ok)
        for (const head of heads.value) if (head.id === identity?.conversation) thread.adopt(head);
      if (!heads.ok && heads.code === 'UNAVAILABLE') connection.renew();
    },
  };
}
