/**
 * A visitor chooses when they are called back, instead of waiting where everybody is busy or nobody is there. As soon as a person is
 * known it is that person's promise, with all that looks after promises; until then an owner has it to see to. The store decides
 * who gets a time: its site is locked while it is given away. Locks: the conversation, the site, the promise, tasks.
 */
import type { CallBackRequest, CallBackTimes } from '@fullname/shared/events';
import { pickWidgetLocale } from '@fullname/shared/locale';
import type { CallBackStep, PublicEntry } from '@fullname/shared/model';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { derivedId } from '../derived-id.ts';
import { enqueue } from '../jobs/jobs.ts';
import { cancelPromise, promiseTime, rescheduled } from '../recovery/promises.ts';
import { moveDue, openTask } from '../recovery/tasks.ts';
import { RelayError } from '../relay-error.ts';
import { freeTimes, openTimes, overlap, TIME_MS, type Time } from '../site/call-back-times.ts';
import { siteSettings } from '../site/sites.ts';
import {
  type CallBackRow,
  changeCallBack,
  holdTimes,
  openCallBack,
  readCallBack,
  readTaken,
  storeCallBack,
  waitForCallBack,
} from '../store/call-backs.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import type { Db } from '../store/db.ts';
import { findEntry, iso, type NewEntry } from '../store/log.ts';
import { isSpokenIn } from '../store/promises.ts';
import { endTasksOf } from '../store/tasks.ts';
import { mayBeAsked } from './before.ts';
import { callBackText } from './call-back-words.ts';
import { addressFor, type Floor, forVisitor, mustRead } from './conversations.ts';
import type { Caller, Me } from './desk.ts';
import { recorded } from './records.ts';
import { offer } from './routing.ts';
import { fact } from './transfers.ts';
import { tellWork } from './work.ts';

/** Who is to see to it is reminded so long before its time. */
const LEAD_MS = 15 * 60_000;
const RELAY = '00000000-0000-0000-0000-000000000000';

type Own = Caller & { readonly conversation: string };
type Settings = Pick<SiteSettings, 'callBack' | 'hours'>;

/** None where the owner of the site offers none. */
export async function callBackTimes(
  floor: Pick<Floor, 'db' | 'now'>,
  site: string,
  { callBack, hours }: Settings,
): Promise<CallBackTimes> {
  if (!callBack.on) return { times: [], telephone: false };
  const now = floor.now();
  const all = openTimes(hours, now);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return { times: [], telephone: callBack.telephone };
  const window = { site, from: new Date(first.from).toISOString(), to: new Date(last.to).toISOString() };
  const taken = (await readTaken(floor.db, window)).map(timeOf);
  return {
    times: freeTimes({ hours, now, taken, atOnce: callBack.atOnce }).map(({ from, to }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    })),
    telephone: callBack.telephone,
  };
}

/**
 * One at a time in a conversation: CONFLICT for a second, and for other words under the same id. TOO_LATE for a time that is past,
 * SLOT_TAKEN for one that others have, or that is none; UNKNOWN where none are offered, or not by telephone.
 */
export async function bookCallBack(
  floor: Floor,
  own: Own,
  { settings, request }: { readonly settings: Settings; readonly request: CallBackRequest },
): Promise<PublicEntry> {
  const { id, way, phone } = request;
  const key = keyOf(own, id);
  const isSame = (data: Data) =>
    data.step === 'booked' && data.from === iso(request.from) && data.way === way && data.phone === phone;
  const owners = await acted(floor, { own, key, isSame }, async (tx, record) => {
    if (!settings.callBack.on || (way === 'telephone' && !settings.callBack.telephone))
      throw new RelayError('UNKNOWN');
    if (await openCallBack(tx, record.id)) throw new RelayError('CONFLICT');
    const time = await hold(floor, tx, { site: own.site, settings, from: request.from, not: id });
    const row = {
      ...{ id, conversation: record.id, site: own.site, way, phone: phone ?? null },
      ...{ startsAt: iso(time.from), endsAt: iso(time.to), createdAt: new Date(floor.now()).toISOString() },
    };
    if (!(await storeCallBack(tx, row))) throw new RelayError('CONFLICT');
    await waitForCallBack(tx, record.id);
    const person = personFor(floor, record, time.to);
    const owners = person
      ? await promise(floor, tx, { row, record, person })
      : await leaveToOwner(floor, tx, { row, record });
    return { owners, entry: byVisitor(key, 'booked', { ...row, person }) };
  });
  await tellWork(floor, owners);
  return answer(floor, key);
}

/** To another time, earlier or later; whoever had it goes on having it. ENDED when it was kept in between. */
export async function moveCallBack(
  floor: Floor,
  own: Own,
  {
    settings,
    request,
  }: {
    readonly settings: Settings;
    readonly request: { readonly id: string; readonly callBack: string; readonly from: string };
  },
): Promise<PublicEntry> {
  const key = keyOf(own, request.id);
  const isSame = (data: Data) =>
    data.step === 'moved' && data.callBack === request.callBack && data.from === iso(request.from);
  const owners = await acted(floor, { own, key, isSame }, async (tx, record) => {
    const row = await theirs(tx, record.id, request.callBack);
    const time = await hold(floor, tx, { site: own.site, settings, from: request.from, not: row.id });
    const moved = { ...row, startsAt: iso(time.from), endsAt: iso(time.to) };
    await changeCallBack(tx, row.id, { startsAt: moved.startsAt, endsAt: moved.endsAt });
    const now = floor.now();
    const kept = row.promise && (await rescheduled(tx, row.promise, { ...promiseTimes(moved), now }));
    const owners = kept ? kept.owners : await moveDue(tx, { key: taskKey(row.id) }, lookAt(floor, moved));
    if (!kept) await missLater(tx, moved);
    return { owners, entry: byVisitor(key, 'moved', { ...moved, person: kept ? kept.person : null }) };
  });
  await tellWork(floor, owners);
  return answer(floor, key);
}

/** Nobody owes them anything any more. */
export async function cancelCallBack(
  floor: Floor,
  own: Own,
  request: { readonly id: string; readonly callBack: string },
): Promise<PublicEntry> {
  const key = keyOf(own, request.id);
  const isSame = (data: Data) => data.step === 'cancelled' && data.callBack === request.callBack;
  const owners = await acted(floor, { own, key, isSame }, async (tx, record) => {
    const row = await theirs(tx, record.id, request.callBack);
    const promised = row.promise && (await cancelPromise(tx, row.promise));
    await changeCallBack(tx, row.id, { state: 'cancelled', promise: null });
    const at = new Date(floor.now()).toISOString();
    const seenTo = await endTasksOf(tx, { key: taskKey(row.id) }, { state: 'done', at, by: null });
    const entry = byVisitor(key, 'cancelled', { ...row, person: promised ? promised.person : null });
    return { owners: [...(promised ? promised.owners : []), ...seenTo], entry };
  });
  await tellWork(floor, owners);
  return answer(floor, key);
}

/** Whoever takes the conversation keeps what was left to nobody. Answers the entry that says so, and whose task it was. */
export async function takeCallBack(
  floor: Pick<Floor, 'now'>,
  tx: Db,
  {
    me,
    change,
  }: { readonly me: Me; readonly change: { readonly conversation: string; readonly id: string } },
): Promise<{ readonly entry: NewEntry | null; readonly owners: readonly string[] }> {
  const row = await openCallBack(tx, change.conversation);
  if (!row || row.promise || Date.parse(row.endsAt) <= floor.now()) return { entry: null, owners: [] };
  const record = await mustRead({ db: tx }, change.conversation);
  const owners = await promise(floor, tx, { row, record, person: me.id });
  const at = new Date(floor.now()).toISOString();
  const seenTo = await endTasksOf(tx, { key: taskKey(row.id) }, { state: 'done', at, by: me.id });
  const said = { ...change, id: derivedId('call-back-taken', row.id) };
  const entry = fact(me, said, KIND, dataOf('taken', { ...row, person: me.id }));
  return { entry, owners: [...owners, ...seenTo] };
}

/** A job: its time is over and nobody had taken it. The visitor is told so; an owner goes on having it to see to. */
export async function missCallBack(
  floor: Floor,
  job: { readonly callBack: string; readonly to: string },
): Promise<void> {
  const found = await readCallBack(floor.db, job.callBack);
  if (!found) return;
  await recorded(floor, found.conversation, async (tx) => {
    const row = await openCallBack(tx, found.conversation);
    const isOver = row?.id === job.callBack && row.promise === null && iso(row.endsAt) === job.to;
    if (!row || !isOver || !(await isSpokenIn(tx, row.conversation))) return { value: null, entry: null };
    await changeCallBack(tx, row.id, { state: 'missed' });
    const clientId = derivedId('call-back-missed', row.id, job.to);
    return {
      value: null,
      entry: {
        ...{ conversation: row.conversation, senderKind: 'system', sender: RELAY, clientId, kind: KIND },
        ...{ body: '', data: dataOf('missed', { ...row, person: null }), isPublic: true, seen: null },
      },
    };
  });
}

const KIND = 'call-back';

type Key = Pick<NewEntry, 'conversation' | 'sender' | 'clientId'>;
type Data = Readonly<Record<string, string>>;
type Known = Pick<CallBackRow, 'id' | 'startsAt' | 'endsAt' | 'way' | 'phone'> & {
  readonly person: string | null;
};

function keyOf({ conversation, visitor }: Own, id: string): Key {
  return { conversation, sender: visitor, clientId: id };
}

type Act = {
  readonly own: Own;
  readonly key: Key;
  /** Whether an entry that is there under its id is this very act. */
  readonly isSame: (data: Data) => boolean;
};

/** Under the conversation's lock, once: a retry changes nothing, and nobody's work. Answers whose work it changes. */
async function acted(
  floor: Floor,
  { own, key, isSame }: Act,
  work: (tx: Db, record: ConversationRecord) => Promise<{ owners: readonly string[]; entry: NewEntry }>,
): Promise<readonly string[]> {
  const owners = await recorded<readonly string[]>(floor, own.conversation, async (tx, record) => {
    if (record.visitor !== own.visitor) throw new RelayError('UNKNOWN_CONVERSATION');
    if (record.status === 'spam') throw new RelayError('BLOCKED');
    const first = await findEntry(tx, key);
    if (first && (first.kind !== KIND || !isSame(first.data ?? {}))) throw new RelayError('CONFLICT');
    if (first) return { value: [], entry: null };
    const { owners, entry } = await work(tx, record);
    return { value: owners, entry };
  });
  const record = await mustRead(floor, own.conversation);
  if (record.status === 'waiting' && record.offeredTo === null) await offer(floor, floor.news, record);
  return owners;
}

async function answer(floor: Floor, key: Key): Promise<PublicEntry> {
  const entry = await findEntry(floor.db, key);
  if (!entry) throw new Error('what was just done must be there');
  return forVisitor(floor, entry, await addressFor(floor, key.conversation));
}

async function theirs(tx: Db, conversation: string, callBack: string): Promise<CallBackRow> {
  const row = await openCallBack(tx, conversation);
  if (row?.id !== callBack) throw new RelayError('UNKNOWN');
  return row;
}

type Held = {
  readonly site: string;
  readonly settings: Settings;
  readonly from: string;
  /** Its own time is not taken by others. */
  readonly not: string;
};

/** A time that is one of the site's and has room; nobody else gets it until the transaction ends. */
async function hold(
  floor: Floor,
  tx: Db,
  { site, settings, from, not }: Held,
): Promise<{ from: string; to: string }> {
  const wanted = { from: Date.parse(from), to: Date.parse(from) + TIME_MS };
  const now = floor.now();
  if (wanted.from <= now) throw new RelayError('TOO_LATE');
  if (!openTimes(settings.hours, now).some((time) => time.from === wanted.from))
    throw new RelayError('SLOT_TAKEN');
  await holdTimes(tx, site);
  const time = { from: new Date(wanted.from).toISOString(), to: new Date(wanted.to).toISOString() };
  const others = (await readTaken(tx, { site, ...time })).filter(({ id }) => id !== not).map(timeOf);
  if (others.filter((one) => overlap(one, wanted)).length >= settings.callBack.atOnce)
    throw new RelayError('SLOT_TAKEN');
  return time;
}

function timeOf({ startsAt, endsAt }: Pick<CallBackRow, 'startsAt' | 'endsAt'>): Time {
  return { from: Date.parse(startsAt), to: Date.parse(endsAt) };
}

/** Whom the visitor knows, the latest word first: who has it, whom they asked for, their ally. Never somebody who said they are away then. */
function personFor(floor: Floor, record: ConversationRecord, to: string): string | null {
  const holder = record.status === 'open' ? record.holder : null;
  const known = [holder, record.askedFor, record.ally, record.contact];
  const isThere = (person: string) => {
    const { backAt } = floor.presence.card(person);
    return mayBeAsked(floor, person) && (backAt === null || backAt < to);
  };
  return known.find((person) => person !== null && isThere(person)) ?? null;
}

type Row = Pick<CallBackRow, 'id' | 'conversation' | 'startsAt' | 'endsAt' | 'way'>;
type Booked = { readonly row: Row; readonly record: ConversationRecord };

async function promise(
  floor: Pick<Floor, 'now'>,
  tx: Db,
  { row, record, person }: Booked & { readonly person: string },
): Promise<readonly string[]> {
  const text = await textOf(tx, { row, record });
  await promiseTime(tx, {
    ...{ id: row.id, conversation: row.conversation, customer: record.customer, by: person, text },
    ...{ ...promiseTimes(row), now: floor.now() },
  });
  await changeCallBack(tx, row.id, { promise: row.id });
  return [person];
}

async function textOf(tx: Db, { row, record }: Booked): Promise<string> {
  return callBackText(await siteSettings(tx, record.site), pickWidgetLocale([record.locale]), row.way);
}

/** Its person is reminded before its time; the customer is told of a delay before it is over. */
function promiseTimes({ startsAt, endsAt }: Pick<Row, 'startsAt' | 'endsAt'>) {
  return {
    due: iso(endsAt),
    warnAt: new Date(Date.parse(startsAt) - LEAD_MS),
    tellAt: new Date(Date.parse(endsAt) - LEAD_MS / 3),
  };
}

/** Somebody must see to it that it is taken. */
async function leaveToOwner(floor: Floor, tx: Db, { row, record }: Booked): Promise<readonly string[]> {
  await missLater(tx, row);
  const owners = floor.directory
    .all()
    .filter(({ active, joined, role }) => active && joined && role === 'owner');
  const owner = owners.find(({ id }) => floor.presence.isHere(id)) ?? owners[0];
  if (!owner) return [];
  await openTask(tx, {
    ...{ key: taskKey(row.id), kind: 'call-back', owner: owner.id, due: lookAt(floor, row) },
    what: record.preview || (await textOf(tx, { row, record })),
    ...{ customer: record.customer, conversation: record.id },
  });
  return [owner.id];
}

function lookAt(floor: Pick<Floor, 'now'>, { startsAt }: Pick<Row, 'startsAt'>): string {
  return new Date(Math.max(Date.parse(startsAt) - LEAD_MS, floor.now())).toISOString();
}

function taskKey(callBack: string): string {
  return `call-back:${callBack}`;
}

async function missLater(tx: Db, { id, endsAt }: Pick<Row, 'id' | 'endsAt'>): Promise<void> {
  const to = iso(endsAt);
  const data = { callBack: id, to };
  await enqueue(tx, { name: 'call-back-miss', data, at: new Date(to), key: `${id} ${to}` });
}

function byVisitor(key: Key, step: CallBackStep, known: Known): NewEntry {
  return {
    ...key,
    senderKind: 'visitor',
    kind: KIND,
    body: '',
    data: dataOf(step, known),
    isPublic: true,
    seen: null,
  };
}

function dataOf(
  step: CallBackStep,
  { id, startsAt, endsAt, way, phone, person }: Known,
): Record<string, string> {
  return {
    ...{ step, callBack: id, from: iso(startsAt), to: iso(endsAt), way },
    ...(phone !== null && { phone }),
    ...(person !== null && { person }),
  };
}
