import { failed } from '@fullname/shared/errors';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Kept } from './storage/kept.ts';
import { aChat, eachInANewBrowser, head, openChat, relay, reloads, texts } from './testing/chat.ts';

eachInANewBrowser();

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
  reloads.helps = false;
  const chat = aChat();
  chat.open(null);
  await vi.waitFor(() => expect(chat.state().problem).toBe('OLD_PROTOCOL'));
});

const never = () => new Promise<never>(() => undefined);
const hanging: Kept = {
  ...{ step: 'own', get: never, list: never, write: never, getOrCreate: never },
  onChange: () => undefined,
};
const refusing: Kept = { ...hanging, get: () => Promise.reject(), list: () => Promise.reject() };

test.each([
  ['hangs', hanging],
  ['can be read no more', refusing],
])('a store that %s after it was opened holds up neither the line nor the first words', async (_, kept) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const soon = (claim: () => void) =>
    vi.waitFor(() => {
      vi.advanceTimersByTime(500);
      claim();
    }, 10_000);
  const chat = aChat(async () => kept);
  chat.open(null);
  await soon(() => expect(chat.state().line).toBe('on'));
  void chat.send('hello');
  await soon(() => expect(texts(chat)).toEqual(['hello']));
  void chat.send('again');
  await soon(() => expect(texts(chat)).toEqual(['hello', 'again']));
  void chat.logout();
  // As nobody, on a line of their own.
  await soon(() => expect(relay.handshakes).toHaveLength(2));
  expect(relay.handshakes[1]).not.toHaveProperty('token');
});
