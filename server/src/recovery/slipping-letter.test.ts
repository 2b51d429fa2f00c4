import { QUERY_MAX_LENGTH } from '@fullname/shared/limits';
import { WIDGET_LOCALES } from '@fullname/shared/locale';
import { readSiteSettings } from '@fullname/shared/site-settings';
import { expect, test } from 'vitest';
import { slippingLetter } from './slipping-letter.ts';

const promise = { text: 'A new vase', due: '2026-03-09T09:00:00Z' };
const to = { name: 'Anna Lindqvist', keeper: 'Megan Kajitani', settings: readSiteSettings({}) };

test.each(WIDGET_LOCALES)('in %s it names who writes to whom, what was promised and by when', (locale) => {
  const { subject, body } = slippingLetter(promise, { ...to, locale });
  for (const said of ['Anna Lindqvist', 'A new vase', '2026', '(UTC)']) expect(body).toContain(said);
  expect(body.endsWith('\n\nMegan Kajitani')).toBe(true);
  expect(subject + body).not.toMatch(/\{\d\}|undefined|null/);
  expect(slippingLetter(promise, { ...to, locale, name: null }).body).not.toMatch(/\{\d\}|Lindqvist|null/);
});

test('a subject of the owner’s is as long as a letter may have one', () => {
  const settings = readSiteSettings({ strings: { en: { slipSubject: 'x'.repeat(500) } } });
  const { subject } = slippingLetter(promise, { ...to, settings, locale: 'en' });
  expect(subject).toBe('x'.repeat(QUERY_MAX_LENGTH));
});
