/** What a customer likes, stated or noticed, with its source and date. */
import type { PreferenceDraft, Remembered } from '@fullname/shared/events';
import type { Preference } from '@fullname/shared/model';
import { RelayError } from '../relay-error.ts';
import { customerByIdentity } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import {
  forgetLine,
  lockPreference,
  type PreferenceFacts,
  type PreferenceRow,
  readPreferences,
  readProvenCustomer,
  storePreference,
  updatePreference,
  type Whose,
} from '../store/preferences.ts';
import { type Names, readNames } from '../store/recovery.ts';

/**
 * Notes a preference under the id of its draft; a retry gets the first row as it is now, other words, another conversation
 * or another author are a CONFLICT. Of a visitor whom nobody has linked it is the conversation's, and goes with a later link.
 */
export async function notePreference(
  tx: Db,
  draft: PreferenceDraft,
  context: { readonly customer: string | null; readonly by: string },
): Promise<Preference> {
  const { id, conversation, text, source, idea = null, reach = null } = draft;
  const quote = draft.quote ?? null;
  const row = await storePreference(tx, { id, conversation, text, source, quote, idea, reach, ...context });
  // The idea may have been changed since, and rows of old have no conversation: neither tells a retry from another draft.
  const same =
    row?.by === context.by &&
    (isForgotten(row) ||
      (row.text === text && row.source === source && row.quote === quote && row.reach === reach)) &&
    (row.conversation === null || row.conversation === conversation);
  if (!row || !same) throw new RelayError('CONFLICT');
  return toPreference(row, await readNames(tx, [row.by]));
}

/** The customer has removed it: nothing but its place is left. */
function isForgotten(row: PreferenceRow): boolean {
  return row.removedAt !== null && row.removedBy === null;
}

export type IdeaChange = { readonly idea: string | null; readonly done?: boolean; readonly by: string };

/**
 * Says what a preference could become at the next visit, or that this was done. Another idea is one that nobody has carried
 * out yet. UNKNOWN for a preference of somebody else, or one that was removed.
 */
export async function changeIdea(
  tx: Db,
  { id, whose, at }: Touched,
  { idea, done, by }: IdeaChange,
): Promise<Preference> {
  const row = await lockPreference(tx, id, whose);
  if (!row || row.removedAt !== null) throw new RelayError('UNKNOWN');
  const isDone = idea !== null && (done ?? (idea === row.idea && row.ideaDoneAt !== null));
  const carriedOut = isDone
    ? { ideaDoneAt: row.ideaDoneAt ?? at, ideaDoneBy: row.ideaDoneBy ?? by }
    : { ideaDoneAt: null, ideaDoneBy: null };
  const changed = await updatePreference(tx, id, { idea, ...carriedOut });
  return toPreference(changed ?? row, await readNames(tx, [row.by]));
}

/**
 * Takes a preference from every screen; its row stays, with who removed it and when. A retry changes nothing. Gives the
 * customer whose it was. UNKNOWN for a preference of somebody else. `by` null: the customer, who wants it forgotten: its
 * words go from the row, and from what the log says that was noted.
 */
export async function removePreference(
  tx: Db,
  { id, whose, at }: Touched,
  by: string | null,
): Promise<PreferenceRow['customer']> {
  const row = await lockPreference(tx, id, whose);
  if (!row) throw new RelayError('UNKNOWN');
  if (row.removedAt !== null) return row.customer;
  const forgotten = by === null ? FORGOTTEN : {};
  await updatePreference(tx, id, { ...forgotten, removedAt: at, removedBy: by });
  if (by === null) await forgetLine(tx, row, REMOVED);
  return row.customer;
}

const FORGOTTEN = { text: '', quote: null, reach: null, idea: null, ideaDoneAt: null, ideaDoneBy: null };
/** Stands in the log instead of the words. */
const REMOVED = 'removed by the customer';

/** One preference as it is touched: by its id among `whose`, `at` an ISO time. */
export type Touched = { readonly id: string; readonly whose: Whose; readonly at: string };

const REMEMBERED_MAX = 200;

/** What a customer may see of what was noted of them, the newest first, at most 200. Ideas are the colleagues' own. */
export async function notedOf(db: Db, whose: Whose): Promise<Remembered[]> {
  if (whose.customer === null && whose.visitor === null) return [];
  const rows = await readPreferences(db, whose, REMEMBERED_MAX);
  const names = await readNames(
    db,
    rows.map((row) => row.by),
  );
  return rows.map(({ id, text, source, quote, by, at }) => {
    return { kind: 'preference', id, text, source, quote, person: names(by), at: iso(at) };
  });
}

/**
 * The customer has one of their own forgotten, again or for the first time: answers of whom it was, and where it had been noted. Null for
 * what is not theirs to see.
 */
export async function forgetNoted(
  tx: Db,
  browser: Browser,
  { id, at }: Pick<Touched, 'id' | 'at'>,
): Promise<(Whose & Pick<PreferenceRow, 'conversation'>) | null> {
  const whose = await ownPreferences(tx, browser);
  const row = await lockPreference(tx, id, whose);
  if (!row) return null;
  const customer = await removePreference(tx, { id, whose, at }, null);
  return { customer, visitor: browser.visitor, conversation: row.conversation };
}

/** A browser: `visitor` is null before its first message, `identity` without a site's signature. */
export type Browser = {
  readonly visitor: string | null;
  readonly identity: { readonly site: string; readonly subject: string } | null;
};

/**
 * Whose preferences a visitor may see and remove. With a site's signature: the customer's whom it names, from every browser.
 * Without one: what was noted in this browser's own conversations; that an agent has linked it proves nothing.
 */
export async function ownPreferences(db: Db, { visitor, identity }: Browser): Promise<Whose> {
  if (identity === null) return { visitor, customer: null };
  if (visitor !== null) return { visitor, customer: await readProvenCustomer(db, visitor) };
  return { visitor, customer: (await customerByIdentity(db, identity))?.id ?? null };
}

/** The row as both ends speak of it. */
export function toPreference(row: PreferenceFacts, names: Names): Preference {
  return {
    id: row.id,
    text: row.text,
    source: row.source,
    quote: row.quote,
    by: names(row.by),
    at: iso(row.at),
    reach: row.reach,
    idea: row.idea,
    ideaDone: row.ideaDoneAt !== null,
  };
}
