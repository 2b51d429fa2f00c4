import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { createRef } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { Chat } from '../chat.ts';
import { BLANK, type ChatState } from '../state.ts';
import { en as strings } from '../strings.ts';
import { en as words } from '../words.ts';
import { App } from './App.tsx';

afterEach(cleanup);

type Model = Chat & { turn(patch: Partial<ChatState>): void };

/** The verbs as spies over a state that the test turns. */
function aModel(): Model {
  let state = BLANK;
  const listeners = new Set<() => void>();
  const turn = (patch: Partial<ChatState>): void => {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  };
  return {
    turn,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: vi.fn(async () => undefined),
    open: vi.fn(),
    close: vi.fn(),
    write: vi.fn((draft: string) => turn({ draft })),
    send: vi.fn(async () => turn({ draft: '' })),
    retry: vi.fn(async () => undefined),
    discard: vi.fn(async () => undefined),
    edit: vi.fn(async () => undefined),
    loadOlder: vi.fn(async () => false),
    seen: vi.fn(),
    keepDraft: vi.fn(),
    identify: vi.fn(async () => undefined),
    logout: vi.fn(async () => undefined),
    talk: () => null,
    begin: () => Promise.reject(new Error('There is no line here.')),
    wake: vi.fn(async () => undefined),
    sleep: vi.fn(),
    speaks: vi.fn(),
  };
}

function drawApp() {
  const handle = createRef<App>();
  const onClose = vi.fn();
  render(<App handle={handle} speech={{ strings, words: null }} locale="en" onClose={onClose} />);
  const app = handle.current;
  if (!app) throw new Error('the app left no handle');
  return { app, onClose, field: screen.getByRole<HTMLTextAreaElement>('textbox') };
}

test('where nothing stands around the chat there is nothing to close', () => {
  const draw = (onClose: (() => void) | null) =>
    render(<App handle={createRef()} speech={{ strings, words: null }} locale="en" onClose={onClose} />);
  draw(vi.fn()).unmount();
  draw(null);
  expect(screen.queryByRole('button', { name: strings.close })).toBeNull();
  expect(() => fireEvent.keyDown(document, { key: 'Escape' })).not.toThrow();
});

test('one can write before the model has come; it takes over what was typed', async () => {
  const { app, field } = drawApp();
  fireEvent.input(field, { target: { value: 'hello' } });
  const model = aModel();
  await act(() => app.adopt(model));
  expect(model.write).toHaveBeenCalledWith('hello');
  expect(model.send).not.toHaveBeenCalled();
  expect(field.value).toBe('hello');
});

test('an Enter pressed before the model has come is not lost', async () => {
  const { app, field } = drawApp();
  fireEvent.input(field, { target: { value: 'hello' } });
  await act(() => undefined);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(field.value).toBe('hello');
  const model = aModel();
  await act(() => app.adopt(model));
  expect(model.send).toHaveBeenCalledExactlyOnceWith('hello');
});

test('what is typed after that Enter waits, and words that were gone over are not sent as they were', async () => {
  const write = async (value: string) => {
    fireEvent.input(screen.getByRole('textbox'), { target: { value } });
    await act(() => undefined);
  };
  const { app, field } = drawApp();
  await write('hello');
  fireEvent.keyDown(field, { key: 'Enter' });
  await write('hello\nand');
  const model = aModel();
  await act(() => app.adopt(model));
  expect(model.send).toHaveBeenCalledExactlyOnceWith('hello');

  cleanup();
  const again = drawApp();
  await write('hello');
  fireEvent.keyDown(again.field, { key: 'Enter' });
  await write('hullo');
  const other = aModel();
  await act(() => again.app.adopt(other));
  expect(other.send).not.toHaveBeenCalled();
});

test('Esc closes the menu first, and then the chat', async () => {
  const { onClose } = drawApp();
  const main = screen.getByRole('textbox');
  fireEvent.click(screen.getByLabelText(strings.more));
  await act(() => undefined);
  fireEvent.keyDown(main, { key: 'Escape' });
  expect(onClose).not.toHaveBeenCalled();
  await act(() => undefined);
  fireEvent.keyDown(main, { key: 'Escape' });
  expect(onClose).toHaveBeenCalledOnce();
});

test('a press beside the menu closes it when it ends, one in it does not', async () => {
  const { onClose } = drawApp();
  fireEvent.click(screen.getByLabelText(strings.more));
  const language = await screen.findByLabelText(words.language);
  fireEvent.pointerUp(language);
  // A finger that is put down may still be taken away.
  fireEvent.pointerDown(screen.getByRole('textbox'));
  await act(() => undefined);
  expect(screen.queryByLabelText(words.language)).toBe(language);
  fireEvent.pointerUp(screen.getByRole('textbox'));
  await act(() => undefined);
  expect(screen.queryByLabelText(words.language)).toBeNull();
  expect(onClose).not.toHaveBeenCalled();
});

test('a short break of the line is not worth a word; a long one is said calmly, and writing stays possible', async () => {
  vi.useFakeTimers();
  const { app, field } = drawApp();
  const model = aModel();
  await act(() => app.adopt(model));
  const line = screen.getAllByRole('status').at(-1);
  await act(() => model.turn({ line: 'lost' }));
  expect(line?.textContent).toBe('');
  await act(() => {
    vi.advanceTimersByTime(2_000);
  });
  expect(line?.textContent).toBe(strings.lost);
  expect(field.disabled).toBe(false);
  await act(() => model.turn({ line: 'on' }));
  expect(line?.textContent).toBe('');
  vi.useRealTimers();
});

test('who writes a card number is told, politely, that only its end leaves', async () => {
  const { app } = drawApp();
  const model = aModel();
  await act(() => app.adopt(model));
  const line = screen.getAllByRole('status').at(-1);
  await act(() => model.turn({ draft: '4111 1111 1111 1111', masked: true }));
  await vi.waitFor(() => expect(line?.textContent).toBe(words.masked));
  await act(() => model.turn({ draft: 'Thank you', masked: false }));
  expect(line?.textContent).toBe('');
});

test('the language can be chosen, for the words and for the document', async () => {
  drawApp();
  fireEvent.click(screen.getByLabelText(strings.more));
  const choice = await screen.findByRole('combobox');
  fireEvent.change(choice, { target: { value: 'zh-Hant' } });
  await screen.findByText('您寫的話由真人閱讀\uff0c並以全名為您解答。');
  expect(document.documentElement.lang).toBe('zh-Hant');
});
