import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES } from '@fullname/shared/locale';
import { fillPhrase, openSlots, PLACEHOLDERS } from '@fullname/shared/phrases';
import { SITUATIONS } from '@fullname/shared/situation';
import { describe, expect, test } from 'vitest';
import { unknownSlots } from './phrases.ts';
import { STARTER_BOOK } from './starter.ts';

describe.each(LOCALES)('the starter book in %s', (locale) => {
  const book = STARTER_BOOK[locale];
  const all = SITUATIONS.flatMap((situation) => book[situation]);

  test('has at least three phrases for every situation, each with its reason', () => {
    for (const situation of SITUATIONS) expect(book[situation].length, situation).toBeGreaterThanOrEqual(3);
    for (const phrase of all) expect(phrase.reason, phrase.text).not.toBe('');
  });

  test('knows every placeholder, and fills up without a slot left open', () => {
    const values = Object.fromEntries(PLACEHOLDERS.map((name) => [name, `<${name}>`]));
    for (const { text } of all) {
      expect(unknownSlots(text), text).toEqual([]);
      expect(fillPhrase(text, values), text).not.toMatch(/[{}]/);
      expect(text.length).toBeLessThanOrEqual(PHRASE_MAX_LENGTH);
    }
  });

  test('says hello with the full name, always', () => {
    for (const { text } of book.hello) expect(text).toContain('{agent.fullName}');
  });

  test('never refuses without room for an alternative', () => {
    for (const { text } of book.refusing) expect(text).toContain('{alternative}');
  });

  test('thanks by name in every farewell', () => {
    for (const { text } of book.farewell) {
      expect(text).toMatch(/thank you|谢谢|謝謝/i);
      expect(text).toContain('{customer.name|');
    }
  });

  test('acknowledges a failure in one sentence that names it and needs nothing else', () => {
    const sentences = all.filter((phrase) => phrase.tags?.includes('acknowledge'));
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    for (const { text } of sentences) {
      expect(text).toContain('{failure.what|');
      expect(openSlots(fillPhrase(text, {})), text).toEqual([]);
      expect(text.match(/[.?!](\s|$)|[。？！]/g), text).toHaveLength(1);
    }
  });

  test('names a person wherever it speaks of the ally', () => {
    const allies = all.filter((phrase) => phrase.tags?.includes('ally'));
    expect(allies.length).toBeGreaterThanOrEqual(3);
    for (const { text } of allies) expect(text).toMatch(/\.fullName/);
  });

  test('never speaks of policy, departments or tickets, and writes 您 to customers', () => {
    for (const { text } of all) {
      expect(text).not.toMatch(/polic(y|ies)|department|ticket|部门|部門|规定|規定|政策|工单|亲[，,！]/i);
      expect(text).not.toMatch(/你/);
    }
  });
});

/** Everyday characters that only one of the two scripts has. */
const SIMPLIFIED_ONLY = /[们这为请说还过时么吗对谢处讯连线给问题让样开关见觉]/;
const TRADITIONAL_ONLY = /[們這為請說還過時麼嗎對謝處訊連線給問題讓樣開關見覺]/;
const MAINLAND_WORDS = /信息|網絡|短信|默認|視頻|軟件|質量|郵箱/;

test('simplified and traditional do not leak into each other, nor mainland words into Taiwan’s', () => {
  const simplified = JSON.stringify(STARTER_BOOK['zh-Hans']);
  const traditional = JSON.stringify(STARTER_BOOK['zh-Hant']);
  expect(simplified).toMatch(SIMPLIFIED_ONLY);
  expect(simplified).not.toMatch(TRADITIONAL_ONLY);
  expect(traditional).toMatch(TRADITIONAL_ONLY);
  expect(traditional).not.toMatch(SIMPLIFIED_ONLY);
  expect(traditional).not.toMatch(MAINLAND_WORDS);
});

describe('what looks like a slot and is none', () => {
  test.each(['{customer.nmae}', '{Name}', 'Hello {customer.name', '}', '{ agent.fullName }', '{}'])(
    'finds %s',
    (text) => expect(unknownSlots(text)).not.toEqual([]),
  );
  test('lets known names and their fallbacks pass', () => {
    expect(unknownSlots('{customer.name|there}, {agent.fullName} {failure.what|what happened}')).toEqual([]);
  });
});
