import { failed, ok } from '@fullname/shared/errors';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openOutbox } from './outbox.ts';
import { openOutboxStore } from './outbox-store.ts';
import { CONVERSATION, megan, message, scriptedRelay } from './testing/scripted-relay.ts';

const ID = '00000000-0000-4000-8000-00000000beef';
const reply = (id: string, text: string) =>
  ({ id, conversation: CONVERSATION, kind: 'reply', text, seen: 1 }) as const;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

/** Another transaction is on the store until `release`, and whoever comes after it waits: no read, no write is answered. */
async function holdTheDisk(): Promise<() => void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('fullname.console');
    request.onsuccess = () => resolve(request.result);
  });
  const store = database.transaction('outbox', 'readwrite').objectStore('outbox');
  let held = true;
  const again = () => {
    if (held) store.count().onsuccess = again;
  };
  again();
  return () => {
    held = false;
  };
}

async function start(relay = scriptedRelay(), person = megan.id) {
  const sent: string[] = [];
  const outbox = await openOutbox({
    connection: relay,
    store: await openOutboxStore(),
    person,
    onSent: (entry) => sent.push('text' in entry ? entry.text : ''),
  });
  return { relay, outbox, sent };
}

describe('the outbox of replies', () => {
  it('sends again under the same id after a trouble that passes', async () => {
    const { relay, outbox, sent } = await start();
    const answers = [failed('UNAVAILABLE'), ok(message(2, 'Good morning', { by: megan, id: ID }))];
    relay.handlers['message:send'] = () => answers.shift() ?? failed('CONFLICT');
    await outbox.add(reply(ID, 'Good morning'));
    await vi.waitFor(() => expect(outbox.pending.value).toMatchObject([{ id: ID, state: 'waiting' }]));
    outbox.drain();
    await vi.waitFor(() => expect(sent).toEqual(['Good morning']));
    expect(relay.requests('message:send').map((request) => request.id)).toEqual([ID, ID]);
    expect(outbox.pending.value).toEqual([]);
  });

  it('keeps an unsent reply over a reload, and sends it once when the connection is there', async () => {
    const first = await start();
    first.relay.setStatus('lost');
    await first.outbox.add(reply(ID, 'Written in a tunnel'));
    await vi.waitFor(() => expect(first.outbox.pending.value).toMatchObject([{ state: 'waiting' }]));
    first.outbox.stop();

    const relay = scriptedRelay();
    relay.handlers['message:send'] = ({ id, text }) => ok(message(2, text, { id, by: megan }));
    const second = await start(relay);
    await vi.waitFor(() => expect(second.sent).toEqual(['Written in a tunnel']));
    expect(relay.requests('message:send')).toMatchObject([{ id: ID, text: 'Written in a tunnel' }]);

    const third = await start();
    expect(third.outbox.pending.value).toEqual([]);
  });

  it('sends nothing that another person wrote on this machine', async () => {
    const first = await start();
    first.relay.setStatus('lost');
    await first.outbox.add(reply(ID, 'Megan’s words'));
    first.outbox.stop();
    const other = await start(scriptedRelay(), '00000000-0000-4000-8000-000000000099');
    expect(other.outbox.pending.value).toEqual([]);
  });

  it('holds a reply that a colleague was faster than, until the writer decides', async () => {
    const { relay, outbox, sent } = await start();
    relay.handlers['message:send'] = ({ id, text, seen }) =>
      seen === undefined ? ok(message(3, text, { id, by: megan })) : failed('ANSWERED');
    await outbox.add(reply(ID, 'Let me see'));
    await vi.waitFor(() => expect(outbox.pending.value).toMatchObject([{ id: ID, state: 'held' }]));
    await outbox.sendAllTheSame(ID);
    await vi.waitFor(() => expect(sent).toEqual(['Let me see']));
    expect(relay.requests('message:send').map((request) => [request.id, request.seen])).toEqual([
      [ID, 1],
      [ID, undefined],
    ]);
  });

  it('keeps the order: what was written second waits for the first', async () => {
    const { relay, outbox, sent } = await start();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    relay.handlers['message:send'] = async ({ id, text }) => {
      if (text === 'first') await gate;
      return ok(message(2, text, { id, by: megan }));
    };
    await outbox.add(reply('00000000-0000-4000-8000-000000000f01', 'first'));
    await outbox.add(reply('00000000-0000-4000-8000-000000000f02', 'second'));
    await vi.waitFor(() => expect(relay.requests('message:send')).toHaveLength(1));
    open();
    await vi.waitFor(() => expect(sent).toEqual(['first', 'second']));
  });

  it('shows a refusal as failed, lets the next one through, and gives the words back', async () => {
    const { relay, outbox, sent } = await start();
    relay.handlers['message:send'] = ({ id, text }) =>
      text === 'mine' ? failed('NOT_YOURS') : ok(message(2, text, { id, by: megan }));
    await outbox.add(reply(ID, 'mine'));
    await outbox.add(reply('00000000-0000-4000-8000-000000000f02', 'next'));
    await vi.waitFor(() => expect(sent).toEqual(['next']));
    expect(outbox.pending.value).toMatchObject([{ id: ID, state: 'failed', refused: 'NOT_YOURS' }]);
    expect(await outbox.takeBack(ID)).toBe('mine');
    expect(outbox.pending.value).toEqual([]);
  });

  it('is held by no disk that does not answer: what was written is sent from memory, once', async () => {
    const before = await start();
    before.relay.setStatus('lost');
    await before.outbox.add(reply(ID, 'on the disk'));
    before.outbox.stop();
    const relay = scriptedRelay();
    relay.setStatus('lost');
    const { outbox, sent } = await start(relay);
    await vi.waitFor(() => expect(outbox.pending.value).toMatchObject([{ id: ID, state: 'waiting' }]));

    const release = await holdTheDisk();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    relay.handlers['message:send'] = ({ id, text }) => ok(message(2, text, { id, by: megan }));
    relay.setStatus('online');
    void outbox.add(reply('00000000-0000-4000-8000-000000000f02', 'in memory'));
    await vi.waitFor(() => {
      vi.advanceTimersByTime(1_000);
      expect(sent).toEqual(['on the disk', 'in memory']);
    });
    release();
    await vi.waitFor(async () => expect(await (await openOutboxStore()).all(megan.id)).toEqual([]));
    expect(relay.requests('message:send')).toHaveLength(2);
  });

  it.each([
    ['to open', async () => vi.stubGlobal('indexedDB', { open: () => ({}) })],
    [
      'to read',
      async () => {
        await openOutboxStore();
        onTestFinished(await holdTheDisk());
      },
    ],
  ])('begins without a disk that does not answer when it is asked %s', async (_, hang) => {
    await hang();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const starting = start();
    let started: Awaited<typeof starting> | undefined;
    void starting.then((one) => {
      started = one;
    });
    await vi.waitFor(() => {
      vi.advanceTimersByTime(1_000);
      expect(started).toBeDefined();
    });
    const { relay, outbox, sent } = await starting;
    relay.handlers['message:send'] = ({ id, text }) => ok(message(2, text, { id, by: megan }));
    void outbox.add(reply(ID, 'from memory'));
    await vi.waitFor(() => {
      vi.advanceTimersByTime(1_000);
      expect(sent).toEqual(['from memory']);
    });
  });

  it('keeps and sends a card number by its last four digits alone', async () => {
    const { relay, outbox } = await start();
    relay.setStatus('lost');
    await outbox.add(reply(ID, 'Is it 5500-0000-0000-0004?'));
    expect(await (await openOutboxStore()).all(megan.id)).toMatchObject([
      { id: ID, text: 'Is it ••••-••••-••••-0004?' },
    ]);
    relay.handlers['message:send'] = ({ id, text }) => ok(message(2, text, { id, by: megan }));
    relay.setStatus('online');
    outbox.drain();
    await vi.waitFor(() =>
      expect(relay.requests('message:send')).toMatchObject([{ id: ID, text: 'Is it ••••-••••-••••-0004?' }]),
    );
  });
});
