import { expect, test } from 'vitest';
import { dirOf, LOCALES, nearestLocale, pickLocale, pickWidgetLocale, WIDGET_LOCALES } from './locale.ts';

test.each([
  [['zh-TW'], 'zh-Hant'],
  [['zh-HK', 'en'], 'zh-Hant'],
  [['zh-Hant-CN'], 'zh-Hant'],
  [['zh-CN'], 'zh-Hans'],
  [['zh'], 'zh-Hans'],
  [['zh-Hans-TW'], 'zh-Hans'],
  [['fr', 'zh-TW'], 'zh-Hant'],
  [['en-GB', 'zh'], 'en'],
  [[null, undefined, 'sv'], 'en'],
])('%j is read in %s', (tags, locale) => {
  expect(pickLocale(tags)).toBe(locale);
});

test.each([
  [['es-MX'], 'es'],
  [['fr-CA', 'en'], 'fr'],
  [['de-AT'], 'de'],
  [['ja-JP'], 'ja'],
  [['ar-EG', 'en'], 'ar'],
  [['AR'], 'ar'],
  [['zh-TW'], 'zh-Hant'],
  [['zh-MO'], 'zh-Hant'],
  [['zh-SG'], 'zh-Hans'],
  [['pt-BR', 'fr'], 'fr'],
  [['pt'], 'en'],
  [['est', 'arn', 'dea'], 'en'],
  [['', null, 'sv', 'de'], 'de'],
])('the widget speaks to a reader of %j in %s', (tags, locale) => {
  expect(pickWidgetLocale(tags)).toBe(locale);
});

test('every locale of the widget finds itself, and one of the three in which the book is written', () => {
  for (const locale of WIDGET_LOCALES) expect(pickWidgetLocale([locale])).toBe(locale);
  for (const locale of LOCALES) expect(nearestLocale(locale)).toBe(locale);
  expect(nearestLocale('ja')).toBe('en');
});

test('Arabic is read from right to left, and nothing else', () => {
  expect(WIDGET_LOCALES.filter((locale) => dirOf(locale) === 'rtl')).toEqual(['ar']);
});
