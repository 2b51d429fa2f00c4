/** Promises to a customer: what, by when, and who keeps it; warned of before they slip, and how each was kept. */
import type { PromiseDraft } from '@fullname/shared/events';
import type { Promised } from '@fullname/shared/model';
import {
  type OwnPromise,
  type OwnPromises,
  PROMISE_OUTCOMES,
  type PromiseOutcome,
} from '@fullname/shared/recovery';
import { enqueue } from '../jobs/jobs.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import {
  changePromise,
  countPromisesOf,
  type KeptRow,
  lockPromise,
  readAhead,
  readPromise,
  readPromisesOf,
  removePromise,
  storePromise,
} from '../store/promises.ts';
import { isoOrNull, type Names, type PromiseFacts, type PromiseRow } from '../store/recovery.ts';
import { endTasksOf } from '../store/tasks.ts';

/** A promise as it is now, and whose list of things to do has changed by it. */
export type PromiseChange = {
  readonly row: PromiseRow;
  readonly changed: boolean;
  readonly owners: string[];
};

/**
 * Records a promise under the id of its draft, with the jobs that look after it; a retry gets the first row, other words or
 * another author are a CONFLICT. TOO_LATE when its time has passed. `now` in milliseconds, here and below.
 */
export async function makePromise(
  tx: Db,
  draft: PromiseDraft,
  context: { readonly customer: string | null; readonly by: string; readonly now: number },
): Promise<PromiseChange> {
  const { id, conversation, text } = draft;
  const { customer, by, now } = context;
  const due = iso(draft.due);
  const createdAt = new Date(now).toISOString();
  const { row, isNew } = await storePromise(tx, { id, conversation, text, due, customer, by, createdAt });
  const same = row.by === by && row.conversation === conversation && row.text === text;
  if (!same || iso(row.firstDue ?? row.due) !== due) throw new RelayError('CONFLICT');
  if (isNew && Date.parse(due) <= now) throw new RelayError('TOO_LATE');
  if (isNew) await lookAfter(tx, { id, due, from: now });
  return { row, changed: isNew, owners: [] };
}

type Times = {
  readonly due: string;
  /** When the keeper is reminded, and when the customer is told that it may take longer. */
  readonly warnAt: Date;
  readonly tellAt: Date;
};

/** A promise that its visitor has set the time of. Its id is new, or this throws. */
export async function promiseTime(
  tx: Db,
  promise: Times & {
    readonly id: string;
    readonly conversation: string;
    readonly customer: string | null;
    readonly by: string;
    readonly text: string;
    readonly now: number;
  },
): Promise<void> {
  const { id, conversation, customer, by, text, due, now } = promise;
  const createdAt = new Date(now).toISOString();
  const { isNew } = await storePromise(tx, { id, conversation, text, due, customer, by, createdAt });
  if (!isNew) throw new RelayError('CONFLICT');
  await watchTime(tx, id, promise);
}

type Kept = { readonly person: string; readonly owners: readonly string[] };

/** The visitor wishes another time: nobody is late for the one before. ENDED when it was kept in between. */
export async function rescheduled(
  tx: Db,
  id: string,
  times: Times & { readonly now: number },
): Promise<Kept> {
  const row = await lockPromise(tx, id);
  if (!row) throw new RelayError('UNKNOWN');
  if (row.keptAt !== null) throw new RelayError('ENDED');
  const at = new Date(times.now).toISOString();
  const ended = await endTasksOf(tx, { promise: id }, { state: 'done', at, by: null });
  await changePromise(tx, id, { due: times.due, firstDue: null, warnedAt: null, toldAt: null });
  await watchTime(tx, id, times);
  return { person: keeperOf(row), owners: [keeperOf(row), ...ended] };
}

/** The visitor does not wish it any more: it is nobody's promise, kept or broken. ENDED when it was kept in between. */
export async function cancelPromise(tx: Db, id: string): Promise<Kept> {
  const row = await lockPromise(tx, id);
  if (!row) throw new RelayError('UNKNOWN');
  if (row.keptAt !== null) throw new RelayError('ENDED');
  await removePromise(tx, id);
  return { person: keeperOf(row), owners: [keeperOf(row)] };
}

async function watchTime(tx: Db, id: string, { due, warnAt, tellAt }: Times): Promise<void> {
  const job = { data: { promise: id, due }, key: `${id} ${due}` };
  await enqueue(tx, { name: 'promise-warn', ...job, at: warnAt });
  await enqueue(tx, { name: 'promise-tell', ...job, at: tellAt });
}

/** The promise, if it is this conversation's or this customer's. UNKNOWN otherwise. */
export async function promiseFor(
  db: Db,
  id: string,
  record: { readonly id: string; readonly customer: string | null },
): Promise<PromiseRow> {
  const row = await readPromise(db, id);
  const theirs =
    row?.conversation === record.id || (record.customer !== null && row?.customer === record.customer);
  if (!row || !theirs) throw new RelayError('UNKNOWN');
  return row;
}

/** Says that a promise was kept; the first time stays. Its conversation is locked, here and below. UNKNOWN without one. */
export async function keepPromise(
  tx: Db,
  promise: { readonly id: string; readonly by: string; readonly now: number },
): Promise<PromiseChange> {
  const row = await lockPromise(tx, promise.id);
  if (!row) throw new RelayError('UNKNOWN');
  if (row.keptAt !== null) return { row, changed: false, owners: [] };
  const at = new Date(promise.now).toISOString();
  const owners = await endTasksOf(tx, { promise: row.id }, { state: 'done', at, by: promise.by });
  return { row: await changePromise(tx, row.id, { keptAt: at }), changed: true, owners };
}

/**
 * A later time, of which the customer is told by this; what warned of the earlier one has ended. TOO_LATE when it is not
 * later than now and than what was promised; ENDED when it was kept in between.
 */
export async function movePromise(
  tx: Db,
  move: { readonly id: string; readonly due: string; readonly by: string; readonly now: number },
): Promise<PromiseChange> {
  const row = await lockPromise(tx, move.id);
  if (!row) throw new RelayError('UNKNOWN');
  if (row.keptAt !== null) throw new RelayError('ENDED');
  const { id, now } = move;
  const due = iso(move.due);
  if (Date.parse(due) <= now || Date.parse(due) <= Date.parse(row.due)) throw new RelayError('TOO_LATE');
  const at = new Date(now).toISOString();
  const owners = await endTasksOf(tx, { promise: id }, { state: 'done', at, by: move.by });
  // Told in time once, and in time of each later time again, the customer was never left waiting.
  const toldAt = now < Date.parse(row.due) ? (row.toldAt ?? at) : at;
  const moved = { due, firstDue: row.firstDue ?? row.due, warnedAt: null, toldAt };
  await lookAfter(tx, { id, due, from: now });
  return { row: await changePromise(tx, id, moved), changed: true, owners };
}

/** Their visitor was put aside and is let in again, by this change: warnings that were due in between had nobody to be told. */
export async function lookAfterAgain(
  tx: Db,
  { visitor, change, now }: { readonly visitor: string; readonly change: string; readonly now: number },
): Promise<void> {
  for (const { id, due, firstDue, toldAt, createdAt } of await readAhead(tx, { visitor, now })) {
    const from = Date.parse(firstDue === null ? createdAt : (toldAt ?? createdAt));
    await lookAfter(tx, { id, due: iso(due), from, why: ` ${change}` });
  }
}

/** The jobs that warn the keeper, and then the customer. Those of an earlier time find that it is not theirs any more. */
async function lookAfter(
  tx: Db,
  {
    id,
    due,
    from,
    why = '',
  }: { readonly id: string; readonly due: string; readonly from: number; readonly why?: string },
): Promise<void> {
  const end = Date.parse(due);
  const lead = leadOf(end - from);
  const job = { data: { promise: id, due }, key: `${id} ${due}${why}` };
  await enqueue(tx, { name: 'promise-warn', ...job, at: new Date(end - lead) });
  await enqueue(tx, { name: 'promise-tell', ...job, at: new Date(end - lead / 3) });
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long before its time a promise is warned of, of the time there is for it: both in milliseconds. */
export function leadOf(span: number): number {
  return Math.min(Math.max(span / 5, 10 * MINUTE_MS), 2 * HOUR_MS, span / 2);
}

/** The part of its time that must be left for a promise to be early. */
const EARLY = 0.05;

/** How a promise was kept, or stands at this moment. */
export function outcomeOf(
  promise: Pick<PromiseFacts, 'due' | 'firstDue' | 'createdAt' | 'keptAt' | 'toldAt'>,
  now: number,
): PromiseOutcome {
  const due = Date.parse(promise.due);
  if (promise.keptAt === null) return due > now ? 'open' : 'slipped';
  const kept = Date.parse(promise.keptAt);
  const first = Date.parse(promise.firstDue ?? promise.due);
  if (kept <= first)
    return first - kept >= EARLY * (first - Date.parse(promise.createdAt)) ? 'early' : 'kept';
  const wasTold = promise.toldAt !== null && Date.parse(promise.toldAt) < first;
  return kept <= due && wasTold ? 'moved' : 'late';
}

/** How many are shown of those that are open, and of those that were kept; all are counted. */
const OPEN_SHOWN = 500;
const KEPT_SHOWN = 50;

/** A person's own promises, and how they were kept. */
export async function ownPromises(db: Db, person: string, now: number): Promise<OwnPromises> {
  const [open, kept, counts] = await Promise.all([
    readPromisesOf(db, { person, kept: false, limit: OPEN_SHOWN }),
    readPromisesOf(db, { person, kept: true, limit: KEPT_SHOWN }),
    ownCounts(db, person, now),
  ]);
  return { open: open.map((row) => toOwn(row, now)), kept: kept.map((row) => toOwn(row, now)), counts };
}

/** A person's promises by how they were kept, or stand at this moment. */
export async function ownCounts(db: Db, person: string, now: number): Promise<OwnPromises['counts']> {
  const counted = await countPromisesOf(db, { person, now, early: EARLY });
  const all = Object.fromEntries(counted.map((one) => [one.outcome, one.count]));
  const counts = PROMISE_OUTCOMES.map((outcome) => [outcome, all[outcome] ?? 0]);
  return Object.fromEntries(counts) as OwnPromises['counts'];
}

function toOwn(row: KeptRow, now: number): OwnPromise {
  const { id, text, conversation, customer, customerName } = row;
  return {
    ...{ id, text, conversation },
    due: iso(row.due),
    keptAt: isoOrNull(row.keptAt),
    outcome: outcomeOf(row, now),
    customer: customer === null ? null : { id: customer, name: customerName ?? '' },
  };
}

export function keeperOf(row: Pick<PromiseFacts, 'keeper' | 'by'>): string {
  return row.keeper ?? row.by;
}

/** The row as both ends speak of it. */
export function toPromised(row: PromiseFacts, names: Names, now: number): Promised {
  return {
    id: row.id,
    text: row.text,
    conversation: row.conversation,
    due: iso(row.due),
    firstDue: iso(row.firstDue ?? row.due),
    madeAt: iso(row.createdAt),
    by: names(row.by),
    keeper: names(keeperOf(row)),
    keptAt: isoOrNull(row.keptAt),
    outcome: outcomeOf(row, now),
    toldAt: isoOrNull(row.toldAt),
  };
}
