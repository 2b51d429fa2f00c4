import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { serve } from '../embed/broker.ts';
import type { Kept } from './kept.ts';
import { openKept } from './open.ts';

/** As Chromium refuses it to a cross-site frame. */
const refusing = {
  databases: () => Promise.reject(new DOMException('denied', 'UnknownError')),
  open() {
    throw new DOMException('denied', 'SecurityError');
  },
} as unknown as IDBFactory;

let hostPage: IDBFactory;
beforeEach(() => {
  hostPage = new IDBFactory();
});
afterEach(() => {
  vi.unstubAllGlobals();
  history.replaceState(null, '');
});

/** The broker in the host page, which has a store of its own while the frame is refused one. */
async function askBroker(): Promise<MessagePort> {
  const channel = new MessageChannel();
  vi.stubGlobal('indexedDB', hostPage);
  await serve(channel.port2 as unknown as MessagePort, 'shop');
  vi.stubGlobal('indexedDB', refusing);
  return channel.port1 as unknown as MessagePort;
}

async function own(): Promise<Kept> {
  vi.stubGlobal('indexedDB', hostPage);
  return openKept('shop', async () => null);
}
async function brokered(): Promise<Kept> {
  vi.stubGlobal('indexedDB', refusing);
  return openKept('shop', askBroker);
}
async function memory(): Promise<Kept> {
  vi.stubGlobal('indexedDB', refusing);
  return openKept('shop', async () => null);
}

const steps = [
  { step: 'own', open: own },
  { step: 'host', open: brokered },
  { step: 'memory', open: memory },
] as const;

test.each(steps)(
  '$step: writes all or nothing, lists in order, keeps across an opening',
  async ({ step, open }) => {
    const kept = await open();
    expect(kept.step).toBe(step);
    await kept.write([
      { put: 'outbox/2', value: 'two' },
      { put: 'outbox/1', value: 'one' },
      { put: 'draft', value: 'words' },
    ]);
    expect(await kept.list('outbox/')).toEqual(['one', 'two']);
    await kept.write([{ delete: 'outbox/1' }]);
    const again = await open();
    expect(await again.list('outbox/')).toEqual(['two']);
    expect(await again.get('draft')).toBe('words');
    expect(await again.get('nothing')).toBeUndefined();
  },
);

test.each(steps)('$step: of two who create at once, both get the same', async ({ open }) => {
  const kept = await open();
  const both = await Promise.all([
    kept.getOrCreate('identity', 'mine'),
    kept.getOrCreate('identity', 'yours'),
  ]);
  expect(both).toEqual(['mine', 'mine']);
});

test('a host page that cannot store either is followed by memory', async () => {
  vi.stubGlobal('indexedDB', refusing);
  const kept = await openKept('shop', async () => {
    const channel = new MessageChannel();
    await serve(channel.port2 as unknown as MessagePort, 'shop');
    return channel.port1 as unknown as MessagePort;
  });
  expect(kept.step).toBe('memory');
});

const never = () => new Promise<never>(() => undefined);
test.each([
  ['lists no databases', () => ({ databases: never })],
  ['opens none', () => ({ databases: async () => [{ name: 'fullname.shop' }], open: () => ({}) })],
  [
    'reads nothing',
    () => ({
      databases: async () => [{ name: 'fullname.shop' }],
      open: () => {
        const request = { result: { transaction: () => ({ objectStore: () => ({ get: () => ({}) }) }) } };
        queueMicrotask(() => (request as unknown as { onsuccess(): void }).onsuccess());
        return request;
      },
    }),
  ],
])('a store that %s, and does not say so, is followed by memory', async (_, hanging) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  vi.stubGlobal('indexedDB', hanging());
  const opening = openKept('shop', async () => null);
  let kept: Kept | undefined;
  void opening.then((one) => {
    kept = one;
  });
  await vi.waitFor(() => {
    vi.advanceTimersByTime(1_000);
    expect(kept?.step).toBe('memory');
  });
});

test('a host page whose policy forbids the broker is followed by memory', async () => {
  vi.stubGlobal('indexedDB', refusing);
  const kept = await openKept('shop', async () => {
    const channel = new MessageChannel();
    channel.port2.postMessage({ open: false });
    return channel.port1 as unknown as MessagePort;
  });
  expect(kept.step).toBe('memory');
});

test('the broker refuses what is not among its four operations', async () => {
  const port = await askBroker();
  const answer = new Promise((resolve) => {
    port.onmessage = (event: MessageEvent) => {
      if (event.data.id === 7) resolve(event.data);
    };
  });
  port.postMessage({ id: 7, operation: 'constructor', args: [] });
  expect(await answer).toEqual({ id: 7, ok: false, value: null });
});

test.each([
  { step: 'own', open: own },
  { step: 'host', open: brokered },
])('$step: looking makes no database, and neither does forgetting', async ({ open }) => {
  const kept = await open();
  expect(await kept.get('identity')).toBeUndefined();
  expect(await kept.list('outbox/')).toEqual([]);
  await kept.write([{ delete: 'draft' }, { clear: true }]);
  expect(await hostPage.databases()).toEqual([]);
  await kept.write([{ put: 'draft', value: 'words' }]);
  expect(await hostPage.databases()).toHaveLength(1);
});
