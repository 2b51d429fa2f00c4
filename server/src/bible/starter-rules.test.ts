import { LOCALES, type Locale } from '@fullname/shared/locale';
import { fillPhrase, type PhraseValues, PLACEHOLDERS } from '@fullname/shared/phrases';
import { patternProblem } from '@fullname/shared/reader/pattern';
import { compileRules, EXAMPLE_PEOPLE, readRules, tryExamples } from '@fullname/shared/reader/read';
import { RULE_TOPICS, type Rule } from '@fullname/shared/reader/rule';
import { describe, expect, test } from 'vitest';
import { bodyOf } from './starter/rule.ts';
import { STARTER_BOOK, STARTER_RULES } from './starter.ts';

/** What a company calls its own things is for the company to say. */
const TOPICS = RULE_TOPICS.filter((topic) => topic !== 'own-words');

describe.each(LOCALES)('the starter rules in %s', (locale) => {
  const rules = rulesOf(locale);

  test('are at least forty', () => {
    expect(rules.length).toBeGreaterThanOrEqual(40);
  });

  test('speak of every topic, of most in several ways', () => {
    const counts = TOPICS.map((topic) => rules.filter((rule) => rule.topic === topic).length);
    expect(counts).not.toContain(0);
    expect(counts.filter((count) => count > 1).length).toBeGreaterThan(TOPICS.length / 2);
  });

  test('have a key each', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s can be read, and passes its own examples',
    (_, rule) => {
      expect(rule.finds).not.toHaveLength(0);
      for (const pattern of [...rule.finds, ...rule.except])
        expect({ pattern, problem: patternProblem(pattern) }).toEqual({ pattern, problem: null });
      expect(rule.mustFire.length).toBeGreaterThanOrEqual(2);
      expect(rule.mustNotFire.length).toBeGreaterThanOrEqual(2);
      const failed = tryExamples(rule).filter(({ must, fired }) => fired !== (must === 'fire'));
      expect(failed).toEqual([]);
    },
  );

  test('offer something else to say, with placeholders that are known', () => {
    expect(rules.filter(({ sayInstead }) => sayInstead.length === 0).map(({ id }) => id)).toEqual([]);
    const names = rules.flatMap(({ sayInstead }) =>
      sayInstead.flatMap((text) => [...text.matchAll(/\{([^{}|]*)/g)].map((match) => match[1])),
    );
    expect(names.filter((name) => !PLACEHOLDERS.some((known) => known === name))).toEqual([]);
  });

  test('find nothing in the phrases of the book', () => {
    const critics = criticsOf(rules);
    const found = Object.entries(STARTER_BOOK[locale]).flatMap(([situation, phrases]) =>
      phrases.flatMap(({ text, tags }) =>
        critics(text).filter(({ rule }) => mayMeet(rule, { situation, tags: tags ?? [] })),
      ),
    );
    expect(found.map(describeCritic)).toEqual([]);
  });

  test('find nothing in what they say instead', () => {
    const critics = criticsOf(rules);
    const found = rules.flatMap(({ sayInstead }) => sayInstead.flatMap(critics));
    expect(found.map(describeCritic)).toEqual([]);
  });
});

/**
 * In a hurry only brief phrases are offered; and to ask for what is known already is what the phrases for asking warn of
 * themselves.
 */
function mayMeet(rule: Rule, phrase: { situation: string; tags: readonly string[] }): boolean {
  if (rule.when.includes('hurry')) return phrase.tags.includes('brief');
  return !(phrase.situation === 'asking' && rule.topic === 'asking-again');
}

function rulesOf(locale: Locale): Rule[] {
  return STARTER_RULES[locale].map((rule) => ({
    ...bodyOf(rule, locale),
    id: rule.key,
    key: rule.key,
    quietSince: null,
    by: null,
  }));
}

type Critic = { readonly rule: Rule; readonly text: string; readonly words: string };

/** Finds the rules that criticise a text of the book itself, whatever they need, with every gap filled and with nothing known. */
function criticsOf(rules: readonly Rule[]): (text: string) => Critic[] {
  const compiled = compileRules(rules.map((rule) => ({ ...rule, when: [], unless: [], situations: [] })));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return (text) => {
    const locale = rules[0]?.locale ?? 'en';
    const state = { locale, ...EXAMPLE_PEOPLE[locale], conditions: [], said: [], heard: [], ownContacts: [] };
    return [fillPhrase(text, VALUES[locale]), fillPhrase(text, {})].flatMap((filled) =>
      readRules(compiled, filled, state).map(({ rule, from, to }) => ({
        rule: byId.get(rule.id) ?? rule,
        text: filled,
        words: filled.slice(from, to),
      })),
    );
  };
}

function describeCritic({ rule, text, words }: Critic): string {
  return `${rule.id} finds “${words}” in “${text}”`;
}

const VALUES: Readonly<Record<Locale, PhraseValues>> = {
  en: {
    'customer.name': 'Anna Lindqvist',
    'agent.fullName': 'Megan Kajitani',
    'ally.fullName': 'Omar Haddad',
    'colleague.fullName': 'Ruth Okafor',
    'failure.what': 'the lamp that never came',
    'promise.what': 'a new lamp reaches you',
    'promise.due': 'Friday at noon',
    'site.name': 'Lamps and Light',
  },
  'zh-Hans': {
    'customer.name': '陈思远',
    'agent.fullName': '林怡君',
    'ally.fullName': '王若岚',
    'colleague.fullName': '周明',
    'failure.what': '上周的台灯没有送到',
    'promise.what': '新的台灯送到您手里',
    'promise.due': '周五中午',
    'site.name': '一盏灯',
  },
  'zh-Hant': {
    'customer.name': '陳思遠',
    'agent.fullName': '林怡君',
    'ally.fullName': '王若嵐',
    'colleague.fullName': '周明',
    'failure.what': '上週的檯燈沒有送到',
    'promise.what': '新的檯燈送到您手上',
    'promise.due': '週五中午',
    'site.name': '一盞燈',
  },
};
