/**
 * The pattern language of rules: words, `(a|b)`, `(a)?`, `…`, `*`, `#`, `^`, `$`, `{agent.given}`. docs/bible.md explains it to people.
 * It has no repetition, what it may vary is bounded, and matcher.ts runs it: no pattern that anybody proposes can hang a composer or the relay.
 */
import { fold } from './fold.ts';
import {
  anything,
  choice,
  end,
  literally,
  type Matcher,
  matcherOf,
  meeting,
  one,
  type Place,
  repeated,
  type Takes,
  where,
} from './matcher.ts';
import { BORDER, isLatin, needlesOf, needsOf } from './pattern-needles.ts';
import {
  type Item,
  type Parsed,
  type Part,
  type PatternName,
  type PatternProblem,
  parse,
  type Sequence,
} from './pattern-text.ts';

export { PATTERN_MAX_LENGTH, type PatternProblem } from './pattern-text.ts';

export type Names = { readonly [Name in PatternName]: string | null };

/** Ready to be looked for: `needles` are words of which each match holds at least one. */
export type Pattern = {
  readonly needles: readonly string[];
  /** True when it speaks of somebody's name: then `needles` are no words of the text, and it is made anew for each conversation. */
  readonly isNamed: boolean;
  /** Finds it in one folded sentence; null where a name it needs is unknown. */
  readonly matcherFor: (names: Names) => Matcher | null;
};

/** What is wrong with a pattern, and where; null when it can be read. */
export function patternProblem(pattern: string): PatternProblem | null {
  const parsed = parse(pattern);
  return 'code' in parsed ? parsed : null;
}

/** Null for what `patternProblem` finds fault with. */
export function compilePattern(text: string): Pattern | null {
  const parsed = parse(text);
  if ('code' in parsed) return null;
  let asked: Names | undefined;
  let source: string | null = null;
  let matcher: Matcher | null = null;
  return {
    needles: needlesOf(parsed.sequence) ?? [],
    isNamed: parsed.names.length > 0,
    matcherFor(names) {
      // A reading asks with the same names at every sentence, and folding them is dearer than most matches.
      if (names === asked) return matcher;
      asked = names;
      // Made when first needed: most patterns of a book never meet their words.
      const own = parsed.names.map((name) => nameIn(names, name));
      const key = own.includes(null) ? null : own.join('\n');
      if (key === null) matcher = null;
      else if (!matcher || key !== source) matcher = matcherFor(parsed, names);
      source = key;
      return matcher;
    },
  };
}

function matcherFor({ sequence, atStart, atEnd, isHan, hasWords }: Parsed, names: Names): Matcher {
  const making: Making = { names, isHan, hasWords };
  const last = atEnd ? where(isAtEnd, end) : end;
  const words = placeOf(sequence, making, hasWords ? where(endsWord, last) : last);
  const first = hasWords ? where(beginsWord, words) : words;
  const run = matcherOf(atStart ? where(isAtStart, first) : first);
  const needs = needsOf(sequence);
  // Looking for its words first is many times cheaper than trying it at each place.
  return (words, most) =>
    needs.every((need) => need.some((needle) => words.includes(needle))) ? run(words, most) : [];
}

type Making = { readonly names: Names; readonly isHan: boolean; readonly hasWords: boolean };

function placeOf(sequence: Sequence, making: Making, next: Place): Place {
  let place = next;
  for (const { item, swallows, isFirst, inWords } of spacing(sequence).reverse()) {
    const { part, spaced } = item;
    const takesSpace = spaced && !swallows && part.kind !== 'gap';
    const after = place;
    // An absent group takes the white space beside it along.
    const own =
      isMissable(part) && isFirst && !takesSpace
        ? placeOfPart(part, making, spaces(0, after))
        : placeOfPart(part, making, after);
    const whole = takesSpace ? spaces(making.isHan && !inWords ? 0 : 1, own) : own;
    place = isMissable(part) ? choice([whole, after]) : whole;
  }
  return place;
}

type Spacing = {
  readonly item: Item;
  readonly swallows: boolean;
  readonly isFirst: boolean;
  /** Between two Latin words, which are two words in a Chinese pattern as well. */
  readonly inWords: boolean;
};

/** Whether the white space before each item is taken by what stands before it, and whether all of that may be missing. */
function spacing(sequence: Sequence): Spacing[] {
  let isFirst = true;
  let swallows = false;
  return sequence.map((item, index) => {
    const { part, spaced } = item;
    const before = sequence[index - 1]?.part;
    const inWords = part.kind === 'text' && before?.kind === 'text' && isLatin(before.text + part.text);
    const own = { item, swallows, isFirst, inWords };
    const takesSpace = spaced && !swallows && part.kind !== 'gap';
    swallows = part.kind === 'gap' || (isMissable(part) && isFirst && !takesSpace);
    isFirst &&= isMissable(part);
    return own;
  });
}

function isMissable(part: Part): boolean {
  return part.kind === 'group' && part.optional;
}

const GAP_LONGEST = 30;
const STEM_LONGEST = 20;

function placeOfPart(part: Part, making: Making, next: Place): Place {
  switch (part.kind) {
    case 'text':
      return text(part.text, next);
    case 'gap': {
      const many = { least: 0, most: GAP_LONGEST, few: true };
      if (!making.hasWords) return repeated(anything, next, many);
      return where(endsWord, repeated(anything, where(beginsWord, next), many));
    }
    case 'stem':
      return repeated(STEM, next, { least: 0, most: STEM_LONGEST });
    case 'number':
      return number(next);
    case 'name':
      return text(nameIn(making.names, part.name) ?? '', next);
    case 'group': {
      const behind = meeting(next);
      return choice(part.options.map((option) => placeOf(option, making, behind)));
    }
  }
}

/** People set a space between Chinese and Latin letters, or do not. */
function text(words: string, next: Place): Place {
  return words.split(BORDER).reduceRight((place, piece, index) => {
    const own = literally(piece, place);
    return index === 0 ? own : repeated(SPACE, own, { least: 0, most: 1 });
  }, next);
}

function spaces(least: 0 | 1, next: Place): Place {
  // Folding leaves one of them; the second is for the end of a line.
  return repeated(SPACE, next, { least, most: 3 });
}

const DIGIT = /\d/;
const HAN_NUMBER = '零一二三四五六七八九十百千两几半';
const NUMBER_WORDS = 'one two three four five six seven eight nine ten twelve twenty thirty'.split(' ');

const SPACE = oneOf((unit) => /\s/.test(unit));
const DIGITS = oneOf((unit) => DIGIT.test(unit));
const POINT = oneOf((unit) => unit === '.' || unit === ',' || unit === ':');
const HAN_DIGITS = oneOf((unit) => HAN_NUMBER.includes(unit));
const STEM = oneOf((unit) => isLetter(unit.charCodeAt(0)) || unit === "'" || unit === '-');

function oneOf(holds: (unit: string) => boolean): Takes {
  return (words, at) => Number(at < words.length && holds(words.charAt(at)));
}

/** In digits, in Chinese numerals, or in a word. */
function number(next: Place): Place {
  let digits = next;
  for (let part = 0; part < 3; part += 1)
    digits = choice([one(POINT, repeated(DIGITS, digits, { least: 1, most: 6 })), next]);
  return choice([
    repeated(DIGITS, digits, { least: 1, most: 12 }),
    repeated(HAN_DIGITS, next, { least: 1, most: 6 }),
    ...NUMBER_WORDS.map((word) => literally(word, next)),
  ]);
}

/** Latin letters and digits: what words of a folded text are made of. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0xdf && code <= 0x24f);
}

const APOSTROPHE = 0x27;

/** Not inside a Latin word; `can` is not in `can’t`, but `department` is in `department’s`. */
function beginsWord(words: string, at: number): boolean {
  if (!isLetter(words.charCodeAt(at))) return true;
  const before = words.charCodeAt(at - 1);
  return !isLetter(before) && !(before === APOSTROPHE && isLetter(words.charCodeAt(at - 2)));
}

function endsWord(words: string, at: number): boolean {
  if (!isLetter(words.charCodeAt(at - 1))) return true;
  const code = words.charCodeAt(at);
  if (code !== APOSTROPHE) return !isLetter(code);
  const isGenitive = words.charAt(at + 1) === 's' && !isLetter(words.charCodeAt(at + 2));
  return isGenitive || !isLetter(words.charCodeAt(at + 1));
}

function isAtStart(words: string, at: number): boolean {
  return at <= 8 && NO_WORDS_BEFORE.test(words.slice(0, at));
}

function isAtEnd(words: string, at: number): boolean {
  return words.length - at <= 12 && NO_WORDS_BEHIND.test(words.slice(at));
}

const NO_WORDS_BEFORE = /^[^\p{L}\p{N}]{0,4}$/u;
const NO_WORDS_BEHIND = /^[^\p{L}\p{N}]{0,6}$/u;

/** A name as it stands in folded text; null while nobody knows it, or when it holds nothing that can be seen. */
function nameIn(names: Names, name: PatternName): string | null {
  return fold(names[name] ?? '').text.trim() || null;
}
