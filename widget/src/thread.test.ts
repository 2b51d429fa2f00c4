import { failed } from '@fullname/shared/errors';
import type { PublicConversation, PublicEntry } from '@fullname/shared/model';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Connection } from './connection.ts';
import { createThread, type Thread } from './thread.ts';

const MEGAN = { id: 'p1', fullName: 'Megan Kajitani', title: 'Florist adviser', here: true, backAt: null };

const entry = (publicSeq: number, by: 'visitor' | 'agent' = 'agent'): PublicEntry => ({
  id: `m${publicSeq}`,
  at: '2026-03-03T10:00:00.000Z',
  conversation: 'c',
  publicSeq,
  kind: 'message',
  author: by === 'visitor' ? { kind: 'visitor' } : { kind: 'agent', person: MEGAN },
  text: `number ${publicSeq}`,
});
const conversation = (publicSeq: number, more: Partial<PublicConversation> = {}): PublicConversation => ({
  promises: [],
  id: 'c',
  status: 'open',
  holder: MEGAN,
  contact: MEGAN,
  publicSeq,
  read: 0,
  agentRead: 0,
  agentDelivered: 0,
  ...more,
});

/** A relay that holds `count` entries and gives them in pages of three. */
function aThread(count: number): {
  thread: Thread;
  asked: [string, unknown][];
  log: PublicEntry[];
  down: { now: boolean };
} {
  const asked: [string, unknown][] = [];
  const log = Array.from({ length: count }, (_, index) => entry(index + 1));
  const down = { now: false };
  const ask = async (name: string, payload: { after?: number; before?: number }): Promise<unknown> => {
    asked.push([name, payload]);
    if (down.now) return failed('UNAVAILABLE');
    if (name !== 'entries:fetch') return { ok: true, value: {} };
    const { after, before } = payload;
    const some =
      after !== undefined
        ? log.filter((one) => one.publicSeq > after).slice(0, 3)
        : log.filter((one) => one.publicSeq < (before ?? Infinity)).slice(-3);
    return { ok: true, value: { entries: some, publicSeq: log.length, more: false } };
  };
  return { thread: createThread(ask as unknown as Connection['ask'], () => undefined), asked, log, down };
}

const numbers = (thread: Thread): number[] => thread.state().entries.map((one) => one.publicSeq);

test('an earlier conversation begins with its last page; older ones come when asked for', async () => {
  const { thread } = aThread(8);
  thread.adopt(conversation(8));
  await vi.waitFor(() => expect(numbers(thread)).toEqual([6, 7, 8]));
  expect(thread.state().returned).toBe(8);
  expect(thread.state().hasOlder).toBe(true);
  await thread.loadOlder();
  expect(numbers(thread)).toEqual([3, 4, 5, 6, 7, 8]);
  while (await thread.loadOlder());
  expect(numbers(thread)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(thread.state().hasOlder).toBe(false);
});

test('a gap is fetched before anything beyond it is drawn', async () => {
  const { thread, asked } = aThread(5);
  thread.begin(conversation(1), entry(1));
  thread.take(entry(5));
  expect(numbers(thread)).toEqual([1]);
  await vi.waitFor(() => expect(numbers(thread)).toEqual([1, 2, 3, 4, 5]));
  expect(asked[0]).toEqual(['entries:fetch', { conversation: 'c', after: 1 }]);
});

test('the last message lost leaves no gap: a head beyond ours is what tells', async () => {
  const { thread } = aThread(2);
  thread.begin(conversation(1), entry(1));
  thread.adopt(conversation(2));
  await vi.waitFor(() => expect(numbers(thread)).toEqual([1, 2]));
});

test('a fetch that failed is made again with the next head', async () => {
  const { thread, down } = aThread(3);
  down.now = true;
  thread.adopt(conversation(3));
  await vi.waitFor(() => expect(thread.state().loading).toBe(false));
  expect(numbers(thread)).toEqual([]);
  down.now = false;
  thread.adopt(conversation(3));
  await vi.waitFor(() => expect(numbers(thread)).toEqual([1, 2, 3]));
});

test('a long sleep is caught up page by page', async () => {
  const { thread } = aThread(11);
  thread.begin(conversation(1), entry(1));
  thread.adopt(conversation(11));
  await vi.waitFor(() => expect(numbers(thread)).toHaveLength(11));
});

test('what the visitor has seen is told to the relay, and never goes back', async () => {
  const { thread, asked } = aThread(3);
  thread.adopt(conversation(3));
  await vi.waitFor(() => expect(numbers(thread)).toHaveLength(3));
  expect(thread.unread()).toBe(3);
  thread.seen();
  expect(thread.unread()).toBe(0);
  expect(asked).toContainEqual(['read:advance', { conversation: 'c', publicSeq: 3 }]);
  thread.adopt(conversation(3, { read: 1 }));
  expect(thread.state().read).toBe(3);
});

test('the typing line goes when the person has written', () => {
  const { thread } = aThread(2);
  thread.begin(conversation(1), entry(1, 'visitor'));
  thread.showTyping('c', MEGAN);
  expect(thread.state().typing?.fullName).toBe('Megan Kajitani');
  thread.take(entry(2));
  expect(thread.state().typing).toBeNull();
});

test('who comes and goes changes the people of this conversation', () => {
  const { thread } = aThread(1);
  thread.begin(conversation(1), entry(1, 'visitor'));
  thread.people([{ ...MEGAN, here: false }]);
  expect(thread.state().conversation?.holder?.here).toBe(false);
});

test('what is promised or offered by name is unread until it is seen; who has come is not', async () => {
  const { thread } = aThread(0);
  thread.begin(conversation(1), entry(1, 'visitor'));
  const at = { id: null, at: '2026-03-03T10:00:00.000Z', conversation: 'c' };
  thread.take({ ...at, publicSeq: 2, kind: 'joined', person: MEGAN });
  expect(thread.unread()).toBe(0);
  const promise = { person: MEGAN, promise: 'p', text: 'a call', due: at.at };
  thread.take({ ...at, publicSeq: 3, kind: 'promise-slipping', ...promise });
  thread.take({ ...at, publicSeq: 4, kind: 'extra-chosen', offer: 'o', choice: 'Tulips' });
  expect(thread.unread()).toBe(1);
  thread.seen();
  expect(thread.unread()).toBe(0);
});

test('what was read is never taken back by news that were older when they were sent', async () => {
  const { thread } = aThread(3);
  thread.adopt(conversation(3));
  await vi.waitFor(() => expect(numbers(thread)).toEqual([1, 2, 3]));
  thread.receipt({ conversation: 'c', agentRead: 3 });
  thread.receipt({ conversation: 'c', agentDelivered: 2 });
  thread.receipt({ conversation: 'another', agentDelivered: 3 });
  thread.adopt(conversation(2, { agentRead: 1, agentDelivered: 1 }));
  expect(thread.state().conversation).toMatchObject({ publicSeq: 3, agentRead: 3, agentDelivered: 2 });
  thread.take(entry(4), conversation(4, { agentRead: 2, status: 'closed' }));
  expect(thread.state().conversation).toMatchObject({ publicSeq: 4, agentRead: 3, status: 'closed' });
});

test('what came while nobody looked is told as delivered, once; whoever looks has read it', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { thread, asked } = aThread(2);
  const told = () => asked.filter(([name]) => name.endsWith(':advance'));
  thread.adopt(conversation(2));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told()).toEqual([['delivered:advance', { conversation: 'c', publicSeq: 2 }]]);

  // The line was away and came back: nothing is new.
  thread.adopt(conversation(2));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toHaveLength(1);

  thread.take(entry(3));
  thread.seen();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told().slice(1)).toEqual([['read:advance', { conversation: 'c', publicSeq: 3 }]]);
});

test('a cut line forgets nothing that came: it is told when the line is back', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { thread, asked, down } = aThread(2);
  thread.adopt(conversation(2));
  await vi.advanceTimersByTimeAsync(0);
  down.now = true;
  await vi.advanceTimersByTimeAsync(1_000);
  down.now = false;
  thread.adopt(conversation(2));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.filter(([name]) => name === 'delivered:advance')).toHaveLength(2);
});
