/**
 * The reader over the shoulder: the same in the composer and on the relay. A draft is cleared of what is not the writer's own,
 * folded, cut into sentences and searched once for the words of all rules; only the rules whose words are there are then tried.
 */
import type { Locale } from '../locale.ts';
import { type Folded, fold, isTraditional } from './fold.ts';
import { missingManners } from './manners.ts';
import { compilePattern, type Names, type Pattern } from './pattern.ts';
import { promisesIn } from './promises.ts';
import type { DraftState, Reading, RuleFinding } from './reading.ts';
import { refusalIn } from './refusal.ts';
import { type Example, levelOf, RULE_LEVELS, type Rule, type RuleBody } from './rule.ts';
import { type Search, searchFor } from './search.ts';
import { secretsIn } from './secrets.ts';
import { chineseOf, type Sentence, sentencesOf } from './sentences.ts';
import { ownWords } from './skip.ts';

/** Rules made ready to read with; good for any number of drafts and conversations. */
export type CompiledRules = {
  readonly search: Search;
  /** What `search` finds, by its numbers: one pattern of one rule. */
  readonly lookouts: readonly Lookout[];
  /** Patterns with a name in them have no fixed words: they are always tried. */
  readonly named: readonly Lookout[];
};
type Lookout = { readonly rule: Rule; readonly pattern: Pattern; readonly except: readonly Pattern[] };

/** Rules of any languages together. Patterns that cannot be read are left out. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const all = rules.flatMap((rule) => {
    const except = rule.except.map(compilePattern).filter(isReadable);
    return rule.finds
      .map(compilePattern)
      .filter(isReadable)
      .map((pattern): Lookout => ({ rule, pattern, except }));
  });
  const lookouts = all.filter(({ pattern }) => !pattern.isNamed);
  return {
    search: searchFor(lookouts.map(({ pattern }) => pattern.needles)),
    lookouts,
    named: all.filter(({ pattern }) => pattern.isNamed),
  };
}

function isReadable(pattern: Pattern | null): pattern is Pattern {
  return pattern !== null;
}

/** Everything there is to say about a draft. Where rules overlap, the sterner one speaks. */
export function read(compiled: CompiledRules, draft: string, state: DraftState): Reading {
  return {
    findings: withoutOverlaps(readRules(compiled, draft, state)),
    refusal: refusalIn(draft, state),
    secrets: secretsIn(draft, state),
    promises: promisesIn(draft),
    missing: missingManners(draft, state),
  };
}

/** Every finding of the rules of the book, in the order of the draft; one for each rule and place. */
export function readRules(compiled: CompiledRules, draft: string, state: DraftState): readonly RuleFinding[] {
  const folded = fold(ownWords(draft));
  const sentences = sentencesOf(folded.text);
  const reader: Reader = {
    draft,
    folded,
    sentences,
    names: namesOf(state),
    speaks: memo((rule) => speaks(rule, state)),
    chinese: chineseOf(state.locale, () => isTraditional(draft)),
    found: new Map(),
  };
  const tried = new Set<number>();
  compiled.search(folded.text, (item, end) => {
    const place = sentences.findIndex((sentence) => end <= sentence.to);
    const lookout = compiled.lookouts[item];
    const attempt = item * sentences.length + place;
    if (!lookout || place < 0 || tried.has(attempt)) return;
    tried.add(attempt);
    lookAt(reader, lookout, place);
  });
  for (const lookout of compiled.named) for (const place of sentences.keys()) lookAt(reader, lookout, place);
  return [...reader.found.values()].flat().sort((a, b) => a.from - b.from || a.to - b.to);
}

type Reader = {
  readonly draft: string;
  readonly folded: Folded;
  readonly sentences: readonly Sentence[];
  readonly names: Names;
  readonly speaks: (rule: Rule) => boolean;
  readonly chinese: Locale;
  readonly found: Map<Rule, RuleFinding[]>;
};

function lookAt(reader: Reader, { rule, pattern, except }: Lookout, place: number): void {
  const sentence = reader.sentences[place];
  if (!sentence || !reader.speaks(rule)) return;
  if (rule.locale !== (sentence.isChinese ? reader.chinese : 'en')) return;
  if (rule.where === 'start' && place > 0) return;
  if (rule.where === 'end' && place < reader.sentences.length - 1) return;
  const expression = pattern.expressionFor(reader.names);
  if (!expression) return;
  expression.lastIndex = 0;
  for (let match = expression.exec(sentence.text); match; match = expression.exec(sentence.text)) {
    if (except.some((one) => holds(one, sentence.text, reader.names))) return;
    keep(reader, rule, { sentence, from: match.index, text: match[0] });
  }
}

function holds(pattern: Pattern, text: string, names: Names): boolean {
  const expression = pattern.expressionFor(names);
  return expression !== null && text.search(expression) >= 0;
}

type Match = { readonly sentence: Sentence; readonly from: number; readonly text: string };

/** Two patterns of one rule on the same words are one finding: the longer. */
function keep(reader: Reader, rule: Rule, { sentence, from, text }: Match): void {
  const start = sentence.from + from;
  const span = spanOf(reader.folded, start, start + text.length);
  const finding: RuleFinding = {
    ...span,
    rule,
    level: levelOf(rule),
    key: `${rule.id}:${text}`,
    replace: rule.replaces === 'words' ? span : sentenceSpan(reader, sentence),
  };
  const others = reader.found.get(rule) ?? [];
  const shorter = others.filter((other) => other.to > span.from && other.from < span.to);
  if (shorter.some((other) => other.to - other.from >= span.to - span.from)) return;
  reader.found.set(rule, [...others.filter((other) => !shorter.includes(other)), finding]);
}

function spanOf({ from, to }: Folded, start: number, end: number): { from: number; to: number } {
  return { from: from[start] ?? 0, to: to[end - 1] ?? 0 };
}

function sentenceSpan({ draft, folded }: Reader, sentence: Sentence): { from: number; to: number } {
  const { from, to } = spanOf(folded, sentence.from, sentence.to);
  const text = draft.slice(from, to);
  return { from: from + (text.length - text.trimStart().length), to: from + text.trimEnd().length };
}

function speaks(rule: Rule, { conditions, situation }: DraftState): boolean {
  const hasMoment = rule.situations.length === 0 || !situation || rule.situations.includes(situation);
  return (
    hasMoment &&
    rule.when.every((condition) => conditions.includes(condition)) &&
    !rule.unless.some((condition) => conditions.includes(condition))
  );
}

function namesOf({ agent, customerName }: DraftState): Names {
  return {
    'agent.given': agent.given,
    'agent.family': agent.family,
    'agent.fullName': agent.fullName,
    'customer.name': customerName,
  };
}

function memo(decide: (rule: Rule) => boolean): (rule: Rule) => boolean {
  const known = new Map<Rule, boolean>();
  return (rule) => {
    const before = known.get(rule);
    if (before !== undefined) return before;
    const decided = decide(rule);
    known.set(rule, decided);
    return decided;
  };
}

function withoutOverlaps(findings: readonly RuleFinding[]): readonly RuleFinding[] {
  const weight = ({ level, from, to }: RuleFinding) => RULE_LEVELS.indexOf(level) * 10_000 + to - from;
  const kept: RuleFinding[] = [];
  for (const finding of [...findings].sort((a, b) => weight(b) - weight(a)))
    if (kept.every((other) => other.to <= finding.from || other.from >= finding.to)) kept.push(finding);
  return kept.sort((a, b) => a.from - b.from);
}

// ── Examples ────────────────────────────────────────────────────────────────

export type Tried = {
  readonly example: Example;
  readonly must: 'fire' | 'stay silent';
  readonly fired: boolean;
};

/** Who speaks in examples: `{agent.given}` is Megan, 怡君. */
export const EXAMPLE_PEOPLE: Readonly<Record<Locale, Pick<DraftState, 'agent' | 'customerName'>>> = {
  en: {
    agent: { fullName: 'Megan Kajitani', given: 'Megan', family: 'Kajitani' },
    customerName: 'Anna Lindqvist',
  },
  'zh-Hans': { agent: { fullName: '林怡君', given: '怡君', family: '林' }, customerName: '陈思远' },
  'zh-Hant': { agent: { fullName: '林怡君', given: '怡君', family: '林' }, customerName: '陳思遠' },
};

/**
 * Tries a rule on its own examples, each as a draft of its own. An example that names no conditions is read under those that the
 * rule needs; one that names some, or none by an empty list, under exactly these.
 */
export function tryExamples(body: RuleBody): readonly Tried[] {
  const compiled = compileRules([{ ...body, id: 'tried', key: null, quietSince: null, by: null }]);
  const attempt = (must: Tried['must']) => (example: Example) => {
    const state = exampleState(body, example);
    return { example, must, fired: readRules(compiled, example.text, state).length > 0 };
  };
  return [...body.mustFire.map(attempt('fire')), ...body.mustNotFire.map(attempt('stay silent'))];
}

function exampleState(body: RuleBody, example: Example): DraftState {
  const situation = body.situations[0];
  return {
    locale: body.locale,
    ...EXAMPLE_PEOPLE[body.locale],
    conditions: example.given ?? body.when,
    ...(situation && { situation }),
    said: [],
    heard: [],
    ownContacts: [],
  };
}
