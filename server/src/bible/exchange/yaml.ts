/** Entries as YAML: a list of maps, under `phrases:` or `rules:` or by itself. Every value is a text; there are no aliases, types or tags. */
import type { Condition, Example } from '@fullname/shared/reader/rule';
import {
  Composer,
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type ParsedNode,
  Parser,
  stringify,
  type YAMLMap,
} from 'yaml';
import { Turns } from '../turns.ts';
import {
  type Fields,
  type FileKind,
  fieldsOf,
  type Problem,
  problem,
  type Row,
  type Sheet,
} from './fields.ts';

export function toYaml(kind: FileKind, rows: readonly Fields[]): string {
  const items = rows.map((row) => {
    const named = fieldsOf(kind).flatMap(({ name }): [string, unknown][] => {
      const value = row[name];
      const isEmpty =
        value === undefined || value === '' || (typeof value !== 'string' && value.length === 0);
      return isEmpty ? [] : [[name, typeof value === 'string' ? value : value.map(plainExample)]];
    });
    return Object.fromEntries(named);
  });
  return stringify({ [kind]: items }, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** An example that names no conditions is a text like any other. */
function plainExample(item: string | Example): unknown {
  if (typeof item === 'string') return item;
  return item.given ? { text: item.text, given: [...item.given] } : item.text;
}

/** Reads what toYaml writes, and what a person makes of it. */
export async function fromYaml(kind: FileKind, text: string): Promise<Sheet> {
  const root = await readYaml(text);
  if (typeof root === 'string') return { rows: [], problems: [problem(1, 'not-readable', root)] };
  const list = isMap(root) ? root.get(kind, true) : root;
  if (!isSeq(list)) return { rows: [], problems: [problem(1, 'missing-field', kind)] };
  const problems: Problem[] = [];
  const rows = list.items.flatMap((item, index): Row[] => {
    const row = index + 1;
    const fields = isMap(item) ? fieldsIn(kind, item) : null;
    if (fields && typeof fields !== 'string') return [{ row, fields }];
    problems.push(problem(row, fields === null ? 'not-readable' : 'unknown-value', fields ?? ''));
    return [];
  });
  return { rows, problems };
}

/** The fields of one entry; the name of the first that is none. */
function fieldsIn(kind: FileKind, map: YAMLMap): Fields | string {
  const known = fieldsOf(kind).map(({ name }) => name as string);
  const fields = new Map<string, Fields[string]>();
  for (const { key, value } of map.items) {
    const name = textOf(key) ?? '';
    if (!known.includes(name) || fields.has(name)) return name;
    const read = fieldOf(value);
    if (read === null) return name;
    fields.set(name, read);
  }
  return Object.fromEntries(fields);
}

function fieldOf(node: unknown): Fields[string] | null {
  if (node === null) return '';
  if (!isSeq(node)) return textOf(node);
  const items = node.items.map((item) => textOf(item) ?? exampleOf(item));
  return items.every((item) => item !== null) ? (items as Fields[string]) : null;
}

function exampleOf(node: unknown): Example | null {
  if (!isMap(node)) return null;
  const names = node.items.map(({ key }) => textOf(key));
  if (names.some((name) => name !== 'text' && name !== 'given')) return null;
  const text = textOf(node.get('text', true));
  const given: unknown = node.get('given', true) ?? null;
  if (given === null) return text === null ? null : { text };
  const conditions = isSeq(given) ? given.items.map(textOf) : [textOf(given)];
  if (text === null || conditions.some((condition) => condition === null)) return null;
  return { text, given: conditions as Condition[] };
}

export function textOf(node: unknown): string | null {
  return isScalar(node) && typeof node.value === 'string' ? node.value : null;
}

/** The first fault's text, or the one document that the text holds. Texts that would keep the relay busy are refused. */
export async function readYaml(text: string): Promise<ParsedNode | string> {
  const lines = new LineCounter();
  const tokens = await tokensOf(text, lines);
  if (typeof tokens === 'string') return tokens;
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const [document, more] = [...composer.compose(tokens)];
  if (!document?.contents) return 'empty';
  if (more) return '---';
  return faultOf(document, lines) ?? document.contents;
}

function faultOf({ errors: [error] }: Document.Parsed, lines: LineCounter): string | null {
  if (!error) return null;
  const { line, col } = lines.linePos(error.pos[0]);
  return `${error.message.replace(/\s+/g, ' ')} (${line}:${col})`;
}

/** The first fault of the text's shape, or all of its tokens. Reading them is most of the work, so it gives way. */
async function tokensOf(text: string, lines: LineCounter): Promise<CST.Token[] | string> {
  const shape = new Shape();
  const parser = new Parser(lines.addNewLine);
  const turns = new Turns();
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    const fault = shape.faultAt(lexeme);
    if (fault !== null) return fault;
    for (const token of parser.next(lexeme)) tokens.push(token);
    await turns.giveWay();
  }
  return [...tokens, ...parser.end()];
}

const DEPTH_MAX = 20;
const LEXEMES_MAX = 150_000;
const INDENT_MAX = 200;
/** The lexer's own sign before the text of a scalar. */
const TEXT_FOLLOWS = '\u001f';

/**
 * Nesting, anchors and aliases cost memory and time without bound, and none of them is needed here. The lexer tells them from
 * the same signs in texts, at a cost that grows with the length alone.
 */
class Shape {
  #flow = 0;
  #inLine = 0;
  #lexemes = 0;
  #isText = false;

  faultAt(lexeme: string): string | null {
    this.#lexemes += 1;
    if (this.#lexemes > LEXEMES_MAX) return 'size';
    const wasText = this.#isText;
    this.#isText = lexeme === TEXT_FOLLOWS;
    if (wasText) return null;
    const sign = lexeme.charAt(0);
    if (lexeme === '[' || lexeme === '{') this.#flow += 1;
    else if (lexeme === ']' || lexeme === '}') this.#flow -= 1;
    else if (lexeme === '-' || lexeme === '?') this.#inLine += 1;
    else if (sign === '\n' || sign === '\r') this.#inLine = 0;
    else if (sign === '*' || sign === '&' || sign === '!') return lexeme.slice(0, 40);
    if (this.#flow > DEPTH_MAX || this.#inLine > DEPTH_MAX) return 'nesting';
    return sign === ' ' && lexeme.length > INDENT_MAX ? 'indentation' : null;
  }
}
