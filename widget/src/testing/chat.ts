/** A browser with a chat in it, and the far end of its line, for tests of the chat. */
import 'fake-indexeddb/auto';
import type { ErrorCode } from '@fullname/shared/errors';
import type { Welcome } from '@fullname/shared/events';
import { PROTOCOL } from '@fullname/shared/limits';
import type { PublicConversation, PublicEntry } from '@fullname/shared/model';
import { IDBFactory } from 'fake-indexeddb';
import type { Manager } from 'socket.io-client';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { type Chat, createChat } from '../chat.ts';
import { openIndexed } from '../storage/indexed.ts';
import type { Kept } from '../storage/kept.ts';

type Payload = Record<string, unknown>;
type Listener = (...args: never[]) => void;

type Auth = (give: (auth: Payload) => void) => void;

function managerOf(relay: FakeRelay): typeof Manager {
  return class {
    socket = (_: string, { auth }: { auth: Auth }): unknown => relay.socket(auth);
  } as unknown as typeof Manager;
}

/** The far end of a line: what socket.io-client would be, with the relay's answers written by the test. */
export class FakeRelay {
  readonly heard: [name: string, payload: Payload][] = [];
  readonly handshakes: Payload[] = [];
  visitor: Welcome['visitor'] = { name: null, emailKnown: false, identityRefused: false };
  conversations: PublicConversation[] = [];
  log: PublicEntry[] = [];
  refuse: ErrorCode | null = null;
  down = false;
  answers: Record<string, (payload: Payload) => unknown> = {};
  private listeners = new Map<string, Listener>();
  private connected = false;
  private auth: ((give: (auth: Payload) => void) => void) | null = null;

  /** Stands in for `Manager`: makes the one socket, of this relay even where a later test has another. */
  readonly Manager = managerOf(this);

  socket(auth: (give: (auth: Payload) => void) => void): unknown {
    this.auth = auth;
    const far = this;
    return {
      on: (name: string, listener: Listener) => far.listeners.set(name, listener),
      io: {
        on: (name: string, listener: Listener) => far.listeners.set(name, listener),
        off: () => undefined,
      },
      off() {
        far.listeners.clear();
        return this;
      },
      get connected() {
        return far.connected;
      },
      connect: () => queueMicrotask(() => far.connect()),
      disconnect: () => far.drop(),
      timeout: () => ({ emitWithAck: (name: string, payload: Payload) => far.hear(name, payload) }),
      volatile: { emit: (name: string, payload: Payload) => far.heard.push([name, payload]) },
    };
  }

  connect(): void {
    this.auth?.((auth) => this.handshakes.push(auth));
    const noToken = !this.handshakes.at(-1)?.token;
    const refuse = this.refuse === 'BAD_TOKEN' && noToken ? null : this.refuse;
    const problem = this.down ? 'websocket error' : refuse;
    if (problem) {
      this.say('connect_error', new Error(problem));
      return;
    }
    this.connected = true;
    this.say('connect');
    const welcome: Welcome = {
      protocol: PROTOCOL,
      site: { name: 'Shop', demo: false },
      visitor: this.visitor,
      conversations: this.conversations,
      people: [],
      expectation: { kind: 'here', minutes: null },
    };
    this.say('welcome', welcome);
  }

  drop(): void {
    if (!this.connected) return;
    this.connected = false;
    this.say('close');
  }

  say(name: string, ...args: unknown[]): void {
    this.listeners.get(name)?.(...(args as never[]));
  }

  async hear(name: string, payload: Payload): Promise<unknown> {
    this.heard.push([name, payload]);
    const own = this.answers[name];
    if (own) return own(payload);
    if (name === 'conversation:start') {
      const { conversation, message } = payload as {
        conversation: string;
        message: { id: string; text: string };
      };
      const entry = this.store(conversation, message.id, message.text);
      this.conversations = [head(conversation, entry.publicSeq)];
      return { ok: true, value: { conversation: this.conversations[0], entry } };
    }
    if (name === 'message:send') {
      const { conversation, id, text } = payload as { conversation: string; id: string; text: string };
      return { ok: true, value: this.store(conversation, id, text) };
    }
    if (name === 'entries:fetch')
      return { ok: true, value: { entries: this.log, publicSeq: this.log.length, more: false } };
    if (name === 'heads:ask') return { ok: true, value: this.conversations };
    return { ok: true, value: {} };
  }

  store(conversation: string, id: string, text: string): PublicEntry {
    const entry: PublicEntry = {
      id,
      at: '2026-03-03T10:00:00.000Z',
      conversation,
      publicSeq: this.log.length + 1,
      kind: 'message',
      author: { kind: 'visitor' },
      text,
    };
    this.log.push(entry);
    return entry;
  }

  names(): string[] {
    return this.heard.map(([name]) => name).filter((name) => name !== 'read:advance');
  }
}

/** A conversation that waits, as its visitor knows it. */
export const head = (id: string, publicSeq: number): PublicConversation => ({
  promises: [],
  id,
  status: 'waiting',
  holder: null,
  contact: null,
  publicSeq,
  read: 0,
  agentRead: 0,
  agentDelivered: 0,
});

/** What each test has of its own. */
export let relay: FakeRelay;
export let marks: boolean[];
/** What the page was told of a chosen language. */
export let chosen: unknown[];
/** How often the page was asked to load anew, and whether that helps; each test has its own, for a chat outlives its test. */
export let reloads: { count: number; helps: boolean };

/** For each test of this file an empty browser, and a relay that knows nobody. */
export function eachInANewBrowser(): void {
  beforeEach(() => {
    vi.stubGlobal('indexedDB', new IDBFactory());
    relay = new FakeRelay();
    marks = [];
    chosen = [];
    reloads = { count: 0, helps: true };
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
}

export function aChat(openKept: () => Promise<Kept> = store): Chat {
  const { Manager } = relay;
  const own = reloads;
  return createChat({
    site: 'shop',
    origin: 'http://relay.example',
    locale: () => 'en',
    chosen: (language) => chosen.push(language),
    openKept,
    load: async () => ({ Manager }),
    mark: (on) => marks.push(on),
    unread: () => undefined,
    reload: async () => {
      own.count++;
      return own.helps;
    },
  });
}
/** Open, and with a line. */
export const openChat = async (): Promise<Chat> => {
  const chat = aChat();
  chat.open(null);
  await vi.waitFor(() => expect(chat.state().line).toBe('on'));
  return chat;
};
export const store = (): Promise<Kept> => openIndexed('fullname.shop', 'own');
export const texts = (chat: Chat): string[] =>
  chat.state().entries.map((entry) => ('text' in entry ? entry.text : entry.kind));
