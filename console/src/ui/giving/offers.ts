/** What could be offered to a customer, and what is offered already. */
import { EXTRA_MAX_LENGTH } from '@fullname/shared/limits';
import type { CustomerPane, Entry } from '@fullname/shared/model';
import type { Thread } from '../../thread.ts';

const SUGGESTED = 6;

export type Suggestion = { readonly text: string; readonly chosenBefore: boolean };

/** What they chose before comes first, then ideas that nobody has carried out, then what else they like. */
export function suggestionsOf({ preferences, timeline }: CustomerPane): readonly Suggestion[] {
  // A choice becomes a preference that is quoted in its own words.
  const chosen = preferences.filter(({ text, quote }) => text === quote).map(({ text }) => text);
  const added = timeline.flatMap((item) => (item.kind === 'failure' && item.extra ? [item.extra] : []));
  const ideas = preferences.flatMap(({ idea, ideaDone }) => (idea && !ideaDone ? [idea] : []));
  const liked = preferences.map(({ text }) => text);
  const before = new Set([...chosen, ...added]);
  return [...new Set([...before, ...ideas, ...liked])]
    .filter((text) => text.length <= EXTRA_MAX_LENGTH)
    .slice(0, SUGGESTED)
    .map((text) => ({ text, chosenBefore: before.has(text) }));
}

/** The last offer of this conversation, while nothing of it was chosen. */
export function openOffer(thread: Thread): Extract<Entry, { kind: 'extras-offered' }> | null {
  const { entries } = thread.log.value;
  const last = entries.filter((entry) => entry.kind === 'extras-offered').at(-1);
  if (!last) return null;
  const isChosen = entries.some((entry) => entry.kind === 'extra-chosen' && entry.offer === last.offer);
  return isChosen ? null : last;
}
