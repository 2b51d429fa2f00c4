import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBefore } from '../before.ts';
import { makeClock } from '../clock.ts';
import { en as more } from '../more-words.ts';
import { said } from '../said.ts';
import { BLANK, type ChatState } from '../state.ts';
import type { Records } from '../storage/kept.ts';
import { en as strings } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { en as words } from '../words.ts';
import { Begin } from './Begin.tsx';
import { addEarly, makeEarly } from './early.tsx';
import type { Spoken } from './parts.tsx';
import { Thread } from './Thread.tsx';
import { Waiting } from './Waiting.tsx';

const english: Spoken = { strings, words, locale: 'en', clock: makeClock('en') };
const OFFICE = {
  timeZone: 'UTC',
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [['09:00', '17:00'] as const] : [])),
  holidays: [],
};
const STRANGER = { name: null, emailKnown: false, identityRefused: false };
const NOBODY = { kind: 'nobody' as const, backAt: null };

beforeEach(() => {
  // A Saturday.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-07T12:00:00Z') });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  Object.assign(said, { preChat: undefined, hours: undefined, otherWays: undefined });
});

/** The first screen over a model whose state the test turns; its fields are the product's own, kept nowhere. */
async function draw(settings: Partial<typeof said>, first: Partial<ChatState> = {}) {
  Object.assign(said, settings);
  let state: ChatState = { ...BLANK, visitor: STRANGER, open: true, ...first };
  const set = (patch: Partial<ChatState>) => {
    state = { ...state, ...patch };
    redraw();
  };
  const kept = { get: async () => undefined, write: async () => undefined } as unknown as Records;
  const before = createBefore({ kept, state: () => state, set, isBegun: () => false });
  const talk = { before: () => before, sendFiles: vi.fn(async () => undefined) };
  const send = vi.fn(async (_: string) => {
    before.holds();
  });
  const model = { state: () => state, begin: async () => talk as unknown as Talk, send };
  const page = () => [
    <Begin key="begin" chat={state} shared={english} />,
    <textarea key="field" aria-label="Message" />,
  ];
  const drawn = render(page());
  const redraw = () => drawn.rerender(page());
  addEarly(model, set);
  addEarly(model, set);
  // As the screen does, and begun later.
  await act(async () => {
    await makeEarly('en');
  });
  const turn = (patch: Partial<ChatState>) => act(() => set(patch));
  return { ...drawn, before, send, talk, turn };
}

test('what is asked has its words, and what is required is said to be so', async () => {
  await draw({ preChat: { name: 'required', email: 'optional', order: 'off' } });
  expect(screen.getAllByRole('group')).toHaveLength(1);
  const name = screen.getByLabelText<HTMLInputElement>('Your name');
  expect(name.required).toBe(true);
  expect(name.autocomplete).toBe('name');
  const email = screen.getByLabelText<HTMLInputElement>('Your e-mail address (optional)');
  expect(email.required).toBe(false);
  expect(screen.queryByLabelText(/Order/)).toBeNull();
  expect(screen.queryByRole('button', { name: strings.send })).toBeNull();
});

test('who wants to send is led to the first field that lacks, with an alert; then it goes from there', async () => {
  const { before, send, turn } = await draw({
    preChat: { name: 'optional', email: 'required', order: 'required' },
  });
  await turn({ draft: 'hello' });
  await act(() => void before.holds());
  const email = screen.getByLabelText<HTMLInputElement>('Your e-mail address');
  expect(document.activeElement).toBe(email);
  expect(screen.getAllByRole('alert').map((one) => one.textContent)).toEqual([
    more.preMissing,
    more.preMissing,
  ]);
  expect(document.getElementById(email.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    more.preMissing,
  );
  await act(() => void fireEvent.input(email, { target: { value: 'anna@' } }));
  expect(screen.getAllByRole('alert')[0]?.textContent).toBe(more.preBadEmail);
  await act(() => void fireEvent.input(email, { target: { value: 'anna@example.com' } }));
  const order = screen.getByLabelText('Order number');
  order.focus();
  await act(() => void fireEvent.input(order, { target: { value: 'A-1043' } }));
  expect(screen.queryByRole('alert')).toBeNull();
  await act(() => void fireEvent.click(screen.getByRole('button', { name: strings.send })));
  expect(send).toHaveBeenCalledExactlyOnceWith('hello');
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
});

test('files that wait are named, and go from there too', async () => {
  const { before, talk } = await draw({ preChat: { name: 'required', email: 'off', order: 'off' } });
  const body = new Blob(['x']);
  await act(() => void before.take([{ name: 'rose.png', type: 'image/png', body }]));
  expect(screen.getByText('Waiting to be sent: rose.png')).toBeTruthy();
  await act(() => before.introduce({ name: 'Anna' }));
  await act(() => void fireEvent.click(screen.getByRole('button', { name: strings.send })));
  expect(talk.sendFiles).toHaveBeenCalledExactlyOnceWith([]);
  expect(before.take([])).toMatchObject([{ name: 'rose.png' }]);
});

test('nobody is asked before it is known who this is; words that waited only for that go by themselves', async () => {
  const { before, send, turn } = await draw(
    { preChat: { name: 'required', email: 'off', order: 'off' } },
    { visitor: null, draft: 'hello' },
  );
  expect(screen.queryByRole('group')).toBeNull();
  await act(() => void before.holds());
  expect(document.activeElement).toBe(screen.getByLabelText('Your name'));
  await turn({ visitor: { ...STRANGER, name: 'Anna Lindqvist' } });
  expect(screen.queryByRole('group')).toBeNull();
  expect(send).toHaveBeenCalledExactlyOnceWith('hello');
});

test('without a line one can fill it in', async () => {
  await draw({ preChat: { name: 'optional', email: 'off', order: 'off' } }, { visitor: null, line: 'lost' });
  expect(screen.getByLabelText('Your name (optional)')).toBeTruthy();
});

test('other ways lead to a telephone, a letter or a secure page, and nowhere else', async () => {
  const otherWays: (typeof said)['otherWays'] = [
    { kind: 'phone', label: 'Call us', value: '+41 (0)44 123 45 67' },
    { kind: 'email', label: 'Write to us', value: 'roses@shop.example' },
    { kind: 'link', label: 'Visit us', value: 'https://shop.example/visit' },
    { kind: 'link', label: 'Insecure', value: 'http://shop.example' },
    { kind: 'link', label: 'A script', value: 'javascript:alert(1)' },
    { kind: 'phone', label: 'A trick', value: 'javascript:1' },
  ];
  const { container, turn } = await draw({ otherWays }, { expectation: NOBODY });
  const links = [...container.querySelectorAll('a')];
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    'tel:+41441234567',
    'mailto:roses@shop.example',
    'https://shop.example/visit',
    'tel:1',
  ]);
  expect(links[2]?.target).toBe('_blank');
  expect(links[2]?.rel).toContain('noopener');
  expect(screen.getByText('+41 (0)44 123 45 67')).toBeTruthy();
  expect(screen.getByRole('list', { name: more.waysTitle })).toBeTruthy();
  // They would only lead away from who is here; but not where the relay cannot be reached, or lets nobody in.
  await turn({ expectation: { kind: 'here', minutes: null } });
  expect(container.querySelector('a')).toBeNull();
  await turn({ problem: 'BLOCKED' });
  expect(container.querySelectorAll('a')).toHaveLength(4);
  await turn({ problem: null, expectation: null, line: 'connecting' });
  expect(container.querySelector('a')).toBeNull();
  await turn({ line: 'lost' });
  expect(container.querySelectorAll('a')).toHaveLength(4);
});

test('closed: when somebody is back, and the hours of seven days', async () => {
  const { container, turn } = await draw({ hours: OFFICE }, { expectation: NOBODY });
  expect(screen.getByText('We are back Monday 09:00.')).toBeTruthy();
  const days = [...container.querySelectorAll('.hours dl > div')].map((day) => day.textContent);
  expect(days).toHaveLength(7);
  expect(days.slice(0, 3)).toEqual(['Saturdayclosed', 'Sundayclosed', 'Monday09:00–17:00']);
  // Who is back says so themself; who is here need not.
  await turn({ expectation: { kind: 'nobody', backAt: '2026-03-08T09:00:00Z' } });
  expect(screen.queryByText(/^We are back/)).toBeNull();
  await turn({ expectation: { kind: 'here', minutes: null } });
  expect(screen.queryByText(/^We are back/)).toBeNull();
});

test('open by the hours, with nobody there: nothing is promised', async () => {
  vi.setSystemTime(Date.parse('2026-03-09T10:00:00Z'));
  await draw({ hours: OFFICE }, { expectation: NOBODY });
  expect(screen.getByText(more.hoursTitle)).toBeTruthy();
  expect(screen.queryByText(/^We are back/)).toBeNull();
});

test('an address that is refused has its field back, with the focus that it had', async () => {
  const conversation = {
    ...{ id: 'c', status: 'waiting' as const, holder: null, contact: null, promises: [] },
    ...{ publicSeq: 1, read: 1, agentRead: 0, agentDelivered: 0 },
  };
  const given = (failed: 'BAD_EMAIL' | null): ChatState => ({
    ...{ ...BLANK, conversation, expectation: NOBODY, open: true },
    items: [{ id: 'e', kind: 'email', text: 'anna at home', at: '2026-03-07T12:00:00Z', failed }] as never,
  });
  const page = (chat: ChatState) => [
    <section key="list" class="scroller" tabIndex={-1}>
      <Waiting chat={chat} shared={english} early={null} talk={null} />
    </section>,
    <textarea key="field" aria-label="Message" />,
  ];
  const drawn = render(page(given(null)));
  drawn.rerender(page(given('BAD_EMAIL')));
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(words.emailLabel)));
  // Whoever writes on meanwhile is not called away.
  drawn.rerender(page(given(null)));
  screen.getByLabelText('Message').focus();
  drawn.rerender(page(given('BAD_EMAIL')));
  await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(screen.getByLabelText('Message'));
  // Taken, there is no field any more: the list that says so has the focus.
  screen.getByLabelText('Message').blur();
  const visitor = { name: null, emailKnown: true, identityRefused: false };
  drawn.rerender(page({ ...given(null), items: [], visitor }));
  await vi.waitFor(() => expect(document.activeElement?.className).toBe('scroller'));
});

test('after the first words, who finds nobody reads the same there', async () => {
  const otherWays = [{ kind: 'phone' as const, label: 'Call us', value: '+41 44 123 45 67' }];
  Object.assign(said, { hours: OFFICE, otherWays });
  const conversation = {
    ...{ id: 'c', status: 'waiting' as const, holder: null, contact: null, promises: [] },
    ...{ publicSeq: 1, read: 1, agentRead: 0, agentDelivered: 0 },
  };
  const chat: ChatState = { ...BLANK, conversation, expectation: NOBODY, open: true };
  const nothing = vi.fn();
  render(
    <Thread
      {...{ chat, shared: english, talk: null }}
      {...{ onOlder: nothing, onSeen: nothing, onEdit: nothing, onRetry: nothing, onDiscard: nothing }}
      {...{ onTranscript: nothing, onChoose: nothing, onWrite: nothing }}
    />,
  );
  expect(await screen.findByText('We are back Monday 09:00.')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Call us' })).toBeTruthy();
});
