/** Whose name may be meant by one that was typed with a slip. */
import { foldName, isNamed } from '@fullname/shared/names-alike';
import type { MeantName } from '../store/search.ts';

/** A word that is shorter is too near to others. */
const WORD_LEAST = 4;
/** From this length on a slip that touches two letters leaves a part in peace. */
const THREE_PARTS = 6;

/** Null where no word is long enough to be searched for with a slip in it. */
export function meantName(typed: string): MeantName | null {
  const asked = foldName(typed);
  const parts = typed
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map((word) => [...word])
    .filter(({ length }) => length >= WORD_LEAST)
    .map(partsOf);
  return parts.length ? { parts, isMeant: (name) => isNamed(foldName(name), asked) } : null;
}

function partsOf(letters: readonly string[]): string[] {
  const count = letters.length < THREE_PARTS ? 2 : 3;
  const at = (index: number) => Math.round((index * letters.length) / count);
  return Array.from({ length: count }, (_, index) => letters.slice(at(index), at(index + 1)).join(''));
}
