/** What is proposed, in every language, beside the entries it is about. */
import type { Change, ChangeContent, PhraseBody } from '@fullname/shared/book';
import { LOCALES, type Locale } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import type { Rule, RuleBody } from '@fullname/shared/reader/rule';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';

/** All of them, the oldest first. */
export function useChanges(): readonly Change[] {
  const { book } = useDesk();
  const all = LOCALES.flatMap((locale) => book.read(locale)?.changes ?? []);
  const byId = new Map(all.map((change) => [change.id, change]));
  return [...byId.values()].sort((a, b) => a.at.localeCompare(b.at));
}

/** It may still come about; a declined one is only there to be read. */
export function isPending({ state }: Change): boolean {
  return state === 'open' || state === 'accepted';
}

/** A version was published that this person has not acknowledged. */
export function useUnread(): boolean {
  const { book } = useDesk();
  return LOCALES.some((locale) => {
    const shelf = book.read(locale);
    return shelf !== null && shelf.version > shelf.acknowledged;
  });
}

/** The entry in the book that a change is about; null for something new, or when it is gone. */
export function useTarget({ kind, target }: Pick<ChangeContent, 'kind' | 'target'>): Phrase | Rule | null {
  return useEntry(kind, target);
}

export function useEntry(kind: ChangeContent['kind'], id: string | null): Phrase | Rule | null {
  const { book } = useDesk();
  if (id === null) return null;
  for (const locale of LOCALES) {
    const shelf = book.read(locale);
    const entries: readonly (Phrase | Rule)[] = (kind === 'phrase' ? shelf?.phrases : shelf?.rules) ?? [];
    const found = entries.find((entry) => entry.id === id);
    if (found) return found;
  }
  return null;
}

export function titleOf(body: PhraseBody | RuleBody): string {
  return 'title' in body ? body.title : body.text;
}

export function localeOfChange(change: Change, target: Phrase | Rule | null): Locale | null {
  return change.body?.locale ?? target?.locale ?? null;
}

/** "A new phrase", "A rule is changed", "A phrase is taken out". */
export function wordFor(change: Change): string {
  const t = words().book.proposals;
  if (change.target === null) return t.adds[change.kind];
  return change.body === null ? t.takesOut[change.kind] : t.changes[change.kind];
}
