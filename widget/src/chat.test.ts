import { failed } from '@fullname/shared/errors';
import { isId, isToken } from '@fullname/shared/ids';
import { expect, test, vi } from 'vitest';
import {
  aChat,
  chosen,
  eachInANewBrowser,
  head,
  marks,
  openChat,
  relay,
  reloads,
  store,
  texts,
} from './testing/chat.ts';
import { giveEmail } from './ui/Waiting.tsx';

eachInANewBrowser();

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

test('what was typed after the Enter is not entered yet', async () => {
  const chat = await openChat();
  chat.write('in a hurry\nand half a sen');
  await chat.send('in a hurry');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['in a hurry']));
  expect(chat.state().draft).toBe('and half a sen');
});

test('a language chosen here is known at the next page, until somebody leaves', async () => {
  const chat = await openChat();
  expect(chosen).toEqual([undefined]);
  chat.speaks({ chosen: 'ar', instead: 'en' });
  await vi.waitFor(() => expect(relay.handshakes).toHaveLength(2));
  const next = await openChat();
  expect(chosen.at(-1)).toEqual({ chosen: 'ar', instead: 'en' });
  await next.logout();
  await openChat();
  expect(chosen.at(-1)).toBeUndefined();
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
