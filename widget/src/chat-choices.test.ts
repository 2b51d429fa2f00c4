import { failed } from '@fullname/shared/errors';
import { isId } from '@fullname/shared/ids';
import type { PublicEntry } from '@fullname/shared/model';
import { expect, test, vi } from 'vitest';
import type { Chat } from './chat.ts';
import { eachInANewBrowser, head, openChat, relay, store, texts } from './testing/chat.ts';

eachInANewBrowser();

const OFFER = '00000000-0000-4000-8000-0000000000aa';
const fromOffer = { offer: OFFER, option: 1, text: 'Free delivery' };
const chosenAs = (conversation: string, id: string, choice: string): PublicEntry => ({
  ...{ id, at: '2026-03-03T10:00:00.000Z', conversation, publicSeq: relay.log.length + 1 },
  ...{ kind: 'extra-chosen', offer: OFFER, choice },
});

/** A conversation in which something was offered. */
async function offeredChat(): Promise<Chat> {
  const chat = await openChat();
  await chat.send('hello');
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello']));
  return chat;
}
const choices = () => relay.heard.filter(([name]) => name === 'extra:choose').map(([, payload]) => payload);

test('a choice whose answer was lost is sent again as the same choice, and is drawn meanwhile', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const chat = await offeredChat();
  relay.answers['extra:choose'] = ({ conversation, id }) => {
    if (choices().length === 1) return failed('UNAVAILABLE');
    const entry = chosenAs(String(conversation), String(id), 'Free delivery');
    relay.log.push(entry);
    return { ok: true, value: entry };
  };
  await chat.talk()?.choose(fromOffer);
  await chat.talk()?.choose({ ...fromOffer, option: 0, text: 'A second press' });
  expect(chat.state().items.map((item) => item.text)).toEqual(['Free delivery']);
  await vi.waitFor(() => expect(texts(chat)).toEqual(['hello', 'extra-chosen']));
  expect(chat.state().items).toEqual([]);
  expect(choices()).toHaveLength(2);
  expect(choices()[0]).toEqual(choices()[1]);
  expect(choices()[0]).toMatchObject({ offer: OFFER, choice: 1 });
  expect(isId(choices()[0]?.id)).toBe(true);
  vi.restoreAllMocks();
});

test('a choice that was made without a line outlives the page; something else goes in its own words', async () => {
  const before = await offeredChat();
  relay.down = true;
  relay.drop();
  await before.talk()?.choose({ offer: OFFER, option: null, text: '  A card,\r\nplease ' });
  expect(choices()).toEqual([]);

  relay.down = false;
  relay.answers['extra:choose'] = ({ conversation, id, choice }) => {
    const entry = chosenAs(String(conversation), String(id), String(choice));
    relay.log.push(entry);
    return { ok: true, value: entry };
  };
  const after = await openChat();
  await vi.waitFor(() => expect(choices()).toMatchObject([{ offer: OFFER, choice: 'A card,\nplease' }]));
  await vi.waitFor(() => expect(texts(after)).toContain('extra-chosen'));
});

test('what was chosen elsewhere already settles quietly', async () => {
  const chat = await offeredChat();
  relay.answers['extra:choose'] = () => failed('CONFLICT');
  await chat.talk()?.choose(fromOffer);
  await vi.waitFor(() => expect(chat.state().items).toEqual([]));
  expect(choices()).toHaveLength(1);
  expect(await (await store()).list('outbox/')).toEqual([]);
});

test('a choice that was refused here is dropped when another window’s choice comes', async () => {
  const chat = await offeredChat();
  relay.answers['extra:choose'] = () => failed('BLOCKED');
  await chat.talk()?.choose(fromOffer);
  await vi.waitFor(() => expect(chat.state().items[0]?.failed).toBe('BLOCKED'));
  const { conversation } = choices()[0] ?? {};
  relay.say(
    'conversation:changed',
    chosenAs(String(conversation), '00000000-0000-4000-8000-0000000000bb', 'A bunch of tulips'),
    head(String(conversation), 2),
  );
  expect(chat.state().items).toEqual([]);
  expect(texts(chat)).toEqual(['hello', 'extra-chosen']);
});
