/** Default to yes: a refusal in a draft, judged on the whole turn, and the concrete alternatives beside it. */
import type { DraftState, Refusal } from './reading.ts';
import { alternativesIn } from './refusal-alternatives.ts';
import { refusedIn } from './refusal-refused.ts';
import { makeOwn, ownOf, spanIn } from './words/own.ts';

/**
 * The first refusal of a draft, or null. With an alternative it is reported all the same: what was asked was not granted,
 * something was offered instead.
 */
export function refusalIn(draft: string, _state: DraftState): Refusal | null {
  const own = ownOf(draft);
  const refused = refusedIn(own);
  const first = refused[0];
  if (!first) return null;
  return {
    ...spanIn(own, first.from, first.to),
    alternatives: alternativesIn(own, refused).map(({ from, to }) => spanIn(own, from, to)),
  };
}

/** Does a text offer something that one can take up as it stands? For chips, and for earlier words. */
export function isConcrete(text: string): boolean {
  const own = makeOwn(text);
  return alternativesIn(own, refusedIn(own)).length > 0;
}
