import { ok } from '@fullname/shared/errors';
import type { Opened } from '@fullname/shared/events';
import { tryExamples } from '@fullname/shared/reader/read';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Shelf } from '../../../book.ts';
import { DeskContext } from '../../../context.ts';
import { changeSettings } from '../../../preferences.ts';
import { openDesk } from '../../../testing/desk.ts';
import { type bookOf, DONE, phrase, rule } from '../../../testing/reading.ts';
import { CONVERSATION, megan, message, opened, scriptedRelay } from '../../../testing/scripted-relay.ts';
import { ThreadPane } from '../ThreadPane.tsx';

/** Past the hello, so that only what a test is about is remarked on. */
const talked = [message(1, 'Could you deliver on Sunday?'), message(2, 'Good morning, Anna.', { by: megan })];

let count = 0;

/** The composer of a conversation of its own, with the book given. */
async function draw(book: Partial<Shelf>, first: Opened = opened({ entries: talked })) {
  count += 1;
  const id = `${CONVERSATION.slice(0, -4)}${String(count).padStart(4, '0')}`;
  const relay = scriptedRelay();
  const conversation = { ...first.conversation, id };
  relay.handlers['conversation:open'] = () => ok({ ...first, conversation });
  relay.handlers['message:send'] = ({ id: sent, text }) => ok(message(9, text, { id: sent, by: megan }));
  relay.handlers['writing:report'] = () => DONE;
  relay.handlers['alternatives:find'] = () =>
    ok([{ text: 'I can bring it on Monday at ten.', from: 'past', phrase: null }]);
  const desk = await openDesk(relay, { shelf: book });
  desk.inbox.select(id);
  const drawn = render(
    <DeskContext.Provider value={desk}>
      <ThreadPane />
    </DeskContext.Provider>,
  );
  const field = await waitFor(() => screen.getByRole<HTMLTextAreaElement>('textbox'));
  const sent = () => relay.requests('message:send').map(({ text }) => text);
  return { ...drawn, relay, desk, field, sent };
}

function write(field: HTMLTextAreaElement, value: string): void {
  fireEvent.input(field, { target: { value } });
  field.setSelectionRange(value.length, value.length);
}

const enter = (field: HTMLTextAreaElement) => fireEvent.keyDown(field, { key: 'Enter' });
/** A key with Alt, as browsers report it: here AltGraph is told apart from Alt. */
function alt(field: HTMLTextAreaElement, key: string, isComposing = false): void {
  const code = key === 'Enter' ? key : `Key${key.toUpperCase()}`;
  const init = { key, code, altKey: true, isComposing, bubbles: true, cancelable: true };
  const event = new KeyboardEvent('keydown', init);
  event.getModifierState = () => false;
  fireEvent(field, event);
}
const panel = () => screen.findByRole('region', { name: 'A remark on your words' });
const gone = () =>
  waitFor(() => expect(screen.queryByRole('region', { name: 'A remark on your words' })).toBeNull());

beforeEach(() => {
  localStorage.clear();
  changeSettings({ locale: 'en', enterSends: true, phrasesOpen: true });
});
afterEach(cleanup);

describe('a remark on a draft', () => {
  it('says why, and takes the words of its person’s choice', async () => {
    const { field, container } = await draw({
      rules: [
        rule('as I said', { sayInstead: ['let me put it better:', 'once more:'], level: 'suggestion' }),
      ],
    });
    write(field, 'As I said it is late.');
    const shown = await panel();
    expect(shown.textContent).toContain('It blames the reader.');
    expect(container.querySelector('.under-quiet')?.textContent).toBe('As I said');
    alt(field, 'Enter');
    await waitFor(() => expect(field.value).toBe('Let me put it better: it is late.'));
    await gone();
  });

  it('leaves what only its writer knows open: it is selected, and nothing is sent while it is', async () => {
    const soon = rule('soon', { sayInstead: ['by {time}', 'on {time}'] });
    const { field, sent } = await draw({ rules: [soon] });
    write(field, 'You will have it soon, Anna.');
    await panel();
    alt(field, 'Enter');
    await waitFor(() => expect(field.value).toBe('You will have it by {time}, Anna.'));
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('{time}');
    field.setSelectionRange(0, 0);
    enter(field);
    await waitFor(() => expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('{time}'));
    expect(sent()).toEqual([]);
    write(field, 'You will have it by noon, Anna.');
    enter(field);
    await waitFor(() => expect(sent()).toEqual(['You will have it by noon, Anna.']));
  });

  it('stays as it is drawn while words are written before and behind it', async () => {
    const { field, container } = await draw({ rules: [rule('as I said', { sayInstead: ['once more:'] })] });
    write(field, 'Well, as I said, it is late');
    const shown = await panel();
    const changes: MutationRecord[] = [];
    const watcher = new MutationObserver((records) => changes.push(...records));
    watcher.observe(shown, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const more of ['.', '. B', '. By', '. By n', '. By noon.'])
      write(field, `Well, as I said, it is late${more}`);
    write(field, 'Oh well, as I said, it is late. By noon.');
    const line = () => container.querySelector('.under')?.previousSibling?.textContent;
    await waitFor(() => expect(line()).toBe('Oh well, '));
    expect([...changes, ...watcher.takeRecords()]).toEqual([]);
    alt(field, 'Enter');
    await waitFor(() => expect(field.value).toBe('Oh well, once more:, it is late. By noon.'));
  });

  it('asks once before the send, and lets its person decide', async () => {
    const { field, sent } = await draw({ rules: [rule('as I said')] });
    write(field, 'It is late, as I said.');
    enter(field);
    await screen.findByText(/Not sent yet/);
    expect(sent()).toEqual([]);
    enter(field);
    await waitFor(() => expect(sent()).toEqual(['It is late, as I said.']));
  });

  it('is not answered by a key that is held down', async () => {
    const { field, sent } = await draw({ rules: [rule('as I said')] });
    write(field, 'It is late, as I said.');
    enter(field);
    await screen.findByText(/Not sent yet/);
    fireEvent.keyDown(field, { key: 'Enter', repeat: true });
    await panel();
    expect(sent()).toEqual([]);
  });

  it('holds the send at a block, whatever is pressed', async () => {
    const { field, sent } = await draw({ rules: [rule('idiot', { level: 'block' })] });
    write(field, 'You idiot');
    enter(field);
    await screen.findByText(/Change these words first/);
    alt(field, 'p');
    alt(field, 'm');
    enter(field);
    await screen.findByText(/Change these words first/);
    expect(screen.queryByRole('button', { name: /Send as it is/ })).toBeNull();
    expect(sent()).toEqual([]);
    write(field, 'You are right');
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(false),
    );
    enter(field);
    await waitFor(() => expect(sent()).toEqual(['You are right']));
  });

  it('is read again at the send: words that no reading has seen do not go', async () => {
    const { field, sent } = await draw({ rules: [rule('idiot', { level: 'block' })] });
    fireEvent.compositionStart(field);
    write(field, 'You idiot');
    fireEvent.compositionEnd(field);
    enter(field);
    await screen.findByText(/Change these words first/);
    expect(sent()).toEqual([]);
  });

  it('is dismissed for this draft, and “not here” for the conversation', async () => {
    const { field, sent, relay, unmount, desk } = await draw({
      rules: [rule('as I said'), rule('obviously')],
    });
    write(field, 'Obviously late, as I said.');
    await panel();
    alt(field, 'j');
    alt(field, 'p');
    await waitFor(() => expect(screen.queryByText('2 of 2')).toBeNull());
    alt(field, 'm');
    await gone();
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
    await waitFor(() => expect(relay.requests('writing:report')).toHaveLength(1));
    const outcomes = relay
      .requests('writing:report')[0]
      ?.findings.map(({ outcome }) => outcome)
      .sort();
    expect(outcomes).toEqual(['dismissed', 'not-here']);

    unmount();
    render(
      <DeskContext.Provider value={desk}>
        <ThreadPane />
      </DeskContext.Provider>,
    );
    const again = await screen.findByRole<HTMLTextAreaElement>('textbox');
    write(again, 'Obviously late, as I said.');
    const shown = await panel();
    expect(within(shown).queryByText(/of 2/)).toBeNull();
  });

  it('walks from one to the next and selects its words', async () => {
    const { field } = await draw({ rules: [rule('one'), rule('two'), rule('three')] });
    write(field, 'one two three one');
    await screen.findByText('4 of 4');
    const selected = () => field.value.slice(field.selectionStart, field.selectionEnd);
    const seen = ['j', 'j', 'j', 'j'].map((key) => {
      alt(field, key);
      return `${selected()}@${field.selectionStart}`;
    });
    expect(seen).toEqual(['one@0', 'two@4', 'three@8', 'one@14']);
    alt(field, 'k');
    expect(selected()).toBe('three');
  });

  it('leaves a composition alone: nothing appears, changes or is taken under it', async () => {
    const { field } = await draw({ rules: [rule('as I said', { sayInstead: ['once more:'] })] });
    fireEvent.compositionStart(field);
    write(field, 'as I said');
    alt(field, 'Enter', true);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(screen.queryByRole('region', { name: 'A remark on your words' })).toBeNull();
    expect(field.value).toBe('as I said');
    fireEvent.compositionEnd(field);
    await panel();
  });

  it('says nothing about a note', async () => {
    const { field } = await draw({ rules: [rule('as I said')] });
    write(field, 'as I said');
    await panel();
    fireEvent.click(screen.getByLabelText('Note'));
    const note = await screen.findByPlaceholderText<HTMLTextAreaElement>(/note for colleagues/);
    write(note, 'as I said');
    await gone();
  });

  it('becomes a proposal with the real sentence', async () => {
    const { field, desk } = await draw({ rules: [rule('as I said', { sayInstead: ['once more:'] })] });
    write(field, 'Hello. It is late, as I said.');
    fireEvent.click(within(await panel()).getByRole('button', { name: /Propose better words/ }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.input(within(dialog).getByLabelText('Say instead'), { target: { value: 'in short,' } });
    fireEvent.input(within(dialog).getByLabelText('Why'), { target: { value: 'Shorter.' } });
    fireEvent.submit(within(dialog).getByRole('button', { name: 'Propose it' }).closest('form') as Element);
    const { proposed } = desk.book as ReturnType<typeof bookOf>;
    await waitFor(() =>
      expect(proposed).toMatchObject([
        {
          kind: 'rule',
          target: 'rule-as I said',
          example: 'It is late, as I said.',
          body: { sayInstead: ['in short,', 'once more:'] },
        },
      ]),
    );
  });
});

describe('words that were selected', () => {
  it('become a proposed rule that fires on its own sentence, whatever signs stand in them', async () => {
    const { field, desk } = await draw({});
    write(field, 'It is late. That (really) is 100 % our policy!');
    field.setSelectionRange(12, 25);
    fireEvent.select(field);
    fireEvent.click(await screen.findByRole('button', { name: 'Propose for the book…' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByLabelText('Something better not said'));
    fireEvent.input(await within(dialog).findByLabelText('Why'), { target: { value: 'It is a wall.' } });
    fireEvent.submit(within(dialog).getByRole('button', { name: 'Propose it' }).closest('form') as Element);
    const { proposed } = desk.book as ReturnType<typeof bookOf>;
    await waitFor(() => expect(proposed).toHaveLength(1));
    const [change] = proposed;
    if (change?.kind !== 'rule' || !change.body) throw new Error('No rule was proposed.');
    expect(change).toMatchObject({ target: null, example: 'That (really) is 100 % our policy!' });
    expect(tryExamples(change.body).map(({ must, fired }) => [must, fired])).toEqual([['fire', true]]);
  });
});

describe('the first words', () => {
  const hello = phrase('Good morning, I am {agent.fullName}.');

  it('are pointed out before the send when the greeting or the full name is missing, once, with a way to add them', async () => {
    const first = opened({ entries: [message(1, 'Hello')] });
    const { field, sent } = await draw({ phrases: [hello] }, first);
    write(field, 'It is on its way.');
    enter(field);
    const shown = await panel();
    expect(shown.textContent).toContain('a greeting and your full name');
    expect(sent()).toEqual([]);
    alt(field, 'Enter');
    await waitFor(() => expect(field.value).toBe('Good morning, I am Megan Kajitani. It is on its way.'));
    await gone();
    enter(field);
    await waitFor(() => expect(sent()).toEqual(['Good morning, I am Megan Kajitani. It is on its way.']));
  });

  it('are sent as they are when their person says so', async () => {
    const { field, sent } = await draw({}, opened({ entries: [message(1, 'Hello')] }));
    write(field, 'It is on its way.');
    enter(field);
    fireEvent.click(await screen.findByRole('button', { name: 'Send as it is' }));
    await waitFor(() => expect(sent()).toEqual(['It is on its way.']));
  });
});

describe('a secret', () => {
  const step = phrase('Please tell me your postcode, so that I know it is you.', { situation: 'security' });

  it('holds the send, and shows the step to use instead', async () => {
    const { field, sent } = await draw({ phrases: [step] });
    write(field, 'Of course. Please tell me your password.');
    enter(field);
    await screen.findByText(/Change these words first/);
    alt(field, 'p');
    enter(field);
    await panel();
    expect(sent()).toEqual([]);
    alt(field, 'Enter');
    await waitFor(() => expect(field.value).toBe(`Of course. ${step.text}`));
    enter(field);
    await waitFor(() => expect(sent()).toEqual([`Of course. ${step.text}`]));
  });

  it('in a card number is masked by one key', async () => {
    const { field, sent } = await draw({});
    write(field, 'Your card is 4111 1111 1111 1111, right?');
    await panel();
    alt(field, 'Enter');
    await waitFor(() => expect(field.value).not.toContain('4111'));
    expect(field.value).toContain('1111, right?');
    await gone();
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
  });
});

describe('a refusal', () => {
  it('offers what worked before, writes it beside the refusal, and is recorded as an alternative', async () => {
    const { field, sent, relay } = await draw({});
    write(field, 'Unfortunately we cannot deliver on Sundays.');
    fireEvent.click(await screen.findByRole('button', { name: /I can bring it on Monday at ten/ }));
    await waitFor(() =>
      expect(field.value).toBe(
        'Unfortunately we cannot deliver on Sundays. I can bring it on Monday at ten.',
      ),
    );
    await gone();
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
    await waitFor(() =>
      expect(relay.requests('writing:report')[0]?.request).toMatchObject({
        asked: 'Could you deliver on Sunday?',
        outcome: 'alternative',
        reason: null,
      }),
    );
  });

  it('asks once; with one of the five reasons it is a plain no, and recorded so', async () => {
    const firm = phrase('I cannot do this, and I will tell you why.', {
      situation: 'refusing',
      tags: ['firm', 'privacy'],
    });
    const { field, sent, relay } = await draw({ phrases: [firm] });
    write(field, 'Unfortunately we cannot deliver on Sundays.');
    await panel();
    const reasons = screen.getAllByRole('radio').filter((one) => one.closest('.plain-no'));
    expect(reasons.map((one) => one.closest('label')?.textContent)).toEqual([
      'safety',
      'security',
      'privacy',
      'health',
      'ethics',
    ]);
    enter(field);
    await screen.findByText(/Not sent yet/);
    fireEvent.click(screen.getByLabelText('privacy'));
    fireEvent.click(await screen.findByRole('button', { name: /I cannot do this/ }));
    await waitFor(() => expect(field.value).toBe(firm.text));
    enter(field);
    await waitFor(() => expect(sent()).toEqual([firm.text]));
    await waitFor(() =>
      expect(relay.requests('writing:report')[0]).toMatchObject({
        phrases: [{ phrase: firm.id, edited: false }],
        request: { outcome: 'declined', offered: [], reason: 'privacy' },
      }),
    );
  });

  it('holds the send where the company says so, until there is another way or a reason', async () => {
    const { field, sent } = await draw({ settings: { refusal: 'stop', contacts: [] } });
    write(field, 'Unfortunately we cannot deliver on Sundays.');
    enter(field);
    await screen.findByText(/Change these words first/);
    enter(field);
    expect(sent()).toEqual([]);
    fireEvent.click(screen.getByLabelText('safety'));
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
  });

  it('is nobody’s business where the company says so', async () => {
    const { field, sent } = await draw({ settings: { refusal: 'off', contacts: [] } });
    write(field, 'Unfortunately we cannot deliver on Sundays.');
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
  });
});

describe('a promise in a draft', () => {
  it('is recorded when the message is in the log, not before, and only if its person says so', async () => {
    const { field, sent, relay } = await draw({});
    write(field, 'I will call you tomorrow at 16:00.');
    fireEvent.click(await screen.findByRole('button', { name: /Keep as a promise, due/ }));
    await screen.findByText(/Recorded when you send this/);
    expect(relay.requests('promise:make')).toEqual([]);
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
    await waitFor(() => expect(relay.requests('promise:make')).toHaveLength(1));
    expect(Date.parse(relay.requests('promise:make')[0]?.due ?? '')).toBeGreaterThan(Date.now());

    write(field, 'I will call you tomorrow at 16:00.');
    await panel();
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(2));
    await waitFor(() => expect(relay.requests('writing:report')).toHaveLength(2));
    expect(relay.requests('promise:make')).toHaveLength(1);
  });
});

describe('phrases', () => {
  const known = phrase('I am looking at it now, and I stay here.', { situation: 'understanding' });

  it('are reported as they stand or edited', async () => {
    const { field, sent, relay } = await draw(
      { phrases: [known] },
      opened({ entries: talked, detail: { situation: 'understanding' } }),
    );
    fireEvent.click(screen.getByRole('button', { name: /I am looking at it now/ }));
    await waitFor(() => expect(field.value).toBe(known.text));
    write(field, 'I am looking at it right now, and I stay here.');
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
    await waitFor(() =>
      expect(relay.requests('writing:report')[0]?.phrases).toEqual([{ phrase: known.id, edited: true }]),
    );
  });

  it('that went to this customer before as they stand are pointed out before the send', async () => {
    const { field, sent } = await draw(
      { phrases: [known] },
      opened({
        entries: talked,
        detail: { situation: 'understanding' },
        before: { phrases: [known.id] },
      }),
    );
    fireEvent.click(screen.getByRole('button', { name: /I am looking at it now/ }));
    await waitFor(() => expect(field.value).toBe(known.text));
    enter(field);
    await screen.findByText('The same words as before');
    expect(sent()).toEqual([]);
    enter(field);
    await waitFor(() => expect(sent()).toEqual([known.text]));
  });

  it('sent word for word time and again are told to their writer alone', async () => {
    localStorage.setItem(`fullname.console.recited.${megan.id}`, JSON.stringify(Array(10).fill(true)));
    const { field, sent, relay } = await draw(
      { phrases: [known] },
      opened({ entries: talked, detail: { situation: 'understanding' } }),
    );
    expect(screen.queryByText(/Only you see this/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /I am looking at it now/ }));
    await waitFor(() => expect(field.value).toBe(known.text));
    enter(field);
    await waitFor(() => expect(sent()).toHaveLength(1));
    await screen.findByText(/Only you see this/);
    await waitFor(() => expect(relay.requests('writing:report')).toHaveLength(1));
    expect(JSON.stringify(relay.asked)).not.toContain('recite');
  });
});
