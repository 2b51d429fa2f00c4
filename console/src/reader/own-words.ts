/** How much of a text is its writer's own, and how much is a phrase of the book. */

type Inserted = { readonly phrase: string; readonly text: string };

/** Of the phrases that were put into a draft, those of which something is left in the text, and whether it was edited. */
export function usedPhrases(
  text: string,
  inserted: readonly Inserted[],
): readonly { readonly phrase: string; readonly edited: boolean }[] {
  const used = new Map<string, boolean>();
  for (const one of inserted) {
    const asItStands = text.includes(one.text);
    if (!asItStands && shared(one.text, text) < LEFT) continue;
    used.set(one.phrase, !asItStands && (used.get(one.phrase) ?? true));
  }
  return [...used].map(([phrase, edited]) => ({ phrase, edited }));
}

/** Nothing is left of a text but phrases as they stand, and a mark or two. */
export function isRecited(text: string, inserted: readonly Inserted[]): boolean {
  const there = inserted.filter((one) => text.includes(one.text));
  if (there.length === 0) return false;
  const rest = there.reduce((left, one) => left.replace(one.text, ' '), text);
  return (rest.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 3;
}

/** Less than this share of a phrase's pairs of letters: it was thrown away, not edited. */
const LEFT = 0.4;

function shared(phrase: string, text: string): number {
  const pairs = pairsOf(phrase);
  const there = new Set(pairsOf(text));
  return pairs.length === 0 ? 0 : pairs.filter((pair) => there.has(pair)).length / pairs.length;
}

/** Three letters in a row say more in Latin script, two in Han. */
function pairsOf(text: string): readonly string[] {
  const length = /\p{Script=Han}/u.test(text) ? 2 : 4;
  const bare = text.toLowerCase().replace(/\s+/g, ' ');
  return Array.from({ length: Math.max(0, bare.length - length + 1) }, (_, at) =>
    bare.slice(at, at + length),
  );
}
