/**
 * A conversation changes hands: taken once, handed over to a named person, closed with a farewell, reopened, put aside.
 * Each is one transaction under the conversation's row lock, with its entries in the log; the client's id makes a retry harmless.
 */
import type { ConversationDetail } from '@fullname/shared/model';
import { repairText } from '@fullname/shared/text';
import { RelayError } from '../relay-error.ts';
import {
  changeHands,
  lockConversation,
  releaseHeld,
  saveDraft,
  setAllyOnce,
  setBlocked,
} from '../store/conversations.ts';
import type { Db } from '../store/db.ts';
import { append, type NewEntry, type StoredEntry } from '../store/log.ts';
import { addressFor, type Floor, mustRead, settle } from './conversations.ts';
import type { Me } from './desk.ts';
import { offer } from './routing.ts';
import { toDetail, toPublicConversation } from './views.ts';
import { isPublicKind } from './wire.ts';

type Change = { readonly conversation: string; readonly id: string };
type Locked = NonNullable<Awaited<ReturnType<typeof lockConversation>>>;

/** Claimed once. The loser gets TAKEN; the row that follows says who has it. */
export function takeConversation(floor: Floor, me: Me, change: Change): Promise<ConversationDetail> {
  return transfer(floor, me, change.conversation, async (tx, locked) => {
    if (locked.holder === me.id && locked.status === 'open') return [];
    if (locked.status === 'closed' || locked.status === 'spam') throw new RelayError('CLOSED');
    if (locked.holder) throw new RelayError('TAKEN');
    await changeHands(tx, change.conversation, { status: 'open', holder: me.id, contact: me.id });
    if (locked.customer) await setAllyOnce(tx, locked.customer, me.id);
    return write(tx, fact(me, change, 'joined', { person: me.id }));
  });
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
  const to = floor.directory.get(change.to);
  if (!to?.active || to.role === 'back-office' || to.id === me.id) throw new RelayError('UNKNOWN');
  if (!floor.presence.isHere(to.id)) throw new RelayError('NOT_HERE');
  return transfer(floor, me, change.conversation, async (tx, locked) => {
    if (locked.holder === to.id) return [];
    mustHold(locked, me);
    const contact = (await mustRead(floor, change.conversation)).ally ?? locked.contact ?? me.id;
    await changeHands(tx, change.conversation, { status: 'open', holder: to.id, contact });
    const entry = fact(me, change, 'handed-over', { from: me.id, to: to.id, contact });
    const note = repairText(change.note).trim();
    if (!note) return write(tx, entry);
    return write(
      tx,
      {
        ...entry,
        kind: 'note',
        body: note,
        data: { to: to.id },
        isPublic: false,
        clientId: noteId(change.id),
      },
      entry,
    );
  });
}

/** Closed with the agent's own goodbye: it is the last thing that is remembered. */
export function closeConversation(
  floor: Floor,
  me: Me,
  change: Change & { readonly farewell: string },
): Promise<ConversationDetail> {
  return transfer(floor, me, change.conversation, async (tx, locked) => {
    if (locked.status !== 'closed') mustHold(locked, me);
    const farewell = { ...fact(me, change, 'farewell', null), body: repairText(change.farewell).trim() };
    if (!farewell.body) throw new RelayError('EMPTY');
    const stored = await write(tx, farewell);
    await changeHands(tx, change.conversation, {
      status: 'closed',
      holder: me.id,
      endsWait: true,
      forgetsHello: true,
    });
    await saveDraft(tx, me.id, { id: change.conversation, text: '' });
    return stored;
  });
}

export function reopenConversation(floor: Floor, me: Me, change: Change): Promise<ConversationDetail> {
  return transfer(floor, me, change.conversation, async (tx, locked) => {
    if (locked.status === 'open' && locked.holder === me.id) return [];
    if (locked.status !== 'closed') throw new RelayError('TAKEN');
    await changeHands(tx, change.conversation, { status: 'open', holder: me.id, contact: me.id });
    return write(tx, fact(me, change, 'joined', { person: me.id }));
  });
}

/** Not a real request: out of every list, and this browser's token is refused from now on. `undo` gives both back. */
export async function putAside(
  floor: Floor,
  me: Me,
  change: Change & { readonly undo?: boolean },
): Promise<ConversationDetail> {
  const undo = change.undo === true;
  const detail = await transfer(floor, me, change.conversation, async (tx, locked) => {
    if ((locked.status === 'spam') !== undo) return [];
    await changeHands(tx, change.conversation, {
      status: undo ? 'waiting' : 'spam',
      holder: null,
      endsWait: !undo,
    });
    await setBlocked(tx, locked.visitor, !undo);
    return write(tx, fact(me, change, undo ? 'released' : 'put-aside', null));
  });
  const address = await addressFor(floor, change.conversation);
  if (!undo) floor.announce.endVisitor(address.visitor);
  else await offer(floor, floor.news, await mustRead(floor, change.conversation));
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

type Work = (tx: Db, locked: Locked) => Promise<readonly StoredEntry[]>;

/** Lock, work, commit; then tell everybody who may know. */
async function transfer(floor: Floor, me: Me, conversation: string, work: Work): Promise<ConversationDetail> {
  const stored = await floor.db.transaction(async (tx) => {
    const locked = await lockConversation(tx, conversation);
    if (!locked) throw new RelayError('UNKNOWN');
    return work(tx, locked);
  });
  const record = await mustRead(floor, conversation, me.id);
  const address = await addressFor(floor, conversation);
  const now = toPublicConversation(floor, record);
  for (const entry of stored) floor.announce.entry(entry, address, now);
  // The new state without a public entry of its own (a farewell is words, a reopening by hand is a fact): heads carry it.
  if (stored.length > 0) {
    floor.announce.visitorHeads(record.visitor, [now]);
    floor.news.moved(conversation);
  }
  return toDetail(floor, record);
}

function mustHold(locked: Locked, me: Me): void {
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
