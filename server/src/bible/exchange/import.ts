/**
 * A file of entries becomes proposals (an owner's: accepted ones), one for each row that adds or changes something. Rows that
 * do not hold are told by number, and the others are taken all the same.
 */
import type { ImportReport, ImportRequest, PhraseBody } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { RelayError } from '../../relay-error.ts';
import { insertChanges, type NewChange, readChangesById, readPendingBodies } from '../../store/bible.ts';
import type { Db } from '../../store/db.ts';
import { readPhrases } from '../../store/phrases.ts';
import { readRuleRows } from '../../store/rules.ts';
import { type BookAuthor, type Written, writeBook } from '../book.ts';
import { idFor, requireRoom, sameBody, sameText } from '../entries.ts';
import { toPhraseBody } from '../phrases.ts';
import { Turns } from '../turns.ts';
import { fromCsv } from './csv.ts';
import { type Entry, entryOf, type Problem, problem, type Sheet } from './fields.ts';
import { fromVale } from './vale.ts';
import { fromYaml } from './yaml.ts';

/** More rows than this are not read; an import can be made in parts. */
export const IMPORT_ROWS_MAX = 1_000;
/** Whoever has more than these mends the first ones first. */
const PROBLEMS_MAX = 1_000;

/**
 * Imports a file under the client's id. Each row's proposal has an id made of that and its row, so that a retry proposes
 * nothing twice and gives the same report; another file under the same id is a CONFLICT. A row names its entry by id, or
 * a rule by its key; otherwise it adds one, unless an entry or a proposal has the same words. `dryRun` changes nothing.
 */
export async function importBook(
  db: Db,
  request: ImportRequest,
  by: BookAuthor,
): Promise<Written<ImportReport>> {
  const { entries, problems } = await check(request);
  if (request.dryRun) {
    const { report } = await compare(db, { request, entries, problems });
    return { value: report, now: null };
  }
  return writeBook(db, async (tx) => {
    const { report, fresh } = await compare(tx, { request, entries, problems });
    const decided = by.role === 'owner' ? { state: 'accepted' as const, decidedBy: by.id } : {};
    await requireRoom(
      tx,
      fresh.map(({ body }) => body),
    );
    // Two changes of one entry are not accepted together: the later one waits.
    const rows = fresh.map(({ waits, ...change }) => ({ ...change, by: by.id, ...(!waits && decided) }));
    await insertChanges(tx, rows);
    return { value: report, changed: fresh.length > 0 };
  });
}

type Checked = { readonly entries: readonly Entry[]; readonly problems: readonly Problem[] };

async function check(request: ImportRequest): Promise<Checked> {
  if (request.format === 'vale' && request.kind !== 'rules') throw new RelayError('INVALID_PAYLOAD');
  const kind = request.kind;
  const sheet = await sheetOf(request);
  const turns = new Turns();
  const entries: Entry[] = [];
  const problems: Problem[] = [...sheet.problems];
  for (const [index, row] of sheet.rows.entries()) {
    if (index === IMPORT_ROWS_MAX) {
      problems.push(problem(row.row, 'too-long', `${sheet.rows.length} > ${IMPORT_ROWS_MAX}`));
      break;
    }
    await turns.giveWay();
    const checked = await entryOf(kind, row, request.locale);
    if ('entry' in checked) entries.push(checked.entry);
    else problems.push(...checked.problems);
  }
  return { entries, problems: problems.sort((a, b) => a.row - b.row) };
}

async function sheetOf({ kind, format, text, locale }: ImportRequest): Promise<Sheet> {
  if (format === 'csv') return fromCsv(kind, text);
  return format === 'yaml' ? fromYaml(kind, text) : fromVale(text, locale);
}

type Fresh = NewChange & { readonly waits: boolean };
type Compared = { readonly report: ImportReport; readonly fresh: readonly Fresh[] };

/** What the rows would do to the book as it stands. */
async function compare(
  db: Db,
  { request, entries, problems }: Checked & { request: ImportRequest },
): Promise<Compared> {
  const kind = request.kind === 'phrases' ? 'phrase' : 'rule';
  const book = kind === 'phrase' ? await phrasesIn(db) : await rulesIn(db);
  const pending = await readPendingBodies(db, kind);
  const ids = entries.map((entry) => idFor(`${request.id} ${entry.row}`));
  const before = new Map((await readChangesById(db, ids)).map((row) => [row.id, row]));
  const known = new Set([...book.values(), ...pending].map(({ body }) => sameText(body)));
  const accepted = new Set(pending.filter(({ state }) => state === 'accepted').map(({ target }) => target));
  const count = { added: 0, changed: 0, same: 0 };
  const faults: Problem[] = [...problems];
  const fresh: Fresh[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const id = ids[index] ?? '';
    const again = before.get(id);
    if (again && !sameBody(again.body, entry.body)) throw new RelayError('CONFLICT');
    const standing = again ? undefined : (book.get(entry.id ?? '') ?? byKey(book, entry));
    const target = again ? again.target : (standing?.id ?? null);
    if (target !== null && seen.has(target)) {
      faults.push(problem(entry.row, 'unknown-value', `id: ${target}`));
      continue;
    }
    if (target !== null) seen.add(target);
    if (!again && standing && standing.body.locale !== entry.body.locale) {
      faults.push(problem(entry.row, 'unknown-value', `locale: ${entry.body.locale}`));
      continue;
    }
    if (!again && known.has(sameText(entry.body))) {
      count.same += 1;
      continue;
    }
    known.add(sameText(entry.body));
    count[target === null ? 'added' : 'changed'] += 1;
    if (again) continue;
    const { body } = entry;
    const content = {
      id,
      kind: entry.kind,
      target,
      body,
      before: standing?.body ?? null,
      locale: body.locale,
    };
    fresh.push({ ...content, waits: target !== null && accepted.has(target) });
  }
  const told = faults.sort((a, b) => a.row - b.row).slice(0, PROBLEMS_MAX);
  return { report: { ...count, problems: told }, fresh };
}

type Standing = { readonly id: string; readonly key: string | null; readonly body: PhraseBody | RuleBody };

async function phrasesIn(db: Db): Promise<Map<string, Standing>> {
  const rows = await readPhrases(db, undefined);
  return new Map(rows.map((row) => [row.id, { id: row.id, key: null, body: toPhraseBody(row) }]));
}

async function rulesIn(db: Db): Promise<Map<string, Standing>> {
  const rows = await readRuleRows(db, undefined);
  return new Map(rows.map(({ id, key, body }) => [id, { id, key, body }]));
}

function byKey(book: ReadonlyMap<string, Standing>, { key, body }: Entry): Standing | undefined {
  if (key === null) return undefined;
  return [...book.values()].find((one) => one.key === key && one.body.locale === body.locale);
}
