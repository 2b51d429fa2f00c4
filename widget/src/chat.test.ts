import 'fake-indexeddb/auto';
import { type ErrorCode, failed } from '@fullname/shared/errors';
import type { Welcome } from '@fullname/shared/events';
import { isId, isToken } from '@fullname/shared/ids';
import { PROTOCOL } from '@fullname/shared/limits';
import type { PublicConversation, PublicEntry } from '@fullname/shared/model';
import type { PreChat } from '@fullname/shared/site-settings';
import { IDBFactory } from 'fake-indexeddb';
import type { Manager } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Chat, createChat } from './chat.ts';
import { said } from './said.ts';
import { openIndexed } from './storage/indexed.ts';
import type { Kept } from './storage/kept.ts';
import { giveEmail } from './ui/Waiting.tsx';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

type Payload = Record<string, unknown>;
type Listener = (...args: never[]) => void;

type Auth = (give: (auth: Payload) => void) => void;

function managerOf(relay: FakeRelay): typeof Manager {
  return class {
    socket = (_: string, { auth }: { auth: Auth }): unknown => relay.socket(auth);
  } as unknown as typeof Manager;
}

/** The far end of a line: what socket.io-client would be, with the relay's answers written by the test. */
class FakeRelay {
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

const head = (id: string, publicSeq: number): PublicConversation => ({
  promises: [],
  id,
  status: 'waiting',
  holder: null,
  contact: null,
  publicSeq,
  read: 0,
  agentRead: 0,
});

let relay: FakeRelay;
let marks: boolean[];
/** How often it was asked to load anew; each test has its own, for a chat outlives its test. */
let reloads: { count: number; readonly helps: boolean };
beforeEach(() => {
  relay = new FakeRelay();
  marks = [];
  reloads = { count: 0, helps: true };
});

function aChat(): Chat {
  const { Manager } = relay;
  const own = reloads;
  return createChat({
    site: 'shop',
    origin: 'http://relay.example',
    locale: 'en',
    openKept: () => openIndexed('fullname.shop', 'own'),
    load: async () => ({ Manager }),
    mark: (on) => marks.push(on),
    unread: () => undefined,
    reload: async () => {
      own.count++;
      return own.helps;
    },
  });
}
const openChat = async (): Promise<Chat> => {
  const chat = aChat();
  chat.open(null);
  await vi.waitFor(() => expect(chat.state().line).toBe('on'));
  return chat;
};
const store = (): Promise<Kept> => openIndexed('fullname.shop', 'own');
const texts = (chat: Chat): string[] =>
  chat.state().entries.map((entry) => ('text' in entry ? entry.text : entry.kind));

test('opening connects without a token and keeps nothing; the first message makes both', async () => {
  const chat = await openChat();
  expect(relay.handshakes[0]).not.toHaveProperty('token');
  expect(await (await store()).list('')).toEqual([]);
  expect(marks).toEqual([]);

  await chat.send('  hello\r\nthere  ');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello\nthere']));
  const [name, start] = relay.heard[0] ?? [];
  expect(name).toBe('conversation:start');
  expect(isToken(start?.token)).toBe(true);
  expect(isId(start?.conversation)).toBe(true);
  expect(marks).toEqual([true]);
  expect(await (await store()).get('identity')).toMatchObject({ token: start?.token, started: true });
});

test('words sent before the chat was opened go when it is', async () => {
  const chat = aChat();
  await chat.send('in a hurry');
  expect(chat.state().items).toMatchObject([{ text: 'in a hurry' }]);
  chat.open(null);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['in a hurry']));
  expect(chat.state().draft).toBe('');
  expect(relay.names()).toEqual(['conversation:start']);
});

test('words of another window that is gone before it was anybody are sent by this one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const chat = await openChat();
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const item = { id, kind: 'message', text: 'left behind', order: 1, failed: null };
  await (await store()).write([{ put: `outbox/0000000000000001/${id}`, value: item }]);
  await vi.waitFor(() => expect(chat.state().items).toMatchObject([{ text: 'left behind' }]));
  // As long as the other window might be sending them itself.
  await vi.advanceTimersByTimeAsync(12_000);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['left behind']));
  vi.useRealTimers();
});

test('another tab’s conversation takes them in, too', async () => {
  const first = await openChat();
  await first.send('one');
  await vi.waitFor(() => expect(texts(first)).toEqual(['one']));
  const chat = aChat();
  await chat.send('two');
  chat.open(null);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['one', 'two']));
  expect(relay.names().filter((name) => name === 'conversation:start')).toHaveLength(1);
});

test('later messages go to the same conversation', async () => {
  const chat = await openChat();
  await chat.send('one');
  await chat.send('two');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['one', 'two']));
  expect(relay.names()).toEqual(['conversation:start', 'message:send']);
});

test('a start whose answer was lost is tried again as the same start', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  relay.answers['conversation:start'] = () => {
    delete relay.answers['conversation:start'];
    return failed('UNAVAILABLE');
  };
  const chat = await openChat();
  await chat.send('hello');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
  expect(relay.names()).toEqual(['conversation:start', 'conversation:start']);
  expect(relay.heard[0]?.[1]).toEqual(relay.heard[1]?.[1]);
  vi.restoreAllMocks();
});

test('a draft and an unsent message outlive the page', async () => {
  relay.down = true;
  const before = aChat();
  before.open(null);
  await before.send('unsent');
  before.write('half a sen');
  before.keepDraft();
  await vi.waitFor(async () => expect(await (await store()).get('draft')).toBe('half a sen'));

  relay.down = false;
  const after = await openChat();
  expect(after.state().draft).toBe('half a sen');
  await vi.waitFor(() => expect(texts(after)).toEqual(['unsent']));
});

test('what is typed while the first message is on its way is the next one', async () => {
  const chat = await openChat();
  const sending = chat.send('first');
  chat.write('second');
  await sending;
  expect(chat.state().draft).toBe('second');
  await chat.send(chat.state().draft);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['first', 'second']));
});

test('a card number leaves neither for the relay nor for the store, and the visitor is told', async () => {
  const chat = await openChat();
  relay.answers['conversation:start'] = () => failed('UNAVAILABLE');
  await chat.send('My card is 4111 1111 1111 1111, why?');
  await vi.waitFor(() => expect(relay.names()).toContain('conversation:start'));
  const masked = 'My card is •••• •••• •••• 1111, why?';
  expect(relay.heard[0]?.[1]).toMatchObject({ message: { text: masked } });
  expect(await (await store()).list('outbox/')).toMatchObject([{ text: masked }]);
  expect(chat.state()).toMatchObject({ masked: true, draft: '', items: [{ text: masked }] });

  chat.write('and');
  await vi.waitFor(() => expect(chat.state().masked).toBe(false));
  expect(JSON.stringify([relay.heard, await (await store()).list('')])).not.toContain('4111 1111');
});

test('the kept draft has no card number, and before those can be told, no long number at all', async () => {
  const chat = await openChat();
  chat.write('order 123456789012 by 4111111111111111');
  chat.keepDraft();
  await vi.waitFor(async () =>
    expect(await (await store()).get('draft')).toBe(`order ${'•'.repeat(12)} by ${'•'.repeat(16)}`),
  );
  await vi.waitFor(async () =>
    expect(await (await store()).get('draft')).toBe(`order 123456789012 by ${'•'.repeat(12)}1111`),
  );
  expect(chat.state()).toMatchObject({ masked: true, draft: 'order 123456789012 by 4111111111111111' });
  chat.write('');
  await vi.waitFor(() => expect(chat.state().masked).toBe(false));
});

test('a returning visitor shows the token and finds the earlier conversation', async () => {
  const before = await openChat();
  await before.send('hello');
  await vi.waitFor(() => expect(texts(before)).toEqual(['hello']));

  const after = await openChat();
  expect(relay.handshakes.at(-1)?.token).toBe(relay.heard[0]?.[1].token);
  await vi.waitFor(() => expect(texts(after)).toEqual(['hello']));
  expect(after.state().returned).toBe(1);
});

test('a token that the relay no longer takes is forgotten; unsent words become a new start', async () => {
  const token = 'a'.repeat(64);
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  await (await store()).write([
    { put: 'identity', value: { token, conversation: id, started: true } },
    { put: 'outbox/1', value: { id, kind: 'message', text: 'unsent', order: 1, failed: null } },
  ]);
  relay.refuse = 'BAD_TOKEN';
  const chat = aChat();
  chat.open(null);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['unsent']));
  expect(relay.handshakes.map((auth) => auth.token)).toEqual([token, undefined]);
  expect(relay.heard[0]?.[0]).toBe('conversation:start');
  expect(relay.heard[0]?.[1].token).not.toBe(token);
  expect(relay.heard[0]?.[1].conversation).not.toBe(id);
});

test('a conversation erased at the relay begins anew with the same words', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const chat = await openChat();
  await chat.send('old');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['old']));
  relay.log = [];
  relay.answers['message:send'] = () => failed('UNKNOWN_CONVERSATION');
  await chat.send('new');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['new']));
  // Asked once more on a line that was opened as this visitor: only then is the answer theirs.
  expect(relay.names()).toEqual(['conversation:start', 'message:send', 'message:send', 'conversation:start']);
  vi.restoreAllMocks();
});

test('a line opened before another window began is taken anew, and nothing begins twice', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const token = 'ab'.repeat(32);
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  relay.answers['message:send'] = ({ conversation, id: item, text }) =>
    relay.handshakes.at(-1)?.token === token
      ? { ok: true, value: relay.store(`${conversation}`, `${item}`, `${text}`) }
      : failed('UNKNOWN_CONVERSATION');
  const chat = await openChat();
  relay.conversations = [head(id, 0)];
  await (await store()).write([{ put: 'identity', value: { token, conversation: id, started: true } }]);
  await chat.send('here too');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['here too']));
  expect(relay.names()).not.toContain('conversation:start');
  expect(relay.handshakes.at(-1)?.token).toBe(token);
  expect(chat.state().conversation?.id).toBe(id);
  vi.restoreAllMocks();
});

test('a conversation that was prepared, forgotten and begun anew in another window is left here, too', async () => {
  const token = 'cd'.repeat(32);
  const [forgotten, fresh] = ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '3f2504e0-4f89-41d3-9a0c-0305e82c3302'];
  const identity = { token, conversation: forgotten, started: true };
  await (await store()).write([{ put: 'identity', value: identity }]);
  relay.conversations = [head(forgotten, 0)];
  const chat = await openChat();
  await vi.waitFor(() => expect(chat.state().conversation?.id).toBe(forgotten));
  relay.store(fresh, '3f2504e0-4f89-41d3-9a0c-0305e82c3303', 'begun elsewhere');
  relay.conversations = [head(fresh, 1)];
  await (await store()).write([{ put: 'identity', value: { ...identity, conversation: fresh } }]);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['begun elsewhere']));
  await chat.send('and here');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['begun elsewhere', 'and here']));
  expect(chat.state().conversation?.id).toBe(fresh);
});

test('whom one asks for goes with a conversation that is made for a file, and is asked for once', async () => {
  const person = '3f2504e0-4f89-41d3-9a0c-0305e82c3304';
  relay.answers['conversation:prepare'] = ({ conversation }) => ({
    ok: true,
    value: { conversation: head(`${conversation}`, 0) },
  });
  const chat = await openChat();
  const talk = await chat.begin();
  await talk.askFor({ id: person, fullName: 'Megan Kajitani' });
  await talk.sendFiles([{ name: 'rose.png', type: 'image/png', body: new Blob(['rose']) }]);
  await vi.waitFor(() => expect(relay.names()).toContain('conversation:prepare'));
  expect(relay.heard.find(([name]) => name === 'conversation:prepare')?.[1].askFor).toBe(person);
  await vi.waitFor(async () => expect(await (await store()).get('before')).toBeUndefined());
  expect(relay.names()).not.toContain('person:ask');
  for (const { id } of chat.state().items) await chat.discard(id);
});

test('a refused browser is told why; its words fail with that reason and can be tried again', async () => {
  relay.refuse = 'BLOCKED';
  const chat = aChat();
  chat.open(null);
  await vi.waitFor(() => expect(chat.state().problem).toBe('BLOCKED'));
  await chat.send('hello');
  await vi.waitFor(() => expect(chat.state().items).toMatchObject([{ text: 'hello', failed: 'BLOCKED' }]));
  expect(relay.heard).toEqual([]);

  relay.refuse = null;
  await chat.wake();
  await vi.waitFor(() => expect(chat.state().problem).toBeNull());
  await chat.retry(chat.state().items[0]?.id ?? '');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
});

test('a corrected address takes the place of the refused one', async () => {
  relay.answers['email:give'] = ({ conversation, id, email }) => {
    if (email === 'nonsense') return failed('BAD_EMAIL');
    return {
      ok: true,
      value: { ...relay.store(`${conversation}`, `${id}`, ''), kind: 'email-given', email },
    };
  };
  const chat = await openChat();
  await chat.send('hello');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
  const talk = await chat.begin();
  await giveEmail(talk, 'nonsense');
  await vi.waitFor(() => expect(chat.state().items).toMatchObject([{ failed: 'BAD_EMAIL' }]));
  await giveEmail(talk, 'a@b.example');
  await vi.waitFor(() => expect(chat.state().items).toEqual([]));
});

test('a relay that speaks a newer protocol reloads the frame, and the draft is kept first', async () => {
  relay.refuse = 'OLD_PROTOCOL';
  const chat = aChat();
  chat.open(null);
  chat.write('half a sen');
  await vi.waitFor(() => expect(reloads.count).toBe(1));
  expect(await (await store()).get('draft')).toBe('half a sen');
});

test('a refused message goes back into the composer, before what is written there', async () => {
  relay.answers['conversation:start'] = () => failed('UNREADABLE');
  const chat = await openChat();
  await chat.send('first');
  await vi.waitFor(() => expect(chat.state().items[0]?.failed).toBe('UNREADABLE'));
  chat.write('second');
  await chat.edit(chat.state().items[0]?.id ?? '');
  expect(chat.state().draft).toBe('first\nsecond');
  expect(chat.state().items).toEqual([]);
});

describe('where the owner asks something before the first words', () => {
  const asks = (preChat: PreChat) => Object.assign(said, { preChat });
  afterEach(() => {
    Object.assign(said, { preChat: undefined });
  });
  const before = async (chat: Chat) => {
    const asked = (await chat.begin()).before();
    if (!asked) throw new Error('nothing is asked');
    return asked;
  };
  const started = () => relay.heard.find(([name]) => name === 'conversation:start')?.[1];

  test('words wait for what must be said, as the draft, and go with it', async () => {
    asks({ name: 'required', email: 'optional', order: 'off' });
    const chat = await openChat();
    await chat.send('hello');
    expect(chat.state()).toMatchObject({ draft: 'hello', lacks: ['name'], items: [] });
    expect(marks).toEqual([]);
    const asked = await before(chat);
    expect(asked.asked()).toEqual(['name', 'email']);
    asked.introduce({ name: ' Anna ', email: 'anna@' });
    await chat.send(chat.state().draft);
    expect(chat.state()).toMatchObject({ draft: 'hello', lacks: ['email'] });
    asked.introduce({ name: ' Anna ', email: '' });
    await chat.send(chat.state().draft);
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
    expect(started()).toMatchObject({ message: { text: 'hello' }, about: { name: 'Anna' } });
    expect(started()?.about).toEqual({ name: 'Anna' });
    await vi.waitFor(async () => expect(await (await store()).get('about')).toBeUndefined());
    await chat.send('more');
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello', 'more']));
  });

  test('what was filled in is there after a reload, and the words still wait; a card number is not kept', async () => {
    asks({ name: 'required', email: 'off', order: 'required' });
    const first = await openChat();
    (await before(first)).introduce({ name: 'Anna', order: '4111 1111 1111 1111' });
    await vi.waitFor(async () =>
      expect(await (await store()).get('about')).toMatchObject({ order: '•••• •••• •••• 1111' }),
    );
    const again = await openChat();
    await before(again);
    expect(again.state().about).toMatchObject({ name: 'Anna', order: '•••• •••• •••• 1111' });
    await again.send('hello');
    await vi.waitFor(() => expect(texts(again)).toEqual(['hello']));
    expect(started()?.about).toEqual({ name: 'Anna', order: '•••• •••• •••• 1111' });
  });

  test('without a line they are kept, with what was said, and go when it is back', async () => {
    asks({ name: 'required', email: 'off', order: 'off' });
    const chat = await openChat();
    relay.down = true;
    relay.drop();
    (await before(chat)).introduce({ name: 'Anna' });
    await chat.send('hello');
    expect(chat.state().items).toMatchObject([{ text: 'hello' }]);
    relay.down = false;
    await chat.wake();
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
    expect(started()?.about).toEqual({ name: 'Anna' });
  });

  test('who is signed in is not asked for what the signature says, and says nothing else of themself', async () => {
    asks({ name: 'required', email: 'required', order: 'off' });
    const stranger = await openChat();
    (await before(stranger)).introduce({ name: 'Somebody', email: 'some@body.example' });
    relay.visitor = { name: 'Anna', emailKnown: true, identityRefused: false };
    const chat = await openChat();
    expect((await before(chat)).asked()).toEqual([]);
    await chat.send('hello');
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
    expect(started()).not.toHaveProperty('about');
  });

  test('files wait too, and go with the words', async () => {
    asks({ name: 'required', email: 'off', order: 'off' });
    const chat = await openChat();
    const talk = await chat.begin();
    const rose = { name: 'rose.png', type: 'image/png' as const, body: new Blob(['x']) };
    await talk.sendFiles([rose]);
    expect(chat.state()).toMatchObject({ lacks: ['name'], held: ['rose.png'], items: [] });
    (await before(chat)).introduce({ name: 'Anna' });
    relay.down = true;
    relay.drop();
    await chat.send('hello');
    expect(chat.state().items).toMatchObject([{ text: 'hello' }, { kind: 'file', text: 'rose.png' }]);
  });

  test('a logout forgets it, in every window', async () => {
    asks({ name: 'optional', email: 'off', order: 'required' });
    const [chat, other] = [await openChat(), await openChat()];
    await before(other);
    (await before(chat)).introduce({ name: 'Anna' });
    await vi.waitFor(() => expect(other.state().about).toMatchObject({ name: 'Anna' }));
    const talk = await chat.begin();
    await talk.sendFiles([{ name: 'rose.png', type: 'image/png', body: new Blob(['x']) }]);
    await chat.logout();
    expect(chat.state()).toMatchObject({ about: {}, held: [], lacks: [] });
    expect((await before(chat)).take([])).toEqual([]);
    expect(await (await store()).list('')).toEqual([]);
    await vi.waitFor(() => expect(other.state().about).toEqual({}));
  });
});

test('logging out leaves nothing of this visitor behind', async () => {
  const chat = await openChat();
  await chat.send('hello');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
  chat.write('more');
  await chat.logout();
  expect(chat.state()).toMatchObject({ entries: [], draft: '', items: [], conversation: null });
  expect(await (await store()).list('')).toEqual([]);
  expect(marks.at(-1)).toBe(false);
  await vi.waitFor(() => expect(relay.handshakes.at(-1)).not.toHaveProperty('token'));
});

test('a second person at the same browser begins with nothing of the first one', async () => {
  const jwt = (sub: string): string => `x.${btoa(JSON.stringify({ sub }))}.x`;
  const first = aChat();
  await first.identify(jwt('anna'));
  first.open(null);
  await vi.waitFor(() => expect(first.state().line).toBe('on'));
  await first.send('from Anna');
  await vi.waitFor(() => expect(texts(first)).toEqual(['from Anna']));

  const second = aChat();
  await second.identify(jwt('omar'));
  relay.conversations = [];
  second.open(null);
  await vi.waitFor(() => expect(second.state().line).toBe('on'));
  expect(relay.handshakes.at(-1)).not.toHaveProperty('token');
  expect(second.state().entries).toEqual([]);
});

test('after a wake, a line that does not answer is replaced', async () => {
  const chat = await openChat();
  relay.answers['heads:ask'] = () => Promise.reject(new Error('operation has timed out'));
  const before = relay.handshakes.length;
  await chat.wake();
  expect(chat.state().line).toBe('lost');
  await vi.waitFor(() => expect(relay.handshakes.length).toBe(before + 1));
});

test('a relay that answers that it cannot yet is not left: another line would cost it more', async () => {
  const chat = await openChat();
  relay.answers['heads:ask'] = () => failed('UNAVAILABLE');
  const before = relay.handshakes.length;
  await chat.wake();
  expect(chat.state().line).toBe('on');
  expect(relay.handshakes.length).toBe(before);
});

test('a relay that is leaving is left when it has answered, and another line is taken at once', async () => {
  const chat = await openChat();
  let answer: (result: unknown) => void = () => undefined;
  relay.answers['conversation:start'] = () =>
    new Promise((done) => {
      answer = done;
    });
  void chat.send('hello');
  const [, payload] = await vi.waitUntil(() => relay.heard.find(([name]) => name === 'conversation:start'));
  const before = relay.handshakes.length;
  relay.say('relay:leaving', { within: 1 });
  // Timers fire in order: by then the moment to leave has passed.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(relay.handshakes.length).toBe(before);
  expect(chat.state().line).toBe('on');
  const { id, text } = payload.message as { id: string; text: string };
  const conversation = String(payload.conversation);
  relay.conversations = [head(conversation, 1)];
  answer({
    ok: true,
    value: { conversation: head(conversation, 1), entry: relay.store(conversation, id, text) },
  });
  await vi.waitFor(() => expect(relay.handshakes.length).toBe(before + 1));
  await vi.waitFor(() => expect(chat.state().line).toBe('on'));
  expect(texts(chat)).toEqual(['hello']);
});

test('a line that broke before its time to leave is not left again', async () => {
  const chat = await openChat();
  const before = relay.handshakes.length;
  relay.say('relay:leaving', { within: 30 });
  relay.drop();
  await chat.wake();
  await vi.waitFor(() => expect(chat.state().line).toBe('on'));
  // Timers fire in order: by then the moment to leave would have passed.
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(relay.handshakes.length).toBe(before + 1);
});

test('an older relay, while relays are being replaced: the page waits and tries again, and does not reload', async () => {
  relay.refuse = 'NEW_PROTOCOL';
  const chat = aChat();
  chat.open(null);
  await vi.waitFor(() => expect(chat.state().line).toBe('lost'));
  relay.refuse = null;
  await vi.waitFor(() => expect(chat.state().line).toBe('on'), 3_000);
  expect([reloads.count, chat.state().problem]).toEqual([0, null]);
});

test('a page that stays too old after it was loaded anew says what to do', async () => {
  relay.refuse = 'OLD_PROTOCOL';
  reloads = { count: 0, helps: false };
  const chat = aChat();
  chat.open(null);
  await vi.waitFor(() => expect(chat.state().problem).toBe('OLD_PROTOCOL'));
});

const OFFER = '00000000-0000-4000-8000-0000000000aa';
const fromOffer = { offer: OFFER, option: 1, text: 'Free delivery' };
const chosenAs = (conversation: string, id: string, choice: string): PublicEntry => ({
  ...{ id, at: '2026-03-03T10:00:00.000Z', conversation, publicSeq: relay.log.length + 1 },
  ...{ kind: 'extra-chosen', offer: OFFER, choice },
});

/** A conversation in which something was offered. */
async function offeredChat(): Promise<Chat> {
  const chat = await openChat();
  await chat.send('hello');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
  return chat;
}
const choices = () => relay.heard.filter(([name]) => name === 'extra:choose').map(([, payload]) => payload);

test('a choice whose answer was lost is sent again as the same choice, and is drawn meanwhile', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const chat = await offeredChat();
  relay.answers['extra:choose'] = ({ conversation, id }) => {
    if (choices().length === 1) return failed('UNAVAILABLE');
    const entry = chosenAs(String(conversation), String(id), 'Free delivery');
    relay.log.push(entry);
    return { ok: true, value: entry };
  };
  await chat.talk()?.choose(fromOffer);
  await chat.talk()?.choose({ ...fromOffer, option: 0, text: 'A second press' });
  expect(chat.state().items.map((item) => item.text)).toEqual(['Free delivery']);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello', 'extra-chosen']));
  expect(chat.state().items).toEqual([]);
  expect(choices()).toHaveLength(2);
  expect(choices()[0]).toEqual(choices()[1]);
  expect(choices()[0]).toMatchObject({ offer: OFFER, choice: 1 });
  expect(isId(choices()[0]?.id)).toBe(true);
  vi.restoreAllMocks();
});

test('a choice that was made without a line outlives the page; something else goes in its own words', async () => {
  const before = await offeredChat();
  relay.down = true;
  relay.drop();
  await before.talk()?.choose({ offer: OFFER, option: null, text: '  A card,\r\nplease ' });
  expect(choices()).toEqual([]);

  relay.down = false;
  relay.answers['extra:choose'] = ({ conversation, id, choice }) => {
    const entry = chosenAs(String(conversation), String(id), String(choice));
    relay.log.push(entry);
    return { ok: true, value: entry };
  };
  const after = await openChat();
  await vi.waitFor(() => expect(choices()).toMatchObject([{ offer: OFFER, choice: 'A card,\nplease' }]));
  await vi.waitFor(() => expect(texts(after)).toContain('extra-chosen'));
});

test('what was chosen elsewhere already settles quietly', async () => {
  const chat = await offeredChat();
  relay.answers['extra:choose'] = () => failed('CONFLICT');
  await chat.talk()?.choose(fromOffer);
  await vi.waitFor(() => expect(chat.state().items).toEqual([]));
  expect(choices()).toHaveLength(1);
  expect(await (await store()).list('outbox/')).toEqual([]);
});

test('a choice that was refused here is dropped when another window’s choice comes', async () => {
  const chat = await offeredChat();
  relay.answers['extra:choose'] = () => failed('BLOCKED');
  await chat.talk()?.choose(fromOffer);
  await vi.waitFor(() => expect(chat.state().items[0]?.failed).toBe('BLOCKED'));
  const { conversation } = choices()[0] ?? {};
  relay.say(
    'conversation:changed',
    chosenAs(String(conversation), '00000000-0000-4000-8000-0000000000bb', 'A bunch of tulips'),
    head(String(conversation), 2),
  );
  expect(chat.state().items).toEqual([]);
  expect(texts(chat)).toEqual(['hello', 'extra-chosen']);
});
