/**
 * Two records found to be one person. A person says so, never the relay: an address that two records share proves nothing.
 * The merged record keeps its row and leads to the kept one; what went over is written down by id, so that exactly that
 * goes back when the merge is undone.
 */
import {
  DIFFERENCES,
  type KnownAddress,
  type Merge,
  type MergeDraft,
  type MergePreview,
  type MergeSide,
} from '@fullname/shared/customers';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import {
  insertMerge,
  joinRecords,
  lockPair,
  type MergeRow,
  MOVED,
  type Moved,
  markUndone,
  moveAll,
  moveBack,
  partRecords,
  readConversationsOf,
  readLater,
  readMerge,
  readMerges,
  readSide,
  readStanding,
  type SideFacts,
} from '../store/merges.ts';
import { type PairRow, readPair } from '../store/records.ts';
import { type Names, readNames } from '../store/recovery.ts';
import { toCustomer } from './customers.ts';

const MERGES_MAX = 100;
/** Panes that are told of a change at once; an older conversation reads its pane when it is opened. */
const PANES_MAX = 50;

/** The record that this id leads to. UNKNOWN without one. */
export async function standingCustomer(db: Db, id: string): Promise<string> {
  const standing = (await readStanding(db, [id])).get(id);
  if (standing === undefined) throw new RelayError('UNKNOWN');
  return standing;
}

/** What a merge would do. Ids of merged records lead to the kept ones; two that lead to one are MERGED. UNKNOWN without a record. */
export async function previewMerge(
  db: Db,
  pair: { readonly kept: string; readonly merged: string },
): Promise<MergePreview> {
  const ids = {
    kept: await standingCustomer(db, pair.kept),
    merged: await standingCustomer(db, pair.merged),
  };
  if (ids.kept === ids.merged) throw new RelayError('MERGED');
  const rows = await readPair(db, [ids.kept, ids.merged]);
  const [kept, merged] = [rows.get(ids.kept), rows.get(ids.merged)];
  if (!kept || !merged) throw new RelayError('UNKNOWN');
  requireOneKind(kept, merged);
  const [ofKept, ofMerged] = [await readSide(db, kept.id), await readSide(db, merged.id)];
  const sides = { kept: sideOf(kept, ofKept), merged: sideOf(merged, ofMerged) };
  return {
    ...sides,
    moves: ofMerged.counts,
    differs: DIFFERENCES.filter((name) => kept[name] !== merged[name]),
    address: sharedAddress(sides.kept, sides.merged),
  };
}

function sideOf(row: PairRow, { identities, claimed }: SideFacts): MergeSide {
  const { mergedInto: _, ...found } = row;
  // An address in the record came with a signature, unless no site signs for this person.
  const own: KnownAddress[] =
    row.email === null ? [] : [{ email: row.email, proof: identities.length > 0 ? 'signed' : 'claimed' }];
  const others = claimed.filter((email) => !own.some((one) => isSame(one.email, email)));
  return {
    ...toCustomer(found),
    addresses: [...own, ...others.map((email): KnownAddress => ({ email, proof: 'claimed' }))],
    identities,
  };
}

function sharedAddress(kept: MergeSide, merged: MergeSide): MergePreview['address'] {
  const shared = kept.addresses.flatMap((one) =>
    merged.addresses.filter(({ email }) => isSame(email, one.email)).map((other) => [one, other] as const),
  );
  if (shared.length === 0) return 'different';
  return shared.some((both) => both.every(({ proof }) => proof === 'signed')) ? 'signed' : 'claimed';
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What a merge or its undoing changed: the two records whose panes are to be told; none for a retry. */
export type Merged = { readonly merge: Merge; readonly changed: readonly string[] };

/**
 * Merges one record into another under the client's id. A retry gives the first merge; another pair or person under its
 * id is a CONFLICT. MERGED when one of the two was merged already; UNKNOWN when there is none. FORBIDDEN between the demo
 * and real people: the demo's records are removed one day with all that is theirs.
 */
export async function mergeCustomers(db: Db, draft: MergeDraft, by: string): Promise<Merged> {
  if (draft.kept === draft.merged) throw new RelayError('INVALID_PAYLOAD');
  return locked(db, draft, async (tx) => {
    const first = await readMerge(tx, draft.id);
    if (first) return { merge: await retried(tx, first, { ...draft, by }), changed: [] };
    const rows = await readPair(tx, [draft.kept, draft.merged]);
    const [kept, merged] = [rows.get(draft.kept), rows.get(draft.merged)];
    if (!kept || !merged) throw new RelayError('UNKNOWN');
    if (kept.mergedInto !== null || merged.mergedInto !== null) throw new RelayError('MERGED');
    requireOneKind(kept, merged);
    const rest = await moveAll(tx, { from: merged.id, to: kept.id });
    const moved: Moved = { ...rest, ...(await joinRecords(tx, { kept, merged })) };
    const isNew = await insertMerge(tx, { ...draft, by, moved });
    if (!isNew) throw new RelayError('CONFLICT');
    return { merge: await mustReadMerge(tx, draft.id), changed: [draft.kept, draft.merged] };
  });
}

function requireOneKind(kept: PairRow, merged: PairRow): void {
  if (kept.demo !== merged.demo) throw new RelayError('FORBIDDEN');
}

async function retried(tx: Db, first: MergeRow, asked: MergeDraft & { readonly by: string }): Promise<Merge> {
  const same = first.kept === asked.kept && first.merged === asked.merged && first.by === asked.by;
  if (!same) throw new RelayError('CONFLICT');
  return toMerge(first, await namesOf(tx, [first]));
}

/**
 * Takes a merge back: what went over goes home if it is still with the kept record, and what came since stays there. A
 * retry changes nothing. MERGED while the kept record is merged itself: that later merge is undone first. UNKNOWN without one.
 */
export async function undoMerge(db: Db, id: string, by: string): Promise<Merged> {
  const found = await readMerge(db, id);
  if (!found) throw new RelayError('UNKNOWN');
  return locked(db, found, async (tx) => {
    const row = await readMerge(tx, id);
    if (!row) throw new RelayError('UNKNOWN');
    if (row.undoneAt !== null) return { merge: toMerge(row, await namesOf(tx, [row])), changed: [] };
    const kept = (await readPair(tx, [row.kept])).get(row.kept);
    if (!kept || kept.mergedInto !== null) throw new RelayError('MERGED');
    const theirs = without(row.moved, await readLater(tx, row));
    await moveBack(tx, theirs, { from: row.kept, to: row.merged });
    await partRecords(tx, row);
    await markUndone(tx, id, by);
    return { merge: await mustReadMerge(tx, id), changed: [row.kept, row.merged] };
  });
}

/** A row that left the kept record and came back by a later merge belongs to that one. */
function without(moved: Moved, later: readonly MergeRow[]): Moved {
  const left = MOVED.map((name) => {
    const taken = new Set(later.flatMap((one) => one.moved[name]));
    return [name, moved[name].filter((key) => !taken.has(key))] as const;
  });
  return { ...moved, ...Object.fromEntries(left) };
}

/** The merges that made this record what it is, undone ones as well, the newest first, at most 100. UNKNOWN without a record. */
export async function mergesOf(db: Db, customer: string): Promise<Merge[]> {
  const rows = await readMerges(db, await standingCustomer(db, customer), MERGES_MAX);
  const names = await namesOf(db, rows);
  return rows.map((row) => toMerge(row, names));
}

/** The conversations of this week whose panes show one of these customers: those that go on first, at most 50. */
export function conversationsOf(db: Db, customers: readonly string[]): Promise<string[]> {
  return readConversationsOf(db, customers, PANES_MAX);
}

const ATTEMPTS = 10;
const BEGIN_AGAIN = Symbol('a visitor came in between');

/** Runs the work with both records and their visitors locked. UNAVAILABLE when visitors keep coming in between. */
async function locked(
  db: Db,
  { kept, merged }: { readonly kept: string; readonly merged: string },
  work: (tx: Db) => Promise<Merged>,
): Promise<Merged> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const done = await db.transaction(async (tx) =>
      (await lockPair(tx, [kept, merged])) ? work(tx) : BEGIN_AGAIN,
    );
    if (done !== BEGIN_AGAIN) return done;
  }
  throw new RelayError('UNAVAILABLE');
}

async function mustReadMerge(tx: Db, id: string): Promise<Merge> {
  const row = await readMerge(tx, id);
  if (!row) throw new Error('a merge that was just written must be there');
  return toMerge(row, await namesOf(tx, [row]));
}

function namesOf(db: Db, rows: readonly MergeRow[]): Promise<Names> {
  return readNames(
    db,
    rows.flatMap(({ by, undoneBy }) => (undoneBy === null ? [by] : [by, undoneBy])),
  );
}

function toMerge(row: MergeRow, names: Names): Merge {
  const moved = Object.fromEntries(MOVED.map((name) => [name, row.moved[name].length]));
  const undone =
    row.undoneAt === null || row.undoneBy === null
      ? null
      : { by: names(row.undoneBy), at: iso(row.undoneAt) };
  return {
    id: row.id,
    kept: { id: row.kept, name: row.keptName },
    merged: { id: row.merged, name: row.mergedName },
    by: names(row.by),
    at: iso(row.at),
    moved: moved as Merge['moved'],
    undone,
  };
}
