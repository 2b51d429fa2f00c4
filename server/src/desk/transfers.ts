/**
 * A conversation changes hands: taken once, handed over to a named person, closed with a farewell, reopened, put aside.
 * Each is one transaction under the conversation's row lock, with its entries in the log; the client's id makes a retry harmless.
 */
import type { ConversationDetail } from '@fullname/shared/model';
import { repairText } from '@fullname/shared/text';
import { showNotes } from '../learning/coaching.ts';
import { lookAfterAgain } from '../recovery/promises.ts';
import { RelayError } from '../relay-error.ts';
import {
  changeHands,
  type LockedConversation,
  lockConversation,
  releaseHeld,
  saveDraft,
  setAllyOnce,
  setBlocked,
} from '../store/conversation-changes.ts';
import type { Db } from '../store/db.ts';
import { append, findEntry, type NewEntry, type StoredEntry } from '../store/log.ts';
import { takeCallBack } from './call-backs.ts';
import { addressFor, type Floor, mustRead, settle } from './conversations.ts';
import type { Me } from './desk.ts';
import { offer } from './routing.ts';
import { lookForUnlogged } from './unlogged.ts';
import { toDetail, toPublicConversation } from './views.ts';
import { isPublicKind } from './wire.ts';
import { tellWork } from './work.ts';

type Change = { readonly conversation: string; readonly id: string };

/** Claimed once. The loser gets TAKEN; the row that follows says who has it. */
export async function takeConversation(floor: Floor, me: Me, change: Change): Promise<ConversationDetail> {
  let owners: readonly string[] = [];
  const detail = await transfer(floor, me, {
    change,
    wrote: (first) => first.kind === 'joined',
    work: async (tx, locked) => {
      if (locked.holder === me.id && locked.status === 'open') return [];
      if (locked.status === 'closed' || locked.status === 'spam') throw new RelayError('CLOSED');
      // Whoever may no longer answer holds nothing: neither deactivation nor a change of role waits for what is under way.
      if (locked.holder && mayAnswer(floor, locked.holder)) throw new RelayError('TAKEN');
      const joined = await join(tx, me, { change, locked });
      const taken = await takeCallBack(floor, tx, { me, change });
      owners = taken.owners;
      return taken.entry ? [...joined, ...(await write(tx, taken.entry))] : joined;
    },
  });
  await tellWork(floor, owners);
  return detail;
}

/**
 * To a named person who is here, with a note for colleagues. The ally does not change: whoever was the first
 * person stays the customer's contact.
 */
export function handOver(
  floor: Floor,
  me: Me,
  change: Change & { readonly to: string; readonly note: string },
): Promise<ConversationDetail> {
  return transfer(floor, me, {
    change,
    wrote: (first) => first.kind === 'handed-over' && first.data?.to === change.to,
    work: async (tx, locked) => {
      if (change.to === me.id || !mayAnswer(floor, change.to)) throw new RelayError('UNKNOWN');
      if (!floor.presence.isHere(change.to)) throw new RelayError('NOT_HERE');
      mustHold(locked, me);
      const { ally } = await mustRead({ db: tx }, change.conversation);
      const contact = ally ?? locked.contact ?? me.id;
      await changeHands(tx, change.conversation, { status: 'open', holder: change.to, contact });
      const entry = fact(me, change, 'handed-over', { from: me.id, to: change.to, contact });
      const body = repairText(change.note).trim();
      if (!body) return write(tx, entry);
      const note = { kind: 'note', body, data: { to: change.to }, isPublic: false };
      return write(tx, { ...entry, ...note, clientId: noteId(change.id) }, entry);
    },
  });
}

/** Closed with the agent's own goodbye: it is the last thing that is remembered. */
export async function closeConversation(
  floor: Floor,
  me: Me,
  change: Change & { readonly farewell: string },
): Promise<ConversationDetail> {
  const body = repairText(change.farewell).trim();
  let changed: readonly string[] = [];
  const detail = await transfer(floor, me, {
    change,
    wrote: (first) => first.kind === 'farewell' && first.body === body,
    work: async (tx, locked) => {
      mustHold(locked, me);
      if (!body) throw new RelayError('EMPTY');
      const stored = await write(tx, { ...fact(me, change, 'farewell', null), body });
      const closed = { status: 'closed', holder: me.id, wait: 'ends', forgetsHello: true } as const;
      await changeHands(tx, change.conversation, closed);
      await saveDraft(tx, me.id, { id: change.conversation, text: '' });
      const shownTo = await showNotes(tx, change.conversation, floor.now());
      const [farewell] = stored;
      const reminded = farewell
        ? await lookForUnlogged(tx, floor, { farewell, customer: locked.customer })
        : [];
      changed = [...shownTo, ...reminded];
      return stored;
    },
  });
  await tellWork(floor, changed);
  return detail;
}

/** By hand; or, when the visitor was a moment faster and it waits already, taken. */
export function reopenConversation(floor: Floor, me: Me, change: Change): Promise<ConversationDetail> {
  return transfer(floor, me, {
    change,
    wrote: (first) => first.kind === 'joined',
    work: async (tx, locked) => {
      if (locked.status === 'open' && locked.holder === me.id) return [];
      if (locked.status === 'spam') throw new RelayError('CLOSED');
      if (locked.status === 'open') throw new RelayError('TAKEN');
      return join(tx, me, { change, locked });
    },
  });
}

/** Not a real request: out of every list, and this browser's token is refused from now on. `undo` gives both back. */
export async function putAside(
  floor: Floor,
  me: Me,
  change: Change & { readonly undo?: boolean },
): Promise<ConversationDetail> {
  const undo = change.undo === true;
  const kind = undo ? 'released' : 'put-aside';
  let shownTo: readonly string[] = [];
  const detail = await transfer(floor, me, {
    change,
    wrote: (first) => first.kind === kind,
    work: async (tx, locked) => {
      if ((locked.status === 'spam') !== undo) return [];
      // Not over a colleague's head: whoever speaks with the visitor, or an owner, says that it is no real request.
      if (locked.holder && locked.holder !== me.id && me.role !== 'owner') throw new RelayError('NOT_YOURS');
      const aside = { status: 'spam', holder: null, wait: 'ends' } as const;
      const back = { status: 'waiting', holder: null, wait: 'starts' } as const;
      await changeHands(tx, change.conversation, undo ? back : aside);
      await setBlocked(tx, locked.visitor, !undo);
      const now = floor.now();
      if (undo) await lookAfterAgain(tx, { visitor: locked.visitor, change: change.id, now });
      else shownTo = await showNotes(tx, change.conversation, now);
      return write(tx, fact(me, change, kind, null));
    },
  });
  await tellWork(floor, shownTo);
  if (detail.status === 'spam') {
    floor.announce.endVisitor((await addressFor(floor, change.conversation)).visitor);
  } else if (undo) {
    await offer(floor, floor.news, await mustRead(floor, change.conversation));
  }
  return detail;
}

/** Somebody may no longer answer: what they hold waits again and is offered to those who are here. Nobody is orphaned. */
export async function releaseAll(floor: Floor, person: string): Promise<void> {
  for (const id of await releaseHeld(floor.db, person)) {
    const record = await mustRead(floor, id);
    await offer(floor, floor.news, record);
    floor.announce.visitorHeads(record.visitor, [toPublicConversation(floor, record)]);
  }
}

type Transfer = {
  readonly change: Change;
  /** Whether this change wrote the entry that is in the log under its id. */
  readonly wrote: (first: StoredEntry) => boolean;
  readonly work: (tx: Db, locked: LockedConversation) => Promise<readonly StoredEntry[]>;
};

/**
 * Lock, work, commit; then tell everybody who may know. A retry is known by its entry, whatever has happened since: it
 * changes nothing, but the lists are told again, as the first time may have ended before they were.
 */
async function transfer(
  floor: Floor,
  me: Me,
  { change, wrote, work }: Transfer,
): Promise<ConversationDetail> {
  const { conversation } = change;
  const stored = await floor.db.transaction(async (tx) => {
    const locked = await lockConversation(tx, conversation);
    if (!locked) throw new RelayError('UNKNOWN');
    const first = await findEntry(tx, { conversation, sender: me.id, clientId: change.id });
    if (!first) return work(tx, locked);
    if (!wrote(first)) throw new RelayError('CONFLICT');
    return [];
  });
  const record = await mustRead(floor, conversation, me.id);
  const address = await addressFor(floor, conversation);
  const now = toPublicConversation(floor, record);
  for (const entry of stored) floor.announce.entry(entry, address, now);
  // The new state without a public entry of its own (a farewell is words, a reopening by hand is a fact): heads carry it.
  floor.announce.visitorHeads(record.visitor, [now]);
  floor.news.moved(conversation);
  return toDetail(floor, record);
}

async function join(
  tx: Db,
  me: Me,
  { change, locked }: { readonly change: Change; readonly locked: LockedConversation },
): Promise<StoredEntry[]> {
  await changeHands(tx, change.conversation, { status: 'open', holder: me.id, contact: me.id });
  if (locked.customer) await setAllyOnce(tx, locked.customer, me.id);
  return write(tx, fact(me, change, 'joined', { person: me.id }));
}

function mayAnswer(floor: Floor, person: string): boolean {
  const row = floor.directory.get(person);
  return row?.active === true && row.role !== 'back-office';
}

function mustHold(locked: LockedConversation, me: Me): void {
  if (locked.status === 'closed' || locked.status === 'spam') throw new RelayError('CLOSED');
  if (!locked.holder) throw new RelayError('NOT_TAKEN');
  if (locked.holder !== me.id) throw new RelayError('NOT_YOURS');
}

async function write(tx: Db, ...rows: readonly NewEntry[]): Promise<StoredEntry[]> {
  const answers = await append(tx, rows);
  return answers.flatMap((answer) => {
    const settled = settle(answer);
    return settled.outcome === 'stored' ? [settled.entry] : [];
  });
}

/** A fact by an agent: public where visitors may see its kind. */
export function fact(me: Me, change: Change, kind: string, data: Record<string, string> | null): NewEntry {
  return {
    conversation: change.conversation,
    senderKind: 'agent',
    sender: me.id,
    clientId: change.id,
    kind,
    body: '',
    data,
    isPublic: isPublicKind(kind),
    seen: null,
  };
}

/** The note's own id, worked out from the hand-over's, so that a retry finds both. */
function noteId(id: string): string {
  const first = (Number.parseInt(id.slice(0, 8), 16) ^ 0x6e6f7465) >>> 0;
  return first.toString(16).padStart(8, '0') + id.slice(8);
}
