/**
 * Vale's tokens are regular expressions; rules of the book have patterns, which say less and can hang nobody. What can be said
 * in both is turned into patterns here, and what cannot is named.
 */

/** Patterns for one token, and words that it was made to find. A `fault` names the part that no pattern can say. */
export type Turned =
  | { readonly patterns: readonly string[]; readonly words: string }
  | { readonly fault: string };

const VARIANTS_MAX = 12;
const TOKEN_MAX_LENGTH = 300;

/** `nonword`: Vale then finds it inside of words as well. */
export function turnToken(token: string, nonword: boolean): Turned {
  if (token.length > TOKEN_MAX_LENGTH) return { fault: token };
  try {
    const options = new TokenReader(token.replace(/^\(\?i\)/, '')).read();
    const variants = options.flatMap(variantsOf);
    if (variants.length === 0 || variants.length > VARIANTS_MAX) return { fault: token };
    const patterns = variants.map((variant) => patternOf(variant, nonword));
    if (patterns.some((pattern) => !/[\p{L}\p{N}{]/u.test(pattern))) return { fault: token };
    return { patterns: [...new Set(patterns)], words: wordsOf(variants[0] ?? []) };
  } catch (error) {
    if (error instanceof Unsupported) return { fault: error.message };
    throw error;
  }
}

class Unsupported extends Error {}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'space' | 'gap' | 'stem' | 'number' | 'edge' | 'start' | 'end' }
  /** One of these; `optional`: or nothing. With white space at an end of one it becomes several patterns. */
  | { readonly kind: 'choice'; readonly options: readonly Sequence[]; readonly optional?: boolean };
type Sequence = readonly Node[];

const DEPTH_MAX = 10;

class TokenReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What the token may be, each way by itself. */
  read(): readonly Sequence[] {
    const options = this.#options(0);
    if (this.#at < this.#text.length) throw new Unsupported(this.#text.slice(this.#at));
    return options;
  }

  #options(depth: number): readonly Sequence[] {
    if (depth > DEPTH_MAX) throw new Unsupported('(((');
    const options: Sequence[] = [];
    do options.push(this.#sequence(depth));
    while (this.#take('|'));
    return options;
  }

  #sequence(depth: number): Sequence {
    const nodes: Node[] = [];
    while (this.#at < this.#text.length && !'|)'.includes(this.#peek())) {
      nodes.push(this.#repeated(this.#at, this.#atom(depth)));
    }
    return nodes;
  }

  #atom(depth: number): Atom {
    const from = this.#at;
    const sign = this.#next();
    if (sign === '(') return this.#group(depth, from);
    if (sign === '[') return this.#class(from);
    if (sign === '\\') return this.#escaped(from);
    if (sign === '.') return { kind: 'any' };
    if (sign === '^') return { kind: 'start' };
    if (sign === '$') return { kind: 'end' };
    if ('*+?{'.includes(sign)) throw new Unsupported(this.#text.slice(from, this.#at));
    if (/\s/.test(sign)) return { kind: 'space' };
    // One whole character, also where it takes two code units.
    const whole = String.fromCodePoint(this.#text.codePointAt(from) ?? 0);
    this.#at = from + whole.length;
    return { kind: 'text', text: whole };
  }

  #group(depth: number, from: number): Node {
    if (this.#peek() === '?') {
      const opening = /^\?(?::|P?<[A-Za-z]\w*>)/.exec(this.#text.slice(this.#at));
      if (!opening) throw new Unsupported(this.#text.slice(from, this.#at + 3));
      this.#at += opening[0].length;
    }
    const options = this.#options(depth + 1);
    if (!this.#take(')')) throw new Unsupported(this.#text.slice(from));
    return { kind: 'choice', options };
  }

  #class(from: number): Atom {
    const end = this.#text.indexOf(']', this.#at + 1);
    const inside = this.#text.slice(this.#at, end);
    if (end < 0 || inside.startsWith('^') || inside.includes('['))
      throw new Unsupported(this.#text.slice(from, end + 1));
    this.#at = end + 1;
    if (/^(?:a-z|A-Z|\\w|0-9|['’-])+$/.test(inside) && /a-z|A-Z|\\w/.test(inside)) return { kind: 'letters' };
    if (inside === '0-9' || inside === '\\d') return { kind: 'digits' };
    const plain = inside.replace(/\\s/g, ' ').replace(/\\(.)/g, '$1');
    if (/.-./.test(inside.replace(/\\./g, 'x')) || /\\[A-Za-rt-z]/.test(inside))
      throw new Unsupported(this.#text.slice(from, this.#at));
    const signs = [...new Set([...plain].map((sign) => sign.toLowerCase()))];
    const options = signs.map(
      (sign): Sequence => [/\s/.test(sign) ? { kind: 'space' } : { kind: 'text', text: sign }],
    );
    return { kind: 'choice', options };
  }

  #escaped(from: number): Atom {
    const sign = this.#next();
    if (sign === 'b') return { kind: 'edge' };
    if (sign === 's') return { kind: 'space' };
    if (sign === 'w' || sign === 'S') return { kind: 'letters' };
    if (sign === 'd') return { kind: 'digits' };
    const code = sign === 'u' ? /^[0-9a-fA-F]{4}/.exec(this.#text.slice(this.#at)) : null;
    if (code) {
      this.#at += 4;
      return { kind: 'text', text: String.fromCharCode(Number.parseInt(code[0], 16)) };
    }
    if (sign === '' || /[A-Za-z0-9]/.test(sign)) throw new Unsupported(this.#text.slice(from, this.#at));
    return { kind: 'text', text: sign };
  }

  /** What follows says how often: a pattern knows once, maybe, and the few that have a sign of their own. */
  #repeated(from: number, atom: Atom): Node {
    const times = /^(?:[*+?]|\{\d*,?\d*\})\??/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += times.length;
    const often = times.replace(/(?<=.)\?$/, '');
    const node = repeat(atom, often);
    if (node) return node;
    throw new Unsupported(this.#text.slice(from, this.#at));
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }
  #next(): string {
    this.#at += 1;
    return this.#text.charAt(this.#at - 1);
  }
  #take(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    this.#at += 1;
    return true;
  }
}

type Atom = Node | { readonly kind: 'any' } | { readonly kind: 'letters' } | { readonly kind: 'digits' };

function repeat(atom: Atom, often: string): Node | null {
  const isMany = often === '+' || often === '*' || often.startsWith('{');
  if (atom.kind === 'any') return isMany ? { kind: 'gap' } : null;
  if (atom.kind === 'letters') return isMany ? { kind: 'stem' } : null;
  if (atom.kind === 'digits') return often === '?' ? null : { kind: 'number' };
  if (often === '') return atom;
  if (atom.kind === 'space' && often === '+') return atom;
  if (often === '?' || (atom.kind === 'space' && often === '*'))
    return { kind: 'choice', options: [[atom], []] };
  return null;
}

/** Every way through the choices that a pattern cannot make by itself. */
function variantsOf(sequence: Sequence): Sequence[] {
  let variants: Node[][] = [[]];
  for (const node of sequence) {
    const ways = node.kind === 'choice' ? waysOf(node.options) : [[node]];
    variants = variants.flatMap((variant) => ways.map((way) => [...variant, ...way]));
    if (variants.length > VARIANTS_MAX * 4) return [];
  }
  return variants;
}

function waysOf(options: readonly Sequence[]): Sequence[] {
  const ways = options.flatMap(variantsOf);
  const words = ways.filter((way) => way.length > 0);
  const isGroup = words.every((way) => way.every(isPlain)) && words.length > 0 && ways.length > 1;
  return isGroup ? [[{ kind: 'choice', options: words, optional: words.length < ways.length }]] : ways;
}

/** What may stand inside a bracket of a pattern: no white space at its ends, which the pattern would swallow. */
function isPlain(node: Node, at: number, all: Sequence): boolean {
  if (node.kind === 'edge' || node.kind === 'start' || node.kind === 'end') return false;
  return node.kind !== 'space' || (at > 0 && at < all.length - 1);
}

function patternOf(sequence: Sequence, nonword: boolean): string {
  const inner = sequence.filter(({ kind }) => kind !== 'edge' && kind !== 'start' && kind !== 'end');
  const text = inner.map(sourceOf).join('').replace(/ +/g, ' ').trim();
  if (!isAtEnds(sequence)) throw new Unsupported(text);
  const [first, last] = [sequence[0]?.kind, sequence[sequence.length - 1]?.kind];
  // Vale looks inside of words as well: then the rest of the word is anything.
  const before = nonword && /^[A-Za-z(]/.test(text) && first !== 'edge' && first !== 'start' ? '*' : '';
  const after = nonword && /[A-Za-z)]$/.test(text) && last !== 'edge' && last !== 'end' ? '*' : '';
  return `${first === 'start' ? '^' : ''}${before}${text}${after}${last === 'end' ? '$' : ''}`;
}

/** A border of words in the middle is where words end anyway; the ends of a sentence are only at the ends. */
function isAtEnds(sequence: Sequence): boolean {
  return sequence.every(
    ({ kind }, at) => (kind !== 'start' || at === 0) && (kind !== 'end' || at === sequence.length - 1),
  );
}

function sourceOf(node: Node): string {
  switch (node.kind) {
    case 'text':
      return node.text.replace(/[()|?*#…{}^$\\（）｜.]/g, (sign) => (sign === '.' ? '\\.' : `\\${sign}`));
    case 'space':
      return ' ';
    case 'gap':
      return '…';
    case 'stem':
      return '*';
    case 'number':
      return '#';
    case 'choice':
      return `(${node.options.map((option) => option.map(sourceOf).join('')).join('|')})${node.optional ? '?' : ''}`;
    default:
      return '';
  }
}

/** Words that the token finds, the first of every choice. */
function wordsOf(sequence: Sequence): string {
  const words = sequence.map((node, at): string => {
    if (node.kind === 'text') return node.text;
    if (node.kind === 'space' || node.kind === 'gap') return ' ';
    if (node.kind === 'number') return '7';
    if (node.kind === 'choice') return wordsOf(node.options[0] ?? []);
    const isWhole = node.kind === 'stem' && isBorder(sequence[at - 1]) && isBorder(sequence[at + 1]);
    return isWhole ? 'something' : '';
  });
  return words.join('').replace(/\s+/g, ' ').trim();
}

function isBorder(node: Node | undefined): boolean {
  return node === undefined || node.kind === 'space' || node.kind === 'edge' || node.kind === 'gap';
}
