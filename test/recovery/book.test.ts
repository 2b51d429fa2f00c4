import { randomUUID } from 'node:crypto';
import type { PhraseDraft } from '@fullname/shared/api';
import { LOCALES } from '@fullname/shared/locale';
import { SITUATIONS } from '@fullname/shared/situation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPhrase, changePhrase, listPhrases } from '../../server/src/bible/phrases.ts';
import { fillStarterBook, STARTER_BOOK } from '../../server/src/bible/starter.ts';
import { openStore, type Store } from './store.ts';

let store: Store;

beforeAll(async () => {
  store = await openStore();
}, 60_000);
afterAll(() => store?.close());

const owner = () => ({ ...store.megan, role: 'owner' as const });
const agent = () => ({ ...store.yijun, role: 'agent' as const });
const draft = (text: string, values: Partial<PhraseDraft> = {}): PhraseDraft => ({
  locale: 'en',
  situation: 'hello',
  text,
  reason: 'because',
  ...values,
});
const find = async (id: string) => (await listPhrases(store.db)).phrases.find((phrase) => phrase.id === id);

test('the starter book is written into an empty store once, even by two relays, in its own order', async () => {
  const [one, other] = await Promise.all([fillStarterBook(store.db), fillStarterBook(store.db)]);
  expect(Math.min(one, other)).toBe(0);
  const { version, phrases } = await listPhrases(store.db);
  expect(version).toBe(1);
  expect(phrases).toHaveLength(one + other);
  for (const locale of LOCALES) {
    const book = (await listPhrases(store.db, locale)).phrases;
    expect(new Set(book.map((phrase) => phrase.situation))).toEqual(new Set(SITUATIONS));
    expect(book.every((phrase) => phrase.locale === locale && phrase.status === 'published')).toBe(true);
    const hello = book.filter((phrase) => phrase.situation === 'hello').map((phrase) => phrase.text);
    expect(hello).toEqual(STARTER_BOOK[locale].hello.map((phrase) => phrase.text));
  }
});

test('an agent’s phrase is proposed, whatever its draft says; an owner’s is published; each raises the version', async () => {
  const { version } = await listPhrases(store.db);
  const proposed = await addPhrase(store.db, draft('Good day.', { status: 'published' }), agent());
  expect(proposed.phrase).toMatchObject({ status: 'proposed', by: store.yijun });
  const published = await addPhrase(store.db, draft('Good evening.', { tags: ['brief'] }), owner());
  expect(published.phrase).toMatchObject({
    status: 'published',
    by: store.megan,
    tags: ['brief'],
    notWhen: null,
  });
  expect([proposed.version, published.version]).toEqual([version + 1, version + 2]);
  expect(await find(proposed.phrase.id)).toEqual(proposed.phrase);
  expect(await find(published.phrase.id)).toEqual(published.phrase);
});

test('the same draft sent twice is one phrase and one change', async () => {
  const first = await addPhrase(store.db, draft('Once.', { tags: ['brief'], notWhen: 'never' }), owner());
  const again = await addPhrase(store.db, draft('Once.', { tags: ['brief'], notWhen: 'never' }), owner());
  expect(again).toEqual(first);
});

test('an agent’s change of a published phrase becomes a proposal beside it', async () => {
  const { phrase } = await addPhrase(store.db, draft('Hello you.'), owner());
  const change = { id: phrase.id, draft: draft('Hello {customer.name|there}.') };
  const changed = await changePhrase(store.db, change, agent());
  expect(changed.phrase).toMatchObject({
    status: 'proposed',
    by: store.yijun,
    text: 'Hello {customer.name|there}.',
  });
  expect(changed.phrase.id).not.toBe(phrase.id);
  expect(await find(phrase.id)).toEqual(phrase);
});

test('an agent may change their own proposal, and cannot publish it; an owner publishes and retires', async () => {
  const { phrase, version } = await addPhrase(store.db, draft('First try.'), agent());
  const own = { id: phrase.id, draft: draft('Second try.', { status: 'published' }) };
  expect((await changePhrase(store.db, own, agent())).phrase).toMatchObject({
    id: phrase.id,
    status: 'proposed',
    text: 'Second try.',
  });
  const approved = await changePhrase(store.db, { id: phrase.id, draft: draft('Second try.') }, owner());
  expect(approved.phrase).toMatchObject({ id: phrase.id, status: 'published', by: store.yijun });
  const retired = { id: phrase.id, draft: draft('Second try.', { status: 'retired' }) };
  expect((await changePhrase(store.db, retired, owner())).version).toBe(version + 3);
  expect(await find(phrase.id)).toBeUndefined();
});

test.each([
  ['a misspelt placeholder', { text: 'Hello {customer.nmae}' }, 'INVALID_PAYLOAD'],
  ['a placeholder left open', { text: 'Hello {customer.name' }, 'INVALID_PAYLOAD'],
  ['no words', { text: ' \u0000 ' }, 'EMPTY'],
  ['no reason', { reason: '' }, 'EMPTY'],
  ['too many words', { text: 'x'.repeat(1001) }, 'TOO_LONG'],
  ['a tag with spaces', { tags: ['two words'] }, 'INVALID_PAYLOAD'],
])('%s is refused and changes nothing', async (_what, values, code) => {
  const before = await listPhrases(store.db);
  const add = async () => addPhrase(store.db, draft('Hello.', values), owner());
  await expect(add()).rejects.toMatchObject({ code });
  expect(await listPhrases(store.db)).toEqual(before);
});

test('a phrase that is not there cannot be changed', async () => {
  const change = { id: randomUUID(), draft: draft('Hello.') };
  await expect(changePhrase(store.db, change, owner())).rejects.toMatchObject({ code: 'UNKNOWN' });
});
