/**
 * What an agent records beside a conversation: the frame of every record (it and its entry in the log are one transaction),
 * preferences, and who the visitor is.
 */
import type { PreferenceDraft } from '@fullname/shared/events';
import type { CustomerPane, Preference } from '@fullname/shared/model';
import { createCustomer, linkVisitor, unlinkVisitor } from '../people/customers.ts';
import { conversationsOf, standingCustomer } from '../people/merges.ts';
import { readPane } from '../people/pane.ts';
import { notePreference } from '../people/preferences.ts';
import { RelayError } from '../relay-error.ts';
import { lockConversation, setAllyOnce } from '../store/conversation-changes.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import type { Db } from '../store/db.ts';
import { append, findEntry, type NewEntry, type StoredEntry } from '../store/log.ts';
import { type Floor, mustRead, settle } from './conversations.ts';
import type { Me } from './desk.ts';
import { fact } from './transfers.ts';
import { addressOf, localeOf, toPublicConversation } from './views.ts';

export function paneOf(floor: Floor, record: ConversationRecord): Promise<CustomerPane> {
  return readPane(
    floor.db,
    { id: record.id, visitor: record.visitor, locale: localeOf(record), now: floor.now() },
    floor.directory.ref,
  );
}

export function recordPreference(floor: Floor, me: Me, draft: PreferenceDraft): Promise<Preference> {
  return recorded(floor, draft.conversation, async (tx, record) => {
    const preference = await notePreference(tx, draft, { customer: record.customer, by: me.id });
    // Forgotten since: a retry must not find other words in the log.
    const entry = preference.text && { ...fact(me, draft, 'preference-noted', null), body: preference.text };
    return { value: preference, entry: entry || null };
  });
}

export type LinkRequest = {
  readonly conversation: string;
  readonly id: string;
  readonly customer: string | { readonly name: string } | null;
};

/** Says who a visitor is, or takes it back. In the log with the agent's name, so that it can be asked about and undone. */
export async function link(floor: Floor, me: Me, request: LinkRequest): Promise<CustomerPane> {
  await recorded(floor, request.conversation, async (tx, record) => {
    const entry = await changeLink(tx, me, { request, record });
    return { value: null, entry };
  });
  return paneOf(floor, await mustRead(floor, request.conversation));
}

async function changeLink(
  tx: Db,
  me: Me,
  { request, record }: { request: LinkRequest; record: ConversationRecord },
): Promise<NewEntry | null> {
  const customer =
    request.customer === null || typeof request.customer === 'string'
      ? request.customer
      : (await createCustomer(tx, { id: request.id, name: request.customer.name })).id;
  const key = { conversation: record.id, sender: me.id, clientId: request.id };
  const first = await findEntry(tx, key);
  if (first) {
    const kind = customer === null ? 'unlinked' : 'linked';
    const then = first.data?.customer ?? null;
    if (first.kind !== kind || !(await isOneRecord(tx, then, customer))) throw new RelayError('CONFLICT');
    return null;
  }
  if (customer === null) {
    const was = await unlinkVisitor(tx, record.visitor);
    return was ? fact(me, request, 'unlinked', null) : null;
  }
  const linked = await linkVisitor(tx, { visitor: record.visitor, customer, by: me.id });
  if (!linked.changed) return null;
  await setAllyOnce(tx, linked.customer.id, record.contact ?? me.id);
  return fact(me, request, 'linked', { customer: linked.customer.id, name: linked.customer.name });
}

async function isOneRecord(tx: Db, a: string | null, b: string | null): Promise<boolean> {
  if (a === b || a === null || b === null) return a === b;
  return (await standingCustomer(tx, a)) === (await standingCustomer(tx, b));
}

/** Tells the open panes and the lists of these customers what is so now. */
export async function customersChanged(floor: Floor, customers: readonly string[]): Promise<void> {
  for (const conversation of await conversationsOf(floor.db, customers)) {
    await tellPane(floor, conversation);
    floor.news.moved(conversation);
  }
}

/** The pane as it is now, for those who have the conversation open. A pane is dear: where nobody looks none is made. */
export async function tellPane(floor: Floor, conversation: string): Promise<void> {
  if (!(await floor.announce.mayBeOpen(conversation))) return;
  floor.announce.customerChanged(conversation, await paneOf(floor, await mustRead(floor, conversation)));
}

export type Work<Value> = (
  tx: Db,
  record: ConversationRecord,
) => Promise<{ value: Value; entry: NewEntry | null }>;

/** Under the lock, so that what is recorded goes to whom the visitor is linked to now, not a moment ago. */
export async function recorded<Value>(floor: Floor, conversation: string, work: Work<Value>): Promise<Value> {
  const { value, stored } = await floor.db.transaction(async (tx) => {
    await lockConversation(tx, conversation);
    const record = await mustRead({ db: tx }, conversation);
    const done = await work(tx, record);
    const [appended] = done.entry ? await append(tx, [done.entry]) : [];
    return { value: done.value, stored: appended ? settle(appended) : null };
  });
  await tellRecorded(floor, conversation, stored?.outcome === 'stored' ? stored.entry : null);
  return value;
}

/** After COMMIT: the entry, if one was written, then the pane and the row as they are now. */
export async function tellRecorded(
  floor: Floor,
  conversation: string,
  entry: StoredEntry | null,
): Promise<void> {
  if (entry) {
    const record = await mustRead(floor, conversation);
    floor.announce.conversationChanged(entry, addressOf(record), toPublicConversation(floor, record));
  }
  await tellPane(floor, conversation);
  floor.news.moved(conversation);
}
