import type { SiteSetup } from '@fullname/shared/api';
import { readSiteSettings, type SiteSettings } from '@fullname/shared/site-settings';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { Hours } from './Hours.tsx';
import { type Setup, SetupContext, useSetupOf } from './setup.ts';

afterEach(cleanup);

let setup: Setup;

function Page({ hours }: { readonly hours: Partial<SiteSettings['hours']> }) {
  const usual = readSiteSettings({});
  const loaded = {
    site: { id: 'site', name: 'Shop', hosts: [] },
    settings: { ...usual, hours: { ...usual.hours, ...hours } },
    version: '1',
  } as unknown as SiteSetup;
  setup = useSetupOf(loaded, null);
  return (
    <SetupContext.Provider value={setup}>
      <Hours />
      <button type="button" onClick={() => setup.discard()}>
        Discard
      </button>
    </SetupContext.Provider>
  );
}

const always = () => screen.getByRole('switch', { name: 'Always open' });
const isAlways = () => always().getAttribute('aria-checked');
const kept = () => setup.form.settings.hours;

test('hours that are set for the first time are in the owner’s own zone, and discarded as a whole', () => {
  render(<Page hours={{}} />);
  fireEvent.click(always());
  expect(kept().timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(kept().week[0]).toEqual([['09:00', '17:00']]);
  fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
  expect(isAlways()).toBe('true');
  expect(screen.queryByLabelText('Monday, from')).toBeNull();
});

test('a week that was switched off by mistake is there again, with its holidays and its zone', () => {
  const week = [[['08:00', '12:00']], [], [], [], [], [], []] as const;
  const holidays = [{ date: '2027-01-01' }];
  render(<Page hours={{ timeZone: 'Asia/Tokyo', week, holidays }} />);
  fireEvent.click(always());
  expect(kept()).toMatchObject({ holidays: [] });
  fireEvent.click(always());
  expect(kept()).toEqual({ timeZone: 'Asia/Tokyo', week, holidays });
});

test('a night is said to be one on days of the week alone: a holiday’s hours end with it', () => {
  const week = [[['22:00', '06:00']], [], [], [], [], [], []] as const;
  const holidays = [{ date: '2027-01-01', hours: [['22:00', '06:00']] as const }];
  render(<Page hours={{ week, holidays }} />);
  expect(screen.getAllByText('until the next morning')).toHaveLength(1);
});

test('a holiday is called by its day as people write it, and a new one is called that', () => {
  const week = [[['09:00', '17:00']], [], [], [], [], [], []] as const;
  render(<Page hours={{ week, holidays: [{ date: '2027-01-01' }, { date: '' }] }} />);
  expect(screen.getByRole('group', { name: 'Jan 1, 2027' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Remove Jan 1, 2027' })).toBeTruthy();
  expect(screen.getByRole('group', { name: 'New holiday' })).toBeTruthy();
});
