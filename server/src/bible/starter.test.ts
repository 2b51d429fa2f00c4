import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES } from '@fullname/shared/locale';
import { fillPhrase, openSlots, PLACEHOLDERS } from '@fullname/shared/phrases';
import { compileRules, EXAMPLE_PEOPLE, read } from '@fullname/shared/reader/read';
import { REFUSAL_REASONS } from '@fullname/shared/reader/reading';
import { SITUATIONS } from '@fullname/shared/situation';
import { describe, expect, test } from 'vitest';
import { unknownSlots } from './phrases.ts';
import { STARTER_BOOK, STARTER_RULES } from './starter.ts';

const KIND = /\b(glad|sorry|respect|please|I know)\b|谢谢|抱歉|我知道|请|謝謝|請/i;
const HARSH = /\b(must not|not allowed|forbidden|impossible)\b|不得|禁止|严禁|嚴禁|不允许|不允許/i;
const NO_RULES = compileRules([]);

describe.each(LOCALES)('the starter book in %s', (locale) => {
  const book = STARTER_BOOK[locale];
  const all = SITUATIONS.flatMap((situation) => book[situation]);

  test('has at least four phrases for every situation, each with its reason', () => {
    for (const situation of SITUATIONS) expect(book[situation].length, situation).toBeGreaterThanOrEqual(4);
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

  test('never refuses without room for an alternative, but firmly', () => {
    for (const { text, tags } of book.refusing)
      if (!tags?.includes('firm')) expect(text).toContain('{alternative}');
  });

  test('has a firm no for each of the five reasons, kind and with its reason, and nowhere else', () => {
    const firm = all.filter(({ tags }) => tags?.includes('firm'));
    for (const reason of REFUSAL_REASONS)
      expect(book.refusing.filter(({ tags }) => tags?.includes('firm') && tags.includes(reason))).not.toEqual(
        [],
      );
    for (const phrase of firm) {
      expect(book.refusing).toContain(phrase);
      expect(REFUSAL_REASONS.filter((reason) => phrase.tags?.includes(reason))).toHaveLength(1);
      expect(phrase.text).toMatch(/\bbecause\b|因为|因為/);
      expect(phrase.text).toMatch(KIND);
      expect(phrase.text).not.toMatch(HARSH);
      expect(openSlots(phrase.text)).toEqual([]);
    }
  });

  test('has a short phrase for somebody in a hurry wherever one is called for', () => {
    for (const situation of [
      'hello',
      'waiting',
      'understanding',
      'apology',
      'refusing',
      'farewell',
    ] as const) {
      const brief = book[situation].filter(({ tags }) => tags?.includes('brief'));
      expect(brief, situation).not.toEqual([]);
      const others = book[situation].filter((phrase) => !brief.includes(phrase));
      const usual = others.reduce((sum, { text }) => sum + text.length, 0) / others.length;
      for (const { text } of brief) expect(text.length).toBeLessThan(usual * 0.7);
    }
  });

  test('knows what is for regulars, and what is too much in a hurry', () => {
    for (const tag of ['returning', 'delight'] as const) {
      const tagged = all.filter(({ tags }) => tags?.includes(tag));
      expect(tagged.length, tag).toBeGreaterThanOrEqual(3);
      for (const { tags } of tagged) expect(tags).not.toContain('brief');
    }
    for (const { notWhen, tags } of all) if (tags?.includes('returning')) expect(notWhen).toBeTruthy();
  });

  test('never asks for a secret, and tells nobody’s', () => {
    const state = { locale, ...EXAMPLE_PEOPLE[locale], conditions: [], said: [], heard: [], ownContacts: [] };
    for (const { text } of all) expect(read(NO_RULES, text, state).secrets, text).toEqual([]);
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

test('the rules keep to their own script as well, and say 您', () => {
  const wordsOf = (locale: 'zh-Hans' | 'zh-Hant') =>
    STARTER_RULES[locale].flatMap(({ title, reason, sayInstead = [] }) => [title, reason, ...sayInstead]);
  expect(wordsOf('zh-Hans').filter((text) => TRADITIONAL_ONLY.test(text))).toEqual([]);
  expect(wordsOf('zh-Hant').filter((text) => SIMPLIFIED_ONLY.test(text))).toEqual([]);
  for (const locale of ['zh-Hans', 'zh-Hant'] as const)
    for (const { sayInstead = [] } of STARTER_RULES[locale]) expect(sayInstead.join()).not.toMatch(/你/);
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
