import { expect, test } from 'vitest';
import { isChatPage, isOneOf, USUAL_IN_FRAME } from './page-settings.ts';
import { publicSettings, readSiteSettings } from './site-settings.ts';

const shop = 'https://www.example.com/shop/roses?from=mail#top';

test.each([
  ['/shop/*', true],
  ['/shop', false],
  ['/*/roses', true],
  ['*', true],
  ['/', false],
  ['/shop/roses', true],
  ['https://www.example.com/shop/*', true],
  ['https://*.example.com/*', true],
  ['http://www.example.com/*', false],
  ['*/roses', true],
  ['/s*o*p/r*x*s', false],
  ['/s*p/r*e*s', true],
  ['/shop/roses*', true],
  ['/shop/roses*roses', false],
])('%s: %s', (pattern, fits) => {
  expect(isOneOf([pattern], shop)).toBe(fits);
});

test('a pattern of many stars takes no longer than its page', () => {
  expect(isOneOf([`/${'*a'.repeat(200)}`], `https://example.com/${'a'.repeat(190)}b`)).toBe(false);
});

test('all pages where none is named; never wins', () => {
  expect(isChatPage({ only: [], never: [] }, shop)).toBe(true);
  expect(isChatPage({ only: ['/help/*'], never: [] }, shop)).toBe(false);
  expect(isChatPage({ only: ['/shop/*'], never: ['/shop/roses'] }, shop)).toBe(false);
});

test('the usual values are those of a site without settings', () => {
  const { appearance, hours, preChat, pages, hellos, callBack, ...usual } = publicSettings(
    readSiteSettings({}),
  );
  const { welcome, theme } = appearance;
  expect(USUAL_IN_FRAME).toEqual({
    ...usual,
    welcome,
    theme,
    hours: null,
    preChat: null,
    callBack: { on: callBack.on },
  });
});
