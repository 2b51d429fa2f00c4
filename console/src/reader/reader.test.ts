import { afterEach, describe, expect, it, vi } from 'vitest';
import { rule } from '../testing/reading.ts';
import { emptyPane } from '../testing/scripted-relay.ts';
import { createEngine } from './engine.ts';
import type { About, FromReader, ToReader } from './protocol.ts';
import { openReader } from './reader.ts';

const about: About = {
  conversation: {
    entries: [],
    detail: { name: null, email: null, status: 'open' },
    pane: emptyPane(),
    before: { conversations: 0 },
    me: 'me',
    purpose: 'reply',
  },
  state: {
    locale: 'en',
    agent: { fullName: 'Megan Kajitani', given: 'Megan', family: 'Kajitani' },
    customerName: null,
    said: [],
    heard: [],
    ownContacts: [],
  },
};

/** A thread with the real engine in it, that answers when it is told to. */
class Thread extends EventTarget {
  static last: Thread;
  static isMute = false;
  readonly read: string[] = [];
  readonly #engine = createEngine();
  readonly #answers: (FromReader | null)[] = [];
  constructor() {
    super();
    Thread.last = this;
  }
  postMessage(message: ToReader): void {
    const { data } = new MessageEvent('message', { data: structuredClone(message) });
    if (data.kind === 'read') this.read.push(data.draft);
    this.#answers.push(this.#engine(data));
  }
  answer(): void {
    for (const data of this.#answers.splice(0))
      if (data && !Thread.isMute) this.dispatchEvent(new MessageEvent('message', { data }));
  }
  terminate(): void {
    Thread.isMute = true;
  }
}

function open() {
  Thread.isMute = false;
  vi.stubGlobal('Worker', Thread);
  const reader = openReader(() => [rule('as I said')]);
  const seat = reader.sit();
  seat.know(about);
  return { reader, seat, thread: Thread.last };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the reader’s thread', () => {
  it('is told only of the latest draft: those that were overtaken are dropped', () => {
    const { seat, thread } = open();
    for (const draft of ['a', 'as', 'as I', 'as I said']) seat.read(draft);
    expect(thread.read).toEqual(['a']);
    thread.answer();
    expect(thread.read).toEqual(['a', 'as I said']);
    thread.answer();
    expect(seat.answer.value).toMatchObject({ draft: 'as I said' });
    expect(seat.answer.value?.reading.findings).toHaveLength(1);
  });

  it('reads exactly the words that are to be sent, whatever else is on its way', async () => {
    const { seat, thread } = open();
    seat.read('as I');
    const now = seat.readNow('as I said.');
    thread.answer();
    expect(await now).toMatchObject({ draft: 'as I said.', reading: { findings: [{ from: 0, to: 9 }] } });
  });

  it('is replaced by the page when it fails', async () => {
    const { seat, thread } = open();
    seat.read('as I said');
    thread.dispatchEvent(new Event('error'));
    await vi.waitFor(() => expect(seat.answer.value?.reading.findings).toHaveLength(1));
  });

  it('is replaced by the page when it does not answer before a send', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
    const { seat } = open();
    const answer = await seat.readNow('as I said');
    expect(answer?.reading.findings).toHaveLength(1);
  });

  it('gives no answer to nobody: a seat that was left hears nothing', () => {
    const { seat, thread } = open();
    seat.read('as I said');
    seat.leave();
    thread.answer();
    expect(seat.answer.value).toBeNull();
  });
});
