/**
 * The message's way through the relay: start, send, note. Each verb checks, stores, announces, in this order;
 * the acknowledgement is the resolved promise, so it goes back only after COMMIT.
 */

import type { ErrorCode } from '@fullname/shared/errors';
import type { SendRequest, StartRequest } from '@fullname/shared/events';
import type { Entry, PublicConversation, PublicEntry } from '@fullname/shared/model';
import { repairText } from '@fullname/shared/text';
import type { Links } from '../files/links.ts';
import type { Mail } from '../mail/mail.ts';
import { linkVisitor } from '../people/customers.ts';
import { RelayError } from '../relay-error.ts';
import { ensureConversation, lockConversation } from '../store/conversation-changes.ts';
import {
  type ConversationRecord,
  conversationOfVisitor,
  type OwnRecord,
  readConversation,
} from '../store/conversations.ts';
import {
  type Appended,
  append,
  findEntry,
  type NewEntry,
  type Refusal,
  type StoredEntry,
} from '../store/log.ts';
import { ensureVisitor, setClaimedEmail } from '../store/visitors.ts';
import type { Address } from './announce.ts';
import { storeBefore, storeKept } from './before.ts';
import type { Caller, Desk, Me } from './desk.ts';
import { answerGreeting, type Greeting, offerToGreeter, withGreeting } from './greeting.ts';
import type { News } from './news.ts';
import { offer } from './routing.ts';
import { addressOf, toPublicConversation } from './views.ts';
import { toEntry, toPublicEntry } from './wire.ts';

export type Floor = Desk & {
  readonly news: News;
  readonly mail: Mail;
  /** Addresses of files. */
  readonly links: Links;
  /** Milliseconds; the clock of due times. */
  readonly now: () => number;
  /** Where a conversation's entries go, remembered: an address never changes. */
  readonly addresses: Addresses;
  /** Resolves when all that was committed before is on the disk: marks do not wait for it by themselves. */
  readonly flushed: () => Promise<void>;
  /** Off only for measurements, never in production. */
  readonly rateLimits: boolean;
};

/** Conversation → address, for those that somebody spoke in lately. */
type Addresses = Map<string, Address>;
const ADDRESSES_MAX = 50_000;

export type Starter = {
  readonly site: string;
  readonly tokenHash: Buffer;
  /** The customer that a signed identity proves; null without one. */
  readonly customer: string | null;
  readonly device: string | null;
  /** The socket that asks; it is told by its acknowledgement. */
  readonly socket: string;
  /** The hello that these words answer. */
  readonly greeting: Greeting | null;
};

export type Started = {
  readonly visitor: string;
  /** The relay's own id; it does not leave the relay. */
  readonly id: string;
  readonly conversation: PublicConversation;
  readonly entry: PublicEntry;
};

/** A conversation with its first message: visitor, conversation and entry in one transaction. A retry finds all three. */
export async function startConversation(
  floor: Floor,
  starter: Starter,
  request: StartRequest,
): Promise<Started> {
  const { visitor, id, appended } = await floor.db.transaction(async (tx) => {
    const visitor = await ensureVisitor(tx, { ...starter, locale: request.locale });
    if (visitor.blocked) throw new RelayError('BLOCKED');
    if (starter.customer) {
      await linkVisitor(tx, { visitor: visitor.id, customer: starter.customer, by: null });
    }
    const id = await ensureConversation(tx, {
      site: starter.site,
      visitor: visitor.id,
      clientId: request.conversation,
      locale: request.locale,
      page: request.page ?? null,
      begunHere: floor.presence.here().length > 0,
    });
    const words = visitorWords(visitor.id, id, request.message);
    const answers = await append(tx, withGreeting(words, starter.greeting));
    // A refusal must leave nothing behind: no visitor, no empty conversation.
    const stored = settle(answers.at(-1));
    await offerToGreeter(tx, answers, { conversation: id, greeting: starter.greeting });
    await storeBefore(floor, tx, { ...request, conversation: id, visitor: visitor.id });
    return { visitor: visitor.id, id, appended: stored };
  });
  const record = await mustRead(floor, id);
  const address = remember(floor, record);
  tell(floor, appended, { address, from: starter.socket });
  await offerIfNew(floor, record);
  return {
    ...{ visitor, id },
    conversation: toPublicConversation(floor, record),
    entry: forVisitor(floor, appended.entry, address),
  };
}

/**
 * A visitor's message. The right to the conversation is checked again by the append itself, under the lock. After
 * a retry too the lists are told, here and everywhere: the first time may have ended between COMMIT and that, and no head
 * speaks of rows.
 */
export async function sendFromVisitor(
  floor: Floor,
  caller: Caller & Speaking,
  request: Pick<SendRequest, 'id' | 'text'>,
): Promise<{ entry: StoredEntry; address: Address }> {
  return sayAsVisitor(floor, caller, visitorWords(caller.visitor, caller.conversation, request));
}

export type Speaking = {
  readonly socket: string;
  readonly conversation: string;
  /** The hello that these words answer. */
  readonly greeting: Greeting | null;
};

/** A row of the visitor's own: words, or a file. */
export async function sayAsVisitor(
  floor: Floor,
  caller: Caller & Speaking,
  row: NewEntry,
): Promise<{ entry: StoredEntry; address: Address }> {
  const { greeting } = caller;
  const appended = greeting
    ? await floor.db.transaction(async (tx) => settle((await answerGreeting(tx, row, greeting)).at(-1)))
    : settle(await floor.commit.append(row));
  const address = await addressFor(floor, caller.conversation);
  tell(floor, appended, { address, from: caller.socket });
  if (appended.outcome === 'retried' || appended.reopened) {
    await tellKept(floor, caller, address);
    await offerAgain(floor, caller.conversation);
  } else floor.news.hasWords(caller.conversation);
  return { entry: appended.entry, address };
}

/** What its visitor had said before the first entry of a conversation that was made for a file. */
async function tellKept(
  floor: Floor,
  caller: Caller & { readonly conversation: string },
  address: Address,
): Promise<void> {
  const entries = await storeKept(floor, caller);
  if (entries.length === 0) return;
  const conversation = toPublicConversation(floor, await mustRead(floor, caller.conversation));
  for (const entry of entries) floor.announce.conversationChanged(entry, address, conversation);
}

/** An agent's reply. Only the holder speaks; ANSWERED when another agent's words came after what the sender has seen. */
export async function sendFromAgent(
  floor: Floor,
  from: { readonly me: Me; readonly socket: string },
  request: SendRequest & { readonly seen?: number },
): Promise<Entry> {
  return speak(floor, from, {
    kind: 'message',
    isPublic: true,
    seen: request.seen ?? null,
    ...agentRow(from.me, request),
  });
}

/** An internal note: no public number, so that neither the visitor's wire nor their numbering shows it. */
export async function sendNote(
  floor: Floor,
  from: { readonly me: Me; readonly socket: string },
  request: SendRequest,
): Promise<Entry> {
  return speak(floor, from, { kind: 'note', isPublic: false, seen: null, ...agentRow(from.me, request) });
}

/** A row of an agent's: words, a note, or a file. */
export async function speak(
  floor: Floor,
  from: { readonly me: Me; readonly socket: string },
  row: NewEntry,
): Promise<Entry> {
  const appended = settle(await floor.commit.append(row));
  tell(floor, appended, { address: await addressFor(floor, row.conversation), from: from.socket });
  floor.news.hasWords(row.conversation);
  return toEntry(appended.entry, floor.directory.ref);
}

/**
 * Of a retry too: the first time may have ended between COMMIT and this, or with the answer on its way, and the other side would
 * wait for the next heads. Who has it already drops it.
 */
function tell(
  floor: Floor,
  { outcome, entry }: Settled,
  { address, from }: { readonly address: Address; readonly from: string },
): void {
  if (outcome === 'stored') floor.announce.messageSent(entry, address, from);
  else {
    floor.metrics.retryFound();
    floor.announce.messageAgain(entry, address, from);
  }
}

/** An address left for the answer: a claim of the visitor's, kept with them and shown as one. */
export async function giveEmail(
  floor: Floor,
  caller: Caller & { readonly conversation: string },
  request: { readonly id: string; readonly email: string },
): Promise<PublicEntry> {
  const row: NewEntry = {
    ...visitorWords(caller.visitor, caller.conversation, { id: request.id, text: request.email }),
    kind: 'email-given',
  };
  const appended = await floor.db.transaction(async (tx) => {
    await lockConversation(tx, caller.conversation);
    // Removed since: a late retry finds its line without the address.
    const first = await findEntry(tx, row);
    const isForgotten = first?.kind === row.kind && first.body === '';
    const [answer] = await append(tx, [isForgotten ? { ...row, body: '' } : row]);
    const settled = settle(answer);
    // A late retry must not bring back an older address.
    if (settled.outcome === 'stored') await setClaimedEmail(tx, caller.visitor, request.email);
    return settled;
  });
  const record = await mustRead(floor, caller.conversation);
  floor.announce.conversationChanged(appended.entry, addressOf(record), toPublicConversation(floor, record));
  floor.news.moved(record.id);
  return forVisitor(floor, appended.entry, addressOf(record));
}

/** The visitor's own conversation by their own id, or UNKNOWN_CONVERSATION: also for other people's, without a difference. */
export async function ownConversation(floor: Floor, visitor: string, clientId: string): Promise<OwnRecord> {
  const record = await conversationOfVisitor(floor.db, { visitor, clientId });
  if (!record) throw new RelayError('UNKNOWN_CONVERSATION');
  if (record.status === 'spam') throw new RelayError('BLOCKED');
  return record;
}

/** A conversation for an agent; UNKNOWN when there is none. `db` may be a transaction. */
export async function mustRead(
  { db }: Pick<Floor, 'db'>,
  id: string,
  me: string | null = null,
): Promise<ConversationRecord> {
  const record = await readConversation(db, id, me);
  if (!record) throw new RelayError('UNKNOWN');
  return record;
}

export function forVisitor(floor: Floor, entry: StoredEntry, address: Address): PublicEntry {
  const sent = toPublicEntry(entry, address.clientId, floor.directory.ref);
  if (!sent) throw new Error('a visitor wrote an entry that visitors cannot see');
  return sent;
}

export async function addressFor(floor: Floor, conversation: string): Promise<Address> {
  return floor.addresses.get(conversation) ?? remember(floor, await mustRead(floor, conversation));
}

export function remember(floor: Floor, record: Parameters<typeof addressOf>[0]): Address {
  if (floor.addresses.size >= ADDRESSES_MAX) floor.addresses.clear();
  const address = addressOf(record);
  floor.addresses.set(record.id, address);
  return address;
}

export type Settled = Extract<Appended, { outcome: 'stored' | 'retried' }>;

/** An append's outcome, or the code of its refusal. */
export function settle(appended: Appended | undefined): Settled {
  if (!appended) throw new Error('an append answers every row');
  if (appended.outcome === 'stored' || appended.outcome === 'retried') return appended;
  throw new RelayError(REFUSED[appended.outcome]);
}

const REFUSED: Record<Refusal, ErrorCode> = {
  unknown: 'UNKNOWN_CONVERSATION',
  blocked: 'BLOCKED',
  closed: 'CLOSED',
  'not-taken': 'NOT_TAKEN',
  'not-yours': 'NOT_YOURS',
  held: 'ANSWERED',
  conflict: 'CONFLICT',
};

function visitorWords(
  visitor: string,
  conversation: string,
  message: { id: string; text: string },
): NewEntry {
  return {
    conversation,
    senderKind: 'visitor',
    sender: visitor,
    clientId: message.id,
    kind: 'message',
    body: repairText(message.text),
    data: null,
    isPublic: true,
    seen: null,
  };
}

function agentRow(me: Me, request: SendRequest): Omit<NewEntry, 'kind' | 'isPublic' | 'seen'> {
  return {
    conversation: request.conversation,
    senderKind: 'agent',
    sender: me.id,
    clientId: request.id,
    body: repairText(request.text),
    data: null,
  };
}

/** A closed conversation woke up: the visitor's tabs learn its state, and somebody is offered it. */
async function offerAgain(floor: Floor, id: string): Promise<void> {
  const record = await mustRead(floor, id);
  await offerIfNew(floor, record);
  floor.announce.visitorHeads(record.visitor, [toPublicConversation(floor, record)]);
}

/** Waiting and offered to nobody: new, woken up, or left so by a relay that ended between COMMIT and the offer. */
async function offerIfNew(floor: Floor, record: ConversationRecord): Promise<void> {
  if (record.status === 'waiting' && record.offeredTo === null) await offer(floor, floor.news, record);
  else floor.news.hasWords(record.id);
}
