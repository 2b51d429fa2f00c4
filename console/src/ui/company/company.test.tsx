import type { Merge, MergePreview, MergeSide } from '@fullname/shared/customers';
import { failed, ok } from '@fullname/shared/errors';
import type { Customer } from '@fullname/shared/model';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dateOf } from '../../format.ts';
import { changeSettings } from '../../preferences.ts';
import { STRINGS } from '../../strings/index.ts';
import { fakeRelay } from '../../testing/book.tsx';
import { drawDesk, paneWith } from '../../testing/recovery.tsx';
import { lin, megan, opened } from '../../testing/scripted-relay.ts';
import { hideToast } from '../../toast.ts';
import { overlay } from '../../view.ts';
import { ToastRegion } from '../common/Toast.tsx';
import { Overlays } from '../Overlays.tsx';

const KEPT = '00000000-0000-4000-8000-0000000000c1';
const OTHER = '00000000-0000-4000-8000-0000000000c2';
const anna: Customer = {
  id: KEPT,
  name: 'Anna Lindqvist',
  email: 'anna@post.example',
  locale: 'en',
  since: '2019-01-01T00:00:00.000Z',
  ally: megan,
  demo: false,
};
const annaAgain: Customer = { ...anna, id: OTHER, name: 'A. Lindqvist', locale: null, ally: lin };
const side = (customer: Customer, proof: 'signed' | 'claimed'): MergeSide => ({
  ...customer,
  addresses: [{ email: 'anna@post.example', proof }],
  identities: proof === 'signed' ? [{ site: 'Petal & Post', subject: 'anna-1' }] : [],
});
const NOTHING = {
  visitors: 0,
  conversations: 0,
  identities: 0,
  failures: 0,
  preferences: 0,
  promises: 0,
  purchases: 0,
  mails: 0,
  tasks: 0,
  goodwill: 0,
  internal_requests: 0,
};
const preview: MergePreview = {
  kept: side(anna, 'signed'),
  merged: side(annaAgain, 'claimed'),
  moves: { ...NOTHING, visitors: 1, conversations: 3, failures: 2 },
  differs: ['name', 'locale', 'ally'],
  address: 'claimed',
};
const swapped: MergePreview = { ...preview, kept: preview.merged, merged: preview.kept };
const merge: Merge = {
  id: '00000000-0000-4000-8000-0000000000d1',
  kept: { id: KEPT, name: anna.name },
  merged: { id: OTHER, name: annaAgain.name },
  by: { id: megan.id, fullName: megan.fullName },
  at: '2026-11-21T10:00:00.000Z',
  moved: NOTHING,
  undone: null,
};

let http: ReturnType<typeof fakeRelay>;

beforeEach(() => {
  changeSettings({ locale: 'en' });
  hideToast();
  overlay.value = null;
  http = fakeRelay();
  http.answer = ({ what }) => {
    if (what.includes(`/customers/${KEPT}/merge-preview?with=${OTHER}`)) return ok(preview);
    if (what.includes(`/customers/${OTHER}/merge-preview?with=${KEPT}`)) return ok(swapped);
    if (what === 'GET /api/goodwill')
      return ok({ budget: { amount: 200, currency: 'USD' }, used: 0, uses: [], asked: [] });
    if (what === 'POST /api/merges') return ok(merge);
    if (what.endsWith('/merges')) return ok([merge]);
    return undefined;
  };
});
afterEach(cleanup);

async function draw(role: 'agent' | 'owner' | 'back-office' = 'agent') {
  const beside = (
    <>
      <Overlays />
      <ToastRegion />
    </>
  );
  const drawn = await drawDesk(opened({ pane: paneWith([], { customer: anna }) }), { role, beside });
  drawn.relay.handlers['customer:search'] = () => ok([anna, annaAgain]);
  return drawn;
}

async function choose(item: string): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: 'More about Anna Lindqvist' }));
  fireEvent.click(screen.getByRole('menuitem', { name: item }));
}

async function lookAtBoth() {
  await choose('Same person as…');
  fireEvent.input(await screen.findByLabelText('Search customers by name or e-mail'), {
    target: { value: 'lindqvist' },
  });
  fireEvent.click(await screen.findByRole('button', { name: /^A\. Lindqvist/ }));
  return screen.findByRole('table', { name: 'Both records, side by side' });
}

const writes = () => http.asked.filter(({ what }) => !what.startsWith('GET'));
const rowOf = (table: HTMLElement, name: RegExp) =>
  within(table).getByRole('rowheader', { name }).parentElement?.textContent;

describe('two records of one person', () => {
  it('stand side by side before anything is merged', async () => {
    await draw();
    const table = await lookAtBoth();
    expect(rowOf(table, /^Their person/)).toBe('Their person differsMegan Kajitanistays林怡君');
    // What the other says nothing of is no difference to decide.
    expect(rowOf(table, /^Language/)).toBe('LanguageEnglishnot known');
    expect(rowOf(table, /^Addresses/)).toContain('signed by a site');
    expect(rowOf(table, /^Addresses/)).toContain('only claimed');
    expect(screen.getByText(STRINGS.en.company.merge.address.claimed)).toBeTruthy();
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('Conversations').parentElement?.textContent).toBe('Conversations3');
    expect(dialog.queryByText('Purchases')).toBe(null);
    expect(writes()).toEqual([]);
  });

  it('do not include the record one looks from', async () => {
    await draw();
    await choose('Same person as…');
    fireEvent.input(await screen.findByLabelText('Search customers by name or e-mail'), {
      target: { value: 'lindqvist' },
    });
    await screen.findByRole('button', { name: /^A\. Lindqvist/ });
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.queryByRole('button', { name: /^Anna Lindqvist/ })).toBe(null);
  });

  it('become one, and two again', async () => {
    await draw();
    await lookAtBoth();
    fireEvent.click(screen.getByRole('button', { name: 'Merge into Anna Lindqvist' }));
    const line = await screen.findByText('A. Lindqvist is one record with Anna Lindqvist now.');
    expect(writes()[0]?.body).toMatchObject({ kept: KEPT, merged: OTHER });
    fireEvent.click(within(line.parentElement as HTMLElement).getByRole('button', { name: 'Undo' }));
    await screen.findByText('They are two records again.');
    expect(writes()[1]?.what).toBe(`DELETE /api/merges/${merge.id}`);
  });

  it('may be kept the other way round', async () => {
    await draw();
    await lookAtBoth();
    fireEvent.click(screen.getByRole('button', { name: 'Keep the other one' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Merge into A. Lindqvist' }));
    await waitFor(() => expect(writes()[0]?.body).toMatchObject({ kept: OTHER, merged: KEPT }));
  });

  it('are merged once, however often it is tried', async () => {
    await draw();
    await lookAtBoth();
    const answer = http.answer;
    http.answer = (asked) => (asked.what.startsWith('POST') ? failed('UNAVAILABLE') : answer(asked));
    fireEvent.click(screen.getByRole('button', { name: 'Merge into Anna Lindqvist' }));
    expect((await screen.findByRole('alert')).textContent).toBe(STRINGS.en.errors.UNAVAILABLE);
    http.answer = answer;
    fireEvent.click(screen.getByRole('button', { name: 'Merge into Anna Lindqvist' }));
    await waitFor(() => expect(writes()).toHaveLength(2));
    expect(writes()[1]?.body).toEqual(writes()[0]?.body);
  });

  it('stay apart where one is the demo’s', async () => {
    const { relay } = await draw();
    relay.handlers['customer:search'] = () => ok([{ ...annaAgain, demo: true }]);
    await choose('Same person as…');
    fireEvent.input(await screen.findByLabelText('Search customers by name or e-mail'), {
      target: { value: 'lindqvist' },
    });
    fireEvent.click(await screen.findByRole('button', { name: /^A\. Lindqvist/ }));
    expect((await screen.findByRole('alert')).textContent).toBe(STRINGS.en.company.merge.demoApart);
    expect(screen.queryByRole('table')).toBe(null);
  });
});

it('merged records say by whom and when, and are taken back there', async () => {
  await draw();
  await choose('Merged records');
  const line = await screen.findByText(/^by Megan Kajitani, /);
  expect(line.textContent).toBe(`by Megan Kajitani, ${dateOf(merge.at)}`);
  const answer = http.answer;
  http.answer = (asked) =>
    asked.what.endsWith('/merges') ? ok([{ ...merge, undone: { by: lin, at: merge.at } }]) : answer(asked);
  fireEvent.click(screen.getByRole('button', { name: 'Take the merge of A. Lindqvist back' }));
  await screen.findByText(`taken back by 林怡君, ${dateOf(merge.at)}`);
  expect(screen.queryByRole('button', { name: /^Take the merge/ })).toBe(null);
});

it('a conversation of another site says of which; those of this site do not', async () => {
  const chat = {
    kind: 'conversation' as const,
    at: '2026-10-01T10:00:00.000Z',
    status: 'closed' as const,
    holder: null,
  };
  const timeline = [
    { ...chat, id: 'here', preview: 'The tulips', site: 'Petal & Post' },
    { ...chat, id: 'there', preview: 'The vase', site: 'Petal & Post Trade' },
  ];
  await drawDesk(opened({ pane: paneWith([], { customer: anna, timeline }) }));
  expect(screen.getByRole('button', { name: /The vase/ }).textContent).toContain('at Petal & Post Trade');
  expect(screen.getByRole('button', { name: /The tulips/ }).textContent).not.toContain('Petal');
});

describe('a customer’s person', () => {
  it('is changed by an owner, who reads first what the customer will be told', async () => {
    const { relay } = await draw('owner');
    relay.emit('people:changed', [megan, { ...megan, ...lin, title: null }]);
    await choose('Give to somebody else…');
    const submit = await screen.findByRole('button', { name: 'Choose a person' });
    expect(submit).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('radio', { name: /林怡君/ }));
    expect(
      screen.getByText('林怡君 is your person here from now on. Megan Kajitani has handed over by name.'),
    ).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Give to 林怡君' }));
    await screen.findByText('林怡君 is Anna Lindqvist’s person now.');
    expect(writes()[0]).toMatchObject({ what: `PUT /api/customers/${KEPT}/ally`, body: { ally: lin.id } });
  });

  it('is not an agent’s to change', async () => {
    await draw('agent');
    fireEvent.click(await screen.findByRole('button', { name: 'More about Anna Lindqvist' }));
    expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Same person as…',
      'Merged records',
    ]);
  });
});
