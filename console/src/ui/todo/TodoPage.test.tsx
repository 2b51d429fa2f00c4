import { failed, ok } from '@fullname/shared/errors';
import { type Purse, TASK_KINDS, type Task, type TaskDraft } from '@fullname/shared/recovery';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { now } from '../../clock.ts';
import { changeSettings } from '../../preferences.ts';
import { go, route } from '../../route.ts';
import { STRINGS } from '../../strings/index.ts';
import { fakeRelay } from '../../testing/book.tsx';
import { lin } from '../../testing/scripted-relay.ts';
import { inWork, task, type WorkDesk, workDesk } from '../../testing/work.tsx';
import { hideToast, toast } from '../../toast.ts';
import { TodoPage } from './TodoPage.tsx';

const HOUR = 3_600_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const DRAFT: TaskDraft = {
  lines: ['Parcel late', 'New one by hand'],
  checks: ['The label'],
  until: '2027-05-01T17:00:00.000Z',
  texts: {
    handwritten: { subject: '', text: 'Dear Anna, … Megan Kajitani' },
    call: { subject: '', text: '– ask about the vase' },
    'personal-message': { subject: '', text: 'Is it really working now?' },
    'e-mail': { subject: 'Your bouquet', text: 'Dear Anna' },
  },
  mail: { to: 'anna@post.example' },
};

const PURSE: Purse = { budget: { amount: 200, currency: 'USD' }, used: 0, uses: [], asked: [] };

let relay: ReturnType<typeof fakeRelay>;
let desk: WorkDesk;
let tasks: readonly Task[];

beforeEach(() => {
  changeSettings({ locale: 'en' });
  go({ page: 'todo', section: 'tasks' });
  hideToast();
  desk = workDesk();
  tasks = [];
  relay = fakeRelay();
  relay.answer = ({ what }) => {
    if (what.includes('/draft')) return ok(DRAFT);
    if (what.startsWith('GET /api/tasks')) return ok({ tasks, next: null });
    return undefined;
  };
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  now.value = Date.now();
  vi.restoreAllMocks();
});

/** The page with these tasks, drawn. */
async function draw(some: readonly Task[], role: 'agent' | 'owner' = 'agent'): Promise<void> {
  tasks = some;
  render(inWork(<TodoPage />, desk, role));
  if (some.length > 0) await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(some.length));
}

async function open(name: RegExp): Promise<HTMLElement> {
  const opener = screen.getByRole('button', { name });
  fireEvent.click(opener);
  const row = opener.closest('li');
  if (!row) throw new Error('The task has no row.');
  return row;
}

/** How the relay answers the end of a task; what it was asked. */
function answerEnd(answer: ReturnType<typeof ok> | ReturnType<typeof failed>): void {
  const before = relay.answer;
  relay.answer = (asked) => (asked.what.endsWith('/end') ? answer : before(asked));
}
const ends = () => relay.asked.filter(({ what }) => what.endsWith('/end')).map(({ body }) => body);

describe('the list', () => {
  it('stands in groups: overdue, today, later, each by due time', async () => {
    const noon = new Date();
    noon.setHours(12, 0, 0, 0);
    vi.useFakeTimers({ now: noon, toFake: ['Date'] });
    now.value = Date.now();
    await draw([
      task({ id: '1', kind: 'wrap-up', due: at(72 * HOUR) }),
      task({ id: '2', kind: 'internal', due: at(4 * HOUR) }),
      task({ id: '3', kind: 'immediate', due: at(-1 * HOUR) }),
      task({ id: '4', kind: 'effort', due: at(-26 * HOUR) }),
    ]);
    const groups = screen.getAllByRole('region').map((group) => [
      within(group).getByRole('heading').textContent,
      within(group)
        .getAllByRole('button')
        .map((button) => button.firstChild?.textContent),
    ]);
    expect(groups).toEqual([
      ['Overdue 2', ['Spend effort, not forms', 'Ask whether it holds']],
      ['Today 1', ['Brief your colleagues']],
      ['Later 1', ['A last word']],
    ]);
    expect(screen.getByText('was due 1 hour ago')).toBeTruthy();
    expect(screen.getByText('due in 4 hours')).toBeTruthy();
  });

  it('names the customer as the way into the conversation', async () => {
    await draw([task()]);
    expect(screen.getByRole('link', { name: 'Anna Lindqvist' }).getAttribute('href')).toMatch(/^#c=/);
  });

  it('asks for everybody’s and for ended ones, and teaches where there is nothing', async () => {
    await draw([]);
    await screen.findByRole('heading', { name: 'Nothing waits for you' });
    fireEvent.click(screen.getByRole('button', { name: 'Everybody’s' }));
    await screen.findByRole('heading', { name: 'Nobody has anything open' });
    fireEvent.click(screen.getByRole('button', { name: 'Ended' }));
    await screen.findByRole('heading', { name: 'Nothing has ended yet' });
    expect(relay.asked.map(({ what }) => what)).toEqual([
      'GET /api/tasks?whose=mine&state=open',
      'GET /api/tasks?whose=all&state=open',
      'GET /api/tasks?whose=all&state=ended',
    ]);
  });

  it('says what is wrong where it cannot be read, and reads it again', async () => {
    const before = relay.answer;
    relay.answer = () => failed('UNAVAILABLE');
    render(inWork(<TodoPage />, desk));
    await screen.findByRole('alert');
    relay.answer = before;
    tasks = [task()];
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('button', { name: /^Ask whether it holds/ });
  });

  it('is walked with J and K', async () => {
    await draw([task({ id: '1' }), task({ id: '2', kind: 'internal', due: at(2 * HOUR) })]);
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    press('j');
    expect(document.activeElement?.textContent).toMatch(/^Ask whether/);
    press('j');
    expect(document.activeElement?.textContent).toMatch(/^Brief/);
    press('k');
    expect(document.activeElement?.textContent).toMatch(/^Ask whether/);
  });
});

describe('the ally’s question', () => {
  it('ends with what the customer said: it works', async () => {
    await draw([task()]);
    const row = await open(/^Ask whether/);
    await within(row).findByText('Is it really working now?');
    fireEvent.input(within(row).getByLabelText(/What they said/), { target: { value: ' It blooms. ' } });
    answerEnd(ok(task({ state: 'done' })));
    tasks = [];
    fireEvent.click(within(row).getByRole('button', { name: 'It works' }));
    await waitFor(() => expect(toast.value?.text).toBe('Followed up.'));
    expect(ends()).toEqual([{ end: 'done', works: true, said: 'It blooms.' }]);
    await screen.findByRole('heading', { name: 'Nothing waits for you' });
  });

  it('opens the record again: it still does not work', async () => {
    await draw([task()]);
    const row = await open(/^Ask whether/);
    await within(row).findByText('Is it really working now?');
    answerEnd(ok(task({ state: 'done' })));
    fireEvent.click(within(row).getByRole('button', { name: 'It still does not work' }));
    await waitFor(() => expect(toast.value?.text).toContain('Opened again'));
    expect(ends()).toEqual([{ end: 'done', works: false }]);
  });

  it.each(['NOT_ALLY', 'ENDED', 'UNAVAILABLE'] as const)(
    'says in place that it was refused: %s, and keeps what was written',
    async (code) => {
      await draw([task()]);
      const row = await open(/^Ask whether/);
      await within(row).findByText('Is it really working now?');
      const said = within(row).getByLabelText(/What they said/);
      fireEvent.input(said, { target: { value: 'It blooms.' } });
      answerEnd(failed(code));
      fireEvent.click(within(row).getByRole('button', { name: 'It works' }));
      expect((await within(row).findByRole('alert')).textContent).toBe(STRINGS.en.errors[code]);
      expect((said as HTMLTextAreaElement).value).toBe('It blooms.');
    },
  );
});

describe('the flag for colleagues', () => {
  it('goes with its lines, its checks and its day', async () => {
    await draw([task({ kind: 'internal' })]);
    const row = await open(/^Brief/);
    const third = await within(row).findByLabelText('Line 3');
    fireEvent.input(third, { target: { value: 'Two parcels, not one' } });
    fireEvent.input(within(row).getByLabelText(/Check again/), {
      target: { value: 'The label\n\nThe door' },
    });
    answerEnd(ok(task({ state: 'done' })));
    fireEvent.click(within(row).getByRole('button', { name: 'Save and show to everybody' }));
    await waitFor(() => expect(ends()).toHaveLength(1));
    expect(ends()[0]).toMatchObject({
      end: 'done',
      flag: {
        lines: ['Parcel late', 'New one by hand', 'Two parcels, not one'],
        checks: ['The label', 'The door'],
        until: expect.stringMatching(/^2027-05-0[12]T/),
      },
    });
  });
});

describe('the last word', () => {
  const openLastWord = async () => {
    await draw([task({ kind: 'wrap-up' })]);
    const row = await open(/^A last word/);
    await within(row).findByRole('radio', { name: /Handwritten/ });
    return row;
  };

  it('has its four ways in the order in which they count, with what each counts for', async () => {
    const row = await openLastWord();
    expect(
      within(row)
        .getAllByRole('radio')
        .map((radio) => radio.closest('label')?.textContent),
    ).toEqual([
      'Handwritten noteCounts most: people keep it.',
      'CallCounts much: they hear a person.',
      'Personal messageCounts less: in the chat, under your name.',
      'E-mailCounts least, and is better than silence.',
    ]);
  });

  it('prints a note on a page that holds nothing else', async () => {
    const row = await openLastWord();
    const printed: (string | null)[] = [];
    vi.stubGlobal('print', () => {
      printed.push(document.querySelector('.note-sheet')?.textContent ?? null);
      window.dispatchEvent(new Event('afterprint'));
    });
    fireEvent.click(within(row).getByRole('button', { name: 'Print' }));
    expect(printed).toEqual(['Dear Anna, … Megan Kajitani']);
    expect(document.querySelector('.note-sheet')).toBe(null);
    vi.unstubAllGlobals();
  });

  it('sends a personal message under the same id through every retry', async () => {
    const row = await openLastWord();
    fireEvent.click(within(row).getByRole('radio', { name: /Personal/ }));
    answerEnd(failed('UNAVAILABLE'));
    fireEvent.click(within(row).getByRole('button', { name: 'Send the message' }));
    await within(row).findByRole('alert');
    answerEnd(ok(task({ state: 'done' })));
    fireEvent.click(within(row).getByRole('button', { name: 'Send the message' }));
    await waitFor(() => expect(ends()).toHaveLength(2));
    expect(ends()[0]).toEqual(ends()[1]);
    expect(ends()[1]).toMatchObject({
      wrapUp: 'personal-message',
      message: { text: 'Is it really working now?' },
    });
  });

  it('says where an e-mail goes, and sends its subject', async () => {
    const row = await openLastWord();
    fireEvent.click(within(row).getByRole('radio', { name: /E-mail/ }));
    expect(within(row).getByText('Goes to anna@post.example')).toBeTruthy();
    answerEnd(ok(task({ state: 'done', mail: 'waiting' })));
    fireEvent.click(within(row).getByRole('button', { name: 'Send the e-mail' }));
    await waitFor(() => expect(ends()).toHaveLength(1));
    expect(ends()[0]).toMatchObject({
      wrapUp: 'e-mail',
      message: { subject: 'Your bouquet', text: 'Dear Anna' },
    });
  });

  it('says why no e-mail can go', async () => {
    const before = relay.answer;
    relay.answer = (asked) =>
      asked.what.includes('/draft') ? ok({ ...DRAFT, mail: { why: 'MAIL_UNPROVEN' } }) : before(asked);
    const row = await openLastWord();
    fireEvent.click(within(row).getByRole('radio', { name: /E-mail/ }));
    expect(within(row).getByText(STRINGS.en.errors.MAIL_UNPROVEN)).toBeTruthy();
    expect(within(row).getByRole('button', { name: 'Send the e-mail' })).toHaveProperty('disabled', true);
  });

  it('leads to the record where the something extra is missing', async () => {
    const row = await openLastWord();
    answerEnd(failed('EXTRA_FIRST'));
    fireEvent.click(within(row).getByRole('button', { name: 'The note is on its way' }));
    fireEvent.click(await within(row).findByRole('button', { name: /Say in the record/ }));
    expect(route.value).toMatchObject({ page: 'desk', conversation: task().conversation });
  });
});

describe('what is not one’s own', () => {
  const theirs = task({ owner: lin });

  it('can be read by everybody, and ended by nobody else', async () => {
    await draw([theirs]);
    const row = await open(/^Ask whether/);
    expect(within(row).getByText('This is 林怡君’s to do.')).toBeTruthy();
    expect(within(row).queryByRole('button', { name: 'It works' })).toBe(null);
    expect(within(row).queryByRole('button', { name: 'Waive it' })).toBe(null);
  });

  it('is waived by an owner, with a reason', async () => {
    await draw([theirs], 'owner');
    const row = await open(/^Ask whether/);
    fireEvent.click(within(row).getByRole('button', { name: 'Waive it' }));
    const submit = within(row).getByRole('button', { name: 'Waive with this reason' });
    expect(submit).toHaveProperty('disabled', true);
    fireEvent.input(within(row).getByLabelText('Why it is not needed'), {
      target: { value: 'They moved away.' },
    });
    answerEnd(ok(task({ state: 'waived' })));
    fireEvent.click(submit);
    await waitFor(() => expect(ends()).toEqual([{ end: 'waived', why: 'They moved away.' }]));
  });

  it.each(TASK_KINDS)('is an owner’s to waive, and no agent’s: %s', async (kind) => {
    await draw([{ ...theirs, kind }], 'owner');
    await screen.findByRole('listitem');
    const opener = () => within(screen.getByRole('listitem')).getAllByRole('button')[0] as HTMLElement;
    fireEvent.click(opener());
    await screen.findByRole('button', { name: 'Waive it' });
    cleanup();
    await draw([{ ...theirs, kind }], 'agent');
    fireEvent.click(opener());
    await screen.findByText('This is 林怡君’s to do.');
    expect(screen.queryByRole('button', { name: 'Waive it' })).toBeNull();
  });

  it.each(TASK_KINDS)('while one’s own is waived where it is not answered elsewhere: %s', async (kind) => {
    const before = relay.answer;
    relay.answer = (asked) => (asked.what === 'GET /api/goodwill' ? ok(PURSE) : before(asked));
    await draw([task({ kind, owner: task().owner })], 'owner');
    fireEvent.click(within(screen.getByRole('listitem')).getAllByRole('button')[0] as HTMLElement);
    await waitFor(() => expect(document.querySelector('.task-hint')).not.toBeNull());
    const answered = kind === 'goodwill' || kind === 'request' || kind === 'promise';
    expect(screen.queryByRole('button', { name: 'Waive it' }) === null).toBe(answered);
  });
});

it('a task that a colleague ended meanwhile stays in view and says so', async () => {
  await draw([task()]);
  const row = await open(/^Ask whether/);
  await within(row).findByText('Is it really working now?');
  tasks = [];
  desk.told.value += 1;
  expect((await screen.findByRole('alert')).textContent).toBe(STRINGS.en.errors.ENDED);
});

it('a goodwill that is asked for is granted, or declined with another way', async () => {
  const before = relay.answer;
  relay.answer = (asked) => (asked.what === 'GET /api/goodwill' ? ok(PURSE) : before(asked));
  await draw([task({ kind: 'goodwill', goodwill: 'g1', failure: null })]);
  const row = await open(/asks for your word/);
  const no = within(row).getByRole('button', { name: 'No, do this instead' });
  expect(no).toHaveProperty('disabled', true);
  fireEvent.input(within(row).getByLabelText(/instead/), { target: { value: 'A second bouquet' } });
  fireEvent.click(no);
  await waitFor(() =>
    expect(relay.asked).toContainEqual({
      what: 'POST /api/goodwill/g1/decision',
      body: { grant: false, instead: 'A second bouquet' },
    }),
  );
});

describe('one’s own promises', () => {
  const promise = {
    id: 'p1',
    text: 'I call you when it has arrived',
    due: at(2 * HOUR),
    keptAt: null,
    outcome: 'open' as const,
    conversation: task().conversation,
    customer: task().customer,
  };
  const drawOwn = async () => {
    go({ page: 'todo', section: 'promises' });
    relay.answer = ({ what }) =>
      what === 'GET /api/promises'
        ? ok({
            open: [
              promise,
              { ...promise, id: 'p0', text: 'Late already', due: at(-HOUR), outcome: 'slipped' },
            ],
            kept: [{ ...promise, id: 'p2', text: 'The photo', keptAt: at(-HOUR), outcome: 'early' }],
            // More are open than the relay shows.
            counts: { open: 1_200, slipped: 1, early: 3, kept: 2, moved: 1, late: 0 },
          })
        : undefined;
    render(inWork(<TodoPage />, desk));
    await screen.findByText('I call you when it has arrived');
  };

  it('are open by due time, kept with how, and counted', async () => {
    await drawOwn();
    const [first, second, kept] = screen.getAllByRole('listitem');
    expect(first?.textContent).toContain('Late already');
    expect(first?.textContent).toContain('was due 1 hour ago');
    expect(second?.textContent).toContain('due in 2 hours');
    expect(kept?.textContent).toContain('kept early');
    expect(screen.getByRole('region', { name: 'Open 1,201' })).toBeTruthy();
    const counts = screen.getAllByRole('definition').map((count) => count.parentElement?.textContent);
    expect(counts).toEqual(['early3', 'in time2', 'moved in time1', 'late0']);
  });

  it('are kept, and moved to a later time only, of which the customer is told', async () => {
    await drawOwn();
    const row = screen.getByText('I call you when it has arrived').closest('li') as HTMLElement;
    fireEvent.click(within(row).getByRole('button', { name: 'Mark as kept' }));
    expect(desk.asked[0]).toMatchObject({ what: 'keep', request: { promise: 'p1' } });
    fireEvent.click(within(row).getByRole('button', { name: 'Move it' }));
    expect(within(row).getByText('The customer is told at once, in your name.')).toBeTruthy();
    const submit = within(row).getByRole('button', { name: 'Move and tell them' });
    const field = within(row).getByLabelText('New time');
    fireEvent.input(field, { target: { value: '2020-01-01T10:00' } });
    expect(submit).toHaveProperty('disabled', true);
    fireEvent.input(field, { target: { value: '2099-01-01T10:00' } });
    fireEvent.click(submit);
    await waitFor(() => expect(toast.value?.text).toBe('Moved. The customer has been told.'));
    expect(desk.asked[1]).toMatchObject({
      what: 'move',
      request: { promise: 'p1', due: new Date('2099-01-01T10:00').toISOString() },
    });
  });
});
