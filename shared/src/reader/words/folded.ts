import { fold } from '../fold.ts';

/**
 * A Chinese expression, its words spelled as folding spells them, made when the first Chinese text comes: the tables of
 * folding are large, and an English desk never loads them.
 */
export function folded(source: string, flags = ''): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= new RegExp(
      source.replace(/\p{Script=Han}{2,}/gu, (words) => fold(words).text),
      flags,
    );
    return made;
  };
}

export function either(...sources: readonly string[]): string {
  return sources.map((source) => `(?:${source})`).join('|');
}
