import { failed, ok } from '@fullname/shared/errors';
import { describe, expect, it, vi } from 'vitest';
import { openInbox } from './inbox.ts';
import { memoryStore } from './outbox-store.ts';
import {
  CONVERSATION,
  emptyPane,
  lin,
  megan,
  message,
  opened,
  row,
  type ScriptedRelay,
  scriptedRelay,
} from './testing/scripted-relay.ts';

async function start(relay: ScriptedRelay = scriptedRelay()) {
  const inbox = await openInbox({
    connection: relay,
    store: memoryStore(),
    me: megan.id,
    onOtherPerson: () => undefined,
  });
  return { relay, inbox };
}

async function open(first = opened()) {
  const { relay, inbox } = await start();
  relay.handlers['conversation:open'] = () => ok(first);
  inbox.select(CONVERSATION);
  const thread = await vi.waitFor(() => {
    const now = inbox.open.value;
    if (now.state !== 'ready') throw new Error('not open yet');
    return now.thread;
  });
  return { relay, inbox, thread };
}

const texts = (entries: readonly object[]) => entries.map((entry) => ('text' in entry ? entry.text : ''));

describe('an open conversation', () => {
  it('fetches what is missing before it draws what came after', async () => {
    const { relay, thread } = await open();
    relay.handlers['entries:fetch'] = () =>
      ok({ entries: [message(2, 'second'), message(3, 'third')], seq: 3, more: false });
    relay.emit('message:sent', message(3, 'third'));
    expect(texts(thread.log.value.entries)).toEqual(['Hello']);
    await vi.waitFor(() => expect(texts(thread.log.value.entries)).toEqual(['Hello', 'second', 'third']));
    expect(relay.requests('entries:fetch')).toMatchObject([{ conversation: CONVERSATION, after: 1 }]);
  });

  it('learns from a head that the last message was missed', async () => {
    const { relay, thread } = await open();
    relay.handlers['entries:fetch'] = () => ok({ entries: [message(2, 'missed')], seq: 2, more: false });
    relay.emit('heads', {
      heads: [{ conversation: CONVERSATION, seq: 2, visitorRead: 1, visitorDelivered: 2 }],
      counts: { waiting: 4, mine: 1 },
    });
    await vi.waitFor(() => expect(texts(thread.log.value.entries)).toEqual(['Hello', 'missed']));
    expect(thread.detail.value).toMatchObject({ visitorRead: 1, visitorDelivered: 2 });
  });

  it('forgets what its visitor has had removed, beside the log and in its lines', async () => {
    const given = (email: string) => ({ ...message(2, ''), kind: 'email-given' as const, email });
    const { relay, thread } = await open(
      opened({ entries: [message(1, 'Hello'), given('a@example.com'), message(3, 'Bye')] }),
    );
    const left = { conversation: CONVERSATION, email: null, page: null, device: null };
    relay.emit('visitor:changed', {
      ...left,
      entries: [given(''), message(9, 'of a page that is not drawn')],
    });
    expect(thread.detail.value).toMatchObject({ email: null, page: null, device: null });
    expect(thread.log.value.entries).toMatchObject([{ seq: 1 }, { seq: 2, email: '' }, { seq: 3 }]);
  });

  it('is read again after the connection was away', async () => {
    const { relay, thread } = await open();
    relay.setStatus('lost');
    const after = opened({ entries: [message(1, 'Hello'), message(2, 'while away')], pane: emptyPane() });
    relay.handlers['conversation:open'] = () => ok(after);
    relay.setStatus('online');
    await vi.waitFor(() => expect(texts(thread.log.value.entries)).toEqual(['Hello', 'while away']));
  });

  it('draws an own reply at once, and clears the draft when it is stored', async () => {
    const { relay, thread } = await open();
    let answer: (value: ReturnType<typeof ok<ReturnType<typeof message>>>) => void = () => undefined;
    relay.handlers['message:send'] = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    thread.draft.write('reply', 'Good morning');
    await thread.send('reply', 'Good morning');
    expect(thread.draft.reply.value).toBe('');
    expect(thread.pending.value).toMatchObject([{ text: 'Good morning', state: 'sending' }]);
    await vi.waitFor(() => expect(relay.requests('message:send')).toHaveLength(1));
    const id = relay.requests('message:send')[0]?.id ?? '';
    answer(ok(message(2, 'Good morning', { id, by: megan })));
    await vi.waitFor(() => expect(thread.pending.value).toEqual([]));
    expect(texts(thread.log.value.entries)).toEqual(['Hello', 'Good morning']);
  });

  it('keeps an own reply on the screen while what came before it is fetched', async () => {
    const { relay, thread } = await open();
    let give: () => void = () => undefined;
    relay.handlers['entries:fetch'] = () =>
      new Promise((resolve) => {
        give = () => resolve(ok({ entries: [message(2, 'missed'), own], seq: 3, more: false }));
      });
    relay.handlers['message:send'] = ({ id }) => ok(message(3, 'Good morning', { id, by: megan }));
    await thread.send('reply', 'Good morning');
    await vi.waitFor(() => expect(relay.requests('entries:fetch')).toHaveLength(1));
    const own = message(3, 'Good morning', { id: relay.requests('message:send')[0]?.id ?? '', by: megan });
    expect(texts(thread.log.value.entries)).toEqual(['Hello']);
    expect(thread.pending.value).toMatchObject([{ text: 'Good morning' }]);
    give();
    await vi.waitFor(() =>
      expect(texts(thread.log.value.entries)).toEqual(['Hello', 'missed', 'Good morning']),
    );
    expect(thread.pending.value).toEqual([]);
  });

  it('knows what was read, also when it was opened again by an answer from before that', async () => {
    const { relay, thread } = await open(opened({ detail: { read: 0, visitorRead: 0 } }));
    relay.setStatus('lost');
    let give: () => void = () => undefined;
    relay.handlers['conversation:open'] = () =>
      new Promise((resolve) => {
        const late = opened({
          detail: { read: 0, visitorRead: 0 },
          entries: [message(1, 'Hello'), message(2, 'while away')],
        });
        give = () => resolve(ok(late));
      });
    relay.setStatus('online');
    await vi.waitFor(() => expect(relay.requests('conversation:open')).toHaveLength(2));
    thread.read();
    thread.receipt({ visitorRead: 1 });
    give();
    await vi.waitFor(() => expect(texts(thread.log.value.entries)).toEqual(['Hello', 'while away']));
    expect(thread.detail.value).toMatchObject({ read: 1, visitorRead: 1 });
  });

  it('says with each reply what was on the screen, so that the relay can hold it', async () => {
    const { relay, thread } = await open(
      opened({ entries: [message(1, 'Hello'), message(2, 'Are you there?')] }),
    );
    relay.handlers['message:send'] = () => failed('ANSWERED');
    await thread.send('reply', 'Let me see');
    await vi.waitFor(() => expect(thread.pending.value).toMatchObject([{ state: 'held' }]));
    expect(relay.requests('message:send')).toMatchObject([{ seen: 2 }]);
  });

  it('follows the draft of another tab, unless it has words of its own that are not saved yet', async () => {
    const { relay, thread } = await open(opened({ draft: 'Dear Anna' }));
    const key = `fullname.console.draft.${megan.id}.${CONVERSATION}`;
    const elsewhere = (reply: string) => {
      localStorage.setItem(key, JSON.stringify({ reply, note: '', saved: false }));
      window.dispatchEvent(new StorageEvent('storage', { key }));
    };
    elsewhere('Dear Anna, your');
    expect(thread.draft.reply.value).toBe('Dear Anna, your');
    relay.setStatus('lost');
    thread.draft.write('reply', 'Only here');
    elsewhere('Dear Anna, your parcel');
    expect(thread.draft.reply.value).toBe('Only here');
    localStorage.removeItem(key);
  });

  it('that could not be had is asked for again by another click on its row', async () => {
    const { relay, inbox } = await start();
    relay.handlers['conversation:open'] = () => failed('TOO_MANY');
    inbox.select(CONVERSATION);
    await vi.waitFor(() => expect(inbox.open.value.state).toBe('failed'));
    relay.handlers['conversation:open'] = () => ok(opened());
    inbox.select(CONVERSATION);
    await vi.waitFor(() => expect(inbox.open.value.state).toBe('ready'));
    inbox.select(CONVERSATION);
    expect(relay.requests('conversation:open')).toHaveLength(2);
  });

  it('keeps each conversation’s words apart', async () => {
    const { relay, inbox, thread } = await open();
    thread.draft.write('reply', 'for Anna only');
    const other = '00000000-0000-4000-8000-0000000000bb';
    relay.handlers['conversation:open'] = () => ok(opened({ detail: { id: other } }));
    inbox.select(other);
    const second = await vi.waitFor(() => {
      const now = inbox.open.value;
      if (now.state !== 'ready' || now.id !== other) throw new Error('not open yet');
      return now.thread;
    });
    expect(second.draft.reply.value).toBe('');
    expect(relay.requests('draft:save')).toEqual([{ conversation: CONVERSATION, text: 'for Anna only' }]);
  });
});

describe('the list of conversations', () => {
  const waiting = (id: string, since: string, version = 1) =>
    row({ id, status: 'waiting', holder: null, waitingSince: since, version });
  const early = waiting('00000000-0000-4000-8000-0000000000e1', '2026-11-21T09:00:00.000Z');
  const late = waiting('00000000-0000-4000-8000-0000000000e2', '2026-11-21T09:30:00.000Z');

  async function startWith(rows: ReturnType<typeof row>[], next: string | null = null) {
    const { relay, inbox } = await start();
    relay.handlers['conversation:list'] = () => ok({ rows, next });
    inbox.list.reload();
    await vi.waitFor(() => expect(inbox.list.state.value).toBe('ready'));
    return { relay, inbox };
  }

  it('puts who has waited longest first, and takes out who was taken', async () => {
    const { relay, inbox } = await startWith([late]);
    relay.emit('rows:changed', [early]);
    expect(inbox.list.rows.value.map((one) => one.id)).toEqual([early.id, late.id]);
    relay.emit('rows:changed', [{ ...early, status: 'open', holder: lin, version: 2 }]);
    expect(inbox.list.rows.value.map((one) => one.id)).toEqual([late.id]);
  });

  it('goes with a conversation that was taken from Waiting to Mine', async () => {
    const { relay, inbox } = await startWith([early]);
    const before = opened({ detail: { ...early, publicSeq: 1 } });
    relay.handlers['conversation:open'] = () => ok(before);
    inbox.select(early.id);
    const thread = await vi.waitFor(() => {
      const now = inbox.open.value;
      if (now.state !== 'ready') throw new Error('not open yet');
      return now.thread;
    });
    const mine = { ...before.conversation, status: 'open' as const, holder: megan, version: 2 };
    relay.handlers['conversation:take'] = () => ok(mine);
    relay.handlers['conversation:list'] = ({ view }) =>
      ok({ rows: view === 'mine' ? [mine] : [late], next: null });
    expect(await thread.take()).toBeNull();
    expect(inbox.list.view.value).toBe('mine');
    await vi.waitFor(() => expect(inbox.list.state.value).toBe('ready'));
    expect(inbox.list.rows.value.map((one) => one.id)).toEqual([early.id]);
  });

  it('counts what this person has not read in their own conversations, whatever view is shown', async () => {
    const { relay, inbox } = await startWith([early]);
    expect(inbox.list.unread.value).toBe(0);
    relay.emit('rows:changed', [row({ id: late.id, lastSeq: 3 })]);
    expect(inbox.list.unread.value).toBe(1);
    relay.emit('rows:changed', [row({ id: early.id, holder: lin, lastSeq: 3, version: 2 })]);
    expect(inbox.list.unread.value).toBe(1);
    inbox.list.markRead(late.id, 3);
    expect(inbox.list.unread.value).toBe(0);
  });

  it('shows a view as it was left while it reads it again', async () => {
    const { relay, inbox } = await startWith([early, late]);
    inbox.list.show('closed');
    expect(inbox.list.rows.value).toEqual([]);
    await vi.waitFor(() => expect(inbox.list.state.value).toBe('ready'));
    relay.emit('rows:changed', [{ ...early, status: 'open', holder: lin, version: 2 }]);
    relay.handlers['conversation:list'] = () => ok({ rows: [late], next: null });
    inbox.list.show('waiting');
    expect(inbox.list.state.value).toBe('ready');
    expect(inbox.list.rows.value.map((one) => one.id)).toEqual([late.id]);
  });

  it('never lets an older copy of a row overwrite a newer one', async () => {
    const { relay, inbox } = await startWith([late]);
    relay.emit('rows:changed', [{ ...late, name: 'Anna Lindqvist', version: 3 }]);
    relay.emit('rows:changed', [{ ...late, name: null, version: 2 }]);
    expect(inbox.list.rows.value).toMatchObject([{ name: 'Anna Lindqvist', version: 3 }]);
  });

  it('goes on by the relay’s cursor, without doubling a row', async () => {
    const { relay, inbox } = await startWith([early], 'after-early');
    relay.handlers['conversation:list'] = () => ok({ rows: [early, late], next: null });
    inbox.list.more();
    await vi.waitFor(() => expect(inbox.list.hasMore.value).toBe(false));
    expect(inbox.list.rows.value.map((one) => one.id)).toEqual([early.id, late.id]);
    expect(relay.requests('conversation:list').at(-1)).toMatchObject({ cursor: 'after-early' });
  });
});
