import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRules, EXAMPLE_PEOPLE, readRules, tryExamples } from './read.ts';
import type { DraftState } from './reading.ts';
import { levelOf, type Rule } from './rule.ts';
import { searchFor } from './search.ts';

const plain: Rule = {
  id: 'department',
  key: null,
  quietSince: null,
  by: null,
  locale: 'en',
  topic: 'organisation-chart',
  title: 'Another department',
  finds: ['(another|the other|a different) department', 'department'],
  sayInstead: ['I will take care of it'],
  replaces: 'words',
  reason: 'People do not want to hear about our organisation chart.',
  where: 'anywhere',
  situations: [],
  when: [],
  unless: [],
  except: ['department store'],
  level: 'warning',
  mustFire: [],
  mustNotFire: [],
};

const state: DraftState = {
  locale: 'en',
  ...EXAMPLE_PEOPLE.en,
  conditions: [],
  said: [],
  heard: [],
  ownContacts: [],
};

function words(draft: string, rule: Partial<Rule> = {}, given: Partial<DraftState> = {}): string[] {
  const found = readRules(compileRules([{ ...plain, ...rule }]), draft, { ...state, ...given });
  return found.map(({ from, to }) => draft.slice(from, to));
}

describe('a rule', () => {
  test('finds its words where they stand, the longer of two that overlap', () => {
    expect(words('Please ask another department. The Department is closed.')).toEqual([
      'another department',
      'Department',
    ]);
  });
  test('is silent where an exception stands in the same sentence, and only there', () => {
    expect(words('The department store is open. Another department is not.')).toEqual(['Another department']);
  });
  test('finds its words anywhere in a sentence that does not end', () => {
    for (const before of ['a '.repeat(244), 'a '.repeat(246), 'a '.repeat(1_900)])
      expect(words(`${before}another department and more`)).toEqual(['another department']);
  });
  test('does not read quotes, links, addresses and code', () => {
    for (const draft of [
      'You wrote “another department”.',
      'You wrote "another department".',
      '> another department',
      'See https://example.com/department now',
      'Write to department@example.com',
      'Run `department` now',
    ])
      expect(words(draft), draft).toEqual([]);
  });
  test('hears the state of the conversation', () => {
    expect(words('department', { when: ['open-failure'] })).toEqual([]);
    expect(words('department', { when: ['open-failure'] }, { conditions: ['open-failure'] })).toHaveLength(1);
    expect(words('department', { unless: ['hurry'] }, { conditions: ['hurry'] })).toEqual([]);
    expect(words('department', { situations: ['hello'] }, { situation: 'farewell' })).toEqual([]);
    expect(words('department', { situations: ['hello'] }, { situation: 'hello' })).toHaveLength(1);
  });
  test('looks only where it is meant to', () => {
    const draft = 'The department is closed. It opens at nine. Ask the department.';
    expect(words(draft, { where: 'start' })).toEqual(['department']);
    expect(words(draft, { where: 'end' })).toEqual(['department']);
    expect(words(draft, { where: 'anywhere' })).toHaveLength(2);
  });
  test('replaces its words, or their sentence with its stop', () => {
    const draft = 'Hello.  It is another department!  Bye.';
    const [finding] = readRules(compileRules([{ ...plain, replaces: 'sentence' }]), draft, state);
    expect(draft.slice(finding?.replace.from, finding?.replace.to)).toBe('It is another department!');
  });
  test('has the same key for the same words, whatever their case', () => {
    const keys = (draft: string) => readRules(compileRules([plain]), draft, state).map(({ key }) => key);
    expect(keys('Another department')).toEqual(keys('It is another  Department'.replace('  ', ' ')));
  });
  test('that was dismissed too often counts as a suggestion; a block never does', () => {
    expect(levelOf({ level: 'warning', quietSince: '2026-01-01' })).toBe('suggestion');
    expect(levelOf({ level: 'block', quietSince: '2026-01-01' })).toBe('block');
  });
});

describe('languages', () => {
  const chinese = { locale: 'zh-Hant', finds: ['不是我們部門'], except: [] } as const;
  test('a Chinese sentence is read with the rules of the conversation’s Chinese, in either writing', () => {
    expect(words('抱歉，這不是我們部門的事', chinese, { locale: 'zh-Hant' })).toEqual(['不是我們部門']);
    expect(words('抱歉，这不是我们部门的事', chinese, { locale: 'zh-Hant' })).toEqual(['不是我们部门']);
    expect(words('抱歉，這不是我們部門的事', chinese, { locale: 'zh-Hans' })).toEqual([]);
  });
  test('in an English conversation, with those of its own writing', () => {
    expect(words('抱歉，這不是我們部門的事', chinese)).toEqual(['不是我們部門']);
    expect(words('抱歉，这不是我们部门的事', chinese)).toEqual([]);
  });
  test('an English sentence in a Chinese conversation is read with the English rules', () => {
    expect(words('您好。It is another department.', {}, { locale: 'zh-Hans' })).toEqual([
      'another department',
    ]);
  });
});

test('a rule is tried on its examples under the conditions that it needs, or those that the example names', () => {
  const tried = tryExamples({
    ...plain,
    when: ['open-failure'],
    mustFire: [{ text: 'Ask another department.' }, { text: 'No such words.' }],
    mustNotFire: [{ text: 'Ask another department.', given: [] }],
  });
  expect(tried.map(({ must, fired }) => [must, fired])).toEqual([
    ['fire', true],
    ['fire', false],
    ['stay silent', false],
  ]);
});

test('one pass finds what looking for each word by itself finds', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '我'), minLength: 1, maxLength: 4 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '我'), maxLength: 40 });
  fc.assert(
    fc.property(fc.array(fc.array(word, { maxLength: 3 }), { maxLength: 8 }), text, (lists, where) => {
      const found = new Set<string>();
      searchFor(lists)(where, (item, end) => found.add(`${item}:${end}`));
      const expected = new Set<string>();
      for (const [item, list] of lists.entries())
        for (const one of list)
          for (let at = where.indexOf(one); at >= 0; at = where.indexOf(one, at + 1))
            expected.add(`${item}:${at + one.length}`);
      expect(found).toEqual(expected);
    }),
  );
});

test('no draft is too odd to be read, and each finding lies in it', () => {
  const compiled = compileRules([
    plain,
    { ...plain, id: 'zh', locale: 'zh-Hans', finds: ['部门', '软件 … 部门'] },
  ]);
  const piece = fc.constantFrom(
    'department ',
    'another ',
    '部門',
    '軟體',
    '“',
    '”',
    '。',
    '\n',
    '\ud800',
    '> ',
    '`',
    '👩🏽‍🚀',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const draft = pieces.join('');
      for (const { from, to, replace } of readRules(compiled, draft, state)) {
        expect(from).toBeLessThan(to);
        expect(replace.from).toBeLessThanOrEqual(from);
        expect(replace.to).toBeGreaterThanOrEqual(to);
        expect(draft.slice(from, to)).toMatch(/department|部/i);
      }
    }),
  );
});
