import { ok, type Result } from '@fullname/shared/errors';
import type { Rule } from '@fullname/shared/reader/rule';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { type Asked, fakeRelay, inDesk, rule } from '../../testing/book.tsx';
import { editing, stopEditing } from './editing.ts';
import { RuleForm } from './RuleForm.tsx';

type Start = { readonly target?: Rule; readonly role?: 'owner' | 'agent' };

function open({ target, role = 'agent' }: Start = {}): void {
  editing.value = { act: 'write', kind: 'rule', target: target ?? null, change: null };
  render(inDesk(<RuleForm editing={editing.value} locale="en" />, { role }));
}

const field = (label: RegExp | string) => screen.getByLabelText<HTMLTextAreaElement>(label);
const type = (label: RegExp | string, value: string) => fireEvent.input(field(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const resultOf = (label: string) => {
  const id = field(label).getAttribute('aria-describedby') ?? '';
  return document.getElementById(id)?.textContent;
};

function fillIn(): void {
  type('Name of the rule', 'Soon is no time');
  type('What it finds', '(soon|shortly)');
  type(/^Why/, 'Nobody can plan with it.');
  type('Must be found in Example 1', 'We will call you soon.');
  type('Must not be found in Example 1', 'We will call you at four.');
}

let relay: { readonly asked: readonly Asked[]; answer: (asked: Asked) => Result<unknown> | undefined };
beforeEach(() => {
  changeSettings({ locale: 'en' });
  relay = fakeRelay();
});
afterEach(() => {
  cleanup();
  stopEditing();
  sessionStorage.clear();
});

describe('the form of a rule', () => {
  it('shows each pattern that cannot be read with a mark at its place, while one types', () => {
    open();
    type('What it finds', 'soon\n\n(shortly|in a bit');
    const problem = screen.getByText('Line 3').closest('li');
    expect(problem?.textContent).toContain('A bracket is opened here and never closed.');
    expect(problem?.querySelector('mark')?.textContent).toBe('(');
    type('What it finds', 'soon\n\n(shortly|in a bit)');
    expect(screen.queryByText('Line 3')).toBeNull();
  });

  it('tries the examples while one types, and says in words how they come out', () => {
    open();
    type('What it finds', '(soon|shortly)');
    type('Must be found in Example 1', 'We will call you at four.');
    expect(resultOf('Must be found in Example 1')).toBe('✗ not found');
    type('Must be found in Example 1', 'We will call you soon.');
    expect(resultOf('Must be found in Example 1')).toBe('✓ found');
    expect(resultOf('Must not be found in Example 1')).toBe('not tried yet');
    type('Must not be found in Example 1', 'We will call you shortly.');
    expect(resultOf('Must not be found in Example 1')).toBe('✗ found all the same');
    type('Must not be found in Example 1', 'We will call you at four.');
    expect(resultOf('Must not be found in Example 1')).toBe('✓ stays silent');
  });

  it('tries an example under the conditions that the rule needs, or under those that it names', () => {
    open();
    type('What it finds', 'soon');
    const when = screen.getByRole('group', { name: 'Speaks only when', hidden: true });
    fireEvent.click(within(when).getByLabelText('the customer is in a hurry'));
    type('Must be found in Example 1', 'We will call you soon.');
    type('Must not be found in Example 1', 'We will call you soon.');
    expect(resultOf('Must be found in Example 1')).toBe('✓ found');
    expect(resultOf('Must not be found in Example 1')).toBe('✗ found all the same');
    const row = field('Must not be found in Example 1').closest<HTMLElement>('.example-row');
    if (!row) throw new Error('the example has no row');
    expect(row.textContent).toContain('the customer is in a hurry');
    fireEvent.click(within(row).getByLabelText('the customer is in a hurry'));
    expect(resultOf('Must not be found in Example 1')).toBe('✓ stays silent');
    expect(resultOf('Must be found in Example 1')).toBe('✓ found');
  });

  it('marks what is found in any sentence', () => {
    open();
    type('What it finds', '(soon|shortly)');
    type('Try any sentence', 'I will be back shortly, very soon.');
    const marked = [...document.querySelectorAll('.found')].map((one) => one.textContent);
    expect(marked).toEqual(['shortly', 'soon']);
    type('Try any sentence', 'I will be back at four.');
    expect(screen.getByText('Nothing found.')).toBeTruthy();
  });

  it('is not sent while something is missing or an example comes out wrong, and says what', async () => {
    open();
    press('Propose it');
    expect(screen.getAllByText('This is needed.')).toHaveLength(2);
    expect(screen.getByText('Write down at least one thing to find.')).toBeTruthy();
    expect(screen.getByText('Add at least one sentence in which it must be found.')).toBeTruthy();
    expect(screen.getByText('Add at least one sentence in which it must not be found.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field('Name of the rule')));
    fillIn();
    type('Must not be found in Example 1', 'Very soon.');
    press('Propose it');
    expect(screen.getByText(/One of the examples does not come out/)).toBeTruthy();
    expect(relay.asked).toEqual([]);
  });

  it('proposes the whole rule, and forgets what was kept', async () => {
    open();
    fillIn();
    type(/^Say instead/, 'by four\n\n by five ');
    press('Propose it');
    await waitFor(() => expect(editing.value).toBeNull());
    const [sent] = relay.asked;
    expect(sent).toMatchObject({
      what: 'POST /api/book/changes',
      body: {
        kind: 'rule',
        target: null,
        example: null,
        body: {
          locale: 'en',
          title: 'Soon is no time',
          finds: ['(soon|shortly)'],
          sayInstead: ['by four', 'by five'],
          mustFire: [{ text: 'We will call you soon.' }],
          mustNotFire: [{ text: 'We will call you at four.' }],
        },
      },
    });
    expect(sent?.body).not.toHaveProperty('decide');
    cleanup();
    open();
    expect(field('Name of the rule').value).toBe('');
  });

  it('says at once which name in the better words can never be filled in', () => {
    open();
    type(/^Say instead/, 'I call you, {customer.nmae}.');
    expect(screen.getByText(/“\{customer\.nmae\}” cannot be filled in/)).toBeTruthy();
    type(/^Say instead/, 'I call you, {customer.name|and I mean it}.');
    expect(screen.queryByText(/cannot be filled in/)).toBeNull();
  });

  it('keeps what was typed when the relay refuses, and sends the same again under the same id', async () => {
    let answers = 0;
    relay.answer = () => (answers++ === 0 ? { ok: false, code: 'UNAVAILABLE' } : ok({}));
    open();
    fillIn();
    press('Propose it');
    await screen.findByText(/The relay did not answer/);
    expect(field('Name of the rule').value).toBe('Soon is no time');
    press('Propose it');
    await waitFor(() => expect(editing.value).toBeNull());
    const ids = relay.asked.map((one) => Reflect.get(one.body ?? {}, 'id'));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });

  it('is as it was left when it was closed by accident, and starts over when asked to', () => {
    open();
    fillIn();
    press('Close');
    expect(editing.value).toBeNull();
    cleanup();
    open();
    expect(field('What it finds').value).toBe('(soon|shortly)');
    expect(field('Must be found in Example 1').value).toBe('We will call you soon.');
    press('Start over');
    expect(field('What it finds').value).toBe('');
    cleanup();
    open();
    expect(field('What it finds').value).toBe('');
  });

  it('changes a rule with all that it has, in its own language', async () => {
    open({ target: rule, role: 'owner' });
    expect(screen.queryByLabelText('Language')).toBeNull();
    type(/^Why/, 'Nobody can plan with “soon”.');
    press('Publish at once');
    await waitFor(() => expect(editing.value).toBeNull());
    const { id, key: _key, quietSince: _quiet, by: _by, ...body } = rule;
    expect(relay.asked[0]?.body).toMatchObject({
      target: id,
      decide: 'publish',
      body: { ...body, reason: 'Nobody can plan with “soon”.' },
    });
  });

  it('shows what somebody else made of the rule in the meantime', () => {
    editing.value = { act: 'write', kind: 'rule', target: rule, change: null };
    const now = { ...rule, reason: 'Nobody can plan with a “soon”.' };
    render(inDesk(<RuleForm editing={editing.value} locale="en" />, { shelf: { rules: [now] } }));
    const notice = screen.getByText(/Somebody changed this while you were writing/).parentElement;
    expect(notice?.querySelector('ins')?.textContent).toContain('a “soon”');
    cleanup();
    render(inDesk(<RuleForm editing={editing.value} locale="en" />, { shelf: { rules: [rule] } }));
    expect(screen.queryByText(/Somebody changed this/)).toBeNull();
  });

  it('lets the focus follow when an example is added and taken away', async () => {
    open();
    press('Add an example Must be found in');
    await waitFor(() => expect(document.activeElement).toBe(field('Must be found in Example 2')));
    fireEvent.click(screen.getAllByRole('button', { name: 'Remove example 2' })[0] as HTMLElement);
    await waitFor(() => expect(document.activeElement).toBe(field('Must be found in Example 1')));
  });
});
