/**
 * The reader over the shoulder: the same in the composer and on the relay. A draft is cleared of what is not the writer's own,
 * folded, cut into sentences and searched once for the words of all rules; only the rules whose words are there are then tried.
 */
import type { Locale } from '../locale.ts';
import { type Folded, isTraditional } from './fold.ts';
import { missingManners } from './manners.ts';
import { compilePattern, type Names, type Pattern } from './pattern.ts';
import { promisesIn } from './promises.ts';
import type { DraftState, Reading, RuleFinding } from './reading.ts';
import { refusalIn } from './refusal.ts';
import { type Example, levelOf, RULE_LEVELS, type Rule, type RuleBody } from './rule.ts';
import { type Search, searchFor } from './search.ts';
import { secretsIn } from './secrets.ts';
import { chineseOf, type Sentence } from './sentences.ts';
import { ownOf } from './words/own.ts';

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
  const { folded, sentences } = ownOf(draft);
  const reader: Reader = {
    draft,
    folded,
    sentences,
    names: namesOf(state),
    speaks: memo((rule) => speaks(rule, state)),
    chinese: chineseOf(state.locale, () => isTraditional(draft)),
    excepted: new Map(),
    found: new Map(),
  };
  // Words come in the order of the text, and so do its sentences.
  const lastPlace = new Int32Array(compiled.lookouts.length).fill(-1);
  let place = 0;
  compiled.search(folded.text, (item, end) => {
    while (place < sentences.length && end > (sentences[place]?.to ?? 0)) place += 1;
    const lookout = compiled.lookouts[item];
    if (!lookout || lastPlace[item] === place) return;
    lastPlace[item] = place;
    lookAt(reader, lookout, place);
  });
  for (const lookout of compiled.named) for (const at of sentences.keys()) lookAt(reader, lookout, at);
  return [...reader.found.values()].flat().sort((a, b) => a.from - b.from || a.to - b.to);
}

type Reader = {
  readonly draft: string;
  readonly folded: Folded;
  readonly sentences: readonly Sentence[];
  readonly names: Names;
  readonly speaks: (rule: Rule) => boolean;
  readonly chinese: Locale;
  /** What is known of a rule's exceptions, by the place of a sentence. */
  readonly excepted: Map<readonly Pattern[], Map<number, boolean>>;
  readonly found: Map<Rule, RuleFinding[]>;
};

function lookAt(reader: Reader, { rule, pattern, except }: Lookout, place: number): void {
  const sentence = reader.sentences[place];
  if (!sentence || !reader.speaks(rule)) return;
  if (rule.locale !== (sentence.isChinese ? reader.chinese : 'en')) return;
  if (rule.where === 'start' && place > 0) return;
  if (rule.where === 'end' && place < reader.sentences.length - 1) return;
  const matches = pattern.matcherFor(reader.names)?.(sentence.text) ?? [];
  if (matches.length === 0 || isExcepted(reader, except, place)) return;
  for (const { from, to } of matches)
    keep(reader, rule, { sentence, from, text: sentence.text.slice(from, to) });
}

/** Asked once for all patterns of a rule: sixty of each would otherwise be sixty times sixty looks at one sentence. */
function isExcepted(
  { sentences, names, excepted }: Reader,
  except: readonly Pattern[],
  place: number,
): boolean {
  const known = excepted.get(except) ?? new Map<number, boolean>();
  const text = sentences[place]?.text ?? '';
  const answer = known.get(place) ?? except.some((one) => holds(one, text, names));
  excepted.set(except, known.set(place, answer));
  return answer;
}

function holds(pattern: Pattern, text: string, names: Names): boolean {
  return (pattern.matcherFor(names)?.(text, 1).length ?? 0) > 0;
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
  return [...eachExample(body)];
}

/** The same, one at a time: whoever must not be kept waiting goes on in between. */
export function* eachExample(body: RuleBody): Generator<Tried, void> {
  const compiled = compileRules([{ ...body, id: 'tried', key: null, quietSince: null, by: null }]);
  const all = [
    ...body.mustFire.map((example) => ({ example, must: 'fire' as const })),
    ...body.mustNotFire.map((example) => ({ example, must: 'stay silent' as const })),
  ];
  for (const { example, must } of all) {
    const found = readRules(compiled, example.text, exampleState(body, example));
    yield { example, must, fired: found.length > 0 };
  }
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
