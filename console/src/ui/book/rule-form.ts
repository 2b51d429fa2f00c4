/** A rule as it stands in its form: lists as lines of text. */
import type { Locale } from '@fullname/shared/locale';
import { type PatternProblem, patternProblem } from '@fullname/shared/reader/pattern';
import { tryExamples } from '@fullname/shared/reader/read';
import {
  type Condition,
  type Example,
  PLAIN_RULE,
  type Rule,
  type RuleBody,
} from '@fullname/shared/reader/rule';
import { PATTERNS_MAX, SAY_INSTEAD_MAX, unknownSlot } from './limits.ts';

type Lines = 'finds' | 'sayInstead' | 'except';
/** Without `given` those conditions hold that the rule needs. */
export type Row = { readonly text: string; readonly given?: readonly Condition[] };
export type RuleFormState = Omit<RuleBody, Lines | 'mustFire' | 'mustNotFire'> & {
  readonly [Name in Lines]: string;
} & {
  readonly mustFire: readonly Row[];
  readonly mustNotFire: readonly Row[];
  /** The real sentence that shows why. */
  readonly example: string;
};

export function formOf(
  body: Partial<RuleBody> & { readonly locale: Locale },
  example: string,
): RuleFormState {
  const full = { ...PLAIN_RULE, ...body };
  const rows = (examples: readonly Example[]): readonly Row[] => {
    return examples.length > 0 ? examples : [{ text: '' }];
  };
  return {
    locale: full.locale,
    topic: full.topic,
    title: full.title,
    replaces: full.replaces,
    reason: full.reason,
    where: full.where,
    situations: full.situations,
    when: full.when,
    unless: full.unless,
    level: full.level,
    finds: full.finds.join('\n'),
    sayInstead: full.sayInstead.join('\n'),
    except: full.except.join('\n'),
    mustFire: rows(full.mustFire),
    mustNotFire: rows(full.mustNotFire),
    example,
  };
}

export function bodyOf({ example: _example, ...form }: RuleFormState): RuleBody {
  const examples = (rows: readonly Row[]): Example[] =>
    rows.filter((row) => row.text.trim() !== '').map((row) => ({ ...row, text: row.text.trim() }));
  return {
    ...form,
    title: form.title.trim(),
    reason: form.reason.trim(),
    finds: linesOf(form.finds),
    sayInstead: linesOf(form.sayInstead),
    except: linesOf(form.except),
    mustFire: examples(form.mustFire),
    mustNotFire: examples(form.mustNotFire),
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}

export type LineProblem = PatternProblem & { readonly line: number; readonly pattern: string };

/** What cannot be read in a field of patterns, line by line; lines count from 1, empty ones are no problem. */
export function lineProblems(text: string): readonly LineProblem[] {
  return text.split('\n').flatMap((line, index) => {
    const pattern = line.trim();
    const problem = pattern === '' ? null : patternProblem(pattern);
    return problem ? [{ ...problem, line: index + 1, pattern }] : [];
  });
}

/** Whether the rule finds something in each of these examples; null where there is nothing to try. */
export function fires(body: RuleBody, rows: readonly Row[]): readonly (boolean | null)[] {
  const tried = tryExamples({ ...body, mustFire: rows, mustNotFire: [] });
  return rows.map((row, at) =>
    row.text.trim() === '' || body.finds.length === 0 ? null : (tried[at]?.fired ?? null),
  );
}

export type RuleProblem =
  | 'title'
  | 'reason'
  | 'finds'
  | 'except'
  | 'say-instead'
  | 'need-example'
  | 'need-counter'
  | 'examples';

/** What is still to be mended before the rule can be saved. */
export function problemsOf(form: RuleFormState): ReadonlySet<RuleProblem> {
  const body = bodyOf(form);
  const found = new Set<RuleProblem>();
  if (!body.title) found.add('title');
  if (!body.reason) found.add('reason');
  if (body.finds.length === 0 || body.finds.length > PATTERNS_MAX || lineProblems(form.finds).length > 0)
    found.add('finds');
  if (body.except.length > PATTERNS_MAX || lineProblems(form.except).length > 0) found.add('except');
  if (body.sayInstead.length > SAY_INSTEAD_MAX || unknownSlot(form.sayInstead)) found.add('say-instead');
  if (body.mustFire.length === 0) found.add('need-example');
  if (body.mustNotFire.length === 0) found.add('need-counter');
  if (found.has('finds') || found.has('except')) return found;
  if (tryExamples(body).some(({ must, fired }) => fired !== (must === 'fire'))) found.add('examples');
  return found;
}

/** A rule that is not in the book yet, so that sentences can be read with it. */
export function asRule(body: RuleBody): Rule {
  return { ...body, id: 'unsaved', key: null, quietSince: null, by: null };
}
