import { failed, ok } from '@fullname/shared/errors';
import type { InternalRequest, Requests } from '@fullname/shared/recovery';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now } from '../../clock.ts';
import { changeSettings } from '../../preferences.ts';
import { STRINGS } from '../../strings/index.ts';
import { fakeRelay } from '../../testing/book.tsx';
import { megan } from '../../testing/scripted-relay.ts';
import { inWork, request, TOMAS, type WorkDesk, workDesk } from '../../testing/work.tsx';
import { hideToast, toast } from '../../toast.ts';
import { HelpPage } from './HelpPage.tsx';

const NONE = { 'kind-and-good': 0, good: 0, slow: 0, 'not-helped': 0, promised: 0, inTime: 0 };

let relay: ReturnType<typeof fakeRelay>;
let desk: WorkDesk;

beforeEach(() => {
  changeSettings({ locale: 'en' });
  hideToast();
  now.value = Date.now();
  desk = workDesk();
  relay = fakeRelay();
});
afterEach(cleanup);

async function draw(requests: Partial<Requests>, role: 'agent' | 'back-office' = 'agent'): Promise<void> {
  relay.answer = ({ what }) =>
    what === 'GET /api/requests' ? ok({ toMe: [], byMe: [], served: NONE, ...requests }) : undefined;
  render(inWork(<HelpPage />, desk, role));
  await screen.findByRole('heading', { name: /^Asked of you/ });
}

const card = (text: string): HTMLElement => screen.getByText(text).closest('li') as HTMLElement;
const acts = () => relay.asked.filter(({ what }) => what.startsWith('POST')).map(({ body }) => body);
const mine = (change: Partial<InternalRequest> = {}) =>
  request({ asker: { id: megan.id, fullName: megan.fullName }, provider: TOMAS, ...change });

describe('what was asked of oneself', () => {
  it('says by whom, for which customer, and counts down to the promised time', async () => {
    const due = new Date(now.value + 47 * 60_000 + 12_000).toISOString();
    await draw({
      toMe: [
        request({ id: 'wish', what: 'Later', wishedBy: new Date(now.value + 86_400_000).toISOString() }),
        request({ state: 'promised', due }),
      ],
    });
    const [first] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain('Asked by 林怡君');
    expect(first?.textContent).toContain('for Anna Lindqvist');
    expect(first?.textContent).toContain('47:12 left');
    now.value += 48 * 60_000;
    await waitFor(() => expect(first?.textContent).toContain('0:48 over'));
  });

  it('is answered', async () => {
    await draw({ toMe: [request()] });
    const row = within(card('Where is parcel 4417?'));
    fireEvent.click(row.getByRole('button', { name: 'Answer' }));
    fireEvent.input(row.getByLabelText('Your answer'), { target: { value: 'In Malmö, here on Thursday.' } });
    fireEvent.click(row.getByRole('button', { name: 'Send the answer' }));
    await waitFor(() => expect(toast.value?.text).toBe('林怡君 has your answer.'));
    expect(acts()).toEqual([{ act: 'answer', text: 'In Malmö, here on Thursday.' }]);
  });

  it('is given a time; one that has passed is refused in place', async () => {
    await draw({ toMe: [request()] });
    const row = within(card('Where is parcel 4417?'));
    fireEvent.click(row.getByRole('button', { name: 'Promise a time' }));
    fireEvent.input(row.getByLabelText('By when'), { target: { value: '2020-01-01T10:00' } });
    relay.answer = () => failed('TOO_LATE');
    fireEvent.click(row.getByRole('button', { name: 'Promise it' }));
    expect((await row.findByRole('alert')).textContent).toBe(STRINGS.en.errors.TOO_LATE);
    expect(acts()).toEqual([{ act: 'promise', due: new Date('2020-01-01T10:00').toISOString() }]);
  });

  it('is declined with another way, or with one of five reasons, and never with neither', async () => {
    await draw({ toMe: [request()] });
    const row = within(card('Where is parcel 4417?'));
    fireEvent.click(row.getByRole('button', { name: 'Not like this' }));
    fireEvent.input(row.getByLabelText('What you tell your colleague'), { target: { value: 'Not today.' } });
    const send = row.getByRole('button', { name: 'Send' });
    expect(send).toHaveProperty('disabled', true);
    fireEvent.input(row.getByLabelText('What could be done instead'), {
      target: { value: 'Tomorrow at nine' },
    });
    expect(send).toHaveProperty('disabled', false);
    fireEvent.click(row.getByRole('radio', { name: /plain no/ }));
    const reasons = within(row.getByLabelText('Because of')).getAllByRole('option');
    expect(reasons.map((option) => option.textContent)).toEqual([
      'Safety',
      'Security',
      'Privacy',
      'Health',
      'Ethics',
    ]);
    fireEvent.change(row.getByLabelText('Because of'), { target: { value: 'privacy' } });
    fireEvent.click(send);
    await waitFor(() => expect(acts()).toEqual([{ act: 'decline', text: 'Not today.', reason: 'privacy' }]));
  });

  it('opens the conversation in place', async () => {
    await draw({ toMe: [request()] }, 'back-office');
    fireEvent.click(screen.getByRole('button', { name: 'Read the conversation here' }));
    await screen.findByRole('list', { name: 'Conversation with Anna Lindqvist' });
  });

  it('stays once it is answered, with how it was found in counts; what was withdrawn goes', async () => {
    await draw(
      {
        toMe: [
          request({ state: 'answered', answer: 'In Malmö', outcome: 'early' }),
          request({ id: 'gone', what: 'Never mind', state: 'withdrawn' }),
        ],
        served: { ...NONE, good: 1, 'kind-and-good': 2, promised: 3, inTime: 2 },
      },
      'back-office',
    );
    const answered = within(screen.getByRole('region', { name: 'What you answered' }));
    expect(screen.queryByText('Never mind')).toBe(null);
    expect(answered.getByText('early')).toBeTruthy();
    expect(answered.getByText('2 of 3 promised times kept.')).toBeTruthy();
    expect(answered.getAllByRole('definition').map((count) => count.parentElement?.textContent)).toEqual([
      'Kind and good2',
      'Good1',
    ]);
    expect(screen.getByRole('heading', { name: 'Nobody waits for your help' })).toBeTruthy();
  });
});

describe('what oneself asked', () => {
  it('is withdrawn while it is open', async () => {
    await draw({ byMe: [mine()] });
    fireEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(acts()).toEqual([{ act: 'withdraw' }]));
  });

  it('shows the other way, and is rated in one of four words', async () => {
    await draw({
      byMe: [mine({ state: 'declined', answer: 'The vase breaks.', instead: 'The small one on Thursday' })],
    });
    const row = within(card('Where is parcel 4417?'));
    expect(row.getByText('The small one on Thursday', { exact: false })).toBeTruthy();
    const words = within(row.getByRole('group', { name: 'How was the help?' })).getAllByRole('button');
    expect(words.map((button) => button.textContent)).toEqual([
      'Kind and good',
      'Good',
      'Slow',
      'Did not help',
    ]);
    fireEvent.click(row.getByRole('button', { name: 'Slow' }));
    await waitFor(() => expect(acts()).toEqual([{ act: 'rate', rating: 'slow' }]));
  });
});

it('what was withdrawn is neither withdrawn again nor rated', async () => {
  await draw({ byMe: [mine({ state: 'withdrawn' })] });
  expect(screen.queryByRole('button', { name: 'Withdraw' })).toBe(null);
  expect(screen.queryByRole('group', { name: 'How was the help?' })).toBe(null);
});
