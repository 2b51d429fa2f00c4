/**
 * Promises, made, moved and kept in their conversation, for both sides to see. Before one slips its person is warned, and
 * then the customer is told, by name. Locks are taken in one order: the conversation, the promise, its tasks.
 */
import type { PromiseDraft } from '@fullname/shared/events';
import { pickWidgetLocale } from '@fullname/shared/locale';
import type { Promised } from '@fullname/shared/model';
import type { OwnPromises } from '@fullname/shared/recovery';
import { derivedId } from '../derived-id.ts';
import {
  keeperOf,
  keepPromise,
  makePromise,
  movePromise as moveRow,
  ownPromises,
  type PromiseChange,
  promiseFor,
  toPromised,
} from '../recovery/promises.ts';
import { slippingLetter } from '../recovery/slipping-letter.ts';
import { openTask, toTask } from '../recovery/tasks.ts';
import { RelayError } from '../relay-error.ts';
import { siteSettings } from '../site/sites.ts';
import { keepCallBackOf, moveCallBackOf, wasCalledBack } from '../store/call-backs.ts';
import { lockConversation } from '../store/conversation-changes.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import type { Db } from '../store/db.ts';
import { append, findEntry, iso, type NewEntry, type StoredEntry } from '../store/log.ts';
import { holdStanding } from '../store/merges.ts';
import { changePromise, isSpokenIn, lockPromise, noteWarning, readPromise } from '../store/promises.ts';
import type { PromiseRow } from '../store/recovery.ts';
import { readTask } from '../store/tasks.ts';
import { type Floor, mustRead, settle } from './conversations.ts';
import type { Me } from './desk.ts';
import { customersChanged, recorded, tellRecorded } from './records.ts';
import { fact } from './transfers.ts';
import { tellWork } from './work.ts';

export function recordPromise(floor: Floor, me: Me, draft: PromiseDraft): Promise<Promised> {
  return recorded(floor, draft.conversation, async (tx, record) => {
    const { row, changed } = await makePromise(tx, draft, {
      ...{ customer: record.customer, by: me.id },
      now: floor.now(),
    });
    // A refusal leaves nothing behind: the transaction ends with it.
    if (changed && record.status === 'spam') throw new RelayError('CLOSED');
    const entry = changed ? entryOf(row, fact(me, draft, 'promise-made', null)) : null;
    return { value: promisedOf(floor, row), entry };
  });
}

export async function keep(
  floor: Floor,
  me: Me,
  request: { readonly conversation: string; readonly promise: string },
): Promise<Promised> {
  return changedAtHome(floor, request, async (tx, home) => {
    const change = await keepPromise(tx, { id: request.promise, by: me.id, now: floor.now() });
    if (change.changed) await keepCallBackOf(tx, request.promise);
    const at = { conversation: home, id: derivedId('promise-kept', request.promise) };
    return { change, entry: change.changed ? entryOf(change.row, fact(me, at, 'promise-kept', null)) : null };
  });
}

/** A later time. A retry is known by its entry, whatever has happened since. */
export async function movePromise(
  floor: Floor,
  me: Me,
  request: {
    readonly conversation: string;
    readonly id: string;
    readonly promise: string;
    readonly due: string;
  },
): Promise<Promised> {
  const { id, promise, due } = request;
  return changedAtHome(floor, request, async (tx, home) => {
    const first = await findEntry(tx, { conversation: home, sender: me.id, clientId: id });
    if (first) return { change: await retried(tx, first, request), entry: null };
    const change = await moveRow(tx, { id: promise, due, by: me.id, now: floor.now() });
    await moveCallBackOf(tx, promise, due);
    if (!(await isSpokenIn(tx, home))) throw new RelayError('CLOSED');
    const entry = entryOf(change.row, fact(me, { conversation: home, id }, 'promise-moved', null));
    return { change, entry };
  });
}

async function retried(
  tx: Db,
  first: StoredEntry,
  { promise, due }: { readonly promise: string; readonly due: string },
): Promise<PromiseChange> {
  const row = await readPromise(tx, promise);
  const same =
    first.kind === 'promise-moved' && first.data?.promise === promise && first.data.due === iso(due);
  if (!row || !same) throw new RelayError('CONFLICT');
  return { row, changed: false, owners: [] };
}

/** One's own, and how they were kept. */
export function promisesOf(floor: Floor, person: string): Promise<OwnPromises> {
  return ownPromises(floor.db, person, floor.now());
}

type Request = { readonly conversation: string; readonly promise: string };

/**
 * A promise may be changed from any conversation of its customer; what is said of it goes where it was made. UNKNOWN when
 * it is neither this conversation's nor this customer's.
 */
async function changedAtHome(
  floor: Floor,
  { conversation, promise }: Request,
  work: (tx: Db, home: string) => Promise<{ change: PromiseChange; entry: NewEntry | null }>,
): Promise<Promised> {
  const record = await mustRead(floor, conversation);
  const home = (await promiseFor(floor.db, promise, record)).conversation ?? conversation;
  const { row, owners } = await recorded(floor, home, async (tx) => {
    const { change, entry } = await work(tx, home);
    return { value: change, entry };
  });
  await tellWork(floor, owners);
  if (home !== conversation && record.customer !== null) await customersChanged(floor, [record.customer]);
  return promisedOf(floor, row);
}

function promisedOf(floor: Floor, row: PromiseRow): Promised {
  return toPromised(row, floor.directory.ref, floor.now());
}

function entryOf(row: PromiseRow, entry: NewEntry): NewEntry {
  const data = { promise: row.id, due: iso(row.due), person: keeperOf(row) };
  return { ...entry, body: row.text, data };
}

type Due = { readonly promise: string; readonly due: string };

/**
 * Its time comes near: the promise becomes a thing to do for who keeps it, who is told. Once for each time that was
 * promised: a relay that is killed after COMMIT leaves it in the list, not seen.
 */
export async function warnOfPromise(floor: Floor, job: Due): Promise<void> {
  const warned = await ifStillOpen(floor, job, async (tx, row) => {
    if (row.warnedAt !== null) return null;
    const at = new Date(floor.now()).toISOString();
    const key = `promise:${row.id}:${iso(row.due)}`;
    if (row.customer !== null) await holdStanding(tx, [row.customer]);
    await openTask(tx, {
      ...{ key, kind: 'promise', owner: keeperOf(row), due: iso(row.due), what: row.text },
      ...{ promise: row.id, customer: row.customer, conversation: row.conversation },
    });
    await changePromise(tx, row.id, { warnedAt: at });
    return { row, task: await noteWarning(tx, key, at) };
  });
  if (!warned) return;
  const { row } = warned;
  const task = warned.task === null ? undefined : await readTask(floor.db, warned.task);
  if (task) floor.announce.taskDue(task.owner, toTask(task, floor.directory.ref));
  await tellWork(floor, [keeperOf(row)]);
  if (row.conversation !== null) await tellRecorded(floor, row.conversation, null);
}

/**
 * Neither kept nor moved: the customer hears it before the time has passed, from the person who promised it, in the chat,
 * and by e-mail where they are not here and may be written to. Once for each time that was promised.
 */
export async function tellOfPromise(floor: Floor, job: Due): Promise<void> {
  const told = await ifStillOpen(floor, job, async (tx, row) => {
    if (row.conversation === null) return null;
    if (await wasCalledBack(tx, row.id)) return keepByWords(floor, tx, row, row.conversation);
    const [appended] = await append(tx, [slippingEntry(row, row.conversation)]);
    const settled = appended ? settle(appended) : null;
    if (settled?.outcome !== 'stored') return null;
    // What the customer heard first is what counts: a time that was moved was told of with the move.
    const toldAt = row.toldAt ?? new Date(floor.now()).toISOString();
    const changed = await changePromise(tx, row.id, { toldAt });
    await writeTo(floor, tx, changed);
    return { entry: settled.entry, owners: [] };
  });
  if (!told) return;
  await tellRecorded(floor, told.entry.conversation, told.entry);
  await tellWork(floor, told.owners);
}

/** Who was to be written to was: that is how this promise is kept. */
async function keepByWords(floor: Floor, tx: Db, row: PromiseRow, conversation: string) {
  const by = keeperOf(row);
  const { row: kept, owners } = await keepPromise(tx, { id: row.id, by, now: floor.now() });
  await keepCallBackOf(tx, row.id);
  const at = { conversation, id: derivedId('promise-kept', row.id) };
  const me = { ...floor.directory.ref(by), role: 'agent' as const };
  const settled = settle((await append(tx, [entryOf(kept, fact(me, at, 'promise-kept', null))]))[0]);
  return { entry: settled.entry, owners: [by, ...owners] };
}

const RELAY = '00000000-0000-0000-0000-000000000000';

function slippingEntry(row: PromiseRow, conversation: string): NewEntry {
  return entryOf(row, {
    ...{ conversation, senderKind: 'system', sender: RELAY, kind: 'promise-slipping' },
    clientId: derivedId('promise-slipping', row.id, iso(row.due)),
    ...{ body: '', data: null, isPublic: true, seen: null },
  });
}

/** Nobody is written to who reads it in the chat at this moment, or whose address nobody has proven. */
async function writeTo(floor: Floor, tx: Db, row: PromiseRow): Promise<void> {
  if (row.customer === null || row.conversation === null) return;
  const record = await mustRead({ db: tx }, row.conversation);
  if (record.customer === null || (await floor.presence.visitorHere(record.visitor, tx))) return;
  const allowed = await floor.mail.mayMail(tx, record.customer);
  if (!allowed.may) return;
  try {
    await floor.mail.postMail(tx, {
      id: derivedId('promise-slipping-mail', row.id, iso(row.due)),
      ...{ customer: record.customer, by: keeperOf(row), to: allowed.to },
      ...(await letterFor(floor, tx, row, record)),
    });
  } catch (error) {
    // Somebody else's mail was the last one for today: it is in the chat all the same.
    if (!(error instanceof RelayError)) throw error;
  }
}

async function letterFor(floor: Floor, tx: Db, row: PromiseRow, record: ConversationRecord) {
  const keeper = floor.directory.ref(keeperOf(row)).fullName;
  const locale = pickWidgetLocale([record.locale]);
  const to = { locale, name: record.customerName, keeper, settings: await siteSettings(tx, record.site) };
  return slippingLetter({ text: row.text, due: row.due }, to);
}

/**
 * The row as it is now, locked with its conversation. Nothing happens for a promise that was kept, has another time, or whose
 * visitor nobody speaks with any more.
 */
async function ifStillOpen<Value>(
  floor: Floor,
  job: Due,
  work: (tx: Db, row: PromiseRow) => Promise<Value | null>,
): Promise<Value | null> {
  const found = await readPromise(floor.db, job.promise);
  if (!found) return null;
  return floor.db.transaction(async (tx) => {
    if (found.conversation !== null) await lockConversation(tx, found.conversation);
    const row = await lockPromise(tx, job.promise);
    if (!row || row.keptAt !== null || iso(row.due) !== job.due) return null;
    if (row.conversation !== null && !(await isSpokenIn(tx, row.conversation))) return null;
    return work(tx, row);
  });
}
