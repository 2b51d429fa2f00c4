/** The widget's chat and the console's desk, as they are, without what draws them. Bundled by load.ts. */
import { effect } from '@preact/signals';
import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { connect } from '../../console/src/connection.ts';
import { openInbox } from '../../console/src/inbox.ts';
import { type OutboxStore, openOutboxStore } from '../../console/src/outbox-store.ts';
import { createChat } from '../../widget/src/chat.ts';
import { openIndexed } from '../../widget/src/storage/indexed.ts';
import type { Kept } from '../../widget/src/storage/kept.ts';
import { asPage } from './console-line.ts';
import type { Disk, Ear, Ends } from './types.ts';
import { createLife, type Life, managerOf, never } from './wire.ts';

globalThis.IDBKeyRange ??= FakeKeyRange;

/** The page around a desk would show a sign-in, or load itself again. */
const REFUSALS = { signedOut: () => undefined, oldProtocol: () => undefined, otherRelease: () => undefined };

/** Each browser's own name for its tabs; in no other world of this process either, of these ends or of others. */
const browsers = new WeakMap<Disk, string>();

export const newDisk: Ends['newDisk'] = () => {
  const disk = new FakeFactory();
  browsers.set(disk, `browser-${crypto.randomUUID()}`);
  return disk;
};

export const openVisitor: Ends['openVisitor'] = ({ line, site, disk, ear }) => {
  const life = createLife();
  const chat = createChat({
    site,
    origin: line.origin(),
    locale: () => 'en',
    chosen: () => undefined,
    openKept: async () => {
      const name = browsers.get(disk) ?? '';
      return listening(await onDisk(disk, () => openIndexed(name, 'own')), { life, ear });
    },
    load: async () => (life.isOver() ? never() : { Manager: managerOf({ line, life, ear }) }),
    mark: () => undefined,
    unread: () => undefined,
    reload: async () => false,
  });
  chat.subscribe(() => {
    if (!life.isOver()) ear.changed();
  });
  chat.open(null);
  return {
    state: () => {
      const { line: status, conversation, entries, items, problem } = chat.state();
      return { on: status === 'on', conversation, entries, unsent: items, problem };
    },
    say: (words) => void chat.send(words),
    seen: () => chat.seen(),
    wake: () => void chat.wake(),
    cut: () => life.cut(),
    end: () => life.end(),
  };
};

/** Storage that says what it has kept, and that a page which is gone cannot use. */
function listening(kept: Kept, { life, ear }: { readonly life: Life; readonly ear: Ear }): Kept {
  const alive = <Value>(act: () => Promise<Value>): Promise<Value> =>
    life.isOver() ? never() : act().then((value) => (life.isOver() ? never<Value>() : value));
  return {
    step: kept.step,
    get: (key) => alive(() => kept.get(key)),
    list: (prefix) => alive(() => kept.list(prefix)),
    getOrCreate: (key, value) => alive(() => kept.getOrCreate(key, value)),
    write: (changes) =>
      alive(async () => {
        await kept.write(changes);
        for (const change of changes) {
          const item = 'put' in change && change.put.startsWith('outbox/') ? change.value : null;
          if (item) ear.kept((item as { id: string }).id);
        }
      }),
    onChange: (listener) =>
      kept.onChange(() => {
        if (!life.isOver()) listener();
      }),
  };
}

export const openAgent: Ends['openAgent'] = async ({ line, cookie, person, disk, ear }) => {
  const life = createLife();
  const manager = managerOf({ line, life, ear, headers: { cookie } });
  const connection = asPage(manager, () => connect(REFUSALS));
  const store = storing(await onDisk(disk, () => openOutboxStore()), { life, ear });
  const inbox = await openInbox({ connection, store, me: person, onOtherPerson: () => undefined });
  let opening = 0;
  let last: unknown = null;
  const thread = () => (inbox.open.value.state === 'ready' ? inbox.open.value.thread : null);
  const stop = effect(() => {
    const open = inbox.open.value;
    void inbox.status.value;
    void inbox.outbox.pending.value;
    if (open.state === 'ready') {
      void [open.thread.log.value, open.thread.pending.value, open.thread.detail.value];
      if (open.thread !== last) opening += 1;
      last = open.thread;
    }
    if (!life.isOver()) ear.changed();
  });
  life.atEnd(() => {
    stop();
    connection.close();
    inbox.stop();
  });
  connection.wake();
  return {
    state: () => {
      const open = thread();
      return {
        on: inbox.status.value === 'online',
        rows: inbox.list.rows.value,
        unsent: inbox.outbox.pending.value.map(({ id, text, refused }) => ({ id, text, failed: refused })),
        opened: open && {
          ...{ id: open.id, opening, entries: open.log.value.entries },
          pending: open.pending.value.map(({ id }) => id),
          visitorRead: open.detail.value.visitorRead,
          lastSeq: open.detail.value.lastSeq,
        },
      };
    },
    show: (view) => inbox.list.show(view),
    select: (conversation) => inbox.select(conversation),
    say(kind, words, id) {
      const open = thread();
      void open?.send(kind, words, id);
      return open !== null;
    },
    take: async () => (await thread()?.take()) ?? null,
    handOver: async (to) => (await thread()?.handOver(to, '')) ?? null,
    close: async (farewell, id) => (await thread()?.close(farewell, id)) ?? null,
    seen: () => thread()?.read(),
    sendHeld: () => {
      for (const { id, state } of inbox.outbox.pending.value)
        if (state === 'held') void inbox.outbox.sendAllTheSame(id);
    },
    wake: () => inbox.wake(),
    cut: () => life.cut(),
    end: () => life.end(),
  };
};

function storing(store: OutboxStore, { life, ear }: { readonly life: Life; readonly ear: Ear }): OutboxStore {
  const alive = <Value>(act: () => Promise<Value>): Promise<Value> => (life.isOver() ? never() : act());
  return {
    durable: store.durable,
    put: (item) =>
      alive(async () => {
        await store.put(item);
        ear.kept(item.id);
      }),
    remove: (id) => alive(() => store.remove(id)),
    has: (id) => alive(() => store.has(id)),
    all: (person) => alive(() => store.all(person)),
  };
}

/** Opens something that reads the global `indexedDB` at once, with this browser's own. */
function onDisk<Value>(disk: Disk, open: () => Promise<Value>): Promise<Value> {
  globalThis.indexedDB = disk;
  return open();
}

({ newDisk, openVisitor, openAgent }) satisfies Ends;
