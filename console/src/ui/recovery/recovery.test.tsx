import { failed, ok } from '@fullname/shared/errors';
import type { Entry } from '@fullname/shared/model';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { drawDesk, FAILURE, failure, immediateTask, paneWith, pleaseKnow } from '../../testing/recovery.tsx';
import { CONVERSATION, lin, megan, message, opened } from '../../testing/scripted-relay.ts';
import { openFailure, quoting, recordForm } from '../../view.ts';
import { dropDraft } from './failure-draft.ts';

const COMPLAINT = 'The pot came broken, and nobody answered my call.';

beforeEach(() => {
  localStorage.clear();
  changeSettings({ locale: 'en', singleKeys: true });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  recordForm.value = null;
  openFailure.value = null;
  quoting.value = null;
  dropDraft(CONVERSATION);
});

const pressOn = (target: Element | Document, key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(target, { key, ...init });
const write = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });
const said = [message(1, 'Good morning, my lavender has come.'), message(2, COMPLAINT)];

/** Presses F, and waits for the form with the caret in its first field. */
async function openForm(): Promise<HTMLTextAreaElement> {
  pressOn(document.body, 'f');
  const form = await waitFor(() => screen.getByRole('form', { name: 'Log a failure' }));
  return within(form).getByRole<HTMLTextAreaElement>('textbox', { name: 'What happened' });
}

describe('a failure is logged', () => {
  it('by keyboard: F, the words, Ctrl+Enter; their complaint is quoted by its number, and the record opens at its first step', async () => {
    const { relay, pane } = await drawDesk(opened({ entries: said, pane: paneWith([]) }));
    const field = await openForm();
    expect(document.activeElement).toBe(field);
    expect(within(screen.getByRole('form')).getByText(COMPLAINT)).toBeTruthy();

    relay.handlers['failure:log'] = (draft) => {
      const logged = failure({ id: draft.id, what: draft.what, quotes: [{ seq: 2, text: COMPLAINT }] });
      pane.now = paneWith([logged]);
      return ok(logged);
    };
    write(field, 'The courier broke the pot on Tuesday');
    pressOn(field, 'Enter', { ctrlKey: true });
    await waitFor(() => screen.getByRole('button', { name: 'We have apologised' }));
    expect(relay.requests('failure:log')).toEqual([
      {
        id: expect.any(String),
        conversation: expect.any(String),
        what: 'The courier broke the pot on Tuesday',
        channel: 'chat',
        quotes: [2],
      },
    ]);
    expect(screen.queryByRole('form', { name: 'Log a failure' })).toBeNull();
    const head = screen.getByRole('button', { name: /The courier broke the pot/, expanded: true });
    await waitFor(() => expect(document.activeElement).toBe(head));
  });

  it('with the words they marked: arrows walk through their messages, Enter ends, and nothing is typed for them', async () => {
    await drawDesk(
      opened({ entries: [...said, message(3, 'It is a shame.'), message(4, 'I see.', { by: megan })] }),
    );
    // Not a customer's record yet: the form is there all the same.
    await openForm();
    fireEvent.click(screen.getByRole('button', { name: 'Choose again' }));
    const boxes = await waitFor(() => {
      const log = within(screen.getByRole('log'));
      return log.getAllByRole<HTMLInputElement>('checkbox');
    });
    expect(boxes.map((box) => box.checked)).toEqual([false, true, false]);
    expect(document.activeElement).toBe(boxes[1]);
    pressOn(boxes[1] as Element, 'ArrowDown');
    expect(document.activeElement).toBe(boxes[2]);
    fireEvent.click(boxes[2] as Element);
    await waitFor(() => expect(screen.getByText('2 messages chosen')).toBeTruthy());
    expect(screen.getByText('2 messages chosen').closest('[role="status"]')).not.toBeNull();
    pressOn(boxes[2] as Element, 'Enter');
    const form = screen.getByRole('form', { name: 'Log a failure' });
    await waitFor(() => expect(within(form).getByText('It is a shame.')).toBeTruthy());
    expect(within(screen.getByRole('log')).queryByRole('checkbox')).toBeNull();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Choose again'));
  });

  it('and vague words are asked for what is missing, until they say it', async () => {
    await drawDesk(opened({ entries: [message(1, 'Hello')], pane: paneWith([]) }));
    const field = await openForm();
    write(field, 'It was bad');
    const nudge = await waitFor(() => screen.getByText(/who was not here would still ask/));
    expect(nudge.textContent).toContain('who?');
    expect(nudge.textContent).toContain('when?');
    expect(field.getAttribute('aria-describedby')).toBe(nudge.id);
    write(field, 'The driver left the roses in the rain on Tuesday');
    await waitFor(() => expect(screen.queryByText(/who was not here would still ask/)).toBeNull());
  });

  it('with the rest behind one button, sent as it was said', async () => {
    const { relay } = await drawDesk(opened({ entries: [message(1, 'Hello')], pane: paneWith([]) }));
    const field = await openForm();
    expect(screen.queryByRole('radio', { name: 'serious' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Element, severity, place and more' }));
    fireEvent.click(await waitFor(() => screen.getByRole('radio', { name: 'serious' })));
    fireEvent.click(screen.getByRole('radio', { name: 'The time' }));
    write(screen.getByRole('textbox', { name: 'Amount in dispute optional' }), '12,50');
    fireEvent.click(screen.getByRole('checkbox', { name: /money does not replace/ }));
    write(field, 'The vase of her grandmother broke on Monday');
    pressOn(field, 'Enter', { metaKey: true });
    await waitFor(() =>
      expect(relay.requests('failure:log')).toMatchObject([
        {
          severity: 'serious',
          element: 'time',
          irreplaceable: true,
          disputed: { amount: 12.5, currency: 'USD' },
        },
      ]),
    );
  });

  it('and what was begun is still there when the form is left and opened again', async () => {
    await drawDesk(opened({ entries: [message(1, 'Hello')], pane: paneWith([]) }));
    const field = await openForm();
    write(field, 'Half a sentence');
    await waitFor(() => expect(field.value).toBe('Half a sentence'));
    pressOn(field, 'Escape');
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
    expect((await openForm()).value).toBe('Half a sentence');
  });
});

describe('the way back', () => {
  const show = async (change: Parameters<typeof failure>[0], tasks = [immediateTask()]) => {
    const record = failure(change);
    const drawn = await drawDesk(opened({ pane: paneWith([record], { tasks }) }));
    fireEvent.click(screen.getByRole('button', { name: /Failure: The courier/ }));
    const stages = await waitFor(() => screen.getByRole('region', { name: 'The way back' }));
    /** The relay takes every change and step from here on. */
    const take = () => {
      let now = record;
      const answer = (fields: Partial<typeof record>) => {
        now = { ...now, ...fields, revision: now.revision + 1 };
        drawn.pane.now = paneWith([now], { tasks });
        return ok(now);
      };
      // Quotes travel as numbers; none is changed here.
      drawn.relay.handlers['failure:change'] = ({ fields: { quotes: _, ...fields } }) => answer(fields);
      drawn.relay.handlers['failure:step'] = ({ stage }) => answer({ stage });
    };
    take();
    return { ...drawn, stages };
  };
  const current = () => document.querySelector('[aria-current="step"] .stage-name')?.textContent;

  it('opens one step at a time: empathy first, and no blame', async () => {
    const { relay, stages } = await show({});
    expect(current()).toBe('Apologise');
    expect(within(stages).getByText(/trust can be higher than before/)).toBeTruthy();
    expect(within(stages).getByText(/Offers come after the answer/)).toBeTruthy();
    expect(screen.queryByText('What let it happen')).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'How it was put right' })).toBeNull();
    const button = screen.getByRole('button', { name: 'We have apologised' });
    button.focus();
    fireEvent.click(button);
    await waitFor(() => expect(current()).toBe('Go over it together'));
    expect(relay.requests('failure:step')).toMatchObject([{ failure: FAILURE, stage: 'apologised' }]);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Ask it in the reply'));
  });

  it('puts an apology into the reply and sends nothing', async () => {
    const { relay } = await show({});
    fireEvent.click(screen.getByRole('button', { name: 'Put an apology into the reply' }));
    const reply = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write to Anna Lindqvist…' });
    await waitFor(() => expect(reply.value).toContain('I am truly sorry'));
    expect(relay.requests('message:send')).toEqual([]);
  });

  it('keeps their answer word for word before there is anything to offer', async () => {
    const { relay } = await show({ stage: 'apologised' });
    fireEvent.click(screen.getByRole('button', { name: 'Ask it in the reply' }));
    const reply = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write to Anna Lindqvist…' });
    await waitFor(() => expect(reply.value).toBe('What would put this right for you?'));
    const done = screen.getByRole<HTMLButtonElement>('button', { name: 'This is what they want' });
    expect(done.disabled).toBe(true);
    write(screen.getByRole('textbox', { name: 'Their answer, word for word' }), 'A new pot, and a call.');
    await waitFor(() => expect(done.disabled).toBe(false));
    fireEvent.click(done);
    await waitFor(() => expect(current()).toBe('Put it right, and add something'));
    expect(relay.requests('failure:change')).toMatchObject([
      { revision: 1, fields: { wants: 'A new pot, and a call.' } },
    ]);
    expect(relay.requests('failure:step')).toMatchObject([{ stage: 'gone-over' }]);
  });

  it('asks once about a missing extra, and takes a reason for none', async () => {
    const { relay } = await show({ stage: 'gone-over', wants: 'A new pot' });
    write(screen.getByRole('textbox', { name: 'How it was put right' }), 'A new pot by courier');
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'It is put right' })));
    await waitFor(() => screen.getByText(/Nothing extra is recorded/));
    expect(relay.requests('failure:step')).toEqual([]);
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Something extra' })),
    );
    fireEvent.click(screen.getByRole('checkbox', { name: 'Nothing extra' }));
    write(
      await waitFor(() => screen.getByRole('textbox', { name: 'Why nothing extra' })),
      'She is in a hurry',
    );
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'It is put right' })));
    await waitFor(() => expect(current()).toBe('Follow up'));
    expect(relay.requests('failure:change')).toMatchObject([
      { fields: { putRight: 'A new pot by courier', extra: null, noExtra: 'She is in a hurry' } },
    ]);
    expect(relay.requests('failure:step')).toMatchObject([{ stage: 'fixed' }]);
  });

  it('lets whoever has no answer yet go on, and asks again until it is said', async () => {
    const { relay } = await show({ stage: 'gone-over', wants: 'A new pot' });
    write(screen.getByRole('textbox', { name: 'How it was put right' }), 'A new pot by courier');
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'It is put right' })));
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Put right, the rest later' })));
    const form = await waitFor(() => screen.getByRole('form', { name: 'Something extra' }));
    expect(form.textContent).toContain('Still to say before it can be closed');
    write(within(form).getByRole('textbox', { name: 'Something extra' }), 'A card by hand');
    fireEvent.click(within(form).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('form', { name: 'Something extra' })).toBeNull());
    expect(relay.requests('failure:change').at(-1)).toMatchObject({
      fields: { extra: 'A card by hand', noExtra: null },
    });
  });

  it('asks for the cause only when it is put right, the process before the person', async () => {
    const { relay } = await show({ stage: 'fixed', wants: 'A pot', putRight: 'A pot', extra: 'A card' });
    fireEvent.click(screen.getByRole('button', { name: 'What let it happen' }));
    const form = await waitFor(() => screen.getByRole('form', { name: 'What let it happen' }));
    const cause = within(form).getByRole<HTMLSelectElement>('combobox', { name: 'Suspected cause' });
    expect(cause.options[1]?.value).toBe('process');
    fireEvent.change(cause, { target: { value: 'logistics' } });
    fireEvent.submit(form);
    await waitFor(() =>
      expect(relay.requests('failure:change')).toMatchObject([{ fields: { cause: 'logistics' } }]),
    );
  });

  it('is gone again when the customer says that it does not work', async () => {
    const answers: unknown[] = [];
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      answers.push({ path, body: JSON.parse(String(init.body)) });
      return new Response(JSON.stringify(ok(immediateTask({ state: 'done' }))));
    });
    const { pane } = await show({ stage: 'fixed', wants: 'A pot', putRight: 'A pot', extra: 'A card' });
    pane.now = paneWith([
      failure({
        stage: 'gone-over',
        wants: 'A pot',
        putRight: 'A pot',
        extra: 'A card',
        reopened: 1,
        revision: 5,
      }),
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'It still does not work' }));
    await waitFor(() => expect(screen.getByText('It did not hold, and was opened again.')).toBeTruthy());
    expect(answers).toEqual([{ path: '/api/tasks/task-1/end', body: { end: 'done', works: false } }]);
    // What did not hold is no answer to the next question.
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'How it was put right' });
    expect(field.value).toBe('');
    expect(screen.getByText(/it did not hold: A pot/)).toBeTruthy();
  });
});

describe('what does not hold after all', () => {
  const mended = { wants: 'A pot', putRight: 'A pot', extra: 'A card' };
  const drawn = async (stage: 'fixed' | 'followed-up' | 'closed', tasks: Parameters<typeof paneWith>[1]) => {
    const desk = await drawDesk(opened({ pane: paneWith([failure({ ...mended, stage })], tasks) }));
    fireEvent.click(screen.getByRole('button', { name: /Failure: The courier/ }));
    await waitFor(() => screen.getByRole('region', { name: 'The way back' }));
    return { ...desk, open: screen.queryByRole('button', { name: /It does not hold after all/ }) };
  };

  it.each(['followed-up', 'closed'] as const)(
    'is opened again from %s by whoever hears it',
    async (stage) => {
      const { relay, pane, open } = await drawn(stage, {});
      const steps: unknown[] = [];
      const again = failure({ ...mended, stage: 'gone-over', reopened: 1, revision: 9 });
      relay.handlers['failure:step'] = (step) => {
        steps.push(step.stage);
        pane.now = paneWith([again]);
        return ok(again);
      };
      fireEvent.click(open as HTMLElement);
      await waitFor(() => expect(screen.getByText('It did not hold, and was opened again.')).toBeTruthy());
      expect(steps).toEqual(['gone-over']);
    },
  );

  it('has the ally’s own two answers where the question is theirs, and none twice', async () => {
    const { open } = await drawn('fixed', { tasks: [immediateTask()] });
    expect(open).toBeNull();
    expect(screen.getByRole('button', { name: 'It still does not work' })).toBeTruthy();
  });
});

describe('what was written at the fix', () => {
  const fixed = failure({
    stage: 'fixed',
    wants: 'A pot',
    putRight: 'A pot by post',
    extra: 'A card',
    level: 'restored',
    cost: { amount: 20, currency: 'EUR' },
  });
  const edit = async (record: typeof fixed) => {
    const drawn = await drawDesk(opened({ pane: paneWith([record]) }));
    drawn.relay.handlers['failure:change'] = ({ fields: { quotes: _, ...fields } }) =>
      ok({ ...record, ...fields, revision: 2 });
    fireEvent.click(screen.getByRole('button', { name: /Failure: The courier/ }));
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Change the record' })));
    return {
      ...drawn,
      form: within(await waitFor(() => screen.getByRole('form', { name: 'Change the record' }))),
    };
  };

  it('is corrected and completed afterwards, and only what was changed is sent', async () => {
    const { relay, form } = await edit(fixed);
    write(form.getByRole('textbox', { name: 'Their answer, word for word' }), 'A pot, today');
    write(form.getByRole('textbox', { name: 'How it was put right' }), 'A pot by courier');
    write(form.getByRole('textbox', { name: 'What it cost optional' }), '25');
    write(form.getByRole('textbox', { name: 'Something extra optional' }), '');
    write(await waitFor(() => form.getByRole('textbox', { name: /Why nothing extra/ })), 'In a hurry');
    fireEvent.click(
      within(form.getByRole('group', { name: 'Is it as it was before?' })).getByRole('radio', {
        name: 'yes',
      }),
    );
    fireEvent.click(form.getByRole('radio', { name: 'beyond' }));
    const save = form.getByRole<HTMLButtonElement>('button', { name: 'Save the changes' });
    await waitFor(() => expect(form.getByRole('radio', { name: 'beyond' })).toHaveProperty('checked', true));
    fireEvent.click(save);
    await waitFor(() => expect(relay.requests('failure:change')).toHaveLength(1));
    expect(relay.requests('failure:change')[0]?.fields).toEqual({
      wants: 'A pot, today',
      putRight: 'A pot by courier',
      restored: true,
      extra: null,
      noExtra: 'In a hurry',
      level: 'beyond',
      cost: { amount: 25, currency: 'EUR' },
    });
  });

  it('is not emptied where a step needs it', async () => {
    const { form } = await edit(fixed);
    write(form.getByRole('textbox', { name: 'How it was put right' }), ' ');
    const save = form.getByRole<HTMLButtonElement>('button', { name: 'Save the changes' });
    await waitFor(() => expect(save.disabled).toBe(true));
  });

  it.each([
    ['noticed', 0, 0],
    ['gone-over', 1, 0],
    ['closed', 1, 1],
  ] as const)('is not written before its step: %s', async (stage, wants, putRight) => {
    const { form } = await edit({ ...fixed, stage });
    const fields = (name: string) => form.queryAllByRole('textbox', { name }).length;
    expect(fields('Their answer, word for word')).toBe(wants);
    expect(fields('How it was put right')).toBe(putRight);
  });

  it('is asked for where it is missing: whether it is as before, together with the extra', async () => {
    const { relay } = await drawDesk(opened({ pane: paneWith([{ ...fixed, extra: null }]) }));
    fireEvent.click(screen.getByRole('button', { name: /Failure: The courier/ }));
    const form = within(await waitFor(() => screen.getByRole('form', { name: 'Something extra' })));
    const save = form.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    fireEvent.click(form.getByRole('radio', { name: 'no' }));
    write(form.getByRole('textbox', { name: 'Something extra' }), 'A card by hand');
    await waitFor(() => expect(save.disabled).toBe(false));
    fireEvent.click(save);
    await waitFor(() =>
      expect(relay.requests('failure:change')).toMatchObject([
        { fields: { restored: false, extra: 'A card by hand', noExtra: null } },
      ]),
    );
  });
});

describe('two people at one record', () => {
  it('read each other’s words before one goes over the other; nothing typed is lost', async () => {
    const record = failure();
    const { relay, pane } = await drawDesk(opened({ pane: paneWith([record]) }));
    fireEvent.click(screen.getByRole('button', { name: /Failure: The courier/ }));
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Change the record' })));
    const form = await waitFor(() => screen.getByRole('form', { name: 'Change the record' }));
    const what = within(form).getByRole<HTMLTextAreaElement>('textbox', { name: 'What happened' });
    write(what, 'The courier dropped the pot on Tuesday at noon');

    const theirs = failure({ revision: 2, product: 'Lavender in a pot' });
    relay.handlers['failure:change'] = ({ revision }) =>
      revision === 2 ? ok({ ...theirs, revision: 3 }) : failed('CHANGED');
    pane.now = paneWith([theirs]);
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(ok({ failure: theirs, edits: [] }))));
    fireEvent.submit(form);
    const meanwhile = await waitFor(() => within(form).getByRole('alert'));
    expect(meanwhile.textContent).toContain('Lavender in a pot');
    expect(what.value).toBe('The courier dropped the pot on Tuesday at noon');

    const save = within(form).getByRole<HTMLButtonElement>('button', { name: 'Save mine over it' });
    await waitFor(() => expect(save.disabled).toBe(false));
    fireEvent.click(save);
    await waitFor(() => expect(screen.queryByRole('form', { name: 'Change the record' })).toBeNull());
    // Only what this writer changed is sent: the other's product stays.
    expect(relay.requests('failure:change').map(({ revision, fields }) => ({ revision, fields }))).toEqual([
      { revision: 1, fields: { what: 'The courier dropped the pot on Tuesday at noon' } },
      { revision: 2, fields: { what: 'The courier dropped the pot on Tuesday at noon' } },
    ]);
  });

  it('see who changed what', async () => {
    const edit = {
      id: 'edit-1',
      at: '2026-11-21T11:00:00.000Z',
      by: lin,
      stage: null,
      before: { product: null },
      after: { product: 'Lavender in a pot' },
    };
    vi.stubGlobal(
      'fetch',
      async () => new Response(JSON.stringify(ok({ failure: failure(), edits: [edit] }))),
    );
    await drawDesk(opened({ pane: paneWith([failure()]) }));
    fireEvent.click(screen.getByRole('button', { name: /Failure: The courier/ }));
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'History' })));
    const who = await waitFor(() => screen.getByText(/林怡君, /));
    expect(who.closest('li')?.textContent).toContain('Lavender in a pot');
    expect(screen.getByText(/Megan Kajitani logged it/)).toBeTruthy();
  });
});

describe('the line above the composer', () => {
  const line = () => screen.queryByText('Did something go wrong here? Record it?');

  it('asks where words look like a failure, opens the form, and takes no focus', async () => {
    await drawDesk(opened({ entries: said, pane: paneWith([]) }));
    await waitFor(() => expect(line()).not.toBeNull());
    expect(line()?.closest('aside')?.contains(document.activeElement)).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Record' }));
    await waitFor(() => screen.getByRole('form', { name: 'Log a failure' }));
    expect(line()).toBeNull();
  });

  it('asks nobody twice, and not where it was recorded', async () => {
    await drawDesk(opened({ entries: said, pane: paneWith([]), detail: { id: crypto.randomUUID() } }));
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Not a failure' })));
    await waitFor(() => expect(line()).toBeNull());
    expect(localStorage.getItem('fullname.console.not-a-failure')).toBeTruthy();
    cleanup();
    await drawDesk(opened({ entries: said, pane: paneWith([failure()]) }));
    expect(line()).toBeNull();
  });

  it('asks again after a goodbye: what was recorded before it says nothing of new trouble', async () => {
    const id = crypto.randomUUID();
    const farewell = { ...message(4, 'Goodbye, Anna.', { by: megan }), kind: 'farewell' } as Entry;
    const logged: Entry = {
      ...{ id: null, conversation: id, at: '2026-11-21T10:00:03.000Z', seq: 3, publicSeq: null },
      ...{ kind: 'failure-logged', by: megan, failure: FAILURE, what: 'The pot came broken' },
    };
    const record = failure({ conversation: id, recordedAt: '2026-11-21T10:00:03.000Z' });
    const before = [...said, logged, farewell];
    const again = [...before, message(5, 'Hello, it is me again.')];
    const pane = paneWith([record]);
    await drawDesk(opened({ entries: before, pane, detail: { id, status: 'closed' } }));
    expect(line()).toBeNull();
    cleanup();
    await drawDesk(opened({ entries: again, pane, detail: { id } }));
    expect(line()).toBeNull();
    cleanup();
    const trouble = [...again, message(6, 'The second pot came broken as well. I am disappointed.')];
    await drawDesk(opened({ entries: trouble, pane, detail: { id } }));
    await waitFor(() => expect(line()).not.toBeNull());
    // A no to this one is no answer for the next visit.
    fireEvent.click(screen.getByRole('button', { name: 'Not a failure' }));
    await waitFor(() => expect(line()).toBeNull());
    cleanup();
    const third = [...trouble, { ...farewell, seq: 7 }, { ...message(8, COMPLAINT) }];
    await drawDesk(opened({ entries: third, pane, detail: { id } }));
    await waitFor(() => expect(line()).not.toBeNull());
  });

  it('stays away where nothing went wrong', async () => {
    await drawDesk(opened({ entries: [message(1, 'Thank you, all is well.')], pane: paneWith([]) }));
    expect(line()).toBeNull();
  });

  it('offers to open a record again when they say that it still does not work', async () => {
    const bodies: unknown[] = [];
    vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
      bodies.push(JSON.parse(String(init.body)));
      return new Response(JSON.stringify(ok(immediateTask({ state: 'done' }))));
    });
    const fixed = failure({ stage: 'fixed', wants: 'A pot', putRight: 'A pot', extra: 'A card' });
    const text = 'It is still broken, the same problem.';
    await drawDesk(
      opened({
        entries: [message(1, text)],
        pane: paneWith([fixed], { tasks: [immediateTask()] }),
      }),
    );
    await waitFor(() => screen.getByText('They say that it still does not work. Open it again?'));
    fireEvent.click(screen.getByRole('button', { name: 'Open it again' }));
    await waitFor(() => screen.getByRole('region', { name: 'The way back' }));
    expect(bodies).toEqual([{ end: 'done', works: false, said: text }]);
  });

  it('and lets whoever hears it do so, when the question is a colleague’s', async () => {
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      asked.push({ path, body: JSON.parse(String(init.body)) });
      return new Response(JSON.stringify(ok(immediateTask({ owner: lin, state: 'done' }))));
    });
    const fixed = failure({ stage: 'fixed', ally: lin, wants: 'A pot', putRight: 'A pot', extra: 'A card' });
    const text = 'No, it is broken again.';
    const tasks = [immediateTask({ owner: lin })];
    await drawDesk(
      opened({
        entries: [message(1, text)],
        pane: paneWith([fixed], { tasks }),
        detail: { id: crypto.randomUUID() },
      }),
    );
    fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Open it again' })));
    await waitFor(() =>
      expect(asked).toEqual([
        { path: '/api/tasks/task-1/end', body: { end: 'done', works: false, said: text } },
      ]),
    );
  });
});

describe('please know', () => {
  it('shows what colleagues wrote, what to look at, and until when; a tick is told to the relay', async () => {
    const checks = [{ id: 'check-1', text: 'Is the label on it?', doneBy: null }];
    const card = pleaseKnow({
      lines: ['Parcel late twice in May', 'Shipping refunded', 'Call before nine only'],
      checks,
      until: '2026-12-20T00:00:00.000Z',
      irreplaceable: true,
    });
    const { relay } = await drawDesk(opened({ pane: paneWith([], { pleaseKnow: [card] }) }));
    const strip = screen.getByRole('region', { name: 'Please know' });
    for (const line of card.lines) expect(strip.textContent).toContain(line);
    expect(strip.textContent).toContain('Effort helps, forms do not');
    const box = within(strip).getByRole<HTMLInputElement>('checkbox', { name: 'Is the label on it?' });
    relay.handlers['failure:check'] = () => failed('UNAVAILABLE');
    fireEvent.click(box);
    await waitFor(() => expect(relay.requests('failure:check')).toHaveLength(1));
    expect(relay.requests('failure:check')).toMatchObject([
      { failure: FAILURE, check: 'check-1', done: true },
    ]);
    // What was not stored is not shown as done.
    await waitFor(() => expect(box.checked).toBe(false));
  });

  it('offers words about last time to nobody where it is this time', async () => {
    const card = pleaseKnow();
    const here = failure({ by: lin });
    await drawDesk(opened({ pane: paneWith([here], { pleaseKnow: [card] }) }));
    expect(screen.getAllByText('Parcel six days late').length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Use this' })).toBeNull();
    cleanup();
    const elsewhere = failure({ by: lin, conversation: crypto.randomUUID() });
    await drawDesk(opened({ pane: paneWith([elsewhere], { pleaseKnow: [card] }) }));
    expect(screen.getByRole('button', { name: 'Use this' })).toBeTruthy();
    cleanup();
    // They were here, said goodbye, and came back.
    const goodbye = {
      ...message(1, 'Goodbye, Anna.', { by: megan }),
      ...{ kind: 'farewell', at: '2026-11-21T11:00:00.000Z' },
    } as Entry;
    const entries = [goodbye, message(2, 'Hello again')];
    await drawDesk(opened({ entries, pane: paneWith([here], { pleaseKnow: [card] }) }));
    expect(screen.getByRole('button', { name: 'Use this' })).toBeTruthy();
  });

  it('says what was done so far where it did not hold', async () => {
    const card = pleaseKnow({ stage: 'gone-over' });
    await drawDesk(opened({ pane: paneWith([], { pleaseKnow: [card] }) }));
    const strip = screen.getByRole('region', { name: 'Please know' });
    expect(strip.textContent).toContain('Done so far, and not settled: Shipping refunded');
  });
});
