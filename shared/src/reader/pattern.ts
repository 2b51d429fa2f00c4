/**
 * The pattern language of rules: words, `(a|b)`, `(a)?`, `…`, `*`, `#`, `^`, `$`, `{agent.given}`. docs/bible.md explains it to people.
 * It has no repetition, and what it may vary is bounded, so that no pattern that anybody proposes can hang a composer or the relay.
 */
import { fold } from './fold.ts';

export const PATTERN_NAMES = ['agent.given', 'agent.family', 'agent.fullName', 'customer.name'] as const;
export type PatternName = (typeof PATTERN_NAMES)[number];
export type Names = { readonly [Name in PatternName]: string | null };

export type PatternProblem = {
  readonly at: number;
  readonly code: 'empty' | 'unclosed' | 'stray' | 'too-long' | 'too-wide' | 'no-words';
};

/** Ready to be looked for: `needles` are words of which each match holds at least one; `find` gives it names to run. */
export type Pattern = {
  readonly needles: readonly string[];
  /** True when it speaks of somebody's name: then `needles` are no words of the text, and it is made anew for each conversation. */
  readonly isNamed: boolean;
  /** A global expression over one folded sentence; null where a name it needs is unknown. */
  readonly expressionFor: (names: Names) => RegExp | null;
};

export const PATTERN_MAX_LENGTH = 300;
const GAPS_MAX = 2;
const STEMS_MAX = 4;
const GROUPS_MAX = 10;

/** What is wrong with a pattern, and where; null when it can be read. */
export function patternProblem(pattern: string): PatternProblem | null {
  const parsed = parse(pattern);
  return 'code' in parsed ? parsed : null;
}

/** Null for what `patternProblem` finds fault with. */
export function compilePattern(text: string): Pattern | null {
  const parsed = parse(text);
  if ('code' in parsed) return null;
  let source = '';
  let expression: RegExp | undefined;
  return {
    needles: needlesOf(parsed.sequence) ?? [],
    isNamed: parsed.names.length > 0,
    expressionFor(names) {
      if (parsed.names.some((name) => !names[name])) return null;
      // Made when first needed: most patterns of a book never meet their words.
      const key = parsed.names.map((name) => names[name]).join('\n');
      if (!expression || key !== source) expression = new RegExp(expressionOf(parsed, names), 'gu');
      source = key;
      return expression;
    },
  };
}

// ── Reading the text ────────────────────────────────────────────────────────

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gap' | 'stem' | 'number' }
  | { readonly kind: 'name'; readonly name: PatternName }
  | { readonly kind: 'group'; readonly options: readonly Sequence[]; readonly optional: boolean };
/** `spaced`: there is white space before it. */
type Item = { readonly part: Part; readonly spaced: boolean };
type Sequence = readonly Item[];
type Parsed = {
  readonly sequence: Sequence;
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly names: readonly PatternName[];
  readonly isHan: boolean;
  /** Without Latin letters or digits there are no word ends to look for. */
  readonly hasWords: boolean;
};

const SIGNS = '()|?*#…{}^$\\';

function parse(pattern: string): Parsed | PatternProblem {
  if (pattern.trim() === '') return { at: 0, code: 'empty' };
  if (pattern.length > PATTERN_MAX_LENGTH) return { at: PATTERN_MAX_LENGTH, code: 'too-long' };
  const cursor = new Cursor(pattern);
  cursor.skipSpace();
  const atStart = cursor.take('^');
  const sequence = readSequence(cursor, 0);
  if (cursor.problem) return cursor.problem;
  const end = cursor.at;
  const atEnd = cursor.take('$');
  cursor.skipSpace();
  if (!cursor.isDone()) return { at: Math.min(end, cursor.at), code: 'stray' };
  const { gap, stem, group } = cursor.counts;
  if (gap > GAPS_MAX || stem > STEMS_MAX || group > GROUPS_MAX) return { at: 0, code: 'too-wide' };
  const names = cursor.names;
  if (!needlesOf(sequence)) return { at: 0, code: 'no-words' };
  const isHan = /\p{Script=Han}/u.test(pattern);
  const hasWords = !isHan || /[a-z\d*#{]/i.test(pattern);
  return { sequence, atStart, atEnd, names, isHan, hasWords };
}

class Cursor {
  at = 0;
  problem: PatternProblem | null = null;
  readonly names: PatternName[] = [];
  readonly counts = { gap: 0, stem: 0, group: 0 };
  readonly #text: string;

  constructor(text: string) {
    this.#text = text
      .replaceAll('...', '…')
      .replaceAll('（', '(')
      .replaceAll('）', ')')
      .replaceAll('｜', '|');
  }
  isDone(): boolean {
    return this.at >= this.#text.length;
  }
  peek(): string {
    return this.#text.charAt(this.at);
  }
  next(): string {
    this.at += 1;
    return this.#text.charAt(this.at - 1);
  }
  take(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.at += 1;
    return true;
  }
  skipSpace(): boolean {
    const before = this.at;
    while (/\s/.test(this.peek())) this.at += 1;
    return this.at > before;
  }
  /** What stands before the next `}`; null without one. */
  braced(): string | null {
    const end = this.#text.indexOf('}', this.at);
    if (end < 0) return null;
    const inside = this.#text.slice(this.at, end).trim();
    this.at = end + 1;
    return inside;
  }
  fail(code: PatternProblem['code'], at = this.at): void {
    this.problem ??= { at, code };
  }
}

function readSequence(cursor: Cursor, depth: number): Sequence {
  const items: Item[] = [];
  let spaced = cursor.skipSpace() && depth > 0;
  while (!cursor.isDone() && !cursor.problem) {
    const sign = cursor.peek();
    if (sign === '|' || sign === ')' || (sign === '$' && depth === 0)) break;
    const part = readPart(cursor, depth);
    if (part) items.push({ part, spaced });
    spaced = cursor.skipSpace();
  }
  // White space at the end of a group belongs to what follows it only when the group is there.
  if (spaced && depth > 0 && items.length > 0) items.push({ part: { kind: 'text', text: '' }, spaced: true });
  return items;
}

function readPart(cursor: Cursor, depth: number): Part | null {
  const start = cursor.at;
  const sign = cursor.peek();
  if (!SIGNS.includes(sign) || sign === '\\') return readText(cursor);
  cursor.next();
  if (sign === '(') return readGroup(cursor, { depth, start });
  if (sign === '{') return readName(cursor, start);
  if (sign === '…') return count(cursor, 'gap');
  if (sign === '*') return count(cursor, 'stem');
  if (sign === '#') return { kind: 'number' };
  cursor.fail('stray', start);
  return null;
}

function count(cursor: Cursor, kind: 'gap' | 'stem'): Part {
  cursor.counts[kind] += 1;
  return { kind };
}

function readText(cursor: Cursor): Part {
  let text = '';
  while (!cursor.isDone()) {
    const sign = cursor.peek();
    if (/\s/.test(sign) || (SIGNS.includes(sign) && sign !== '\\')) break;
    cursor.next();
    // Before white space it says nothing.
    text += sign !== '\\' ? sign : /\s/.test(cursor.peek()) ? '' : cursor.next();
  }
  return { kind: 'text', text: fold(text).text };
}

function readGroup(cursor: Cursor, { depth, start }: { depth: number; start: number }): Part | null {
  const options: Sequence[] = [];
  do options.push(readSequence(cursor, depth + 1));
  while (!cursor.problem && cursor.take('|'));
  if (cursor.problem) return null;
  if (!cursor.take(')')) cursor.fail('unclosed', start);
  const optional = cursor.take('?');
  if (options.some((option) => option.length === 0)) cursor.fail('empty', start);
  if (optional || options.length > 1) cursor.counts.group += 1;
  return { kind: 'group', options, optional };
}

function readName(cursor: Cursor, start: number): Part | null {
  const inside = cursor.braced();
  const name = PATTERN_NAMES.find((known) => known === inside);
  if (!name) {
    cursor.fail(inside === null ? 'unclosed' : 'stray', start);
    return null;
  }
  cursor.names.push(name);
  return { kind: 'name', name };
}

// ── Making the expression ───────────────────────────────────────────────────

/** Ranges, since Unicode properties make an expression many times slower to make. */
const LETTER = '[a-z\\d\\u00df-\\u024f]';
/** Not inside a Latin word; `can` is not in `can’t`, but `department` is in `department’s`. */
const WORD_START = `(?:(?<!${LETTER}|${LETTER}')|(?!${LETTER}))`;
const WORD_END = `(?:(?<!${LETTER})|(?!${LETTER}|'(?!s(?!${LETTER}))${LETTER}))`;
const ANYTHING = '.{0,30}?';
const GAP = WORD_END + ANYTHING + WORD_START;
const STEM = `[a-z\\d\\u00df-\\u024f'-]{0,20}`;
const NUMBER =
  '(?:\\d{1,12}(?:[.,:]\\d{1,6}){0,3}|[零一二三四五六七八九十百千两几半]{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)';
const NO_WORD = '[^\\p{L}\\p{N}]';

function expressionOf({ sequence, atStart, atEnd, isHan, hasWords }: Parsed, names: Names): string {
  const start = atStart ? `(?<=^${NO_WORD}{0,4})` : '';
  const end = atEnd ? `(?=${NO_WORD}{0,6}$)` : '';
  const making: Making = { names, space: isHan ? '\\s*' : '\\s+', gap: hasWords ? GAP : ANYTHING };
  const source = sourceOf(sequence, making);
  return start + (hasWords ? WORD_START + source + WORD_END : source) + end;
}

type Making = { readonly names: Names; readonly space: string; readonly gap: string };

function sourceOf(sequence: Sequence, making: Making): string {
  let source = '';
  let bare = true;
  let swallow = false;
  for (const { part, spaced } of sequence) {
    const space: string = spaced && !swallow && part.kind !== 'gap' ? making.space : '';
    const own = sourceOfPart(part, making);
    const isMissable = part.kind === 'group' && part.optional;
    // An absent group takes the white space beside it along.
    if (!isMissable) source += space + own;
    else if (bare && space === '') source += `(?:${own}${making.space.replace('+', '*')})?`;
    else source += `(?:${space}${own})?`;
    swallow = part.kind === 'gap' || (isMissable && bare && space === '');
    bare &&= isMissable;
  }
  return source;
}

function sourceOfPart(part: Part, making: Making): string {
  switch (part.kind) {
    case 'text':
      return literal(part.text);
    case 'gap':
      return making.gap;
    case 'stem':
      return STEM;
    case 'number':
      return NUMBER;
    case 'name':
      return literal(fold(making.names[part.name] ?? '').text);
    case 'group':
      return `(?:${part.options.map((option) => sourceOf(option, making)).join('|')})`;
  }
}

const BORDER = /(?<=\p{Script=Han})(?=[a-z\d])|(?<=[a-z\d])(?=\p{Script=Han})/u;

/** People set a space between Chinese and Latin letters, or do not. */
function literal(text: string): string {
  return text
    .split(BORDER)
    .map((piece) => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('\\s?');
}

/** Words of which every match holds one: the longest such set. Null when nothing is certain to be there. */
function needlesOf(sequence: Sequence): string[] | null {
  let best: string[] | null = null;
  for (const part of joined(sequence)) {
    const found = needlesOfPart(part);
    if (found && (!best || shortest(found) > shortest(best))) best = found;
  }
  return best;
}

/** Latin words in a row are one needle, since folded text has single spaces; between Chinese ones there may be none. */
function joined(sequence: Sequence): Part[] {
  const parts: Part[] = [];
  for (const { part } of sequence) {
    const before = parts.at(-1);
    if (before?.kind === 'text' && part.kind === 'text' && isLatin(before.text + part.text))
      parts[parts.length - 1] = { kind: 'text', text: `${before.text} ${part.text}`.trim() };
    else parts.push(part);
  }
  return parts;
}

function isLatin(text: string): boolean {
  return !/\p{Script=Han}/u.test(text);
}

function needlesOfPart(part: Part): string[] | null {
  if (part.kind === 'text') {
    const longest = part.text.split(BORDER).reduce((a, b) => (b.length > a.length ? b : a), '');
    return /[\p{L}\p{N}]/u.test(longest) ? [longest] : null;
  }
  if (part.kind === 'name') return [part.name];
  if (part.kind !== 'group' || part.optional) return null;
  const all = part.options.map(needlesOf);
  return all.every((one) => one !== null) ? all.flat() : null;
}

function shortest(words: readonly string[]): number {
  return Math.min(...words.map((word) => word.length));
}
