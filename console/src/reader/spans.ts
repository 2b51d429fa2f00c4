/** Places in a draft, and how they move while it is written. */
export type Span = { readonly from: number; readonly to: number };

/** Where a span of an older text stands in a newer one; null when its own words were touched. */
export function moved(span: Span, older: string, newer: string): Span | null {
  return mover(older, newer)(span);
}

/** The same for many spans: the texts are compared once. */
export function mover(older: string, newer: string): (span: Span) => Span | null {
  if (older === newer) return (span) => span;
  const most = Math.min(older.length, newer.length);
  let head = 0;
  while (head < most && older[head] === newer[head]) head++;
  let tail = 0;
  while (tail < most - head && older[older.length - 1 - tail] === newer[newer.length - 1 - tail]) tail++;
  const by = newer.length - older.length;
  return (span) => {
    if (span.to <= head) return span;
    if (span.from >= older.length - tail) return { from: span.from + by, to: span.to + by };
    return null;
  };
}

/** How far a place is from a span; 0 inside and at its edges. */
export function distance(span: Span, at: number): number {
  return at < span.from ? span.from - at : Math.max(0, at - span.to);
}

/** A full stop inside 4.30 or an address ends nothing. */
function endsAt(text: string, at: number): boolean {
  const sign = text[at] ?? '';
  return /[!?。！？…\n]/.test(sign) || (sign === '.' && !/[a-z\d]/i.test(text[at + 1] ?? ''));
}

/** The sentence around a span, with its end mark, without the space before it. */
export function sentenceAround(text: string, { from, to }: Span): Span {
  let start = from;
  while (start > 0 && !endsAt(text, start - 1)) start--;
  while (start < from && /\s/.test(text[start] ?? '')) start++;
  let end = to;
  if (!endsAt(text, end - 1)) {
    while (end < text.length && !endsAt(text, end)) end++;
    while (end < text.length && /[.!?。！？…]/.test(text[end] ?? '')) end++;
  }
  return { from: start, to: end };
}

export type Edit = Span & { readonly text: string };

/** New words in place of others, set as the old ones were: capital at the beginning, one end mark. */
export function replacement(draft: string, span: Span, words: string): Edit {
  const before = draft.slice(span.from, span.to);
  let text = words;
  if (/^\p{Lu}/u.test(before) && /^\p{Ll}/u.test(text)) text = (text[0] ?? '').toUpperCase() + text.slice(1);
  const next = draft[span.to] ?? '';
  if (/[.!?。！？]/.test(next) && /[.。]$/.test(text)) text = text.slice(0, -1);
  return { ...span, text };
}

/** Words taken out, with the space that would be left over. */
export function removal(draft: string, span: Span): Edit {
  let { from, to } = span;
  if (from === 0 || /\s/.test(draft[from - 1] ?? '')) while (to < draft.length && draft[to] === ' ') to++;
  if (to >= draft.length) while (from > 0 && draft[from - 1] === ' ') from--;
  return { from, to, text: '' };
}

const HAN_OR_MARK = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

/** Words of their own after a place: with a space where the script has spaces. */
export function addition(draft: string, at: number, words: string): Edit {
  const before = draft[at - 1] ?? '\n';
  const after = draft[at] ?? '\n';
  const bare = (left: string, right: string) =>
    /\s/.test(left) || /\s/.test(right) || HAN_OR_MARK.test(left) || HAN_OR_MARK.test(right);
  const head = bare(before, words[0] ?? '') ? '' : ' ';
  const tail = bare(words[words.length - 1] ?? '', after) ? '' : ' ';
  return { from: at, to: at, text: head + words + tail };
}
