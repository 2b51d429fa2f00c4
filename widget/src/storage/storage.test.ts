import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { serve } from '../embed/broker.ts';
import type { Kept } from './kept.ts';
import { openKept, recordsOf } from './open.ts';

/** As Chromium refuses it to a cross-site frame. */
const refusing = {
  databases: () => Promise.reject(new DOMException('denied', 'UnknownError')),
  open() {
    throw new DOMException('denied', 'SecurityError');
  },
} as unknown as IDBFactory;

const noReload = () => expect.unreachable();
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
  return openKept('shop', async () => null, noReload);
}
async function brokered(): Promise<Kept> {
  vi.stubGlobal('indexedDB', refusing);
  return openKept('shop', askBroker, noReload);
}
async function memory(): Promise<Kept> {
  vi.stubGlobal('indexedDB', refusing);
  return openKept('shop', async () => null, noReload);
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
  const kept = await openKept(
    'shop',
    async () => {
      const channel = new MessageChannel();
      await serve(channel.port2 as unknown as MessagePort, 'shop');
      return channel.port1 as unknown as MessagePort;
    },
    noReload,
  );
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
  const asked = vi.fn(async () => null);
  const opening = openKept('shop', asked, noReload);
  let kept: Kept | undefined;
  void opening.then((one) => {
    kept = one;
  });
  await vi.waitFor(() => {
    vi.advanceTimersByTime(1_000);
    expect(kept?.step).toBe('memory');
  });
  // There it would outlive what is forgotten where it belongs.
  expect(asked).not.toHaveBeenCalled();
});

test.each(['indexed', 'memory'] as const)(
  'the %s chunk that does not come at once is waited for',
  async (chunk) => {
    const path = `./${chunk}.ts`;
    let line: 'slow' | 'down' = 'slow';
    let tries = 0;
    vi.resetModules();
    vi.doMock(path, async () => {
      tries += 1;
      if (tries > 1) return vi.importActual(path);
      await vi.waitUntil(() => line === 'down', { timeout: 60_000, interval: 1 });
      throw new Error('no line');
    });
    onTestFinished(() => vi.doUnmock(path));
    const { openKept: open } = await import('./open.ts');
    vi.stubGlobal('indexedDB', chunk === 'memory' ? refusing : hostPage);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const asked = vi.fn(async () => null);
    let kept: Kept | undefined;
    void open('shop', asked, noReload).then((one) => {
      kept = one;
    });
    await vi.waitFor(() => expect(tries).toBe(1));
    // Longer than a store may take.
    vi.advanceTimersByTime(10_000);
    line = 'down';
    await vi.waitFor(() => {
      vi.advanceTimersByTime(1_000);
      expect(kept?.step).toBe(chunk === 'memory' ? 'memory' : 'own');
    });
    expect([tries, asked.mock.calls.length]).toEqual([2, chunk === 'memory' ? 1 : 0]);
  },
);

test('a store that hangs after it was opened rejects what is asked of it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const hanging: Kept = {
    step: 'own',
    get: never,
    list: never,
    write: never,
    getOrCreate: never,
    onChange: never,
  };
  const records = recordsOf(async () => hanging);
  const ends = vi.fn();
  const asked = [records.get(''), records.list(''), records.write([]), records.getOrCreate('', 0)];
  void Promise.allSettled(asked).then((all) => ends(all.map(({ status }) => status)));
  await vi.waitFor(() => {
    vi.advanceTimersByTime(1_000);
    expect(ends).toHaveBeenCalledWith(Array(4).fill('rejected'));
  });
});

test('a host page whose policy forbids the broker is followed by memory', async () => {
  vi.stubGlobal('indexedDB', refusing);
  const kept = await openKept(
    'shop',
    async () => {
      const channel = new MessageChannel();
      channel.port2.postMessage({ open: false });
      return channel.port1 as unknown as MessagePort;
    },
    noReload,
  );
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

test('what clears the store while the very first words make it finds them', async () => {
  const kept = await own();
  const writing = kept.write([{ put: 'draft', value: 'words' }]);
  await kept.write([{ clear: true }]);
  await writing;
  expect(await kept.list('')).toEqual([]);
});
