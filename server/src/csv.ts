/** What comes out of a spreadsheet, and goes into one: any of three delimiters, byte order mark or none, and no cell that runs as a formula. */
import { parse } from 'csv-parse/sync';

/** Empty rows count here as well; who reads says how many are taken. */
const RECORDS_MAX = 5_001;

export type Records = { readonly records: readonly string[][]; readonly broken: string | null };

/** The records up to the first that cannot be read (`broken`): a quote that is never closed swallows all that follows. */
export function readCsv(text: string): Records {
  const table = text.replace(SEPARATOR_LINE, '');
  const records: string[][] = [];
  try {
    parse(table, {
      bom: true,
      delimiter: delimiterOf(table),
      relax_column_count: true,
      to: RECORDS_MAX,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
    return { records, broken: null };
  } catch (error) {
    return { records, broken: error instanceof Error ? error.message : String(error) };
  }
}

/** Spreadsheets in many countries save with semicolons or tabs; the names of the columns hold none of the three. */
function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => head.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Excel's own first line, which says how the cells are parted. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=."?(?:\r\n?|\n)/i;

const FORMULA = /^'*[=+\-@＝＋－＠\t\r]/;
const GUARDED = /^'+[=+\-@＝＋－＠\t\r]/;

/** A cell that a spreadsheet would run as a formula begins with ' instead. */
export function guard(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

export function unguard(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
