/**
 * Phrases with placeholders: `{customer.name}`, `{agent.fullName}`, `{failure.what|what happened}` (the part behind the bar
 * stands in where nothing is known). A placeholder without value or fallback stays open, and an open one stops the send.
 */
export const PLACEHOLDERS = [
  'customer.name',
  'agent.fullName',
  'ally.fullName',
  'colleague.fullName',
  'failure.what',
  'promise.what',
  'promise.due',
  'site.name',
  /** Never filled in: the agent writes them, and an empty one stops the send. */
  'alternative',
  'time',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type PhraseValues = { readonly [Name in Placeholder]?: string | null };

const SLOT = /\{([a-zA-Z.]+)(?:\|([^{}]*))?\}/g;

/** The text with every known value filled in; unknown ones take their fallback, or stay open. */
export function fillPhrase(text: string, values: PhraseValues): string {
  return text.replace(SLOT, (slot, name: string, fallback: string | undefined) => {
    const value = isPlaceholder(name) ? values[name] : null;
    return value || (fallback ?? slot);
  });
}

export type OpenSlot = { readonly from: number; readonly to: number; readonly name: string };

/** The placeholders that are still open in a draft, by offset. Only names that we know count: `{}` in code is no placeholder. */
export function openSlots(text: string): OpenSlot[] {
  return [...text.matchAll(SLOT)]
    .filter((match) => isPlaceholder(match[1] ?? ''))
    .map((match) => ({ from: match.index, to: match.index + match[0].length, name: match[1] ?? '' }));
}

function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}
