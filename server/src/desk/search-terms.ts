/**
 * Words for the search, in any of our scripts: runs of letters and digits in lower case; Han, kana and Hangul as single
 * characters and pairs, since they are written without spaces. Pure.
 */
/** A run of Latin letters may touch one of Han; each is a word of its own. */
const RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}])+/gu;
const SPACELESS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** In characters, never half of one: PostgreSQL holds no lone surrogate. */
const TERM_MAX = 40;
/** The longest message in a script without spaces has no more: its characters, and as many pairs. */
const TERMS_MAX = 8_000;

/** What a text is found by. */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  for (const run of runs(text)) {
    if (!SPACELESS.test(run)) terms.add(run);
    else for (const term of [...run, ...pairs(run)]) terms.add(term);
  }
  return [...terms].slice(0, TERMS_MAX);
}

/** The question as a tsquery: all of its words, the last one as a beginning. Null where there are no words. */
export function tsqueryOf(question: string): string | null {
  const found = runs(question);
  const terms = found.flatMap((run, index) => {
    if (!SPACELESS.test(run)) return [index === found.length - 1 ? `${quote(run)}:*` : quote(run)];
    return ([...run].length === 1 ? [run] : pairs(run)).map(quote);
  });
  return terms.length === 0 ? null : terms.slice(0, 12).join(' & ');
}

function runs(text: string): string[] {
  const lower = text.normalize('NFKC').toLowerCase();
  return (lower.match(RUN) ?? []).map((run) =>
    run.length > TERM_MAX && !SPACELESS.test(run) ? [...run].slice(0, TERM_MAX).join('') : run,
  );
}

function pairs(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

function quote(term: string): string {
  return `'${term.replace(/['\\]/g, '')}'`;
}
