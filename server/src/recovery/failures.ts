/**
 * What went wrong: the record, made while it is warm. The relay adds what nobody need type, takes quotes from the log, and
 * keeps the order: what they want before any offer, the cause after the mending. Every edit is kept.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Failure, FailureStage } from '@fullname/shared/model';
import type {
  FailureChange,
  FailureDraft,
  FailureEdit,
  FailureFields,
  Money,
  Quote,
} from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { insertEdit, readEdit, readEdits, readOriginals, readQuotes } from '../store/failure-edits.ts';
import { iso } from '../store/log.ts';
import {
  type FailureFacts,
  type FailureRow,
  isoOrNull,
  lockFailure,
  type Names,
  readFailure,
  storeFailure,
  type Whose,
  writeChecks,
  writeFailure,
} from '../store/recovery.ts';
import { isMended } from './stages.ts';

/** What the relay knows at that minute and the agent need not type. `load` as in `Failure`; `by` is the author; `now` in milliseconds. */
export type FailureContext = {
  readonly customer: string | null;
  readonly by: string;
  readonly ally: string | null;
  readonly load: number | null;
  readonly onShift: readonly string[];
  readonly now: number;
};

/** Two machines' clocks are never quite the same, and some write the local time as UTC. */
const AHEAD_MS = 24 * 60 * 60 * 1_000;
const EDITS_MAX = 200;

/**
 * Records a failure under the id of its draft. The author's retry gets the row, also when it was edited since; an id that
 * was used by somebody else, or for other words, is a CONFLICT. Throws UNKNOWN for quotes that are no words of this
 * visitor's, WANTS_FIRST, FIX_FIRST, and INVALID_PAYLOAD for a time that has not come.
 */
export async function logFailure(
  tx: Db,
  draft: FailureDraft,
  context: FailureContext,
): Promise<{ readonly row: FailureRow; readonly what: string }> {
  const fields = await fieldsOfDraft(tx, draft, context.now);
  requireOrder('noticed', NOTHING, fields);
  const row = await storeFailure(tx, {
    ...toColumns(fields),
    what: draft.what,
    id: draft.id,
    conversation: draft.conversation,
    customer: context.customer,
    by: context.by,
    ally: context.ally,
    load: context.load,
    onShift: [...context.onShift],
    createdAt: new Date(context.now).toISOString(),
  });
  if (row?.by !== context.by || row.conversation !== draft.conversation) throw new RelayError('CONFLICT');
  const first = { ...fieldsOf(row), ...(row.revision > 1 && (await readOriginals(tx, row.id, 1))) };
  // Without a time of its own the draft took the first try's.
  const said = draft.at === undefined ? { ...fields, at: first.at } : fields;
  if (!isDeepStrictEqual(first, said)) throw new RelayError('CONFLICT');
  return { row, what: draft.what };
}

const NOTHING = {
  ...{ product: null, place: null, element: null, category: null, severity: null, wants: null },
  ...{ putRight: null, restored: null, extra: null, noExtra: null, level: null, owed: null, owedBy: null },
  ...{ cause: null, causeNote: null, cost: null, disputed: null },
  ...{ channel: 'chat', quotes: [], irreplaceable: false },
} as const satisfies Partial<FailureFields>;

async function fieldsOfDraft(tx: Db, draft: FailureDraft, now: number): Promise<FailureFields> {
  const { id: _, conversation, quotes = [], ...said } = draft;
  const at = draft.at ?? new Date(now).toISOString();
  requirePast(at, now);
  return { ...NOTHING, ...said, at, quotes: await quoted(tx, { conversation, seqs: quotes, known: [] }) };
}

function requirePast(at: string, now: number): void {
  if (Date.parse(at) > now + AHEAD_MS) throw new RelayError('INVALID_PAYLOAD');
}

/** The words behind the numbers. Numbers that are quoted already keep their words: they may be of another conversation. */
async function quoted(
  tx: Db,
  { conversation, seqs, known }: { conversation: string; seqs: readonly number[]; known: readonly Quote[] },
): Promise<Quote[]> {
  const wanted = [...new Set(seqs)];
  const kept = known.filter(({ seq }) => wanted.includes(seq));
  const missing = wanted.filter((seq) => !kept.some((quote) => quote.seq === seq));
  const found = await readQuotes(tx, conversation, missing);
  if (found.length < missing.length) throw new RelayError('UNKNOWN');
  return [...kept, ...found].sort((a, b) => a.seq - b.seq);
}

/** Empathy, asking, mending, an extra; the cause comes last. Only what is touched is judged: another system's record may have gaps. */
function requireOrder(
  stage: FailureStage,
  before: Partial<FailureFields>,
  after: Partial<FailureFields>,
): void {
  const touched = (...names: readonly (keyof FailureFields)[]) =>
    names.some((name) => !isDeepStrictEqual(before[name], after[name]));
  const offers = after.extra !== null && touched('extra', 'wants');
  const forgets = touched('wants') && stage !== 'noticed' && stage !== 'apologised';
  if (after.wants === null && (offers || forgets)) throw new RelayError('WANTS_FIRST');
  const blames =
    (after.cause !== null && touched('cause')) || (after.causeNote !== null && touched('causeNote'));
  if (blames && !isMended(stage)) throw new RelayError('FIX_FIRST');
  if (after.putRight === null && touched('putRight') && isMended(stage)) throw new RelayError('FIX_FIRST');
}

/**
 * Edits a record: only what differs is written, with its history. A retry, and an edit that changes nothing, are harmless.
 * Throws UNKNOWN (not this customer's, or a quote that is none), CONFLICT (the id is another edit's), CHANGED when somebody
 * wrote in between, WANTS_FIRST, FIX_FIRST, INVALID_PAYLOAD.
 */
export async function editFailure(
  tx: Db,
  change: FailureChange,
  { whose, by, now }: { readonly whose: Whose; readonly by: string; readonly now: number },
): Promise<FailureRow> {
  const row = await lockFailure(tx, change.failure, whose);
  if (!row) throw new RelayError('UNKNOWN');
  const current = fieldsOf(row);
  const wanted = await wantedOf(tx, change, current.quotes);
  const first = await readEdit(tx, change.id);
  if (first) {
    const isSame = first.failure === row.id && first.by === by && first.stage === null;
    // As the record was just after this edit: what it left as it was is not in its row.
    const then = { ...current, ...(await readOriginals(tx, row.id, first.revision)) };
    const isWhole = namesOf(first.after).every((name) => name in wanted);
    const names = namesOf(wanted);
    if (!isSame || !isWhole || !isDeepStrictEqual(pick(then, names), pick({ ...then, ...wanted }, names)))
      throw new RelayError('CONFLICT');
    return row;
  }
  if (wanted.at !== undefined) requirePast(wanted.at, now);
  const names = namesOf(wanted).filter((name) => !isDeepStrictEqual(current[name], wanted[name]));
  if (names.length === 0) return row;
  if (change.revision !== row.revision) throw new RelayError('CHANGED');
  const next = { ...current, ...wanted };
  requireOrder(row.stage, current, next);
  const [before, after] = [pick(current, names), pick(next, names)];
  const written = await writeFailure(tx, row.id, toColumns(after));
  const at = new Date(now).toISOString();
  const edit = { id: change.id, failure: row.id, at, by, stage: null, before, after };
  if (!(await insertEdit(tx, { ...edit, revision: written.revision }))) throw new RelayError('CONFLICT');
  return written;
}

async function wantedOf(
  tx: Db,
  { conversation, fields: { quotes, ...rest } }: FailureChange,
  known: readonly Quote[],
): Promise<Partial<FailureFields>> {
  if (quotes === undefined) return rest;
  return { ...rest, quotes: await quoted(tx, { conversation, seqs: quotes, known }) };
}

function namesOf(fields: Partial<FailureFields>): (keyof FailureFields)[] {
  return Object.keys(fields) as (keyof FailureFields)[];
}

function pick(fields: FailureFields, names: readonly (keyof FailureFields)[]): Partial<FailureFields> {
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

/** Something of the extra-check list was looked at, or was not after all; who did so first stays. Throws UNKNOWN. */
export async function markCheck(
  tx: Db,
  check: { readonly failure: string; readonly check: string; readonly done: boolean },
  { whose, by }: { readonly whose: Whose; readonly by: string },
): Promise<void> {
  const row = await lockFailure(tx, check.failure, whose);
  if (!row?.checks.some(({ id }) => id === check.check)) throw new RelayError('UNKNOWN');
  const checks = row.checks.map((one) =>
    one.id === check.check ? { ...one, doneBy: check.done ? (one.doneBy ?? by) : null } : one,
  );
  await writeChecks(tx, row.id, checks);
}

/** A failure with its history, the newest first, at most 200. UNKNOWN without one. */
export async function failureWithEdits(
  db: Db,
  id: string,
  names: Names,
): Promise<{ readonly failure: Failure; readonly edits: readonly FailureEdit[] }> {
  const row = await readFailure(db, id);
  if (!row) throw new RelayError('UNKNOWN');
  const edits = await readEdits(db, id, EDITS_MAX);
  return {
    failure: toFailure(row, names),
    edits: edits.map(({ id, at, by, stage, before, after }) => ({
      ...{ id, at: iso(at), by: names(by), stage, before, after },
    })),
  };
}

/** The row as both ends speak of it. */
export function toFailure(row: FailureFacts, names: Names): Failure {
  return {
    id: row.id,
    conversation: row.conversation,
    recordedAt: iso(row.createdAt),
    ...fieldsOf(row),
    stage: row.stage,
    ally: row.ally === null ? null : names(row.ally),
    load: row.load,
    onShift: row.onShift.map(names),
    by: names(row.by),
    reopened: row.reopened,
    revision: row.revision,
  };
}

function fieldsOf(row: FailureFacts): FailureFields {
  return {
    at: iso(row.at),
    what: row.what,
    product: row.product,
    place: row.place,
    channel: row.channel,
    element: row.element,
    category: row.category,
    severity: row.severity,
    quotes: row.quotes,
    irreplaceable: row.irreplaceable,
    wants: row.wants,
    putRight: row.putRight,
    restored: row.restored,
    extra: row.extra,
    noExtra: row.noExtra,
    level: row.level,
    owed: row.owed,
    owedBy: isoOrNull(row.owedBy),
    cause: row.cause,
    causeNote: row.causeNote,
    cost: moneyOf(row.cost, row.costCurrency),
    disputed: moneyOf(row.disputed, row.disputedCurrency),
  };
}

function moneyOf(amount: number | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}

function toColumns({ cost, disputed, ...fields }: Partial<FailureFields>) {
  return {
    ...fields,
    ...(cost !== undefined && { cost: cost?.amount ?? null, costCurrency: cost?.currency ?? null }),
    ...(disputed !== undefined && {
      disputed: disputed?.amount ?? null,
      disputedCurrency: disputed?.currency ?? null,
    }),
  };
}
