import type { UsualWords } from '@fullname/shared/api';
import { readSiteSettings, type SiteSettings } from '@fullname/shared/site-settings';
import { describe, expect, test } from 'vitest';
import { mergeForms, problemsIn, type SetupForm, saidWhere } from './form.ts';

const USUAL = { de: { writeTo: 'An {0} schreiben…', send: 'Senden' } } as unknown as UsualWords;
const form = (settings: Partial<SiteSettings> = {}, rest: Partial<SetupForm> = {}): SetupForm => ({
  name: 'Shop',
  hosts: ['https://shop.example'],
  settings: { ...readSiteSettings({}), ...settings },
  ...rest,
});

describe('what cannot be saved', () => {
  test('is nothing in usual settings', () => expect(problemsIn(form(), USUAL)).toEqual([]));

  test('is named by its path', () => {
    const usual = readSiteSettings({});
    const bad = form(
      {
        appearance: { ...usual.appearance, accent: 'green' },
        strings: { de: { writeTo: 'Schreiben…', send: 'Ab {damit}' } },
      },
      { name: ' ', hosts: ['https://shop.example', 'shop'] },
    );
    expect(problemsIn(bad, USUAL)).toEqual([
      ...['name', 'hosts.1', 'appearance.accent', 'strings.de.writeTo', 'strings.de.send'],
    ]);
  });

  test('is a holiday that is there twice', () => {
    const { hours } = readSiteSettings({});
    const holidays = ['2027-01-01', '2027-12-25', '2027-01-01'].map((date) => ({ date }));
    expect(problemsIn(form({ hours: { ...hours, holidays } }), USUAL)).toEqual(['hours.holidays.2.date']);
  });

  test.each(['https://*.shop.example', 'http://localhost:3000', 'https://münchen.example/page', ' '])(
    'is not the page %j',
    (host) => expect(problemsIn(form({}, { hosts: [host] }), USUAL)).toEqual([]),
  );
  test.each([
    'shop.example',
    'https://*',
    'http://*.shop.example',
    'https://a.*.example',
    'ftp://shop.example',
    'https://u:p@a.example',
  ])('is the page %j', (host) => expect(problemsIn(form({}, { hosts: [host] }), USUAL)).toEqual(['hosts.0']));
});

test('a text is said in one place', () => {
  const places = ['send', 'unread', 'linkOver', 'stopAsk', 'letterGo', 'copyHead', 'callBackToWrite'];
  expect(places.map(saidWhere)).toEqual(['chat', 'page', 'links', 'links', 'letters', 'letters', 'chat']);
});

test('of two who change different pieces both are kept; what both have changed stays mine and is named', () => {
  const began = form();
  const mine = form({ consent: 'required', sounds: { on: false } }, { name: 'My shop' });
  const theirs = form({ consent: 'required', pages: { only: [], never: ['/pay'] } }, { name: 'Their shop' });
  const merged = mergeForms(began, mine, theirs);
  expect(merged.both).toEqual(['name']);
  expect(merged.form).toEqual(
    form(
      { consent: 'required', sounds: { on: false }, pages: { only: [], never: ['/pay'] } },
      { name: 'My shop' },
    ),
  );
});
