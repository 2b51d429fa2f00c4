/** The model: what the visitor sees and does. Knows who is here and what is being written; a conversation comes with talk.ts. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Page, Welcome } from '@fullname/shared/events';
import { PROTOCOL, TYPING_EVERY_MS } from '@fullname/shared/limits';
import type { WidgetLocale } from '@fullname/shared/locale';
import { type ConnectionOptions, createConnection, type Hearing } from './connection.ts';
import { createDraft } from './draft.ts';
import { said } from './said.ts';
import { createSession, type Identity } from './session.ts';
import { BLANK, type ChatState } from './state.ts';
import type { Kept } from './storage/kept.ts';
import { recordsOf } from './storage/open.ts';
import type { Talk } from './talk.ts';
import { offerToAsk } from './ui/offer-to-ask.tsx';

export type ChatOptions = {
  readonly site: string;
  readonly origin: string;
  readonly locale: () => WidgetLocale;
  /** What this browser keeps of a language that was chosen here: whoever gave it to `speaks` knows what it is. */
  readonly chosen: (language: unknown) => void;
  readonly openKept: () => Promise<Kept>;
  readonly load?: NonNullable<ConnectionOptions['load']>;
  /** The mark in the host page: this visitor has a conversation. */
  readonly mark: (on: boolean) => void;
  readonly unread: (count: number) => void;
  /** A relay of another release: loads this document again, as soon as somebody gives it. False where that was done and did not help. */
  readonly reload: () => Promise<boolean>;
};

export type Chat = {
  state(): ChatState;
  subscribe(listener: () => void): () => void;
  /** Opens the store and the line, once. */
  start(): Promise<void>;
  open(page: Page | null): void;
  close(): void;
  write(draft: string): void;
  /** Draws the bubble at once; the kept draft goes in the same transaction that keeps the message. */
  send(words: string): Promise<void>;
  retry(id: string): Promise<void>;
  discard(id: string): Promise<void>;
  /** Takes a refused message back into the composer, before what is being written there. */
  edit(id: string): Promise<void>;
  /** Whether any came. */
  loadOlder(): Promise<boolean>;
  seen(): void;
  keepDraft(): void;
  /** The page says who is signed in; null: nobody any more, which forgets nothing. */
  identify(jwt: string | null): Promise<void>;
  /** The conversation's own verbs; null while there is none. `begin` loads them, and rejects without a line. */
  talk(): Talk | null;
  begin(): Promise<Talk>;
  logout(): Promise<void>;
  /** Wake, online, page shown: the line, and then whatever was missed. */
  wake(): Promise<void>;
  sleep(): void;
  /** Another language was chosen in the chat: kept for the next page, and the relay hears of it. */
  speaks(language: unknown): void;
};

const LANGUAGE = 'locale';

/** One closure: every verb of the visitor, over one state. */
export function createChat(options: ChatOptions): Chat {
  const listeners = new Set<() => void>();
  let state: ChatState = {
    ...BLANK,
    offer: (shared) => offerToAsk(loadTalk, shared, state.expectation),
  };
  let signed: string | null = null;
  let page: Page | null = null;
  let opening: Promise<Kept> | null = null;
  let started = false;
  let talk: Talk | null = null;
  let talking: Promise<Talk> | null = null;
  let typedAt = 0;
  /** What was entered while there was no line for it; it stands in the field until there is. */
  let hurried = '';
  /** As whom this line was opened: what the relay says on it of anybody else is no answer. */
  let asked: Identity | null = null;

  /** Storage is opened with the chat and not before; whatever asks for it waits until it is known which step holds. */
  const opened = (): Promise<Kept> => {
    opening ??= options.openKept();
    return opening;
  };
  const kept = recordsOf(opened);
  const session = createSession(kept, options.reload);
  // While the chunk that knows card numbers is on its way, of what may hold one no digit is kept.
  const draft = createDraft(kept, (words) =>
    talk ? talk.look(words) : /(\p{Nd}\P{Nd}*){12}/u.test(words) ? words.replace(/\p{Nd}/gu, '•') : words,
  );

  const set = (patch: Partial<ChatState>): void => {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  };

  const hearing: Hearing = {
    welcome: (welcome) => void welcomed(welcome),
    'message:sent': (entry) => talk?.take(entry),
    'conversation:changed': (entry, conversation) => talk?.take(entry, conversation),
    heads: (heads) => talk?.heads(heads),
    'read:advanced': (cursor) => talk?.thread.receipt(cursor),
    'delivered:advanced': (cursor) => talk?.thread.receipt(cursor),
    'typing:shown': ({ conversation, person }) => talk?.thread.showTyping(conversation, person),
    'people:changed': ({ people, expectation }) => {
      talk?.thread.people(people);
      set({ people, expectation });
    },
  };
  const connection = createConnection({
    origin: options.origin,
    ...(options.load ? { load: options.load } : {}),
    auth: () => {
      asked = session.identity();
      const token = asked?.token;
      return {
        protocol: PROTOCOL,
        site: options.site,
        locale: options.locale(),
        ...(token ? { token } : {}),
        ...(signed ? { identity: signed } : {}),
        ...(page ? { page } : {}),
      };
    },
    hearing,
    onStatus: (line) => set({ line }),
    onRefused: (code) => void refused(code),
  });

  /** The chunk that carries a conversation, for those who have one or begin one. */
  const loadTalk = (): Promise<Talk> => {
    talking ??= import('./talk.ts').then(async ({ createTalk }) => {
      const made = createTalk({
        ...options,
        kept,
        session,
        connection,
        page: () => page,
        wasAsked: ({ token }) => !!asked?.started && asked.token === token,
        state: () => state,
        set,
      });
      await made.load();
      talk = made;
      if (state.draft) draft.write(state.draft);
      return made;
    });
    talking.catch(() => {
      talking = null;
    });
    return talking;
  };

  const start = async (): Promise<void> => {
    // Words in a hurry may have opened the storage before.
    if (started) return;
    started = true;
    const { step } = await opened();
    kept.onChange(() => followTabs().catch(() => undefined));
    await bind();
    // Where a store that was opened answers no more, they go on without what is in it.
    const [identity, waiting, words, language] = await Promise.all([
      session.load(),
      kept.list('outbox/'),
      draft.load(),
      kept.get(LANGUAGE),
    ]).catch(() => [null, [], '', null] as const);
    options.chosen(language);
    set({ step, expected: !!identity?.started, draft: state.draft || words });
    if (identity || waiting.length) await loadTalk().catch(() => null);
    connection.start();
  };

  const welcomed = async (welcome: Welcome): Promise<void> => {
    const { visitor, people, expectation } = welcome;
    set({
      problem: null,
      visitor,
      people,
      expectation,
    });
    await talk?.welcome(welcome.conversations);
    // Whoever went over those words since has not entered them as they are now.
    if (hurried && state.draft.startsWith(hurried)) await send(hurried);
  };

  const refused = async (code: ErrorCode): Promise<void> => {
    if (code === 'OLD_PROTOCOL' || code === 'NEW_PROTOCOL') return reload();
    if (code !== 'BAD_TOKEN' || !session.identity()) {
      set({ problem: code });
      return talk?.outbox.drain(true);
    }
    // The relay no longer knows this browser: its thread is gone, its unsent words become a new start.
    await session.forget();
    talk?.thread.clear();
    set({ expected: false });
    if (!state.items.length) options.mark(false);
    connection.renew();
  };

  /** Another tab sent, began a conversation, or logged out. */
  const followTabs = async (): Promise<void> => {
    const before = session.identity();
    const now = await session.load();
    // Words may wait of a window that is gone before it was anybody.
    if (now || (await kept.list('outbox/')).length) await loadTalk();
    await talk?.load();
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    // Logged out, or begun anew where the relay has forgotten the earlier one.
    if (now?.conversation !== before?.conversation) talk?.thread.clear();
    connection.renew();
  };

  /** Who is signed in at the page decides whose thread this is. */
  const bind = async (): Promise<void> => {
    if (await session.isSomebodyElse(signed)) await forget();
    await session.note(signed);
  };

  const forget = async (): Promise<void> => {
    talk?.clear();
    set({ draft: '', expected: false, visitor: null });
    draft.drop();
    await session.forget();
    await kept.write([{ clear: true }]).catch(() => undefined);
    options.mark(false);
  };

  const reload = async (): Promise<void> => {
    await draft.keep();
    if (!(await options.reload())) set({ problem: 'OLD_PROTOCOL' });
  };

  const send = async (words: string): Promise<void> => {
    // At once: what was typed after the Enter, and from here on, is the next message, and a second Enter sends nothing twice.
    set({ draft: state.draft.replace(words, () => '').trimStart() });
    const loaded = await loadTalk().catch(() => null);
    // No line even for the chunk: the words go back where they were, and are sent with the next welcome.
    hurried = loaded ? '' : words;
    // Or they wait there for what the owner of the site asks first.
    if (!loaded || loaded.holds()) return putBack(words);
    options.mark(true);
    const dropped = draft.drop();
    if (state.draft) draft.write(state.draft);
    await loaded.send(words, [dropped]);
  };

  const write = (words: string): void => {
    set({ draft: words });
    draft.write(words);
    if (words) loadTalk().catch(() => undefined);
    const identity = session.identity();
    if (words && identity?.started && Date.now() - typedAt > TYPING_EVERY_MS) {
      typedAt = Date.now();
      connection.tell('typing:show', { conversation: identity.conversation });
    }
  };

  const putBack = (words: string): void => write([words, state.draft].filter(Boolean).join('\n'));

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start,
    open(at) {
      page = at;
      set({ open: true });
      if (page && session.identity()?.started) void connection.ask('page:view', page);
      void start();
      if (said.preChat || said.otherWays || said.hours)
        import('./ui/early.tsx').then(({ addEarly }) => addEarly(this, set)).catch(() => undefined);
    },
    close() {
      set({ open: false });
      void draft.keep();
    },
    write,
    send,
    retry: async (id) => talk?.outbox.retry(id),
    discard: async (id) => talk?.outbox.discard(id),
    async edit(id) {
      const item = state.items.find((one) => one.id === id);
      if (!item) return;
      putBack(item.text);
      await draft.keep();
      await talk?.outbox.discard(id);
    },
    loadOlder: async () => !!(await talk?.thread.loadOlder()),
    seen() {
      if (state.open) talk?.thread.seen();
    },
    keepDraft: () => void draft.keep(),
    async identify(jwt) {
      if (signed === jwt) return;
      signed = jwt;
      if (!started) return;
      await bind();
      connection.renew();
    },
    async logout() {
      signed = null;
      await forget();
      connection.renew();
    },
    talk: () => talk,
    begin: loadTalk,
    sleep: () => connection.sleep(),
    speaks(language) {
      kept.write([{ put: LANGUAGE, value: language }]).catch(() => undefined);
      connection.renew();
    },
    async wake() {
      connection.wake();
      if (connection.status() !== 'on') return;
      const heads = await connection.ask('heads:ask', {});
      if (heads.ok) talk?.heads(heads.value);
    },
  };
}
