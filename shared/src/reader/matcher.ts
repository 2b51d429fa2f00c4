/**
 * Runs a pattern over one sentence. Each place of the pattern meets each place of the text at most once: the time is bounded by
 * their product, whatever the pattern. A backtracking expression tries the same pair again on every way that leads to it, so that
 * ten bracketed groups over "a a a a" would take it seconds.
 */

/** One place of a pattern, and what comes after it. Made from the end to the beginning. */
export type Place = {
  readonly op: typeof UNIT | typeof CLASS | typeof CHECK | typeof CHOICE | typeof END;
  readonly unit: number;
  /** How many code units it takes at an offset; 0 where it does not fit. A check answers 1 and takes none. */
  readonly takes: (text: string, at: number) => number;
  readonly next: Place | null;
  /** Of a choice, in the order in which they are tried. */
  readonly ways: readonly Place[];
  /** A choice's number in its pattern. */
  slot: number;
};
export type Takes = Place['takes'];

const UNIT = 0;
const CLASS = 1;
const CHECK = 2;
const CHOICE = 3;
const END = 4;

const none = () => 0;

export const end: Place = { op: END, unit: 0, takes: none, next: null, ways: [], slot: 0 };

export function literally(text: string, next: Place): Place {
  let place = next;
  for (let at = text.length - 1; at >= 0; at -= 1)
    place = { op: UNIT, unit: text.charCodeAt(at), takes: none, next: place, ways: [], slot: 0 };
  return place;
}

export function one(takes: Takes, next: Place): Place {
  return { op: CLASS, unit: 0, takes, next, ways: [], slot: 0 };
}

/** Goes on only where it holds. */
export function where(holds: (text: string, at: number) => boolean, next: Place): Place {
  return { op: CHECK, unit: 0, takes: (text, at) => Number(holds(text, at)), next, ways: [], slot: 0 };
}

export function choice(ways: readonly Place[]): Place {
  return { op: CHOICE, unit: 0, takes: none, next: null, ways, slot: 0 };
}

/** Where several ways come together: what follows is tried once at each offset, not once for each way. */
export function meeting(next: Place): Place {
  return next.op === CHOICE || next.op === END ? next : choice([next]);
}

/** `least` to `most` of a kind: as many as there are, or with `few` as few as will do. */
export function repeated(
  takes: Takes,
  next: Place,
  { least, most, few = false }: { readonly least: number; readonly most: number; readonly few?: boolean },
): Place {
  const behind = meeting(next);
  let place = behind;
  for (let count = least; count < most; count += 1) {
    const more = one(takes, place);
    place = choice(few ? [behind, more] : [more, behind]);
  }
  for (let count = 0; count < least; count += 1) place = one(takes, place);
  return place;
}

export type Match = { readonly from: number; readonly to: number };
/** The first `most` matches in a text, in order and without overlap. */
export type Matcher = (text: string, most?: number) => Match[];

/** Most patterns are done long before; only one that goes the same ways over and over keeps account of them. */
const TRIES_UNCOUNTED = 2_000;

/** `start` must take something on every way to its end. */
export function matcherOf(start: Place): Matcher {
  const slots = numberChoices(start);
  const firsts = firstsOf(start);
  return (text, most = Number.POSITIVE_INFINITY) => {
    const found: Match[] = [];
    let attempt: Attempt | undefined;
    for (let from = 0; from < text.length && found.length < most; from += 1) {
      if (firsts && !firsts.has(text.charCodeAt(from))) continue;
      if (isInside(text, from)) continue;
      attempt ??= { text, slots, tries: 0, tried: null };
      const to = run(attempt, start, from);
      if (to <= from) continue;
      found.push({ from, to });
      from = to - 1;
    }
    return found;
  };
}

type Attempt = { readonly text: string; readonly slots: number; tries: number; tried: Uint8Array | null };

/** The offset behind the match that begins here; -1 where there is none. */
function run(attempt: Attempt, place: Place, offset: number): number {
  const { text } = attempt;
  let here: Place | null = place;
  let at = offset;
  while (here) {
    if (here.op === UNIT) {
      if (text.charCodeAt(at) !== here.unit) return -1;
      at += 1;
    } else if (here.op === END) return at;
    else if (here.op === CHOICE) {
      if (isTried(attempt, here, at)) return -1;
      const { ways }: Place = here;
      const unit = text.charCodeAt(at);
      for (const way of ways) {
        if (way.op === UNIT && way.unit !== unit) continue;
        const to = run(attempt, way, at);
        if (to >= 0) return to;
      }
      return -1;
    } else {
      const taken = here.takes(text, at);
      if (taken === 0) return -1;
      if (here.op === CLASS) at += taken;
    }
    here = here.next;
  }
  return -1;
}

function isTried(attempt: Attempt, { slot }: Place, at: number): boolean {
  attempt.tries += 1;
  if (attempt.tries < TRIES_UNCOUNTED) return false;
  const width = attempt.text.length + 1;
  attempt.tried ??= new Uint8Array(attempt.slots * width);
  if (attempt.tried[slot * width + at]) return true;
  attempt.tried[slot * width + at] = 1;
  return false;
}

/** The second half of a character beyond the first plane. */
function isInside(text: string, at: number): boolean {
  return isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1));
}

/** Any one character but the end of a line. */
export const anything: Takes = (text, at) => {
  const code = text.charCodeAt(at);
  if (at >= text.length || code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return 0;
  return isHigh(code) && isLow(text.charCodeAt(at + 1)) ? 2 : 1;
};

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Gives every choice its number, and answers how many there are. */
function numberChoices(start: Place): number {
  let count = 0;
  const seen = new Set<Place>();
  const ahead = [start];
  for (let place = ahead.pop(); place; place = ahead.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    if (place.op === CHOICE) place.slot = count++;
    ahead.push(...place.ways);
    if (place.next) ahead.push(place.next);
  }
  return count;
}

/** The code units that a match can begin with; null where it may be too many. */
function firstsOf(start: Place): Set<number> | null {
  const firsts = new Set<number>();
  const seen = new Set<Place>();
  const ahead = [start];
  for (let place = ahead.pop(); place; place = ahead.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    if (place.op === CLASS || place.op === END) return null;
    if (place.op === UNIT) firsts.add(place.unit);
    else ahead.push(...place.ways, ...(place.next ? [place.next] : []));
  }
  return firsts;
}
