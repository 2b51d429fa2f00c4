import { expect, test } from 'vitest';
import { embedSettings, frameSettings } from './page-look.ts';
import { readSiteSettings } from './site-settings.ts';

const TAG = { site: 'shop', origin: 'https://chat.example' };
const WORDS = 'The peonies are in.';
const hello = {
  ...{ id: 'a', pages: ['/peonies*'], afterSeconds: 20, returning: false, locale: 'de', text: WORDS },
  person: '00000000-0000-4000-8000-000000000000',
};
const anybody = { ...hello, id: 'b', pages: [], afterSeconds: 0, returning: null, locale: null };

test('a page knows when and where a hello is said; who signs it and its words it has to ask for', () => {
  const own = readSiteSettings({ hellos: [hello, anybody] });
  expect(embedSettings(own, TAG)).toEqual({
    ...TAG,
    rules: {},
    hellos: {
      rules: [{ id: 'a', pages: ['/peonies*'], after: 20, returning: false, locale: 'de' }, { id: 'b' }],
    },
  });
  expect(frameSettings(own)).toBeNull();
});

test('where consent is needed nothing is loaded for a hello before it; where a proof is, the page knows', () => {
  const own = readSiteSettings({ hellos: [anybody], consent: 'required', identity: { required: true } });
  expect(embedSettings(own, TAG)).toEqual({
    ...TAG,
    options: { consent: 'required' },
    hellos: { rules: [{ id: 'b' }], signed: true },
  });
});

test('rules for pages are looked at whatever is said', () => {
  const own = readSiteSettings({ pages: { only: ['/shop/*'], never: [] }, consent: 'required' });
  expect(embedSettings(own, TAG)).toMatchObject({ rules: { pages: { only: ['/shop/*'], never: [] } } });
});
