import type { ImportReport } from '@fullname/shared/book';
import { ok } from '@fullname/shared/errors';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { fakeRelay, inDesk } from '../../testing/book.tsx';
import { toast } from '../../toast.ts';
import { decode } from './files.ts';
import { ImportDialog } from './Transfer.tsx';

const REPORT: ImportReport = {
  added: 2,
  changed: 1,
  same: 4,
  problems: [{ row: 3, code: 'unknown-value', what: 'situation: nowhere' }],
};

let relay: ReturnType<typeof fakeRelay>;
let closed: number;
beforeEach(() => {
  changeSettings({ locale: 'en' });
  relay = fakeRelay();
  relay.answer = () => ok(REPORT);
  toast.value = null;
  closed = 0;
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

function open(kind: 'phrases' | 'rules' = 'phrases'): void {
  render(inDesk(<ImportDialog kind={kind} locale="en" onClose={() => (closed += 1)} />, { role: 'owner' }));
}
const paste = (text: string) =>
  fireEvent.input(screen.getByLabelText('Or paste it'), { target: { value: text } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('an import', () => {
  it('looks first: shows what it would do, with every row that it cannot take, and takes nothing', async () => {
    open();
    paste('a,b');
    press('Look first');
    await screen.findByText('situation: nowhere');
    const row = screen.getByText('situation: nowhere').closest('tr');
    expect(row?.textContent).toContain('3');
    expect(row?.textContent).toContain('This value is not known.');
    const counts = [...document.querySelectorAll('.counts li')].map((one) => one.textContent);
    expect(counts).toEqual(['2 added', '1 changed', '4 the same already', '1 not taken']);
    expect(relay.asked.map((one) => one.body)).toEqual([
      expect.objectContaining({ dryRun: true, text: 'a,b' }),
    ]);
    expect(closed).toBe(0);
  });

  it('is then taken, once, and says how much waits', async () => {
    open();
    paste('a,b');
    press('Look first');
    await screen.findByRole('button', { name: 'Take the good ones' });
    press('Take the good ones');
    await waitFor(() => expect(closed).toBe(1));
    expect(toast.value?.text).toBe('3 entries wait in the next version.');
    expect(relay.asked[1]?.body).not.toHaveProperty('dryRun');
    expect(relay.asked[1]?.body).toMatchObject({ kind: 'phrases', format: 'csv', locale: 'en', text: 'a,b' });
  });

  it('wants to be looked at again when its words were changed', async () => {
    open();
    paste('a,b');
    press('Look first');
    await screen.findByRole('button', { name: 'Take the good ones' });
    paste('a,c');
    expect(screen.queryByText('situation: nowhere')).toBeNull();
    expect(screen.getByRole('button', { name: 'Look first' })).toBeTruthy();
  });

  it('cannot be taken when there is nothing new in it', async () => {
    relay.answer = () => ok({ added: 0, changed: 0, same: 3, problems: [] });
    open();
    paste('a,b');
    press('Look first');
    await screen.findByText('There is nothing new in it.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Look first' }).disabled).toBe(true);
  });

  it('is still there after the dialog was closed, until it is taken', async () => {
    open();
    paste('a,b');
    press('Cancel');
    expect(closed).toBe(1);
    expect(toast.value?.text).toBe('What you wrote is kept until you come back.');
    cleanup();
    open();
    expect(screen.getByLabelText<HTMLTextAreaElement>('Or paste it').value).toBe('a,b');
    press('Look first');
    await screen.findByRole('button', { name: 'Take the good ones' });
    press('Take the good ones');
    await waitFor(() => expect(closed).toBe(2));
    cleanup();
    open();
    expect(screen.getByLabelText<HTMLTextAreaElement>('Or paste it').value).toBe('');
  });

  it('reads a Vale rule among rules only', () => {
    open('rules');
    expect(screen.getByRole('option', { name: 'Vale rule (YAML)' })).toBeTruthy();
    cleanup();
    open('phrases');
    expect(screen.queryByRole('option', { name: 'Vale rule (YAML)' })).toBeNull();
  });
});

describe('a text file', () => {
  it('is read in the encodings that spreadsheets write', () => {
    expect(decode(new TextEncoder().encode('您好'), 'zh-Hans')).toBe('您好');
    expect(decode(Uint8Array.of(0xc4, 0xfa, 0xba, 0xc3), 'zh-Hans')).toBe('您好');
    expect(decode(Uint8Array.of(0xb1, 0x7a, 0xa6, 0x6e), 'zh-Hant')).toBe('您好');
    expect(decode(Uint8Array.of(0xff, 0xfe, 0x68, 0x00, 0x69, 0x00), 'en')).toBe('hi');
  });

  it('is none when it is a picture', () => {
    expect(decode(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13), 'en')).toBeNull();
  });
});
