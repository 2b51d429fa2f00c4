import { failed, ok } from '@fullname/shared/errors';
import type { Opened } from '@fullname/shared/events';
import type { Phrase, PleaseKnow } from '@fullname/shared/model';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeskContext } from '../../context.ts';
import { changeSettings } from '../../preferences.ts';
import { openDesk } from '../../testing/desk.ts';
import {
  CONVERSATION,
  emptyPane,
  lin,
  megan,
  message,
  opened,
  row,
  scriptedRelay,
} from '../../testing/scripted-relay.ts';
import { ThreadPane } from './ThreadPane.tsx';

const phrase: Phrase = {
  id: 'phrase-1',
  locale: 'en',
  situation: 'hello',
  text: 'Good morning, {customer.name|and welcome}. My name is {agent.fullName}; {colleague.fullName} will help.',
  reason: 'People trust a full name.',
  notWhen: null,
  tags: [],
  by: null,
};

const failure: PleaseKnow = {
  failure: 'f1',
  at: '2026-11-03T09:00:00.000Z',
  what: 'Parcel six days late',
  stage: 'fixed',
  putRight: 'Shipping refunded',
  owed: 'A call',
  owedBy: '2026-11-27T17:00:00.000Z',
  ally: lin,
  say: 'I have read about the late parcel, and I am sorry.',
  lines: [],
  checks: [],
  irreplaceable: false,
  until: null,
};

/** The middle pane with one conversation open, drawn as in the console. */
async function draw(first: Opened = opened({ entries: [message(1, 'Hello')] })) {
  const relay = scriptedRelay();
  relay.handlers['conversation:open'] = () => ok(first);
  const desk = await openDesk(relay, { shelf: { phrases: [phrase] } });
  desk.inbox.select(CONVERSATION);
  const drawn = render(
    <DeskContext.Provider value={desk}>
      <ThreadPane />
    </DeskContext.Provider>,
  );
  const field = await waitFor(() => screen.getByRole<HTMLTextAreaElement>('textbox'));
  return { ...drawn, relay, field };
}

const write = (field: HTMLTextAreaElement, value: string) => fireEvent.input(field, { target: { value } });

/** The key 1, with its modifiers as browsers report them: here AltGraph is told apart from Alt. */
function pressDigit(key: string, init: KeyboardEventInit): void {
  const event = new KeyboardEvent('keydown', {
    key,
    code: 'Digit1',
    bubbles: true,
    cancelable: true,
    ...init,
  });
  event.getModifierState = (name) => name === 'AltGraph' && init.modifierAltGraph === true;
  document.dispatchEvent(event);
}

beforeEach(() => {
  localStorage.clear();
  changeSettings({ locale: 'en', enterSends: true, phrasesOpen: true });
});
afterEach(cleanup);

describe('the composer', () => {
  it('sends on Enter, breaks the line on Shift+Enter', async () => {
    const { relay, field } = await draw();
    relay.handlers['message:send'] = ({ id, text }) => ok(message(2, text, { id, by: megan }));
    write(field, 'Good morning, I am Megan Kajitani.');
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    expect(relay.requests('message:send')).toEqual([]);
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() =>
      expect(relay.requests('message:send')).toMatchObject([
        { text: 'Good morning, I am Megan Kajitani.', seen: 1 },
      ]),
    );
  });

  it('leaves Enter to the input method while a character is being composed', async () => {
    const { relay, field } = await draw();
    write(field, 'nihao');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    fireEvent.keyDown(field, { key: 'x' });
    expect(relay.requests('message:send')).toEqual([]);
    expect(field.value).toBe('nihao');
  });

  it('stops a draft with an open placeholder, says why and selects it', async () => {
    const { relay, field } = await draw();
    write(field, 'I am asking {colleague.fullName} now.');
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(screen.getByText(/Fill in {colleague.fullName} first/)).toBeTruthy());
    expect(relay.requests('message:send')).toEqual([]);
    const selected = () => field.value.slice(field.selectionStart, field.selectionEnd);
    await waitFor(() => expect(selected()).toBe('{colleague.fullName}'));
  });

  it('puts a phrase into the draft with names filled in, and sends nothing by itself', async () => {
    const { relay, field } = await draw();
    pressDigit('¡', { altKey: true });
    await waitFor(() =>
      expect(field.value).toContain('Good morning, and welcome. My name is Megan Kajitani;'),
    );
    expect(field.value).toContain('{colleague.fullName}');
    expect(relay.requests('message:send')).toEqual([]);
  });

  it('takes AltGr for a character, not for a phrase', async () => {
    const { field } = await draw();
    pressDigit('|', { altKey: true, ctrlKey: true, modifierAltGraph: true });
    pressDigit('|', { altKey: true, modifierAltGraph: true });
    pressDigit('¡', { altKey: true });
    await waitFor(() => expect(field.value).toContain('Good morning'));
    expect(field.value.match(/Good morning/g)).toHaveLength(1);
  });

  it('sends a note as a note, never as a reply, and keeps the two drafts apart', async () => {
    const { relay, field } = await draw();
    relay.handlers['note:send'] = ({ id, text }) =>
      ok({ ...message(2, text, { id, by: megan }), publicSeq: null });
    write(field, 'half a reply');
    fireEvent.click(screen.getByLabelText('Note'));
    const note = await waitFor(() => screen.getByPlaceholderText<HTMLTextAreaElement>(/note for colleagues/));
    expect(screen.getByText('Only colleagues see this')).toBeTruthy();
    write(note, 'He is in a hurry');
    fireEvent.keyDown(note, { key: 'Enter' });
    await waitFor(() => expect(relay.requests('note:send')).toMatchObject([{ text: 'He is in a hurry' }]));
    expect(relay.requests('message:send')).toEqual([]);
    fireEvent.click(screen.getByLabelText('Reply'));
    await waitFor(() => expect(screen.getByDisplayValue('half a reply')).toBeTruthy());
  });

  it('takes a waiting conversation before it answers; who loses keeps the words and reads who has it', async () => {
    const { relay, field } = await draw(
      opened({ detail: { status: 'waiting', holder: null, waitingSince: '2026-11-21T10:00:00.000Z' } }),
    );
    relay.handlers['conversation:take'] = () => failed('TAKEN');
    write(field, 'Good morning, I am Megan Kajitani.');
    fireEvent.click(screen.getByRole('button', { name: 'Take and answer' }));
    await waitFor(() => expect(screen.getByText(/just taken this conversation/)).toBeTruthy());
    expect(relay.requests('message:send')).toEqual([]);
    expect(field.value).toBe('Good morning, I am Megan Kajitani.');
  });

  it('shows what a colleague wrote in between before a held reply goes', async () => {
    const { relay, field } = await draw();
    relay.handlers['message:send'] = ({ id, text, seen }) =>
      seen === undefined ? ok(message(3, text, { id, by: megan })) : failed('ANSWERED');
    relay.handlers['entries:fetch'] = () =>
      ok({ entries: [message(2, 'I have called the driver.', { by: lin })], seq: 2, more: false });
    write(field, 'Good morning, Megan Kajitani here. I will call the driver.');
    fireEvent.keyDown(field, { key: 'Enter' });
    const held = await waitFor(() => screen.getByText(/林怡君 answered while you were writing/));
    expect(held.closest('section')?.textContent).toContain('I have called the driver.');
    fireEvent.click(screen.getByRole('button', { name: 'Send all the same' }));
    await waitFor(() => expect(screen.queryByText(/answered while you were writing/)).toBeNull());
    await waitFor(() => expect(relay.requests('message:send')).toHaveLength(2));
  });

  it('is not there before the please-know card is', async () => {
    const { container, relay, field } = await draw(opened({ pane: emptyPane({ pleaseKnow: [failure] }) }));
    const card = container.querySelector('.please-know');
    expect(card?.textContent).toContain('Parcel six days late');
    expect(card?.textContent).toContain('A call');
    expect(Boolean(card && card.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING)).toBe(
      true,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Use this' }));
    await waitFor(() => expect(field.value).toBe(failure.say));
    expect(relay.requests('message:send')).toEqual([]);
  });

  it('offers the back office notes only', async () => {
    const relay = scriptedRelay();
    relay.handlers['conversation:open'] = () => ok(opened());
    const desk = await openDesk(relay, { role: 'back-office' });
    desk.inbox.select(CONVERSATION);
    render(
      <DeskContext.Provider value={desk}>
        <ThreadPane />
      </DeskContext.Provider>,
    );
    const field = await waitFor(() =>
      screen.getByPlaceholderText<HTMLTextAreaElement>(/note for colleagues/),
    );
    expect(screen.queryByLabelText('Reply')).toBeNull();
    write(field, 'The van leaves at six');
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() =>
      expect(relay.requests('note:send')).toMatchObject([{ text: 'The van leaves at six' }]),
    );
    expect(relay.requests('message:send')).toEqual([]);
    expect(screen.queryByRole('button', { name: 'Hand over' })).toBeNull();
  });

  it('keeps a note a note when the visitor reopens the conversation while it is written', async () => {
    const closed = opened({ detail: { status: 'closed', holder: null, version: 1 } });
    const { relay, field } = await draw(closed);
    relay.handlers['note:send'] = ({ id, text }) =>
      ok({ ...message(3, text, { id, by: megan }), publicSeq: null });
    write(field, 'Between us: she is');
    relay.emit('rows:changed', [row({ status: 'waiting', holder: null, lastSeq: 2, version: 2 })]);
    await waitFor(() => screen.getByLabelText('Reply'));
    expect(field.value).toBe('Between us: she is');
    write(field, 'Between us: she is tired');
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() =>
      expect(relay.requests('note:send')).toMatchObject([{ text: 'Between us: she is tired' }]),
    );
    expect(relay.requests('message:send')).toEqual([]);
  });

  it('folds the phrases and what is owed to a line each while there are words, and opens them on demand', async () => {
    const { container, field } = await draw(opened({ pane: emptyPane({ pleaseKnow: [failure] }) }));
    const list = () => container.querySelector('.phrase-list');
    const strip = () => container.querySelector('.please-know-strip')?.textContent;
    expect(list()).not.toBeNull();
    expect(strip()).toContain(failure.say);
    write(field, 'Good morning');
    await waitFor(() => expect(list()).toBeNull());
    expect(strip()).toContain('A call');
    expect(strip()).not.toContain(failure.say);
    fireEvent.click(screen.getByRole('button', { name: '1 phrase for this moment' }));
    await waitFor(() => expect(list()).not.toBeNull());
    const owed = screen.getByRole('region', { name: 'Please know' });
    fireEvent.click(within(owed).getByRole('button', { name: 'More' }));
    await waitFor(() => expect(strip()).toContain(failure.say));
    write(field, '');
    await waitFor(() => expect(list()).not.toBeNull());
    write(field, 'Good');
    await waitFor(() => expect(list()).toBeNull());
    expect(strip()).not.toContain(failure.say);
  });
});
