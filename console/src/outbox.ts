/**
 * What was written and is not yet in the relay's log. Sent one at a time per conversation, in order, under ids that never
 * change; passing troubles are retried without end, refusals stay visible with a way on, an answered conversation holds its reply.
 */
import { type ErrorCode, PASSING, type Result } from '@fullname/shared/errors';
import { RETRY_MAX_MS, RETRY_MIN_MS } from '@fullname/shared/limits';
import type { Entry } from '@fullname/shared/model';
import { maskCards } from '@fullname/shared/reader/cards';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Connection } from './connection.ts';
import type { OutboxItem, OutboxStore } from './outbox-store.ts';

/** `held`: a colleague answered in between; the writer looks at their words first. */
type PendingState = 'sending' | 'waiting' | 'held' | 'failed';
export type Pending = OutboxItem & { readonly state: PendingState };

export type Outbox = {
  /** False where the browser keeps nothing: what is unsent is lost with the tab. */
  readonly durable: boolean;
  readonly pending: ReadonlySignal<readonly Pending[]>;
  /** Resolves when the item is stored, or cannot be, and before it is sent: only then may the draft go. */
  add(item: Omit<OutboxItem, 'person' | 'refused' | 'at'>): Promise<void>;
  /** Sends a held or refused item again, under the same id; held ones whatever was answered in between. */
  sendAllTheSame(id: string): Promise<void>;
  /** Takes an item out, to be changed or dropped; gives its words. */
  takeBack(id: string): Promise<string | null>;
  /** The relay has it: by ack, or by the log. */
  delivered(id: string): void;
  /** Tries everything now: the connection is back. */
  drain(): void;
  stop(): void;
};

export type OutboxParts = {
  readonly connection: Pick<Connection, 'ask' | 'status'>;
  readonly store: OutboxStore;
  readonly person: string;
  readonly onSent: (entry: Entry) => void;
};

/** Reads what an earlier tab or day left unsent, and goes on with it. */
export async function openOutbox({ connection, store, person, onSent }: OutboxParts): Promise<Outbox> {
  const left = await store.all(person).catch(() => []);
  const pending = signal<readonly Pending[]>(left.map(asPending));
  const busy = new Set<string>();
  const askedAgain = new Set<string>();
  const attempts = new Map<string, number>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** On their way to the disk; they are sent when they are there. */
  const storing = new Set<string>();
  /** The disk refused them, or did not answer: they are sent from memory. */
  const unstored = new Set<string>();
  let stopped = false;

  const find = (id: string) => pending.value.find((item) => item.id === id);
  const change = (id: string, state: PendingState, refused: ErrorCode | null = null) => {
    pending.value = pending.value.map((item) => (item.id === id ? { ...item, state, refused } : item));
  };
  const forget = (id: string) => {
    pending.value = pending.value.filter((item) => item.id !== id);
  };
  const drop = (id: string) => {
    forget(id);
    void store.remove(id).catch(() => undefined);
  };

  function drain(): void {
    for (const conversation of new Set(pending.value.map((item) => item.conversation))) {
      clearTimeout(timers.get(conversation));
      void drainOne(conversation);
    }
  }

  async function drainOne(conversation: string): Promise<void> {
    if (busy.has(conversation)) {
      askedAgain.add(conversation);
      return;
    }
    busy.add(conversation);
    try {
      await alone(`fullname-outbox-${conversation}`, () => sendInOrder(conversation));
    } finally {
      busy.delete(conversation);
    }
    // Whoever asked just before the end would otherwise wait for nobody.
    if (askedAgain.delete(conversation)) await drainOne(conversation);
  }

  async function sendInOrder(conversation: string): Promise<void> {
    for (;;) {
      const next = pending.value.find(
        (item) => item.conversation === conversation && item.state !== 'failed',
      );
      // A held reply holds what was written after it, too.
      if (stopped || !next || next.state === 'held' || storing.has(next.id)) return;
      // Another tab has sent it, or its writer took it back there. A disk that cannot tell holds nothing up.
      if (!unstored.has(next.id) && !(await store.has(next.id).catch(() => true))) {
        forget(next.id);
        continue;
      }
      if (connection.status.value !== 'online') return change(next.id, 'waiting');
      change(next.id, 'sending');
      const answer = await ask(connection, next);
      if (answer.ok) {
        attempts.delete(conversation);
        onSent(answer.value);
        drop(next.id);
      } else if (answer.code === 'ANSWERED') {
        change(next.id, 'held');
      } else if (PASSING.includes(answer.code)) {
        change(next.id, 'waiting');
        return retryLater(conversation);
      } else {
        change(next.id, 'failed', answer.code);
        await keep(next.id);
      }
    }
  }

  function retryLater(conversation: string): void {
    const attempt = (attempts.get(conversation) ?? 0) + 1;
    attempts.set(conversation, attempt);
    const ceiling = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** attempt);
    const delay = RETRY_MIN_MS + Math.random() * (ceiling - RETRY_MIN_MS);
    timers.set(
      conversation,
      setTimeout(() => void drainOne(conversation), delay),
    );
  }

  async function keep(id: string): Promise<void> {
    const item = find(id);
    if (item) await store.put(asItem(item)).catch(() => undefined);
  }

  drain();
  return {
    durable: store.durable,
    pending,
    async add(draft) {
      const text = maskCards(draft.text);
      const item: OutboxItem = { ...draft, text, person, at: Date.now(), refused: null };
      pending.value = [...pending.value, { ...item, state: 'sending' }];
      storing.add(item.id);
      await store.put(item).catch(() => unstored.add(item.id));
      storing.delete(item.id);
      void drainOne(item.conversation);
    },
    async sendAllTheSame(id) {
      const item = find(id);
      if (!item) return;
      pending.value = pending.value.map((one) =>
        one.id === id ? { ...one, seen: null, state: 'sending', refused: null } : one,
      );
      await keep(id);
      void drainOne(item.conversation);
    },
    async takeBack(id) {
      const item = find(id);
      if (!item) return null;
      forget(id);
      await store.remove(id).catch(() => undefined);
      void drainOne(item.conversation);
      return item.text;
    },
    delivered(id) {
      if (find(id)) drop(id);
    },
    drain,
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

function ask(connection: Pick<Connection, 'ask'>, item: Pending): Promise<Result<Entry>> {
  const { id, conversation, text, seen } = item;
  const waited = Date.now() - item.at;
  if (item.kind === 'note') return connection.ask('note:send', { conversation, id, text }, waited);
  const reply = { conversation, id, text, ...(seen === null ? {} : { seen }) };
  return connection.ask('message:send', reply, waited);
}

/** One drainer a conversation among this browser's tabs, where Web Locks exist; elsewhere the same id makes a double send harmless. */
async function alone(name: string, act: () => Promise<void>): Promise<void> {
  const locks: LockManager | null | undefined = navigator.locks;
  if (!locks) return act();
  await locks.request(name, act);
}

function asPending(item: OutboxItem): Pending {
  return { ...item, text: maskCards(item.text), state: item.refused === null ? 'waiting' : 'failed' };
}

function asItem({ state: _state, ...item }: Pending): OutboxItem {
  return item;
}
