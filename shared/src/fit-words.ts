/** An owner's texts in place of ours, where they fit: so that a name or a time is never lost. */
type Own = Readonly<Record<string, string>>;

/** The table with the owner's texts in it. What it does not know, what is empty, and what has other places `{0}` is left out. */
export function withOwnWords<Table extends Own>(table: Table, own: Own): Table {
  const fits = ([key, text]: [string, unknown]): boolean =>
    Object.hasOwn(table, key) &&
    typeof text === 'string' &&
    text.trim() !== '' &&
    placesOf(text).join('') === placesOf(table[key] ?? '').join('');
  return { ...table, ...Object.fromEntries(Object.entries(own).filter(fits)) };
}

/** `{0}` and `{1}` of a text, each once, in their order. */
export function placesOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

export type Misfit = {
  /** Places of ours for which the owner's text has none. */
  readonly lost: readonly string[];
  /** What it has in braces that stands for nothing. */
  readonly strange: readonly string[];
};

/** Why an owner's text cannot stand in place of ours; null where it can, or is empty. Stricter than what is said in the end. */
export function misfitOf(own: string, usual: string): Misfit | null {
  if (own.trim() === '') return null;
  const wanted = placesOf(usual);
  const given = placesOf(own);
  const lost = wanted.filter((place) => !given.includes(place));
  // A noun in its forms, `{one:…|other:…}`, is read only where ours has one.
  const bare = COUNTED.test(usual) ? own.replace(COUNTED, '') : own;
  const strange = (bare.match(/\{[^{}]*\}?|\}/g) ?? []).filter((one) => !wanted.includes(one));
  return lost.length + strange.length > 0 ? { lost, strange: [...new Set(strange)] } : null;
}

const COUNTED = /\{(?:\w+:[^{}|]*\|)*other:[^{}|]*\}/;
