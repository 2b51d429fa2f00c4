import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';
import { compilePattern, type Names, PATTERN_MAX_LENGTH, patternProblem } from './pattern.ts';

const megan: Names = {
  'agent.given': 'Megan',
  'agent.family': 'Kajitani',
  'agent.fullName': 'Megan Kajitani',
  'customer.name': null,
};

/** What a pattern finds in one sentence. */
function found(pattern: string, text: string, names = megan): string[] {
  const folded = fold(text).text;
  const matches = compilePattern(pattern)?.matcherFor(names)?.(folded) ?? [];
  return matches.map(({ from, to }) => folded.slice(from, to));
}

describe('a pattern finds', () => {
  test.each([
    ['as I said', 'Well, AS  I said before', 'as i said'],
    ['as (I|we) (already )?(said|told you)', 'as we already told you', 'as we already told you'],
    ['as (I|we) (already)? (said|told you)', 'as we told you', 'as we told you'],
    ['(please)? calm down', 'Calm down now', 'calm down'],
    ['(please)? calm down', 'please calm down', 'please calm down'],
    ['(please)? (just)? calm down', 'please just calm down', 'please just calm down'],
    [
      'our … department',
      'that is our friendly shipping department’s job',
      'our friendly shipping department',
    ],
    ['apologi*', 'We apologise', 'apologise'],
    ['*satisfied', 'dissatisfied people', 'dissatisfied'],
    ['within # days', 'within 3 days', 'within 3 days'],
    ['within # days', 'within ten days', 'within ten days'],
    ["can't help", 'I can’t help it', "can't help"],
    ['^ sorry $', '  Sorry! ', 'sorry'],
    ['不是我们的(问题|责任)', '這不是我們的責任', '不是我们的责任'],
    ['(请)? 稍等', '请稍等', '请稍等'],
    ['联系IT部门', '请联系 IT 部门', '联系 it 部门'],
    ['# 个工作日', '三个工作日内', '三个工作日'],
    ['軟體', '这个软件', '软件'],
    ['100% sure', 'we are 100% sure', '100% sure'],
    ['C\\#', 'in C# only', 'c#'],
    ['请 check in 吧', '请check in吧', '请check in吧'],
    ['I am {agent.given}', 'Hi, I am Megan.', 'i am megan'],
  ])('%s in %j', (pattern, text, expected) => {
    expect(patternProblem(pattern)).toBeNull();
    expect(found(pattern, text)).toEqual([expected]);
  });
});

describe('a pattern does not find', () => {
  test.each([
    ['can', 'I can’t'],
    ['can', 'a cannon'],
    ['policy', 'policymakers'],
    ['our … department', `our ${'very '.repeat(8)}department`],
    ['^ sorry $', 'sorry about that'],
    ['^ sorry', 'I am sorry'],
    ['I am {customer.name}', 'I am Anna'],
    ['a (b)? c', 'ac'],
  ])('%s in %j', (pattern, text) => {
    expect(patternProblem(pattern)).toBeNull();
    expect(found(pattern, text)).toEqual([]);
  });
});

describe('what is wrong with a pattern', () => {
  test.each([
    ['', 'empty', 0],
    ['   ', 'empty', 0],
    ['as (I|we said', 'unclosed', 3],
    ['as I) said', 'stray', 4],
    ['who?', 'stray', 3],
    ['a {agent.nmae}', 'stray', 2],
    ['a {agent', 'unclosed', 2],
    ['a (|b)', 'empty', 2],
    ['…', 'no-words', 0],
    ['(maybe)? …', 'no-words', 0],
    ['# *', 'no-words', 0],
    ['({agent.given})?', 'no-words', 0],
    ['a … b … c … d', 'too-wide', 0],
    ['x $ y', 'stray', 2],
    ['a'.repeat(PATTERN_MAX_LENGTH + 1), 'too-long', PATTERN_MAX_LENGTH],
    [`${'(a)? '.repeat(11)}b`, 'too-wide', 0],
  ])('%j', (pattern, code, at) => {
    expect(patternProblem(pattern)).toEqual({ code, at });
    expect(compilePattern(pattern)).toBeNull();
  });
});

describe('no pattern takes long', () => {
  // The words are all there, but not in this order. Each of these takes a backtracking expression from seconds to years.
  test.each([
    [`(a|a a|a a a)${'(a|a a)? '.repeat(4)}… (a|a a)? (a|a a)? … b`, `b ${'a '.repeat(2_000)}`],
    [`${'(我|我|我|我|我)'.repeat(10)}你`, `你${'我'.repeat(4_000)}`],
    [`${'(我|我我|我我我)?'.repeat(9)}(我|我我)你`, `你${'我'.repeat(4_000)}`],
    ['a … b ** … **z', `z ${'a b '.repeat(1_000)}`],
  ])('%s', (pattern, text) => {
    expect(patternProblem(pattern)).toBeNull();
    expect(found(pattern, text)).toEqual([]);
  });
  test('with many numbers it is too wide', () =>
    expect(patternProblem('#####a')).toEqual({ code: 'too-wide', at: 0 }));
});

test('a name of which nothing can be seen is not known', () => {
  for (const name of ['', ' ', '\u200b', '\u00a0\u2060'])
    expect(compilePattern('{customer.name}')?.matcherFor({ ...megan, 'customer.name': name })).toBeNull();
  expect(
    found('dear {customer.name}', 'Dear Bob (C++)?, hi', { ...megan, 'customer.name': ' Bob (C++)? ' }),
  ).toEqual(['dear bob (c++)?']);
});

test('any text is a pattern or has a problem at a place in it, and what can be read can be run', () => {
  const signs = fc.constantFrom(...'ab (|)?*#…{}^$\\我们軟體\n'.split(''), 'word', '{agent.given}');
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 30 }), (parts) => {
      const pattern = parts.join('');
      const problem = patternProblem(pattern);
      if (problem) {
        expect(problem.at).toBeLessThanOrEqual(pattern.length);
        return;
      }
      const compiled = compilePattern(pattern);
      expect(compiled).not.toBeNull();
      const text = fold('ab word a b 我们 软件 megan word').text;
      for (const { from, to } of compiled?.matcherFor(megan)?.(text) ?? [])
        if (compiled && !compiled.isNamed)
          expect(
            compiled.needles.some((needle) => text.slice(from, to).includes(needle)),
            pattern,
          ).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
