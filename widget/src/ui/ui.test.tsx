import type { PublicConversation, PublicEntry } from '@fullname/shared/model';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { createRef } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import { makeClock } from '../clock.ts';
import type { OutboxItem } from '../outbox.ts';
import * as hant from '../speech-zh-hant.ts';
import { BLANK, type ChatState } from '../state.ts';
import { en as strings } from '../strings.ts';
import { tooLong, en as words } from '../words.ts';
import { Begin } from './Begin.tsx';
import { Composer, type ComposerHandle, type ComposerProps } from './Composer.tsx';
import { NameCard } from './NameCard.tsx';
import { langOf, type Spoken } from './parts.tsx';
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
    onEmail: vi.fn(),
    onTranscript: vi.fn(),
    onChoose: vi.fn(),
    onFile: vi.fn(),
    ...more,
  };
  const drawn = render(<Thread {...props} />);
  return { ...drawn, props, update: (next: ChatState) => drawn.rerender(<Thread {...props} chat={next} />) };
}

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

test('a file is its name and size, and is fetched when somebody asks', () => {
  const head = said('rose.png', MEGAN);
  const file = { file: 'f1', type: 'image/png', bytes: 1_234_567, width: 8, height: 6 } as const;
  const author = { kind: 'agent', person: MEGAN } as const;
  const { container, props } = drawThread(
    aState([{ ...head, ...file, kind: 'file', author, text: 'rose.png' }]),
  );
  const button = container.querySelector<HTMLButtonElement>('.bubble button');
  expect(button?.textContent).toBe('rose.png (1.2 MB)');
  button?.click();
  expect(props.onFile).toHaveBeenCalledExactlyOnceWith('f1');
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

test('the log announces what is added, and keeps quiet while a page of old ones comes', () => {
  const { update } = drawThread(aState([said('one', MEGAN)]));
  const log = screen.getByRole('log');
  expect(log.getAttribute('aria-live')).toBe('polite');
  expect(log.getAttribute('aria-relevant')).toBe('additions');
  expect(log.getAttribute('aria-busy')).toBe('false');
  update(aState([said('one', MEGAN)], { loading: true }));
  expect(log.getAttribute('aria-busy')).toBe('true');
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
  ];
  const { container } = drawThread(aState(facts));
  expect([...container.querySelectorAll('.fact')].map((line) => line.textContent)).toEqual([
    'You are now speaking with Megan Kajitani',
    'MK林Megan Kajitani has asked 林怡君 to help you. Megan Kajitani stays your contact.',
    'The answer also goes to a@b.example.',
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

test('a refused message says why, and offers three ways on', () => {
  const refused = item('hello', 'UNREADABLE');
  const { props, container } = drawThread(aState([], { items: [refused] }));
  expect(container.querySelector('.failed')?.textContent).toContain(words.UNREADABLE);
  fireEvent.click(screen.getByText('Edit'));
  fireEvent.click(screen.getByText('Try again'));
  fireEvent.click(screen.getByText('Discard'));
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
  const { container } = drawThread(aState([back], { returned: back.publicSeq, visitorName: 'Anna' }));
  expect(container.textContent).toContain('Welcome back, Anna. Megan Kajitani is here.');
});

test('days are separated', () => {
  const early = { ...said('one', MEGAN), at: '2026-03-01T10:00:00.000Z' };
  const late = { ...said('two', MEGAN), at: '2026-03-03T10:00:00.000Z' };
  const { container } = drawThread(aState([early, late]));
  expect([...container.querySelectorAll('.day')].map((day) => day.textContent)).toEqual([
    'Sunday, March 1',
    'Tuesday, March 3',
  ]);
});

test('while nobody is here an address is asked for inside the thread, and a bad one is said to be bad', () => {
  const waiting = { ...conversation, status: 'waiting' as const, holder: null, contact: null };
  const nobody = { kind: 'nobody' as const, backAt: null };
  const state = aState([said('hello', 'visitor')], { conversation: waiting, expectation: nobody });
  const { props, update } = drawThread(state);
  const field = screen.getByLabelText(words.emailLabel);
  fireEvent.input(field, { target: { value: 'a@b' } });
  fireEvent.click(screen.getByText(words.emailGive));
  expect(props.onEmail).toHaveBeenCalledWith('a@b');
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
  const chat: ChatState = { ...BLANK, people: [MEGAN, LIN], expectation: { kind: 'here', minutes: [2, 5] } };
  const { container } = render(<Begin chat={chat} shared={english} />);
  const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
  expect(rows).toEqual(['MKMegan KajitaniFlorist adviser · here now', '林林怡君not here now']);
  expect(container.textContent).toContain('Usually an answer within 2–5 minutes.');
});

test.each<[Partial<ChatState>, boolean, string]>([
  [{}, true, strings.lost],
  [{ step: 'memory' }, false, words.memory],
  [{ problem: 'BLOCKED' }, true, words.BLOCKED],
  [{ identityRefused: true }, false, words.BAD_IDENTITY],
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
