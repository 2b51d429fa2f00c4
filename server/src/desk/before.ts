/** What a visitor says before the first words: whom they ask for, and who they are. */
import type { Before } from '@fullname/shared/events';
import { derivedId } from '../derived-id.ts';
import {
  hasSaidBefore,
  setAskedFor,
  setClaimedName,
  setSaidBefore,
  takeSaidBefore,
} from '../store/asking.ts';
import type { Db } from '../store/db.ts';
import { append, type NewEntry, type StoredEntry } from '../store/log.ts';
import { setClaimedEmail } from '../store/visitors.ts';
import type { Desk } from './desk.ts';

type People = Pick<Desk, 'directory' | 'presence'>;

/**
 * What came before the first words, in the transaction that stores these; once a conversation, so that a retry adds nothing. Who
 * cannot be asked for any more is left out: the words count.
 */
export async function storeBefore(
  floor: People,
  tx: Db,
  { conversation, visitor, askFor, about }: Before & { conversation: string; visitor: string },
): Promise<StoredEntry[]> {
  const key = (kind: string) => ({
    ...{ conversation, sender: visitor, clientId: derivedId(kind, conversation) },
  });
  const rows: NewEntry[] = [];
  if (about && Object.keys(about).length > 0)
    rows.push({ ...visitorsOwn(key(INTRODUCED), INTRODUCED), data: { ...about } });
  if (askFor !== undefined && mayBeAsked(floor, askFor)) rows.push(askedRow(floor, key(ASKED), askFor));
  if (rows.length === 0) return [];
  const stored = (await append(tx, rows)).flatMap((one) => (one.outcome === 'stored' ? [one.entry] : []));
  const isStored = (kind: string) => stored.some((entry) => entry.kind === kind);
  if (isStored(ASKED) && askFor !== undefined) await setAskedFor(tx, conversation, askFor);
  if (!isStored(INTRODUCED)) return stored;
  if (about?.name !== undefined) await setClaimedName(tx, visitor, about.name);
  if (about?.email !== undefined) await setClaimedEmail(tx, visitor, about.email);
  return stored;
}

/**
 * Of a conversation that is made for a file: kept until its first entry is there, since nobody at the desk sees it before. Who is asked
 * for is known at once, so that they are the first to whom it is offered.
 */
export async function keepBefore(floor: People, tx: Db, conversation: string, said: Before): Promise<void> {
  if (Object.keys(said).length === 0) return;
  const isNew = await setSaidBefore(tx, conversation, said);
  if (isNew && said.askFor !== undefined && mayBeAsked(floor, said.askFor))
    await setAskedFor(tx, conversation, said.askFor);
}

/** The first entry is there: what was kept goes into the log behind it. Answers what was written. */
export async function storeKept(
  floor: People & Pick<Desk, 'db'>,
  { conversation, visitor }: { readonly conversation: string; readonly visitor: string },
): Promise<StoredEntry[]> {
  if (!(await hasSaidBefore(floor.db, conversation))) return [];
  return floor.db.transaction(async (tx) => {
    const said = await takeSaidBefore(tx, conversation);
    return said ? storeBefore(floor, tx, { ...said, conversation, visitor }) : [];
  });
}

/** Whoever answers visitors is named to them anyway, and may be asked for. */
export function mayBeAsked(floor: People, person: string): boolean {
  const row = floor.directory.get(person);
  return row?.active === true && row.joined && row.role !== 'back-office';
}

export const ASKED = 'person-asked';
const INTRODUCED = 'introduced';

type Key = Pick<NewEntry, 'conversation' | 'sender' | 'clientId'>;

/** Whether they were here then, and when they were to be back, is said as it was. */
export function askedRow(floor: People, key: Key, person: string): NewEntry {
  const { here, backAt } = floor.presence.card(person);
  const data = { person, here: here ? 'yes' : 'no', ...(backAt !== null && { backAt }) };
  return { ...visitorsOwn(key, ASKED), data };
}

function visitorsOwn(key: Key, kind: string): NewEntry {
  return { ...key, senderKind: 'visitor', kind, body: '', data: null, isPublic: true, seen: null };
}
