import type { Member } from '@fullname/shared/api';
import type { ApiKey, RowsReport } from '@fullname/shared/customers';
import { failed, ok } from '@fullname/shared/errors';
import type { Leaving, RecoverySettings } from '@fullname/shared/recovery';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { STRINGS } from '../../strings/index.ts';
import { fakeRelay, inDesk } from '../../testing/book.tsx';
import { lin, megan, meganHerself } from '../../testing/scripted-relay.ts';
import { hideToast, toast } from '../../toast.ts';
import { ImportCard } from './ImportCard.tsx';
import { KeysCard } from './KeysCard.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { RecoverySection } from './RecoverySection.tsx';

let http: ReturnType<typeof fakeRelay>;
beforeEach(() => {
  changeSettings({ locale: 'en' });
  hideToast();
  http = fakeRelay();
});
afterEach(cleanup);

const writes = () => http.asked.filter(({ what }) => !what.startsWith('GET'));
const member = (change: Partial<Member>): Member => ({
  ...meganHerself,
  title: null,
  role: 'owner',
  ...change,
});

describe('a file of another system', () => {
  const FIRST = 'id,site,subject,at,what,amount,currency';
  const looked: RowsReport = {
    added: 2,
    same: 1,
    problems: [{ row: 3, code: 'unknown-customer', what: 'customer: nobody' }],
  };
  const answerTo = (body: object | undefined) => {
    const dry = (body as { dryRun?: boolean } | undefined)?.dryRun === true;
    return ok(dry ? looked : { ...looked, added: 2 });
  };
  const take = (text: string) =>
    fireEvent.change(screen.getByLabelText('CSV file'), {
      target: { files: [new File([text], 'orders.csv', { type: 'text/csv' })] },
    });

  it('is looked through first: good rows are counted, bad ones have their number and what is wrong', async () => {
    http.answer = ({ body }) => answerTo(body);
    render(inDesk(<ImportCard />, { role: 'owner' }));
    take(`${FIRST}\n1\n2\n3\n4`);
    const result = await screen.findByRole('status', { name: 'What would happen' });
    expect(
      within(result)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['2 would be stored', '1 here already', '1 cannot be taken']);
    expect(within(result).getByRole('row', { name: /^3/ }).textContent).toBe(
      '3nobody is known by thiscustomer: nobody',
    );
    expect(writes().map(({ body }) => body)).toMatchObject([{ kind: 'purchases', dryRun: true }]);
  });

  it('then brings its good rows, under the id that was looked at', async () => {
    http.answer = ({ body }) => answerTo(body);
    render(inDesk(<ImportCard />, { role: 'owner' }));
    take(`${FIRST}\n1`);
    fireEvent.click(await screen.findByRole('button', { name: 'Store the good rows: 2' }));
    await screen.findByRole('status', { name: 'What happened' });
    const [dry, real] = writes().map(({ body }) => body as { id: string; dryRun?: boolean });
    expect(real?.id).toBe(dry?.id);
    expect(real?.dryRun).toBe(undefined);
    expect(screen.queryByRole('button', { name: /^Store/ })).toBe(null);
  });

  it('is looked through anew as failures', async () => {
    http.answer = ({ body }) => answerTo(body);
    render(inDesk(<ImportCard />, { role: 'owner' }));
    take(`${FIRST}\n1`);
    await screen.findByRole('status', { name: 'What would happen' });
    fireEvent.click(screen.getByRole('radio', { name: 'Failures' }));
    await waitFor(() => expect(writes()).toHaveLength(2));
    expect(writes()[1]?.body).toMatchObject({ kind: 'failures', dryRun: true });
    expect((screen.getByLabelText('First line of the file') as HTMLInputElement).value).toContain('severity');
  });

  it('without a good row offers nothing to store', async () => {
    http.answer = () => ok({ ...looked, added: 0, same: 0 });
    render(inDesk(<ImportCard />, { role: 'owner' }));
    take(`${FIRST}\n1`);
    await screen.findByText(STRINGS.en.company.import.nothing);
    expect(screen.queryByRole('button', { name: /^Store/ })).toBe(null);
  });

  it('that is no text is refused here', async () => {
    render(inDesk(<ImportCard />, { role: 'owner' }));
    take('PK\u0000\u0003');
    expect((await screen.findByRole('alert')).textContent).toBe(STRINGS.en.company.import.unreadable);
    expect(http.asked).toEqual([]);
  });
});

describe('a key', () => {
  const key: ApiKey = {
    id: '00000000-0000-4000-8000-00000000ee01',
    name: 'Shop',
    by: { id: megan.id, fullName: megan.fullName },
    at: '2026-11-20T10:00:00.000Z',
    usedAt: null,
    endedAt: null,
  };

  it('shows its secret once, with a command to try', async () => {
    http.answer = ({ what }) => {
      if (what === 'POST /api/keys') return ok({ key, secret: 'fullname_abc' });
      return ok(what === 'GET /api/sites' ? [{ key: 'shop-1' }] : []);
    };
    render(inDesk(<KeysCard />, { role: 'owner' }));
    fireEvent.input(screen.getByLabelText('Which system'), { target: { value: 'Shop' } });
    fireEvent.click(screen.getByRole('button', { name: 'Make a key' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect((dialog.getByLabelText('Secret') as HTMLInputElement).value).toBe('fullname_abc');
    await dialog.findByText(/FULLNAME_SITE=shop-1/);
    fireEvent.click(dialog.getByRole('button', { name: 'I have put it away' }));
    expect(document.body.textContent).not.toContain('fullname_abc');
  });

  it('is ended at once, after one question', async () => {
    http.answer = ({ what }) => ok(what.startsWith('DELETE') ? { ...key, endedAt: key.at } : [key]);
    render(inDesk(<KeysCard />, { role: 'owner' }));
    fireEvent.click(await screen.findByRole('button', { name: 'End the key of Shop at once' }));
    expect(writes()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'End it' }));
    await waitFor(() => expect(toast.value?.text).toBe('The key of Shop has ended.'));
    expect(writes().map(({ what }) => what)).toEqual([`DELETE /api/keys/${key.id}`]);
  });
});

describe('somebody who leaves', () => {
  const LIN = member({ ...lin, given: '怡君', family: '林', role: 'agent', email: 'lin@shop.example' });
  const TOMAS = member({ id: 'tomas', fullName: 'Tomás Echeverría', role: 'back-office' });
  const hanging: Leaving = { customers: 12, tasks: 3, promises: 0, requests: 0, conversations: 0 };
  const draw = async (leaving: Leaving, patch = ok({}) as ReturnType<typeof http.answer>) => {
    http.answer = ({ what }) => {
      if (what === 'GET /api/people') return ok([member({}), LIN, TOMAS]);
      if (what.endsWith('/leaving')) return ok(leaving);
      return patch;
    };
    render(inDesk(<PeopleSection />, { role: 'owner' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Edit 林怡君' }));
  };

  it('with customers and things to do needs a successor by full name', async () => {
    await draw(hanging);
    fireEvent.click(screen.getByRole('button', { name: 'Deactivate' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Who takes over from 林怡君?' }));
    expect(dialog.getByText('Customers').parentElement?.textContent).toBe('Customers12');
    expect(dialog.queryByText('Promises')).toBe(null);
    const leave = dialog.getByRole('button', { name: 'Deactivate 林怡君' });
    expect(leave).toHaveProperty('disabled', true);
    const names = within(dialog.getByLabelText('Takes over')).getAllByRole('option');
    expect(names.map((option) => option.textContent)).toEqual([
      'Choose by full name',
      'Megan Kajitani (you)',
    ]);
    fireEvent.change(dialog.getByLabelText('Takes over'), { target: { value: megan.id } });
    expect(writes()).toEqual([]);
    fireEvent.click(leave);
    await waitFor(() => expect(toast.value?.text).toBe('Megan Kajitani has taken over from 林怡君.'));
    expect(writes().map(({ body }) => body)).toEqual([{ active: false, successor: megan.id }]);
    expect(toast.value?.undo).toBe(null);
  });

  it('and goes behind the desk hands over as well', async () => {
    await draw(hanging);
    fireEvent.click(screen.getByRole('radio', { name: /^Back office/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Who takes over from 林怡君?' }));
    fireEvent.change(dialog.getByLabelText('Takes over'), { target: { value: megan.id } });
    fireEvent.click(dialog.getByRole('button', { name: 'Move 林怡君 to the back office' }));
    await waitFor(() => expect(writes()).toHaveLength(1));
    expect(writes()[0]?.body).toMatchObject({ role: 'back-office', successor: megan.id });
  });

  it('with nothing is deactivated at once, and can be brought back', async () => {
    await draw({ customers: 0, tasks: 0, promises: 0, requests: 0, conversations: 0 });
    fireEvent.click(screen.getByRole('button', { name: 'Deactivate' }));
    await waitFor(() => expect(toast.value?.undo).toBeTruthy());
    expect(writes().map(({ body }) => body)).toEqual([{ active: false }]);
  });

  it('on whom something hangs by now is asked about again', async () => {
    let asked = 0;
    await draw(hanging, failed('SUCCESSOR'));
    const answer = http.answer;
    http.answer = (one) => {
      if (!one.what.endsWith('/leaving')) return answer(one);
      asked += 1;
      return ok({ ...hanging, customers: asked === 1 ? 0 : 1, tasks: 0 });
    };
    fireEvent.click(screen.getByRole('button', { name: 'Deactivate' }));
    await screen.findByRole('dialog', { name: 'Who takes over from 林怡君?' });
  });
});

describe('the settings of the recovery', () => {
  const settings: RecoverySettings = {
    currency: 'USD',
    budget: 200,
    immediateHours: 24,
    wrapUpHours: 72,
    flagDays: 180,
    giveInPercent: 5,
    effort: null,
    horizonYears: 5,
    discount: 0.07,
    reach: null,
    warned: null,
  };
  const draw = async () => {
    http.answer = ({ what, body }) => {
      if (what === 'GET /api/recovery/settings') return ok(settings);
      return ok(what === 'GET /api/people' ? [member({})] : { ...settings, ...body });
    };
    render(inDesk(<RecoverySection />, { role: 'owner' }));
    await screen.findByLabelText('Each person’s goodwill in a month');
  };
  const save = () => screen.getByRole('button', { name: 'Save' });
  const write = (label: string, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } });

  it('keep what they are until something is changed, and are saved with shares as shares', async () => {
    await draw();
    expect((screen.getByLabelText('Later years count less, in percent') as HTMLInputElement).value).toBe('7');
    expect(save()).toHaveProperty('disabled', true);
    write('Each person’s goodwill in a month', '250,5');
    fireEvent.click(save());
    await waitFor(() => expect(toast.value?.text).toBe('Saved.'));
    expect(writes()[0]).toEqual({
      what: 'PATCH /api/recovery/settings',
      body: { ...settings, budget: 250.5 },
    });
    expect(save()).toHaveProperty('disabled', true);
  });

  it('say what a number may be, and are not saved before it is one', async () => {
    await draw();
    write('Flag for colleagues, in days', '2.5');
    expect((await screen.findByRole('alert')).textContent).toContain('A number from 1 to');
    expect(save()).toHaveProperty('disabled', true);
  });

  it('count warnings only when all of its figures are given', async () => {
    await draw();
    const warned = screen.getByRole('switch', { name: 'If they warn others' });
    expect(warned.getAttribute('aria-checked')).toBe('false');
    fireEvent.click(warned);
    expect(save()).toHaveProperty('disabled', true);
    write('People who hear it', '9');
    write('Of them act on it, in percent', '30');
    write('What one of them is worth', '120');
    fireEvent.click(save());
    await waitFor(() => expect(writes()).toHaveLength(1));
    expect(writes()[0]?.body).toMatchObject({ warned: { people: 9, share: 0.3, worth: 120 }, reach: null });
  });
});
