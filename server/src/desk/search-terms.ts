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

/** Digits of an order that was read out or typed by hand: shorter ones are all near each other, longer ones nobody types. */
const NUMBER = /^\d{4,12}$/;

/**
 * The question once more, with one slip forgiven in its numbers: a digit too many, too few or another one, or two in the wrong order.
 * Null where it has none.
 */
export function alikeQueryOf(question: string): string | null {
  const found = runs(question).slice(0, 12);
  if (!found.some((run) => NUMBER.test(run))) return null;
  return found
    .map((run) => (NUMBER.test(run) ? `(${numbersLike(run).map(quote).join(' | ')})` : quote(run)))
    .join(' & ');
}

function numbersLike(number: string): string[] {
  const alike = new Set([number]);
  for (let at = 0; at <= number.length; at += 1) {
    const [before, digit, rest] = [number.slice(0, at), number[at] ?? '', number.slice(at + 1)];
    alike.add(before + rest);
    alike.add(`${before}${rest.slice(0, 1)}${digit}${rest.slice(1)}`);
    for (const other of '0123456789') {
      alike.add(before + other + rest);
      alike.add(before + other + digit + rest);
    }
  }
  return [...alike];
}
