/**
 * Purchases and failures of the company's other systems become ours, all good rows of a request in one transaction. What
 * a row is stored under is made of who sends it and of its own id there, so that the same row is stored once however often it comes.
 */
import { createHash } from 'node:crypto';
import type { CustomerKey, FailureRow, RowProblem, RowsAnswer } from '@fullname/shared/customers';
import { openFor } from '../recovery/follow-ups.ts';
import type { Db } from '../store/db.ts';
import {
  insertFailures,
  insertPurchases,
  type NewFailure,
  type NewPurchase,
  readAllies,
  readByIdentity,
  readStored,
  type Stored,
} from '../store/imports.ts';
import { iso } from '../store/log.ts';
import { holdStanding } from '../store/merges.ts';
import { checkRow, type Good, type Kind } from './rows.ts';

/** `name` keeps the ids of one sender from those of another; `by` is the owner who answers for it, whom only failures need. */
type Sender = { readonly name: string; readonly by: string | null };
export type Taking = {
  readonly kind: Kind;
  /** As they came, with the number that is said of each. */
  readonly rows: readonly { readonly row: number; readonly value: unknown }[];
  readonly sender: Sender;
  /** Milliseconds. */
  readonly now: number;
  readonly dryRun?: boolean;
};
/** `customers` are those whose record has grown; `people` those who have more to do (`tellWork`). */
export type Taken = {
  readonly answer: RowsAnswer;
  readonly customers: readonly string[];
  readonly people: readonly string[];
};

type Outcome = RowsAnswer['rows'][number] & { readonly what?: string };

/** Takes the rows that hold. `dryRun` says what would become of them and stores nothing. */
export async function takeRows(db: Db, taking: Taking): Promise<Taken> {
  const found = new Map<number, Outcome>();
  const good: Numbered[] = [];
  for (const { row, value } of taking.rows) {
    const checked = checkRow(taking.kind, value, taking.now);
    if ('code' in checked) found.set(row, { row, outcome: checked.code, id: null, what: checked.what });
    else good.push({ row, id: storedId(taking, checked.row.id), good: checked });
  }
  const grown: Grown = { customers: new Set(), people: new Set() };
  await inOneGo(db, taking.dryRun === true, async (tx) => {
    // A transaction that is tried again begins from nothing.
    for (const outcome of await store(tx, { good, taking, grown })) found.set(outcome.row, outcome);
  });
  const answer = reportOf(taking.rows.flatMap(({ row }) => found.get(row) ?? []));
  if (taking.dryRun === true) return { answer, customers: [], people: [] };
  return { answer, customers: [...grown.customers], people: [...grown.people] };
}

type Grown = { readonly customers: Set<string>; readonly people: Set<string> };
type Numbered = { readonly row: number; readonly id: string; readonly good: Good };

const NOT_FOR_GOOD = Symbol('only a look');

async function inOneGo(db: Db, dryRun: boolean, work: (tx: Db) => Promise<void>): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      await work(tx);
      if (dryRun) throw NOT_FOR_GOOD;
    });
  } catch (error) {
    if (error !== NOT_FOR_GOOD) throw error;
  }
}

async function store(
  tx: Db,
  { good, taking, grown }: { good: readonly Numbered[]; taking: Taking; grown: Grown },
): Promise<Outcome[]> {
  const owners = await ownersOf(
    tx,
    good.map(({ good }) => good.row.customer),
  );
  const owned = good.map((one, index) => ({ ...one, customer: owners[index] }));
  const known = owned.flatMap((one) =>
    one.customer === undefined ? [] : [{ ...one, customer: one.customer }],
  );
  // The same id twice in one request: the first row is it.
  const once = [...new Map(known.toReversed().map((one) => [one.id, one])).values()];
  const fresh = new Set(await insert(tx, taking, { known: once, grown }));
  const stored = new Map(
    (
      await readStored(
        tx,
        taking.kind,
        known.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  return owned.map(({ row, id, good, customer }): Outcome => {
    if (customer === undefined)
      return { row, outcome: 'unknown-customer', id: null, what: nameOf(good.row.customer) };
    const is = stored.get(id);
    if (!is || !isSame(is, good, customer))
      return { row, outcome: 'conflict', id: null, what: `id: ${good.row.id}` };
    const isFirst = fresh.delete(id);
    if (isFirst) grown.customers.add(customer);
    return { row, outcome: isFirst ? 'added' : 'same', id };
  });
}

/** The standing record of each, held until the transaction ends; undefined for those whom nobody here knows. */
async function ownersOf(tx: Db, keys: readonly CustomerKey[]): Promise<(string | undefined)[]> {
  const signed = keys.flatMap((key) => ('id' in key ? [] : [key]));
  const bySignature = new Map(
    (await readByIdentity(tx, signed)).map((row) => [JSON.stringify([row.site, row.subject]), row.customer]),
  );
  const ids = keys.map((key) =>
    'id' in key ? key.id : bySignature.get(JSON.stringify([key.site, key.subject])),
  );
  const standing = await holdStanding(tx, [...new Set(ids.filter((id) => id !== undefined))]);
  return ids.map((id) => (id === undefined ? undefined : standing.get(id)));
}

type Owned = Numbered & { readonly customer: string };

/** Answers the ids of the rows that were not there before. */
async function insert(
  tx: Db,
  { kind, sender, now }: Taking,
  { known, grown }: { readonly known: readonly Owned[]; readonly grown: Grown },
): Promise<string[]> {
  if (kind === 'purchases') {
    const rows = known.flatMap(({ id, customer, good }): NewPurchase[] =>
      good.kind === 'purchases' ? [{ ...good.row, id, customer }] : [],
    );
    return insertPurchases(tx, rows);
  }
  if (sender.by === null) throw new Error('somebody must answer for failures');
  const allies = await readAllies(tx, [...new Set(known.map(({ customer }) => customer))]);
  const rows = known.flatMap(({ id, customer, good }): NewFailure[] => {
    if (good.kind !== 'failures') return [];
    return [{ ...good.row, id, customer, stage: stageOf(good.row, { hasAlly: allies.has(customer), now }) }];
  });
  const fresh = await insertFailures(tx, rows, sender.by);
  const isFresh = new Set(fresh);
  const mended = rows.flatMap(({ id, what, customer, stage }) => {
    const owner = stage === 'fixed' && isFresh.has(id) ? allies.get(customer) : undefined;
    return owner === undefined
      ? []
      : [{ failure: { id, what, customer, conversation: null, reopened: 0 }, owner }];
  });
  await openFor(tx, mended, now);
  for (const { owner } of mended) grown.people.add(owner);
  return fresh;
}

/** Nobody wants to be asked about last year's lamp. */
const ASKED_WITHIN_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * Put right elsewhere, it is fixed while somebody here may still ask whether it holds: it was a short time ago, and the
 * customer has an ally. Else it is over; and so is what is as it was before, with an extra or a word why not, and nothing owed.
 */
function stageOf(
  { at, putRight, restored, extra, noExtra, owed }: Required<FailureRow>,
  { hasAlly, now }: { readonly hasAlly: boolean; readonly now: number },
): NewFailure['stage'] {
  if (putRight === null) return 'noticed';
  const isOver = restored === true && (extra !== null || noExtra !== null) && owed === null;
  const isAsked = hasAlly && Date.parse(at) > now - ASKED_WITHIN_MS;
  return isOver || !isAsked ? 'closed' : 'fixed';
}

/** What people do with a failure afterwards is theirs; what happened and when is the other system's word. */
function isSame(stored: Stored, { kind, row }: Good, customer: string): boolean {
  const { what, amount, currency } = stored;
  const facts = stored.customer === customer && iso(stored.at) === row.at && what === row.what;
  return facts && (kind === 'failures' || (amount === row.amount && currency === row.currency));
}

function nameOf(key: CustomerKey): string {
  return 'id' in key ? key.id : `${key.site}: ${key.subject}`.slice(0, 200);
}

function reportOf(rows: readonly Outcome[]): RowsAnswer {
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  const problems = rows.flatMap(({ row, outcome, what = '' }): RowProblem[] =>
    outcome === 'added' || outcome === 'same' ? [] : [{ row, code: outcome, what }],
  );
  return {
    ...{ added: count('added'), same: count('same'), problems },
    rows: rows.map(({ row, outcome, id }) => ({ row, outcome, id })),
  };
}

/** The same for the same row whenever it comes, and nobody else's. */
function storedId({ kind, sender }: Taking, id: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([sender.name, kind, id]))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
