import { failed, ok, type Result } from '@fullname/shared/errors';
import type { CustomerPane, Entry, Lifetime, Preference, Promised, Value } from '@fullname/shared/model';
import type { GoodwillUse, Purse } from '@fullname/shared/recovery';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { fakeRelay } from '../../testing/book.tsx';
import { drawDesk, FAILURE, failure, paneWith, pleaseKnow } from '../../testing/recovery.tsx';
import { CONVERSATION, lin, megan, message, opened } from '../../testing/scripted-relay.ts';
import { hideToast } from '../../toast.ts';
import { openFailure, overlay, recordForm } from '../../view.ts';
import { ToastRegion } from '../common/Toast.tsx';
import { Overlays } from '../Overlays.tsx';
import { forgetGuess } from './guess.ts';
import { forgetOwnAsked } from './own-asked.ts';

let http: ReturnType<typeof fakeRelay>;
let purse: Purse;

beforeEach(() => {
  localStorage.clear();
  changeSettings({ locale: 'en', singleKeys: true });
  purse = { budget: { amount: 200, currency: 'USD' }, used: 120, uses: [], asked: [] };
  http = fakeRelay();
  answer('GET /api/goodwill', () => ok(purse));
});
afterEach(() => {
  cleanup();
  recordForm.value = null;
  openFailure.value = null;
  overlay.value = null;
  hideToast();
  forgetGuess();
  forgetOwnAsked();
});

/** How HTTP is answered from now on. */
function answer(what: string, with_: (body: unknown) => Result<unknown>): void {
  const before = http.answer;
  http.answer = (asked) => (asked.what === what ? (with_(asked.body) as never) : before(asked));
}

const sent = (what: string) => http.asked.filter((one) => one.what === what).map(({ body }) => body);
const write = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });
const click = (name: string | RegExp, where: HTMLElement = document.body) =>
  fireEvent.click(within(where).getByRole('button', { name }));
const section = (title: string) =>
  screen.getByRole('heading', { name: title }).closest('section') as HTMLElement;
const line = () => document.querySelector('.toast')?.textContent ?? '';

const beside = (
  <>
    <Overlays />
    <ToastRegion />
  </>
);

async function draw(pane: Partial<CustomerPane>, more: { role?: 'agent' | 'owner'; entries?: Entry[] } = {}) {
  const { role = 'agent', entries = [message(1, 'Hello')] } = more;
  const drawn = await drawDesk(opened({ entries, pane: paneWith([], pane) }), { role, beside });
  drawn.relay.emit('people:changed', [megan, { ...megan, ...lin, here: false, backAt: null }]);
  return drawn;
}

const lifetime: Lifetime = {
  method: 'history',
  about: 1_900,
  range: [1_200, 2_800],
  level: 0.8,
  horizonYears: 10,
  discount: 0,
  years: 2.5,
  purchasesToCome: 24.4,
  meanPurchase: 76,
  stillCustomer: 0.91,
  customers: null,
  repeatCustomers: null,
  fittedAt: null,
};
const value: Value = {
  currency: 'USD',
  spent: 456,
  orders: 6,
  lifetime,
  why: null,
  network: null,
  disputes: [],
};
const dispute = {
  failure: FAILURE,
  disputed: 12,
  about: 1_900,
  range: [1_200, 2_800],
  currency: 'USD',
  giveIn: true,
  limit: 60,
} as const;

const use: GoodwillUse = {
  id: '00000000-0000-4000-8000-00000000c001',
  at: '2026-11-21T10:00:00.000Z',
  by: { id: megan.id, fullName: megan.fullName },
  amount: { amount: 300, currency: 'USD' },
  what: 'A new greenhouse pane',
  failure: null,
  conversation: CONVERSATION,
  customer: { id: 'customer-1', name: 'Anna Lindqvist' },
  state: 'given',
  colleague: null,
  instead: null,
};

describe('the value of a customer', () => {
  it('is a range with its years, beside what was spent; what it rests on is one click away', async () => {
    await draw({ value });
    const part = section('Value');
    expect(within(part).getByText('about $1,900 (1,200–2,800)')).toBeTruthy();
    expect(within(part).getByText('in the 10 years to come')).toBeTruthy();
    const plot = within(part).getByRole('img', { name: /Spent so far: \$456. To come: about \$1,900/ });
    expect(plot.querySelector('.plot-range')?.getAttribute('x')).toBe(`${(100 * 1_200) / 2_800}%`);
    const basis = within(part).getByText('What it was worked out from').closest('details') as HTMLElement;
    expect(basis).toHaveProperty('open', false);
    expect(basis.textContent).toContain('6 in 2.5 years');
    expect(basis.textContent).toContain('with a chance of 91%');
    expect(basis.textContent).toContain('in 80% of all cases');
    expect(within(basis).queryByText('What others bring')).toBeNull();
  });

  it('says what others bring, and a scenario as one', async () => {
    const network = {
      about: 2_700,
      range: [1_500, 4_000] as const,
      times: 1.4,
      came: 2,
      fromReferrals: 800,
      fromReach: null,
      scenario: { lost: 500, left: 2_200 },
    };
    await draw({ value: { ...value, network } });
    const part = section('Value');
    expect(part.textContent).toContain('2 customers came through themabout $800');
    expect(part.textContent).toContain('1.4 times their own');
    expect(part.textContent).toContain(
      'A scenario, not a forecastIf they warned others, about $500 could stay away; $2,200 would be left.',
    );
  });

  it('is said to be unknown, and why', async () => {
    await draw({ value: { ...value, lifetime: null, why: 'one purchase', orders: 1 } });
    const part = section('Value');
    expect(within(part).getByText(/One purchase says nothing yet/)).toBeTruthy();
    expect(within(part).getByText('$456 so far, in 1 order')).toBeTruthy();
  });

  it('stands beside each dispute, here and in the record, with giving in where it is suggested', async () => {
    const disputed = failure({ disputed: { amount: 12, currency: 'USD' } });
    const pane = {
      value: { ...value, disputes: [dispute] },
      timeline: [{ kind: 'failure' as const, ...disputed }],
    };
    await draw(pane);
    const words = '$12 against about $1,900 (1,200–2,800)';
    expect(within(section('Value')).getByText(words)).toBeTruthy();
    expect(section('Value').textContent).toContain(
      'Giving in is suggested · up to $60 an argument costs more than it brings',
    );
    click(/Failure: The courier/);
    await waitFor(() => expect(screen.getAllByText(words)).toHaveLength(2));
  });

  describe('where giving in is suggested', () => {
    const disputed = failure({ disputed: { amount: 12, currency: 'USD' }, wants: 'The delivery back' });
    const timeline = [{ kind: 'failure' as const, ...disputed }];
    const worth = { ...value, disputes: [dispute] };
    const given = { ...use, amount: { amount: 12, currency: 'USD' }, failure: FAILURE };

    it('is one click: the dialog has the amount, and the gift is for that failure', async () => {
      await draw({ value: worth, timeline });
      click('Give $12', section('Value'));
      const dialog = await waitFor(() => document.querySelector<HTMLElement>('dialog') as HTMLElement);
      expect(await within(dialog).findByLabelText('What it costs, in USD')).toHaveProperty('value', '12');
      write(within(dialog).getByLabelText('What you give'), 'The delivery');
      answer('POST /api/goodwill', () => ok(given));
      fireEvent.submit(dialog.querySelector('form') as HTMLFormElement);
      await waitFor(() =>
        expect(sent('POST /api/goodwill')).toMatchObject([
          { failure: FAILURE, amount: { amount: 12, currency: 'USD' }, what: 'The delivery' },
        ]),
      );
    });

    it('waits for their answer', async () => {
      await draw({ value: worth, timeline: [{ kind: 'failure', ...disputed, wants: null }] });
      const give = within(section('Value')).getByRole('button', { name: 'Give $12' });
      expect(give).toHaveProperty('disabled', true);
    });

    it('is not offered again once something was given for it', async () => {
      await draw({ value: worth, timeline, goodwill: [given] });
      expect(within(section('Value')).queryByRole('button', { name: 'Give $12' })).toBeNull();
    });
  });

  it('shows an owner who has not guessed no figure of what others bring either', async () => {
    answer('GET /api/value/guess', () => ok({ guess: null, company: null }));
    const network = {
      about: 800,
      range: [500, 1_000] as const,
      times: null,
      came: 2,
      fromReferrals: 800,
      fromReach: null,
      scenario: null,
    };
    const unknown = { ...value, lifetime: null, why: 'one purchase' as const, network };
    await draw({ value: unknown }, { role: 'owner' });
    await waitFor(() => expect(sent('GET /api/value/guess')).toHaveLength(1));
    expect(section('Value').textContent).not.toContain('$800');
    cleanup();
    await draw({ value: unknown });
    expect(section('Value').textContent).toContain('$800');
  });

  it('is guessed by an owner before it is shown; afterwards the guess stands beside all customers', async () => {
    answer('GET /api/value/guess', () => ok({ guess: null, company: null }));
    answer('PUT /api/value/guess', (guess) =>
      ok({ guess, company: { median: 900, middle: [400, 1_300], currency: 'USD', customers: 41 } }),
    );
    await draw({ value: { ...value, disputes: [dispute] } }, { role: 'owner' });
    const form = await screen.findByRole('form', {
      name: 'What do you think a customer is worth to you in 10 years?',
    });
    expect(section('Value').textContent).not.toContain('1,900');
    const field = within(form).getByRole('textbox', { name: 'Your guess, in USD' });
    write(field, 'a lot');
    click('This is my guess', form);
    await waitFor(() =>
      expect(within(form).getByRole('alert').textContent).toBe('Write an amount, such as 500.'),
    );
    expect(sent('PUT /api/value/guess')).toEqual([]);
    write(field, '1,500');
    click('This is my guess', form);
    await screen.findByText('about $1,900 (1,200–2,800)');
    expect(sent('PUT /api/value/guess')).toEqual([{ amount: 1_500, currency: 'USD' }]);
    const facts = section('Value').textContent;
    expect(facts).toContain('Your guess$1,500');
    expect(facts).toContain('In the middle$900 of 41 customers');
    expect(facts).toContain('The middle half$400 to $1,300');
  });

  it('counts for who brought them: searched, set, taken back', async () => {
    const { relay, pane } = await draw({ value });
    const anna = pane.now.customer;
    if (!anna) throw new Error('The pane has a customer.');
    const omar = { ...anna, id: 'customer-2', name: 'Omar Haddad' };
    relay.handlers['customer:search'] = () => ok([anna, omar]);
    answer('PUT /api/customers/customer-1/referrer', () => failed('CONFLICT'));
    click('Through whom did they come?');
    write(await screen.findByRole('searchbox', { name: 'Who brought them' }), 'Omar');
    const found = await screen.findByRole('button', { name: /Omar Haddad/ });
    // Nobody brings themself.
    expect(document.querySelectorAll('.found-customer')).toHaveLength(1);
    fireEvent.click(found);
    expect((await screen.findByRole('alert')).textContent).toContain('cannot have brought each other');
    answer('PUT /api/customers/customer-1/referrer', () => ok({}));
    pane.now = { ...pane.now, customer: { ...anna, referrer: { id: omar.id, name: omar.name } } };
    fireEvent.click(found);
    await waitFor(() => expect(section('Value').textContent).toContain('Came through: Omar Haddad'));
    expect(document.activeElement?.textContent).toBe('Change');
    click('Take it back');
    await waitFor(() => expect(line()).toContain('Taken back.'));
    expect(sent('PUT /api/customers/customer-1/referrer').at(-1)).toEqual({ referrer: null });
  });
});

async function openGift(): Promise<HTMLElement> {
  click('Give something', section('Goodwill and extras'));
  const dialog = await waitFor(() => document.querySelector<HTMLElement>('dialog') as HTMLElement);
  await within(dialog).findByLabelText('What it costs, in USD');
  return dialog;
}

describe('goodwill', () => {
  it('shows what is left before and after, and gives at once within it', async () => {
    const { pane } = await draw({});
    const dialog = await openGift();
    expect(within(dialog).getByRole('status').textContent).toBe('You have $80 left this month.');
    write(within(dialog).getByLabelText('What it costs, in USD'), '25,50');
    expect(within(dialog).getByRole('status').textContent).toContain('Afterwards: $54.50.');
    const give = within(dialog).getByRole('button', { name: 'Give $25.50' });
    expect(give).toHaveProperty('disabled', true);
    write(within(dialog).getByLabelText('What you give'), 'A bouquet');
    const given = { ...use, amount: { amount: 25.5, currency: 'USD' }, what: 'A bouquet' };
    answer('POST /api/goodwill', () => ok(given));
    pane.now = { ...pane.now, goodwill: [given] };
    fireEvent.click(give);
    await waitFor(() => expect(section('Goodwill and extras').textContent).toContain('A bouquet$25.50'));
    expect(sent('POST /api/goodwill')).toEqual([
      {
        id: expect.any(String),
        conversation: CONVERSATION,
        amount: { amount: 25.5, currency: 'USD' },
        what: 'A bouquet',
      },
    ]);
    expect(line()).toContain('Given: $25.50.');
  });

  it('above it asks one colleague by name, and tells their word when it comes', async () => {
    const { relay } = await draw({});
    const dialog = await openGift();
    write(within(dialog).getByLabelText('What it costs, in USD'), '300');
    write(within(dialog).getByLabelText('What you give'), 'A new greenhouse pane');
    expect(within(dialog).getByText(/more than the \$80 you have left/)).toBeTruthy();
    expect(within(dialog).getByRole('button', { name: 'Choose a colleague' })).toHaveProperty(
      'disabled',
      true,
    );
    fireEvent.click(within(dialog).getByRole('radio', { name: /林怡君.*Away/ }));
    expect(within(dialog).getByText(/林怡君 is asked in person; nobody else and no queue/)).toBeTruthy();
    const asked = { ...use, state: 'asked' as const, colleague: lin };
    answer('POST /api/goodwill', () => ok(asked));
    purse = { ...purse, uses: [asked] };
    click('Ask 林怡君', dialog);
    await waitFor(() => expect(section('Goodwill and extras').textContent).toContain('林怡君 is asked'));
    expect(sent('POST /api/goodwill')).toMatchObject([{ colleague: lin.id }]);

    purse = { ...purse, uses: [{ ...asked, state: 'declined', instead: 'Repair the old one' }] };
    relay.emit('work:changed', { open: 0, due: 0, requests: 0, notes: 0, praise: 0 });
    await waitFor(() => expect(line()).toContain('林怡君 says: not this. Instead: Repair the old one'));
    expect(section('Goodwill and extras').textContent).toContain('Instead: Repair the old one');
  });

  it('says in place what the relay refuses, and reads again what is left', async () => {
    await draw({});
    const dialog = await openGift();
    write(within(dialog).getByLabelText('What it costs, in USD'), '70');
    write(within(dialog).getByLabelText('What you give'), 'A bouquet');
    answer('POST /api/goodwill', () => failed('OVER_BUDGET'));
    // Another window has used it meanwhile.
    purse = { ...purse, used: 190 };
    click('Give $70', dialog);
    expect((await within(dialog).findByRole('alert')).textContent).toContain(
      'above what is left of your budget',
    );
    await within(dialog).findByText(/more than the \$10 you have left/);
    expect(within(dialog).getByRole('radio', { name: /林怡君/ })).toBeTruthy();
    write(within(dialog).getByLabelText('What it costs, in USD'), '0');
    expect(within(dialog).getByText('Write an amount above 0, such as 25.')).toBeTruthy();
  });

  it('waits for the answer of the customer where it belongs to a failure', async () => {
    const wronged = failure({ stage: 'apologised' });
    const { pane, relay } = await draw({ timeline: [{ kind: 'failure', ...wronged }] });
    click(/Failure: The courier/);
    const way = () => screen.getByRole('region', { name: 'The way back' });
    await waitFor(() => way());
    for (const name of ['Give something', 'Offer extras'])
      expect(within(way()).getByRole('button', { name })).toHaveProperty('disabled', true);
    expect(way().textContent).toContain('ask first what would put it right');

    const answered = { ...wronged, stage: 'gone-over' as const, wants: 'A new pot', revision: 2 };
    pane.now = paneWith([answered]);
    relay.emit('customer:changed', { conversation: CONVERSATION, pane: pane.now });
    await waitFor(() =>
      expect(within(way()).getByRole('button', { name: 'Give something' })).toHaveProperty('disabled', false),
    );
    click('Give something', way());
    const dialog = await waitFor(() => document.querySelector<HTMLElement>('dialog') as HTMLElement);
    write(await within(dialog).findByLabelText('What it costs, in USD'), '20');
    write(within(dialog).getByLabelText('What you give'), 'A vase');
    const given = { ...use, what: 'A vase', failure: FAILURE };
    answer('POST /api/goodwill', () => ok(given));
    pane.now = { ...pane.now, goodwill: [given] };
    click('Give $20', dialog);
    await waitFor(() => expect(sent('POST /api/goodwill')).toMatchObject([{ failure: FAILURE }]));
    // What was given is the extra, unless somebody says otherwise.
    await waitFor(() =>
      expect(within(way()).getByRole('textbox', { name: 'Something extra' })).toHaveProperty(
        'value',
        'A vase',
      ),
    );
  });
});

const preference: Preference = {
  id: '00000000-0000-4000-8000-00000000b001',
  text: 'Peonies rather than roses',
  source: 'stated',
  quote: 'Peonies, please, never roses',
  by: { id: megan.id, fullName: megan.fullName },
  at: '2025-05-04T10:00:00.000Z',
  idea: null,
  ideaDone: false,
  reach: null,
};

describe('somebody whom nobody has linked', () => {
  it('has their preferences, promises, gifts and failures in the pane, with the forms for them, and no worth', async () => {
    const due = '2026-11-27T17:00:00.000Z';
    const promised: Promised = {
      ...{ id: 'p1', conversation: CONVERSATION, text: 'A call about the vase', by: megan, keeper: megan },
      ...{ due, firstDue: due, madeAt: '2026-11-21T10:00:00.000Z', keptAt: null, toldAt: null },
      outcome: 'open',
    };
    await draw({
      customer: null,
      preferences: [preference],
      promises: [promised],
      goodwill: [{ ...use, customer: null }],
      timeline: [{ kind: 'failure', ...failure() }],
    });
    expect(section('Preferences').textContent).toContain(preference.text);
    expect(section('Promises').textContent).toContain('A call about the vase');
    expect(section('Goodwill and extras').textContent).toContain('A new greenhouse pane');
    expect(screen.getByRole('button', { name: /Failure: The courier/ })).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Value' })).toBeNull();
    const headings = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    expect(headings.indexOf('Preferences')).toBeLessThan(headings.indexOf('Timeline'));
  });

  it('is reached by the palette’s forms', async () => {
    const { relay } = await draw({ customer: null });
    overlay.value = 'palette';
    fireEvent.click(await screen.findByRole('option', { name: /Note a preference/ }));
    const form = await screen.findByRole('form', { name: 'Note a preference' });
    write(within(form).getByRole('textbox', { name: /What they prefer/ }), 'Peonies');
    fireEvent.submit(form);
    await waitFor(() => expect(relay.requests('preference:note')).toMatchObject([{ text: 'Peonies' }]));
  });
});

describe('extras', () => {
  const openDialog = async () => {
    click('Offer extras', section('Goodwill and extras'));
    return waitFor(() => document.querySelector<HTMLElement>('dialog') as HTMLElement);
  };

  it('are two to four, with suggestions from what they like, and something else is always there', async () => {
    const chosen = { ...preference, id: 'p2', text: 'A card by hand', quote: 'A card by hand' };
    const { relay } = await draw({
      preferences: [{ ...preference, idea: 'The first peonies of May' }, chosen],
    });
    const dialog = await openDialog();
    const suggested = within(within(dialog).getByRole('group', { name: /would like, perhaps/ }));
    expect(suggested.getAllByRole('button').map((one) => one.textContent)).toEqual([
      'A card by handchosen before',
      'The first peonies of May',
    ]);
    // What they like is read, and is no button: “no lilies” is nothing to hand over.
    const liked = within(dialog).getByRole('list', { name: 'What is known of their likes' });
    expect(liked.textContent).toBe('Peonies rather than roses');
    expect(dialog.textContent).toContain('Something else – in their own words is always there');
    const offer = within(dialog).getByRole('button', { name: 'Offer' });
    fireEvent.click(suggested.getAllByRole('button')[0] as HTMLElement);
    expect(within(dialog).getByRole('textbox', { name: 'Choice 1' })).toHaveProperty(
      'value',
      'A card by hand',
    );
    expect(offer).toHaveProperty('disabled', true);
    write(within(dialog).getByRole('textbox', { name: 'Choice 2' }), 'A card by hand ');
    expect(within(dialog).getByRole('alert').textContent).toBe('Two choices read the same.');
    write(within(dialog).getByRole('textbox', { name: 'Choice 2' }), 'A vase');
    click('Another choice', dialog);
    click('Another choice', dialog);
    expect(within(dialog).queryByRole('button', { name: 'Another choice' })).toBeNull();
    fireEvent.click(offer);
    await waitFor(() =>
      expect(relay.requests('extras:offer')).toEqual([
        {
          id: expect.any(String),
          conversation: CONVERSATION,
          text: 'I would like to add something for the trouble. What would please you?',
          options: ['A card by hand', 'A vase'],
        },
      ]),
    );
  });

  it('keep their words and their id when the answer is lost, and take a new id for new words', async () => {
    const { relay } = await draw({});
    relay.handlers['extras:offer'] = () => failed('UNAVAILABLE');
    const dialog = await openDialog();
    write(within(dialog).getByRole('textbox', { name: 'Choice 1' }), 'A card 4111 1111 1111 1111');
    write(within(dialog).getByRole('textbox', { name: 'Choice 2' }), 'A vase');
    click('Offer', dialog);
    await within(dialog).findByRole('alert');
    click('Offer', dialog);
    await waitFor(() => expect(relay.requests('extras:offer')).toHaveLength(2));
    write(within(dialog).getByRole('textbox', { name: 'Choice 2' }), 'A big vase');
    await waitFor(() =>
      expect(within(dialog).getByRole('button', { name: 'Offer' })).toHaveProperty('disabled', false),
    );
    click('Offer', dialog);
    await waitFor(() => expect(relay.requests('extras:offer')).toHaveLength(3));
    const [first, second, third] = relay.requests('extras:offer');
    expect(second?.id).toBe(first?.id);
    expect(third?.id).not.toBe(first?.id);
    // No card number leaves this browser.
    expect(JSON.stringify(first)).not.toContain('4111 1111');
  });

  it('that are still open stand beside the customer, and are for who has the conversation', async () => {
    const head = { conversation: CONVERSATION, at: '2026-11-21T10:05:00.000Z', seq: 2, publicSeq: 2 };
    const offered: Entry = {
      ...{ ...head, id: 'e2', kind: 'extras-offered', person: megan, offer: 'o1', text: 'Which?' },
      options: ['A card', 'A vase'],
    };
    const { relay } = await draw({}, { entries: [message(1, 'Hello'), offered] });
    expect(section('Goodwill and extras').textContent).toContain('A card · A vaseOffered, not chosen yet');
    relay.emit('message:sent', {
      ...head,
      seq: 3,
      publicSeq: 3,
      id: 'e3',
      kind: 'extra-chosen',
      offer: 'o1',
      choice: 'A vase',
    });
    await waitFor(() => expect(section('Goodwill and extras').textContent).not.toContain('not chosen yet'));
    cleanup();
    await drawDesk(opened({ pane: paneWith([]), detail: { holder: lin } }), { beside });
    expect(
      within(section('Goodwill and extras')).getByRole('button', { name: 'Offer extras' }),
    ).toHaveProperty('disabled', true);
    expect(section('Goodwill and extras').textContent).toContain('Somebody else has this conversation');
  });
});

describe('preferences', () => {
  it('are listed with source, quote, name and date; a removed one comes back by undo', async () => {
    const { relay, pane } = await draw({ preferences: [preference] });
    const part = section('Preferences');
    expect(part.textContent).toContain('Peonies, please, never roses');
    expect(part.textContent).toContain('said so · Megan Kajitani · May 4, 2025');
    pane.now = { ...pane.now, preferences: [] };
    click('Remove', part);
    await waitFor(() => expect(part.textContent).not.toContain('Peonies'));
    expect(relay.requests('preference:remove')).toEqual([
      { conversation: CONVERSATION, preference: preference.id },
    ]);
    expect(document.activeElement?.textContent).toBe('Note a preference');
    click('Undo');
    await waitFor(() =>
      expect(relay.requests('preference:note')).toMatchObject([
        { text: preference.text, source: 'stated', quote: preference.quote },
      ]),
    );
    expect(relay.requests('preference:note')[0]?.id).not.toBe(preference.id);
  });

  it('stand in one line above the thread, folded while one writes', async () => {
    const second = { ...preference, id: 'preference-2', text: 'No lilies (their cat)' };
    await draw({ preferences: [preference, second] });
    const likes = document.querySelector<HTMLElement>('.thread .known-likes');
    expect(likes?.textContent).toBe(`Likes: ${preference.text} · No lilies (their cat)`);
    expect(likes?.dataset.folded).toBe('false');
    write(screen.getByRole('textbox', { name: 'Write to Anna Lindqvist…' }), 'Dear Anna');
    await waitFor(() => expect(likes?.dataset.folded).toBe('true'));
  });

  it('become an idea, which is kept, done, or forgotten', async () => {
    const { relay, pane } = await draw({ preferences: [preference] });
    const part = section('Preferences');
    click('Make it an idea', part);
    const form = within(part).getByRole('form', { name: 'Idea for the next visit' });
    write(within(form).getByRole('textbox'), 'The first peonies of May');
    const withIdea = { ...preference, idea: 'The first peonies of May' };
    pane.now = { ...pane.now, preferences: [withIdea] };
    click('Save', form);
    await within(part).findByText('The first peonies of May');
    pane.now = { ...pane.now, preferences: [{ ...withIdea, ideaDone: true }] };
    click('Done', part);
    await waitFor(() => expect(within(part).queryByRole('button', { name: 'Done' })).toBeNull());
    const of = { conversation: CONVERSATION, preference: preference.id, idea: 'The first peonies of May' };
    expect(relay.requests('preference:idea')).toEqual([
      { ...of, done: false },
      { ...of, done: true },
    ]);
    expect(part.textContent).toContain('The first peonies of May · done');
  });
});

describe('the idea for this visit', () => {
  const preferences = [{ ...preference, idea: 'The first peonies of May' }];
  const idea = () => screen.queryByText('An idea for this visit:');

  it('stands above the thread, and goes when it is done', async () => {
    const { relay, pane } = await draw({ preferences });
    const shown = idea()?.closest('p') as HTMLElement;
    expect(shown.textContent).toContain('An idea for this visit: The first peonies of May');
    pane.now = {
      ...pane.now,
      preferences: [{ ...preference, idea: 'The first peonies of May', ideaDone: true }],
    };
    click('Done', shown);
    await waitFor(() => expect(idea()).toBeNull());
    expect(relay.requests('preference:idea')).toMatchObject([{ done: true }]);
  });

  it('waits while they are in a hurry', async () => {
    const { relay } = await draw({ preferences });
    expect(idea()).not.toBeNull();
    relay.emit('message:sent', message(2, 'Please be quick, I am about to board.'));
    await waitFor(() => expect(idea()).toBeNull());
  });

  it('waits while something is wrong and not put right', async () => {
    await draw({ preferences, pleaseKnow: [pleaseKnow({ stage: 'gone-over' })] });
    expect(idea()).toBeNull();
    cleanup();
    await draw({ preferences, pleaseKnow: [pleaseKnow({ stage: 'fixed' })] });
    expect(idea()).not.toBeNull();
  });
});
