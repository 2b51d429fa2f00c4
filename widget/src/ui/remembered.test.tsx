import type { Result } from '@fullname/shared/errors';
import { failed } from '@fullname/shared/errors';
import type { Remembered } from '@fullname/shared/events';
import type { PublicConversation } from '@fullname/shared/model';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { makeClock } from '../clock.ts';
import { said } from '../said.ts';
import * as hant from '../speech-zh-hant.ts';
import { en as strings } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { en as words } from '../words.ts';
import { Menu, type MenuProps } from './Menu.tsx';
import type { Spoken } from './parts.tsx';
import { makeRemembered } from './remembered.ts';

const english: Spoken = { strings, words, locale: 'en', clock: makeClock('en') };
const taiwanese: Spoken = { ...hant, locale: 'zh-Hant', clock: makeClock('zh-Hant') };
const MEGAN = { id: 'p1', fullName: 'Megan Kajitani' };
const AT = '2026-03-03T10:00:00.000Z';

const NOTE: Remembered = {
  ...{ kind: 'preference', id: 'n1', text: 'Deliveries after three', source: 'noticed' },
  ...{ quote: 'I am home from three.', person: MEGAN, at: AT },
};
const EMAIL: Remembered = { kind: 'claim', id: 'e1', what: 'email', value: 'ada@example.com', at: AT };
const ALL: readonly Remembered[] = [
  NOTE,
  { ...NOTE, id: 'n2', text: 'No lilies' },
  EMAIL,
  { kind: 'claim', id: 'e2', what: 'name', value: 'Ada Sund', at: null },
  { kind: 'claim', id: 'e3', what: 'phone', value: '+46 8 123 45 67', at: AT },
  { kind: 'labels', id: 'l1', labels: { plan: 'Gold', visits: 3, member: true } },
  {
    kind: 'page-events',
    id: 'v1',
    events: [
      { id: 'x1', name: 'basket', meta: { sum: 40 }, at: '2026-03-03T10:00:00.000Z' },
      { id: 'x2', name: 'checkout', meta: {}, at: '2026-03-03T10:05:00.000Z' },
    ],
  },
  {
    ...{ kind: 'device', id: 'd1', device: 'Firefox · Mac', locale: 'de' },
    pages: [
      { url: 'https://shop.example/roses', title: 'Roses' },
      { url: 'https://shop.example/', title: '' },
    ],
  },
  {
    ...{ kind: 'call-back', id: 'c1', from: '2026-03-04T13:00:00.000Z', to: '2026-03-04T14:00:00.000Z' },
    ...{ way: 'telephone', phone: '+46 8 765', person: MEGAN },
  },
  { kind: 'push', id: 'p1', device: 'Firefox · Android', at: AT },
  { kind: 'push', id: 'p2', device: null, at: AT },
  { kind: 'proven', name: 'Ada Lind', email: 'ada@lind.example' },
];

afterEach(cleanup);

type Answers = {
  readonly read?: () => Result<readonly Remembered[]> | Promise<Result<readonly Remembered[]>>;
  readonly remove?: (id: string) => Result<object>;
  readonly conversation?: PublicConversation | null;
};

function aTalk({ read, remove, conversation = null }: Answers = {}) {
  const ask = vi.fn(async (name: string, asked: { readonly id?: string }): Promise<Result<unknown>> => {
    if (name === 'remembered:read') return read ? read() : { ok: true, value: ALL };
    return remove ? remove(asked.id ?? '') : { ok: true, value: {} };
  });
  return {
    ...{ ask: ask as unknown as Talk['ask'], asked: ask },
    sounds: () => Promise.reject(new Error('There is no line here.')),
    findPeople: async () => failed('UNAVAILABLE'),
    askFor: async () => failed('UNAVAILABLE'),
    thread: { state: () => ({ conversation }) },
  };
}

async function click(element: HTMLElement): Promise<void> {
  await act(async () => void fireEvent.click(element));
}

async function open(talk: MenuProps['talk'], shared: Spoken = english): Promise<HTMLElement> {
  render(<Menu shared={shared} talk={talk} onTranscript={vi.fn()} onLocale={vi.fn()} />);
  await click(screen.getByText(shared.words.remembered));
  return screen.findByRole('dialog', { name: shared.words.remembered });
}

const group = async (dialog: HTMLElement, name: string) =>
  within(await within(dialog).findByRole('region', { name }));

test('nothing is asked for before it is opened, and without a conversation there is nothing to open', () => {
  const talk = aTalk();
  const { rerender } = render(
    <Menu shared={english} talk={talk} onTranscript={vi.fn()} onLocale={vi.fn()} />,
  );
  expect(screen.getByText(words.remembered)).toBeTruthy();
  expect(talk.asked).not.toHaveBeenCalled();
  rerender(<Menu shared={english} talk={null} onTranscript={null} onLocale={vi.fn()} />);
  expect(screen.queryByText(words.remembered)).toBeNull();
});

test.each([
  ['where something is remembered', ALL],
  ['where nothing is', []],
])('nobody reads along while one types, and it says so, %s', async (_, all) => {
  const dialog = await open(aTalk({ read: () => ({ ok: true, value: all }) }));
  expect((await within(dialog).findByText(/read by nobody before you send it/)).textContent).not.toBe('');
});

test('what people noted is there with its words, who noted it, and when', async () => {
  const dialog = await open(aTalk());
  const items = (await group(dialog, 'Noted by us')).getAllByRole('listitem');
  expect(items).toHaveLength(2);
  expect(items[0]?.textContent).toContain('Deliveries after three');
  expect(items[0]?.querySelector('q')?.textContent).toBe('I am home from three.');
  expect(items[0]?.textContent).toMatch(/Noted by Megan Kajitani, March [34], 2026/);
  expect(items[0]?.querySelector('time')?.getAttribute('datetime')).toBe(AT);
});

test('everything else is there under its own heading, in the visitor’s words, and can be removed', async () => {
  const dialog = await open(aTalk());
  const text = async (name: string) =>
    (await within(dialog).findByRole('region', { name })).textContent ?? '';
  expect(await text('What you told us')).toMatch(
    /E-mailada@example\.comFrom you, March [34], 2026Remove.*NameAda SundFrom youRemove/,
  );
  expect(await text('What you told us')).toContain('No letter from this chat goes to an address');
  expect(await text('What this website told us')).toMatch(/planGoldvisits3membertrue/);
  // The latest first.
  expect(await text('What this website told us')).toMatch(/checkout.*basket · sum: 40/);
  expect(await text('Your browser')).toMatch(/Firefox · MacLanguageGermanLast pagesRoseshttps:\/\/shop/);
  expect(await text('Planned for you')).toMatch(
    /March [45], 2026.*By telephone: \+46 8 765 · Megan Kajitani/,
  );
  expect(await text('Devices that tell you of answers')).toMatch(
    /Firefox · AndroidSince March [34], 2026RemoveA device of yoursSince March [34], 2026Remove/,
  );
  expect(await text('Devices that tell you of answers')).toContain('tells you nothing any more');
  expect(
    within(dialog).getByRole('button', { name: /^Remove: Firefox · Android, March [34], 2026$/ }),
  ).toBeTruthy();
  expect(within(dialog).getAllByRole('button', { name: /^(Remove|Take back): / })).toHaveLength(11);
});

test('what the site has signed stands last, without a button, with whom to ask', async () => {
  const card = { ...MEGAN, title: null, here: true, backAt: null };
  const conversation: PublicConversation = {
    ...{ id: 'c', status: 'open', holder: card, contact: null },
    ...{ publicSeq: 1, read: 0, agentRead: 0, agentDelivered: 0, promises: [] },
  };
  const stays = await group(await open(aTalk({ conversation })), 'What stays');
  expect(stays.getByText('Ada Lind')).toBeTruthy();
  expect(stays.getByText('ada@lind.example')).toBeTruthy();
  expect(stays.queryByRole('button')).toBeNull();
  expect(stays.getByText('Megan Kajitani')).toBeTruthy();
  cleanup();
  const alone = await group(await open(aTalk()), 'What stays');
  expect(alone.getByText(/write to us in this chat/)).toBeTruthy();
});

test('what is removed is gone, and says so in its place', async () => {
  const talk = aTalk();
  const dialog = await open(talk);
  await click(await within(dialog).findByRole('button', { name: 'Remove: ada@example.com' }));
  expect(talk.asked).toHaveBeenLastCalledWith('remembered:remove', { id: 'e1' });
  const gone = await within(dialog).findByText('Removed.');
  await vi.waitFor(() => expect(document.activeElement).toBe(gone));
  expect(dialog.textContent).toContain('No lilies');
  expect(dialog.textContent).not.toContain('ada@example.com');
  await click(within(dialog).getByRole('button', { name: 'Remove: No lilies' }));
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Removed.'));
  expect(within(dialog).getAllByText('Removed.')).toHaveLength(2);
});

test('what could not be removed stays, and says so', async () => {
  const dialog = await open(aTalk({ remove: () => failed('UNAVAILABLE') }));
  await click(await within(dialog).findByRole('button', { name: 'Remove: No lilies' }));
  expect((await within(dialog).findByRole('alert')).textContent).toContain('could not be removed');
  expect(within(dialog).getByRole('button', { name: 'Remove: No lilies' })).toBeTruthy();
});

test('a kind of a later release is passed over', async () => {
  const later = { kind: 'horoscope', id: 'h1', text: 'Aries' } as unknown as Remembered;
  const dialog = await open(aTalk({ read: () => ({ ok: true, value: [later, EMAIL] }) }));
  expect(await within(dialog).findByText('ada@example.com')).toBeTruthy();
  expect(dialog.textContent).not.toContain('Aries');
  expect(within(dialog).getAllByRole('listitem')).toHaveLength(1);
});

test('while it is read its place is kept; nothing noted is one sentence; no line is another, with a way on', async () => {
  let answer: (result: Result<readonly Remembered[]>) => void = () => undefined;
  const reading = new Promise<Result<readonly Remembered[]>>((resolve) => {
    answer = resolve;
  });
  const slow = await open(aTalk({ read: () => reading }));
  expect(within(slow).getByRole('status').textContent).toBe('One moment…');
  expect(slow.querySelectorAll('.bones i')).toHaveLength(3);
  await act(async () => answer({ ok: true, value: [] }));
  expect(await within(slow).findByText('Nothing is noted of you here.')).toBeTruthy();
  expect(slow.querySelector('.bones')).toBeNull();
  cleanup();
  const answers: Result<readonly Remembered[]>[] = [failed('UNAVAILABLE')];
  const dialog = await open(aTalk({ read: () => answers.shift() ?? { ok: true, value: [NOTE] } }));
  expect(await within(dialog).findByText(/No connection just now/)).toBeTruthy();
  await click(within(dialog).getByText(words.retry));
  expect(await within(dialog).findByText('Deliveries after three')).toBeTruthy();
  expect(within(dialog).queryByText(/No connection just now/)).toBeNull();
});

test('Esc is the list’s own, and closing it leads back to the menu', async () => {
  const escaped = vi.fn();
  document.addEventListener('keydown', escaped);
  const dialog = await open(aTalk(), taiwanese);
  await act(() => void fireEvent.keyDown(dialog, { key: 'Escape' }));
  document.removeEventListener('keydown', escaped);
  expect(escaped).not.toHaveBeenCalled();
  await click(within(dialog).getByRole('button', { name: '返回對話' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByText('我們為您記下的事')).toBeTruthy();
});

test('an owner’s own words stand in the place of ours', async () => {
  const own = { remove: 'Take it away', empty: 'We know nothing of you.', noted: 'Noted' };
  const settings = said as { strings?: object };
  settings.strings = { en: own };
  try {
    const { said: spoken } = await makeRemembered('en');
    expect([spoken.remove, spoken.empty]).toEqual([own.remove, own.empty]);
    // Without the place for the name it would be lost.
    expect(spoken.noted).toBe('Noted by {0}, {1}');
    expect((await makeRemembered('zh-Hant')).said.remove).not.toBe(own.remove);
  } finally {
    delete settings.strings;
  }
});
