import type { Locale } from '@fullname/shared/locale';
import type { PublicBody, PublicConversation, PublicEntry } from '@fullname/shared/model';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeClock } from '../clock.ts';
import type { OutboxItem } from '../outbox.ts';
import { said } from '../said.ts';
import * as hant from '../speech-zh-hant.ts';
import { BLANK, type ChatState } from '../state.ts';
import { en as strings } from '../strings.ts';
import { en as words } from '../words.ts';
import { Promised } from './Promised.tsx';
import type { Spoken } from './parts.tsx';
import { type Kit, makeKit } from './recovery.ts';
import { Thread, type ThreadProps } from './Thread.tsx';

const english: Spoken = { strings, words, locale: 'en', clock: makeClock('en') };
const taiwanese: Spoken = { ...hant, locale: 'zh-Hant', clock: makeClock('zh-Hant') };
const MEGAN = { id: 'p1', fullName: 'Megan Kajitani' };
const LIN = { id: 'p2', fullName: '林怡君' };
const CARD = { ...MEGAN, title: null, here: true, backAt: null };

const kits = new Map<Locale, Kit>();
beforeAll(async () => {
  for (const locale of ['en', 'zh-Hans', 'zh-Hant'] as const) kits.set(locale, await makeKit(locale));
});
/** Noon, so that "today" does not end while the tests run. */
beforeEach(() => {
  vi.useFakeTimers({ now: new Date().setHours(12, 0, 0, 0), toFake: ['Date'] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function kitOf(locale: Locale): Kit {
  const kit = kits.get(locale);
  if (!kit) throw new Error('no words');
  return kit;
}

const conversation: PublicConversation = {
  ...{ id: 'c', status: 'open', holder: CARD, contact: CARD },
  ...{ publicSeq: 9, read: 0, agentRead: 0, agentDelivered: 0, promises: [] },
};
let counter = 0;
function entry(body: PublicBody, id: string | null = null): PublicEntry {
  counter += 1;
  return { id, at: '2026-03-03T10:00:00.000Z', conversation: 'c', publicSeq: counter, ...body };
}

/** A time of a day near today, in the reader's zone. */
function at(days: number, hour: number, minute = 0): string {
  const time = new Date();
  time.setDate(time.getDate() + days);
  time.setHours(hour, minute, 0, 0);
  return time.toISOString();
}
const promised = (due: string, person = MEGAN, text = 'a call about the vase') => ({
  ...{ person, promise: 'pr1', text, due },
});

function aState(entries: readonly PublicEntry[], more: Partial<ChatState> = {}): ChatState {
  return { ...BLANK, conversation, entries, open: true, ...more };
}

async function draw(chat: ChatState, shared: Spoken = english) {
  const props: ThreadProps = {
    ...{ chat, shared, onOlder: vi.fn(), onSeen: vi.fn(), onEdit: vi.fn(), onRetry: vi.fn() },
    ...{ onDiscard: vi.fn(), onTranscript: vi.fn(), onChoose: vi.fn(), onFile: vi.fn() },
    ...{ talk: null, onWrite: vi.fn() },
  };
  const drawn = render(<Thread {...props} />);
  await act(() => undefined);
  const update = async (next: ChatState, nextShared = shared) => {
    drawn.rerender(<Thread {...props} chat={next} shared={nextShared} />);
    await act(() => undefined);
  };
  return { ...drawn, props, update, lines: () => factsOf(drawn.container) };
}

function click(element: Element): Promise<void> {
  return act(() => void fireEvent.click(element));
}

function factsOf(container: Element): (string | null)[] {
  return [...container.querySelectorAll('.fact')].map((fact) => fact.textContent);
}

// ── Facts ───────────────────────────────────────────────────────────────────

test('what becomes of a promise is said in words, by full name, with its time', async () => {
  const today = promised(at(0, 16));
  const { container, lines } = await draw(
    aState([
      entry({ kind: 'promise-made', ...today, text: 'a call about the vase.' }),
      entry({ kind: 'promise-slipping', ...today }),
      entry({ kind: 'promise-moved', ...promised(at(1, 10)) }),
      entry({ kind: 'promise-kept', ...promised(at(1, 10)) }),
    ]),
  );
  await vi.waitFor(() => expect(lines()).toHaveLength(4));
  expect(lines()).toEqual([
    'Megan Kajitani promised: a call about the vase, by 16:00 today.',
    'Megan Kajitani is still on it: a call about the vase. It may take a little longer than 16:00 today.',
    'Megan Kajitani needs a little longer and promises a new time: a call about the vase, by 10:00 tomorrow.',
    'Megan Kajitani has kept this promise: a call about the vase.',
  ]);
  expect(container.querySelector('time')?.getAttribute('datetime')).toBe(today.due);
});

test('a time further off has its day', () => {
  const { when } = kitOf('en');
  expect(when.due('2030-11-21T12:00:00.000Z')).toMatch(/^\d\d:00 on \w+day, November 2\d$/);
  expect(kitOf('zh-Hant').when.due(at(1, 10))).toBe('明天 10:00');
  expect(kitOf('zh-Hans').when.due(at(0, 9, 30), true)).toBe('09:30');
});

test('a new ally is named, with who has handed over', async () => {
  const changed = entry({ kind: 'ally-changed', from: MEGAN, to: LIN });
  const { container, lines, update } = await draw(aState([changed]));
  await vi.waitFor(() => expect(lines()).toHaveLength(1));
  expect(lines()).toEqual([
    '林怡君 is your person here from now on. Megan Kajitani has handed over by name.',
  ]);
  expect(container.querySelector('.fact .name')?.getAttribute('lang')).toBe('zh');
  await update(aState([changed]), taiwanese);
  await vi.waitFor(() =>
    expect(lines()).toEqual(['從現在起由 林怡君 為您服務。Megan Kajitani 已親自交接。']),
  );
});

test('the log is busy until the words have come, so that old lines are not read out as new ones', async () => {
  const chat = aState([entry({ kind: 'promise-kept', ...promised(at(0, 16)) })]);
  render(<Thread {...(await propsFor(chat))} />);
  const [log] = screen.getAllByRole('log');
  expect(log?.getAttribute('aria-busy')).toBe('true');
  await vi.waitFor(() => expect(log?.getAttribute('aria-busy')).toBe('false'));
  expect(factsOf(document.body)).toHaveLength(1);
});

async function propsFor(chat: ChatState): Promise<ThreadProps> {
  const { props } = await draw(aState([]));
  cleanup();
  return { ...props, chat };
}

test.each(['en', 'zh-Hans', 'zh-Hant'] as const)('%s: every line has its names and its time', (locale) => {
  const { said } = kitOf(locale);
  for (const kind of ['promise-made', 'promise-moved', 'promise-slipping'] as const)
    expect(said[kind].match(/\{\d\}/g)?.sort()).toEqual(['{0}', '{1}', '{2}']);
  expect(said['ally-changed'].match(/\{\d\}/g)?.sort()).toEqual(['{0}', '{1}']);
  expect(Object.keys(said).sort()).toEqual(Object.keys(kitOf('en').said).sort());
  if (locale !== 'en') expect(Object.values(said).join('')).not.toMatch(/你/);
});

// ── Open promises ───────────────────────────────────────────────────────────

function withPromises(...promises: PublicConversation['promises'][number][]): ChatState {
  return aState([entry({ kind: 'joined', person: MEGAN })], { conversation: { ...conversation, promises } });
}
const open = (id: string, due: string, person = MEGAN) => ({ id, text: `thing ${id}`, due, person });

test('what is promised stays in sight: two lines, the rest behind a button, and nothing is read out twice', async () => {
  const { update } = await draw(
    withPromises(open('1', at(0, 23, 59)), open('2', at(1, 10)), open('3', at(4, 10)), open('4', at(5, 10))),
  );
  const region = await screen.findByRole('region', { name: 'Promised to you' });
  const lines = () =>
    within(region)
      .getAllByRole('listitem')
      .map((line) => line.textContent);
  expect(region.textContent).toContain('Megan Kajitani promised');
  expect(lines()).toEqual(['thing 1by 23:59', 'thing 2by 10:00 tomorrow']);
  expect(region.closest('[aria-live], [role=status], [role=log]')).toBeNull();
  const more = within(region).getByRole('button', { name: '2 more', expanded: false });
  await click(more);
  expect(lines()).toHaveLength(4);
  expect(within(region).getByRole('button', { name: 'Show fewer', expanded: true })).toBeTruthy();
  await update(withPromises());
  expect(screen.queryByRole('region', { name: 'Promised to you' })).toBeNull();
});

test('promises of several people have the full name of each', async () => {
  await draw(withPromises(open('1', at(1, 10)), open('2', at(1, 11), LIN)));
  const lines = await screen.findAllByRole('listitem');
  expect(lines.map((line) => line.textContent)).toEqual([
    'Megan Kajitani: thing 1by 10:00 tomorrow',
    '林怡君: thing 2by 11:00 tomorrow',
  ]);
});

test('a time that passes while the chat is open is said plainly, without alarm', async () => {
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date', 'setInterval', 'clearInterval'] });
  const promises = [open('1', at(0, 12, 1))];
  render(<Promised promises={promises} shared={english} kit={kitOf('en')} />);
  const line = screen.getByRole('listitem');
  expect(line.textContent).toBe('thing 1by 12:01');
  await act(() => {
    vi.advanceTimersByTime(120_000);
  });
  expect(line.textContent).toBe('thing 1later than 12:01');
  expect(line.closest('.failed')).toBeNull();
});

// ── Extras ──────────────────────────────────────────────────────────────────

const OFFER = { kind: 'extras-offered', person: MEGAN, offer: 'o1', text: 'Which would you like?' } as const;
/** The entry has the offer's own id, as the relay gives it. */
const offered = () => entry({ ...OFFER, options: ['A bunch of tulips', 'Free delivery'] }, 'o1');
const pending = (failed: OutboxItem['failed'] = null): OutboxItem => ({
  ...{ id: 'i1', kind: 'extra', text: 'Free delivery', order: 1, failed },
  chosen: { offer: 'o1', option: 1 },
});
const card = () => screen.findByRole('group', { name: 'Megan Kajitani lets you choose' });

test('an offer has its words and a button for each option and for something else', async () => {
  const { props } = await draw(aState([offered()]));
  const group = await card();
  expect(group.textContent).toContain('Which would you like?');
  const names = within(group)
    .getAllByRole('button')
    .map((button) => button.textContent);
  expect(names).toEqual(['A bunch of tulips', 'Free delivery', 'Something else']);
  await click(within(group).getByText('Free delivery'));
  expect(props.onChoose).toHaveBeenCalledExactlyOnceWith({ offer: 'o1', option: 1, text: 'Free delivery' });
  expect(document.activeElement).toBe(group);
});

test('something else is one line in one’s own words; Esc closes it, and not the chat', async () => {
  const { props } = await draw(aState([offered()]));
  const group = await card();
  const other = within(group).getByText('Something else');
  const escaped = vi.fn();
  document.addEventListener('keydown', escaped);
  await click(other);
  const field = within(group).getByRole('textbox', { name: 'What would you like instead?' });
  expect(document.activeElement).toBe(field);
  await act(() => void fireEvent.keyDown(field, { key: 'Escape' }));
  expect(within(group).queryByRole('textbox')).toBeNull();
  expect(document.activeElement).toBe(other);
  expect(escaped).not.toHaveBeenCalled();
  document.removeEventListener('keydown', escaped);

  await click(other);
  const again = within(group).getByRole('textbox');
  await act(() => void fireEvent.input(again, { target: { value: '  A card for my mother ' } }));
  const form = again.closest('form');
  if (!form) throw new Error('the field is in no form');
  await act(() => void fireEvent.submit(form));
  expect(props.onChoose).toHaveBeenCalledExactlyOnceWith({
    ...{ offer: 'o1', option: null, text: 'A card for my mother' },
  });
});

test('an Enter of an input method sends no half word', async () => {
  await draw(aState([offered()]));
  const group = await card();
  await click(within(group).getByText('Something else'));
  const field = within(group).getByRole('textbox');
  expect(fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 })).toBe(false);
  expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(true);
});

test('a choice is drawn at once as the visitor’s own words, and the buttons go', async () => {
  const { container, update } = await draw(aState([offered()]));
  await card();
  const bubbles = () => [...container.querySelectorAll('.mine')].map((row) => row.textContent);
  await update(aState([offered()], { items: [pending()] }));
  expect(within(await card()).queryAllByRole('button')).toEqual([]);
  expect(bubbles()).toEqual(['You: Free deliverysending ']);
  const chosen = entry({ kind: 'extra-chosen', offer: 'o1', choice: 'Free delivery' }, 'i1');
  await update(aState([offered(), chosen]));
  expect(within(await card()).queryAllByRole('button')).toEqual([]);
  expect(bubbles()[0]).toMatch(/^You: Free deliverysent \d/);
});

test('a choice that was refused says so with a way on, and discarded brings the buttons back', async () => {
  const { props, update } = await draw(aState([offered()], { items: [pending('UNKNOWN')] }));
  expect(within(await card()).queryAllByRole('button')).toEqual([]);
  expect(screen.queryByText(words.edit)).toBeNull();
  fireEvent.click(screen.getByText(words.retry));
  expect(props.onRetry).toHaveBeenCalledExactlyOnceWith('i1');
  fireEvent.click(screen.getByText(words.discard));
  expect(props.onDiscard).toHaveBeenCalledExactlyOnceWith('i1');
  await update(aState([offered()]));
  expect(within(await card()).getAllByRole('button')).toHaveLength(3);
});

test('what another window chose first is the choice, and the only one drawn', async () => {
  const chosen = entry({ kind: 'extra-chosen', offer: 'o1', choice: 'A bunch of tulips' }, 'other');
  const { container } = await draw(aState([offered(), chosen], { items: [pending()] }));
  expect(within(await card()).queryAllByRole('button')).toEqual([]);
  const rows = [...container.querySelectorAll('.mine .bubble')].map((row) => row.textContent);
  expect(rows).toEqual(['You: A bunch of tulips']);
});

test('an owner’s own words stand in the place of ours, where they keep its names and times', async () => {
  const own = { by: 'until {0}', promisedBy: 'Promised', else: 'Anything else' };
  const settings = said as { strings?: object };
  settings.strings = { en: own };
  try {
    const { said: spoken } = await makeKit('en');
    expect([spoken.by, spoken.else]).toEqual([own.by, own.else]);
    // Without the place for the name it would be lost.
    expect(spoken.promisedBy).toBe('{0} promised');
    expect((await makeKit('zh-Hant')).said.else).not.toBe(own.else);
  } finally {
    delete settings.strings;
  }
});
