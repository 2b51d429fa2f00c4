import { describe, expect, test } from 'vitest';
import { problemsInSettings, publicSettings, readSiteSettings } from './site-settings.ts';

const usual = readSiteSettings({});

/** Settings as an owner who uses everything would write them. */
const FULL = {
  appearance: {
    ...{ accent: '#7a1f5c', position: 'left', offsetX: 24, offsetY: 0, theme: 'dark' },
    ...{ launcherText: 'Ask us', welcome: 'What can we do?\nWe read everything.' },
  },
  languages: { offered: ['de', 'ar'], fallback: 'de' },
  strings: { de: { send: 'Abschicken' }, fr: { send: 'Envoyer' } },
  hours: {
    timeZone: 'Europe/Zurich',
    week: [
      [
        ['08:00', '12:00'],
        ['13:00', '24:00'],
      ],
      [],
      [],
      [],
      [],
      [],
      [['00:00', '02:30']],
    ],
    holidays: [{ date: '2027-01-01' }, { date: '2028-02-29', hours: [['10:00', '12:00']] }],
  },
  preChat: { name: 'optional', email: 'required', order: 'off' },
  pages: { only: ['/help/*'], never: ['https://shop.example/checkout*'] },
  hellos: [
    {
      ...{ id: 'h1', pages: ['/price*'], afterSeconds: 30, returning: true, locale: 'de' },
      ...{ person: '0f9b2c26-aaaa-4bbb-8ccc-0123456789ab', text: 'Guten Tag!' },
    },
  ],
  otherWays: [
    { kind: 'phone', label: 'Call us', value: '+41 44 123 45 67' },
    { kind: 'email', label: 'Write', value: 'help@example.com' },
    { kind: 'link', label: 'Visit', value: 'https://shop.example/stores?near=me' },
  ],
  identity: { required: true },
  consent: 'required',
  attachments: { on: false, maxBytes: 2_000_000 },
  sounds: { on: false },
  callBack: { on: false, atOnce: 3, telephone: true },
  push: { on: true },
};

describe('settings that hold', () => {
  test('are read as they are, and so are the usual ones', () => {
    expect(problemsInSettings(FULL)).toEqual([]);
    expect(readSiteSettings(FULL)).toEqual(FULL);
    expect(problemsInSettings(usual)).toEqual([]);
    expect(readSiteSettings(usual)).toEqual(usual);
  });

  test('need not be all there', () => {
    const some = { appearance: { position: 'left' }, languages: { offered: ['fr'] } };
    expect(problemsInSettings(some)).toEqual([]);
    expect(readSiteSettings(some)).toEqual({
      ...usual,
      appearance: { ...usual.appearance, position: 'left' },
      languages: { offered: ['fr'], fallback: 'fr' },
    });
  });

  test('survive JSON, as they are stored and sent', () => {
    expect(readSiteSettings(JSON.parse(JSON.stringify(FULL)))).toEqual(FULL);
  });

  test('ask nothing, allow every page and close nothing unless an owner says so', () => {
    expect(usual.preChat).toEqual({ name: 'off', email: 'off', order: 'off' });
    expect(usual.pages).toEqual({ only: [], never: [] });
    expect(usual.hours.week).toEqual(Array.from({ length: 7 }, () => [['00:00', '24:00']]));
    expect(usual.identity.required).toBe(false);
  });
});

describe('what cannot be used', () => {
  test.each<[string, object]>([
    ['appearance', { appearance: 'green' }],
    ['appearance.accent', { appearance: { accent: 'red;}body{display:none' } }],
    ['appearance.accent', { appearance: { accent: '#FFF' } }],
    ['appearance.position', { appearance: { position: 'top' } }],
    ['appearance.offsetX', { appearance: { offsetX: -1 } }],
    ['appearance.offsetY', { appearance: { offsetY: Number.NaN } }],
    ['appearance.welcome', { appearance: { welcome: 'x'.repeat(501) } }],
    ['appearance.launcherText', { appearance: { launcherText: 'half a \ud83d' } }],
    ['appearance.shadow', { appearance: { shadow: 3 } }],
    ['languages.offered', { languages: { offered: [] } }],
    ['languages.offered.0', { languages: { offered: ['tlh', 'en'] } }],
    ['languages.fallback', { languages: { offered: ['fr'], fallback: 'de' } }],
    ['strings.tlh', { strings: { tlh: {} } }],
    ['strings.de.__proto__', { strings: { de: JSON.parse('{"__proto__":"x"}') } }],
    ['strings.de.send', { strings: { de: { send: 7 } } }],
    ['hours.timeZone', { hours: { timeZone: 'Mars/Olympus' } }],
    ['hours.week', { hours: { week: [] } }],
    ['hours.week.0.0', { hours: { week: [[['09:00', '08:00']], [], [], [], [], [], []] } }],
    ['hours.week.6.0', { hours: { week: [[], [], [], [], [], [], [['09:00', '24:01']]] } }],
    ['hours.holidays.0.date', { hours: { holidays: [{ date: '2027-02-29' }] } }],
    ['preChat.name', { preChat: { name: 'please' } }],
    ['pages.only.0', { pages: { only: ['/a b'] } }],
    ['hellos.0', { hellos: [{ id: 'a', text: ' ' }] }],
    ['hellos.0.person', { hellos: [{ id: 'a', text: 'Hi', person: 'Megan' }] }],
    ['otherWays.0', { otherWays: [{ kind: 'link', label: 'x', value: 'javascript:alert(1)' }] }],
    ['otherWays.0', { otherWays: [{ kind: 'link', label: 'x', value: 'https://a@b.example' }] }],
    ['otherWays.0', { otherWays: [{ kind: 'phone', label: 'x', value: '1;url=//x' }] }],
    ['otherWays.0', { otherWays: [{ kind: 'email', label: 'x', value: 'a@b.example?cc=c@d.example' }] }],
    ['identity.required', { identity: { required: 'yes' } }],
    ['consent', { consent: 'maybe' }],
    ['attachments.maxBytes', { attachments: { maxBytes: 1e9 } }],
    ['surveillance', { surveillance: true }],
  ])('%s is named, and repaired', (path, value) => {
    expect(problemsInSettings(value)).toContain(path);
    const repaired = readSiteSettings(value);
    expect(problemsInSettings(repaired)).toEqual([]);
    expect(Object.keys(repaired)).toEqual(Object.keys(usual));
  });

  test.each([null, 7, 'x', [], [[]], () => 1])('%j as a whole is the usual', (value) => {
    expect(readSiteSettings(value)).toEqual(usual);
    expect(problemsInSettings(value)).not.toEqual([]);
  });

  test('of a list costs its own row alone', () => {
    const { otherWays } = readSiteSettings({ otherWays: [{}, ...FULL.otherWays] });
    expect(otherWays).toEqual(FULL.otherWays);
  });

  test('of a long list is what comes after its end', () => {
    const only = Array.from({ length: 60 }, (_, index) => `/${index}`);
    expect(readSiteSettings({ pages: { only } }).pages.only).toEqual(only.slice(0, 50));
    expect(problemsInSettings({ pages: { only } })).toEqual(['pages.only']);
  });
});

test('the public has nothing that is the relay’s alone, and no words that nobody is offered', () => {
  const seen = publicSettings(readSiteSettings(FULL));
  expect(seen).not.toHaveProperty('identity');
  expect(seen).toMatchObject({ identityRequired: true, strings: { de: { send: 'Abschicken' } } });
  expect(Object.keys(seen.strings)).toEqual(['de']);
});
