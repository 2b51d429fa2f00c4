/** Strings that would run if anybody took them for more than words: what the rules at the edges make of them. */
import { nameProblem } from '@fullname/shared/full-name';
import { embedSettings, frameCss, frameSettings } from '@fullname/shared/page-look';
import { problemsInSettings, readSiteSettings } from '@fullname/shared/site-settings';
import { repairText, splitLinks } from '@fullname/shared/text';
import { describe, expect, test } from 'vitest';
import { cleanName, disposition } from '../../server/src/files/names.ts';
import { compose } from '../../server/src/mail/compose.ts';
import { isEmail } from '../../server/src/people/email.ts';
import { readHost } from '../../server/src/site/hosts.ts';
import { CANARY_HOST, xssStrings } from './xss-strings.ts';

const strings = xssStrings();

test('they are more than five hundred, each another', () => {
  expect(strings.length).toBeGreaterThanOrEqual(500);
  expect(new Set(strings).size).toBe(strings.length);
});

describe('a message', () => {
  test('is cut into words and links, loses nothing, and only http and https are links', () => {
    for (const one of strings) {
      const parts = splitLinks(repairText(one));
      expect(parts.map(({ text }) => text).join('')).toBe(repairText(one));
      const hrefs = parts.flatMap(({ href }) => href ?? []);
      expect(hrefs.filter((href) => !/^https?:\/\/[^\s<>"'`]+$/i.test(href))).toEqual([]);
    }
  });
});

describe('a rule keeps them out', () => {
  test('of full names: no bracket, no quote, no sign', () => {
    const taken = strings.filter((one) => nameProblem({ given: one, family: one }) === null);
    expect(taken.filter((one) => !/^[\p{L}\p{M}\p{Pd}'’. ·‧・]+$/u.test(one))).toEqual([]);
    expect(taken.length).toBeLessThan(10);
  });

  test('of e-mail addresses, before the sign and after it', () => {
    const unfit = /[\s<>",;:\\()[\]]/;
    expect(strings.filter((one) => isEmail(one) && unfit.test(one))).toEqual([]);
    expect(strings.filter((one) => isEmail(`${one}@example.com`) && unfit.test(one))).toEqual([]);
    expect(strings.filter((one) => isEmail(`anna@${one}`) && unfit.test(one))).toEqual([]);
  });

  test('of pages that may embed the chat, and of ways to a person', () => {
    const hosts = strings.map(readHost).filter((host) => host !== null);
    expect(hosts.filter((host) => !/^https?:\/\/[\w.*:-]+$/.test(host))).toEqual([]);
    for (const kind of ['link', 'email', 'phone']) {
      const { otherWays } = readSiteSettings({
        otherWays: strings.slice(0, 50).map((value) => ({ kind, label: 'Here', value })),
      });
      expect(otherWays.filter(({ value }) => /^\s*(javascript|data|vbscript)/i.test(value))).toEqual([]);
      for (const value of strings) {
        const [way] = readSiteSettings({ otherWays: [{ kind, label: 'Here', value }] }).otherWays;
        if (way) expect(way.value).toMatch(kind === 'link' ? /^https:\/\/[^\s]+$/i : /^[^\s<>"]+$/);
      }
    }
  });

  test('of colours, and so of the styles that are made of them', () => {
    for (const accent of strings) {
      expect(problemsInSettings({ appearance: { accent } })).toEqual(['appearance.accent']);
      const settings = readSiteSettings({ appearance: { accent } });
      const tag = { site: 'shop', origin: 'https://chat.example.com' };
      expect(frameCss(settings)).toBe('');
      expect(JSON.stringify(embedSettings(settings, tag))).not.toContain('__pwned');
    }
  });

  test('of the names of files and of the header that says them', () => {
    for (const one of strings) {
      const name = cleanName(one, 'image/png');
      expect(name).toMatch(/^[^<>:"|?*\p{Cc}\p{Cf}]+\.png$/u);
      expect(disposition(name)).toMatch(/^attachment; filename="[\w .()-]+"; filename\*=UTF-8''[\w.!~*%-]+$/);
    }
  });
});

describe('what an owner has set', () => {
  test('is kept word for word, as data', () => {
    for (const one of strings) {
      const text = repairText(one);
      const settings = readSiteSettings({ appearance: { welcome: one }, strings: { en: { intro: one } } });
      const said = frameSettings(settings);
      if (text.trim() !== '') expect(said).toMatchObject({ welcome: text, strings: { en: { intro: text } } });
      expect(Object.hasOwn(Object.prototype, '__pwned')).toBe(false);
    }
  });
});

describe('a letter', () => {
  test('is plain text, and nothing becomes a line of its head', async () => {
    for (let at = 0; at < strings.length; at += 60) {
      const some = strings.slice(at, at + 60);
      const body = some.join('\n');
      const mail = {
        ...{ id: '0f8fad5b-d9cb-469f-a165-70867728950e', to: 'anna@example.com', subject: body, body },
        ...{ fullName: some[0] ?? '', locale: 'en', createdAt: new Date(0).toISOString() },
      };
      const from = { name: some.at(-1) ?? '', address: 'shop@example.com' };
      const letter = await compose({ smtp: {}, from, replyTo: 'shop@example.com' } as never, mail as never);
      const [head = ''] = letter.toString('latin1').split('\r\n\r\n');
      expect(head.match(/^content-type:.*/gim)).toEqual([
        expect.stringMatching(/^content-type: text\/plain/i),
      ]);
      expect(head).not.toMatch(/^(bcc|cc|set-cookie):/im);
      expect(head.match(/^to:.*/gim)).toEqual(['To: anna@example.com']);
      expect(head).not.toMatch(new RegExp(`^[\\w-]+:.*<[^>]*@${CANARY_HOST}`, 'im'));
    }
  });
});
