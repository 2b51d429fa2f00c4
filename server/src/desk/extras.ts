/** Extras, offered as buttons and chosen by the customer; and what becomes of preferences. */
import type { Entry, Preference, PublicEntry } from '@fullname/shared/model';
import type { ExtrasOffer } from '@fullname/shared/recovery';
import * as likes from '../people/preferences.ts';
import { chooseFrom, findOffer, recordOffer } from '../recovery/extras.ts';
import { RelayError } from '../relay-error.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import type { Db } from '../store/db.ts';
import { readChoiceId } from '../store/extras.ts';
import { findEntry, type NewEntry, type StoredEntry } from '../store/log.ts';
import { addressFor, type Floor, forVisitor } from './conversations.ts';
import type { Caller, Me } from './desk.ts';
import { headsOfVisitor } from './heads.ts';
import { customersChanged, recorded, tellRecorded } from './records.ts';
import { fact } from './transfers.ts';
import { toEntry } from './wire.ts';

/**
 * Offers extras to the visitor. Only the holder speaks: CLOSED, NOT_TAKEN, NOT_YOURS as for a message; other errors as in
 * recovery/extras.ts.
 */
export async function offerExtras(floor: Floor, me: Me, offer: ExtrasOffer): Promise<Entry> {
  await recorded(floor, offer.conversation, async (tx, record) => {
    if (await findOffer(tx, offer, me.id)) return { value: null, entry: null };
    mustSpeak(record, me);
    const { customer, visitor } = record;
    await recordOffer(tx, offer, { customer, visitor, by: me.id, now: floor.now() });
    return { value: null, entry: offered(me, offer) };
  });
  const { conversation, id } = offer;
  return toEntry(await written(floor.db, { conversation, sender: me.id, clientId: id }), floor.directory.ref);
}

function mustSpeak({ status, holder }: ConversationRecord, me: Me): void {
  if (status === 'closed' || status === 'spam') throw new RelayError('CLOSED');
  if (holder === null) throw new RelayError('NOT_TAKEN');
  if (holder !== me.id) throw new RelayError('NOT_YOURS');
}

function offered(me: Me, offer: ExtrasOffer): NewEntry {
  const options = offer.options.map((option, index) => [`option${index + 1}`, option] as const);
  const data = { offer: offer.id, ...Object.fromEntries(options) };
  return { ...fact(me, offer, 'extras-offered', data), body: offer.text };
}

type Choice = { readonly id: string; readonly offer: string; readonly choice: number | string };

/**
 * The visitor's choice, once an offer: the first one stays. A closed conversation takes it without waking up; whoever looks
 * at the list sees that there is something new. Errors as in recovery/extras.ts.
 */
export async function chooseExtra(
  floor: Floor,
  caller: Caller & { readonly conversation: string },
  request: Choice,
): Promise<PublicEntry> {
  const { conversation, visitor } = caller;
  const customer = await recorded(floor, conversation, async (tx, record) => {
    if (record.visitor !== visitor) throw new RelayError('UNKNOWN_CONVERSATION');
    const { customer } = record;
    const { offer, choice } = request;
    const now = floor.now();
    const chosen = await chooseFrom(tx, { conversation, customer, visitor, offer, choice, now });
    return { value: customer, entry: chosen.isNew ? taken(caller, request, chosen.choice) : null };
  });
  await othersChanged(floor, { customer, visitor, except: conversation });
  // Another tab may have been first with the same choice, under its own id: that entry is this one's answer.
  const clientId = await readChoiceId(floor.db, { conversation, offer: request.offer });
  const entry = await written(floor.db, { conversation, sender: visitor, clientId: clientId ?? request.id });
  return forVisitor(floor, entry, await addressFor(floor, conversation));
}

function taken(
  { conversation, visitor }: Caller & { readonly conversation: string },
  { id, offer }: Choice,
  choice: string,
): NewEntry {
  return {
    ...{ conversation, senderKind: 'visitor', sender: visitor, clientId: id, kind: 'extra-chosen' },
    ...{ body: choice, data: { offer }, isPublic: true, seen: null },
  };
}

async function written(
  db: Db,
  key: Pick<NewEntry, 'conversation' | 'sender' | 'clientId'>,
): Promise<StoredEntry> {
  const entry = await findEntry(db, key);
  if (!entry) throw new Error('an entry that was just written must be there');
  return entry;
}

type Asked = { readonly conversation: string; readonly preference: string };

export async function removePreference(floor: Floor, me: Me, request: Asked): Promise<void> {
  await touched(floor, request, (tx, touch) => likes.removePreference(tx, touch, me.id));
}

export function changeIdea(
  floor: Floor,
  me: Me,
  request: Asked & { readonly idea: string | null; readonly done?: boolean },
): Promise<Preference> {
  const { conversation: _, preference: __, ...change } = request;
  return touched(floor, request, (tx, touch) => likes.changeIdea(tx, touch, { ...change, by: me.id }));
}

async function touched<Value>(
  floor: Floor,
  { conversation, preference }: Asked,
  work: (tx: Db, touch: likes.Touched) => Promise<Value>,
): Promise<Value> {
  const { value, record } = await recorded(floor, conversation, async (tx, record) => {
    const at = new Date(floor.now()).toISOString();
    const value = await work(tx, { id: preference, whose: record, at });
    return { value: { value, record }, entry: null };
  });
  await othersChanged(floor, { ...record, except: conversation });
  return value;
}

/** Tells the panes of the customer; of a visitor whom nobody has linked, those of their own conversations. */
export async function othersChanged(
  floor: Floor,
  whose: { readonly customer: string | null; readonly visitor: string | null; readonly except?: string },
): Promise<void> {
  if (whose.customer !== null) {
    await customersChanged(floor, [whose.customer]);
    return;
  }
  if (whose.visitor === null) return;
  for (const { id } of await headsOfVisitor(floor, whose.visitor))
    if (id !== whose.except) await tellRecorded(floor, id, null);
}
