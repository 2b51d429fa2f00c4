import type { Phrase } from '@fullname/shared/model';
import type { Rule } from '@fullname/shared/reader/rule';
import { words } from '../../strings/index.ts';
import { useEntry } from './changes.ts';
import { type EntryChange, EntryDiff } from './EntryDiff.tsx';
import type { PhraseEditing, RuleEditing } from './editing.ts';

/** Somebody changed the entry while it is being rewritten here: their words are shown before ours replace them. */
export function ChangedMeanwhile({ editing }: { readonly editing: PhraseEditing | RuleEditing }) {
  const { kind, target: began } = editing;
  const now = useEntry(kind, began?.id ?? null);
  if (!began || !now || wordsOf(now) === wordsOf(began)) return null;
  return (
    <div class="meanwhile" role="status">
      <p>{words().book.form.changedMeanwhile}</p>
      <EntryDiff change={{ kind, before: began, after: now } as EntryChange} />
    </div>
  );
}

/** Quietness and author are no words of the entry. */
function wordsOf(entry: Phrase | Rule): string {
  return JSON.stringify({ ...entry, quietSince: null, by: null });
}
