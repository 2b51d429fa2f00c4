import 'fake-indexeddb/auto';
import { type ErrorCode, failed, type Result } from '@fullname/shared/errors';
import type { PublicEntry } from '@fullname/shared/model';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createOutbox, type Outbox, type OutboxItem } from './outbox.ts';
import { openIndexed } from './storage/indexed.ts';
import type { Records } from './storage/kept.ts';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const done: Result<PublicEntry> = {
  ok: true,
  value: {
    id: null,
    at: '2026-03-03T10:00:00.000Z',
    conversation: 'c',
    publicSeq: 1,
    kind: 'email-given',
    email: 'a@b.example',
  },
};

type Relay = {
  readonly heard: OutboxItem[];
  answers: (Result<PublicEntry> | Promise<Result<PublicEntry>>)[];
};

/** An outbox whose relay says what `answers` holds, one after the other, and then that all is well. */
async function anOutbox(
  relay: Relay,
  options: { connected?: () => boolean; kept?: Records } = {},
): Promise<Outbox> {
  const outbox = createOutbox({
    kept: options.kept ?? (await openIndexed('fullname.test', 'own')),
    lock: 'fullname.test',
    deliver: async (item) => {
      relay.heard.push(item);
      return (await relay.answers.shift()) ?? done;
    },
    connected: options.connected ?? (() => true),
    left: () => undefined,
    changed: () => undefined,
  });
  await outbox.load();
  return outbox;
}

/** Another transaction is on the store until `release`, and whoever comes after it waits. */
async function holdTheStore(): Promise<() => void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('fullname.test');
    request.onsuccess = () => resolve(request.result);
  });
  const store = database.transaction('kept', 'readwrite').objectStore('kept');
  let held = true;
  const again = () => {
    if (held) store.count().onsuccess = again;
  };
  again();
  return () => {
    held = false;
  };
}

/** A store that takes nothing until `empty`; what it has can be read. */
function aFullStore(kept: Records): { readonly full: Records; empty(): void } {
  let isFull = true;
  const write: Records['write'] = (changes) =>
    isFull ? Promise.reject(new Error('QuotaExceededError')) : kept.write(changes);
  return {
    full: { ...kept, write },
    empty() {
      isFull = false;
    },
  };
}

const aRelay = (...answers: Relay['answers']): Relay => ({ heard: [], answers });
const texts = (outbox: Outbox): string[] => outbox.items().map((item) => item.text);

test('a message is drawn at once, kept before it is sent, and gone when the relay has it', async () => {
  const relay = aRelay();
  const outbox = await anOutbox(relay);
  const kept = outbox.add('message', 'hello');
  expect(texts(outbox)).toEqual(['hello']);
  expect(relay.heard).toEqual([]);
  await kept;
  await vi.waitFor(() => expect(texts(outbox)).toEqual([]));
  expect(relay.heard).toHaveLength(1);
});

test('without a line it waits, survives a reload, and is sent in the order of writing', async () => {
  const before = await anOutbox(aRelay(), { connected: () => false });
  await before.add('message', 'first');
  await before.add('message', 'second');

  const relay = aRelay();
  const after = await anOutbox(relay);
  expect(texts(after)).toEqual(['first', 'second']);
  after.drain();
  await vi.waitFor(() => expect(texts(after)).toEqual([]));
  expect(relay.heard.map((item) => item.text)).toEqual(['first', 'second']);
  expect(relay.heard.map((item) => item.id)).toEqual(before.items().map((item) => item.id));
});

test('a passing refusal is tried again under the same id, and nothing overtakes it', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const relay = aRelay(failed('UNAVAILABLE'), failed('TOO_MANY'));
  const outbox = await anOutbox(relay);
  await outbox.add('message', 'first');
  await outbox.add('message', 'second');
  await vi.waitFor(() => expect(texts(outbox)).toEqual([]));
  expect(relay.heard.map((item) => item.text)).toEqual(['first', 'first', 'first', 'second']);
  expect(new Set(relay.heard.map((item) => item.id)).size).toBe(2);
});

test('a line that comes back cuts the wait short', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const relay = aRelay(failed('UNAVAILABLE'));
  const outbox = await anOutbox(relay);
  await outbox.add('message', 'hello');
  await vi.waitFor(() => expect(relay.heard).toHaveLength(1));
  await vi.waitFor(() => {
    outbox.drain(true);
    expect(relay.heard).toHaveLength(2);
  });
});

test('a refusal that retrying cannot mend is shown as failed, kept so, and lets the next one pass', async () => {
  const relay = aRelay(failed('BLOCKED'));
  const outbox = await anOutbox(relay);
  await outbox.add('message', 'first');
  await outbox.add('message', 'second');
  await vi.waitFor(() => expect(texts(outbox)).toEqual(['first']));
  expect(outbox.items()[0]?.failed).toBe('BLOCKED');
  const later = await anOutbox(aRelay());
  expect(later.items().map((item) => item.failed)).toEqual(['BLOCKED']);
});

test.each<[ErrorCode, boolean]>([
  ['UNREADABLE', true],
  ['CONFLICT', false],
])('%s tried again by hand keeps its id: %s', async (code, same) => {
  const relay = aRelay(failed(code));
  const outbox = await anOutbox(relay);
  await outbox.add('message', 'hello');
  await vi.waitFor(() => expect(outbox.items()[0]?.failed).toBe(code));
  await outbox.retry(outbox.items()[0]?.id ?? '');
  await vi.waitFor(() => expect(texts(outbox)).toEqual([]));
  expect(relay.heard[0]?.id === relay.heard[1]?.id).toBe(same);
});

test('a store that is full does not stop the message', async () => {
  const relay = aRelay();
  const full: Records = {
    get: async () => undefined,
    list: async () => [],
    write: () => Promise.reject(new Error('QuotaExceededError')),
    getOrCreate: async (_, value) => value,
    onChange: () => undefined,
  };
  const outbox = await anOutbox(relay, { kept: full });
  await outbox.add('message', 'hello');
  await vi.waitFor(() => expect(texts(outbox)).toEqual([]));
  expect(relay.heard).toHaveLength(1);
});

test('what could not be kept is not dropped when another tab has written', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  const { full } = aFullStore(kept);
  const outbox = await anOutbox(aRelay(), { connected: () => false, kept: full });
  await outbox.add('message', 'hello');
  await outbox.load();
  expect(texts(outbox)).toEqual(['hello']);
});

test('what could not be kept is kept with the next words, so that another page sends both in the order of writing', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  const { full, empty } = aFullStore(kept);
  const outbox = await anOutbox(aRelay(), { connected: () => false, kept: full });
  await outbox.add('message', 'first');
  empty();
  await outbox.add('message', 'second');
  const next = await anOutbox(aRelay(), { connected: () => false, kept });
  await next.load();
  expect(texts(next)).toEqual(['first', 'second']);
});

test('a store that does not answer holds no message: it is sent from memory, and stands once when it is kept after all', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  await kept.write([{ put: 'draft', value: 'hello' }]);
  let connected = true;
  const relay = aRelay();
  const outbox = await anOutbox(relay, { kept, connected: () => connected });
  const release = await holdTheStore();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const afterAWhile = (claim: () => void) =>
    vi.waitFor(() => {
      vi.advanceTimersByTime(1_000);
      claim();
    });
  void outbox.add('message', 'hello');
  await afterAWhile(() => expect(relay.heard).toMatchObject([{ text: 'hello' }]));
  await afterAWhile(() => expect(texts(outbox)).toEqual([]));

  connected = false;
  const added = vi.fn();
  void outbox.add('message', 'one more').then(added);
  await afterAWhile(() => expect(added).toHaveBeenCalled());
  release();
  await vi.waitFor(async () => expect(await kept.list('outbox/')).toMatchObject([{ text: 'one more' }]));
  await outbox.load();
  expect(texts(outbox)).toEqual(['one more']);
});

test('the draft goes in the transaction that keeps the message', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  await kept.write([{ put: 'draft', value: 'hello' }]);
  const outbox = await anOutbox(aRelay(), { connected: () => false, kept });
  await outbox.add('message', 'hello', [{ delete: 'draft' }]);
  expect(await kept.get('draft')).toBeUndefined();
  expect(await kept.list('outbox/')).toMatchObject([{ text: 'hello' }]);
});

test('what somebody else put into the store is not believed', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  await kept.write([{ put: 'outbox/1', value: { id: 'no', kind: 'message', text: 1 } }]);
  const outbox = await anOutbox(aRelay(), { kept });
  expect(outbox.items()).toEqual([]);
});

test('what an earlier page has kept with a card number in it is shown and sent masked, under its own id', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  const id = '00000000-0000-4000-8000-00000000beef';
  const item: OutboxItem = { id, kind: 'message', text: 'Pay 5500 0000 0000 0004', order: 1, failed: null };
  await kept.write([{ put: `outbox/0000000000000001/${id}`, value: item }]);
  const relay = aRelay();
  const outbox = await anOutbox(relay, { kept });
  expect(texts(outbox)).toEqual(['Pay •••• •••• •••• 0004']);
  outbox.drain();
  await vi.waitFor(() => expect(relay.heard).toMatchObject([{ id, text: 'Pay •••• •••• •••• 0004' }]));
});

test('an address is kept and sent as it is; a card number in its place is not', async () => {
  const relay = aRelay();
  const outbox = await anOutbox(relay, { connected: () => false });
  await outbox.add('email', 'anna@example.com');
  await outbox.add('email', '4111111111111111');
  expect(texts(outbox)).toEqual(['anna@example.com', '••••••••••••1111']);
});

test('a reading of the store that began before somebody left brings none of their words back', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  const outbox = await anOutbox(aRelay(), { connected: () => false, kept });
  await outbox.add('message', 'the first person’s');
  const reading = outbox.load();
  outbox.clear();
  await kept.write([{ clear: true }]);
  await reading;
  expect(texts(outbox)).toEqual([]);
});

test('a refusal that comes after somebody left keeps none of their words', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  let refuse: (result: Result<PublicEntry>) => void = () => undefined;
  const relay = aRelay(
    new Promise((resolve) => {
      refuse = resolve;
    }),
  );
  const outbox = await anOutbox(relay, { kept });
  await outbox.add('message', 'the first person’s');
  await vi.waitFor(() => expect(relay.heard).toHaveLength(1));
  outbox.clear();
  await kept.write([{ clear: true }]);
  refuse(failed('BLOCKED'));
  // The next person's words are sent after that answer was heard.
  await outbox.add('message', 'the next person’s');
  await vi.waitFor(() => expect(relay.heard).toHaveLength(2));
  await vi.waitFor(() => expect(texts(outbox)).toEqual([]));
  await vi.waitFor(async () => expect(await kept.list('')).toEqual([]));
});

test('words that wait for another window are not sent once somebody has left', async () => {
  let grant: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    grant = resolve;
  });
  const request = vi.fn(async (_: string, __: unknown, run: () => unknown) => {
    await asked;
    return run();
  });
  vi.stubGlobal('navigator', { locks: { request } });
  const relay = aRelay();
  const outbox = await anOutbox(relay);
  await outbox.add('message', 'the first person’s');
  await vi.waitFor(() => expect(request).toHaveBeenCalled());
  outbox.clear();
  await outbox.add('message', 'the next person’s');
  grant();
  await vi.waitFor(() => expect(relay.heard.map(({ text }) => text)).toContain('the next person’s'));
  expect(relay.heard).toHaveLength(1);
});

test('what was kept with the next words stands once when this page reads the store again, and is sent once', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  const { full, empty } = aFullStore(kept);
  let connected = false;
  const relay = aRelay();
  const outbox = await anOutbox(relay, { connected: () => connected, kept: full });
  await outbox.add('message', 'first');
  empty();
  await outbox.add('message', 'second');
  await outbox.load();
  expect(texts(outbox)).toEqual(['first', 'second']);
  connected = true;
  outbox.drain();
  await vi.waitFor(() => expect(texts(outbox)).toEqual([]));
  expect(relay.heard.map(({ text }) => text)).toEqual(['first', 'second']);
});

test('what could not be kept, and was sent by another window after all, is taken for sent', async () => {
  const kept = await openIndexed('fullname.test', 'own');
  const { full, empty } = aFullStore(kept);
  const outbox = await anOutbox(aRelay(), { connected: () => false, kept: full });
  await outbox.add('message', 'first');
  empty();
  await outbox.add('message', 'second');
  await kept.write([{ clear: true }]);
  await outbox.load();
  expect(texts(outbox)).toEqual([]);
});
