/** Purchases and failures from a CSV file, in the same shape as other systems send them. */
import { FILE_ROWS_MAX, type RowProblem, type RowsImport, type RowsReport } from '@fullname/shared/customers';
import { readCsv, unguard } from '../csv.ts';
import type { Db } from '../store/db.ts';
import { FIELDS, type Kind } from './rows.ts';
import { type Taken, takeRows } from './take-rows.ts';

/**
 * Takes the rows of a file that hold. A customer is named by the columns `site` and `subject`, or `customer` (our id). A row
 * without an id of its own gets one from the request's id and its number. A retry stores nothing twice: what is here
 * already is counted as `same`. `dryRun` changes nothing.
 */
export async function importFile(
  db: Db,
  request: RowsImport,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<{ readonly report: RowsReport } & Omit<Taken, 'answer'>> {
  const { rows, problems } = rowsIn(request);
  const { answer, ...changed } = await takeRows(db, {
    ...{ kind: request.kind, rows, sender: { name: 'file', by }, now },
    dryRun: request.dryRun === true,
  });
  const all = [...problems, ...answer.problems].sort((a, b) => a.row - b.row);
  return { report: { added: answer.added, same: answer.same, problems: all }, ...changed };
}

type Sheet = {
  readonly rows: readonly { readonly row: number; readonly value: unknown }[];
  readonly problems: readonly RowProblem[];
};

function rowsIn({ id, kind, text }: RowsImport): Sheet {
  const { records, broken } = readCsv(text);
  const [head, ...rest] = records;
  if (!head) return { rows: [], problems: [{ row: 1, code: 'not-readable', what: broken ?? '' }] };
  const columns = head.map((name) => columnOf(kind, name));
  const stray = head.find((name, at) => columns[at] === undefined && name.trim() !== '');
  if (stray !== undefined)
    return { rows: [], problems: [{ row: 1, code: 'unknown-field', what: stray.slice(0, 200) }] };
  const problems: RowProblem[] = [];
  if (broken !== null)
    problems.push({ row: rest.length + 1, code: 'not-readable', what: broken.slice(0, 200) });
  if (rest.length >= FILE_ROWS_MAX)
    problems.push({ row: FILE_ROWS_MAX, code: 'too-long', what: `> ${FILE_ROWS_MAX - 1}` });
  const rows = rest.slice(0, FILE_ROWS_MAX - 1).flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const row = index + 1;
    const excess = cells.find((cell, at) => columns[at] === undefined && cell.trim() !== '');
    if (excess === undefined) return [{ row, value: rowOf(cells, columns, `${id} ${row}`) }];
    problems.push({ row, code: 'unknown-field', what: excess.slice(0, 200) });
    return [];
  });
  return { rows, problems };
}

function columnOf(kind: Kind, name: string): string | undefined {
  // `cause_note` and `Cause note` are `causeNote`.
  const wanted = unguard(name)
    .replace(/[\s_-]/g, '')
    .toLowerCase();
  return [...FIELDS[kind], 'site', 'subject'].find((field) => field.toLowerCase() === wanted);
}

/** A row as JSON would say it: an empty cell is a field that was left out. */
function rowOf(cells: readonly string[], columns: readonly (string | undefined)[], id: string): unknown {
  const found = columns.flatMap((column, at): [string, string][] => {
    const cell = unguard(cells[at] ?? '').trim();
    return column === undefined || cell === '' ? [] : [[column, cell]];
  });
  const { customer, site, subject, ...fields } = Object.fromEntries(found);
  const named = customer !== undefined || site !== undefined || subject !== undefined;
  return {
    id,
    ...Object.fromEntries(Object.entries(fields).map(([name, cell]) => [name, asJson(name, cell)])),
    ...(named && {
      customer: {
        ...(customer !== undefined && { id: customer }),
        ...(site !== undefined && { site }),
        ...(subject !== undefined && { subject }),
      },
    }),
  };
}

const NUMBERS = ['amount', 'cost', 'disputed', 'load'];
const ANSWERS = ['irreplaceable', 'restored'];
const YES = ['true', 'yes', '1', '是'];
const NO = ['false', 'no', '0', '否'];

/** As JSON would have it; what is neither stays as it is, and is told of. */
function asJson(name: string, cell: string): unknown {
  if (NUMBERS.includes(name)) return /^\d{1,12}(\.\d{1,6})?$/.test(cell) ? Number(cell) : cell;
  if (!ANSWERS.includes(name)) return cell;
  const answer = cell.toLowerCase();
  return YES.includes(answer) ? true : NO.includes(answer) ? false : cell;
}
