/**
 * Entries in a spreadsheet: one row an entry. A cell that holds several texts has one on each line, so that they can be edited
 * in place; a line break inside a text is written \n there. Cells that a spreadsheet would run as a formula begin with '.
 */
import type { Condition, Example } from '@fullname/shared/reader/rule';
import { stringify } from 'csv-stringify/sync';
import { guard, readCsv, unguard } from '../../csv.ts';
import {
  type Fields,
  type FileKind,
  fieldsOf,
  type Problem,
  problem,
  type Row,
  type Sheet,
} from './fields.ts';

/** With a byte order mark, without which Excel reads it in the wrong encoding, CRLF, and every cell in quotes. */
export function toCsv(kind: FileKind, rows: readonly Fields[]): string {
  const fields = fieldsOf(kind);
  const cells = rows.map((row) => fields.map(({ name }) => guard(cellOf(row[name] ?? '', name))));
  return stringify([fields.map(({ name }) => name), ...cells], {
    bom: true,
    quoted: true,
    quoted_empty: true,
    record_delimiter: 'windows',
  });
}

/** Reads what toCsv writes and what spreadsheets make of it: any of the three delimiters, columns in any order, some left out. */
export function fromCsv(kind: FileKind, text: string): Sheet {
  const { records, broken } = readCsv(text);
  const [head, ...rest] = records;
  if (!head) return { rows: [], problems: [problem(1, 'not-readable', broken ?? '')] };
  const names = head.slice(0, COLUMNS_MAX);
  const columns = names.map((name) => columnOf(kind, name));
  const stray = names.find(
    (name, at) => name.trim() !== '' && (!columns[at] || columns.indexOf(columns[at]) < at),
  );
  if (stray !== undefined) return { rows: [], problems: [problem(1, 'unknown-value', stray)] };
  const problems: Problem[] = [];
  const rows = rest.flatMap((cells, index): Row[] => {
    const row = index + 1;
    if (cells.every((cell) => cell.trim() === '')) return [];
    const excess = cells.findIndex((cell, at) => !columns[at] && cell.trim() !== '');
    if (excess >= 0) problems.push(problem(row, 'unknown-value', cells[excess] ?? ''));
    return excess >= 0 ? [] : [{ row, fields: fieldsIn(cells, columns) }];
  });
  if (broken !== null) problems.push(problem(rest.length + 1, 'not-readable', broken));
  return { rows, problems };
}

/** Spreadsheets save empty columns as well; beyond these, none has a name. */
const COLUMNS_MAX = 100;

type Column = ReturnType<typeof fieldsOf>[number];

function columnOf(kind: FileKind, name: string): Column | undefined {
  const wanted = unguard(name).trim().toLowerCase();
  return fieldsOf(kind).find((field) => field.name.toLowerCase() === wanted);
}

function fieldsIn(cells: readonly string[], columns: readonly (Column | undefined)[]): Fields {
  const found = columns.flatMap((column, at): [string, Fields[string]][] => {
    const cell = unguard(cells[at] ?? '').replace(/\r\n?/g, '\n');
    return column && cell.trim() !== '' ? [[column.name, fieldOf(cell, column)]] : [];
  });
  return Object.fromEntries(found);
}

function fieldOf(cell: string, { kind }: Column): Fields[string] {
  if (kind === 'text' || kind === 'name') return cell;
  const lines = cell
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (kind === 'examples') return lines.map(exampleIn);
  return kind === 'texts' ? lines.map(unescapeBreaks) : lines;
}

function cellOf(value: Fields[string], name: string): string {
  if (typeof value === 'string') return value;
  const isList = name === 'finds' || name === 'except';
  const lines = value.map((item) => {
    if (typeof item !== 'string') return exampleLine(item);
    return isList ? item : escapeBreaks(item);
  });
  return lines.join('\n');
}

/** `[hurry, open-failure] Words.`; `[] Words.` for none at all; words that begin with a bracket have a backslash before it. */
function exampleLine({ text, given }: Example): string {
  const words = escapeBreaks(text);
  if (given) return `[${given.join(', ')}] ${words}`;
  return /^\\*\[/.test(words) ? `\\${words}` : words;
}

function exampleIn(line: string): Example {
  const [prefix, inside = ''] = /^\[([^\]]*)\]\s*/.exec(line) ?? [];
  if (prefix === undefined) return { text: unescapeBreaks(/^\\+\[/.test(line) ? line.slice(1) : line) };
  const given = inside
    .split(/[,，、]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return { text: unescapeBreaks(line.slice(prefix.length)), given: given as Condition[] };
}

/** A backslash is doubled only where it could be taken for one of these two. */
function escapeBreaks(text: string): string {
  return text.replace(/\\(?=[\\n\n]|$)/g, '\\\\').replaceAll('\n', '\\n');
}

function unescapeBreaks(text: string): string {
  return text.replace(/\\([\\n])/g, (_, sign: string) => (sign === 'n' ? '\n' : '\\'));
}
