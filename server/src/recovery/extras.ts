/** Extras: two to four are offered, or something else; what the customer takes is kept as their preference. */
import type { ExtrasOffer } from '@fullname/shared/recovery';
import { derivedId } from '../derived-id.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { lockOffer, markChosen, type OfferRow, readOffer, storeOffer } from '../store/extras.ts';
import { storePreference } from '../store/preferences.ts';
import { lockFailure, type Whose } from '../store/recovery.ts';
import { editFailure } from './failures.ts';
import { requireWants } from './goodwill.ts';

/** Where extras are offered: a conversation, locked, with whose it is. `now` in milliseconds. */
export type Offering = Whose & { readonly by: string; readonly now: number };

/** The first time of this offer; undefined where there was none. Another's id or other content is a CONFLICT. */
export async function findOffer(tx: Db, offer: ExtrasOffer, by: string): Promise<OfferRow | undefined> {
  const first = await readOffer(tx, offer.id);
  if (!first) return undefined;
  const same =
    first.by === by &&
    first.conversation === offer.conversation &&
    first.failure === (offer.failure ?? null) &&
    first.text === offer.text &&
    JSON.stringify(first.options) === JSON.stringify(offer.options);
  if (!same) throw new RelayError('CONFLICT');
  return first;
}

/**
 * Records an offer. INVALID_PAYLOAD where two options read the same; UNKNOWN for a failure of somebody else; WANTS_FIRST
 * where the customer was not asked yet; CONFLICT for an id that was taken meanwhile.
 */
export async function recordOffer(tx: Db, offer: ExtrasOffer, offering: Offering): Promise<void> {
  const options = offer.options.map((option) => option.trim());
  if (new Set(options).size < options.length) throw new RelayError('INVALID_PAYLOAD');
  await requireWants(tx, offer.failure, offering);
  const { id, conversation, text, failure = null } = offer;
  const at = new Date(offering.now).toISOString();
  const row = { id, conversation, text, failure, options: [...offer.options], by: offering.by, at };
  const stored = await storeOffer(tx, row);
  if (stored?.conversation !== conversation || stored.by !== offering.by) throw new RelayError('CONFLICT');
}

export type Choosing = Whose & {
  readonly conversation: string;
  readonly offer: string;
  /** One of the options by its number, or the customer's own words. */
  readonly choice: number | string;
  readonly now: number;
};
/** What was chosen, in words; `isNew` is false where it was chosen before. */
export type Chosen = { readonly choice: string; readonly isNew: boolean };

/**
 * Chooses from an offer, once: the first choice stays, and another one is a CONFLICT. It becomes a preference that was stated,
 * noted by who offered, and the extra of the offer's failure where that has none yet. UNKNOWN for an offer of another
 * conversation; INVALID_PAYLOAD for a number that was not offered.
 */
export async function chooseFrom(tx: Db, choosing: Choosing): Promise<Chosen> {
  const { conversation, customer, now } = choosing;
  const offer = await lockOffer(tx, { id: choosing.offer, conversation });
  if (!offer) throw new RelayError('UNKNOWN');
  const choice = wordsOf(offer, choosing.choice);
  if (offer.choice !== null) {
    if (offer.choice !== choice) throw new RelayError('CONFLICT');
    return { choice, isNew: false };
  }
  const at = new Date(now).toISOString();
  await markChosen(tx, offer.id, { choice, chosenAt: at });
  const words = { text: choice, source: 'stated', quote: choice } as const;
  const id = derivedId('extra liked', offer.id);
  await storePreference(tx, { ...words, id, customer, conversation, by: offer.by, at });
  await addExtra(tx, { ...offer, choice }, choosing);
  return { choice, isNew: true };
}

/** What was chosen is the failure's extra, where nothing is said of one yet, in the name of who offered. */
async function addExtra(
  tx: Db,
  offer: OfferRow & { readonly choice: string },
  choosing: Choosing,
): Promise<void> {
  if (offer.failure === null) return;
  const row = await lockFailure(tx, offer.failure, choosing);
  // Whoever took the answer back that an offer needs has a reason; the choice is in the log all the same.
  if (!row || row.extra !== null || row.wants === null) return;
  const { id: failure, revision } = row;
  const fields = { extra: offer.choice, noExtra: null };
  const change = {
    id: derivedId('extra added', offer.id),
    conversation: offer.conversation,
    failure,
    revision,
    fields,
  };
  await editFailure(tx, change, { whose: choosing, by: offer.by, now: choosing.now });
}

/** The relay's own words of the offer: a browser sends a number, so that nobody takes what was not offered. */
function wordsOf(offer: OfferRow, choice: number | string): string {
  const words = typeof choice === 'string' ? choice.trim() : offer.options[choice];
  if (words === undefined) throw new RelayError('INVALID_PAYLOAD');
  return words;
}
