/** An owner's texts in place of ours, where they fit: so that a name or a time is never lost. */
type Own = Readonly<Record<string, string>>;

/** The table with the owner's texts in it. What it does not know, what is empty, and what has other places `{0}` is left out. */
export function withOwnWords<Table extends Own>(table: Table, own: Own): Table {
  const fits = ([key, text]: [string, unknown]): boolean =>
    Object.hasOwn(table, key) &&
    typeof text === 'string' &&
    text.trim() !== '' &&
    placesOf(text) === placesOf(table[key] ?? '');
  return { ...table, ...Object.fromEntries(Object.entries(own).filter(fits)) };
}

function placesOf(text: string): string {
  return [...new Set(text.match(/\{\d\}/g))].sort().join('');
}
