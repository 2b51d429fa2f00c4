import { failed, ok } from '@fullname/shared/errors';
import type { CustomerPane, Promised } from '@fullname/shared/model';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInbox } from '../../inbox.ts';
import { memoryStore } from '../../outbox-store.ts';
import { changeSettings } from '../../preferences.ts';
import { STRINGS } from '../../strings/index.ts';
import { fakeRelay } from '../../testing/book.tsx';
import {
  CONVERSATION,
  emptyPane,
  lin,
  megan,
  opened,
  type ScriptedRelay,
  scriptedRelay,
} from '../../testing/scripted-relay.ts';
import { inWork, request, TOMAS, workDesk } from '../../testing/work.tsx';
import type { Thread } from '../../thread.ts';
import { hideToast, toast } from '../../toast.ts';
import { recordForm } from '../../view.ts';
import { AskForHelp } from '../help/AskForHelp.tsx';
import { Helpers } from '../help/Helpers.tsx';
import { Promises } from './Promises.tsx';

const promised = (change: Partial<Promised> = {}): Promised => ({
  id: 'p1',
  conversation: CONVERSATION,
  text: 'I call you when it has arrived',
  due: '2099-01-01T16:00:00.000Z',
  firstDue: '2099-01-01T16:00:00.000Z',
  madeAt: '2026-11-20T10:00:00.000Z',
  by: { id: megan.id, fullName: megan.fullName },
  keeper: { id: megan.id, fullName: megan.fullName },
  keptAt: null,
  outcome: 'open',
  toldAt: null,
  ...change,
});

let relay: ScriptedRelay;
let http: ReturnType<typeof fakeRelay>;

beforeEach(() => {
  changeSettings({ locale: 'en' });
  recordForm.value = null;
  hideToast();
  relay = scriptedRelay();
  http = fakeRelay();
});
afterEach(cleanup);

/** An open conversation with this beside it. */
async function threadWith(pane: Partial<CustomerPane>): Promise<Thread> {
  const whole = emptyPane(pane);
  relay.handlers['conversation:open'] = () => ok(opened({ pane: whole }));
  relay.handlers['customer:read'] = () => ok(whole);
  const inbox = await openInbox({
    connection: relay,
    store: memoryStore(),
    me: megan.id,
    onOtherPerson: () => undefined,
  });
  inbox.select(CONVERSATION);
  await waitFor(() => expect(inbox.open.value.state).toBe('ready'));
  const open = inbox.open.value;
  if (open.state !== 'ready') throw new Error('The conversation did not open.');
  return open.thread;
}

const draw = async (promises: readonly Promised[]) =>
  render(<Promises thread={await threadWith({ promises })} canRecord />);
const lineOf = (text: string): HTMLElement => screen.getByText(text).closest('li') as HTMLElement;

describe('promises beside a conversation', () => {
  it.each([
    ['early', 'kept early'],
    ['kept', 'kept,'],
    ['moved', 'moved in time, kept'],
    ['late', 'kept late'],
  ] as const)('say in words how they were kept: %s', async (outcome, words) => {
    await draw([promised({ outcome, keptAt: '2026-11-21T10:00:00.000Z' })]);
    const line = lineOf('I call you when it has arrived');
    expect(line.textContent).toContain(words);
    expect(within(line).queryByRole('button')).toBe(null);
  });

  it('say that the time has passed, what was promised first, that the customer was told, and who keeps it now', async () => {
    await draw([
      promised({
        id: 'a',
        text: 'Slipped',
        outcome: 'slipped',
        due: '2026-01-05T16:00:00.000Z',
        firstDue: '2026-01-05T16:00:00.000Z',
        toldAt: '2026-01-05T15:00:00.000Z',
      }),
      promised({ id: 'b', text: 'Moved', firstDue: '2098-01-01T16:00:00.000Z', keeper: lin }),
    ]);
    expect(lineOf('Slipped').textContent).toMatch(/was due .*the customer was told on/);
    expect(lineOf('Moved').textContent).toMatch(/林怡君 · first promised for/);
  });

  it('are moved to a later time, and the form says that the customer is told', async () => {
    await draw([promised()]);
    const line = within(lineOf('I call you when it has arrived'));
    fireEvent.click(line.getByRole('button', { name: 'Move it' }));
    expect(line.getByText('The customer is told at once, in your name.')).toBeTruthy();
    relay.handlers['promise:move'] = () => failed('TOO_LATE');
    fireEvent.input(line.getByLabelText('New time'), { target: { value: '2099-02-01T16:00' } });
    fireEvent.click(line.getByRole('button', { name: 'Move and tell them' }));
    expect((await line.findByRole('alert')).textContent).toBe(STRINGS.en.errors.TOO_LATE);
    relay.handlers['promise:move'] = () => ok(promised());
    fireEvent.click(line.getByRole('button', { name: 'Move and tell them' }));
    await waitFor(() => expect(toast.value?.text).toContain('The customer has been told'));
    const moves = relay.requests('promise:move');
    expect(moves).toHaveLength(2);
    // The same time under the same id: the customer is told once.
    expect(moves[0]).toEqual(moves[1]);
    expect(moves[0]?.due).toBe(new Date('2099-02-01T16:00').toISOString());
  });

  it('are made with a time, and the form says that the customer sees them', async () => {
    await draw([]);
    fireEvent.click(screen.getByRole('button', { name: 'Record a promise' }));
    expect(screen.getByText(/The customer is shown this/)).toBeTruthy();
    fireEvent.input(screen.getByLabelText('What you promise'), { target: { value: 'A call' } });
    const save = screen.getByRole('button', { name: 'Save' });
    expect(save).toHaveProperty('disabled', true);
    fireEvent.input(screen.getByLabelText('By when'), { target: { value: '2099-02-01T16:00' } });
    relay.handlers['promise:make'] = () => ok(promised());
    fireEvent.click(save);
    await waitFor(() => expect(relay.requests('promise:make')).toHaveLength(1));
    expect(relay.requests('promise:make')[0]).toMatchObject({
      text: 'A call',
      due: new Date('2099-02-01T16:00').toISOString(),
    });
  });
});

describe('help from a conversation', () => {
  it('is asked of a colleague by name, also of those behind the desk and of those who are away', async () => {
    const thread = await threadWith({});
    let isOpen = true;
    const close = () => {
      isOpen = false;
    };
    render(inWork(<AskForHelp thread={thread} onClose={close} />, workDesk()));
    const person = screen.getByRole('radio', { name: /Tomás Echeverría/ });
    expect(person.closest('label')?.textContent).toContain('Away');
    const submit = screen.getByRole('button', { name: 'Choose a person' });
    expect(submit).toHaveProperty('disabled', true);
    fireEvent.click(person);
    fireEvent.input(screen.getByLabelText('What you need'), {
      target: { value: 'Card 4111 1111 1111 1111 was charged twice?' },
    });
    fireEvent.input(screen.getByLabelText(/By when/), { target: { value: '2099-02-01T16:00' } });
    fireEvent.click(screen.getByRole('button', { name: 'Ask Tomás Echeverría' }));
    await waitFor(() => expect(isOpen).toBe(false));
    const asked = http.asked.find(({ what }) => what === 'POST /api/requests');
    expect(asked?.body).toMatchObject({
      conversation: CONVERSATION,
      provider: TOMAS.id,
      wishedBy: new Date('2099-02-01T16:00').toISOString(),
    });
    // A card's number leaves no browser.
    expect(JSON.stringify(asked)).not.toContain('4111 1111 1111 1111');
  });

  it('stands in the pane with its state, its clock, the other way, and the asker’s word', async () => {
    const asker = { id: megan.id, fullName: megan.fullName };
    const due = new Date(Date.now() + 3_600_000 * 5).toISOString();
    const thread = await threadWith({
      requests: [
        request({ id: 'r1', asker, provider: TOMAS, state: 'promised', due, what: 'One' }),
        request({
          id: 'r2',
          asker,
          provider: TOMAS,
          state: 'declined',
          answer: 'It breaks.',
          instead: 'Thursday',
          what: 'Two',
        }),
        request({ id: 'r3', asker: lin, provider: TOMAS, state: 'answered', answer: 'Yes', what: 'Three' }),
      ],
    });
    render(inWork(<Helpers thread={thread} />, workDesk()));
    expect(lineOf('One').textContent).toMatch(/Tomás Echeverría · promised by .* left/);
    expect(within(lineOf('One')).getByRole('button', { name: 'Withdraw' })).toBeTruthy();
    expect(lineOf('Two').textContent).toContain('Instead: Thursday');
    // Only who asked says how the help was.
    expect(within(lineOf('Three')).queryByRole('group')).toBe(null);
    fireEvent.click(within(lineOf('Two')).getByRole('button', { name: 'Kind and good' }));
    await waitFor(() =>
      expect(http.asked).toContainEqual({
        what: 'POST /api/requests/r2',
        body: { act: 'rate', rating: 'kind-and-good' },
      }),
    );
  });
});
