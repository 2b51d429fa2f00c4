/** Goodwill at the desk: given or asked for in a conversation, answered by a colleague; whoever is concerned is told. */
import type { GoodwillDecision, GoodwillDraft, GoodwillUse, Purse } from '@fullname/shared/recovery';
import { askedOf, decideGoodwill, giveGoodwill, purseOf, toGoodwillUse } from '../recovery/goodwill.ts';
import { RelayError } from '../relay-error.ts';
import type { GoodwillRow } from '../store/goodwill.ts';
import type { NewEntry } from '../store/log.ts';
import type { Floor } from './conversations.ts';
import type { Me } from './desk.ts';
import { customersChanged, recorded } from './records.ts';
import { fact } from './transfers.ts';
import { tellWork } from './work.ts';

/** One's own; there is no way to another's. */
export function ownPurse(floor: Floor, me: Me): Promise<Purse> {
  return purseOf(floor.db, { person: me.id, now: floor.now() }, floor.directory.ref);
}

/** Errors as in recovery/goodwill.ts; UNKNOWN without the conversation. */
export async function give(floor: Floor, me: Me, draft: GoodwillDraft): Promise<GoodwillUse> {
  const row = await recorded(floor, draft.conversation, async (tx, { customer, visitor }) => {
    const row = await giveGoodwill(tx, draft, { customer, visitor, by: me.id, now: floor.now() });
    return { value: row, entry: row.state === 'given' ? given(me, row) : null };
  });
  await told(floor, row);
  await tellWork(floor, row.colleague === null ? [me.id] : [me.id, row.colleague]);
  return toGoodwillUse(row, floor.directory.ref);
}

/** The colleague's word. Granted, it is in the log as given by the one who asked. */
export async function decide(
  floor: Floor,
  me: Me,
  asked: { readonly id: string; readonly decision: GoodwillDecision },
): Promise<GoodwillUse> {
  const answering = { by: me.id, isOwner: me.role === 'owner', now: floor.now() };
  const { conversation } = await askedOf(floor.db, asked.id, answering);
  if (conversation === null) throw new RelayError('UNKNOWN');
  const decided = await recorded(floor, conversation, async (tx) => {
    const decided = await decideGoodwill(tx, asked, answering);
    const { row } = decided;
    const asker: Me = { ...floor.directory.ref(row.by), role: 'agent' };
    return { value: decided, entry: row.state === 'given' ? given(asker, row) : null };
  });
  await told(floor, decided.row);
  await tellWork(floor, decided.told);
  return toGoodwillUse(decided.row, floor.directory.ref);
}

/** Under the use's own id: whoever says it again finds the first entry. */
function given(by: Me, row: GoodwillRow): NewEntry {
  const change = { conversation: row.conversation ?? '', id: row.id };
  const data = { amount: String(row.amount), currency: row.currency };
  return { ...fact(by, change, 'goodwill-given', data), body: row.what };
}

/** Other panes of the same customer. */
async function told(floor: Floor, { state, customer }: GoodwillRow): Promise<void> {
  if (state === 'given' && customer !== null) await customersChanged(floor, [customer]);
}
