/**
 * What it costs to read a draft with the rules of the book: draft length × number of rules × language, beside the same draft
 * read without rules; and what a keystroke costs in a real browser. `--runs N` readings a figure, `--keys N` keystrokes.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileRules, EXAMPLE_PEOPLE, read } from '@fullname/shared/reader/read';
import type { DraftState } from '@fullname/shared/reader/reading';
import type { Rule, RuleBody } from '@fullname/shared/reader/rule';
import { atMost, type Measured, median, percentile, runTool, type Stage } from '../support/figures.ts';
import { root } from '../support/root.ts';
import { type Keystrokes, timeKeystrokes } from './bench-reader/keystrokes.ts';
import { type Language, TEXTS } from './bench-reader/texts.ts';

const LENGTHS = [100, 300, 1_000, 4_000] as const;
const COUNTS = [0, 50, 200, 400] as const;
/** The size that the budget speaks of. */
const BUDGET = { length: 1_000, rules: 200, milliseconds: 5 } as const;

await runTool(['runs', 'keys'], async (stage) => {
  const runs = stage.number('runs', 200);
  const rules = await starterRules();
  const engine = (Object.keys(TEXTS) as Language[]).flatMap((language) =>
    measureEngine(stage, { language, rules: rules[language], runs }),
  );
  stage.progress('typing into the composer in a real browser');
  return [...engine, ...keystrokeFigures(await timeKeystrokes(stage, stage.number('keys', 200)))];
});

type Starter = typeof import('../../server/dist/bible/starter.js');
type Shape = typeof import('../../server/dist/bible/starter/rule.js');

async function starterRules(): Promise<Record<Language, readonly RuleBody[]>> {
  const from = <Module>(file: string) =>
    import(pathToFileURL(join(root, 'server/dist/bible', file)).href) as Promise<Module>;
  const { STARTER_RULES } = await from<Starter>('starter.js');
  const { bodyOf } = await from<Shape>('starter/rule.js');
  const bodies = (language: Language) => STARTER_RULES[language].map((rule) => bodyOf(rule, language));
  return { en: bodies('en'), 'zh-Hans': bodies('zh-Hans'), 'zh-Hant': bodies('zh-Hant') };
}

type Size = { readonly language: Language; readonly rules: readonly RuleBody[]; readonly runs: number };

function measureEngine(stage: Stage, { language, rules, runs }: Size): Measured[] {
  const figures: Measured[] = [];
  for (const count of COUNTS) {
    const book = bookOf(rules, count);
    const before = performance.now();
    const compiled = compileRules(book);
    if (count === BUDGET.rules)
      figures.push(atMost(`${language}: making ${count} rules ready`, [performance.now() - before, 'ms']));
    for (const length of LENGTHS) {
      const draft = draftOf(language, length);
      const state = stateOf(language);
      const times = timed(() => read(compiled, draft, state), runs);
      const isBudget = length === BUDGET.length && count === BUDGET.rules;
      const name = `${language}: ${length} characters × ${count} rules`;
      figures.push(
        atMost(`${name}, median`, [median(times), 'ms'], isBudget ? { must: BUDGET.milliseconds } : {}),
      );
      if (isBudget)
        figures.push(
          atMost(`${name}, 99 %`, [percentile(times, 0.99), 'ms'], { goal: BUDGET.milliseconds }),
          atMost(`${name}, findings`, [read(compiled, draft, state).findings.length, '']),
        );
    }
  }
  stage.progress(`${language}: read`);
  return figures;
}

/** The starter book's rules; where there are fewer, again from the beginning with other words. */
function bookOf(rules: readonly RuleBody[], count: number): Rule[] {
  return Array.from({ length: count }, (_, index) => {
    const body = rules[index % rules.length];
    if (!body) throw new Error('the starter book has no rules');
    const round = Math.floor(index / rules.length);
    const finds = round === 0 ? body.finds : body.finds.map((pattern) => `${pattern} (x${round}|y${round})`);
    return { ...body, finds, id: `rule-${index}`, key: null, quietSince: null, by: null };
  });
}

function draftOf(language: Language, length: number): string {
  const text = TEXTS[language];
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

function stateOf(language: Language): DraftState {
  return {
    locale: language,
    ...EXAMPLE_PEOPLE[language],
    conditions: ['open-failure'],
    said: [],
    heard: [],
    ownContacts: [],
  };
}

function timed(run: () => unknown, runs: number): number[] {
  for (let warm = 0; warm < runs / 4; warm += 1) run();
  return Array.from({ length: runs }, () => {
    const before = performance.now();
    run();
    return performance.now() - before;
  });
}

function keystrokeFigures({ withReader, withoutReader }: Keystrokes): Measured[] {
  const median1 = median(withReader);
  return [
    atMost('keystroke in a 1,000-character reply, main thread', [median1, 'ms']),
    atMost('the same in a note, which nobody reads over the shoulder', [median(withoutReader), 'ms']),
    atMost('reply ÷ note', [median1 / median(withoutReader), '×']),
    atMost('keystroke in a reply, 99 %', [percentile(withReader, 0.99), 'ms']),
  ];
}
