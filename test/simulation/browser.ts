/** A simulated visitor: a browser whose storage outlives its tabs, and tabs that are the product's own chat. */
import type { Result } from '@fullname/shared/errors';
import type { PublicEntry } from '@fullname/shared/model';
import type { Change, Kept } from '../../widget/src/storage/kept.ts';
import type { Line as ListLine } from '../checker/history.ts';
import { createScreen, type Recorder } from '../checker/recorder.ts';
import { type ClientParts, managerOf } from './client.ts';
import { type Locks, releaseLocks } from './globals.ts';
import type { Product } from './load.ts';
import type { ConversationRow } from './model.ts';
import type { Network } from './network.ts';
import { createOwner, type Owner, type Scheduler } from './scheduler.ts';

export type BrowserParts = {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly product: Product;
  readonly recorder: Recorder;
  readonly relay: ClientParts['relay'];
  /** Whether tabs see each other's locks. */
  readonly hasLocks: boolean;
};

type Tab = {
  readonly owner: Owner;
  say(words: string): void;
  wake(): void;
  sleep(): void;
  seen(): void;
  /** What is on the screen and not acknowledged; refused words do not count. */
  unsent(): readonly string[];
  /** Whether the list ends where the conversation ends in the store, and shows how far it was read. */
  isThere(conversations: readonly ConversationRow[]): boolean;
  /** For people who read what went wrong. */
  describe(): string;
  rest(): void;
};

export type Browser = {
  readonly name: string;
  readonly locks: Locks | null;
  tabs(): readonly Tab[];
  open(): Tab;
  /** The tab ends as by a crash, between any two of its steps. */
  crash(tab: Tab): void;
  /** What is kept for sending. */
  outbox(): readonly { readonly id: string; readonly failed: unknown }[];
  /** Probability that a write is refused. */
  setFullness(probability: number): void;
  /** In which tab a message was written. */
  tabOf(id: string): number | undefined;
  acked(): number;
  isAcked(id: string): boolean;
};

export function createBrowser(parts: BrowserParts): Browser {
  const { name, scheduler, recorder, hasLocks } = parts;
  const disk = new Map<string, unknown>();
  const locks: Locks | null = hasLocks ? new Map() : null;
  const calls = createCalls(recorder, name);
  let tabs: (Tab & { readonly changed: () => void })[] = [];
  let opened = 0;
  let fullness = 0;
  recorder.add({ type: 'right', who: name, role: 'visitor' });

  const browser: Browser = {
    ...{ name, locks, tabs: () => tabs, tabOf: calls.tabOf, acked: calls.acked, isAcked: calls.isAcked },
    open() {
      opened += 1;
      const tab = openTab(parts, { number: opened, calls, keptFor });
      tabs = [...tabs, tab];
      return tab;
    },
    crash(tab) {
      tab.owner.alive = false;
      tabs = tabs.filter((one) => one !== tab);
      parts.network.cutAll(tab.owner, scheduler.chance(0.3));
      if (locks) releaseLocks(locks, tab.owner, scheduler);
    },
    outbox: () =>
      [...disk].flatMap(([key, value]) =>
        key.startsWith('outbox/') ? [value as { id: string; failed: unknown }] : [],
      ),
    setFullness(probability) {
      fullness = probability;
    },
  };

  /** One transaction at a time is not needed: each is one step. */
  function keptFor(owner: Owner): { readonly kept: Kept; readonly changed: () => void } {
    const listeners: (() => void)[] = [];
    let [done, told] = [0, 0];
    /** One transaction after the other, as a browser does with those of one store. */
    const step = <Value>(act: () => Value): Promise<Value> =>
      new Promise((resolve, reject) => {
        done = Math.max(done, scheduler.now()) + scheduler.between(0.1, 5);
        told = Math.max(told, done) + scheduler.between(0.1, 5);
        const answerAt = told;
        scheduler.after(done - scheduler.now(), owner, () => {
          let answer: () => void;
          try {
            const value = act();
            answer = () => resolve(value);
          } catch (error) {
            answer = () => reject(error);
          }
          scheduler.after(answerAt - scheduler.now(), owner, answer);
        });
      });
    const written = (): void => {
      for (const { owner: other, changed } of tabs)
        if (other !== owner) scheduler.after(scheduler.between(0.5, 20), other, changed);
    };
    const kept: Kept = {
      step: 'own',
      get: (key) => step(() => disk.get(key)),
      list: (prefix) =>
        step(() =>
          [...disk.keys()]
            .filter((key) => key.startsWith(prefix))
            .sort()
            .map((key) => disk.get(key)),
        ),
      async write(changes) {
        await step(() => {
          if (scheduler.chance(fullness)) throw new Error('There is no room.');
          for (const change of changes) apply(disk, change);
          written();
        });
        for (const change of changes)
          if ('put' in change && change.put.startsWith('outbox/'))
            calls.kept((change.value as { id: string }).id);
      },
      getOrCreate: (key, value) =>
        step(() => {
          if (!disk.has(key)) {
            disk.set(key, value);
            written();
          }
          return disk.get(key);
        }),
      onChange: (listener) => void listeners.push(listener),
    };
    return { kept, changed: () => listeners.forEach((listener) => void listener()) };
  }
  return browser;
}

function apply(disk: Map<string, unknown>, change: Change): void {
  if ('put' in change) disk.set(change.put, change.value);
  else if ('delete' in change) disk.delete(change.delete);
  else disk.clear();
}

type TabParts = {
  readonly number: number;
  readonly calls: ReturnType<typeof createCalls>;
  readonly keptFor: (owner: Owner) => { readonly kept: Kept; readonly changed: () => void };
};

type Asked = { readonly id?: string; readonly message?: { readonly id: string } };
type Answer = Result<{ readonly entry?: PublicEntry } & Partial<PublicEntry>>;

function openTab(parts: BrowserParts, { number, calls, keptFor }: TabParts) {
  const { scheduler, product, recorder, name } = parts;
  const owner = createOwner(`${name}, tab ${number}`);
  const { kept, changed } = keptFor(owner);
  const screen = createScreen<PublicEntry>(recorder, { who: name, readBy: 'agent', toLine });
  const view = owner.name;
  const ear: ClientParts['ear'] = {
    heard(event, payload) {
      if (event !== 'message:sent' && event !== 'conversation:changed') return;
      const entry = payload as PublicEntry;
      recorder.add({ type: 'heard', who: name, conversation: entry.conversation, ...toLine(entry) });
    },
    answered(event, payload, answer) {
      const { id, message } = payload as Asked;
      const result = answer as Answer;
      if (!result.ok) return;
      const entry = event === 'conversation:start' ? result.value.entry : result.value;
      const call = event === 'conversation:start' ? message?.id : id;
      if (call !== undefined && entry?.publicSeq !== undefined) calls.ok(call, entry.publicSeq);
    },
  };
  const chat = scheduler.as(owner, () => {
    const Manager = managerOf({ ...parts, page: owner, ear });
    const chat = product.createChat({
      ...{ site: 'shop', origin: 'http://relay.example', locale: () => 'en' as const },
      chosen: () => undefined,
      openKept: async () => kept,
      load: async () => ({ Manager }),
      mark: () => undefined,
      unread: () => undefined,
      reload: async () => false,
    });
    chat.subscribe(() => {
      const { items, conversation, entries } = chat.state();
      for (const { id, text, failed } of items) {
        calls.invoked(id, text, number);
        if (failed) calls.failed(id, failed);
      }
      screen.draw({
        // The first entry is drawn a moment before the conversation's head is known.
        ...{ view, conversation: conversation?.id ?? entries[0]?.conversation ?? null, entries },
        pending: items.map(({ id }) => id),
        ...(conversation && { read: conversation.agentRead }),
      });
    });
    return chat;
  });
  // A step of its own, so that what it leaves for later is the tab's too.
  const act = (does: () => unknown): void => void scheduler.after(0, owner, does);
  act(() => chat.open(null));
  return {
    ...{ owner, changed },
    say: (words: string) => act(() => chat.send(words)),
    wake: () => act(() => chat.wake()),
    sleep: () => act(() => chat.sleep()),
    seen: () => act(() => chat.seen()),
    unsent: () =>
      chat
        .state()
        .items.filter(({ failed }) => !failed)
        .map(({ id }) => id),
    isThere(conversations: readonly ConversationRow[]) {
      const { conversation, entries } = chat.state();
      const stored = conversations.find(({ clientId }) => clientId === conversation?.id);
      return (
        (entries.at(-1)?.publicSeq ?? 0) === (stored?.lastPublicSeq ?? 0) &&
        (conversation?.agentRead ?? 0) === (stored?.agentRead ?? 0)
      );
    },
    describe() {
      const { line, items, entries, problem } = chat.state();
      const end = entries.at(-1)?.publicSeq ?? 0;
      return `is ${line}, has ${items.length} unsent and ends at ${end}${problem ? `, ${problem}` : ''}`;
    },
    rest() {
      const { conversation } = chat.state();
      if (conversation) recorder.add({ type: 'rest', who: name, view, conversation: conversation.id });
    },
  };
}

function toLine(entry: PublicEntry): ListLine {
  return { number: entry.publicSeq, id: entry.id, text: 'text' in entry ? entry.text : '' };
}

/** Each call once, whatever is tried again under its id. */
function createCalls(recorder: Recorder, who: string) {
  const tabs = new Map<string, number>();
  const acked = new Set<string>();
  const over = new Set<string>();
  return {
    acked: () => acked.size,
    isAcked: (id: string) => acked.has(id),
    tabOf: (id: string) => tabs.get(id),
    invoked(id: string, text: string, tab: number) {
      if (tabs.has(id)) return;
      tabs.set(id, tab);
      recorder.add({ type: 'invoke', who, id, kind: 'message', text });
    },
    kept: (id: string) => recorder.add({ type: 'kept', who, id }),
    ok(id: string, number: number) {
      if (acked.has(id)) return;
      acked.add(id);
      recorder.add({ type: 'ok', who, id, number });
    },
    failed(id: string, code: string) {
      if (over.has(id)) return;
      over.add(id);
      recorder.add({ type: 'failed', who, id, code });
    },
  };
}
