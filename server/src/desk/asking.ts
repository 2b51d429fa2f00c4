/** A visitor asks for somebody by name. */
import type { Askable } from '@fullname/shared/events';
import type { PublicEntry } from '@fullname/shared/model';
import { foldName, isNamed } from '@fullname/shared/names-alike';
import { RelayError } from '../relay-error.ts';
import { peopleMetBy, setAskedFor, waitingFor } from '../store/asking.ts';
import { findEntry } from '../store/log.ts';
import { ASKED, askedRow, mayBeAsked } from './before.ts';
import { addressFor, type Floor, forVisitor, mustRead } from './conversations.ts';
import type { Caller } from './desk.ts';
import { recorded } from './records.ts';
import { offer } from './routing.ts';

/** A list that one reads; whoever is not on it is found by name. */
const SHOWN_MOST = 12;
const FOUND_MOST = 5;

type Known = { readonly visitor: string | null; readonly ally: string | null };

/**
 * Whom this visitor may ask for: those they have spoken with first, then those who are here, then the others by when they are
 * back. With a name, those who are called so, slips of the pen forgiven; never by the beginning of one.
 */
export async function findPeople(floor: Floor, { visitor, ally }: Known, name?: string): Promise<Askable[]> {
  const met = visitor === null ? [] : await peopleMetBy(floor.db, visitor);
  const known = new Set(ally === null ? met : [ally, ...met]);
  const people = floor.directory
    .all()
    .filter(({ id }) => mayBeAsked(floor, id))
    .map(({ id }) => ({ ...floor.presence.card(id), met: known.has(id) }));
  if (name !== undefined) {
    const wanted = foldName(name);
    return people.filter(({ fullName }) => isNamed(foldName(fullName), wanted)).slice(0, FOUND_MOST);
  }
  const order = [...known];
  const rank = (one: Askable) => (one.met ? order.indexOf(one.id) : one.here ? 1_000 : 2_000);
  return people
    .sort(
      (a, b) =>
        rank(a) - rank(b) || (a.backAt ?? '9').localeCompare(b.backAt ?? '9') || a.id.localeCompare(b.id),
    )
    .slice(0, SHOWN_MOST);
}

/** In the log for both sides; while it waits it is offered to them first, now or as soon as they are here. UNKNOWN for who cannot be asked for. */
export async function askForPerson(
  floor: Floor,
  { visitor, conversation }: Caller & { readonly conversation: string },
  { id, person }: { readonly id: string; readonly person: string },
): Promise<PublicEntry> {
  const key = { conversation, sender: visitor, clientId: id };
  await recorded(floor, conversation, async (tx, record) => {
    if (record.visitor !== visitor) throw new RelayError('UNKNOWN_CONVERSATION');
    if (record.status === 'spam') throw new RelayError('BLOCKED');
    const first = await findEntry(tx, key);
    if (first && (first.kind !== ASKED || first.data?.person !== person)) throw new RelayError('CONFLICT');
    if (first) return { value: null, entry: null };
    if (!mayBeAsked(floor, person)) throw new RelayError('UNKNOWN');
    await setAskedFor(tx, conversation, person);
    return { value: null, entry: askedRow(floor, key, person) };
  });
  const record = await mustRead(floor, conversation);
  if (record.status === 'waiting') await offer(floor, floor.news, record);
  const entry = await findEntry(floor.db, key);
  if (!entry) throw new Error('what was just asked must be there');
  return forVisitor(floor, entry, await addressFor(floor, conversation));
}

/** Somebody has come: what waits for them by name is offered to them now. */
export async function offerToAsked(floor: Floor, person: string): Promise<void> {
  if (!floor.presence.isHere(person)) return;
  for (const id of await waitingFor(floor.db, person)) {
    const record = await mustRead(floor, id);
    if (record.status === 'waiting') await offer(floor, floor.news, record);
  }
}
