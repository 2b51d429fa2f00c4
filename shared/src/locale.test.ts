import { expect, test } from 'vitest';
import { pickLocale } from './locale.ts';

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
