import { tintOf } from '@fullname/shared/full-name';
import type { PublicConversation, PublicEntry } from '@fullname/shared/model';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { createRef } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import { makeClock } from '../clock.ts';
import type { OutboxItem } from '../outbox.ts';
import * as hant from '../speech-zh-hant.ts';
import { BLANK, type ChatState } from '../state.ts';
import { en as strings } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { tooLong, en as words } from '../words.ts';
import { Begin } from './Begin.tsx';
import { Composer, type ComposerHandle, type ComposerProps } from './Composer.tsx';
import { NameCard } from './NameCard.tsx';
import { offerToAsk } from './offer-to-ask.tsx';
import { Face, langOf, type Spoken } from './parts.tsx';
import { StatusLine } from './StatusLine.tsx';
import { Thread, type ThreadProps } from './Thread.tsx';

afterEach(cleanup);

const english: Spoken = { strings, words, locale: 'en', clock: makeClock('en') };
const MEGAN = { id: 'p1', fullName: 'Megan Kajitani', title: 'Florist adviser', here: true, backAt: null };
const LIN = { id: 'p2', fullName: '林怡君', title: null, here: false, backAt: null };

const conversation: PublicConversation = {
  promises: [],
  id: 'c',
  status: 'open',
  holder: MEGAN,
  contact: MEGAN,
  publicSeq: 9,
  read: 0,
  agentRead: 0,
  agentDelivered: 0,
};
let counter = 0;
function said(
  text: string,
  by: 'visitor' | typeof MEGAN | typeof LIN,
  kind: 'message' | 'farewell' = 'message',
): PublicEntry {
  counter++;
  return {
    id: `m${counter}`,
    at: '2026-03-03T10:00:00.000Z',
    conversation: 'c',
    publicSeq: counter,
    kind,
    author: by === 'visitor' ? { kind: 'visitor' } : { kind: 'agent', person: by },
    text,
  };
}
function aState(entries: PublicEntry[], more: Partial<ChatState> = {}): ChatState {
  return { ...BLANK, conversation, entries, open: true, ...more };
}
function item(text: string, failed: OutboxItem['failed'] = null): OutboxItem {
  counter++;
  return { id: `i${counter}`, kind: 'message', text, order: counter, failed };
}

function drawThread(chat: ChatState, more: Partial<ThreadProps> = {}) {
  const props: ThreadProps = {
    chat,
    shared: english,
    onOlder: vi.fn(),
    onSeen: vi.fn(),
    onEdit: vi.fn(),
    onRetry: vi.fn(),
    onDiscard: vi.fn(),
    onTranscript: vi.fn(),
    onChoose: vi.fn(),
    talk: null,
    onWrite: vi.fn(),
    ...more,
  };
  const drawn = render(<Thread {...props} />);
  return { ...drawn, props, update: (next: ChatState) => drawn.rerender(<Thread {...props} chat={next} />) };
}

test.each([MEGAN, LIN, { ...MEGAN, fullName: 'Tomás Echeverría' }])(
  'a face has the tint that the console gives the same name: $fullName',
  (person) => {
    const { container } = render(<Face person={person} />);
    expect(container.querySelector('.face')?.className).toBe(`face tint${tintOf(person.fullName)}`);
  },
);

test('text is shown as text, whatever it looks like', () => {
  const attack = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
  const { container } = drawThread(aState([said(attack, MEGAN)]));
  expect(container.textContent).toContain(attack);
  expect(container.querySelector('img, script')).toBeNull();
});

test('only http and https become links, and a link cannot reach back', () => {
  const { container } = drawThread(
    aState([said('see https://shop.example/a?b=c, javascript:alert(1) and data:text/html,x', MEGAN)]),
  );
  const links = [...container.querySelectorAll('a')];
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://shop.example/a?b=c']);
  expect(links[0]?.rel).toBe('noopener noreferrer');
  expect(links[0]?.target).toBe('_blank');
});

test('a file is its name and size, is fetched when somebody asks, and says so where it cannot be', async () => {
  const head = said('rose.png', MEGAN);
  const file = { file: 'f1', type: 'image/png', bytes: 1_234_567, width: 8, height: 6 } as const;
  const author = { kind: 'agent', person: MEGAN } as const;
  const fileLink = vi.fn<Talk['fileLink']>(async () => ({ ok: false, code: 'UNAVAILABLE' }));
  const talk = { fileLink } as unknown as Talk;
  drawThread(aState([{ ...head, ...file, kind: 'file', author, text: 'rose.png' }]), { talk });
  const button = await screen.findByRole('button', { name: 'rose.png (1.2 MB)' });
  button.click();
  expect(fileLink).toHaveBeenCalledExactlyOnceWith('f1');
  expect((await screen.findByRole('alert')).textContent).toBe(
    'rose.png cannot be opened just now. Check the connection and try again.',
  );
});

test('a file on its way shows how far it is, and is taken back; a refused one says why and is tried again', async () => {
  const item: OutboxItem = {
    ...{ id: 'i1', kind: 'file', text: 'rose.png', order: 1, failed: null },
    file: { type: 'text/plain', bytes: 2_048, uploaded: null },
  };
  const talk = {} as unknown as Talk;
  const { props, update } = drawThread({ ...aState([]), items: [item], progress: { i1: 0.6 } }, { talk });
  const bar = await screen.findByRole('progressbar', { name: 'Sending rose.png' });
  expect(bar.getAttribute('value')).toBe('60');
  expect(screen.getByText('Sending rose.png: 50%')).toBeTruthy();
  screen.getByRole('button', { name: 'Cancel' }).click();
  expect(props.onDiscard).toHaveBeenCalledExactlyOnceWith('i1');

  update({ ...aState([]), items: [{ ...item, failed: 'FILE_TOO_LARGE' }] });
  expect((await screen.findByRole('alert')).textContent).toBe(
    'rose.png is larger than 10 MB. Make it smaller, or send a link to it.',
  );
  screen.getByRole('button', { name: 'Try again' }).click();
  expect(props.onRetry).toHaveBeenCalledExactlyOnceWith('i1');
});

test('the full name stands above the first of a group, and is read out with every message', () => {
  const { container } = drawThread(aState([said('one', MEGAN), said('two', MEGAN), said('three', LIN)]));
  expect([...container.querySelectorAll('.author .name')].map((name) => name.textContent)).toEqual([
    'Megan Kajitani',
    '林怡君',
  ]);
  const log = screen.getByRole('log');
  expect([...log.querySelectorAll('.bubble')].map((bubble) => bubble.textContent)).toEqual([
    'Megan Kajitani says: one',
    'Megan Kajitani says: two',
    '林怡君 says: three',
  ]);
});

test('the log announces what is added, and keeps quiet while a page of old ones comes', async () => {
  const { update } = drawThread(aState([said('one', MEGAN)]));
  const log = screen.getByRole('log');
  expect(log.getAttribute('aria-live')).toBe('polite');
  expect(log.getAttribute('aria-relevant')).toBe('additions');
  expect(log.getAttribute('aria-busy')).toBe('false');
  const now = said('now', MEGAN);
  update(aState([now], { loading: true }));
  expect(log.getAttribute('aria-busy')).toBe('true');
  // They come in the same moment in which the log is busy no more.
  const old = { ...said('old', MEGAN), publicSeq: now.publicSeq - 1 };
  update(aState([old, now]));
  expect(log.getAttribute('aria-live')).toBe('off');
  await vi.waitFor(() => expect(log.getAttribute('aria-live')).toBe('polite'));
});

test('a language that differs from the page is named', () => {
  const { container } = drawThread(aState([said('您好', LIN), said('hello', LIN)]));
  const [chinese, english_] = [...container.querySelectorAll('.bubble')];
  expect(chinese?.getAttribute('lang')).toBe('zh');
  expect(english_?.hasAttribute('lang')).toBe(false);
  expect(chinese?.getAttribute('dir')).toBe('auto');
});

test.each([
  ['مرحبا Anna', 'en', 'ar'],
  ['مرحبا', 'ar', undefined],
  ['Megan Kajitani', 'ar', ''],
  ['Megan Kajitani', 'de', undefined],
  ['林怡君', 'es', 'zh'],
  ['林怡君', 'ja', undefined],
  ['さくら', 'zh-Hant', 'ja'],
  ['梅根·卡吉塔尼', 'zh-Hans', undefined],
] as const)('the language of %s on a page in %s is %s', (text, locale, expected) => {
  expect(langOf(text, locale)).toBe(expected);
});

test('whose words they are, and who somebody is, does not turn the words around them', () => {
  const { container } = drawThread(aState([said('مرحبا', MEGAN)]));
  const [spoken] = container.querySelectorAll('.bubble bdi');
  expect(spoken?.textContent).toBe('Megan Kajitani says: ');
  expect(container.querySelector('.author bdi')?.textContent).toBe('Megan Kajitani');
});

test('an empty field is read as the page is, and words as they are written', () => {
  expect(drawComposer('').field.getAttribute('dir')).toBeNull();
  cleanup();
  expect(drawComposer('مرحبا').field.getAttribute('dir')).toBe('auto');
});

test('hello, hand-over and the address are lines of full names', () => {
  counter = 0;
  const facts: PublicEntry[] = [
    {
      kind: 'joined',
      person: MEGAN,
      id: null,
      at: '2026-03-03T10:00:00.000Z',
      conversation: 'c',
      publicSeq: 1,
    },
    {
      kind: 'handed-over',
      from: MEGAN,
      to: LIN,
      contact: MEGAN,
      id: null,
      at: '2026-03-03T10:00:00.000Z',
      conversation: 'c',
      publicSeq: 2,
    },
    {
      kind: 'email-given',
      email: 'a@b.example',
      id: null,
      at: '2026-03-03T10:00:00.000Z',
      conversation: 'c',
      publicSeq: 3,
    },
    // Removed by its visitor since.
    {
      ...{ kind: 'email-given', email: '', id: null, at: '2026-03-03T10:00:00.000Z' },
      ...{ conversation: 'c', publicSeq: 4 },
    },
    {
      ...{ kind: 'introduced', name: null, email: null, order: null, id: null },
      ...{ at: '2026-03-03T10:00:00.000Z', conversation: 'c', publicSeq: 5 },
    },
  ];
  const { container } = drawThread(aState(facts));
  expect([...container.querySelectorAll('.fact')].map((line) => line.textContent)).toEqual([
    'You are now speaking with Megan Kajitani',
    'MK林Megan Kajitani has asked 林怡君 to help you. Megan Kajitani stays your contact.',
    'We can also answer you at a@b.example.',
  ]);
});

test('a bubble stays the same element from sending to sent', () => {
  const waiting = item('hello');
  const { container, update } = drawThread(aState([], { items: [waiting] }));
  const bubble = container.querySelector('.bubble');
  expect(container.querySelector('.fate')?.textContent?.trim()).toBe('sending');
  update(aState([{ ...said('hello', 'visitor'), id: waiting.id }], { items: [waiting] }));
  expect(container.querySelectorAll('.bubble')).toHaveLength(1);
  expect(container.querySelector('.bubble')).toBe(bubble);
  expect(container.querySelector('.fate')?.textContent).toContain('sent');
});

test('a bubble stays the same element whatever comes before it: older words, or a reply', () => {
  const [first, second, last] = [said('one', MEGAN), said('two', MEGAN), said('three', MEGAN)];
  const waiting = item('mine');
  const { container, update } = drawThread(aState([second], { items: [waiting] }));
  const bubbleOf = (text: string) =>
    [...container.querySelectorAll('.bubble')].find((one) => one.textContent?.endsWith(text));
  const drawn = [bubbleOf('two'), bubbleOf('mine')];
  expect(drawn).not.toContain(undefined);
  update(aState([first, second], { items: [waiting] }));
  update(aState([first, second, last], { items: [waiting] }));
  expect(bubbleOf('two')).toBe(drawn[0]);
  expect(bubbleOf('mine')).toBe(drawn[1]);
});

test('the last words say how far they came: sent, delivered, read', () => {
  const entries = [said('one', 'visitor'), { ...said('two', 'visitor'), publicSeq: 2 }];
  const at = (cursors: object) =>
    drawThread(aState(entries, { conversation: { ...conversation, ...cursors } }))
      .container.querySelector('.fate')
      ?.textContent?.trim()
      .split(/\s/)[0];
  expect(at({ agentRead: 1, agentDelivered: 1 })).toBe('sent');
  expect(at({ agentRead: 1, agentDelivered: 2 })).toBe('delivered');
  expect(at({ agentRead: 2, agentDelivered: 1 })).toBe('read');
});

test('a refused message says why, and offers three ways on', () => {
  const refused = item('hello', 'UNREADABLE');
  const { props, container } = drawThread(aState([], { items: [refused] }));
  expect(container.querySelector('.failed')?.textContent).toContain(words.UNREADABLE);
  fireEvent.click(screen.getByText('Edit'));
  for (const text of ['Try again', 'Discard']) {
    const button = screen.getByText(text);
    button.focus();
    fireEvent.click(button);
    // The button goes with what it is pressed for: the focus stays in the list.
    expect(document.activeElement).toBe(screen.getByRole('region', { name: words.thread }));
  }
  expect(props.onEdit).toHaveBeenCalledWith(refused.id);
  expect(props.onRetry).toHaveBeenCalledWith(refused.id);
  expect(props.onDiscard).toHaveBeenCalledWith(refused.id);
});

test('a farewell is a card with the way to keep the conversation', () => {
  const { props, container } = drawThread(aState([said('Goodbye, and thank you.', MEGAN, 'farewell')]));
  expect(container.querySelector('.farewell')?.textContent).toContain('Goodbye, and thank you.');
  fireEvent.click(screen.getByText(words.transcript));
  expect(props.onTranscript).toHaveBeenCalled();
});

test('who comes back is told who is here', () => {
  const back = said('hello', 'visitor');
  const { container } = drawThread(
    aState([back], {
      returned: back.publicSeq,
      visitor: { name: 'Anna', emailKnown: false, identityRefused: false },
    }),
  );
  expect(container.textContent).toContain('Welcome back, Anna. Megan Kajitani is here.');
});

const line = (container: Element): string | undefined => {
  const row = container.querySelector('.new');
  return row
    ? `${row.textContent} | ${row.nextElementSibling?.querySelector('.bubble')?.textContent}`
    : undefined;
};

test('what came while nobody was reading stands below a line, until one writes oneself', async () => {
  const old = [said('one', MEGAN), said('two', 'visitor')];
  const read = { read: counter };
  const own = said('from another window', 'visitor');
  const news = [...old, own, said('three', MEGAN), said('four', MEGAN)];
  const { container, update } = drawThread(aState(news, read));
  await vi.waitFor(() => expect(line(container)).toBe('New messages | Megan Kajitani says: three'));
  // Read by now, and still where it was.
  update(aState(news, { read: counter }));
  expect(line(container)).toBe('New messages | Megan Kajitani says: three');
  update(aState(news, { read: counter, items: [item('my answer')] }));
  await vi.waitFor(() => expect(line(container)).toBeUndefined());
});

test('what one sees coming is not drawn below a line; what comes while the chat is closed is', async () => {
  const first = [said('one', MEGAN)];
  const { container, update } = drawThread(aState(first, { read: counter }));
  const seen = [...first, said('two', MEGAN)];
  update(aState(seen, { read: counter - 1 }));
  update(aState(seen, { read: counter }));
  expect(line(container)).toBeUndefined();
  update(aState(seen, { read: counter, open: false }));
  const missed = [...seen, said('three', MEGAN)];
  update(aState(missed, { read: counter - 1, open: false }));
  update(aState(missed, { read: counter - 1 }));
  await vi.waitFor(() => expect(line(container)).toBe('New messages | Megan Kajitani says: three'));
  // Closed and opened again with nothing new: the line has done its work.
  update(aState(missed, { read: counter, open: false }));
  update(aState(missed, { read: counter }));
  await vi.waitFor(() => expect(line(container)).toBeUndefined());
});

test('days are separated, and those of another year say which', () => {
  vi.useFakeTimers({ now: new Date('2026-06-01T10:00:00.000Z'), toFake: ['Date'] });
  const days = ['2025-03-04', '2026-03-01', '2026-03-03', '2026-05-31', '2026-06-01'];
  const { container } = drawThread(
    aState(days.map((day) => ({ ...said('one', MEGAN), at: `${day}T10:00:00.000Z` }))),
  );
  vi.useRealTimers();
  expect([...container.querySelectorAll('.day')].map((day) => day.textContent)).toEqual([
    ...['Tuesday, March 4, 2025', 'Sunday, March 1', 'Tuesday, March 3'],
    ...['Yesterday', 'Today'],
  ]);
});

test('what somebody says later than a few minutes has a time of its own, on either side', () => {
  const at = (minute: number) => ({ at: `2026-03-03T10:${minute}:00.000Z` });
  const { container } = drawThread(
    aState([
      { ...said('one', MEGAN), ...at(10) },
      { ...said('two', MEGAN), ...at(12) },
      { ...said('three', MEGAN), ...at(40) },
      { ...said('mine', 'visitor'), ...at(41) },
      { ...said('mine later', 'visitor'), ...at(55) },
    ]),
  );
  const minutes = (selector: string) =>
    [...container.querySelectorAll(selector)].map((one) => /:(\d\d)/.exec(one.textContent ?? '')?.[1]);
  expect(minutes('.author')).toEqual(['10', '40']);
  expect(minutes('.fate')).toEqual(['41', '55']);
});

test('who is likely to answer: whom one asked for, else who spoke last, stands first', () => {
  const expectation = { kind: 'here' as const, minutes: null };
  const waiting = { ...conversation, status: 'waiting' as const, holder: null };
  const people = [MEGAN, { ...LIN, here: true }];
  const likely = (...entries: PublicEntry[]): string | undefined => {
    const drawn = drawThread(aState(entries, { conversation: waiting, expectation, people }));
    const text = drawn.container.querySelector('[role=log] ~ .fact')?.textContent ?? undefined;
    drawn.unmount();
    return text;
  };
  const asked = { ...said('', LIN), kind: 'person-asked', person: LIN, here: true, backAt: null } as never;
  const megan = `Megan Kajitani or 林怡君 is likely to answer you. ${strings.soon}`;
  const lin = `林怡君 or Megan Kajitani is likely to answer you. ${strings.soon}`;
  expect(likely(said('hello', 'visitor'))).toBe(megan);
  expect(likely(said('Good day.', LIN))).toBe(lin);
  expect(likely(asked, said('Good day.', MEGAN))).toBe(lin);
  expect(likely(asked, said('Goodbye.', MEGAN, 'farewell'))).toBe(megan);
});

test('while nobody is here an address is asked for inside the thread, and a bad one is said to be bad', () => {
  const waiting = { ...conversation, status: 'waiting' as const, holder: null, contact: null };
  const nobody = { kind: 'nobody' as const, backAt: null };
  const state = aState([said('hello', 'visitor')], { conversation: waiting, expectation: nobody });
  const add = vi.fn(async () => undefined);
  const talk = { outbox: { items: () => [], add } } as unknown as Talk;
  const { update } = drawThread(state, { talk });
  const field = screen.getByLabelText(words.emailLabel);
  fireEvent.input(field, { target: { value: 'a@b ' } });
  fireEvent.click(screen.getByText(words.emailGive));
  expect(add).toHaveBeenCalledWith('email', 'a@b');
  update({ ...state, items: [{ ...item('a@b', 'BAD_EMAIL'), kind: 'email' }] });
  expect(screen.getByRole('alert').textContent).toBe(words.BAD_EMAIL);
  update({ ...state, items: [{ ...item('a@b.example'), kind: 'email' }] });
  expect(screen.queryByLabelText(words.emailLabel)).toBeNull();
});

test('the name card shows the full name, the role and presence in words', () => {
  render(
    <NameCard chat={aState([])} shared={english} menuOpen={false} onMenu={vi.fn()} onClose={vi.fn()}>
      {null}
    </NameCard>,
  );
  expect(screen.getByRole('heading').textContent).toBe('Megan Kajitani');
  expect(screen.getByText('Florist adviser').parentElement?.textContent).toBe('Florist adviser · here now');
});

test('before the first word the likely people are listed by full name, with an honest expectation', () => {
  const expecting = (minutes: readonly [number, number]): ChatState => ({
    ...{ ...BLANK, people: [MEGAN, LIN] },
    expectation: { kind: 'here', minutes },
  });
  const { container, rerender } = render(<Begin chat={expecting([15, 30])} shared={english} />);
  const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
  expect(rows).toEqual(['MKMegan KajitaniFlorist adviser · here now', '林林怡君not here now']);
  expect(container.textContent).toContain('Usually an answer within 15–30 minutes.');
  rerender(<Begin chat={expecting([0, 4])} shared={english} />);
  expect(container.textContent).toContain('Usually an answer in under 4 min.');
});

test('somebody can be asked for once it is known who is there, so that nothing moves away from under a finger', () => {
  const begin = () => Promise.reject(new Error('There is no line here.'));
  const { container, rerender } = render(<div>{offerToAsk(begin, english, null)}</div>);
  expect(container.textContent).toBe('');
  rerender(<div>{offerToAsk(begin, english, { kind: 'here', minutes: null })}</div>);
  expect(container.textContent).toBe(strings.ask);
});

test.each<[Partial<ChatState>, boolean, string]>([
  [{}, true, strings.lost],
  [{ step: 'memory' }, false, words.memory],
  [{ problem: 'BLOCKED' }, true, words.BLOCKED],
  [{ visitor: { name: null, emailKnown: false, identityRefused: true } }, false, words.BAD_IDENTITY],
  [{ step: 'host' }, false, ''],
])('the line above the composer for %o', (more, lost, expected) => {
  render(<StatusLine chat={{ ...BLANK, ...more }} shared={english} lost={lost} />);
  expect(screen.getByRole('status').textContent).toBe(expected);
});

function drawComposer(draft: string, more: Partial<ComposerProps> = {}) {
  const handle = createRef<ComposerHandle>();
  const onSend = vi.fn();
  render(
    <Composer
      handle={handle}
      draft={draft}
      problem={tooLong(draft, english)}
      to={null}
      tools={null}
      strings={strings}
      onWrite={vi.fn()}
      onSend={onSend}
      {...more}
    />,
  );
  return { field: screen.getByRole('textbox'), onSend };
}

test('Enter sends', () => {
  const { field, onSend } = drawComposer('hello');
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onSend).toHaveBeenCalledExactlyOnceWith('hello');
});

test('Shift+Enter breaks the line instead', () => {
  const { field, onSend } = drawComposer('hello');
  expect(fireEvent.keyDown(field, { key: 'Enter', shiftKey: true })).toBe(true);
  expect(onSend).not.toHaveBeenCalled();
});

test.each([
  ['by the flag', { isComposing: true }],
  ['by the code that Safari gives', { keyCode: 229 }],
])('an Enter that belongs to an input method never sends: %s', (_, more) => {
  const { field, onSend } = drawComposer('ni hao');
  expect(fireEvent.keyDown(field, { key: 'Enter', ...more })).toBe(true);
  expect(onSend).not.toHaveBeenCalled();
});

test('nothing but space is not sent, and neither is too much', () => {
  const empty = drawComposer('  \n ');
  fireEvent.keyDown(empty.field, { key: 'Enter' });
  expect(empty.onSend).not.toHaveBeenCalled();
  cleanup();
  const long = drawComposer('x'.repeat(4_003));
  fireEvent.keyDown(long.field, { key: 'Enter' });
  expect(long.onSend).not.toHaveBeenCalled();
  expect(screen.getByRole('alert').textContent).toContain('Shorten it by 3 characters');
});

test('the field says to whom one writes, in the reader’s language', () => {
  const { field } = drawComposer('', { to: '林怡君', strings: hant.strings });
  expect(field.getAttribute('placeholder')).toBe('寫給 林怡君…');
});
