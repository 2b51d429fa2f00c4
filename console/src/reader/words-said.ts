/** Who said what in a log: the page and the reader's thread both ask. */
import type { Entry } from '@fullname/shared/model';

export type Words = Extract<Entry, { readonly kind: 'message' | 'hello' | 'farewell' }>;

export function isWords(entry: Entry): entry is Words {
  return entry.kind === 'message' || entry.kind === 'hello' || entry.kind === 'farewell';
}

export function isBy({ author }: Words, person: string): boolean {
  return author.kind === 'agent' && author.person.id === person;
}

/** What was said by the visitor, oldest first. */
export function heardIn(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((entry) => (isWords(entry) && entry.author.kind === 'visitor' ? [entry.text] : []));
}
