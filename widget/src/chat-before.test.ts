import type { PreChat } from '@fullname/shared/site-settings';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Chat } from './chat.ts';
import { said } from './said.ts';
import { eachInANewBrowser, marks, openChat, relay, store, texts } from './testing/chat.ts';

eachInANewBrowser();

describe('where the owner asks something before the first words', () => {
  const asks = (preChat: PreChat) => Object.assign(said, { preChat });
  afterEach(() => {
    Object.assign(said, { preChat: undefined });
  });
  const before = async (chat: Chat) => {
    const asked = (await chat.begin()).before();
    if (!asked) throw new Error('nothing is asked');
    return asked;
  };
  const started = () => relay.heard.find(([name]) => name === 'conversation:start')?.[1];

  test('words wait for what must be said, as the draft, and go with it', async () => {
    asks({ name: 'required', email: 'optional', order: 'off' });
    const chat = await openChat();
    await chat.send('hello');
    expect(chat.state()).toMatchObject({ draft: 'hello', lacks: ['name'], items: [] });
    expect(marks).toEqual([]);
    const asked = await before(chat);
    expect(asked.asked()).toEqual(['name', 'email']);
    asked.introduce({ name: ' Anna ', email: 'anna@' });
    await chat.send(chat.state().draft);
    expect(chat.state()).toMatchObject({ draft: 'hello', lacks: ['email'] });
    asked.introduce({ name: ' Anna ', email: '' });
    await chat.send(chat.state().draft);
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
    expect(started()).toMatchObject({ message: { text: 'hello' }, about: { name: 'Anna' } });
    expect(started()?.about).toEqual({ name: 'Anna' });
    await vi.waitFor(async () => expect(await (await store()).get('about')).toBeUndefined());
    await chat.send('more');
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello', 'more']));
  });

  test('what was filled in is there after a reload, and the words still wait; a card number is not kept', async () => {
    asks({ name: 'required', email: 'off', order: 'required' });
    const first = await openChat();
    (await before(first)).introduce({ name: 'Anna', order: '4111 1111 1111 1111' });
    await vi.waitFor(async () =>
      expect(await (await store()).get('about')).toMatchObject({ order: '•••• •••• •••• 1111' }),
    );
    const again = await openChat();
    await before(again);
    expect(again.state().about).toMatchObject({ name: 'Anna', order: '•••• •••• •••• 1111' });
    await again.send('hello');
    await vi.waitFor(() => expect(texts(again)).toEqual(['hello']));
    expect(started()?.about).toEqual({ name: 'Anna', order: '•••• •••• •••• 1111' });
  });

  test('without a line they are kept, with what was said, and go when it is back', async () => {
    asks({ name: 'required', email: 'off', order: 'off' });
    const chat = await openChat();
    relay.down = true;
    relay.drop();
    (await before(chat)).introduce({ name: 'Anna' });
    await chat.send('hello');
    expect(chat.state().items).toMatchObject([{ text: 'hello' }]);
    relay.down = false;
    await chat.wake();
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
    expect(started()?.about).toEqual({ name: 'Anna' });
  });

  test('who is signed in is not asked for what the signature says, and says nothing else of themself', async () => {
    asks({ name: 'required', email: 'required', order: 'off' });
    const stranger = await openChat();
    (await before(stranger)).introduce({ name: 'Somebody', email: 'some@body.example' });
    relay.visitor = { name: 'Anna', emailKnown: true, identityRefused: false };
    const chat = await openChat();
    expect((await before(chat)).asked()).toEqual([]);
    await chat.send('hello');
    await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
    expect(started()).not.toHaveProperty('about');
  });

  test('files wait too, and go with the words', async () => {
    asks({ name: 'required', email: 'off', order: 'off' });
    const chat = await openChat();
    const talk = await chat.begin();
    const rose = { name: 'rose.png', type: 'image/png' as const, body: new Blob(['x']) };
    await talk.sendFiles([rose]);
    expect(chat.state()).toMatchObject({ lacks: ['name'], held: ['rose.png'], items: [] });
    (await before(chat)).introduce({ name: 'Anna' });
    relay.down = true;
    relay.drop();
    await chat.send('hello');
    expect(chat.state().items).toMatchObject([{ text: 'hello' }, { kind: 'file', text: 'rose.png' }]);
  });

  test('a logout forgets it, in every window', async () => {
    asks({ name: 'optional', email: 'off', order: 'required' });
    const [chat, other] = [await openChat(), await openChat()];
    await before(other);
    (await before(chat)).introduce({ name: 'Anna' });
    await vi.waitFor(() => expect(other.state().about).toMatchObject({ name: 'Anna' }));
    const talk = await chat.begin();
    await talk.sendFiles([{ name: 'rose.png', type: 'image/png', body: new Blob(['x']) }]);
    await chat.logout();
    expect(chat.state()).toMatchObject({ about: {}, held: [], lacks: [] });
    expect((await before(chat)).take([])).toEqual([]);
    expect(await (await store()).list('')).toEqual([]);
    await vi.waitFor(() => expect(other.state().about).toEqual({}));
  });
});
