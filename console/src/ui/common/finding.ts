/** Whether these texts together have each word of the query, in any order and capitals. */
export function hasEveryWord(texts: readonly string[], query: string): boolean {
  const text = texts.join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
