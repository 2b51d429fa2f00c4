import type { Change } from '@fullname/shared/book';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { change, fakeRelay, inDesk, phrase } from '../../testing/book.tsx';
import { megan } from '../../testing/scripted-relay.ts';
import { toast } from '../../toast.ts';
import { ProposalCard } from './ProposalCard.tsx';

type Shown = Partial<Change> & { readonly role?: 'owner' | 'agent' };

function show({ role = 'agent', ...more }: Shown = {}) {
  const shown = { ...change, ...more } as Change;
  return render(
    inDesk(<ProposalCard change={shown} />, { role, shelf: { phrases: [phrase], changes: [shown] } }),
  );
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const button = (name: string | RegExp) => screen.queryByRole('button', { name });

let relay: ReturnType<typeof fakeRelay>;
beforeEach(() => {
  changeSettings({ locale: 'en' });
  relay = fakeRelay();
  toast.value = null;
});
afterEach(cleanup);

describe('a proposal', () => {
  it('shows the real sentence, and word by word what would become of the entry', () => {
    const { container } = show();
    expect(screen.getByText('Are you a robot?')).toBeTruthy();
    expect([...container.querySelectorAll('ins')].map((one) => one.lastChild?.textContent)).toEqual([
      ' for you',
    ]);
    expect(container.querySelectorAll('del')).toHaveLength(0);
  });

  it('says when the entry it is about has left the book', () => {
    show({ target: '00000000-0000-4000-8000-00000000dead' });
    expect(screen.getByText('This entry is no longer in the book.')).toBeTruthy();
  });

  it('takes a vote, lets it be changed, and lets it be taken back', async () => {
    show({ votes: { for: 2, against: 0, mine: 1 } });
    expect(screen.getByRole('button', { name: 'For 2' }).getAttribute('aria-pressed')).toBe('true');
    press('Against 0');
    await waitFor(() => expect(relay.asked).toHaveLength(1));
    press('For 2');
    await waitFor(() => expect(relay.asked).toHaveLength(2));
    const what = `PUT /api/book/changes/${change.id}/vote`;
    expect(relay.asked).toEqual([
      { what, body: { vote: -1 } },
      { what, body: { vote: 0 } },
    ]);
  });

  it('lets nobody vote on their own', () => {
    show({ by: megan });
    expect(button(/^For/)).toBeNull();
    expect(screen.getByText(/For 1 · Against 0 · Your own proposal/)).toBeTruthy();
  });

  it('sends a comment once, under one id also when it has to be sent again', async () => {
    relay.answer = () => ({ ok: false, code: 'UNAVAILABLE' });
    show();
    const box = screen.getByLabelText<HTMLTextAreaElement>('Your comment');
    fireEvent.input(box, { target: { value: ' I hear it every day. ' } });
    press('Comment');
    await screen.findByText(/The relay did not answer/);
    expect(box.value).toBe(' I hear it every day. ');
    relay.answer = () => undefined;
    press('Comment');
    await waitFor(() => expect(box.value).toBe(''));
    const [first, second] = relay.asked.map((one) => one.body);
    expect(first).toMatchObject({ text: 'I hear it every day.' });
    expect(second).toEqual(first);
  });

  it('is decided by owners alone', () => {
    show();
    expect(button('Accept')).toBeNull();
    expect(button('Decline')).toBeNull();
  });

  it('is declined with a reason only, which the proposer reads', async () => {
    show({ role: 'owner' });
    press('Decline');
    press('Decline with this reason');
    expect(screen.getByText('This is needed.')).toBeTruthy();
    expect(relay.asked).toEqual([]);
    fireEvent.input(screen.getByLabelText('Why not'), { target: { value: 'We say it already.' } });
    press('Decline with this reason');
    await waitFor(() => expect(toast.value?.text).toBe('Declined.'));
    expect(relay.asked[0]).toEqual({
      what: `POST /api/book/changes/${change.id}/decision`,
      body: { decision: 'decline', why: 'We say it already.' },
    });
    toast.value?.undo?.();
    await waitFor(() => expect(relay.asked[1]?.body).toEqual({ decision: 'reopen' }));
  });

  it('says what to do when the entry has changed since', async () => {
    relay.answer = () => ({ ok: false, code: 'CONFLICT' });
    show({ role: 'owner' });
    press('Accept');
    await screen.findByText(/The entry has changed since this was written/);
    expect(toast.value).toBeNull();
  });

  it('is edited by its proposer and by owners', () => {
    show({ by: megan });
    expect(button('Edit')).not.toBeNull();
    cleanup();
    show();
    expect(button('Edit')).toBeNull();
    cleanup();
    show({ role: 'owner' });
    expect(button('Edit')).not.toBeNull();
  });
});
