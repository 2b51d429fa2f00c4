/** Reads the text of a pattern: what it says, or what is wrong with it and where. pattern.ts makes it run. */
import { fold } from './fold.ts';
import { needlesOf } from './pattern-needles.ts';

export const PATTERN_NAMES = ['agent.given', 'agent.family', 'agent.fullName', 'customer.name'] as const;
export type PatternName = (typeof PATTERN_NAMES)[number];

export type PatternProblem = {
  readonly at: number;
  readonly code: 'empty' | 'unclosed' | 'stray' | 'too-long' | 'too-wide' | 'no-words';
};

export const PATTERN_MAX_LENGTH = 300;
const GAPS_MAX = 2;
const STEMS_MAX = 4;
const NUMBERS_MAX = 4;
const GROUPS_MAX = 10;

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gap' | 'stem' | 'number' }
  | { readonly kind: 'name'; readonly name: PatternName }
  | { readonly kind: 'group'; readonly options: readonly Sequence[]; readonly optional: boolean };
/** `spaced`: there is white space before it. */
export type Item = { readonly part: Part; readonly spaced: boolean };
export type Sequence = readonly Item[];
export type Parsed = {
  readonly sequence: Sequence;
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly names: readonly PatternName[];
  readonly isHan: boolean;
  /** Without Latin letters or digits there are no word ends to look for. */
  readonly hasWords: boolean;
};

const SIGNS = '()|?*#…{}^$\\';

export function parse(pattern: string): Parsed | PatternProblem {
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
  const { gap, stem, number, group } = cursor.counts;
  if (gap > GAPS_MAX || stem > STEMS_MAX || number > NUMBERS_MAX || group > GROUPS_MAX)
    return { at: 0, code: 'too-wide' };
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
  readonly counts = { gap: 0, stem: 0, number: 0, group: 0 };
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
  if (sign === '#') return count(cursor, 'number');
  cursor.fail('stray', start);
  return null;
}

function count(cursor: Cursor, kind: 'gap' | 'stem' | 'number'): Part {
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
