/** The language bible's rules: what may become one. A rule that does not do what its examples say is no rule. */
import { LOCALES } from '@fullname/shared/locale';
import { patternProblem } from '@fullname/shared/reader/pattern';
import { eachExample } from '@fullname/shared/reader/read';
import {
  CONDITIONS,
  type Example,
  RULE_LEVELS,
  RULE_TOPICS,
  type RuleBody,
} from '@fullname/shared/reader/rule';
import { SITUATIONS } from '@fullname/shared/situation';
import { RelayError } from '../relay-error.ts';
import { tidy, unknownSlots } from './phrases.ts';
import { Turns } from './turns.ts';

/** How much one rule may hold; docs/bible.md tells people. Lengths in UTF-16 code units. */
export const RULE_MAX = {
  title: 120,
  reason: 500,
  patterns: 60,
  sayInstead: 10,
  words: 500,
  examples: 20,
  example: 500,
} as const;

/**
 * A rule as it is stored: tidy, complete, its patterns readable, its examples run. EMPTY, TOO_LONG, INVALID_PAYLOAD,
 * BAD_PATTERN or EXAMPLES_FAIL when it does not hold.
 */
export async function ruleBody(draft: RuleBody): Promise<RuleBody> {
  const body = tidied(draft);
  if (!isKnown(body) || !isWithinBounds(body)) throw new RelayError('INVALID_PAYLOAD');
  if ([...body.finds, ...body.except].some((pattern) => patternProblem(pattern) !== null))
    throw new RelayError('BAD_PATTERN');
  if ((await failingExamples(body)).length > 0) throw new RelayError('EXAMPLES_FAIL');
  return body;
}

/** The sentences on which a rule does not do what it says. */
export async function failingExamples(body: RuleBody): Promise<string[]> {
  const turns = new Turns();
  const failing: string[] = [];
  for (const { example, must, fired } of eachExample(body)) {
    if (fired !== (must === 'fire')) failing.push(example.text);
    await turns.giveWay();
  }
  return failing;
}

/** Field by field, so that nothing is stored that nobody asked for. */
function tidied(draft: RuleBody): RuleBody {
  return {
    locale: draft.locale,
    topic: draft.topic,
    title: tidy(draft.title, RULE_MAX.title),
    finds: each(draft.finds, RULE_MAX.words),
    sayInstead: each(draft.sayInstead, RULE_MAX.words),
    replaces: draft.replaces,
    reason: tidy(draft.reason, RULE_MAX.reason),
    where: draft.where,
    situations: [...new Set(draft.situations)],
    when: [...new Set(draft.when)],
    unless: [...new Set(draft.unless)],
    except: each(draft.except, RULE_MAX.words),
    level: draft.level,
    mustFire: draft.mustFire.map(tidyExample),
    mustNotFire: draft.mustNotFire.map(tidyExample),
  };
}

function each(texts: readonly string[], max: number): string[] {
  return [...new Set(texts.map((text) => tidy(text, max)))];
}

/** No conditions named is something else than none by an empty list: then those hold that the rule needs. */
function tidyExample({ text, given }: Example): Example {
  const words = tidy(text, RULE_MAX.example);
  return given === undefined ? { text: words } : { text: words, given: [...new Set(given)] };
}

function isKnown(body: RuleBody): boolean {
  const given = [...body.mustFire, ...body.mustNotFire].flatMap((example) => example.given ?? []);
  return (
    LOCALES.includes(body.locale) &&
    RULE_TOPICS.includes(body.topic) &&
    RULE_LEVELS.includes(body.level) &&
    REPLACES.includes(body.replaces) &&
    PLACES.includes(body.where) &&
    body.situations.every((situation) => SITUATIONS.includes(situation)) &&
    [...body.when, ...body.unless, ...given].every((condition) => CONDITIONS.includes(condition))
  );
}

export const REPLACES: readonly RuleBody['replaces'][] = ['words', 'sentence'];
export const PLACES: readonly RuleBody['where'][] = ['anywhere', 'start', 'end'];

function isWithinBounds(body: RuleBody): boolean {
  const { finds, except, sayInstead, mustFire, mustNotFire } = body;
  return (
    isBetween(finds.length, 1, RULE_MAX.patterns) &&
    except.length <= RULE_MAX.patterns &&
    sayInstead.length <= RULE_MAX.sayInstead &&
    sayInstead.every((text) => unknownSlots(text).length === 0) &&
    isBetween(mustFire.length, 1, RULE_MAX.examples) &&
    isBetween(mustNotFire.length, 1, RULE_MAX.examples)
  );
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
