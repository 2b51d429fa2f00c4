/** What could be offered to a customer, and what is offered already. */
import { EXTRA_MAX_LENGTH } from '@fullname/shared/limits';
import type { CustomerPane, Entry } from '@fullname/shared/model';
import type { Thread } from '../../thread.ts';

const SUGGESTED = 6;

export type Suggestion = { readonly text: string; readonly chosenBefore: boolean };

export type Suggestions = {
  readonly offers: readonly Suggestion[];
  /** What else they like: to be kept in mind, and nothing that could be handed over ("no lilies"). */
  readonly liked: readonly string[];
};

/** What they chose before comes first, then ideas that nobody has carried out. */
export function suggestionsOf({ preferences, timeline }: CustomerPane): Suggestions {
  // A choice becomes a preference that is quoted in its own words.
  const isChoice = ({ text, quote }: CustomerPane['preferences'][number]) => text === quote;
  const chosen = preferences.filter(isChoice).map(({ text }) => text);
  const added = timeline.flatMap((item) => (item.kind === 'failure' && item.extra ? [item.extra] : []));
  const ideas = preferences.flatMap(({ idea, ideaDone }) => (idea && !ideaDone ? [idea] : []));
  const before = new Set([...chosen, ...added]);
  const offers = [...new Set([...before, ...ideas])]
    .filter((text) => text.length <= EXTRA_MAX_LENGTH)
    .slice(0, SUGGESTED)
    .map((text) => ({ text, chosenBefore: before.has(text) }));
  const liked = preferences.filter((one) => !isChoice(one)).map(({ text }) => text);
  return { offers, liked: liked.slice(0, SUGGESTED) };
}

/** The last offer of this conversation, while nothing of it was chosen. */
export function openOffer(thread: Thread): Extract<Entry, { kind: 'extras-offered' }> | null {
  const { entries } = thread.log.value;
  const last = entries.filter((entry) => entry.kind === 'extras-offered').at(-1);
  if (!last) return null;
  const isChosen = entries.some((entry) => entry.kind === 'extra-chosen' && entry.offer === last.offer);
  return isChosen ? null : last;
}
