import { LOCALES } from '@fullname/shared/locale';
import { tryExamples } from '@fullname/shared/reader/read';
import {
  CONDITIONS,
  type Example,
  RULE_LEVELS,
  RULE_TOPICS,
  type RuleBody,
} from '@fullname/shared/reader/rule';
import { SITUATIONS } from '@fullname/shared/situation';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromCsv, toCsv } from '../../server/src/bible/exchange/csv.ts';
import { phraseFields, ruleFields } from '../../server/src/bible/exchange/export.ts';
import { entryOf, type Fields, type FileKind, type Sheet } from '../../server/src/bible/exchange/fields.ts';
import { fromVale } from '../../server/src/bible/exchange/vale.ts';
import { turnToken } from '../../server/src/bible/exchange/vale-tokens.ts';
import { fromYaml, toYaml } from '../../server/src/bible/exchange/yaml.ts';
import { phraseBody } from '../../server/src/bible/phrases.ts';
import { bodyOf } from '../../server/src/bible/starter/rule.ts';
import { STARTER_BOOK, STARTER_RULES } from '../../server/src/bible/starter.ts';
import { phrase, rule } from './people.ts';

const FORMATS = [
  ['CSV', toCsv, fromCsv],
  ['YAML', toYaml, fromYaml],
] as const;

/** Every row's entry; fails on the first problem. */
async function entriesOf(kind: FileKind, read: Sheet | Promise<Sheet>) {
  const sheet = await read;
  expect(sheet.problems).toEqual([]);
  return Promise.all(
    sheet.rows.map(async (row) => {
      const checked = await entryOf(kind, row, 'en');
      if (!('entry' in checked)) throw new Error(JSON.stringify(checked.problems));
      return checked.entry;
    }),
  );
}

async function problemsOf(kind: FileKind, sheet: Sheet) {
  const all = await Promise.all(sheet.rows.map((row) => entryOf(kind, row, 'en')));
  return [...sheet.problems, ...all.flatMap((checked) => ('entry' in checked ? [] : checked.problems))];
}

/** Words with everything that a format may trip over, as the book stores them: repaired, trimmed, not empty. */
const awkward = fc.constantFrom(
  ...[
    '=1+1',
    "'",
    "''=x",
    '-',
    '@cmd',
    '＝',
    '\\n',
    '\\\\n',
    '\\',
    '\n',
    '\n\n',
    ', ',
    ';',
    '"',
    '[hurry] ',
    '[',
    ']',
  ],
  ...[
    '# no',
    '- item',
    ': ',
    '? ',
    '& a',
    '*',
    '!t',
    '|',
    '>',
    '%',
    '\u0085',
    '\u2028',
    '\t',
    '\u00a0',
    'null',
    'yes',
    '1e3',
    '{',
    '}',
  ],
  ...['谢谢', '“', '’', '👩‍💻', '\ufeff', 'word', ' ', 'x'],
);
const words = fc
  .array(awkward, { minLength: 1, maxLength: 8 })
  .chain((parts) => fc.string({ unit: 'grapheme', maxLength: 5 }).map((more) => parts.join('') + more))
  .map(
    (text) =>
      text
        .replaceAll('\0', '')
        .replace(/\r\n?/g, '\n')
        .replace(/\uFFFD/g, '')
        .trim() || 'x',
  );
const noBraces = words.map((text) => text.replace(/[{}]/g, '').trim() || 'x');
const unique = (texts: readonly string[]) => [...new Set(texts)];

const phrases = fc.record({
  locale: fc.constantFrom(...LOCALES),
  situation: fc.constantFrom(...SITUATIONS),
  text: noBraces,
  reason: words,
  notWhen: words,
  tags: fc.subarray(['brief', 'ally', '善后', 'x-1']),
});

describe.each(FORMATS)('a phrase as %s', (_name, write, read) => {
  test('comes back as it was, whatever is in it', async () => {
    const same = fc.asyncProperty(fc.array(phrases, { minLength: 1, maxLength: 4 }), async (bodies) => {
      const text = write('phrases', bodies.map(phraseFields));
      const entries = await entriesOf('phrases', read('phrases', text));
      expect(entries.map(({ body }) => body)).toEqual(bodies);
    });
    await fc.assert(same, { numRuns: 300 });
  });

  test('of the whole starter book comes back as it was', async () => {
    const bodies = LOCALES.flatMap((locale) =>
      SITUATIONS.flatMap((situation) =>
        STARTER_BOOK[locale][situation].map(({ text, reason, notWhen = null, tags = [] }) =>
          phraseBody({ locale, situation, text, reason, notWhen, tags }),
        ),
      ),
    );
    const sheet = read('phrases', write('phrases', bodies.map(phraseFields)));
    expect((await entriesOf('phrases', sheet)).map(({ body }) => body)).toEqual(bodies);
  });
});

const examples = fc.array(
  fc
    .record({ text: words, given: fc.option(fc.subarray([...CONDITIONS], { maxLength: 3 })) })
    .map(({ text, given }): Example => (given === null ? { text } : { text, given })),
  { minLength: 1, maxLength: 3 },
);
/** Patterns are one line each: they never find a line break, since a sentence ends there. */
const patterns = fc
  .array(
    fc.constantFrom('not my (own)?', 'apolog*', '{agent.given} … #', '^ =sum', '\\? really', '- no', "'so"),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map(unique);
const rules = fc.record({
  locale: fc.constantFrom(...LOCALES),
  topic: fc.constantFrom(...RULE_TOPICS),
  title: words,
  finds: patterns,
  sayInstead: fc.array(noBraces, { maxLength: 3 }).map(unique),
  replaces: fc.constantFrom('words' as const, 'sentence' as const),
  reason: words,
  where: fc.constantFrom('anywhere' as const, 'start' as const, 'end' as const),
  situations: fc.subarray([...SITUATIONS]),
  when: fc.subarray([...CONDITIONS]),
  unless: fc.subarray([...CONDITIONS]),
  except: patterns,
  level: fc.constantFrom(...RULE_LEVELS),
  mustFire: examples,
  mustNotFire: examples,
});

describe.each(FORMATS)('a rule as %s', (_name, write, read) => {
  test('comes back as it was, whatever is in it', async () => {
    const same = fc.asyncProperty(fc.array(rules, { minLength: 1, maxLength: 3 }), async (bodies) => {
      const sheet = await read('rules', write('rules', bodies.map(ruleFields)));
      expect(sheet.problems).toEqual([]);
      // The fields alone: made-up examples do not do what they say.
      const usual = { sayInstead: [], situations: [], when: [], unless: [] };
      const back = sheet.rows.map(({ fields }) => ({
        ...usual,
        ...fields,
        mustFire: examplesIn(fields, 'mustFire'),
        mustNotFire: examplesIn(fields, 'mustNotFire'),
      }));
      expect(back).toEqual(bodies);
    });
    await fc.assert(same, { numRuns: 300 });
  });

  test('of the starter book comes back as it was, its examples tried again', async () => {
    const bodies = LOCALES.flatMap((locale) => STARTER_RULES[locale].map((one) => bodyOf(one, locale)));
    const mine: RuleBody[] = [
      ...bodies,
      rule(),
      rule({ except: ['ask'], sayInstead: ['One.\nTwo.', '[x]'] }),
    ];
    const sheet = read('rules', write('rules', mine.map(ruleFields)));
    expect((await entriesOf('rules', sheet)).map(({ body }) => body)).toEqual(mine);
  });
});

function examplesIn(fields: Fields, name: string): Example[] {
  const found = (fields[name] ?? []) as readonly (string | Example)[];
  return found.map((one) => (typeof one === 'string' ? { text: one } : one));
}

describe('a spreadsheet', () => {
  test('runs no formula, and gives the words back without the guard', async () => {
    const risky = ['=1+1', '+49 30', '-1', '@SUM(A1)', '＝1', '＋1', "'=already", "''=twice", "'plain"];
    const text = toCsv(
      'phrases',
      risky.map((one) => phraseFields(phrase(one, { reason: one }))),
    );
    const cells = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => match[1] ?? '');
    expect(cells.filter((cell) => /^[=+\-@＝＋－＠\t\r]/.test(cell))).toEqual([]);
    expect(
      (await entriesOf('phrases', fromCsv('phrases', text))).map(
        ({ body }) => (body as { text: string }).text,
      ),
    ).toEqual(risky);
  });

  test('is told its encoding, ends its lines as Windows does, and puts every cell in quotes', () => {
    const text = toCsv('phrases', [phraseFields(phrase('Hello.'))]);
    expect(text).toBe(
      '\ufeff"locale","situation","text","reason","notWhen","tags","id"\r\n"en","hello","Hello.","Warm.","","",""\r\n',
    );
  });

  test.each([
    ['Excel’s line on its separator', '\ufeffsep=;\r\nsituation;text;reason\r\nhello;Hi, you.;Warm.\r\n'],
    ['semicolons', 'situation;text;reason\nhello;Hi, you.;Warm.\n'],
    ['tabs', 'situation\ttext\treason\r\nhello\tHi, you.\tWarm.'],
    ['another order, in capitals', 'Reason,TEXT,Situation\rWarm.,"Hi, you.",Hello\r'],
    ['empty rows and columns', ',situation,text,reason,\n,,,,\n,hello,"Hi, you.",Warm.,\n\n'],
  ])('with %s is read', async (_what, text) => {
    expect((await entriesOf('phrases', fromCsv('phrases', text))).map(({ body }) => body)).toEqual([
      phrase('Hi, you.'),
    ]);
  });

  test('has one line for each text of a cell, conditions in brackets, and \\n for a line break inside a text', async () => {
    const text = [
      'title,finds,except,sayInstead,reason,mustFire,mustNotFire,when',
      '"Departments","not my department\nnot our (own)? department","said he\n","One.\\nTwo.\nThree.","One company.",' +
        '"[hurry, open-failure] Not my department.\n[hurry] > so\\n\\nIt is not our department.",' +
        '"\\[hurry] is a word here.\n[] Not my department.","hurry"',
    ].join('\n');
    const [entry] = await entriesOf('rules', fromCsv('rules', text));
    expect(entry?.body).toMatchObject({
      finds: ['not my department', 'not our (own)? department'],
      except: ['said he'],
      sayInstead: ['One.\nTwo.', 'Three.'],
      mustFire: [
        { text: 'Not my department.', given: ['hurry', 'open-failure'] },
        { text: '> so\n\nIt is not our department.', given: ['hurry'] },
      ],
      mustNotFire: [{ text: '[hurry] is a word here.' }, { text: 'Not my department.', given: [] }],
      when: ['hurry'],
    });
  });

  test('with a quote that is never closed gives the rows before it', () => {
    const sheet = fromCsv(
      'phrases',
      'situation,text,reason\nhello,Hi.,Warm.\nhello,"Hey,Warm.\nhello,Yo.,Warm.\n',
    );
    expect(sheet.rows).toHaveLength(1);
    expect(sheet.problems).toEqual([{ row: 2, code: 'not-readable', what: expect.stringMatching(/quote/i) }]);
  });

  test.each([
    ['', 'not-readable'],
    ['"', 'not-readable'],
    ['situation,text,raeson\nhello,Hi.,Warm.', 'unknown-value'],
    ['situation,text,reason\nhello,Hi.,Warm.,more', 'unknown-value'],
    ['situation,text,text,reason\nhello,Hi.,Hey.,Warm.', 'unknown-value'],
  ])('%j is refused: %s', async (text, code) => {
    expect(await problemsOf('phrases', fromCsv('phrases', text))).toMatchObject([{ row: 1, code }]);
  });
});

describe('a row that does not hold is told by number and name', () => {
  const row = (values: object, given: object = {}) =>
    JSON.stringify({ ...ruleFields(rule()), ...values, ...given });
  test.each([
    [{ finds: ['(open'] }, 'bad-pattern', 'finds: (open'],
    [{ except: ['a)'] }, 'bad-pattern', 'except: a)'],
    [{ finds: '' }, 'missing-field', 'finds'],
    [{ title: ' ' }, 'missing-field', 'title'],
    [{ reason: '' }, 'missing-field', 'reason'],
    [{ mustNotFire: [] }, 'missing-field', 'mustNotFire'],
    [{ level: 'fatal' }, 'unknown-value', 'level: fatal'],
    [{ when: ['full-moon'] }, 'unknown-value', 'when: full-moon'],
    [{ id: '7' }, 'unknown-value', 'id: 7'],
    [{ sayInstead: ['Dear {nobody}'] }, 'bad-placeholder', 'sayInstead: {nobody}'],
    [{ title: 'x'.repeat(121) }, 'too-long', 'title: 121 > 120'],
    [{ except: Array.from({ length: 61 }, (_, at) => `word${at}x`) }, 'too-long', 'except: 61 > 60'],
    [{ mustFire: ['All is well.'] }, 'examples-fail', 'All is well.'],
    [
      { mustFire: [{ text: 'Not my department.', given: ['full-moon'] }] },
      'unknown-value',
      'mustFire: full-moon',
    ],
    [{ title: 'lost \ufffd in a wrong encoding' }, 'not-readable', '\ufffd'],
    [{ exept: ['x'] }, 'unknown-value', 'exept'],
  ])('%j', async (values, code, what) => {
    const text = `[${row({})}, ${row(values)}, "not a map", ${row({ title: 'Third' })}]`;
    const sheet = await fromYaml('rules', text);
    const checked = await Promise.all(sheet.rows.map((one) => entryOf('rules', one, 'en')));
    const good = checked.flatMap((one) => ('entry' in one ? [one.entry.row] : []));
    expect(good).toEqual([1, 4]);
    expect(await problemsOf('rules', sheet)).toEqual(
      expect.arrayContaining([
        { row: 2, code, what },
        { row: 3, code: 'not-readable', what: '' },
      ]),
    );
  });
});

describe('YAML that is no book', () => {
  const bomb = `a: &a [x]\n${Array.from({ length: 20 }, (_, at) => `${'bcdefghijklmnopqrstu'[at]}: &${'bcdefghijklmnopqrstu'[at]} [*a, *a]`).join('\n')}`;
  test.each([
    ['aliases that multiply', bomb],
    ['an alias', 'phrases:\n  - &a {text: Hi.}\n  - *a'],
    ['a tag', 'phrases: !!js/function "x"'],
    ['brackets in brackets', '['.repeat(100_000)],
    ['maps in maps', '{a: '.repeat(100_000)],
    ['lists in lists', '- '.repeat(100_000)],
    ['keys of keys', '? '.repeat(100_000)],
    ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['two documents', 'phrases: []\n---\nphrases: []'],
    ['nothing', ''],
    ['words', 'hello'],
    ['an open quote', 'phrases: "'],
    ['another list', 'people: []'],
  ])('%s is refused at once', async (_what, text) => {
    const { rows, problems } = await fromYaml('phrases', text);
    expect(rows).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  test('the same signs inside texts are texts', async () => {
    const said = ['*really* & !sure', '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[', '&a *a', '{{{'];
    const text = `phrases:\n${said.map((one) => `  - situation: hello\n    text: Hi.\n    reason: |-\n      ${one}`).join('\n')}`;
    expect((await fromYaml('phrases', text)).rows.map(({ fields }) => fields.reason)).toEqual(said);
  });

  test('a field that is there twice is refused, and one called __proto__ harms nobody', async () => {
    const text = 'phrases:\n  - {text: a, text: b}\n  - {__proto__: {text: c}}\n  - {constructor: d}';
    expect((await fromYaml('phrases', text)).problems.map(({ row, what }) => [row, what])).toEqual([
      [1, 'text'],
      [2, '__proto__'],
      [3, 'constructor'],
    ]);
  });
});

describe('a rule of Vale', () => {
  const vale = (text: string) => fromVale(text, 'en');

  test('of words that are there is one rule, a suggestion, with examples that were tried', async () => {
    const sheet = await vale(`extends: existence
message: "Avoid '%s'."
link: https://example.com/style
level: error
ignorecase: true
tokens:
  - very
  - appear[s]? to be
  - (?:kind|sort) of
  - utili[sz]e\\w*
  - 'e\\.g\\.'
  - in \\d+ days
exceptions:
  - very first
`);
    expect(await problemsOf('rules', sheet)).toEqual([]);
    const [entry, ...more] = await entriesOf('rules', sheet);
    expect(more).toEqual([]);
    const body = entry?.body as RuleBody;
    expect(body).toMatchObject({
      title: 'Avoid ….',
      reason: 'Avoid ….\nhttps://example.com/style',
      level: 'suggestion',
      sayInstead: [],
      except: ['very first'],
    });
    const trial = (text: string, must: 'mustFire' | 'mustNotFire') =>
      tryExamples({ ...body, mustFire: [], mustNotFire: [], [must]: [{ text }] })[0]?.fired;
    for (const text of [
      'It appears to be so.',
      'a sort of',
      'Utilised!',
      'Flowers, e.g. roses.',
      'In 14 days.',
      'Very well.',
    ])
      expect([text, trial(text, 'mustFire')]).toEqual([text, true]);
    for (const text of ['The very first one.', 'every', 'Kindly.', 'in days'])
      expect([text, trial(text, 'mustNotFire')]).toEqual([text, false]);
  });

  test('of words to swap is a rule for each thing to say instead', async () => {
    const sheet = await vale(`extends: substitution
message: Use '%s' instead of '%s'.
swap:
  utilize: use
  make use of: use
  (?:sign|log) on to: sign in to|log in to
  API key: api key
  (\\w+)ly: $1
`);
    const entries = await entriesOf('rules', { ...sheet, problems: [] });
    expect(
      entries.map(({ row, body }) => [row, (body as RuleBody).finds, (body as RuleBody).sayInstead]),
    ).toEqual([
      [1, ['utilize', 'make use of'], ['use']],
      [3, ['(sign|log) on to'], ['sign in to', 'log in to']],
    ]);
    expect(entries[0]?.body).toMatchObject({ title: 'utilize → use', mustNotFire: [{ text: 'use' }] });
    expect(sheet.problems).toEqual([
      { row: 4, code: 'not-supported', what: 'API key: api key' },
      { row: 5, code: 'not-supported', what: '(\\w+)ly: $1' },
    ]);
  });

  test('with more words for one thing than a rule may hold becomes several rules', async () => {
    const swaps = Array.from({ length: 130 }, (_, at) => `  word${at}x: yes`).join('\n');
    const sheet = await vale(`extends: substitution\nmessage: No.\nswap:\n${swaps}`);
    const bodies = (await entriesOf('rules', sheet)).map(({ body }) => body as RuleBody);
    expect(bodies.flatMap(({ finds }) => finds)).toHaveLength(130);
    expect(new Set(bodies.flatMap(({ sayInstead }) => sayInstead))).toEqual(new Set(['yes']));
  });

  test('in Chinese is read as well', async () => {
    const sheet = await fromVale(
      'extends: existence\nmessage: 别说“%s”。\ntokens:\n  - 亲\n  - (?:马上|尽快)处理',
      'zh-Hans',
    );
    const [entry] = await entriesOf('rules', sheet);
    expect(entry?.body).toMatchObject({
      locale: 'zh-Hans',
      title: '别说…。',
      finds: ['亲', '(马上|尽快)处理'],
    });
  });

  test('takes tokens in fifties, and says which it cannot', async () => {
    const tokens = Array.from({ length: 90 }, (_, at) => `  - word${at}x`).join('\n');
    const sheet = await vale(
      `extends: existence\nmessage: No.\ntokens:\n${tokens}\n  - (?<=a)b\n  - '[^a]b'\n  - a.b\n  - (ab)+\n  - '\\bcat\\b'`,
    );
    expect(sheet.problems.map(({ row, code, what }) => [row, code, what])).toEqual([
      [91, 'not-supported', '(?<=a)b: (?<='],
      [92, 'not-supported', '[^a]b: [^a]'],
      [93, 'not-supported', 'a.b: .'],
      [94, 'not-supported', '(ab)+'],
    ]);
    const found = (await entriesOf('rules', { ...sheet, problems: [] })).flatMap(
      ({ body }) => (body as RuleBody).finds,
    );
    expect(found).toHaveLength(91);
    expect(found.at(-1)).toBe('cat');
  });

  test('raw expressions come before the tokens, and inside of words where Vale looks there', async () => {
    const both = await vale(
      "extends: existence\nmessage: No.\nraw:\n  - 'as '\ntokens:\n  - said\n  - mentioned",
    );
    expect((await entriesOf('rules', both))[0]?.body).toHaveProperty('finds', ['as said', 'as mentioned']);
    const inside = await vale(
      'extends: existence\nmessage: No.\nnonword: true\ntokens:\n  - gate\n  - \\bpre',
    );
    const [entry] = await entriesOf('rules', inside);
    expect(entry?.body).toHaveProperty('finds', ['*gate*', 'pre*']);
  });

  test('says which exceptions it cannot read, and keeps the others', async () => {
    const sheet = await vale(
      "extends: existence\nmessage: No.\ntokens: [very]\nexceptions: [very first, '(?<!x)very']",
    );
    expect(sheet.problems).toEqual([{ row: 1, code: 'not-supported', what: 'exceptions: (?<!x)very' }]);
    expect(sheet.rows[0]?.fields.except).toEqual(['very first']);
  });

  test('of more than five hundred tokens is read so far', async () => {
    const tokens = Array.from({ length: 501 }, (_, at) => `word${at}x`).join(', ');
    const sheet = await vale(`extends: existence\nmessage: No.\ntokens: [${tokens}]`);
    expect(sheet.problems).toEqual([{ row: 501, code: 'too-long', what: '501 > 500' }]);
    expect(sheet.rows.flatMap(({ fields }) => fields.finds as string[])).toHaveLength(500);
  });

  test.each([
    ['extends: occurrence\nmessage: x', 'not-supported', 'extends: occurrence'],
    ['extends: existence\nmessage: x\nscope: heading\ntokens: [a]', 'not-supported', 'scope: heading'],
    ['extends: existence\nmessage: x\nscript: y', 'not-supported', 'script'],
    ['extends: existence\ntokens: [a]', 'missing-field', 'message'],
    ['extends: existence\nmessage: x', 'missing-field', 'tokens'],
    ['extends: substitution\nmessage: x', 'missing-field', 'swap'],
    ['extends: existence\nmessage: x\nlevel: fatal\ntokens: [a]', 'unknown-value', 'level: fatal'],
    ['- a', 'not-readable', 'extends'],
    ['message: x', 'missing-field', 'extends'],
  ])('%j is refused as a whole', async (text, code, what) => {
    expect(await vale(text)).toEqual({ rows: [], problems: [{ row: 1, code, what }] });
  });
});

describe('a token of Vale as patterns', () => {
  test.each([
    ['colou?r', ['colo(u)?r']],
    ['e-?mail', ['e(-)?mail']],
    ['e[- ]mail', ['e-mail', 'e mail']],
    ['a\\s?lot', ['a lot', 'alot']],
    ['[Ss]orry', ['sorry']],
    ['(?i)sorry', ['sorry']],
    ['as (I|we) (?:just )?said', ['as (i|we) just said', 'as (i|we) said']],
    ['very(?:-much)?', ['very(-much)?']],
    ['as soon.*possible', ['as soon…possible']],
    ['the \\w+ way', ['the * way']],
    ['what\\?', ['what\\?']],
    ["don['’]t", ["don('|’)t"]],
    ['^Sorry', ['^Sorry']],
    ['bye$', ['bye$']],
    ['尽快\\s*处理', ['尽快 处理', '尽快处理']],
  ])('%s', (token, patterns) => {
    const turned = turnToken(token, false);
    expect('patterns' in turned && turned.patterns.map((one) => one.toLowerCase())).toEqual(
      patterns.map((one) => one.toLowerCase()),
    );
  });

  test.each([
    'a(?!b)',
    '(a',
    'a)',
    '[a',
    '\\p{L}+',
    '(\\w)\\1',
    'x{3}',
    'a|',
    '.*',
    '\\w+',
    '(((((((((((((a)))))))))))))',
    '[a-f]x',
    '(a|b)(c|d )(e|f )(g|h )(i|j )',
  ])('%s is not said otherwise', (token) => {
    expect(turnToken(token, false)).toHaveProperty('fault');
  });
});
