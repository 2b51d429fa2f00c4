/** A customer's person changes by an owner's word, or because somebody leaves; a hand-over of work never changes it. The customer is told by name. */
import { derivedId } from '../derived-id.ts';
import type { JobData } from '../jobs/jobs.ts';
import { leaveAgain } from '../people/leaving.ts';
import { standingCustomer } from '../people/merges.ts';
import { RelayError } from '../relay-error.ts';
import { holdPerson, latestConversation, lockAlly, readTold, setAlly } from '../store/allies.ts';
import { lockConversation } from '../store/conversation-changes.ts';
import type { Db } from '../store/db.ts';
import { append, type NewEntry, type StoredEntry } from '../store/log.ts';
import { isSpokenIn } from '../store/promises.ts';
import { type Floor, settle } from './conversations.ts';
import { customersChanged, tellRecorded } from './records.ts';
import { tellWork } from './work.ts';

const RELAY = '00000000-0000-0000-0000-000000000000';

export type AllyChange = {
  /** Made by the client. */
  readonly id: string;
  readonly customer: string;
  readonly ally: string;
};

/**
 * Somebody else is this customer's person now, of all that is not closed and of the follow-ups that are open. A retry, known
 * by its entry, changes nothing; the same id for somebody else is a CONFLICT. UNKNOWN without such a customer, or where the
 * new person may not answer.
 */
export async function changeAlly(floor: Floor, change: AllyChange): Promise<void> {
  const customer = await standingCustomer(floor.db, change.customer);
  const done = await floor.db.transaction(async (tx) => {
    // Before anything else, as whoever leaves is locked before what hangs on them.
    const mayAnswer = await holdPerson(tx, change.ally);
    const conversation = await lockLatest(tx, customer);
    const now = await lockAlly(tx, customer);
    // Two records became one at this moment: which person is meant is to be said again.
    if (!now || now.merged) throw new RelayError('UNKNOWN');
    const told = await readTold(tx, { customer, sender: RELAY, clientId: change.id });
    if (told && told.to !== change.ally) throw new RelayError('CONFLICT');
    if (told || now.ally === change.ally) return null;
    if (!mayAnswer) throw new RelayError('UNKNOWN');
    await setAlly(tx, { customer, from: now.ally, to: change.ally });
    const from = now.ally ?? conversation?.contact ?? null;
    const isNews = conversation !== null && from !== null && from !== change.ally;
    const entry = isNews
      ? await write(tx, changedEntry(conversation.id, change.id, { from, to: change.ally }))
      : null;
    return { former: now.ally, conversation: conversation?.id ?? null, entry };
  });
  if (!done) return;
  if (done.conversation !== null) await tellRecorded(floor, done.conversation, done.entry);
  await customersChanged(floor, [customer]);
  await tellWork(floor, done.former === null ? [change.ally] : [done.former, change.ally]);
}

const TRIES = 3;

/**
 * The conversation in which this customer may be told something, locked; null where there is none. Its visitor may be found
 * to be somebody else a moment before the lock: what is meant for one customer is never said to another.
 */
async function lockLatest(
  tx: Db,
  customer: string,
): Promise<{ readonly id: string; readonly contact: string | null } | null> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const id = await latestConversation(tx, customer);
    if (id === null) return null;
    const locked = await lockConversation(tx, id);
    if (locked?.customer === customer) return { id, contact: locked.contact };
  }
  throw new RelayError('UNAVAILABLE');
}

/** Customers of somebody who left are told who is there for them now. A job without any looks for what came in between. */
export async function tellAllies(floor: Floor, job: JobData['allies-told']): Promise<void> {
  const { handOver, from, to, customers, conversations } = job;
  if (customers.length === 0 && conversations.length === 0) {
    const people = await floor.db.transaction((tx) => leaveAgain(tx, { id: handOver, from, to }));
    await tellWork(floor, people);
    return;
  }
  for (const customer of customers) await tellCustomer(floor, customer, job);
  for (const conversation of conversations) await tellVisitor(floor, conversation, job);
}

/** Once for one hand-over: also when a newer conversation has begun between two tries. */
async function tellCustomer(
  floor: Floor,
  customer: string,
  { handOver, from, to }: JobData['allies-told'],
): Promise<void> {
  const clientId = derivedId('ally-changed', handOver, customer);
  const entry = await floor.db.transaction(async (tx) => {
    const conversation = await lockLatest(tx, customer);
    if (conversation === null) return null;
    const now = await lockAlly(tx, customer);
    // Merged, or somebody else again in between: of that they are told by its own entry.
    if (!now || now.merged || now.ally !== to) return null;
    if (await readTold(tx, { customer, sender: RELAY, clientId })) return null;
    return write(tx, changedEntry(conversation.id, clientId, { from, to }));
  });
  if (entry) await tellRecorded(floor, entry.conversation, entry);
}

/** A visitor whom nobody has linked has a contact in each conversation. */
async function tellVisitor(
  floor: Floor,
  conversation: string,
  { handOver, from, to }: JobData['allies-told'],
): Promise<void> {
  const clientId = derivedId('ally-changed', handOver, conversation);
  const entry = await floor.db.transaction(async (tx) => {
    const locked = await lockConversation(tx, conversation);
    if (!locked || locked.customer !== null || locked.contact !== to) return null;
    if (!(await isSpokenIn(tx, conversation))) return null;
    return write(tx, changedEntry(conversation, clientId, { from, to }));
  });
  if (entry) await tellRecorded(floor, conversation, entry);
}

function changedEntry(
  conversation: string,
  clientId: string,
  data: { readonly from: string; readonly to: string },
): NewEntry {
  return {
    ...{ conversation, clientId, data, senderKind: 'system', sender: RELAY, kind: 'ally-changed' },
    ...{ body: '', isPublic: true, seen: null },
  };
}

async function write(tx: Db, entry: NewEntry): Promise<StoredEntry | null> {
  const [appended] = await append(tx, [entry]);
  const settled = appended ? settle(appended) : null;
  return settled?.outcome === 'stored' ? settled.entry : null;
}
